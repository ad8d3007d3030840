-- titel: Benchmark met Nederland
-- vraag: Zijn de kosten hoger of lager dan landelijk bij dezelfde opbouw naar leeftijd en geslacht?
-- korrel: jaar × gebied × zorgsoort, per domein
-- methode: Indirecte standaardisatie: verwacht is het landelijke bedrag per verzekerdejaar van elke leeftijdsklasse en elk geslacht, maal de
--   eigen verzekerdejaren. Zorgsoorten zijn de landelijke kostensoorten, aan beide kanten. Onbekend geslacht en een klasse die
--   landelijk leeg is, krijgen het gemiddelde over alle klassen.
-- sleutel: jaar, gebied, zorgsoort, domein
-- drempel: personen
-- intern: personen, openbaar, grootste, tweede
-- open: openbaar
-- detail: ja
-- optelbaar: werkelijk
-- totalen: kosten_landelijk(jaar, gebied, domein, zorgsoort) = werkelijk
-- dominantie: werkelijk
-- afgeleid: verwacht = verwacht mits werkelijk op 1000; verhouding = werkelijk / verwacht
WITH landelijk AS (
    SELECT
        domein,
        jaar,
        zorgsoort,
        CAST(sum(bedrag) AS DOUBLE) / CAST(sum(verzekerdejaren) AS DOUBLE) AS tarief
    FROM model.landelijk_stratum
    GROUP BY domein, jaar, zorgsoort
    HAVING sum(verzekerdejaren) > 0
),

eigen AS (
    SELECT
        n.jaar,
        n.gebied,
        n.domein,
        n.geslacht,
        n.klasse,
        CAST(n.dagen AS DOUBLE) / j.dagen AS verzekerdejaren
    FROM model.noemer AS n
    INNER JOIN model.jaar AS j ON j.jaar = n.jaar
    WHERE n.geslacht IS NOT NULL AND n.klasse IS NOT NULL
),

verwachting AS (
    SELECT
        e.jaar,
        e.gebied,
        e.domein,
        l.zorgsoort,
        sum(
            CAST(
                e.verzekerdejaren * CASE
                    WHEN e.geslacht <> '0' AND s.verzekerdejaren > 0 THEN CAST(s.bedrag AS DOUBLE) / CAST(s.verzekerdejaren AS DOUBLE)
                    ELSE l.tarief
                END
                AS DECIMAL(38, 10)
            )
        ) AS verwacht
    FROM eigen AS e
    INNER JOIN landelijk AS l ON l.domein = e.domein AND l.jaar = e.jaar
    LEFT JOIN model.landelijk_stratum AS s
        ON s.domein = e.domein AND s.jaar = e.jaar AND s.zorgsoort = l.zorgsoort AND s.geslacht = e.geslacht AND s.klasse = e.klasse
    GROUP BY e.jaar, e.gebied, e.domein, l.zorgsoort
),

eigen_kosten AS (
    SELECT
        k.jaar,
        k.gebied,
        k.domein,
        coalesce(l.landelijk, k.zorgsoort) AS zorgsoort,
        sum(k.bedrag) AS bedrag,
        -- Elke zorgsoort heeft haar eigen personen: de grootste groep is het minste dat er zeker zijn.
        CASE WHEN count(*) = count(g.personen) THEN max(g.personen) END AS personen,
        max(g.openbaar) AS openbaar
    FROM model.kosten_gebied AS k
    LEFT JOIN model.gebruikers AS g
        ON g.indeling = 'zorgsoort' AND g.jaar = k.jaar AND g.gebied = k.gebied AND g.domein = k.domein AND g.groep = k.zorgsoort
    LEFT JOIN model.landelijke_zorgsoort AS l ON l.jaar = k.jaar AND l.zorgsoort = k.zorgsoort
    GROUP BY k.jaar, k.gebied, k.domein, coalesce(l.landelijk, k.zorgsoort)
),

-- Wat elke landelijke kostensoort aan eigen zorgsoorten omvat, genummerd.
soorten AS (
    SELECT
        l.jaar,
        s.soort,
        l.domein,
        l.zorgsoort,
        CAST(dense_rank() OVER (ORDER BY l.domein, l.zorgsoort) AS INTEGER) AS nr
    FROM landelijk AS l
    INNER JOIN model.soort AS s ON s.domein = l.domein
    LEFT JOIN model.landelijke_zorgsoort AS n ON n.jaar = l.jaar AND n.zorgsoort = s.zorgsoort
    WHERE coalesce(n.landelijk, s.zorgsoort) = l.zorgsoort
),

