-- titel: Kostendelen van regels die over maanden lopen
-- vraag: Welk deel van een declaratieregel die in meer dan één maand valt, valt in welke maand, en waar woonde de persoon toen?
-- korrel: declaratieregel × maand van wat niet ineens valt, en elke regel in quarantaine (zonder plaatsing)
-- methode: Alles behalve DBC-zorg wordt per dag verdeeld, per maand cumulatief op centen afgerond (half van nul af), zodat de delen
--   optellen. De plaats is die van de begindatum of van de eerste dag van het maanddeel; wie dan niet in de bevolking is, heeft er
--   geen. `declaraties_…` is 1 op het eerste deel van een debetregel in dat jaar en gebied.
-- sleutel: levering_id, regel_nr, maand
WITH eenheden AS (
    SELECT
        p.plaatsing,
        coalesce(e.eenheid = 'declaratie', FALSE) AS per_declaratie
    FROM model.plaatsing AS p
    LEFT JOIN model.eenheid AS e ON e.domein = p.domein AND e.zorgsoort = p.zorgsoort
),

quarantaine AS (
    SELECT
        levering_id,
        regel_nr,
        CASE WHEN einddatum IS NOT NULL THEN begindatum END AS begindatum,
        CASE WHEN einddatum >= begindatum AND begindatum >= DATE '1900-01-01' THEN einddatum ELSE begindatum END AS einddatum,
        CAST(CASE WHEN debet_credit = 'C' THEN -bedrag ELSE bedrag END AS DECIMAL(18, 2)) AS bedrag,
        begindatum IS NULL
        OR einddatum IS NULL
        OR coalesce(codelijst, '') = '041'
        OR einddatum < begindatum
        OR begindatum < DATE '1900-01-01'
        OR date_trunc('month', begindatum) = date_trunc('month', einddatum) AS ineens
    FROM levering.quarantaine
    WHERE tabel = 'declaraties'
),

over_maanden AS (
    SELECT
        r.levering_id,
        r.regel_nr,
        r.persoon,
        r.zorgaanbieder,
        r.begindatum,
        r.einddatum,
        r.declaratiemaand,
        r.bedrag,
        CAST(
            CASE WHEN r.is_credit THEN -1 ELSE 1 END * CASE WHEN e.per_declaratie THEN 1 ELSE coalesce(r.volume, 1) END AS DECIMAL(18, 3)
        ) AS volume,
        r.plaatsing,
        r.op_een_adres,
        r.telt,
        CASE WHEN r.niet_gecrediteerd THEN 1 ELSE 0 END AS declaraties
    FROM model.declaratieregel AS r
    INNER JOIN eenheden AS e ON e.plaatsing = r.plaatsing
    WHERE NOT r.ineens
    UNION ALL
    SELECT
        levering_id,
        regel_nr,
        NULL AS persoon,
        NULL AS zorgaanbieder,
        begindatum,
        einddatum,
        NULL AS declaratiemaand,
        bedrag,
        0 AS volume,
        NULL AS plaatsing,
        FALSE AS op_een_adres,
        FALSE AS telt,
        0 AS declaraties
    FROM quarantaine
    WHERE NOT ineens
),

-- Alleen de maanden die voorkomen: een vergelijking met alle maanden van de kalender kost vele malen meer.
maanden AS (
    SELECT
        k.maand,
        max(k.dag) AS laatste_dag
    FROM kalender AS k
    INNER JOIN (SELECT min(begindatum) AS eerste, max(einddatum) AS laatste FROM over_maanden) AS g
        ON k.dag BETWEEN g.eerste AND g.laatste
    GROUP BY k.maand
),

