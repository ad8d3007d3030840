-- titel: Euro's en eenheden per code
-- vraag: Hoeveel euro's en hoeveel eenheden zijn er van een prestatiecode in een jaar?
-- korrel: domein × zorgsoort × codelijst × prestatiecode × eenheid × jaar
-- methode: Alle regels die tellen, credits met hun teken, in het jaar van hun begindatum. Een regel zonder volume is één eenheid;
--   wordt de zorgsoort per declaratie geteld, dan is elke regel dat, en is de eenheid leeg.
-- sleutel: domein, zorgsoort, codelijst, prestatiecode, eenheid, jaar
WITH geteld AS (
    SELECT
        codering,
        plaatsing,
        CAST(year(begindatum) AS INTEGER) AS jaar,
        sum(bedrag) AS bedrag,
        sum(coalesce(volume, 1)) AS volume,
        count(*) AS regels
    FROM model.declaratieregel
    WHERE telt
    GROUP BY codering, plaatsing, year(begindatum)
),

met_code AS (
    SELECT
        p.domein,
        p.zorgsoort,
        c.codelijst,
        c.prestatiecode,
        CASE WHEN e.eenheid = 'declaratie' THEN '' ELSE coalesce(c.eenheid, '') END AS eenheid,
        g.jaar,
        g.bedrag,
        -- Het bedrag van een credit is al negatief, haar volume nog niet.
        CASE WHEN c.debet_credit = 'C' THEN -1 ELSE 1 END * CASE WHEN e.eenheid = 'declaratie' THEN g.regels ELSE g.volume END AS volume
    FROM geteld AS g
    INNER JOIN opslag.codering AS c ON c.codering = g.codering
    INNER JOIN model.plaatsing AS p ON p.plaatsing = g.plaatsing
    INNER JOIN model.eenheid AS e ON e.domein = p.domein AND e.zorgsoort = p.zorgsoort
)

SELECT
    domein,
    zorgsoort,
    codelijst,
    prestatiecode,
    eenheid,
    jaar,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag,
    CAST(sum(volume) AS DECIMAL(18, 3)) AS volume
FROM met_code
GROUP BY domein, zorgsoort, codelijst, prestatiecode, eenheid, jaar
ORDER BY domein, zorgsoort, codelijst, prestatiecode, eenheid, jaar
