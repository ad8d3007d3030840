-- titel: Declaraties buiten hun toewijzing
-- vraag: Welk deel van de debetregels van Wmo en Jeugdwet ligt niet binnen een toewijzing van die persoon en categorie?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.02
-- toelichting: Een productperiode ligt binnen haar toewijzing (iWmo en iJw, IV089). De regels tellen mee; zijn het er veel, dan missen er
--   toewijzingen of verschillen de pseudoniemen, en telt de stapeling te weinig voorzieningen. Alleen van wetten met toewijzingen.
WITH met_toewijzing AS (
    SELECT DISTINCT domein FROM model.toewijzing
),

periode AS (
    SELECT
        r.persoon,
        c.domein,
        coalesce(c.productcategorie, '') AS productcategorie,
        r.begindatum,
        r.einddatum,
        count(*) AS regels
    FROM model.declaratieregel AS r
    INNER JOIN opslag.codering AS c ON c.codering = r.codering
    INNER JOIN met_toewijzing AS m ON m.domein = c.domein
    WHERE c.domein IN ('wmo', 'jeugdwet') AND r.telt AND r.niet_gecrediteerd
    GROUP BY r.persoon, c.domein, coalesce(c.productcategorie, ''), r.begindatum, r.einddatum
),

-- Sluiten toewijzingen op elkaar aan, dan is begin in de ene en einde in de andere goed.
gedekt AS (
    SELECT
        p.persoon,
        p.domein,
        p.productcategorie,
        p.begindatum,
        p.einddatum,
        p.regels,
        max(CASE WHEN p.begindatum BETWEEN t.begindatum AND t.einddatum THEN 1 ELSE 0 END) AS begin_gedekt,
        max(CASE WHEN p.einddatum BETWEEN t.begindatum AND t.einddatum THEN 1 ELSE 0 END) AS einde_gedekt
    FROM periode AS p
    LEFT JOIN model.toewijzing AS t
        ON t.persoon = p.persoon AND t.domein = p.domein AND t.productcategorie = p.productcategorie
    GROUP BY p.persoon, p.domein, p.productcategorie, p.begindatum, p.einddatum, p.regels
)

SELECT
    coalesce(sum(regels) FILTER (WHERE begin_gedekt = 0 OR einde_gedekt = 0), 0) AS fout,
    coalesce(sum(regels), 0) AS bekeken,
    'grens: 2% van de debetregels' AS voorbeeld
FROM gedekt
