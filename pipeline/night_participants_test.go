package pipeline_test

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"ontschot/pipeline"
)

// nightProjects has all claims, and enough persons for participants of every project.
var nightProjects = nightShared{make: func(t testing.TB, dir string) { nightSynthetic(t, dir, 24_000, 2016, 2019, 5) }}

// aboutParticipants is a query on what the night estimated.
func aboutParticipants(t testing.TB) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "deelnemers.sql")
	if err := os.WriteFile(file, []byte("SELECT * FROM model.deelnemer_schatting ORDER BY project, indeling, uitkomst, periode"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// participants asks for it, on the data of now or of an earlier run.
func (r nightRegion) participants(t testing.TB, asOf string) []byte {
	t.Helper()
	return r.asked(t, pipeline.Asked{Name: aboutParticipants(t), Format: "csv", AsOf: asOf})
}

// planted is what a project took away after the start, in euros a year of its participants, per law.
func (truth nightTruth) planted(t testing.TB, project string) map[string]float64 {
	t.Helper()
	effect, days := map[string]float64{}, 0
	for _, quarter := range truth.Participants {
		if quarter.Project != project || quarter.K < 1 {
			continue
		}
		days += quarter.Days
		for _, a := range quarter.Amounts {
			effect[a.Domain] += float64(nightCents(t, a.Delivered)-nightCents(t, a.Without)) / 100
		}
	}
	if days == 0 {
		t.Fatalf("waarheid.json has no participants of %s", project)
	}
	for law := range effect {
		effect[law] *= 365 / float64(days)
	}
	return effect
}

// TestParticipantsOfANight compares the estimates with what the region planted: where arrangements end early the Wmo falls
// by about as much, and at a peak of costs before and after show a fall of thousands where this table shows none.
func TestParticipantsOfANight(t *testing.T) {
	t.Parallel()
	nightLargeOnly(t)
	region := nightProjects.get(t)
	truth, answer := region.truth(t), region.participants(t, "")
	after, laws := map[string]map[string]string{}, map[string]int{}
	for _, row := range recordsOf(t, answer) {
		if row["periode"] == "na" {
			after[row["project"]+" "+row["uitkomst"]] = row
		}
		switch row["indeling"] {
		case "domein":
			laws[row["project"]+row["periode"]] += int(nightCents(t, row["effect"]))
		case "alles":
			if row["periode"] == "na" || row["periode"] == "voor" {
				laws[row["project"]+row["periode"]] -= int(nightCents(t, row["effect"]))
			}
		}
	}
	if len(laws) != 8 {
		t.Errorf("%d projects and periods, want 8", len(laws))
	}
	for at, cents := range laws {
		if cents != 0 {
			t.Errorf("%s: the laws are %d cents from the total", at, cents)
		}
	}
	together, participants := 0.0, 0.0
	for _, project := range []string{"samen_in_de_wijk", "een_plan"} {
		row, planted := after[project+" wmo"], truth.planted(t, project)["wmo"]
		effect, se, n := nightNumber(t, row["effect"]), nightNumber(t, row["se"]), nightNumber(t, row["n_deelnemers"])
		t.Logf("%s: Wmo %.0f (%s to %s), planted %.0f", project, effect, row["ci_laag"], row["ci_hoog"], planted)
		if planted > -100 || math.Abs(effect-planted) > 4*se {
			t.Errorf("%s: the Wmo fell by %.0f with an error of %.0f, planted is %.0f", project, effect, se, planted)
		}
		together, participants = together+n*effect, participants+n
	}
	if together/participants > -200 {
		t.Errorf("the Wmo of %.0f participants whom it helps changed by %.0f a year", participants, together/participants)
	}
	peak := after["rust_na_opname zvw"]
	t.Logf("rust_na_opname: Zvw %s (%s to %s), before and after %s, p of the year before %s: %s", peak["effect"], peak["ci_laag"], peak["ci_hoog"],
		peak["effect_ongekoppeld"], peak["aanhoudtoets_p"], peak["oordeel"])
	if planted := truth.planted(t, "rust_na_opname")["zvw"]; planted != 0 {
		t.Errorf("rust_na_opname takes %.0f of the Zvw, it should do nothing", planted)
	}
	if nightNumber(t, peak["effect_ongekoppeld"]) > -3000 || nightNumber(t, peak["ci_hoog"]) < 0 || peak["oordeel"] != "niet vast te stellen" {
		t.Errorf("of a project at a peak it says %v", peak)
	}
	if again := region.participants(t, region.night.Run); !bytes.Equal(again, answer) {
		t.Error("as of the run itself the effects on participants are others")
	}
}

func nightNumber(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestNobodyTakesPart holds for a region without deliveries of deelname: the table is there, empty, with its lineage.
func TestNobodyTakesPart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	if rows := recordsOf(t, region.participants(t, "")); len(rows) != 0 {
		t.Errorf("%d rows of nobody", len(rows))
	}
	told, err := pipeline.Explain(context.Background(), region.config, nightEnv(), aboutParticipants(t))
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]int{}
	for i, q := range told.Queries {
		made[q.Table] = i + 1
	}
	if made["model.risicogroep"] == 0 || made["model.deelnemer_schatting"] <= made["model.risicogroep"] {
		t.Errorf("the lineage of the estimates is %v", told.Queries)
	}
}
