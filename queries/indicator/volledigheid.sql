-- titel: Volledigheid per maand
-- vraag: Hoe volledig zijn de kosten van een maand, en wat is er nog te verwachten?
-- korrel: domein × zorgsoort × maand
-- methode: Kettingladder per zorgsoort (Mack 1993). Is naar verwachting minder dan 80% binnen, dan Bornhuetter-Ferguson: wat nog
--   ontbreekt naar het verwachte bedrag van dezelfde maand een jaar eerder, maal de trend van de laatste twaalf maanden die
--   voor 80% binnen zijn. Vanaf 98% definitief, vanaf 80% voorlopig. Zonder declaratiedatum geldt de status van het jaar.
-- sleutel: domein, zorgsoort, maand
-- drempel: personen
-- intern: personen, jaar, kwartaal, grootste, tweede
-- detail: ja
-- totalen: kosten_zorgsoort(jaar, 'regio', domein, zorgsoort) = aangeleverd; kosten_kwartaal(kwartaal, 'regio', domein) = aangeleverd
-- dominantie: aangeleverd
-- afgeleid: verwacht_totaal = verwacht_totaal mits aangeleverd op 1000; volledigheid = aangeleverd / verwacht_totaal
WITH delen AS (
    SELECT
        d.domein,
        d.zorgsoort,
        d.maand,
        sum(d.bedrag) AS aangeleverd
    FROM model.volledigheid_deel AS d
    GROUP BY d.domein, d.zorgsoort, d.maand
),

met_datum AS (
    SELECT
        domein,
        zorgsoort
    FROM model.volledigheid_deel
    GROUP BY domein, zorgsoort
    HAVING count(*) = count(declaratiemaand)
),

-- Wie midden in een maand verhuisde, staat die maand op twee plaatsen.
verhuismaand AS (
    SELECT DISTINCT
        persoon,
        CAST(date_trunc('month', begindatum) AS DATE) AS maand
    FROM model.verblijf
    WHERE day(begindatum) > 1
),

plaatsingen AS (
    SELECT
        plaatsing,
        soort,
        count(*) OVER (PARTITION BY soort) = 1 AS enige
    FROM model.plaatsing
),

gemerkt AS (
    SELECT
        p.soort,
        k.maand,
        k.persoon,
        k.bedrag,
        p.enige AND v.persoon IS NULL AS enige
    FROM model.maandkosten AS k
    INNER JOIN plaatsingen AS p ON p.plaatsing = k.plaatsing
    LEFT JOIN verhuismaand AS v ON v.persoon = k.persoon AND v.maand = k.maand
),

-- De rest van model.maandkosten heeft één rij per persoon, maand en soort, en hoeft niet te worden opgeteld.
per_persoon AS (
    SELECT soort, maand, bedrag
    FROM gemerkt
    WHERE enige
    UNION ALL
    SELECT soort, maand, sum(bedrag) AS bedrag
    FROM gemerkt
    WHERE NOT enige
    GROUP BY soort, maand, persoon
),

