-- titel: Meer dan één open debet van een voorziening in een periode
-- vraag: Welk deel van de debetregels van Wmo en Jeugdwet declareert een voorziening en periode die al is gedeclareerd?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: Per toewijzing, product en productperiode mag één debet openstaan; een nieuw debet komt pas na een credit (iWmo en iJw,
--   TR389 en TR416). De regels tellen alle mee; waarschijnlijk ontbreekt een credit en zijn kosten dubbel geteld.
WITH open_debet AS (
    SELECT r.persoon, r.codering, r.zorgaanbieder, r.begindatum, r.einddatum
    FROM model.declaratieregel AS r
    INNER JOIN opslag.codering AS c ON c.codering = r.codering AND c.domein IN ('wmo', 'jeugdwet')
    WHERE r.telt AND r.niet_gecrediteerd
),

-- Alleen wat persoon en periode deelt, hoeft te worden vergeleken.
gedeeld AS (
    SELECT persoon, begindatum, einddatum
    FROM open_debet
    GROUP BY persoon, begindatum, einddatum
    HAVING count(*) > 1
),

-- Een toewijzing staat niet op de regel: persoon, aanbieder en product tonen haar.
voorziening AS (
    SELECT count(*) - 1 AS te_veel
    FROM open_debet AS o
    INNER JOIN gedeeld AS g ON g.persoon = o.persoon AND g.begindatum = o.begindatum AND g.einddatum = o.einddatum
    INNER JOIN opslag.codering AS c ON c.codering = o.codering
    GROUP BY
        o.persoon, c.domein, c.codelijst, c.productcategorie, c.prestatiecode, o.zorgaanbieder, o.begindatum, o.einddatum
)

SELECT
    coalesce((SELECT sum(te_veel) FROM voorziening), 0) AS fout,
    count(*) AS bekeken,
    'grens: 0,1% van de debetregels' AS voorbeeld
FROM open_debet
