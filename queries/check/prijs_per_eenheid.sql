-- titel: Regels met een ongewone prijs per eenheid
-- vraag: Welk deel van de debetregels heeft een prijs per eenheid ver van de mediaan van zijn code?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.005
-- toelichting: Minder dan een vijfde of meer dan vijf keer de mediaan van dezelfde codelijst, prestatiecode, zorgproduct en eenheid (op 1%
--   nauwkeurig). Alleen van codes die een prijs hebben: ten minste 30 regels met een volume, en het derde kwartiel ten hoogste twee keer
--   het eerste. Vaak staan centen voor euro's, minuten voor uren of een totaal voor een stuk.
WITH per_prijs AS (
    -- Een klasse is 1% breed: met weinig verschillende prijzen is een mediaan snel te tellen.
    SELECT
        c.codelijst,
        c.prestatiecode,
        coalesce(c.zorgproduct, '') AS zorgproduct,
        coalesce(c.eenheid, '') AS eenheid,
        CAST(floor(100 * ln(CAST(d.bedrag AS DOUBLE) / CAST(d.volume AS DOUBLE))) AS INTEGER) AS klasse,
        count(*) AS regels
    FROM opslag.declaraties AS d
    INNER JOIN opslag.codering AS c ON c.codering = d.codering AND c.debet_credit = 'D'
    INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
    WHERE d.volume > 0 AND d.bedrag > 0 AND l.geldig
    GROUP BY 1, 2, 3, 4, 5
),

oplopend AS (
    SELECT
        p.*,
        sum(regels) OVER (PARTITION BY codelijst, prestatiecode, zorgproduct, eenheid) AS alle,
        sum(regels) OVER (PARTITION BY codelijst, prestatiecode, zorgproduct, eenheid ORDER BY klasse) AS tot_en_met
    FROM per_prijs AS p
),

code AS (
    SELECT
        codelijst,
        prestatiecode,
        zorgproduct,
        eenheid,
        min(klasse) FILTER (WHERE 2 * tot_en_met >= alle) AS mediaan
    FROM oplopend
    WHERE alle >= 30
    GROUP BY codelijst, prestatiecode, zorgproduct, eenheid
    -- 69 klassen is een factor 2.
    HAVING min(klasse) FILTER (WHERE 4 * tot_en_met >= 3 * alle) - min(klasse) FILTER (WHERE 4 * tot_en_met >= alle) <= 69
),

vergeleken AS (
    SELECT
        p.codelijst,
        p.prestatiecode,
        p.regels,
        -- 161 klassen is een factor 5.
        CASE WHEN abs(p.klasse - c.mediaan) > 161 THEN p.regels ELSE 0 END AS ver_weg
    FROM per_prijs AS p
    INNER JOIN code AS c
        ON c.codelijst = p.codelijst
        AND c.prestatiecode = p.prestatiecode
        AND c.zorgproduct = p.zorgproduct
        AND c.eenheid = p.eenheid
)

SELECT
    coalesce(sum(ver_weg), 0) AS fout,
    coalesce(sum(regels), 0) AS bekeken,
    'onder meer van code ' || min(codelijst || ' ' || prestatiecode) FILTER (WHERE ver_weg > 0) AS voorbeeld
FROM vergeleken
