-- titel: Doelen van het programma
-- vraag: Verandert in de pilot wat het programma wil veranderen, vergeleken met het controlegebied?
-- korrel: doel × gebied × jaar
-- methode: Verandering sinds het basisjaar in de pilot min die in het controlegebied, per verzekerdejaar, reëel; 95%-interval uit
--   de gelineariseerde variantie van verhoudingsgetallen. Daling of stijging: het interval sluit nul uit; gelijk: het ligt binnen
--   2% van de pilot in het basisjaar. Een verschil met het controlegebied is nog geen gevolg van het programma.
-- sleutel: doel, gebied, jaar
-- drempel: personen_basis; personen; controle_personen_basis; controle_personen
-- intern: personen_basis, personen, controle_personen_basis, controle_personen, afronding, lijnen
-- afgeleid:
--   basis = basis mits som(kosten_per_domein.bedrag; jaar, gebied) + som(kosten_per_domein.bedrag; jaar = basis, gebied) +
--   som(kosten_per_domein.bedrag; jaar, gebied = 'controle') + som(kosten_per_domein.bedrag; jaar = basis, gebied = 'controle') +
--   som(verschuiving_lijn.bedrag; jaar, gebied, lijn = lijnen) + som(verschuiving_lijn.bedrag; jaar, gebied = 'controle', lijn = lijnen) +
--   som(verschuiving_lijn.bedrag; jaar = basis, gebied, lijn = lijnen) + som(verschuiving_lijn.bedrag; jaar = basis, gebied = 'controle', lijn =
--   lijnen) op afronding;
--   nu = nu mits basis op afronding; controle_basis = controle_basis mits basis op afronding;
--   controle_nu = controle_nu mits basis op afronding; verschil = verschil mits basis op afronding;
--   ci_laag = ci_laag mits basis op afronding; ci_hoog = ci_hoog mits basis op afronding;
--   oordeel = oordeel mits basis; reden = reden mits basis
-- optelsom: verschil = nu - basis - controle_nu + controle_basis
WITH doelen AS (
    SELECT d.doel, d.eenheid, d.richting
    FROM (
        VALUES
            ('kosten_totaal', 'euro per verzekerdejaar', 'daling of gelijk'),
            ('kosten_zvw', 'euro per verzekerdejaar', 'daling'),
            ('kosten_sociaal_domein', 'euro per verzekerdejaar', 'geen'),
            ('specialistisch', 'euro per verzekerdejaar', 'daling'),
            ('hoogspecialistisch', 'euro per verzekerdejaar', 'daling'),
            ('stapeling', 'per 1.000 verzekerdejaren', 'daling'),
            ('verwijzing', 'per 1.000 verzekerdejaren', 'daling')
    ) AS d (doel, eenheid, richting)
),

jaren AS (
    SELECT
        nu.jaar,
        basis.jaar AS basisjaar
    FROM model.jaar AS nu
    INNER JOIN model.jaar AS basis ON basis.is_basisjaar AND NOT basis.onvolledig
    WHERE NOT nu.is_basisjaar AND NOT nu.onvolledig
),

-- Pilot en controle hebben in beide jaren bewoners of geaggregeerde bedragen, of er is niets te vergelijken.
aanwezig AS (
    SELECT
        jaar,
        count(*) AS gebieden
    FROM (
        SELECT jaar, gebied FROM model.gebied WHERE gebied IN ('pilot', 'controle')
        UNION
        SELECT jaar, gebied FROM model.aggregaat_gebied WHERE gebied IN ('pilot', 'controle')
    ) AS g
    GROUP BY jaar
),

onbekend AS (
    SELECT
        k.jaar,
        CAST(sum(CASE WHEN k.zorgsoort = 'onbekend' THEN abs(k.bedrag) ELSE 0 END) AS DOUBLE)
        > CAST(max(i.onbekend_max) AS DOUBLE) * CAST(sum(abs(k.bedrag)) AS DOUBLE) AS te_veel
    FROM model.kosten_gebied AS k
    CROSS JOIN instelling AS i
    WHERE k.gebied = 'regio'
    GROUP BY k.jaar
),

