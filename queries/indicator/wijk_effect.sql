-- titel: Effect in de pilotbuurten
-- vraag: Veranderden de kosten in de buurten van de pilot anders dan in vergelijkbare buurten, en hoe zeker is dat?
-- korrel: uitkomst (alles, een domein of een lijn) × periode
-- methode: Verandering sinds het basisjaar in de pilot min die in de vergelijkbare buurten (model.wijk_vergelijkbaar), reële euro's per
--   verzekerdejaar bij de opbouw van de regio in het basisjaar; buurten wegen met hun verzekerdejaren in het basisjaar. `na` is het gemiddelde
--   van de jaren na het basisjaar. p_randomisatie is het deel van alle manieren om evenveel buurten het etiket pilot te geven waarbij de
--   t-waarde ten minste zo groot is (randomisatie-inferentie, MacKinnon en Webb 2020); het 95%-interval bevat elk effect dat die toets niet
--   verwerpt en is leeg als er te weinig toewijzingen zijn. p_holm geldt voor totaal en wetten samen, en apart voor de lijnen (Holm 1979).
--   Beginnen buurten in verschillende jaren, dan is het effect dat van Callaway en Sant'Anna (2021), per jaar sinds de start (`jaar 0` is
--   het eerste), zonder p. De effecten van de wetten, en die van de lijnen, tellen op tot het totaal.
--   p_wild is een tweede toets (wild bootstrap, tot 16 buurten); breekpunt zegt hoeveel maal de grootste stap van vóór het basisjaar de buurten elk
--   jaar uiteen mogen lopen voor nul in het interval ligt (Rambachan en Roth 2023): 0 als dat al zo is.
--   Een aantal personen telt ten minste zoveel: dat van de buurt met de meeste gebruikers, in het jaar met de minste.
-- sleutel: indeling, uitkomst, periode
-- drempel: personen_basis; personen; vergelijking_personen_basis; vergelijking_personen
-- intern: personen_basis, personen, vergelijking_personen_basis, vergelijking_personen, jaren, domeinen, lijnen, gebieden, samen
-- totalen: effect_wijk(periode, samen) = effect waar indeling = 'domein'; effect_wijk(periode, samen) = effect waar indeling = 'lijn';
--   effect_wijk_totaal(periode) = effect waar indeling = 'domein'; effect_wijk_totaal(periode) = effect waar indeling = 'alles'
-- afgeleid:
--   effect = effect mits som(kosten_per_domein.bedrag; jaar = jaren, gebied = gebieden, domein = domeinen) +
--   som(verschuiving_lijn.bedrag; jaar = jaren, gebied = gebieden, lijn = lijnen) op 5;
--   p_randomisatie = p_randomisatie mits effect; ci_laag = ci_laag mits effect op 5; ci_hoog = ci_hoog mits effect op 5;
--   se = se mits effect op 5; p_holm = p_holm mits effect; oordeel = oordeel mits effect; reden = reden mits effect;
--   n_pilot = n_pilot mits effect; n_vergelijking = n_vergelijking mits effect; toewijzingen = toewijzingen mits effect;
--   p_kleinst = p_kleinst mits effect; p_wild = p_wild mits effect; breekpunt = breekpunt mits effect op 0.1; pilot_basis = pilot_basis mits effect op 5; pilot_nu = pilot_nu mits effect op 5;
--   vergelijking_basis = vergelijking_basis mits effect op 5; vergelijking_nu = vergelijking_nu mits effect op 5
-- optelsom: effect = pilot_nu - pilot_basis - vergelijking_nu + vergelijking_basis
WITH vergelijking AS (
    SELECT
        v.buurt,
        coalesce(b.rol, '') AS rol
    FROM model.wijk_vergelijkbaar AS v
    INNER JOIN model.jaar AS j ON j.is_basisjaar
    LEFT JOIN model.buurt AS b ON b.jaar = j.jaar AND b.buurt = v.buurt
    WHERE v.rol = 'vergelijking'
),

controle AS (
    SELECT count(*) AS buurten
    FROM model.gebied AS g
    INNER JOIN model.jaar AS j ON j.jaar = g.jaar AND j.is_basisjaar
    WHERE g.niveau = 'rol' AND g.gebied = 'controle'
),

-- De gebieden waarvan een cijfer het gemiddelde is of laat narekenen: is daarvan iets verborgen, dan dit ook. De vergelijkbare buurten
-- samen zijn alleen het controlegebied als zij dezelfde zijn.
gebieden AS (
    SELECT
        CASE
            WHEN count(*) = count(CASE WHEN v.rol = 'controle' THEN 1 END) AND count(*) = max(c.buurten) THEN 'pilot|controle|regio'
            ELSE 'pilot|regio'
        END AS gebieden
    FROM vergelijking AS v
    CROSS JOIN controle AS c
)

SELECT
    w.indeling,
    w.uitkomst,
    w.periode,
    w.effect,
    w.p_randomisatie,
    w.ci_laag,
    w.ci_hoog,
    w.se,
    w.p_holm,
    w.oordeel,
    w.reden,
    w.status,
    w.n_pilot,
    w.n_vergelijking,
    w.toewijzingen,
    w.p_kleinst,
    w.p_wild,
    w.breekpunt,
    w.pilot_basis,
    w.pilot_nu,
    w.vergelijking_basis,
    w.vergelijking_nu,
    w.jaren,
    w.domeinen,
    w.lijnen,
    w.personen_basis,
    w.personen,
    w.vergelijking_personen_basis,
    w.vergelijking_personen,
    g.gebieden,
    w.samen
FROM model.wijk_schatting AS w
CROSS JOIN gebieden AS g
ORDER BY w.indeling, w.uitkomst, w.periode
