-- titel: Personen en gebruikers per stratum
-- vraag: Hoeveel personen en gebruikers heeft een zorgsoort in een gebied, per leeftijdsklasse en geslacht, en wat kosten de twee duurste?
-- korrel: jaar × gebied × domein × zorgsoort × geslacht × klasse
-- methode: Gebruiker is wie na verrekening van credits meer dan nul euro kostte. Wie in het jaar verhuisde, wordt per gebied
--   opnieuw opgeteld, zodat niemand twee keer telt. Alleen uit de regels per persoon: een aggregaat kent geen gebruikers.
--   grootste en tweede: de twee hoogste bedragen van één persoon, zonder teken.
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
        count(*) FILTER (WHERE bedrag > 0) AS gebruikers,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
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
        b.gebruikers,
        b.grootste,
        b.tweede
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
        count(*) FILTER (WHERE bedrag > 0) AS gebruikers,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
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
    CAST(sum(t.gebruikers) AS BIGINT) AS gebruikers,
    CAST(max(t.grootste) AS DECIMAL(18, 2)) AS grootste,
    -- Van een paar groepen samen: de op een na grootste van hun grootsten, of de grootste van hun tweeden.
    CAST(CASE WHEN count(*) > 1 THEN greatest(max(t.grootste, 2)[2], max(t.tweede)) ELSE max(t.tweede) END AS DECIMAL(18, 2)) AS tweede
FROM geteld AS t
INNER JOIN model.soort AS s ON s.soort = t.soort
GROUP BY t.jaar, t.gebied, s.domein, s.zorgsoort, t.geslacht, t.klasse
