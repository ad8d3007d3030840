package report

// englishEffectSheets names the sheets on effects.
var englishEffectSheets = map[string]sheetText{
	"deelnemers_effect": {"Effect on participants", "Effect on participants",
		"Did the care of participants in a project change more or less than that of residents who are like them?"},
	"deelnemers_balans": {"Balance of participants", "Whom participants are like",
		"Are the controls like the participants that they are compared with, and whom is there nobody to compare with?"},
	"wijk_effect": {"Effect in pilot neighbourhoods", "Effect in the pilot neighbourhoods",
		"Did the costs in the neighbourhoods of the pilot change otherwise than in comparable ones, and how certain is that?"},
	"substitutie": {"Substitution", "Substitution between laws",
		"Did care under one law in the pilot replace care under another, or did it grow beside it?"},
}

// englishEffectColumns explains what these tables share.
var englishEffectColumns = map[string]columnText{
	"project":  {"Project", "Name of the project in the data, or all projects together: each participant in the first.", formatText},
	"uitkomst": {"Outcome", "The costs of all laws together, of one law or of one line of care.", formatText},
	"periode":  {"Period", "What the effect was measured over.", formatText},
	"indeling": {"Breakdown", "Total, law or line: the laws add up to the total, and so do the lines.", formatText},
	"kenmerk":  {"Trait", "What participants and others are compared on.", formatText},
	"effect":   {"Effect (€)", "Change in the one group minus that in the other, in euros per insured year, prices of {basis}.", formatEuroSigned},
	"se":       {"Standard error (€)", "How far the effect is usually off by chance.", formatEuro},
	"ci_laag":  {"95% interval, from (€)", "Lower end of the effect.", formatEuroSigned},
	"ci_hoog":  {"95% interval, to (€)", "Upper end of the effect.", formatEuroSigned},
	"p":        {"P-value", "Probability of at least such a difference if there is no effect.", formatRatio},
	"p_holm":   {"P-value, all tests together", "The p-value, raised because there are more tests (Holm): below 0.05 an effect was shown.", formatRatio},
}

