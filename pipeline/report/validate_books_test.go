package report

import (
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

// municipal is the book of the other recipient of the made-up region.
func municipal(t testing.TB, tables ...disclosure.Table) Book {
	b := bookOf(t, tables...)
	b.Recipient, b.OwnDomains = "gemeente", []string{"wmo", "jeugdwet", "participatiewet"}
	b.Released = protect(t, b.OwnDomains, tables...)
	return b
}

// oddTable holds the texts that a worksheet can spoil.
func oddTable() disclosure.Table {
	t := disclosure.Table{
		Name: "vreemd: <a> & 'b'", Title: "Vreemd/namen [en] tekens?", Question: " Wat \"staat\" er & hoe? ",
		Columns:    []disclosure.Column{yearKey(), key("gebied"), key("fase"), count("personen"), {Name: "noot"}, ratio("kans")},
		Thresholds: []disclosure.Threshold{{Count: "personen"}},
	}
	for i, text := range []string{" ervoor en erna ", "a\nb\tc", "_x0041_ en _x000D_", "=1+1", "x", ".", "<b>&amp;</b>", "😀", "007", "1E5", "", "'s", strings.Repeat("é", 40_000)} {
		t.Rows = append(t.Rows, []disclosure.Value{num(2020), word("regio"), word(strings.Repeat("f", i+1)), num(int64(12 + i)), word(text), num(int64(-1_500_000 * i))})
	}
	t.Rows = append(t.Rows, []disclosure.Value{num(2020), word("regio"), word("niets"), num(12), nothing(), nothing()})
	return t
}

// books are workbooks of every kind.
func books(t testing.TB) map[string]Book {
	t.Helper()
	r := madeUp()
	empty := r.tables()
	empty[5].Rows, empty[5].Empty = nil, "Voor stapeling zijn gegevens per persoon nodig."
	one := referrals()
	one.Rows = one.Rows[:1]
	odd := bookOf(t, append(r.tables(), oddTable())...)
	odd.Region, odd.Warnings = "Hart & <Ziel> \"'s-Hertogenbosch\" "+strings.Repeat("&", 90), []Warning{{Note: " spatie "}, {Note: "regel\nregel"}, {Note: strings.Repeat("w", 400)}}
	released := bookOf(t, r.tables()...)
	released.Concept, released.Warnings, released.Provisional, released.Deliveries = false, nil, nil, nil
	english := bookOf(t, r.tables()...)
	english.Language = "en"
	return map[string]Book{
		"in English": english, "of the insurer": bookOf(t, r.tables()...), "of the municipality": municipal(t, r.tables()...), "with an empty table": bookOf(t, empty...),
		"with odd texts": odd, "with one row": bookOf(t, one), "without a table": bookOf(t), "that is released": released, "with effects": bookOf(t, append(r.tables(), effectTables()...)...),
	}
}

// TestEveryWorkbookIsValid writes books of every kind, and has nothing to say about any.
func TestEveryWorkbookIsValid(t *testing.T) {
	for name, b := range books(t) {
		t.Run(name, func(t *testing.T) { noFault(t, write(t, b)) })
	}
}

func noFault(t testing.TB, path string) {
	t.Helper()
	faults, err := validateWorkbook(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Error(f)
	}
}

// TestAWorkbookOnDiskIsValid examines the workbook that ONTSCHOT_WORKBOOK names.
func TestAWorkbookOnDiskIsValid(t *testing.T) {
	path := os.Getenv("ONTSCHOT_WORKBOOK")
	if path == "" {
		t.Skip("ONTSCHOT_WORKBOOK names no workbook")
	}
	noFault(t, path)
}

// TestASecondReaderFindsTheReleasedTables reads the written files with nothing but
// zip and XML, and finds every released cell: numbers to the last digit.
func TestASecondReaderFindsTheReleasedTables(t *testing.T) {
	for name, b := range books(t) {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(write(t, b))
			if err != nil {
				t.Fatal(err)
			}
			v := inspectWorkbook(body)
			w := &workbook{book: b, texts: catalogues[b.Language]}
			plans, err := w.planSheets()
			if err != nil {
				t.Fatal(err)
			}
			for i := range plans {
				sameTable(t, v.sheet(plans[i].tab), &plans[i])
			}
		})
	}
}

// sameTable compares a released table with the table on its sheet, header by header and cell by cell.
func sameTable(t *testing.T, s *sheetRead, p *sheet) {
	t.Helper()
	if s == nil {
		t.Fatalf("%s: there is no such sheet", p.tab)
	}
	i := slices.IndexFunc(s.tables, func(r tableRead) bool { return r.name == p.name })
	if i < 0 {
		if len(p.table.Rows) > 0 {
			t.Fatalf("%s: there is no table", p.tab)
		}
		return
	}
	read := s.tables[i]
	if data := read.data(); data.bottom-data.top+1 != len(p.table.Rows) || len(read.headers) != len(p.columns) {
		t.Fatalf("%s: the table is %v, want %d rows of %d columns", p.tab, read.area, len(p.table.Rows), len(p.columns))
	}
	order := readingOrder(p.table)
	if sorted := slices.Sorted(slices.Values(order)); len(slices.Compact(sorted)) != len(p.table.Rows) {
		t.Fatalf("%s: the order names a row twice", p.tab)
	}
	for n, row := range order {
		for j, c := range p.columns {
			if read.headers[j] != c.header {
				t.Fatalf("%s: the header is %q, want %q", p.tab, read.headers[j], c.header)
			}
			cell, _ := s.cell(read.area.left+j, read.area.top+1+n)
			if released := p.table.Rows[row][c.source]; !sameCell(cell, released, p.table.Columns[c.source], &c) {
				t.Fatalf("%s row %d %s: the file holds %+v, released is %+v", p.tab, n+1, c.header, cell, released)
			}
		}
	}
}

func sameCell(read cellRead, released disclosure.Cell, column disclosure.Column, c *column) bool {
	switch released.State {
	case disclosure.Hidden:
		return read.kind == 's' && read.text == "x"
	case disclosure.Unknown:
		return read.kind == 's' && read.text == "."
	default:
	}
	if column.Type == disclosure.Text || !c.number() {
		want := clean(c.text(released))
		return read.kind != 'n' && (read.text == want || utf16Units(read.text) == longestText && strings.HasPrefix(want, read.text))
	}
	value, ok := new(big.Rat).SetString(read.text)
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scaleOf(column))), nil)
	return ok && read.kind == 'n' && value.Cmp(new(big.Rat).SetFrac(big.NewInt(released.Unscaled), scale)) == 0
}
