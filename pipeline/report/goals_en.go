package report

// englishGoalSheets names the sheets on the goals, the referrals and specialised care.
var englishGoalSheets = map[string]sheetText{
	"doelen":     {"Goals", "Goals of the programme", "Does the pilot change as the programme wants, compared with the control area?"},
	"verwijzing": {"Referral", "From GP to specialist", "How do people go from the GP through line 1.5 to the specialist, and how often do they come back there?"},
	"specialistische_zorg": {"Specialist care", "Specialist and highly specialised care",
		"How much specialist and highly specialised care is there, which rule calls it so, and does the picture depend on that rule?"},
}

// englishGoalColumns explains their keys.
var englishGoalColumns = map[string]columnText{
	"doel":    {"Goal", "What the programme wants to change.", formatText},
	"maat":    {"Measure", "What was counted; claims hold no referral letter, so these are approximations.", formatText},
	"regel":   {"Rule", "The rule in the table of care types that puts the care in this line.", formatText},
	"signaal": {"Marker", "What highly specialised care is recognised by; empty if the rule says nothing about that.", formatText},
}

// englishGoalTableColumns are columns that mean something of their own in these tables.
var englishGoalTableColumns = map[string]columnText{
	"doelen.eenheid":        {"Unit", "What the goal is measured in; euros in {basis} prices.", formatText},
	"doelen.basis":          {"Pilot {basis}", "The pilot in the base year.", formatOneDecimal},
	"doelen.nu":             {"Pilot now", "The pilot in this year.", formatOneDecimal},
	"doelen.controle_basis": {"Control {basis}", "The control area in the base year.", formatOneDecimal},
	"doelen.controle_nu":    {"Control now", "The control area in this year.", formatOneDecimal},
	"doelen.verschil":       {"Difference in change", "Change in the pilot minus change in the control area.", formatPerThousandChange},
	"doelen.ci_laag":        {"95% interval, from", "Lower bound of the difference, if only chance between persons plays a part.", formatPerThousandChange},
	"doelen.ci_hoog":        {"95% interval, to", "Upper bound of the difference, if only chance between persons plays a part.", formatPerThousandChange},
	"doelen.richting":       {"Wanted", "What the programme wants.", formatText},
	"doelen.oordeel": {"Verdict",
		"Fall or rise: the interval excludes zero. Equal: the interval lies within 2% of the pilot in the base year. A difference need not come from the programme.", formatText},
	"doelen.reden": {"Reason", "Why there is no verdict, if chance is not the reason.", formatText},

	"verwijzing.teller": {"Number", "Contacts that fit the measure.", formatCount},
	"verwijzing.noemer": {"Out of a total of", "Insured years for measures per 1,000; otherwise all first contacts of that kind.", formatCount},
	"verwijzing.waarde": {"Value", "Per 1,000 insured years, or the part of the first contacts.", formatPerThousand},

	"specialistische_zorg.aandeel":        {"Share of care", "Share within lines 1, 1.5, 2 and 3.", formatPercent},
	"specialistische_zorg.aandeel_lijn_3": {"Share of line 3", "Share of all of line 3 together within lines 1, 1.5, 2 and 3.", formatPercent},
	"specialistische_zorg.aandeel_lijn_3_anders": {"Share of line 3, reversed",
		"The same, if all care with this marker were not called line 3 (or, for academic, were called so).", formatPercent},
}

