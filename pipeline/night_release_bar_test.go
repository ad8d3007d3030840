package pipeline_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline"
	"ontschot/pipeline/analysis"
)

// releaseFigures gives every true figure of every row: table and key, column, value.
func releaseFigures(t testing.TB, r nightRegion) map[[2]string]map[string]string {
	t.Helper()
	catalogue, err := pipeline.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	figures := map[[2]string]map[string]string{}
	for _, q := range catalogue.Of(analysis.Indicator) {
		lines := strings.Split(strings.TrimSpace(string(r.ask(t, q.Name, "csv"))), "\n")
		columns := strings.Split(lines[0], ";")
		for _, line := range lines[1:] {
			row, keys := map[string]string{}, []string(nil)
			for i, cell := range strings.Split(line, ";") {
				row[columns[i]] = cell
				if slices.Contains(q.Keys, columns[i]) {
					keys = append(keys, cell)
				}
			}
			figures[[2]string{q.Name, strings.Join(keys, "|")}] = row
		}
	}
	return figures
}

// elsewhere are the figures that follow from more than the persons of their own row, so that they may differ where nobody
// in the row changed: shares and differences, which are made again from released cells, and standardised figures. A
// status is a word.
var elsewhere = []string{
	"aandeel", "groei", "verschuiving", "delta", "per_", "gestandaardiseerd", "verhouding", "status", "verwacht", "grens", "bedrag_peil",
	"bedrag_jaar_eerder", "eenheid", "personen_basis",
}

// compareFigures looks for a row that is said to be unchanged while a figure of its own differs.
func compareFigures(t *testing.T, counts map[[2]string]int64, before, now map[[2]string]map[string]string) {
	t.Helper()
	differ, wrong := 0, 0
	for row, n := range counts {
		for _, column := range slices.Sorted(maps.Keys(before[row])) {
			if before[row][column] == now[row][column] || row[0] == "kosten_buiten_declaraties" {
				continue
			}
			differ++
			if slices.ContainsFunc(elsewhere, func(e string) bool { return strings.HasPrefix(column, e) }) {
				continue
			}
			if strings.HasPrefix(row[0], "stapeling") && column == "verzekerdejaren" {
				continue // of the whole area, and never published there: what is made of it is printed as it was
			}
			if row[0] == "stroom_personen" && fewCents(before[row][column], now[row][column]) {
				continue // what is new or gone takes the rounding of the flows beside it
			}
			if n == 0 && wrong < 40 {
				wrong++
				t.Errorf("%s %s: %s differs and nobody is said to have changed", row[0], row[1], column)
			}
		}
	}
	t.Logf("%d figures of published rows differ", differ)
}

// fewCents tells whether two amounts are the same but for rounding.
func fewCents(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) < 0.05
}

// TestOneLateClaimChangesNoFigureUnseen is the bar of a release: two nights that differ by one late claim of one person, and
// a release in between. Every published row of which a figure differs is counted, as changed by that one person.
func TestOneLateClaimChangesNoFigureUnseen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightSynthetic(t, dir, 2000, 2016, 2018, 12)
	region := nightRun(t, dir)
	before := releaseFigures(t, region)
	nightRelease(t, region)
	lateClaims(t, region, rand.New(rand.NewPCG(2, 3)), 0, 1)
	now := nightRun(t, dir)
	counts := nightChanges(t, now)
	compareFigures(t, counts, before, releaseFigures(t, now))
	perCount := map[int64]int{}
	for row, n := range counts {
		perCount[n]++
		if n > 1 {
			t.Errorf("%s %s: %d persons changed, and there was one", row[0], row[1], n)
		}
	}
	if perCount[1] < 20 {
		t.Errorf("only %d rows changed", perCount[1])
	}
	t.Log("rows per number of changed persons:", fmt.Sprint(perCount))
}

// TestErasedPersonsCountAsChanged erases persons after a release: nothing of them is left in the snapshots, and a row that
// they had a part in counts them, also when others change afterwards.
func TestErasedPersonsCountAsChanged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightSynthetic(t, dir, 400, 2016, 2018, 13)
	region := nightRun(t, dir)
	before := releaseOracle(t, region)
	nightRelease(t, region)
	var persons []string
	for i, p := range nightRows(t, region, "SELECT pseudoniem FROM opslag.persoon ORDER BY pseudoniem") {
		if i%97 == 3 {
			persons = append(persons, p[0])
		}
	}
	hashes := "SELECT md5_number_lower(pseudoniem) FROM opslag.persoon WHERE pseudoniem IN ('" + strings.Join(persons, "','") + "')"
	var gone []string
	for _, h := range nightRows(t, region, hashes) {
		gone = append(gone, h[0])
	}
	nightErase(t, region, persons...)
	for _, table := range []string{"som", "kosten", "bewoning", "persoonstand", "wending", "contact"} {
		left := nightRows(t, region, "SELECT count(*) FROM vrijgave."+table+" WHERE persoon NOT IN (SELECT persoon FROM opslag.persoon)")
		if left[0][0] != "0" {
			t.Errorf("vrijgave.%s has %s rows of nobody", table, left[0][0])
		}
	}
	for _, table := range []string{"huishouden", "bewoning"} {
		left := nightRows(t, region, "SELECT count(*) FROM vrijgave."+table+" WHERE huishouden IN ("+strings.Join(gone, ",")+")")
		if left[0][0] != "0" {
			t.Errorf("vrijgave.%s has %s rows with the hash of an erased pseudonym", table, left[0][0])
		}
	}
	if _, err := pipeline.Release(t.Context(), region.config, nightEnv(), ""); err != nil {
		t.Errorf("releasing a run that was released before: %v", err)
	}
	after := nightRun(t, dir)
	compareChanges(t, nightChanges(t, after), before.changed(releaseOracle(t, after)))

	lateClaims(t, after, rand.New(rand.NewPCG(4, 5)), 1, 12)
	last := nightRun(t, dir)
	compareChanges(t, nightChanges(t, last), before.changed(releaseOracle(t, last)))
}
