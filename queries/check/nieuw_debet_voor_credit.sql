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
        c.regel_nr
    FROM opslag.declaraties AS c
    INNER JOIN model.regel AS r ON r.levering_id = c.levering_id AND r.regel_nr = c.regel_nr
    WHERE c.declaratiedatum IS NOT NULL
        AND r.domein IN ('wmo', 'jeugdwet')
        AND r.debet_credit = 'C'
        AND r.bestemming = 'telt'
),

oud_debet AS (
    SELECT
        p.levering_id,
        p.regel_nr,
        p.declaratiedatum AS gecrediteerd,
        p.debet_declaratiedatum AS gedeclareerd,
        p.leverancier,
        p.domein,
        k.codelijst,
        k.prestatiecode,
        p.debet_persoon AS persoon,
        p.debet_zorgaanbieder AS zorgaanbieder,
        p.debet_begindatum AS begindatum,
        p.debet_einddatum AS einddatum
    FROM model.creditpaar AS p
    INNER JOIN credit AS c ON c.levering_id = p.levering_id AND c.regel_nr = p.regel_nr
    INNER JOIN opslag.codering AS k ON k.codering = p.debet_codering
),

te_vroeg AS (
    SELECT DISTINCT
        o.levering_id,
        o.regel_nr
    FROM opslag.declaraties AS n
    INNER JOIN oud_debet AS o
        ON o.persoon = n.persoon
        AND o.zorgaanbieder = n.zorgaanbieder
        AND o.begindatum = n.begindatum
        AND o.einddatum = n.einddatum
        AND n.declaratiedatum > o.gedeclareerd
        AND n.declaratiedatum < o.gecrediteerd
    INNER JOIN opslag.codering AS k
        ON k.codering = n.codering
        AND k.debet_credit = 'D'
        AND k.domein = o.domein
        AND k.codelijst = o.codelijst
        AND k.prestatiecode = o.prestatiecode
    INNER JOIN model.geldige_levering AS l ON l.levering_id = n.levering_id AND l.leverancier = o.leverancier
)

SELECT
    (SELECT count(*) FROM te_vroeg) AS fout,
    count(*) AS bekeken,
    'grens: 1% van de creditregels' AS voorbeeld
FROM credit
