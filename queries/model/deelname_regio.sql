-- titel: De regio rond een start
-- vraag: Wat kostten alle inwoners samen in elk kwartaal rond een startkwartaal?
-- korrel: startkwartaal × k × domein × lijn
-- methode: Alle inwoners, zonder koppeling: waartegen wie alleen voor en na bekijkt, deelnemers zou afzetten. `dagen` zijn die van alle
--   inwoners in het kwartaal, op elke rij.
-- sleutel: startkwartaal, k, domein, lijn
WITH kwartalen AS (
    SELECT DISTINCT kwartaal, eerste_dag, laatste_dag FROM model.deelname_kwartaal
),

dagen AS (
    SELECT
        q.kwartaal,
        sum(date_diff('day', greatest(v.begindatum, q.eerste_dag), least(v.einddatum, q.laatste_dag)) + 1) AS dagen
    FROM kwartalen AS q
    INNER JOIN model.verblijf AS v ON v.begindatum <= q.laatste_dag AND v.einddatum >= q.eerste_dag
    GROUP BY q.kwartaal
),

kosten AS (
    SELECT
        q.kwartaal,
        z.domein,
        z.lijn,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel
    FROM kwartalen AS q
    INNER JOIN model.maandkosten AS k
        ON q.kwartaal = CAST(4 * year(k.maand) + (month(k.maand) - 1 - mod(month(k.maand) - 1, 3)) / 3 AS INTEGER)
    INNER JOIN model.plaatsing AS p ON p.plaatsing = k.plaatsing
    INNER JOIN model.zorgsoort AS z ON z.domein = p.domein AND z.zorgsoort = p.zorgsoort
    GROUP BY q.kwartaal, z.domein, z.lijn
)

SELECT
    q.startkwartaal,
    q.k,
    k.domein,
    k.lijn,
    CAST(k.bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    CAST(d.dagen AS BIGINT) AS dagen,
    q.dagen_in_jaar
FROM model.deelname_kwartaal AS q
INNER JOIN dagen AS d ON d.kwartaal = q.kwartaal
INNER JOIN kosten AS k ON k.kwartaal = q.kwartaal
ORDER BY q.startkwartaal, q.k, k.domein, k.lijn
