-- titel: Verschil per persoon en wet
-- vraag: Hoeveel meer of minder kostte een persoon in een jaar dan in het basisjaar, per wet?
-- korrel: jaar × persoon × domein met een verschil
-- methode: Kosten van het jaar min die van het basisjaar, waar in de regio ook gemaakt. Alleen wetten die in beide jaren per persoon zijn
--   aangeleverd: bij de andere is van niemand bekend of zijn kosten stegen.
-- sleutel: jaar, persoon, domein
WITH domeinen AS (
    SELECT
        n.jaar,
        n.domein
    FROM model.cel AS n
    INNER JOIN model.cel AS b
        ON b.gebied = n.gebied AND b.domein = n.domein AND b.is_basisjaar AND b.herkomst = n.herkomst
    WHERE n.gebied = 'regio' AND n.herkomst = 'persoon'
),

kosten AS (
    SELECT
        persoon,
        jaar,
        domein,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM model.kosten_persoonjaar
    GROUP BY persoon, jaar, domein
),

van_beide_jaren AS (
    SELECT
        w.jaar,
        w.persoon,
        k.domein,
        k.bedrag AS verschil,
        k.bedrag_reeel AS verschil_reeel
    FROM model.persoon_wending AS w
    INNER JOIN kosten AS k ON k.persoon = w.persoon AND k.jaar = w.jaar
    UNION ALL
    SELECT
        w.jaar,
        w.persoon,
        k.domein,
        -k.bedrag AS verschil,
        -k.bedrag_reeel AS verschil_reeel
    FROM model.persoon_wending AS w
    INNER JOIN kosten AS k ON k.persoon = w.persoon AND k.jaar = w.basisjaar
),

verschillen AS (
    SELECT
        v.jaar,
        v.persoon,
        v.domein,
        sum(v.verschil) AS verschil,
        CASE WHEN count(*) = count(v.verschil_reeel) THEN sum(v.verschil_reeel) END AS verschil_reeel
    FROM van_beide_jaren AS v
    INNER JOIN domeinen AS d ON d.jaar = v.jaar AND d.domein = v.domein
    GROUP BY v.jaar, v.persoon, v.domein
)

SELECT
    v.jaar,
    v.persoon,
    v.domein,
    w.wending,
    w.gebiedsjaar,
    w.buurt,
    CAST(v.verschil AS DECIMAL(18, 2)) AS verschil,
    CAST(v.verschil_reeel AS DECIMAL(18, 2)) AS verschil_reeel
FROM verschillen AS v
INNER JOIN model.persoon_wending AS w ON w.jaar = v.jaar AND w.persoon = v.persoon
-- Een onbekend reëel verschil blijft staan: het maakt de reële stromen van dat jaar onbekend.
WHERE v.verschil <> 0 OR v.verschil_reeel <> 0 OR v.verschil_reeel IS NULL
