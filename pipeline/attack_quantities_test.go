package pipeline_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

const attackBase = "2017"

// attackScale is the number of decimals of a measure; what is not here is counted in whole numbers.
var attackScale = map[string]int{"euro": 2, "reeel": 2, "verwacht": 2, "verwacht_reeel": 2, "verzekerdejaren": 6, "volume": 3,
	"effect": 2, "ongekoppeld": 2, "balans": 2, "pilot_basis": 2, "pilot_nu": 2, "vergelijking_basis": 2, "vergelijking_nu": 2}

// attackMeasures says of every column what it counts: measure, when, where and what of. Columns with the same words are
// the same number, on whichever sheet of whichever workbook.
var attackMeasures = map[string]map[string]string{
	"kerncijfers_gebied": {
		"inwoners": "inwoners|{jaar}|{gebied}|", "huishoudens": "huishoudens|{jaar}|{gebied}|nieuwjaar",
		"verzekerdejaren": "verzekerdejaren|{jaar}|{gebied}|",
	},
	"kosten_per_domein": {
		"bedrag": "euro|{jaar}|{gebied}|wet {domein}", "bedrag_reeel": "reeel|{jaar}|{gebied}|wet {domein}",
		"gebruikers": "gebruikers|{jaar}|{gebied}|wet {domein}", "declaraties": "declaraties|{jaar}|{gebied}|wet {domein}",
		"verzekerdejaren": "verzekerdejaren|{jaar}|{gebied}|",
	},
	"kosten_per_zorgsoort": {
		"bedrag": "euro|{jaar}|{gebied}|soort {domein} {zorgsoort}", "bedrag_reeel": "reeel|{jaar}|{gebied}|soort {domein} {zorgsoort}",
		"gebruikers": "gebruikers|{jaar}|{gebied}|soort {domein} {zorgsoort}", "volume": "volume|{jaar}|{gebied}|soort {domein} {zorgsoort}",
	},
	"verschuiving_domein": {
		"bedrag_basis": "euro|{basis}|{gebied}|wet {domein}", "bedrag": "euro|{jaar}|{gebied}|wet {domein}",
		"delta": "euro|{jaar}|{gebied}|delta wet {domein}", "groei": "euro|{jaar}|{gebied}|groei wet {domein}",
		"verschuiving":       "euro|{jaar}|{gebied}|verschuiving wet {domein}",
		"bedrag_basis_reeel": "reeel|{basis}|{gebied}|wet {domein}", "bedrag_reeel": "reeel|{jaar}|{gebied}|wet {domein}",
		"delta_reeel": "reeel|{jaar}|{gebied}|delta wet {domein}", "groei_reeel": "reeel|{jaar}|{gebied}|groei wet {domein}",
		"verschuiving_reeel": "reeel|{jaar}|{gebied}|verschuiving wet {domein}",
	},
	"verschuiving_lijn": {
		"bedrag_basis": "euro|{basis}|{gebied}|lijn {lijn}", "bedrag": "euro|{jaar}|{gebied}|lijn {lijn}",
		"delta": "euro|{jaar}|{gebied}|delta lijn {lijn}", "groei": "euro|{jaar}|{gebied}|groei lijn {lijn}",
		"verschuiving":       "euro|{jaar}|{gebied}|verschuiving lijn {lijn}",
		"bedrag_basis_reeel": "reeel|{basis}|{gebied}|lijn {lijn}", "bedrag_reeel": "reeel|{jaar}|{gebied}|lijn {lijn}",
		"delta_reeel": "reeel|{jaar}|{gebied}|delta lijn {lijn}", "groei_reeel": "reeel|{jaar}|{gebied}|groei lijn {lijn}",
		"verschuiving_reeel": "reeel|{jaar}|{gebied}|verschuiving lijn {lijn}",
	},
	"ontleding": {
		"effect": "euro|{jaar}|{gebied}|effect {domein} {factor}", "delta": "euro|{jaar}|{gebied}|delta wet {domein}",
	},
	"stroom_personen": {
		"personen": "personen|{jaar}|{gebied}|stroom {van} {naar}", "bedrag": "euro|{jaar}|{gebied}|stroom {van} {naar}",
		"bedrag_reeel": "reeel|{jaar}|{gebied}|stroom {van} {naar}",
	},
	"specialistische_zorg": {
		"gebruikers": "gebruikers|{jaar}|{gebied}|regel {lijn} {regel}", "declaraties": "declaraties|{jaar}|{gebied}|regel {lijn} {regel}",
		"bedrag": "euro|{jaar}|{gebied}|regel {lijn} {regel}", "bedrag_reeel": "reeel|{jaar}|{gebied}|regel {lijn} {regel}",
	},
	"kosten_per_kwartaal": {
		"bedrag": "euro|{kwartaal}|{gebied}|wet {domein}", "bedrag_reeel": "reeel|{kwartaal}|{gebied}|wet {domein}",
		"verzekerdejaren": "verzekerdejaren|{kwartaal}|{gebied}|",
		"bedrag_peil":     "euro|{kwartaal}|{gebied}|peil {domein}", "bedrag_jaar_eerder": "euro|{kwartaal}|{gebied}|eerder {domein}",
	},
	"volledigheid": {
		"aangeleverd": "euro|{maand}|regio|soort {domein} {zorgsoort}", "verwacht_totaal": "verwacht|{maand}|regio|soort {domein} {zorgsoort}",
	},
	"stapeling_personen":    {"personen": "personen|{jaar}|{gebied}|stapel {telling} {klasse}"},
	"stapeling_huishoudens": {"huishoudens": "huishoudens|{jaar}|{gebied}|stapel {telling} {klasse}"},
	"arrangementen": {
		"personen": "personen|{jaar}|{gebied}|arrangement {arrangement}", "bedrag": "euro|{jaar}|{gebied}|arrangement {arrangement}",
		"bedrag_reeel":   "reeel|{jaar}|{gebied}|arrangement {arrangement}",
		"delta_personen": "personen|{jaar}|{gebied}|delta arrangement {arrangement}",
	},
	"overgangen": {"personen": "personen|{jaar}|{gebied}|overgang {van} > {naar}"},
	"concentratie": {
		"personen": "personen|{jaar}|{gebied}|groep {groep}", "bedrag": "euro|{jaar}|{gebied}|groep {groep}",
		"bedrag_reeel": "reeel|{jaar}|{gebied}|groep {groep}",
	},
	"baten_lasten": {
		"werkelijk": "euro|{jaar}|{gebied}|financier {financier}", "werkelijk_reeel": "reeel|{jaar}|{gebied}|financier {financier}",
		"verwacht": "verwacht|{jaar}|{gebied}|financier {financier}", "verwacht_reeel": "verwacht_reeel|{jaar}|{gebied}|financier {financier}",
		"verschil":        "verwacht|{jaar}|{gebied}|verschil {financier}",
		"verschil_reeel":  "verwacht_reeel|{jaar}|{gebied}|verschil {financier}",
		"verzekerdejaren": "verzekerdejaren|{jaar}|{gebied}|",
	},
	"verwijzing":  {"teller": "contacten|{jaar}|{gebied}|maat {maat}"},
	"benchmark":   {"werkelijk": "euro|{jaar}|{gebied}|landelijk {domein} {zorgsoort}"},
	"aansluiting": {"regels": "regels|{jaar}|{leverancier}|post {domein} {post}", "bedrag": "euro|{jaar}|{leverancier}|post {domein} {post}"},
	"kosten_buiten_declaraties": {
		"bedrag": "euro|{jaar}|{gebied}|buiten {domein} {post}", "verzekerdejaren": "verzekerdejaren|{jaar}|{gebied}|",
	},
	"doelen": {}, "substitutie": {},
	"deelnemers_effect": {
		"effect": "effect|{periode}|{project}|uitkomst {uitkomst}", "effect_ongekoppeld": "ongekoppeld|{periode}|{project}|uitkomst {uitkomst}",
	},
	"deelnemers_balans": {"waarde": "balans|{groep}|{project}|{kenmerk}"},
	"wijk_effect": {
		"effect": "effect|{periode}|wijken|uitkomst {uitkomst}", "pilot_basis": "pilot_basis|{periode}|wijken|uitkomst {uitkomst}",
		"pilot_nu": "pilot_nu|{periode}|wijken|uitkomst {uitkomst}", "vergelijking_basis": "vergelijking_basis|{periode}|wijken|uitkomst {uitkomst}",
		"vergelijking_nu": "vergelijking_nu|{periode}|wijken|uitkomst {uitkomst}",
	},
}

