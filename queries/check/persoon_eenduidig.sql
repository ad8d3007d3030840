-- titel: Personen met twee geboortejaren of geslachten
-- vraag: Heeft elk pseudoniem in de bevolking één geboortejaar en één geslacht?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.001
-- toelichting: Twee personen delen dan een pseudoniem, of een opgave is fout; het hoogste geboortejaar telt.
WITH personen AS (
    SELECT
        b.persoon,
        CASE
            WHEN min(b.geboortejaar) <> max(b.geboortejaar) THEN 1
            WHEN min(nullif(b.geslacht, '0')) <> max(nullif(b.geslacht, '0')) THEN 1
            ELSE 0
        END AS dubbel
    FROM opslag.bevolking AS b
    INNER JOIN model.geldige_levering AS g ON g.levering_id = b.levering_id AND g.geldig
    GROUP BY b.persoon
)

SELECT
    coalesce(sum(dubbel), 0) AS fout,
    count(*) AS bekeken,
    'grens: 0,1% van de personen' AS voorbeeld
FROM personen
