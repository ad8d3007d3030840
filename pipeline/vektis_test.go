package pipeline_test

import (
	"bytes"
	"context"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"ontschot/pipeline"
)

// vektisChecks are what the seven open files say of the six municipalities of
// Maastricht-Heuvelland. Bron: Vektis, open databestand Zorgverzekeringswet
// 2015-2021: all cost types in millions of euros, the share of medical-specialist
// care in per cent, and insured years.
var vektisChecks = []struct {
	year                   string
	millions, share, years float64
}{
	{"2015", 525.8, 50.0, 192350},
	{"2016", 559.4, 51.7, 191983},
	{"2017", 558.2, 51.4, 191344},
	{"2018", 578.3, 50.3, 191735},
	{"2019", 591.4, 49.7, 190761},
	{"2020", 586.7, 49.1, 190407},
	{"2021", 612.9, 52.0, 189920},
}

var heuvelland = []string{"GM0935", "GM0938", "GM0981", "GM0994", "GM1729", "GM1903"}

// TestVektisOpenData runs the night on the real open data, as the configuration
// in testdata/vektis reads them.
func TestVektisOpenData(t *testing.T) {
	t.Parallel()
	files, err := filepath.Abs("../../shared/vektis")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := filepath.Glob(filepath.Join(files, "vektis_*_gemeente.csv")); err != nil || len(found) != 7 {
		t.Skip("the open data of Vektis are not here: put the seven files vektis_2015..2021_gemeente.csv in ../shared/vektis beside the project")
	}
	config := vektisConfig(t, t.TempDir(), files)
	env := pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "test"}
	night, err := pipeline.Run(context.Background(), config, env)
	if err != nil {
		t.Fatal(err)
	}
	if night.Quarantined() != 0 || len(night.Loaded) != 7 || len(night.Workbooks) != 2 {
		t.Errorf("%d files loaded, %d lines in quarantine, %d workbooks; want 7, 0 and 2", len(night.Loaded), night.Quarantined(), len(night.Workbooks))
	}
	domains := answer(t, config, env, "kosten_per_domein")
	types := answer(t, config, env, "kosten_per_zorgsoort")
	for _, want := range vektisChecks {
		var total, specialist, years float64
		for _, r := range domains {
			if r["gebied"] == "regio" && r["jaar"] == want.year {
				total, years = number(t, r["bedrag"]), number(t, r["verzekerdejaren"])
			}
		}
		for _, r := range types {
			if r["gebied"] == "regio" && r["jaar"] == want.year && r["zorgsoort"] == "medisch_specialistisch" {
				specialist = number(t, r["bedrag"])
			}
		}
		if math.Abs(total/1e6-want.millions) > 0.05 || math.Abs(100*specialist/total-want.share) > 0.05 || math.Abs(years-want.years) > 0.6 {
			t.Errorf("%s: %.1f million, %.1f%% specialist, %.0f insured years; want %.1f, %.1f, %.0f",
				want.year, total/1e6, 100*specialist/total, years, want.millions, want.share, want.years)
		}
	}
	shifts := answer(t, config, env, "verschuiving_lijn")
	for _, area := range append(heuvelland, "regio") {
		var rows int
		var sum float64
		for _, r := range shifts {
			if r["gebied"] == area && r["jaar"] == "2021" {
				rows++
				sum += number(t, r["verschuiving"])
			}
		}
		if rows < 3 || math.Abs(sum) > 1e-6 {
			t.Errorf("%s: %d lijnen in 2021 whose shifts add up to %.2f; want at least 3 and 0.00", area, rows, sum)
		}
	}
	vektisBenchmark(t, answer(t, config, env, "benchmark"))
	for _, r := range answer(t, config, env, "stapeling_personen") {
		t.Fatalf("stacking needs data per person, but there is a row %v", r)
	}
}

// vektisRatios are what somebody else made of the open file of 2023 for Maastricht: actual over expected at the
// national costs per age and sex (github.com/mahdidadgar-data/dutch-healthcare-cost-benchmark-vektis-2023, README).
// Their types add up columns of the file: all mental health care, the GP with chain care, all paramedical care.
var vektisRatios = []struct {
	what  string
	types []string
	ratio float64
}{
	{"medical-specialist care", []string{"medisch_specialistisch"}, 1.08},
	{"mental health care", []string{"basis_ggz", "ggz_specialistisch", "ggz_langdurig", "ggz_overig"}, 1.43},
	{"the GP", []string{"huisarts", "ketenzorg"}, 1.12},
	{"paramedical care", []string{"fysiotherapie", "paramedisch_overig"}, 1.78},
}

// vektisBenchmark holds the newest year here, 2021, to theirs: two years apart a ratio moves by some hundredths.
func vektisBenchmark(t *testing.T, rows []map[string]string) {
	t.Helper()
	for _, want := range vektisRatios {
		var actual, expected float64
		for _, r := range rows {
			if r["jaar"] == "2021" && r["gebied"] == "GM0935" && slices.Contains(want.types, r["zorgsoort"]) {
				actual, expected = actual+number(t, r["werkelijk"]), expected+number(t, r["verwacht"])
			}
		}
		if ratio := actual / expected; math.IsNaN(ratio) || math.Abs(ratio-want.ratio) > 0.03 {
			t.Errorf("%s in Maastricht: %.3f of what is expected in 2021; %.2f in 2023", want.what, ratio, want.ratio)
		}
	}
}

// answer gives the rows of a query by column.
func answer(t *testing.T, c *pipeline.Config, env pipeline.Env, query string) []map[string]string {
	t.Helper()
	var out bytes.Buffer
	if _, err := pipeline.Ask(context.Background(), c, env, pipeline.Asked{Name: query, Format: "csv"}, &out); err != nil {
		t.Fatal(err)
	}
	return recordsOf(t, out.Bytes())
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatalf("%q is no number", s)
	}
	return v
}
