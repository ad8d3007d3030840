-- titel: Budget zonder gebied
-- vraag: Van welke budgetregels staat het gebied niet in de gebiedstabel?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: Zo'n regel telt in geen gebied en ook niet in de regio. Gebruik een CBS-code of een naam uit de gebiedstabel, of pilot,
--   controle of regio; of vul de gebiedstabel aan.
SELECT
    count(*) FILTER (WHERE bestemming = 'zonder_gebied') AS fout,
    count(*) AS bekeken,
    CAST(sum(bedrag) FILTER (WHERE bestemming = 'zonder_gebied') AS VARCHAR) || ' euro, het eerste bij '
    || min(gebiedsnaam || ' ' || CAST(jaar AS VARCHAR)) FILTER (WHERE bestemming = 'zonder_gebied') AS voorbeeld
FROM model.budget
WHERE bestemming <> 'vervangen'
