-- What each person contributes to the answers now, at the grain at which every released table can be told from it.
-- The numbers of the model (plaats, plaatsing, huis) are given out anew every night; here everything has its names, or a
-- number from the dictionaries vrijgave.plek, vrijgave.atoom and vrijgave.arrangement, which only grow.
-- Costs are of the persons in kandidaat only.
CREATE OR REPLACE TEMP TABLE nu_plek AS
SELECT
    CAST(coalesce(p.plek, (SELECT coalesce(max(plek), 0) FROM vrijgave.plek) + row_number() OVER (ORDER BY b.jaar, b.buurt)) AS INTEGER) AS plek,
    b.jaar,
    b.plaats,
    b.buurt,
    b.wijk,
    b.gemeente,
    b.rol
FROM (SELECT jaar, plaats, buurt, wijk, gemeente, CASE WHEN rol IN ('pilot', 'controle') THEN rol ELSE '' END AS rol FROM model.buurt) AS b
LEFT JOIN vrijgave.plek AS p
    ON p.jaar = b.jaar AND p.buurt = b.buurt AND p.wijk = b.wijk AND p.gemeente = b.gemeente AND p.rol = b.rol;

CREATE OR REPLACE TEMP TABLE nu_plaatsing AS
SELECT j.jaar, p.plaatsing, p.domein, p.zorgsoort, coalesce(p.regel, '') AS regel, z.lijn, coalesce(l.landelijk, p.zorgsoort) AS landelijk
FROM model.plaatsing AS p
CROSS JOIN (SELECT DISTINCT jaar FROM nu_plek) AS j
INNER JOIN model.zorgsoort AS z ON z.domein = p.domein AND z.zorgsoort = p.zorgsoort
LEFT JOIN model.landelijke_zorgsoort AS l ON l.jaar = j.jaar AND l.zorgsoort = p.zorgsoort;

CREATE OR REPLACE TEMP TABLE nu_leverancier AS
SELECT levering_id, leverancier, CAST(dense_rank() OVER (ORDER BY leverancier) AS INTEGER) AS nummer
FROM levering.grootboek;

-- One sum per person over all that a claim line contributes: whose sum is what it was, has not changed.
CREATE OR REPLACE TEMP TABLE nu_som AS
SELECT
    d.persoon,
    sum(CAST(hash(
        d.maand, k.merk, p.merk, l.leverancier, d.bedrag, d.volume, d.eerste_deel,
        d.declaraties_buurt + 2 * d.declaraties_wijk + 4 * d.declaraties_gemeente + 8 * d.declaraties_rol + 16 * d.declaraties_regio
    ) AS HUGEINT)) AS som
FROM model.kostendeel AS d
INNER JOIN (SELECT jaar, plaats, hash(buurt, wijk, gemeente, rol) AS merk FROM nu_plek) AS k ON k.jaar = year(d.maand) AND k.plaats = d.plaats
INNER JOIN (SELECT jaar, plaatsing, hash(domein, zorgsoort, regel, lijn, landelijk) AS merk FROM nu_plaatsing) AS p
    ON p.jaar = year(d.maand) AND p.plaatsing = d.plaatsing
INNER JOIN nu_leverancier AS l ON l.levering_id = d.levering_id
WHERE d.telt
GROUP BY d.persoon;

CREATE OR REPLACE TEMP TABLE nu_bewoning AS
SELECT
    v.persoon,
    k.plek,
    CAST(sum(greatest(0, date_diff('day', v.begindatum, least(v.einddatum, make_date(v.jaar, 3, 31))) + 1)) AS INTEGER) AS kwartaal_1,
    CAST(sum(greatest(0, date_diff('day', greatest(v.begindatum, make_date(v.jaar, 4, 1)), least(v.einddatum, make_date(v.jaar, 6, 30))) + 1)) AS INTEGER) AS kwartaal_2,
    CAST(sum(greatest(0, date_diff('day', greatest(v.begindatum, make_date(v.jaar, 7, 1)), least(v.einddatum, make_date(v.jaar, 9, 30))) + 1)) AS INTEGER) AS kwartaal_3,
    CAST(sum(greatest(0, date_diff('day', greatest(v.begindatum, make_date(v.jaar, 10, 1)), v.einddatum) + 1)) AS INTEGER) AS kwartaal_4,
    max(p.leeftijd) AS leeftijd,
    max(p.geslacht) AS geslacht,
    max(CASE WHEN v.begindatum = make_date(v.jaar, 1, 1) THEN h.huishouden END) AS huishouden
