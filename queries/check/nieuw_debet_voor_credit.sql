-- titel: Nieuwe debetten die voor de credit van het oude kwamen
-- vraag: Bij welk deel van de creditregels van Wmo en Jeugdwet was het nieuwe debet al gedeclareerd toen het oude nog openstond?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.01
-- toelichting: Een correctie is eerst een volledige credit en dan een nieuw debet (iWmo en iJw, OP366). In de andere volgorde staat de
--   voorziening een tijd dubbel in de kosten; een stand van dat moment is te hoog.
WITH credit AS (
    SELECT
        c.levering_id,
        c.regel_nr,
        r.leverancier,
        c.domein,
        c.vorige_regel_id,
        c.declaratiedatum
    FROM levering.declaraties AS c
    INNER JOIN model.regel AS r ON r.levering_id = c.levering_id AND r.regel_nr = c.regel_nr
    WHERE c.debet_credit = 'C'
        AND c.declaratiedatum IS NOT NULL
        AND r.domein IN ('wmo', 'jeugdwet')
        AND r.debet_credit = 'C'
        AND r.bestemming = 'telt'
),

oud_debet AS (
    SELECT
        c.levering_id AS credit_levering_id,
        c.regel_nr AS credit_regel_nr,
        c.declaratiedatum AS gecrediteerd,
        d.declaratiedatum AS gedeclareerd,
        l.leverancier,
        d.domein,
        d.pseudoniem,
        d.codelijst,
        d.prestatiecode,
        coalesce(d.aanbieder, '') AS aanbieder,
        d.begindatum,
        d.einddatum
    FROM levering.declaraties AS d
    INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
    INNER JOIN credit AS c
        ON c.vorige_regel_id = d.regel_id AND c.domein = d.domein AND c.leverancier = l.leverancier
    WHERE d.debet_credit = 'D'
),

te_vroeg AS (
    SELECT DISTINCT
        o.credit_levering_id,
        o.credit_regel_nr
    FROM levering.declaraties AS n
    INNER JOIN model.geldige_levering AS l ON l.levering_id = n.levering_id
    INNER JOIN oud_debet AS o
        ON o.pseudoniem = n.pseudoniem
        AND o.domein = n.domein
        AND o.leverancier = l.leverancier
        AND o.codelijst = n.codelijst
        AND o.prestatiecode = n.prestatiecode
        AND o.aanbieder = coalesce(n.aanbieder, '')
        AND o.begindatum = n.begindatum
        AND o.einddatum = n.einddatum
    WHERE n.debet_credit = 'D'
        AND n.declaratiedatum > o.gedeclareerd
        AND n.declaratiedatum < o.gecrediteerd
)

SELECT
    (SELECT count(*) FROM te_vroeg) AS fout,
    count(*) AS bekeken,
    'meer dan 1% van de creditregels' AS voorbeeld
FROM credit
