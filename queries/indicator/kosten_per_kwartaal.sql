-- titel: Kosten per kwartaal
-- vraag: Wat is er nieuw, en hoe verhoudt een kwartaal zich tot hetzelfde kwartaal een jaar eerder, even lang na afloop?
-- korrel: kwartaal × {regio, pilot, controle} × domein
-- methode: Verzekerdejaren zijn de dagen van bewoners in het kwartaal, gedeeld door de dagen van het jaar. Volledigheid is die van de
--   regio. bedrag_peil is wat tot en met de peilmaand is gedeclareerd; bedrag_jaar_eerder is van hetzelfde kwartaal een jaar
--   eerder wat twaalf maanden voor de peilmaand was gedeclareerd. Zonder declaratiedatum zijn beide onbekend.
-- sleutel: kwartaal, gebied, domein
-- drempel: personen
-- intern: personen, jaar, grootste, tweede, aanbieders, aanbieder_grootste, aanbieder_tweede
-- totalen: kosten_domein(jaar, gebied, domein) = bedrag; kosten_kwartaal(kwartaal, gebied, domein) = bedrag
-- evenredig: bedrag_reeel = bedrag per jaar, domein
-- dominantie: bedrag
-- afgeleid: per_verzekerdejaar = bedrag / verzekerdejaren op 5; per_verzekerdejaar_reeel = bedrag_reeel / verzekerdejaren op 5;
--   volledigheid = volledigheid mits bedrag op 0.001
WITH kwartalen AS (
    SELECT
        CAST(j.jaar AS VARCHAR) || '-K' || CAST(n.nr AS VARCHAR) AS kwartaal,
        j.jaar,
        n.nr,
        j.dagen AS dagen_in_jaar,
        j.onvolledig,
        CAST(j.nieuwjaar + INTERVAL '3' MONTH * (n.nr - 1) AS DATE) AS eerste_dag,
        CAST(j.nieuwjaar + INTERVAL '3' MONTH * n.nr - INTERVAL '1' DAY AS DATE) AS laatste_dag
    FROM model.jaar AS j
    CROSS JOIN (VALUES (1), (2), (3), (4)) AS n (nr)
),

gebieden AS (
    SELECT
        jaar,
        gebied,
        plaats
    FROM model.gebied
    WHERE gebied IN ('regio', 'pilot', 'controle')
),

dagen AS (
    SELECT
        k.kwartaal,
        g.gebied,
        sum(date_diff('day', greatest(v.begindatum, k.eerste_dag), least(v.einddatum, k.laatste_dag)) + 1) AS dagen
    FROM kwartalen AS k
    INNER JOIN model.verblijf AS v ON v.begindatum <= k.laatste_dag AND v.einddatum >= k.eerste_dag
    INNER JOIN gebieden AS g ON g.jaar = k.jaar AND g.plaats = v.plaats
    GROUP BY k.kwartaal, g.gebied
),

-- Rekenen gaat op nummers; de namen komen erbij als er weinig rijen over zijn.
plaatsing AS (
    SELECT
        plaatsing,
        domein,
        CAST(dense_rank() OVER (ORDER BY domein) AS INTEGER) AS domeinnr
    FROM model.plaatsing
),

rol AS (
    SELECT
        jaar,
        plaats,
        max(CASE WHEN gebied = 'pilot' THEN 1 ELSE 0 END) AS pilot,
        max(CASE WHEN gebied = 'controle' THEN 1 ELSE 0 END) AS controle
    FROM gebieden
    GROUP BY jaar, plaats
),

per_plaats AS (
    SELECT
        maand,
        plaats,
        plaatsing,
        sum(bedrag) AS bedrag,
        sum(bedrag_reeel) AS bedrag_reeel,
        count(*) - count(bedrag_reeel) AS onbekend
    FROM model.maandkosten
    GROUP BY maand, plaats, plaatsing
),

euros AS (
    SELECT
        year(k.maand) AS jaar,
        quarter(k.maand) AS nr,
        g.gebied,
        p.domein,
        sum(k.bedrag) AS bedrag,
        CASE WHEN sum(k.onbekend) = 0 THEN sum(k.bedrag_reeel) END AS bedrag_reeel
    FROM per_plaats AS k
    INNER JOIN plaatsing AS p ON p.plaatsing = k.plaatsing
    INNER JOIN gebieden AS g ON g.jaar = year(k.maand) AND g.plaats = k.plaats
    GROUP BY year(k.maand), quarter(k.maand), g.gebied, p.domein
),

