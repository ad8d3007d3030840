-- titel: Plaatsingen
-- vraag: Welke zorgsoort gaf een regel, in welk domein?
-- korrel: domein × regel × zorgsoort
-- methode: Kosten per regel dragen het nummer `plaatsing`, kosten per zorgsoort het nummer `soort`.
-- sleutel: plaatsing
WITH plaatsingen AS (
    SELECT DISTINCT
        plaatsing,
        domein,
        regel,
        zorgsoort
    FROM model.zorgsoort_keuze
)

SELECT
    plaatsing,
    domein,
    regel,
    zorgsoort,
    CAST(dense_rank() OVER (ORDER BY domein, zorgsoort) AS INTEGER) AS soort
FROM plaatsingen
ORDER BY plaatsing
