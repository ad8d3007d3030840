-- The same of the flows between laws: everything of the persons whose yearly costs or whereabouts differ, then and now, goes
-- through the formula of model.stroom, nominal and in the prices of now; who contributes something else to a flow counts.
WITH prijs AS (
    SELECT domein, zorgsoort, jaar, CAST(index_basis AS DOUBLE) / CAST(index_jaar AS DOUBLE) AS factor
    FROM model.prijs
),

wetten AS (
    SELECT -1 AS kant, n.jaar, b.jaar AS basisjaar, n.domein
    FROM vrijgave.domeinjaar AS n
    INNER JOIN vrijgave.domeinjaar AS b
        ON b.stand = n.stand AND b.domein = n.domein AND b.jaar = getvariable('basisjaar_toen') AND b.jaar <> n.jaar
    WHERE n.stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, n.jaar, b.jaar AS basisjaar, n.domein
    FROM nu_domeinjaar AS n
    INNER JOIN nu_domeinjaar AS b ON b.domein = n.domein AND b.jaar = getvariable('basisjaar') AND b.jaar <> n.jaar
),

ander AS (
    SELECT persoon, jaar FROM verschil_jaar WHERE bedrag <> 0
),

gezocht AS (
    SELECT persoon, jaar FROM ander
    UNION SELECT a.persoon, j.jaar FROM ander AS a CROSS JOIN jaren AS j WHERE a.jaar = getvariable('basisjaar')
    UNION SELECT persoon, jaar FROM verschil_wending
),

personen AS (
    SELECT DISTINCT persoon FROM gezocht
),

atomen AS (
    SELECT atoom, CAST(year(maand) AS INTEGER) AS jaar, domein, zorgsoort FROM vrijgave.atoom
    UNION
    SELECT atoom, CAST(year(maand) AS INTEGER) AS jaar, domein, zorgsoort FROM nu_atoom
),

toen AS (
    SELECT k.persoon, a.jaar, a.domein, sum(k.bedrag) AS bedrag, sum(round(k.bedrag * p.factor)) AS reeel
    FROM vrijgave.kosten AS k
    INNER JOIN personen AS z ON z.persoon = k.persoon
    INNER JOIN atomen AS a ON a.atoom = k.atoom
    LEFT JOIN prijs AS p ON p.domein = a.domein AND p.zorgsoort = a.zorgsoort AND p.jaar = a.jaar
    WHERE k.stand = getvariable('stand')
    GROUP BY k.persoon, a.jaar, a.domein
),

erbij AS (
    SELECT v.persoon, v.jaar, v.domein, v.bedrag, round(v.bedrag * p.factor) AS reeel
    FROM verschil_kosten AS v
    INNER JOIN personen AS z ON z.persoon = v.persoon
    LEFT JOIN prijs AS p ON p.domein = v.domein AND p.zorgsoort = v.zorgsoort AND p.jaar = v.jaar
),

-- Now is what it was and what differs: the costs of who did not change are not read again.
nu AS (
    SELECT persoon, jaar, domein, sum(bedrag) AS bedrag, sum(reeel) AS reeel
    FROM (SELECT * FROM toen UNION ALL SELECT * FROM erbij)
    GROUP BY persoon, jaar, domein
),

kosten AS (
    SELECT -1 AS kant, 'nominaal' AS prijspeil, persoon, jaar, domein, bedrag FROM toen
    UNION ALL
    SELECT 1, 'nominaal', persoon, jaar, domein, bedrag FROM nu
    UNION ALL
    SELECT -1, 'reeel', persoon, jaar, domein, CAST(reeel AS BIGINT) FROM toen WHERE reeel IS NOT NULL
    UNION ALL
    SELECT 1, 'reeel', persoon, jaar, domein, CAST(reeel AS BIGINT) FROM nu WHERE reeel IS NOT NULL
),

