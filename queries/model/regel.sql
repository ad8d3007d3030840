-- titel: Declaratieregels met hun bestemming
-- vraag: Welke aangeleverde regels tellen, en waarom tellen de andere niet?
-- korrel: leesbare declaratieregel van elke levering
-- methode: Bestemming `vervangen`: een nieuwere volledige levering of een nieuwere regel met dezelfde sleutel en andere
--   inhoud. `dubbel`: dezelfde sleutel en inhoud staan er al. Een credit zonder debet wacht. Wat overblijft, telt.
-- sleutel: levering_id, regel_nr
WITH aangeleverd AS (
    SELECT
        d.*,
        g.leverancier,
        g.volgorde,
        g.geldig,
        g.levering
    FROM levering.declaraties AS d
    INNER JOIN model.geldige_levering AS g ON g.levering_id = d.levering_id
),

-- Een volledige levering vervangt van haar leverancier en domein de maanden die zij zelf bestrijkt.
volledig AS (
    SELECT
        leverancier,
        domein,
        volgorde,
        CAST(date_trunc('month', min(begindatum)) AS DATE) AS vanaf,
        CAST(date_trunc('month', max(begindatum)) + INTERVAL '1' MONTH AS DATE) AS voor
    FROM aangeleverd
    WHERE levering = 'volledig' AND geldig
    GROUP BY leverancier, domein, volgorde
),

vervangen AS (
    SELECT DISTINCT
        a.levering_id,
        a.regel_nr
    FROM aangeleverd AS a
    INNER JOIN volledig AS v
        ON v.leverancier = a.leverancier
        AND v.domein = a.domein
        AND v.volgorde > a.volgorde
        AND v.vanaf <= a.begindatum
        AND v.voor > a.begindatum
),

over AS (
    SELECT a.*
    FROM aangeleverd AS a
    LEFT JOIN vervangen AS v ON v.levering_id = a.levering_id AND v.regel_nr = a.regel_nr
    WHERE a.geldig AND v.levering_id IS NULL
),

-- Alleen wat dezelfde regelsleutel deelt, kan dubbel zijn; de rest hoeft niet te worden vergeleken.
gedeelde_sleutel AS (
    SELECT regelsleutel
    FROM over
    GROUP BY regelsleutel
    HAVING count(*) > 1
),

zelfde_sleutel AS (
    SELECT
        o.levering_id,
        o.regel_nr,
        o.leverancier,
        o.domein,
        o.regel_id,
        o.debet_credit,
        o.bedrag,
        concat_ws(
            chr(31),
            coalesce(o.vorige_regel_id, ''), o.pseudoniem, o.codelijst, o.prestatiecode,
            coalesce(o.productcategorie, ''), coalesce(o.aanbiedersoort, ''), coalesce(o.aanbieder, ''),
            coalesce(o.specialisme, ''), coalesce(o.zorgproduct, ''), coalesce(o.verwijzer, ''),
            CAST(o.begindatum AS VARCHAR), CAST(o.einddatum AS VARCHAR),
            coalesce(CAST(o.declaratiedatum AS VARCHAR), ''), coalesce(CAST(o.volume AS VARCHAR), ''),
            coalesce(o.eenheid, ''), CAST(o.bedrag AS VARCHAR)
        ) AS inhoud,
        row_number() OVER (
            PARTITION BY o.leverancier, o.domein, o.regel_id, o.debet_credit
            ORDER BY o.volgorde DESC, o.regel_nr DESC
        ) AS van_achteren
    FROM over AS o
    INNER JOIN gedeelde_sleutel AS s ON s.regelsleutel = o.regelsleutel
),

-- Wie een regel eerst crediteert en dan opnieuw stuurt, mag hetzelfde kenmerk houden: beide versies tellen.
teruggenomen AS (
    SELECT DISTINCT
        z.levering_id,
        z.regel_nr
    FROM zelfde_sleutel AS z
    INNER JOIN over AS c
        ON c.debet_credit = 'C'
        AND c.leverancier = z.leverancier
        AND c.domein = z.domein
        AND c.vorige_regel_id = z.regel_id
        AND c.bedrag = z.bedrag
    WHERE z.debet_credit = 'D' AND z.van_achteren > 1
),

