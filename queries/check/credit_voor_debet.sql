-- titel: Credits ouder dan hun debet
-- vraag: Welk deel van de creditregels is eerder aangeleverd of gedeclareerd dan het debet dat zij terugdraaien?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: Een credit volgt op zijn debet. Komt hij eerder, dan is een levering te laat of in de verkeerde volgorde gekomen, of
--   verwijst hij naar een verkeerde regel. Hij telt mee zodra zijn debet er is.
WITH credit AS (
    SELECT
        c.levering_id,
        c.regel_nr,
        l.leverancier,
        c.domein,
        c.vorige_regel_id,
        c.declaratiedatum,
        l.datum
    FROM levering.declaraties AS c
    INNER JOIN model.regel AS r ON r.levering_id = c.levering_id AND r.regel_nr = c.regel_nr
    INNER JOIN model.geldige_levering AS l ON l.levering_id = c.levering_id
    WHERE c.debet_credit = 'C' AND r.debet_credit = 'C' AND r.bestemming = 'telt'
),

-- Staat het debet er in twee versies, dan is één die ouder is genoeg.
vergeleken AS (
    SELECT
        c.levering_id,
        c.regel_nr,
        min(CASE WHEN l.datum > c.datum OR d.declaratiedatum > c.declaratiedatum THEN 1 ELSE 0 END) AS te_vroeg
    FROM levering.declaraties AS d
    INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
    INNER JOIN credit AS c
        ON c.vorige_regel_id = d.regel_id AND c.domein = d.domein AND c.leverancier = l.leverancier
    WHERE d.debet_credit = 'D'
    GROUP BY c.levering_id, c.regel_nr
)

SELECT
    count(*) FILTER (WHERE te_vroeg = 1) AS fout,
    count(*) AS bekeken,
    'meer dan 0,1% van de creditregels' AS voorbeeld
FROM vergeleken
