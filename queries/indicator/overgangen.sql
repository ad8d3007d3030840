-- titel: Overgangen tussen arrangementen
-- vraag: Welk arrangement hadden mensen in het basisjaar, en welk hebben zij nu?
-- korrel: jaar × gebied × van × naar
-- methode: Het arrangement van een persoon in het basisjaar naast dat in het jaar. Wie er niet in beide jaren woonde, heeft in plaats van het
--   ontbrekende arrangement de reden: geboren, gevestigd, overleden of vertrokken.
-- sleutel: jaar, gebied, van, naar
-- drempel: personen
-- zeldzaam: weglaten
-- optelbaar: personen
-- totalen: arrangement(jaar, gebied, naar) = personen; arrangement_toen(jaar, gebied, van) = personen waar gebied = 'regio'
WITH per_buurt AS (
    SELECT
        w.jaar,
        w.gebiedsjaar,
        w.buurt,
        coalesce(b.arrangement, w.wending) AS van,
        coalesce(n.arrangement, w.wending) AS naar,
        count(*) AS personen
    FROM model.persoon_wending AS w
    LEFT JOIN model.persoon_arrangement AS b ON b.persoon = w.persoon AND b.jaar = w.basisjaar
    LEFT JOIN model.persoon_arrangement AS n ON n.persoon = w.persoon AND n.jaar = w.jaar
    GROUP BY w.jaar, w.gebiedsjaar, w.buurt, coalesce(b.arrangement, w.wending), coalesce(n.arrangement, w.wending)
)

SELECT
    p.jaar,
    g.gebied,
    p.van,
    p.naar,
    CAST(sum(p.personen) AS BIGINT) AS personen
FROM per_buurt AS p
INNER JOIN model.gebied AS g ON g.jaar = p.gebiedsjaar AND g.buurt = p.buurt
GROUP BY p.jaar, g.gebied, p.van, p.naar
ORDER BY p.jaar, g.gebied, p.van, p.naar
