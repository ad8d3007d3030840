-- titel: Gegevens van het basisjaar
-- vraag: Zijn er gegevens van het basisjaar?
-- korrel: één rij
-- ernst: configuratie
-- toelichting: Zonder basisjaar is er niets om mee te vergelijken; kies in [regio] een basisjaar dat er wel is.
SELECT
    CASE WHEN count(*) FILTER (WHERE is_basisjaar) = 0 THEN 1 ELSE 0 END AS fout,
    1 AS bekeken,
    'aanwezige jaren ' || coalesce(CAST(min(jaar) AS VARCHAR), 'geen') || ' tot en met ' || coalesce(CAST(max(jaar) AS VARCHAR), 'geen') AS voorbeeld
FROM model.jaar
