-- titel: Stapeling per persoon
-- vraag: Hoeveel arrangementen, en uit hoeveel wetten, liepen er bij een persoon op één dag hoogstens tegelijk, en waar hoort die bij?
-- korrel: telling × jaar × persoon, ook van wie niets had
-- methode: Uit model.stapeling; wie niets had, is geplaatst op zijn laatste dag.
-- sleutel: telling, jaar, persoon
WITH jaren AS (
    SELECT
        jaar,
        nieuwjaar,
        CAST(nieuwjaar + INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) AS oudjaar
    FROM model.jaar
),

laatste_dag AS (
    SELECT
        v.persoon,
        j.jaar,
        v.plaats,
        row_number() OVER (PARTITION BY v.persoon, j.jaar ORDER BY v.begindatum DESC) AS rang
    FROM model.verblijf AS v
    INNER JOIN jaren AS j ON j.nieuwjaar <= v.einddatum AND j.oudjaar >= v.begindatum
),

tellingen AS (
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
FROM laatste_dag AS l
CROSS JOIN tellingen AS t
LEFT JOIN model.stapeling AS s
    ON NOT s.is_huishouden AND s.per_wet = t.per_wet AND s.nummer = l.persoon AND s.jaar = l.jaar
WHERE l.rang = 1
