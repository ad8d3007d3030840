-- titel: Zorgcontacten
-- vraag: Op welke dag was een persoon bij de huisarts, in de anderhalvelijn of bij een specialist?
-- korrel: soort × persoon × specialisme × dag
-- methode: Debetregels van de Zvw die tellen en niet geheel zijn gecrediteerd, op hun begindatum; wie die dag niet in de bevolking
--   staat, valt af. `specialist`: DBC-zorg (codelijst 041) van lijn 2 of 3; `anderhalf`: zorg van lijn 1.5; beide met een
--   specialisme. `huisarts`: huisartsenzorg met een prestatiecode uit de tabel huisartscontact; haar specialisme is leeg.
-- sleutel: soort, persoon, specialisme, dag
WITH codes AS (
    SELECT DISTINCT
        k.codering,
        k.plaatsing,
        k.zorgsoort,
        z.lijn,
        c.codelijst,
        c.prestatiecode,
        coalesce(c.specialisme, '') AS specialisme,
        coalesce(c.verwijzer, '') AS verwijzer
    FROM model.zorgsoort_keuze AS k
    INNER JOIN opslag.codering AS c ON c.codering = k.codering
    INNER JOIN model.zorgsoort AS z ON z.domein = k.domein AND z.zorgsoort = k.zorgsoort
    WHERE k.domein = 'zvw'
),

contactcode AS (
    SELECT
        codering,
        plaatsing,
        CASE WHEN lijn = '1.5' THEN 'anderhalf' ELSE 'specialist' END AS soort,
        specialisme,
        verwijzer,
        DATE '0001-01-01' AS vanaf,
        DATE '9999-12-31' AS tot
    FROM codes
    WHERE specialisme <> '' AND (lijn = '1.5' OR (lijn IN ('2', '3') AND codelijst = '041'))
    UNION ALL
    SELECT
        c.codering,
        c.plaatsing,
        'huisarts' AS soort,
        '' AS specialisme,
        c.verwijzer,
        coalesce(h.geldig_van, DATE '0001-01-01') AS vanaf,
        coalesce(h.geldig_tot, DATE '9999-12-31') AS tot
    FROM codes AS c
    INNER JOIN referentie.huisartscontact AS h ON c.prestatiecode LIKE h.prestatiecode
    WHERE c.zorgsoort = 'huisarts'
),

contact AS (
    SELECT
        c.soort,
        r.persoon,
        c.specialisme,
        r.begindatum AS dag,
        max(CASE WHEN c.verwijzer <> '' THEN 1 ELSE 0 END) AS met_verwijzer,
        max(CASE WHEN c.verwijzer = '02' THEN 1 ELSE 0 END) AS van_huisarts
    FROM model.declaratieregel AS r
    INNER JOIN contactcode AS c ON c.codering = r.codering AND c.plaatsing = r.plaatsing
    WHERE r.telt AND r.niet_gecrediteerd AND c.vanaf <= r.begindatum AND c.tot >= r.begindatum
    GROUP BY c.soort, r.persoon, c.specialisme, r.begindatum
)

SELECT
    c.soort,
    c.persoon,
    c.specialisme,
    c.dag,
    CAST(year(c.dag) AS INTEGER) AS jaar,
    v.plaats,
    c.met_verwijzer = 1 AS met_verwijzer,
    c.van_huisarts = 1 AS van_huisarts
FROM contact AS c
INNER JOIN model.verblijf AS v ON v.persoon = c.persoon AND v.begindatum <= c.dag AND v.einddatum >= c.dag
