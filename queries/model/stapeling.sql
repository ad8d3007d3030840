-- titel: Stapeling per persoon en per huishouden
-- vraag: Hoeveel arrangementen, en uit hoeveel wetten, liepen er bij een persoon of huishouden op één dag hoogstens tegelijk?
-- korrel: persoon of huishouden × telling × jaar; alleen wie iets had
-- methode: Het hoogste aantal verschillende voorzieningen over de dagen van het jaar dat iemand hier woonde, geplaatst waar dat op de
--   eerste van die dagen was (naar de CBS Stapelingsmonitor, die personen met gebruik uit meer regelingen telt). Een huishouden
--   heeft wat zijn leden hebben op de dagen dat zij er wonen. Wie maar één soort had, hoeft niet per dag te worden geteld.
-- sleutel: is_huishouden, nummer, per_wet, jaar
WITH bewoond AS (
    SELECT
        t.persoon,
        v.jaar,
        v.huis,
        v.plaats,
        s.wet,
        s.voorziening,
        FALSE AS is_zvw,
        greatest(t.begindatum, v.begindatum) AS van,
        least(t.einddatum, v.einddatum) AS tot
    FROM model.toewijzing AS t
    INNER JOIN model.voorziening AS s ON s.domein = t.domein AND s.productcategorie = t.productcategorie
    INNER JOIN model.verblijfjaar AS v ON v.persoon = t.persoon AND v.begindatum <= t.einddatum AND v.einddatum >= t.begindatum
    UNION ALL
    -- Bijna alle regels vallen in één jaar op één adres: alleen de andere worden verdeeld.
    SELECT
        r.persoon,
        j.jaar,
        r.huis,
        r.plaats,
        s.wet,
        s.voorziening,
        c.domein = 'zvw' AS is_zvw,
        r.begindatum AS van,
        r.einddatum AS tot
    FROM model.declaratieregel AS r
    INNER JOIN opslag.codering AS c ON c.codering = r.codering
    INNER JOIN model.voorziening AS s ON s.domein = c.domein AND s.productcategorie = coalesce(c.productcategorie, '') AND s.uit_regels
    INNER JOIN model.jaar AS j ON j.jaar = CAST(year(r.begindatum) AS INTEGER)
    WHERE r.telt AND r.niet_gecrediteerd AND r.op_een_adres AND year(r.begindatum) = year(r.einddatum)
    UNION ALL
    SELECT
        r.persoon,
        v.jaar,
        v.huis,
        v.plaats,
        s.wet,
        s.voorziening,
        c.domein = 'zvw' AS is_zvw,
        greatest(r.begindatum, v.begindatum) AS van,
        least(r.einddatum, v.einddatum) AS tot
    FROM model.declaratieregel AS r
    INNER JOIN opslag.codering AS c ON c.codering = r.codering
    INNER JOIN model.voorziening AS s ON s.domein = c.domein AND s.productcategorie = coalesce(c.productcategorie, '') AND s.uit_regels
    INNER JOIN model.verblijfjaar AS v ON v.persoon = r.persoon AND v.begindatum <= r.einddatum AND v.einddatum >= r.begindatum
    WHERE r.telt AND r.niet_gecrediteerd AND NOT (r.op_een_adres AND year(r.begindatum) = year(r.einddatum))
),

-- Het eerste per soort, met de plaats: de dag telt zwaarder dan elk nummer van een plaats.
begin AS (
    SELECT
        persoon,
        huis,
        jaar,
        wet,
        voorziening,
        min(CAST(1000000 AS BIGINT) * date_diff('day', DATE '1900-01-01', van) + plaats) AS dag_plaats
    FROM bewoond
    GROUP BY persoon, huis, jaar, wet, voorziening
),

-- Eén nummer voor wie, wat en wanneer wordt geteld: 4 × (10.000 × persoon of huishouden + jaar) + soort telling.
overzicht AS (
    SELECT
        eenheid,
        min(wat) <> max(wat) AS meer_soorten,
        min(dag_plaats) AS dag_plaats
    FROM (
        SELECT 4 * (CAST(10000 AS BIGINT) * persoon + jaar) AS eenheid, wet AS wat, dag_plaats FROM begin
        UNION ALL
        SELECT 4 * (CAST(10000 AS BIGINT) * huis + jaar) + 1 AS eenheid, wet AS wat, dag_plaats FROM begin
        UNION ALL
        SELECT 4 * (CAST(10000 AS BIGINT) * persoon + jaar) + 2 AS eenheid, voorziening AS wat, dag_plaats
        FROM begin WHERE voorziening IS NOT NULL
        UNION ALL
        SELECT 4 * (CAST(10000 AS BIGINT) * huis + jaar) + 3 AS eenheid, voorziening AS wat, dag_plaats
        FROM begin WHERE voorziening IS NOT NULL
    ) AS had
    GROUP BY eenheid
),

