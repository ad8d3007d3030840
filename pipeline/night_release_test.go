package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline"
	"ontschot/pipeline/warehouse"
)

// nightRelease releases the last run of a region.
func nightRelease(t testing.TB, r nightRegion) *pipeline.Night {
	t.Helper()
	night, err := pipeline.Release(context.Background(), r.config, nightEnv(), "")
	if err != nil {
		t.Fatalf("the release failed: %v", err)
	}
	return night
}

// nightChanges counts, for every published row of the tables that are counted exactly, who changed since the first release.
func nightChanges(t testing.TB, r nightRegion) (counts map[[2]string]int64) {
	t.Helper()
	published := nightRows(t, r, "SELECT DISTINCT tabel, sleutel FROM vrijgave.cel")
	w, err := warehouse.OpenNight(context.Background(), r.dir, warehouse.Options{}) // a copy that is thrown away
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	changes, err := w.ChangedPersons(context.Background(), r.config.Regio.Basisjaar, r.config.Onthulling.Drempel)
	if err != nil {
		t.Fatal(err)
	}
	counts = map[[2]string]int64{}
	for _, p := range published {
		counts[[2]string{p[0], p[1]}] = changes.Of(1, p[0], p[1])
	}
	return counts
}

// releaseExact are the tables of which the oracle knows every contribution.
var releaseExact = []string{
	"kerncijfers_gebied", "kosten_per_domein", "kosten_per_zorgsoort", "verschuiving_domein", "verschuiving_lijn", "specialistische_zorg",
	"kosten_per_kwartaal", "volledigheid", "stapeling_personen", "stapeling_huishoudens", "arrangementen", "overgangen", "stroom_personen", "benchmark",
}

// estimated names what the estimate in a row rests on: all months of a kind of care, or of a law.
func estimated(row [2]string) [2]string {
	last := strings.LastIndex(row[1], "|")
	switch row[0] {
	case "volledigheid":
		return [2]string{"driehoek", row[1][:last]}
	case "kosten_per_kwartaal":
		return [2]string{"driehoek", row[1][last+1:]}
	default:
		return row
	}
}

// compareChanges lays the counts beside those of the oracle.
func compareChanges(t *testing.T, counts, want map[[2]string]int64) {
	t.Helper()
	compared, wrong := map[string]int{}, 0
	for row, got := range counts {
		exact := slices.Contains(releaseExact, row[0]) || row[0] == "aansluiting" && strings.HasSuffix(row[1], "|gemodelleerd")
		if !exact {
			continue
		}
		expected := want[row]
		if rests := estimated(row); want[rests] > 0 && (expected == 0 || want[rests] < expected) {
			expected = want[rests]
		}
		if expected > 0 {
			compared[row[0]]++
		}
		if got != expected && wrong < 40 {
			wrong++
			t.Errorf("%s %s: %d persons changed, the oracle says %d", row[0], row[1], got, expected)
		}
	}
	t.Logf("rows that changed: %v", compared)
	for _, table := range releaseExact {
		if compared[table] == 0 {
			t.Logf("no row of %s changed: nothing was compared", table)
		}
	}
}

// lateClaims writes a delivery of late claims of some persons, and for half of them a change of where they live.
func lateClaims(t testing.TB, r nightRegion, random *rand.Rand, round, persons int) {
	t.Helper()
	var b strings.Builder
	b.WriteString("domein;regel_id;vorige_regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;productcategorie;aanbiedersoort;specialisme;zorgproduct;verwijzer;begindatum;einddatum;declaratiedatum;volume;eenheid;bedrag\n")
	people := nightRows(t, r, "SELECT pseudoniem FROM model.persoonjaar GROUP BY pseudoniem HAVING sum(dagen) > 1000 ORDER BY 1")
	for i := range persons {
		person := people[random.IntN(len(people))][0]
		for j := range 1 + random.IntN(3) {
			year, month := 2016+random.IntN(3), 1+random.IntN(12)
			id := fmt.Sprintf("LAAT%d-%d-%d", round, i, j)
			dates := fmt.Sprintf("%d-%02d-05;%d-%02d-%02d;2018-12-%02d", year, month, year, min(12, month+random.IntN(2)), 6+random.IntN(20), 1+random.IntN(28))
			euro := fmt.Sprintf("%d.%02d", 10+random.IntN(900), random.IntN(100))
			code := []string{
				"wmo;%s;;D;%s;WMO020;02A05;02;9802;;;;%s;2.000;04;%s", "jeugdwet;%s;;D;%s;JZ020;45A48;45;9802;;;;%s;1.000;04;%s",
				"zvw;%s;;D;%s;041;15B999;;0601;0320;099999001;01;%s;1.000;82;%s", "zvw;%s;;D;%s;016;12000;;0101;;;;%s;1.000;82;%s",
			}[random.IntN(4)]
			fmt.Fprintf(&b, code+"\n", id, person, dates, euro)
		}
	}
	path := filepath.Join(r.dir, "aanlevering", "vgz", fmt.Sprintf("declaraties_laat_%d.csv", round))
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// movedPersons delivers the population anew, with some persons at another address or in another household.
func movedPersons(t testing.TB, r nightRegion, random *rand.Rand, persons int) {
	t.Helper()
	path := filepath.Join(r.dir, "aanlevering", "maastricht", "bevolking.csv")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for range persons {
		at := 1 + random.IntN(len(lines)-1)
		from := 1 + random.IntN(len(lines)-1)
		cells, other := strings.Split(lines[at], ";"), strings.Split(lines[from], ";")
		cells[4] = other[4]
		if random.IntN(3) == 0 {
			cells[1] = other[1]
		}
		lines[at] = strings.Join(cells, ";")
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(filepath.Dir(path), "bevolking.manifest.toml")); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
}

// TestChangedPersonsAreCounted makes random changes of 1 to 30 persons after a release: the ledger counts exactly those
// whose contribution to a row differs.
func TestChangedPersonsAreCounted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightSynthetic(t, dir, 400, 2016, 2018, 11)
	region := nightRun(t, dir)
	before, figures := releaseOracle(t, region), releaseFigures(t, region)
	nightRelease(t, region)
	for row, n := range nightChanges(t, region) {
		if n != 0 {
			t.Fatalf("%s %s: %d persons changed without a change", row[0], row[1], n)
		}
	}
	random := rand.New(rand.NewPCG(1, uint64(numberFromEnv(t, "ONTSCHOT_SEED", 5))))
	for round, persons := range []int{1, 1 + random.IntN(9), 10 + random.IntN(20)} {
		lateClaims(t, region, random, round, persons)
		if round > 0 {
			movedPersons(t, region, random, persons/2)
		}
		now := nightRun(t, dir)
		counts := nightChanges(t, now)
		compareChanges(t, counts, before.changed(releaseOracle(t, now)))
		compareFigures(t, counts, figures, releaseFigures(t, now))
	}
}
