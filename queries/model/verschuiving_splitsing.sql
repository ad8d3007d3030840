-- titel: Splitsing in groei en verschuiving
-- vraag: Welk deel van een verandering is groei bij gelijke verhoudingen, en welk deel verschuiving tussen de groepen?
-- korrel: indeling × prijspeil × jaar × gebied × groep
-- methode: groei = gemiddeld aandeel × verandering van het totaal, verschuiving = de rest (middelpuntsplitsing, Bennet 1920). Groei wordt per
--   groep op de cent afgerond, half van nul af; de grootste groep neemt het verschil, zodat de groei optelt tot de verandering. Is een
--   van de totalen nul of kleiner, dan is alles groei; is een reëel bedrag onbekend, dan is ook de splitsing dat.
-- sleutel: indeling, prijspeil, jaar, gebied, groep
WITH totaal AS (
    SELECT
        indeling,
        prijspeil,
        jaar,
        gebied,
        CASE WHEN count(*) = count(centen_basis) THEN CAST(sum(centen_basis) AS DECIMAL(38, 0)) END AS centen_basis,
        CASE WHEN count(*) = count(centen) THEN CAST(sum(centen) AS DECIMAL(38, 0)) END AS centen
    FROM model.verschuiving_cel
    GROUP BY indeling, prijspeil, jaar, gebied
),

rij AS (
    SELECT
        c.indeling,
        c.prijspeil,
        c.jaar,
        c.basisjaar,
        c.gebied,
        c.groep,
        c.status,
        c.centen_basis,
        c.centen,
        t.centen_basis AS totaal_basis,
        t.centen AS totaal,
        -- Is een van de totalen onbekend, dan is onbekend of er iets te splitsen is, ook als het andere nul is.
        CASE WHEN t.centen_basis IS NOT NULL AND t.centen IS NOT NULL THEN t.centen_basis > 0 AND t.centen > 0 END AS te_splitsen,
        -- groei = (basis × totaal nu + nu × totaal basis) × (totaal nu − totaal basis) / (2 × totaal basis × totaal nu)
        abs((c.centen_basis * t.centen + c.centen * t.centen_basis) * (t.centen - t.centen_basis)) AS teller,
        CASE WHEN (c.centen_basis * t.centen + c.centen * t.centen_basis) * (t.centen - t.centen_basis) < 0 THEN -1 ELSE 1 END AS teken,
        2 * t.centen_basis * t.centen AS noemer,
        row_number() OVER (
            PARTITION BY c.indeling, c.prijspeil, c.jaar, c.gebied
            ORDER BY abs(c.centen_basis) + abs(c.centen) DESC, c.groep
        ) AS omvang
    FROM model.verschuiving_cel AS c
    INNER JOIN totaal AS t
        ON t.indeling = c.indeling AND t.prijspeil = c.prijspeil AND t.jaar = c.jaar AND t.gebied = c.gebied
),

afgerond AS (
    SELECT
        r.*,
        CASE
            WHEN r.te_splitsen
                THEN r.teken * CAST((2 * r.teller + r.noemer - mod(2 * r.teller + r.noemer, 2 * r.noemer)) / (2 * r.noemer) AS DECIMAL(38, 0))
            WHEN NOT r.te_splitsen THEN r.centen - r.centen_basis
        END AS groei
    FROM rij AS r
),

verschil AS (
    SELECT
        indeling,
        prijspeil,
        jaar,
        gebied,
        CAST(sum(centen - centen_basis) - sum(groei) AS DECIMAL(38, 0)) AS centen
    FROM afgerond
    GROUP BY indeling, prijspeil, jaar, gebied
),

sluitend AS (
    SELECT
        a.*,
        CAST(CASE WHEN a.omvang = 1 THEN a.groei + v.centen ELSE a.groei END AS DECIMAL(38, 0)) AS groei_sluitend
    FROM afgerond AS a
    INNER JOIN verschil AS v
        ON v.indeling = a.indeling AND v.prijspeil = a.prijspeil AND v.jaar = a.jaar AND v.gebied = a.gebied
)

SELECT
    indeling,
    prijspeil,
    jaar,
    basisjaar,
    gebied,
    groep,
    status,
    CAST(centen_basis * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS bedrag_basis,
    CAST(centen * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS bedrag,
    CAST((centen - centen_basis) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS delta,
    CAST(groei_sluitend * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS groei,
    CAST((centen - centen_basis - groei_sluitend) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS verschuiving,
    CASE WHEN te_splitsen THEN CAST(CAST(centen_basis AS DOUBLE) / CAST(totaal_basis AS DOUBLE) AS DECIMAL(18, 6)) END AS aandeel_basis,
    CASE WHEN te_splitsen THEN CAST(CAST(centen AS DOUBLE) / CAST(totaal AS DOUBLE) AS DECIMAL(18, 6)) END AS aandeel
FROM sluitend
