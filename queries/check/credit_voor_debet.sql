-- titel: Credits ouder dan hun debet
-- vraag: Welk deel van de creditregels is eerder aangeleverd of gedeclareerd dan het debet dat zij terugdraaien?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: Een credit volgt op zijn debet. Komt hij eerder, dan is een levering te laat of in de verkeerde volgorde gekomen, of
--   verwijst hij naar een verkeerde regel. Hij telt mee zodra zijn debet er is.
WITH vergeleken AS (
    SELECT
        p.levering_id,
        p.regel_nr,
        -- Staat het debet er in twee versies, dan is één die ouder is genoeg.
        min(CASE WHEN d.datum > c.datum OR p.debet_declaratiedatum > p.declaratiedatum THEN 1 ELSE 0 END) AS te_vroeg
    FROM model.creditpaar AS p
    INNER JOIN model.declaratieregel AS r
        ON r.levering_id = p.levering_id AND r.regel_nr = p.regel_nr AND r.telt
    INNER JOIN model.geldige_levering AS c ON c.levering_id = p.levering_id
    INNER JOIN model.geldige_levering AS d ON d.levering_id = p.debet_levering_id
    GROUP BY p.levering_id, p.regel_nr
)

SELECT
    count(*) FILTER (WHERE te_vroeg = 1) AS fout,
    count(*) AS bekeken,
    'grens: 0,1% van de creditregels' AS voorbeeld
FROM vergeleken
