-- titel: Kostendelen
-- vraag: Welk deel van een declaratieregel valt in welke maand, en waar woonde de persoon toen?
-- korrel: declaratieregel × maand, ook van regels die niet tellen
-- methode: DBC-zorg (codelijst 041) valt geheel in de maand van haar begindatum. Al het andere wordt per dag verdeeld, per
--   maand cumulatief op centen afgerond (half van nul af), zodat de delen optellen. De plaats is die van de begindatum of
--   van de eerste dag van het maanddeel. `nieuw_in_…` is 1 op het eerste deel van een regel in dat jaar en gebied.
-- sleutel: levering_id, regel_nr, maand
WITH regels AS (
    SELECT
        r.levering_id,
        r.regel_nr,
        r.leverancier,
        r.domein,
        r.persoon,
        c.codelijst,
        r.begindatum,
        r.einddatum,
        r.debet_credit,
        r.volume,
        r.bedrag,
        r.plaatsing,
        r.bestemming,
        r.niet_gecrediteerd
    FROM model.regel AS r
    INNER JOIN opslag.codering AS c ON c.codering = r.codering
    UNION ALL
    SELECT
        q.levering_id,
        q.regel_nr,
        q.leverancier,
        coalesce(q.domein, 'onbekend') AS domein,
        NULL AS persoon,
        q.codelijst,
        CASE WHEN q.einddatum IS NOT NULL THEN q.begindatum END AS begindatum,
        CASE WHEN q.einddatum >= q.begindatum AND q.begindatum >= DATE '1900-01-01' THEN q.einddatum ELSE q.begindatum END AS einddatum,
        q.debet_credit,
        NULL AS volume,
        CAST(CASE WHEN q.debet_credit = 'C' THEN -q.bedrag ELSE q.bedrag END AS DECIMAL(18, 2)) AS bedrag,
        NULL AS plaatsing,
        'in_quarantaine' AS bestemming,
        FALSE AS niet_gecrediteerd
    FROM levering.quarantaine AS q
    WHERE q.tabel = 'declaraties'
),

eenheden AS (
    SELECT
        p.plaatsing,
        e.eenheid = 'declaratie' AS per_declaratie
    FROM model.plaatsing AS p
    INNER JOIN model.eenheid AS e ON e.domein = p.domein AND e.zorgsoort = p.zorgsoort
),

geteld AS (
    SELECT
        r.levering_id,
        r.regel_nr,
        r.leverancier,
        r.domein,
        r.persoon,
        r.begindatum,
        r.einddatum,
        r.bedrag,
        CAST(
            CASE WHEN r.debet_credit = 'C' THEN -1 ELSE 1 END * CASE WHEN e.per_declaratie THEN 1 ELSE coalesce(r.volume, 1) END
            AS DECIMAL(18, 3)
        ) AS volume,
        r.plaatsing,
        r.bestemming,
        r.niet_gecrediteerd,
        r.begindatum IS NULL
        OR coalesce(r.codelijst, '') = '041'
        OR date_trunc('month', r.begindatum) = date_trunc('month', r.einddatum) AS ineens
    FROM regels AS r
    LEFT JOIN eenheden AS e ON e.plaatsing = r.plaatsing
),

-- Alleen de maanden die voorkomen: een vergelijking met alle maanden van de kalender kost vele malen meer.
maanden AS (
    SELECT
        k.maand,
        max(k.dag) AS laatste_dag
    FROM kalender AS k
    INNER JOIN (SELECT min(begindatum) AS eerste, max(einddatum) AS laatste FROM geteld WHERE NOT ineens) AS g
        ON k.dag BETWEEN g.eerste AND g.laatste
    GROUP BY k.maand
),

-- Geld in centen en volume in duizendsten: met gehele getallen komt de afronding overal gelijk uit.
verdeeld AS (
    SELECT
        g.*,
        m.maand,
        greatest(g.begindatum, m.maand) AS peildag,
        CASE WHEN g.bedrag < 0 THEN -1 ELSE 1 END AS teken,
        CASE WHEN g.volume < 0 THEN -1 ELSE 1 END AS teken_volume,
        CAST(abs(g.bedrag) * 100 AS BIGINT) AS centen,
        CAST(abs(g.volume) * 1000 AS BIGINT) AS duizendsten,
        date_diff('day', g.begindatum, g.einddatum) + 1 AS dagen,
        date_diff('day', g.begindatum, greatest(g.begindatum, m.maand)) AS dagen_voor,
        date_diff('day', g.begindatum, least(g.einddatum, m.laatste_dag)) + 1 AS dagen_tot
    FROM geteld AS g
    INNER JOIN maanden AS m ON m.maand <= g.einddatum AND m.laatste_dag >= g.begindatum
    WHERE NOT g.ineens
),

