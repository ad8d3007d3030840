-- titel: Personen en gebruikers per stratum
-- vraag: Hoeveel personen en gebruikers heeft een zorgsoort in een gebied, per leeftijdsklasse en geslacht?
-- korrel: jaar × gebied × domein × zorgsoort × geslacht × klasse
-- methode: Gebruiker is wie na verrekening van credits meer dan nul euro kostte. Wie in het jaar verhuisde, wordt per gebied
--   opnieuw opgeteld, zodat niemand twee keer telt. Alleen uit de regels per persoon: een aggregaat kent geen gebruikers.
-- sleutel: jaar, gebied, domein, zorgsoort, geslacht, klasse
WITH verhuisd_persoon AS (
    SELECT
        k.jaar,
        g.gebied,
        k.soort,
        k.geslacht,
        k.klasse,
        k.persoon,
        sum(k.bedrag) AS bedrag
    FROM model.persoonkosten AS k
    INNER JOIN model.gebied AS g ON g.jaar = k.jaar AND g.plaats = k.plaats
    WHERE k.verhuisd
    GROUP BY k.jaar, g.gebied, k.soort, k.geslacht, k.klasse, k.persoon
),

-- Wie het hele jaar op één adres woonde, heeft in elk gebied maar één rij.
gebleven AS (
    SELECT
        jaar,
        plaats,
        soort,
        geslacht,
        klasse,
        count(*) AS personen,
        count(*) FILTER (WHERE bedrag > 0) AS gebruikers
    FROM model.persoonkosten
    WHERE NOT verhuisd
    GROUP BY jaar, plaats, soort, geslacht, klasse
),

geteld AS (
    SELECT
        b.jaar,
        g.gebied,
        b.soort,
        b.geslacht,
        b.klasse,
        b.personen,
        b.gebruikers
    FROM gebleven AS b
    INNER JOIN model.gebied AS g ON g.jaar = b.jaar AND g.plaats = b.plaats
    UNION ALL
    SELECT
        jaar,
        gebied,
        soort,
        geslacht,
        klasse,
        count(*) AS personen,
        count(*) FILTER (WHERE bedrag > 0) AS gebruikers
    FROM verhuisd_persoon
    GROUP BY jaar, gebied, soort, geslacht, klasse
)

SELECT
    t.jaar,
    t.gebied,
    s.domein,
    s.zorgsoort,
    t.geslacht,
    t.klasse,
    CAST(sum(t.personen) AS BIGINT) AS personen,
    CAST(sum(t.gebruikers) AS BIGINT) AS gebruikers
FROM geteld AS t
INNER JOIN model.soort AS s ON s.soort = t.soort
GROUP BY t.jaar, t.gebied, s.domein, s.zorgsoort, t.geslacht, t.klasse
