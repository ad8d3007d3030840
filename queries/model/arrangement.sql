-- titel: Lopende arrangementen
-- vraag: Van wanneer tot wanneer loopt een voorziening van een persoon?
-- korrel: persoon × domein × productcategorie × periode; perioden van een voorziening kunnen overlappen
-- methode: De toewijzingen; een domein zonder toewijzingen gebruikt de perioden van zijn niet geheel gecrediteerde regels.
-- sleutel: persoon, domein, productcategorie, begindatum, einddatum
-- vorm: view
WITH periode AS (
    SELECT domein, persoon, productcategorie, begindatum, einddatum FROM model.toewijzing
    UNION
    SELECT
        c.domein,
        r.persoon,
        coalesce(c.productcategorie, '') AS productcategorie,
        r.begindatum,
        r.einddatum
    FROM model.declaratieregel AS r
    INNER JOIN opslag.codering AS c ON c.codering = r.codering
    LEFT JOIN (SELECT DISTINCT domein FROM model.toewijzing) AS m ON m.domein = c.domein
    WHERE r.telt AND r.niet_gecrediteerd AND m.domein IS NULL
)

SELECT
    n.pseudoniem,
    p.persoon,
    p.domein,
    p.productcategorie,
    p.begindatum,
    p.einddatum
FROM periode AS p
INNER JOIN opslag.persoon AS n ON n.persoon = p.persoon
