-- titel: Regels die dubbel zijn aangeleverd
-- vraag: Welk deel van de regels stond er met hetzelfde kenmerk en dezelfde inhoud al?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.05
-- toelichting: Zij tellen één keer en kosten niets. Zijn het er veel, dan stuurt een leverancier oude regels mee; vraag of zijn
--   levering volledig is in plaats van een aanvulling.
SELECT
    count(*) FILTER (WHERE bestemming = 'dubbel') AS fout,
    count(*) AS bekeken,
    'grens: 5% van de regels' AS voorbeeld
FROM model.regel