personen AS (
    SELECT
        s.domein,
        s.zorgsoort,
        u.maand,
        count(*) AS personen,
        max(abs(u.bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(u.bedrag), 2)[2] ELSE 0 END AS tweede
    FROM per_persoon AS u
    INNER JOIN model.soort AS s ON s.soort = u.soort
    GROUP BY s.domein, s.zorgsoort, u.maand
),

-- Een factor van ten hoogste 1,25 is een volledigheid van ten minste 80%.
schatting AS (
    SELECT
        s.*,
        coalesce(s.factor <= 1.25, FALSE) AS rijp,
        CAST(s.maand - INTERVAL '1' YEAR AS DATE) AS jaar_eerder
    FROM model.volledigheid_schatting AS s
),

laatste_rijpe AS (
    SELECT
        s.*,
        row_number() OVER (PARTITION BY s.domein, s.zorgsoort ORDER BY s.maand DESC) AS rang
    FROM schatting AS s
    WHERE s.rijp
),

twaalf_maanden AS (
    SELECT
        n.domein,
        n.zorgsoort,
        count(e.verwacht_totaal) AS maanden,
        CAST(sum(n.verwacht_totaal) AS DOUBLE) AS nu,
        CAST(sum(e.verwacht_totaal) AS DOUBLE) AS eerder
    FROM laatste_rijpe AS n
    LEFT JOIN schatting AS e ON e.domein = n.domein AND e.zorgsoort = n.zorgsoort AND e.maand = n.jaar_eerder
    WHERE n.rang <= 12
    GROUP BY n.domein, n.zorgsoort
),

verwachting AS (
    SELECT
        s.domein,
        s.zorgsoort,
        s.maand,
        CASE WHEN s.rijp OR e.maand IS NULL THEN 'kettingladder' ELSE 'bornhuetter_ferguson' END AS methode,
        CASE
            WHEN s.rijp OR e.maand IS NULL THEN TRY_CAST(s.verwacht_totaal AS DECIMAL(18, 2))
            ELSE TRY_CAST(
                CAST(s.cumulatief AS DOUBLE)
                + CAST(e.verwacht_totaal AS DOUBLE)
                * CASE WHEN t.maanden = 12 AND sign(t.nu) * sign(t.eerder) > 0 THEN t.nu / t.eerder ELSE CAST(1 AS DOUBLE) END
                * (1 - coalesce(1 / CAST(s.factor AS DOUBLE), 0))
                AS DECIMAL(18, 2)
            )
        END AS verwacht_totaal
    FROM schatting AS s
    LEFT JOIN schatting AS e ON e.domein = s.domein AND e.zorgsoort = s.zorgsoort AND e.maand = s.jaar_eerder AND e.rijp
    LEFT JOIN twaalf_maanden AS t ON t.domein = s.domein AND t.zorgsoort = s.zorgsoort
),

maand AS (
    SELECT
        d.domein,
        d.zorgsoort,
        d.maand,
        CAST(d.aangeleverd AS DECIMAL(18, 2)) AS aangeleverd,
        v.verwacht_totaal,
        CASE
            WHEN v.verwacht_totaal > 0
                THEN TRY_CAST(CAST(d.aangeleverd AS DOUBLE) / CAST(v.verwacht_totaal AS DOUBLE) AS DECIMAL(18, 6))
        END AS volledigheid,
        coalesce(v.methode, 'geen') AS methode,
        m.domein IS NOT NULL AS met_datum,
        c.status AS status_jaar,
        p.personen,
        p.grootste,
        p.tweede
    FROM delen AS d
    INNER JOIN model.cel AS c ON c.jaar = year(d.maand) AND c.gebied = 'regio' AND c.domein = d.domein
    INNER JOIN personen AS p ON p.domein = d.domein AND p.zorgsoort = d.zorgsoort AND p.maand = d.maand
    LEFT JOIN met_datum AS m ON m.domein = d.domein AND m.zorgsoort = d.zorgsoort
    LEFT JOIN verwachting AS v ON v.domein = d.domein AND v.zorgsoort = d.zorgsoort AND v.maand = d.maand
)

SELECT
    domein,
    zorgsoort,
    maand,
    aangeleverd,
    verwacht_totaal,
    volledigheid,
    CASE
        WHEN NOT met_datum THEN status_jaar
        WHEN volledigheid >= 0.98 THEN 'definitief'
        WHEN volledigheid >= 0.80 THEN 'voorlopig'
        ELSE 'onvolledig'
    END AS status,
    methode,
    CAST(personen AS BIGINT) AS personen,
    CAST(year(maand) AS INTEGER) AS jaar,
    CAST(year(maand) AS VARCHAR) || '-K' || CAST(quarter(maand) AS VARCHAR) AS kwartaal,
    CAST(grootste AS DECIMAL(18, 2)) AS grootste,
    CAST(tweede AS DECIMAL(18, 2)) AS tweede
FROM maand
ORDER BY domein, zorgsoort, maand