verschil AS (
    SELECT kant, prijspeil, jaar, persoon, domein, CAST(sum(bedrag) AS BIGINT) AS centen
    FROM (
        SELECT w.kant, k.prijspeil, w.jaar, k.persoon, k.domein, k.bedrag
        FROM kosten AS k INNER JOIN wetten AS w ON w.kant = k.kant AND w.jaar = k.jaar AND w.domein = k.domein
        UNION ALL
        SELECT w.kant, k.prijspeil, w.jaar, k.persoon, k.domein, -k.bedrag
        FROM kosten AS k INNER JOIN wetten AS w ON w.kant = k.kant AND w.basisjaar = k.jaar AND w.domein = k.domein
    )
    GROUP BY kant, prijspeil, jaar, persoon, domein
    HAVING sum(bedrag) <> 0
),

wendingen AS (
    SELECT -1 AS kant, w.persoon, w.jaar, w.wending, w.plek
    FROM vrijgave.wending AS w
    INNER JOIN gezocht AS z ON z.persoon = w.persoon AND z.jaar = w.jaar
    WHERE w.stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, w.persoon, w.jaar, w.wending, w.plek
    FROM nu_wending AS w
    INNER JOIN gezocht AS z ON z.persoon = w.persoon AND z.jaar = w.jaar
),

geplaatst AS (
    SELECT
        v.kant, v.prijspeil, v.jaar, v.persoon, v.domein, v.centen, w.wending, w.plek,
        sum(greatest(v.centen, 0)) OVER (PARTITION BY v.kant, v.prijspeil, v.jaar, v.persoon) AS stijging,
        sum(greatest(-v.centen, 0)) OVER (PARTITION BY v.kant, v.prijspeil, v.jaar, v.persoon) AS daling
    FROM verschil AS v
    INNER JOIN wendingen AS w ON w.kant = v.kant AND w.persoon = v.persoon AND w.jaar = v.jaar
),

-- Coupled, a rise and a fall give their product over the larger of both totals; what is left over of a rise is new, of a fall gone.
stroom AS (
    SELECT a.kant, a.prijspeil, a.jaar, a.persoon, a.plek, a.domein AS van, b.domein AS naar,
        -a.centen AS daling, b.centen AS stijging, greatest(a.stijging, a.daling) AS noemer
    FROM geplaatst AS a
    INNER JOIN geplaatst AS b ON b.kant = a.kant AND b.prijspeil = a.prijspeil AND b.jaar = a.jaar AND b.persoon = a.persoon
    WHERE a.wending = 'gebleven' AND a.centen < 0 AND b.centen > 0
    UNION ALL
    SELECT kant, prijspeil, jaar, persoon, plek, 'nieuw', domein, stijging - daling, centen, stijging
    FROM geplaatst WHERE wending = 'gebleven' AND centen > 0 AND stijging > daling
    UNION ALL
    SELECT kant, prijspeil, jaar, persoon, plek, domein, 'weg', daling - stijging, -centen, daling
    FROM geplaatst WHERE wending = 'gebleven' AND centen < 0 AND daling > stijging
    UNION ALL
    SELECT kant, prijspeil, jaar, persoon, plek, CASE WHEN centen > 0 THEN wending ELSE domein END, CASE WHEN centen > 0 THEN domein ELSE wending END,
        abs(centen), 1, 1
    FROM geplaatst WHERE wending <> 'gebleven'
),

-- The exact fraction in its lowest terms, whole and rest apart.
bijdrage AS (
    SELECT s.kant, s.prijspeil, s.jaar || '|' || g.gebied || '|' || s.van || '|' || s.naar AS sleutel, s.persoon,
        (CAST(s.daling AS HUGEINT) * s.stijging) // s.noemer AS heel,
        (CAST(s.daling AS HUGEINT) * s.stijging) % s.noemer / CAST(s.noemer AS DOUBLE) AS rest
    FROM stroom AS s
    INNER JOIN plek_gebied AS g ON g.plek = s.plek
)

SELECT 'stroom_personen' AS tabel, sleutel, prijspeil AS deel, count(*) AS personen
FROM (
    SELECT sleutel, prijspeil, persoon
    FROM bijdrage
    GROUP BY sleutel, prijspeil, persoon
    HAVING sum(kant) <> 0 OR min(heel) <> max(heel) OR min(rest) <> max(rest)
)
GROUP BY sleutel, prijspeil
