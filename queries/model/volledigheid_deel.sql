-- titel: Kosten naar maand van zorg en maand van declareren
-- vraag: Welk bedrag aan zorg van een maand is in welke maand gedeclareerd?
-- korrel: domein × zorgsoort × maand × declaratiemaand × rol
-- methode: De som van de gemodelleerde kostendelen. De rol (pilot, controle, of leeg) is die van de buurt in dat jaar; zonder
--   declaratiedatum is de declaratiemaand leeg.
-- sleutel: domein, zorgsoort, maand, declaratiemaand, rol
WITH som AS (
    SELECT
        d.plaatsing,
        d.maand,
        d.declaratiemaand,
        b.rol,
        sum(d.bedrag) AS bedrag
    FROM model.kostendeel AS d
    INNER JOIN model.buurt AS b ON b.jaar = year(d.maand) AND b.plaats = d.plaats
    WHERE d.telt
    GROUP BY d.plaatsing, d.maand, d.declaratiemaand, b.rol
)

SELECT
    p.domein,
    p.zorgsoort,
    s.maand,
    s.declaratiemaand,
    CASE WHEN s.rol IN ('pilot', 'controle') THEN s.rol ELSE '' END AS rol,
    CAST(sum(s.bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM som AS s
INNER JOIN model.plaatsing AS p ON p.plaatsing = s.plaatsing
GROUP BY p.domein, p.zorgsoort, s.maand, s.declaratiemaand, CASE WHEN s.rol IN ('pilot', 'controle') THEN s.rol ELSE '' END
ORDER BY domein, zorgsoort, maand, declaratiemaand, rol