FROM model.verblijfjaar AS v
INNER JOIN nu_plek AS k ON k.jaar = v.jaar AND k.plaats = v.plaats
INNER JOIN model.persoonjaar AS p ON p.persoon = v.persoon AND p.jaar = v.jaar AND p.plaats = v.plaats
INNER JOIN (SELECT DISTINCT huis, md5_number_lower(huishouden) AS huishouden FROM model.verblijf) AS h ON h.huis = v.huis
GROUP BY v.persoon, k.plek;

CREATE OR REPLACE TEMP TABLE nu_arrangement AS
SELECT
    CAST(coalesce(a.nummer, (SELECT coalesce(max(nummer), 0) FROM vrijgave.arrangement) + row_number() OVER (ORDER BY n.naam)) AS INTEGER) AS nummer,
    n.naam
FROM (SELECT DISTINCT arrangement AS naam FROM model.persoon_arrangement) AS n
LEFT JOIN vrijgave.arrangement AS a ON a.naam = n.naam;

-- Of each year that a person lived here: the most arrangements and laws at once, 6 being 6 or more, and the arrangement, each with its place.
CREATE OR REPLACE TEMP TABLE nu_persoonstand AS
SELECT
    p.persoon,
    p.jaar,
    CAST(least(a.aantal, 6) AS INTEGER) AS arrangementen,
    ka.plek AS arrangementen_plek,
    CAST(least(w.aantal, 6) AS INTEGER) AS wetten,
    kw.plek AS wetten_plek,
    n.nummer AS arrangement,
    k.plek
FROM model.persoon_arrangement AS p
INNER JOIN nu_arrangement AS n ON n.naam = p.arrangement
INNER JOIN nu_plek AS k ON k.jaar = p.jaar AND k.buurt = p.buurt
INNER JOIN model.stapeling_persoon AS a ON a.telling = 'arrangementen' AND a.jaar = p.jaar AND a.persoon = p.persoon
INNER JOIN nu_plek AS ka ON ka.jaar = a.jaar AND ka.plaats = a.plaats
INNER JOIN model.stapeling_persoon AS w ON w.telling = 'wetten' AND w.jaar = p.jaar AND w.persoon = p.persoon
INNER JOIN nu_plek AS kw ON kw.jaar = w.jaar AND kw.plaats = w.plaats;

CREATE OR REPLACE TEMP TABLE nu_wending AS
SELECT w.persoon, w.jaar, w.wending, k.plek
FROM model.persoon_wending AS w
INNER JOIN nu_plek AS k ON k.jaar = w.gebiedsjaar AND k.buurt = w.buurt;

CREATE OR REPLACE TEMP TABLE nu_contact AS
SELECT
    g.persoon, k.plek, g.soort, g.alle, g.na_huisarts, g.met_verwijzer, g.van_huisarts, g.via_anderhalf, g.naar_specialist, g.herhaald
