-- titel: Waarnemingen van een doel
-- vraag: Hoeveel droeg elke bewoner van pilot en controle in een jaar en in het basisjaar bij aan de maat van een doel?
-- korrel: reeks (doel × jaar × gebied) × persoon die er in een van beide jaren woonde
-- methode: Elke bewoner, ook zonder zorg, met zijn dagen in het gebied; wie in een jaar niets bijdroeg of er niet woonde, heeft waarde 0.
--   Wie in beide jaren niets bijdroeg, staat niet apart: `personen` telt wie evenveel dagen had, en `persoon` is leeg. Reële
--   euro's in dat gebied; voor de maten per 1.000 verzekerdejaren 1.000 per persoon (stapeling) of per gebeurtenis (verwijzing).
-- sleutel: reeks, persoon, dagen_basis, dagen
WITH gebieden AS (
    SELECT DISTINCT
        jaar,
        plaats,
        buurt,
        CASE gebied WHEN 'pilot' THEN 1 ELSE 0 END AS pilot
    FROM model.gebied
    WHERE niveau = 'rol'
),

reeksen AS (
    SELECT
        reeks,
        maat,
        doel,
        jaar,
        basisjaar,
        CASE gebied WHEN 'pilot' THEN 1 ELSE 0 END AS pilot
    FROM model.doel_reeks
),

bewoner AS (
    SELECT
        p.jaar,
        g.pilot,
        p.persoon,
        sum(p.dagen) AS dagen
    FROM model.persoonjaar AS p
    INNER JOIN gebieden AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
    GROUP BY p.jaar, g.pilot, p.persoon
),

-- Van elke vergelijking van twee jaren wie er in een van beide woonde.
beide_jaren AS (
    SELECT
        jaar,
        pilot,
        persoon,
        CAST(sum(dagen_basis) AS INTEGER) AS dagen_basis,
        CAST(sum(dagen) AS INTEGER) AS dagen
    FROM (
        SELECT v.jaar, b.pilot, b.persoon, 0 AS dagen_basis, b.dagen
        FROM bewoner AS b
        INNER JOIN (SELECT DISTINCT jaar FROM reeksen) AS v ON v.jaar = b.jaar
        UNION ALL
        SELECT v.jaar, b.pilot, b.persoon, b.dagen AS dagen_basis, 0 AS dagen
        FROM bewoner AS b
        INNER JOIN (SELECT DISTINCT jaar, basisjaar FROM reeksen) AS v ON v.basisjaar = b.jaar
    ) AS woonde
    GROUP BY jaar, pilot, persoon
),

-- Welke zorgsoorten in de euro's van een maat tellen.
soorten AS (
    SELECT DISTINCT
        r.maat,
        s.soort
    FROM reeksen AS r
    INNER JOIN model.doel_wet AS d ON d.doel = r.doel AND d.jaar = r.jaar AND d.per_persoon
    INNER JOIN model.soort AS s ON s.domein = d.domein
    INNER JOIN model.zorgsoort AS z ON z.domein = s.domein AND z.zorgsoort = s.zorgsoort
    WHERE r.doel IN ('kosten_totaal', 'kosten_zvw', 'kosten_sociaal_domein')
        OR (r.doel = 'specialistisch' AND z.lijn IN ('2', '3'))
        OR (r.doel = 'hoogspecialistisch' AND z.lijn = '3')
),

geteld AS (
    SELECT
        'stapeling' AS doel,
        s.jaar,
        g.pilot,
        s.persoon,
        1000 AS waarde
    FROM model.stapeling_persoon AS s
    INNER JOIN gebieden AS g ON g.jaar = s.jaar AND g.plaats = s.plaats
    WHERE s.telling = 'arrangementen' AND s.aantal >= 2
    UNION ALL
    SELECT
        'verwijzing' AS doel,
        v.jaar,
        g.pilot,
        v.persoon,
        1000 * count(*) AS waarde
    FROM model.verwijzing_gebeurtenis AS v
    INNER JOIN gebieden AS g ON g.jaar = v.jaar AND g.plaats = v.plaats
    WHERE v.soort = 'specialist' AND v.eerste
    GROUP BY v.jaar, g.pilot, v.persoon
),

