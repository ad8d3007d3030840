-- titel: Aggregaten per gebied
-- vraag: In welke gebieden telt een geaggregeerde rij mee?
-- korrel: aangeleverde rij × gebied
-- methode: Een rij telt in haar eigen gebied en in alles daarboven, nooit in iets fijners.
-- sleutel: levering_id, regel_nr, zorgsoort, gebied
WITH mee AS (
    SELECT
        a.*,
        CASE WHEN a.niveau < 3 THEN coalesce(a.wijk, 'WK' || substr(a.buurt, 3, 6)) END AS in_wijk
    FROM model.aggregaat AS a
    WHERE a.post = 'gemodelleerd'
),

-- De gemeente staat in de eigen rij, of anders in de code.
boven AS (
    SELECT
        m.*,
        coalesce(m.gemeente, 'GM' || substr(m.in_wijk, 3, 4)) AS in_gemeente
    FROM mee AS m
)

SELECT b.*, b.buurt AS gebied FROM boven AS b WHERE b.niveau = 1
UNION ALL
SELECT b.*, b.in_wijk AS gebied FROM boven AS b WHERE b.niveau < 3
UNION ALL
SELECT b.*, b.in_gemeente AS gebied FROM boven AS b
UNION ALL
SELECT b.*, b.rol AS gebied FROM boven AS b WHERE b.rol IN ('pilot', 'controle')
UNION ALL
SELECT b.*, 'regio' AS gebied FROM boven AS b
