package report

var dutchData = dataTexts{
	Tab:      "Gegevens",
	Title:    "Gegevens",
	Question: "Alle vrijgegeven cijfers in één tabel, om te filteren en te draaien.",
	Advice:   "Kies eerst een blad, een cijfer en een soort gebied: totalen en hun delen staan onder elkaar.",
	RowLine:  "{n} cijfers · teken x = verborgen ter bescherming van personen of tarieven · teken . = onbekend of niet van toepassing",
	Grain:    "één vrijgegeven cijfer van een ander blad",
	Feature:  "{naam}: {waarde}",
	Between:  "; ",
	Columns: [dataColumns]columnText{
		dataTab:      {Label: "Blad", Note: "Het blad waar het cijfer ook staat."},
		dataLevel:    {Label: "Soort gebied", Note: "Pilot, controle, regio, gemeente, wijk of buurt. Leeg als het cijfer niet over een gebied gaat."},
		dataArea:     {Label: "Gebied", Note: "Naam van het gebied."},
		dataCode:     {Label: "Gebiedscode", Note: "CBS-code van buurt (BU), wijk (WK) of gemeente (GM), of pilot, controle of regio."},
		dataYear:     {Label: "Jaar", Note: "Jaar waarin de zorg is geleverd; bij DBC-zorg het jaar waarin het traject begon. Bij een kwartaal of maand het jaar waarin die valt."},
		dataPeriod:   {Label: "Kwartaal of maand", Note: "Leeg als het cijfer over een heel jaar gaat."},
		dataDomain:   {Label: "Wet", Note: "De wet die de zorg betaalt. Leeg als het cijfer niet over één wet gaat."},
		dataCare:     {Label: "Zorgsoort", Note: "Naam van de zorgsoort. Leeg als het cijfer niet over één zorgsoort gaat."},
		dataLine:     {Label: "Lijn", Note: "Sociaal domein (0e), 1e, 1,5e, 2e of 3e lijn, langdurige zorg of onbekend."},
		dataFeatures: {Label: "Overige kenmerken", Note: "Alle andere kolommen van het blad die zeggen waar de regel over gaat."},
		dataMeasure:  {Label: "Cijfer", Note: "De kolom van het blad waar het cijfer staat."},
		dataValue:    {Label: "Waarde", Note: "Het cijfer zoals vrijgegeven. Leeg als er een teken staat. Een aandeel is een deel van 1, getoond als procent."},
		dataMark:     {Label: "Teken", Note: "x = verborgen ter bescherming van personen of tarieven; . = onbekend of niet van toepassing. Leeg als er een waarde is."},
		dataStatus:   {Label: "Status", Note: "Definitief, voorlopig (kan nog veranderen) of onvolledig (in geen vergelijking). Leeg als het blad geen status heeft."},
		dataSource:   {Label: "Kolom in de gegevens", Note: "Tabel en kolom zoals de programmatuur ze noemt: elke maand en in elke taal dezelfde, dus geschikt om op te zoeken."},
	},
}
