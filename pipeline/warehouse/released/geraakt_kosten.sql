-- Of each row the persons whose net costs in it differ: table, key, part and number. The parts of a row are counted apart,
-- because each can be told from what is published of it: the smallest number that is not zero counts.
WITH per_cel AS (
    SELECT persoon, jaar, gebied, domein, sum(bedrag) AS bedrag, sum(volume) AS volume, sum(declaraties) AS declaraties
    FROM verschil_gebied
    GROUP BY ALL
),

domein AS (
    SELECT jaar, gebied, domein, count(*) AS personen
    FROM per_cel
    WHERE bedrag <> 0 OR declaraties <> 0
    GROUP BY jaar, gebied, domein
),

-- In a decomposition the volume counts too, and prices follow from the whole region.
ontleed AS (
    SELECT jaar, gebied, domein, persoon
    FROM per_cel
    WHERE bedrag <> 0 OR volume <> 0
),

ontleed_cel AS (
    SELECT jaar, gebied, domein, count(*) AS personen FROM ontleed GROUP BY jaar, gebied, domein
),

ontleed_wet AS (
    SELECT domein, count(DISTINCT persoon) AS personen FROM ontleed WHERE gebied = 'regio' GROUP BY domein
),

lijn AS (
    SELECT jaar, gebied, lijn, count(*) AS personen
    FROM (SELECT persoon, jaar, gebied, lijn FROM verschil_gebied GROUP BY ALL HAVING sum(bedrag) <> 0)
    GROUP BY jaar, gebied, lijn
),

zorgsoort AS (
    SELECT jaar, gebied, domein, zorgsoort, count(*) AS personen
    FROM (SELECT persoon, jaar, gebied, domein, zorgsoort FROM verschil_gebied GROUP BY ALL HAVING sum(bedrag) <> 0 OR sum(volume) <> 0)
    GROUP BY jaar, gebied, domein, zorgsoort
),

landelijk AS (
    SELECT jaar, gebied, landelijk, domein, count(*) AS personen
    FROM (SELECT persoon, jaar, gebied, landelijk, domein FROM verschil_gebied GROUP BY ALL HAVING sum(bedrag) <> 0)
    GROUP BY jaar, gebied, landelijk, domein
),

regel AS (
    SELECT jaar, gebied, lijn, regel, count(*) AS personen
    FROM (
        SELECT persoon, jaar, gebied, lijn, regel FROM verschil_gebied WHERE lijn IN ('2', '3')
        GROUP BY ALL HAVING sum(bedrag) <> 0 OR sum(declaraties) <> 0
    )
    GROUP BY jaar, gebied, lijn, regel
),

kwartaal AS (
    SELECT jaar, kwartaal, gebied, domein, count(*) AS personen
    FROM (
        SELECT persoon, jaar, quarter(maand) AS kwartaal, gebied, domein FROM verschil_gebied WHERE gebied IN ('regio', 'pilot', 'controle')
        GROUP BY ALL HAVING sum(bedrag) <> 0
    )
    GROUP BY jaar, kwartaal, gebied, domein
),

maand AS (
    SELECT domein, zorgsoort, maand, count(*) AS personen
    FROM (SELECT persoon, domein, zorgsoort, maand FROM verschil_kosten GROUP BY ALL HAVING sum(bedrag) <> 0)
    GROUP BY domein, zorgsoort, maand
),

-- What is still to come of a month is estimated from all months of its kind of care.
driehoek AS (
    SELECT domein, zorgsoort, count(DISTINCT persoon) AS personen
    FROM (SELECT persoon, domein, zorgsoort, maand FROM verschil_kosten GROUP BY ALL HAVING sum(bedrag) <> 0)
    GROUP BY domein, zorgsoort
),

driehoek_wet AS (
    SELECT domein, count(DISTINCT persoon) AS personen
    FROM (SELECT persoon, domein, zorgsoort, maand FROM verschil_kosten GROUP BY ALL HAVING sum(bedrag) <> 0)
    GROUP BY domein
),

