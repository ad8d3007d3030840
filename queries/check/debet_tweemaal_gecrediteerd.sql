-- titel: Debetregels die meer dan eens zijn gecrediteerd
-- vraag: Welk deel van de creditregels draait een debet terug dat al is teruggedraaid?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: Een debet wordt één keer gecrediteerd (iWmo en iJw, OP360 en TR390). Elke credit telt mee, dus een tweede trekt te veel
--   kosten af.
WITH vaker_gecrediteerd AS (
    SELECT
        r.leverancier,
        c.domein,
        c.vorige_regel_id,
        count(*) AS credits
    FROM levering.declaraties AS c
    INNER JOIN model.regel AS r ON r.levering_id = c.levering_id AND r.regel_nr = c.regel_nr
    WHERE c.debet_credit = 'C' AND r.debet_credit = 'C' AND r.bestemming = 'telt'
    GROUP BY r.leverancier, c.domein, c.vorige_regel_id
    HAVING count(*) > 1
),

debet AS (
    SELECT
        v.leverancier,
        v.domein,
        v.vorige_regel_id,
        v.credits,
        d.levering_id,
        d.regel_nr
    FROM levering.declaraties AS d
    INNER JOIN vaker_gecrediteerd AS v ON v.vorige_regel_id = d.regel_id AND v.domein = d.domein
    WHERE d.debet_credit = 'D'
),

-- Een kenmerk dat na zijn credit opnieuw is gebruikt, heeft twee debetten die tellen en mag twee credits hebben.
te_veel AS (
    SELECT d.credits - count(*) AS credits
    FROM debet AS d
    INNER JOIN model.regel AS r
        ON r.levering_id = d.levering_id AND r.regel_nr = d.regel_nr AND r.leverancier = d.leverancier
    WHERE r.debet_credit = 'D' AND r.bestemming = 'telt'
    GROUP BY d.leverancier, d.domein, d.vorige_regel_id, d.credits
    HAVING d.credits > count(*)
)

SELECT
    coalesce((SELECT sum(credits) FROM te_veel), 0) AS fout,
    count(*) AS bekeken,
    'meer dan 0,1% van de creditregels' AS voorbeeld
FROM model.regel
WHERE debet_credit = 'C' AND bestemming = 'telt'
