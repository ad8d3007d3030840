-- titel: Wending van een persoon
-- vraag: Woonde een persoon hier in beide jaren van een vergelijking, en zo niet: waardoor?
-- korrel: jaar × persoon die er dat jaar of in het basisjaar woonde
-- methode: gebleven in beide jaren; anders geboren of gevestigd (alleen in het latere), overleden of vertrokken (alleen in het
--   eerdere). De plaats is die van het latere jaar, en van wie er toen niet meer was die van het eerdere; gebiedsjaar zegt
--   volgens welke indeling.
-- sleutel: jaar, persoon
WITH paar AS (
    SELECT
        n.jaar,
        b.jaar AS basisjaar,
        least(n.jaar, b.jaar) AS eerder,
        greatest(n.jaar, b.jaar) AS later
    FROM model.jaar AS n
    INNER JOIN model.jaar AS b ON b.is_basisjaar AND NOT b.onvolledig AND n.jaar <> b.jaar
    WHERE NOT n.onvolledig
),

in_eerder AS (
    SELECT
        p.jaar,
        w.persoon,
        w.buurt
    FROM paar AS p
    INNER JOIN model.persoon_plaats AS w ON w.jaar = p.eerder
),

in_later AS (
    SELECT
        p.jaar,
        w.persoon,
        w.buurt
    FROM paar AS p
    INNER JOIN model.persoon_plaats AS w ON w.jaar = p.later
),

in_een_van_beide AS (
    SELECT
        coalesce(l.jaar, e.jaar) AS jaar,
        coalesce(l.persoon, e.persoon) AS persoon,
        coalesce(l.buurt, e.buurt) AS buurt,
        e.persoon IS NOT NULL AS was_er_eerder,
        l.persoon IS NOT NULL AS was_er_later
    FROM in_later AS l
    FULL JOIN in_eerder AS e ON e.jaar = l.jaar AND e.persoon = l.persoon
),

geboorte AS (
    SELECT
        persoon,
        max(geboortejaar) AS geboortejaar
    FROM model.verblijf
    GROUP BY persoon
),

overlijden AS (
    SELECT DISTINCT b.persoon
    FROM opslag.bevolking AS b
    INNER JOIN model.geldige_levering AS g ON g.levering_id = b.levering_id AND g.geldig
    WHERE b.reden_einde = 'overleden'
)

SELECT
    i.jaar,
    p.basisjaar,
    i.persoon,
    CASE WHEN i.was_er_later THEN p.later ELSE p.eerder END AS gebiedsjaar,
    i.buurt,
    CASE
        WHEN i.was_er_eerder AND i.was_er_later THEN 'gebleven'
        WHEN i.was_er_later AND g.geboortejaar > p.eerder THEN 'geboren'
        WHEN i.was_er_later THEN 'gevestigd'
        WHEN o.persoon IS NOT NULL THEN 'overleden'
        ELSE 'vertrokken'
    END AS wending
FROM in_een_van_beide AS i
INNER JOIN paar AS p ON p.jaar = i.jaar
INNER JOIN geboorte AS g ON g.persoon = i.persoon
LEFT JOIN overlijden AS o ON o.persoon = i.persoon
