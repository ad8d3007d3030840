-- titel: Eenheid per zorgsoort
-- vraag: In welke eenheid wordt het volume van een zorgsoort geteld?
-- korrel: domein × zorgsoort
-- methode: Heeft elke regel met een volume dezelfde eenheid, dan die; anders, of zonder volume, is elke declaratieregel
--   één eenheid (`declaratie`).
-- sleutel: domein, zorgsoort
SELECT
    domein,
    zorgsoort,
    CASE
        WHEN count(volume) > 0
            AND min(coalesce(eenheid, '')) FILTER (WHERE volume IS NOT NULL)
            = max(coalesce(eenheid, '')) FILTER (WHERE volume IS NOT NULL)
            THEN max(coalesce(eenheid, '')) FILTER (WHERE volume IS NOT NULL)
        ELSE 'declaratie'
    END AS eenheid
FROM model.regel
WHERE bestemming = 'telt'
GROUP BY domein, zorgsoort
ORDER BY domein, zorgsoort
