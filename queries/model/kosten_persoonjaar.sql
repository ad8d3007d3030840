-- titel: Kosten per persoonjaar
-- vraag: Wat kostte een persoon in een jaar, per zorgsoort?
-- korrel: persoon × jaar × buurt × domein × zorgsoort
-- methode: model.persoonkosten met de namen bij de nummers.
-- sleutel: persoon, jaar, buurt, domein, zorgsoort
-- vorm: view
SELECT
    k.persoon,
    k.jaar,
    b.buurt,
    k.geslacht,
    k.klasse,
    k.verhuisd,
    s.domein,
    s.zorgsoort,
    k.bedrag,
    k.bedrag_reeel,
    k.volume
FROM model.persoonkosten AS k
INNER JOIN model.plaats AS b ON b.plaats = k.plaats
INNER JOIN model.soort AS s ON s.soort = k.soort
