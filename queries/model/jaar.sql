-- titel: Jaren van de gegevens
-- vraag: Over welke jaren gaan de uitkomsten, en welke daarvan zijn te vergelijken?
-- korrel: jaar
-- methode: Van het eerste tot het laatste jaar met gemodelleerde euro's. Een laatste jaar waarin geen zorg begon, bestaat
--   alleen uit uitgespreide delen: het is onvolledig en doet in geen vergelijking mee.
-- sleutel: jaar
WITH met_euros AS (
    SELECT DISTINCT year(maand) AS jaar FROM model.maandkosten WHERE bedrag <> 0
    UNION
    SELECT DISTINCT jaar FROM model.aggregaat WHERE post = 'gemodelleerd' AND bedrag <> 0
),

laatste_begin AS (
    SELECT max(jaar) AS jaar
    FROM (
        SELECT year(maand) AS jaar FROM model.kostendeel WHERE telt AND plaats IS NOT NULL AND eerste_deel = 1
        UNION ALL
        SELECT jaar FROM model.aggregaat WHERE post = 'gemodelleerd'
    ) AS begonnen
)

SELECT
    CAST(k.jaar AS INTEGER) AS jaar,
    k.dag AS nieuwjaar,
    CAST(date_diff('day', k.dag, CAST(k.dag + INTERVAL '1' YEAR AS DATE)) AS INTEGER) AS dagen,
    k.jaar = i.basisjaar AS is_basisjaar,
    k.jaar > l.jaar AS onvolledig
FROM kalender AS k
CROSS JOIN instelling AS i
CROSS JOIN laatste_begin AS l
INNER JOIN (SELECT min(jaar) AS eerste, max(jaar) AS laatste FROM met_euros) AS m ON k.jaar BETWEEN m.eerste AND m.laatste
WHERE month(k.dag) = 1 AND day(k.dag) = 1
ORDER BY jaar
