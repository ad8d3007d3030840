package report

import (
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

func arrangements(rows ...[]disclosure.Value) disclosure.Table {
	return disclosure.Table{
		Name: "arrangementen", Rows: rows, Internal: []string{"personen_basis"},
		Columns: []disclosure.Column{
			yearKey(), key("gebied"), key("arrangement"), count("personen"), euros("bedrag"), euros("bedrag_reeel"), count("delta_personen"), count("personen_basis"),
		},
		Thresholds: []disclosure.Threshold{{Count: "personen"}, {Count: "personen_basis", Measures: []string{"delta_personen"}}},
	}
}

func arrangement(name string, persons, before int64) []disclosure.Value {
	return []disclosure.Value{num(2021), word("pilot"), word(name), num(persons), num(100), num(90), num(persons - before), num(before)}
}

func flows() disclosure.Table {
	return disclosure.Table{
		Name: "stroom_personen", Columns: []disclosure.Column{yearKey(), key("gebied"), key("van"), key("naar"), count("personen"), euros("bedrag"), euros("bedrag_reeel")},
		Thresholds: []disclosure.Threshold{{Count: "personen"}},
		Rows:       [][]disclosure.Value{{num(2021), word("pilot"), word("nieuw"), word("wmo"), num(20), num(1), num(1)}, {num(2021), word("pilot"), word("zvw"), word("wmo"), num(20), num(1), num(1)}},
	}
}

func transitions() disclosure.Table {
	return disclosure.Table{
		Name: "overgangen", Columns: []disclosure.Column{yearKey(), key("gebied"), key("van"), key("naar"), count("personen")},
		Thresholds: []disclosure.Threshold{{Count: "personen"}},
		Rows:       [][]disclosure.Value{{num(2021), word("pilot"), word("geen"), word("overleden"), num(20)}},
	}
}

func concentration() disclosure.Table {
	return disclosure.Table{
		Name: "concentratie", Columns: []disclosure.Column{yearKey(), key("gebied"), key("groep"), count("personen"), euros("bedrag"), euros("bedrag_reeel"),
			ratio("aandeel_bedrag"), ratio("aandeel_bedrag_reeel"), ratio("grens")},
		Thresholds: []disclosure.Threshold{{Count: "personen"}},
		Rows: [][]disclosure.Value{
			{num(2021), word("pilot"), word("boven_grens"), num(20), nothing(), num(1), nothing(), num(1), num(1)},
			{num(2021), word("pilot"), word("top_10"), num(20), num(1), num(1), num(1), num(1), nothing()},
			{num(2021), word("pilot"), word("top_5"), num(20), num(1), num(1), num(1), num(1), nothing()},
		},
	}
}

func households() disclosure.Table {
	return disclosure.Table{
		Name: "stapeling_huishoudens", Columns: []disclosure.Column{yearKey(), key("gebied"), key("telling"), key("klasse"), count("huishoudens"), ratio("per_1000"),
			ratio("bedrag_gemiddeld"), ratio("bedrag_gemiddeld_reeel")},
		Thresholds: []disclosure.Threshold{{Count: "huishoudens"}},
	}
}

// TestArrangementsAreReadByTheirNames names every law once, with its life domains.
func TestArrangementsAreReadByTheirNames(t *testing.T) {
	book := bookOf(t)
	book.LifeDomainNames = map[string]string{"huisvesting": "Huisvesting", "lichamelijke_gezondheid": "Lichamelijke gezondheid"}
	w := &workbook{book: book, texts: &dutch}
	for code, want := range map[string]string{
		"zvw":                         "Zvw",
		"nieuw":                       "Nieuw",
		"geen":                        "Geen",
		"zvw:lichamelijke_gezondheid": "Zvw: Lichamelijke gezondheid",
		"wmo:huisvesting+zvw:huisvesting+zvw:lichamelijke_gezondheid": "Wmo: Huisvesting + Zvw: Huisvesting, Lichamelijke gezondheid",
		"wmo:iets": "Wmo: iets",
	} {
		if got := w.arrangementName(code); got != want {
			t.Errorf("%s is read as %q, want %q", code, got, want)
		}
	}
}

// TestTheLargestCombinationComesFirst keeps a hidden count out of the order.
func TestTheLargestCombinationComesFirst(t *testing.T) {
	released := protect(t, nil, arrangements(
		arrangement("a", 3, 0), arrangement("b", 9, 30), arrangement("c", 0, 0), arrangement("d", 700, 20), arrangement("e", 9000, 20), arrangement("f", 4, 4)),
		flows(), concentration())
	for name, want := range map[string]string{"arrangementen": "e d c a b f", "stroom_personen": "zvw nieuw", "concentratie": "top_5 top_10 boven_grens"} {
		table, _ := released.Table(name)
		var got []string
		for _, i := range readingOrder(table) {
			got = append(got, table.Rows[i][2].Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: the order is %v, want %s", name, got, want)
		}
	}
}

// TestThePersonTablesAreExplained holds every column of the tables per person to a label and a meaning.
func TestThePersonTablesAreExplained(t *testing.T) {
	w := &workbook{book: bookOf(t, arrangements(), flows(), transitions(), concentration(), households()), texts: &dutch}
	sheets, err := w.planSheets()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		if s.question == "" {
			t.Errorf("%s: no question", s.tab)
		}
		for _, c := range s.columns {
			if c.note == "" {
				t.Errorf("%s: nothing explains the column %q", s.tab, c.header)
			}
		}
	}
}
