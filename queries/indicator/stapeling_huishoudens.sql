-- titel: Stapeling bij huishoudens
-- vraag: Hoeveel huishoudens hebben meer arrangementen tegelijk, of arrangementen uit meer wetten?
-- korrel: jaar × gebied × telling × klasse
-- methode: Het hoogste aantal dat in een huishouden op één dag tegelijk liep, alle leden samen; per 1.000 huishoudensjaren. bedrag_gemiddeld: alle
--   kosten in het jaar van wie er dat jaar het laatst toe behoorde.
-- sleutel: jaar, gebied, telling, klasse
-- drempel: huishoudens
-- intern: grootste, tweede, bedrag, bedrag_reeel, verzekerdejaren
-- optelbaar: huishoudens, bedrag, bedrag_reeel
-- totalen: huishoudens_geteld(jaar, gebied) = huishoudens waar telling = 'arrangementen' en gebied = 'regio';
--   huishoudens_geteld(jaar, gebied) = huishoudens waar telling = 'wetten' en gebied = 'regio'
-- evenredig: bedrag_reeel = bedrag per jaar, gebied, telling
-- dominantie: bedrag
-- afgeleid: per_1000 = 1000 * huishoudens / verzekerdejaren;
--   bedrag_gemiddeld = bedrag / huishoudens mits som(huishoudens; jaar, gebied, telling) op 5;
--   bedrag_gemiddeld_reeel = bedrag_reeel / huishoudens mits som(huishoudens; jaar, gebied, telling) op 5
WITH kosten AS (
    SELECT
        p.huis,
        k.jaar,
        sum(k.bedrag) AS bedrag,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel
    FROM model.persoonkosten AS k
    INNER JOIN model.persoon_plaats AS p ON p.persoon = k.persoon AND p.jaar = k.jaar
    GROUP BY p.huis, k.jaar
),

huishouden AS (
    SELECT
        s.jaar,
        s.plaats,
        s.telling,
        CASE WHEN s.aantal >= 6 THEN '6+' ELSE CAST(s.aantal AS VARCHAR) END AS klasse,
        coalesce(k.bedrag, 0) AS bedrag,
        CASE WHEN k.huis IS NULL THEN 0 ELSE k.bedrag_reeel END AS bedrag_reeel
    FROM model.stapeling_huishouden AS s
    LEFT JOIN kosten AS k ON k.huis = s.huis AND k.jaar = s.jaar
),

per_buurt AS (
    SELECT
        jaar,
        plaats,
        telling,
        klasse,
        count(*) AS huishoudens,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
    FROM huishouden
    GROUP BY jaar, plaats, telling, klasse
),

geteld AS (
    SELECT
        p.jaar,
        g.gebied,
        p.telling,
        p.klasse,
        CAST(sum(p.huishoudens) AS BIGINT) AS huishoudens,
        sum(p.bedrag) AS bedrag,
        CASE WHEN count(*) = count(p.bedrag_reeel) THEN sum(p.bedrag_reeel) END AS bedrag_reeel,
        max(p.grootste) AS grootste,
        CASE WHEN count(*) > 1 THEN greatest(max(p.grootste, 2)[2], max(p.tweede)) ELSE max(p.tweede) END AS tweede
    FROM per_buurt AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.plaats = p.plaats
    GROUP BY p.jaar, g.gebied, p.telling, p.klasse
),

-- De dagen waarop in een buurt iemand van het huishouden woonde: leden die er tegelijk woonden, tellen samen.
gemerkt AS (
    SELECT
        v.jaar,
        v.huis,
        v.plaats,
        v.begindatum,
        v.einddatum,
        max(v.einddatum) OVER (
            PARTITION BY v.jaar, v.huis, v.plaats
            ORDER BY v.begindatum, v.einddatum
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tot_dusver
    FROM model.verblijfjaar AS v
),

per_plaats AS (
    SELECT
        jaar,
        plaats,
        sum(
            CASE
                WHEN tot_dusver IS NULL OR begindatum > tot_dusver THEN date_diff('day', begindatum, einddatum) + 1
                WHEN einddatum > tot_dusver THEN date_diff('day', tot_dusver, einddatum)
                ELSE 0
            END
        ) AS dagen
    FROM gemerkt
    GROUP BY jaar, plaats
),

bewoners AS (
    SELECT
        p.jaar,
        g.gebied,
        sum(p.dagen) AS dagen
    FROM per_plaats AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.plaats = p.plaats
    GROUP BY p.jaar, g.gebied
),

klassen AS (
    SELECT k.klasse, t.telling
    FROM (VALUES ('0'), ('1'), ('2'), ('3'), ('4'), ('5'), ('6+')) AS k (klasse)
    CROSS JOIN (VALUES ('arrangementen'), ('wetten')) AS t (telling)
),

gebieden AS (
    SELECT DISTINCT gebied FROM model.gebied
)

SELECT
    j.jaar,
    g.gebied,
    k.telling,
    k.klasse,
    coalesce(n.huishoudens, 0) AS huishoudens,
    CAST(CAST(1000 * coalesce(n.huishoudens, 0) AS DOUBLE) * j.dagen / nullif(b.dagen, 0) AS DECIMAL(18, 6)) AS per_1000,
    CAST(CAST(n.bedrag AS DOUBLE) / nullif(n.huishoudens, 0) AS DECIMAL(18, 6)) AS bedrag_gemiddeld,
    CAST(CAST(n.bedrag_reeel AS DOUBLE) / nullif(n.huishoudens, 0) AS DECIMAL(18, 6)) AS bedrag_gemiddeld_reeel,
    CAST(coalesce(n.grootste, 0) AS DECIMAL(18, 2)) AS grootste,
    CAST(coalesce(n.tweede, 0) AS DECIMAL(18, 2)) AS tweede,
    CAST(coalesce(n.bedrag, 0) AS DECIMAL(18, 2)) AS bedrag,
    CAST(CASE WHEN n.jaar IS NULL THEN 0 ELSE n.bedrag_reeel END AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(CAST(coalesce(b.dagen, 0) AS DOUBLE) / j.dagen AS DECIMAL(18, 6)) AS verzekerdejaren
FROM model.jaar AS j
CROSS JOIN gebieden AS g
CROSS JOIN klassen AS k
LEFT JOIN geteld AS n ON n.jaar = j.jaar AND n.gebied = g.gebied AND n.telling = k.telling AND n.klasse = k.klasse
LEFT JOIN bewoners AS b ON b.jaar = j.jaar AND b.gebied = g.gebied
ORDER BY j.jaar, g.gebied, k.telling, k.klasse
