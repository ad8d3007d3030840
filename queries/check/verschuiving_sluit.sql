-- titel: De verschuiving sluit
-- vraag: Is elke verandering op de cent groei plus verschuiving, en tellen de verschuivingen van een gebied op tot nul?
-- korrel: één rij
-- ernst: waarschuwing
-- toelichting: De splitsing verdeelt een verandering zonder rest; blijft er een cent over, dan is een verschuiving niet te vertrouwen.
WITH gebied AS (
    SELECT
        indeling,
        prijspeil,
        jaar,
        gebied,
        max(CASE WHEN delta <> groei + verschuiving OR delta <> bedrag - bedrag_basis THEN 1 ELSE 0 END) AS rest_in_rij,
        sum(verschuiving) AS rest
    FROM model.verschuiving_splitsing
    WHERE groei IS NOT NULL
    GROUP BY indeling, prijspeil, jaar, gebied
)

SELECT
    count(*) FILTER (WHERE rest_in_rij = 1 OR rest <> 0) AS fout,
    count(*) AS bekeken,
    min(gebied || ' ' || CAST(jaar AS VARCHAR) || ' per ' || indeling) FILTER (WHERE rest_in_rij = 1 OR rest <> 0) AS voorbeeld
FROM gebied
