-- titel: Factoren van de kosten
-- vraag: Uit welke factoren bestaan de kosten van een cel, in het basisjaar en in het jaar zelf?
-- korrel: jaar × gebied × domein × zorgsoort × geslacht × klasse, met een gebruiker in ten minste een van de twee jaren
-- methode: euro's = bevolking (verzekerdejaren) × leeftijd_geslacht (aandeel van het stratum) × gebruikers (per verzekerdejaar van het
--   stratum) × volume (per gebruiker) × prijs (eigen index) × mix (euro's per eenheid in prijzen van het basisjaar). Zonder gebruikers is in
--   dat jaar gebruikers nul, zonder bewoners leeftijd_geslacht; wat dan geen waarde heeft, is die van het andere jaar (Das Gupta 1993).
-- sleutel: jaar, gebied, domein, zorgsoort, geslacht, klasse
WITH stratum AS (
    SELECT
        jaar,
        gebied,
        domein,
        geslacht,
        klasse,
        CAST(dagen AS DOUBLE) AS dagen
    FROM model.noemer
    WHERE dagen > 0
),

alle_strata AS (
    SELECT
        jaar,
        gebied,
        domein,
        CAST(sum(dagen) AS DOUBLE) AS dagen
    FROM model.noemer
    GROUP BY jaar, gebied, domein
),

paar AS (
    SELECT
        n.jaar,
        b.jaar AS basisjaar,
        n.gebied,
        n.domein,
        CAST(b.dagen_in_jaar AS DOUBLE) AS dagen_in_basisjaar,
        CAST(n.dagen_in_jaar AS DOUBLE) AS dagen_in_jaar,
        coalesce(sb.dagen, 0) AS dagen_basis,
        coalesce(sn.dagen, 0) AS dagen
    FROM model.cel AS n
    INNER JOIN model.cel AS b ON b.gebied = n.gebied AND b.domein = n.domein
    LEFT JOIN alle_strata AS sb ON sb.jaar = b.jaar AND sb.gebied = b.gebied AND sb.domein = b.domein
    LEFT JOIN alle_strata AS sn ON sn.jaar = n.jaar AND sn.gebied = n.gebied AND sn.domein = n.domein
    WHERE b.is_basisjaar AND NOT n.is_basisjaar
        AND b.status <> 'onvolledig' AND n.status <> 'onvolledig'
        AND b.herkomst = 'persoon' AND n.herkomst = 'persoon'
),

-- Heeft een cel gebruikers maar geen volume over, dan is elke gebruiker één eenheid.
gebruik AS (
    SELECT
        g.jaar,
        g.gebied,
        g.domein,
        g.zorgsoort,
        g.geslacht,
        g.klasse,
        CAST(g.gebruikers AS DOUBLE) AS gebruikers,
        CAST(CASE WHEN k.volume = 0 THEN g.gebruikers ELSE k.volume END AS DOUBLE) AS volume,
        CAST(k.bedrag AS DOUBLE) AS bedrag
    FROM model.gebruikers_stratum AS g
    INNER JOIN model.kosten_stratum AS k
        ON k.jaar = g.jaar AND k.gebied = g.gebied AND k.domein = g.domein AND k.zorgsoort = g.zorgsoort
        AND k.geslacht = g.geslacht AND k.klasse = g.klasse
    WHERE g.gebruikers > 0
),

samen AS (
    SELECT
        p.jaar, g.gebied, g.domein, g.zorgsoort, g.geslacht, g.klasse,
        g.gebruikers AS gebruikers_basis, g.volume AS volume_basis, g.bedrag AS bedrag_basis,
        NULL AS gebruikers, NULL AS volume, NULL AS bedrag
    FROM paar AS p
    INNER JOIN gebruik AS g ON g.jaar = p.basisjaar AND g.gebied = p.gebied AND g.domein = p.domein
    UNION ALL
    SELECT
        p.jaar, g.gebied, g.domein, g.zorgsoort, g.geslacht, g.klasse,
        NULL AS gebruikers_basis, NULL AS volume_basis, NULL AS bedrag_basis,
        g.gebruikers, g.volume, g.bedrag
    FROM paar AS p
    INNER JOIN gebruik AS g ON g.jaar = p.jaar AND g.gebied = p.gebied AND g.domein = p.domein
),

cel AS (
    SELECT
        jaar,
        gebied,
        domein,
        zorgsoort,
        geslacht,
        klasse,
        max(gebruikers_basis) AS gebruikers_basis,
        max(volume_basis) AS volume_basis,
        max(bedrag_basis) AS bedrag_basis,
        max(gebruikers) AS gebruikers,
        max(volume) AS volume,
        max(bedrag) AS bedrag
    FROM samen
    GROUP BY jaar, gebied, domein, zorgsoort, geslacht, klasse
),

-- Wat in een jaar niet bestaat, is hier leeg.
waarde AS (
    SELECT
        c.jaar,
        c.gebied,
        c.domein,
        c.zorgsoort,
        c.geslacht,
        c.klasse,
        p.dagen_basis / p.dagen_in_basisjaar AS bevolking_basis,
        p.dagen / p.dagen_in_jaar AS bevolking,
        b.dagen / p.dagen_basis AS aandeel_basis,
        n.dagen / p.dagen AS aandeel,
        -- Wonen er mensen maar gebruikt niemand de zorg, dan is het gebruik nul.
        CASE WHEN b.dagen IS NOT NULL THEN coalesce(c.gebruikers_basis, 0) / b.dagen * p.dagen_in_basisjaar END AS gebruik_basis,
        CASE WHEN n.dagen IS NOT NULL THEN coalesce(c.gebruikers, 0) / n.dagen * p.dagen_in_jaar END AS gebruik,
        c.volume_basis / c.gebruikers_basis AS volume_basis,
        c.volume / c.gebruikers AS volume,
        i.prijsindex AS prijs,
        c.bedrag_basis / c.volume_basis AS mix_basis,
        c.bedrag / c.volume / i.prijsindex AS mix
    FROM cel AS c
    INNER JOIN paar AS p ON p.jaar = c.jaar AND p.gebied = c.gebied AND p.domein = c.domein
    INNER JOIN model.prijs_eigen AS i ON i.jaar = c.jaar AND i.domein = c.domein AND i.zorgsoort = c.zorgsoort
    LEFT JOIN stratum AS b
        ON b.jaar = p.basisjaar AND b.gebied = c.gebied AND b.domein = c.domein
        AND b.geslacht = c.geslacht AND b.klasse = c.klasse
    LEFT JOIN stratum AS n
        ON n.jaar = c.jaar AND n.gebied = c.gebied AND n.domein = c.domein
        AND n.geslacht = c.geslacht AND n.klasse = c.klasse
)

SELECT
    jaar,
    gebied,
    domein,
    zorgsoort,
    geslacht,
    klasse,
    bevolking_basis,
    bevolking,
    coalesce(aandeel_basis, 0) AS leeftijd_geslacht_basis,
    coalesce(aandeel, 0) AS leeftijd_geslacht,
    coalesce(gebruik_basis, gebruik) AS gebruikers_basis,
    coalesce(gebruik, gebruik_basis) AS gebruikers,
    coalesce(volume_basis, volume) AS volume_basis,
    coalesce(volume, volume_basis) AS volume,
    CAST(1 AS DOUBLE) AS prijs_basis,
    prijs,
    coalesce(mix_basis, mix) AS mix_basis,
    coalesce(mix, mix_basis) AS mix
FROM waarde
