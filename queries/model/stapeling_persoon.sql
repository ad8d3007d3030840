-- titel: Stapeling per persoon
-- vraag: Hoeveel arrangementen, en uit hoeveel wetten, liepen er bij een persoon op één dag hoogstens tegelijk?
-- korrel: telling × jaar × persoon
-- methode: Het hoogste aantal over de dagen van het jaar dat de persoon hier woonde, geplaatst waar die op de eerste van die dagen
--   woonde; wie niets had, op zijn laatste dag (naar de CBS
--   Stapelingsmonitor, die personen met gebruik uit meer regelingen telt).
-- sleutel: telling, jaar, persoon
WITH voorziening AS (
    SELECT
        'arrangementen' AS telling,
        persoon,
        domein || ':' || productcategorie AS wat,
        begindatum,
        einddatum
    FROM model.arrangement
    WHERE domein IN ('wmo', 'jeugdwet', 'wlz')
    UNION ALL
    SELECT
        'wetten' AS telling,
        persoon,
        domein AS wat,
        begindatum,
        einddatum
    FROM model.arrangement
),

-- Binnen een wet lopen voorzieningen door elkaar: samen zijn zij één periode.
gemerkt AS (
    SELECT
        v.*,
        max(v.einddatum) OVER (
            PARTITION BY v.telling, v.persoon, v.wat
            ORDER BY v.begindatum, v.einddatum
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tot_dusver
    FROM voorziening AS v
),

genummerd AS (
    SELECT
        g.*,
        sum(CASE WHEN g.tot_dusver IS NULL OR g.begindatum > g.tot_dusver THEN 1 ELSE 0 END) OVER (
            PARTITION BY g.telling, g.persoon, g.wat
            ORDER BY g.begindatum, g.einddatum
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS reeks
    FROM gemerkt AS g
),

periode AS (
    SELECT
        telling,
        persoon,
        wat,
        min(begindatum) AS begindatum,
        max(einddatum) AS einddatum
    FROM genummerd
    GROUP BY telling, persoon, wat, reeks
),

jaren AS (
    SELECT
        jaar,
        nieuwjaar,
        CAST(nieuwjaar + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) AS oudjaar
    FROM model.jaar
),

bewoond AS (
    SELECT
        p.telling,
        p.persoon,
        j.jaar,
        v.buurt,
        greatest(p.begindatum, v.begindatum, j.nieuwjaar) AS begindatum,
        least(p.einddatum, v.einddatum, j.oudjaar) AS einddatum
    FROM periode AS p
    INNER JOIN model.verblijf AS v
        ON v.persoon = p.persoon AND v.begindatum <= p.einddatum AND v.einddatum >= p.begindatum
    INNER JOIN jaren AS j
        ON j.nieuwjaar <= least(p.einddatum, v.einddatum) AND j.oudjaar >= greatest(p.begindatum, v.begindatum)
),

wending AS (
    SELECT telling, persoon, jaar, begindatum AS dag, buurt, 1 AS stap FROM bewoond
    UNION ALL
    SELECT telling, persoon, jaar, CAST(einddatum + INTERVAL '1' DAY AS DATE) AS dag, NULL AS buurt, -1 AS stap FROM bewoond
),

per_dag AS (
    SELECT
        telling,
        persoon,
        jaar,
        dag,
        max(buurt) AS buurt,
        sum(stap) AS stap
    FROM wending
    GROUP BY telling, persoon, jaar, dag
),

stand AS (
    SELECT
        d.telling,
        d.persoon,
        d.jaar,
        d.buurt,
        date_diff('day', j.nieuwjaar, d.dag) AS dagnummer,
        sum(d.stap) OVER (
            PARTITION BY d.telling, d.persoon, d.jaar ORDER BY d.dag
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS aantal
    FROM per_dag AS d
    INNER JOIN jaren AS j ON j.jaar = d.jaar
),

-- Van de dagen met het hoogste aantal de eerste: een dag telt minder dan een duizendste van een voorziening.
hoogste AS (
    SELECT
        telling,
        persoon,
        jaar,
        max(aantal) AS aantal,
        max_by(buurt, 1000 * aantal - dagnummer) AS buurt
    FROM stand
    GROUP BY telling, persoon, jaar
),

laatste_dag AS (
    SELECT
        v.persoon,
        j.jaar,
        v.buurt,
        row_number() OVER (PARTITION BY v.persoon, j.jaar ORDER BY v.begindatum DESC) AS plaats
    FROM model.verblijf AS v
    INNER JOIN jaren AS j ON j.nieuwjaar <= v.einddatum AND j.oudjaar >= v.begindatum
),

tellingen AS (
    SELECT 'arrangementen' AS telling
    UNION ALL
    SELECT 'wetten' AS telling
)

SELECT
    t.telling,
    l.jaar,
    l.persoon,
    coalesce(h.buurt, l.buurt) AS buurt,
    CAST(coalesce(h.aantal, 0) AS INTEGER) AS aantal
FROM laatste_dag AS l
CROSS JOIN tellingen AS t
LEFT JOIN hoogste AS h
    ON h.telling = t.telling AND h.persoon = l.persoon AND h.jaar = l.jaar
WHERE l.plaats = 1
