package report

var dutchNotices = noticeTexts{
	Check:          "{titel}: {voorbeeld}. {toelichting}",
	Provisional:    "{wet} is {status} over {jaren}.",
	ConsumerPrices: "Consumentenprijsindex (geen sectorindex bekend). {bron}",
	Notices: map[string]string{
		OneInsurer: "De Zvw-declaraties komen van één verzekeraar en er is niet aangeleverd wie daar verzekerd is: " +
			"zijn kosten zijn gedeeld door alle inwoners.",
		WithoutPersons: "Alleen geaggregeerd aangeleverd, in een of meer jaren: {wetten}. Tabellen die gegevens per persoon nodig hebben (ontleding, " +
			"stromen, stapeling, arrangementen, overgangen, concentratie, verwijzing, specialistische zorg, doelen) gaan daar dan niet over.",
	},
	Empty: map[string]string{
		EmptyNoBudget:   "Er is geen budget aangeleverd (programma, subsidie, lumpsum of pgb).",
		EmptyNoNational: "Er zijn geen landelijke cijfers aangeleverd: een aggregaat met ook gebieden buiten de regio, naar leeftijd en geslacht.",
		EmptyNoPilot:    "Er is geen pilotgebied in de gebiedstabel, dus niets om mee te vergelijken.",
		EmptyNoProject:  "Er is niet aangeleverd wie aan een project deelnam (deelname).",
		EmptyFewMatched: "Geen project heeft genoeg deelnemers (30) die zijn te vergelijken met wie op hen lijkt, twee jaar voor en na hun start.",
		EmptyNoComparison: "De pilotwijken zijn niet te vergelijken: er is geen basisjaar, of er zijn te weinig andere buurten met kosten die ervoor " +
			"op die van de pilot leken.",
		EmptyOnlyTotals: "Deze tabel heeft gegevens per persoon nodig (bevolking en declaraties of toewijzingen). " +
			"Aangeleverd zijn alleen geaggregeerde bedragen.",
		EmptyNoPopulation: "Er is geen bevolking aangeleverd, dus er is niets om kosten op te betrekken.",
		EmptyAggregated:   "Deze tabel heeft gegevens per persoon nodig; alleen geaggregeerd aangeleverd zijn: {wetten}.",
		EmptyNothing:      "Er zijn geen gegevens aangeleverd die deze tabel vullen.",
		EmptyWithheld:     "Deze tabel gaat in detail over wetten van een andere ontvanger. De totalen per wet en per lijn staan op de andere bladen.",
	},
	Versions: map[string]string{
		"Ontschot": "Ontschot", "DuckDB": "DuckDB", "Leveringen": "Leveringen", "Vragen (queries)": "Vragen (queries)",
		"Codelijsten": "Codelijsten", "Configuratie": "Configuratie", "Vrijgaven": "Vrijgaven",
	},
}
