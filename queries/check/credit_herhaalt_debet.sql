-- titel: Credits die hun debet niet herhalen
-- vraag: Welk deel van de creditregels wijkt in bedrag, periode, code of persoon af van zijn debet?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.01
-- toelichting: Een credit draait zijn debet geheel terug en een nieuw debet volgt (iWmo, regel IV091 en OP366); een afwijking laat kosten
--   achter in een andere maand of bij een ander.
WITH credit AS (
    SELECT
        d.*,
        l.leverancier
    FROM levering.declaraties AS d
    INNER JOIN model.regel AS r
        ON r.levering_id = d.levering_id AND r.regel_nr = d.regel_nr AND r.debet_credit = 'C' AND r.bestemming = 'telt'
    INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
),

-- Staat het debet er in twee versies, dan is één die klopt genoeg.
vergeleken AS (
    SELECT
        c.levering_id,
        c.regel_nr,
        max(
            CASE
                WHEN d.bedrag = c.bedrag AND d.begindatum = c.begindatum AND d.einddatum = c.einddatum
                    AND d.codelijst = c.codelijst AND d.prestatiecode = c.prestatiecode AND d.pseudoniem = c.pseudoniem THEN 1
                ELSE 0
            END
        ) AS gelijk
    FROM levering.declaraties AS d
    INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
    INNER JOIN credit AS c
        ON c.vorige_regel_id = d.regel_id AND c.domein = d.domein AND c.leverancier = l.leverancier
    WHERE d.debet_credit = 'D'
    GROUP BY c.levering_id, c.regel_nr
)

SELECT
    count(*) FILTER (WHERE gelijk = 0) AS fout,
    count(*) AS bekeken,
    'meer dan 1% van de creditregels' AS voorbeeld
FROM vergeleken
