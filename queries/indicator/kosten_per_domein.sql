-- titel: Kosten per domein
-- vraag: Wat kost de zorg per wet, per verzekerdejaar en per gebruiker, en wat bij dezelfde leeftijds- en geslachtsopbouw?
-- korrel: jaar × gebied × domein
-- methode: Verhouding van sommen over verzekerdejaren in exacte dagen; directe standaardisatie naar de regio in het basisjaar;
--   reële bedragen in prijzen van het basisjaar (Fay & Feuer 1997).
-- sleutel: jaar, gebied, domein
-- drempel: personen
-- intern: personen, openbaar, grootste, tweede, aanbieders, aanbieder_grootste, aanbieder_tweede
-- open: openbaar
-- buurten: ja
-- optelbaar: bedrag, gebruikers
-- totalen: kosten_domein(jaar, gebied, domein) = bedrag; kosten(jaar, gebied) = bedrag; kosten_reeel(jaar, gebied) = bedrag_reeel
-- evenredig: bedrag_reeel = bedrag per jaar, domein
-- dominantie: bedrag
-- afgeleid: per_verzekerdejaar = bedrag / verzekerdejaren op 5; per_verzekerdejaar_reeel = bedrag_reeel / verzekerdejaren op 5;
--   per_gebruiker = bedrag / gebruikers op 5; per_gebruiker_reeel = bedrag_reeel / gebruikers op 5;
--   gestandaardiseerd = gestandaardiseerd mits bedrag op 5; gestandaardiseerd_reeel = gestandaardiseerd_reeel mits bedrag op 5
WITH som AS (
    SELECT
        jaar,
        gebied,
        domein,
        sum(bedrag) AS bedrag,
        CASE WHEN count(*) = count(bedrag_reeel) THEN sum(bedrag_reeel) END AS bedrag_reeel,
        sum(declaraties) AS declaraties
    FROM model.kosten_gebied
    GROUP BY jaar, gebied, domein
),

noemer AS (
    SELECT
        jaar,
        gebied,
        domein,
        sum(dagen) AS dagen
    FROM model.noemer
    GROUP BY jaar, gebied, domein
),

cel AS (
    SELECT
        c.jaar,
        c.gebied,
        c.domein,
        c.status,
        CASE WHEN c.herkomst = 'aggregaat' THEN NULL ELSE coalesce(g.gebruikers, 0) END AS gebruikers,
        CASE WHEN c.herkomst = 'aggregaat' THEN NULL ELSE coalesce(s.declaraties, 0) END AS declaraties,
        CAST(coalesce(s.bedrag, 0) AS DECIMAL(18, 2)) AS bedrag,
        CAST(CASE WHEN s.jaar IS NULL THEN 0 ELSE s.bedrag_reeel END AS DECIMAL(18, 2)) AS bedrag_reeel,
        -- Geeft een aggregaat voor een gebied geen verzekerdejaren, dan zijn zij onbekend.
        CAST(CASE WHEN c.herkomst = 'aggregaat' THEN n.dagen ELSE coalesce(n.dagen, 0) END AS DOUBLE) / c.dagen_in_jaar AS verzekerdejaren,
        CAST(nullif(n.dagen, 0) AS DOUBLE) AS dagen,
        CAST(c.dagen_in_jaar AS DOUBLE) AS dagen_in_jaar,
        t.gestandaardiseerd,
        t.gestandaardiseerd_reeel,
        CASE WHEN s.jaar IS NULL THEN 0 ELSE g.personen END AS personen,
        coalesce(g.openbaar, 'nee') AS openbaar,
        CASE WHEN c.herkomst = 'persoon' THEN coalesce(g.grootste, 0) END AS grootste,
        CASE WHEN c.herkomst = 'persoon' THEN coalesce(g.tweede, 0) END AS tweede,
        CASE WHEN c.herkomst = 'persoon' THEN coalesce(a.aanbieders, 0) END AS aanbieders,
        CASE WHEN c.herkomst = 'persoon' THEN coalesce(a.grootste, 0) END AS aanbieder_grootste,
        CASE WHEN c.herkomst = 'persoon' THEN coalesce(a.tweede, 0) END AS aanbieder_tweede
    FROM model.cel AS c
    LEFT JOIN som AS s ON s.jaar = c.jaar AND s.gebied = c.gebied AND s.domein = c.domein
    LEFT JOIN noemer AS n ON n.jaar = c.jaar AND n.gebied = c.gebied AND n.domein = c.domein
    LEFT JOIN model.gestandaardiseerd AS t ON t.jaar = c.jaar AND t.gebied = c.gebied AND t.domein = c.domein
    LEFT JOIN model.gebruikers AS g
        ON g.indeling = 'domein' AND g.jaar = c.jaar AND g.gebied = c.gebied AND g.domein = c.domein
    LEFT JOIN model.aanbieders AS a
        ON a.indeling = 'domein' AND a.jaar = c.jaar AND a.gebied = c.gebied AND a.domein = c.domein
)

SELECT
    jaar,
    gebied,
    domein,
    CAST(gebruikers AS BIGINT) AS gebruikers,
    CAST(declaraties AS BIGINT) AS declaraties,
    bedrag,
    bedrag_reeel,
    CAST(verzekerdejaren AS DECIMAL(18, 6)) AS verzekerdejaren,
    CAST(CAST(bedrag AS DOUBLE) * dagen_in_jaar / dagen AS DECIMAL(18, 6)) AS per_verzekerdejaar,
    CAST(CAST(bedrag_reeel AS DOUBLE) * dagen_in_jaar / dagen AS DECIMAL(18, 6)) AS per_verzekerdejaar_reeel,
    CAST(CAST(bedrag AS DOUBLE) / nullif(gebruikers, 0) AS DECIMAL(18, 6)) AS per_gebruiker,
    CAST(CAST(bedrag_reeel AS DOUBLE) / nullif(gebruikers, 0) AS DECIMAL(18, 6)) AS per_gebruiker_reeel,
    CAST(gestandaardiseerd AS DECIMAL(18, 6)) AS gestandaardiseerd,
    CAST(gestandaardiseerd_reeel AS DECIMAL(18, 6)) AS gestandaardiseerd_reeel,
    status,
    CAST(personen AS BIGINT) AS personen,
    openbaar,
    CAST(grootste AS DECIMAL(18, 2)) AS grootste,
    CAST(tweede AS DECIMAL(18, 2)) AS tweede,
    CAST(aanbieders AS BIGINT) AS aanbieders,
    CAST(aanbieder_grootste AS DECIMAL(18, 2)) AS aanbieder_grootste,
    CAST(aanbieder_tweede AS DECIMAL(18, 2)) AS aanbieder_tweede
FROM cel
ORDER BY jaar, gebied, domein
