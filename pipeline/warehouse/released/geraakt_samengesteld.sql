-- Rows that are made of several cells: each cell is a part, so that the number is never higher than what stands behind the
-- difference of any of them.
WITH per_domein AS (
    SELECT persoon, jaar, gebied, domein, lijn FROM verschil_gebied GROUP BY ALL HAVING sum(bedrag) <> 0
),

dagen AS (
    SELECT jaar, gebied, count(*) AS personen
    FROM (
        SELECT v.persoon, g.jaar, g.gebied
        FROM verschil_bewoning AS v
        INNER JOIN plek_gebied AS g ON g.plek = v.plek
        GROUP BY v.persoon, g.jaar, g.gebied
        HAVING sum(v.kant * (v.kwartaal_1 + v.kwartaal_2 + v.kwartaal_3 + v.kwartaal_4)) <> 0
    )
    GROUP BY jaar, gebied
),

totaal AS (
    SELECT jaar, gebied, count(*) AS personen
    FROM (SELECT persoon, jaar, gebied FROM verschil_gebied GROUP BY ALL HAVING sum(bedrag) <> 0)
    GROUP BY jaar, gebied
),

doel AS (
    SELECT d.doel, v.jaar, v.gebied, count(DISTINCT v.persoon) AS personen
    FROM per_domein AS v
    INNER JOIN (
        VALUES ('kosten_totaal', '', ''), ('kosten_zvw', 'zvw', ''), ('kosten_sociaal_domein', 'wmo', ''), ('kosten_sociaal_domein', 'jeugdwet', ''),
            ('kosten_sociaal_domein', 'participatiewet', ''), ('specialistisch', 'zvw', '2'), ('specialistisch', 'zvw', '3'),
            ('hoogspecialistisch', 'zvw', '3')
    ) AS d (doel, domein, lijn) ON d.domein IN ('', v.domein) AND d.lijn IN ('', v.lijn)
    WHERE v.gebied IN ('pilot', 'controle')
    GROUP BY d.doel, v.jaar, v.gebied
    UNION ALL
    SELECT 'stapeling', jaar, gebied, count(*)
    FROM (
        SELECT s.persoon, g.jaar, g.gebied
        FROM verschil_persoonstand AS s
        INNER JOIN plek_gebied AS g ON g.plek = s.arrangementen_plek
        WHERE g.gebied IN ('pilot', 'controle') AND s.arrangementen >= 2
        GROUP BY s.persoon, g.jaar, g.gebied
        HAVING sum(s.kant) <> 0
    )
    GROUP BY jaar, gebied
    UNION ALL
    SELECT 'verwijzing', jaar, gebied, count(*)
    FROM (
        SELECT v.persoon, g.jaar, g.gebied
        FROM verschil_contact AS v
        INNER JOIN plek_gebied AS g ON g.plek = v.plek
        WHERE g.gebied IN ('pilot', 'controle') AND v.soort = 'specialist'
        GROUP BY v.persoon, g.jaar, g.gebied
        HAVING sum(v.kant * v.alle) <> 0
    )
    GROUP BY jaar, gebied
),

financier AS (
    SELECT j.jaar AS voor_jaar, f.domein, min(f.financier) AS financier
    FROM jaren AS j
    INNER JOIN referentie.financier AS f
        ON coalesce(f.geldig_van, DATE '0001-01-01') <= make_date(j.jaar, 1, 1) AND coalesce(f.geldig_tot, DATE '9999-12-31') >= make_date(j.jaar, 1, 1)
    GROUP BY j.jaar, f.domein
),

betaald AS (
    SELECT f.voor_jaar, f.financier, v.jaar, v.gebied, count(DISTINCT v.persoon) AS personen
    FROM per_domein AS v
    INNER JOIN financier AS f ON f.domein = v.domein AND v.jaar IN (f.voor_jaar, getvariable('basisjaar'))
    GROUP BY f.voor_jaar, f.financier, v.jaar, v.gebied
),

rijen AS (
    SELECT tabel, sleutel, TRY_CAST(split_part(sleutel, '|', CASE tabel WHEN 'doelen' THEN 3 ELSE 1 END) AS INTEGER) AS jaar,
        split_part(sleutel, '|', 2) AS gebied, split_part(sleutel, '|', CASE tabel WHEN 'doelen' THEN 1 ELSE 3 END) AS onderwerp
    FROM vrijgegeven
    WHERE tabel IN ('doelen', 'baten_lasten', 'concentratie')
)

SELECT r.tabel, r.sleutel, 'euro ' || d.gebied || ' ' || d.jaar AS deel, d.personen
FROM rijen AS r
INNER JOIN doel AS d ON d.doel = r.onderwerp AND d.jaar IN (r.jaar, getvariable('basisjaar'))
WHERE r.tabel = 'doelen'
UNION ALL
SELECT r.tabel, r.sleutel, 'dagen ' || d.gebied || ' ' || d.jaar, d.personen
FROM rijen AS r
INNER JOIN dagen AS d ON d.jaar IN (r.jaar, getvariable('basisjaar')) AND (d.gebied = 'controle' OR d.gebied = r.gebied)
WHERE r.tabel IN ('doelen', 'baten_lasten')
UNION ALL
SELECT r.tabel, r.sleutel, 'euro ' || b.gebied || ' ' || b.jaar, b.personen
FROM rijen AS r
INNER JOIN betaald AS b ON b.voor_jaar = r.jaar AND b.financier = r.onderwerp AND (b.gebied = 'controle' OR b.gebied = r.gebied)
WHERE r.tabel = 'baten_lasten'
UNION ALL
SELECT r.tabel, r.sleutel, 'euro', t.personen
FROM rijen AS r
INNER JOIN totaal AS t ON t.jaar = r.jaar AND t.gebied = r.gebied
WHERE r.tabel = 'concentratie'
UNION ALL
SELECT r.tabel, r.sleutel, 'dagen', d.personen
FROM rijen AS r
INNER JOIN dagen AS d ON d.jaar = r.jaar AND d.gebied = r.gebied
WHERE r.tabel = 'concentratie'
UNION ALL
-- The limit of high costs follows from everybody in the base year.
SELECT r.tabel, r.sleutel, 'grens', t.personen
FROM rijen AS r
INNER JOIN totaal AS t ON t.jaar = getvariable('basisjaar') AND t.gebied = 'regio'
WHERE r.tabel = 'concentratie' AND r.onderwerp IN ('afgetopt', 'boven_grens')
