package report

// dutchEffectSheets names the sheets on effects.
var dutchEffectSheets = map[string]sheetText{
	"deelnemers_effect": {"Effect deelnemers", "Effect bij deelnemers",
		"Veranderde de zorg van deelnemers aan een project meer of minder dan die van bewoners die op hen lijken?"},
	"deelnemers_balans": {"Balans deelnemers", "Op wie deelnemers lijken",
		"Lijken de controles op de deelnemers met wie zij worden vergeleken, en wie is met niemand te vergelijken?"},
	"wijk_effect": {"Effect pilotbuurten", "Effect in de pilotbuurten",
		"Veranderden de kosten in de buurten van de pilot anders dan in vergelijkbare buurten, en hoe zeker is dat?"},
	"substitutie": {"Substitutie", "Substitutie tussen wetten",
		"Verving zorg uit de ene wet in de pilot zorg uit een andere, of groeide zij daarnaast?"},
}

// dutchEffectColumns explains what these tables share.
var dutchEffectColumns = map[string]columnText{
	"project":  {"Project", "Naam van het project in de gegevens, of alle projecten samen: ieder bij zijn eerste project.", formatText},
	"uitkomst": {"Uitkomst", "De kosten van alle wetten samen, van één wet of van één lijn.", formatText},
	"periode":  {"Periode", "Waarover het effect is gemeten.", formatText},
	"indeling": {"Indeling", "Totaal, wet of lijn: de wetten tellen op tot het totaal, de lijnen ook.", formatText},
	"kenmerk":  {"Kenmerk", "Waarop deelnemers en anderen zijn vergeleken.", formatText},
	"effect":   {"Effect (€)", "Verandering in de ene groep min die in de andere, in euro's per verzekerdejaar, prijzen van {basis}.", formatEuroSigned},
	"se":       {"Standaardfout (€)", "Hoe ver het effect door toeval gewoonlijk afwijkt.", formatEuro},
	"ci_laag":  {"95%-interval, van (€)", "Ondergrens van het effect.", formatEuroSigned},
	"ci_hoog":  {"95%-interval, tot (€)", "Bovengrens van het effect.", formatEuroSigned},
	"p":        {"P-waarde", "Kans op minstens zo'n verschil als er geen effect is.", formatRatio},
	"p_holm":   {"P-waarde, alle toetsen samen", "De p-waarde, verhoogd omdat er meer toetsen zijn (Holm): onder 0,05 is er een effect aangetoond.", formatRatio},
}

