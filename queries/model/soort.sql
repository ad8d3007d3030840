-- titel: Zorgsoorten van declaraties, genummerd
-- vraag: Welk domein en welke zorgsoort horen bij een nummer?
-- korrel: domein × zorgsoort
-- sleutel: soort
SELECT DISTINCT
    soort,
    domein,
    zorgsoort
FROM model.plaatsing
ORDER BY soort
