package pipeline_test

import (
	"bytes"
	"testing"

	"ontschot/pipeline"
)

// neighbourhoods asks for the effect in the pilot neighbourhoods, on the data of now or of an earlier run.
func (r nightRegion) neighbourhoods(t testing.TB, asOf string) []byte {
	t.Helper()
	return r.asked(t, pipeline.Asked{Name: "wijk_effect", Format: "csv", AsOf: asOf})
}

// TestNeighbourhoodsOfANight holds what was planted to be found where chance does not hide it: care that moves from the
// hospitals to the echelon between. The laws, and the echelons, add up to the total.
func TestNeighbourhoodsOfANight(t *testing.T) {
	t.Parallel()
	nightLargeOnly(t)
	for name, shared := range map[string]*nightShared{"large": &nightLarge, "wide": &nightWide} {
		t.Run(name, func(t *testing.T) {
			region := shared.get(t)
			answer := region.neighbourhoods(t, "")
			sums := map[string]map[string]int64{"alles": {}, "domein": {}, "lijn": {}}
			for _, row := range recordsOf(t, answer) {
				sums[row["indeling"]][row["periode"]] += nightCents(t, row["effect"])
				if row["n_pilot"] != "4" || row["n_vergelijking"] == "0" || row["p_randomisatie"] == "" && row["reden"] == "" {
					t.Errorf("%s: %v", name, row)
				}
				if row["periode"] != "na" {
					continue
				}
				t.Logf("%s: %s %s (%s to %s), p %s: %s %s", name, row["uitkomst"], row["effect"], row["ci_laag"], row["ci_hoog"], row["p_randomisatie"],
					row["oordeel"], row["reden"])
				if wrong := map[string]string{"lijn 1.5": "daling", "lijn 2": "stijging"}[row["uitkomst"]]; wrong != "" && row["oordeel"] == wrong {
					t.Errorf("%s: %s is said to show a %s", name, row["uitkomst"], wrong)
				}
				if row["uitkomst"] == "lijn 1.5" && row["oordeel"] != "stijging" {
					t.Errorf("%s: the care that moved is not found: %v", name, row)
				}
			}
			if len(sums["alles"]) < 4 {
				t.Errorf("%s: periods %v", name, sums["alles"])
			}
			for period, total := range sums["alles"] {
				if sums["domein"][period] != total || sums["lijn"][period] != total {
					t.Errorf("%s, %s: %d cents in total, %d of the laws, %d of the echelons", name, period, total, sums["domein"][period], sums["lijn"][period])
				}
			}
			if again := region.neighbourhoods(t, region.night.Run); !bytes.Equal(again, answer) {
				t.Errorf("%s: as of the run itself the effects in neighbourhoods are others", name)
			}
		})
	}
}

// TestNoNeighbourhoodsToCompare holds for a region too small for it: the table is there, empty.
func TestNoNeighbourhoodsToCompare(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	if rows := recordsOf(t, nightRun(t, dir).neighbourhoods(t, "")); len(rows) != 0 {
		t.Errorf("%d rows of a handful of persons", len(rows))
	}
}