// dutchEffectTableColumns are columns that mean something of their own in these tables.
var dutchEffectTableColumns = map[string]columnText{
	"deelnemers_effect.periode": {"Periode",
		"Erna: de kwartalen 1 tot en met 8 sinds de start. Jaar ervoor: −4 tot en met −1, die de toets zijn. Of één kwartaal.", formatText},
	"deelnemers_effect.mde":            {"Kleinste te zien (€)", "Een kleinere verandering kan deze meting missen: 2,8 maal de standaardfout.", formatEuro},
	"deelnemers_effect.n_deelnemers":   {"Deelnemers", "Deelnemers met wie iemand te vergelijken is.", formatCount},
	"deelnemers_effect.n_controle":     {"Controles", "Bewoners die in hetzelfde kwartaal hadden kunnen beginnen.", formatCount},
	"deelnemers_effect.ess":            {"Controles, even zwaar", "Zoveel controles met gelijk gewicht zeggen evenveel.", formatCount},
	"deelnemers_effect.oordeel":        {"Oordeel", "Niet vast te stellen: de groepen liepen vóór de start al uiteen, of dat is niet te toetsen.", formatText},
	"deelnemers_effect.aanhoudtoets_p": {"Toets vóór de start", "P-waarde van de toets dat beide groepen in het jaar vóór de start gelijk opliepen; onder 0,05 is er niets te besluiten.", formatRatio},
	"deelnemers_effect.effect_ongekoppeld": {"Alleen voor en na (€)",
		"Verandering van alle deelnemers min die van alle inwoners. Geen effect: wie begint, staat vaak op een piek.", formatEuroSigned},
	"deelnemers_effect.van": {"Van kwartaal", "Eerste kwartaal sinds de start.", formatCountSigned},
	"deelnemers_effect.tot": {"Tot en met kwartaal", "Laatste kwartaal sinds de start.", formatCountSigned},

	"deelnemers_balans.groep": {"Groep",
		"Deelnemers; controles, zoals zij wegen of ongewogen; en deelnemers met wie niemand te vergelijken is.", formatText},
	"deelnemers_balans.waarde": {"Waarde",
		"Gemiddelde per persoon; kosten in euro's per verzekerdejaar, prijzen van {basis}. Personen: van de controles zoveel als er, even zwaar, hetzelfde zeggen.",
		formatOneDecimal},
	"deelnemers_balans.verschil": {"Verschil", "Verschil met de deelnemers, in hun standaardafwijkingen: onder 0,1 geldt als gelijk.", formatTwoDecimals},

	"wijk_effect.periode":            {"Periode", "Erna: gemiddelde van de jaren na {basis}; of één jaar, of een ander jaar als basis.", formatText},
	"wijk_effect.p_randomisatie":     {"Kans bij loting", "Deel van alle manieren om evenveel pilotbuurten aan te wijzen waarbij het verschil minstens zo groot is.", formatRatio},
	"wijk_effect.p_kleinst":          {"Kleinst mogelijke kans", "De kleinste kans die bij zoveel manieren mogelijk is.", formatRatio},
	"wijk_effect.toewijzingen":       {"Manieren", "Manieren om evenveel buurten als pilotbuurt aan te wijzen.", formatCount},
	"wijk_effect.oordeel":            {"Oordeel", "Daling of stijging: aangetoond, rekening houdend met alle toetsen samen.", formatText},
	"wijk_effect.reden":              {"Reden", "Waarom er niets vast te stellen is.", formatText},
	"wijk_effect.n_pilot":            {"Pilotbuurten", "Buurten van de pilot.", formatCount},
	"wijk_effect.n_vergelijking":     {"Vergelijkbare buurten", "Buurten met wie de pilotbuurten zijn vergeleken.", formatCount},
	"wijk_effect.pilot_basis":        {"Pilot ervoor (€)", "Kosten per verzekerdejaar in het jaar waarmee is vergeleken.", formatEuro},
	"wijk_effect.pilot_nu":           {"Pilot erna (€)", "Kosten per verzekerdejaar in de periode.", formatEuro},
	"wijk_effect.vergelijking_basis": {"Vergelijkbaar ervoor (€)", "Kosten per verzekerdejaar in het jaar waarmee is vergeleken.", formatEuro},
	"wijk_effect.vergelijking_nu":    {"Vergelijkbaar erna (€)", "Kosten per verzekerdejaar in de periode.", formatEuro},

	"substitutie.naar":             {"Naar wet", "De wet waarnaar geld ging.", formatText},
	"substitutie.van":              {"Van wet", "De wet waar geld wegging.", formatText},
	"substitutie.oordeel":          {"Oordeel", "Substitutie: alle vier de toetsen slagen. Groei: er kwam meer bij dan er wegviel. Afname: beide namen niet toe.", formatText},
	"substitutie.reden":            {"Reden", "Waarom er met vergelijkbare buurten niets te vergelijken is.", formatText},
	"substitutie.netto_stroom":     {"Netto stroom (€)", "Wat bij dezelfde mensen van de ene naar de andere wet ging, min wat terugging; pilot, prijzen van {basis}.", formatEuro},
	"substitutie.verschil":         {"Meer dan elders (€)", "Netto stroom per verzekerdejaar min die in vergelijkbare buurten, beide min wat vóór {basis} stroomde.", formatEuroSigned},
	"substitutie.ci_laag":          {"95%-interval, van (€)", "Ondergrens van dat verschil.", formatEuroSigned},
	"substitutie.ci_hoog":          {"95%-interval, tot (€)", "Bovengrens van dat verschil.", formatEuroSigned},
	"substitutie.p_randomisatie":   {"Kans bij loting", "Deel van alle manieren om evenveel pilotbuurten aan te wijzen waarbij dat verschil minstens zo groot is.", formatRatio},
	"substitutie.p_holm":           {"Kans, alle paren samen", "Dezelfde kans, verhoogd omdat er meer paren van wetten zijn (Holm).", formatRatio},
	"substitutie.effect_van":       {"Effect op van (€)", "Effect in de pilotbuurten op de kosten van de wet waar geld wegging, per verzekerdejaar.", formatEuroSigned},
	"substitutie.effect_naar":      {"Effect op naar (€)", "Effect in de pilotbuurten op de kosten van de wet waarnaar geld ging, per verzekerdejaar.", formatEuroSigned},
	"substitutie.verhouding":       {"Verhouding", "Daling gedeeld door stijging: 1 of meer vervangt geheel, minder is deels extra.", formatOneDecimal},
	"substitutie.toets_stroom":     {"Toets: stroom", "Er ging per saldo geld van de ene naar de andere wet.", formatText},
	"substitutie.toets_controle":   {"Toets: meer dan elders", "Aantoonbaar meer dan in vergelijkbare buurten en dan vóór de pilot.", formatText},
	"substitutie.toets_effect":     {"Toets: effecten", "Het effect op de ene wet is een daling, dat op de andere een stijging.", formatText},
	"substitutie.toets_verhouding": {"Toets: verhouding", "De daling is ten minste zo groot als de stijging.", formatText},
	"substitutie.vooraf":           {"Vergeleken met", "Het jaar waarvan de stroom naar {basis} is afgetrokken.", formatText},
}
