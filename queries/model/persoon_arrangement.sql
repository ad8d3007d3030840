-- titel: Arrangement van een persoon
-- vraag: Welke combinatie van wetten en leefdomeinen gebruikte een persoon in een jaar, en wat kostte die persoon?
-- korrel: persoon × jaar dat die er woonde
-- methode: De wetten en leefdomeinen waarvan het bedrag na verrekening van credits boven nul is, op alfabet; geen als er geen is.
--   Het bedrag is alles wat de persoon in het jaar kostte, waar in de regio ook.
-- sleutel: persoon, jaar
WITH namen AS (
    SELECT DISTINCT domein || ':' || leefdomein AS naam
    FROM model.zorgsoort
),

-- Elk onderdeel is één bit: zo wordt een combinatie als getal gevonden en maar één keer uitgeschreven.
onderdelen AS (
    SELECT
        naam,
        CAST(power(2, row_number() OVER (ORDER BY naam) - 1) AS DECIMAL(38, 0)) AS bit
    FROM namen
),

soorten AS (
    SELECT
        z.domein,
        z.zorgsoort,
        o.bit
    FROM model.zorgsoort AS z
    INNER JOIN onderdelen AS o ON o.naam = z.domein || ':' || z.leefdomein
),

per_onderdeel AS (
    SELECT
        k.persoon,
        k.jaar,
        s.bit,
        sum(k.bedrag) AS bedrag,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel
    FROM model.kosten_persoonjaar AS k
    INNER JOIN soorten AS s ON s.domein = k.domein AND s.zorgsoort = k.zorgsoort
    GROUP BY k.persoon, k.jaar, s.bit
),

gebruik AS (
    SELECT
        persoon,
        jaar,
        CAST(sum(CASE WHEN bedrag > 0 THEN bit ELSE 0 END) AS DECIMAL(38, 0)) AS bits,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM per_onderdeel
    GROUP BY persoon, jaar
),

combinaties AS (
    SELECT DISTINCT bits
    FROM gebruik
),

arrangementen AS (
    SELECT
        c.bits,
        string_agg(o.naam, '+' ORDER BY o.naam) AS arrangement
    FROM combinaties AS c
    INNER JOIN onderdelen AS o ON mod(c.bits, 2 * o.bit) >= o.bit
    GROUP BY c.bits
)

SELECT
    p.persoon,
    p.jaar,
    p.buurt,
    coalesce(a.arrangement, 'geen') AS arrangement,
    CAST(coalesce(g.bedrag, 0) AS DECIMAL(18, 2)) AS bedrag,
    CAST(CASE WHEN g.persoon IS NULL THEN 0 ELSE g.bedrag_reeel END AS DECIMAL(18, 2)) AS bedrag_reeel
FROM model.persoon_plaats AS p
LEFT JOIN gebruik AS g ON g.persoon = p.persoon AND g.jaar = p.jaar
LEFT JOIN arrangementen AS a ON a.bits = g.bits
