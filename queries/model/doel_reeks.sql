-- titel: Reeksen van een doel
-- vraag: Welk doel, welk jaar, welke wetten en welk gebied horen bij een nummer?
-- korrel: doel × jaar × gebied (pilot, controle); jaar is een ander vergelijkbaar jaar dan het basisjaar
-- methode: Per doel en jaar tellen alleen de wetten die in dat jaar en in het basisjaar per persoon zijn aangeleverd: `wetten` noemt ze.
--   Reeksen met hetzelfde doel en dezelfde wetten delen het nummer `maat`.
-- sleutel: reeks
WITH wetten AS (
    SELECT
        doel,
        jaar,
        basisjaar,
        string_agg(domein, '+' ORDER BY domein) AS wetten
    FROM model.doel_wet
    WHERE per_persoon
    GROUP BY doel, jaar, basisjaar
)

SELECT
    CAST(row_number() OVER (ORDER BY w.doel, w.jaar, g.gebied) AS INTEGER) AS reeks,
    CAST(dense_rank() OVER (ORDER BY w.doel, w.wetten) AS INTEGER) AS maat,
    w.doel,
    w.wetten,
    w.jaar,
    w.basisjaar,
    g.gebied
FROM wetten AS w
INNER JOIN model.jaar AS n ON n.jaar = w.jaar AND NOT n.onvolledig
INNER JOIN model.jaar AS b ON b.jaar = w.basisjaar AND b.is_basisjaar AND NOT b.onvolledig
CROSS JOIN (VALUES ('pilot'), ('controle')) AS g (gebied)
ORDER BY w.doel, w.jaar, g.gebied
