package analysis

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
)

// TestMontecarloOfParticipants draws regions, from fixed seeds, and estimates as a night does: of each project and of all. In
// each the laws and the echelons add up to the total to the cent; the intervals hold what was planted in about 95%, and
// where nothing works few verdicts say otherwise.
func TestMontecarloOfParticipants(t *testing.T) {
	regions := 50
	if text := os.Getenv("ONTSCHOT_REGIONS"); text != "" {
		var err error
		if regions, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	for name, kept := range map[string]float64{"nothing works": 1, "a quarter of all care goes": 0.75} {
		t.Run(name, func(t *testing.T) {
			var planted float64
			var totals []participantEffect
			said := 0
			for seed := range regions {
				c := drawn{persons: 400, participants: 80, kept: kept, project: func(i int) string { return strconv.Itoa(i / 40) }}.draw(uint64(seed))
				total, wrongly := estimatedOnce(t, c)
				said += wrongly
				totals = append(totals, total)
				planted += plantedIn(c, kept) / float64(regions)
			}
			covered := 0.0
			for _, total := range totals {
				if float64(total.low.V) <= planted && planted <= float64(total.high.V) {
					covered += 1 / float64(regions)
				}
			}
			margin := 2 * math.Sqrt(0.95*0.05/float64(regions))
			t.Logf("%.3f of %d intervals hold the %.0f cents that were planted; a verdict in %d regions", covered, regions, planted, said)
			if math.Abs(covered-0.95) > 0.02+margin {
				t.Errorf("%.3f of the intervals hold what was planted", covered)
			}
			if kept == 1 && float64(said)/float64(regions) > 0.06+margin {
				t.Errorf("%d of %d regions have an effect of all participants where nothing works", said, regions)
			}
		})
	}
}

// estimatedOnce gives the row of all participants on the total after the start, and 1 if any verdict of all participants
// names a change.
func estimatedOnce(t *testing.T, c *participantCells) (total participantEffect, said int) {
	t.Helper()
	weights, err := c.weigh()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := c.estimateAll(weights)
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]int64{}
	for _, r := range rows {
		at := fmt.Sprint(r.project, " ", r.period)
		switch r.kind {
		case wholeKind:
			left[at+lawKind] += r.effect.V
			left[at+lineKind] += r.effect.V
		default:
			left[at+r.kind] -= r.effect.V
		}
		if r.project == allProjects && r.period == afterStart && r.kind != lineKind {
			if r.verdict == "daling" || r.verdict == "stijging" {
				said = 1
			}
			if r.kind == wholeKind {
				total = r
			}
		}
	}
	for _, project := range []string{allProjects, "0", "1"} {
		for _, span := range []string{beforeStart, afterStart} {
			for _, kind := range []string{lawKind, lineKind} {
				if cents, there := left[project+" "+span+kind]; !there || cents != 0 {
					t.Fatalf("%s %s: the %s are %d cents from the total", project, span, kind, cents)
				}
			}
		}
	}
	return total, said
}

// plantedIn is what was taken away after the start, in cents per insured year.
func plantedIn(c *participantCells, kept float64) float64 {
	var cents, years float64
	for _, a := range c.around {
		if !a.participant {
			continue
		}
		years += a.insured(1, reach)
		for _, paid := range a.costs {
			if paid.k > 0 {
				cents += float64(paid.cents) * (1 - 1/kept)
			}
		}
	}
	return cents / years
}