// englishWords are the readable forms of codes, by the column that holds them.
var englishWords = map[string]map[string]string{
	"methode":   {"kettingladder": "Chain ladder", "bornhuetter_ferguson": "Bornhuetter-Ferguson", "geen": "No estimate"},
	"financier": {"zorgverzekeraar": "Health insurer", "zorgkantoor": "Long-term care office (zorgkantoor)", "gemeente": "Municipality"},
	"groep": {
		"top_1": "Highest 1%", "top_5": "Highest 5%", "top_10": "Highest 10%", "afgetopt": "Up to the limit", "boven_grens": "Above the limit",
		"deelnemers": "Participants", "controle": "Controls", "controle_ongewogen": "Controls, unweighted", "niet_gekoppeld": "Nobody to compare with",
	},
	"indeling": {"alles": "Total", "domein": "Law", "lijn": "Line"},
	"kenmerk": {
		"personen": "Persons", "leeftijd": "Age (years)", "wmo_voorzieningen": "Provisions Wmo", "jeugdwet_voorzieningen": "Provisions Jeugdwet",
		"zorgsoorten": "Types of care", "verzekerdejaren_na": "Insured years after the start", "kosten_basis": "Costs, 2nd year before (€)",
		"kosten_jaar_voor": "Costs, year before (€)", "kosten_zvw": "Costs Zvw, 2nd year before (€)", "kosten_wlz": "Costs Wlz, 2nd year before (€)",
		"kosten_wmo": "Costs Wmo, 2nd year before (€)", "kosten_jeugdwet": "Costs Jeugdwet, 2nd year before (€)",
		"kosten_participatiewet": "Costs Participatiewet, 2nd year before (€)",
	},
	"factor": {
		"bevolking": "Population", "leeftijd_geslacht": "Age and sex", "gebruikers": "Users per resident",
		"volume": "Care per user", "prijs": "Price", "mix": "Weight of the care (mix)",
	},
	"doel": {
		"kosten_totaal": "Costs, all laws", "kosten_zvw": "Costs Zvw", "kosten_sociaal_domein": "Costs social domain",
		"specialistisch": "Specialist care (lines 2 and 3)", "hoogspecialistisch": "Highly specialised care (line 3)",
		"stapeling": "Residents with 2+ arrangements", "verwijzing": "First contacts with a specialist",
	},
	"maat": {
		"huisarts_per_1000":      "GP contacts, per 1,000",
		"anderhalf_per_1000":     "First contacts in line 1.5, per 1,000",
		"eerste_dbc_per_1000":    "First contacts with a specialist, per 1,000",
		"na_huisarts":            "First contact with a specialist after GP contact within 90 days",
		"verwezen_door_huisarts": "First contact with a specialist on referral by the GP",
		"via_anderhalf":          "First contact with a specialist after line 1.5 within 120 days",
		"anderhalf_doorverwezen": "First contact in line 1.5 with a specialist in the 120 days after",
		"herhaald_12_maanden":    "First contact with a specialist, repeated within 12 months",
	},
	"richting": {"daling": "fall", "daling of gelijk": "fall or equal", "geen": "no direction"},
	"oordeel": {"daling": "fall", "stijging": "rise", "gelijk": "equal", "niet aantoonbaar": "cannot be shown", "niet vast te stellen": "cannot be established",
		"substitutie": "substitution", "groei": "growth", "afname": "decline"},
	"reden": {
		"geen pilot- of controlegebied": "no pilot or control area", "onbekende zorgsoorten": "unknown types of care",
		"niet per persoon aangeleverd": "not delivered per person", "prijsindex ontbreekt": "price index is missing",
		"geen verschil tussen buurten": "no difference between neighbourhoods", "te weinig vergelijkbare buurten": "too few comparable neighbourhoods",
		"verschillende startjaren": "different years of the start", "geen jaar voor het basisjaar": "no year before the base year",
	},
	"eenheid": {
		"01": "minute", "04": "hour", "14": "day and night", "16": "half-day", "82": "item", "83": "euro", "84": "item (effort)",
		"declaratie": "claim", "euro per verzekerdejaar": "euros per insured year", "per 1.000 verzekerdejaren": "per 1,000 insured years",
	},
	"signaal": {
		"wbmv": "Licence (Wbmv)", "specialisme": "Specialty", "academisch": "University hospital",
		"verwijzing_specialist": "Referred by a specialist",
	},
	"toets_stroom": {"ja": "yes", "nee": "no"}, "toets_controle": {"ja": "yes", "nee": "no"},
	"toets_effect": {"ja": "yes", "nee": "no"}, "toets_verhouding": {"ja": "yes", "nee": "no"},
	"trendbreuk": {"ja": "yes", "nee": "no"},
	"vrijgave":   {"ongewijzigd": "unchanged"},
}
