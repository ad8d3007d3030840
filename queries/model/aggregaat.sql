-- titel: Aggregaten die meetellen
-- vraag: Welke geaggregeerde rijen vullen de kostentabellen, en voor welk gebied?
-- korrel: aangeleverde rij van een aggregaat
-- methode: Per leverancier, domein en jaar geldt de nieuwste levering; per domein en jaar het fijnste gebied. Waar een
--   domein in een jaar regels per persoon heeft, telt het aggregaat niet. Buiten de gebiedstabel: alleen voor de benchmark.
-- sleutel: levering_id, regel_nr, zorgsoort
WITH aangeleverd AS (
    SELECT
        a.*,
        d.leverancier,
        d.geldt,
        l.openbaar
    FROM levering.aggregaat AS a
    INNER JOIN model.geldig_domeinjaar AS d ON d.levering_id = a.levering_id AND d.domein = a.domein AND d.jaar = a.jaar
    INNER JOIN model.geldige_levering AS l ON l.levering_id = a.levering_id
),

fijnste AS (
    SELECT
        a.domein,
        a.jaar,
        min(g.niveau) AS niveau
    FROM aangeleverd AS a
    INNER JOIN model.aangeleverd_gebied AS g ON g.jaar = a.jaar AND g.gebied = a.gebied
    WHERE a.geldt
    GROUP BY a.domein, a.jaar
),

per_persoon AS (
    SELECT DISTINCT
        p.domein,
        year(k.maand) AS jaar
    FROM model.maandkosten AS k
    INNER JOIN model.plaatsing AS p ON p.plaatsing = k.plaatsing
),

bekend AS (
    SELECT
        domein,
        zorgsoort,
        min(leefdomein) AS leefdomein,
        min(lijn) AS lijn
    FROM referentie.zorgsoort
    GROUP BY domein, zorgsoort
)

SELECT
    a.levering_id,
    a.regel_nr,
    a.leverancier,
    a.domein,
    a.jaar,
    a.gebied AS gebiedsnaam,
    g.niveau,
    g.buurt,
    g.wijk,
    g.gemeente,
    g.rol,
    a.geslacht,
    a.leeftijdsklasse,
    -- Vijfjaarsklasse 0 (0-4) … 18 (90+), zoals bij persoonjaar.
    CAST(
        CASE
            WHEN a.leeftijdsklasse = '90+' THEN 18
            ELSE CAST(substr(a.leeftijdsklasse, 1, strpos(a.leeftijdsklasse, '-') - 1) AS INTEGER) / 5
        END AS INTEGER
    ) AS klasse,
    coalesce(z.zorgsoort, 'onbekend') AS zorgsoort,
    coalesce(z.leefdomein, 'onbekend') AS leefdomein,
    coalesce(z.lijn, 'onbekend') AS lijn,
    a.aantal_personen,
    a.verzekerdejaren,
    CAST(a.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(
        CAST(CAST(a.bedrag AS DOUBLE) * CAST(q.index_basis AS DOUBLE) / CAST(q.index_jaar AS DOUBLE) AS DECIMAL(28, 10))
        AS DECIMAL(18, 2)
    ) AS bedrag_reeel,
    a.openbaar,
    a.geldt,
    CASE
        WHEN NOT a.geldt THEN 'vervangen'
        WHEN p.domein IS NOT NULL THEN 'vervangen'
        WHEN g.niveau IS NULL THEN 'niet_in_bevolking'
        WHEN g.niveau > f.niveau THEN 'vervangen'
        ELSE 'gemodelleerd'
    END AS post
FROM aangeleverd AS a
LEFT JOIN model.aangeleverd_gebied AS g ON g.jaar = a.jaar AND g.gebied = a.gebied
LEFT JOIN fijnste AS f ON f.domein = a.domein AND f.jaar = a.jaar
LEFT JOIN model.prijs AS q ON q.domein = a.domein AND q.zorgsoort = a.zorgsoort AND q.jaar = a.jaar
LEFT JOIN per_persoon AS p ON p.domein = a.domein AND p.jaar = a.jaar
LEFT JOIN bekend AS z ON z.domein = a.domein AND z.zorgsoort = a.zorgsoort
