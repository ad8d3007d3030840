package report

// dutchGoalSheets names the sheets on the goals, the referrals and specialised care.
var dutchGoalSheets = map[string]sheetText{
	"doelen":               {"Doelen", "Doelen van het programma", "Verandert in de pilot wat het programma wil veranderen, vergeleken met het controlegebied?"},
	"verwijzing":           {"Verwijzing", "Van huisarts naar specialist", "Hoe lopen mensen van de huisarts via de 1,5e lijn naar de specialist?"},
	"specialistische_zorg": {"Specialistische zorg", "Specialistische en hoogspecialistische zorg", "Hoeveel specialistische zorg is er, en welke regel noemt haar zo?"},
}

// dutchGoalColumns explains their keys.
var dutchGoalColumns = map[string]columnText{
	"doel":    {"Doel", "Wat het programma wil veranderen.", formatText},
	"maat":    {"Maat", "Wat er geteld is; declaraties bevatten geen verwijsbrief, dus het zijn benaderingen.", formatText},
	"regel":   {"Regel", "De regel van de zorgsoorttabel die de zorg bij deze lijn indeelt.", formatText},
	"signaal": {"Signaal", "Waaraan hoogspecialistische zorg te herkennen is; leeg als de regel daar niets over zegt.", formatText},
}

// dutchGoalTableColumns are columns that mean something of their own in these tables.
var dutchGoalTableColumns = map[string]columnText{
	"doelen.eenheid":        {"Eenheid", "Waarin het doel is gemeten; euro's in prijzen van {basis}.", formatText},
	"doelen.basis":          {"Pilot {basis}", "De pilot in het basisjaar.", formatOneDecimal},
	"doelen.nu":             {"Pilot nu", "De pilot in dit jaar.", formatOneDecimal},
	"doelen.controle_basis": {"Controle {basis}", "Het controlegebied in het basisjaar.", formatOneDecimal},
	"doelen.controle_nu":    {"Controle nu", "Het controlegebied in dit jaar.", formatOneDecimal},
	"doelen.verschil":       {"Verschil in verandering", "Verandering in de pilot min verandering in het controlegebied.", formatPerThousandChange},
	"doelen.ci_laag":        {"95%-interval, van", "Ondergrens van het verschil, als alleen toeval tussen personen meespeelt.", formatPerThousandChange},
	"doelen.ci_hoog":        {"95%-interval, tot", "Bovengrens van het verschil, als alleen toeval tussen personen meespeelt.", formatPerThousandChange},
	"doelen.richting":       {"Gewenst", "Wat het programma wil.", formatText},
	"doelen.oordeel": {"Oordeel",
		"Daling of stijging: het interval sluit nul uit. Gelijk: het interval ligt binnen 2% van de pilot in het basisjaar. Een verschil is nog geen gevolg van het programma.", formatText},
	"doelen.reden": {"Reden", "Waarom er geen oordeel is, als dat niet aan toeval ligt.", formatText},

	"verwijzing.teller": {"Aantal", "Contacten die aan de maat voldoen.", formatCount},
	"verwijzing.noemer": {"Op een totaal van", "Verzekerdejaren bij maten per 1.000; anders alle eerste contacten van die soort.", formatCount},
	"verwijzing.waarde": {"Waarde", "Per 1.000 verzekerdejaren, of het deel van de eerste contacten.", formatPerThousand},

	"specialistische_zorg.aandeel":        {"Aandeel zorg", "Aandeel binnen de 1e, 1,5e, 2e en 3e lijn.", formatPercent},
	"specialistische_zorg.aandeel_lijn_3": {"Aandeel 3e lijn", "Aandeel van alle 3e lijn samen binnen de 1e, 1,5e, 2e en 3e lijn.", formatPercent},
	"specialistische_zorg.aandeel_lijn_3_anders": {"Aandeel 3e lijn, andersom",
		"Hetzelfde, als alle zorg met dit signaal juist niet (of, bij academisch, juist wel) 3e lijn heette.", formatPercent},
}

