-- titel: Zorgsoort per codecombinatie
-- vraag: Welke zorgsoort hoort bij welke combinatie van codes, en door welke regel?
-- korrel: codecombinatie
-- methode: Van de passende regels wint die met de meeste ingevulde patronen, daarna de laagste rang. Past er geen,
--   dan de grove regel; past ook die niet, dan `onbekend`.
-- sleutel: combinatie
WITH regels AS (
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
        c.combinatie,
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
    FROM model.codecombinatie AS c
    INNER JOIN regels AS r
        ON r.domein = c.domein
        AND (r.codelijst IS NULL OR c.codelijst LIKE r.codelijst)
        AND (r.prestatiecode IS NULL OR c.prestatiecode LIKE r.prestatiecode)
        AND (r.productcategorie IS NULL OR c.productcategorie LIKE r.productcategorie)
        AND (r.aanbiedersoort IS NULL OR c.aanbiedersoort LIKE r.aanbiedersoort)
        AND (r.specialisme IS NULL OR c.specialisme LIKE r.specialisme)
        AND (r.zorgproduct IS NULL OR c.zorgproduct LIKE r.zorgproduct)
        AND (r.verwijzer IS NULL OR c.verwijzer LIKE r.verwijzer)
        AND coalesce(r.geldig_van, DATE '0001-01-01') <= c.vanaf
        AND coalesce(r.geldig_tot, DATE '9999-12-31') >= c.vanaf
),

geordend AS (
    SELECT
        p.*,
        row_number() OVER (
            PARTITION BY p.combinatie
            ORDER BY p.grof, p.patronen DESC, p.rang, p.regel
        ) AS plaats
    FROM passend AS p
)

SELECT
    c.combinatie,
    coalesce(eerste.regel, 'onbekend') AS regel,
    coalesce(eerste.zorgsoort, 'onbekend') AS zorgsoort,
    coalesce(eerste.leefdomein, 'onbekend') AS leefdomein,
    coalesce(eerste.lijn, 'onbekend') AS lijn,
    coalesce(eerste.hoogspecialistisch, 'nee') AS hoogspecialistisch,
    -- Twee even sterke regels zijn een fout in de tabel: de controle gelijke_regels houdt de nacht dan aan.
    tweede.regel AS ook_passend
FROM model.codecombinatie AS c
LEFT JOIN geordend AS eerste ON eerste.combinatie = c.combinatie AND eerste.plaats = 1
LEFT JOIN geordend AS tweede
    ON tweede.combinatie = c.combinatie
    AND tweede.plaats = 2
    AND tweede.grof = eerste.grof
    AND tweede.patronen = eerste.patronen
    AND tweede.rang = eerste.rang
ORDER BY c.combinatie
