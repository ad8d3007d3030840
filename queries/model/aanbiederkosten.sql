-- titel: Kosten per aanbieder
-- vraag: Wat kostte de zorg van een aanbieder in een kwartaal, waar woonden de personen toen en welke regel gaf de zorgsoort?
-- korrel: zorgaanbieder × kwartaal × plaats × plaatsing
-- methode: De som van dezelfde kostendelen als in model.maandkosten. Regels zonder aanbieder hebben samen één nummer.
-- sleutel: zorgaanbieder, jaar, kwartaal, plaats, plaatsing
SELECT
    zorgaanbieder,
    CAST(year(maand) AS INTEGER) AS jaar,
    CAST(quarter(maand) AS INTEGER) AS kwartaal,
    plaats,
    plaatsing,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM model.kostendeel
WHERE telt AND plaats IS NOT NULL
GROUP BY zorgaanbieder, year(maand), quarter(maand), plaats, plaatsing
