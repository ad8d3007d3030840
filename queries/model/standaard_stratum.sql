-- titel: Strata voor de standaardisatie
-- vraag: Welk gewicht, welke kosten en welke dagen heeft elk stratum van een cel, na samenvoegen van lege strata?
-- korrel: jaar × gebied × domein × geslacht × klasse
-- methode: Gewicht is het aantal verzekerde dagen van de regio in het basisjaar. Een leeg stratum voegt zich bij de
--   eerstvolgende jongere niet-lege klasse van hetzelfde geslacht, anders de oudere, anders bij beide geslachten samen.
-- sleutel: jaar, gebied, domein, geslacht, klasse
WITH standaard AS (
    SELECT
        n.domein,
        n.geslacht,
        n.klasse,
        sum(n.dagen) AS gewicht
    FROM model.noemer AS n
    INNER JOIN model.jaar AS j ON j.jaar = n.jaar AND j.is_basisjaar
    WHERE n.gebied = 'regio' AND n.geslacht IS NOT NULL AND n.klasse IS NOT NULL
    GROUP BY n.domein, n.geslacht, n.klasse
    HAVING sum(n.dagen) > 0
),

bevolkt AS (
    SELECT
        jaar,
        gebied,
        domein,
        geslacht,
        klasse,
        sum(dagen) AS dagen
    FROM model.noemer
    WHERE geslacht IS NOT NULL AND klasse IS NOT NULL
    GROUP BY jaar, gebied, domein, geslacht, klasse
    HAVING sum(dagen) > 0
),

-- Een aggregaat zonder leeftijd en geslacht is niet te standaardiseren.
zonder_stratum AS (
    SELECT
        jaar,
        domein
    FROM model.kosten_stratum
    WHERE herkomst = 'aggregaat'
    GROUP BY jaar, domein
    HAVING max(CASE WHEN geslacht IS NOT NULL AND klasse IS NOT NULL THEN 1 ELSE 0 END) = 0
),

cellen AS (
    SELECT DISTINCT
        b.jaar,
        b.gebied,
        b.domein
    FROM bevolkt AS b
    LEFT JOIN zonder_stratum AS z ON z.jaar = b.jaar AND z.domein = b.domein
    WHERE z.jaar IS NULL
),

-- Bij elk gewicht het stratum dat het in deze cel draagt.
dragers AS (
    SELECT
        c.jaar,
        c.gebied,
        c.domein,
        s.geslacht,
        s.klasse,
        s.gewicht,
        max(b.klasse) FILTER (WHERE b.geslacht = s.geslacht AND b.klasse <= s.klasse) AS jonger,
        min(b.klasse) FILTER (WHERE b.geslacht = s.geslacht AND b.klasse > s.klasse) AS ouder,
        max(b.klasse) FILTER (WHERE b.geslacht <> s.geslacht AND b.geslacht <> '0' AND s.geslacht <> '0' AND b.klasse <= s.klasse) AS ander_jonger,
        min(b.klasse) FILTER (WHERE b.geslacht <> s.geslacht AND b.geslacht <> '0' AND s.geslacht <> '0' AND b.klasse > s.klasse) AS ander_ouder
    FROM cellen AS c
    INNER JOIN standaard AS s ON s.domein = c.domein
    INNER JOIN bevolkt AS b ON b.jaar = c.jaar AND b.gebied = c.gebied AND b.domein = c.domein
    GROUP BY c.jaar, c.gebied, c.domein, s.geslacht, s.klasse, s.gewicht
),

-- Is er van het geslacht niemand, dan draagt de klasse van het andere; is er geen klasse, dan iedereen.
aangewezen AS (
    SELECT
        jaar,
        gebied,
        domein,
        gewicht,
        CASE
            WHEN coalesce(jonger, ouder) IS NOT NULL THEN geslacht
            WHEN coalesce(ander_jonger, ander_ouder) IS NULL THEN 'iedereen'
            WHEN geslacht = '1' THEN '2'
            ELSE '1'
        END AS geslacht,
        coalesce(jonger, ouder, ander_jonger, ander_ouder, 0) AS klasse
    FROM dragers
),

gewogen AS (
    SELECT
        jaar,
        gebied,
        domein,
        geslacht,
        klasse,
        sum(gewicht) AS gewicht,
        count(*) AS samengevoegd
    FROM aangewezen
    GROUP BY jaar, gebied, domein, geslacht, klasse
),

kosten AS (
    SELECT
        s.jaar,
        s.gebied,
        s.domein,
        s.geslacht,
        s.klasse,
        sum(s.bedrag) AS bedrag,
        CASE WHEN count(*) = count(s.bedrag_reeel) THEN sum(s.bedrag_reeel) END AS bedrag_reeel
    FROM model.kosten_stratum AS s
    WHERE s.geslacht IS NOT NULL AND s.klasse IS NOT NULL
    GROUP BY s.jaar, s.gebied, s.domein, s.geslacht, s.klasse
),

stratum AS (
    SELECT
        b.jaar,
        b.gebied,
        b.domein,
        b.geslacht,
        b.klasse,
        b.dagen,
        coalesce(k.bedrag, 0) AS bedrag,
        CASE WHEN k.jaar IS NULL THEN 0 ELSE k.bedrag_reeel END AS bedrag_reeel
    FROM bevolkt AS b
    LEFT JOIN kosten AS k
        ON k.jaar = b.jaar AND k.gebied = b.gebied AND k.domein = b.domein AND k.geslacht = b.geslacht AND k.klasse = b.klasse
)

SELECT
    g.jaar,
    g.gebied,
    g.domein,
    g.geslacht,
    g.klasse,
    g.samengevoegd,
    CAST(g.gewicht AS DECIMAL(18, 2)) AS gewicht,
    CAST(sum(s.dagen) AS DECIMAL(18, 2)) AS dagen,
    CAST(sum(s.bedrag) AS DECIMAL(18, 2)) AS bedrag,
    CASE WHEN count(*) = count(s.bedrag_reeel) THEN CAST(sum(s.bedrag_reeel) AS DECIMAL(18, 2)) END AS bedrag_reeel
FROM gewogen AS g
INNER JOIN stratum AS s
    ON s.jaar = g.jaar AND s.gebied = g.gebied AND s.domein = g.domein
    AND ((g.geslacht = s.geslacht AND g.klasse = s.klasse) OR g.geslacht = 'iedereen')
GROUP BY g.jaar, g.gebied, g.domein, g.geslacht, g.klasse, g.samengevoegd, g.gewicht