// attackRatio is a column that is a number divided by another.
type attackRatio struct {
	table, column string
	only, values  string // rows with one of these values (between spaces) in a column; empty: all
	factor        float64
	above, below  string
}

var attackRatios = []attackRatio{
	{"kosten_per_domein", "per_verzekerdejaar", "", "", 1, "euro|{jaar}|{gebied}|wet {domein}", "verzekerdejaren|{jaar}|{gebied}|"},
	{"kosten_per_domein", "per_verzekerdejaar_reeel", "", "", 1, "reeel|{jaar}|{gebied}|wet {domein}", "verzekerdejaren|{jaar}|{gebied}|"},
	{"kosten_per_domein", "per_gebruiker", "", "", 1, "euro|{jaar}|{gebied}|wet {domein}", "gebruikers|{jaar}|{gebied}|wet {domein}"},
	{"kosten_per_domein", "per_gebruiker_reeel", "", "", 1, "reeel|{jaar}|{gebied}|wet {domein}", "gebruikers|{jaar}|{gebied}|wet {domein}"},
	{"kosten_per_kwartaal", "per_verzekerdejaar", "", "", 1, "euro|{kwartaal}|{gebied}|wet {domein}", "verzekerdejaren|{kwartaal}|{gebied}|"},
	{"kosten_per_kwartaal", "per_verzekerdejaar_reeel", "", "", 1, "reeel|{kwartaal}|{gebied}|wet {domein}", "verzekerdejaren|{kwartaal}|{gebied}|"},
	{"verschuiving_domein", "aandeel_basis", "", "", 1, "euro|{basis}|{gebied}|wet {domein}", "euro|{basis}|{gebied}|alles"},
	{"verschuiving_domein", "aandeel", "", "", 1, "euro|{jaar}|{gebied}|wet {domein}", "euro|{jaar}|{gebied}|alles"},
	{"verschuiving_domein", "aandeel_basis_reeel", "", "", 1, "reeel|{basis}|{gebied}|wet {domein}", "reeel|{basis}|{gebied}|alles"},
	{"verschuiving_domein", "aandeel_reeel", "", "", 1, "reeel|{jaar}|{gebied}|wet {domein}", "reeel|{jaar}|{gebied}|alles"},
	{"verschuiving_lijn", "aandeel_basis", "", "", 1, "euro|{basis}|{gebied}|lijn {lijn}", "euro|{basis}|{gebied}|alles"},
	{"verschuiving_lijn", "aandeel", "", "", 1, "euro|{jaar}|{gebied}|lijn {lijn}", "euro|{jaar}|{gebied}|alles"},
	{"verschuiving_lijn", "aandeel_basis_reeel", "", "", 1, "reeel|{basis}|{gebied}|lijn {lijn}", "reeel|{basis}|{gebied}|alles"},
	{"verschuiving_lijn", "aandeel_reeel", "", "", 1, "reeel|{jaar}|{gebied}|lijn {lijn}", "reeel|{jaar}|{gebied}|alles"},
	{"verschuiving_lijn", "aandeel_zorg_basis", "", "", 1, "euro|{basis}|{gebied}|lijn {lijn}", "euro|{basis}|{gebied}|zorg"},
	{"verschuiving_lijn", "aandeel_zorg", "", "", 1, "euro|{jaar}|{gebied}|lijn {lijn}", "euro|{jaar}|{gebied}|zorg"},
	{"verschuiving_lijn", "aandeel_zorg_basis_reeel", "", "", 1, "reeel|{basis}|{gebied}|lijn {lijn}", "reeel|{basis}|{gebied}|zorg"},
	{"verschuiving_lijn", "aandeel_zorg_reeel", "", "", 1, "reeel|{jaar}|{gebied}|lijn {lijn}", "reeel|{jaar}|{gebied}|zorg"},
	{"specialistische_zorg", "aandeel", "", "", 1, "euro|{jaar}|{gebied}|regel {lijn} {regel}", "euro|{jaar}|{gebied}|zorg"},
	{"specialistische_zorg", "aandeel_reeel", "", "", 1, "reeel|{jaar}|{gebied}|regel {lijn} {regel}", "reeel|{jaar}|{gebied}|zorg"},
	{"specialistische_zorg", "aandeel_lijn_3", "", "", 1, "euro|{jaar}|{gebied}|lijn 3", "euro|{jaar}|{gebied}|zorg"},
	{"volledigheid", "volledigheid", "", "", 1, "euro|{maand}|regio|soort {domein} {zorgsoort}", "verwacht|{maand}|regio|soort {domein} {zorgsoort}"},
	{"stapeling_personen", "per_1000", "", "", 1000, "personen|{jaar}|{gebied}|stapel {telling} {klasse}", "verzekerdejaren|{jaar}|{gebied}|"},
	{"stapeling_personen", "bedrag_gemiddeld", "", "", 1, "euro|{jaar}|{gebied}|stapel personen {telling} {klasse}", "personen|{jaar}|{gebied}|stapel {telling} {klasse}"},
	{"stapeling_personen", "bedrag_gemiddeld_reeel", "", "", 1, "reeel|{jaar}|{gebied}|stapel personen {telling} {klasse}", "personen|{jaar}|{gebied}|stapel {telling} {klasse}"},
	{"stapeling_huishoudens", "bedrag_gemiddeld", "", "", 1, "euro|{jaar}|{gebied}|stapel huishoudens {telling} {klasse}", "huishoudens|{jaar}|{gebied}|stapel {telling} {klasse}"},
	{"stapeling_huishoudens", "bedrag_gemiddeld_reeel", "", "", 1, "reeel|{jaar}|{gebied}|stapel huishoudens {telling} {klasse}", "huishoudens|{jaar}|{gebied}|stapel {telling} {klasse}"},
	{"concentratie", "aandeel_bedrag", "", "", 1, "euro|{jaar}|{gebied}|groep {groep}", "euro|{jaar}|{gebied}|alles"},
	{"concentratie", "aandeel_bedrag_reeel", "", "", 1, "reeel|{jaar}|{gebied}|groep {groep}", "reeel|{jaar}|{gebied}|alles"},
	{"verwijzing", "waarde", "maat", " huisarts_per_1000 anderhalf_per_1000 eerste_dbc_per_1000 ", 1000, "contacten|{jaar}|{gebied}|maat {maat}", "verzekerdejaren|{jaar}|{gebied}|"},
	{"verwijzing", "waarde", "maat", " na_huisarts via_anderhalf herhaald_12_maanden ", 1, "contacten|{jaar}|{gebied}|maat {maat}", "contacten|{jaar}|{gebied}|maat eerste_dbc_per_1000"},
	{"verwijzing", "waarde", "maat", " anderhalf_doorverwezen ", 1, "contacten|{jaar}|{gebied}|maat {maat}", "contacten|{jaar}|{gebied}|maat anderhalf_per_1000"},
	{"doelen", "basis", "doel", " kosten_totaal ", 1, "reeel|{basis}|pilot|alles", "verzekerdejaren|{basis}|pilot|"},
	{"doelen", "nu", "doel", " kosten_totaal ", 1, "reeel|{jaar}|pilot|alles", "verzekerdejaren|{jaar}|pilot|"},
	{"doelen", "basis", "doel", " kosten_zvw ", 1, "reeel|{basis}|pilot|wet zvw", "verzekerdejaren|{basis}|pilot|"},
	{"doelen", "nu", "doel", " kosten_zvw ", 1, "reeel|{jaar}|pilot|wet zvw", "verzekerdejaren|{jaar}|pilot|"},
	{"doelen", "controle_basis", "doel", " kosten_zvw ", 1, "reeel|{basis}|controle|wet zvw", "verzekerdejaren|{basis}|controle|"},
	{"doelen", "controle_nu", "doel", " kosten_zvw ", 1, "reeel|{jaar}|controle|wet zvw", "verzekerdejaren|{jaar}|controle|"},
	{"doelen", "basis", "doel", " hoogspecialistisch ", 1, "reeel|{basis}|pilot|lijn 3", "verzekerdejaren|{basis}|pilot|"},
	{"doelen", "nu", "doel", " hoogspecialistisch ", 1, "reeel|{jaar}|pilot|lijn 3", "verzekerdejaren|{jaar}|pilot|"},
	{"doelen", "controle_basis", "doel", " hoogspecialistisch ", 1, "reeel|{basis}|controle|lijn 3", "verzekerdejaren|{basis}|controle|"},
	{"doelen", "controle_nu", "doel", " hoogspecialistisch ", 1, "reeel|{jaar}|controle|lijn 3", "verzekerdejaren|{jaar}|controle|"},
	{"doelen", "basis", "doel", " kosten_sociaal_domein ", 1, "reeel|{basis}|pilot|sociaal", "verzekerdejaren|{basis}|pilot|"},
	{"doelen", "basis", "doel", " specialistisch ", 1, "reeel|{basis}|pilot|specialistisch", "verzekerdejaren|{basis}|pilot|"},
	{"doelen", "basis", "doel", " stapeling ", 1000, "personen|{basis}|pilot|gestapeld", "verzekerdejaren|{basis}|pilot|"},
	{"doelen", "nu", "doel", " kosten_sociaal_domein ", 1, "reeel|{jaar}|pilot|sociaal", "verzekerdejaren|{jaar}|pilot|"},
	{"doelen", "nu", "doel", " specialistisch ", 1, "reeel|{jaar}|pilot|specialistisch", "verzekerdejaren|{jaar}|pilot|"},
	{"doelen", "nu", "doel", " stapeling ", 1000, "personen|{jaar}|pilot|gestapeld", "verzekerdejaren|{jaar}|pilot|"},
	{"doelen", "controle_basis", "doel", " kosten_sociaal_domein ", 1, "reeel|{basis}|controle|sociaal", "verzekerdejaren|{basis}|controle|"},
	{"doelen", "controle_basis", "doel", " specialistisch ", 1, "reeel|{basis}|controle|specialistisch", "verzekerdejaren|{basis}|controle|"},
	{"doelen", "controle_basis", "doel", " stapeling ", 1000, "personen|{basis}|controle|gestapeld", "verzekerdejaren|{basis}|controle|"},
	{"doelen", "controle_basis", "doel", " kosten_totaal ", 1, "reeel|{basis}|controle|alles", "verzekerdejaren|{basis}|controle|"},
	{"doelen", "controle_nu", "doel", " kosten_sociaal_domein ", 1, "reeel|{jaar}|controle|sociaal", "verzekerdejaren|{jaar}|controle|"},
	{"doelen", "controle_nu", "doel", " specialistisch ", 1, "reeel|{jaar}|controle|specialistisch", "verzekerdejaren|{jaar}|controle|"},
	{"doelen", "controle_nu", "doel", " stapeling ", 1000, "personen|{jaar}|controle|gestapeld", "verzekerdejaren|{jaar}|controle|"},
	{"doelen", "controle_nu", "doel", " kosten_totaal ", 1, "reeel|{jaar}|controle|alles", "verzekerdejaren|{jaar}|controle|"},
	{"specialistische_zorg", "aandeel_lijn_3_anders", "", "", 1, "euro|{jaar}|{gebied}|anders {signaal}", "euro|{jaar}|{gebied}|zorg"},
}

