-- The same of who lived where: of each row the persons whose days, age or sex in it differ, the households that came or
-- went on 1 January, and who belongs to another class of stacking or has another arrangement.
WITH bewoner AS (
    SELECT
        v.persoon, g.jaar, g.gebied,
        sum(v.kant * v.kwartaal_1) AS kwartaal_1,
        sum(v.kant * v.kwartaal_2) AS kwartaal_2,
        sum(v.kant * v.kwartaal_3) AS kwartaal_3,
        sum(v.kant * v.kwartaal_4) AS kwartaal_4,
        sum(CASE WHEN v.huishouden IS NULL THEN 0 ELSE v.kant END) AS op_nieuwjaar,
        -- As many days, but at another age or of another sex.
        sum(v.kant * (v.kwartaal_1 + v.kwartaal_2 + v.kwartaal_3 + v.kwartaal_4) * v.leeftijd) AS naar_leeftijd,
        sum(v.kant * (v.kwartaal_1 + v.kwartaal_2 + v.kwartaal_3 + v.kwartaal_4) * ascii(v.geslacht)) AS naar_geslacht
    FROM verschil_bewoning AS v
    INNER JOIN plek_gebied AS g ON g.plek = v.plek
    GROUP BY v.persoon, g.jaar, g.gebied
),

dagen AS (
    SELECT jaar, gebied, count(*) AS personen
    FROM bewoner
    WHERE kwartaal_1 + kwartaal_2 + kwartaal_3 + kwartaal_4 <> 0
    GROUP BY jaar, gebied
),

kenmerk AS (
    SELECT jaar, gebied, count(*) AS personen
    FROM bewoner
    WHERE kwartaal_1 + kwartaal_2 + kwartaal_3 + kwartaal_4 <> 0 OR naar_leeftijd <> 0 OR naar_geslacht <> 0 OR op_nieuwjaar <> 0
    GROUP BY jaar, gebied
),

kwartaaldagen AS (
    SELECT b.jaar, k.kwartaal, b.gebied, count(*) AS personen
    FROM bewoner AS b
    CROSS JOIN (VALUES (1), (2), (3), (4)) AS k (kwartaal)
    WHERE CASE k.kwartaal WHEN 1 THEN kwartaal_1 WHEN 2 THEN kwartaal_2 WHEN 3 THEN kwartaal_3 ELSE kwartaal_4 END <> 0
    GROUP BY b.jaar, k.kwartaal, b.gebied
),

-- The households of which a member differs, then and now with all members.
genoemd AS (
    SELECT DISTINCT g.jaar, g.gebied, v.huishouden
    FROM verschil_bewoning AS v
    INNER JOIN plek_gebied AS g ON g.plek = v.plek
    WHERE v.huishouden IS NOT NULL
),

aanwezig AS (
    SELECT DISTINCT -1 AS kant, g.jaar, g.gebied, b.huishouden
    FROM vrijgave.bewoning AS b
    INNER JOIN plek_gebied AS g ON g.plek = b.plek
    WHERE b.stand = getvariable('stand') AND b.huishouden IN (SELECT huishouden FROM genoemd)
    UNION ALL
    SELECT DISTINCT 1 AS kant, g.jaar, g.gebied, b.huishouden
    FROM nu_bewoning AS b
    INNER JOIN plek_gebied AS g ON g.plek = b.plek
    WHERE b.huishouden IN (SELECT huishouden FROM genoemd)
),

huishoudens AS (
    SELECT jaar, gebied, count(*) AS huishoudens
    FROM (SELECT jaar, gebied, huishouden FROM aanwezig GROUP BY jaar, gebied, huishouden HAVING sum(kant) <> 0)
    GROUP BY jaar, gebied
),

-- Who may belong to another class, or to the same with other costs: everything of them, then and now.
ander_jaar AS (
    SELECT persoon, jaar, sum(bedrag) AS bedrag FROM verschil_jaar GROUP BY persoon, jaar HAVING sum(bedrag) <> 0
),

gezocht AS (
    SELECT persoon, jaar FROM ander_jaar
    UNION
    SELECT persoon, jaar FROM verschil_persoonstand
),

stand AS (
    SELECT -1 AS kant, s.persoon, s.jaar, s.arrangementen, s.arrangementen_plek, s.wetten, s.wetten_plek, s.arrangement, s.plek
    FROM vrijgave.persoonstand AS s
    INNER JOIN gezocht AS g ON g.persoon = s.persoon AND g.jaar = s.jaar
    WHERE s.stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, s.*
    FROM nu_persoonstand AS s
    INNER JOIN gezocht AS g ON g.persoon = s.persoon AND g.jaar = s.jaar
),

