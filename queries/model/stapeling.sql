-- titel: Stapeling per persoon en per huishouden
-- vraag: Hoeveel arrangementen, en uit hoeveel wetten, liepen er bij een persoon of huishouden op één dag hoogstens tegelijk?
-- korrel: persoon of huishouden × telling × jaar; alleen wie iets had
-- methode: Het hoogste aantal verschillende voorzieningen over de dagen van het jaar dat iemand hier woonde, geplaatst waar dat op de
--   eerste van die dagen was (naar de CBS Stapelingsmonitor, die personen met gebruik uit meer regelingen telt). Een huishouden
--   heeft wat zijn leden hebben op de dagen dat zij er wonen. Wie maar één soort had, hoeft niet per dag te worden geteld.
-- sleutel: is_huishouden, nummer, per_wet, jaar
WITH codes AS (
    SELECT
        c.codering,
        c.domein,
        coalesce(c.productcategorie, '') AS productcategorie
    FROM opslag.codering AS c
    LEFT JOIN (SELECT DISTINCT domein FROM model.toewijzing) AS m ON m.domein = c.domein
    WHERE m.domein IS NULL
),

-- Wat er kan lopen, genummerd; een arrangement is er alleen van Wmo, Jeugdwet en Wlz.
soorten AS (
    SELECT
        domein,
        productcategorie,
        dense_rank() OVER (ORDER BY domein) AS wet,
        CASE WHEN domein IN ('wmo', 'jeugdwet', 'wlz') THEN dense_rank() OVER (ORDER BY domein, productcategorie) END AS voorziening
    FROM (
        SELECT domein, productcategorie FROM model.toewijzing
        UNION
        SELECT domein, productcategorie FROM codes
    ) AS samen
),

lopend AS (
    SELECT
        t.persoon,
        s.wet,
        s.voorziening,
        t.begindatum,
        t.einddatum
    FROM model.toewijzing AS t
    INNER JOIN soorten AS s ON s.domein = t.domein AND s.productcategorie = t.productcategorie
    UNION ALL
    SELECT
        r.persoon,
        s.wet,
        s.voorziening,
        r.begindatum,
        r.einddatum
    FROM model.declaratieregel AS r
    INNER JOIN codes AS c ON c.codering = r.codering
    INNER JOIN soorten AS s ON s.domein = c.domein AND s.productcategorie = c.productcategorie
    WHERE r.telt AND r.niet_gecrediteerd
),

bewoond AS (
    SELECT
        l.persoon,
        v.huis,
        v.plaats,
        l.wet,
        l.voorziening,
        greatest(l.begindatum, v.begindatum) AS van,
        least(l.einddatum, v.einddatum) AS tot
    FROM lopend AS l
    INNER JOIN model.verblijf AS v
        ON v.persoon = l.persoon AND v.begindatum <= l.einddatum AND v.einddatum >= l.begindatum
),

-- Het meeste begint en eindigt in één jaar; alleen de rest wordt over de jaren verdeeld.
per_jaar AS (
    SELECT b.persoon, b.huis, b.plaats, j.jaar, b.wet, b.voorziening, b.van, b.tot
    FROM bewoond AS b
    INNER JOIN model.jaar AS j ON j.jaar = year(b.van)
    WHERE year(b.van) = year(b.tot)
    UNION ALL
    SELECT
        b.persoon, b.huis, b.plaats, j.jaar, b.wet, b.voorziening,
        greatest(b.van, j.nieuwjaar) AS van,
        least(b.tot, CAST(j.nieuwjaar + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE)) AS tot
    FROM bewoond AS b
    INNER JOIN model.jaar AS j ON j.jaar BETWEEN year(b.van) AND year(b.tot)
    WHERE year(b.van) <> year(b.tot)
),