overtollig AS (
    SELECT
        z.levering_id,
        z.regel_nr,
        CASE WHEN z.inhoud = laatste.inhoud THEN 'dubbel' ELSE 'vervangen' END AS bestemming
    FROM zelfde_sleutel AS z
    LEFT JOIN teruggenomen AS t ON t.levering_id = z.levering_id AND t.regel_nr = z.regel_nr
    INNER JOIN zelfde_sleutel AS laatste
        ON laatste.leverancier = z.leverancier
        AND laatste.domein = z.domein
        AND laatste.regel_id = z.regel_id
        AND laatste.debet_credit = z.debet_credit
        AND laatste.van_achteren = 1
    WHERE z.van_achteren > 1 AND (t.levering_id IS NULL OR z.inhoud = laatste.inhoud)
),

geladen AS (
    SELECT o.*
    FROM over AS o
    LEFT JOIN overtollig AS d ON d.levering_id = o.levering_id AND d.regel_nr = o.regel_nr
    WHERE d.levering_id IS NULL
),

-- Zijn er twee versies van het debet, dan hoort de credit bij die met hetzelfde bedrag.
credit_debet AS (
    SELECT
        c.levering_id,
        c.regel_nr,
        c.bedrag,
        debet.levering_id AS debet_levering_id,
        debet.regel_nr AS debet_regel_nr,
        row_number() OVER (
            PARTITION BY c.levering_id, c.regel_nr
            ORDER BY CASE WHEN debet.bedrag = c.bedrag THEN 0 ELSE 1 END, debet.volgorde, debet.regel_nr
        ) AS keuze
    FROM geladen AS c
    LEFT JOIN geladen AS debet
        ON debet.debet_credit = 'D'
        AND debet.leverancier = c.leverancier
        AND debet.domein = c.domein
        AND debet.regel_id = c.vorige_regel_id
    WHERE c.debet_credit = 'C'
),

credit AS (
    SELECT * FROM credit_debet WHERE keuze = 1
),

gecrediteerd AS (
    SELECT
        debet_levering_id AS levering_id,
        debet_regel_nr AS regel_nr,
        sum(bedrag) AS bedrag
    FROM credit
    WHERE debet_levering_id IS NOT NULL
    GROUP BY debet_levering_id, debet_regel_nr
)

SELECT
    a.levering_id,
    a.regel_nr,
    a.leverancier,
    a.domein,
    a.pseudoniem,
    a.debet_credit,
    a.codelijst,
    a.productcategorie,
    a.begindatum,
    a.einddatum,
    a.declaratiedatum,
    a.volume,
    a.eenheid,
    CAST(CASE WHEN a.debet_credit = 'C' THEN -a.bedrag ELSE a.bedrag END AS DECIMAL(18, 2)) AS bedrag,
    k.zorgsoort,
    k.regel,
    CASE
        WHEN NOT a.geldig OR v.levering_id IS NOT NULL THEN 'vervangen'
        WHEN o.levering_id IS NOT NULL THEN o.bestemming
        WHEN c.levering_id IS NOT NULL AND c.debet_levering_id IS NULL THEN 'credit_zonder_debet'
        ELSE 'telt'
    END AS bestemming,
    -- Een debet dat geheel is gecrediteerd, is geen gebruik en geen declaratie meer.
    a.debet_credit = 'D' AND (g.bedrag IS NULL OR g.bedrag < a.bedrag) AS niet_gecrediteerd
FROM aangeleverd AS a
LEFT JOIN vervangen AS v ON v.levering_id = a.levering_id AND v.regel_nr = a.regel_nr
LEFT JOIN overtollig AS o ON o.levering_id = a.levering_id AND o.regel_nr = a.regel_nr
LEFT JOIN credit AS c ON c.levering_id = a.levering_id AND c.regel_nr = a.regel_nr
LEFT JOIN gecrediteerd AS g ON g.levering_id = a.levering_id AND g.regel_nr = a.regel_nr
INNER JOIN model.codeperiode AS p ON p.dag = a.begindatum
INNER JOIN model.codecombinatie AS b
    ON b.domein = a.domein
    AND b.codelijst = a.codelijst
    AND b.prestatiecode = a.prestatiecode
    AND b.productcategorie = coalesce(a.productcategorie, '')
    AND b.aanbiedersoort = coalesce(a.aanbiedersoort, '')
    AND b.specialisme = coalesce(a.specialisme, '')
    AND b.zorgproduct = coalesce(a.zorgproduct, '')
    AND b.verwijzer = coalesce(a.verwijzer, '')
    AND b.vanaf = p.vanaf
INNER JOIN model.zorgsoort_keuze AS k ON k.combinatie = b.combinatie