wetten AS (
    SELECT
        doel,
        jaar,
        string_agg(CASE WHEN per_persoon THEN domein END, '+' ORDER BY domein) AS wetten,
        count(*) FILTER (WHERE met_euros AND NOT per_persoon) AS niet_per_persoon,
        count(*) FILTER (WHERE voorlopig) AS voorlopig
    FROM model.doel_wet
    GROUP BY doel, jaar
),

beoordeeld AS (
    SELECT
        d.doel,
        j.jaar,
        d.eenheid,
        d.richting,
        CASE
            WHEN coalesce(an.gebieden, 0) < 2 OR coalesce(ab.gebieden, 0) < 2 THEN 'geen pilot- of controlegebied'
            WHEN coalesce(n.te_veel, FALSE) OR coalesce(b.te_veel, FALSE) THEN 'onbekende zorgsoorten'
            -- Is geen enkele wet van het doel per persoon bekend, dan is er niets om over te oordelen.
            WHEN w.wetten IS NULL OR w.niet_per_persoon > 0 THEN 'niet per persoon aangeleverd'
            WHEN s.onbekend > 0 THEN 'prijsindex ontbreekt'
            WHEN s.verschil IS NULL THEN 'geen pilot- of controlegebied'
            ELSE ''
        END AS reden,
        CASE WHEN w.voorlopig > 0 THEN 'voorlopig' ELSE 'definitief' END AS status,
        s.basis,
        s.nu,
        s.controle_basis,
        s.controle_nu,
        s.verschil,
        s.ci_laag,
        s.ci_hoog,
        s.oordeel,
        coalesce(s.personen_basis, 0) AS personen_basis,
        coalesce(s.personen, 0) AS personen,
        coalesce(s.controle_personen_basis, 0) AS controle_personen_basis,
        coalesce(s.controle_personen, 0) AS controle_personen
    FROM doelen AS d
    CROSS JOIN jaren AS j
    LEFT JOIN aanwezig AS an ON an.jaar = j.jaar
    LEFT JOIN aanwezig AS ab ON ab.jaar = j.basisjaar
    LEFT JOIN onbekend AS n ON n.jaar = j.jaar
    LEFT JOIN onbekend AS b ON b.jaar = j.basisjaar
    LEFT JOIN wetten AS w ON w.doel = d.doel AND w.jaar = j.jaar
    LEFT JOIN model.doel_schatting AS s ON s.doel = d.doel AND s.wetten = w.wetten AND s.jaar = j.jaar
)

SELECT
    doel,
    'pilot' AS gebied,
    jaar,
    eenheid,
    basis,
    nu,
    controle_basis,
    controle_nu,
    verschil,
    ci_laag,
    ci_hoog,
    richting,
    CASE WHEN reden = '' THEN oordeel ELSE 'niet vast te stellen' END AS oordeel,
    reden,
    status,
    CAST(personen_basis AS BIGINT) AS personen_basis,
    CAST(personen AS BIGINT) AS personen,
    CAST(controle_personen_basis AS BIGINT) AS controle_personen_basis,
    CAST(controle_personen AS BIGINT) AS controle_personen,
    -- Waarop het doel wordt afgerond: vijf euro, of één per 1.000.
    CAST(CASE WHEN eenheid = 'euro per verzekerdejaar' THEN 5 ELSE 1 END AS DECIMAL(18, 6)) AS afronding,
    -- De lijnen waarover het doel gaat: is daarvan iets verborgen, dan het doel ook.
    CASE doel WHEN 'specialistisch' THEN '2|3' WHEN 'hoogspecialistisch' THEN '3' ELSE '' END AS lijnen
FROM beoordeeld
ORDER BY doel, gebied, jaar
