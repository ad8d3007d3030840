-- titel: Euro's zonder bekende zorgsoort
-- vraag: Welk deel van de euro's heeft geen bekende zorgsoort?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: Boven onbekend_max zeggen de tabellen per zorgsoort en lijn te weinig; vul de zorgsoorttabel aan.
WITH euros AS (
    SELECT
        sum(abs(bedrag)) AS alle,
        coalesce(sum(abs(bedrag)) FILTER (WHERE zorgsoort = 'onbekend'), 0) AS onbekend
    FROM model.kosten_gebied
    WHERE gebied = 'regio'
)

SELECT
    CASE WHEN CAST(e.onbekend AS DOUBLE) > CAST(i.onbekend_max AS DOUBLE) * CAST(e.alle AS DOUBLE) THEN 1 ELSE 0 END AS fout,
    1 AS bekeken,
    CAST(CAST(100 * CAST(e.onbekend AS DOUBLE) / nullif(CAST(e.alle AS DOUBLE), 0) AS DECIMAL(9, 2)) AS VARCHAR) || '%' AS voorbeeld
FROM euros AS e
CROSS JOIN instelling AS i
