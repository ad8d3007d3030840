-- titel: Codecombinaties
-- vraag: Welke combinaties van codes komen in de declaraties voor?
-- korrel: combinatie van codes × periode waarin dezelfde zorgsoortregels gelden
-- sleutel: combinatie
WITH voorkomend AS (
    SELECT DISTINCT
        d.domein,
        d.codelijst,
        d.prestatiecode,
        coalesce(d.productcategorie, '') AS productcategorie,
        coalesce(d.aanbiedersoort, '') AS aanbiedersoort,
        coalesce(d.specialisme, '') AS specialisme,
        coalesce(d.zorgproduct, '') AS zorgproduct,
        coalesce(d.verwijzer, '') AS verwijzer,
        p.vanaf
    FROM levering.declaraties AS d
    INNER JOIN model.codeperiode AS p ON p.dag = d.begindatum
)

SELECT
    row_number() OVER (
        ORDER BY
            v.domein, v.codelijst, v.prestatiecode, v.productcategorie, v.aanbiedersoort,
            v.specialisme, v.zorgproduct, v.verwijzer, v.vanaf
    ) AS combinatie,
    v.*
FROM voorkomend AS v
ORDER BY combinatie
