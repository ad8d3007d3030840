-- titel: Op wie deelnemers lijken
-- vraag: Lijken de controles op de deelnemers met wie zij worden vergeleken, en wie is met niemand te vergelijken?
-- korrel: project × kenmerk × groep
-- methode: Gemiddelden per persoon, en van kosten reële euro's per verzekerdejaar. Groepen: deelnemers; controle (met hun gewichten); controle_ongewogen
--   (iedereen die had kunnen beginnen en in een klasse met een deelnemer zit); niet_gekoppeld (deelnemers zonder zo iemand). verschil: dat met de
--   deelnemers in hun standaardafwijking (Austin 2009; onder 0,1 geldt als gelijk). Op kosten_jaar_voor en verzekerdejaren_na is niet gewogen. Kosten
--   per wet staan er alleen voor alle projecten samen.
-- sleutel: project, kenmerk, groep
-- drempel: personen
-- intern: personen, afronding, soort, grootste, tweede
-- totalen: balans(project, groep) = waarde waar soort = 'totaal'; balans(project, groep) = waarde waar soort = 'domein'
-- dominantie: waarde
-- afgeleid: waarde = waarde op afronding; verschil = verschil mits waarde op 0.01
WITH leden AS (
    SELECT
        project,
        startkwartaal,
        persoon,
        CASE WHEN NOT is_deelnemer THEN 'controle' WHEN gewicht > 0 THEN 'deelnemers' ELSE 'niet_gekoppeld' END AS groep,
        CASE WHEN is_deelnemer THEN 1 ELSE gewicht END AS gewicht
    FROM model.deelnemer_gewicht
    UNION ALL
    SELECT project, startkwartaal, persoon, 'controle_ongewogen' AS groep, 1 AS gewicht
    FROM model.deelnemer_gewicht
    WHERE NOT is_deelnemer
),

tijd AS (
    SELECT
        startkwartaal,
        persoon,
        sum(CASE WHEN k <= -5 THEN verzekerdejaren ELSE 0 END) AS basis,
        sum(CASE WHEN k BETWEEN -4 AND -1 THEN verzekerdejaren ELSE 0 END) AS voor,
        sum(CASE WHEN k >= 1 THEN verzekerdejaren ELSE 0 END) AS na
    FROM (
        SELECT startkwartaal, persoon, k, CAST(CAST(dagen AS DOUBLE) / dagen_in_jaar AS DECIMAL(18, 12)) AS verzekerdejaren
        FROM model.deelnemer_kwartaal
    ) AS d
    GROUP BY startkwartaal, persoon
),

-- Een onbekend bedrag maakt de som onbekend.
kosten AS (
    SELECT
        startkwartaal,
        persoon,
        domein,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(CASE WHEN k <= -5 THEN bedrag_reeel ELSE 0 END) END AS basis,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(CASE WHEN k BETWEEN -4 AND -1 THEN bedrag_reeel ELSE 0 END) END AS voor
    FROM model.deelnemer_kosten
    WHERE k <= -1
    GROUP BY startkwartaal, persoon, domein
),

-- Alleen wie iets heeft: de anderen tellen mee in de noemer.
waarden AS (
    SELECT
        l.project,
        l.groep,
        l.gewicht,
        l.persoon,
        t.kenmerk,
        'trek' AS soort,
        CAST(
            CASE t.kenmerk
                WHEN 'leeftijd' THEN r.leeftijd
                WHEN 'wmo_voorzieningen' THEN r.wmo
                WHEN 'jeugdwet_voorzieningen' THEN r.jeugdwet
                ELSE r.zorgsoorten
            END AS DECIMAL(18, 6)
        ) AS waarde
    FROM leden AS l
    INNER JOIN model.risicogroep AS r ON r.startkwartaal = l.startkwartaal AND r.persoon = l.persoon
    CROSS JOIN (VALUES ('leeftijd'), ('wmo_voorzieningen'), ('jeugdwet_voorzieningen'), ('zorgsoorten')) AS t (kenmerk)
    UNION ALL
    SELECT l.project, l.groep, l.gewicht, l.persoon, 'verzekerdejaren_na' AS kenmerk, 'tijd' AS soort, CAST(t.na AS DECIMAL(18, 6)) AS waarde
    FROM leden AS l
    INNER JOIN tijd AS t ON t.startkwartaal = l.startkwartaal AND t.persoon = l.persoon
    UNION ALL
    SELECT l.project, l.groep, l.gewicht, l.persoon, 'kosten_basis' AS kenmerk, 'totaal' AS soort, CAST(sum(k.basis) AS DECIMAL(18, 6)) AS waarde
    FROM leden AS l
    INNER JOIN kosten AS k ON k.startkwartaal = l.startkwartaal AND k.persoon = l.persoon
    GROUP BY l.project, l.groep, l.gewicht, l.startkwartaal, l.persoon
    UNION ALL
    SELECT l.project, l.groep, l.gewicht, l.persoon, 'kosten_jaar_voor' AS kenmerk, 'voor' AS soort, CAST(sum(k.voor) AS DECIMAL(18, 6)) AS waarde
    FROM leden AS l
    INNER JOIN kosten AS k ON k.startkwartaal = l.startkwartaal AND k.persoon = l.persoon
    GROUP BY l.project, l.groep, l.gewicht, l.startkwartaal, l.persoon
    UNION ALL
    SELECT l.project, l.groep, l.gewicht, l.persoon, 'kosten_' || k.domein AS kenmerk, 'domein' AS soort, CAST(k.basis AS DECIMAL(18, 6)) AS waarde
    FROM leden AS l
    INNER JOIN kosten AS k ON k.startkwartaal = l.startkwartaal AND k.persoon = l.persoon
    WHERE l.project = 'alle'
),

