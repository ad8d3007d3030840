-- titel: Leveringen die per domein en jaar gelden
-- vraag: Telt een levering van aggregaat of budget voor een domein en jaar nog mee?
-- korrel: levering × domein × jaar, van aggregaat en budget
-- methode: Per leverancier, tabel, domein en jaar vervangt de nieuwste volledige levering wat er voor kwam; een aanvulling
--   komt erbij.
-- sleutel: levering_id, domein, jaar
WITH aangeleverd AS (
    SELECT DISTINCT levering_id, domein, jaar FROM levering.aggregaat
    UNION ALL
    SELECT DISTINCT levering_id, domein, jaar FROM levering.budget
),

levering AS (
    SELECT
        a.levering_id,
        a.domein,
        a.jaar,
        g.tabel,
        g.leverancier,
        g.geldig,
        g.volgorde,
        CASE WHEN g.levering = 'volledig' THEN g.volgorde ELSE 0 END AS volledig
    FROM aangeleverd AS a
    INNER JOIN model.geldige_levering AS g ON g.levering_id = a.levering_id
),

nieuwste AS (
    SELECT
        tabel,
        leverancier,
        domein,
        jaar,
        max(volledig) AS volgorde
    FROM levering
    WHERE geldig
    GROUP BY tabel, leverancier, domein, jaar
)

SELECT
    l.levering_id,
    l.domein,
    l.jaar,
    l.leverancier,
    l.geldig AND l.volgorde >= n.volgorde AS geldt
FROM levering AS l
LEFT JOIN nieuwste AS n
    ON n.tabel = l.tabel AND n.leverancier = l.leverancier AND n.domein = l.domein AND n.jaar = l.jaar
ORDER BY l.levering_id, l.domein, l.jaar
