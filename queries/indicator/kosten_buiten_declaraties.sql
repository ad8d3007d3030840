-- titel: Kosten buiten declaraties
-- vraag: Welk geld staat in geen declaratie van een persoon: programma, subsidie, lumpsum en pgb?
-- korrel: jaar × gebied × domein × post
-- methode: Zoals aangeleverd; een bedrag telt in zijn eigen gebied en in alles daarboven, nooit in iets fijners. Zonder deze tabel lijkt
--   een verschuiving naar subsidie een besparing. Verzekerdejaren van alle bewoners.
-- sleutel: jaar, gebied, domein, post
-- drempel: personen
-- intern: personen, openbaar
-- open: openbaar
WITH budget AS (
    SELECT
        b.*,
        CASE WHEN b.niveau < 3 THEN coalesce(b.wijk, 'WK' || substr(b.buurt, 3, 6)) END AS in_wijk
    FROM model.budget AS b
    WHERE b.bestemming = 'telt'
),

-- Een rij bij pilot, controle of regio zelf heeft geen niveau.
geplaatst AS (
    SELECT b.*, b.buurt AS in_gebied FROM budget AS b WHERE b.niveau = 1
    UNION ALL
    SELECT b.*, b.in_wijk AS in_gebied FROM budget AS b WHERE b.niveau < 3
    UNION ALL
    SELECT b.*, coalesce(b.gemeente, 'GM' || substr(b.in_wijk, 3, 4)) AS in_gebied FROM budget AS b WHERE b.niveau IS NOT NULL
    UNION ALL
    SELECT b.*, b.rol AS in_gebied FROM budget AS b WHERE b.rol IN ('pilot', 'controle')
    UNION ALL
    SELECT b.*, 'regio' AS in_gebied FROM budget AS b
),

som AS (
    SELECT
        jaar,
        in_gebied AS gebied,
        domein,
        post,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM geplaatst
    GROUP BY jaar, in_gebied, domein, post
),

bewoners AS (
    SELECT
        p.jaar,
        g.gebied,
        sum(p.dagen) AS dagen
    FROM model.persoonjaar AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
    GROUP BY p.jaar, g.gebied
)

SELECT
    s.jaar,
    s.gebied,
    s.domein,
    s.post,
    CAST(s.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(s.bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(CAST(nullif(b.dagen, 0) AS DOUBLE) / j.dagen AS DECIMAL(18, 6)) AS verzekerdejaren,
    CAST(CAST(s.bedrag AS DOUBLE) * j.dagen / nullif(b.dagen, 0) AS DECIMAL(18, 6)) AS per_verzekerdejaar,
    CAST(CAST(s.bedrag_reeel AS DOUBLE) * j.dagen / nullif(b.dagen, 0) AS DECIMAL(18, 6)) AS per_verzekerdejaar_reeel,
    CAST(0 AS BIGINT) AS personen,
    'ja' AS openbaar
FROM som AS s
INNER JOIN model.jaar AS j ON j.jaar = s.jaar
LEFT JOIN bewoners AS b ON b.jaar = s.jaar AND b.gebied = s.gebied
ORDER BY s.jaar, s.gebied, s.domein, s.post
