package report

import (
	"errors"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// changedBook is the book of a region of which a release printed something else: one number more or less in every seventh.
func changedBook(t *testing.T) (b Book, changed int) {
	t.Helper()
	tables := madeUp().tables()
	b = bookOf(t, tables...)
	printed := disclosure.Printed{}
	n := 0
	for _, table := range b.Released.Tables() {
		for i, row := range table.Rows {
			was := map[string]int64{}
			for j, c := range table.Columns {
				if c.Key || c.Type == disclosure.Text || row[j].State != disclosure.Shown {
					continue
				}
				if n++; n%7 == 0 {
					was[c.Name] = row[j].Unscaled - 1
					changed++
				} else {
					was[c.Name] = row[j].Unscaled
				}
			}
			printed[disclosure.RowKey{Table: table.Name, Key: table.KeyOf(i)}] = was
		}
	}
	released, err := disclosure.Protect(tables, disclosure.Policy{Threshold: 10, Recipients: []disclosure.Recipient{{OwnDomains: b.OwnDomains, Printed: printed}}})
	if err != nil {
		t.Fatal(err)
	}
	b.Released, b.Since = released[0], "2024-03-09"
	return b, changed
}

func judged(t *testing.T, path string, b Book) error {
	t.Helper()
	account, err := Account(b)
	if err != nil {
		t.Fatal(err)
	}
	gate := disclosure.NewGate(b.Released, account)
	if err := ReadBack(path, gate.See); err != nil {
		return err
	}
	return gate.Close()
}

// TestTheSheetOfChangesListsThem: every changed number once, in the format of its own sheet, and the gate knows each.
func TestTheSheetOfChangesListsThem(t *testing.T) {
	b, changed := changedBook(t)
	path := write(t, b)
	if err := judged(t, path, b); err != nil {
		t.Error(err)
	}
	f := reopen(t, path)
	tab := dutchChanges.Sheet.Tab
	rows, err := f.GetRows(tab, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(rows) - rowHeader; got != changed || changed < 1000 {
		t.Errorf("%d rows of %d changes", got, changed)
	}
	if want := "zijn er " + dutch.number(float64(changed), 0) + " veranderd"; !strings.Contains(rows[rowFinding-1][0], want) || !strings.Contains(rows[rowFinding-1][0], "9 maart 2024") {
		t.Errorf("the sentence is %q", rows[rowFinding-1][0])
	}
	if want := []string{"Blad", "Wat", "Soort gebied", "Gebied", "Gebiedscode", "Periode", "Uitgesplitst naar", "Cijfer", "Vorige vrijgave", "Nu", "Verschil"}; !slices.Equal(rows[rowHeader-1], want) {
		t.Errorf("the headers are %q", rows[rowHeader-1])
	}
	formats := map[string]bool{}
	for n := rowHeader + 1; n <= len(rows); n++ {
		if rows[n-1][1] != "gewijzigd" || rows[n-1][8] == rows[n-1][9] {
			t.Fatalf("row %d is %q", n, rows[n-1])
		}
		style, err := f.GetCellStyle(tab, "J"+strconv.Itoa(n))
		if err != nil {
			t.Fatal(err)
		}
		look, err := f.GetStyle(style)
		if err != nil {
			t.Fatal(err)
		}
		formats[*look.CustomNumFmt] = true
	}
	for _, f := range []format{formatCount, formatEuro, formatPercent} {
		if !formats[numFmt[f]] {
			t.Errorf("no change has the format %q", numFmt[f])
		}
	}
}

// TestTheGateKnowsTheChanges changes a number on the sheet of changes after it was written.
func TestTheGateKnowsTheChanges(t *testing.T) {
	b, _ := changedBook(t)
	path := write(t, b)
	f := reopen(t, path)
	for _, cell := range []string{"I8", "J9", "K10"} {
		before, err := f.GetCellValue(dutchChanges.Sheet.Tab, cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		other := filepath.Join(t.TempDir(), "anders.xlsx")
		if err := errors.Join(f.SetCellValue(dutchChanges.Sheet.Tab, cell, 12345.5), f.SaveAs(other)); err != nil {
			t.Fatal(err)
		}
		if err := judged(t, other, b); err == nil || !strings.Contains(err.Error(), dutchChanges.Sheet.Tab+", "+cell) {
			t.Errorf("%s: the gate says %v", cell, err)
		}
		value, err := strconv.ParseFloat(before, 64)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue(dutchChanges.Sheet.Tab, cell, value); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheSheetOfChangesSaysWhenThereIsNothing(t *testing.T) {
	never := bookOf(t, madeUp().tables()...)
	f := reopen(t, write(t, never))
	for cell, want := range map[string]string{"A" + strconv.Itoa(rowFinding): dutchChanges.Never, "A" + strconv.Itoa(rowHeader+1): "Geen cijfers: er is nog niets vrijgegeven."} {
		if got, err := f.GetCellValue(dutchChanges.Sheet.Tab, cell); err != nil || got != want {
			t.Errorf("%s is %q (%v)", cell, got, err)
		}
	}
	w := &workbook{texts: &dutch, book: Book{Since: "2024-03-09"}}
	got, err := w.changesSentence(disclosure.Changes{Since: true, Before: 12_345, Same: 12_345})
	if want := "Geen van de 12.345 cijfers in de vrijgave van 9 maart 2024 is veranderd."; err != nil || got != want {
		t.Errorf("%q (%v), want %q", got, err, want)
	}
}

// TestBothLanguagesFillTheSame: a text and its translation have the same parts to fill in.
func TestBothLanguagesFillTheSame(t *testing.T) {
	parts := regexp.MustCompile(`\{\w+\}`)
	var texts func(v reflect.Value) []string
	texts = func(v reflect.Value) (out []string) {
		switch v.Kind() {
		case reflect.String:
			named := parts.FindAllString(v.String(), -1)
			slices.Sort(named)
			out = append(out, strings.Join(named, " ")+map[bool]string{true: "empty"}[v.String() == ""])
		case reflect.Struct:
			for _, field := range v.Fields() {
				out = append(out, texts(field)...)
			}
		case reflect.Map:
			for _, k := range []string{disclosure.HowChanged, disclosure.HowNew, disclosure.HowGone} {
				out = append(out, texts(v.MapIndex(reflect.ValueOf(k)))...)
			}
		default:
		}
		return out
	}
	if nl, en := texts(reflect.ValueOf(dutchChanges)), texts(reflect.ValueOf(englishChanges)); !slices.Equal(nl, en) {
		t.Errorf("Dutch %q\nEnglish %q", nl, en)
	}
}
