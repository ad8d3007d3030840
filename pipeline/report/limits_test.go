package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

func TestAnEmptyTableSaysWhy(t *testing.T) {
	tables := madeUp().tables()
	tables[5].Rows, tables[5].Empty = nil, "Voor stapeling zijn gegevens per persoon nodig."
	tables = append(tables, disclosure.Table{Name: "iets_nieuws_met_een_heel_erg_lange_naam", Columns: []disclosure.Column{yearKey()}})
	f := reopen(t, write(t, bookOf(t, tables...)))
	for tab, want := range map[string]string{
		"Stapeling":                       "Geen cijfers: Voor stapeling zijn gegevens per persoon nodig.",
		"Iets nieuws met een heel erg la": "Geen cijfers: " + dutch.EmptyNoReason,
	} {
		if got, err := f.GetCellValue(tab, "A"+strconv.Itoa(rowHeader+1)); err != nil || got != want {
			t.Errorf("%s: %q (%v), want %q", tab, got, err, want)
		}
	}
}

func TestATableThatNobodyKnowsGetsASheet(t *testing.T) {
	t1 := disclosure.Table{Name: "nieuw", Columns: []disclosure.Column{yearKey(), key("gebied"), key("fase"), count("personen"), ratio("kans_x"), {Name: "noot"}},
		Thresholds: []disclosure.Threshold{{Count: "personen"}},
		Rows:       [][]disclosure.Value{{num(2020), word("regio"), word("a\x01b"), num(12), num(-1_500_000), word("=1+1")}}}
	t2 := t1
	t2.Name = "Nieuw"
	f := reopen(t, write(t, bookOf(t, t1, t2)))
	rows, err := f.GetRows("Nieuw", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(rows[rowHeader]), "[Regio Hele regio regio 2020 ab 12 -1.5 =1+1]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if i, err := f.GetSheetIndex("Nieuw 2"); err != nil || i < 0 {
		t.Errorf("the second table has no sheet of its own: %v", f.GetSheetList())
	}
}

func TestWhatExcelCannotHoldIsRefused(t *testing.T) {
	twice := disclosure.Table{Name: "dubbel", Columns: []disclosure.Column{key("naam"), key("NAAM")}, Rows: [][]disclosure.Value{{word("a"), word("b")}}}
	huge := disclosure.Table{Name: "groot", Columns: []disclosure.Column{key("naam"), count("personen")}, Thresholds: []disclosure.Threshold{{Count: "personen"}},
		Rows: [][]disclosure.Value{{word("a"), num(1 << 53)}}}
	undated := bookOf(t)
	undated.Stand = "gisteren"
	for name, c := range map[string]struct {
		book Book
		want error
	}{
		"a header twice":          {bookOf(t, twice), ErrHeader},
		"too many digits":         {bookOf(t, huge), ErrNumber},
		"a stand that is no date": {undated, nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "boek.xlsx")
			if err := os.WriteFile(path, []byte("gisteren"), 0o600); err != nil {
				t.Fatal(err)
			}
			err := Write(path, c.book)
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if kept, _ := os.ReadFile(path); string(kept) != "gisteren" {
				t.Error("the former workbook is gone")
			}
			if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
				t.Errorf("%d files are left", len(left))
			}
		})
	}
}

func TestALongTableStreams(t *testing.T) {
	long := disclosure.Table{Name: "kosten_per_zorgsoort", Columns: []disclosure.Column{yearKey(), key("gebied"), key("domein"), key("zorgsoort"), count("gebruikers"), euros("bedrag"), euros("bedrag_reeel")},
		Thresholds: []disclosure.Threshold{{Count: "gebruikers"}}}
	for i := range int64(50_000) {
		long.Rows = append(long.Rows, []disclosure.Value{num(2015 + i%9), word(fmt.Sprintf("BU%08d", i/40)), word("zvw"), word(fmt.Sprintf("soort_%d", i%40)), num(20), num(i * 101), num(i * 99)})
	}
	started := time.Now()
	path := write(t, bookOf(t, long))
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("50,000 rows took %v", took)
	}
	if !strings.Contains(parts(t, path)["xl/worksheets/sheet5.xml"], `<row r="50007"`) {
		t.Error("the last row is missing")
	}
}
