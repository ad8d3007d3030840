-- titel: Gebieden zoals aangeleverd
-- vraag: Welk gebied bedoelt een code of naam in een aggregaat of een budget?
-- korrel: jaar × aangeleverde code of naam die in de gebiedstabel staat
-- methode: Een code gaat voor een naam, een gemeente voor een wijk en een wijk voor een buurt van dezelfde naam. De rij van de
--   gebiedstabel die op 1 januari geldt; zonder rij in de gebiedstabel is er geen gebied.
-- sleutel: jaar, gebied
WITH aangeleverd AS (
    SELECT DISTINCT jaar, gebied FROM levering.aggregaat
    UNION
    SELECT DISTINCT jaar, gebied FROM levering.budget
),

gebiedsnaam AS (
    SELECT
        coalesce(g.buurt, g.wijk, g.gemeente) AS sleutel,
        0 AS rang,
        CASE WHEN g.buurt IS NOT NULL THEN 1 WHEN g.wijk IS NOT NULL THEN 2 ELSE 3 END AS niveau,
        g.*
    FROM referentie.gebied AS g
    UNION ALL
    SELECT
        n.sleutel,
        CASE WHEN g.buurt IS NOT NULL THEN 3 WHEN g.wijk IS NOT NULL THEN 2 ELSE 1 END AS rang,
        CASE WHEN g.buurt IS NOT NULL THEN 1 WHEN g.wijk IS NOT NULL THEN 2 ELSE 3 END AS niveau,
        g.*
    FROM referentie.gebied AS g
    INNER JOIN levering.gebiedsnaam AS n ON n.naam = g.naam
),

genoemd AS (
    SELECT
        a.jaar,
        a.gebied,
        n.sleutel
    FROM aangeleverd AS a
    INNER JOIN levering.gebiedsnaam AS n ON n.naam = a.gebied
    UNION
    SELECT
        jaar,
        gebied,
        upper(gebied) AS sleutel
    FROM aangeleverd
),

gevonden AS (
    SELECT
        d.jaar,
        d.gebied,
        g.niveau,
        g.buurt,
        g.wijk,
        g.gemeente,
        g.rol,
        row_number() OVER (PARTITION BY d.jaar, d.gebied ORDER BY g.rang, coalesce(g.buurt, g.wijk, g.gemeente)) AS plaats
    FROM genoemd AS d
    INNER JOIN kalender AS k ON k.jaar = d.jaar AND month(k.dag) = 1 AND day(k.dag) = 1
    INNER JOIN gebiedsnaam AS g
        ON g.sleutel = d.sleutel
        AND coalesce(g.geldig_van, DATE '0001-01-01') <= k.dag
        AND coalesce(g.geldig_tot, DATE '9999-12-31') >= k.dag
)

SELECT
    jaar,
    gebied,
    niveau,
    buurt,
    wijk,
    gemeente,
    rol
FROM gevonden
WHERE plaats = 1
ORDER BY jaar, gebied
