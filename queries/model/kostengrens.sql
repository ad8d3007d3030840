-- titel: Grens voor hoge kosten
-- vraag: Boven welk bedrag per verzekerdejaar zijn de kosten van een persoon hoog?
-- korrel: één rij, of geen als er geen basisjaar is
-- methode: Het 99,5-percentiel van de kosten van een persoon per verzekerdejaar in de regio in het basisjaar, gewogen met zijn dagen: de
--   laagste waarde waar 99,5% van de dagen op of onder ligt. Eén vaste grens voor alle jaren en gebieden, in prijzen van het basisjaar.
-- sleutel: jaar
WITH dagen AS (
    SELECT
        p.persoon,
        p.jaar,
        j.dagen AS dagen_in_jaar,
        sum(p.dagen) AS dagen
    FROM model.persoonjaar AS p
    INNER JOIN model.jaar AS j ON j.jaar = p.jaar AND j.is_basisjaar
    GROUP BY p.persoon, p.jaar, j.dagen
),

kosten AS (
    SELECT
        persoon,
        jaar,
        sum(bedrag) AS bedrag
    FROM model.kosten_persoonjaar
    GROUP BY persoon, jaar
),

-- In miljoenste euro's en hele getallen: zo rondt een halve overal van nul af.
breuk AS (
    SELECT
        d.jaar,
        d.dagen,
        CASE WHEN k.bedrag < 0 THEN -1 ELSE 1 END AS teken,
        CAST(CAST(abs(coalesce(k.bedrag, 0)) AS DECIMAL(38, 2)) * 2000000 * d.dagen_in_jaar + d.dagen AS DECIMAL(38, 0)) AS teller,
        CAST(2 * d.dagen AS DECIMAL(38, 0)) AS noemer
    FROM dagen AS d
    LEFT JOIN kosten AS k ON k.persoon = d.persoon AND k.jaar = d.jaar
),

per_waarde AS (
    SELECT
        jaar,
        teken * CAST((teller - mod(teller, noemer)) / noemer AS DECIMAL(38, 0)) AS miljoensten,
        sum(dagen) AS dagen
    FROM breuk
    GROUP BY jaar, teken * CAST((teller - mod(teller, noemer)) / noemer AS DECIMAL(38, 0))
),

oplopend AS (
    SELECT
        jaar,
        miljoensten,
        sum(dagen) OVER (ORDER BY miljoensten ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS dagen_tot,
        sum(dagen) OVER () AS dagen_alle
    FROM per_waarde
)

SELECT
    jaar,
    CAST(min(miljoensten) * CAST(0.000001 AS DECIMAL(6, 6)) AS DECIMAL(18, 6)) AS grens
FROM oplopend
WHERE 1000 * dagen_tot >= 995 * dagen_alle
GROUP BY jaar
