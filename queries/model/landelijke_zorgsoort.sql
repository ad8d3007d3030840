-- titel: Landelijke kostensoorten
-- vraag: Bij welke landelijke kostensoort hoort een zorgsoort in een jaar, als het niet die van haarzelf is?
-- korrel: jaar × zorgsoort die landelijk bij een andere hoort
-- sleutel: jaar, zorgsoort
SELECT
    j.jaar,
    n.zorgsoort,
    min(n.landelijk) AS landelijk
FROM model.jaar AS j
INNER JOIN referentie.zorgsoort_naam AS n
    ON coalesce(n.geldig_van, DATE '0001-01-01') <= j.nieuwjaar AND coalesce(n.geldig_tot, DATE '9999-12-31') >= j.nieuwjaar
WHERE n.landelijk IS NOT NULL
GROUP BY j.jaar, n.zorgsoort
ORDER BY j.jaar, n.zorgsoort
