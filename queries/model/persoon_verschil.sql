-- titel: Verschil per persoon en wet
-- vraag: Hoeveel meer of minder kostte een persoon in een jaar dan in het basisjaar, per wet?
-- korrel: jaar × persoon × domein met een verschil
-- methode: Kosten van het jaar min die van het basisjaar, waar in de regio ook gemaakt. Alleen wetten die in beide jaren per persoon zijn
--   aangeleverd: bij de andere is van niemand bekend of zijn kosten stegen.
-- sleutel: jaar, persoon, domein
WITH soorten AS (
    SELECT
        soort,
        domein,
        CAST(dense_rank() OVER (ORDER BY domein) AS INTEGER) AS domeinnr
    FROM model.soort
),

domeinen AS (
    SELECT DISTINCT
        n.jaar,
        b.jaar AS basisjaar,
        n.domein,
        s.domeinnr
    FROM model.cel AS n
    INNER JOIN model.cel AS b
        ON b.gebied = n.gebied AND b.domein = n.domein AND b.is_basisjaar AND b.herkomst = n.herkomst
    INNER JOIN soorten AS s ON s.domein = n.domein
    WHERE n.gebied = 'regio' AND n.herkomst = 'persoon'
),

kosten AS (
    SELECT
        k.persoon,
        k.jaar,
        s.domeinnr,
        sum(k.bedrag) AS bedrag,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel
    FROM model.persoonkosten AS k
    INNER JOIN soorten AS s ON s.soort = k.soort
    GROUP BY k.persoon, k.jaar, s.domeinnr
),

-- Het basisjaar heeft geen verschil met zichzelf.
van_beide_jaren AS (
    SELECT
        d.jaar,
        k.persoon,
        k.domeinnr,
        k.bedrag AS verschil,
        k.bedrag_reeel AS verschil_reeel
    FROM kosten AS k
    INNER JOIN domeinen AS d ON d.jaar = k.jaar AND d.domeinnr = k.domeinnr AND d.jaar <> d.basisjaar
    UNION ALL
    SELECT
        d.jaar,
        k.persoon,
        k.domeinnr,
        -k.bedrag AS verschil,
        -k.bedrag_reeel AS verschil_reeel
    FROM kosten AS k
    INNER JOIN domeinen AS d ON d.basisjaar = k.jaar AND d.domeinnr = k.domeinnr AND d.jaar <> d.basisjaar
),

per_persoon AS (
    SELECT
        jaar,
        persoon,
        domeinnr,
        sum(verschil) AS verschil,
        CASE WHEN count(*) = count(verschil_reeel) THEN sum(verschil_reeel) END AS verschil_reeel
    FROM van_beide_jaren
    GROUP BY jaar, persoon, domeinnr
),

verschillen AS (
    SELECT
        p.jaar,
        p.persoon,
        d.domein,
        p.verschil,
        p.verschil_reeel
    FROM per_persoon AS p
    INNER JOIN domeinen AS d ON d.jaar = p.jaar AND d.domeinnr = p.domeinnr
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