-- Geld in centen en volume in duizendsten: met gehele getallen komt de afronding overal gelijk uit.
verdeeld AS (
    SELECT
        r.levering_id,
        r.regel_nr,
        r.persoon,
        r.zorgaanbieder,
        r.declaratiemaand,
        r.plaatsing,
        r.op_een_adres,
        r.telt,
        r.declaraties,
        m.maand,
        greatest(r.begindatum, m.maand) AS peildag,
        CASE WHEN r.bedrag < 0 THEN -1 ELSE 1 END AS teken,
        CASE WHEN r.volume < 0 THEN -1 ELSE 1 END AS teken_volume,
        CAST(abs(r.bedrag) * 100 AS BIGINT) AS centen,
        CAST(abs(r.volume) * 1000 AS BIGINT) AS duizendsten,
        date_diff('day', r.begindatum, r.einddatum) + 1 AS dagen,
        date_diff('day', r.begindatum, greatest(r.begindatum, m.maand)) AS dagen_voor,
        date_diff('day', r.begindatum, least(r.einddatum, m.laatste_dag)) + 1 AS dagen_tot
    FROM over_maanden AS r
    INNER JOIN maanden AS m ON m.maand <= r.einddatum AND m.laatste_dag >= r.begindatum
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

geplaatst AS (
    SELECT
        a.*,
        v.plaats
    FROM afgerond AS a
    LEFT JOIN model.verblijf AS v ON v.persoon = a.persoon AND v.begindatum <= a.peildag AND v.einddatum >= a.peildag
),

verhuisd AS (
    SELECT
        g.*,
        year(g.maand) AS jaar,
        b.wijk,
        b.gemeente,
        b.rol
    FROM geplaatst AS g
    LEFT JOIN model.buurt AS b ON b.jaar = year(g.maand) AND b.plaats = g.plaats
    WHERE NOT g.op_een_adres
),

-- Een regel in één deel of op één adres is overal nieuw; een ander kan in een gebied al geteld zijn.
eerste AS (
    SELECT
        g.*,
        row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.plaats ORDER BY g.maand) = 1 AS in_buurt,
        row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.wijk ORDER BY g.maand) = 1 AS in_wijk,
        row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.gemeente ORDER BY g.maand) = 1 AS in_gemeente,
        row_number() OVER (PARTITION BY g.levering_id, g.regel_nr, g.jaar, g.rol ORDER BY g.maand) = 1 AS in_rol,
        row_number() OVER (
            PARTITION BY g.levering_id, g.regel_nr, g.jaar, CASE WHEN g.plaats IS NULL THEN 0 ELSE 1 END ORDER BY g.maand
        ) = 1 AS in_regio
    FROM verhuisd AS g
),

alle AS (
    SELECT
        levering_id, regel_nr, persoon, zorgaanbieder, maand, declaratiemaand, plaats, plaatsing, telt, dagen_voor, deel_centen, deel_duizendsten,
        declaraties, in_buurt, in_wijk, in_gemeente, in_rol, in_regio
    FROM eerste
    UNION ALL
    -- Op één adres is het deel van de begindatum nieuw, en dat van elke januari.
    SELECT
        levering_id, regel_nr, persoon, zorgaanbieder, maand, declaratiemaand, plaats, plaatsing, telt, dagen_voor, deel_centen, deel_duizendsten,
        declaraties, nieuw AS in_buurt, nieuw AS in_wijk, nieuw AS in_gemeente, nieuw AS in_rol, nieuw AS in_regio
    FROM (SELECT g.*, g.dagen_voor = 0 OR month(g.maand) = 1 AS nieuw FROM geplaatst AS g WHERE g.op_een_adres) AS gebleven
)

SELECT
    levering_id,
    regel_nr,
    NULL AS persoon,
    NULL AS zorgaanbieder,
    CAST(date_trunc('month', begindatum) AS DATE) AS maand,
    NULL AS declaratiemaand,
    NULL AS plaats,
    NULL AS plaatsing,
    FALSE AS telt,
    CAST(1 AS TINYINT) AS eerste_deel,
    bedrag,
    0 AS volume,
    CAST(0 AS TINYINT) AS declaraties_buurt,
    CAST(0 AS TINYINT) AS declaraties_wijk,
    CAST(0 AS TINYINT) AS declaraties_gemeente,
    CAST(0 AS TINYINT) AS declaraties_rol,
    CAST(0 AS TINYINT) AS declaraties_regio
FROM quarantaine
WHERE ineens
UNION ALL
SELECT
    levering_id,
    regel_nr,
    persoon,
    zorgaanbieder,
    maand,
    declaratiemaand,
    plaats,
    plaatsing,
    telt,
    CAST(CASE WHEN dagen_voor = 0 THEN 1 ELSE 0 END AS TINYINT) AS eerste_deel,
    CAST(CAST(deel_centen AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS bedrag,
    CAST(CAST(deel_duizendsten AS DECIMAL(18, 0)) * CAST(0.001 AS DECIMAL(4, 3)) AS DECIMAL(18, 3)) AS volume,
    CAST(CASE WHEN in_buurt THEN declaraties ELSE 0 END AS TINYINT) AS declaraties_buurt,
    CAST(CASE WHEN in_wijk THEN declaraties ELSE 0 END AS TINYINT) AS declaraties_wijk,
    CAST(CASE WHEN in_gemeente THEN declaraties ELSE 0 END AS TINYINT) AS declaraties_gemeente,
    CAST(CASE WHEN in_rol THEN declaraties ELSE 0 END AS TINYINT) AS declaraties_rol,
    CAST(CASE WHEN in_regio THEN declaraties ELSE 0 END AS TINYINT) AS declaraties_regio
FROM alle
