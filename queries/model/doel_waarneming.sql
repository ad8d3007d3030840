-- titel: Waarnemingen van een doel
-- vraag: Hoeveel droeg elke bewoner van pilot en controle in een jaar bij aan de maat van een doel?
-- korrel: doel × wetten × jaar × gebied (pilot, controle) × persoon
-- methode: Elke bewoner, ook zonder zorg, met zijn dagen in het gebied. Reële euro's in dat gebied; voor de maten per 1.000
--   verzekerdejaren 1.000 per persoon (stapeling) of per gebeurtenis (verwijzing). Per doel en jaar tellen alleen de wetten
--   die in dat jaar en in het basisjaar per persoon zijn aangeleverd: `wetten` noemt ze, ook in de rijen van het basisjaar.
-- sleutel: doel, wetten, jaar, gebied, persoon
WITH wetten AS (
    SELECT
        doel,
        jaar,
        basisjaar,
        string_agg(domein, '+' ORDER BY domein) AS wetten
    FROM model.doel_wet
    WHERE per_persoon
    GROUP BY doel, jaar, basisjaar
),

reeks AS (
    SELECT doel, wetten, jaar FROM wetten
    UNION
    SELECT doel, wetten, basisjaar AS jaar FROM wetten
),

reeks_domein AS (
    SELECT DISTINCT
        w.doel,
        w.wetten,
        d.domein
    FROM wetten AS w
    INNER JOIN model.doel_wet AS d ON d.doel = w.doel AND d.jaar = w.jaar AND d.per_persoon
),

plaats AS (
    SELECT
        jaar,
        plaats,
        buurt,
        gebied
    FROM model.gebied
    WHERE niveau = 'rol'
),

bewoner AS (
    SELECT
        p.jaar,
        g.gebied,
        p.persoon,
        sum(p.dagen) AS dagen
    FROM model.persoonjaar AS p
    INNER JOIN plaats AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
    GROUP BY p.jaar, g.gebied, p.persoon
),

-- Onbekend is een som waarvan één reëel bedrag onbekend is.
kosten AS (
    SELECT
        k.jaar,
        g.gebied,
        k.persoon,
        k.domein,
        z.lijn,
        sum(k.bedrag_reeel) AS bedrag,
        count(*) - count(k.bedrag_reeel) AS onbekend
    FROM model.kosten_persoonjaar AS k
    INNER JOIN plaats AS g ON g.jaar = k.jaar AND g.buurt = k.buurt
    INNER JOIN model.zorgsoort AS z ON z.domein = k.domein AND z.zorgsoort = k.zorgsoort
    GROUP BY k.jaar, g.gebied, k.persoon, k.domein, z.lijn
),

euros AS (
    SELECT
        r.doel,
        r.wetten,
        k.jaar,
        k.gebied,
        k.persoon,
        CASE WHEN sum(k.onbekend) = 0 THEN sum(k.bedrag) END AS waarde
    FROM kosten AS k
    INNER JOIN reeks_domein AS r ON r.domein = k.domein
    WHERE r.doel IN ('kosten_totaal', 'kosten_zvw', 'kosten_sociaal_domein')
        OR (r.doel = 'specialistisch' AND k.lijn IN ('2', '3'))
        OR (r.doel = 'hoogspecialistisch' AND k.lijn = '3')
    GROUP BY r.doel, r.wetten, k.jaar, k.gebied, k.persoon
),

geteld AS (
    SELECT
        'stapeling' AS doel,
        s.jaar,
        g.gebied,
        s.persoon,
        1000 AS waarde
    FROM model.stapeling_persoon AS s
    INNER JOIN plaats AS g ON g.jaar = s.jaar AND g.plaats = s.plaats
    WHERE s.telling = 'arrangementen' AND s.aantal >= 2
    UNION ALL
    SELECT
        'verwijzing' AS doel,
        v.jaar,
        g.gebied,
        v.persoon,
        1000 * count(*) AS waarde
    FROM model.verwijzing_gebeurtenis AS v
    INNER JOIN plaats AS g ON g.jaar = v.jaar AND g.buurt = v.buurt
    WHERE v.soort = 'specialist' AND v.eerste
    GROUP BY v.jaar, g.gebied, v.persoon
),

bijdrage AS (
    SELECT doel, wetten, jaar, gebied, persoon, waarde, CASE WHEN waarde IS NULL THEN 1 ELSE 0 END AS onbekend FROM euros
    UNION ALL
    SELECT n.doel, r.wetten, n.jaar, n.gebied, n.persoon, n.waarde, 0 AS onbekend
    FROM geteld AS n
    INNER JOIN reeks AS r ON r.doel = n.doel AND r.jaar = n.jaar
)

SELECT
    r.doel,
    r.wetten,
    r.jaar,
    b.gebied,
    b.persoon,
    CAST(b.dagen AS INTEGER) AS dagen,
    CAST(CASE WHEN coalesce(w.onbekend, 0) = 0 THEN coalesce(w.waarde, 0) END AS DECIMAL(18, 2)) AS waarde
FROM reeks AS r
INNER JOIN bewoner AS b ON b.jaar = r.jaar
LEFT JOIN bijdrage AS w
    ON w.doel = r.doel AND w.wetten = r.wetten AND w.jaar = r.jaar AND w.gebied = b.gebied AND w.persoon = b.persoon
