-- titel: Maanden zonder regels
-- vraag: Ontbreekt er van een wet een maand tussen haar eerste en haar laatste?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: Een lege maand is zelden waar; er is waarschijnlijk een levering vergeten.
WITH geteld AS (
    SELECT DISTINCT
        c.domein,
        m.maand
    FROM (SELECT DISTINCT codering, maand FROM model.declaratieregel WHERE telt) AS m
    INNER JOIN opslag.codering AS c ON c.codering = m.codering
),

bereik AS (
    SELECT
        domein,
        min(maand) AS eerste,
        max(maand) AS laatste
    FROM geteld
    GROUP BY domein
),

verwacht AS (
    SELECT
        b.domein,
        k.dag AS maand
    FROM bereik AS b
    INNER JOIN kalender AS k ON k.dag = k.maand AND k.dag BETWEEN b.eerste AND b.laatste
)

SELECT
    count(*) FILTER (WHERE g.maand IS NULL) AS fout,
    count(*) AS bekeken,
    'de eerste is ' || min(v.domein || ' ' || substr(CAST(v.maand AS VARCHAR), 1, 7)) FILTER (WHERE g.maand IS NULL) AS voorbeeld
FROM verwacht AS v
LEFT JOIN geteld AS g ON g.domein = v.domein AND g.maand = v.maand
