-- titel: Prijzen van het basisjaar
-- vraag: Met welke indexcijfers wordt een bedrag van een jaar omgerekend naar prijzen van het basisjaar?
-- korrel: domein × zorgsoort × jaar
-- methode: index(basisjaar) / index(jaar) uit de prijsindextabel: de reeks van de zorgsoort, anders die van het domein, anders
--   de consumentenprijsindex. Een ontbrekend jaar geeft geen reëel bedrag, nooit factor 1.
-- sleutel: domein, zorgsoort, jaar
WITH voorkomend AS (
    SELECT
        p.domein,
        p.zorgsoort,
        d.jaar
    FROM (SELECT DISTINCT plaatsing, year(maand) AS jaar FROM model.kostendeel WHERE telt AND plaats IS NOT NULL) AS d
    INNER JOIN model.plaatsing AS p ON p.plaatsing = d.plaatsing
    UNION
    SELECT DISTINCT domein, zorgsoort, jaar FROM levering.aggregaat
    UNION
    -- Een budget heeft geen zorgsoort: het krijgt de reeks van zijn domein.
    SELECT DISTINCT domein, '' AS zorgsoort, jaar FROM levering.budget
),

-- De index van de consumentenprijzen staat in de tabel onder domein cpi.
tabel AS (
    SELECT
        coalesce(domein, 'cpi') AS domein,
        zorgsoort,
        jaar,
        min(index) AS index,
        min(bron) AS bron
    FROM referentie.prijsindex
    GROUP BY coalesce(domein, 'cpi'), zorgsoort, jaar
),

van_zorgsoort AS (
    SELECT DISTINCT domein, zorgsoort FROM tabel WHERE zorgsoort IS NOT NULL
),

van_domein AS (
    SELECT DISTINCT domein FROM tabel WHERE zorgsoort IS NULL
),

-- Per soort één reeks voor alle jaren: een mengsel van twee reeksen is geen index.
reeks AS (
    SELECT
        v.domein,
        v.zorgsoort,
        v.jaar,
        CASE WHEN z.domein IS NOT NULL THEN 'zorgsoort' WHEN d.domein IS NOT NULL THEN 'domein' ELSE 'cpi' END AS soort
    FROM voorkomend AS v
    LEFT JOIN van_zorgsoort AS z ON z.domein = v.domein AND z.zorgsoort = v.zorgsoort
    LEFT JOIN van_domein AS d ON d.domein = v.domein
),

gezocht AS (
    SELECT
        r.*,
        CASE WHEN r.soort = 'cpi' THEN 'cpi' ELSE r.domein END AS zoek_domein,
        CASE WHEN r.soort = 'zorgsoort' THEN r.zorgsoort END AS zoek_zorgsoort
    FROM reeks AS r
)

SELECT
    g.domein,
    g.zorgsoort,
    g.jaar,
    g.soort,
    basis.index AS index_basis,
    nu.index AS index_jaar,
    nu.bron
FROM gezocht AS g
CROSS JOIN instelling AS i
LEFT JOIN tabel AS nu
    ON nu.domein = g.zoek_domein AND nu.zorgsoort IS NOT DISTINCT FROM g.zoek_zorgsoort AND nu.jaar = g.jaar
LEFT JOIN tabel AS basis
    ON basis.domein = g.zoek_domein AND basis.zorgsoort IS NOT DISTINCT FROM g.zoek_zorgsoort AND basis.jaar = i.basisjaar
ORDER BY g.domein, g.zorgsoort, g.jaar
