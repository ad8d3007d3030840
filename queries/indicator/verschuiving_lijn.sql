-- titel: Verschuiving tussen lijnen
-- vraag: Verschuiven de kosten van specialistische zorg naar de eerste en anderhalve lijn, of andersom?
-- korrel: jaar × gebied × lijn
-- methode: Middelpuntsplitsing ten opzichte van het basisjaar; aandeel_zorg is het aandeel binnen de lijnen 1, 1.5, 2 en 3.
-- sleutel: jaar, gebied, lijn
-- drempel: personen
-- intern: personen_basis, personen, openbaar, grootste, tweede, aanbieders, aanbieder_grootste, aanbieder_tweede, domeinen
-- open: openbaar
-- optelbaar: bedrag, bedrag_reeel
-- totalen: kosten_lijn(jaar, gebied, lijn) = bedrag; kosten_lijn_reeel(jaar, gebied, lijn) = bedrag_reeel; kosten(jaar, gebied) = bedrag;
--   kosten_reeel(jaar, gebied) = bedrag_reeel
-- evenredig: bedrag_reeel = bedrag per jaar, lijn
-- dominantie: bedrag
-- afgeleid: bedrag_basis = som(bedrag; jaar = basis, gebied, lijn); delta = bedrag - bedrag_basis;
--   aandeel_basis = bedrag_basis / som(bedrag_basis; jaar, gebied); aandeel = bedrag / som(bedrag; jaar, gebied);
--   groei = som(delta; jaar, gebied) * (aandeel_basis + aandeel) / 2 op 1000; verschuiving = delta - groei;
--   aandeel_zorg_basis = bedrag_basis / som(bedrag_basis; jaar, gebied, lijn = '1' | '1.5' | '2' | '3');
--   aandeel_zorg = bedrag / som(bedrag; jaar, gebied, lijn = '1' | '1.5' | '2' | '3');
--   bedrag_basis_reeel = som(bedrag_reeel; jaar = basis, gebied, lijn); delta_reeel = bedrag_reeel - bedrag_basis_reeel;
--   aandeel_basis_reeel = bedrag_basis_reeel / som(bedrag_basis_reeel; jaar, gebied);
--   aandeel_reeel = bedrag_reeel / som(bedrag_reeel; jaar, gebied);
--   groei_reeel = som(delta_reeel; jaar, gebied) * (aandeel_basis_reeel + aandeel_reeel) / 2 op 1000;
--   verschuiving_reeel = delta_reeel - groei_reeel;
--   aandeel_zorg_basis_reeel = bedrag_basis_reeel / som(bedrag_basis_reeel; jaar, gebied, lijn = '1' | '1.5' | '2' | '3');
--   aandeel_zorg_reeel = bedrag_reeel / som(bedrag_reeel; jaar, gebied, lijn = '1' | '1.5' | '2' | '3')
WITH zorg AS (
    SELECT
        prijspeil,
        jaar,
        gebied,
        sum(bedrag_basis) AS bedrag_basis,
        sum(bedrag) AS bedrag
    FROM model.verschuiving_splitsing
    WHERE indeling = 'lijn' AND groep IN ('1', '1.5', '2', '3')
    GROUP BY prijspeil, jaar, gebied
),

lijn AS (
    SELECT
        s.*,
        CASE
            WHEN s.groep IN ('1', '1.5', '2', '3') AND z.bedrag_basis > 0
                THEN CAST(CAST(s.bedrag_basis AS DOUBLE) / CAST(z.bedrag_basis AS DOUBLE) AS DECIMAL(18, 6))
        END AS aandeel_zorg_basis,
        CASE
            WHEN s.groep IN ('1', '1.5', '2', '3') AND z.bedrag > 0
                THEN CAST(CAST(s.bedrag AS DOUBLE) / CAST(z.bedrag AS DOUBLE) AS DECIMAL(18, 6))
        END AS aandeel_zorg
    FROM model.verschuiving_splitsing AS s
    LEFT JOIN zorg AS z ON z.prijspeil = s.prijspeil AND z.jaar = s.jaar AND z.gebied = s.gebied
    WHERE s.indeling = 'lijn'
),