aangesloten AS (
    SELECT leverancier, domein, jaar, count(*) AS personen
    FROM (
        SELECT persoon, leverancier, domein, jaar FROM verschil_kosten GROUP BY ALL HAVING sum(bedrag) <> 0 OR sum(regels) <> 0
    )
    GROUP BY leverancier, domein, jaar
)

SELECT 'kosten_per_domein' AS tabel, concat_ws('|', jaar, gebied, domein) AS sleutel, 'euro' AS deel, personen FROM domein
UNION ALL SELECT 'kosten_per_zorgsoort', concat_ws('|', jaar, gebied, domein, zorgsoort), 'euro', personen FROM zorgsoort
UNION ALL SELECT 'verschuiving_domein', concat_ws('|', jaar, gebied, domein), 'euro', personen FROM domein
UNION ALL SELECT 'verschuiving_domein', concat_ws('|', j.jaar, d.gebied, d.domein), 'basis', d.personen
    FROM domein AS d CROSS JOIN jaren AS j WHERE d.jaar = getvariable('basisjaar')
UNION ALL SELECT 'verschuiving_lijn', concat_ws('|', jaar, gebied, lijn), 'euro', personen FROM lijn
UNION ALL SELECT 'verschuiving_lijn', concat_ws('|', j.jaar, l.gebied, l.lijn), 'basis', l.personen
    FROM lijn AS l CROSS JOIN jaren AS j WHERE l.jaar = getvariable('basisjaar')
UNION ALL SELECT 'specialistische_zorg', concat_ws('|', jaar, gebied, lijn, regel), 'euro', personen FROM regel
UNION ALL SELECT 'kosten_per_kwartaal', concat_ws('|', jaar || '-K' || kwartaal, gebied, domein), 'euro', personen FROM kwartaal
UNION ALL SELECT 'kosten_per_kwartaal', concat_ws('|', (jaar + 1) || '-K' || kwartaal, gebied, domein), 'jaar_eerder', personen FROM kwartaal
UNION ALL SELECT 'volledigheid', concat_ws('|', domein, zorgsoort, maand), 'euro', personen FROM maand
UNION ALL SELECT 'benchmark', concat_ws('|', jaar, gebied, landelijk, domein), 'euro', personen FROM landelijk
UNION ALL SELECT 'aansluiting', concat_ws('|', leverancier, domein, jaar, 'gemodelleerd'), 'euro', personen FROM aangesloten
-- A decomposition and an estimate also follow from what changed elsewhere.
UNION ALL SELECT r.tabel, r.sleutel, 'euro', o.personen
    FROM vrijgegeven AS r
    INNER JOIN ontleed_cel AS o ON split_part(r.sleutel, '|', 1) = CAST(o.jaar AS VARCHAR)
        AND o.gebied = split_part(r.sleutel, '|', 2) AND o.domein = split_part(r.sleutel, '|', 3)
    WHERE r.tabel = 'ontleding'
UNION ALL SELECT r.tabel, r.sleutel, 'basis', o.personen
    FROM vrijgegeven AS r
    INNER JOIN ontleed_cel AS o
        ON o.jaar = getvariable('basisjaar') AND o.gebied = split_part(r.sleutel, '|', 2) AND o.domein = split_part(r.sleutel, '|', 3)
    WHERE r.tabel = 'ontleding'
UNION ALL SELECT r.tabel, r.sleutel, 'regio', o.personen
    FROM vrijgegeven AS r INNER JOIN ontleed_wet AS o ON o.domein = split_part(r.sleutel, '|', 3) WHERE r.tabel = 'ontleding'
UNION ALL SELECT r.tabel, r.sleutel, 'driehoek', d.personen
    FROM vrijgegeven AS r
    INNER JOIN driehoek AS d ON d.domein = split_part(r.sleutel, '|', 1) AND d.zorgsoort = split_part(r.sleutel, '|', 2)
    WHERE r.tabel = 'volledigheid'
-- How complete a quarter is, follows from the estimates of its law.
UNION ALL SELECT r.tabel, r.sleutel, 'driehoek', d.personen
    FROM vrijgegeven AS r INNER JOIN driehoek_wet AS d ON d.domein = split_part(r.sleutel, '|', 3) WHERE r.tabel = 'kosten_per_kwartaal'
