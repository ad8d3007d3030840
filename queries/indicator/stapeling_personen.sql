-- titel: Stapeling bij personen
-- vraag: Hoeveel mensen hebben meer arrangementen tegelijk, of arrangementen uit meer wetten?
-- korrel: jaar × gebied × telling × klasse
-- methode: Het hoogste aantal dat op één dag tegelijk liep; per 1.000 verzekerdejaren (naar CBS, Wmo-gebruik 83264NED).
--   bedrag_gemiddeld: alle kosten van die personen in het jaar.
-- sleutel: jaar, gebied, telling, klasse
-- drempel: personen
-- intern: grootste, tweede, bedrag, bedrag_reeel, verzekerdejaren
-- optelbaar: personen, bedrag, bedrag_reeel
-- totalen: personen_geteld(jaar, gebied) = personen waar telling = 'arrangementen' en gebied = 'regio';
--   personen_geteld(jaar, gebied) = personen waar telling = 'wetten' en gebied = 'regio';
--   kosten(jaar, gebied) = bedrag waar telling = 'arrangementen' en gebied = 'regio';
--   kosten(jaar, gebied) = bedrag waar telling = 'wetten' en gebied = 'regio';
--   kosten_reeel(jaar, gebied) = bedrag_reeel waar telling = 'arrangementen' en gebied = 'regio';
--   kosten_reeel(jaar, gebied) = bedrag_reeel waar telling = 'wetten' en gebied = 'regio'
-- evenredig: bedrag_reeel = bedrag per jaar, gebied, telling
-- dominantie: bedrag
-- afgeleid: per_1000 = 1000 * personen / verzekerdejaren; bedrag_gemiddeld = bedrag / personen op 5;
--   bedrag_gemiddeld_reeel = bedrag_reeel / personen op 5
WITH kosten AS (
    SELECT
        persoon,
        jaar,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM model.persoonkosten
    GROUP BY persoon, jaar
),

persoon AS (
    SELECT
        s.jaar,
        s.plaats,
        s.telling,
        CASE WHEN s.aantal >= 6 THEN '6+' ELSE CAST(s.aantal AS VARCHAR) END AS klasse,
        coalesce(k.bedrag, 0) AS bedrag,
        CASE WHEN k.persoon IS NULL THEN 0 ELSE k.bedrag_reeel END AS bedrag_reeel
    FROM model.stapeling_persoon AS s
    LEFT JOIN kosten AS k ON k.persoon = s.persoon AND k.jaar = s.jaar
),

per_buurt AS (
    SELECT
        jaar,
        plaats,
        telling,
        klasse,
        count(*) AS personen,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
    FROM persoon
    GROUP BY jaar, plaats, telling, klasse
),

geteld AS (
    SELECT
        p.jaar,
        g.gebied,
        p.telling,
        p.klasse,
        CAST(sum(p.personen) AS BIGINT) AS personen,
        sum(p.bedrag) AS bedrag,
        CASE WHEN count(*) = count(p.bedrag_reeel) THEN sum(p.bedrag_reeel) END AS bedrag_reeel,
        max(p.grootste) AS grootste,
        CASE WHEN count(*) > 1 THEN greatest(max(p.grootste, 2)[2], max(p.tweede)) ELSE max(p.tweede) END AS tweede
    FROM per_buurt AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.plaats = p.plaats
    GROUP BY p.jaar, g.gebied, p.telling, p.klasse
),

bewoners AS (
    SELECT
        p.jaar,
        g.gebied,
        sum(p.dagen) AS dagen
    FROM model.persoonjaar AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
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
    coalesce(n.personen, 0) AS personen,
    CAST(CAST(1000 * coalesce(n.personen, 0) AS DOUBLE) * j.dagen / nullif(b.dagen, 0) AS DECIMAL(18, 6)) AS per_1000,
    CAST(CAST(n.bedrag AS DOUBLE) / nullif(n.personen, 0) AS DECIMAL(18, 6)) AS bedrag_gemiddeld,
    CAST(CAST(n.bedrag_reeel AS DOUBLE) / nullif(n.personen, 0) AS DECIMAL(18, 6)) AS bedrag_gemiddeld_reeel,
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
