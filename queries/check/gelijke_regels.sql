-- titel: Even sterke zorgsoortregels
-- vraag: Zijn er codes waarvoor twee regels van de zorgsoorttabel even sterk zijn?
-- korrel: één rij
-- ernst: configuratie
-- toelichting: Dan hangt de zorgsoort van het toeval af; geef een van de regels een andere rang.
SELECT
    count(ook_passend) AS fout,
    count(*) AS bekeken,
    min(regel || ' en ' || ook_passend) AS voorbeeld
FROM model.zorgsoort_keuze
