package report

import "ontschot/pipeline/disclosure"

// dutchChanges are the texts of the sheet on what changed since the newest release.
var dutchChanges = changesTexts{
	Sheet: sheetText{Tab: "Wat is er veranderd", Title: "Wat is er veranderd", Question: "Welke cijfers zijn anders dan in de vorige vrijgave?"},
	Some: "Van de {alle} cijfers in de vrijgave van {datum} zijn er {veranderd} veranderd en {weg} niet meer getoond; " +
		"{behouden} hielden hun vrijgegeven waarde (ongewijzigd) en {nieuw} zijn nieuw.",
	None:      "Geen van de {alle} cijfers in de vrijgave van {datum} is veranderd.",
	Never:     "Er is nog niets vrijgegeven; na de eerste vrijgave staat hier wat er sindsdien is veranderd.",
	NoRows:    "er is niets veranderd.",
	NoRelease: "er is nog niets vrijgegeven.",
	Grain:     "een cijfer dat anders is dan in de vorige vrijgave",
	Method:    "De afgedrukte cijfers van de vorige vrijgave aan deze ontvanger naast die van nu.",
	Counted:   "Aantal cijfers",
	Separator: " · ",
	How: map[string]string{
		disclosure.HowChanged: "gewijzigd", disclosure.HowNew: "nieuw", disclosure.HowGone: "niet meer getoond",
	},
	Table:   columnText{Label: "Blad", Note: "Het blad waarop het cijfer staat."},
	What:    columnText{Label: "Wat", Note: "Gewijzigd: toen en nu getoond. Nieuw en niet meer getoond: elk apart, of als het er veel zijn per blad geteld."},
	Area:    columnText{Label: "Gebiedscode", Note: "CBS-code van wijk (WK) of gemeente (GM), of pilot, controle of regio."},
	Period:  columnText{Label: "Periode", Note: "Jaar, kwartaal of maand."},
	Key:     columnText{Label: "Uitgesplitst naar", Note: "De andere kenmerken van de regel op dat blad."},
	Measure: columnText{Label: "Cijfer", Note: "De kolom op dat blad."},
	Before:  columnText{Label: "Vorige vrijgave", Note: "Zoals het in de vorige vrijgave aan deze ontvanger stond."},
	Now:     columnText{Label: "Nu", Note: "Zoals het nu in dit werkboek staat."},
	By:      columnText{Label: "Verschil", Note: "Nu min vorige vrijgave, van afgeronde cijfers. Van een aandeel in procentpunten."},
}
