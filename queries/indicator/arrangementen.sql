-- titel: Arrangementen
-- vraag: Welke combinaties van zorg en ondersteuning hebben mensen, en werden dat er meer of minder?
-- korrel: jaar × gebied × arrangement
-- methode: Per persoon de wetten en leefdomeinen met een bedrag boven nul in het jaar, geplaatst waar die dat jaar het laatst woonde. De kosten
--   zijn alle kosten van die personen.
-- sleutel: jaar, gebied, arrangement
-- drempel: personen; personen_basis: personen_basis, delta_personen
-- intern: personen_basis, grootste, tweede
-- zeldzaam: weglaten
-- optelbaar: personen, bedrag, bedrag_reeel
-- totalen: personen_geteld(jaar, gebied) = personen waar gebied = 'regio'; kosten(jaar, gebied) = bedrag waar gebied = 'regio';
--   kosten_reeel(jaar, gebied) = bedrag_reeel waar gebied = 'regio'; arrangement(jaar, gebied, arrangement) = personen;
--   arrangement_toen(jaar, gebied, arrangement) = personen_basis waar gebied = 'regio'
-- evenredig: bedrag_reeel = bedrag per jaar, gebied
-- dominantie: bedrag
-- afgeleid: personen_basis = som(personen; jaar = basis, gebied, arrangement); delta_personen = personen - personen_basis
WITH per_buurt AS (
    SELECT
        jaar,
        buurt,
        arrangement,
        count(*) AS personen,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
    FROM model.persoon_arrangement
    GROUP BY jaar, buurt, arrangement
),

per_gebied AS (
    SELECT
        p.jaar,
        g.gebied,
        p.arrangement,
        sum(p.personen) AS personen,
        sum(p.bedrag) AS bedrag,
        CASE WHEN count(*) = count(p.bedrag_reeel) THEN sum(p.bedrag_reeel) END AS bedrag_reeel,
        max(p.grootste) AS grootste,
        CASE WHEN count(*) > 1 THEN greatest(max(p.grootste, 2)[2], max(p.tweede)) ELSE max(p.tweede) END AS tweede
    FROM per_buurt AS p
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.buurt = p.buurt
    GROUP BY p.jaar, g.gebied, p.arrangement
),

basis AS (
    SELECT
        p.gebied,
        p.arrangement,
        p.personen
    FROM per_gebied AS p
    INNER JOIN model.jaar AS j ON j.jaar = p.jaar AND j.is_basisjaar
),

rijen AS (
    SELECT
        jaar,
        gebied,
        arrangement
    FROM per_gebied
    UNION
    SELECT
        j.jaar,
        b.gebied,
        b.arrangement
    FROM model.jaar AS j
    CROSS JOIN basis AS b
),

-- Leeg als er geen basisjaar is, of als een van beide jaren onvolledig is.
te_vergelijken AS (
    SELECT n.jaar
    FROM model.jaar AS n
    INNER JOIN model.jaar AS b ON b.is_basisjaar AND NOT b.onvolledig
    WHERE NOT n.onvolledig
)

SELECT
    r.jaar,
    r.gebied,
    r.arrangement,
    CAST(coalesce(p.personen, 0) AS BIGINT) AS personen,
    CAST(coalesce(p.bedrag, 0) AS DECIMAL(18, 2)) AS bedrag,
    CAST(CASE WHEN p.jaar IS NULL THEN 0 ELSE p.bedrag_reeel END AS DECIMAL(18, 2)) AS bedrag_reeel,
    CASE WHEN v.jaar IS NOT NULL THEN CAST(coalesce(p.personen, 0) - coalesce(b.personen, 0) AS BIGINT) END AS delta_personen,
    CAST(coalesce(b.personen, 0) AS BIGINT) AS personen_basis,
    CAST(coalesce(p.grootste, 0) AS DECIMAL(18, 2)) AS grootste,
    CAST(coalesce(p.tweede, 0) AS DECIMAL(18, 2)) AS tweede
FROM rijen AS r
LEFT JOIN per_gebied AS p ON p.jaar = r.jaar AND p.gebied = r.gebied AND p.arrangement = r.arrangement
LEFT JOIN basis AS b ON b.gebied = r.gebied AND b.arrangement = r.arrangement
LEFT JOIN te_vergelijken AS v ON v.jaar = r.jaar
ORDER BY r.jaar, r.gebied, r.arrangement
