-- The costs of the persons in kandidaat: person × month × place × rule × supplier, in cents, thousandths and numbers.
-- declaraties packs the counts of buurt, wijk, gemeente, rol and regio in twelve bits each.
CREATE OR REPLACE TEMP TABLE nu_ruw AS
SELECT
    d.persoon,
    d.maand,
    k.plek,
    d.plaatsing,
    l.nummer AS leveranciernr,
    CAST(sum(CAST(d.bedrag * 100 AS BIGINT)) AS BIGINT) AS bedrag,
    CAST(sum(CAST(d.volume * 1000 AS BIGINT)) AS BIGINT) AS volume,
    CAST(
        least(sum(d.declaraties_buurt), 4095) + 4096 * least(sum(d.declaraties_wijk), 4095)
        + 16777216 * least(sum(d.declaraties_gemeente), 4095) + 68719476736 * least(sum(d.declaraties_rol), 4095)
        + 281474976710656 * least(sum(d.declaraties_regio), 4095) AS BIGINT
    ) AS declaraties,
    CAST(sum(d.eerste_deel) AS INTEGER) AS regels
FROM model.kostendeel AS d
INNER JOIN kandidaat AS c ON c.persoon = d.persoon
INNER JOIN nu_plek AS k ON k.jaar = year(d.maand) AND k.plaats = d.plaats
INNER JOIN nu_leverancier AS l ON l.levering_id = d.levering_id
WHERE d.telt
GROUP BY d.persoon, d.maand, k.plek, d.plaatsing, l.nummer;

CREATE OR REPLACE TEMP TABLE nu_atoom AS
SELECT
    CAST(coalesce(a.atoom, (SELECT coalesce(max(atoom), 0) FROM vrijgave.atoom)
        + row_number() OVER (ORDER BY c.maand, c.plek, c.plaatsing, c.leveranciernr)) AS INTEGER) AS atoom,
    c.maand, c.plek, c.plaatsing, c.leveranciernr, p.domein, p.zorgsoort, p.regel, p.lijn, p.landelijk, l.leverancier
FROM (SELECT DISTINCT maand, plek, plaatsing, leveranciernr FROM nu_ruw) AS c
INNER JOIN nu_plaatsing AS p ON p.jaar = year(c.maand) AND p.plaatsing = c.plaatsing
INNER JOIN (SELECT DISTINCT nummer, leverancier FROM nu_leverancier) AS l ON l.nummer = c.leveranciernr
LEFT JOIN vrijgave.atoom AS a
    ON a.maand = c.maand AND a.plek = c.plek AND a.domein = p.domein AND a.zorgsoort = p.zorgsoort AND a.regel = p.regel
    AND a.lijn = p.lijn AND a.landelijk = p.landelijk AND a.leverancier = l.leverancier;

CREATE OR REPLACE TEMP TABLE nu_kosten AS
SELECT r.persoon, a.atoom, r.bedrag, r.volume, r.declaraties, r.regels
FROM nu_ruw AS r
INNER JOIN nu_atoom AS a ON a.maand = r.maand AND a.plek = r.plek AND a.plaatsing = r.plaatsing AND a.leveranciernr = r.leveranciernr;

DROP TABLE nu_ruw;
