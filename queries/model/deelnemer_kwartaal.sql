-- titel: Dagen rond een start
-- vraag: Hoeveel dagen woonde een deelnemer, of wie met hem wordt vergeleken, hier in elk kwartaal rond de start?
-- korrel: startkwartaal × persoon × k; alleen kwartalen met ten minste één dag
-- methode: De risicogroep en alle deelnemers, ook wie niet is gekoppeld. Wie verhuist of overlijdt, telt met de dagen die hij hier was.
-- sleutel: startkwartaal, persoon, k
WITH groep AS (
    SELECT startkwartaal, persoon FROM model.risicogroep
    UNION
    SELECT startkwartaal, persoon FROM model.deelname_start
)

SELECT
    g.startkwartaal,
    g.persoon,
    q.k,
    CAST(sum(date_diff('day', greatest(v.begindatum, q.eerste_dag), least(v.einddatum, q.laatste_dag)) + 1) AS INTEGER) AS dagen,
    q.dagen_in_jaar
FROM groep AS g
INNER JOIN model.deelname_kwartaal AS q ON q.startkwartaal = g.startkwartaal
INNER JOIN model.verblijf AS v ON v.persoon = g.persoon AND v.begindatum <= q.laatste_dag AND v.einddatum >= q.eerste_dag
GROUP BY g.startkwartaal, g.persoon, q.k, q.dagen_in_jaar
ORDER BY g.startkwartaal, g.persoon, q.k
