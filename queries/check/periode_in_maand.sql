-- titel: Productperioden over meer dan een maand
-- vraag: Welk deel van de debetregels van Wmo en Jeugdwet beslaat meer dan één kalendermaand?
-- korrel: één rij
-- ernst: waarschuwing
-- grens: 0.05
-- toelichting: Een productperiode ligt binnen een kalendermaand (iWmo en iJw, IV089). Een langere wordt per dag over haar maanden verdeeld;
--   zijn het er veel, dan zijn de maandcijfers een raming of levert de gemeente iets anders dan declaraties.
SELECT
    count(*) FILTER (WHERE date_trunc('month', begindatum) <> date_trunc('month', einddatum)) AS fout,
    count(*) AS bekeken,
    'grens: 5% van de debetregels' AS voorbeeld
FROM model.regel
WHERE domein IN ('wmo', 'jeugdwet') AND bestemming = 'telt' AND niet_gecrediteerd
