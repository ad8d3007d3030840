-- titel: De stromen sluiten
-- vraag: Is in de regio per wet wat erbij kwam min wat wegging op de cent de verandering van de kosten?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: Elke euro verschil van een persoon zit in precies één stroom; blijft er een cent over, dan zijn de stromen niet te vertrouwen.
WITH wetten AS (
    SELECT
        n.jaar,
        n.domein
    FROM model.cel AS n
    INNER JOIN model.cel AS b
        ON b.gebied = n.gebied AND b.domein = n.domein AND b.is_basisjaar AND b.herkomst = n.herkomst
    WHERE n.gebied = 'regio' AND n.herkomst = 'persoon' AND NOT n.is_basisjaar
),

stromen AS (
    SELECT
        jaar,
        naar AS domein,
        bedrag,
        bedrag_reeel
    FROM model.stroom
    WHERE gebied = 'regio'
    UNION ALL
    SELECT
        jaar,
        van AS domein,
        -bedrag AS bedrag,
        -bedrag_reeel AS bedrag_reeel
    FROM model.stroom
    WHERE gebied = 'regio'
),

-- Van een wet zonder stroom is de verandering nul; zijn de reële stromen onbekend, dan valt daar niets te vergelijken.
per_wet AS (
    SELECT
        w.jaar,
        w.domein,
        coalesce(sum(s.bedrag), 0) AS bedrag,
        CASE WHEN count(s.jaar) = count(s.bedrag_reeel) THEN coalesce(sum(s.bedrag_reeel), 0) END AS bedrag_reeel
    FROM wetten AS w
    LEFT JOIN stromen AS s ON s.jaar = w.jaar AND s.domein = w.domein
    GROUP BY w.jaar, w.domein
),

vergeleken AS (
    SELECT
        v.jaar,
        v.groep AS domein,
        CASE WHEN v.prijspeil = 'nominaal' THEN p.bedrag ELSE p.bedrag_reeel END <> v.delta AS verschilt
    FROM model.verschuiving_splitsing AS v
    INNER JOIN per_wet AS p ON p.jaar = v.jaar AND p.domein = v.groep
    WHERE v.indeling = 'domein' AND v.gebied = 'regio'
)

SELECT
    count(*) FILTER (WHERE verschilt) AS fout,
    count(verschilt) AS bekeken,
    min(CAST(jaar AS VARCHAR) || ' ' || domein) FILTER (WHERE verschilt) AS voorbeeld
FROM vergeleken
