package effect_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ontschot/internal/golden"
	"ontschot/pipeline/analysis/effect"
)

// class is which class a value falls in: a class begins at its bound.
func class(v float64, bounds ...float64) (n int) {
	for _, b := range bounds {
		if v >= b {
			n++
		}
	}
	return n
}

func TestMatchGolden(t *testing.T) {
	people, want := golden.Rows(t, "matchit_lalonde.csv"), golden.Rows(t, "computed_matchit451_cem_lalonde_weights.csv")
	var strata []string
	var treated []bool
	for _, row := range people {
		strata = append(strata, fmt.Sprint(class(number(t, row["age"]), 20, 25, 30, 40), class(number(t, row["educ"]), 8.5, 11.5, 12.5),
			class(number(t, row["re75"]), 0.5, 1000, 3000, 8000), row["race"], row["married"], row["nodegree"]))
		treated = append(treated, row["treat"] == "1")
	}
	m, err := effect.Match(strata, treated)
	if err != nil {
		t.Fatal(err)
	}
	if m.Participants != 101 || m.Controls != 102 || len(m.Unmatched) != 185-101 || m.Strata != 39 {
		t.Errorf("%d treated and %d controls matched in %d strata, %d treated not", m.Participants, m.Controls, m.Strata, len(m.Unmatched))
	}
	near(t, "effective size", m.ESS, 27.90104, 0.5e-5)
	var sum [2]float64
	for i, row := range people {
		if row["rownames"] != want[i]["id"] {
			t.Fatalf("row %d is of %s and of %s", i, row["rownames"], want[i]["id"])
		}
		near(t, row["rownames"], m.Weight[i], number(t, want[i]["weight"]), 1e-9)
		if treated[i] {
			sum[1] += m.Weight[i] * number(t, row["re78"]) / float64(m.Participants)
		} else {
			sum[0] += m.Weight[i] * number(t, row["re78"]) / float64(m.Controls)
		}
	}
	near(t, "effect", sum[1]-sum[0], -60.13751, 0.5e-5)
}

func TestMatchPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := rapid.SliceOfN(rapid.IntRange(0, 6), 1, 60).Draw(t, "strata")
		treated := rapid.SliceOfN(rapid.Bool(), len(strata), len(strata)).Draw(t, "treated")
		m, err := effect.Match(strata, treated)
		if err != nil && !errors.Is(err, effect.ErrNoMatch) {
			t.Fatal(err)
		}
		// The weights of the controls add up to their number, and every stratum has the share it has of the participants.
		var all, matched float64
		weight, share := map[int]float64{}, map[int]float64{}
		for i, s := range strata {
			if treated[i] {
				share[s] += m.Weight[i]
				matched += m.Weight[i]
			} else {
				weight[s] += m.Weight[i]
				all += m.Weight[i]
			}
		}
		if int(matched) != m.Participants || math.Abs(all-float64(m.Controls)) > 1e-9 {
			t.Fatalf("%v participants of %d, controls weigh %v of %d", matched, m.Participants, all, m.Controls)
		}
		for s := range share {
			if m.Strata > 0 && math.Abs(weight[s]/all-share[s]/matched) > 1e-12 {
				t.Fatalf("stratum %d: %v of the controls, %v of the participants", s, weight[s]/all, share[s]/matched)
			}
		}
		for _, i := range m.Unmatched {
			if !treated[i] || m.Weight[i] != 0 {
				t.Fatalf("unit %d is listed as unmatched with weight %v", i, m.Weight[i])
			}
		}
		if participants := len(m.Unmatched) + m.Participants; participants != count(treated) {
			t.Fatalf("%d participants of %d", participants, count(treated))
		}
		if m.ESS > float64(m.Controls)*(1+1e-12) {
			t.Fatalf("an effective size of %v for %d", m.ESS, m.Controls)
		}
	})
}

func count(marks []bool) (n int) {
	for _, m := range marks {
		if m {
			n++
		}
	}
	return n
}

func TestMatchWithoutMatch(t *testing.T) {
	m, err := effect.Match([]string{"a", "b", "b"}, []bool{true, false, false})
	if !errors.Is(err, effect.ErrNoMatch) || !slices.Equal(m.Unmatched, []int{0}) || m.ESS != 0 {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := effect.Match([]int{}, nil); !errors.Is(err, effect.ErrNoMatch) {
		t.Errorf("nobody at all: %v", err)
	}
	if _, err := effect.Match([]int{1, 2}, []bool{true}); err == nil {
		t.Error("two strata for one unit: no error")
	}
}
