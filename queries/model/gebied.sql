-- titel: Gebieden
-- vraag: In welke gebieden telt een buurt in een jaar mee?
-- korrel: jaar × buurt × gebied
-- methode: Elke buurt telt in zichzelf, haar wijk, haar gemeente, haar rol (pilot of controle) en de regio.
-- sleutel: jaar, buurt, gebied
WITH bewoond AS (
    SELECT DISTINCT
        p.jaar,
        p.buurt,
        p.plaats,
        b.wijk,
        b.gemeente,
        b.rol
    FROM model.persoonjaar AS p
    INNER JOIN model.buurt AS b ON b.jaar = p.jaar AND b.buurt = p.buurt
)

SELECT jaar, buurt, plaats, buurt AS gebied, 'buurt' AS niveau FROM bewoond
UNION ALL
SELECT jaar, buurt, plaats, wijk AS gebied, 'wijk' AS niveau FROM bewoond
UNION ALL
SELECT jaar, buurt, plaats, gemeente AS gebied, 'gemeente' AS niveau FROM bewoond
UNION ALL
SELECT jaar, buurt, plaats, rol AS gebied, 'rol' AS niveau FROM bewoond WHERE rol IN ('pilot', 'controle')
UNION ALL
SELECT jaar, buurt, plaats, 'regio' AS gebied, 'regio' AS niveau FROM bewoond
