-- titel: Kosten rond een start
-- vraag: Wat kostte een deelnemer, of wie met hem wordt vergeleken, in elk kwartaal rond de start?
-- korrel: startkwartaal × persoon × k × domein × lijn; alleen wie iets kostte
-- methode: Reële euro's op de plaats in de tijd van model.maandkosten. Ontbreekt een prijsindex, dan is het bedrag onbekend.
-- sleutel: startkwartaal, persoon, k, domein, lijn
WITH groep AS (
    SELECT startkwartaal, persoon FROM model.risicogroep
    UNION
    SELECT startkwartaal, persoon FROM model.deelname_start
),

-- Eerst per kwartaal: een persoon staat in de groep van meer dan één startkwartaal.
kosten AS (
    SELECT
        k.persoon,
        CAST(4 * year(k.maand) + (month(k.maand) - 1 - mod(month(k.maand) - 1, 3)) / 3 AS INTEGER) AS kwartaal,
        z.domein,
        z.lijn,
        sum(k.bedrag_reeel) AS bedrag_reeel,
        count(*) - count(k.bedrag_reeel) AS onbekend
    FROM model.maandkosten AS k
    INNER JOIN model.plaatsing AS p ON p.plaatsing = k.plaatsing
    INNER JOIN model.zorgsoort AS z ON z.domein = p.domein AND z.zorgsoort = p.zorgsoort
    WHERE k.persoon IN (SELECT persoon FROM groep)
    GROUP BY k.persoon, CAST(4 * year(k.maand) + (month(k.maand) - 1 - mod(month(k.maand) - 1, 3)) / 3 AS INTEGER), z.domein, z.lijn
)

SELECT
    g.startkwartaal,
    g.persoon,
    q.k,
    k.domein,
    k.lijn,
    CAST(CASE WHEN k.onbekend = 0 THEN k.bedrag_reeel END AS DECIMAL(18, 2)) AS bedrag_reeel
FROM groep AS g
INNER JOIN model.deelname_kwartaal AS q ON q.startkwartaal = g.startkwartaal
INNER JOIN kosten AS k ON k.persoon = g.persoon AND k.kwartaal = q.kwartaal
WHERE k.onbekend > 0 OR k.bedrag_reeel <> 0
ORDER BY g.startkwartaal, g.persoon, q.k, k.domein, k.lijn
