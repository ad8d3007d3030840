-- titel: Kostendelen
-- vraag: Welk deel van een declaratieregel valt in welke maand, en waar woonde de persoon toen?
-- korrel: declaratieregel × maand, ook van regels die niet tellen en van regels in quarantaine (zonder plaatsing)
-- methode: DBC-zorg (codelijst 041) valt geheel in de maand van haar begindatum. Wat over maanden loopt, verdeelt model.maanddeel;
--   al het andere staat er zoals het in model.declaratieregel staat, en hoeft niet nog eens te worden opgeschreven.
--   `declaraties_…` is 1 op het eerste deel van een debetregel in dat jaar en gebied.
-- sleutel: levering_id, regel_nr, maand
-- vorm: view
WITH eenheden AS (
    SELECT
        p.plaatsing,
        coalesce(e.eenheid = 'declaratie', FALSE) AS per_declaratie
    FROM model.plaatsing AS p
    LEFT JOIN model.eenheid AS e ON e.domein = p.domein AND e.zorgsoort = p.zorgsoort
)

SELECT
    r.levering_id,
    r.regel_nr,
    r.persoon,
    r.zorgaanbieder,
    r.maand,
    r.declaratiemaand,
    r.plaats,
    r.plaatsing,
    r.telt,
    CAST(1 AS TINYINT) AS eerste_deel,
    r.bedrag,
    CAST(
        CASE WHEN r.is_credit THEN -1 ELSE 1 END * CASE WHEN e.per_declaratie THEN 1 ELSE coalesce(r.volume, 1) END AS DECIMAL(18, 3)
    ) AS volume,
    CAST(CASE WHEN r.niet_gecrediteerd THEN 1 ELSE 0 END AS TINYINT) AS declaraties_buurt,
    CAST(CASE WHEN r.niet_gecrediteerd THEN 1 ELSE 0 END AS TINYINT) AS declaraties_wijk,
    CAST(CASE WHEN r.niet_gecrediteerd THEN 1 ELSE 0 END AS TINYINT) AS declaraties_gemeente,
    CAST(CASE WHEN r.niet_gecrediteerd THEN 1 ELSE 0 END AS TINYINT) AS declaraties_rol,
    CAST(CASE WHEN r.niet_gecrediteerd THEN 1 ELSE 0 END AS TINYINT) AS declaraties_regio
FROM model.declaratieregel AS r
INNER JOIN eenheden AS e ON e.plaatsing = r.plaatsing
WHERE r.ineens
UNION ALL
SELECT
    levering_id,
    regel_nr,
    persoon,
    zorgaanbieder,
    maand,
    declaratiemaand,
    plaats,
    plaatsing,
    telt,
    eerste_deel,
    bedrag,
    volume,
    declaraties_buurt,
    declaraties_wijk,
    declaraties_gemeente,
    declaraties_rol,
    declaraties_regio
FROM model.maanddeel
