-- titel: Kosten per stratum
-- vraag: Wat kostte elke zorgsoort in een gebied, per leeftijdsklasse en geslacht?
-- korrel: jaar × gebied × domein × zorgsoort × geslacht × klasse
-- methode: Uit de regels per persoon; waar een domein in een jaar alleen als aggregaat komt, uit het aggregaat.
-- sleutel: jaar, gebied, domein, zorgsoort, geslacht, klasse
WITH bedragen AS (
    SELECT
        jaar,
        plaats,
        soort,
        geslacht,
        klasse,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel,
        sum(volume) AS volume
    FROM model.persoonkosten
    GROUP BY jaar, plaats, soort, geslacht, klasse
),

aantallen AS (
    SELECT
        a.jaar,
        a.plaats,
        p.soort,
        a.geslacht,
        a.klasse,
        sum(a.buurt) AS buurt,
        sum(a.wijk) AS wijk,
        sum(a.gemeente) AS gemeente,
        sum(a.rol) AS rol,
        sum(a.regio) AS regio
    FROM model.declaratie_aantal AS a
    INNER JOIN model.plaatsing AS p ON p.plaatsing = a.plaatsing
    GROUP BY a.jaar, a.plaats, p.soort, a.geslacht, a.klasse
),

per_persoon AS (
    SELECT
        k.jaar,
        g.gebied,
        s.domein,
        s.zorgsoort,
        k.geslacht,
        k.klasse,
        sum(k.bedrag) AS bedrag,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel,
        sum(k.volume) AS volume,
        sum(
            CASE g.niveau
                WHEN 'buurt' THEN a.buurt
                WHEN 'wijk' THEN a.wijk
                WHEN 'gemeente' THEN a.gemeente
                WHEN 'rol' THEN a.rol
                ELSE a.regio
            END
        ) AS declaraties
    FROM bedragen AS k
    INNER JOIN aantallen AS a
        ON a.jaar = k.jaar AND a.plaats = k.plaats AND a.soort = k.soort AND a.geslacht = k.geslacht AND a.klasse = k.klasse
    INNER JOIN model.gebied AS g ON g.jaar = k.jaar AND g.plaats = k.plaats
    INNER JOIN model.soort AS s ON s.soort = k.soort
    GROUP BY k.jaar, g.gebied, s.domein, s.zorgsoort, k.geslacht, k.klasse
),

geaggregeerd AS (
    SELECT
        jaar,
        gebied,
        domein,
        zorgsoort,
        geslacht,
        klasse,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM model.aggregaat_gebied
    GROUP BY jaar, gebied, domein, zorgsoort, geslacht, klasse
)

SELECT
    jaar,
    gebied,
    domein,
    zorgsoort,
    geslacht,
    klasse,
    'persoon' AS herkomst,
    CAST(bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(volume AS DECIMAL(18, 3)) AS volume,
    CAST(declaraties AS BIGINT) AS declaraties
FROM per_persoon
UNION ALL
SELECT
    jaar,
    gebied,
    domein,
    zorgsoort,
    geslacht,
    klasse,
    'aggregaat' AS herkomst,
    CAST(bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    NULL AS volume,
    NULL AS declaraties
FROM geaggregeerd
