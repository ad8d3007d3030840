-- titel: Kosten
-- vraag: Wat kostte de zorg van een persoon in een maand, waar woonde die toen en welke regel gaf de zorgsoort?
-- korrel: persoon × maand × buurt × domein × zorgsoort × regel
-- methode: model.maandkosten met de namen bij de nummers.
-- sleutel: persoon, maand, buurt, domein, zorgsoort, regel
-- vorm: view
SELECT
    p.pseudoniem,
    k.persoon,
    k.maand,
    CAST(year(k.maand) AS INTEGER) AS jaar,
    b.buurt,
    q.domein,
    q.zorgsoort,
    q.regel,
    k.bedrag,
    k.bedrag_reeel,
    k.volume
FROM model.maandkosten AS k
INNER JOIN opslag.persoon AS p ON p.persoon = k.persoon
INNER JOIN model.plaats AS b ON b.plaats = k.plaats
INNER JOIN model.plaatsing AS q ON q.plaatsing = k.plaatsing