-- De wetten die in het basisjaar of het jaar zelf iets in de lijn hebben.
wetten AS (
    SELECT
        jaar,
        gebied,
        lijn,
        string_agg(domein, '|' ORDER BY domein) AS domeinen,
        max(uit_aggregaat) AS uit_aggregaat
    FROM (
        SELECT
            c.jaar,
            c.gebied,
            z.lijn,
            c.domein,
            max(CASE WHEN k.jaar = c.jaar AND c.herkomst = 'aggregaat' THEN 1 ELSE 0 END) AS uit_aggregaat
        FROM model.cel AS c
        INNER JOIN model.cel AS b
            ON b.is_basisjaar AND b.gebied = c.gebied AND b.domein = c.domein AND b.status <> 'onvolledig'
        INNER JOIN model.kosten_gebied AS k
            ON k.gebied = c.gebied AND k.domein = c.domein AND (k.jaar = c.jaar OR k.jaar = b.jaar)
        INNER JOIN model.zorgsoort AS z ON z.domein = k.domein AND z.zorgsoort = k.zorgsoort
        WHERE c.status <> 'onvolledig'
        GROUP BY c.jaar, c.gebied, z.lijn, c.domein
    ) AS w
    GROUP BY jaar, gebied, lijn
)

SELECT
    n.jaar,
    n.gebied,
    n.groep AS lijn,
    n.bedrag_basis,
    n.bedrag,
    n.delta,
    n.groei,
    n.verschuiving,
    n.aandeel_basis,
    n.aandeel,
    n.aandeel_zorg_basis,
    n.aandeel_zorg,
    r.bedrag_basis AS bedrag_basis_reeel,
    r.bedrag AS bedrag_reeel,
    r.delta AS delta_reeel,
    r.groei AS groei_reeel,
    r.verschuiving AS verschuiving_reeel,
    r.aandeel_basis AS aandeel_basis_reeel,
    r.aandeel AS aandeel_reeel,
    r.aandeel_zorg_basis AS aandeel_zorg_basis_reeel,
    r.aandeel_zorg AS aandeel_zorg_reeel,
    n.status,
    CASE WHEN gb.jaar IS NULL THEN 0 ELSE gb.personen END AS personen_basis,
    CASE WHEN g.jaar IS NULL THEN 0 ELSE g.personen END AS personen,
    CASE WHEN coalesce(gb.openbaar, 'ja') = 'ja' AND coalesce(g.openbaar, 'ja') = 'ja' THEN 'ja' ELSE 'nee' END AS openbaar,
    -- Is alles uit aggregaten, dan zijn de personen en de aanbieders onbekend; is een deel dat, dan zijn zij die van de rest.
    CAST(CASE WHEN a.jaar IS NOT NULL THEN g.grootste WHEN w.uit_aggregaat = 1 THEN NULL ELSE 0 END AS DECIMAL(18, 2)) AS grootste,
    CAST(CASE WHEN a.jaar IS NOT NULL THEN g.tweede WHEN w.uit_aggregaat = 1 THEN NULL ELSE 0 END AS DECIMAL(18, 2)) AS tweede,
    CASE WHEN a.jaar IS NOT NULL THEN a.aanbieders WHEN w.uit_aggregaat = 1 THEN NULL ELSE 0 END AS aanbieders,
    CAST(CASE WHEN a.jaar IS NOT NULL THEN a.grootste WHEN w.uit_aggregaat = 1 THEN NULL ELSE 0 END AS DECIMAL(18, 2)) AS aanbieder_grootste,
    CAST(CASE WHEN a.jaar IS NOT NULL THEN a.tweede WHEN w.uit_aggregaat = 1 THEN NULL ELSE 0 END AS DECIMAL(18, 2)) AS aanbieder_tweede,
    w.domeinen
FROM lijn AS n
LEFT JOIN lijn AS r
    ON r.prijspeil = 'reeel' AND r.jaar = n.jaar AND r.gebied = n.gebied AND r.groep = n.groep
LEFT JOIN model.gebruikers AS g
    ON g.indeling = 'lijn' AND g.jaar = n.jaar AND g.gebied = n.gebied AND g.groep = n.groep
LEFT JOIN model.gebruikers AS gb
    ON gb.indeling = 'lijn' AND gb.jaar = n.basisjaar AND gb.gebied = n.gebied AND gb.groep = n.groep
LEFT JOIN model.aanbieders AS a
    ON a.indeling = 'lijn' AND a.jaar = n.jaar AND a.gebied = n.gebied AND a.groep = n.groep
LEFT JOIN wetten AS w ON w.jaar = n.jaar AND w.gebied = n.gebied AND w.lijn = n.groep
WHERE n.prijspeil = 'nominaal'
ORDER BY n.jaar, n.gebied, n.groep
