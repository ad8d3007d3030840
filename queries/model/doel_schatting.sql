-- titel: Schatting van een doel
-- vraag: Veranderde de maat van een doel in de pilot meer of minder dan in het controlegebied, en hoe zeker is dat?
-- korrel: doel × wetten × jaar; jaar is een ander vergelijkbaar jaar dan het basisjaar
-- methode: Verandering in de pilot min verandering in het controlegebied. De variantie van elk verhoudingsgetal is gelineariseerd,
--   Σ(w - c·v)² / V²; wie in beide jaren in het gebied woonde, telt met het verschil van zijn twee termen. 95%-interval:
--   1,959963985 standaardfouten. `gelijk`: het interval ligt binnen 2% van de pilot in het basisjaar.
-- sleutel: doel, wetten, jaar
WITH waarneming AS (
    SELECT
        w.doel,
        w.wetten,
        w.jaar,
        j.is_basisjaar,
        w.gebied,
        w.persoon,
        w.waarde,
        w.dagen,
        CAST(j.dagen AS DOUBLE) AS dagen_in_jaar
    FROM model.doel_waarneming AS w
    INNER JOIN model.jaar AS j ON j.jaar = w.jaar
    WHERE NOT j.onvolledig
),

-- Is van één persoon de waarde onbekend, dan is het verhoudingsgetal dat ook.
verhouding AS (
    SELECT
        doel,
        wetten,
        jaar,
        is_basisjaar,
        gebied,
        CAST(sum(dagen) AS DOUBLE) / max(dagen_in_jaar) AS verzekerdejaren,
        CASE
            WHEN count(*) = count(waarde) AND sum(dagen) > 0
                THEN CAST(sum(waarde) AS DOUBLE) / (CAST(sum(dagen) AS DOUBLE) / max(dagen_in_jaar))
        END AS per_verzekerdejaar,
        count(*) - count(waarde) AS onbekend,
        count(*) FILTER (WHERE waarde <> 0) AS personen
    FROM waarneming
    GROUP BY doel, wetten, jaar, is_basisjaar, gebied
),

-- Wat een persoon boven of onder het verhoudingsgetal van zijn gebied en jaar ligt, gedeeld door alle verzekerdejaren.
afwijking AS (
    SELECT
        w.doel,
        w.wetten,
        w.jaar,
        w.is_basisjaar,
        w.gebied,
        w.persoon,
        (CAST(w.waarde AS DOUBLE) - v.per_verzekerdejaar * (CAST(w.dagen AS DOUBLE) / w.dagen_in_jaar)) / v.verzekerdejaren AS afwijking
    FROM waarneming AS w
    INNER JOIN verhouding AS v
        ON v.doel = w.doel AND v.wetten = w.wetten AND v.jaar = w.jaar AND v.gebied = w.gebied
    WHERE v.per_verzekerdejaar IS NOT NULL
),

vergelijking AS (
    SELECT DISTINCT doel, wetten, jaar FROM verhouding WHERE NOT is_basisjaar
),

persoon AS (
    SELECT
        doel,
        wetten,
        jaar,
        gebied,
        persoon,
        sum(afwijking) AS verandering
    FROM (
        SELECT doel, wetten, jaar, gebied, persoon, afwijking FROM afwijking WHERE NOT is_basisjaar
        UNION ALL
        SELECT a.doel, a.wetten, v.jaar, a.gebied, a.persoon, -a.afwijking AS afwijking
        FROM afwijking AS a
        INNER JOIN vergelijking AS v ON v.doel = a.doel AND v.wetten = a.wetten
        WHERE a.is_basisjaar
    ) AS jaren
    GROUP BY doel, wetten, jaar, gebied, persoon
),

variantie AS (
    SELECT
        doel,
        wetten,
        jaar,
        CAST(sum(CAST(verandering * verandering AS DECIMAL(38, 18))) AS DOUBLE) AS variantie
    FROM persoon
    GROUP BY doel, wetten, jaar
),

vier AS (
    SELECT
        v.doel,
        v.wetten,
        v.jaar,
        pb.per_verzekerdejaar AS basis,
        pn.per_verzekerdejaar AS nu,
        cb.per_verzekerdejaar AS controle_basis,
        cn.per_verzekerdejaar AS controle_nu,
        (pn.per_verzekerdejaar - pb.per_verzekerdejaar) - (cn.per_verzekerdejaar - cb.per_verzekerdejaar) AS verschil,
        1.959963985 * sqrt(s.variantie) AS marge,
        coalesce(pb.onbekend, 0) + coalesce(pn.onbekend, 0) + coalesce(cb.onbekend, 0) + coalesce(cn.onbekend, 0) AS onbekend,
        coalesce(pb.personen, 0) AS personen_basis,
        coalesce(pn.personen, 0) AS personen,
        coalesce(cb.personen, 0) AS controle_personen_basis,
        coalesce(cn.personen, 0) AS controle_personen
    FROM vergelijking AS v
    LEFT JOIN verhouding AS pb ON pb.doel = v.doel AND pb.wetten = v.wetten AND pb.is_basisjaar AND pb.gebied = 'pilot'
    LEFT JOIN verhouding AS cb ON cb.doel = v.doel AND cb.wetten = v.wetten AND cb.is_basisjaar AND cb.gebied = 'controle'
    LEFT JOIN verhouding AS pn ON pn.doel = v.doel AND pn.wetten = v.wetten AND pn.jaar = v.jaar AND pn.gebied = 'pilot'
    LEFT JOIN verhouding AS cn ON cn.doel = v.doel AND cn.wetten = v.wetten AND cn.jaar = v.jaar AND cn.gebied = 'controle'
    LEFT JOIN variantie AS s ON s.doel = v.doel AND s.wetten = v.wetten AND s.jaar = v.jaar
),

-- Het oordeel gaat over de cijfers zoals zij in de tabel staan.
afgerond AS (
    SELECT
        doel,
        wetten,
        jaar,
        CAST(basis AS DECIMAL(18, 6)) AS basis,
        CAST(nu AS DECIMAL(18, 6)) AS nu,
        CAST(controle_basis AS DECIMAL(18, 6)) AS controle_basis,
        CAST(controle_nu AS DECIMAL(18, 6)) AS controle_nu,
        CAST(verschil AS DECIMAL(18, 6)) AS verschil,
        CAST(verschil - marge AS DECIMAL(18, 6)) AS ci_laag,
        CAST(verschil + marge AS DECIMAL(18, 6)) AS ci_hoog,
        onbekend,
        personen_basis,
        personen,
        controle_personen_basis,
        controle_personen
    FROM vier
)

SELECT
    doel,
    wetten,
    jaar,
    basis,
    nu,
    controle_basis,
    controle_nu,
    verschil,
    ci_laag,
    ci_hoog,
    CASE
        WHEN ci_hoog < 0 THEN 'daling'
        WHEN ci_laag > 0 THEN 'stijging'
        WHEN 100 * ci_laag >= -2 * basis AND 100 * ci_hoog <= 2 * basis THEN 'gelijk'
        ELSE 'niet vast te stellen'
    END AS oordeel,
    onbekend,
    personen_basis,
    personen,
    controle_personen_basis,
    controle_personen
FROM afgerond
ORDER BY doel, wetten, jaar
