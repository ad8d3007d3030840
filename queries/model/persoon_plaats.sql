-- titel: Plaats van een persoon in een jaar
-- vraag: Waar, en in welk huishouden, woonde een persoon het laatst in een jaar?
-- korrel: persoon × jaar
-- methode: Het verblijf van het jaar dat het laatst begon. Wie in een jaar geen dag hier woonde, heeft er geen plaats.
-- sleutel: persoon, jaar
WITH opvolging AS (
    SELECT
        persoon,
        jaar,
        plaats,
        buurt,
        huis,
        row_number() OVER (PARTITION BY persoon, jaar ORDER BY begindatum DESC) AS volgorde
    FROM model.verblijfjaar
)

SELECT
    persoon,
    jaar,
    plaats,
    buurt,
    huis
FROM opvolging
WHERE volgorde = 1
