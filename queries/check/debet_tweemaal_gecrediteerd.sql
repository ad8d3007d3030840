-- titel: Debetregels die meer dan eens zijn gecrediteerd
-- vraag: Welk deel van de creditregels draait een debet terug dat al is teruggedraaid?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: Een debet wordt één keer gecrediteerd (iWmo en iJw, OP360 en TR390). Elke credit telt mee, dus een tweede trekt te veel
--   kosten af.
WITH paar AS (
    SELECT
        p.leverancier,
        p.domein,
        p.vorige_regel_id,
        row_number() OVER (
            PARTITION BY p.leverancier, p.domein, p.vorige_regel_id, p.debet_levering_id, p.debet_regel_nr
            ORDER BY p.levering_id, p.regel_nr
        ) AS credit,
        row_number() OVER (
            PARTITION BY p.leverancier, p.domein, p.vorige_regel_id, p.levering_id, p.regel_nr
            ORDER BY p.debet_levering_id, p.debet_regel_nr
        ) AS debet
    FROM model.creditpaar AS p
    INNER JOIN model.declaratieregel AS c ON c.levering_id = p.levering_id AND c.regel_nr = p.regel_nr AND c.telt
    INNER JOIN model.declaratieregel AS d ON d.levering_id = p.debet_levering_id AND d.regel_nr = p.debet_regel_nr AND d.telt
),

-- Een kenmerk dat na zijn credit opnieuw is gebruikt, heeft twee debetten die tellen en mag twee credits hebben.
te_veel AS (
    SELECT max(credit) - max(debet) AS credits
    FROM paar
    GROUP BY leverancier, domein, vorige_regel_id
    HAVING max(credit) > max(debet)
)

SELECT
    coalesce((SELECT sum(credits) FROM te_veel), 0) AS fout,
    count(*) AS bekeken,
    'grens: 0,1% van de creditregels' AS voorbeeld
FROM model.declaratieregel
WHERE is_credit AND telt
