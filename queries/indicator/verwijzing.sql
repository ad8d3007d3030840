-- titel: Verwijzing
-- vraag: Hoe lopen mensen van de huisarts via de anderhalvelijn naar de specialist, en hoe vaak komen zij daar terug?
-- korrel: jaar × gebied × maat
-- methode: Eerste contact: in de 365 dagen ervoor geen contact van die soort bij dat specialisme. Maten per 1.000 verzekerdejaren,
--   of als deel van de eerste contacten. Declaraties bevatten geen verwijsbrief: het zijn benaderingen. In het eerste jaar
--   ontbreekt wat eraan voorafging; een jaar dat verder kijkt dan de gegevens reiken, is voorlopig.
-- sleutel: jaar, gebied, maat
-- drempel: personen; personen_overig
-- intern: personen, personen_overig, schaal
-- vast: schaal
-- optelbaar: teller
-- afgeleid: waarde = schaal * teller / noemer
WITH maten AS (
    SELECT m.maat, m.soort, m.per_1000, m.kijkt_verder
    FROM (
        VALUES
            ('huisarts_per_1000', 'huisarts', TRUE, FALSE),
            ('anderhalf_per_1000', 'anderhalf', TRUE, FALSE),
            ('eerste_dbc_per_1000', 'specialist', TRUE, FALSE),
            ('na_huisarts', 'specialist', FALSE, FALSE),
            ('verwezen_door_huisarts', 'specialist', FALSE, FALSE),
            ('via_anderhalf', 'specialist', FALSE, FALSE),
            ('anderhalf_doorverwezen', 'anderhalf', FALSE, TRUE),
            ('herhaald_12_maanden', 'specialist', FALSE, TRUE)
    ) AS m (maat, soort, per_1000, kijkt_verder)
),

-- Per persoon alle contacten die in een noemer tellen, en die waarvan iets bijzonders is vastgesteld.
geteld AS (
    SELECT
        soort,
        jaar,
        plaats,
        persoon,
        count(*) AS alle,
        0 AS na_huisarts,
        0 AS met_verwijzer,
        0 AS van_huisarts,
        0 AS via_anderhalf,
        0 AS naar_specialist,
        0 AS herhaald
    FROM model.zorgcontact
    WHERE soort = 'huisarts'
    GROUP BY soort, jaar, plaats, persoon
    UNION ALL
    SELECT
        soort,
        jaar,
        plaats,
        persoon,
        count(*) AS alle,
        count(*) FILTER (WHERE na_huisarts) AS na_huisarts,
        count(*) FILTER (WHERE met_verwijzer) AS met_verwijzer,
        count(*) FILTER (WHERE van_huisarts) AS van_huisarts,
        count(*) FILTER (WHERE via_anderhalf) AS via_anderhalf,
        count(*) FILTER (WHERE naar_specialist) AS naar_specialist,
        count(*) FILTER (WHERE herhaald) AS herhaald
    FROM model.verwijzing_gebeurtenis
    WHERE eerste
    GROUP BY soort, jaar, plaats, persoon
),

verhuisd AS (
    SELECT jaar, persoon
    FROM geteld
    GROUP BY jaar, persoon
    HAVING min(plaats) <> max(plaats)
),

-- Wie het hele jaar op één plaats telt, gaat op in allen daar met dezelfde aantallen: zo blijven er weinig rijen over.
gelijk AS (
    SELECT
        n.soort,
        n.jaar,
        n.plaats,
        n.alle,
        n.na_huisarts,
        n.met_verwijzer,
        n.van_huisarts,
        n.via_anderhalf,
        n.naar_specialist,
        n.herhaald,
        count(*) AS personen
    FROM geteld AS n
    LEFT JOIN verhuisd AS v ON v.jaar = n.jaar AND v.persoon = n.persoon
    WHERE v.persoon IS NULL
    GROUP BY
        n.soort, n.jaar, n.plaats, n.alle, n.na_huisarts, n.met_verwijzer, n.van_huisarts, n.via_anderhalf, n.naar_specialist, n.herhaald
),

per_persoon AS (
    SELECT
        n.soort,
        n.jaar,
        g.gebied,
        n.alle,
        n.na_huisarts,
        n.met_verwijzer,
        n.van_huisarts,
        n.via_anderhalf,
        n.naar_specialist,
        n.herhaald,
        n.personen
    FROM gelijk AS n
    INNER JOIN model.gebied AS g ON g.jaar = n.jaar AND g.plaats = n.plaats
    UNION ALL
    SELECT
        n.soort,
        n.jaar,
        g.gebied,
        sum(n.alle) AS alle,
        sum(n.na_huisarts) AS na_huisarts,
        sum(n.met_verwijzer) AS met_verwijzer,
        sum(n.van_huisarts) AS van_huisarts,
        sum(n.via_anderhalf) AS via_anderhalf,
        sum(n.naar_specialist) AS naar_specialist,
        sum(n.herhaald) AS herhaald,
        1 AS personen
    FROM geteld AS n
    INNER JOIN verhuisd AS v ON v.jaar = n.jaar AND v.persoon = n.persoon
    INNER JOIN model.gebied AS g ON g.jaar = n.jaar AND g.plaats = n.plaats
    GROUP BY n.soort, n.jaar, g.gebied, n.persoon
),

