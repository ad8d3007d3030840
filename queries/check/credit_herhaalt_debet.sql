-- titel: Credits die hun debet niet herhalen
-- vraag: Welk deel van de creditregels wijkt in bedrag, periode, code of persoon af van zijn debet?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.01
-- toelichting: Een credit draait zijn debet geheel terug en een nieuw debet volgt (iWmo, regel IV091 en OP366); een afwijking laat kosten
--   achter in een andere maand of bij een ander.
WITH vergeleken AS (
    SELECT
        p.levering_id,
        p.regel_nr,
        -- Staat het debet er in twee versies, dan is één die klopt genoeg.
        max(
            CASE
                WHEN p.debet_bedrag = p.bedrag AND p.debet_begindatum = p.begindatum AND p.debet_einddatum = p.einddatum
                    AND d.codelijst = c.codelijst AND d.prestatiecode = c.prestatiecode AND p.debet_persoon = p.persoon THEN 1
                ELSE 0
            END
        ) AS gelijk
    FROM model.creditpaar AS p
    INNER JOIN model.declaratieregel AS r
        ON r.levering_id = p.levering_id AND r.regel_nr = p.regel_nr AND r.telt
    INNER JOIN opslag.codering AS c ON c.codering = p.codering
    INNER JOIN opslag.codering AS d ON d.codering = p.debet_codering
    GROUP BY p.levering_id, p.regel_nr
)

SELECT
    count(*) FILTER (WHERE gelijk = 0) AS fout,
    count(*) AS bekeken,
    'grens: 1% van de creditregels' AS voorbeeld
FROM vergeleken
