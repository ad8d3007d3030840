-- titel: Peilmaand per domein
-- vraag: Tot en met welke maand van declareren zijn de declaraties van een domein binnen?
-- korrel: domein met een declaratiedatum
-- methode: De maand van de laatste declaratiedatum. Loopt die maand nog (de nieuwste levering is niet van erna en er is niet op
--   haar laatste dag gedeclareerd), dan de maand ervoor. Alleen regels met een gemodelleerd deel.
-- sleutel: domein
WITH per_levering AS (
    SELECT
        p.domein,
        d.levering_id,
        max(d.declaratiemaand) AS laatste_maand
    FROM model.kostendeel AS d
    INNER JOIN model.plaatsing AS p ON p.plaatsing = d.plaatsing
    WHERE d.telt AND d.plaats IS NOT NULL
    GROUP BY p.domein, d.levering_id
),

per_domein AS (
    SELECT
        p.domein,
        max(p.laatste_maand) AS laatste_maand,
        CAST(max(p.laatste_maand) + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) AS laatste_dag,
        max(l.datum) AS stand
    FROM per_levering AS p
    INNER JOIN model.geldige_levering AS l ON l.levering_id = p.levering_id
    GROUP BY p.domein
    HAVING max(p.laatste_maand) IS NOT NULL
),

-- Alleen wie het moet weten, zoekt naar een regel van de laatste dag.
op_laatste_dag AS (
    SELECT DISTINCT p.domein
    FROM per_domein AS p
    INNER JOIN opslag.declaraties AS r ON r.declaratiedatum = p.laatste_dag
    INNER JOIN model.kostendeel AS d ON d.levering_id = r.levering_id AND d.regel_nr = r.regel_nr
    INNER JOIN model.plaatsing AS q ON q.plaatsing = d.plaatsing AND q.domein = p.domein
    WHERE p.stand <= p.laatste_dag AND d.telt AND d.plaats IS NOT NULL
)

SELECT
    p.domein,
    p.laatste_maand,
    p.stand,
    CASE
        WHEN p.stand > p.laatste_dag OR o.domein IS NOT NULL THEN p.laatste_maand
        ELSE CAST(p.laatste_maand - INTERVAL '1' MONTH AS DATE)
    END AS peilmaand
FROM per_domein AS p
LEFT JOIN op_laatste_dag AS o ON o.domein = p.domein
ORDER BY p.domein
