package report

// dutchSheets names the sheets; a table that is not here gets its own name.
var dutchSheets = map[string]sheetText{
	"baten_lasten":              {"Baten en lasten", "Baten en lasten per financier", "Welke financier geeft meer uit dan bij een ontwikkeling als in de controlewijken, en welke minder?"},
	"benchmark":                 {"Benchmark", "Benchmark met landelijke cijfers", "Zijn de kosten hoger of lager dan landelijk bij dezelfde leeftijden en geslachten?"},
	"kosten_buiten_declaraties": {"Buiten declaraties", "Kosten buiten declaraties", "Welk geld staat in geen declaratie van een persoon?"},
	"kosten_per_kwartaal":       {"Kosten per kwartaal", "Kosten per kwartaal", "Wat is er nieuw, en hoe was hetzelfde kwartaal een jaar eerder, even lang na afloop?"},
	"volledigheid":              {"Volledigheid", "Volledigheid per maand", "Hoe volledig zijn de kosten van een maand, en wat is er nog te verwachten?"},
	"kerncijfers_gebied":        {"Gebied", "Wie woont er", "Wie woont er, per jaar en gebied?"},
	"kosten_per_domein":         {"Kosten per wet", "Kosten per wet", "Wat kost de zorg per wet, per verzekerdejaar en per gebruiker?"},
	"kosten_per_zorgsoort":      {"Kosten per zorgsoort", "Kosten per zorgsoort", "Welke zorg is dat?"},
	"verschuiving_domein":       {"Verschuiving wetten", "Verschuiving tussen de wetten", "Wat is groei bij een gelijke verdeling, en wat verschoof er tussen de wetten?"},
	"verschuiving_lijn":         {"Verschuiving lijnen", "Verschuiving tussen de lijnen", "Verschuiven de kosten weg van de specialistische zorg, of ernaartoe?"},
	"stapeling_personen":        {"Stapeling", "Stapeling van arrangementen bij personen", "Hoeveel inwoners hebben meerdere arrangementen of wetten tegelijk?"},
	"aansluiting":               {"Aansluiting", "Aansluiting", "Is elke aangeleverde euro terug te vinden?"},
	"ontleding":                 {"Ontleding", "Ontleding van de verandering", "Waaruit bestaat de verandering: bevolking, gebruikers, zorg per gebruiker, prijs of zwaarte?"},
}

