-- titel: Prijsverandering van jaar op jaar
-- vraag: Hoeveel keer zo duur werd dezelfde zorg als in het jaar ervoor, en van hoeveel euro's is dat niet te zeggen?
-- korrel: domein × zorgsoort × jaar
-- methode: Fisher-index over de codes die in beide jaren een prijs hebben (euro's en eenheden boven nul): het meetkundig
--   gemiddelde van de index met de hoeveelheden van het ene en die van het andere jaar (Fisher 1922). Zonder zulke codes is hij 1.
-- sleutel: domein, zorgsoort, jaar
WITH code AS (
    SELECT
        c.domein,
        c.zorgsoort,
        j.jaar,
        coalesce(sum(c.bedrag) FILTER (WHERE c.jaar < j.jaar), 0) AS bedrag_voor,
        coalesce(sum(c.volume) FILTER (WHERE c.jaar < j.jaar), 0) AS volume_voor,
        coalesce(sum(c.bedrag) FILTER (WHERE c.jaar = j.jaar), 0) AS bedrag,
        coalesce(sum(c.volume) FILTER (WHERE c.jaar = j.jaar), 0) AS volume
    FROM model.prijs_code AS c
    INNER JOIN model.jaar AS j ON c.jaar BETWEEN j.jaar - 1 AND j.jaar
    INNER JOIN model.jaar AS v ON v.jaar = j.jaar - 1
    GROUP BY c.domein, c.zorgsoort, c.codelijst, c.prestatiecode, c.eenheid, j.jaar
),

vergeleken AS (
    SELECT
        c.*,
        abs(c.bedrag_voor) + abs(c.bedrag) AS euros,
        c.bedrag_voor > 0 AND c.volume_voor > 0 AND c.bedrag > 0 AND c.volume > 0 AS geprijsd
    FROM code AS c
),

-- Het bedrag van elk jaar, en wat het in de prijzen van het andere jaar was geweest.
herprijsd AS (
    SELECT
        v.domein,
        v.zorgsoort,
        v.jaar,
        v.euros,
        CASE WHEN v.geprijsd THEN 0 ELSE v.euros END AS euros_zonder_prijs,
        CASE WHEN v.geprijsd THEN v.bedrag_voor END AS voor,
        CASE WHEN v.geprijsd THEN v.bedrag END AS nu,
        CASE
            WHEN v.geprijsd
                THEN CAST(CAST(v.bedrag AS DOUBLE) / CAST(v.volume AS DOUBLE) * CAST(v.volume_voor AS DOUBLE) AS DECIMAL(38, 16))
        END AS voor_in_prijzen_nu,
        CASE
            WHEN v.geprijsd
                THEN CAST(CAST(v.bedrag_voor AS DOUBLE) / CAST(v.volume_voor AS DOUBLE) * CAST(v.volume AS DOUBLE) AS DECIMAL(38, 16))
        END AS nu_in_prijzen_voor
    FROM vergeleken AS v
),

som AS (
    SELECT
        domein,
        zorgsoort,
        jaar,
        sum(euros) AS euros,
        sum(euros_zonder_prijs) AS euros_zonder_prijs,
        CAST(sum(voor) AS DOUBLE) AS voor,
        CAST(sum(nu) AS DOUBLE) AS nu,
        CAST(sum(voor_in_prijzen_nu) AS DOUBLE) AS voor_in_prijzen_nu,
        CAST(sum(nu_in_prijzen_voor) AS DOUBLE) AS nu_in_prijzen_voor
    FROM herprijsd
    GROUP BY domein, zorgsoort, jaar
)

SELECT
    domein,
    zorgsoort,
    jaar,
    CAST(euros AS DECIMAL(18, 2)) AS euros,
    CAST(euros_zonder_prijs AS DECIMAL(18, 2)) AS euros_zonder_prijs,
    -- Zonder vergelijkbare codes, of met een prijs die op zestien decimalen nul is, valt er niets te zeggen.
    CASE
        WHEN voor_in_prijzen_nu > 0 AND nu_in_prijzen_voor > 0 THEN sqrt(voor_in_prijzen_nu / voor * (nu / nu_in_prijzen_voor))
        ELSE 1
    END AS schakel
FROM som
ORDER BY domein, zorgsoort, jaar
