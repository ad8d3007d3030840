-- titel: Personen en gebruikers
-- vraag: Hoeveel personen staan achter een bedrag, hoeveel daarvan zijn gebruiker, en wat is het aandeel van de twee grootste?
-- korrel: indeling (domein, zorgsoort, lijn) × jaar × gebied × domein × groep
-- methode: Gebruiker is wie na verrekening van credits in de cel meer dan nul euro kostte. Wie in het jaar verhuisde, wordt
--   per gebied opnieuw opgeteld, zodat niemand twee keer telt. Een aggregaat kent geen gebruikers.
--   grootste en tweede: de twee hoogste bedragen van één persoon, zonder teken; van wie in een aggregaat zit, is dat onbekend.
-- sleutel: indeling, jaar, gebied, domein, groep
WITH op_domein AS (
    SELECT
        'domein' AS indeling,
        k.persoon,
        k.jaar,
        k.plaats,
        k.verhuisd,
        s.domein,
        s.domein AS groep,
        sum(k.bedrag) AS bedrag
    FROM model.persoonkosten AS k
    INNER JOIN model.soort AS s ON s.soort = k.soort
    GROUP BY k.persoon, k.jaar, k.plaats, k.verhuisd, s.domein
),

op_lijn AS (
    SELECT
        'lijn' AS indeling,
        k.persoon,
        k.jaar,
        k.plaats,
        k.verhuisd,
        'alle' AS domein,
        z.lijn AS groep,
        sum(k.bedrag) AS bedrag
    FROM model.persoonkosten AS k
    INNER JOIN model.soort AS s ON s.soort = k.soort
    INNER JOIN model.zorgsoort AS z ON z.domein = s.domein AND z.zorgsoort = s.zorgsoort
    GROUP BY k.persoon, k.jaar, k.plaats, k.verhuisd, z.lijn
),

ingedeeld AS (
    SELECT * FROM op_domein
    UNION ALL
    SELECT * FROM op_lijn
),

-- Wie het hele jaar op één adres woonde, heeft in elk gebied maar één rij.
gebleven_plaats AS (
    SELECT
        indeling,
        jaar,
        plaats,
        domein,
        groep,
        count(*) AS personen,
        count(*) FILTER (WHERE bedrag > 0) AS gebruikers,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
    FROM ingedeeld
    WHERE NOT verhuisd
    GROUP BY indeling, jaar, plaats, domein, groep
),

gebleven AS (
    SELECT
        b.indeling,
        b.jaar,
        g.gebied,
        b.domein,
        b.groep,
        b.personen,
        b.gebruikers,
        b.grootste,
        b.tweede
    FROM gebleven_plaats AS b
    INNER JOIN model.gebied AS g ON g.jaar = b.jaar AND g.plaats = b.plaats
),

verhuisd_persoon AS (
    SELECT
        i.indeling,
        i.jaar,
        g.gebied,
        i.domein,
        i.groep,
        i.persoon,
        sum(i.bedrag) AS bedrag
    FROM ingedeeld AS i
    INNER JOIN model.gebied AS g ON g.jaar = i.jaar AND g.plaats = i.plaats
    WHERE i.verhuisd
    GROUP BY i.indeling, i.jaar, g.gebied, i.domein, i.groep, i.persoon
),

verhuisd AS (
    SELECT
        indeling,
        jaar,
        gebied,
        domein,
        groep,
        count(*) AS personen,
        count(*) FILTER (WHERE bedrag > 0) AS gebruikers,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
    FROM verhuisd_persoon
    GROUP BY indeling, jaar, gebied, domein, groep
),

aggregaat_rij AS (
    SELECT
        a.*,
        coalesce(a.buurt, a.in_wijk, a.in_gemeente) AS plaats
    FROM model.aggregaat_gebied AS a
),

-- Een aangeleverde groep is geteld per gebied, geslacht en leeftijd: haar zorgsoorten delen dezelfde personen.
aggregaat_groep AS (
    SELECT
        'zorgsoort' AS indeling, jaar, gebied, domein, zorgsoort AS groep, plaats, geslacht, leeftijdsklasse,
        CASE WHEN count(*) = count(aantal_personen) THEN max(aantal_personen) END AS personen,
        min(CASE WHEN openbaar THEN 1 ELSE 0 END) AS openbaar
    FROM aggregaat_rij
    GROUP BY jaar, gebied, domein, zorgsoort, plaats, geslacht, leeftijdsklasse
    UNION ALL
    SELECT
        'domein' AS indeling, jaar, gebied, domein, domein AS groep, plaats, geslacht, leeftijdsklasse,
        CASE WHEN count(*) = count(aantal_personen) THEN max(aantal_personen) END AS personen,
        min(CASE WHEN openbaar THEN 1 ELSE 0 END) AS openbaar
    FROM aggregaat_rij
    GROUP BY jaar, gebied, domein, plaats, geslacht, leeftijdsklasse
    UNION ALL
    SELECT
        'lijn' AS indeling, jaar, gebied, 'alle' AS domein, lijn AS groep, plaats, geslacht, leeftijdsklasse,
        CASE WHEN count(*) = count(aantal_personen) THEN max(aantal_personen) END AS personen,
        min(CASE WHEN openbaar THEN 1 ELSE 0 END) AS openbaar
    FROM aggregaat_rij
    GROUP BY jaar, gebied, lijn, plaats, geslacht, leeftijdsklasse
),

alle AS (
    SELECT indeling, jaar, gebied, domein, groep, personen, gebruikers, grootste, tweede, 0 AS openbaar, 1 AS bekend FROM gebleven
    UNION ALL
    SELECT indeling, jaar, gebied, domein, groep, personen, gebruikers, grootste, tweede, 0 AS openbaar, 1 AS bekend FROM verhuisd
    UNION ALL
    -- Een zorgsoort is al per stratum geteld.
    SELECT
        'zorgsoort' AS indeling, jaar, gebied, domein, zorgsoort AS groep, personen, gebruikers, grootste, tweede, 0 AS openbaar, 1 AS bekend
    FROM model.gebruikers_stratum
    UNION ALL
    SELECT
        indeling, jaar, gebied, domein, groep, personen, NULL AS gebruikers, NULL AS grootste, NULL AS tweede, openbaar,
        CASE WHEN personen IS NULL THEN 0 ELSE 1 END AS bekend
    FROM aggregaat_groep
)

SELECT
    indeling,
    jaar,
    gebied,
    domein,
    groep,
    -- Is van één groep het aantal onbekend, dan is de som dat ook.
    CASE WHEN min(bekend) = 1 THEN CAST(sum(personen) AS BIGINT) END AS personen,
    CAST(sum(gebruikers) AS BIGINT) AS gebruikers,
    CAST(max(grootste) AS DECIMAL(18, 2)) AS grootste,
    -- Van een paar delen samen: de op een na grootste van hun grootsten, of de grootste van hun tweeden.
    CAST(CASE WHEN count(grootste) > 1 THEN greatest(max(grootste, 2)[2], max(tweede)) ELSE max(tweede) END AS DECIMAL(18, 2)) AS tweede,
    CASE WHEN min(openbaar) = 1 THEN 'ja' ELSE 'nee' END AS openbaar
FROM alle
GROUP BY indeling, jaar, gebied, domein, groep
