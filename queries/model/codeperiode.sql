-- titel: Perioden waarin dezelfde zorgsoortregels gelden
-- vraag: Van wanneer tot wanneer gelden dezelfde regels?
-- korrel: periode; samen beslaan de perioden elke dag één keer
-- methode: Elke geldig_van, en elke dag na een geldig_tot, begint een nieuwe periode.
-- sleutel: vanaf
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
    dag AS vanaf,
    lead(dag, 1, DATE '9999-12-31') OVER (ORDER BY dag) AS voor
FROM grens
ORDER BY vanaf