per_persoon AS (
    SELECT
        k.persoon,
        k.jaar,
        k.plaats,
        k.verhuisd,
        s.nr,
        sum(k.bedrag) AS bedrag
    FROM model.persoonkosten AS k
    INNER JOIN soorten AS s ON s.jaar = k.jaar AND s.soort = k.soort
    GROUP BY k.persoon, k.jaar, k.plaats, k.verhuisd, s.nr
),

-- Wie het hele jaar op één adres woonde, heeft in elk gebied maar één rij; wie verhuisde, wordt per gebied opgeteld.
hoogste AS (
    SELECT
        b.jaar,
        g.gebied,
        b.nr,
        b.grootste,
        b.tweede
    FROM (
        SELECT
            jaar,
            plaats,
            nr,
            max(abs(bedrag), 2)[1] AS grootste,
            CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
        FROM per_persoon
        WHERE NOT verhuisd
        GROUP BY jaar, plaats, nr
    ) AS b
    INNER JOIN model.gebied AS g ON g.jaar = b.jaar AND g.plaats = b.plaats
    UNION ALL
    SELECT
        p.jaar,
        g.gebied,
        p.nr,
        abs(sum(p.bedrag)) AS grootste,
        0 AS tweede
    FROM per_persoon AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.plaats = p.plaats
    WHERE p.verhuisd
    GROUP BY p.jaar, g.gebied, p.nr, p.persoon
),

eigen_hoogste AS (
    SELECT
        h.jaar,
        h.gebied,
        s.domein,
        s.zorgsoort,
        max(h.grootste) AS grootste,
        CASE WHEN count(*) > 1 THEN greatest(max(h.grootste, 2)[2], max(h.tweede)) ELSE max(h.tweede) END AS tweede
    FROM hoogste AS h
    INNER JOIN (SELECT DISTINCT nr, domein, zorgsoort FROM soorten) AS s ON s.nr = h.nr
    GROUP BY h.jaar, h.gebied, s.domein, s.zorgsoort
),

-- Alleen waar het domein is te vullen: elders is het bedrag onbekend, niet nul.
vergeleken AS (
    SELECT
        v.jaar,
        v.gebied,
        v.zorgsoort,
        v.domein,
        CAST(coalesce(k.bedrag, 0) AS DECIMAL(18, 2)) AS werkelijk,
        CAST(v.verwacht AS DECIMAL(18, 2)) AS verwacht,
        c.status,
        CASE WHEN k.jaar IS NULL THEN 0 ELSE k.personen END AS personen,
        coalesce(k.openbaar, 'nee') AS openbaar,
        -- Wie er in een aggregaat zit, is onbekend.
        CASE WHEN c.herkomst = 'persoon' THEN coalesce(h.grootste, 0) END AS grootste,
        CASE WHEN c.herkomst = 'persoon' THEN coalesce(h.tweede, 0) END AS tweede
    FROM verwachting AS v
    INNER JOIN model.cel AS c ON c.jaar = v.jaar AND c.gebied = v.gebied AND c.domein = v.domein
    LEFT JOIN eigen_kosten AS k ON k.jaar = v.jaar AND k.gebied = v.gebied AND k.domein = v.domein AND k.zorgsoort = v.zorgsoort
    LEFT JOIN eigen_hoogste AS h ON h.jaar = v.jaar AND h.gebied = v.gebied AND h.domein = v.domein AND h.zorgsoort = v.zorgsoort
)

SELECT
    jaar,
    gebied,
    zorgsoort,
    domein,
    werkelijk,
    verwacht,
    CASE WHEN verwacht > 0 THEN TRY_CAST(CAST(werkelijk AS DOUBLE) / CAST(verwacht AS DOUBLE) AS DECIMAL(18, 6)) END AS verhouding,
    status,
    CAST(personen AS BIGINT) AS personen,
    openbaar,
    CAST(grootste AS DECIMAL(18, 2)) AS grootste,
    CAST(tweede AS DECIMAL(18, 2)) AS tweede
FROM vergeleken
ORDER BY jaar, gebied, zorgsoort, domein
