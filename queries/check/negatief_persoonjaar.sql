-- titel: Negatieve kosten van een persoon in een jaar
-- vraag: Hoe vaak is er bij een persoon in een jaar en een wet meer teruggenomen dan gedeclareerd?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: Het bedrag telt mee zoals het is; vaak staat het debet in een ander jaar of is het twee keer gecrediteerd.
WITH persoonjaar AS (
    SELECT
        persoon,
        jaar,
        domein,
        sum(bedrag) AS bedrag
    FROM model.kosten_persoonjaar
    GROUP BY persoon, jaar, domein
)

SELECT
    count(*) FILTER (WHERE bedrag < 0) AS fout,
    count(*) AS bekeken,
    'grens: 0,1% van de persoonjaren' AS voorbeeld
FROM persoonjaar
