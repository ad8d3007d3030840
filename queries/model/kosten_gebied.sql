-- titel: Kosten per gebied en zorgsoort
-- vraag: Wat kostte elke zorgsoort in een gebied, nominaal en in prijzen van het basisjaar?
-- korrel: jaar × gebied × domein × zorgsoort
-- sleutel: jaar, gebied, domein, zorgsoort
SELECT
    jaar,
    gebied,
    domein,
    zorgsoort,
    min(herkomst) AS herkomst,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag,
    CASE WHEN count(*) = count(bedrag_reeel) THEN CAST(sum(bedrag_reeel) AS DECIMAL(18, 2)) END AS bedrag_reeel,
    CAST(sum(volume) AS DECIMAL(18, 3)) AS volume,
    CAST(sum(declaraties) AS BIGINT) AS declaraties
FROM model.kosten_stratum
GROUP BY jaar, gebied, domein, zorgsoort
