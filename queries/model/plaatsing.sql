-- titel: Plaatsingen
-- vraag: Welke zorgsoort gaf een regel, in welk domein?
-- korrel: domein × regel × zorgsoort
-- sleutel: plaatsing
SELECT DISTINCT
    plaatsing,
    domein,
    regel,
    zorgsoort
FROM model.zorgsoort_keuze
ORDER BY plaatsing
