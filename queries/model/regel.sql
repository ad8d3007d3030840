-- titel: Declaratieregels met hun bestemming
-- vraag: Welke aangeleverde regels tellen, en waarom tellen de andere niet?
-- korrel: leesbare declaratieregel van elke levering
-- methode: Bestemming `vervangen`: een nieuwere volledige levering of een nieuwere regel met dezelfde sleutel en andere
--   inhoud. `dubbel`: dezelfde sleutel en inhoud staan er al. Een credit zonder debet wacht. Wat overblijft, telt.
-- sleutel: levering_id, regel_nr
WITH leveringen AS (
    SELECT *
    FROM model.geldige_levering
    WHERE tabel = 'declaraties'
),

-- Een volledige levering vervangt van haar leverancier en domein de maanden die zij zelf bestrijkt.
volledig AS (
    SELECT
        l.leverancier,
        d.domein,
        l.volgorde,
        CAST(date_trunc('month', min(d.vanaf)) AS DATE) AS vanaf,
        CAST(date_trunc('month', max(d.tot)) + INTERVAL '1' MONTH AS DATE) AS voor
    FROM (
        SELECT r.levering_id, c.domein, r.begindatum AS vanaf, r.begindatum AS tot
        FROM opslag.declaraties AS r
        INNER JOIN opslag.codering AS c ON c.codering = r.codering
        UNION ALL
        -- Wie gewist is, stond er wel in: de maanden van de levering blijven dezelfde.
        SELECT levering_id, domein, eerste_maand AS vanaf, laatste_maand AS tot FROM levering.wissing WHERE tabel = 'declaraties'
    ) AS d
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id AND l.geldig AND l.levering = 'volledig'
    GROUP BY l.leverancier, d.domein, l.volgorde
),

vervangen AS (
    SELECT
        d.levering_id,
        d.regel_nr
    FROM opslag.declaraties AS d
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id AND NOT l.geldig
    UNION
    SELECT
        d.levering_id,
        d.regel_nr
    FROM opslag.declaraties AS d
    INNER JOIN opslag.codering AS c ON c.codering = d.codering
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
    INNER JOIN volledig AS v
        ON v.leverancier = l.leverancier
        AND v.domein = c.domein
        AND v.volgorde > l.volgorde
        AND v.vanaf <= d.begindatum
        AND v.voor > d.begindatum
),

-- Alleen wat een regelsleutel deelt, kan dubbel zijn; de rest hoeft niet te worden vergeleken.
gedeelde_sleutel AS (
    SELECT regelsleutel
    FROM opslag.declaraties
    GROUP BY regelsleutel
    HAVING count(*) > 1
),

zelfde_sleutel AS (
    SELECT
        d.levering_id,
        d.regel_nr,
        l.leverancier,
        c.domein,
        d.regel_id,
        c.debet_credit,
        d.bedrag,
        concat_ws(
            chr(31),
            coalesce(d.vorige_regel_id, ''), CAST(d.persoon AS VARCHAR), CAST(d.codering AS VARCHAR),
            CAST(d.zorgaanbieder AS VARCHAR), CAST(d.begindatum AS VARCHAR), CAST(d.einddatum AS VARCHAR),
            coalesce(CAST(d.declaratiedatum AS VARCHAR), ''), coalesce(CAST(d.volume AS VARCHAR), ''),
            CAST(d.bedrag AS VARCHAR)
        ) AS inhoud,
        row_number() OVER (
            PARTITION BY l.leverancier, c.domein, d.regel_id, c.debet_credit
            ORDER BY l.volgorde DESC, d.regel_nr DESC
        ) AS van_achteren
    FROM opslag.declaraties AS d
    INNER JOIN opslag.codering AS c ON c.codering = d.codering
    INNER JOIN gedeelde_sleutel AS s ON s.regelsleutel = d.regelsleutel
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
    LEFT JOIN vervangen AS v ON v.levering_id = d.levering_id AND v.regel_nr = d.regel_nr
    WHERE v.levering_id IS NULL
),

