-- titel: Verschuiving tussen domeinen
-- vraag: Welk deel van de verandering is groei bij gelijke verhoudingen, en wat verschoof tussen de wetten?
-- korrel: jaar × gebied × domein
-- methode: Middelpuntsplitsing ten opzichte van het basisjaar; de verschuivingen tellen op tot nul (Bennet 1920).
-- sleutel: jaar, gebied, domein
-- drempel: personen
-- intern: personen_basis, personen, openbaar
-- open: openbaar
-- buurten: ja
-- totalen: netto(jaar, gebied, domein) = bedrag - bedrag_basis waar gebied = 'regio';
--   netto_reeel(jaar, gebied, domein) = bedrag_reeel - bedrag_basis_reeel waar gebied = 'regio'
-- afgeleid: bedrag = som(kosten_per_domein.bedrag; jaar, gebied, domein);
--   bedrag_basis = som(kosten_per_domein.bedrag; jaar = basis, gebied, domein); delta = bedrag - bedrag_basis;
--   aandeel_basis = bedrag_basis / som(bedrag_basis; jaar, gebied); aandeel = bedrag / som(bedrag; jaar, gebied);
--   groei = som(delta; jaar, gebied) * (aandeel_basis + aandeel) / 2 op 1000; verschuiving = delta - groei;
--   bedrag_reeel = som(kosten_per_domein.bedrag_reeel; jaar, gebied, domein);
--   bedrag_basis_reeel = som(kosten_per_domein.bedrag_reeel; jaar = basis, gebied, domein);
--   delta_reeel = bedrag_reeel - bedrag_basis_reeel; aandeel_basis_reeel = bedrag_basis_reeel / som(bedrag_basis_reeel; jaar, gebied);
--   aandeel_reeel = bedrag_reeel / som(bedrag_reeel; jaar, gebied);
--   groei_reeel = som(delta_reeel; jaar, gebied) * (aandeel_basis_reeel + aandeel_reeel) / 2 op 1000;
--   verschuiving_reeel = delta_reeel - groei_reeel
SELECT
    n.jaar,
    n.gebied,
    n.groep AS domein,
    n.bedrag_basis,
    n.bedrag,
    n.delta,
    n.groei,
    n.verschuiving,
    n.aandeel_basis,
    n.aandeel,
    r.bedrag_basis AS bedrag_basis_reeel,
    r.bedrag AS bedrag_reeel,
    r.delta AS delta_reeel,
    r.groei AS groei_reeel,
    r.verschuiving AS verschuiving_reeel,
    r.aandeel_basis AS aandeel_basis_reeel,
    r.aandeel AS aandeel_reeel,
    n.status,
    CASE WHEN gb.jaar IS NULL THEN 0 ELSE gb.personen END AS personen_basis,
    CASE WHEN g.jaar IS NULL THEN 0 ELSE g.personen END AS personen,
    CASE WHEN coalesce(gb.openbaar, 'ja') = 'ja' AND coalesce(g.openbaar, 'ja') = 'ja' THEN 'ja' ELSE 'nee' END AS openbaar
FROM model.verschuiving_splitsing AS n
LEFT JOIN model.verschuiving_splitsing AS r
    ON r.indeling = 'domein' AND r.prijspeil = 'reeel' AND r.jaar = n.jaar AND r.gebied = n.gebied AND r.groep = n.groep
LEFT JOIN model.gebruikers AS g
    ON g.indeling = 'domein' AND g.jaar = n.jaar AND g.gebied = n.gebied AND g.groep = n.groep
LEFT JOIN model.gebruikers AS gb
    ON gb.indeling = 'domein' AND gb.jaar = n.basisjaar AND gb.gebied = n.gebied AND gb.groep = n.groep
WHERE n.indeling = 'domein' AND n.prijspeil = 'nominaal'
ORDER BY n.jaar, n.gebied, n.groep
