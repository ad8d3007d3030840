-- titel: Kerncijfers per gebied
-- vraag: Wie woont er, met hoeveel, in hoeveel huishoudens en van welke leeftijd?
-- korrel: jaar × gebied
-- methode: Inwoners en huishoudens op 1 januari; verzekerdejaren in exacte dagen; aandelen van de verzekerdejaren.
-- sleutel: jaar, gebied
-- drempel:
--   personen; jongeren: aandeel_0_17, verzekerdejaren_0_17; niet_jongeren: aandeel_0_17, verzekerdejaren_0_17; ouderen: aandeel_65plus,
--   verzekerdejaren_65plus; niet_ouderen: aandeel_65plus, verzekerdejaren_65plus
-- intern: personen, jongeren, niet_jongeren, ouderen, niet_ouderen, verzekerdejaren_0_17, verzekerdejaren_65plus
-- buurten: ja
-- optelbaar: inwoners, verzekerdejaren, huishoudens, verzekerdejaren_0_17, verzekerdejaren_65plus
-- afgeleid: aandeel_0_17 = verzekerdejaren_0_17 / verzekerdejaren; aandeel_65plus = verzekerdejaren_65plus / verzekerdejaren
WITH op_nieuwjaar AS (
    SELECT
        j.jaar,
        g.gebied,
        count(*) AS inwoners,
        count(DISTINCT v.huishouden) AS huishoudens
    FROM model.jaar AS j
    INNER JOIN model.verblijf AS v ON v.begindatum <= j.nieuwjaar AND v.einddatum >= j.nieuwjaar
    INNER JOIN model.gebied AS g ON g.jaar = j.jaar AND g.buurt = v.buurt
    GROUP BY j.jaar, g.gebied
),

persoon_gebied AS (
    SELECT DISTINCT
        p.jaar,
        g.gebied,
        p.persoon,
        p.leeftijd
    FROM model.persoonjaar AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
),

personen AS (
    SELECT
        jaar,
        gebied,
        count(*) AS personen,
        count(*) FILTER (WHERE leeftijd <= 17) AS jongeren,
        count(*) FILTER (WHERE leeftijd > 17) AS niet_jongeren,
        count(*) FILTER (WHERE leeftijd >= 65) AS ouderen,
        count(*) FILTER (WHERE leeftijd < 65) AS niet_ouderen
    FROM persoon_gebied
    GROUP BY jaar, gebied
),

dagen AS (
    SELECT
        p.jaar,
        g.gebied,
        sum(p.dagen) AS dagen,
        sum(CASE WHEN p.leeftijd <= 17 THEN p.dagen ELSE 0 END) AS dagen_0_17,
        sum(CASE WHEN p.leeftijd >= 65 THEN p.dagen ELSE 0 END) AS dagen_65plus
    FROM model.persoonjaar AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
    GROUP BY p.jaar, g.gebied
),

gebieden AS (
    SELECT DISTINCT gebied FROM model.gebied
)

SELECT
    j.jaar,
    g.gebied,
    coalesce(n.inwoners, 0) AS inwoners,
    CAST(CAST(coalesce(d.dagen, 0) AS DOUBLE) / j.dagen AS DECIMAL(18, 6)) AS verzekerdejaren,
    coalesce(n.huishoudens, 0) AS huishoudens,
    CAST(CAST(d.dagen_0_17 AS DOUBLE) / nullif(d.dagen, 0) AS DECIMAL(18, 6)) AS aandeel_0_17,
    CAST(CAST(d.dagen_65plus AS DOUBLE) / nullif(d.dagen, 0) AS DECIMAL(18, 6)) AS aandeel_65plus,
    coalesce(p.personen, 0) AS personen,
    coalesce(p.jongeren, 0) AS jongeren,
    coalesce(p.niet_jongeren, 0) AS niet_jongeren,
    coalesce(p.ouderen, 0) AS ouderen,
    coalesce(p.niet_ouderen, 0) AS niet_ouderen,
    CAST(CAST(coalesce(d.dagen_0_17, 0) AS DOUBLE) / j.dagen AS DECIMAL(18, 6)) AS verzekerdejaren_0_17,
    CAST(CAST(coalesce(d.dagen_65plus, 0) AS DOUBLE) / j.dagen AS DECIMAL(18, 6)) AS verzekerdejaren_65plus
FROM model.jaar AS j
CROSS JOIN gebieden AS g
LEFT JOIN op_nieuwjaar AS n ON n.jaar = j.jaar AND n.gebied = g.gebied
LEFT JOIN dagen AS d ON d.jaar = j.jaar AND d.gebied = g.gebied
LEFT JOIN personen AS p ON p.jaar = j.jaar AND p.gebied = g.gebied
ORDER BY j.jaar, g.gebied
