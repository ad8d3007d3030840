-- titel: Zorgsoort per codering
-- vraag: Welke zorgsoort hoort bij welke combinatie van codes, en door welke regel?
-- korrel: codering × periode waarin dezelfde zorgsoortregels gelden, van de eerste tot de laatste dag dat zij voorkomt
-- methode: Van de passende regels wint die met de meeste ingevulde patronen, daarna de laagste rang. Past er geen,
--   dan de grove regel; past ook die niet, dan `onbekend`.
-- sleutel: codering, vanaf
WITH gebruikt AS (
    SELECT
        codering,
        min(begindatum) AS eerste,
        max(begindatum) AS laatste
    FROM opslag.declaraties
    GROUP BY codering
),

voorkomend AS (
    SELECT
        c.codering,
        c.domein,
        c.codelijst,
        c.prestatiecode,
        coalesce(c.productcategorie, '') AS productcategorie,
        coalesce(c.aanbiedersoort, '') AS aanbiedersoort,
        coalesce(c.specialisme, '') AS specialisme,
        coalesce(c.zorgproduct, '') AS zorgproduct,
        coalesce(c.verwijzer, '') AS verwijzer,
        p.vanaf,
        p.voor
    FROM opslag.codering AS c
    INNER JOIN gebruikt AS g ON g.codering = c.codering
    INNER JOIN model.codeperiode AS p ON p.vanaf <= g.laatste AND p.voor > g.eerste
),

regels AS (
    SELECT
        0 AS grof,
        z.*
    FROM referentie.zorgsoort AS z
    UNION ALL
    SELECT
        1 AS grof,
        z.*
    FROM referentie.zorgsoort_grof AS z
),

passend AS (
    SELECT
        v.codering,
        v.vanaf,
        r.regel,
        r.zorgsoort,
        r.leefdomein,
        r.lijn,
        r.hoogspecialistisch,
        r.grof,
        r.rang,
        CASE WHEN r.codelijst IS NULL THEN 0 ELSE 1 END
        + CASE WHEN r.prestatiecode IS NULL THEN 0 ELSE 1 END
        + CASE WHEN r.productcategorie IS NULL THEN 0 ELSE 1 END
        + CASE WHEN r.aanbiedersoort IS NULL THEN 0 ELSE 1 END
        + CASE WHEN r.specialisme IS NULL THEN 0 ELSE 1 END
        + CASE WHEN r.zorgproduct IS NULL THEN 0 ELSE 1 END
        + CASE WHEN r.verwijzer IS NULL THEN 0 ELSE 1 END AS patronen
    FROM voorkomend AS v
    INNER JOIN regels AS r
        ON r.domein = v.domein
        AND (r.codelijst IS NULL OR v.codelijst LIKE r.codelijst)
        AND (r.prestatiecode IS NULL OR v.prestatiecode LIKE r.prestatiecode)
        AND (r.productcategorie IS NULL OR v.productcategorie LIKE r.productcategorie)
        AND (r.aanbiedersoort IS NULL OR v.aanbiedersoort LIKE r.aanbiedersoort)
        AND (r.specialisme IS NULL OR v.specialisme LIKE r.specialisme)
        AND (r.zorgproduct IS NULL OR v.zorgproduct LIKE r.zorgproduct)
        AND (r.verwijzer IS NULL OR v.verwijzer LIKE r.verwijzer)
        AND coalesce(r.geldig_van, DATE '0001-01-01') <= v.vanaf
        AND coalesce(r.geldig_tot, DATE '9999-12-31') >= v.vanaf
),

geordend AS (
    SELECT
        p.*,
        row_number() OVER (
            PARTITION BY p.codering, p.vanaf
            ORDER BY p.grof, p.patronen DESC, p.rang, p.regel
        ) AS plaats
    FROM passend AS p
)

SELECT
    v.codering,
    v.vanaf,
    v.voor,
    v.domein,
    coalesce(eerste.regel, 'onbekend') AS regel,
    coalesce(eerste.zorgsoort, 'onbekend') AS zorgsoort,
    coalesce(eerste.leefdomein, 'onbekend') AS leefdomein,
    coalesce(eerste.lijn, 'onbekend') AS lijn,
    coalesce(eerste.hoogspecialistisch, 'nee') AS hoogspecialistisch,
    -- Eén nummer voor wat een regel geeft: verder dragen de kosten het nummer in plaats van de namen.
    CAST(dense_rank() OVER (ORDER BY v.domein, coalesce(eerste.regel, 'onbekend'), coalesce(eerste.zorgsoort, 'onbekend')) AS INTEGER) AS plaatsing,
    -- Twee even sterke regels zijn een fout in de tabel: de controle gelijke_regels houdt de nacht dan aan.
    tweede.regel AS ook_passend
FROM voorkomend AS v
LEFT JOIN geordend AS eerste ON eerste.codering = v.codering AND eerste.vanaf = v.vanaf AND eerste.plaats = 1
LEFT JOIN geordend AS tweede
    ON tweede.codering = v.codering
    AND tweede.vanaf = v.vanaf
    AND tweede.plaats = 2
    AND tweede.grof = eerste.grof
    AND tweede.patronen = eerste.patronen
    AND tweede.rang = eerste.rang
ORDER BY v.codering, v.vanaf
