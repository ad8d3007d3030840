-- titel: Gegevens van het basisjaar
-- vraag: Zijn er gegevens van het basisjaar?
-- korrel: één rij
-- ernst: configuratie
-- toelichting: Zonder basisjaar is er niets om mee te vergelijken; lever het aan onder aanlevering/ of kies in [regio] een
--   basisjaar dat er wel is.
SELECT
    CASE WHEN count(*) FILTER (WHERE is_basisjaar) = 0 THEN 1 ELSE 0 END AS fout,
    1 AS bekeken,
    coalesce(
        'er zijn gegevens van ' || string_agg(CAST(jaar AS VARCHAR), ', ' ORDER BY jaar),
        'er zijn nog geen kosten aangeleverd'
    ) AS voorbeeld
FROM model.jaar
