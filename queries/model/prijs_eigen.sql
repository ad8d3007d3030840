-- titel: Eigen prijsindex
-- vraag: Hoeveel keer zo duur als in het basisjaar was dezelfde zorg in een jaar?
-- korrel: domein × zorgsoort × jaar
-- methode: De schakels tussen het basisjaar en het jaar met elkaar vermenigvuldigd; voor een eerder jaar hun omgekeerde. De
--   logaritmen worden exact opgeteld, zodat de volgorde niet uitmaakt.
-- sleutel: domein, zorgsoort, jaar
WITH stap AS (
    SELECT
        domein,
        zorgsoort,
        jaar,
        CAST(ln(schakel) AS DECIMAL(38, 18)) AS logaritme
    FROM model.prijs_schakel
),

keten AS (
    SELECT
        z.domein,
        z.zorgsoort,
        j.jaar,
        coalesce(sum(CASE WHEN s.jaar > i.basisjaar THEN s.logaritme ELSE -s.logaritme END), 0) AS logaritme
    FROM model.zorgsoort AS z
    CROSS JOIN model.jaar AS j
    CROSS JOIN instelling AS i
    LEFT JOIN stap AS s
        ON s.domein = z.domein AND s.zorgsoort = z.zorgsoort
        AND s.jaar > least(j.jaar, i.basisjaar) AND s.jaar <= greatest(j.jaar, i.basisjaar)
    GROUP BY z.domein, z.zorgsoort, j.jaar
)

SELECT
    domein,
    zorgsoort,
    jaar,
    exp(CAST(logaritme AS DOUBLE)) AS prijsindex
FROM keten
ORDER BY domein, zorgsoort, jaar
