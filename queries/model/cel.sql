-- titel: Cellen
-- vraag: Voor welk jaar, gebied en domein hoort er een uitkomst te zijn, ook als er geen euro is?
-- korrel: jaar × gebied × domein
-- methode: Elk jaar × elk gebied × elk domein; waar een domein in een jaar alleen als aggregaat komt, alleen de gebieden die
--   dat aggregaat kan vullen.
-- sleutel: jaar, gebied, domein
WITH domeinen AS (
    SELECT DISTINCT domein FROM model.kosten_stratum
),

gebieden AS (
    SELECT DISTINCT gebied FROM model.gebied
    UNION
    SELECT DISTINCT gebied FROM model.aggregaat_gebied
),

alleen_aggregaat AS (
    SELECT DISTINCT
        jaar,
        domein
    FROM model.aggregaat_gebied
),

te_vullen AS (
    SELECT DISTINCT
        domein,
        gebied
    FROM model.aggregaat_gebied
),

stand AS (
    SELECT max(datum) AS dag FROM model.geldige_levering
)

SELECT
    j.jaar,
    j.dagen AS dagen_in_jaar,
    j.is_basisjaar,
    g.gebied,
    d.domein,
    CASE
        WHEN j.onvolledig THEN 'onvolledig'
        WHEN stand.dag < CAST(j.nieuwjaar + INTERVAL '1' YEAR + INTERVAL '1' MONTH * coalesce(v.maanden, 0) AS DATE) THEN 'voorlopig'
        ELSE 'definitief'
    END AS status
FROM model.jaar AS j
CROSS JOIN stand
CROSS JOIN gebieden AS g
CROSS JOIN domeinen AS d
LEFT JOIN alleen_aggregaat AS a ON a.jaar = j.jaar AND a.domein = d.domein
LEFT JOIN te_vullen AS t ON t.domein = d.domein AND t.gebied = g.gebied
LEFT JOIN referentie.voorlopig AS v
    ON v.domein = d.domein
    AND coalesce(v.geldig_van, DATE '0001-01-01') <= j.nieuwjaar
    AND coalesce(v.geldig_tot, DATE '9999-12-31') >= j.nieuwjaar
WHERE a.jaar IS NULL OR t.gebied IS NOT NULL
ORDER BY j.jaar, g.gebied, d.domein
