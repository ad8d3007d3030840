-- titel: Aansluiting
-- vraag: Waar bleef elke aangeleverde euro?
-- korrel: leverancier × domein × jaar × post
-- methode: aangeleverd = in_quarantaine + dubbel + vervangen + gewist + geladen; geladen = credit_zonder_debet + niet_in_bevolking +
--   gemodelleerd, op de cent. Bedrag is debet min credit, in het jaar van het kostendeel; een regel telt in het jaar waarin zij begon.
-- sleutel: leverancier, domein, jaar, post
-- drempel: personen
-- intern: personen, openbaar, binnen, totaal_van, in_regio
-- open: openbaar
-- totalen: posten(leverancier, domein, jaar, binnen) = bedrag;
--   posten(leverancier, domein, jaar, totaal_van) = bedrag waar post = 'aangeleverd' | 'geladen';
--   posten_regels(leverancier, domein, jaar, binnen) = regels;
--   posten_regels(leverancier, domein, jaar, totaal_van) = regels waar post = 'aangeleverd' | 'geladen';
--   kosten_domein(jaar, in_regio, domein) = bedrag
WITH posten AS (
    SELECT nr, post
    FROM (
        VALUES (1, 'gemodelleerd'), (2, 'niet_in_bevolking'), (3, 'in_quarantaine'), (4, 'credit_zonder_debet'), (5, 'dubbel'), (6, 'vervangen')
    ) AS p (nr, post)
),

-- Rekenen gaat op nummers; de namen komen erbij als er weinig rijen over zijn.
domeinen AS (
    SELECT
        domein,
        CAST(dense_rank() OVER (ORDER BY domein) AS INTEGER) AS domeinnr
    FROM (
        SELECT domein FROM model.plaatsing
        UNION
        SELECT coalesce(domein, 'onbekend') AS domein FROM levering.quarantaine WHERE tabel = 'declaraties'
        UNION
        SELECT 'onbekend' AS domein
    ) AS d
),

plaatsingen AS (
    SELECT p.plaatsing, d.domeinnr
    FROM model.plaatsing AS p
    INNER JOIN domeinen AS d ON d.domein = p.domein
),

leveringen AS (
    SELECT
        levering_id,
        leverancier,
        CAST(dense_rank() OVER (ORDER BY leverancier) AS INTEGER) AS leveranciernr
    FROM model.geldige_levering
),

met_uitgesloten_deel AS (
    SELECT DISTINCT
        levering_id,
        regel_nr
    FROM model.kostendeel
    WHERE telt AND plaats IS NULL
),

gemodelleerde_regel AS (
    SELECT DISTINCT
        d.levering_id,
        d.regel_nr
    FROM model.kostendeel AS d
    INNER JOIN met_uitgesloten_deel AS u ON u.levering_id = d.levering_id AND u.regel_nr = d.regel_nr
    WHERE d.telt AND d.plaats IS NOT NULL
),