// dutchColumns explains every column. The twin of a column in prices of the base
// year follows from [derivedTexts] and is not listed.
var dutchColumns = map[string]columnText{
	"jaar":        {"Jaar", "Jaar waarin de zorg is geleverd; bij DBC-zorg het jaar waarin het traject begon.", formatYear},
	"gebied":      {"Gebiedscode", "CBS-code van buurt (BU), wijk (WK) of gemeente (GM), of pilot, controle of regio.", formatText},
	"domein":      {"Wet", "De wet die de zorg betaalt.", formatText},
	"zorgsoort":   {"Zorgsoortcode", "Soort zorg, ingedeeld op de codes in de declaratie.", formatText},
	"leefdomein":  {"Leefdomein", "Het leefdomein waar de zorg bij hoort.", formatText},
	"lijn":        {"Lijn", "Sociaal domein (0e), 1e, 1,5e, 2e of 3e lijn, langdurige zorg of onbekend.", formatText},
	"telling":     {"Telling", "Wat gestapeld wordt: arrangementen, of wetten.", formatText},
	"klasse":      {"Aantal tegelijk", "Het hoogste aantal dat op één dag van het jaar liep.", formatText},
	"leverancier": {"Leverancier", "Wie de gegevens aanleverde.", formatText},
	"post":        {"Post", "Waar de regels en euro's gebleven zijn.", formatText},
	"factor":      {"Factor", "Waar een deel van de verandering bij hoort; gebruikers zijn geteld per verzekerdejaar, de prijs is die van dezelfde code.", formatText},
	"eenheid":     {"Eenheid", "Eenheid van het volume.", formatText},
	"status":      {"Status", "Definitief, voorlopig (kan nog veranderen) of onvolledig (in geen vergelijking).", formatText},

	"inwoners":        {"Inwoners", "Inwoners op 1 januari.", formatCount},
	"verzekerdejaren": {"Verzekerdejaren", "Persoonsjaren: wie een half jaar in het gebied woonde telt voor een half.", formatCount},
	"huishoudens":     {"Huishoudens", "Huishoudens op 1 januari.", formatCount},
	"aandeel_0_17":    {"Aandeel 0–17 jaar", "Deel van de verzekerdejaren van wie 0 tot en met 17 jaar is.", formatPercent},
	"aandeel_65plus":  {"Aandeel 65+", "Deel van de verzekerdejaren van wie 65 jaar of ouder is.", formatPercent},

	"gebruikers":         {"Gebruikers", "Personen met een bedrag boven nul, na verrekening van credits.", formatCount},
	"declaraties":        {"Declaraties", "Declaratieregels die niet geheel zijn gecrediteerd.", formatCount},
	"bedrag":             {"Kosten (€)", "Toegekende euro's na verrekening van credits.", formatEuro},
	"bedrag_basis":       {"Kosten {basis} (€)", "Kosten in het basisjaar.", formatEuro},
	"per_verzekerdejaar": {"Per verzekerdejaar (€)", "Kosten gedeeld door alle verzekerdejaren, ook van wie geen zorg gebruikte.", formatEuro},
	"per_gebruiker":      {"Per gebruiker (€)", "Kosten gedeeld door het aantal gebruikers.", formatEuro},
	"gestandaardiseerd": {"Per verzekerdejaar, gestandaardiseerd (€)",
		"Kosten per verzekerdejaar alsof de leeftijden en geslachten overal gelijk verdeeld zijn.", formatEuro},
	"volume": {"Volume", "Hoeveelheid zorg, in de eenheid van de kolom Eenheid.", formatOneDecimal},

	"delta": {"Verandering (€)", "Kosten min de kosten in het basisjaar: groei plus verschuiving.", formatEuroSigned},
	"groei": {"Groei (€)", "Verandering die er was geweest als deze regel haar aandeel had gehouden.", formatEuroSigned},
	"verschuiving": {"Verschuiving (€)",
		"Verandering min groei: wat naar deze regel toe (+) of ervan weg (−) verschoof. Samen nul.", formatEuroSigned},
	"trendbreuk":         {"Trendbreuk", "Ja: van meer dan 1% van de euro's is de code in een jaar zonder prijs. De prijs is dan onbekend en zit in de mix.", formatText},
	"aandeel_basis":      {"Aandeel {basis}", "Aandeel in de kosten van het basisjaar.", formatPercent},
	"aandeel":            {"Aandeel", "Aandeel in de kosten van het jaar.", formatPercent},
	"aandeel_zorg_basis": {"Aandeel zorg {basis}", "Aandeel binnen de 1e, 1,5e, 2e en 3e lijn in het basisjaar.", formatPercent},
	"aandeel_zorg":       {"Aandeel zorg", "Aandeel binnen de 1e, 1,5e, 2e en 3e lijn.", formatPercent},

	"personen":         {"Personen", "Aantal personen.", formatCount},
	"per_1000":         {"Per 1.000 verzekerdejaren", "Personen per 1.000 verzekerdejaren in het gebied.", formatPerThousand},
	"bedrag_gemiddeld": {"Gemiddelde kosten (€)", "Gemiddelde kosten per persoon in deze klasse.", formatEuro},
	"regels":           {"Regels", "Aangeleverde regels, geteld in het jaar van hun begindatum.", formatCount},

	"kwartaal": {"Kwartaal", "Kwartaal waarin de zorg is geleverd; bij DBC-zorg het kwartaal waarin het traject begon.", formatText},
	"maand":    {"Maand", "Maand waarin de zorg is geleverd; bij DBC-zorg de maand waarin het traject begon.", formatText},
	"volledigheid": {"Volledigheid", "Wat is aangeleverd, als deel van wat in totaal wordt verwacht. Boven 100% is er naar verwachting nog te crediteren.",
		formatPercent},
	"aangeleverd":     {"Aangeleverd (€)", "Kosten die tot nu toe zijn aangeleverd, na verrekening van credits.", formatEuro},
	"verwacht_totaal": {"Verwacht totaal (€)", "Waar de kosten op uitkomen als het declareren verloopt zoals eerder.", formatEuro},
	"methode": {"Methode", "Kettingladder: zoals eerdere maanden na evenveel maanden. Bornhuetter-Ferguson: ook naar dezelfde maand een jaar eerder, " +
		"zolang minder dan 80% binnen is.", formatText},
	"bedrag_peil":        {"Tot de peilmaand (€)", "Wat tot en met de laatste volledige maand van declareren is gedeclareerd.", formatEuro},
	"bedrag_jaar_eerder": {"Jaar eerder, even ver (€)", "Hetzelfde kwartaal een jaar eerder, zoals het twaalf maanden eerder bekend was.", formatEuro},

	"financier": {"Financier", "Wie de zorg betaalt.", formatText},
	"verwacht":  {"Verwacht (€)", "Kosten die te verwachten waren.", formatEuro},
	"werkelijk": {"Werkelijk (€)", "Kosten die er werkelijk zijn.", formatEuro},
	"verschil":  {"Verschil (€)", "Werkelijk min verwacht: + is meer uitgegeven, − is minder.", formatEuroSigned},
	"verhouding": {"Verhouding", "Werkelijk gedeeld door verwacht: boven 1 is meer dan landelijk bij dezelfde leeftijden en geslachten.",
		formatTwoDecimals},
}

