-- titel: Kosten per maand in getallen
-- vraag: Wat kostte de zorg van een persoon in een maand, waar woonde die toen en welke regel gaf de zorgsoort?
-- korrel: persoon × maand × plaats × plaatsing
-- methode: De som van de kostendelen die tellen, credits en debets samen; reëel in prijzen van het basisjaar, per rij op de
--   cent, zodat ook reële bedragen in elke uitsplitsing optellen. model.kosten zet de namen bij de nummers.
-- sleutel: persoon, maand, plaats, plaatsing
WITH som AS (
    SELECT
        persoon,
        maand,
        plaats,
        plaatsing,
        sum(bedrag) AS bedrag,
        sum(volume) AS volume
    FROM model.kostendeel
    WHERE telt AND plaats IS NOT NULL
    GROUP BY persoon, maand, plaats, plaatsing
),

-- Van elke plaatsing en elk jaar de factor naar prijzen van het basisjaar.
geprijsd AS (
    SELECT
        q.plaatsing,
        p.jaar,
        CAST(p.index_basis AS DOUBLE) AS index_basis,
        CAST(p.index_jaar AS DOUBLE) AS index_jaar
    FROM model.plaatsing AS q
    INNER JOIN model.prijs AS p ON p.domein = q.domein AND p.zorgsoort = q.zorgsoort
)

SELECT
    s.persoon,
    s.maand,
    s.plaats,
    s.plaatsing,
    CAST(s.bedrag AS DECIMAL(18, 2)) AS bedrag,
    -- Een halve cent rondt van nul af; de honderdmiljoenste cent erbij vangt op dat een DOUBLE haar net niet haalt.
    CAST(
        sign(CAST(s.bedrag AS DOUBLE))
        * floor(abs(CAST(s.bedrag AS DOUBLE) * p.index_basis / p.index_jaar) * 100 + 0.50000001) / 100
        AS DECIMAL(18, 2)
    ) AS bedrag_reeel,
    CAST(s.volume AS DECIMAL(18, 3)) AS volume
FROM som AS s
INNER JOIN geprijsd AS p ON p.plaatsing = s.plaatsing AND p.jaar = year(s.maand)
-- Rijen van een persoon bij elkaar: wie daarna per persoon optelt, vindt zijn groepen in het snelle geheugen.
ORDER BY s.persoon