-- Wie een regel eerst crediteert en dan opnieuw stuurt, mag hetzelfde kenmerk houden: beide versies tellen.
teruggenomen AS (
    SELECT DISTINCT
        p.debet_levering_id AS levering_id,
        p.debet_regel_nr AS regel_nr
    FROM model.creditpaar AS p
    LEFT JOIN vervangen AS v ON v.levering_id = p.levering_id AND v.regel_nr = p.regel_nr
    WHERE p.bedrag = p.debet_bedrag AND v.levering_id IS NULL
),

overtollig AS (
    SELECT
        z.levering_id,
        z.regel_nr,
        CASE WHEN z.inhoud = laatste.inhoud THEN 'dubbel' ELSE 'vervangen' END AS bestemming
    FROM zelfde_sleutel AS z
    INNER JOIN zelfde_sleutel AS laatste
        ON laatste.leverancier = z.leverancier
        AND laatste.domein = z.domein
        AND laatste.regel_id = z.regel_id
        AND laatste.debet_credit = z.debet_credit
        AND laatste.van_achteren = 1
    LEFT JOIN teruggenomen AS t ON t.levering_id = z.levering_id AND t.regel_nr = z.regel_nr
    WHERE z.van_achteren > 1 AND (t.levering_id IS NULL OR z.inhoud = laatste.inhoud)
),

afgevallen AS (
    SELECT levering_id, regel_nr, 'vervangen' AS bestemming FROM vervangen
    UNION ALL
    SELECT levering_id, regel_nr, bestemming FROM overtollig
),

-- Zijn er twee versies van het debet, dan hoort de credit bij die met hetzelfde bedrag.
credit_met_debet AS (
    SELECT
        p.levering_id,
        p.regel_nr,
        p.bedrag,
        p.debet_levering_id,
        p.debet_regel_nr,
        row_number() OVER (
            PARTITION BY p.levering_id, p.regel_nr
            ORDER BY CASE WHEN p.debet_bedrag = p.bedrag THEN 0 ELSE 1 END, l.volgorde, p.debet_regel_nr
        ) AS keuze
    FROM model.creditpaar AS p
    INNER JOIN leveringen AS l ON l.levering_id = p.debet_levering_id
    LEFT JOIN afgevallen AS c ON c.levering_id = p.levering_id AND c.regel_nr = p.regel_nr
    LEFT JOIN afgevallen AS d ON d.levering_id = p.debet_levering_id AND d.regel_nr = p.debet_regel_nr
    WHERE c.levering_id IS NULL AND d.levering_id IS NULL
),

gecrediteerd AS (
    SELECT
        debet_levering_id AS levering_id,
        debet_regel_nr AS regel_nr,
        sum(bedrag) AS bedrag
    FROM credit_met_debet
    WHERE keuze = 1
    GROUP BY debet_levering_id, debet_regel_nr
)

SELECT
    d.levering_id,
    d.regel_nr,
    l.leverancier,
    c.domein,
    d.persoon,
    c.debet_credit,
    d.codering,
    d.begindatum,
    d.einddatum,
    d.volume,
    CAST(CASE WHEN c.debet_credit = 'C' THEN -d.bedrag ELSE d.bedrag END AS DECIMAL(18, 2)) AS bedrag,
    k.plaatsing,
    CASE
        WHEN a.bestemming IS NOT NULL THEN a.bestemming
        WHEN c.debet_credit = 'C' AND p.levering_id IS NULL THEN 'credit_zonder_debet'
        ELSE 'telt'
    END AS bestemming,
    -- Een debet dat geheel is gecrediteerd, is geen gebruik en geen declaratie meer.
    c.debet_credit = 'D' AND (g.bedrag IS NULL OR g.bedrag < d.bedrag) AS niet_gecrediteerd
FROM opslag.declaraties AS d
INNER JOIN opslag.codering AS c ON c.codering = d.codering
INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
INNER JOIN model.zorgsoort_keuze AS k ON k.codering = d.codering AND k.vanaf <= d.begindatum AND k.voor > d.begindatum
LEFT JOIN afgevallen AS a ON a.levering_id = d.levering_id AND a.regel_nr = d.regel_nr
LEFT JOIN credit_met_debet AS p ON p.levering_id = d.levering_id AND p.regel_nr = d.regel_nr AND p.keuze = 1
LEFT JOIN gecrediteerd AS g ON g.levering_id = d.levering_id AND g.regel_nr = d.regel_nr
