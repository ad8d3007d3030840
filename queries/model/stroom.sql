-- titel: Stromen van personen
-- vraag: Hoeveel euro's vielen bij een persoon in de ene wet weg en kwamen in een andere terug, en hoeveel kwamen erbij of gingen weg?
-- korrel: jaar × gebied × van × naar
-- methode: Binnen een persoon wordt wat daalde naar evenredigheid gekoppeld aan wat steeg (migratiestromen uit randtotalen, Abel): een
--   daling a en een stijging b geven a × b / het grootste van de twee totalen. Het overschot van wie steeg is nieuw, van wie daalde weg. Wie niet
--   in beide jaren hier woonde, wordt niet gekoppeld. Stromen tussen wetten zijn op de cent afgerond; nieuw en weg nemen de rest, zodat
--   per wet alles wat erbij kwam min alles wat wegging de verandering is. grootste en tweede: de twee hoogste nominale bedragen van één persoon.
-- sleutel: jaar, gebied, van, naar
WITH verschil AS (
    SELECT
        'nominaal' AS prijspeil,
        jaar,
        persoon,
        domein,
        wending,
        gebiedsjaar,
        buurt,
        CAST(verschil * 100 AS BIGINT) AS centen
    FROM model.persoon_verschil
    WHERE verschil <> 0
    UNION ALL
    SELECT
        'reeel' AS prijspeil,
        jaar,
        persoon,
        domein,
        wending,
        gebiedsjaar,
        buurt,
        CAST(verschil_reeel * 100 AS BIGINT) AS centen
    FROM model.persoon_verschil
    WHERE verschil_reeel <> 0
),

-- Wat bij wie bleef in alle wetten samen steeg, en wat er daalde.
samen AS (
    SELECT
        prijspeil,
        jaar,
        persoon,
        CAST(sum(CASE WHEN centen > 0 THEN centen ELSE 0 END) AS BIGINT) AS stijging,
        CAST(sum(CASE WHEN centen < 0 THEN -centen ELSE 0 END) AS BIGINT) AS daling
    FROM verschil
    WHERE wending = 'gebleven'
    GROUP BY prijspeil, jaar, persoon
),

gebleven AS (
    SELECT
        v.prijspeil,
        v.jaar,
        v.persoon,
        v.domein,
        v.gebiedsjaar,
        v.buurt,
        v.centen,
        s.stijging,
        s.daling
    FROM verschil AS v
    INNER JOIN samen AS s ON s.prijspeil = v.prijspeil AND s.jaar = v.jaar AND s.persoon = v.persoon
    WHERE v.wending = 'gebleven'
),

gekoppeld AS (
    SELECT
        a.prijspeil,
        a.jaar,
        a.gebiedsjaar,
        a.buurt,
        a.domein AS van,
        b.domein AS naar,
        CAST(-a.centen AS DECIMAL(19, 0)) * CAST(b.centen AS DECIMAL(19, 0)) AS teller,
        CAST(greatest(a.stijging, a.daling) AS DECIMAL(38, 0)) AS noemer
    FROM gebleven AS a
    INNER JOIN gebleven AS b ON b.prijspeil = a.prijspeil AND b.jaar = a.jaar AND b.persoon = a.persoon
    WHERE a.centen < 0 AND b.centen > 0
),

gedeeld AS (
    SELECT
        prijspeil,
        jaar,
        gebiedsjaar,
        buurt,
        van,
        naar,
        CAST((teller - mod(teller, noemer)) / noemer AS BIGINT) AS centen,
        CAST(CAST(mod(teller, noemer) AS DOUBLE) / CAST(noemer AS DOUBLE) AS DECIMAL(18, 16)) AS deel
    FROM gekoppeld
),

-- Van het overschot van een persoon het deel van elke wet, naar wat die wet steeg of daalde; wie geen overschot die kant op heeft, heeft nul.
overschot AS (
    SELECT
        prijspeil,
        jaar,
        gebiedsjaar,
        buurt,
        domein,
        centen,
        stijging,
        daling,
        CAST(
            CASE WHEN centen > 0 THEN centen * greatest(stijging - daling, 0) ELSE -centen * greatest(daling - stijging, 0) END AS DECIMAL(38, 0)
        ) AS teller,
        CAST(greatest(stijging, daling) AS DECIMAL(38, 0)) AS noemer
    FROM (
        SELECT
            prijspeil, jaar, gebiedsjaar, buurt, domein,
            CAST(centen AS DECIMAL(19, 0)) AS centen, CAST(stijging AS DECIMAL(19, 0)) AS stijging, CAST(daling AS DECIMAL(19, 0)) AS daling
        FROM gebleven
    ) AS g
),

resterend AS (
    SELECT
        o.*,
        CASE
            WHEN prijspeil = 'nominaal' AND teller > 0
                THEN CAST((teller - mod(teller, noemer)) / noemer AS BIGINT)
                + CAST(CAST(mod(teller, noemer) AS DOUBLE) / CAST(noemer AS DOUBLE) AS DECIMAL(18, 16))
            ELSE 0
        END AS rest
    FROM overschot AS o
),

