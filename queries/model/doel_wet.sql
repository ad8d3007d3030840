-- titel: Wetten van een doel
-- vraag: Over welke wetten gaat een doel, en zijn die in het jaar en in het basisjaar per persoon bekend?
-- korrel: doel × jaar × wet; jaar is een ander vergelijkbaar jaar dan het basisjaar
-- methode: Alleen wetten die in beide jaren per persoon zijn aangeleverd, zijn per persoon te vergelijken. Stapeling gaat over de
--   wetten met toewijzingen (Wmo, Jeugdwet, Wlz); specialistische zorg en verwijzing over de Zvw.
-- sleutel: doel, jaar, domein
WITH doel_domein AS (
    SELECT DISTINCT
        'kosten_totaal' AS doel,
        domein
    FROM model.cel
    UNION ALL
    SELECT d.doel, d.domein
    FROM (
        VALUES
            ('kosten_zvw', 'zvw'),
            ('kosten_sociaal_domein', 'wmo'),
            ('kosten_sociaal_domein', 'jeugdwet'),
            ('kosten_sociaal_domein', 'participatiewet'),
            ('specialistisch', 'zvw'),
            ('hoogspecialistisch', 'zvw'),
            ('stapeling', 'wmo'),
            ('stapeling', 'jeugdwet'),
            ('stapeling', 'wlz'),
            ('verwijzing', 'zvw')
    ) AS d (doel, domein)
),

euros AS (
    SELECT
        jaar,
        domein,
        sum(abs(bedrag)) AS bedrag
    FROM model.kosten_gebied
    WHERE gebied = 'regio'
    GROUP BY jaar, domein
),

domeinjaar AS (
    SELECT
        c.jaar,
        c.domein,
        c.is_basisjaar,
        c.herkomst = 'persoon' AS per_persoon,
        c.status,
        coalesce(e.bedrag, 0) AS bedrag
    FROM model.cel AS c
    LEFT JOIN euros AS e ON e.jaar = c.jaar AND e.domein = c.domein
    WHERE c.gebied = 'regio' AND c.status <> 'onvolledig'
)

SELECT
    d.doel,
    nu.jaar,
    basis.jaar AS basisjaar,
    d.domein,
    nu.per_persoon AND basis.per_persoon AS per_persoon,
    nu.bedrag > 0 OR basis.bedrag > 0 AS met_euros,
    nu.status = 'voorlopig' OR basis.status = 'voorlopig' AS voorlopig
FROM doel_domein AS d
INNER JOIN domeinjaar AS nu ON nu.domein = d.domein AND NOT nu.is_basisjaar
INNER JOIN domeinjaar AS basis ON basis.domein = d.domein AND basis.is_basisjaar
ORDER BY d.doel, nu.jaar, d.domein
