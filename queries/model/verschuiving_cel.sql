-- titel: Bedragen die worden vergeleken
-- vraag: Wat kostte elke groep in het basisjaar en in het jaar zelf?
-- korrel: indeling (domein, lijn) × prijspeil (nominaal, reeel) × jaar × gebied × groep
-- methode: Alleen gebieden waarvoor elk domein is te vullen, en geen onvolledig jaar. Bedragen in hele centen.
-- sleutel: indeling, prijspeil, jaar, gebied, groep
WITH domein AS (
    SELECT
        'domein' AS indeling,
        c.jaar,
        c.gebied,
        c.domein AS groep,
        c.status,
        CAST(coalesce(sum(k.bedrag), 0) AS DECIMAL(18, 2)) AS bedrag,
        CAST(CASE WHEN count(k.jaar) = count(k.bedrag_reeel) THEN coalesce(sum(k.bedrag_reeel), 0) END AS DECIMAL(18, 2)) AS bedrag_reeel
    FROM model.cel AS c
    LEFT JOIN model.kosten_gebied AS k ON k.jaar = c.jaar AND k.gebied = c.gebied AND k.domein = c.domein
    GROUP BY c.jaar, c.gebied, c.domein, c.status
),

lijnen AS (
    SELECT DISTINCT lijn FROM model.zorgsoort
),

jaar_gebied AS (
    SELECT
        jaar,
        gebied,
        -- Eén voorlopig domein maakt de vergelijking tussen lijnen voorlopig.
        max(status) AS status,
        count(*) AS domeinen
    FROM model.cel
    GROUP BY jaar, gebied
),

lijn AS (
    SELECT
        'lijn' AS indeling,
        c.jaar,
        c.gebied,
        l.lijn AS groep,
        c.status,
        CAST(coalesce(sum(k.bedrag), 0) AS DECIMAL(18, 2)) AS bedrag,
        CAST(CASE WHEN count(k.jaar) = count(k.bedrag_reeel) THEN coalesce(sum(k.bedrag_reeel), 0) END AS DECIMAL(18, 2)) AS bedrag_reeel
    FROM jaar_gebied AS c
    CROSS JOIN lijnen AS l
    INNER JOIN model.zorgsoort AS z ON z.lijn = l.lijn
    LEFT JOIN model.kosten_gebied AS k
        ON k.jaar = c.jaar AND k.gebied = c.gebied AND k.domein = z.domein AND k.zorgsoort = z.zorgsoort
    GROUP BY c.jaar, c.gebied, l.lijn, c.status
),

beide AS (
    SELECT * FROM domein
    UNION ALL
    SELECT * FROM lijn
),

volledig AS (
    SELECT g.jaar, g.gebied
    FROM jaar_gebied AS g
    INNER JOIN (SELECT count(DISTINCT domein) AS domeinen FROM model.cel) AS d ON d.domeinen = g.domeinen
    INNER JOIN model.jaar AS j ON j.jaar = g.jaar AND NOT j.onvolledig
),

basis AS (
    SELECT b.*
    FROM beide AS b
    INNER JOIN model.jaar AS j ON j.jaar = b.jaar AND j.is_basisjaar
    INNER JOIN volledig AS v ON v.jaar = b.jaar AND v.gebied = b.gebied
),

paar AS (
    SELECT
        n.indeling,
        n.jaar,
        b.jaar AS basisjaar,
        n.gebied,
        n.groep,
        CASE WHEN b.status = 'voorlopig' THEN b.status ELSE n.status END AS status,
        b.bedrag AS bedrag_basis,
        n.bedrag,
        b.bedrag_reeel AS bedrag_basis_reeel,
        n.bedrag_reeel
    FROM beide AS n
    INNER JOIN volledig AS v ON v.jaar = n.jaar AND v.gebied = n.gebied
    INNER JOIN basis AS b ON b.indeling = n.indeling AND b.gebied = n.gebied AND b.groep = n.groep
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
FROM paar
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
FROM paar
