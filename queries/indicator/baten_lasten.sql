-- titel: Baten en lasten per financier
-- vraag: Welke financier geeft meer uit dan bij een ontwikkeling als in de controlewijken, en welke minder?
-- korrel: jaar × gebied × financier
-- methode: verwacht = kosten van het basisjaar per verzekerdejaar × de groei per verzekerdejaar in het controlegebied × de verzekerdejaren
--   van het jaar; verschil = werkelijk − verwacht. Alleen domeinen die in beide jaren in het gebied en in het controlegebied zijn te
--   vullen. Beschrijvend: het verschil kan ook andere oorzaken hebben dan het programma.
-- sleutel: jaar, gebied, financier
-- drempel: personen_basis; personen
-- intern: personen_basis, personen, domeinen
-- afgeleid: werkelijk = som(kosten_per_domein.bedrag; jaar, gebied, domein = domeinen);
--   verwacht = verwacht mits werkelijk + som(kosten_per_domein.bedrag; jaar = basis, gebied, domein = domeinen) + som(kosten_per_domein.bedrag;
--   jaar, gebied = 'controle', domein = domeinen) + som(kosten_per_domein.bedrag; jaar = basis, gebied = 'controle', domein = domeinen) op 1000;
--   verschil = werkelijk - verwacht; werkelijk_reeel = som(kosten_per_domein.bedrag_reeel; jaar, gebied, domein = domeinen);
--   verwacht_reeel = verwacht_reeel mits werkelijk + som(kosten_per_domein.bedrag; jaar = basis, gebied, domein = domeinen) +
--   som(kosten_per_domein.bedrag; jaar, gebied = 'controle', domein = domeinen) + som(kosten_per_domein.bedrag; jaar = basis, gebied = 'controle',
--   domein = domeinen) op 1000;
--   verschil_reeel = werkelijk_reeel - verwacht_reeel
WITH financiers AS (
    SELECT
        j.jaar,
        f.domein,
        min(f.financier) AS financier
    FROM model.jaar AS j
    INNER JOIN referentie.financier AS f
        ON coalesce(f.geldig_van, DATE '0001-01-01') <= j.nieuwjaar AND coalesce(f.geldig_tot, DATE '9999-12-31') >= j.nieuwjaar
    GROUP BY j.jaar, f.domein
),

paar AS (
    SELECT
        n.jaar,
        b.jaar AS basisjaar,
        n.gebied,
        n.domein,
        f.financier,
        n.dagen_in_jaar,
        b.dagen_in_jaar AS dagen_in_basisjaar,
        n.herkomst = 'persoon' AS per_persoon,
        b.herkomst = 'persoon' AS per_persoon_basis,
        CASE WHEN b.status = 'voorlopig' THEN b.status ELSE n.status END AS status
    FROM model.cel AS n
    INNER JOIN model.cel AS b
        ON b.is_basisjaar AND b.gebied = n.gebied AND b.domein = n.domein AND b.status <> 'onvolledig'
    INNER JOIN financiers AS f ON f.jaar = n.jaar AND f.domein = n.domein
    WHERE n.status <> 'onvolledig'
),

gemerkt AS (
    SELECT
        p.*,
        c.domein IS NOT NULL AS met_controle,
        max(CASE WHEN c.domein IS NULL THEN 0 ELSE 1 END) OVER (PARTITION BY p.jaar, p.gebied, p.financier) AS iets_met_controle
    FROM paar AS p
    LEFT JOIN paar AS c ON c.jaar = p.jaar AND c.domein = p.domein AND c.gebied = 'controle'
),

-- Wat het controlegebied niet heeft, doet niet mee; heeft het van een financier niets, dan is er geen verwachting.
gekozen AS (
    SELECT *
    FROM gemerkt
    WHERE met_controle OR iets_met_controle = 0
),

kosten AS (
    SELECT
        jaar,
        gebied,
        domein,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel
    FROM model.kosten_gebied
    GROUP BY jaar, gebied, domein
),

noemer AS (
    SELECT
        jaar,
        gebied,
        domein,
        sum(dagen) AS dagen
    FROM model.noemer
    GROUP BY jaar, gebied, domein
),

-- Van elk gebied de kosten en de verzekerdejaren in een jaar, over de gekozen domeinen van een rij.
deel AS (
    SELECT
        g.jaar,
        g.basisjaar,
        g.gebied,
        g.financier,
        g.domein,
        g.status,
        g.met_controle,
        d.wanneer,
        d.waar,
        CASE WHEN d.wanneer = 'basis' THEN g.basisjaar ELSE g.jaar END AS deeljaar,
        CASE WHEN d.waar = 'controle' THEN 'controle' ELSE g.gebied END AS deelgebied,
        CASE WHEN d.wanneer = 'basis' THEN g.dagen_in_basisjaar ELSE g.dagen_in_jaar END AS dagen_in_jaar,
        CASE WHEN d.wanneer = 'basis' THEN g.per_persoon_basis ELSE g.per_persoon END AS per_persoon
    FROM gekozen AS g
    CROSS JOIN (VALUES ('basis', 'gebied'), ('nu', 'gebied'), ('basis', 'controle'), ('nu', 'controle')) AS d (wanneer, waar)
),

