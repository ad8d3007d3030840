-- titel: Overlappende toewijzingen van een voorziening
-- vraag: Welk deel van de toewijzingen overlapt meer dan een dag met een eerdere van hetzelfde product bij dezelfde persoon?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.02
-- toelichting: In de stapeling telt een voorziening op een dag één keer. Zijn het er veel, dan zijn oude toewijzingen niet beëindigd of
--   komt een wijziging als nieuwe toewijzing zonder einde van de vorige.
WITH toewijzing AS (
    SELECT
        t.levering_id,
        t.regel_nr,
        t.persoon,
        t.domein,
        coalesce(t.productcategorie, '') AS productcategorie,
        coalesce(t.productcode, '') AS productcode,
        t.begindatum,
        coalesce(t.einddatum, DATE '9999-12-30') AS einddatum
    FROM opslag.toewijzingen AS t
    INNER JOIN model.geldige_levering AS g ON g.levering_id = t.levering_id AND g.geldig
),

vergeleken AS (
    SELECT
        begindatum,
        einddatum,
        max(einddatum) OVER (
            PARTITION BY persoon, domein, productcategorie, productcode
            ORDER BY begindatum, einddatum, levering_id, regel_nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS eerder_tot
    FROM toewijzing
)

SELECT
    count(*) FILTER (WHERE eerder_tot > begindatum AND einddatum > begindatum) AS fout,
    count(*) AS bekeken,
    'grens: 2% van de toewijzingen' AS voorbeeld
FROM vergeleken