afgerond AS (
    SELECT
        v.*,
        v.teken * (
            CAST((2 * v.centen * v.dagen_tot + v.dagen - mod(2 * v.centen * v.dagen_tot + v.dagen, 2 * v.dagen)) / (2 * v.dagen) AS BIGINT)
            - CAST((2 * v.centen * v.dagen_voor + v.dagen - mod(2 * v.centen * v.dagen_voor + v.dagen, 2 * v.dagen)) / (2 * v.dagen) AS BIGINT)
        ) AS deel_centen,
        v.teken_volume * (
            CAST((2 * v.duizendsten * v.dagen_tot + v.dagen - mod(2 * v.duizendsten * v.dagen_tot + v.dagen, 2 * v.dagen)) / (2 * v.dagen) AS BIGINT)
            - CAST((2 * v.duizendsten * v.dagen_voor + v.dagen - mod(2 * v.duizendsten * v.dagen_voor + v.dagen, 2 * v.dagen)) / (2 * v.dagen) AS BIGINT)
        ) AS deel_duizendsten
    FROM verdeeld AS v
),

deel AS (
    SELECT
        levering_id, regel_nr, leverancier, domein, persoon, plaatsing, bestemming, niet_gecrediteerd, ineens,
        CAST(date_trunc('month', begindatum) AS DATE) AS maand,
        begindatum AS peildag,
        1 AS eerste_deel,
        bedrag,
        volume
    FROM geteld
    WHERE ineens
    UNION ALL
    SELECT
        levering_id, regel_nr, leverancier, domein, persoon, plaatsing, bestemming, niet_gecrediteerd, ineens,
        maand,
        peildag,
        CASE WHEN dagen_voor = 0 THEN 1 ELSE 0 END AS eerste_deel,
        CAST(CAST(deel_centen AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS bedrag,
        CAST(CAST(deel_duizendsten AS DECIMAL(18, 0)) * CAST(0.001 AS DECIMAL(4, 3)) AS DECIMAL(18, 3)) AS volume
    FROM afgerond
),

geplaatst AS (
    SELECT
        d.*,
        CAST(year(d.maand) AS INTEGER) AS jaar,
        v.buurt,
        b.wijk,
        b.gemeente,
        b.rol
    FROM deel AS d
    -- Alleen wie telt, krijgt een plaats; de voorwaarde staat in de sleutel, want naast de sleutel maakt zij het verbinden traag.
    LEFT JOIN model.verblijf AS v
        ON v.persoon = CASE WHEN d.bestemming = 'telt' THEN d.persoon END
        AND v.begindatum <= d.peildag
        AND v.einddatum >= d.peildag
    LEFT JOIN model.buurt AS b ON b.jaar = year(d.maand) AND b.buurt = v.buurt
),

-- Een regel in één deel is overal nieuw; alleen wie over maanden loopt, kan in een gebied al geteld zijn.
gemerkt AS (
    SELECT
        g.*,
        1 AS nieuw_in_buurt,
        1 AS nieuw_in_wijk,
        1 AS nieuw_in_gemeente,
        1 AS nieuw_in_rol,
        1 AS nieuw_in_regio
    FROM geplaatst AS g
    WHERE g.ineens
    UNION ALL
    SELECT
        g.*,
        CASE WHEN row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.buurt ORDER BY g.maand) = 1 THEN 1 ELSE 0 END AS nieuw_in_buurt,
        CASE WHEN row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.wijk ORDER BY g.maand) = 1 THEN 1 ELSE 0 END AS nieuw_in_wijk,
        CASE WHEN row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.gemeente ORDER BY g.maand) = 1 THEN 1 ELSE 0 END AS nieuw_in_gemeente,
        CASE WHEN row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.rol ORDER BY g.maand) = 1 THEN 1 ELSE 0 END AS nieuw_in_rol,
        CASE
            WHEN row_number() OVER (
                PARTITION BY g.levering_id, g.regel_nr, g.jaar, CASE WHEN g.buurt IS NULL THEN 0 ELSE 1 END ORDER BY g.maand
            ) = 1 THEN 1
            ELSE 0
        END AS nieuw_in_regio
    FROM geplaatst AS g
    WHERE NOT g.ineens
)

SELECT
    g.levering_id,
    g.regel_nr,
    g.leverancier,
    g.domein,
    g.persoon,
    g.maand,
    g.jaar,
    g.buurt,
    g.plaatsing,
    CASE
        WHEN g.bestemming <> 'telt' THEN g.bestemming
        WHEN g.buurt IS NULL THEN 'niet_in_bevolking'
        ELSE 'gemodelleerd'
    END AS post,
    g.eerste_deel,
    g.bedrag,
    g.volume,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_buurt ELSE 0 END AS declaraties_buurt,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_wijk ELSE 0 END AS declaraties_wijk,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_gemeente ELSE 0 END AS declaraties_gemeente,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_rol ELSE 0 END AS declaraties_rol,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_regio ELSE 0 END AS declaraties_regio
FROM gemerkt AS g
