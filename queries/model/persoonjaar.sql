-- titel: Persoonjaren
-- vraag: Hoeveel dagen woonde een persoon in een jaar in een buurt?
-- korrel: pseudoniem × jaar × buurt
-- methode: Exacte dagen; leeftijd is jaar min geboortejaar (verzekerdejaren: aantal
--   verzekerden gewogen met de inschrijfduur, CVZ). Wie geen zorg gebruikt, telt mee.
-- sleutel: pseudoniem, jaar, buurt
WITH deel AS (
    SELECT
        v.persoon,
        j.jaar,
        j.dagen AS dagen_in_jaar,
        v.buurt,
        v.plaats,
        v.geboortejaar,
        v.geslacht,
        date_diff('day', greatest(v.begindatum, j.nieuwjaar), least(v.einddatum, CAST(j.nieuwjaar + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE))) + 1 AS dagen
    FROM model.verblijf AS v
    INNER JOIN model.jaar AS j
        ON v.begindatum < CAST(j.nieuwjaar + INTERVAL '1' YEAR AS DATE) AND v.einddatum >= j.nieuwjaar
),

jaren AS (
    SELECT
        persoon,
        jaar,
        buurt,
        plaats,
        sum(dagen) AS dagen,
        max(dagen_in_jaar) AS dagen_in_jaar,
        jaar - max(geboortejaar) AS leeftijd,
        max(geslacht) AS geslacht
    FROM deel
    GROUP BY persoon, jaar, buurt, plaats
)

SELECT
    p.pseudoniem,
    j.persoon,
    j.jaar,
    j.buurt,
    j.plaats,
    CAST(j.dagen AS INTEGER) AS dagen,
    CAST(CAST(j.dagen AS DOUBLE) / j.dagen_in_jaar AS DECIMAL(18, 6)) AS verzekerdejaren,
    CAST(j.leeftijd AS INTEGER) AS leeftijd,
    j.geslacht,
    -- Vijfjaarsklasse 0 (0-4) … 18 (90+); geslacht 0 is één klasse samen.
    CAST(
        CASE
            WHEN j.geslacht = '0' THEN 0
            ELSE (least(greatest(j.leeftijd, 0), 90) - mod(least(greatest(j.leeftijd, 0), 90), 5)) / 5
        END AS INTEGER
    ) AS klasse
FROM jaren AS j
INNER JOIN opslag.persoon AS p ON p.persoon = j.persoon
ORDER BY j.persoon, j.jaar, j.plaats
