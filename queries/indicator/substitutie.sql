-- titel: Substitutie tussen wetten
-- vraag: Verving zorg uit de ene wet in de pilot zorg uit een andere, of groeide zij daarnaast?
-- korrel: jaar × van × naar; van elk paar wetten de richting van de netto stroom in de pilotbuurten
-- methode: Substitutie alleen als vier toetsen slagen (methods 1.5): er stroomt per saldo geld van de ene naar de andere wet bij dezelfde mensen;
--   meer dan in vergelijkbare buurten, beide min wat even lang vóór het basisjaar stroomde (`vooraf`; p_holm geldt voor alle paren van
--   wetten in het jaar); het effect op `van` is een daling en dat op `naar` een stijging (wijk_effect); en de daling is ten minste zo groot
--   als de stijging (verhouding ≥ 1). Is zij kleiner, dan heet het groei. verschil en effecten in reële euro's per verzekerdejaar.
-- sleutel: jaar, van, naar
-- drempel: personen_heen; personen_terug
-- intern: personen_heen, personen_terug, periode
-- afgeleid:
--   netto_stroom = som(stroom_personen.bedrag_reeel; jaar, gebied = 'pilot', van, naar) -
--   som(stroom_personen.bedrag_reeel; jaar, gebied = 'pilot', van = naar, naar = van);
--   verschil = verschil mits netto_stroom op 5; ci_laag = ci_laag mits netto_stroom op 5; ci_hoog = ci_hoog mits netto_stroom op 5;
--   p_randomisatie = p_randomisatie mits netto_stroom; p_holm = p_holm mits netto_stroom;
--   effect_van = som(wijk_effect.effect; uitkomst = van, periode); effect_naar = som(wijk_effect.effect; uitkomst = naar, periode);
--   verhouding = verhouding mits effect_van + effect_naar op 0.1; toets_stroom = toets_stroom mits netto_stroom;
--   toets_controle = toets_controle mits netto_stroom; toets_effect = toets_effect mits effect_van + effect_naar;
--   toets_verhouding = toets_verhouding mits effect_van + effect_naar; oordeel = oordeel mits netto_stroom + effect_van + effect_naar;
--   reden = reden mits netto_stroom
WITH personen AS (
    SELECT jaar, van, naar, personen_reeel AS personen, bedrag_reeel
    FROM model.stroom
    WHERE gebied = 'pilot'
)

SELECT
    s.jaar,
    s.van,
    s.naar,
    s.oordeel,
    s.reden,
    CAST(coalesce(h.bedrag_reeel, 0) - coalesce(t.bedrag_reeel, 0) AS DECIMAL(18, 2)) AS netto_stroom,
    s.verschil,
    s.ci_laag,
    s.ci_hoog,
    s.p_randomisatie,
    s.p_holm,
    s.effect_van,
    s.effect_naar,
    s.verhouding,
    s.toets_stroom,
    s.toets_controle,
    s.toets_effect,
    s.toets_verhouding,
    CAST(s.vooraf AS VARCHAR) AS vooraf,
    coalesce(h.personen, 0) AS personen_heen,
    coalesce(t.personen, 0) AS personen_terug,
    CAST(s.jaar AS VARCHAR) AS periode
FROM model.substitutie_schatting AS s
LEFT JOIN personen AS h ON h.jaar = s.jaar AND h.van = s.van AND h.naar = s.naar
LEFT JOIN personen AS t ON t.jaar = s.jaar AND t.van = s.naar AND t.naar = s.van
ORDER BY s.jaar, s.van, s.naar
