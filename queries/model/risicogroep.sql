-- titel: Risicogroep van een startkwartaal
-- vraag: Wie had in een kwartaal aan een project kunnen beginnen, en wie is daarin met wie te vergelijken?
-- korrel: startkwartaal × persoon; alleen strata met zowel deelnemers als anderen
-- methode: Iedereen die op de eerste dag van het kwartaal hier woonde, nog aan niets deelnam en in de kwartalen -8 tot en met -5 enige dag
--   hier was. Wie later begint, blijft vergelijkbaar: de toekomst kiest niet mee. Exacte koppeling op grove klassen (CEM, methods 2.3):
--   leeftijd (tot 18 per 3 jaar, daarna per 5), geslacht, pilot of controle of elders, Wlz, voorzieningen van de Wmo en van de Jeugdwet
--   op die dag (elk 0, 1, 2 of meer) en de reële kosten in de kwartalen -8 tot en met -5: geen, of de helft, 80%, 95% en 99% van de groep.
-- sleutel: startkwartaal, persoon
WITH begin AS (
    SELECT DISTINCT startkwartaal, eerste_dag FROM model.deelname_start
),

-- Er zijn gegevens van acht kwartalen ervoor en van ten minste één erna.
meetbaar AS (
    SELECT
        b.startkwartaal,
        b.eerste_dag,
        min(q.eerste_dag) AS basis_van,
        CAST(b.eerste_dag - INTERVAL '1' YEAR - INTERVAL '1' DAY AS DATE) AS basis_tot
    FROM begin AS b
    INNER JOIN model.deelname_kwartaal AS q ON q.startkwartaal = b.startkwartaal
    GROUP BY b.startkwartaal, b.eerste_dag
    HAVING min(q.k) = -8 AND max(q.k) >= 1
),

eerste_deelname AS (
    SELECT
        persoon,
        min(startkwartaal) AS startkwartaal
    FROM model.deelname_start
    GROUP BY persoon
),

bewoner AS (
    SELECT
        m.startkwartaal,
        m.eerste_dag,
        v.persoon,
        least(greatest(CAST(year(m.eerste_dag) AS INTEGER) - v.geboortejaar, 0), 90) AS leeftijd,
        v.geslacht,
        v.plaats,
        coalesce(e.startkwartaal = m.startkwartaal, FALSE) AS deelnemer
    FROM meetbaar AS m
    INNER JOIN model.verblijf AS v ON v.begindatum <= m.eerste_dag AND v.einddatum >= m.eerste_dag
    LEFT JOIN eerste_deelname AS e ON e.persoon = v.persoon
    WHERE coalesce(e.startkwartaal >= m.startkwartaal, TRUE)
),

aanwezig AS (
    SELECT DISTINCT m.startkwartaal, v.persoon
    FROM meetbaar AS m
    INNER JOIN model.verblijf AS v ON v.begindatum <= m.basis_tot AND v.einddatum >= m.basis_van
),

kosten AS (
    SELECT
        q.startkwartaal,
        k.persoon,
        sum(k.bedrag_reeel) AS bedrag,
        count(DISTINCT p.soort) AS zorgsoorten
    FROM model.maandkosten AS k
    INNER JOIN model.plaatsing AS p ON p.plaatsing = k.plaatsing
    INNER JOIN model.deelname_kwartaal AS q
        ON q.kwartaal = CAST(4 * year(k.maand) + (month(k.maand) - 1 - mod(month(k.maand) - 1, 3)) / 3 AS INTEGER)
    WHERE q.k <= -5
    GROUP BY q.startkwartaal, k.persoon
),

lopend AS (
    SELECT m.startkwartaal, t.persoon, s.domein, s.voorziening
    FROM meetbaar AS m
    INNER JOIN model.toewijzing AS t ON t.begindatum <= m.eerste_dag AND t.einddatum >= m.eerste_dag
    INNER JOIN model.voorziening AS s ON s.domein = t.domein AND s.productcategorie = t.productcategorie
    WHERE s.voorziening IS NOT NULL
    UNION ALL
    SELECT m.startkwartaal, r.persoon, s.domein, s.voorziening
    FROM meetbaar AS m
    INNER JOIN model.declaratieregel AS r ON r.begindatum <= m.eerste_dag AND r.einddatum >= m.eerste_dag
    INNER JOIN opslag.codering AS c ON c.codering = r.codering
    INNER JOIN model.voorziening AS s ON s.domein = c.domein AND s.productcategorie = coalesce(c.productcategorie, '') AND s.uit_regels
    WHERE r.telt AND r.niet_gecrediteerd AND s.voorziening IS NOT NULL
),

