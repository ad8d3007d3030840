-- titel: Kosten per stratum
-- vraag: Wat kostte elke zorgsoort in een gebied, per leeftijdsklasse en geslacht?
-- korrel: jaar × gebied × domein × zorgsoort × geslacht × klasse
-- methode: Uit de regels per persoon; waar een domein in een jaar alleen als aggregaat komt, uit het aggregaat.
-- sleutel: jaar, gebied, domein, zorgsoort, geslacht, klasse
WITH per_persoon AS (
    SELECT
        k.jaar,
        g.gebied,
        k.domein,
        k.zorgsoort,
        k.geslacht,
        k.klasse,
        sum(k.bedrag) AS bedrag,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel,
        sum(k.volume) AS volume,
        sum(
            CASE g.niveau
                WHEN 'buurt' THEN k.declaraties_buurt
                WHEN 'wijk' THEN k.declaraties_wijk
                WHEN 'gemeente' THEN k.declaraties_gemeente
                WHEN 'rol' THEN k.declaraties_rol
                ELSE k.declaraties_regio
            END
        ) AS declaraties
    FROM model.kosten_persoonjaar AS k
    INNER JOIN model.gebied AS g ON g.jaar = k.jaar AND g.buurt = k.buurt
    GROUP BY k.jaar, g.gebied, k.domein, k.zorgsoort, k.geslacht, k.klasse
),

geaggregeerd AS (
    SELECT
        jaar,
        gebied,
        domein,
        zorgsoort,
        geslacht,
        klasse,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM model.aggregaat_gebied
    GROUP BY jaar, gebied, domein, zorgsoort, geslacht, klasse
)

SELECT
    jaar,
    gebied,
    domein,
    zorgsoort,
    geslacht,
    klasse,
    'persoon' AS herkomst,
    CAST(bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(volume AS DECIMAL(18, 3)) AS volume,
    CAST(declaraties AS BIGINT) AS declaraties
FROM per_persoon
UNION ALL
SELECT
    jaar,
    gebied,
    domein,
    zorgsoort,
    geslacht,
    klasse,
    'aggregaat' AS herkomst,
    CAST(bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    NULL AS volume,
    NULL AS declaraties
FROM geaggregeerd
