-- titel: Noemers
-- vraag: Over hoeveel dagen van bewoners gaat een bedrag?
-- korrel: jaar × gebied × domein × geslacht × klasse
-- methode: Verzekerde dagen van alle bewoners, voor elk domein dezelfde. Een aggregaat met eigen verzekerdejaren houdt die:
--   zij gelden per aangeleverde groep, niet per zorgsoort.
-- sleutel: jaar, gebied, domein, geslacht, klasse
WITH domeinen AS (
    SELECT DISTINCT domein FROM model.kosten_stratum
),

eigen_groep AS (
    SELECT
        jaar,
        gebied,
        domein,
        leverancier,
        geslacht,
        klasse,
        niveau,
        coalesce(buurt, in_wijk, in_gemeente) AS plaats,
        max(verzekerdejaren) AS verzekerdejaren,
        max(aantal_personen) AS aantal_personen
    FROM model.aggregaat_gebied
    GROUP BY jaar, gebied, domein, leverancier, geslacht, klasse, niveau, coalesce(buurt, in_wijk, in_gemeente)
),

eigen AS (
    SELECT
        e.jaar,
        e.gebied,
        e.domein,
        e.geslacht,
        e.klasse,
        sum(e.verzekerdejaren * j.dagen) AS dagen,
        sum(e.aantal_personen) AS personen
    FROM eigen_groep AS e
    INNER JOIN model.jaar AS j ON j.jaar = e.jaar
    WHERE e.verzekerdejaren IS NOT NULL
    GROUP BY e.jaar, e.gebied, e.domein, e.geslacht, e.klasse
),

eigen_domeinjaar AS (
    SELECT DISTINCT
        jaar,
        domein
    FROM eigen
),

bewoners AS (
    SELECT
        p.jaar,
        g.gebied,
        p.geslacht,
        p.klasse,
        sum(p.dagen) AS dagen
    FROM model.persoonjaar AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
    GROUP BY p.jaar, g.gebied, p.geslacht, p.klasse
)

SELECT
    b.jaar,
    b.gebied,
    d.domein,
    b.geslacht,
    b.klasse,
    CAST(b.dagen AS DECIMAL(18, 2)) AS dagen
FROM bewoners AS b
CROSS JOIN domeinen AS d
LEFT JOIN eigen_domeinjaar AS e ON e.jaar = b.jaar AND e.domein = d.domein
WHERE e.jaar IS NULL
UNION ALL
SELECT
    jaar,
    gebied,
    domein,
    geslacht,
    klasse,
    CAST(dagen AS DECIMAL(18, 2)) AS dagen
FROM eigen
