-- titel: Kwartalen rond een start
-- vraag: Welke kwartalen liggen tot twee jaar voor en na een startkwartaal, voor zover daarover gegevens zijn?
-- korrel: startkwartaal × k, van -8 tot en met 8 zonder 0
-- methode: Alleen de kwartalen van jaren die te vergelijken zijn. Het startkwartaal zelf is voor noch na.
-- sleutel: startkwartaal, k
WITH kwartalen AS (
    SELECT
        CAST(4 * j.jaar + q.nummer AS INTEGER) AS kwartaal,
        CAST(j.nieuwjaar + INTERVAL '1' MONTH * (3 * q.nummer) AS DATE) AS eerste_dag,
        CAST(j.nieuwjaar + INTERVAL '1' MONTH * (3 * q.nummer + 3) - INTERVAL '1' DAY AS DATE) AS laatste_dag,
        j.dagen AS dagen_in_jaar
    FROM model.jaar AS j
    CROSS JOIN (VALUES (0), (1), (2), (3)) AS q (nummer)
    WHERE NOT j.onvolledig
)

SELECT
    s.startkwartaal,
    CAST(q.kwartaal - s.startkwartaal AS INTEGER) AS k,
    q.kwartaal,
    q.eerste_dag,
    q.laatste_dag,
    q.dagen_in_jaar
FROM (SELECT DISTINCT startkwartaal FROM model.deelname_start) AS s
INNER JOIN kwartalen AS q
    ON q.kwartaal >= s.startkwartaal - 8 AND q.kwartaal <= s.startkwartaal + 8 AND q.kwartaal <> s.startkwartaal
ORDER BY s.startkwartaal, k
