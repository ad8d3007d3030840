-- Two quarters are compared at the same age: when the month up to which is counted moves, claims that were there before come
-- to count. Who has such a claim stands behind the difference.
WITH peil AS (
    SELECT n.domein, least(o.peilmaand, n.peilmaand) AS na, greatest(o.peilmaand, n.peilmaand) AS tot
    FROM nu_peilmaand AS n
    INNER JOIN vrijgave.peilmaand AS o ON o.domein = n.domein AND o.stand = getvariable('stand')
    WHERE o.peilmaand <> n.peilmaand
),

venster AS (
    SELECT domein, na, tot, 0 AS later FROM peil
    UNION ALL
    SELECT domein, na - INTERVAL 1 YEAR, tot - INTERVAL 1 YEAR, 1 FROM peil
),

geteld AS (
    SELECT DISTINCT d.persoon, year(d.maand) + v.later AS jaar, quarter(d.maand) AS kwartaal, g.gebied, v.domein, v.later
    FROM model.kostendeel AS d
    INNER JOIN nu_plaatsing AS p ON p.jaar = year(d.maand) AND p.plaatsing = d.plaatsing
    INNER JOIN venster AS v ON v.domein = p.domein AND d.declaratiemaand > v.na AND d.declaratiemaand <= v.tot
    INNER JOIN nu_plek AS k ON k.jaar = year(d.maand) AND k.plaats = d.plaats
    INNER JOIN plek_gebied AS g ON g.plek = k.plek
    WHERE d.telt AND d.bedrag <> 0 AND g.gebied IN ('regio', 'pilot', 'controle')
)

SELECT 'kosten_per_kwartaal' AS tabel, jaar || '-K' || kwartaal || '|' || gebied || '|' || domein AS sleutel, 'peil ' || later AS deel, count(*) AS personen
FROM geteld
GROUP BY jaar, kwartaal, gebied, domein, later