-- Hele centen en wat er van een cent overblijft, apart: zo is de som tot ver achter de komma precies.
per_buurt AS (
    SELECT
        prijspeil,
        jaar,
        gebiedsjaar,
        buurt,
        'gekoppeld' AS soort,
        van,
        naar,
        count(*) AS personen,
        sum(centen) AS centen,
        sum(deel) AS deel,
        max(centen + deel, 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(centen + deel, 2)[2] ELSE 0 END AS tweede
    FROM gedeeld
    GROUP BY prijspeil, jaar, gebiedsjaar, buurt, van, naar
    UNION ALL
    SELECT
        prijspeil,
        jaar,
        gebiedsjaar,
        buurt,
        'nieuw' AS soort,
        'nieuw' AS van,
        domein AS naar,
        count(*) FILTER (WHERE stijging > daling) AS personen,
        sum(centen) AS centen,
        0 AS deel,
        max(rest, 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(rest, 2)[2] ELSE 0 END AS tweede
    FROM resterend
    WHERE centen > 0
    GROUP BY prijspeil, jaar, gebiedsjaar, buurt, domein
    UNION ALL
    SELECT
        prijspeil,
        jaar,
        gebiedsjaar,
        buurt,
        'weg' AS soort,
        domein AS van,
        'weg' AS naar,
        count(*) FILTER (WHERE daling > stijging) AS personen,
        -sum(centen) AS centen,
        0 AS deel,
        max(rest, 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(rest, 2)[2] ELSE 0 END AS tweede
    FROM resterend
    WHERE centen < 0
    GROUP BY prijspeil, jaar, gebiedsjaar, buurt, domein
    UNION ALL
    SELECT
        prijspeil,
        jaar,
        gebiedsjaar,
        buurt,
        'wending' AS soort,
        CASE WHEN centen > 0 THEN wending ELSE domein END AS van,
        CASE WHEN centen > 0 THEN domein ELSE wending END AS naar,
        count(*) AS personen,
        sum(abs(centen)) AS centen,
        0 AS deel,
        max(abs(centen), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(centen), 2)[2] ELSE 0 END AS tweede
    FROM verschil
    WHERE wending <> 'gebleven'
    GROUP BY
        prijspeil, jaar, gebiedsjaar, buurt,
        CASE WHEN centen > 0 THEN wending ELSE domein END, CASE WHEN centen > 0 THEN domein ELSE wending END
),

afgerond AS (
    SELECT
        p.prijspeil,
        p.jaar,
        g.gebied,
        p.soort,
        p.van,
        p.naar,
        sum(p.personen) AS personen,
        -- Elk deel van een cent kan 2e-16 te klein zijn: dat erbij, opdat delen die samen een halve cent zijn die ook halen.
        CAST(sum(p.centen) AS DECIMAL(38, 0))
        + CAST(
            sum(p.deel) + CAST(sum(p.personen) AS DECIMAL(18, 0)) * CAST(0.0000000000000002 AS DECIMAL(16, 16)) AS DECIMAL(38, 0)
        ) AS centen,
        max(p.grootste) AS grootste,
        CASE WHEN count(*) > 1 THEN greatest(max(p.grootste, 2)[2], max(p.tweede)) ELSE max(p.tweede) END AS tweede
    FROM per_buurt AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.gebiedsjaar AND g.buurt = p.buurt
    GROUP BY p.prijspeil, p.jaar, g.gebied, p.soort, p.van, p.naar
),

-- Nieuw is alles wat steeg min wat daarvan is gekoppeld, weg alles wat daalde min wat daarvan is gekoppeld.
sluitend AS (
    SELECT
        prijspeil,
        jaar,
        gebied,
        van,
        naar,
        personen,
        grootste,
        tweede,
        centen - CASE soort
            WHEN 'nieuw' THEN sum(CASE WHEN soort = 'gekoppeld' THEN centen ELSE 0 END) OVER (PARTITION BY prijspeil, jaar, gebied, naar)
            WHEN 'weg' THEN sum(CASE WHEN soort = 'gekoppeld' THEN centen ELSE 0 END) OVER (PARTITION BY prijspeil, jaar, gebied, van)
            ELSE 0
        END AS centen
    FROM afgerond
),

bekendheid AS (
    SELECT
        jaar,
        count(*) = count(verschil_reeel) AS reeel_bekend
    FROM model.persoon_verschil
    GROUP BY jaar
),

naast_elkaar AS (
    SELECT
        s.jaar,
        s.gebied,
        s.van,
        s.naar,
        sum(CASE WHEN s.prijspeil = 'nominaal' THEN s.personen ELSE 0 END) AS personen,
        sum(CASE WHEN s.prijspeil = 'nominaal' THEN s.centen ELSE 0 END) AS centen,
        CAST(max(CASE WHEN s.prijspeil = 'nominaal' THEN s.grootste ELSE 0 END) AS DECIMAL(38, 0)) AS grootste,
        CAST(max(CASE WHEN s.prijspeil = 'nominaal' THEN s.tweede ELSE 0 END) AS DECIMAL(38, 0)) AS tweede,
        sum(CASE WHEN s.prijspeil = 'reeel' THEN s.personen ELSE 0 END) AS personen_reeel,
        sum(CASE WHEN s.prijspeil = 'reeel' THEN s.centen ELSE 0 END) AS centen_reeel
    FROM sluitend AS s
    INNER JOIN bekendheid AS b ON b.jaar = s.jaar AND (s.prijspeil = 'nominaal' OR b.reeel_bekend)
    GROUP BY s.jaar, s.gebied, s.van, s.naar
)

SELECT
    n.jaar,
    n.gebied,
    n.van,
    n.naar,
    CAST(n.personen AS BIGINT) AS personen,
    CAST(n.centen * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS bedrag,
    CASE WHEN b.reeel_bekend THEN CAST(n.centen_reeel * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) END AS bedrag_reeel,
    -- Een stroom kan reëel van andere personen zijn dan nominaal.
    CAST(n.personen_reeel AS BIGINT) AS personen_reeel,
    CAST(n.grootste * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS grootste,
    CAST(n.tweede * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS tweede
FROM naast_elkaar AS n
INNER JOIN bekendheid AS b ON b.jaar = n.jaar
WHERE n.personen <> 0 OR n.centen <> 0 OR n.centen_reeel <> 0
