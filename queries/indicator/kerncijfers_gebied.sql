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
WITH per_huis AS (
    SELECT
        j.jaar,
        v.plaats,
        v.huis,
        count(*) AS inwoners
    FROM model.jaar AS j
    INNER JOIN model.verblijf AS v ON v.begindatum <= j.nieuwjaar AND v.einddatum >= j.nieuwjaar
    GROUP BY j.jaar, v.plaats, v.huis
),

op_nieuwjaar AS (
    SELECT
        g.jaar,
        g.gebied,
        CAST(sum(h.inwoners) AS BIGINT) AS inwoners,
        count(DISTINCT h.huis) AS huishoudens
    FROM per_huis AS h
    INNER JOIN model.gebied AS g ON g.jaar = h.jaar AND g.plaats = h.plaats
    GROUP BY g.jaar, g.gebied
),

bewoner AS (
    SELECT
        persoon,
        jaar,
        plaats,
        dagen,
        leeftijd,
        count(*) OVER (PARTITION BY persoon, jaar) > 1 AS verhuisd
    FROM model.persoonjaar
),

per_plaats AS (
    SELECT
        jaar,
        plaats,
        sum(dagen) AS dagen,
        sum(CASE WHEN leeftijd <= 17 THEN dagen ELSE 0 END) AS dagen_0_17,
        sum(CASE WHEN leeftijd >= 65 THEN dagen ELSE 0 END) AS dagen_65plus,
        count(*) FILTER (WHERE NOT verhuisd) AS personen,
        count(*) FILTER (WHERE NOT verhuisd AND leeftijd <= 17) AS jongeren,
        count(*) FILTER (WHERE NOT verhuisd AND leeftijd >= 65) AS ouderen
    FROM bewoner
    GROUP BY jaar, plaats
),

dagen AS (
    SELECT
        g.jaar,
        g.gebied,
        sum(p.dagen) AS dagen,
        sum(p.dagen_0_17) AS dagen_0_17,
        sum(p.dagen_65plus) AS dagen_65plus
    FROM per_plaats AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.plaats = p.plaats
    GROUP BY g.jaar, g.gebied
),

-- Wie het hele jaar op één adres woonde, telt in elk gebied één keer; alleen wie verhuisde, kan er al geteld zijn.
verhuisd AS (
    SELECT DISTINCT
        g.jaar,
        g.gebied,
        b.persoon,
        b.leeftijd
    FROM bewoner AS b
    INNER JOIN model.gebied AS g ON g.jaar = b.jaar AND g.plaats = b.plaats
    WHERE b.verhuisd
),

personen AS (
    SELECT
        jaar,
        gebied,
        CAST(sum(personen) AS BIGINT) AS personen,
        CAST(sum(jongeren) AS BIGINT) AS jongeren,
        CAST(sum(personen) - sum(jongeren) AS BIGINT) AS niet_jongeren,
        CAST(sum(ouderen) AS BIGINT) AS ouderen,
        CAST(sum(personen) - sum(ouderen) AS BIGINT) AS niet_ouderen
    FROM (
        SELECT g.jaar, g.gebied, p.personen, p.jongeren, p.ouderen
        FROM per_plaats AS p
        INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.plaats = p.plaats
        UNION ALL
        SELECT
            jaar,
            gebied,
            count(*) AS personen,
            count(*) FILTER (WHERE leeftijd <= 17) AS jongeren,
            count(*) FILTER (WHERE leeftijd >= 65) AS ouderen
        FROM verhuisd
        GROUP BY jaar, gebied
    ) AS samen
    GROUP BY jaar, gebied
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
