-- titel: Gebeurtenissen in de verwijsketen
-- vraag: Welke zorg ging aan een contact bij de specialist of in de anderhalvelijn vooraf, en wat volgde erop?
-- korrel: soort (anderhalf, specialist) × persoon × specialisme × dag
-- methode: `eerste`: in de 365 dagen ervoor geen contact van die soort bij dat specialisme. `na_huisarts`: huisartscontact in de
--   90 dagen ervoor of op de dag. `via_anderhalf`: anderhalvelijn bij dat specialisme in de 120 dagen ervoor of op de dag.
--   `naar_specialist`: specialist van dat specialisme in de 120 dagen erna. `herhaald`: nogmaals die soort bij dat specialisme
--   in de 365 dagen erna. Declaraties bevatten geen verwijsbrief: het zijn benaderingen.
-- sleutel: soort, persoon, specialisme, dag
WITH specialismen AS (
    SELECT
        specialisme,
        CAST(row_number() OVER (ORDER BY specialisme) AS INTEGER) AS specialismenr
    FROM (SELECT DISTINCT specialisme FROM model.zorgcontact WHERE soort IN ('anderhalf', 'specialist')) AS s
),

-- Vensters over nummers zijn goedkoper dan over namen.
genummerd AS (
    SELECT
        CASE WHEN z.soort = 'specialist' THEN 1 ELSE 0 END AS bij_specialist,
        z.persoon,
        s.specialismenr,
        s.specialisme,
        z.dag,
        CAST(date_diff('day', DATE '1900-01-01', z.dag) AS INTEGER) AS dagnummer,
        z.jaar,
        z.plaats,
        z.met_verwijzer,
        z.van_huisarts
    FROM model.zorgcontact AS z
    INNER JOIN specialismen AS s ON s.specialisme = z.specialisme
    WHERE z.soort IN ('anderhalf', 'specialist')
),

-- Alleen wie bij een specialist kwam, heeft huisartscontacten nodig om op terug te kijken.
specialistdag AS (
    SELECT DISTINCT persoon, dagnummer FROM genummerd WHERE bij_specialist = 1
),

huisartsdag AS (
    SELECT
        z.persoon,
        CAST(date_diff('day', DATE '1900-01-01', z.dag) AS INTEGER) AS dagnummer
    FROM model.zorgcontact AS z
    INNER JOIN (SELECT DISTINCT persoon FROM specialistdag) AS s ON s.persoon = z.persoon
    WHERE z.soort = 'huisarts'
),

-- De laatste dag bij de huisarts, tot en met de dag zelf.
terugkijkend AS (
    SELECT
        persoon,
        dagnummer,
        specialist,
        max(huisartsdag) OVER (PARTITION BY persoon ORDER BY dagnummer) AS huisartsdag
    FROM (
        SELECT persoon, dagnummer, 1 AS specialist, NULL AS huisartsdag FROM specialistdag
        UNION ALL
        SELECT persoon, dagnummer, 0 AS specialist, dagnummer AS huisartsdag FROM huisartsdag
    ) AS samen
),

na_huisarts AS (
    SELECT persoon, dagnummer
    FROM terugkijkend
    WHERE specialist = 1 AND dagnummer - huisartsdag <= 90
),

-- Een soort is er bij een specialisme hooguit eens per dag: de vorige en de volgende zeggen genoeg.
in_specialisme AS (
    SELECT
        g.*,
        lag(g.dagnummer) OVER (PARTITION BY g.persoon, g.specialismenr, g.bij_specialist ORDER BY g.dagnummer) AS vorige,
        lead(g.dagnummer) OVER (PARTITION BY g.persoon, g.specialismenr, g.bij_specialist ORDER BY g.dagnummer) AS volgende
    FROM genummerd AS g
),

-- Bij weinig specialismen heeft iemand ook anderhalvelijn.
verbonden AS (
    SELECT
        a.persoon,
        a.specialismenr,
        a.dagnummer AS dag_anderhalf,
        s.dagnummer AS dag_specialist
    FROM genummerd AS a
    INNER JOIN genummerd AS s ON s.persoon = a.persoon AND s.specialismenr = a.specialismenr
    WHERE a.bij_specialist = 0 AND s.bij_specialist = 1 AND s.dagnummer - a.dagnummer BETWEEN 0 AND 120
),

verband AS (
    SELECT DISTINCT persoon, specialismenr, 1 AS bij_specialist, dag_specialist AS dagnummer FROM verbonden
    UNION ALL
    SELECT DISTINCT persoon, specialismenr, 0 AS bij_specialist, dag_anderhalf AS dagnummer FROM verbonden WHERE dag_specialist > dag_anderhalf
)

SELECT
    CASE WHEN i.bij_specialist = 1 THEN 'specialist' ELSE 'anderhalf' END AS soort,
    i.persoon,
    i.specialisme,
    i.dag,
    i.jaar,
    i.plaats,
    coalesce(i.dagnummer - i.vorige > 365, TRUE) AS eerste,
    h.persoon IS NOT NULL AS na_huisarts,
    i.bij_specialist = 1 AND v.persoon IS NOT NULL AS via_anderhalf,
    i.bij_specialist = 0 AND v.persoon IS NOT NULL AS naar_specialist,
    coalesce(i.volgende - i.dagnummer <= 365, FALSE) AS herhaald,
    i.met_verwijzer,
    i.van_huisarts
FROM in_specialisme AS i
LEFT JOIN na_huisarts AS h ON h.persoon = i.persoon AND h.dagnummer = CASE WHEN i.bij_specialist = 1 THEN i.dagnummer END
LEFT JOIN verband AS v
    ON v.persoon = i.persoon AND v.specialismenr = i.specialismenr AND v.bij_specialist = i.bij_specialist AND v.dagnummer = i.dagnummer
