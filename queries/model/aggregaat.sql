-- titel: Aggregaten die meetellen
-- vraag: Welke geaggregeerde rijen vullen de kostentabellen, en voor welk gebied?
-- korrel: aangeleverde rij van een aggregaat
-- methode: Per leverancier, domein en jaar geldt de nieuwste levering; per domein en jaar het fijnste gebied. Waar een
--   domein in een jaar regels per persoon heeft, telt het aggregaat niet. Buiten de gebiedstabel: alleen voor de benchmark.
-- sleutel: levering_id, regel_nr, zorgsoort
WITH aangeleverd AS (
    SELECT
        a.*,
        g.leverancier,
        g.openbaar,
        g.geldig,
        CASE WHEN g.levering = 'volledig' THEN g.volgorde ELSE 0 END AS volledig,
        g.volgorde
    FROM levering.aggregaat AS a
    INNER JOIN model.geldige_levering AS g ON g.levering_id = a.levering_id
),

nieuwste AS (
    SELECT
        leverancier,
        domein,
        jaar,
        max(volledig) AS volgorde
    FROM aangeleverd
    WHERE geldig
    GROUP BY leverancier, domein, jaar
),

-- Een code gaat voor een naam, een gemeente voor een wijk en een wijk voor een buurt van dezelfde naam.
gebiedsnaam AS (
    SELECT
        coalesce(g.buurt, g.wijk, g.gemeente) AS sleutel,
        0 AS rang,
        CASE WHEN g.buurt IS NOT NULL THEN 1 WHEN g.wijk IS NOT NULL THEN 2 ELSE 3 END AS niveau,
        g.*
    FROM referentie.gebied AS g
    UNION ALL
    SELECT
        n.sleutel,
        CASE WHEN g.buurt IS NOT NULL THEN 3 WHEN g.wijk IS NOT NULL THEN 2 ELSE 1 END AS rang,
        CASE WHEN g.buurt IS NOT NULL THEN 1 WHEN g.wijk IS NOT NULL THEN 2 ELSE 3 END AS niveau,
        g.*
    FROM referentie.gebied AS g
    INNER JOIN levering.gebiedsnaam AS n ON n.naam = g.naam
),

genoemd AS (
    SELECT DISTINCT
        a.jaar,
        a.gebied,
        n.sleutel
    FROM aangeleverd AS a
    INNER JOIN levering.gebiedsnaam AS n ON n.naam = a.gebied
    UNION
    SELECT DISTINCT
        jaar,
        gebied,
        upper(gebied) AS sleutel
    FROM aangeleverd
),

gevonden AS (
    SELECT
        d.jaar,
        d.gebied,
        g.niveau,
        g.buurt,
        g.wijk,
        g.gemeente,
        g.rol,
        row_number() OVER (PARTITION BY d.jaar, d.gebied ORDER BY g.rang, coalesce(g.buurt, g.wijk, g.gemeente)) AS plaats
    FROM genoemd AS d
    INNER JOIN kalender AS k ON k.jaar = d.jaar AND month(k.dag) = 1 AND day(k.dag) = 1
    INNER JOIN gebiedsnaam AS g
        ON g.sleutel = d.sleutel
        AND coalesce(g.geldig_van, DATE '0001-01-01') <= k.dag
        AND coalesce(g.geldig_tot, DATE '9999-12-31') >= k.dag
),

fijnste AS (
    SELECT
        a.domein,
        a.jaar,
        min(g.niveau) AS niveau
    FROM aangeleverd AS a
    INNER JOIN nieuwste AS n
        ON n.leverancier = a.leverancier AND n.domein = a.domein AND n.jaar = a.jaar AND a.volgorde >= n.volgorde
    INNER JOIN gevonden AS g ON g.jaar = a.jaar AND g.gebied = a.gebied AND g.plaats = 1
    WHERE a.geldig
    GROUP BY a.domein, a.jaar
),

per_persoon AS (
    SELECT DISTINCT
        p.domein,
        year(k.maand) AS jaar
    FROM model.maandkosten AS k
    INNER JOIN model.plaatsing AS p ON p.plaatsing = k.plaatsing
),

bekend AS (
    SELECT
        domein,
        zorgsoort,
        min(leefdomein) AS leefdomein,
        min(lijn) AS lijn
    FROM referentie.zorgsoort
    GROUP BY domein, zorgsoort
)

SELECT
    a.levering_id,
    a.regel_nr,
    a.leverancier,
    a.domein,
    a.jaar,
    g.niveau,
    g.buurt,
    g.wijk,
    g.gemeente,
    g.rol,
    a.geslacht,
    a.leeftijdsklasse,
    coalesce(z.zorgsoort, 'onbekend') AS zorgsoort,
    coalesce(z.leefdomein, 'onbekend') AS leefdomein,
    coalesce(z.lijn, 'onbekend') AS lijn,
    a.aantal_personen,
    a.verzekerdejaren,
    CAST(a.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(
        CAST(CAST(a.bedrag AS DOUBLE) * CAST(q.index_basis AS DOUBLE) / CAST(q.index_jaar AS DOUBLE) AS DECIMAL(28, 10))
        AS DECIMAL(18, 2)
    ) AS bedrag_reeel,
    a.openbaar,
    CASE
        WHEN NOT a.geldig OR a.volgorde < n.volgorde THEN 'vervangen'
        WHEN p.domein IS NOT NULL THEN 'vervangen'
        WHEN g.niveau IS NULL THEN 'niet_in_bevolking'
        WHEN g.niveau > f.niveau THEN 'vervangen'
        ELSE 'gemodelleerd'
    END AS post
FROM aangeleverd AS a
LEFT JOIN nieuwste AS n ON n.leverancier = a.leverancier AND n.domein = a.domein AND n.jaar = a.jaar
LEFT JOIN gevonden AS g ON g.jaar = a.jaar AND g.gebied = a.gebied AND g.plaats = 1
LEFT JOIN fijnste AS f ON f.domein = a.domein AND f.jaar = a.jaar
LEFT JOIN model.prijs AS q ON q.domein = a.domein AND q.zorgsoort = a.zorgsoort AND q.jaar = a.jaar
LEFT JOIN per_persoon AS p ON p.domein = a.domein AND p.jaar = a.jaar
LEFT JOIN bekend AS z ON z.domein = a.domein AND z.zorgsoort = a.zorgsoort
