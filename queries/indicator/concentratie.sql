-- titel: Concentratie van kosten
-- vraag: Welk deel van de kosten hangt aan weinig mensen?
-- korrel: jaar × gebied × groep
-- methode: De 1, 5 en 10 procent bewoners met de hoogste kosten, waarbij ook wie geen kosten had meetelt; en de reële kosten in tweeën: afgetopt op
--   één vaste grens per verzekerdejaar, en wat daarboven komt. De grens is het 99,5-percentiel van de regio in het basisjaar.
--   grootste en tweede zijn van het bedrag van de rij: nominaal, bij afgetopt en boven_grens reëel.
-- sleutel: jaar, gebied, groep
-- drempel: personen
-- intern: grootste, tweede, deel_van
-- optelbaar: personen, bedrag_reeel waar deel_van = 'totaal'
-- totalen: kosten_reeel(jaar, gebied) = bedrag_reeel waar deel_van = 'totaal'
-- evenredig: bedrag_reeel = bedrag per jaar, gebied
-- dominantie: bedrag
-- afgeleid: aandeel_bedrag = bedrag / som(kosten_per_domein.bedrag; jaar, gebied);
--   aandeel_bedrag_reeel = bedrag_reeel / som(bedrag_reeel; jaar, gebied, deel_van = 'totaal'); grens = grens op 1000
WITH bereik AS (
    SELECT
        jaar,
        buurt AS plek,
        'nee' AS verhuisd,
        gebied
    FROM model.gebied
    UNION ALL
    SELECT DISTINCT
        jaar,
        gebied AS plek,
        'ja' AS verhuisd,
        gebied
    FROM model.gebied
),

per_plek AS (
    SELECT
        jaar,
        plek,
        verhuisd,
        count(*) AS personen,
        sum(bedrag) AS bedrag,
        sum(bedrag_reeel) AS bedrag_reeel,
        count(bedrag_reeel) AS personen_bekend,
        sum(afgetopt) AS afgetopt,
        count(*) FILTER (WHERE bedrag_reeel > afgetopt) AS personen_boven,
        max(coalesce(abs(afgetopt), 0), 2)[1] AS grootste_onder,
        CASE WHEN count(*) > 1 THEN max(coalesce(abs(afgetopt), 0), 2)[2] ELSE 0 END AS tweede_onder,
        max(coalesce(bedrag_reeel - afgetopt, 0), 2)[1] AS grootste_boven,
        CASE WHEN count(*) > 1 THEN max(coalesce(bedrag_reeel - afgetopt, 0), 2)[2] ELSE 0 END AS tweede_boven
    FROM model.concentratie_bewoner
    GROUP BY jaar, plek, verhuisd
),

totaal AS (
    SELECT
        p.jaar,
        r.gebied,
        sum(p.personen) AS personen,
        sum(p.bedrag) AS bedrag,
        CASE WHEN sum(p.personen) = sum(p.personen_bekend) THEN sum(p.bedrag_reeel) END AS bedrag_reeel,
        sum(p.afgetopt) AS afgetopt,
        sum(p.personen_boven) AS personen_boven,
        max(p.grootste_onder) AS grootste_onder,
        CASE WHEN count(*) > 1 THEN greatest(max(p.grootste_onder, 2)[2], max(p.tweede_onder)) ELSE max(p.tweede_onder) END AS tweede_onder,
        max(p.grootste_boven) AS grootste_boven,
        CASE WHEN count(*) > 1 THEN greatest(max(p.grootste_boven, 2)[2], max(p.tweede_boven)) ELSE max(p.tweede_boven) END AS tweede_boven
    FROM per_plek AS p
    INNER JOIN bereik AS r ON r.jaar = p.jaar AND r.plek = p.plek AND r.verhuisd = p.verhuisd
    GROUP BY p.jaar, r.gebied
),

groepen AS (
    SELECT
        t.jaar,
        t.gebied,
        'top_' || CAST(p.procent AS VARCHAR) AS groep,
        ceil(CAST(t.personen * p.procent AS DOUBLE) / 100) AS personen
    FROM totaal AS t
    CROSS JOIN (VALUES (1), (5), (10)) AS p (procent)
),

bedragen AS (
    SELECT 'nominaal' AS prijspeil, jaar, plek, verhuisd, bedrag, floor(bedrag / 100) AS schijf
    FROM model.concentratie_bewoner
    UNION ALL
    SELECT 'reeel' AS prijspeil, jaar, plek, verhuisd, bedrag_reeel AS bedrag, floor(bedrag_reeel / 100) AS schijf
    FROM model.concentratie_bewoner
    WHERE bedrag_reeel IS NOT NULL
),

-- Iedereen op volgorde zetten is traag. Geteld in schijven van honderd euro blijkt wie in de hoogste tien procent kan vallen.
schijven AS (
    SELECT
        prijspeil,
        jaar,
        plek,
        verhuisd,
        schijf,
        count(*) AS personen
    FROM bedragen
    GROUP BY prijspeil, jaar, plek, verhuisd, schijf
),

