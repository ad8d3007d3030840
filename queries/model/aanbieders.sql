-- titel: Aanbieders
-- vraag: Hoeveel aanbieders staan achter een bedrag, en wat is het aandeel van de twee grootste?
-- korrel: indeling (domein, kwartaal, lijn, regel) × jaar × kwartaal × gebied × domein × groep
-- methode: Een aanbieder telt als zijn bedrag in de cel na verrekening van credits niet nul is. grootste en tweede: de twee hoogste bedragen van
--   één aanbieder, zonder teken. De indeling lijn telt alleen wetten die met het basisjaar zijn te vergelijken. Een aggregaat kent geen
--   aanbieders. Behalve in de indeling kwartaal is het kwartaal 0.
-- sleutel: indeling, jaar, kwartaal, gebied, domein, groep
WITH plaatsingen AS (
    SELECT
        p.plaatsing,
        p.domein,
        z.lijn,
        p.regel
    FROM model.plaatsing AS p
    INNER JOIN model.zorgsoort AS z ON z.domein = p.domein AND z.zorgsoort = p.zorgsoort
),

per_gebied AS (
    SELECT
        k.zorgaanbieder,
        k.jaar,
        k.kwartaal,
        g.gebied,
        p.domein,
        p.lijn,
        p.regel,
        sum(k.bedrag) AS bedrag
    FROM model.aanbiederkosten AS k
    INNER JOIN plaatsingen AS p ON p.plaatsing = k.plaatsing
    INNER JOIN model.gebied AS g ON g.jaar = k.jaar AND g.plaats = k.plaats
    GROUP BY k.zorgaanbieder, k.jaar, k.kwartaal, g.gebied, p.domein, p.lijn, p.regel
),

-- Dezelfde wetten als in model.verschuiving_cel.
vergelijkbaar AS (
    SELECT
        n.jaar,
        n.gebied,
        n.domein
    FROM model.cel AS n
    INNER JOIN model.cel AS b
        ON b.is_basisjaar AND b.gebied = n.gebied AND b.domein = n.domein AND b.status <> 'onvolledig'
    WHERE n.status <> 'onvolledig'
),

ingedeeld AS (
    SELECT 'domein' AS indeling, zorgaanbieder, jaar, 0 AS kwartaal, gebied, domein, domein AS groep, sum(bedrag) AS bedrag
    FROM per_gebied
    GROUP BY zorgaanbieder, jaar, gebied, domein
    UNION ALL
    SELECT 'kwartaal' AS indeling, zorgaanbieder, jaar, kwartaal, gebied, domein, domein AS groep, sum(bedrag) AS bedrag
    FROM per_gebied
    WHERE gebied IN ('regio', 'pilot', 'controle')
    GROUP BY zorgaanbieder, jaar, kwartaal, gebied, domein
    UNION ALL
    SELECT 'lijn' AS indeling, p.zorgaanbieder, p.jaar, 0 AS kwartaal, p.gebied, 'alle' AS domein, p.lijn AS groep, sum(p.bedrag) AS bedrag
    FROM per_gebied AS p
    INNER JOIN vergelijkbaar AS v ON v.jaar = p.jaar AND v.gebied = p.gebied AND v.domein = p.domein
    GROUP BY p.zorgaanbieder, p.jaar, p.gebied, p.lijn
    UNION ALL
    SELECT 'regel' AS indeling, zorgaanbieder, jaar, 0 AS kwartaal, gebied, 'alle' AS domein, lijn || ' ' || regel AS groep, sum(bedrag) AS bedrag
    FROM per_gebied
    WHERE lijn IN ('2', '3')
    GROUP BY zorgaanbieder, jaar, gebied, lijn, regel
)

SELECT
    indeling,
    jaar,
    kwartaal,
    gebied,
    domein,
    groep,
    count(*) FILTER (WHERE bedrag <> 0) AS aanbieders,
    CAST(max(abs(bedrag), 2)[1] AS DECIMAL(18, 2)) AS grootste,
    CAST(CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS DECIMAL(18, 2)) AS tweede
FROM ingedeeld
GROUP BY indeling, jaar, kwartaal, gebied, domein, groep
