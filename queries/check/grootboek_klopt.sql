-- titel: Het grootboek klopt met de laadlaag
-- vraag: Staat van elke levering nog elke rij en elke cent in de laadlaag?
-- korrel: één rij
-- ernst: fout
-- toelichting: De laadlaag groeit alleen aan, behalve waar personen zijn gewist en geteld; verschilt zij van het grootboek, dan is er een rij verdwenen of veranderd en is geen
--   cijfer nog te vertrouwen. Zet een vorige kopie van het warehouse terug.
WITH aanwezig AS (
    SELECT d.levering_id, count(*) AS rijen, sum(CASE WHEN c.debet_credit = 'C' THEN -d.bedrag ELSE d.bedrag END) AS bedrag
    FROM opslag.declaraties AS d
    INNER JOIN opslag.codering AS c ON c.codering = d.codering
    GROUP BY d.levering_id
    UNION ALL
    SELECT levering_id, count(*) AS rijen, 0 AS bedrag FROM levering.bevolking GROUP BY levering_id
    UNION ALL
    SELECT levering_id, count(*) AS rijen, 0 AS bedrag FROM levering.verzekering GROUP BY levering_id
    UNION ALL
    SELECT levering_id, count(*) AS rijen, 0 AS bedrag FROM levering.toewijzingen GROUP BY levering_id
    UNION ALL
    SELECT levering_id, count(*) AS rijen, 0 AS bedrag FROM levering.deelname GROUP BY levering_id
    UNION ALL
    SELECT levering_id, count(*) AS rijen, sum(bedrag) AS bedrag FROM levering.aggregaat GROUP BY levering_id
    UNION ALL
    SELECT levering_id, count(*) AS rijen, sum(bedrag) AS bedrag FROM levering.budget GROUP BY levering_id
    UNION ALL
    SELECT levering_id, sum(regels) AS rijen, sum(bedrag) AS bedrag FROM levering.wissing GROUP BY levering_id
),

geladen AS (
    SELECT levering_id, sum(rijen) AS rijen, sum(bedrag) AS bedrag
    FROM aanwezig
    GROUP BY levering_id
),

vergeleken AS (
    SELECT
        coalesce(g.levering_id, l.levering_id) AS levering_id,
        coalesce(g.geladen, 0) AS rijen_grootboek,
        coalesce(l.rijen, 0) AS rijen_geladen,
        coalesce(g.bedrag - g.bedrag_in_quarantaine, 0) AS bedrag_grootboek,
        coalesce(l.bedrag, 0) AS bedrag_geladen
    FROM levering.grootboek AS g
    FULL JOIN geladen AS l ON l.levering_id = g.levering_id
)

SELECT
    count(*) FILTER (WHERE rijen_grootboek <> rijen_geladen OR bedrag_grootboek <> bedrag_geladen) AS fout,
    count(*) AS bekeken,
    'levering ' || CAST(min(levering_id) FILTER (WHERE rijen_grootboek <> rijen_geladen OR bedrag_grootboek <> bedrag_geladen) AS VARCHAR) AS voorbeeld
FROM vergeleken