in_cel AS (
    SELECT kant, persoon, 'stapeling_personen' AS tabel, jaar, arrangementen_plek AS plek,
        '|arrangementen|' || CASE WHEN arrangementen = 6 THEN '6+' ELSE CAST(arrangementen AS VARCHAR) END AS rest
    FROM stand
    UNION ALL
    SELECT kant, persoon, 'stapeling_personen', jaar, wetten_plek, '|wetten|' || CASE WHEN wetten = 6 THEN '6+' ELSE CAST(wetten AS VARCHAR) END
    FROM stand
    UNION ALL
    SELECT s.kant, s.persoon, 'arrangementen', s.jaar, s.plek, '|' || a.naam
    FROM stand AS s
    INNER JOIN arrangement_naam AS a ON a.nummer = s.arrangement
),

persoon_in_cel AS (
    SELECT c.tabel, c.jaar || '|' || g.gebied || c.rest AS sleutel, c.persoon
    FROM in_cel AS c
    INNER JOIN plek_gebied AS g ON g.plek = c.plek
    LEFT JOIN ander_jaar AS a ON a.persoon = c.persoon AND a.jaar = c.jaar
    GROUP BY c.tabel, c.jaar, g.gebied, c.rest, c.persoon
    HAVING sum(c.kant) <> 0 OR count(a.persoon) > 0
),

huishouden_in_cel AS (
    SELECT sleutel, huishouden
    FROM (
        SELECT h.kant, h.huishouden, h.bedrag,
            h.jaar || '|' || g.gebied || '|arrangementen|' || CASE WHEN h.arrangementen = 6 THEN '6+' ELSE CAST(h.arrangementen AS VARCHAR) END AS sleutel
        FROM verschil_huishouden AS h
        INNER JOIN plek_gebied AS g ON g.plek = h.arrangementen_plek
        UNION ALL
        SELECT h.kant, h.huishouden, h.bedrag,
            h.jaar || '|' || g.gebied || '|wetten|' || CASE WHEN h.wetten = 6 THEN '6+' ELSE CAST(h.wetten AS VARCHAR) END
        FROM verschil_huishouden AS h
        INNER JOIN plek_gebied AS g ON g.plek = h.wetten_plek
    )
    GROUP BY sleutel, huishouden
    HAVING sum(kant) <> 0 OR min(bedrag) <> max(bedrag) OR count(bedrag) < count(*)
),

-- From the arrangement of the base year to that of the year, or why somebody has only one of both.
ander_arrangement AS (
    SELECT persoon, jaar
    FROM (SELECT persoon, jaar, arrangement FROM verschil_persoonstand GROUP BY persoon, jaar, arrangement HAVING sum(kant) <> 0)
),

wending_gezocht AS (
    SELECT persoon, jaar FROM verschil_wending
    UNION
    SELECT persoon, jaar FROM ander_arrangement
    UNION
    SELECT a.persoon, j.jaar FROM ander_arrangement AS a CROSS JOIN jaren AS j WHERE a.jaar = getvariable('basisjaar')
),

overgang AS (
    SELECT -1 AS kant, w.persoon, w.jaar, w.plek, coalesce(van.naam, w.wending) AS van, coalesce(naar.naam, w.wending) AS naar
    FROM vrijgave.wending AS w
    INNER JOIN wending_gezocht AS z ON z.persoon = w.persoon AND z.jaar = w.jaar
    LEFT JOIN vrijgave.persoonstand AS b
        ON b.stand = getvariable('stand') AND b.persoon = w.persoon AND b.jaar = getvariable('basisjaar_toen')
    LEFT JOIN vrijgave.persoonstand AS n ON n.stand = getvariable('stand') AND n.persoon = w.persoon AND n.jaar = w.jaar
    LEFT JOIN arrangement_naam AS van ON van.nummer = b.arrangement
    LEFT JOIN arrangement_naam AS naar ON naar.nummer = n.arrangement
    WHERE w.stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, w.persoon, w.jaar, w.plek, coalesce(van.naam, w.wending), coalesce(naar.naam, w.wending)
    FROM nu_wending AS w
    INNER JOIN wending_gezocht AS z ON z.persoon = w.persoon AND z.jaar = w.jaar
    LEFT JOIN nu_persoonstand AS b ON b.persoon = w.persoon AND b.jaar = getvariable('basisjaar')
    LEFT JOIN nu_persoonstand AS n ON n.persoon = w.persoon AND n.jaar = w.jaar
    LEFT JOIN arrangement_naam AS van ON van.nummer = b.arrangement
    LEFT JOIN arrangement_naam AS naar ON naar.nummer = n.arrangement
),

overgegaan AS (
    SELECT o.jaar || '|' || g.gebied || '|' || o.van || '|' || o.naar AS sleutel, o.persoon
    FROM overgang AS o
    INNER JOIN plek_gebied AS g ON g.plek = o.plek
    GROUP BY o.jaar, g.gebied, o.van, o.naar, o.persoon
    HAVING sum(o.kant) <> 0
),

