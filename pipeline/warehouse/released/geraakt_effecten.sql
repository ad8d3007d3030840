-- Rows about effects, on participants of projects and in the pilot neighbourhoods: each window, year, side and change of who takes
-- part is a part of its own, so that the number is never higher than what stands behind the difference of any of them. Weights
-- follow from everybody and are of nobody.
WITH leden AS (
    SELECT DISTINCT project, startkwartaal, persoon, CASE WHEN NOT is_deelnemer THEN 'controle' WHEN gewicht > 0 THEN 'deelnemers' ELSE 'niet_gekoppeld' END AS groep
    FROM model.deelnemer_gewicht
),

geld AS (
    SELECT l.project, l.groep, l.persoon, 4 * year(v.maand) + quarter(v.maand) - 1 - l.startkwartaal AS k, v.domein, v.lijn
    FROM leden AS l
    INNER JOIN verschil_kosten AS v ON v.persoon = l.persoon
    GROUP BY ALL
    HAVING sum(v.bedrag) <> 0
),

dagen AS (
    SELECT l.project, l.groep, count(DISTINCT l.persoon) AS personen
    FROM leden AS l
    INNER JOIN verschil_bewoning AS v ON v.persoon = l.persoon
    GROUP BY l.project, l.groep
),

-- Who starts, stops being counted or starts at another time. All together differ where one project does.
begonnen AS (
    SELECT project, count(DISTINCT persoon) AS personen FROM verschil_deelname GROUP BY project
    UNION ALL
    SELECT 'alle', count(DISTINCT persoon) FROM verschil_deelname HAVING count(*) > 0
),

effecten AS (
    SELECT project || '|' || indeling || '|' || uitkomst || '|' || periode AS sleutel, project, indeling, uitkomst, van, tot FROM model.deelnemer_schatting
),

-- What differs in the neighbourhoods that are compared, and in the years that a row is about.
buurten AS (
    SELECT v.persoon, v.jaar, b.rol, v.domein, v.lijn
    FROM verschil_gebied AS v
    INNER JOIN model.wijk_vergelijkbaar AS b ON b.buurt = v.gebied
    GROUP BY ALL
    HAVING sum(v.bedrag) <> 0
),

bewoners AS (
    SELECT g.jaar, b.rol, count(DISTINCT v.persoon) AS personen
    FROM verschil_bewoning AS v
    INNER JOIN plek_gebied AS g ON g.plek = v.plek
    INNER JOIN model.wijk_vergelijkbaar AS b ON b.buurt = g.gebied
    GROUP BY g.jaar, b.rol
),

-- Which neighbourhoods are compared, and how ages and sexes weigh, follows from everybody in the base year and before it.
keuze AS (
    SELECT 'keuze euro' AS deel, count(DISTINCT persoon) AS personen
    FROM verschil_jaar
    WHERE jaar <= getvariable('basisjaar') AND bedrag <> 0
    UNION ALL
    SELECT 'keuze dagen', count(DISTINCT v.persoon)
    FROM verschil_bewoning AS v
    INNER JOIN plek_gebied AS g ON g.plek = v.plek AND g.jaar <= getvariable('basisjaar')
),

wijken AS (
    SELECT indeling || '|' || uitkomst || '|' || periode AS sleutel, indeling, uitkomst, string_split(jaren, '|') AS jaren FROM uitkomst.wijk_effect
),

substituties AS (
    SELECT jaar || '|' || van || '|' || naar AS sleutel, jaar, CAST(vooraf AS INTEGER) AS vooraf, van, naar FROM uitkomst.substitutie
),

balans AS (
    SELECT project || '|' || kenmerk || '|' || groep AS sleutel, project, kenmerk, soort, CASE groep WHEN 'controle_ongewogen' THEN 'controle' ELSE groep END AS groep
    FROM uitkomst.deelnemers_balans
)

SELECT 'deelnemers_effect' AS tabel, r.sleutel, 'euro ' || g.groep || CASE WHEN g.k <= -5 THEN ' basis' ELSE '' END AS deel, count(DISTINCT g.persoon) AS personen
FROM effecten AS r
INNER JOIN geld AS g
    ON g.project = r.project
    AND (r.indeling = 'alles' OR r.uitkomst = g.domein OR r.uitkomst = 'lijn ' || g.lijn)
    AND (g.k BETWEEN -8 AND -5 OR g.k BETWEEN r.van AND r.tot)
GROUP BY ALL
UNION ALL
SELECT 'deelnemers_effect', r.sleutel, 'dagen ' || d.groep, d.personen
FROM effecten AS r
INNER JOIN dagen AS d ON d.project = r.project
UNION ALL
SELECT 'deelnemers_effect', r.sleutel, 'begonnen', b.personen
FROM effecten AS r
INNER JOIN begonnen AS b ON b.project = r.project
UNION ALL
SELECT 'deelnemers_balans', r.sleutel, 'euro', count(DISTINCT g.persoon)
FROM balans AS r
INNER JOIN geld AS g
    ON g.project = r.project AND g.groep = r.groep
    AND CASE r.soort
        WHEN 'totaal' THEN g.k BETWEEN -8 AND -5
        WHEN 'domein' THEN g.k BETWEEN -8 AND -5 AND r.kenmerk = 'kosten_' || g.domein
        WHEN 'voor' THEN g.k BETWEEN -4 AND -1
        ELSE FALSE
    END
GROUP BY ALL
UNION ALL
SELECT 'deelnemers_balans', r.sleutel, 'dagen', d.personen
FROM balans AS r
INNER JOIN dagen AS d ON d.project = r.project AND d.groep = r.groep
UNION ALL
SELECT 'deelnemers_balans', r.sleutel, 'begonnen', b.personen
FROM balans AS r
INNER JOIN begonnen AS b ON b.project = r.project
UNION ALL
SELECT 'wijk_effect', r.sleutel, 'euro ' || v.rol || ' ' || v.jaar, count(DISTINCT v.persoon)
FROM wijken AS r
INNER JOIN buurten AS v
    ON list_contains(r.jaren, CAST(v.jaar AS VARCHAR))
    AND (r.indeling = 'alles' OR r.uitkomst = v.domein OR r.uitkomst = 'lijn ' || v.lijn)
GROUP BY ALL
UNION ALL
SELECT 'wijk_effect', r.sleutel, 'dagen ' || b.rol || ' ' || b.jaar, b.personen
FROM wijken AS r
INNER JOIN bewoners AS b ON list_contains(r.jaren, CAST(b.jaar AS VARCHAR))
UNION ALL
SELECT tabel, sleutel, deel, personen
FROM (SELECT 'wijk_effect' AS tabel, sleutel FROM wijken UNION ALL SELECT 'substitutie', sleutel FROM substituties) AS r
CROSS JOIN keuze AS k
WHERE k.personen > 0
UNION ALL
SELECT 'substitutie', r.sleutel, 'euro ' || v.rol, count(DISTINCT v.persoon)
FROM substituties AS r
INNER JOIN buurten AS v ON v.jaar IN (r.jaar, r.vooraf, getvariable('basisjaar')) AND v.domein IN (r.van, r.naar)
GROUP BY ALL
UNION ALL
-- Which provisions and kinds of care somebody has is in no snapshot: after any difference it is not known through how many.
SELECT DISTINCT 'deelnemers_balans', r.sleutel, 'trek', -1
FROM balans AS r
INNER JOIN leden AS l ON l.project = r.project AND l.groep = r.groep
WHERE r.soort = 'trek' AND (
    l.persoon IN (SELECT persoon FROM verschil_kosten) OR l.persoon IN (SELECT persoon FROM verschil_persoonstand)
)
