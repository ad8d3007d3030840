-- titel: Wlz-verblijf met tegelijk Wmo of wijkverpleging
-- vraag: Bij welk deel van de personen met Wlz-verblijf loopt daarbij meer dan een dag Wmo of wijkverpleging?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.05
-- toelichting: In een Wlz-instelling hoort deze zorg bij het verblijf. Het is een signaal over de grens tussen de wetten en wordt nooit
--   rechtgezet: de euro's tellen bij de wet die betaalde. Een overgang in de loop van een maand geeft overlap als per maand wordt gedeclareerd.
WITH open_debet AS (
    SELECT r.persoon, p.zorgsoort, r.begindatum, r.einddatum
    FROM model.declaratieregel AS r
    INNER JOIN model.plaatsing AS p
        ON p.plaatsing = r.plaatsing AND (p.domein = 'wmo' OR p.zorgsoort IN ('wlz_verblijf', 'wijkverpleging'))
    WHERE r.telt AND r.niet_gecrediteerd
),

verblijf AS (
    SELECT persoon, begindatum, einddatum FROM open_debet WHERE zorgsoort = 'wlz_verblijf'
),

ernaast AS (
    SELECT DISTINCT v.persoon
    FROM open_debet AS o
    INNER JOIN verblijf AS v
        ON v.persoon = o.persoon AND v.begindatum < o.einddatum AND v.einddatum > o.begindatum
    WHERE o.zorgsoort <> 'wlz_verblijf'
)

SELECT
    (SELECT count(*) FROM ernaast) AS fout,
    count(DISTINCT persoon) AS bekeken,
    'grens: 5% van de personen met Wlz-verblijf' AS voorbeeld
FROM verblijf