contact AS (
    SELECT
        v.persoon, g.jaar, g.gebied, v.soort,
        sum(v.kant * v.alle) AS alle, sum(v.kant * v.na_huisarts) AS na_huisarts, sum(v.kant * v.met_verwijzer) AS met_verwijzer,
        sum(v.kant * v.van_huisarts) AS van_huisarts, sum(v.kant * v.via_anderhalf) AS via_anderhalf,
        sum(v.kant * v.naar_specialist) AS naar_specialist, sum(v.kant * v.herhaald) AS herhaald
    FROM verschil_contact AS v
    INNER JOIN plek_gebied AS g ON g.plek = v.plek
    GROUP BY v.persoon, g.jaar, g.gebied, v.soort
),

verwezen AS (
    SELECT jaar, gebied, maat, count(*) AS personen
    FROM (
        SELECT jaar, gebied, CASE soort WHEN 'huisarts' THEN 'huisarts_per_1000' WHEN 'anderhalf' THEN 'anderhalf_per_1000' ELSE 'eerste_dbc_per_1000' END AS maat
        FROM contact WHERE alle <> 0
        UNION ALL SELECT jaar, gebied, 'na_huisarts' FROM contact WHERE soort = 'specialist' AND (na_huisarts <> 0 OR alle <> 0)
        UNION ALL SELECT jaar, gebied, 'verwezen_door_huisarts' FROM contact WHERE soort = 'specialist' AND (van_huisarts <> 0 OR met_verwijzer <> 0)
        UNION ALL SELECT jaar, gebied, 'via_anderhalf' FROM contact WHERE soort = 'specialist' AND (via_anderhalf <> 0 OR alle <> 0)
        UNION ALL SELECT jaar, gebied, 'anderhalf_doorverwezen' FROM contact WHERE soort = 'anderhalf' AND (naar_specialist <> 0 OR alle <> 0)
        UNION ALL SELECT jaar, gebied, 'herhaald_12_maanden' FROM contact WHERE soort = 'specialist' AND (herhaald <> 0 OR alle <> 0)
    )
    GROUP BY jaar, gebied, maat
),

wetten AS (
    SELECT DISTINCT jaar, domein FROM nu_domeinjaar
)

SELECT 'kerncijfers_gebied' AS tabel, jaar || '|' || gebied AS sleutel, 'bewoner' AS deel, personen FROM kenmerk
UNION ALL SELECT 'kerncijfers_gebied', jaar || '|' || gebied, 'huishouden', huishoudens FROM huishoudens
UNION ALL SELECT 'kosten_per_domein', d.jaar || '|' || d.gebied || '|' || w.domein, 'dagen', d.personen
    FROM dagen AS d INNER JOIN wetten AS w ON w.jaar = d.jaar
UNION ALL SELECT 'kosten_per_kwartaal', d.jaar || '-K' || d.kwartaal || '|' || d.gebied || '|' || w.domein, 'dagen', d.personen
    FROM kwartaaldagen AS d INNER JOIN wetten AS w ON w.jaar = d.jaar WHERE d.gebied IN ('regio', 'pilot', 'controle')
UNION ALL SELECT r.tabel, r.sleutel, 'bewoner', k.personen
    FROM vrijgegeven AS r
    INNER JOIN kenmerk AS k ON CAST(k.jaar AS VARCHAR) = split_part(r.sleutel, '|', 1) AND k.gebied = split_part(r.sleutel, '|', 2)
    WHERE r.tabel = 'benchmark'
UNION ALL SELECT r.tabel, r.sleutel, 'bewoner', k.personen
    FROM vrijgegeven AS r
    INNER JOIN kenmerk AS k
        ON (CAST(k.jaar AS VARCHAR) = split_part(r.sleutel, '|', 1) OR k.jaar = getvariable('basisjaar')) AND k.gebied = split_part(r.sleutel, '|', 2)
    WHERE r.tabel = 'ontleding'
UNION ALL SELECT r.tabel, r.sleutel, 'dagen', d.personen
    FROM vrijgegeven AS r
    INNER JOIN dagen AS d ON CAST(d.jaar AS VARCHAR) = split_part(r.sleutel, '|', 1) AND d.gebied = split_part(r.sleutel, '|', 2)
    WHERE r.tabel = 'verwijzing' AND r.sleutel LIKE '%_per_1000'
UNION ALL SELECT tabel, sleutel, 'persoon', count(*) FROM persoon_in_cel GROUP BY tabel, sleutel
UNION ALL SELECT 'stapeling_huishoudens', sleutel, 'huishouden', count(*) FROM huishouden_in_cel GROUP BY sleutel
UNION ALL SELECT 'overgangen', sleutel, 'persoon', count(*) FROM overgegaan GROUP BY sleutel
UNION ALL SELECT 'verwijzing', jaar || '|' || gebied || '|' || maat, 'contact', personen FROM verwezen
