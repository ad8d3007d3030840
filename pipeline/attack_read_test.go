package pipeline_test

import (
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The marks of the workbook for a cell that may not be seen and one that has no value.
const (
	attackMark    = "x"
	attackNothing = "."
)

// attackKeys are the keys of the tables, as the catalogue prints them.
var attackKeys = map[string][]string{
	"aansluiting": {"leverancier", "domein", "jaar", "post"}, "arrangementen": {"jaar", "gebied", "arrangement"},
	"baten_lasten": {"jaar", "gebied", "financier"}, "benchmark": {"jaar", "gebied", "zorgsoort", "domein"},
	"deelnemers_balans": {"project", "kenmerk", "groep"}, "deelnemers_effect": {"project", "indeling", "uitkomst", "periode"},
	"wijk_effect": {"indeling", "uitkomst", "periode"}, "substitutie": {"jaar", "van", "naar"},
	"concentratie": {"jaar", "gebied", "groep"}, "doelen": {"doel", "gebied", "jaar"}, "kerncijfers_gebied": {"jaar", "gebied"},
	"kosten_buiten_declaraties": {"jaar", "gebied", "domein", "post"}, "kosten_per_domein": {"jaar", "gebied", "domein"},
	"kosten_per_kwartaal": {"kwartaal", "gebied", "domein"}, "kosten_per_zorgsoort": {"jaar", "gebied", "domein", "zorgsoort"},
	"ontleding": {"jaar", "gebied", "domein", "factor"}, "overgangen": {"jaar", "gebied", "van", "naar"},
	"specialistische_zorg":  {"jaar", "gebied", "lijn", "regel"},
	"stapeling_huishoudens": {"jaar", "gebied", "telling", "klasse"}, "stapeling_personen": {"jaar", "gebied", "telling", "klasse"},
	"stroom_personen": {"jaar", "gebied", "van", "naar"}, "verschuiving_domein": {"jaar", "gebied", "domein"},
	"verschuiving_lijn": {"jaar", "gebied", "lijn"}, "verwijzing": {"jaar", "gebied", "maat"}, "volledigheid": {"domein", "zorgsoort", "maand"},
}

// attackRow is a row by column name: the texts of the values, empty where there is none.
type attackRow map[string]string

func (r attackRow) key(table string) string {
	var parts []string
	for _, k := range attackKeys[table] {
		parts = append(parts, r[k])
	}
	return strings.Join(parts, "|")
}

// attackSheet is what a workbook shows of a table: its rows by their key in codes.
type attackSheet struct {
	tab     string
	columns []string
	rows    map[string]attackRow
	lines   map[string]int // the row of the worksheet, by key
}

// attackBook is everything that a recipient reads in the tables of a workbook.
type attackBook map[string]attackSheet

// attackTruth reads every indicator as it stands in the warehouse.
func attackTruth(t testing.TB, region nightRegion) map[string][]attackRow {
	t.Helper()
	truth := map[string][]attackRow{}
	for name := range attackKeys {
		truth[name] = attackAsk(t, region, name)
	}
	return truth
}

func attackAsk(t testing.TB, region nightRegion, name string) []attackRow {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(region.ask(t, name, "json"))))
	decoder.UseNumber()
	var rows []map[string]any
	if err := decoder.Decode(&rows); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	out := make([]attackRow, len(rows))
	for i, row := range rows {
		out[i] = attackRow{}
		for column, value := range row {
			switch v := value.(type) {
			case string:
				out[i][column] = v
			case json.Number:
				out[i][column] = v.String()
			}
		}
	}
	return out
}

// attackReadBook reads a workbook as its reader does: the names of the columns stand in the notes at the headers.
func attackReadBook(t testing.TB, path string, words attackWords) attackBook {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	book := attackBook{}
	for _, tab := range f.GetSheetList() {
		tables, err := f.GetTables(tab)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			name := strings.TrimPrefix(table.Name, "tabel_")
			if name == "wat_is_er_veranderd" || strings.HasPrefix(name, "gegevens") {
				continue // what this workbook prints elsewhere, and the one of the release
			}
			if attackKeys[name] == nil {
				t.Fatalf("%s: the sheet %q holds a table %q that the attacker does not know", filepath.Base(path), tab, table.Name)
			}
			book[name] = attackReadSheet(t, f, tab, name, table.Range, words)
		}
	}
	if len(book) == 0 {
		t.Fatalf("%s: no table found", path)
	}
	return book
}

func attackReadSheet(t testing.TB, f *excelize.File, tab, name, area string, words attackWords) attackSheet {
	t.Helper()
	from, _, _ := strings.Cut(area, ":")
	_, header, err := excelize.CellNameToCoordinates(from)
	if err != nil {
		t.Fatal(err)
	}
	notes, err := f.GetComments(tab)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]string{}
	for _, note := range notes {
		text := note.Text
		for _, run := range note.Paragraph {
			text += run.Text
		}
		if _, column, ok := strings.Cut(text, "Kolom in de gegevens: "); ok {
			at[note.Cell] = strings.TrimSuffix(strings.TrimSpace(column), ".")
		}
	}
	lines, err := f.GetRows(tab)
	if err != nil {
		t.Fatal(err)
	}
	sheet := attackSheet{tab: tab, rows: map[string]attackRow{}, lines: map[string]int{}}
	for i := range lines[header-1] {
		cell, err := excelize.CoordinatesToCellName(i+1, header)
		if err != nil {
			t.Fatal(err)
		}
		sheet.columns = append(sheet.columns, at[cell])
	}
	for n, line := range lines[header:] {
		row := attackRow{}
		for i, value := range line {
			// Of columns with one source, the last holds the code and those before it its name.
			if i < len(sheet.columns) && sheet.columns[i] != "" {
				row[sheet.columns[i]] = value
			}
		}
		for _, k := range attackKeys[name] {
			code, ok := words.code(k, row[k])
			if !ok {
				t.Fatalf("%s, row %d: %s %q is no word that the attacker knows", tab, header+1+n, k, row[k])
			}
			row[k] = code
		}
		if sheet.rows[row.key(name)] != nil {
			t.Fatalf("%s, row %d: the key %s stands there twice", tab, header+1+n, row.key(name))
		}
		sheet.rows[row.key(name)] = row
		sheet.lines[row.key(name)] = header + 1 + n
	}
	return sheet
}

// attackNumber is the value of a number in a cell; false where the cell holds a mark or nothing.
func attackNumber(text string) (float64, bool) {
	if text == "" || text == attackMark || text == attackNothing {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}
