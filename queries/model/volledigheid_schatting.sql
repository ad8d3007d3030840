-- titel: Verwacht eindbedrag per maand
-- vraag: Op welk bedrag komt de zorg van een maand uit, als het declareren verloopt zoals eerder?
-- korrel: domein × zorgsoort × maand
-- methode: Kettingladder (Mack 1993): f van een leeftijd is de som op de volgende leeftijd gedeeld door die op deze, over de
--   maanden van hetzelfde regime, of over alle als er van dat regime nog geen is. De factor is het product van f vanaf de
--   waargenomen leeftijd. Credits doen een bedrag dalen: f mag onder 1 liggen; is zij nul of minder, dan is zij 1.
-- sleutel: domein, zorgsoort, maand
WITH stappen AS (
    SELECT
        domein,
        zorgsoort,
        maand,
        regime,
        leeftijd,
        cumulatief,
        lead(cumulatief) OVER (PARTITION BY domein, zorgsoort, maand ORDER BY leeftijd) AS daarna
    FROM model.volledigheid_driehoek
),

eigen_regime AS (
    SELECT
        domein,
        zorgsoort,
        regime,
        leeftijd,
        sum(cumulatief) AS bedrag,
        sum(daarna) AS daarna
    FROM stappen
    WHERE daarna IS NOT NULL
    GROUP BY domein, zorgsoort, regime, leeftijd
),

alle_regimes AS (
    SELECT
        domein,
        zorgsoort,
        leeftijd,
        sum(bedrag) AS bedrag,
        sum(daarna) AS daarna
    FROM eigen_regime
    GROUP BY domein, zorgsoort, leeftijd
),

regimes AS (
    SELECT DISTINCT
        domein,
        zorgsoort,
        regime
    FROM stappen
),

ontwikkeling AS (
    SELECT
        r.domein,
        r.zorgsoort,
        r.regime,
        a.leeftijd,
        CASE WHEN e.leeftijd IS NULL THEN a.bedrag ELSE e.bedrag END AS bedrag,
        CASE WHEN e.leeftijd IS NULL THEN a.daarna ELSE e.daarna END AS daarna
    FROM regimes AS r
    INNER JOIN alle_regimes AS a ON a.domein = r.domein AND a.zorgsoort = r.zorgsoort
    LEFT JOIN eigen_regime AS e
        ON e.domein = r.domein AND e.zorgsoort = r.zorgsoort AND e.regime = r.regime AND e.leeftijd = a.leeftijd
),

-- Een product is de macht van een som van logaritmen; als DECIMAL opgeteld is zij elke nacht gelijk.
logaritmen AS (
    SELECT
        domein,
        zorgsoort,
        regime,
        leeftijd,
        CASE
            WHEN sign(bedrag) * sign(daarna) > 0 THEN CAST(ln(CAST(daarna AS DOUBLE) / CAST(bedrag AS DOUBLE)) AS DECIMAL(38, 18))
            ELSE 0
        END AS logaritme
    FROM ontwikkeling
),

factoren AS (
    SELECT
        domein,
        zorgsoort,
        regime,
        leeftijd,
        exp(CAST(sum(logaritme) OVER (PARTITION BY domein, zorgsoort, regime ORDER BY leeftijd DESC) AS DOUBLE)) AS factor
    FROM logaritmen
),

-- Op de laatste leeftijd van alle is er niets meer te verwachten: de factor is 1.
stand AS (
    SELECT
        s.domein,
        s.zorgsoort,
        s.maand,
        s.leeftijd,
        s.cumulatief,
        coalesce(f.factor, CAST(1 AS DOUBLE)) AS factor
    FROM stappen AS s
    LEFT JOIN factoren AS f
        ON f.domein = s.domein AND f.zorgsoort = s.zorgsoort AND f.regime = s.regime AND f.leeftijd = s.leeftijd
    WHERE s.daarna IS NULL
)

-- Een factor die niet in de kolom past, zegt niets: hij is onbekend.
SELECT
    domein,
    zorgsoort,
    maand,
    leeftijd,
    cumulatief,
    TRY_CAST(factor AS DECIMAL(18, 9)) AS factor,
    TRY_CAST(CAST(cumulatief AS DOUBLE) * factor AS DECIMAL(28, 6)) AS verwacht_totaal
FROM stand
ORDER BY domein, zorgsoort, maand
