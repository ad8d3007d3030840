package report

// dutchSheets names the sheets; a table that is not here gets its own name.
var dutchSheets = map[string]sheetText{
	"kerncijfers_gebied":   {"Gebied", "Wie woont er", "Wie woont er, per jaar en gebied?"},
	"kosten_per_domein":    {"Kosten per wet", "Kosten per wet", "Wat kost de zorg per wet, per verzekerdejaar en per gebruiker?"},
	"kosten_per_zorgsoort": {"Kosten per zorgsoort", "Kosten per zorgsoort", "Welke zorg is dat?"},
	"verschuiving_domein":  {"Verschuiving wetten", "Verschuiving tussen de wetten", "Wat is groei bij een gelijke verdeling, en wat verschoof er tussen de wetten?"},
	"verschuiving_lijn":    {"Verschuiving lijnen", "Verschuiving tussen de lijnen", "Verschuiven de kosten weg van de specialistische zorg, of ernaartoe?"},
	"ontleding":            {"Ontleding", "Ontleding van de verandering", "Waaruit bestaat de verandering: bevolking, gebruikers, zorg per gebruiker, prijs of zwaarte?"},
	"stapeling_personen":   {"Stapeling", "Stapeling van arrangementen bij personen", "Hoeveel inwoners hebben meerdere arrangementen of wetten tegelijk?"},
	"aansluiting":          {"Aansluiting", "Aansluiting", "Is elke aangeleverde euro terug te vinden?"},
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
}

// dutchTableColumns are columns that mean something else in one table.
var dutchTableColumns = map[string]columnText{
	"aansluiting.bedrag": {"Bedrag (€)", "Debet min credit, tot op de cent.", formatCents},
	"ontleding.effect":   {"Bijdrage (€)", "Deel van de verandering dat bij de factor hoort; samen de verandering van de wet. Beschrijvend.", formatEuroSigned},
	"ontleding.delta":    {"Verandering van de wet (€)", "Kosten van de wet min haar kosten in het basisjaar; bij elke factor herhaald.", formatEuroSigned},
	"aansluiting.jaar":   {"Jaar", "Jaar van de euro's; een punt als de datum onleesbaar was.", formatYear},
}
