-- titel: Wetten die in de pilot niet zijn te vullen
-- vraag: Is elke wet in elk jaar fijn genoeg aangeleverd om haar in de pilot te tellen?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: Een wet die alleen per gemeente komt, telt in wijken en in de pilot niet mee, ook niet in de verschuiving.
WITH domeinjaar AS (
    SELECT
        c.jaar,
        c.domein,
        max(CASE WHEN c.gebied = 'pilot' THEN 1 ELSE 0 END) AS in_pilot
    FROM model.cel AS c
    GROUP BY c.jaar, c.domein
),

pilot AS (
    SELECT count(*) AS cellen FROM model.cel WHERE gebied = 'pilot'
)

SELECT
    count(*) FILTER (WHERE d.in_pilot = 0 AND p.cellen > 0) AS fout,
    count(*) AS bekeken,
    string_agg(d.domein || ' ' || CAST(d.jaar AS VARCHAR), ', ' ORDER BY d.domein, d.jaar) FILTER (WHERE d.in_pilot = 0 AND p.cellen > 0) AS voorbeeld
FROM domeinjaar AS d
CROSS JOIN pilot AS p
