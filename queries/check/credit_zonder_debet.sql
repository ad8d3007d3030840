-- titel: Credits zonder debet
-- vraag: Welk deel van de creditregels verwijst naar een debetregel die er niet is?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.01
-- toelichting: Zij blijven buiten de kosten tot hun debet komt; zijn het er veel, dan ontbreekt een levering.
SELECT
    count(*) FILTER (WHERE bestemming = 'credit_zonder_debet') AS fout,
    count(*) AS bekeken,
    'grens: 1% van de creditregels' AS voorbeeld
FROM model.regel
WHERE debet_credit = 'C' AND bestemming IN ('telt', 'credit_zonder_debet')
