-- titel: Start van een deelname
-- vraag: In welk kwartaal begon iemand voor het eerst aan een project?
-- korrel: project × persoon
-- methode: De eerste begindatum van de leveringen die gelden. Een kwartaal is het nummer 4 × jaar + 0 … 3. Wie aan meer projecten begon,
--   wordt alleen bij het eerste vergeleken (begonnen op dezelfde dag: dat met de eerste naam).
-- sleutel: project, persoon
WITH begonnen AS (
    SELECT
        d.project,
        d.persoon,
        min(d.begindatum) AS begindatum
    FROM opslag.deelname AS d
    INNER JOIN model.geldige_levering AS g ON g.levering_id = d.levering_id AND g.geldig
    GROUP BY d.project, d.persoon
)

SELECT
    project,
    persoon,
    CAST(4 * year(begindatum) + (month(begindatum) - 1 - mod(month(begindatum) - 1, 3)) / 3 AS INTEGER) AS startkwartaal,
    CAST(date_trunc('quarter', begindatum) AS DATE) AS eerste_dag,
    row_number() OVER (PARTITION BY persoon ORDER BY begindatum, project) = 1 AS is_eerste
FROM begonnen
ORDER BY project, persoon
