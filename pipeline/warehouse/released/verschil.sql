-- What differs between the snapshot of release `stand` and now: of each facet the rows that are only in one of them, with
-- kant -1 for then and 1 for now. Everything after this works on these few rows.
CREATE OR REPLACE TEMP TABLE plek_gebied AS
WITH plekken AS (
    SELECT plek, jaar, buurt, wijk, gemeente, rol FROM vrijgave.plek
    UNION
    SELECT plek, jaar, buurt, wijk, gemeente, rol FROM nu_plek
)
SELECT plek, jaar, buurt AS gebied, 1 AS niveau FROM plekken
UNION ALL SELECT plek, jaar, wijk, 2 FROM plekken
UNION ALL SELECT plek, jaar, gemeente, 3 FROM plekken
UNION ALL SELECT plek, jaar, rol, 4 FROM plekken WHERE rol <> ''
UNION ALL SELECT plek, jaar, 'regio', 5 FROM plekken;

CREATE OR REPLACE TEMP TABLE jaren AS
SELECT DISTINCT jaar FROM nu_domeinjaar
UNION SELECT DISTINCT jaar FROM vrijgave.domeinjaar WHERE stand = getvariable('stand');

CREATE OR REPLACE TEMP TABLE verschil_kosten AS
WITH regels AS (
    SELECT -1 AS kant, persoon, atoom, bedrag, volume, declaraties, regels
    FROM vrijgave.kosten
    WHERE stand = getvariable('stand') AND persoon IN (SELECT persoon FROM kandidaat)
    UNION ALL
    SELECT 1 AS kant, persoon, atoom, bedrag, volume, declaraties, regels
    FROM nu_kosten
    WHERE persoon IN (SELECT persoon FROM kandidaat)
),

anders AS (
    SELECT persoon, atoom, bedrag, volume, declaraties, regels, sum(kant) AS kant
    FROM regels
    GROUP BY persoon, atoom, bedrag, volume, declaraties, regels
    HAVING sum(kant) <> 0
),

atomen AS (
    SELECT atoom, maand, plek, domein, zorgsoort, regel, lijn, landelijk, leverancier FROM vrijgave.atoom
    UNION
    SELECT atoom, maand, plek, domein, zorgsoort, regel, lijn, landelijk, leverancier FROM nu_atoom
)

SELECT
    v.persoon,
    a.maand,
    CAST(year(a.maand) AS INTEGER) AS jaar,
    a.plek,
    a.domein,
    a.zorgsoort,
    a.regel,
    a.lijn,
    a.landelijk,
    a.leverancier,
    CAST(v.kant * v.bedrag AS BIGINT) AS bedrag,
    CAST(v.kant * v.volume AS BIGINT) AS volume,
    CAST(v.kant * v.regels AS BIGINT) AS regels,
    CAST(v.kant AS INTEGER) AS kant,
    v.declaraties
FROM anders AS v
INNER JOIN atomen AS a ON a.atoom = v.atoom;

-- The same in each area; in each kind of area another number of claims is new.
CREATE OR REPLACE TEMP TABLE verschil_gebied AS
SELECT
    v.persoon, v.maand, v.jaar, g.gebied, v.domein, v.zorgsoort, v.regel, v.lijn, v.landelijk, v.bedrag, v.volume,
    v.kant * ((v.declaraties >> (12 * (g.niveau - 1))) & 4095) AS declaraties
FROM verschil_kosten AS v
INNER JOIN plek_gebied AS g ON g.plek = v.plek;

-- What a person cost more or less in a year, wherever in the region.
CREATE OR REPLACE TEMP TABLE verschil_jaar AS
SELECT persoon, jaar, domein, sum(bedrag) AS bedrag
FROM verschil_kosten
GROUP BY persoon, jaar, domein;

CREATE OR REPLACE TEMP TABLE verschil_bewoning AS
WITH rijen AS (
    SELECT -1 AS kant, persoon, plek, kwartaal_1, kwartaal_2, kwartaal_3, kwartaal_4, leeftijd, geslacht, huishouden
    FROM vrijgave.bewoning WHERE stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, * FROM nu_bewoning
)
SELECT
    persoon, plek, kwartaal_1, kwartaal_2, kwartaal_3, kwartaal_4, leeftijd, geslacht, huishouden, CAST(sum(kant) AS INTEGER) AS kant
FROM rijen
GROUP BY ALL
HAVING sum(kant) <> 0;

CREATE OR REPLACE TEMP TABLE verschil_persoonstand AS
WITH rijen AS (
    SELECT -1 AS kant, persoon, jaar, arrangementen, arrangementen_plek, wetten, wetten_plek, arrangement, plek
    FROM vrijgave.persoonstand WHERE stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, * FROM nu_persoonstand
)
SELECT persoon, jaar, arrangementen, arrangementen_plek, wetten, wetten_plek, arrangement, plek, CAST(sum(kant) AS INTEGER) AS kant
FROM rijen
GROUP BY ALL
HAVING sum(kant) <> 0;

CREATE OR REPLACE TEMP TABLE verschil_wending AS
WITH rijen AS (
    SELECT -1 AS kant, persoon, jaar, wending, plek FROM vrijgave.wending WHERE stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, * FROM nu_wending
)
SELECT persoon, jaar, wending, plek, CAST(sum(kant) AS INTEGER) AS kant
FROM rijen
GROUP BY ALL
HAVING sum(kant) <> 0;

CREATE OR REPLACE TEMP TABLE verschil_contact AS
WITH rijen AS (
    SELECT -1 AS kant, persoon, plek, soort, alle, na_huisarts, met_verwijzer, van_huisarts, via_anderhalf, naar_specialist, herhaald
    FROM vrijgave.contact WHERE stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, * FROM nu_contact
)
SELECT
    persoon, plek, soort, alle, na_huisarts, met_verwijzer, van_huisarts, via_anderhalf, naar_specialist, herhaald, CAST(sum(kant) AS INTEGER) AS kant
FROM rijen
GROUP BY ALL
HAVING sum(kant) <> 0;

CREATE OR REPLACE TEMP TABLE verschil_huishouden AS
WITH rijen AS (
    SELECT -1 AS kant, huishouden, jaar, arrangementen, arrangementen_plek, wetten, wetten_plek, bedrag
    FROM vrijgave.huishouden WHERE stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, * FROM nu_huishouden
)
SELECT huishouden, jaar, arrangementen, arrangementen_plek, wetten, wetten_plek, bedrag, CAST(sum(kant) AS INTEGER) AS kant
FROM rijen
GROUP BY ALL
HAVING sum(kant) <> 0;

CREATE OR REPLACE TEMP TABLE verschil_deelname AS
WITH rijen AS (
    SELECT -1 AS kant, persoon, project, startkwartaal FROM vrijgave.deelname WHERE stand = getvariable('stand')
    UNION ALL
    SELECT 1 AS kant, * FROM nu_deelname
)
SELECT persoon, project, startkwartaal, CAST(sum(kant) AS INTEGER) AS kant
FROM rijen
GROUP BY ALL
HAVING sum(kant) <> 0;
