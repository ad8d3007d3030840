-- titel: Aantallen declaraties
-- vraag: Hoeveel declaraties waren er in een jaar, per plaats, zorgsoortregel, geslacht en leeftijdsklasse?
-- korrel: jaar × plaats × plaatsing × geslacht × klasse
-- methode: Een niet geheel gecrediteerde debetregel met een deel in de cel telt één keer: wie over maanden of adressen loopt, telt op
--   zijn eerste deel in dat gebied. Wat in een buurt nieuw is, hoeft het in haar wijk niet te zijn: daarom een telling per niveau.
-- sleutel: jaar, plaats, plaatsing, geslacht, klasse
SELECT
    p.jaar,
    p.plaats,
    d.plaatsing,
    p.geslacht,
    p.klasse,
    CAST(sum(d.declaraties_buurt) AS BIGINT) AS buurt,
    CAST(sum(d.declaraties_wijk) AS BIGINT) AS wijk,
    CAST(sum(d.declaraties_gemeente) AS BIGINT) AS gemeente,
    CAST(sum(d.declaraties_rol) AS BIGINT) AS rol,
    CAST(sum(d.declaraties_regio) AS BIGINT) AS regio
FROM model.kostendeel AS d
INNER JOIN model.persoonjaar AS p ON p.persoon = d.persoon AND p.jaar = year(d.maand) AND p.plaats = d.plaats
WHERE d.telt
GROUP BY p.jaar, p.plaats, d.plaatsing, p.geslacht, p.klasse
