package pipeline_test

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// attackWords turns the words of a workbook back into codes, by column.
type attackWords map[string]map[string]string

// code is the code behind a word; what needs no translation is a code itself.
func (w attackWords) code(column, word string) (string, bool) {
	if column == "jaar" && word == attackNothing {
		return "", true
	}
	if column == "maand" {
		return word + "-01", len(word) == len("2017-01")
	}
	if w[column] == nil {
		return word, word != ""
	}
	code, ok := w[column][word]
	return code, ok
}

// attackDictionary is what a reader knows of the words: the texts are public, and the names of arrangements and rules
// are made from codes that occur.
func attackDictionary(t testing.TB, truth map[string][]attackRow) attackWords {
	t.Helper()
	w := maps.Clone(attackFixedWords)
	lives := attackLifeDomains(t)
	for column, label := range map[string]func(string) string{
		"regel":       attackRuleName,
		"arrangement": func(code string) string { return attackArrangementName(code, lives) },
		"van":         func(code string) string { return attackArrangementName(code, lives) },
		"naar":        func(code string) string { return attackArrangementName(code, lives) },
	} {
		w[column] = map[string]string{}
		for _, rows := range truth {
			for _, row := range rows {
				if code := row[column]; code != "" {
					w[column][label(code)] = code
				}
			}
		}
	}
	return w
}

var attackLaws = map[string]string{
	"zvw": "Zvw", "wlz": "Wlz", "wmo": "Wmo", "jeugdwet": "Jeugdwet", "participatiewet": "Participatiewet", "onbekend": "onbekend",
}

// attackFixedWords are the words of the sheets that stand for a code.
var attackFixedWords = attackWords{
	"domein": attackTurned(attackLaws),
	"lijn": {"Sociaal domein (0e lijn)": "0", "1e lijn": "1", "1,5e lijn": "1.5", "2e lijn": "2", "3e lijn": "3",
		"Langdurige zorg (Wlz)": "langdurig", "Onbekend": "onbekend"},
	"telling": {"Arrangementen": "arrangementen", "Wetten": "wetten"},
	"post": {"Aangeleverd": "aangeleverd", "In quarantaine": "in_quarantaine", "Dubbel": "dubbel", "Vervangen": "vervangen",
		"Gewist": "gewist", "Geladen": "geladen", "Credit zonder debet": "credit_zonder_debet", "Niet in bevolking": "niet_in_bevolking",
		"Gemodelleerd": "gemodelleerd", "Programma": "programma", "Subsidie": "subsidie", "Lumpsum": "lumpsum", "Pgb": "pgb"},
	"financier": {"Zorgverzekeraar": "zorgverzekeraar", "Zorgkantoor": "zorgkantoor", "Gemeente": "gemeente"},
	"groep": {"Hoogste 1%": "top_1", "Hoogste 5%": "top_5", "Hoogste 10%": "top_10", "Tot de grens": "afgetopt",
		"Boven de grens": "boven_grens"},
	"factor": {"Bevolking": "bevolking", "Leeftijd en geslacht": "leeftijd_geslacht", "Gebruikers per inwoner": "gebruikers",
		"Zorg per gebruiker": "volume", "Prijs": "prijs", "Zwaarte van de zorg (mix)": "mix"},
	"doel": {"Kosten, alle wetten": "kosten_totaal", "Kosten Zvw": "kosten_zvw", "Kosten sociaal domein": "kosten_sociaal_domein",
		"Specialistische zorg (2e en 3e lijn)": "specialistisch", "Hoogspecialistische zorg (3e lijn)": "hoogspecialistisch",
		"Inwoners met 2+ arrangementen": "stapeling", "Eerste contacten bij een specialist": "verwijzing"},
	"maat": {
		"Huisartscontacten, per 1.000":                                     "huisarts_per_1000",
		"Eerste contacten in de 1,5e lijn, per 1.000":                      "anderhalf_per_1000",
		"Eerste contacten bij een specialist, per 1.000":                   "eerste_dbc_per_1000",
		"Eerste contact bij een specialist na huisartscontact in 90 dagen": "na_huisarts",
		"Eerste contact bij een specialist op verwijzing van de huisarts":  "verwezen_door_huisarts",
		"Eerste contact bij een specialist na 1,5e lijn in 120 dagen":      "via_anderhalf",
		"Eerste contact in de 1,5e lijn met specialist in 120 dagen erna":  "anderhalf_doorverwezen",
		"Eerste contact bij een specialist met herhaling in 12 maanden":    "herhaald_12_maanden"},
}

func attackTurned(names map[string]string) map[string]string {
	out := map[string]string{}
	for code, name := range names {
		out[name] = code
	}
	return out
}

func attackLifeDomains(t testing.TB) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "queries", "reference", "leefdomein.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, row := range rows[1:] {
		names[row[0]] = row[1]
	}
	return names
}

// attackArrangementName is how an arrangement, a law or a turn is written.
func attackArrangementName(code string, lives map[string]string) string {
	if law, ok := attackLaws[code]; ok {
		return law
	}
	if !strings.Contains(code, ":") {
		return strings.ToUpper(code[:1]) + code[1:]
	}
	var laws []string
	named := map[string][]string{}
	for part := range strings.SplitSeq(code, "+") {
		law, life, _ := strings.Cut(part, ":")
		if named[law] == nil {
			laws = append(laws, law)
		}
		named[law] = append(named[law], lives[life])
	}
	for i, law := range laws {
		laws[i] = attackLaws[law] + ": " + strings.Join(named[law], ", ")
	}
	return strings.Join(laws, " + ")
}

// attackRuleName is how a rule of the care types is written.
func attackRuleName(code string) string {
	for _, kind := range [][2]string{
		{"hoogspec", "Hoogspecialistisch"}, {"msz", "Medisch-specialistisch"}, {"ggz", "Ggz"}, {"grz", "Geriatrische revalidatie"},
		{"zintuiglijk", "Zintuiglijk"}, {"zittend_vervoer", "Zittend vervoer"}, {"aggregaat", "Aggregaat"},
		{"grof_agb", "Grove indeling, AGB-soort"}, {"grof_codelijst", "Grove indeling, codelijst"}, {"agb", "AGB-soort"},
	} {
		rest, ok := strings.CutPrefix(code, kind[0]+"_")
		if !ok {
			continue
		}
		words := strings.Split(rest, "_")
		for i, word := range words {
			switch word {
			case "dbc", "ozp", "aw319", "puk", "paaz", "riagg", "ribw":
				words[i] = strings.ToUpper(word)
			case "nza":
				words[i] = "NZa"
			}
		}
		return kind[1] + ": " + strings.Join(words, " ")
	}
	text := strings.ReplaceAll(code, "_", " ")
	return strings.ToUpper(text[:1]) + text[1:]
}