-- Een regel waarvan een deel meetelt, telt als gemodelleerd; haar uitgesloten delen staan alleen in euro's.
deel AS (
    SELECT
        d.levering_id,
        p.domeinnr,
        d.maand,
        1 AS post,
        d.eerste_deel AS gemodelleerd,
        0 AS niet_gemodelleerd,
        d.bedrag,
        d.persoon
    FROM model.kostendeel AS d
    INNER JOIN plaatsingen AS p ON p.plaatsing = d.plaatsing
    WHERE d.telt AND d.plaats IS NOT NULL
    UNION ALL
    SELECT
        d.levering_id,
        p.domeinnr,
        d.maand,
        2 AS post,
        CASE WHEN m.levering_id IS NULL THEN 0 ELSE d.eerste_deel END AS gemodelleerd,
        CASE WHEN m.levering_id IS NULL THEN d.eerste_deel ELSE 0 END AS niet_gemodelleerd,
        d.bedrag,
        d.persoon
    FROM model.kostendeel AS d
    INNER JOIN plaatsingen AS p ON p.plaatsing = d.plaatsing
    LEFT JOIN gemodelleerde_regel AS m ON m.levering_id = d.levering_id AND m.regel_nr = d.regel_nr
    WHERE d.telt AND d.plaats IS NULL
    UNION ALL
    SELECT
        d.levering_id,
        n.domeinnr,
        d.maand,
        b.nr AS post,
        0 AS gemodelleerd,
        d.eerste_deel AS niet_gemodelleerd,
        d.bedrag,
        d.persoon
    FROM model.kostendeel AS d
    LEFT JOIN model.plaatsing AS p ON p.plaatsing = d.plaatsing
    LEFT JOIN model.afgevallen AS a ON a.levering_id = d.levering_id AND a.regel_nr = d.regel_nr
    LEFT JOIN levering.quarantaine AS q
        ON q.levering_id = d.levering_id AND q.regel_nr = CASE WHEN d.plaatsing IS NULL THEN d.regel_nr END AND q.tabel = 'declaraties'
    INNER JOIN posten AS b
        ON b.post = coalesce(a.bestemming, CASE WHEN d.plaatsing IS NULL THEN 'in_quarantaine' ELSE 'credit_zonder_debet' END)
    INNER JOIN domeinen AS n ON n.domein = coalesce(p.domein, q.domein, 'onbekend')
    WHERE NOT d.telt
),

per_persoon AS (
    SELECT
        l.leveranciernr,
        d.domeinnr,
        CAST(year(d.maand) AS INTEGER) AS jaar,
        d.post,
        d.persoon,
        sum(d.bedrag) AS bedrag,
        sum(d.gemodelleerd) AS gemodelleerd,
        sum(d.niet_gemodelleerd) AS niet_gemodelleerd
    FROM deel AS d
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
    GROUP BY l.leveranciernr, d.domeinnr, CAST(year(d.maand) AS INTEGER), d.post, d.persoon
),

per_post AS (
    SELECT
        l.leverancier,
        n.domein,
        CAST(s.jaar AS BIGINT) AS jaar,
        p.post,
        s.bedrag,
        s.personen,
        s.gemodelleerd,
        s.niet_gemodelleerd
    FROM (
        SELECT
            leveranciernr,
            domeinnr,
            jaar,
            post,
            sum(bedrag) AS bedrag,
            count(persoon) AS personen,
            sum(gemodelleerd) AS gemodelleerd,
            sum(niet_gemodelleerd) AS niet_gemodelleerd
        FROM per_persoon
        GROUP BY leveranciernr, domeinnr, jaar, post
    ) AS s
    INNER JOIN (SELECT DISTINCT leverancier, leveranciernr FROM leveringen) AS l ON l.leveranciernr = s.leveranciernr
    INNER JOIN domeinen AS n ON n.domeinnr = s.domeinnr
    INNER JOIN posten AS p ON p.nr = s.post
),

-- Achter regels in quarantaine staat een onbekend aantal personen.
euros AS (
    SELECT
        leverancier,
        domein,
        jaar,
        post,
        niet_gemodelleerd AS regels,
        bedrag,
        CASE WHEN post = 'in_quarantaine' THEN NULL ELSE personen END AS personen,
        0 AS openbaar
    FROM per_post
),

regels AS (
    SELECT
        leverancier,
        domein,
        jaar,
        'gemodelleerd' AS post,
        gemodelleerd AS regels,
        0 AS bedrag,
        0 AS personen,
        0 AS openbaar
    FROM per_post
    WHERE gemodelleerd > 0
),

aggregaat AS (
    SELECT
        leverancier,
        domein,
        jaar,
        post,
        count(*) AS regels,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(aantal_personen) THEN sum(aantal_personen) END AS personen,
        min(CASE WHEN openbaar THEN 1 ELSE 0 END) AS openbaar
    FROM model.aggregaat
    GROUP BY leverancier, domein, jaar, post
    UNION ALL
    SELECT
        leverancier,
        coalesce(domein, 'onbekend') AS domein,
        jaar,
        'in_quarantaine' AS post,
        count(*) AS regels,
        sum(bedrag) AS bedrag,
        NULL AS personen,
        0 AS openbaar
    FROM levering.quarantaine
    WHERE tabel = 'aggregaat'
    GROUP BY leverancier, coalesce(domein, 'onbekend'), jaar
),

