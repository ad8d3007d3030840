-- titel: Credits met hun debetten
-- vraag: Welke debetregels dragen het kenmerk dat een creditregel noemt?
-- korrel: creditregel × debetregel van dezelfde leverancier en hetzelfde domein, ook van regels die niet tellen
-- sleutel: levering_id, regel_nr, debet_levering_id, debet_regel_nr
WITH credit AS (
    SELECT
        d.levering_id,
        d.regel_nr,
        l.leverancier,
        k.domein,
        d.vorige_regel_id,
        d.persoon,
        d.codering,
        d.begindatum,
        d.einddatum,
        d.declaratiedatum,
        d.bedrag
    FROM opslag.declaraties AS d
    INNER JOIN opslag.codering AS k ON k.codering = d.codering AND k.debet_credit = 'C'
    INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
)

SELECT
    c.leverancier,
    c.domein,
    c.vorige_regel_id,
    c.levering_id,
    c.regel_nr,
    c.persoon,
    c.codering,
    c.begindatum,
    c.einddatum,
    c.declaratiedatum,
    c.bedrag,
    d.levering_id AS debet_levering_id,
    d.regel_nr AS debet_regel_nr,
    d.persoon AS debet_persoon,
    d.codering AS debet_codering,
    d.zorgaanbieder AS debet_zorgaanbieder,
    d.begindatum AS debet_begindatum,
    d.einddatum AS debet_einddatum,
    d.declaratiedatum AS debet_declaratiedatum,
    d.bedrag AS debet_bedrag
FROM opslag.declaraties AS d
INNER JOIN opslag.codering AS k ON k.codering = d.codering
INNER JOIN model.geldige_levering AS l ON l.levering_id = d.levering_id
INNER JOIN credit AS c ON c.vorige_regel_id = d.regel_id
-- De zeldzame gelijkheid van kenmerk gaat voor: als losse gelijkheid zou het domein eerst elke credit naast elke codering zetten.
WHERE CASE WHEN k.debet_credit = 'D' AND k.domein = c.domein AND l.leverancier = c.leverancier THEN 1 ELSE 0 END = 1
