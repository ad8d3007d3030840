-- titel: Buurten, genummerd
-- vraag: Welke buurt hoort bij een nummer?
-- korrel: buurt
-- sleutel: plaats
SELECT DISTINCT
    plaats,
    buurt
FROM model.verblijf
ORDER BY plaats
