-- titel: Overlappende declaraties van een voorziening
-- vraag: Welk deel van de debetregels met een zorgperiode overlapt meer dan een dag met een eerdere regel van dezelfde voorziening?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.01
-- toelichting: Een voorziening is één prestatiecode van Wmo, Jeugdwet, Wlz of Zvw-verpleging en -verblijf bij een persoon. De euro's tellen
--   alle mee, de dagen één keer. Twee aanbieders tegelijk kan waar zijn; zijn het er veel, dan is er dubbel gedeclareerd.
WITH debet AS (
    SELECT
        r.levering_id,
        r.regel_nr,
        r.persoon,
        c.domein,
        c.codelijst,
        c.prestatiecode,
        r.begindatum,
        r.einddatum
    FROM model.declaratieregel AS r
    INNER JOIN opslag.codering AS c
        ON c.codering = r.codering AND (c.domein IN ('wmo', 'jeugdwet', 'wlz') OR c.codelijst IN ('065', '066', '068'))
    WHERE r.telt AND r.niet_gecrediteerd
),

vergeleken AS (
    SELECT
        begindatum,
        einddatum,
        max(einddatum) OVER (
            PARTITION BY persoon, domein, codelijst, prestatiecode
            ORDER BY begindatum, einddatum, levering_id, regel_nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS eerder_tot
    FROM debet
)

SELECT
    count(*) FILTER (WHERE eerder_tot > begindatum AND einddatum > begindatum) AS fout,
    count(*) AS bekeken,
    'grens: 1% van de debetregels' AS voorbeeld
FROM vergeleken
