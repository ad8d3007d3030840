-- titel: Stapeling per huishouden
-- vraag: Hoeveel arrangementen, en uit hoeveel wetten, liepen er in een huishouden op één dag hoogstens tegelijk, en waar hoort het bij?
-- korrel: telling × jaar × huishouden, ook van een huishouden dat niets had
-- methode: Uit model.stapeling; een huishouden zonder iets is geplaatst op de laatste dag dat er iemand woonde, in de laagste buurt van toen.
-- sleutel: telling, jaar, huis
WITH laatste AS (
    SELECT
        huis,
        jaar,
        max(einddatum) AS dag
    FROM model.verblijfjaar
    GROUP BY huis, jaar
),

laatste_plaats AS (
    SELECT
        l.huis,
        l.jaar,
        min(v.plaats) AS plaats
    FROM laatste AS l
    INNER JOIN model.verblijfjaar AS v ON v.huis = l.huis AND v.jaar = l.jaar AND v.einddatum = l.dag
    GROUP BY l.huis, l.jaar
),

tellingen AS (
    SELECT 'arrangementen' AS telling, FALSE AS per_wet
    UNION ALL
    SELECT 'wetten' AS telling, TRUE AS per_wet
)

SELECT
    t.telling,
    l.jaar,
    l.huis,
    coalesce(s.plaats, l.plaats) AS plaats,
    coalesce(s.aantal, 0) AS aantal
FROM laatste_plaats AS l
CROSS JOIN tellingen AS t
LEFT JOIN model.stapeling AS s
    ON s.is_huishouden AND s.per_wet = t.per_wet AND s.nummer = l.huis AND s.jaar = l.jaar
