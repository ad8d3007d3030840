-- titel: Stapeling per persoon
-- vraag: Hoeveel arrangementen, en uit hoeveel wetten, liepen er bij een persoon op één dag hoogstens tegelijk, en waar hoort die bij?
-- korrel: telling × jaar × persoon, ook van wie niets had
-- methode: Uit model.stapeling; wie niets had, is geplaatst op zijn laatste dag.
-- sleutel: telling, jaar, persoon
WITH tellingen AS (
    SELECT 'arrangementen' AS telling, FALSE AS per_wet
    UNION ALL
    SELECT 'wetten' AS telling, TRUE AS per_wet
)

SELECT
    t.telling,
    l.jaar,
    l.persoon,
    coalesce(s.plaats, l.plaats) AS plaats,
    coalesce(s.aantal, 0) AS aantal
FROM model.persoon_plaats AS l
CROSS JOIN tellingen AS t
LEFT JOIN model.stapeling AS s
    ON NOT s.is_huishouden AND s.per_wet = t.per_wet AND s.nummer = l.persoon AND s.jaar = l.jaar
