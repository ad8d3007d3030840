-- titel: Kosten per buurt, gestandaardiseerd
-- vraag: Wat kostte elke wet en elke lijn in een buurt per verzekerdejaar, bij de opbouw van de regio in het basisjaar?
-- korrel: jaar × buurt × domein × lijn; alleen wat te vullen is, geen onvolledig jaar
-- methode: Directe standaardisatie als in model.gestandaardiseerd, over dezelfde strata: de bedragen van lijnen en wetten tellen op tot dat van
--   alles samen. Reële euro's; ontbreekt een prijsindex, dan is het bedrag onbekend. `dagen` en `personen` zijn die van alle bewoners van
--   de buurt in het jaar, op elke rij.
-- sleutel: jaar, buurt, domein, lijn
WITH bewoners AS (
    SELECT
        jaar,
        buurt,
        sum(dagen) AS dagen,
        count(DISTINCT persoon) AS personen
    FROM model.persoonjaar
    GROUP BY jaar, buurt
),

lijnen AS (
    SELECT DISTINCT
        domein,
        lijn
    FROM model.zorgsoort
),

kosten AS (
    SELECT
        k.jaar,
        k.gebied,
        k.domein,
        z.lijn,
        k.geslacht,
        k.klasse,
        sum(k.bedrag_reeel) AS bedrag_reeel,
        count(*) - count(k.bedrag_reeel) AS onbekend
    FROM model.kosten_stratum AS k
    INNER JOIN bewoners AS b ON b.jaar = k.jaar AND b.buurt = k.gebied
    INNER JOIN model.zorgsoort AS z ON z.domein = k.domein AND z.zorgsoort = k.zorgsoort
    WHERE k.geslacht IS NOT NULL AND k.klasse IS NOT NULL
    GROUP BY k.jaar, k.gebied, k.domein, z.lijn, k.geslacht, k.klasse
),

-- Het samengevoegde stratum van iedereen krijgt de kosten van alle strata.
met_iedereen AS (
    SELECT * FROM kosten
    UNION ALL
    SELECT jaar, gebied, domein, lijn, 'iedereen' AS geslacht, 0 AS klasse, sum(bedrag_reeel) AS bedrag_reeel, sum(onbekend) AS onbekend
    FROM kosten
    GROUP BY jaar, gebied, domein, lijn
),

stratum AS (
    SELECT
        s.jaar,
        s.gebied AS buurt,
        s.domein,
        l.lijn,
        s.gewicht,
        s.dagen,
        coalesce(k.bedrag_reeel, 0) AS bedrag_reeel,
        coalesce(k.onbekend, 0) AS onbekend
    FROM model.standaard_stratum AS s
    INNER JOIN bewoners AS b ON b.jaar = s.jaar AND b.buurt = s.gebied
    INNER JOIN lijnen AS l ON l.domein = s.domein
    LEFT JOIN met_iedereen AS k
        ON k.jaar = s.jaar AND k.gebied = s.gebied AND k.domein = s.domein AND k.lijn = l.lijn AND k.geslacht = s.geslacht AND k.klasse = s.klasse
)

SELECT
    s.jaar,
    s.buurt,
    s.domein,
    s.lijn,
    min(c.herkomst) AS herkomst,
    min(c.status) AS status,
    CASE
        WHEN sum(s.onbekend) = 0
            THEN CAST(
                CAST(sum(CAST(CAST(s.gewicht AS DOUBLE) * CAST(s.bedrag_reeel AS DOUBLE) / CAST(s.dagen AS DOUBLE) * c.dagen_in_jaar AS DECIMAL(38, 8))) AS DOUBLE)
                / CAST(sum(s.gewicht) AS DOUBLE) AS DECIMAL(18, 6)
            )
    END AS bedrag_reeel,
    CAST(min(b.dagen) AS BIGINT) AS dagen,
    CAST(min(c.dagen_in_jaar) AS INTEGER) AS dagen_in_jaar,
    CAST(min(b.personen) AS BIGINT) AS personen
FROM stratum AS s
INNER JOIN bewoners AS b ON b.jaar = s.jaar AND b.buurt = s.buurt
INNER JOIN model.cel AS c ON c.jaar = s.jaar AND c.gebied = s.buurt AND c.domein = s.domein AND c.status <> 'onvolledig'
GROUP BY s.jaar, s.buurt, s.domein, s.lijn
ORDER BY s.jaar, s.buurt, s.domein, s.lijn