-- Onbekend is een som waarvan één reëel bedrag onbekend is.
bijdrage AS (
    SELECT
        s.maat,
        k.jaar,
        g.pilot,
        k.persoon,
        CAST(sum(k.bedrag_reeel) AS DECIMAL(18, 2)) AS waarde,
        count(*) - count(k.bedrag_reeel) AS onbekend
    FROM model.persoonkosten AS k
    INNER JOIN gebieden AS g ON g.jaar = k.jaar AND g.plaats = k.plaats
    INNER JOIN soorten AS s ON s.soort = k.soort
    GROUP BY s.maat, k.jaar, g.pilot, k.persoon
    UNION ALL
    SELECT m.maat, n.jaar, n.pilot, n.persoon, CAST(n.waarde AS DECIMAL(18, 2)) AS waarde, 0 AS onbekend
    FROM geteld AS n
    INNER JOIN (SELECT DISTINCT doel, maat FROM reeksen) AS m ON m.doel = n.doel
),

paar AS (
    SELECT
        reeks,
        persoon,
        sum(waarde_basis) AS waarde_basis,
        sum(waarde) AS waarde,
        max(onbekend_basis) AS onbekend_basis,
        max(onbekend) AS onbekend
    FROM (
        SELECT r.reeks, w.persoon, 0 AS waarde_basis, w.waarde, 0 AS onbekend_basis, w.onbekend
        FROM bijdrage AS w
        INNER JOIN reeksen AS r ON r.maat = w.maat AND r.jaar = w.jaar AND r.pilot = w.pilot
        WHERE w.waarde <> 0 OR w.onbekend > 0
        UNION ALL
        SELECT r.reeks, w.persoon, w.waarde AS waarde_basis, 0 AS waarde, w.onbekend AS onbekend_basis, 0 AS onbekend
        FROM bijdrage AS w
        INNER JOIN reeksen AS r ON r.maat = w.maat AND r.basisjaar = w.jaar AND r.pilot = w.pilot
        WHERE w.waarde <> 0 OR w.onbekend > 0
    ) AS jaren
    GROUP BY reeks, persoon
),

met_bijdrage AS (
    SELECT
        p.reeks,
        p.persoon,
        1 AS personen,
        b.dagen_basis,
        b.dagen,
        CAST(CASE WHEN p.onbekend_basis = 0 THEN p.waarde_basis END AS DECIMAL(18, 2)) AS waarde_basis,
        CAST(CASE WHEN p.onbekend = 0 THEN p.waarde END AS DECIMAL(18, 2)) AS waarde
    FROM paar AS p
    INNER JOIN reeksen AS r ON r.reeks = p.reeks
    INNER JOIN beide_jaren AS b ON b.jaar = r.jaar AND b.pilot = r.pilot AND b.persoon = p.persoon
),

-- Wie overblijft van alle bewoners met evenveel dagen, droeg in geen van beide jaren bij.
zonder_bijdrage AS (
    SELECT reeks, dagen_basis, dagen, sum(personen) AS personen
    FROM (
        SELECT r.reeks, b.dagen_basis, b.dagen, b.personen
        FROM reeksen AS r
        INNER JOIN (
            SELECT jaar, pilot, dagen_basis, dagen, count(*) AS personen
            FROM beide_jaren
            GROUP BY jaar, pilot, dagen_basis, dagen
        ) AS b ON b.jaar = r.jaar AND b.pilot = r.pilot
        UNION ALL
        SELECT reeks, dagen_basis, dagen, -count(*) AS personen
        FROM met_bijdrage
        GROUP BY reeks, dagen_basis, dagen
    ) AS alle
    GROUP BY reeks, dagen_basis, dagen
)

SELECT reeks, persoon, personen, dagen_basis, dagen, waarde_basis, waarde
FROM met_bijdrage
UNION ALL
SELECT reeks, NULL AS persoon, CAST(personen AS INTEGER) AS personen, dagen_basis, dagen, 0 AS waarde_basis, 0 AS waarde
FROM zonder_bijdrage
WHERE personen > 0
