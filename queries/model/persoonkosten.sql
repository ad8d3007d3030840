-- titel: Kosten per persoonjaar in getallen
-- vraag: Wat kostte een persoon in een jaar, per zorgsoort?
-- korrel: persoon × jaar × plaats × soort
-- methode: De som van model.maandkosten, met wat een persoonjaar verder kenmerkt; model.kosten_persoonjaar zet de namen bij de nummers.
-- sleutel: persoon, jaar, plaats, soort
WITH kosten AS (
    SELECT
        k.persoon,
        year(k.maand) AS jaar,
        k.plaats,
        p.soort,
        sum(k.bedrag) AS bedrag,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel,
        sum(k.volume) AS volume
    FROM model.maandkosten AS k
    INNER JOIN model.plaatsing AS p ON p.plaatsing = k.plaatsing
    GROUP BY k.persoon, year(k.maand), k.plaats, p.soort
),

adressen AS (
    SELECT
        persoon,
        jaar,
        plaats,
        geslacht,
        klasse,
        count(*) OVER (PARTITION BY persoon, jaar) > 1 AS verhuisd
    FROM model.persoonjaar
)

SELECT
    k.persoon,
    a.jaar,
    k.plaats,
    k.soort,
    a.geslacht,
    a.klasse,
    a.verhuisd,
    CAST(k.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(k.bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(k.volume AS DECIMAL(18, 3)) AS volume
FROM kosten AS k
INNER JOIN adressen AS a ON a.persoon = k.persoon AND a.jaar = k.jaar AND a.plaats = k.plaats
-- Ook hier per persoon bij elkaar, zoals in model.maandkosten.
ORDER BY k.persoon