// attackContributors are the columns that count who stands behind a number: not who stands behind the row, for a change
// rests on the persons of both years and an amount on those of its own.
func attackContributors(table, column string) []string {
	switch {
	case table == "stapeling_huishoudens":
		return []string{"huishoudens"}
	case column == "verzekerdejaren" && table != "kerncijfers_gebied", table == "verwijzing" && column == "noemer":
		return nil // they are about all residents, or about those of another row
	case strings.HasPrefix(table, "verschuiving_"), table == "baten_lasten":
		switch plain := strings.TrimSuffix(column, "_reeel"); {
		case strings.HasSuffix(plain, "_basis"), plain == "verwacht":
			return []string{"personen_basis"}
		case strings.HasPrefix(plain, "bedrag"), strings.HasPrefix(plain, "aandeel"), plain == "werkelijk":
			return []string{"personen"}
		}
		return []string{"personen_basis", "personen"}
	case table == "ontleding":
		return []string{"personen_basis", "personen"}
	case table == "verwijzing" && column == "waarde":
		return []string{"personen", "personen_overig"}
	case table == "doelen":
		return []string{"personen_basis", "personen", "controle_personen_basis", "controle_personen"}
	case table == "arrangementen" && column == "delta_personen":
		return []string{"personen", "personen_basis"}
	case table == "stroom_personen" && column == "bedrag_reeel":
		return []string{"personen_reeel"}
	case column == "aandeel_0_17":
		return []string{"personen", "jongeren", "niet_jongeren"}
	case column == "aandeel_65plus":
		return []string{"personen", "ouderen", "niet_ouderen"}
	}
	return []string{"personen"}
}