schijven_gebied AS (
    SELECT
        s.prijspeil,
        s.jaar,
        r.gebied,
        s.schijf,
        sum(sum(s.personen)) OVER (
            PARTITION BY s.prijspeil, s.jaar, r.gebied ORDER BY s.schijf DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS personen_vanaf
    FROM schijven AS s
    INNER JOIN bereik AS r ON r.jaar = s.jaar AND r.plek = s.plek AND r.verhuisd = s.verhuisd
    GROUP BY s.prijspeil, s.jaar, r.gebied, s.schijf
),

onderste_schijf AS (
    SELECT
        s.prijspeil,
        s.jaar,
        s.gebied,
        max(s.schijf) AS schijf
    FROM schijven_gebied AS s
    INNER JOIN groepen AS g ON g.jaar = s.jaar AND g.gebied = s.gebied AND g.groep = 'top_10' AND s.personen_vanaf >= g.personen
    GROUP BY s.prijspeil, s.jaar, s.gebied
),

op_volgorde AS (
    SELECT
        b.prijspeil,
        b.jaar,
        r.gebied,
        b.bedrag,
        row_number() OVER (PARTITION BY b.prijspeil, b.jaar, r.gebied ORDER BY b.bedrag DESC) AS plaats
    FROM bedragen AS b
    INNER JOIN bereik AS r ON r.jaar = b.jaar AND r.plek = b.plek AND r.verhuisd = b.verhuisd
    INNER JOIN onderste_schijf AS o
        ON o.prijspeil = b.prijspeil AND o.jaar = b.jaar AND o.gebied = r.gebied AND b.schijf >= o.schijf
),

top AS (
    SELECT
        g.jaar,
        g.gebied,
        g.groep,
        g.personen,
        sum(CASE WHEN o.prijspeil = 'nominaal' THEN o.bedrag END) AS bedrag,
        sum(CASE WHEN o.prijspeil = 'reeel' THEN o.bedrag END) AS bedrag_reeel,
        -- Nul van een rij in prijzen van het basisjaar verandert de twee hoogste niet.
        max(CASE WHEN o.prijspeil = 'nominaal' THEN abs(o.bedrag) ELSE 0 END, 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(CASE WHEN o.prijspeil = 'nominaal' THEN abs(o.bedrag) ELSE 0 END, 2)[2] ELSE 0 END AS tweede
    FROM groepen AS g
    INNER JOIN op_volgorde AS o ON o.jaar = g.jaar AND o.gebied = g.gebied AND o.plaats <= g.personen
    GROUP BY g.jaar, g.gebied, g.groep, g.personen
),

alle_groepen AS (
    SELECT
        jaar,
        gebied,
        groep,
        personen,
        bedrag,
        bedrag_reeel,
        grootste,
        tweede,
        FALSE AS aan_de_grens
    FROM top
    UNION ALL
    SELECT
        jaar,
        gebied,
        'afgetopt' AS groep,
        personen,
        NULL AS bedrag,
        afgetopt AS bedrag_reeel,
        CASE WHEN bedrag_reeel IS NOT NULL AND afgetopt IS NOT NULL THEN grootste_onder END AS grootste,
        CASE WHEN bedrag_reeel IS NOT NULL AND afgetopt IS NOT NULL THEN tweede_onder END AS tweede,
        TRUE AS aan_de_grens
    FROM totaal
    UNION ALL
    SELECT
        jaar,
        gebied,
        'boven_grens' AS groep,
        -- Is van iemand het reële bedrag onbekend, dan ook hoeveel personen boven de grens komen.
        CASE WHEN bedrag_reeel IS NOT NULL THEN personen_boven END AS personen,
        NULL AS bedrag,
        bedrag_reeel - afgetopt AS bedrag_reeel,
        CASE WHEN bedrag_reeel IS NOT NULL AND afgetopt IS NOT NULL THEN grootste_boven END AS grootste,
        CASE WHEN bedrag_reeel IS NOT NULL AND afgetopt IS NOT NULL THEN tweede_boven END AS tweede,
        TRUE AS aan_de_grens
    FROM totaal
)

SELECT
    a.jaar,
    a.gebied,
    a.groep,
    CAST(a.personen AS BIGINT) AS personen,
    CAST(a.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CASE WHEN t.bedrag_reeel IS NOT NULL THEN CAST(a.bedrag_reeel AS DECIMAL(18, 2)) END AS bedrag_reeel,
    CASE WHEN t.bedrag > 0 THEN CAST(CAST(a.bedrag AS DOUBLE) / CAST(t.bedrag AS DOUBLE) AS DECIMAL(18, 6)) END AS aandeel_bedrag,
    CASE WHEN t.bedrag_reeel > 0 THEN CAST(CAST(a.bedrag_reeel AS DOUBLE) / CAST(t.bedrag_reeel AS DOUBLE) AS DECIMAL(18, 6)) END AS aandeel_bedrag_reeel,
    CASE WHEN a.aan_de_grens THEN k.grens END AS grens,
    CAST(a.grootste AS DECIMAL(18, 2)) AS grootste,
    CAST(a.tweede AS DECIMAL(18, 2)) AS tweede,
    CASE WHEN a.aan_de_grens THEN 'totaal' END AS deel_van
FROM alle_groepen AS a
INNER JOIN totaal AS t ON t.jaar = a.jaar AND t.gebied = a.gebied
LEFT JOIN model.kostengrens AS k ON k.jaar IS NOT NULL
ORDER BY a.jaar, a.gebied, a.groep
