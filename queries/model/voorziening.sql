-- titel: Voorzieningen, genummerd
-- vraag: Wat kan er bij een persoon lopen, uit welke wet, en blijkt dat uit toewijzingen of uit declaratieregels?
-- korrel: domein × productcategorie
-- methode: Een domein zonder toewijzingen gebruikt de perioden van zijn declaratieregels. Een arrangement is er alleen van Wmo, Jeugdwet
--   en Wlz: alleen die hebben een nummer `voorziening`.
-- sleutel: domein, productcategorie
WITH toegewezen AS (
    SELECT DISTINCT
        domein,
        productcategorie
    FROM model.toewijzing
),

gedeclareerd AS (
    SELECT DISTINCT
        c.domein,
        coalesce(c.productcategorie, '') AS productcategorie
    FROM opslag.codering AS c
    LEFT JOIN toegewezen AS t ON t.domein = c.domein
    WHERE t.domein IS NULL
)

SELECT
    domein,
    productcategorie,
    uit_regels,
    CAST(dense_rank() OVER (ORDER BY domein) AS SMALLINT) AS wet,
    CAST(CASE WHEN domein IN ('wmo', 'jeugdwet', 'wlz') THEN dense_rank() OVER (ORDER BY domein, productcategorie) END AS SMALLINT) AS voorziening
FROM (
    SELECT domein, productcategorie, FALSE AS uit_regels FROM toegewezen
    UNION ALL
    SELECT domein, productcategorie, TRUE AS uit_regels FROM gedeclareerd
) AS samen
ORDER BY domein, productcategorie
