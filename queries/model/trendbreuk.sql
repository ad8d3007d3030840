-- titel: Trendbreuken in de codes
-- vraag: Is de prijs van een wet tussen het basisjaar en een jaar te volgen?
-- korrel: domein × jaar
-- methode: Een trendbreuk is er als van twee opeenvolgende jaren tussen het basisjaar en het jaar meer dan 1% van de euro's bij codes hoort
--   die niet in beide jaren een prijs hebben. `aandeel_zonder_prijs` is het grootste van die aandelen.
-- sleutel: domein, jaar
WITH domeinen AS (
    SELECT DISTINCT domein FROM model.zorgsoort
),

stap AS (
    SELECT
        domein,
        jaar,
        sum(euros) AS euros,
        sum(euros_zonder_prijs) AS euros_zonder_prijs
    FROM model.prijs_schakel
    GROUP BY domein, jaar
    HAVING sum(euros) > 0
)

SELECT
    d.domein,
    j.jaar,
    CASE WHEN count(*) FILTER (WHERE s.euros_zonder_prijs * 100 > s.euros) > 0 THEN 'ja' ELSE 'nee' END AS trendbreuk,
    CAST(coalesce(max(CAST(s.euros_zonder_prijs AS DOUBLE) / CAST(s.euros AS DOUBLE)), 0) AS DECIMAL(18, 6)) AS aandeel_zonder_prijs
FROM domeinen AS d
CROSS JOIN model.jaar AS j
CROSS JOIN instelling AS i
LEFT JOIN stap AS s
    ON s.domein = d.domein AND s.jaar > least(j.jaar, i.basisjaar) AND s.jaar <= greatest(j.jaar, i.basisjaar)
GROUP BY d.domein, j.jaar
ORDER BY d.domein, j.jaar
