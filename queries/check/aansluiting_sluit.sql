-- titel: De aansluiting sluit
-- vraag: Is elke gemodelleerde euro terug te vinden in elke uitsplitsing?
-- korrel: één rij
-- ernst: fout
-- toelichting: De som van de kostentabel, van de zorgsoorten en van de domeinen van de regio moet per domein en jaar op de cent
--   gelijk zijn aan de post gemodelleerd van de aansluiting.
WITH aansluiting AS (
    SELECT domein, jaar, sum(bedrag) AS bedrag
    FROM uitkomst.aansluiting
    WHERE post = 'gemodelleerd'
    GROUP BY domein, jaar
    HAVING sum(bedrag) <> 0
),

per_domein AS (
    SELECT domein, jaar, bedrag
    FROM uitkomst.kosten_per_domein
    WHERE gebied = 'regio' AND bedrag <> 0
),

per_zorgsoort AS (
    SELECT domein, jaar, sum(bedrag) AS bedrag
    FROM uitkomst.kosten_per_zorgsoort
    WHERE gebied = 'regio'
    GROUP BY domein, jaar
    HAVING sum(bedrag) <> 0
),

vergeleken AS (
    SELECT
        coalesce(a.domein, d.domein, z.domein) AS domein,
        coalesce(a.jaar, d.jaar, z.jaar) AS jaar,
        coalesce(a.bedrag, 0) AS aansluiting,
        coalesce(d.bedrag, 0) AS per_domein,
        coalesce(z.bedrag, 0) AS per_zorgsoort
    FROM aansluiting AS a
    FULL JOIN per_domein AS d ON d.domein = a.domein AND d.jaar = a.jaar
    FULL JOIN per_zorgsoort AS z ON z.domein = coalesce(a.domein, d.domein) AND z.jaar = coalesce(a.jaar, d.jaar)
)

SELECT
    count(*) FILTER (WHERE aansluiting <> per_domein OR aansluiting <> per_zorgsoort) AS fout,
    count(*) AS bekeken,
    min(domein || ' ' || CAST(jaar AS VARCHAR)) FILTER (WHERE aansluiting <> per_domein OR aansluiting <> per_zorgsoort) AS voorbeeld
FROM vergeleken