-- Alleen wie meer soorten had, hoeft per dag te worden geteld.
had AS (
    SELECT o.eenheid, p.wet AS wat, p.is_zvw, p.plaats, p.van, p.tot
    FROM bewoond AS p
    INNER JOIN overzicht AS o ON o.eenheid = 4 * (CAST(10000 AS BIGINT) * p.persoon + p.jaar) AND o.meer_soorten
    UNION ALL
    SELECT o.eenheid, p.wet AS wat, p.is_zvw, p.plaats, p.van, p.tot
    FROM bewoond AS p
    INNER JOIN overzicht AS o ON o.eenheid = 4 * (CAST(10000 AS BIGINT) * p.huis + p.jaar) + 1 AND o.meer_soorten
    UNION ALL
    SELECT o.eenheid, p.voorziening AS wat, FALSE AS is_zvw, p.plaats, p.van, p.tot
    FROM bewoond AS p
    INNER JOIN overzicht AS o ON o.eenheid = 4 * (CAST(10000 AS BIGINT) * p.persoon + p.jaar) + 2 AND o.meer_soorten
    WHERE p.voorziening IS NOT NULL
    UNION ALL
    SELECT o.eenheid, p.voorziening AS wat, FALSE AS is_zvw, p.plaats, p.van, p.tot
    FROM bewoond AS p
    INNER JOIN overzicht AS o ON o.eenheid = 4 * (CAST(10000 AS BIGINT) * p.huis + p.jaar) + 3 AND o.meer_soorten
    WHERE p.voorziening IS NOT NULL
),

-- Perioden van dezelfde soort lopen door elkaar: samen tellen zij als één. Van de Zvw zijn er te veel om te ordenen: die komt erbij.
gemerkt AS (
    SELECT
        eenheid,
        van,
        tot,
        max(tot) OVER (PARTITION BY eenheid, wat ORDER BY van, tot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS tot_dusver
    FROM had
    WHERE NOT is_zvw
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

-- Wat eindigt op een dag dat er evenveel begint, verandert niets.
wending AS (
    SELECT
        eenheid,
        dag,
        sum(stap) AS stap
    FROM (
        SELECT eenheid, van AS dag, 1 AS stap FROM nieuw
        UNION ALL
        SELECT eenheid, voor AS dag, -1 AS stap FROM nieuw
    ) AS samen
    GROUP BY eenheid, dag
    HAVING sum(stap) <> 0
),

stand AS (
    SELECT
        eenheid,
        dag AS van,
        lead(dag) OVER (PARTITION BY eenheid ORDER BY dag) AS voor,
        sum(stap) OVER (PARTITION BY eenheid ORDER BY dag ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS aantal
    FROM wending
),

-- Met de Zvw is het één meer, vanaf haar eerste dag bij een stand; loopt nooit iets samen, dan is het één vanaf het begin.
geteld AS (
    SELECT eenheid, aantal, van AS dag
    FROM stand
    WHERE aantal > 0
    UNION ALL
    SELECT s.eenheid, s.aantal + 1 AS aantal, min(greatest(s.van, z.van)) AS dag
    FROM stand AS s
    INNER JOIN had AS z ON z.eenheid = s.eenheid AND z.van < s.voor AND z.tot >= s.van
    WHERE s.aantal > 0 AND z.is_zvw
    GROUP BY s.eenheid, s.aantal
    UNION ALL
    SELECT eenheid, 1 AS aantal, CAST(DATE '1900-01-01' + INTERVAL '1' DAY * CAST((dag_plaats - mod(dag_plaats, 1000000)) / 1000000 AS BIGINT) AS DATE) AS dag
    FROM overzicht
    WHERE meer_soorten
),

-- Van de dagen met het hoogste aantal de eerste: een dag telt minder dan een miljoenste van een voorziening.
hoogste AS (
    SELECT
        eenheid,
        max(aantal) AS aantal,
        min_by(dag, CAST(-1000000 AS BIGINT) * CAST(aantal AS BIGINT) + date_diff('day', DATE '1900-01-01', dag)) AS dag
    FROM geteld
    GROUP BY eenheid
),

uitkomst AS (
    SELECT
        t.eenheid,
        t.aantal,
        -- Wonen leden op die dag verschillend, dan de laagste buurtcode.
        min(h.plaats) AS plaats
    FROM hoogste AS t
    INNER JOIN had AS h ON h.eenheid = t.eenheid AND h.van <= t.dag AND h.tot >= t.dag
    GROUP BY t.eenheid, t.aantal
    UNION ALL
    SELECT eenheid, 1 AS aantal, mod(dag_plaats, 1000000) AS plaats
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