gemeten AS (
    SELECT
        m.maat,
        p.jaar,
        p.gebied,
        p.personen,
        CASE m.maat
            WHEN 'na_huisarts' THEN p.na_huisarts
            WHEN 'verwezen_door_huisarts' THEN p.van_huisarts
            WHEN 'via_anderhalf' THEN p.via_anderhalf
            WHEN 'anderhalf_doorverwezen' THEN p.naar_specialist
            WHEN 'herhaald_12_maanden' THEN p.herhaald
            ELSE p.alle
        END AS geteld,
        CASE m.maat WHEN 'verwezen_door_huisarts' THEN p.met_verwijzer ELSE p.alle END AS alle
    FROM per_persoon AS p
    INNER JOIN maten AS m ON m.soort = p.soort
),

per_gebied AS (
    SELECT
        maat,
        jaar,
        gebied,
        sum(geteld * personen) AS geteld,
        sum(alle * personen) AS alle,
        sum(CASE WHEN geteld > 0 THEN personen ELSE 0 END) AS personen,
        sum(CASE WHEN geteld = 0 AND alle > 0 THEN personen ELSE 0 END) AS personen_overig
    FROM gemeten
    GROUP BY maat, jaar, gebied
),

bewoners AS (
    SELECT
        jaar,
        gebied,
        sum(dagen) AS dagen
    FROM model.noemer
    WHERE domein = 'zvw'
    GROUP BY jaar, gebied
),

eerste_jaar AS (
    SELECT min(year(r.begindatum)) AS jaar
    FROM model.declaratieregel AS r
    INNER JOIN model.plaatsing AS p ON p.plaatsing = r.plaatsing AND p.domein = 'zvw'
    WHERE r.telt AND r.niet_gecrediteerd
),

-- Van de jaren die nog geen twee jaar na hun begin volledig zijn, kan het vervolg nog groeien.
vervolg_open AS (
    SELECT j.jaar
    FROM model.jaar AS j
    CROSS JOIN (SELECT max(datum) AS dag FROM model.geldige_levering) AS stand
    LEFT JOIN referentie.voorlopig AS v
        ON v.domein = 'zvw'
        AND coalesce(v.geldig_van, DATE '0001-01-01') <= j.nieuwjaar
        AND coalesce(v.geldig_tot, DATE '9999-12-31') >= j.nieuwjaar
    WHERE stand.dag < CAST(j.nieuwjaar + INTERVAL '2' YEAR + INTERVAL '1' MONTH * coalesce(v.maanden, 0) AS DATE)
),

cel AS (
    SELECT
        c.jaar,
        c.gebied,
        m.maat,
        m.per_1000,
        coalesce(p.geteld, 0) AS teller,
        CAST(CASE WHEN m.per_1000 THEN CAST(b.dagen AS DOUBLE) / c.dagen_in_jaar ELSE coalesce(p.alle, 0) END AS DOUBLE) AS noemer,
        CASE
            WHEN c.jaar = e.jaar AND m.maat <> 'huisarts_per_1000' THEN 'onvolledig'
            WHEN m.kijkt_verder AND o.jaar IS NOT NULL THEN 'voorlopig'
            ELSE c.status
        END AS status,
        coalesce(p.personen, 0) AS personen,
        CASE WHEN m.per_1000 THEN 0 ELSE coalesce(p.personen_overig, 0) END AS personen_overig
    FROM model.cel AS c
    CROSS JOIN maten AS m
    CROSS JOIN eerste_jaar AS e
    LEFT JOIN per_gebied AS p ON p.maat = m.maat AND p.jaar = c.jaar AND p.gebied = c.gebied
    LEFT JOIN bewoners AS b ON b.jaar = c.jaar AND b.gebied = c.gebied
    LEFT JOIN vervolg_open AS o ON o.jaar = c.jaar
    WHERE c.domein = 'zvw' AND c.herkomst = 'persoon' AND c.status <> 'onvolledig'
)

SELECT
    jaar,
    gebied,
    maat,
    CAST(teller AS BIGINT) AS teller,
    CAST(coalesce(noemer, 0) AS DECIMAL(18, 6)) AS noemer,
    CAST(CASE WHEN per_1000 THEN 1000 ELSE 1 END * CAST(teller AS DOUBLE) / nullif(noemer, 0) AS DECIMAL(18, 6)) AS waarde,
    status,
    CAST(personen AS BIGINT) AS personen,
    CAST(personen_overig AS BIGINT) AS personen_overig,
    CAST(CASE WHEN per_1000 THEN 1000 ELSE 1 END AS INTEGER) AS schaal
FROM cel
ORDER BY jaar, gebied, maat
