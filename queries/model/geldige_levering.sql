-- titel: Leveringen die nu gelden
-- vraag: Welke leveringen tellen mee, en welke zijn door een nieuwere vervangen?
-- korrel: levering
-- methode: Een volledige levering vervangt alles van dezelfde leverancier en tabel daarvoor; bij aggregaat en budget
--   gebeurt dat per domein en jaar en bij declaraties per regel, dus niet hier. Dezelfde inhoud onder een andere
--   afbeelding vervangt de vorige.
-- sleutel: levering_id
WITH op_volgorde AS (
    SELECT
        g.levering_id,
        g.tabel,
        g.leverancier,
        g.levering,
        g.datum,
        g.openbaar,
        row_number() OVER (ORDER BY g.datum, g.levering_id) AS volgorde,
        coalesce(g.levering_id IN (SELECT v.vervangt FROM levering.grootboek AS v WHERE v.vervangt IS NOT NULL), FALSE) AS opnieuw_afgebeeld
    FROM levering.grootboek AS g
),

laatste_volledige AS (
    SELECT
        leverancier,
        tabel,
        max(volgorde) AS volgorde
    FROM op_volgorde
    WHERE levering = 'volledig'
        AND tabel IN ('bevolking', 'verzekering', 'toewijzingen', 'deelname')
        AND NOT opnieuw_afgebeeld
    GROUP BY leverancier, tabel
)

SELECT
    o.levering_id,
    o.tabel,
    o.leverancier,
    o.levering,
    o.datum,
    o.openbaar,
    o.volgorde,
    NOT o.opnieuw_afgebeeld AND (l.volgorde IS NULL OR o.volgorde >= l.volgorde) AS geldig
FROM op_volgorde AS o
LEFT JOIN laatste_volledige AS l ON l.leverancier = o.leverancier AND l.tabel = o.tabel
ORDER BY o.levering_id
