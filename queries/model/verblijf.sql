-- titel: Verblijf
-- vraag: Waar woont een persoon op welke dag?
-- korrel: persoon × aaneengesloten periode op één adres; de perioden van een persoon overlappen niet
-- methode: Bij overlap geldt het verblijf dat het laatst begon, daarna de laagste buurtcode. Bij populatie
--   `verzekerden` blijven alleen de verzekerde dagen over.
--   Wat per regel of per dag wordt geteld, draagt de nummers `huis` en `plaats` in plaats van huishouden en buurt.
-- sleutel: persoon, begindatum
WITH opgave AS (
    SELECT
        b.persoon,
        coalesce(b.huishouden, p.pseudoniem) AS huishouden,
        b.geboortejaar,
        b.geslacht,
        b.buurt,
        b.begindatum,
        coalesce(b.einddatum, DATE '9999-12-30') AS einddatum
    FROM opslag.bevolking AS b
    INNER JOIN opslag.persoon AS p ON p.persoon = b.persoon
    INNER JOIN model.geldige_levering AS g ON g.levering_id = b.levering_id AND g.geldig
),

verzekerd AS (
    SELECT
        v.persoon,
        v.begindatum,
        coalesce(v.einddatum, DATE '9999-12-30') AS einddatum
    FROM opslag.verzekering AS v
    INNER JOIN model.geldige_levering AS g ON g.levering_id = v.levering_id AND g.geldig
),

-- Op een grens begint een verblijf of een verzekering, of de dag ervoor eindigt er een.
grens AS (
    SELECT persoon, begindatum AS dag FROM opgave
    UNION
    SELECT persoon, CAST(einddatum + INTERVAL '1' DAY AS DATE) AS dag FROM opgave
    UNION
    SELECT persoon, begindatum AS dag FROM verzekerd
    UNION
    SELECT persoon, CAST(einddatum + INTERVAL '1' DAY AS DATE) AS dag FROM verzekerd
),

deel AS (
    SELECT
        persoon,
        dag AS begindatum,
        lead(dag) OVER (PARTITION BY persoon ORDER BY dag) AS volgende
    FROM grens
),

gekozen AS (
    SELECT
        d.persoon,
        d.begindatum,
        CAST(d.volgende - INTERVAL '1' DAY AS DATE) AS einddatum,
        o.huishouden,
        o.buurt,
        row_number() OVER (
            PARTITION BY d.persoon, d.begindatum
            ORDER BY o.begindatum DESC, o.buurt ASC, o.einddatum DESC, o.huishouden ASC
        ) AS voorrang
    FROM deel AS d
    INNER JOIN opgave AS o
        ON o.persoon = d.persoon AND o.begindatum <= d.begindatum AND o.einddatum >= d.begindatum
    WHERE d.volgende IS NOT NULL
),

-- Een persoon heeft één geboortejaar en één geslacht; 0 (onbekend) wijkt voor een opgave.
kenmerk AS (
    SELECT
        persoon,
        max(geboortejaar) AS geboortejaar,
        max(geslacht) AS geslacht
    FROM opgave
    GROUP BY persoon
),

binnen_populatie AS (
    SELECT DISTINCT d.persoon, d.begindatum
    FROM deel AS d
    INNER JOIN verzekerd AS v
        ON v.persoon = d.persoon AND v.begindatum <= d.begindatum AND v.einddatum >= d.begindatum
)

SELECT
    g.persoon,
    g.huishouden,
    CAST(dense_rank() OVER (ORDER BY g.huishouden) AS INTEGER) AS huis,
    k.geboortejaar,
    k.geslacht,
    g.buurt,
    CAST(dense_rank() OVER (ORDER BY g.buurt) AS INTEGER) AS plaats,
    g.begindatum,
    g.einddatum
FROM gekozen AS g
INNER JOIN kenmerk AS k ON k.persoon = g.persoon
CROSS JOIN instelling AS i
LEFT JOIN binnen_populatie AS p ON p.persoon = g.persoon AND p.begindatum = g.begindatum
WHERE g.voorrang = 1
    AND (i.populatie = 'inwoners' OR p.persoon IS NOT NULL)
ORDER BY g.persoon, g.begindatum
