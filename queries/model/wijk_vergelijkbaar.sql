-- titel: Vergelijkbare buurten
-- vraag: Met welke buurten worden de buurten van de pilot vergeleken, en vanaf welk jaar zijn die pilot?
-- korrel: buurt; die van de pilot en die waarmee zij worden vergeleken
-- methode: Gekozen op cijfers van voor de pilot, dus voordat de uitkomst bekend is: de twee vergelijkbare jaren voor het basisjaar, of het
--   basisjaar als die er niet zijn. Een buurt is vergelijkbaar als haar gestandaardiseerde kosten van alle wetten samen toen hoogstens
--   25% afweken van die van de pilot, zij toen ten minste 200 verzekerdejaren per jaar had (daaronder bepaalt één dure bewoner het
--   gemiddelde) en er in elk jaar bewoners zijn. De meest gelijkende eerst (`rang`), niet meer dan er in 150.000 toewijzingen van het
--   etiket pilot zijn te proberen. Nominaal: binnen een jaar zijn de prijzen voor elke buurt dezelfde, zodat een ontbrekende
--   prijsindex de keuze niet verandert. Een buurt is pilot vanaf het eerste jaar waarin zij dat op 1 januari is, ook als die rol later eindigt.
-- sleutel: buurt
WITH jaren AS (
    SELECT
        jaar,
        is_basisjaar
    FROM model.jaar
    WHERE NOT onvolledig
),

ervoor AS (
    SELECT
        n.jaar,
        row_number() OVER (ORDER BY n.jaar DESC) AS terug
    FROM jaren AS n
    INNER JOIN jaren AS basis ON basis.is_basisjaar AND n.jaar < basis.jaar
),

voorperiode AS (
    SELECT jaar FROM ervoor WHERE terug <= 2
    UNION ALL
    SELECT jaar FROM jaren WHERE is_basisjaar AND NOT EXISTS (SELECT 1 FROM ervoor)
),

bewoond AS (
    SELECT
        p.buurt,
        p.jaar,
        sum(p.dagen) AS dagen,
        sum(p.verzekerdejaren) AS verzekerdejaren
    FROM model.persoonjaar AS p
    INNER JOIN jaren AS j ON j.jaar = p.jaar
    GROUP BY p.buurt, p.jaar
),

altijd AS (
    SELECT buurt
    FROM bewoond
    GROUP BY buurt
    HAVING count(*) = (SELECT count(*) FROM jaren)
),

voor AS (
    SELECT
        b.buurt,
        sum(b.dagen) AS dagen,
        sum(b.verzekerdejaren) / (SELECT count(*) FROM voorperiode) AS verzekerdejaren
    FROM bewoond AS b
    INNER JOIN altijd AS a ON a.buurt = b.buurt
    INNER JOIN voorperiode AS v ON v.jaar = b.jaar
    GROUP BY b.buurt
),

gekost AS (
    SELECT
        k.gebied AS buurt,
        k.domein,
        k.gestandaardiseerd
    FROM model.gestandaardiseerd AS k
    INNER JOIN altijd AS a ON a.buurt = k.gebied
    INNER JOIN voorperiode AS v ON v.jaar = k.jaar
),

-- Alleen wetten die toen voor elke buurt zijn te vullen.
overal AS (
    SELECT domein
    FROM gekost
    GROUP BY domein
    HAVING count(*) = (SELECT count(*) FROM altijd) * (SELECT count(*) FROM voorperiode)
),

kosten AS (
    SELECT
        k.buurt,
        CAST(CAST(sum(k.gestandaardiseerd) AS DOUBLE) / (SELECT count(*) FROM voorperiode) AS DECIMAL(18, 2)) AS kosten
    FROM gekost AS k
    INNER JOIN overal AS o ON o.domein = k.domein
    GROUP BY k.buurt
),

start AS (
    SELECT
        b.buurt,
        min(b.jaar) AS startjaar
    FROM model.buurt AS b
    INNER JOIN jaren AS j ON j.jaar = b.jaar
    WHERE b.rol = 'pilot'
    GROUP BY b.buurt
),

buurten AS (
    SELECT
        v.buurt,
        s.startjaar,
        v.dagen,
        v.verzekerdejaren,
        k.kosten
    FROM voor AS v
    INNER JOIN kosten AS k ON k.buurt = v.buurt
    LEFT JOIN start AS s ON s.buurt = v.buurt
),

pilot AS (
    SELECT
        count(*) AS buurten,
        CAST(sum(kosten * dagen) AS DOUBLE) / CAST(sum(dagen) AS DOUBLE) AS kosten
    FROM buurten
    WHERE startjaar IS NOT NULL
),

nabij AS (
    SELECT
        b.buurt,
        b.verzekerdejaren,
        b.kosten,
        p.buurten AS pilotbuurten,
        row_number() OVER (ORDER BY abs(CAST(b.kosten AS DOUBLE) - p.kosten), b.buurt) AS rang
    FROM buurten AS b
    CROSS JOIN pilot AS p
    WHERE b.startjaar IS NULL AND b.verzekerdejaren >= 200 AND abs(CAST(b.kosten AS DOUBLE) - p.kosten) <= 0.25 * p.kosten
),

-- Het aantal manieren om uit k + r buurten k pilotbuurten te kiezen is het product van (k + i) / i voor i = 1 … r.
geteld AS (
    SELECT
        buurt,
        verzekerdejaren,
        kosten,
        rang,
        sum(ln(CAST(pilotbuurten + rang AS DOUBLE) / rang)) OVER (ORDER BY rang ROWS UNBOUNDED PRECEDING) AS log_toewijzingen
    FROM nabij
)

SELECT
    buurt,
    'pilot' AS rol,
    CAST(startjaar AS INTEGER) AS startjaar,
    CAST(NULL AS INTEGER) AS rang,
    CAST(verzekerdejaren AS DECIMAL(18, 2)) AS verzekerdejaren,
    kosten
FROM buurten
WHERE startjaar IS NOT NULL
UNION ALL
SELECT
    buurt,
    'vergelijking' AS rol,
    CAST(NULL AS INTEGER) AS startjaar,
    CAST(rang AS INTEGER) AS rang,
    CAST(verzekerdejaren AS DECIMAL(18, 2)) AS verzekerdejaren,
    kosten
FROM geteld
WHERE log_toewijzingen <= ln(150000)
