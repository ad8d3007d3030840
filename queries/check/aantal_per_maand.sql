-- titel: Maanden met een ongewoon aantal regels
-- vraag: In welke maand wijkt het aantal debetregels van een wet sterk af van dezelfde maand in eerdere jaren?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: Meer dan vier standaardafwijkingen van het gemiddelde van dezelfde maand in ten minste drie eerdere jaren. Drie jaren lijken
--   soms toevallig op elkaar, dus een standaardafwijking is ten minste 5% van het gemiddelde en ten minste de wortel ervan. Een maand die
--   nog niet volledig hoeft te zijn (referentie.voorlopig), blijft buiten beschouwing. Vaak ontbreekt er een levering of is er een dubbel.
WITH per_dag AS (
    SELECT
        domein,
        begindatum,
        count(*) AS regels
    FROM model.regel
    WHERE bestemming = 'telt' AND niet_gecrediteerd
    GROUP BY domein, begindatum
),

stand AS (
    SELECT max(datum) AS dag FROM model.geldige_levering
),

per_maand AS (
    SELECT
        p.domein,
        k.maand,
        k.jaar,
        sum(p.regels) AS regels
    FROM per_dag AS p
    INNER JOIN kalender AS k ON k.dag = p.begindatum
    GROUP BY p.domein, k.maand, k.jaar
),

volledig AS (
    SELECT
        m.domein,
        m.maand,
        m.jaar,
        CAST(m.regels AS DOUBLE) AS regels
    FROM per_maand AS m
    CROSS JOIN stand AS s
    LEFT JOIN referentie.voorlopig AS v
        ON v.domein = m.domein
        AND coalesce(v.geldig_van, DATE '0001-01-01') <= m.maand
        AND coalesce(v.geldig_tot, DATE '9999-12-31') >= m.maand
    WHERE m.maand + INTERVAL '1' MONTH * (coalesce(v.maanden, 0) + 1) <= s.dag
),

vergeleken AS (
    SELECT
        m.domein,
        m.maand,
        m.regels,
        avg(e.regels) AS gemiddelde,
        greatest(stddev_samp(e.regels), 0.05 * avg(e.regels), sqrt(avg(e.regels))) AS spreiding
    FROM volledig AS m
    INNER JOIN volledig AS e ON e.domein = m.domein AND e.jaar < m.jaar AND month(e.maand) = month(m.maand)
    GROUP BY m.domein, m.maand, m.regels
    HAVING count(*) >= 3
)

SELECT
    count(*) FILTER (WHERE abs(regels - gemiddelde) > 4 * spreiding) AS fout,
    count(*) AS bekeken,
    'de eerste is ' || min(domein || ' ' || substr(CAST(maand AS VARCHAR), 1, 7)) FILTER (WHERE abs(regels - gemiddelde) > 4 * spreiding) AS voorbeeld
FROM vergeleken
