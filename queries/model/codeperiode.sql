-- titel: Perioden waarin dezelfde zorgsoortregels gelden
-- vraag: Vanaf welke dag gelden de regels die op deze dag gelden?
-- korrel: dag
-- methode: Elke geldig_van, en elke dag na een geldig_tot, begint een nieuwe periode.
-- sleutel: dag
WITH grens AS (
    SELECT DATE '1900-01-01' AS dag
    UNION
    SELECT geldig_van AS dag FROM referentie.zorgsoort WHERE geldig_van IS NOT NULL
    UNION
    SELECT CAST(geldig_tot + INTERVAL '1' DAY AS DATE) AS dag FROM referentie.zorgsoort WHERE geldig_tot IS NOT NULL
    UNION
    SELECT geldig_van AS dag FROM referentie.zorgsoort_grof WHERE geldig_van IS NOT NULL
    UNION
    SELECT CAST(geldig_tot + INTERVAL '1' DAY AS DATE) AS dag FROM referentie.zorgsoort_grof WHERE geldig_tot IS NOT NULL
)

SELECT
    k.dag,
    max(g.dag) AS vanaf
FROM kalender AS k
INNER JOIN grens AS g ON g.dag <= k.dag
GROUP BY k.dag
ORDER BY k.dag
