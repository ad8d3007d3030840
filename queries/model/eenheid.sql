-- titel: Eenheid per zorgsoort
-- vraag: In welke eenheid wordt het volume van een zorgsoort geteld?
-- korrel: domein × zorgsoort
-- methode: Heeft elke regel met een volume dezelfde eenheid, dan die; anders, of zonder volume, is elke declaratieregel
--   één eenheid (`declaratie`).
-- sleutel: domein, zorgsoort
SELECT
    p.domein,
    p.zorgsoort,
    CASE
        WHEN count(r.volume) > 0
            AND min(coalesce(c.eenheid, '')) FILTER (WHERE r.volume IS NOT NULL)
            = max(coalesce(c.eenheid, '')) FILTER (WHERE r.volume IS NOT NULL)
            THEN max(coalesce(c.eenheid, '')) FILTER (WHERE r.volume IS NOT NULL)
        ELSE 'declaratie'
    END AS eenheid
FROM model.declaratieregel AS r
INNER JOIN opslag.codering AS c ON c.codering = r.codering
INNER JOIN model.plaatsing AS p ON p.plaatsing = r.plaatsing
WHERE r.telt
GROUP BY p.domein, p.zorgsoort
ORDER BY p.domein, p.zorgsoort