gevuld AS (
    SELECT
        d.*,
        coalesce(k.bedrag, 0) AS bedrag,
        CASE WHEN k.jaar IS NULL THEN 0 ELSE k.bedrag_reeel END AS bedrag_reeel,
        -- Geeft een aggregaat geen verzekerdejaren, dan zijn zij onbekend.
        CAST(CASE WHEN d.per_persoon THEN coalesce(n.dagen, 0) ELSE n.dagen END AS DOUBLE) / d.dagen_in_jaar AS verzekerdejaren,
        CASE WHEN u.jaar IS NULL THEN 0 ELSE u.personen END AS personen
    FROM deel AS d
    LEFT JOIN kosten AS k ON k.jaar = d.deeljaar AND k.gebied = d.deelgebied AND k.domein = d.domein
    LEFT JOIN noemer AS n ON n.jaar = d.deeljaar AND n.gebied = d.deelgebied AND n.domein = d.domein
    LEFT JOIN model.gebruikers AS u
        ON u.indeling = 'domein' AND u.jaar = d.deeljaar AND u.gebied = d.deelgebied AND u.domein = d.domein
),

som AS (
    SELECT
        jaar,
        gebied,
        financier,
        wanneer,
        waar,
        max(status) AS status,
        string_agg(domein, '|' ORDER BY domein) AS domeinen,
        min(CASE WHEN met_controle THEN 1 ELSE 0 END) AS met_controle,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel,
        max(verzekerdejaren) AS verzekerdejaren,
        -- Is van één domein het aantal personen onbekend, dan is het dat van de financier ook.
        CASE WHEN count(*) = count(personen) THEN max(personen) END AS personen
    FROM gevuld
    GROUP BY jaar, gebied, financier, wanneer, waar
),

rij AS (
    SELECT
        n.jaar,
        n.gebied,
        n.financier,
        n.bedrag AS werkelijk,
        n.bedrag_reeel AS werkelijk_reeel,
        n.verzekerdejaren,
        n.status,
        n.domeinen,
        b.personen AS personen_basis,
        n.personen,
        -- Euro's per verzekerdejaar, nu tegen het basisjaar, in het controlegebied.
        CASE
            WHEN n.met_controle = 1 AND cb.bedrag > 0
                THEN CAST(cn.bedrag AS DOUBLE) / nullif(cn.verzekerdejaren, 0) / (CAST(cb.bedrag AS DOUBLE) / nullif(cb.verzekerdejaren, 0))
        END AS groei,
        CASE
            WHEN n.met_controle = 1 AND cb.bedrag_reeel > 0
                THEN CAST(cn.bedrag_reeel AS DOUBLE) / nullif(cn.verzekerdejaren, 0)
                / (CAST(cb.bedrag_reeel AS DOUBLE) / nullif(cb.verzekerdejaren, 0))
        END AS groei_reeel,
        CAST(b.bedrag AS DOUBLE) / nullif(b.verzekerdejaren, 0) * nullif(n.verzekerdejaren, 0) AS bij_gelijke_kosten,
        CAST(b.bedrag_reeel AS DOUBLE) / nullif(b.verzekerdejaren, 0) * nullif(n.verzekerdejaren, 0) AS bij_gelijke_kosten_reeel
    FROM som AS n
    INNER JOIN som AS b
        ON b.jaar = n.jaar AND b.gebied = n.gebied AND b.financier = n.financier AND b.wanneer = 'basis' AND b.waar = 'gebied'
    INNER JOIN som AS cn
        ON cn.jaar = n.jaar AND cn.gebied = n.gebied AND cn.financier = n.financier AND cn.wanneer = 'nu' AND cn.waar = 'controle'
    INNER JOIN som AS cb
        ON cb.jaar = n.jaar AND cb.gebied = n.gebied AND cb.financier = n.financier AND cb.wanneer = 'basis' AND cb.waar = 'controle'
    WHERE n.wanneer = 'nu' AND n.waar = 'gebied'
),

verwacht AS (
    SELECT
        r.*,
        TRY_CAST(r.bij_gelijke_kosten * r.groei AS DECIMAL(18, 2)) AS verwacht,
        TRY_CAST(r.bij_gelijke_kosten_reeel * r.groei_reeel AS DECIMAL(18, 2)) AS verwacht_reeel
    FROM rij AS r
)

SELECT
    jaar,
    gebied,
    financier,
    verwacht,
    CAST(werkelijk AS DECIMAL(18, 2)) AS werkelijk,
    CAST(werkelijk - verwacht AS DECIMAL(18, 2)) AS verschil,
    verwacht_reeel,
    CAST(werkelijk_reeel AS DECIMAL(18, 2)) AS werkelijk_reeel,
    CAST(werkelijk_reeel - verwacht_reeel AS DECIMAL(18, 2)) AS verschil_reeel,
    CAST(verzekerdejaren AS DECIMAL(18, 6)) AS verzekerdejaren,
    status,
    CAST(personen_basis AS BIGINT) AS personen_basis,
    CAST(personen AS BIGINT) AS personen,
    domeinen
FROM verwacht
ORDER BY jaar, gebied, financier
