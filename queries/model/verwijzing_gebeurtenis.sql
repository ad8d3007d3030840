-- titel: Gebeurtenissen in de verwijsketen
-- vraag: Welke zorg ging aan een contact bij de specialist of in de anderhalvelijn vooraf, en wat volgde erop?
-- korrel: soort (anderhalf, specialist) × persoon × specialisme × dag
-- methode: `eerste`: in de 365 dagen ervoor geen contact van die soort bij dat specialisme. `na_huisarts`: huisartscontact in de
--   90 dagen ervoor of op de dag. `via_anderhalf`: anderhalvelijn bij dat specialisme in de 120 dagen ervoor of op de dag.
--   `naar_specialist`: specialist van dat specialisme in de 120 dagen erna. `herhaald`: nogmaals die soort bij dat specialisme
--   in de 365 dagen erna. Declaraties bevatten geen verwijsbrief: het zijn benaderingen.
-- sleutel: soort, persoon, specialisme, dag
WITH genummerd AS (
    SELECT
        z.*,
        date_diff('day', DATE '1900-01-01', z.dag) AS dagnummer
    FROM model.zorgcontact AS z
),

-- Alleen wie bij een specialist kwam, heeft huisartscontacten nodig om op terug te kijken.
bij_specialist AS (
    SELECT DISTINCT persoon FROM genummerd WHERE soort = 'specialist'
),

terugkijkend AS (
    SELECT
        g.soort,
        g.persoon,
        g.specialisme,
        g.dag,
        count(CASE WHEN g.soort = 'huisarts' THEN 1 END) OVER (
            PARTITION BY g.persoon ORDER BY g.dagnummer RANGE BETWEEN 90 PRECEDING AND CURRENT ROW
        ) AS huisartscontacten
    FROM genummerd AS g
    INNER JOIN bij_specialist AS s ON s.persoon = g.persoon
    WHERE g.soort IN ('huisarts', 'specialist')
),

in_specialisme AS (
    SELECT
        g.*,
        count(*) OVER (
            PARTITION BY g.soort, g.persoon, g.specialisme ORDER BY g.dagnummer RANGE BETWEEN 365 PRECEDING AND 1 PRECEDING
        ) AS ervoor,
        count(*) OVER (
            PARTITION BY g.soort, g.persoon, g.specialisme ORDER BY g.dagnummer RANGE BETWEEN 1 FOLLOWING AND 365 FOLLOWING
        ) AS erna,
        count(CASE WHEN g.soort = 'anderhalf' THEN 1 END) OVER (
            PARTITION BY g.persoon, g.specialisme ORDER BY g.dagnummer RANGE BETWEEN 120 PRECEDING AND CURRENT ROW
        ) AS anderhalf_ervoor,
        count(CASE WHEN g.soort = 'specialist' THEN 1 END) OVER (
            PARTITION BY g.persoon, g.specialisme ORDER BY g.dagnummer RANGE BETWEEN 1 FOLLOWING AND 120 FOLLOWING
        ) AS specialist_erna
    FROM genummerd AS g
    WHERE g.soort IN ('anderhalf', 'specialist')
)

SELECT
    i.soort,
    i.persoon,
    i.specialisme,
    i.dag,
    i.jaar,
    i.buurt,
    i.ervoor = 0 AS eerste,
    coalesce(t.huisartscontacten, 0) > 0 AS na_huisarts,
    i.soort = 'specialist' AND i.anderhalf_ervoor > 0 AS via_anderhalf,
    i.soort = 'anderhalf' AND i.specialist_erna > 0 AS naar_specialist,
    i.erna > 0 AS herhaald,
    i.met_verwijzer,
    i.van_huisarts
FROM in_specialisme AS i
LEFT JOIN terugkijkend AS t
    ON t.soort = i.soort AND t.persoon = i.persoon AND t.specialisme = i.specialisme AND t.dag = i.dag