voorzieningen AS (
    SELECT
        startkwartaal,
        persoon,
        count(DISTINCT CASE WHEN domein = 'wmo' THEN voorziening END) AS wmo,
        count(DISTINCT CASE WHEN domein = 'jeugdwet' THEN voorziening END) AS jeugdwet,
        count(CASE WHEN domein = 'wlz' THEN 1 END) AS wlz
    FROM lopend
    GROUP BY startkwartaal, persoon
),

-- Hoeveelste van de goedkoopste af; wie evenveel kostte, staat gelijk.
geordend AS (
    SELECT
        b.startkwartaal,
        b.persoon,
        b.deelnemer,
        b.leeftijd,
        b.geslacht,
        coalesce(w.rol, '') AS rol,
        coalesce(z.wlz, 0) > 0 AS wlz,
        coalesce(z.wmo, 0) AS wmo,
        coalesce(z.jeugdwet, 0) AS jeugdwet,
        coalesce(k.zorgsoorten, 0) AS zorgsoorten,
        coalesce(k.bedrag, 0) AS bedrag,
        rank() OVER (PARTITION BY b.startkwartaal ORDER BY coalesce(k.bedrag, 0)) - 1 AS lager,
        count(*) OVER (PARTITION BY b.startkwartaal) AS personen
    FROM bewoner AS b
    INNER JOIN aanwezig AS a ON a.startkwartaal = b.startkwartaal AND a.persoon = b.persoon
    LEFT JOIN model.buurt AS w ON w.jaar = year(b.eerste_dag) AND w.plaats = b.plaats
    LEFT JOIN kosten AS k ON k.startkwartaal = b.startkwartaal AND k.persoon = b.persoon
    LEFT JOIN voorzieningen AS z ON z.startkwartaal = b.startkwartaal AND z.persoon = b.persoon
),

ingedeeld AS (
    SELECT
        startkwartaal,
        persoon,
        deelnemer,
        leeftijd,
        geslacht,
        rol,
        wlz,
        wmo,
        jeugdwet,
        zorgsoorten,
        CASE
            WHEN leeftijd < 18 THEN (leeftijd - mod(leeftijd, 3)) / 3
            ELSE 6 + (leeftijd - 18 - mod(leeftijd - 18, 5)) / 5
        END AS leeftijdsklasse,
        CASE
            WHEN bedrag <= 0 THEN 0
            WHEN 100 * lager < 50 * personen THEN 1
            WHEN 100 * lager < 80 * personen THEN 2
            WHEN 100 * lager < 95 * personen THEN 3
            WHEN 100 * lager < 99 * personen THEN 4
            ELSE 5
        END AS kostenklasse
    FROM geordend
),

genummerd AS (
    SELECT
        startkwartaal,
        persoon,
        deelnemer,
        leeftijd,
        wmo,
        jeugdwet,
        zorgsoorten,
        CAST(dense_rank() OVER (
            ORDER BY leeftijdsklasse, geslacht, rol, wlz, least(wmo, 2), least(jeugdwet, 2), kostenklasse
        ) AS INTEGER) AS stratum
    FROM ingedeeld
),

gemengd AS (
    SELECT startkwartaal, stratum
    FROM genummerd
    GROUP BY startkwartaal, stratum
    HAVING count(CASE WHEN deelnemer THEN 1 END) > 0 AND count(CASE WHEN NOT deelnemer THEN 1 END) > 0
)

SELECT
    g.startkwartaal,
    g.persoon,
    g.deelnemer,
    CAST(g.leeftijd AS INTEGER) AS leeftijd,
    CAST(g.wmo AS INTEGER) AS wmo,
    CAST(g.jeugdwet AS INTEGER) AS jeugdwet,
    CAST(g.zorgsoorten AS INTEGER) AS zorgsoorten,
    g.stratum
FROM genummerd AS g
INNER JOIN gemengd AS m ON m.startkwartaal = g.startkwartaal AND m.stratum = g.stratum
ORDER BY g.startkwartaal, g.persoon
