-- titel: Kosten van een bewoner in een gebied
-- vraag: Wat kostte elke bewoner in een gebied, en welk deel daarvan blijft op of onder de grens voor hoge kosten?
-- korrel: jaar × plek × verhuisd × persoon
-- methode: Wie het hele jaar op één adres woonde, heeft één rij, met de buurt als plek: in elk gebied van die buurt is zijn bedrag hetzelfde. Wie verhuisde,
--   heeft een rij per gebied, met wat hij daar kostte. De grens geldt naar de dagen in het gebied; reëel, op de cent, een halve van nul af.
-- sleutel: jaar, plek, verhuisd, persoon
WITH kosten AS (
    SELECT
        persoon,
        jaar,
        buurt,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM model.kosten_persoonjaar
    GROUP BY persoon, jaar, buurt
),

adressen AS (
    SELECT
        persoon,
        jaar,
        count(*) AS aantal
    FROM model.persoonjaar
    GROUP BY persoon, jaar
),

woonplek AS (
    SELECT
        p.persoon,
        p.jaar,
        p.buurt,
        p.dagen,
        a.aantal > 1 AS verhuisd,
        coalesce(k.bedrag, 0) AS bedrag,
        CASE WHEN k.persoon IS NULL THEN 0 ELSE k.bedrag_reeel END AS bedrag_reeel
    FROM model.persoonjaar AS p
    INNER JOIN adressen AS a ON a.persoon = p.persoon AND a.jaar = p.jaar
    LEFT JOIN kosten AS k ON k.persoon = p.persoon AND k.jaar = p.jaar AND k.buurt = p.buurt
),

bewoner AS (
    SELECT
        jaar,
        buurt AS plek,
        'nee' AS verhuisd,
        persoon,
        dagen,
        bedrag,
        bedrag_reeel
    FROM woonplek
    WHERE NOT verhuisd
    UNION ALL
    SELECT
        w.jaar,
        g.gebied AS plek,
        'ja' AS verhuisd,
        w.persoon,
        CAST(sum(w.dagen) AS INTEGER) AS dagen,
        sum(w.bedrag) AS bedrag,
        CASE WHEN count(*) = count(w.bedrag_reeel) THEN sum(w.bedrag_reeel) END AS bedrag_reeel
    FROM woonplek AS w
    INNER JOIN model.gebied AS g ON g.jaar = w.jaar AND g.buurt = w.buurt
    WHERE w.verhuisd
    GROUP BY w.jaar, g.gebied, w.persoon
),

grens AS (
    SELECT
        jaar,
        CASE WHEN grens < 0 THEN -1 ELSE 1 END AS teken,
        CAST(CAST(abs(grens) AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)) AS miljoensten
    FROM model.kostengrens
),

-- De grens naar dagen in centen is teller / noemer, met de grens in miljoensten: met hele getallen komt de afronding overal gelijk uit.
breuk AS (
    SELECT
        b.jaar,
        b.plek,
        b.verhuisd,
        b.persoon,
        b.bedrag,
        b.bedrag_reeel,
        g.teken,
        2 * g.miljoensten * b.dagen + 10000 * j.dagen AS teller,
        CAST(20000 * j.dagen AS DECIMAL(38, 0)) AS noemer
    FROM bewoner AS b
    INNER JOIN model.jaar AS j ON j.jaar = b.jaar
    LEFT JOIN grens AS g ON g.jaar <= 9999
)

SELECT
    jaar,
    plek,
    verhuisd,
    persoon,
    CAST(bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    -- least() slaat een onbekende over.
    CASE
        WHEN bedrag_reeel IS NOT NULL AND teller IS NOT NULL
            THEN CAST(
                least(bedrag_reeel, teken * CAST((teller - mod(teller, noemer)) / noemer AS DECIMAL(34, 0)) * CAST(0.01 AS DECIMAL(3, 2)))
                AS DECIMAL(18, 2)
            )
    END AS afgetopt
FROM breuk