// englishEffectTableColumns are columns that mean something of their own in these tables.
var englishEffectTableColumns = map[string]columnText{
	"deelnemers_effect.periode": {"Period",
		"After: quarters 1 to 8 since the start. Year before: −4 to −1, which are the test. Or one quarter.", formatText},
	"deelnemers_effect.mde":            {"Smallest to be seen (€)", "This measurement can miss a smaller change: 2.8 times the standard error.", formatEuro},
	"deelnemers_effect.n_deelnemers":   {"Participants", "Participants that there is somebody to compare with.", formatCount},
	"deelnemers_effect.n_controle":     {"Controls", "Residents who could have started in the same quarter.", formatCount},
	"deelnemers_effect.ess":            {"Controls, of equal weight", "As many controls of equal weight would say as much.", formatCount},
	"deelnemers_effect.oordeel":        {"Verdict", "Cannot be established: the groups already drifted apart before the start, or that cannot be tested.", formatText},
	"deelnemers_effect.aanhoudtoets_p": {"Test before the start", "P-value of the test that both groups ran alike in the year before the start; below 0.05 nothing can be concluded.", formatRatio},
	"deelnemers_effect.effect_ongekoppeld": {"Before and after alone (€)",
		"Change of all participants minus that of all residents. No effect: people often start at a peak.", formatEuroSigned},
	"deelnemers_effect.van": {"From quarter", "First quarter since the start.", formatCountSigned},
	"deelnemers_effect.tot": {"To quarter", "Last quarter since the start.", formatCountSigned},

	"deelnemers_balans.groep": {"Group",
		"Participants; controls, as they are weighted or unweighted; and participants that there is nobody to compare with.", formatText},
	"deelnemers_balans.waarde": {"Value",
		"Average per person; costs in euros per insured year, prices of {basis}. Persons: of the controls as many as would, of equal weight, say the same.",
		formatOneDecimal},
	"deelnemers_balans.verschil": {"Difference", "Difference from the participants, in their standard deviations: below 0.1 counts as alike.", formatTwoDecimals},

	"wijk_effect.periode":            {"Period", "After: average of the years after {basis}; or one year, or another year as the base.", formatText},
	"wijk_effect.p_randomisatie":     {"Probability by lot", "Part of all ways to choose as many pilot neighbourhoods in which the difference is at least as large.", formatRatio},
	"wijk_effect.p_kleinst":          {"Smallest possible probability", "The smallest probability that so many ways allow.", formatRatio},
	"wijk_effect.toewijzingen":       {"Ways", "Ways to choose as many neighbourhoods for the pilot.", formatCount},
	"wijk_effect.oordeel":            {"Verdict", "Fall or rise: shown, with all tests together taken into account.", formatText},
	"wijk_effect.reden":              {"Reason", "Why nothing can be established.", formatText},
	"wijk_effect.n_pilot":            {"Pilot neighbourhoods", "Neighbourhoods of the pilot.", formatCount},
	"wijk_effect.n_vergelijking":     {"Comparable neighbourhoods", "Neighbourhoods that those of the pilot are compared with.", formatCount},
	"wijk_effect.pilot_basis":        {"Pilot before (€)", "Costs per insured year in the year that is compared with.", formatEuro},
	"wijk_effect.pilot_nu":           {"Pilot after (€)", "Costs per insured year in the period.", formatEuro},
	"wijk_effect.vergelijking_basis": {"Comparable before (€)", "Costs per insured year in the year that is compared with.", formatEuro},
	"wijk_effect.vergelijking_nu":    {"Comparable after (€)", "Costs per insured year in the period.", formatEuro},

	"substitutie.naar":             {"To law", "The law that money went to.", formatText},
	"substitutie.van":              {"From law", "The law that money left.", formatText},
	"substitutie.oordeel":          {"Verdict", "Substitution: all four tests hold. Growth: more came than went. Decline: neither grew.", formatText},
	"substitutie.reden":            {"Reason", "Why there is nothing to compare with in comparable neighbourhoods.", formatText},
	"substitutie.netto_stroom":     {"Net flow (€)", "What went from the one law to the other with the same people, less what went back; pilot, prices of {basis}.", formatEuro},
	"substitutie.verschil":         {"More than elsewhere (€)", "Net flow per insured year less that in comparable neighbourhoods, both less what flowed before {basis}.", formatEuroSigned},
	"substitutie.ci_laag":          {"95% interval, from (€)", "Lower bound of that difference.", formatEuroSigned},
	"substitutie.ci_hoog":          {"95% interval, to (€)", "Upper bound of that difference.", formatEuroSigned},
	"substitutie.p_randomisatie":   {"Probability by lot", "Part of all ways to choose as many pilot neighbourhoods in which that difference is at least as large.", formatRatio},
	"substitutie.p_holm":           {"Probability, all pairs", "The same probability, raised because there are more pairs of laws (Holm).", formatRatio},
	"substitutie.effect_van":       {"Effect on from (€)", "Effect in the pilot neighbourhoods on the costs of the law that money left, per insured year.", formatEuroSigned},
	"substitutie.effect_naar":      {"Effect on to (€)", "Effect in the pilot neighbourhoods on the costs of the law that money went to, per insured year.", formatEuroSigned},
	"substitutie.verhouding":       {"Ratio", "Fall divided by rise: 1 or more replaces wholly, less is partly extra.", formatOneDecimal},
	"substitutie.toets_stroom":     {"Test: flow", "On balance money went from the one law to the other.", formatText},
	"substitutie.toets_controle":   {"Test: more than elsewhere", "Demonstrably more than in comparable neighbourhoods and than before the pilot.", formatText},
	"substitutie.toets_effect":     {"Test: effects", "The effect on the one law is a fall, that on the other a rise.", formatText},
	"substitutie.toets_verhouding": {"Test: ratio", "The fall is at least as large as the rise.", formatText},
	"substitutie.vooraf":           {"Compared with", "The year of which the flow to {basis} was taken off.", formatText},
}
