package report

import (
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

// perYear is a table with rows of an area in the base year and in 2021, and measures of one scale.
func perYear(name string, keys []string, measures []string, scale int, rows map[int64][][]any) disclosure.Table {
	t := disclosure.Table{Name: name, Columns: []disclosure.Column{yearKey(), key("gebied"), count("mensen")},
		Thresholds: []disclosure.Threshold{{Count: "mensen"}}, Internal: []string{"mensen"}}
	for _, k := range keys {
		t.Columns = append(t.Columns, key(k))
	}
	for _, m := range measures {
		t.Columns = append(t.Columns, disclosure.Column{Name: m, Type: disclosure.Decimal, Scale: scale})
	}
	for _, year := range []int64{baseYear, 2021} {
		for _, cells := range rows[year] {
			row := []disclosure.Value{num(year), word(cells[0].(string)), num(500)}
			for _, c := range cells[1:] {
				switch v := c.(type) {
				case string:
					row = append(row, word(v))
				case int:
					row = append(row, num(int64(v)))
				default:
					row = append(row, nothing())
				}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func foundTables() []disclosure.Table {
	return append(madeUp().tables(),
		perYear("verwijzing", []string{"maat"}, []string{"waarde"}, 1, map[int64][][]any{
			baseYear: {{"pilot", "eerste_dbc_per_1000", 10_184}}, 2021: {{"pilot", "eerste_dbc_per_1000", 9915}}}),
		perYear("concentratie", []string{"groep"}, []string{"aandeel_bedrag"}, 3, map[int64][][]any{
			baseYear: {{"pilot", "top_1", 159}}, 2021: {{"pilot", "top_1", 155}}}),
		perYear("arrangementen", []string{"arrangement"}, []string{"delta_personen"}, 0, map[int64][][]any{
			2021: {{"pilot", "zvw:lichamelijke_gezondheid", 140}, {"pilot", "wmo:sociaal_netwerk", -40}, {"pilot", "wlz:huisvesting", 5}}}),
		perYear("overgangen", []string{"van", "naar"}, []string{"personen"}, 0, map[int64][][]any{
			2021: {{"pilot", "zvw:a", "zvw:a", 900}, {"pilot", "gevestigd", "zvw:a", 800}, {"pilot", "zvw:a", "wmo:b", 70}}}),
		perYear("kosten_buiten_declaraties", []string{"domein", "post"}, []string{"bedrag"}, 2, map[int64][][]any{
			baseYear: {{"regio", "wmo", "pgb", 260_000_000}}, 2021: {{"regio", "wmo", "pgb", 275_000_000}, {"regio", "zvw", "programma", 50_000_000}}}),
		perYear("specialistische_zorg", []string{"regel"}, []string{"aandeel_lijn_3", "aandeel_lijn_3_anders"}, 3, map[int64][][]any{
			2021: {{"pilot", "a", 120, 40}, {"pilot", "b", 120, 360}, {"pilot", "c", 120, nil}}}),
		perYear("stapeling_huishoudens", []string{"telling", "klasse"}, []string{"per_1000"}, 1, map[int64][][]any{
			baseYear: stackedPer(100), 2021: stackedPer(90)}),
	)
}

func stackedPer(per int) (rows [][]any) {
	for _, class := range []string{"2", "3", "4", "5", "6+"} {
		rows = append(rows, []any{"pilot", "arrangementen", class, per})
	}
	return rows
}

// TestATableHasASentenceAboveIt wants what was found, in the figures of the leading area and of the years that are compared.
func TestATableHasASentenceAboveIt(t *testing.T) {
	w, err := planned(bookOf(t, foundTables()...), dataRoom)
	if err != nil {
		t.Fatal(err)
	}
	if w.found.year != "2021" {
		t.Fatalf("the year is %s", w.found.year)
	}
	for table, want := range map[string]string{
		"kerncijfers_gebied":        "In de pilotwijken waren er 9.000 inwoners op 1 januari 2021, tegen 9.000 op 1 januari 2017.",
		"kosten_per_zorgsoort":      "in prijzen van 2017: Anderhalvelijnszorg (",
		"verwijzing":                "in de pilotwijken: 1.018,4 in 2017, 991,5 in 2021.",
		"concentratie":              "had 15,5% van alle kosten in 2021, en 15,9% in 2017.",
		"arrangementen":             "het meest Zvw: Lichamelijke gezondheid (+140 personen) en kromp het meest Wmo: sociaal_netwerk (−40 personen).",
		"overgangen":                "van Zvw: a naar Wmo: b (70 personen).",
		"kosten_buiten_declaraties": "in de regio was 3,2 mln euro in 2021, tegen 2,6 mln euro in 2017.",
		"specialistische_zorg":      "12,0% van de zorg in 2021; telt een signaal andersom, dan tussen 4,0% en 36,0%.",
		"stapeling_huishoudens":     "50,0 in 2017, 45,0 in 2021.",
		"aansluiting":               "telt 100,0% mee in de cijfers",
	} {
		if got := w.tableFinding(table); !strings.Contains(got, want) {
			t.Errorf("%s says %q, want %q in it", table, got, want)
		}
	}
}

// TestWhatIsHiddenIsNotSaidAboveATable leaves the question alone where figures are hidden, or rows kept what was released of them.
func TestWhatIsHiddenIsNotSaidAboveATable(t *testing.T) {
	tables := foundTables()
	for i := range tables {
		if tables[i].Name == "aansluiting" {
			tables[i].Columns = append(tables[i].Columns, disclosure.Column{Name: "vrijgave"})
			for r := range tables[i].Rows {
				tables[i].Rows[r] = append(tables[i].Rows[r], word("ongewijzigd"))
			}
			continue
		}
		tables[i].Columns = append(tables[i].Columns, count("weinig"))
		tables[i].Thresholds = []disclosure.Threshold{{Count: "weinig"}}
		for r := range tables[i].Rows {
			tables[i].Rows[r] = append(tables[i].Rows[r], num(3))
		}
	}
	w, err := planned(bookOf(t, tables...), dataRoom)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range w.sheets {
		if got := w.tableFinding(s.table.Name); strings.ContainsAny(strings.NewReplacer("2017", "", "2021", "").Replace(got), "0123456789") && s.table.Name != "doelen" {
			t.Errorf("%s says %q of hidden figures", s.table.Name, got)
		}
	}
}
