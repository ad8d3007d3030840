-- titel: Verschuiving tussen lijnen
-- vraag: Verschuiven de kosten van specialistische zorg naar de eerste en anderhalve lijn, of andersom?
-- korrel: jaar × gebied × lijn
-- methode: Middelpuntsplitsing ten opzichte van het basisjaar; aandeel_zorg is het aandeel binnen de lijnen 1, 1.5, 2 en 3.
-- sleutel: jaar, gebied, lijn
-- drempel: personen_basis; personen
-- intern: personen_basis, personen, openbaar
-- open: openbaar
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
    CASE WHEN coalesce(gb.openbaar, 'ja') = 'ja' AND coalesce(g.openbaar, 'ja') = 'ja' THEN 'ja' ELSE 'nee' END AS openbaar
FROM lijn AS n
LEFT JOIN lijn AS r
    ON r.prijspeil = 'reeel' AND r.jaar = n.jaar AND r.gebied = n.gebied AND r.groep = n.groep
LEFT JOIN model.gebruikers AS g
    ON g.indeling = 'lijn' AND g.jaar = n.jaar AND g.gebied = n.gebied AND g.groep = n.groep
LEFT JOIN model.gebruikers AS gb
    ON gb.indeling = 'lijn' AND gb.jaar = n.basisjaar AND gb.gebied = n.gebied AND gb.groep = n.groep
WHERE n.prijspeil = 'nominaal'
ORDER BY n.jaar, n.gebied, n.groep
