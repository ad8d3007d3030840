-- titel: Declaratieregels in getallen
-- vraag: Welke aangeleverde regels tellen, welke zorgsoortregel plaatste ze, en waar woonde de persoon op haar begindatum?
-- korrel: leesbare declaratieregel van elke levering
-- methode: Een regel telt als zij niet is vervangen of dubbel is, en een credit pas als zijn debet er is. Plaats en huis zijn die van de
--   begindatum; `op_een_adres` is wie daar tot en met de einddatum bleef. Alleen getallen en datums: namen zo vaak opschrijven kost meer
--   tijd dan al het rekenen; model.regel zet ze erbij.
-- sleutel: levering_id, regel_nr
WITH gecrediteerd AS (
    SELECT
        debet_levering_id AS levering_id,
        debet_regel_nr AS regel_nr,
        sum(bedrag) AS bedrag
    FROM model.credit_met_debet
    GROUP BY debet_levering_id, debet_regel_nr
),

codes AS (
    SELECT
        k.codering,
        k.vanaf,
        k.voor,
        k.plaatsing,
        c.debet_credit = 'C' AS is_credit,
        c.codelijst = '041' AS is_dbc
    FROM model.zorgsoort_keuze AS k
    INNER JOIN opslag.codering AS c ON c.codering = k.codering
)

SELECT
    d.levering_id,
    d.regel_nr,
    d.persoon,
    d.codering,
    d.zorgaanbieder,
    k.plaatsing,
    v.plaats,
    v.huis,
    coalesce(v.einddatum >= d.einddatum, FALSE) AS op_een_adres,
    d.begindatum,
    d.einddatum,
    CAST(date_trunc('month', d.begindatum) AS DATE) AS maand,
    CAST(date_trunc('month', d.declaratiedatum) AS DATE) AS declaratiemaand,
    -- DBC-zorg valt geheel in de maand van haar begindatum; ook wat binnen een maand begint en eindigt, hoeft niet te worden verdeeld.
    k.is_dbc OR (year(d.begindatum) = year(d.einddatum) AND month(d.begindatum) = month(d.einddatum)) AS ineens,
    d.volume,
    CAST(CASE WHEN k.is_credit THEN -d.bedrag ELSE d.bedrag END AS DECIMAL(18, 2)) AS bedrag,
    k.is_credit,
    a.levering_id IS NULL AND (NOT k.is_credit OR p.levering_id IS NOT NULL) AS telt,
    -- Een debet dat geheel is gecrediteerd, is geen gebruik en geen declaratie meer.
    NOT k.is_credit AND (g.bedrag IS NULL OR g.bedrag < d.bedrag) AS niet_gecrediteerd
FROM opslag.declaraties AS d
INNER JOIN codes AS k ON k.codering = d.codering AND k.vanaf <= d.begindatum AND k.voor > d.begindatum
LEFT JOIN model.afgevallen AS a ON a.levering_id = d.levering_id AND a.regel_nr = d.regel_nr
LEFT JOIN model.credit_met_debet AS p ON p.levering_id = d.levering_id AND p.regel_nr = d.regel_nr
LEFT JOIN gecrediteerd AS g ON g.levering_id = d.levering_id AND g.regel_nr = d.regel_nr
LEFT JOIN model.verblijf AS v ON v.persoon = d.persoon AND v.begindatum <= d.begindatum AND v.einddatum >= d.begindatum
