-- titel: Declaratieregels met hun bestemming
-- vraag: Welke aangeleverde regels tellen, en waarom tellen de andere niet?
-- korrel: leesbare declaratieregel van elke levering
-- methode: Bestemming `vervangen` of `dubbel` volgens model.afgevallen; een credit zonder debet wacht. Wat overblijft, telt.
-- sleutel: levering_id, regel_nr
-- vorm: view
SELECT
    r.levering_id,
    r.regel_nr,
    l.leverancier,
    c.domein,
    r.persoon,
    c.debet_credit,
    r.codering,
    r.begindatum,
    r.einddatum,
    r.declaratiemaand,
    r.volume,
    r.bedrag,
    r.plaatsing,
    CASE
        WHEN r.telt THEN 'telt'
        ELSE coalesce(a.bestemming, 'credit_zonder_debet')
    END AS bestemming,
    r.niet_gecrediteerd
FROM model.declaratieregel AS r
INNER JOIN opslag.codering AS c ON c.codering = r.codering
INNER JOIN model.geldige_levering AS l ON l.levering_id = r.levering_id
LEFT JOIN model.afgevallen AS a ON a.levering_id = r.levering_id AND a.regel_nr = r.regel_nr
