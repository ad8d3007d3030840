-- titel: Kosten per zorgsoort
-- vraag: Welke zorg kost wat, en bij welk leefdomein en welke lijn hoort die zorg?
-- korrel: jaar × gebied × domein × zorgsoort
-- methode: Som van de kosten; gebruikers na verrekening van credits; reële bedragen in prijzen van het basisjaar.
--   Volume in de eenheid van de zorgsoort; zonder eenheid is een declaratie één.
-- sleutel: jaar, gebied, domein, zorgsoort
-- drempel: personen
-- intern: personen, openbaar, grootste, tweede, landelijk
-- open: openbaar
-- detail: ja
-- zeldzaam: weglaten
-- optelbaar: bedrag, gebruikers
-- totalen: kosten_domein(jaar, gebied, domein) = bedrag; kosten_zorgsoort(jaar, gebied, domein, zorgsoort) = bedrag;
--   kosten_lijn(jaar, gebied, lijn) = bedrag; kosten_lijn_reeel(jaar, gebied, lijn) = bedrag_reeel;
--   kosten_landelijk(jaar, gebied, domein, landelijk) = bedrag
-- evenredig: bedrag_reeel = bedrag per jaar, domein, zorgsoort
-- dominantie: bedrag
WITH vergeleken AS (
    SELECT
        domein,
        jaar,
        zorgsoort
    FROM model.landelijk_stratum
    GROUP BY domein, jaar, zorgsoort
    HAVING sum(verzekerdejaren) > 0
)

SELECT
    k.jaar,
    k.gebied,
    k.domein,
    k.zorgsoort,
    z.leefdomein,
    z.lijn,
    g.gebruikers,
    k.bedrag,
    k.bedrag_reeel,
    k.volume,
    nullif(e.eenheid, '') AS eenheid,
    c.status,
    g.personen,
    g.openbaar,
    g.grootste,
    g.tweede,
    -- De landelijke kostensoort waarbij de benchmark haar telt.
    v.zorgsoort AS landelijk
FROM model.kosten_gebied AS k
INNER JOIN model.cel AS c ON c.jaar = k.jaar AND c.gebied = k.gebied AND c.domein = k.domein
INNER JOIN model.zorgsoort AS z ON z.domein = k.domein AND z.zorgsoort = k.zorgsoort
INNER JOIN model.gebruikers AS g
    ON g.indeling = 'zorgsoort' AND g.jaar = k.jaar AND g.gebied = k.gebied AND g.domein = k.domein AND g.groep = k.zorgsoort
LEFT JOIN model.eenheid AS e ON e.domein = k.domein AND e.zorgsoort = k.zorgsoort
LEFT JOIN model.landelijke_zorgsoort AS l ON l.jaar = k.jaar AND l.zorgsoort = k.zorgsoort
LEFT JOIN vergeleken AS v ON v.domein = k.domein AND v.jaar = k.jaar AND v.zorgsoort = coalesce(l.landelijk, k.zorgsoort)
ORDER BY k.jaar, k.gebied, k.domein, k.zorgsoort
