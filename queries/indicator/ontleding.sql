-- titel: Ontleding van de verandering
-- vraag: Waaruit bestaat de verandering van een wet: bevolking, leeftijd en geslacht, gebruikers, volume per gebruiker, prijs of mix?
-- korrel: jaar × gebied × domein × factor
-- methode: Ontleding in zes factoren ten opzichte van het basisjaar, zonder rest en zonder volgorde (Das Gupta 1993; Shapley-waarde), per
--   leeftijdsklasse, geslacht en zorgsoort. Wat geen gebruiker heeft, zoals een credit die overblijft, hoort bij mix. Bij een trendbreuk in
--   de codes is de prijs niet te volgen: zij staat dan samen met mix. Afgerond op de cent; de grootste factor neemt het verschil.
-- sleutel: jaar, gebied, domein, factor
-- drempel: personen_basis; personen
-- intern: personen_basis, personen
-- afgeleid: delta = som(kosten_per_domein.bedrag; jaar, gebied, domein) - som(kosten_per_domein.bedrag; jaar = basis, gebied, domein);
--   effect = effect mits delta op 1000
-- optelsom: delta = som(effect; jaar, gebied, domein)
WITH factoren AS (
    SELECT factor
    FROM (VALUES ('bevolking'), ('leeftijd_geslacht'), ('gebruikers'), ('volume'), ('prijs'), ('mix')) AS f (factor)
),

-- Alleen wat in beide jaren per persoon is aangeleverd.
paar AS (
    SELECT
        v.jaar,
        v.basisjaar,
        v.gebied,
        v.groep AS domein,
        v.status,
        v.delta,
        t.trendbreuk
    FROM model.verschuiving_splitsing AS v
    INNER JOIN model.cel AS b ON b.jaar = v.basisjaar AND b.gebied = v.gebied AND b.domein = v.groep AND b.herkomst = 'persoon'
    INNER JOIN model.cel AS n ON n.jaar = v.jaar AND n.gebied = v.gebied AND n.domein = v.groep AND n.herkomst = 'persoon'
    INNER JOIN model.trendbreuk AS t ON t.jaar = v.jaar AND t.domein = v.groep
    WHERE v.indeling = 'domein' AND v.prijspeil = 'nominaal'
),

verklaard AS (
    SELECT
        jaar,
        gebied,
        domein,
        sum(effect) AS effect,
        sum(effect) FILTER (WHERE factor = 'prijs') AS prijs
    FROM model.ontleding_effect
    GROUP BY jaar, gebied, domein
),

volledig AS (
    SELECT
        p.jaar,
        p.basisjaar,
        p.gebied,
        p.domein,
        p.status,
        p.delta,
        p.trendbreuk,
        f.factor,
        CASE
            WHEN f.factor = 'mix'
                THEN coalesce(e.effect, 0) + p.delta - coalesce(s.effect, 0) + CASE WHEN p.trendbreuk = 'ja' THEN coalesce(s.prijs, 0) ELSE 0 END
            WHEN f.factor <> 'prijs' OR p.trendbreuk = 'nee' THEN coalesce(e.effect, 0)
        END AS effect
    FROM paar AS p
    CROSS JOIN factoren AS f
    LEFT JOIN model.ontleding_effect AS e ON e.jaar = p.jaar AND e.gebied = p.gebied AND e.domein = p.domein AND e.factor = f.factor
    LEFT JOIN verklaard AS s ON s.jaar = p.jaar AND s.gebied = p.gebied AND s.domein = p.domein
),

afgerond AS (
    SELECT
        v.*,
        -- Eerst op acht decimalen: wat een DOUBLE daarachter verliest, beslist niet over een halve cent.
        CAST(CAST(v.effect AS DECIMAL(38, 8)) AS DECIMAL(18, 2)) AS centen
    FROM volledig AS v
),

sluitend AS (
    SELECT
        a.*,
        a.delta - sum(a.centen) OVER (PARTITION BY a.jaar, a.gebied, a.domein) AS verschil,
        row_number() OVER (PARTITION BY a.jaar, a.gebied, a.domein ORDER BY coalesce(abs(a.centen), -1) DESC, a.factor) AS omvang
    FROM afgerond AS a
)

SELECT
    s.jaar,
    s.gebied,
    s.domein,
    s.factor,
    CAST(CASE WHEN s.omvang = 1 THEN s.centen + s.verschil ELSE s.centen END AS DECIMAL(18, 2)) AS effect,
    s.trendbreuk,
    s.delta,
    s.status,
    CASE WHEN gb.jaar IS NULL THEN 0 ELSE gb.personen END AS personen_basis,
    CASE WHEN g.jaar IS NULL THEN 0 ELSE g.personen END AS personen
FROM sluitend AS s
LEFT JOIN model.gebruikers AS g
    ON g.indeling = 'domein' AND g.jaar = s.jaar AND g.gebied = s.gebied AND g.groep = s.domein
LEFT JOIN model.gebruikers AS gb
    ON gb.indeling = 'domein' AND gb.jaar = s.basisjaar AND gb.gebied = s.gebied AND gb.groep = s.domein
ORDER BY s.jaar, s.gebied, s.domein, s.factor
