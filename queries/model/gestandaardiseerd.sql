-- titel: Gestandaardiseerde kosten
-- vraag: Wat zouden de kosten per verzekerdejaar zijn bij de leeftijds- en geslachtsopbouw van de regio in het basisjaar?
-- korrel: jaar × gebied × domein
-- methode: Directe standaardisatie: Σ W c / Σ W over de strata, c = kosten per verzekerdejaar (Fay & Feuer 1997).
-- sleutel: jaar, gebied, domein
SELECT
    s.jaar,
    s.gebied,
    s.domein,
    CAST(
        CAST(sum(CAST(CAST(s.gewicht AS DOUBLE) * CAST(s.bedrag AS DOUBLE) / CAST(s.dagen AS DOUBLE) * j.dagen AS DECIMAL(38, 8))) AS DOUBLE)
        / CAST(sum(s.gewicht) AS DOUBLE) AS DECIMAL(18, 6)
    ) AS gestandaardiseerd,
    CASE
        WHEN count(*) = count(s.bedrag_reeel)
            THEN CAST(
                CAST(sum(CAST(CAST(s.gewicht AS DOUBLE) * CAST(s.bedrag_reeel AS DOUBLE) / CAST(s.dagen AS DOUBLE) * j.dagen AS DECIMAL(38, 8))) AS DOUBLE)
                / CAST(sum(s.gewicht) AS DOUBLE) AS DECIMAL(18, 6)
            )
    END AS gestandaardiseerd_reeel
FROM model.standaard_stratum AS s
INNER JOIN model.jaar AS j ON j.jaar = s.jaar
GROUP BY s.jaar, s.gebied, s.domein
ORDER BY s.jaar, s.gebied, s.domein
