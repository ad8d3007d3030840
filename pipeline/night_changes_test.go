package pipeline_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// changed is a number that stands otherwise on a sheet than it did in a release, both as the cells hold them.
type changed struct{ tab, before, now string }

// changesBetween lays two workbooks side by side, number by number.
func changesBetween(before, now attackBook) (changes map[changed]int, gone, fresh int) {
	changes = map[changed]int{}
	for name, sheet := range now {
		for key, row := range sheet.rows {
			for column, text := range row {
				_, isNumber := attackNumber(text)
				was, wasNumber := attackNumber(before[name].rows[key][column])
				switch is, _ := attackNumber(text); {
				case isKey(name, column):
				case isNumber && wasNumber && is != was:
					changes[changed{sheet.tab, before[name].rows[key][column], text}]++
				case isNumber && !wasNumber:
					fresh++
				case wasNumber && !isNumber:
					gone++
				}
			}
		}
		for key, row := range before[name].rows {
			for column, text := range row {
				if _, isNumber := attackNumber(text); isNumber && !isKey(name, column) && sheet.rows[key] == nil {
					gone++
				}
			}
		}
	}
	return changes, gone, fresh
}

func isKey(table, column string) bool { return slices.Contains(attackKeys[table], column) }

// listedChanges reads what the sheet says.
func listedChanges(t *testing.T, path string) (changes map[changed]int, sentence string) {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // only read
	rows, err := f.GetRows("Wat is er veranderd")
	if err != nil {
		t.Fatal(err)
	}
	changes = map[changed]int{}
	for _, row := range rows {
		if len(row) == 11 && row[1] == "gewijzigd" {
			changes[changed{row[0], row[8], row[9]}]++
		}
	}
	return changes, rows[2][0]
}

// TestWhatChangedSinceTheRelease: after late claims of many persons the sheet of each recipient lists exactly the numbers that
// differ between the workbook that was released to that recipient and the one of tonight.
func TestWhatChangedSinceTheRelease(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightSynthetic(t, dir, 900, 2016, 2018, 11)
	region := nightRun(t, dir)
	release := nightRelease(t, region)
	quiet := nightRun(t, dir)
	for _, path := range quiet.night.Workbooks {
		if changes, sentence := listedChanges(t, path); len(changes) > 0 || !strings.HasPrefix(sentence, "Geen van de ") {
			t.Errorf("%s: a night without news lists %d changes and says %q", filepath.Base(path), len(changes), sentence)
		}
	}
	lateClaims(t, region, rand.New(rand.NewPCG(4, 5)), 1, 300)
	after := nightRun(t, dir)
	words := attackDictionary(t, attackTruth(t, after))
	for i, path := range after.night.Workbooks {
		want, gone, fresh := changesBetween(attackReadBook(t, release.Workbooks[i], words), attackReadBook(t, path, words))
		got, sentence := listedChanges(t, path)
		if !maps.Equal(got, want) {
			t.Errorf("%s: the sheet lists %d changes, the workbooks have %d", filepath.Base(path), len(got), len(want))
		}
		if len(want) < 20 {
			t.Errorf("%s: only %d changes, nothing was compared", filepath.Base(path), len(want))
		}
		if !strings.Contains(sentence, fmt.Sprintf(" en %d niet meer getoond; ", gone)) || !strings.HasSuffix(sentence, fmt.Sprintf(" en %d zijn nieuw.", fresh)) {
			t.Errorf("%s: %d numbers are gone and %d new, the sheet says %q", filepath.Base(path), gone, fresh, sentence)
		}
	}
}