// dutchWords are the readable forms of codes, by the column that holds them.
var dutchWords = map[string]map[string]string{
	"methode":   {"kettingladder": "Kettingladder", "bornhuetter_ferguson": "Bornhuetter-Ferguson", "geen": "Geen schatting"},
	"financier": {"zorgverzekeraar": "Zorgverzekeraar", "zorgkantoor": "Zorgkantoor", "gemeente": "Gemeente"},
	"groep": {
		"top_1": "Hoogste 1%", "top_5": "Hoogste 5%", "top_10": "Hoogste 10%", "afgetopt": "Tot de grens", "boven_grens": "Boven de grens",
		"deelnemers": "Deelnemers", "controle": "Controles", "controle_ongewogen": "Controles, ongewogen", "niet_gekoppeld": "Met niemand te vergelijken",
	},
	"indeling": {"alles": "Totaal", "domein": "Wet", "lijn": "Lijn"},
	"kenmerk": {
		"personen": "Personen", "leeftijd": "Leeftijd (jaren)", "wmo_voorzieningen": "Voorzieningen Wmo", "jeugdwet_voorzieningen": "Voorzieningen Jeugdwet",
		"zorgsoorten": "Soorten zorg", "verzekerdejaren_na": "Verzekerdejaren na de start", "kosten_basis": "Kosten, 2e jaar ervoor (€)",
		"kosten_jaar_voor": "Kosten, jaar ervoor (€)", "kosten_zvw": "Kosten Zvw, 2e jaar ervoor (€)", "kosten_wlz": "Kosten Wlz, 2e jaar ervoor (€)",
		"kosten_wmo": "Kosten Wmo, 2e jaar ervoor (€)", "kosten_jeugdwet": "Kosten Jeugdwet, 2e jaar ervoor (€)",
		"kosten_participatiewet": "Kosten Participatiewet, 2e jaar ervoor (€)",
	},
	"factor": {
		"bevolking": "Bevolking", "leeftijd_geslacht": "Leeftijd en geslacht", "gebruikers": "Gebruikers per inwoner",
		"volume": "Zorg per gebruiker", "prijs": "Prijs", "mix": "Zwaarte van de zorg (mix)",
	},
	"doel": {
		"kosten_totaal": "Kosten, alle wetten", "kosten_zvw": "Kosten Zvw", "kosten_sociaal_domein": "Kosten sociaal domein",
		"specialistisch": "Specialistische zorg (2e en 3e lijn)", "hoogspecialistisch": "Hoogspecialistische zorg (3e lijn)",
		"stapeling": "Inwoners met 2+ arrangementen", "verwijzing": "Eerste contacten bij een specialist",
	},
	"maat": {
		"huisarts_per_1000":      "Huisartscontacten, per 1.000",
		"anderhalf_per_1000":     "Eerste contacten in de 1,5e lijn, per 1.000",
		"eerste_dbc_per_1000":    "Eerste contacten bij een specialist, per 1.000",
		"na_huisarts":            "Eerste contact bij een specialist na huisartscontact in 90 dagen",
		"verwezen_door_huisarts": "Eerste contact bij een specialist op verwijzing van de huisarts",
		"via_anderhalf":          "Eerste contact bij een specialist na 1,5e lijn in 120 dagen",
		"anderhalf_doorverwezen": "Eerste contact in de 1,5e lijn met specialist in 120 dagen erna",
		"herhaald_12_maanden":    "Eerste contact bij een specialist met herhaling in 12 maanden",
	},
	"richting": {"daling": "daling", "daling of gelijk": "daling of gelijk", "geen": "geen richting"},
	"oordeel": {"daling": "daling", "stijging": "stijging", "gelijk": "gelijk", "niet aantoonbaar": "niet aantoonbaar", "niet vast te stellen": "niet vast te stellen",
		"substitutie": "substitutie", "groei": "groei", "afname": "afname"},
	"eenheid": {
		"declaratie": "declaratie", "euro per verzekerdejaar": "euro per verzekerdejaar", "per 1.000 verzekerdejaren": "per 1.000 verzekerdejaren",
		"01": "minuut", "04": "uur", "14": "etmaal", "16": "dagdeel", "82": "stuk", "83": "euro", "84": "stuk (inspanning)",
	},
	"signaal": {
		"wbmv": "Vergunning (Wbmv)", "specialisme": "Specialisme", "academisch": "Academisch ziekenhuis",
		"verwijzing_specialist": "Verwezen door specialist",
	},
	"reden": {
		"geen pilot- of controlegebied": "geen pilot- of controlegebied", "onbekende zorgsoorten": "onbekende zorgsoorten",
		"niet per persoon aangeleverd": "niet per persoon aangeleverd", "prijsindex ontbreekt": "prijsindex ontbreekt",
		"geen verschil tussen buurten": "geen verschil tussen buurten", "te weinig vergelijkbare buurten": "te weinig vergelijkbare buurten",
		"verschillende startjaren": "verschillende startjaren", "geen jaar voor het basisjaar": "geen jaar vóór het basisjaar",
	},
	"toets_stroom": {"ja": "ja", "nee": "nee"}, "toets_controle": {"ja": "ja", "nee": "nee"},
	"toets_effect": {"ja": "ja", "nee": "nee"}, "toets_verhouding": {"ja": "ja", "nee": "nee"},
	"trendbreuk": {"ja": "ja", "nee": "nee"},
	"vrijgave":   {"ongewijzigd": "ongewijzigd"},
}

// dutchRuleKinds are the kinds of care that rules of the care types are named after.
var dutchRuleKinds = []ruleKind{
	{"hoogspec", "Hoogspecialistisch"}, {"msz", "Medisch-specialistisch"}, {"ggz", "Ggz"}, {"grz", "Geriatrische revalidatie"},
	{"zintuiglijk", "Zintuiglijk"}, {"zittend_vervoer", "Zittend vervoer"}, {"aggregaat", "Aggregaat"}, {"grof_agb", "Grove indeling, AGB-soort"},
	{"grof_codelijst", "Grove indeling, codelijst"}, {"agb", "AGB-soort"},
}

// dutchRuleWords are abbreviations in the name of a rule.
var dutchRuleWords = map[string]string{
	"dbc": "DBC", "ozp": "OZP", "nza": "NZa", "aw319": "AW319", "puk": "PUK", "paaz": "PAAZ", "riagg": "RIAGG", "ribw": "RIBW",
}

var dutchGoals = goalTexts{
	Section:    "Doelen van het programma",
	Goal:       "Doel (per verzekerdejaar, of per 1.000)",
	Difference: "Verschil met controlewijken",
	From:       "95%-interval, van", To: "95%-interval, tot",
	Verdict: "Oordeel",
	Note:    "Verschil = verandering in de pilot min die in de controlewijken. Een verschil is nog geen gevolg van het programma; zie het blad Doelen.",
	Met:     "✓ {oordeel}, zoals gewenst", Missed: "✗ {oordeel}, niet gewenst", Even: "○ {oordeel}", Open: "? {oordeel}",
	Finding: "Van de {n} doelen {wel} zoals gewenst in {jaar}, {niet} niet gewenst; van {open} is het niet vast te stellen of zonder gewenste richting.",
}
