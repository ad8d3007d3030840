-- Rows that rest on an aggregate that differs, or hold lines that are in no model: it is not known how many persons stand
-- behind that, so the number is -1.
WITH anders AS (
    SELECT coalesce(n.jaar, o.jaar) AS jaar, coalesce(n.domein, o.domein) AS domein
    FROM nu_aggregaat AS n
    FULL JOIN (SELECT jaar, domein, som FROM vrijgave.aggregaat WHERE stand = getvariable('stand')) AS o ON o.jaar = n.jaar AND o.domein = n.domein
    WHERE n.som IS DISTINCT FROM o.som
)

SELECT DISTINCT r.tabel, r.sleutel, 'aggregaat' AS deel, -1 AS personen
FROM vrijgegeven AS r
INNER JOIN anders AS a
    ON list_contains(string_split(r.sleutel, '|'), CAST(a.jaar AS VARCHAR))
    OR (a.jaar = getvariable('basisjaar') AND r.tabel IN ('verschuiving_domein', 'verschuiving_lijn', 'baten_lasten'))
WHERE (
    r.tabel IN ('kosten_per_domein', 'kosten_per_zorgsoort', 'verschuiving_domein', 'benchmark', 'aansluiting')
    AND list_contains(string_split(r.sleutel, '|'), a.domein)
) OR r.tabel IN ('verschuiving_lijn', 'baten_lasten')
UNION ALL
SELECT 'aansluiting', coalesce(n.sleutel, o.sleutel), 'post', -1
FROM nu_post AS n
FULL JOIN (SELECT sleutel, merk FROM vrijgave.post WHERE stand = getvariable('stand')) AS o ON o.sleutel = n.sleutel
WHERE n.merk IS DISTINCT FROM o.merk
