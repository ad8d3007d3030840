-- titel: Stromen van personen
-- vraag: Wiens euro's verdwenen uit de ene wet en kwamen terug in een andere?
-- korrel: jaar × gebied × van × naar
-- methode: Per persoon is wat daalde naar evenredigheid gekoppeld aan wat steeg, ten opzichte van het basisjaar (migratiestromen uit
--   randtotalen, Abel); wie er niet in beide jaren woonde, staat apart. Per wet is erbij min eraf de verandering. Een stroom zegt niet
--   dat de ene zorg de andere verving.
-- sleutel: jaar, gebied, van, naar
-- drempel: personen; personen_reeel: bedrag_reeel
-- intern: personen_reeel, grootste, tweede
-- zeldzaam: weglaten
-- optelbaar: personen, bedrag, bedrag_reeel
-- totalen: netto(jaar, gebied, naar) = bedrag waar gebied = 'regio'; netto(jaar, gebied, van) = -bedrag waar gebied = 'regio';
--   netto_reeel(jaar, gebied, naar) = bedrag_reeel waar gebied = 'regio';
--   netto_reeel(jaar, gebied, van) = -bedrag_reeel waar gebied = 'regio'
-- evenredig: bedrag_reeel = bedrag per jaar, gebied
-- dominantie: bedrag
SELECT
    jaar,
    gebied,
    van,
    naar,
    personen,
    bedrag,
    bedrag_reeel,
    personen_reeel,
    grootste,
    tweede
FROM model.stroom
ORDER BY jaar, gebied, van, naar
