package report

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

func write(t testing.TB, b Book) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "boek.xlsx")
	if err := Write(path, b); err != nil {
		t.Fatal(err)
	}
	return path
}

func reopen(t testing.TB, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	book := bookOf(t, madeUp().tables()...)
	first, err := os.ReadFile(write(t, book))
	if err != nil {
		t.Fatal(err)
	}
	for range 4 { // the order of a Go map differs from run to run
		path := write(t, bookOf(t, madeUp().tables()...))
		again, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("two writings of one book differ")
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("mode %o, want 600", info.Mode().Perm())
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
			t.Errorf("%d files in the folder, want the workbook only", len(left))
		}
	}
}

func TestEveryReleasedCellIsInTheWorkbook(t *testing.T) {
	book := bookOf(t, madeUp().tables()...)
	w := &workbook{book: book, texts: &dutch}
	sheets, err := w.planSheets()
	if err != nil {
		t.Fatal(err)
	}
	f := reopen(t, write(t, book))
	compared := 0
	for _, s := range sheets {
		if len(s.table.Rows) == 0 {
			continue
		}
		rows, err := f.GetRows(s.tab, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(rows)-rowHeader, len(s.table.Rows); got != want {
			t.Fatalf("%s: %d rows, want %d", s.tab, got, want)
		}
		for n, i := range readingOrder(s.table) {
			for j, c := range s.columns {
				cell, got := s.table.Rows[i][c.source], rows[rowHeader+n][j]
				var want string
				switch {
				case cell.State == disclosure.Hidden:
					want = "x"
				case cell.State == disclosure.Unknown:
					want = "."
				case c.number():
					want = decimalText(cell.Unscaled, scaleOf(s.table.Columns[c.source]))
					if strings.Contains(want, ".") {
						want = strings.TrimRight(strings.TrimRight(want, "0"), ".")
					}
				default:
					want = c.text(cell)
				}
				if got != want {
					t.Fatalf("%s row %d %s: %q, want %q", s.tab, n+1, c.header, got, want)
				}
				compared++
			}
		}
	}
	if compared < 20_000 {
		t.Errorf("only %d cells compared", compared)
	}
}

// parts gives every part of the package as text.
func parts(t testing.TB, path string) map[string]string {
	t.Helper()
	r, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	out := map[string]string{}
	for i, f := range r.File {
		if i > 2 && f.Name <= r.File[i-1].Name && (f.Name != stringsPart || i < len(r.File)-1) {
			t.Errorf("part %s is out of order", f.Name)
		}
		if !f.Modified.Equal(epoch) {
			t.Errorf("part %s is dated %v", f.Name, f.Modified)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(body)
	}
	return out
}

func TestAHiddenNumberIsNowhereInTheFile(t *testing.T) {
	r := madeUp()
	small := []int64{987_654_321_01, 876_543_219_02, 765_432_198_03, 654_321_987_04, 543_219_876_05}
	plain := r.amount
	r.amount = func(area, domain string, year int) int64 {
		if area == "pilot" && year > baseYear {
			for i, d := range r.domains {
				if d == domain {
					return small[i] + int64(year)
				}
			}
		}
		return plain(area, domain, year)
	}
	persons := r.persons
	r.persons = func(area, domain string, year int) int64 {
		if area == "pilot" && year > baseYear {
			return 6
		}
		return persons(area, domain, year)
	}
	tables := r.tables()
	all := parts(t, write(t, bookOf(t, tables...)))
	for year := baseYear + 1; year <= 2023; year++ {
		for _, cents := range small {
			text := decimalText(cents+int64(year), 2)
			for name, body := range all {
				for _, form := range []string{text, strings.ReplaceAll(text, ".", ""), strings.Split(text, ".")[0]} {
					if strings.Contains(body, form) {
						t.Fatalf("%s holds the hidden number %s", name, form)
					}
				}
			}
		}
	}
	for name, body := range all {
		if strings.Contains(body, "personen_intern") {
			t.Errorf("%s names an internal column", name)
		}
	}
}

func TestTheStructureThatExcelRepairsOtherwise(t *testing.T) {
	path := write(t, bookOf(t, madeUp().tables()...))
	f := reopen(t, path)
	tabs := f.GetSheetList()
	want := []string{"Aansluiting", "Wat is er veranderd", "Gegevens", "Verantwoording"}
	if tabs[0] != "Samenvatting" || !slices.Equal(tabs[len(tabs)-len(want):], want) {
		t.Errorf("the order of sheets is %v", tabs)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Error("the first sheet is not the active one")
	}
	names := map[string]bool{}
	for _, tab := range tabs {
		if len([]rune(tab)) > maxSheetName || strings.ContainsAny(tab, `[]:*?/\`) {
			t.Errorf("Excel refuses the sheet name %q", tab)
		}
		tables, err := f.GetTables(tab)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if names[strings.ToLower(table.Name)] {
				t.Errorf("two tables are named %s", table.Name)
			}
			names[strings.ToLower(table.Name)] = true
			checkHeaders(t, f, tab, table)
		}
	}
	if len(names) != 8 {
		t.Errorf("%d tables, want 8", len(names))
	}
	for _, name := range f.GetDefinedName() {
		tab, _, _ := strings.Cut(name.RefersTo, "!")
		if i, err := f.GetSheetIndex(strings.Trim(tab, "'")); err != nil || i < 0 {
			t.Errorf("the name %s refers to %s", name.Name, name.RefersTo)
		}
	}
	for name, body := range parts(t, path) {
		before := 0
		for _, m := range regexp.MustCompile(`<col [^>]*min="(\d+)"`).FindAllStringSubmatch(body, -1) {
			column, err := strconv.Atoi(m[1])
			if err != nil || column <= before {
				t.Errorf("%s: the width of column %s comes after that of %d", name, m[1], before)
			}
			before = column
		}
		for _, bad := range []string{"xuri", "#REF!", "NaN", "+Inf", "2006-09-16"} {
			if name != "xl/theme/theme1.xml" && strings.Contains(body, bad) {
				t.Errorf("%s holds %s", name, bad)
			}
		}
	}
}

// checkHeaders compares the columns of a table with the cells in its first row.
func checkHeaders(t *testing.T, f *excelize.File, tab string, table excelize.Table) {
	t.Helper()
	first, last, _ := strings.Cut(table.Range, ":")
	c1, r1, err1 := excelize.CellNameToCoordinates(first)
	c2, r2, err2 := excelize.CellNameToCoordinates(last)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(tab)
	if err != nil {
		t.Fatal(err)
	}
	if c1 != 1 || r1 != rowHeader || r2 != len(rows) {
		t.Errorf("%s: the table covers %s, the sheet has %d rows", tab, table.Range, len(rows))
	}
	seen := map[string]bool{}
	for _, header := range rows[r1-1][:c2] {
		if header == "" || seen[strings.ToLower(header)] {
			t.Errorf("%s: the header %q is empty or there twice", tab, header)
		}
		seen[strings.ToLower(header)] = true
	}
}

func TestEverySheetSaysConceptAndLeadsBack(t *testing.T) {
	book := bookOf(t, threeYears().tables()...)
	for _, concept := range []bool{true, false} {
		book.Concept = concept
		f := reopen(t, write(t, book))
		for _, tab := range f.GetSheetList() {
			found, err := f.SearchSheet(tab, "CONCEPT – intern", true)
			if err != nil {
				t.Fatal(err)
			}
			if (len(found) > 0) != concept {
				t.Errorf("%s: concept %v, marked in %v", tab, concept, found)
			}
			if tab == "Samenvatting" {
				continue
			}
			row := rowBack
			if slices.Contains([]string{"Inhoud", "In beeld", "Wijken", "Verantwoording"}, tab) {
				row = rowReading
			}
			if linked, target, err := f.GetCellHyperLink(tab, "A"+strconv.Itoa(row)); err != nil || !linked || target != "'Samenvatting'!A1" {
				t.Errorf("%s: the way back leads to %q (%v)", tab, target, err)
			}
		}
	}
}

func TestDescriptiveTablesClaimNoCause(t *testing.T) {
	for name, body := range parts(t, write(t, bookOf(t, madeUp().tables()...))) {
		if strings.HasPrefix(name, "xl/theme") || name == "xl/styles.xml" {
			continue
		}
		for _, word := range []string{"effect", "ubstitutie"} {
			if strings.Contains(strings.ToLower(body), word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}

func TestTheChartDrawsWhatTheTableShows(t *testing.T) {
	all := parts(t, write(t, bookOf(t, madeUp().tables()...)))
	chart := all["xl/charts/chart1.xml"]
	for _, want := range []string{"'Samenvatting'!$B$", "'Samenvatting'!$C$", "Wmo +117 duizend euro, Zvw −117 duizend euro", "duizend euro, prijzen van 2017"} {
		if !strings.Contains(strings.ReplaceAll(chart, "&#39;", "'"), want) {
			t.Errorf("the chart lacks %q", want)
		}
	}
	if i, j := strings.Index(chart, "<invertIfNegative"), strings.Index(chart, "<dLbls>"); i < 0 || i > j {
		t.Error("invertIfNegative must come before dLbls")
	}
	if !strings.Contains(all["xl/drawings/drawing1.xml"], "Staafdiagram in de pilotwijken") {
		t.Error("the chart has no alt text")
	}
}

// What a reader must know before using a figure stands on the first sheet, in
// cells that are seen: a merged cell shows only its first.
func TestWarningsAreReadOnTheFirstSheet(t *testing.T) {
	book := bookOf(t, madeUp().tables()...)
	book.Warnings = []Warning{{Check: "nieuw", Title: "Let hier goed op", Example: "zvw 2021", Note: "Dit klopt niet."}}
	book.Provisional = []Provisional{{Domain: "zvw", Status: "voorlopig", Years: "2022"}}
	f := reopen(t, write(t, book))
	sheet := f.GetSheetName(0)
	merged, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"! Let hier goed op: zvw 2021. Dit klopt niet.", "Zvw is voorlopig over 2022.", Headline(book)} {
		seen := false
		for y, row := range rows {
			for x, text := range row {
				at, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					t.Fatal(err)
				}
				seen = seen || strings.Contains(text, want) && !covered(t, merged, at)
			}
		}
		if !seen {
			t.Errorf("%q is nowhere to be seen on the first sheet", want)
		}
	}
}

// covered tells whether a cell lies under a merged one, behind its first cell.
func covered(t *testing.T, merged []excelize.MergeCell, at string) bool {
	t.Helper()
	x, y, err := excelize.CellNameToCoordinates(at)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range merged {
		x1, y1, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		x2, y2, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if x >= x1 && x <= x2 && y >= y1 && y <= y2 && (x != x1 || y != y1) {
			return true
		}
	}
	return false
}
