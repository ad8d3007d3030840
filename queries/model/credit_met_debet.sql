-- titel: Credits met het debet dat zij terugnemen
-- vraag: Welke tellende debetregel neemt een tellende creditregel terug?
-- korrel: creditregel met een debet
-- methode: Zijn er twee versies van het debet, dan hoort de credit bij die met hetzelfde bedrag, anders bij de oudste.
-- sleutel: levering_id, regel_nr
WITH keuze AS (
    SELECT
        p.levering_id,
        p.regel_nr,
        p.bedrag,
        p.debet_levering_id,
        p.debet_regel_nr,
        row_number() OVER (
            PARTITION BY p.levering_id, p.regel_nr
            ORDER BY CASE WHEN p.debet_bedrag = p.bedrag THEN 0 ELSE 1 END, l.volgorde, p.debet_regel_nr
        ) AS plaats
    FROM model.creditpaar AS p
    INNER JOIN model.geldige_levering AS l ON l.levering_id = p.debet_levering_id
    LEFT JOIN model.afgevallen AS c ON c.levering_id = p.levering_id AND c.regel_nr = p.regel_nr
    LEFT JOIN model.afgevallen AS d ON d.levering_id = p.debet_levering_id AND d.regel_nr = p.debet_regel_nr
    WHERE c.levering_id IS NULL AND d.levering_id IS NULL
)

SELECT
    levering_id,
    regel_nr,
    bedrag,
    debet_levering_id,
    debet_regel_nr
FROM keuze
WHERE plaats = 1
