-- titel: Zorgsoorten die voorkomen
-- vraag: Bij welk leefdomein en welke lijn hoort een zorgsoort?
-- korrel: domein × zorgsoort
-- sleutel: domein, zorgsoort
WITH tabel AS (
    SELECT domein, zorgsoort, leefdomein, lijn FROM referentie.zorgsoort
    UNION
    SELECT domein, zorgsoort, leefdomein, lijn FROM referentie.zorgsoort_grof
),

een AS (
    SELECT
        domein,
        zorgsoort,
        min(leefdomein) AS leefdomein,
        min(lijn) AS lijn
    FROM tabel
    GROUP BY domein, zorgsoort
),

voorkomend AS (
    SELECT DISTINCT
        domein,
        zorgsoort
    FROM model.kosten_stratum
)

SELECT
    v.domein,
    v.zorgsoort,
    coalesce(e.leefdomein, 'onbekend') AS leefdomein,
    coalesce(e.lijn, 'onbekend') AS lijn
FROM voorkomend AS v
LEFT JOIN een AS e ON e.domein = v.domein AND e.zorgsoort = v.zorgsoort
ORDER BY v.domein, v.zorgsoort
