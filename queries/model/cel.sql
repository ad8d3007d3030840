-- titel: Cellen
-- vraag: Voor welk jaar, gebied en domein hoort er een uitkomst te zijn, ook als er geen euro is?
-- korrel: jaar × gebied × domein
-- methode: Elk jaar × elk gebied × elk domein. Waar een domein in een jaar alleen als aggregaat komt, geen gebied dat fijner is
--   dan wat is aangeleverd: daar is het bedrag onbekend, niet nul.
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
    SELECT
        jaar,
        domein,
        min(niveau) AS niveau
    FROM model.aggregaat_gebied
    GROUP BY jaar, domein
),

te_vullen AS (
    SELECT DISTINCT
        jaar,
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
    CASE WHEN a.jaar IS NULL THEN 'persoon' ELSE 'aggregaat' END AS herkomst,
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
LEFT JOIN te_vullen AS t ON t.jaar = j.jaar AND t.domein = d.domein AND t.gebied = g.gebied
LEFT JOIN referentie.voorlopig AS v
    ON v.domein = d.domein
    AND coalesce(v.geldig_van, DATE '0001-01-01') <= j.nieuwjaar
    AND coalesce(v.geldig_tot, DATE '9999-12-31') >= j.nieuwjaar
WHERE a.jaar IS NULL
    OR t.gebied IS NOT NULL
    OR a.niveau <= CASE substr(g.gebied, 1, 2) WHEN 'BU' THEN 1 WHEN 'WK' THEN 2 WHEN 'GM' THEN 3 ELSE 1 END
ORDER BY j.jaar, g.gebied, d.domein