// dutchTableColumns are columns that mean something else in one table.
var dutchTableColumns = map[string]columnText{
	"aansluiting.bedrag": {"Bedrag (€)", "Debet min credit, tot op de cent.", formatCents},
	"ontleding.effect":   {"Bijdrage (€)", "Deel van de verandering dat bij de factor hoort; samen de verandering van de wet. Beschrijvend.", formatEuroSigned},
	"ontleding.delta":    {"Verandering van de wet (€)", "Kosten van de wet min haar kosten in het basisjaar; bij elke factor herhaald.", formatEuroSigned},
	"aansluiting.jaar":   {"Jaar", "Jaar van de euro's; een punt als de datum onleesbaar was.", formatYear},

	"baten_lasten.verwacht":                        {"Verwacht (€)", "Kosten van {basis} per verzekerdejaar, gegroeid als in de controlewijken, maal de verzekerdejaren van het jaar.", formatEuro},
	"benchmark.verwacht":                           {"Verwacht (€)", "Landelijke kosten per leeftijd en geslacht, maal de verzekerdejaren van het gebied.", formatEuro},
	"benchmark.zorgsoort":                          {"Zorgsoortcode", "Landelijke kostensoort; hoogspecialistische zorg hoort daar bij medisch-specialistische zorg.", formatText},
	"kosten_buiten_declaraties.post":               {"Post", "Programma, subsidie, lumpsum of pgb.", formatText},
	"kosten_buiten_declaraties.bedrag":             {"Bedrag (€)", "Zoals aangeleverd; telt in het eigen gebied en in alles daarboven.", formatEuro},
	"kosten_buiten_declaraties.per_verzekerdejaar": {"Per verzekerdejaar (€)", "Bedrag gedeeld door de verzekerdejaren van alle bewoners.", formatEuro},
	"kosten_per_kwartaal.verzekerdejaren":          {"Verzekerdejaren", "Persoonsjaren: wie het hele kwartaal in het gebied woonde telt voor ongeveer een kwart.", formatCount},
	"kosten_per_kwartaal.volledigheid":             {"Volledigheid", "Van de wet in de hele regio: wat is aangeleverd, als deel van wat wordt verwacht.", formatPercent},
	"volledigheid.status":                          {"Status", "Definitief vanaf 98%, voorlopig vanaf 80%, anders onvolledig; zonder declaratiedatum de status van het jaar.", formatText},
}
