-- titel: Regels die zonder credit zijn gewijzigd
-- vraag: Welk deel van de regels is vervangen door een regel met hetzelfde kenmerk en andere inhoud?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: De laatste levering telt. Wie een regel wijzigt, hoort hem te crediteren en opnieuw te declareren; een kenmerk dat
--   voor twee verschillende regels is gebruikt, kost er één.
WITH vervangen AS (
    SELECT d.levering_id, d.regel_nr, d.regelsleutel
    FROM model.regel AS r
    INNER JOIN model.geldige_levering AS g ON g.levering_id = r.levering_id AND g.geldig
    INNER JOIN opslag.declaraties AS d ON d.levering_id = r.levering_id AND d.regel_nr = r.regel_nr
    WHERE r.bestemming = 'vervangen'
),

sleutel AS (
    SELECT DISTINCT regelsleutel FROM vervangen
),

opvolger AS (
    SELECT d.regelsleutel, d.levering_id, l.levering
    FROM opslag.declaraties AS d
    INNER JOIN sleutel AS s ON s.regelsleutel = d.regelsleutel
    INNER JOIN model.regel AS r ON r.levering_id = d.levering_id AND r.regel_nr = d.regel_nr
    INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
    WHERE r.bestemming <> 'vervangen'
),

-- Een volledige levering die maanden vervangt, mag een regel anders geven dan de levering daarvoor.
gewijzigd AS (
    SELECT DISTINCT v.levering_id, v.regel_nr
    FROM vervangen AS v
    INNER JOIN opvolger AS o ON o.regelsleutel = v.regelsleutel AND (o.levering = 'aanvulling' OR o.levering_id = v.levering_id)
)

SELECT
    (SELECT count(*) FROM gewijzigd) AS fout,
    count(*) AS bekeken,
    'grens: 0,1% van de regels' AS voorbeeld
FROM model.regel
