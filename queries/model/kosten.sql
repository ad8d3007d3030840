-- titel: Kosten
-- vraag: Wat kostte de zorg van een persoon in een maand, waar woonde die toen en welke regel gaf de zorgsoort?
-- korrel: pseudoniem × maand × buurt × domein × zorgsoort × regel
-- methode: De som van de kostendelen die tellen, credits en debets samen; reëel in prijzen van het basisjaar, per rij op de
--   cent, zodat ook reële bedragen in elke uitsplitsing optellen.
-- sleutel: pseudoniem, maand, buurt, domein, zorgsoort, regel
WITH som AS (
    SELECT
        pseudoniem,
        maand,
        jaar,
        buurt,
        domein,
        zorgsoort,
        regel,
        CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag,
        sum(volume) AS volume,
        sum(declaraties_buurt) AS declaraties_buurt,
        sum(declaraties_wijk) AS declaraties_wijk,
        sum(declaraties_gemeente) AS declaraties_gemeente,
        sum(declaraties_rol) AS declaraties_rol,
        sum(declaraties_regio) AS declaraties_regio
    FROM model.kostendeel
    WHERE post = 'gemodelleerd'
    GROUP BY pseudoniem, maand, jaar, buurt, domein, zorgsoort, regel
)

SELECT
    s.pseudoniem,
    s.maand,
    s.jaar,
    s.buurt,
    s.domein,
    s.zorgsoort,
    s.regel,
    s.bedrag,
    -- Eerst tot tien decimalen, zodat een halve cent een halve cent blijft en van nul af wordt afgerond.
    CAST(
        CAST(CAST(s.bedrag AS DOUBLE) * CAST(p.index_basis AS DOUBLE) / CAST(p.index_jaar AS DOUBLE) AS DECIMAL(28, 10))
        AS DECIMAL(18, 2)
    ) AS bedrag_reeel,
    CAST(s.volume AS DECIMAL(18, 3)) AS volume,
    CAST(s.declaraties_buurt AS INTEGER) AS declaraties_buurt,
    CAST(s.declaraties_wijk AS INTEGER) AS declaraties_wijk,
    CAST(s.declaraties_gemeente AS INTEGER) AS declaraties_gemeente,
    CAST(s.declaraties_rol AS INTEGER) AS declaraties_rol,
    CAST(s.declaraties_regio AS INTEGER) AS declaraties_regio
FROM som AS s
LEFT JOIN model.prijs AS p ON p.domein = s.domein AND p.zorgsoort = s.zorgsoort AND p.jaar = s.jaar
