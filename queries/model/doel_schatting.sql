-- titel: Schatting van een doel
-- vraag: Veranderde de maat van een doel in de pilot meer of minder dan in het controlegebied, en hoe zeker is dat?
-- korrel: doel × wetten × jaar; jaar is een ander vergelijkbaar jaar dan het basisjaar
-- methode: Verandering in de pilot min verandering in het controlegebied. De variantie van elk verhoudingsgetal is gelineariseerd,
--   Σ(w - c·v)² / V²; wie in beide jaren in het gebied woonde, telt met het verschil van zijn twee termen. 95%-interval:
--   1,959963985 standaardfouten. `gelijk`: het interval ligt binnen 2% van de pilot in het basisjaar.
-- sleutel: doel, wetten, jaar
WITH reeksen AS (
    SELECT
        r.reeks,
        r.doel,
        r.wetten,
        r.jaar,
        r.gebied,
        CAST(b.dagen AS DOUBLE) AS dagen_in_basisjaar,
        CAST(n.dagen AS DOUBLE) AS dagen_in_jaar
    FROM model.doel_reeks AS r
    INNER JOIN model.jaar AS b ON b.jaar = r.basisjaar
    INNER JOIN model.jaar AS n ON n.jaar = r.jaar
),

som AS (
    SELECT
        reeks,
        sum(personen * dagen_basis) AS dagen_basis,
        sum(personen * dagen) AS dagen,
        sum(waarde_basis) AS waarde_basis,
        sum(waarde) AS waarde,
        count(*) - count(waarde_basis) AS onbekend_basis,
        count(*) - count(waarde) AS onbekend,
        count(CASE WHEN waarde_basis <> 0 THEN 1 END) AS personen_basis,
        count(CASE WHEN waarde <> 0 THEN 1 END) AS personen
    FROM model.doel_waarneming
    GROUP BY reeks
),

-- Is van één persoon de waarde onbekend, dan is het verhoudingsgetal dat ook.
verhouding AS (
    SELECT
        r.reeks,
        r.doel,
        r.wetten,
        r.jaar,
        r.gebied,
        r.dagen_in_basisjaar,
        r.dagen_in_jaar,
        s.dagen,
        CAST(s.dagen_basis AS DOUBLE) / r.dagen_in_basisjaar AS verzekerdejaren_basis,
        CAST(s.dagen AS DOUBLE) / r.dagen_in_jaar AS verzekerdejaren,
        CASE
            WHEN s.onbekend_basis = 0 AND s.dagen_basis > 0
                THEN CAST(s.waarde_basis AS DOUBLE) / (CAST(s.dagen_basis AS DOUBLE) / r.dagen_in_basisjaar)
        END AS basis,
        CASE
            WHEN s.onbekend = 0 AND s.dagen > 0
                THEN CAST(s.waarde AS DOUBLE) / (CAST(s.dagen AS DOUBLE) / r.dagen_in_jaar)
        END AS nu,
        s.onbekend_basis + s.onbekend AS onbekend,
        s.personen_basis,
        s.personen
    FROM som AS s
    INNER JOIN reeksen AS r ON r.reeks = s.reeks
),

-- Wat een persoon in het jaar boven of onder het verhoudingsgetal van zijn gebied ligt, min hetzelfde in het basisjaar, elk
-- gedeeld door alle verzekerdejaren.
persoon AS (
    SELECT
        w.reeks,
        w.personen,
        (CAST(w.waarde AS DOUBLE) - v.nu * (CAST(w.dagen AS DOUBLE) / v.dagen_in_jaar)) / v.verzekerdejaren
        - (CAST(w.waarde_basis AS DOUBLE) - v.basis * (CAST(w.dagen_basis AS DOUBLE) / v.dagen_in_basisjaar)) / v.verzekerdejaren_basis
            AS verandering
    FROM model.doel_waarneming AS w
    INNER JOIN verhouding AS v ON v.reeks = w.reeks
    WHERE v.nu IS NOT NULL AND v.basis IS NOT NULL
),

variantie AS (
    SELECT
        v.doel,
        v.wetten,
        v.jaar,
        CAST(sum(p.variantie) AS DOUBLE) AS variantie
    FROM (
        SELECT
            reeks,
            sum(personen * CAST(verandering * verandering AS DECIMAL(38, 18))) AS variantie
        FROM persoon
        GROUP BY reeks
    ) AS p
    INNER JOIN verhouding AS v ON v.reeks = p.reeks
    GROUP BY v.doel, v.wetten, v.jaar
),

vergelijking AS (
    SELECT DISTINCT doel, wetten, jaar FROM verhouding WHERE dagen > 0
),

vier AS (
    SELECT
        v.doel,
        v.wetten,
        v.jaar,
        p.basis,
        p.nu,
        c.basis AS controle_basis,
        c.nu AS controle_nu,
        (p.nu - p.basis) - (c.nu - c.basis) AS verschil,
        1.959963985 * sqrt(s.variantie) AS marge,
        coalesce(p.onbekend, 0) + coalesce(c.onbekend, 0) AS onbekend,
        coalesce(p.personen_basis, 0) AS personen_basis,
        coalesce(p.personen, 0) AS personen,
        coalesce(c.personen_basis, 0) AS controle_personen_basis,
        coalesce(c.personen, 0) AS controle_personen
    FROM vergelijking AS v
    LEFT JOIN verhouding AS p ON p.doel = v.doel AND p.wetten = v.wetten AND p.jaar = v.jaar AND p.gebied = 'pilot'
    LEFT JOIN verhouding AS c ON c.doel = v.doel AND c.wetten = v.wetten AND c.jaar = v.jaar AND c.gebied = 'controle'
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
