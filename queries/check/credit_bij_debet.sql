-- titel: Credits in hetzelfde bericht als hun debet
-- vraag: Welk deel van de creditregels van Wmo en Jeugdwet is in dezelfde levering en op dezelfde dag gedeclareerd als zijn debet?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.01
-- toelichting: Een credit en zijn debet horen niet in één bericht (iWmo en iJw, TR316). Een aanlevering bundelt berichten, dus de dag
--   van declaratie onderscheidt ze; zonder declaratiedatum is er niets te zien. De bedragen heffen elkaar op.
WITH credit AS (
    SELECT
        c.levering_id,
        c.regel_nr
    FROM opslag.declaraties AS c
    INNER JOIN model.regel AS r ON r.levering_id = c.levering_id AND r.regel_nr = c.regel_nr
    WHERE c.declaratiedatum IS NOT NULL
        AND r.domein IN ('wmo', 'jeugdwet')
        AND r.debet_credit = 'C'
        AND r.bestemming = 'telt'
),

samen AS (
    SELECT DISTINCT
        c.levering_id,
        c.regel_nr
    FROM model.creditpaar AS p
    INNER JOIN credit AS c ON c.levering_id = p.levering_id AND c.regel_nr = p.regel_nr
    WHERE p.debet_levering_id = p.levering_id
        AND p.debet_declaratiedatum = p.declaratiedatum
        AND p.debet_bedrag = p.bedrag
)

SELECT
    (SELECT count(*) FROM samen) AS fout,
    count(*) AS bekeken,
    'grens: 1% van de creditregels' AS voorbeeld
FROM credit
