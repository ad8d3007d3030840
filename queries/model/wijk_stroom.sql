-- titel: Netto stromen in de vergeleken buurten
-- vraag: Hoeveel euro's vielen bij bewoners van een buurt per saldo in de ene wet weg en kwamen in de andere terug?
-- korrel: jaar × buurt × paar van wetten (van voor naar in het alfabet)
-- methode: Per buurt van model.wijk_vergelijkbaar de reële stroom van de ene wet naar de andere min die terug, ten opzichte van het basisjaar
--   (model.stroom); 0 waar niemand wisselde, onbekend waar een prijsindex ontbreekt. Het jaar 2016 vergelijkt dus 2016 met het basisjaar.
-- sleutel: jaar, buurt, van, naar
WITH wetten AS (
    SELECT DISTINCT domein FROM model.cel WHERE gebied = 'regio' AND herkomst = 'persoon'
),

stromen AS (
    SELECT
        jaar,
        gebied AS buurt,
        CASE WHEN van < naar THEN van ELSE naar END AS van,
        CASE WHEN van < naar THEN naar ELSE van END AS naar,
        sum(CASE WHEN van < naar THEN bedrag_reeel ELSE -bedrag_reeel END) AS netto,
        count(*) - count(bedrag_reeel) AS onbekend
    FROM model.stroom
    WHERE van IN (SELECT domein FROM wetten) AND naar IN (SELECT domein FROM wetten)
    GROUP BY jaar, gebied, CASE WHEN van < naar THEN van ELSE naar END, CASE WHEN van < naar THEN naar ELSE van END
),

-- Alleen de wetten die in beide jaren per persoon kwamen, zoals de stromen zelf.
paren AS (
    SELECT DISTINCT s.jaar, a.domein AS van, b.domein AS naar
    FROM (SELECT DISTINCT jaar FROM model.stroom) AS s
    INNER JOIN model.jaar AS j ON j.jaar = s.jaar AND NOT j.onvolledig
    INNER JOIN model.jaar AS basis ON basis.is_basisjaar
    INNER JOIN model.cel AS a ON a.jaar = s.jaar AND a.gebied = 'regio' AND a.herkomst = 'persoon'
    INNER JOIN model.cel AS b ON b.jaar = s.jaar AND b.gebied = 'regio' AND b.herkomst = 'persoon' AND b.domein > a.domein
    INNER JOIN model.cel AS a0 ON a0.jaar = basis.jaar AND a0.gebied = 'regio' AND a0.herkomst = 'persoon' AND a0.domein = a.domein
    INNER JOIN model.cel AS b0 ON b0.jaar = basis.jaar AND b0.gebied = 'regio' AND b0.herkomst = 'persoon' AND b0.domein = b.domein
),

-- De stroom van wie er in het latere van de twee jaren woonde, over de dagen van dat jaar.
dagen AS (
    SELECT
        p.jaar,
        p.buurt,
        sum(p.dagen) AS dagen
    FROM model.persoonjaar AS p
    GROUP BY p.jaar, p.buurt
)

SELECT
    p.jaar,
    w.buurt,
    w.rol,
    p.van,
    p.naar,
    CAST(CASE WHEN coalesce(s.onbekend, 0) = 0 THEN coalesce(s.netto, 0) END AS DECIMAL(18, 2)) AS netto,
    CAST(d.dagen AS BIGINT) AS dagen,
    n.dagen AS dagen_in_jaar
FROM paren AS p
CROSS JOIN model.wijk_vergelijkbaar AS w
INNER JOIN model.jaar AS basis ON basis.is_basisjaar
INNER JOIN model.jaar AS n ON n.jaar = CASE WHEN p.jaar > basis.jaar THEN p.jaar ELSE basis.jaar END
INNER JOIN dagen AS d ON d.jaar = n.jaar AND d.buurt = w.buurt
LEFT JOIN stromen AS s ON s.jaar = p.jaar AND s.buurt = w.buurt AND s.van = p.van AND s.naar = p.naar
ORDER BY p.jaar, w.buurt, p.van, p.naar
