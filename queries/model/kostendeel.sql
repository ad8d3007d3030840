-- titel: Kostendelen
-- vraag: Welk deel van een declaratieregel valt in welke maand, en waar woonde de persoon toen?
-- korrel: declaratieregel × maand, ook van regels die niet tellen
-- methode: DBC-zorg (codelijst 041) valt geheel in de maand van haar begindatum. Al het andere wordt per dag verdeeld, per
--   maand cumulatief op centen afgerond (half van nul af), zodat de delen optellen. De plaats is die van de begindatum of
--   van de eerste dag van het maanddeel. `nieuw_in_…` is 1 op het eerste deel van een regel in dat jaar en gebied.
-- sleutel: levering_id, regel_nr, maand
WITH regels AS (
    SELECT
        levering_id,
        regel_nr,
        leverancier,
        domein,
        pseudoniem,
        codelijst,
        begindatum,
        einddatum,
        debet_credit,
        volume,
        bedrag,
        zorgsoort,
        regel,
        bestemming,
        niet_gecrediteerd
    FROM model.regel
    UNION ALL
    SELECT
        q.levering_id,
        q.regel_nr,
        q.leverancier,
        coalesce(q.domein, 'onbekend') AS domein,
        NULL AS pseudoniem,
        q.codelijst,
        CASE WHEN q.einddatum IS NOT NULL THEN q.begindatum END AS begindatum,
        CASE WHEN q.einddatum >= q.begindatum AND q.begindatum >= DATE '1900-01-01' THEN q.einddatum ELSE q.begindatum END AS einddatum,
        q.debet_credit,
        NULL AS volume,
        CAST(CASE WHEN q.debet_credit = 'C' THEN -q.bedrag ELSE q.bedrag END AS DECIMAL(18, 2)) AS bedrag,
        'onbekend' AS zorgsoort,
        'onbekend' AS regel,
        'in_quarantaine' AS bestemming,
        FALSE AS niet_gecrediteerd
    FROM levering.quarantaine AS q
    WHERE q.tabel = 'declaraties'
),

-- Geld in centen en volume in duizendsten: met gehele getallen komt de afronding overal gelijk uit.
geteld AS (
    SELECT
        r.*,
        CASE WHEN r.bedrag < 0 THEN -1 ELSE 1 END AS teken,
        CASE WHEN r.debet_credit = 'C' THEN -1 ELSE 1 END AS teken_volume,
        CAST(abs(r.bedrag) * 100 AS BIGINT) AS centen,
        CASE WHEN e.eenheid = 'declaratie' THEN 1000 ELSE CAST(coalesce(r.volume, 1) * 1000 AS BIGINT) END AS duizendsten,
        date_diff('day', r.begindatum, r.einddatum) + 1 AS dagen,
        r.begindatum IS NULL
        OR coalesce(r.codelijst, '') = '041'
        OR date_trunc('month', r.begindatum) = date_trunc('month', r.einddatum) AS ineens
    FROM regels AS r
    LEFT JOIN model.eenheid AS e ON e.domein = r.domein AND e.zorgsoort = r.zorgsoort
),

maanden AS (
    SELECT
        maand,
        max(dag) AS laatste_dag
    FROM kalender
    GROUP BY maand
),

verdeeld AS (
    SELECT
        g.*,
        m.maand,
        greatest(g.begindatum, m.maand) AS peildag,
        date_diff('day', g.begindatum, greatest(g.begindatum, m.maand)) AS dagen_voor,
        date_diff('day', g.begindatum, least(g.einddatum, m.laatste_dag)) + 1 AS dagen_tot
    FROM geteld AS g
    INNER JOIN maanden AS m ON m.maand <= g.einddatum AND m.laatste_dag >= g.begindatum
    WHERE NOT g.ineens
),

deel AS (
    SELECT
        levering_id, regel_nr, leverancier, domein, pseudoniem, debet_credit, zorgsoort, regel, bestemming, niet_gecrediteerd,
        CAST(date_trunc('month', begindatum) AS DATE) AS maand,
        begindatum AS peildag,
        TRUE AS ineens,
        1 AS eerste_deel,
        teken * centen AS centen,
        teken_volume * duizendsten AS duizendsten
    FROM geteld
    WHERE ineens
    UNION ALL
    SELECT
        levering_id, regel_nr, leverancier, domein, pseudoniem, debet_credit, zorgsoort, regel, bestemming, niet_gecrediteerd,
        maand,
        peildag,
        FALSE AS ineens,
        CASE WHEN dagen_voor = 0 THEN 1 ELSE 0 END AS eerste_deel,
        teken * (
            CAST((2 * centen * dagen_tot + dagen - mod(2 * centen * dagen_tot + dagen, 2 * dagen)) / (2 * dagen) AS BIGINT)
            - CAST((2 * centen * dagen_voor + dagen - mod(2 * centen * dagen_voor + dagen, 2 * dagen)) / (2 * dagen) AS BIGINT)
        ) AS centen,
        teken_volume * (
            CAST((2 * duizendsten * dagen_tot + dagen - mod(2 * duizendsten * dagen_tot + dagen, 2 * dagen)) / (2 * dagen) AS BIGINT)
            - CAST((2 * duizendsten * dagen_voor + dagen - mod(2 * duizendsten * dagen_voor + dagen, 2 * dagen)) / (2 * dagen) AS BIGINT)
        ) AS duizendsten
    FROM verdeeld
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
        ON v.pseudoniem = CASE WHEN d.bestemming = 'telt' THEN d.pseudoniem END
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
    g.pseudoniem,
    g.maand,
    g.jaar,
    g.buurt,
    g.zorgsoort,
    g.regel,
    CASE
        WHEN g.bestemming <> 'telt' THEN g.bestemming
        WHEN g.buurt IS NULL THEN 'niet_in_bevolking'
        ELSE 'gemodelleerd'
    END AS post,
    g.eerste_deel,
    CAST(CAST(g.centen AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS bedrag,
    CAST(CAST(g.duizendsten AS DECIMAL(18, 0)) * CAST(0.001 AS DECIMAL(4, 3)) AS DECIMAL(18, 3)) AS volume,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_buurt ELSE 0 END AS declaraties_buurt,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_wijk ELSE 0 END AS declaraties_wijk,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_gemeente ELSE 0 END AS declaraties_gemeente,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_rol ELSE 0 END AS declaraties_rol,
    CASE WHEN g.niet_gecrediteerd THEN g.nieuw_in_regio ELSE 0 END AS declaraties_regio
FROM gemerkt AS g
