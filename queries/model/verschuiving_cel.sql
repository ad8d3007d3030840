-- titel: Bedragen die worden vergeleken
-- vraag: Wat kostte elke groep in het basisjaar en in het jaar zelf?
-- korrel: indeling (domein, lijn) × prijspeil (nominaal, reeel) × jaar × gebied × groep
-- methode: Alleen wat in beide jaren is te vullen: een domein dat voor een gebied maar in een van de twee jaren is aangeleverd, zou
--   anders een verschuiving lijken. Geen onvolledig jaar. Bedragen in hele centen.
-- sleutel: indeling, prijspeil, jaar, gebied, groep
WITH basis AS (
    SELECT *
    FROM model.cel
    WHERE is_basisjaar AND status <> 'onvolledig'
),

paar AS (
    SELECT
        n.jaar,
        b.jaar AS basisjaar,
        n.gebied,
        n.domein,
        CASE WHEN b.status = 'voorlopig' THEN b.status ELSE n.status END AS status
    FROM model.cel AS n
    INNER JOIN basis AS b ON b.gebied = n.gebied AND b.domein = n.domein
    WHERE n.status <> 'onvolledig'
),

-- Eén rij per zorgsoort en moment (basis of nu), ook als er geen euro is.
bedragen AS (
    SELECT
        p.jaar,
        p.basisjaar,
        p.gebied,
        p.domein,
        p.status,
        z.lijn,
        coalesce(b.bedrag, 0) AS bedrag_basis,
        CASE WHEN b.jaar IS NULL THEN 0 ELSE b.bedrag_reeel END AS bedrag_basis_reeel,
        coalesce(n.bedrag, 0) AS bedrag,
        CASE WHEN n.jaar IS NULL THEN 0 ELSE n.bedrag_reeel END AS bedrag_reeel
    FROM paar AS p
    INNER JOIN model.zorgsoort AS z ON z.domein = p.domein
    LEFT JOIN model.kosten_gebied AS b
        ON b.jaar = p.basisjaar AND b.gebied = p.gebied AND b.domein = p.domein AND b.zorgsoort = z.zorgsoort
    LEFT JOIN model.kosten_gebied AS n
        ON n.jaar = p.jaar AND n.gebied = p.gebied AND n.domein = p.domein AND n.zorgsoort = z.zorgsoort
),

lijnen AS (
    SELECT DISTINCT lijn FROM model.zorgsoort
),

gegroepeerd AS (
    SELECT
        'domein' AS indeling,
        jaar,
        basisjaar,
        gebied,
        domein AS groep,
        max(status) AS status,
        sum(bedrag_basis) AS bedrag_basis,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_basis_reeel) THEN sum(bedrag_basis_reeel) END AS bedrag_basis_reeel,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM bedragen
    GROUP BY jaar, basisjaar, gebied, domein
    UNION ALL
    SELECT
        'lijn' AS indeling,
        b.jaar,
        b.basisjaar,
        b.gebied,
        l.lijn AS groep,
        -- Eén voorlopig domein maakt de vergelijking tussen lijnen voorlopig.
        max(b.status) AS status,
        sum(CASE WHEN b.lijn = l.lijn THEN b.bedrag_basis ELSE 0 END) AS bedrag_basis,
        sum(CASE WHEN b.lijn = l.lijn THEN b.bedrag ELSE 0 END) AS bedrag,
        CASE
            WHEN count(*) = count(CASE WHEN b.lijn = l.lijn THEN b.bedrag_basis_reeel ELSE 0 END)
                THEN sum(CASE WHEN b.lijn = l.lijn THEN b.bedrag_basis_reeel ELSE 0 END)
        END AS bedrag_basis_reeel,
        CASE
            WHEN count(*) = count(CASE WHEN b.lijn = l.lijn THEN b.bedrag_reeel ELSE 0 END)
                THEN sum(CASE WHEN b.lijn = l.lijn THEN b.bedrag_reeel ELSE 0 END)
        END AS bedrag_reeel
    FROM bedragen AS b
    CROSS JOIN lijnen AS l
    GROUP BY b.jaar, b.basisjaar, b.gebied, l.lijn
)

SELECT
    indeling,
    'nominaal' AS prijspeil,
    jaar,
    basisjaar,
    gebied,
    groep,
    status,
    CAST(bedrag_basis * 100 AS DECIMAL(38, 0)) AS centen_basis,
    CAST(bedrag * 100 AS DECIMAL(38, 0)) AS centen
FROM gegroepeerd
UNION ALL
SELECT
    indeling,
    'reeel' AS prijspeil,
    jaar,
    basisjaar,
    gebied,
    groep,
    status,
    CAST(bedrag_basis_reeel * 100 AS DECIMAL(38, 0)) AS centen_basis,
    CAST(bedrag_reeel * 100 AS DECIMAL(38, 0)) AS centen
FROM gegroepeerd