-- Een persoon kan in vele leveringen zijn gewist: het grootste aantal is het minste dat er zeker zijn.
gewist AS (
    SELECT
        g.leverancier,
        w.domein,
        w.jaar,
        'gewist' AS post,
        sum(w.regels) AS regels,
        sum(w.bedrag) AS bedrag,
        max(w.personen) AS personen,
        0 AS openbaar
    FROM levering.wissing AS w
    INNER JOIN levering.grootboek AS g ON g.levering_id = w.levering_id
    WHERE w.tabel = 'declaraties'
    GROUP BY g.leverancier, w.domein, w.jaar
),

uiteinde AS (
    SELECT
        leverancier,
        domein,
        jaar,
        post,
        sum(regels) AS regels,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(personen) THEN sum(personen) END AS personen,
        min(openbaar) AS openbaar
    FROM (
        SELECT * FROM euros
        UNION ALL
        SELECT * FROM regels
        UNION ALL
        SELECT * FROM aggregaat
        UNION ALL
        SELECT * FROM gewist
    ) AS samen
    GROUP BY leverancier, domein, jaar, post
),

-- Elke post met de uiteinden waaruit hij bestaat.
opbouw AS (
    SELECT post, uiteinde
    FROM (
        VALUES
            ('aangeleverd', 'in_quarantaine'), ('aangeleverd', 'dubbel'), ('aangeleverd', 'vervangen'), ('aangeleverd', 'gewist'),
            ('aangeleverd', 'credit_zonder_debet'), ('aangeleverd', 'niet_in_bevolking'), ('aangeleverd', 'gemodelleerd'),
            ('in_quarantaine', 'in_quarantaine'),
            ('dubbel', 'dubbel'),
            ('vervangen', 'vervangen'),
            ('gewist', 'gewist'),
            ('geladen', 'credit_zonder_debet'), ('geladen', 'niet_in_bevolking'), ('geladen', 'gemodelleerd'),
            ('credit_zonder_debet', 'credit_zonder_debet'),
            ('niet_in_bevolking', 'niet_in_bevolking'),
            ('gemodelleerd', 'gemodelleerd')
    ) AS o (post, uiteinde)
),

groepen AS (
    SELECT DISTINCT
        leverancier,
        domein,
        jaar
    FROM uiteinde
)

SELECT
    g.leverancier,
    g.domein,
    g.jaar,
    o.post,
    CAST(coalesce(sum(u.regels), 0) AS BIGINT) AS regels,
    CAST(coalesce(sum(u.bedrag), 0) AS DECIMAL(18, 2)) AS bedrag,
    CASE WHEN count(u.post) = count(u.personen) THEN CAST(coalesce(sum(u.personen), 0) AS BIGINT) END AS personen,
    CASE WHEN min(u.openbaar) = 1 THEN 'ja' ELSE 'nee' END AS openbaar,
    CASE
        WHEN o.post IN ('in_quarantaine', 'dubbel', 'vervangen', 'gewist', 'geladen') THEN 'aangeleverd'
        WHEN o.post IN ('credit_zonder_debet', 'niet_in_bevolking', 'gemodelleerd') THEN 'geladen'
    END AS binnen,
    CASE WHEN o.post IN ('aangeleverd', 'geladen') THEN o.post END AS totaal_van,
    CASE WHEN o.post = 'gemodelleerd' THEN 'regio' END AS in_regio
FROM groepen AS g
CROSS JOIN opbouw AS o
LEFT JOIN uiteinde AS u
    ON u.leverancier = g.leverancier
    AND u.domein = g.domein
    AND u.jaar IS NOT DISTINCT FROM g.jaar
    AND u.post = o.uiteinde
GROUP BY g.leverancier, g.domein, g.jaar, o.post
-- Gewist staat er alleen waar iemand gewist is.
HAVING o.post <> 'gewist' OR count(u.post) > 0
ORDER BY g.leverancier, g.domein, g.jaar, o.post