per_persoon AS (
    SELECT
        CAST(4 * year(k.maand) + quarter(k.maand) AS INTEGER) AS kwartaalnr,
        p.domeinnr,
        k.persoon,
        max(r.pilot) AS pilot,
        max(r.controle) AS controle,
        abs(sum(k.bedrag)) AS bedrag,
        abs(sum(CASE WHEN r.pilot = 1 THEN k.bedrag ELSE 0 END)) AS bedrag_pilot,
        abs(sum(CASE WHEN r.controle = 1 THEN k.bedrag ELSE 0 END)) AS bedrag_controle
    FROM model.maandkosten AS k
    INNER JOIN plaatsing AS p ON p.plaatsing = k.plaatsing
    INNER JOIN rol AS r ON r.jaar = year(k.maand) AND r.plaats = k.plaats
    GROUP BY CAST(4 * year(k.maand) + quarter(k.maand) AS INTEGER), p.domeinnr, k.persoon
),

personen AS (
    SELECT
        kwartaalnr,
        domeinnr,
        count(*) AS regio,
        sum(pilot) AS pilot,
        sum(controle) AS controle,
        max(bedrag, 2)[1] AS grootste_regio,
        CASE WHEN count(*) > 1 THEN max(bedrag, 2)[2] ELSE 0 END AS tweede_regio,
        max(bedrag_pilot, 2)[1] AS grootste_pilot,
        CASE WHEN count(*) > 1 THEN max(bedrag_pilot, 2)[2] ELSE 0 END AS tweede_pilot,
        max(bedrag_controle, 2)[1] AS grootste_controle,
        CASE WHEN count(*) > 1 THEN max(bedrag_controle, 2)[2] ELSE 0 END AS tweede_controle
    FROM per_persoon
    GROUP BY kwartaalnr, domeinnr
),

kosten AS (
    SELECT
        e.jaar,
        e.nr,
        e.gebied,
        e.domein,
        e.bedrag,
        e.bedrag_reeel,
        CASE e.gebied WHEN 'pilot' THEN n.pilot WHEN 'controle' THEN n.controle ELSE n.regio END AS personen,
        CASE e.gebied WHEN 'pilot' THEN n.grootste_pilot WHEN 'controle' THEN n.grootste_controle ELSE n.grootste_regio END AS grootste,
        CASE e.gebied WHEN 'pilot' THEN n.tweede_pilot WHEN 'controle' THEN n.tweede_controle ELSE n.tweede_regio END AS tweede
    FROM euros AS e
    INNER JOIN (SELECT DISTINCT domein, domeinnr FROM plaatsing) AS d ON d.domein = e.domein
    INNER JOIN personen AS n ON n.domeinnr = d.domeinnr AND n.kwartaalnr = 4 * e.jaar + e.nr
),

-- Wat de peilmaand haalde, en wat een jaar voor de peilmaand al binnen was.
op_peil AS (
    SELECT
        year(d.maand) AS jaar,
        quarter(d.maand) AS nr,
        d.domein,
        d.rol,
        sum(CASE WHEN d.declaratiemaand <= p.peilmaand THEN d.bedrag ELSE 0 END) AS nu,
        sum(CASE WHEN d.declaratiemaand <= CAST(p.peilmaand - INTERVAL '1' YEAR AS DATE) THEN d.bedrag ELSE 0 END) AS jaar_eerder,
        count(*) - count(d.declaratiemaand) AS zonder_datum
    FROM model.volledigheid_deel AS d
    INNER JOIN model.peilmaand AS p ON p.domein = d.domein
    GROUP BY year(d.maand), quarter(d.maand), d.domein, d.rol
),

op_peil_gebied AS (
    SELECT jaar, nr, domein, 'regio' AS gebied, sum(nu) AS nu, sum(jaar_eerder) AS jaar_eerder, sum(zonder_datum) AS zonder_datum
    FROM op_peil
    GROUP BY jaar, nr, domein
    UNION ALL
    SELECT jaar, nr, domein, rol AS gebied, nu, jaar_eerder, 0 AS zonder_datum
    FROM op_peil
    WHERE rol <> ''
),

-- Van beide kwartalen moet elke regel van de regio een declaratiedatum hebben.
vergelijkbaar AS (
    SELECT
        k.jaar,
        k.nr,
        p.domein
    FROM kwartalen AS k
    CROSS JOIN model.peilmaand AS p
    INNER JOIN (SELECT min(jaar) AS jaar FROM model.jaar) AS e ON k.jaar > e.jaar
    LEFT JOIN op_peil_gebied AS o
        ON o.gebied = 'regio' AND o.domein = p.domein AND o.nr = k.nr AND o.jaar IN (k.jaar, k.jaar - 1) AND o.zonder_datum > 0
    WHERE o.jaar IS NULL
),