FROM (
    SELECT
        soort, jaar, plaats, persoon, CAST(count(*) AS INTEGER) AS alle,
        0 AS na_huisarts, 0 AS met_verwijzer, 0 AS van_huisarts, 0 AS via_anderhalf, 0 AS naar_specialist, 0 AS herhaald
    FROM model.zorgcontact
    WHERE soort = 'huisarts'
    GROUP BY soort, jaar, plaats, persoon
    UNION ALL
    SELECT
        soort, jaar, plaats, persoon, CAST(count(*) AS INTEGER) AS alle,
        CAST(count(*) FILTER (WHERE na_huisarts) AS INTEGER) AS na_huisarts,
        CAST(count(*) FILTER (WHERE met_verwijzer) AS INTEGER) AS met_verwijzer,
        CAST(count(*) FILTER (WHERE van_huisarts) AS INTEGER) AS van_huisarts,
        CAST(count(*) FILTER (WHERE via_anderhalf) AS INTEGER) AS via_anderhalf,
        CAST(count(*) FILTER (WHERE naar_specialist) AS INTEGER) AS naar_specialist,
        CAST(count(*) FILTER (WHERE herhaald) AS INTEGER) AS herhaald
    FROM model.verwijzing_gebeurtenis
    WHERE eerste
    GROUP BY soort, jaar, plaats, persoon
) AS g
INNER JOIN nu_plek AS k ON k.jaar = g.jaar AND k.plaats = g.plaats;

-- A household is known by a hash of its name: of one without a name that is a pseudonym.
CREATE OR REPLACE TEMP TABLE nu_huishouden AS
SELECT
    h.huishouden,
    a.jaar,
    CAST(least(a.aantal, 6) AS INTEGER) AS arrangementen,
    ka.plek AS arrangementen_plek,
    CAST(least(w.aantal, 6) AS INTEGER) AS wetten,
    kw.plek AS wetten_plek,
    coalesce(k.bedrag, 0) AS bedrag
FROM model.stapeling_huishouden AS a
INNER JOIN model.stapeling_huishouden AS w ON w.telling = 'wetten' AND w.jaar = a.jaar AND w.huis = a.huis
INNER JOIN (SELECT DISTINCT huis, md5_number_lower(huishouden) AS huishouden FROM model.verblijf) AS h ON h.huis = a.huis
INNER JOIN nu_plek AS ka ON ka.jaar = a.jaar AND ka.plaats = a.plaats
INNER JOIN nu_plek AS kw ON kw.jaar = w.jaar AND kw.plaats = w.plaats
LEFT JOIN (
    SELECT p.huis, k.jaar, CAST(sum(k.bedrag) * 100 AS BIGINT) AS bedrag
    FROM model.persoonkosten AS k
    INNER JOIN model.persoon_plaats AS p ON p.persoon = k.persoon AND p.jaar = k.jaar
    GROUP BY p.huis, k.jaar
) AS k ON k.huis = a.huis AND k.jaar = a.jaar
WHERE a.telling = 'arrangementen';

-- The laws that came per person, and by it the years.
CREATE OR REPLACE TEMP TABLE nu_domeinjaar AS
SELECT DISTINCT jaar, domein FROM model.cel WHERE gebied = 'regio' AND herkomst = 'persoon';

-- The month up to which two quarters are compared.
CREATE OR REPLACE TEMP TABLE nu_peilmaand AS
SELECT domein, peilmaand FROM model.peilmaand WHERE peilmaand IS NOT NULL;

-- What came without persons, and is not open data: of a change in it nobody knows through how many.
CREATE OR REPLACE TEMP TABLE nu_aggregaat AS
SELECT jaar, domein, CAST(sum(CAST(hash(gebied, zorgsoort, geslacht, leeftijdsklasse, aantal_personen, verzekerdejaren, bedrag) AS HUGEINT)) AS HUGEINT) AS som
FROM model.aggregaat_gebied
WHERE NOT openbaar
GROUP BY jaar, domein;

-- The posts of the reconciliation that hold more than what is modelled: whether they differ, not through whom.
CREATE OR REPLACE TEMP TABLE nu_post AS
SELECT leverancier || '|' || domein || '|' || coalesce(CAST(jaar AS VARCHAR), '') || '|' || post AS sleutel, hash(regels, bedrag) AS merk
FROM uitkomst.aansluiting
WHERE post <> 'gemodelleerd';

-- Who starts with which project, and when.
CREATE OR REPLACE TEMP TABLE nu_deelname AS
SELECT persoon, project, startkwartaal FROM model.deelname_start;
