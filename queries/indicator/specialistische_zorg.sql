-- titel: Specialistische zorg
-- vraag: Hoeveel specialistische en hoogspecialistische zorg is er, door welke regel heet zij zo, en hangt het beeld aan die regel?
-- korrel: jaar × gebied × lijn × regel
-- methode: Kosten van lijn 2 en 3 naar de regel die de zorgsoort gaf; aandeel binnen de lijnen 1, 1.5, 2 en 3.
--   aandeel_lijn_3_anders: het aandeel van lijn 3 als alle regels met hetzelfde signaal andersom telden: een kernsignaal niet,
--   een ander signaal (in een stad met één, academisch, ziekenhuis) wel.
-- sleutel: jaar, gebied, lijn, regel
-- drempel: personen
-- intern: personen, grootste, tweede, aanbieders, aanbieder_grootste, aanbieder_tweede, domeinen, domein, zorgsoort, anders
-- detail: ja
-- zeldzaam: weglaten
-- optelbaar: bedrag, gebruikers
-- totalen: kosten_zorgsoort(jaar, gebied, domein, zorgsoort) = bedrag
-- evenredig: bedrag_reeel = bedrag per jaar, domein, zorgsoort
-- dominantie: bedrag
-- afgeleid: aandeel = bedrag / som(verschuiving_lijn.bedrag; jaar, gebied, lijn = '1' | '1.5' | '2' | '3');
--   aandeel_reeel = bedrag_reeel / som(verschuiving_lijn.bedrag_reeel; jaar, gebied, lijn = '1' | '1.5' | '2' | '3');
--   aandeel_lijn_3 = som(verschuiving_lijn.bedrag; jaar, gebied, lijn = '3') / som(verschuiving_lijn.bedrag; jaar, gebied, lijn = '1' | '1.5' |
--   '2' | '3');
--   aandeel_lijn_3_anders = (som(verschuiving_lijn.bedrag; jaar, gebied, lijn = '3') + som(anders; jaar, gebied, signaal)) /
--   som(verschuiving_lijn.bedrag; jaar, gebied, lijn = '1' | '1.5' | '2' | '3')
WITH regels AS (
    SELECT
        p.plaatsing,
        p.domein,
        p.zorgsoort,
        z.lijn,
        p.regel,
        dense_rank() OVER (ORDER BY z.lijn, p.regel) AS nr
    FROM model.plaatsing AS p
    INNER JOIN model.zorgsoort AS z ON z.domein = p.domein AND z.zorgsoort = p.zorgsoort
    WHERE z.lijn IN ('2', '3')
),

per_plaats AS (
    SELECT
        year(k.maand) AS jaar,
        k.plaats,
        k.persoon,
        r.nr,
        sum(k.bedrag) AS bedrag,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel
    FROM model.maandkosten AS k
    INNER JOIN regels AS r ON r.plaatsing = k.plaatsing
    GROUP BY year(k.maand), k.plaats, k.persoon, r.nr
),

verhuisd AS (
    SELECT
        persoon,
        jaar
    FROM model.persoonjaar
    GROUP BY persoon, jaar
    HAVING count(*) > 1
),

