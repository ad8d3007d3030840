-- titel: Lopende arrangementen
-- vraag: Van wanneer tot wanneer loopt een voorziening van een persoon?
-- korrel: persoon × domein × productcategorie × periode; perioden van een voorziening kunnen overlappen
-- methode: De toewijzingen; een domein zonder toewijzingen gebruikt de perioden van zijn niet geheel gecrediteerde regels.
--   Het pseudoniem van een persoon staat in opslag.persoon.
-- sleutel: persoon, domein, productcategorie, begindatum, einddatum
WITH toegewezen AS (
    SELECT
        t.domein,
        t.persoon,
        coalesce(t.productcategorie, '') AS productcategorie,
        t.begindatum,
        coalesce(t.einddatum, DATE '9999-12-30') AS einddatum
    FROM opslag.toewijzingen AS t
    INNER JOIN model.geldige_levering AS g ON g.levering_id = t.levering_id AND g.geldig
),

met_toewijzing AS (
    SELECT DISTINCT domein FROM toegewezen
)

SELECT domein, persoon, productcategorie, begindatum, einddatum FROM toegewezen
UNION
SELECT
    c.domein,
    r.persoon,
    coalesce(c.productcategorie, '') AS productcategorie,
    r.begindatum,
    r.einddatum
FROM model.regel AS r
INNER JOIN opslag.codering AS c ON c.codering = r.codering
LEFT JOIN met_toewijzing AS m ON m.domein = c.domein
WHERE r.bestemming = 'telt' AND r.niet_gecrediteerd AND m.domein IS NULL
