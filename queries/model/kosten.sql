-- titel: Kosten
-- vraag: Wat kostte de zorg van een persoon in een maand, waar woonde die toen en welke regel gaf de zorgsoort?
-- korrel: persoon × maand × buurt × domein × zorgsoort × regel
-- methode: De som van de kostendelen die tellen, credits en debets samen; reëel in prijzen van het basisjaar, per rij op de
--   cent, zodat ook reële bedragen in elke uitsplitsing optellen. Het pseudoniem van een persoon staat in opslag.persoon.
-- sleutel: persoon, maand, buurt, domein, zorgsoort, regel
WITH som AS (
    SELECT
        persoon,
        maand,
        buurt,
        plaatsing,
        sum(bedrag) AS bedrag,
        sum(volume) AS volume,
        sum(declaraties_buurt) AS declaraties_buurt,
        sum(declaraties_wijk) AS declaraties_wijk,
        sum(declaraties_gemeente) AS declaraties_gemeente,
        sum(declaraties_rol) AS declaraties_rol,
        sum(declaraties_regio) AS declaraties_regio
    FROM model.kostendeel
    WHERE post = 'gemodelleerd'
    GROUP BY persoon, maand, buurt, plaatsing
),

-- Van elke plaatsing en elk jaar de factor naar prijzen van het basisjaar.
geprijsd AS (
    SELECT
        q.plaatsing,
        q.domein,
        q.zorgsoort,
        q.regel,
        p.jaar,
        CAST(p.index_basis AS DOUBLE) AS index_basis,
        CAST(p.index_jaar AS DOUBLE) AS index_jaar
    FROM model.plaatsing AS q
    INNER JOIN model.prijs AS p ON p.domein = q.domein AND p.zorgsoort = q.zorgsoort
)

SELECT
    s.persoon,
    s.maand,
    p.jaar,
    s.buurt,
    p.domein,
    p.zorgsoort,
    p.regel,
    CAST(s.bedrag AS DECIMAL(18, 2)) AS bedrag,
    -- Een halve cent rondt van nul af; de honderdmiljoenste cent erbij vangt op dat een DOUBLE haar net niet haalt.
    CAST(
        sign(CAST(s.bedrag AS DOUBLE))
        * floor(abs(CAST(s.bedrag AS DOUBLE) * p.index_basis / p.index_jaar) * 100 + 0.50000001) / 100
        AS DECIMAL(18, 2)
    ) AS bedrag_reeel,
    CAST(s.volume AS DECIMAL(18, 3)) AS volume,
    CAST(s.declaraties_buurt AS INTEGER) AS declaraties_buurt,
    CAST(s.declaraties_wijk AS INTEGER) AS declaraties_wijk,
    CAST(s.declaraties_gemeente AS INTEGER) AS declaraties_gemeente,
    CAST(s.declaraties_rol AS INTEGER) AS declaraties_rol,
    CAST(s.declaraties_regio AS INTEGER) AS declaraties_regio
FROM som AS s
INNER JOIN geprijsd AS p ON p.plaatsing = s.plaatsing AND p.jaar = year(s.maand)
