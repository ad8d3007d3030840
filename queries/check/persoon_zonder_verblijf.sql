-- titel: Personen die niet in de bevolking staan
-- vraag: Welk deel van de personen met declaraties heeft nergens een verblijf?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.005
-- toelichting: Hun kosten tellen niet mee; zijn het er veel, dan ontbreekt een levering van de bevolking of verschillen de pseudoniemen.
WITH personen AS (
    SELECT DISTINCT persoon
    FROM model.kostendeel
    WHERE telt
),

bewoners AS (
    SELECT DISTINCT persoon FROM model.verblijf
)

SELECT
    count(*) FILTER (WHERE b.persoon IS NULL) AS fout,
    count(*) AS bekeken,
    'grens: 0,5% van de personen met declaraties' AS voorbeeld
FROM personen AS p
LEFT JOIN bewoners AS b ON b.persoon = p.persoon
