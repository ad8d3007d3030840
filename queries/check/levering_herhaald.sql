-- titel: Aanvullingen die een eerdere levering lijken te herhalen
-- vraag: Zijn er twee aanvullingen van een leverancier met dezelfde periode en dezelfde regels?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: Gelijk zijn de eerste en laatste maand, en daarbij aantal regels en euro's of meer dan de helft van de kenmerken. Met andere
--   bytes is het een nieuwe levering; hebben haar regels nieuwe kenmerken, dan tellen zij dubbel. Laat de leverancier haar als
--   volledig sturen, of verwijder een van beide.
WITH per_levering AS (
    SELECT
        levering_id,
        count(*) AS regels,
        CAST(date_trunc('month', min(begindatum)) AS DATE) AS eerste,
        CAST(date_trunc('month', max(begindatum)) AS DATE) AS laatste
    FROM opslag.declaraties
    GROUP BY levering_id
    UNION ALL
    SELECT
        levering_id,
        count(*) AS regels,
        CAST(min(kalender.dag) AS DATE) AS eerste,
        CAST(max(kalender.dag) AS DATE) AS laatste
    FROM (SELECT levering_id, jaar FROM levering.aggregaat UNION ALL SELECT levering_id, jaar FROM levering.budget) AS j
    INNER JOIN kalender ON kalender.jaar = j.jaar AND month(kalender.dag) = 1 AND day(kalender.dag) = 1
    GROUP BY levering_id
),

aanvulling AS (
    SELECT
        g.levering_id,
        g.leverancier,
        g.tabel,
        g.bestand,
        l.volgorde,
        p.regels,
        p.eerste,
        p.laatste,
        g.bedrag - g.bedrag_in_quarantaine AS bedrag
    FROM levering.grootboek AS g
    INNER JOIN model.geldige_levering AS l ON l.levering_id = g.levering_id AND l.geldig AND l.levering = 'aanvulling'
    INNER JOIN per_levering AS p ON p.levering_id = g.levering_id
),

paar AS (
    SELECT
        e.levering_id AS eerdere,
        e.bestand AS eerder_bestand,
        n.levering_id AS nieuwe,
        n.bestand AS nieuw_bestand,
        least(e.regels, n.regels) AS regels,
        e.regels = n.regels AND e.bedrag = n.bedrag AS gelijke_totalen
    FROM aanvulling AS n
    INNER JOIN aanvulling AS e
        ON e.leverancier = n.leverancier
        AND e.tabel = n.tabel
        AND e.eerste = n.eerste
        AND e.laatste = n.laatste
        AND e.volgorde < n.volgorde
),

gepaard AS (
    SELECT eerdere AS levering_id FROM paar
    UNION
    SELECT nieuwe AS levering_id FROM paar
),

kenmerk AS (
    SELECT DISTINCT d.levering_id, d.regelsleutel
    FROM opslag.declaraties AS d
    INNER JOIN gepaard AS g ON g.levering_id = d.levering_id
),

gemeenschappelijk AS (
    SELECT p.eerdere, p.nieuwe, count(*) AS kenmerken
    FROM paar AS p
    INNER JOIN kenmerk AS e ON e.levering_id = p.eerdere
    INNER JOIN kenmerk AS n ON n.levering_id = p.nieuwe AND n.regelsleutel = e.regelsleutel
    GROUP BY p.eerdere, p.nieuwe
),

herhaald AS (
    SELECT p.nieuwe, p.nieuw_bestand || ' en ' || p.eerder_bestand AS bestanden
    FROM paar AS p
    LEFT JOIN gemeenschappelijk AS g ON g.eerdere = p.eerdere AND g.nieuwe = p.nieuwe
    WHERE p.gelijke_totalen OR 2 * coalesce(g.kenmerken, 0) > p.regels
)

SELECT
    (SELECT count(DISTINCT nieuwe) FROM herhaald) AS fout,
    count(*) AS bekeken,
    (SELECT min(bestanden) FROM herhaald) AS voorbeeld
FROM aanvulling
