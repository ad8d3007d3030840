-- titel: Gelijke declaraties met verschillende kenmerken
-- vraag: Welk deel van de debetregels heeft persoon, prestatie, dag, aanbieder en bedrag gelijk met een andere regel?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.01
-- toelichting: Zij tellen alle mee, want twee behandelingen op een dag kunnen waar zijn. Zijn het er veel, dan is waarschijnlijk een
--   levering herhaald met nieuwe kenmerken.
WITH debet AS (
    SELECT persoon, codering, zorgaanbieder, begindatum, einddatum, bedrag
    FROM model.declaratieregel
    WHERE telt AND niet_gecrediteerd AND bedrag > 0
),

-- Alleen wat dit deelt, hoeft op prestatie en aanbieder te worden vergeleken.
gedeeld AS (
    SELECT persoon, begindatum, bedrag
    FROM debet
    GROUP BY persoon, begindatum, bedrag
    HAVING count(*) > 1
),

gelijk AS (
    SELECT count(*) - 1 AS te_veel
    FROM debet AS r
    INNER JOIN gedeeld AS g ON g.persoon = r.persoon AND g.begindatum = r.begindatum AND g.bedrag = r.bedrag
    INNER JOIN opslag.codering AS c ON c.codering = r.codering
    GROUP BY r.persoon, c.domein, c.codelijst, c.prestatiecode, r.begindatum, r.einddatum, r.zorgaanbieder, r.bedrag
)

SELECT
    coalesce((SELECT sum(te_veel) FROM gelijk), 0) AS fout,
    count(*) AS bekeken,
    'grens: 1% van de debetregels' AS voorbeeld
FROM debet