-- Wie het hele jaar op één adres woonde, heeft in elk gebied maar één rij; wie verhuisde, wordt per gebied opgeteld.
geteld AS (
    SELECT
        p.jaar,
        p.plaats,
        p.nr,
        count(*) FILTER (WHERE v.persoon IS NULL) AS personen,
        count(*) FILTER (WHERE v.persoon IS NULL AND p.bedrag > 0) AS gebruikers,
        max(CASE WHEN v.persoon IS NULL THEN abs(p.bedrag) ELSE 0 END, 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(CASE WHEN v.persoon IS NULL THEN abs(p.bedrag) ELSE 0 END, 2)[2] ELSE 0 END AS tweede,
        sum(p.bedrag) AS bedrag,
        CASE WHEN count(*) = count(p.bedrag_reeel) THEN sum(p.bedrag_reeel) END AS bedrag_reeel
    FROM per_plaats AS p
    LEFT JOIN verhuisd AS v ON v.persoon = p.persoon AND v.jaar = p.jaar
    GROUP BY p.jaar, p.plaats, p.nr
),

verhuisd_persoon AS (
    SELECT
        p.jaar,
        g.gebied,
        p.nr,
        p.persoon,
        sum(p.bedrag) AS bedrag
    FROM per_plaats AS p
    INNER JOIN verhuisd AS v ON v.persoon = p.persoon AND v.jaar = p.jaar
    INNER JOIN model.gebied AS g ON g.jaar = p.jaar AND g.plaats = p.plaats
    GROUP BY p.jaar, g.gebied, p.nr, p.persoon
),

verhuisden AS (
    SELECT
        jaar,
        gebied,
        nr,
        count(*) AS personen,
        count(*) FILTER (WHERE bedrag > 0) AS gebruikers,
        max(abs(bedrag), 2)[1] AS grootste,
        CASE WHEN count(*) > 1 THEN max(abs(bedrag), 2)[2] ELSE 0 END AS tweede
    FROM verhuisd_persoon
    GROUP BY jaar, gebied, nr
),

aantallen AS (
    SELECT
        a.jaar,
        a.plaats,
        r.nr,
        sum(a.buurt) AS buurt,
        sum(a.wijk) AS wijk,
        sum(a.gemeente) AS gemeente,
        sum(a.rol) AS rol,
        sum(a.regio) AS regio
    FROM model.declaratie_aantal AS a
    INNER JOIN regels AS r ON r.plaatsing = a.plaatsing
    GROUP BY a.jaar, a.plaats, r.nr
),

in_gebied AS (
    SELECT
        t.jaar,
        g.gebied,
        t.nr,
        sum(t.personen) AS personen,
        sum(t.gebruikers) AS gebruikers,
        max(t.grootste) AS grootste,
        CASE WHEN count(*) > 1 THEN greatest(max(t.grootste, 2)[2], max(t.tweede)) ELSE max(t.tweede) END AS tweede,
        sum(
            CASE g.niveau
                WHEN 'buurt' THEN a.buurt
                WHEN 'wijk' THEN a.wijk
                WHEN 'gemeente' THEN a.gemeente
                WHEN 'rol' THEN a.rol
                ELSE a.regio
            END
        ) AS declaraties,
        sum(t.bedrag) AS bedrag,
        CASE WHEN count(*) = count(t.bedrag_reeel) THEN sum(t.bedrag_reeel) END AS bedrag_reeel
    FROM geteld AS t
    INNER JOIN aantallen AS a ON a.jaar = t.jaar AND a.plaats = t.plaats AND a.nr = t.nr
    INNER JOIN model.gebied AS g ON g.jaar = t.jaar AND g.plaats = t.plaats
    GROUP BY t.jaar, g.gebied, t.nr
),

-- De wetten en zorgsoorten die een regel in een gebied heeft: gewoonlijk één.
inhoud AS (
    SELECT DISTINCT
        a.jaar,
        g.gebied,
        r.nr,
        r.domein,
        r.zorgsoort
    FROM model.declaratie_aantal AS a
    INNER JOIN regels AS r ON r.plaatsing = a.plaatsing
    INNER JOIN model.gebied AS g ON g.jaar = a.jaar AND g.plaats = a.plaats
),

wetten AS (
    SELECT
        jaar,
        gebied,
        nr,
        string_agg(domein, '|' ORDER BY domein) AS domeinen
    FROM (SELECT DISTINCT jaar, gebied, nr, domein FROM inhoud) AS d
    GROUP BY jaar, gebied, nr
),

enige_zorgsoort AS (
    SELECT
        jaar,
        gebied,
        nr,
        min(domein) AS domein,
        min(zorgsoort) AS zorgsoort
    FROM inhoud
    GROUP BY jaar, gebied, nr
    HAVING count(*) = 1
),

openheid AS (
    SELECT
        c.jaar,
        c.gebied,
        r.lijn,
        r.regel,
        r.nr,
        max(CASE c.status WHEN 'onvolledig' THEN 2 WHEN 'voorlopig' THEN 1 ELSE 0 END) AS openheid
    FROM model.cel AS c
    INNER JOIN regels AS r ON r.domein = c.domein
    GROUP BY c.jaar, c.gebied, r.lijn, r.regel, r.nr
),

per_regel AS (
    SELECT
        i.jaar,
        i.gebied,
        o.lijn,
        o.regel,
        o.openheid,
        i.personen + coalesce(v.personen, 0) AS personen,
        i.gebruikers + coalesce(v.gebruikers, 0) AS gebruikers,
        greatest(i.grootste, coalesce(v.grootste, 0)) AS grootste,
        greatest(least(i.grootste, coalesce(v.grootste, 0)), i.tweede, coalesce(v.tweede, 0)) AS tweede,
        w.domeinen,
        e.domein,
        e.zorgsoort,
        i.declaraties,
        i.bedrag,
        i.bedrag_reeel
    FROM in_gebied AS i
    INNER JOIN openheid AS o ON o.jaar = i.jaar AND o.gebied = i.gebied AND o.nr = i.nr
    INNER JOIN wetten AS w ON w.jaar = i.jaar AND w.gebied = i.gebied AND w.nr = i.nr
    LEFT JOIN enige_zorgsoort AS e ON e.jaar = i.jaar AND e.gebied = i.gebied AND e.nr = i.nr
    LEFT JOIN verhuisden AS v ON v.jaar = i.jaar AND v.gebied = i.gebied AND v.nr = i.nr
),

zorg AS (
    SELECT
        k.jaar,
        k.gebied,
        sum(k.bedrag) AS bedrag,
        sum(CASE WHEN z.lijn = '3' THEN k.bedrag ELSE 0 END) AS bedrag_lijn_3,
        CASE WHEN count(*) = count(k.bedrag_reeel) THEN sum(k.bedrag_reeel) END AS bedrag_reeel
    FROM model.kosten_gebied AS k
    INNER JOIN model.zorgsoort AS z ON z.domein = k.domein AND z.zorgsoort = k.zorgsoort
    WHERE z.lijn IN ('1', '1.5', '2', '3')
    GROUP BY k.jaar, k.gebied
),

-- Van de patronen die passen en op 1 januari gelden, het langste.
gemerkt AS (
    SELECT
        r.jaar,
        r.regel,
        h.signaal,
        h.kern,
        row_number() OVER (PARTITION BY r.jaar, r.regel ORDER BY length(h.regel) DESC, h.regel, h.signaal) AS keuze
    FROM (SELECT DISTINCT jaar, regel FROM per_regel) AS r
    INNER JOIN model.jaar AS j ON j.jaar = r.jaar
    INNER JOIN referentie.hoogspecialistisch AS h
        ON r.regel LIKE h.regel
        AND coalesce(h.geldig_van, DATE '0001-01-01') <= j.nieuwjaar
        AND coalesce(h.geldig_tot, DATE '9999-12-31') >= j.nieuwjaar
),

met_signaal AS (
    SELECT
        r.*,
        coalesce(g.signaal, '') AS signaal,
        CASE
            WHEN g.kern = 'ja' AND r.lijn = '3' THEN -r.bedrag
            WHEN g.kern = 'nee' AND r.lijn <> '3' THEN r.bedrag
            ELSE 0
        END AS anders
    FROM per_regel AS r
    LEFT JOIN gemerkt AS g ON g.jaar = r.jaar AND g.regel = r.regel AND g.keuze = 1
),

omgekeerd AS (
    SELECT
        jaar,
        gebied,
        signaal,
        sum(anders) AS anders
    FROM met_signaal
    WHERE signaal <> ''
    GROUP BY jaar, gebied, signaal
)

SELECT
    m.jaar,
    m.gebied,
    m.lijn,
    m.regel,
    m.signaal,
    CAST(m.gebruikers AS BIGINT) AS gebruikers,
    CAST(m.declaraties AS BIGINT) AS declaraties,
    CAST(m.bedrag AS DECIMAL(18, 2)) AS bedrag,
    CAST(m.bedrag_reeel AS DECIMAL(18, 2)) AS bedrag_reeel,
    CASE WHEN z.bedrag > 0 THEN CAST(CAST(m.bedrag AS DOUBLE) / CAST(z.bedrag AS DOUBLE) AS DECIMAL(18, 6)) END AS aandeel,
    CASE
        WHEN z.bedrag_reeel > 0 THEN CAST(CAST(m.bedrag_reeel AS DOUBLE) / CAST(z.bedrag_reeel AS DOUBLE) AS DECIMAL(18, 6))
    END AS aandeel_reeel,
    CASE
        WHEN z.bedrag > 0 THEN CAST(CAST(z.bedrag_lijn_3 AS DOUBLE) / CAST(z.bedrag AS DOUBLE) AS DECIMAL(18, 6))
    END AS aandeel_lijn_3,
    CASE
        WHEN z.bedrag > 0 THEN CAST(CAST(z.bedrag_lijn_3 + o.anders AS DOUBLE) / CAST(z.bedrag AS DOUBLE) AS DECIMAL(18, 6))
    END AS aandeel_lijn_3_anders,
    CASE m.openheid WHEN 2 THEN 'onvolledig' WHEN 1 THEN 'voorlopig' ELSE 'definitief' END AS status,
    CAST(m.personen AS BIGINT) AS personen,
    CAST(m.grootste AS DECIMAL(18, 2)) AS grootste,
    CAST(m.tweede AS DECIMAL(18, 2)) AS tweede,
    coalesce(a.aanbieders, 0) AS aanbieders,
    CAST(coalesce(a.grootste, 0) AS DECIMAL(18, 2)) AS aanbieder_grootste,
    CAST(coalesce(a.tweede, 0) AS DECIMAL(18, 2)) AS aanbieder_tweede,
    m.domeinen,
    m.domein,
    m.zorgsoort,
    CAST(m.anders AS DECIMAL(18, 2)) AS anders
FROM met_signaal AS m
INNER JOIN zorg AS z ON z.jaar = m.jaar AND z.gebied = m.gebied
LEFT JOIN model.aanbieders AS a
    ON a.indeling = 'regel' AND a.jaar = m.jaar AND a.gebied = m.gebied AND a.groep = m.lijn || ' ' || m.regel
LEFT JOIN omgekeerd AS o ON o.jaar = m.jaar AND o.gebied = m.gebied AND o.signaal = m.signaal
ORDER BY m.jaar, m.gebied, m.lijn, m.regel
