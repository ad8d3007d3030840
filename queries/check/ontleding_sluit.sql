-- titel: De ontleding sluit
-- vraag: Tellen de effecten van de zes factoren op de cent op tot de verandering van de verschuiving?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: De ontleding verdeelt een verandering zonder rest; blijft er een cent over, of is het een andere verandering dan die van de
--   verschuiving, dan is geen van de effecten te vertrouwen.
WITH domein AS (
    SELECT
        jaar,
        gebied,
        domein,
        min(delta) AS delta,
        sum(effect) AS effect,
        max(CASE WHEN (factor = 'prijs' AND trendbreuk = 'ja') <> (effect IS NULL) THEN 1 ELSE 0 END) AS leeg_of_niet
    FROM uitkomst.ontleding
    GROUP BY jaar, gebied, domein
),

oordeel AS (
    SELECT
        d.gebied || ' ' || CAST(d.jaar AS VARCHAR) || ' ' || d.domein AS waar,
        d.leeg_of_niet = 1 OR d.effect <> d.delta OR v.delta IS NULL OR v.delta <> d.delta AS fout
    FROM domein AS d
    LEFT JOIN uitkomst.verschuiving_domein AS v ON v.jaar = d.jaar AND v.gebied = d.gebied AND v.domein = d.domein
)

SELECT
    count(*) FILTER (WHERE fout) AS fout,
    count(*) AS bekeken,
    min(waar) FILTER (WHERE fout) AS voorbeeld
FROM oordeel
