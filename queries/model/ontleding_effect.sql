-- titel: Effect van elke factor
-- vraag: Hoeveel van de verandering hoort bij elke factor?
-- korrel: jaar × gebied × domein × factor
-- methode: Shapley-waarde van elke factor, per cel en dan opgeteld (Das Gupta 1993). Zij is de integraal over t van 0 tot 1 van de verandering
--   van de factor maal de andere factoren op t van de weg van basis naar jaar (Owen 1972). Van zes factoren is dat een polynoom van graad 5: drie
--   knopen van Gauss-Legendre geven haar exact. Elke term wordt DECIMAL voordat hij wordt opgeteld. Niet afgerond.
-- sleutel: jaar, gebied, domein, factor
WITH knoop AS (
    SELECT CAST(0.5 AS DOUBLE) - sqrt(CAST(0.15 AS DOUBLE)) AS t, CAST(5 AS DOUBLE) / 18 AS gewicht
    UNION ALL
    SELECT CAST(0.5 AS DOUBLE) AS t, CAST(8 AS DOUBLE) / 18 AS gewicht
    UNION ALL
    SELECT CAST(0.5 AS DOUBLE) + sqrt(CAST(0.15 AS DOUBLE)) AS t, CAST(5 AS DOUBLE) / 18 AS gewicht
),

-- Elke factor op de knoop, en het gewicht daarvan maal de verandering van de factor.
onderweg AS (
    SELECT
        c.jaar,
        c.gebied,
        c.domein,
        c.bevolking_basis + k.t * (c.bevolking - c.bevolking_basis) AS bevolking,
        c.leeftijd_geslacht_basis + k.t * (c.leeftijd_geslacht - c.leeftijd_geslacht_basis) AS leeftijd_geslacht,
        c.gebruikers_basis + k.t * (c.gebruikers - c.gebruikers_basis) AS gebruikers,
        c.volume_basis + k.t * (c.volume - c.volume_basis) AS volume,
        c.prijs_basis + k.t * (c.prijs - c.prijs_basis) AS prijs,
        c.mix_basis + k.t * (c.mix - c.mix_basis) AS mix,
        k.gewicht * (c.bevolking - c.bevolking_basis) AS verandering_bevolking,
        k.gewicht * (c.leeftijd_geslacht - c.leeftijd_geslacht_basis) AS verandering_leeftijd_geslacht,
        k.gewicht * (c.gebruikers - c.gebruikers_basis) AS verandering_gebruikers,
        k.gewicht * (c.volume - c.volume_basis) AS verandering_volume,
        k.gewicht * (c.prijs - c.prijs_basis) AS verandering_prijs,
        k.gewicht * (c.mix - c.mix_basis) AS verandering_mix
    FROM model.ontleding_cel AS c
    CROSS JOIN knoop AS k
),

som AS (
    SELECT
        jaar,
        gebied,
        domein,
        sum(CAST(verandering_bevolking * leeftijd_geslacht * gebruikers * volume * prijs * mix AS DECIMAL(38, 10))) AS bevolking,
        sum(CAST(verandering_leeftijd_geslacht * bevolking * gebruikers * volume * prijs * mix AS DECIMAL(38, 10))) AS leeftijd_geslacht,
        sum(CAST(verandering_gebruikers * bevolking * leeftijd_geslacht * volume * prijs * mix AS DECIMAL(38, 10))) AS gebruikers,
        sum(CAST(verandering_volume * bevolking * leeftijd_geslacht * gebruikers * prijs * mix AS DECIMAL(38, 10))) AS volume,
        sum(CAST(verandering_prijs * bevolking * leeftijd_geslacht * gebruikers * volume * mix AS DECIMAL(38, 10))) AS prijs,
        sum(CAST(verandering_mix * bevolking * leeftijd_geslacht * gebruikers * volume * prijs AS DECIMAL(38, 10))) AS mix
    FROM onderweg
    GROUP BY jaar, gebied, domein
),

per_factor AS (
    SELECT jaar, gebied, domein, 'bevolking' AS factor, bevolking AS effect FROM som
    UNION ALL
    SELECT jaar, gebied, domein, 'leeftijd_geslacht' AS factor, leeftijd_geslacht AS effect FROM som
    UNION ALL
    SELECT jaar, gebied, domein, 'gebruikers' AS factor, gebruikers AS effect FROM som
    UNION ALL
    SELECT jaar, gebied, domein, 'volume' AS factor, volume AS effect FROM som
    UNION ALL
    SELECT jaar, gebied, domein, 'prijs' AS factor, prijs AS effect FROM som
    UNION ALL
    SELECT jaar, gebied, domein, 'mix' AS factor, mix AS effect FROM som
)

SELECT
    jaar,
    gebied,
    domein,
    factor,
    effect
FROM per_factor
ORDER BY jaar, gebied, domein, factor
