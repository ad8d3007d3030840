-- titel: Toewijzingen die gelden
-- vraag: Van wanneer tot wanneer is een voorziening toegewezen?
-- korrel: persoon × domein × productcategorie × periode; perioden van een voorziening kunnen overlappen
-- methode: De toewijzingen van de leveringen die gelden; wie geen einddatum heeft, loopt door.
-- sleutel: persoon, domein, productcategorie, begindatum, einddatum
SELECT DISTINCT
    t.persoon,
    t.domein,
    coalesce(t.productcategorie, '') AS productcategorie,
    t.begindatum,
    coalesce(t.einddatum, DATE '9999-12-30') AS einddatum
FROM opslag.toewijzingen AS t
INNER JOIN model.geldige_levering AS g ON g.levering_id = t.levering_id AND g.geldig