// attackFewest is the smallest number of contributors of a cell that is not zero; zero where nobody is in it.
func attackFewest(table, column string, row attackRow) int {
	fewest := 0
	for _, name := range attackContributors(table, column) {
		if n, err := strconv.Atoi(row[name]); err == nil && n > 0 && (fewest == 0 || n < fewest) {
			fewest = n
		}
	}
	return fewest
}

// attackFill puts the values of a row in the places of a name.
func attackFill(name string, row attackRow) string {
	name = strings.ReplaceAll(name, "{basis}", attackBase)
	for {
		from := strings.IndexByte(name, '{')
		if from < 0 {
			return name
		}
		to := strings.IndexByte(name, '}')
		name = name[:from] + row[name[from+1:to]] + name[to+1:]
	}
}

// attackUnscaled reads a decimal text as a whole number of its smallest unit.
func attackUnscaled(t testing.TB, text string, scale int) int64 {
	t.Helper()
	whole, part, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if len(part) > scale {
		if strings.Trim(part[scale:], "0") != "" {
			t.Fatalf("%s has more than %d decimals", text, scale)
		}
		part = part[:scale]
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", scale-len(part)), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(text, "-") {
		return -n
	}
	return n
}

func attackUnit(scale int) float64 { return math.Pow10(-scale) }
