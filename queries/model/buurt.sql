-- titel: Buurten met hun wijk, gemeente en rol
-- vraag: In welke wijk en gemeente ligt een buurt in een jaar, en hoort zij bij pilot of controle?
-- korrel: jaar × buurt
-- methode: De rij van de gebiedstabel die op 1 januari geldt; ontbreekt zij, dan zegt de CBS-code zelf wijk en gemeente.
--   Een rol bij een wijk of gemeente geldt voor haar buurten zonder eigen rol.
-- sleutel: jaar, buurt
WITH jaargrens AS (
    SELECT
        year(begindatum) AS eerste,
        year(einddatum) AS laatste
    FROM opslag.declaraties
    UNION ALL
    SELECT
        jaar AS eerste,
        jaar AS laatste
    FROM levering.aggregaat
),

jaren AS (
    SELECT DISTINCT
        k.jaar,
        k.dag AS nieuwjaar
    FROM kalender AS k
    INNER JOIN (SELECT min(eerste) AS eerste, max(laatste) AS laatste FROM jaargrens) AS g
        ON k.jaar BETWEEN g.eerste AND g.laatste
    WHERE month(k.dag) = 1 AND day(k.dag) = 1
),

gebied AS (
    SELECT
        j.jaar,
        g.buurt,
        g.wijk,
        g.gemeente,
        g.rol
    FROM jaren AS j
    INNER JOIN referentie.gebied AS g
        ON coalesce(g.geldig_van, DATE '0001-01-01') <= j.nieuwjaar
        AND coalesce(g.geldig_tot, DATE '9999-12-31') >= j.nieuwjaar
),

eigen AS (
    SELECT
        jaar,
        buurt,
        min(wijk) AS wijk,
        min(gemeente) AS gemeente,
        min(rol) AS rol
    FROM gebied
    WHERE buurt IS NOT NULL
    GROUP BY jaar, buurt
),

wijk_eigen AS (
    SELECT
        jaar,
        wijk,
        min(gemeente) AS gemeente,
        min(rol) AS rol
    FROM gebied
    WHERE buurt IS NULL AND wijk IS NOT NULL
    GROUP BY jaar, wijk
),

gemeente_eigen AS (
    SELECT
        jaar,
        gemeente,
        min(rol) AS rol
    FROM gebied
    WHERE buurt IS NULL AND wijk IS NULL
    GROUP BY jaar, gemeente
),

met_wijk AS (
    SELECT
        j.jaar,
        b.buurt,
        b.plaats,
        coalesce(e.wijk, 'WK' || substr(b.buurt, 3, 6)) AS wijk,
        e.gemeente,
        e.rol
    FROM jaren AS j
    CROSS JOIN model.plaats AS b
    LEFT JOIN eigen AS e ON e.jaar = j.jaar AND e.buurt = b.buurt
),

met_gemeente AS (
    SELECT
        m.jaar,
        m.buurt,
        m.plaats,
        m.wijk,
        coalesce(m.gemeente, w.gemeente, 'GM' || substr(m.buurt, 3, 4)) AS gemeente,
        coalesce(m.rol, w.rol) AS rol
    FROM met_wijk AS m
    LEFT JOIN wijk_eigen AS w ON w.jaar = m.jaar AND w.wijk = m.wijk
)

SELECT
    m.jaar,
    m.buurt,
    m.plaats,
    m.wijk,
    m.gemeente,
    coalesce(m.rol, g.rol) AS rol
FROM met_gemeente AS m
LEFT JOIN gemeente_eigen AS g ON g.jaar = m.jaar AND g.gemeente = m.gemeente
ORDER BY m.jaar, m.buurt
