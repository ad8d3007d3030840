package pipeline_test

// oraclePersonsByHand are figures worked out from the delivered lines with a calculator, not with the oracle.
var oraclePersonsByHand = []struct{ table, key, column, want string }{
	// one user, 184 and 365 days at 50.00; N × a is one insured year in both years, and 3895/3636 and 3636/3895 across them
	{"ontleding", "2018 regio wlz volume", "effect", "9057.15"},   // 9050 × (2/3 + 2.0047366/6), and the cent that lacks
	{"ontleding", "2018 regio wlz bevolking", "effect", "941.58"}, // 259 × 50 × (184/(3 × 3636) + 365/(3 × 3895) + (365/3636 + 184/3895)/6)
	{"ontleding", "2018 regio wlz leeftijd_geslacht", "effect", "-948.73"},
	{"ontleding", "2018 regio wlz gebruikers", "effect", "0.00"},
	{"ontleding", "2018 regio wlz prijs", "trendbreuk", "nee"},
	{"ontleding", "2018 regio jeugdwet prijs", "effect", ""}, // no line begins in 2018
	{"ontleding", "2018 regio jeugdwet prijs", "trendbreuk", "ja"},
	{"ontleding", "2018 regio zvw mix", "delta", "76.99"}, // 962.00 - 885.01
	{"stroom_personen", "2018 regio zvw wlz", "bedrag", "26.00"},
	{"stroom_personen", "2018 regio nieuw wlz", "bedrag", "9024.00"}, // 18250 - 9200 - 26
	{"stroom_personen", "2018 regio wmo zvw", "bedrag_reeel", "10.41"},
	{"stroom_personen", "2018 regio wmo weg", "bedrag", "269.00"}, // person 10: 280 less 11
	{"stroom_personen", "2018 regio zvw weg", "bedrag", "837.00"}, // persons 02 and 12: 470 + 367
	{"stroom_personen", "2018 regio zvw weg", "grootste", "470.00"},
	{"stroom_personen", "2018 regio zvw weg", "tweede", "367.00"},
	{"stroom_personen", "2018 regio nieuw wmo", "bedrag", "1211.90"}, // persons 01 and 03: 291.90 + 920
	{"stroom_personen", "2018 regio nieuw wmo", "tweede", "291.90"},
	{"stroom_personen", "2018 regio geboren zvw", "bedrag_reeel", "443.35"}, // 450 / 1.015
	{"stroom_personen", "2019 regio nieuw jeugdwet", "bedrag_reeel", ""},    // the Wlz has no index
	{"arrangementen", "2017 regio geen", "personen", "3"},                   // 07, 09 and 11, whose care was wholly credited
	{"arrangementen", "2018 regio geen", "bedrag", "-67.00"},                // person 12
	{"arrangementen", "2018 regio geen", "grootste", "67.00"},
	{"arrangementen", "2018 regio geen", "delta_personen", "-2"},
	{"arrangementen", "2018 regio jeugdwet:huiselijke_relaties", "grootste", "0.00"},
	{"arrangementen", "2018 regio jeugdwet:huiselijke_relaties", "personen", "0"},
	{"arrangementen", "2018 regio jeugdwet:huiselijke_relaties+zvw:lichamelijke_gezondheid", "bedrag", "2458.00"},
	{"arrangementen", "2020 regio geen", "delta_personen", ""},
	{"overgangen", "2018 regio geboren zvw:lichamelijke_gezondheid", "personen", "1"},
	{"overgangen", "2018 regio geen zvw:lichamelijke_gezondheid", "personen", "3"},
	{"overgangen", "2018 regio zvw:lichamelijke_gezondheid geen", "personen", "1"},
	{"concentratie", "2017 regio afgetopt", "grens", "9226.000000"}, // the others have 3271 of 3636 days
	{"concentratie", "2017 regio top_1", "aandeel_bedrag", "0.722528"},
	{"concentratie", "2018 regio top_10", "bedrag", "20708.00"}, // two of eleven: 18250 and 2458
	{"concentratie", "2018 regio top_10", "tweede", "2458.00"},
	{"concentratie", "2018 regio top_1", "tweede", "0.00"},                // one of eleven
	{"concentratie", "2018 regio boven_grens", "bedrag_reeel", "8322.05"}, // 17548.05 - 9226
	{"concentratie", "2018 regio boven_grens", "grootste", "8322.05"},
	{"concentratie", "2018 regio afgetopt", "grootste", "9226.00"},
	{"concentratie", "2019 regio top_1", "bedrag_reeel", ""},                   // the Wlz has no index
	{"stapeling_huishoudens", "2018 regio wetten 3", "huishoudens", "1"},       // huis-2, from 15 June
	{"stapeling_huishoudens", "2018 regio wetten 3", "per_1000", "117.590206"}, // 365 of 7 × 365 + 365 + 184: it lives in two buurten
	{"stapeling_huishoudens", "2018 regio wetten 3", "bedrag_gemiddeld", "3888.000000"},
}
