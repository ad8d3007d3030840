-- titel: Landelijke kosten per stratum
-- vraag: Wat kostte een landelijke kostensoort per leeftijdsklasse en geslacht, en over hoeveel verzekerdejaren?
-- korrel: domein × jaar × zorgsoort × geslacht × klasse
-- methode: Landelijk is een leverancier die voor een domein en jaar ook rijen buiten de gebiedstabel aanlevert; zijn rijen daarbinnen
--   tellen mee. De verzekerdejaren van een gebied, geslacht en klasse tellen één keer, ook bij een zorgsoort die daar ontbreekt.
-- sleutel: domein, jaar, zorgsoort, geslacht, klasse
WITH bron AS (
    SELECT DISTINCT
        a.leverancier,
        a.domein,
        a.jaar
    FROM model.aggregaat AS a
    INNER JOIN model.jaar AS j ON j.jaar = a.jaar
    WHERE a.geldt AND a.niveau IS NULL
),

rij AS (
    SELECT
        a.leverancier,
        a.domein,
        a.jaar,
        coalesce(l.landelijk, a.zorgsoort) AS zorgsoort,
        a.gebiedsnaam,
        a.geslacht,
        a.klasse,
        a.verzekerdejaren,
        a.bedrag
    FROM model.aggregaat AS a
    INNER JOIN bron AS b ON b.leverancier = a.leverancier AND b.domein = a.domein AND b.jaar = a.jaar
    LEFT JOIN model.landelijke_zorgsoort AS l ON l.jaar = a.jaar AND l.zorgsoort = a.zorgsoort
    WHERE a.geldt AND a.geslacht IS NOT NULL AND a.leeftijdsklasse IS NOT NULL
),

groep AS (
    SELECT
        leverancier,
        domein,
        jaar,
        geslacht,
        klasse,
        max(verzekerdejaren) AS verzekerdejaren
    FROM rij
    GROUP BY leverancier, domein, jaar, gebiedsnaam, geslacht, klasse
),

stratum AS (
    SELECT
        leverancier,
        domein,
        jaar,
        geslacht,
        klasse,
        sum(verzekerdejaren) AS verzekerdejaren
    FROM groep
    GROUP BY leverancier, domein, jaar, geslacht, klasse
),

zorgsoorten AS (
    SELECT DISTINCT
        leverancier,
        domein,
        jaar,
        zorgsoort
    FROM rij
),

euros AS (
    SELECT
        leverancier,
        domein,
        jaar,
        zorgsoort,
        geslacht,
        klasse,
        sum(bedrag) AS bedrag
    FROM rij
    GROUP BY leverancier, domein, jaar, zorgsoort, geslacht, klasse
)

SELECT
    z.domein,
    z.jaar,
    z.zorgsoort,
    s.geslacht,
    s.klasse,
    CAST(sum(coalesce(e.bedrag, 0)) AS DECIMAL(18, 2)) AS bedrag,
    CAST(sum(coalesce(s.verzekerdejaren, 0)) AS DECIMAL(18, 2)) AS verzekerdejaren
FROM zorgsoorten AS z
INNER JOIN stratum AS s ON s.leverancier = z.leverancier AND s.domein = z.domein AND s.jaar = z.jaar
LEFT JOIN euros AS e
    ON e.leverancier = z.leverancier
    AND e.domein = z.domein
    AND e.jaar = z.jaar
    AND e.zorgsoort = z.zorgsoort
    AND e.geslacht = s.geslacht
    AND e.klasse = s.klasse
GROUP BY z.domein, z.jaar, z.zorgsoort, s.geslacht, s.klasse
ORDER BY z.domein, z.jaar, z.zorgsoort, s.geslacht, s.klasse
