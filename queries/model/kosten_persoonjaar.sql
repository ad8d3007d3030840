-- titel: Kosten per persoonjaar
-- vraag: Wat kostte een persoon in een jaar, per zorgsoort?
-- korrel: persoon × jaar × buurt × domein × zorgsoort
-- sleutel: persoon, jaar, buurt, domein, zorgsoort
WITH kosten AS (
    SELECT
        persoon,
        jaar,
        buurt,
        domein,
        zorgsoort,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel,
        sum(volume) AS volume,
        sum(declaraties_buurt) AS declaraties_buurt,
        sum(declaraties_wijk) AS declaraties_wijk,
        sum(declaraties_gemeente) AS declaraties_gemeente,
        sum(declaraties_rol) AS declaraties_rol,
        sum(declaraties_regio) AS declaraties_regio
    FROM model.kosten
    GROUP BY persoon, jaar, buurt, domein, zorgsoort
),

adressen AS (
    SELECT
        persoon,
        jaar,
        count(*) > 1 AS verhuisd
    FROM model.persoonjaar
    GROUP BY persoon, jaar
)

SELECT
    k.persoon,
    k.jaar,
    k.buurt,
    p.geslacht,
    p.klasse,
    a.verhuisd,
    k.domein,
    k.zorgsoort,
    CAST(k.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(k.bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(k.volume AS DECIMAL(18, 3)) AS volume,
    CAST(k.declaraties_buurt AS INTEGER) AS declaraties_buurt,
    CAST(k.declaraties_wijk AS INTEGER) AS declaraties_wijk,
    CAST(k.declaraties_gemeente AS INTEGER) AS declaraties_gemeente,
    CAST(k.declaraties_rol AS INTEGER) AS declaraties_rol,
    CAST(k.declaraties_regio AS INTEGER) AS declaraties_regio
FROM kosten AS k
INNER JOIN model.persoonjaar AS p ON p.persoon = k.persoon AND p.jaar = k.jaar AND p.buurt = k.buurt
INNER JOIN adressen AS a ON a.persoon = k.persoon AND a.jaar = k.jaar
