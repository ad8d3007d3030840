-- titel: Driehoek van declareren
-- vraag: Hoeveel van de zorg van een maand was na zoveel maanden gedeclareerd?
-- korrel: domein × zorgsoort × maand × leeftijd
-- methode: Leeftijd is het aantal maanden van de maand van zorg tot de maand van declareren, van 0 tot 36; later telt als 36.
--   Cumulatief, tot en met de peilmaand van het domein. Een zorgsoort met een regel zonder declaratiedatum heeft geen driehoek.
--   Regime telt de wijzigingen van de bekostiging die in de maand al golden.
-- sleutel: domein, zorgsoort, maand, leeftijd
WITH delen AS (
    SELECT
        domein,
        zorgsoort,
        maand,
        declaratiemaand,
        sum(bedrag) AS bedrag
    FROM model.volledigheid_deel
    GROUP BY domein, zorgsoort, maand, declaratiemaand
),

zorgsoorten AS (
    SELECT
        d.domein,
        d.zorgsoort,
        p.peilmaand,
        min(d.maand) AS eerste_maand
    FROM delen AS d
    INNER JOIN model.peilmaand AS p ON p.domein = d.domein
    GROUP BY d.domein, d.zorgsoort, p.peilmaand
    HAVING count(*) = count(d.declaratiemaand)
),

maanden AS (
    SELECT DISTINCT maand FROM kalender
),

-- Een leeftijd is waargenomen als de maand waarin zij wordt bereikt niet na de peilmaand ligt.
waargenomen AS (
    SELECT
        z.domein,
        z.zorgsoort,
        z.peilmaand,
        m.maand,
        date_diff('month', m.maand, s.maand) AS leeftijd
    FROM zorgsoorten AS z
    INNER JOIN maanden AS m ON m.maand BETWEEN z.eerste_maand AND z.peilmaand
    INNER JOIN maanden AS s ON s.maand BETWEEN m.maand AND z.peilmaand
    WHERE date_diff('month', m.maand, s.maand) <= 36
),

op_leeftijd AS (
    SELECT
        d.domein,
        d.zorgsoort,
        d.maand,
        least(greatest(date_diff('month', d.maand, d.declaratiemaand), 0), 36) AS leeftijd,
        sum(d.bedrag) AS bedrag
    FROM delen AS d
    INNER JOIN zorgsoorten AS z ON z.domein = d.domein AND z.zorgsoort = d.zorgsoort
    WHERE d.declaratiemaand <= z.peilmaand
    GROUP BY d.domein, d.zorgsoort, d.maand, least(greatest(date_diff('month', d.maand, d.declaratiemaand), 0), 36)
),

regimes AS (
    SELECT
        z.domein,
        z.zorgsoort,
        m.maand,
        count(w.geldig_van) AS regime
    FROM zorgsoorten AS z
    INNER JOIN maanden AS m ON m.maand BETWEEN z.eerste_maand AND z.peilmaand
    LEFT JOIN referentie.stelselwijziging AS w
        ON w.soort = 'bekostiging'
        AND w.domein = z.domein
        AND coalesce(w.zorgsoort, z.zorgsoort) = z.zorgsoort
        AND w.geldig_van <= m.maand
    GROUP BY z.domein, z.zorgsoort, m.maand
)

SELECT
    w.domein,
    w.zorgsoort,
    w.maand,
    CAST(w.leeftijd AS INTEGER) AS leeftijd,
    CAST(r.regime AS INTEGER) AS regime,
    CAST(
        sum(coalesce(o.bedrag, 0)) OVER (PARTITION BY w.domein, w.zorgsoort, w.maand ORDER BY w.leeftijd)
        AS DECIMAL(18, 2)
    ) AS cumulatief
FROM waargenomen AS w
INNER JOIN regimes AS r ON r.domein = w.domein AND r.zorgsoort = w.zorgsoort AND r.maand = w.maand
LEFT JOIN op_leeftijd AS o
    ON o.domein = w.domein AND o.zorgsoort = w.zorgsoort AND o.maand = w.maand AND o.leeftijd = w.leeftijd
ORDER BY w.domein, w.zorgsoort, w.maand, w.leeftijd