noemers AS (
    SELECT
        l.project,
        l.groep,
        count(*) AS leden,
        count(DISTINCT l.persoon) AS personen,
        sum(CAST(l.gewicht AS DECIMAL(24, 12))) AS gewicht,
        sum(CAST(l.gewicht * CAST(t.basis AS DOUBLE) AS DECIMAL(24, 12))) AS basis,
        sum(CAST(l.gewicht * CAST(t.voor AS DOUBLE) AS DECIMAL(24, 12))) AS voor,
        sum(CAST(l.gewicht * l.gewicht AS DECIMAL(24, 12))) AS gewicht_kwadraat
    FROM leden AS l
    LEFT JOIN tijd AS t ON t.startkwartaal = l.startkwartaal AND t.persoon = l.persoon
    GROUP BY l.project, l.groep
),

sommen AS (
    SELECT
        project,
        groep,
        kenmerk,
        soort,
        count(DISTINCT CASE WHEN waarde <> 0 THEN persoon END) AS personen,
        CASE WHEN count(*) = count(waarde) THEN CAST(sum(CAST(gewicht * CAST(waarde AS DOUBLE) AS DECIMAL(38, 10))) AS DOUBLE) END AS som,
        CAST(sum(CAST(CAST(waarde AS DOUBLE) * CAST(waarde AS DOUBLE) AS DECIMAL(38, 6))) AS DOUBLE) AS kwadraten,
        max(abs(gewicht * CAST(waarde AS DOUBLE))) AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(gewicht * CAST(waarde AS DOUBLE)), 2)[2] ELSE 0 END AS tweede
    FROM waarden
    GROUP BY project, groep, kenmerk, soort
),

-- Elk kenmerk bij elke groep, ook waar niemand iets heeft. Van wie met niemand te vergelijken is, zijn de trekken niet bepaald.
volledig AS (
    SELECT
        n.project,
        n.groep,
        k.kenmerk,
        k.soort,
        coalesce(s.personen, 0) AS personen,
        CASE WHEN s.project IS NULL THEN 0 ELSE s.som END AS som,
        CAST(n.gewicht AS DOUBLE) AS gewicht,
        CAST(CASE WHEN k.soort IN ('totaal', 'domein') THEN n.basis WHEN k.soort = 'voor' THEN n.voor ELSE n.gewicht END AS DOUBLE) AS noemer,
        s.kwadraten,
        coalesce(s.grootste, 0) AS grootste,
        coalesce(s.tweede, 0) AS tweede
    FROM noemers AS n
    INNER JOIN (SELECT DISTINCT project, kenmerk, soort FROM sommen) AS k ON k.project = n.project
    LEFT JOIN sommen AS s ON s.project = n.project AND s.groep = n.groep AND s.kenmerk = k.kenmerk
    WHERE n.groep <> 'niet_gekoppeld' OR k.soort <> 'trek'
),

vergeleken AS (
    SELECT
        v.project,
        v.kenmerk,
        v.groep,
        v.soort,
        v.personen,
        CASE WHEN v.noemer > 0 THEN v.som / v.noemer END AS waarde,
        CASE
            WHEN v.groep <> 'deelnemers' AND d.kwadraten * d.gewicht > d.som * d.som
                THEN (v.som / v.gewicht - d.som / d.gewicht) / sqrt(d.kwadraten / d.gewicht - d.som / d.gewicht * (d.som / d.gewicht))
        END AS verschil,
        CASE WHEN v.noemer > 0 THEN v.grootste / v.noemer ELSE 0 END AS grootste,
        CASE WHEN v.noemer > 0 THEN v.tweede / v.noemer ELSE 0 END AS tweede
    FROM volledig AS v
    INNER JOIN volledig AS d ON d.project = v.project AND d.kenmerk = v.kenmerk AND d.groep = 'deelnemers'
    UNION ALL
    SELECT
        project,
        'personen' AS kenmerk,
        groep,
        'personen' AS soort,
        personen,
        -- Zoveel even zware personen zeggen evenveel (Kish 1965).
        CASE WHEN groep = 'controle' THEN CAST(gewicht * gewicht AS DOUBLE) / CAST(gewicht_kwadraat AS DOUBLE) ELSE personen END AS waarde,
        NULL AS verschil,
        0 AS grootste,
        0 AS tweede
    FROM noemers
)

SELECT
    project,
    kenmerk,
    groep,
    CAST(waarde AS DECIMAL(18, 2)) AS waarde,
    CAST(verschil AS DECIMAL(18, 6)) AS verschil,
    CAST(personen AS BIGINT) AS personen,
    CAST(CASE soort WHEN 'trek' THEN 0.1 WHEN 'tijd' THEN 0.01 ELSE 5 END AS DECIMAL(18, 6)) AS afronding,
    soort,
    CAST(CASE WHEN soort IN ('totaal', 'domein', 'voor') THEN grootste ELSE 0 END AS DECIMAL(18, 2)) AS grootste,
    CAST(CASE WHEN soort IN ('totaal', 'domein', 'voor') THEN tweede ELSE 0 END AS DECIMAL(18, 2)) AS tweede
FROM vergeleken
ORDER BY project, kenmerk, groep
