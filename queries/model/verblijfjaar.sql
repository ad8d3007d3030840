-- titel: Verblijf per jaar
-- vraag: Van wanneer tot wanneer woonde een persoon in een jaar op een adres, en in welk huishouden?
-- korrel: persoon × jaar × aaneengesloten periode op één adres
-- methode: Het verblijf, begrensd tot de dagen van het jaar.
-- sleutel: persoon, jaar, begindatum
WITH jaren AS (
    SELECT
        jaar,
        nieuwjaar,
        CAST(nieuwjaar + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) AS oudjaar
    FROM model.jaar
)

SELECT
    v.persoon,
    j.jaar,
    v.huis,
    v.plaats,
    v.buurt,
    greatest(v.begindatum, j.nieuwjaar) AS begindatum,
    least(v.einddatum, j.oudjaar) AS einddatum
FROM model.verblijf AS v
INNER JOIN jaren AS j ON v.begindatum <= j.oudjaar AND v.einddatum >= j.nieuwjaar