-- Eén nummer voor wie, wat en wanneer wordt geteld: 4 × (10.000 × persoon of huishouden + jaar) + soort telling.
had AS (
    SELECT 4 * (CAST(10000 AS BIGINT) * persoon + jaar) AS eenheid, wet AS wat, plaats, van, tot FROM per_jaar
    UNION ALL
    SELECT 4 * (CAST(10000 AS BIGINT) * huis + jaar) + 1 AS eenheid, wet AS wat, plaats, van, tot FROM per_jaar
    UNION ALL
    SELECT 4 * (CAST(10000 AS BIGINT) * persoon + jaar) + 2 AS eenheid, voorziening AS wat, plaats, van, tot
    FROM per_jaar WHERE voorziening IS NOT NULL
    UNION ALL
    SELECT 4 * (CAST(10000 AS BIGINT) * huis + jaar) + 3 AS eenheid, voorziening AS wat, plaats, van, tot
    FROM per_jaar WHERE voorziening IS NOT NULL
),

overzicht AS (
    SELECT
        eenheid,
        min(wat) <> max(wat) AS meer_soorten,
        -- De laagste plaats op de eerste dag: de dag telt zwaarder dan elk nummer van een plaats.
        mod(min(CAST(1000000 AS BIGINT) * date_diff('day', DATE '1900-01-01', van) + plaats), 1000000) AS plaats
    FROM had
    GROUP BY eenheid
),

-- Perioden van dezelfde soort lopen door elkaar: samen tellen zij als één.
gemerkt AS (
    SELECT
        h.*,
        max(h.tot) OVER (
            PARTITION BY h.eenheid, h.wat
            ORDER BY h.van, h.tot
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tot_dusver
    FROM had AS h
    INNER JOIN overzicht AS o ON o.eenheid = h.eenheid AND o.meer_soorten
),

-- Een periode voegt alleen de dagen toe die er nog niet waren.
nieuw AS (
    SELECT
        eenheid,
        CASE WHEN tot_dusver >= van THEN CAST(tot_dusver + INTERVAL '1' DAY AS DATE) ELSE van END AS van,
        CAST(tot + INTERVAL '1' DAY AS DATE) AS voor
    FROM gemerkt
    WHERE tot_dusver IS NULL OR tot > tot_dusver
),

wending AS (
    SELECT eenheid, van AS dag, 1 AS stap FROM nieuw
    UNION ALL
    SELECT eenheid, voor AS dag, -1 AS stap FROM nieuw
),

-- RANGE neemt alles van dezelfde dag samen: wat eindigt en wat begint.
stand AS (
    SELECT
        eenheid,
        dag,
        sum(stap) OVER (PARTITION BY eenheid ORDER BY dag RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS aantal
    FROM wending
),

-- Van de dagen met het hoogste aantal de eerste: een dag telt minder dan een miljoenste van een voorziening.
hoogste AS (
    SELECT
        eenheid,
        max(aantal) AS aantal,
        min_by(dag, CAST(-1000000 AS BIGINT) * CAST(aantal AS BIGINT) + date_diff('day', DATE '1900-01-01', dag)) AS dag
    FROM stand
    GROUP BY eenheid
),

uitkomst AS (
    SELECT
        t.eenheid,
        t.aantal,
        -- Wonen leden op die dag verschillend, dan de laagste buurtcode.
        min(g.plaats) AS plaats
    FROM hoogste AS t
    INNER JOIN gemerkt AS g ON g.eenheid = t.eenheid AND g.van <= t.dag AND g.tot >= t.dag
    GROUP BY t.eenheid, t.aantal
    UNION ALL
    SELECT eenheid, 1 AS aantal, plaats
    FROM overzicht
    WHERE NOT meer_soorten
)

SELECT
    mod(eenheid, 2) = 1 AS is_huishouden,
    CAST((eenheid - mod(eenheid, 40000)) / 40000 AS INTEGER) AS nummer,
    mod(eenheid, 4) < 2 AS per_wet,
    CAST((mod(eenheid, 40000) - mod(eenheid, 4)) / 4 AS INTEGER) AS jaar,
    CAST(aantal AS INTEGER) AS aantal,
    CAST(plaats AS INTEGER) AS plaats
FROM uitkomst
