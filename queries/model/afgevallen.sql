-- titel: Regels die vervangen of dubbel zijn
-- vraag: Welke aangeleverde regels tellen niet, omdat zij zijn vervangen of er al staan?
-- korrel: declaratieregel die niet telt
-- methode: `vervangen`: een nieuwere volledige levering of een nieuwere regel met dezelfde sleutel en andere inhoud. `dubbel`:
--   dezelfde sleutel en inhoud staan er al. Wie een regel eerst crediteert en dan opnieuw stuurt, vervangt niets.
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
)

SELECT levering_id, regel_nr, 'vervangen' AS bestemming FROM vervangen
UNION ALL
SELECT levering_id, regel_nr, bestemming FROM overtollig
