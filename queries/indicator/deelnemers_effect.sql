-- titel: Effect bij deelnemers
-- vraag: Veranderde de zorg van deelnemers aan een project meer of minder dan die van bewoners die op hen lijken?
-- korrel: project × uitkomst (alles, een domein of een lijn) × periode
-- methode: Verschil in verschillen in reële euro's per verzekerdejaar, tegen de kwartalen -8 tot en met -5. Controles hadden in hetzelfde kwartaal kunnen
--   beginnen (model.risicogroep) en wegen zo dat zij in die kwartalen op de deelnemers lijken; de kwartalen -4 tot en met -1 doen daarin niet mee en
--   zijn de toets (aanhoudtoets_p). Standaardfout per persoon; mde = 2,8 × se; p_holm geldt voor alle projecten en wetten samen. effect_ongekoppeld
--   zet alle deelnemers tegen alle inwoners, met het jaar ervoor als basis. Een kwartaal waarin er van een kant minder dan tien wonen, staat er
--   niet. `alle`: alle projecten samen, ieder bij zijn eerste project.
-- sleutel: project, indeling, uitkomst, periode
-- drempel: n_deelnemers; n_controle; gebruikers_basis; gebruikers; controle_gebruikers_basis; controle_gebruikers
-- intern: samen, gebruikers_basis, gebruikers, controle_gebruikers_basis, controle_gebruikers
-- totalen: effect(project, periode, samen) = effect waar indeling = 'domein'; effect(project, periode, samen) = effect waar indeling = 'lijn';
--   effect_totaal(project, periode) = effect waar indeling = 'domein'; effect_totaal(project, periode) = effect waar indeling = 'alles';
--   ongekoppeld(project, periode, samen) = effect_ongekoppeld waar indeling = 'domein';
--   ongekoppeld(project, periode, samen) = effect_ongekoppeld waar indeling = 'lijn';
--   ongekoppeld_totaal(project, periode) = effect_ongekoppeld waar indeling = 'domein';
--   ongekoppeld_totaal(project, periode) = effect_ongekoppeld waar indeling = 'alles'
-- afgeleid: effect = effect op 5; se = se mits effect op 5; ci_laag = ci_laag mits effect op 5; ci_hoog = ci_hoog mits effect op 5;
--   mde = mde mits effect op 5; p = p mits effect op 0.001; p_holm = p_holm mits effect op 0.001; effect_ongekoppeld = effect_ongekoppeld op 5;
--   aanhoudtoets_p = aanhoudtoets_p mits effect op 0.001; oordeel = oordeel mits effect; ess = ess mits n_controle op 5; van = van op 1; tot = tot op 1
SELECT
    project,
    indeling,
    uitkomst,
    periode,
    effect,
    se,
    ci_laag,
    ci_hoog,
    n_deelnemers,
    n_controle,
    mde,
    p,
    p_holm,
    oordeel,
    aanhoudtoets_p,
    effect_ongekoppeld,
    ess,
    van,
    tot,
    samen,
    gebruikers_basis,
    gebruikers,
    controle_gebruikers_basis,
    controle_gebruikers
FROM model.deelnemer_schatting
ORDER BY project, indeling, uitkomst, periode
