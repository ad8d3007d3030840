-- titel: Lopende arrangementen
-- vraag: Van wanneer tot wanneer loopt een voorziening van een persoon?
-- korrel: pseudoniem × domein × productcategorie × periode; perioden van een voorziening kunnen overlappen
-- methode: De toewijzingen; een domein zonder toewijzingen gebruikt de perioden van zijn niet geheel gecrediteerde regels.
-- sleutel: pseudoniem, domein, productcategorie, begindatum, einddatum
WITH toegewezen AS (
    SELECT
        t.domein,
        t.pseudoniem,
        coalesce(t.productcategorie, '') AS productcategorie,
        t.begindatum,
        coalesce(t.einddatum, DATE '9999-12-30') AS einddatum
    FROM levering.toewijzingen AS t
    INNER JOIN model.geldige_levering AS g ON g.levering_id = t.levering_id AND g.geldig
),

met_toewijzing AS (
    SELECT DISTINCT domein FROM toegewezen
)

SELECT domein, pseudoniem, productcategorie, begindatum, einddatum FROM toegewezen
UNION
SELECT
    r.domein,
    r.pseudoniem,
    coalesce(r.productcategorie, '') AS productcategorie,
    r.begindatum,
    r.einddatum
FROM model.regel AS r
LEFT JOIN met_toewijzing AS m ON m.domein = r.domein
WHERE r.bestemming = 'telt' AND r.niet_gecrediteerd AND m.domein IS NULL
