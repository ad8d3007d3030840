-- titel: Geld buiten declaraties, met zijn gebied
-- vraag: Welke aangeleverde budgetregels tellen, en voor welk gebied?
-- korrel: aangeleverde rij van een budget
-- methode: Per leverancier, domein en jaar geldt de nieuwste levering. Het gebied is een code of een naam, of het woord pilot, controle
--   of regio. Buiten de gebiedstabel telt een rij niet. Reëel met de prijsindex van het domein, of anders die van de consument.
-- sleutel: levering_id, regel_nr
WITH aangeleverd AS (
    SELECT
        b.*,
        d.leverancier,
        d.geldt,
        CASE WHEN lower(b.gebied) IN ('regio', 'pilot', 'controle') THEN lower(b.gebied) END AS woord
    FROM levering.budget AS b
    INNER JOIN model.geldig_domeinjaar AS d ON d.levering_id = b.levering_id AND d.domein = b.domein AND d.jaar = b.jaar
)

SELECT
    b.levering_id,
    b.regel_nr,
    b.leverancier,
    b.domein,
    b.jaar,
    b.gebied AS gebiedsnaam,
    g.niveau,
    g.buurt,
    g.wijk,
    g.gemeente,
    CASE WHEN b.woord IN ('pilot', 'controle') THEN b.woord ELSE g.rol END AS rol,
    b.post,
    CAST(b.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(
        CAST(CAST(b.bedrag AS DOUBLE) * CAST(p.index_basis AS DOUBLE) / CAST(p.index_jaar AS DOUBLE) AS DECIMAL(28, 10))
        AS DECIMAL(18, 2)
    ) AS bedrag_reeel,
    CASE
        WHEN NOT b.geldt THEN 'vervangen'
        WHEN b.woord IS NULL AND g.niveau IS NULL THEN 'zonder_gebied'
        ELSE 'telt'
    END AS bestemming
FROM aangeleverd AS b
LEFT JOIN model.aangeleverd_gebied AS g ON g.jaar = b.jaar AND g.gebied = b.gebied AND b.woord IS NULL
LEFT JOIN model.prijs AS p ON p.domein = b.domein AND p.zorgsoort = '' AND p.jaar = b.jaar
ORDER BY b.levering_id, b.regel_nr
