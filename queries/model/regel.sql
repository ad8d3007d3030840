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
        SELECT levering_id, domein, begindatum AS vanaf, begindatum AS tot FROM levering.declaraties
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
    FROM levering.declaraties AS d
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id AND NOT l.geldig
    UNION
    SELECT
        d.levering_id,
        d.regel_nr
    FROM levering.declaraties AS d
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
    INNER JOIN volledig AS v
        ON v.leverancier = l.leverancier
        AND v.domein = d.domein
        AND v.volgorde > l.volgorde
        AND v.vanaf <= d.begindatum
        AND v.voor > d.begindatum
),

-- Alleen wat een regelsleutel deelt, kan dubbel zijn; de rest hoeft niet te worden vergeleken.
gedeelde_sleutel AS (
    SELECT regelsleutel
    FROM levering.declaraties
    GROUP BY regelsleutel
    HAVING count(*) > 1
),

zelfde_sleutel AS (
    SELECT
        d.levering_id,
        d.regel_nr,
        l.leverancier,
        d.domein,
        d.regel_id,
        d.debet_credit,
        d.bedrag,
        concat_ws(
            chr(31),
            coalesce(d.vorige_regel_id, ''), d.pseudoniem, d.codelijst, d.prestatiecode,
            coalesce(d.productcategorie, ''), coalesce(d.aanbiedersoort, ''), coalesce(d.aanbieder, ''),
            coalesce(d.specialisme, ''), coalesce(d.zorgproduct, ''), coalesce(d.verwijzer, ''),
            CAST(d.begindatum AS VARCHAR), CAST(d.einddatum AS VARCHAR),
            coalesce(CAST(d.declaratiedatum AS VARCHAR), ''), coalesce(CAST(d.volume AS VARCHAR), ''),
            coalesce(d.eenheid, ''), CAST(d.bedrag AS VARCHAR)
        ) AS inhoud,
        row_number() OVER (
            PARTITION BY l.leverancier, d.domein, d.regel_id, d.debet_credit
            ORDER BY l.volgorde DESC, d.regel_nr DESC
        ) AS van_achteren
    FROM levering.declaraties AS d
    INNER JOIN gedeelde_sleutel AS s ON s.regelsleutel = d.regelsleutel
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
    LEFT JOIN vervangen AS v ON v.levering_id = d.levering_id AND v.regel_nr = d.regel_nr
    WHERE v.levering_id IS NULL
),

-- Wie een regel eerst crediteert en dan opnieuw stuurt, mag hetzelfde kenmerk houden: beide versies tellen.
teruggenomen AS (
    SELECT DISTINCT
        z.levering_id,
        z.regel_nr
    FROM zelfde_sleutel AS z
    INNER JOIN levering.declaraties AS c
        ON c.debet_credit = 'C'
        AND c.domein = z.domein
        AND c.vorige_regel_id = z.regel_id
        AND c.bedrag = z.bedrag
    INNER JOIN leveringen AS l ON l.levering_id = c.levering_id AND l.leverancier = z.leverancier
    LEFT JOIN vervangen AS v ON v.levering_id = c.levering_id AND v.regel_nr = c.regel_nr
    WHERE z.debet_credit = 'D' AND z.van_achteren > 1 AND v.levering_id IS NULL
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

credit AS (
    SELECT
        c.levering_id,
        c.regel_nr,
        l.leverancier,
        c.domein,
        c.vorige_regel_id,
        c.bedrag
    FROM levering.declaraties AS c
    INNER JOIN leveringen AS l ON l.levering_id = c.levering_id
    LEFT JOIN afgevallen AS f ON f.levering_id = c.levering_id AND f.regel_nr = c.regel_nr
    WHERE c.debet_credit = 'C' AND f.levering_id IS NULL
),

-- Zijn er twee versies van het debet, dan hoort de credit bij die met hetzelfde bedrag.
credit_met_debet AS (
    SELECT
        c.levering_id,
        c.regel_nr,
        c.bedrag,
        d.levering_id AS debet_levering_id,
        d.regel_nr AS debet_regel_nr,
        row_number() OVER (
            PARTITION BY c.levering_id, c.regel_nr
            ORDER BY CASE WHEN d.bedrag = c.bedrag THEN 0 ELSE 1 END, l.volgorde, d.regel_nr
        ) AS keuze
    FROM levering.declaraties AS d
    INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
    INNER JOIN credit AS c
        ON c.leverancier = l.leverancier
        AND c.domein = d.domein
        AND c.vorige_regel_id = d.regel_id
    LEFT JOIN afgevallen AS f ON f.levering_id = d.levering_id AND f.regel_nr = d.regel_nr
    WHERE d.debet_credit = 'D' AND f.levering_id IS NULL
),

gevonden_debet AS (
    SELECT levering_id, regel_nr FROM credit_met_debet WHERE keuze = 1
),

gecrediteerd AS (
    SELECT
        debet_levering_id AS levering_id,
        debet_regel_nr AS regel_nr,
        sum(bedrag) AS bedrag
    FROM credit_met_debet
    WHERE keuze = 1
    GROUP BY debet_levering_id, debet_regel_nr
),

apart AS (
    SELECT levering_id, regel_nr, bestemming FROM afgevallen
    UNION ALL
    SELECT
        c.levering_id,
        c.regel_nr,
        'credit_zonder_debet' AS bestemming
    FROM credit AS c
    LEFT JOIN gevonden_debet AS g ON g.levering_id = c.levering_id AND g.regel_nr = c.regel_nr
    WHERE g.levering_id IS NULL
)

SELECT
    d.levering_id,
    d.regel_nr,
    l.leverancier,
    d.domein,
    d.pseudoniem,
    d.debet_credit,
    d.codelijst,
    d.productcategorie,
    d.begindatum,
    d.einddatum,
    d.declaratiedatum,
    d.volume,
    d.eenheid,
    CAST(CASE WHEN d.debet_credit = 'C' THEN -d.bedrag ELSE d.bedrag END AS DECIMAL(18, 2)) AS bedrag,
    k.zorgsoort,
    k.regel,
    coalesce(a.bestemming, 'telt') AS bestemming,
    -- Een debet dat geheel is gecrediteerd, is geen gebruik en geen declaratie meer.
    d.debet_credit = 'D' AND (g.bedrag IS NULL OR g.bedrag < d.bedrag) AS niet_gecrediteerd
FROM levering.declaraties AS d
INNER JOIN leveringen AS l ON l.levering_id = d.levering_id
INNER JOIN model.codeperiode AS p ON p.dag = d.begindatum
INNER JOIN model.codecombinatie AS b
    ON b.domein = d.domein
    AND b.codelijst = d.codelijst
    AND b.prestatiecode = d.prestatiecode
    AND b.productcategorie = coalesce(d.productcategorie, '')
    AND b.aanbiedersoort = coalesce(d.aanbiedersoort, '')
    AND b.specialisme = coalesce(d.specialisme, '')
    AND b.zorgproduct = coalesce(d.zorgproduct, '')
    AND b.verwijzer = coalesce(d.verwijzer, '')
    AND b.vanaf = p.vanaf
INNER JOIN model.zorgsoort_keuze AS k ON k.combinatie = b.combinatie
LEFT JOIN apart AS a ON a.levering_id = d.levering_id AND a.regel_nr = d.regel_nr
LEFT JOIN gecrediteerd AS g ON g.levering_id = d.levering_id AND g.regel_nr = d.regel_nr