volledig AS (
    SELECT
        year(maand) AS jaar,
        quarter(maand) AS nr,
        domein,
        CASE
            WHEN count(*) = count(verwacht_totaal) AND sum(verwacht_totaal) > 0
                THEN TRY_CAST(CAST(sum(aangeleverd) AS DOUBLE) / CAST(sum(verwacht_totaal) AS DOUBLE) AS DECIMAL(18, 6))
        END AS volledigheid
    FROM uitkomst.volledigheid
    GROUP BY year(maand), quarter(maand), domein
),

cel AS (
    SELECT
        k.kwartaal,
        k.jaar,
        k.nr,
        k.dagen_in_jaar,
        k.onvolledig,
        c.gebied,
        c.domein,
        c.status
    FROM kwartalen AS k
    INNER JOIN (SELECT DISTINCT jaar, gebied FROM gebieden) AS g ON g.jaar = k.jaar
    INNER JOIN model.cel AS c ON c.jaar = g.jaar AND c.gebied = g.gebied AND c.herkomst = 'persoon'
)

SELECT
    c.kwartaal,
    c.gebied,
    c.domein,
    CAST(coalesce(b.bedrag, 0) AS DECIMAL(18, 2)) AS bedrag,
    CAST(CASE WHEN b.jaar IS NULL THEN 0 ELSE b.bedrag_reeel END AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(CAST(coalesce(d.dagen, 0) AS DOUBLE) / c.dagen_in_jaar AS DECIMAL(18, 6)) AS verzekerdejaren,
    CAST(CAST(coalesce(b.bedrag, 0) AS DOUBLE) * c.dagen_in_jaar / nullif(d.dagen, 0) AS DECIMAL(18, 6)) AS per_verzekerdejaar,
    CAST(
        CAST(CASE WHEN b.jaar IS NULL THEN 0 ELSE b.bedrag_reeel END AS DOUBLE) * c.dagen_in_jaar / nullif(d.dagen, 0)
        AS DECIMAL(18, 6)
    ) AS per_verzekerdejaar_reeel,
    w.volledigheid,
    CAST(CASE WHEN v.domein IS NOT NULL THEN coalesce(n.nu, 0) END AS DECIMAL(18, 2)) AS bedrag_peil,
    CAST(CASE WHEN v.domein IS NOT NULL THEN coalesce(e.jaar_eerder, 0) END AS DECIMAL(18, 2)) AS bedrag_jaar_eerder,
    CASE
        WHEN c.onvolledig THEN 'onvolledig'
        WHEN w.volledigheid IS NULL THEN c.status
        WHEN w.volledigheid >= 0.98 THEN 'definitief'
        WHEN w.volledigheid >= 0.80 THEN 'voorlopig'
        ELSE 'onvolledig'
    END AS status,
    CAST(coalesce(b.personen, 0) AS BIGINT) AS personen,
    CAST(c.jaar AS INTEGER) AS jaar,
    CAST(coalesce(b.grootste, 0) AS DECIMAL(18, 2)) AS grootste,
    CAST(coalesce(b.tweede, 0) AS DECIMAL(18, 2)) AS tweede,
    coalesce(a.aanbieders, 0) AS aanbieders,
    CAST(coalesce(a.grootste, 0) AS DECIMAL(18, 2)) AS aanbieder_grootste,
    CAST(coalesce(a.tweede, 0) AS DECIMAL(18, 2)) AS aanbieder_tweede
FROM cel AS c
LEFT JOIN kosten AS b ON b.jaar = c.jaar AND b.nr = c.nr AND b.gebied = c.gebied AND b.domein = c.domein
LEFT JOIN model.aanbieders AS a
    ON a.indeling = 'kwartaal' AND a.jaar = c.jaar AND a.kwartaal = c.nr AND a.gebied = c.gebied AND a.domein = c.domein
LEFT JOIN dagen AS d ON d.kwartaal = c.kwartaal AND d.gebied = c.gebied
LEFT JOIN volledig AS w ON w.jaar = c.jaar AND w.nr = c.nr AND w.domein = c.domein
LEFT JOIN vergelijkbaar AS v ON v.jaar = c.jaar AND v.nr = c.nr AND v.domein = c.domein
LEFT JOIN op_peil_gebied AS n ON n.jaar = c.jaar AND n.nr = c.nr AND n.gebied = c.gebied AND n.domein = c.domein
LEFT JOIN op_peil_gebied AS e ON e.jaar = c.jaar - 1 AND e.nr = c.nr AND e.gebied = c.gebied AND e.domein = c.domein
ORDER BY c.kwartaal, c.gebied, c.domein
