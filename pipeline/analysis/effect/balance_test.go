package effect_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ontschot/internal/golden"
	"ontschot/pipeline/analysis/effect"
)

func TestBalanceGolden(t *testing.T) {
	want := map[string]float64{}
	for _, row := range golden.Rows(t, "computed_ebal_lalonde_weights.csv") {
		want[row["id"]] = number(t, row["w"])
	}
	names := []string{"age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75"}
	covariates := make([]effect.Covariate, len(names))
	var ids []string
	var controls []float64
	var participants, outcome float64
	for _, row := range golden.Rows(t, "matchit_lalonde.csv") {
		row["black"], row["hispan"] = "0", "0"
		if row["race"] != "white" {
			row[row["race"]] = "1"
		}
		treated := row["treat"] == "1"
		for j, name := range names {
			covariates[j].Name = name
			if treated {
				covariates[j].Target += number(t, row[name]) / 185
			} else {
				covariates[j].Values = append(covariates[j].Values, number(t, row[name]))
			}
		}
		if treated {
			participants++
			outcome += number(t, row["re78"]) / 185
		} else {
			ids, controls = append(ids, row["rownames"]), append(controls, number(t, row["re78"]))
		}
	}
	b, err := effect.Balance(covariates, nil, len(controls))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range covariates {
		mean := 0.0
		for i, v := range c.Values {
			mean += b.Weight[i] * v
		}
		near(t, "mean of "+c.Name, mean, c.Target, 1e-8)
	}
	var controlOutcome, total float64
	for _, w := range want {
		total += w
	}
	for i, id := range ids {
		controlOutcome += b.Weight[i] * controls[i]
		near(t, "weight of "+id, b.Weight[i], want[id]/total, 1e-9)
	}
	near(t, "participants", participants, 185, 0)
	near(t, "effect", outcome-controlOutcome, 1273.261814, 1e-6)
	near(t, "effective size", b.ESS, 98.45783, 0.5e-5)
	t.Logf("%d steps", b.Steps)
}

// reachable draws controls and the means of a random weighing of them, so that there is an answer.
func reachable(t *rapid.T) (covariates []effect.Covariate, base []float64, controls int) {
	controls = rapid.IntRange(30, 60).Draw(t, "controls")
	base = rapid.SliceOfN(rapid.Float64Range(0.5, 2), controls, controls).Draw(t, "base")
	tilt := rapid.SliceOfN(rapid.Float64Range(0.3, 1), controls, controls).Draw(t, "tilt")
	sum := 0.0
	for _, v := range tilt {
		sum += v
	}
	for range rapid.IntRange(1, 4).Draw(t, "covariates") {
		c := effect.Covariate{Name: "kosten", Values: rapid.SliceOfN(rapid.Float64Range(-1000, 5000), controls, controls).Draw(t, "values")}
		for i, v := range c.Values {
			c.Target += tilt[i] * v / sum
		}
		covariates = append(covariates, c)
	}
	return covariates, base, controls
}

func TestBalancePromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		covariates, base, controls := reachable(t)
		// One that follows from the others changes nothing, and comes out equal too.
		sum := effect.Covariate{Name: "totaal", Values: make([]float64, controls)}
		for _, c := range covariates {
			sum.Target += c.Target
			for i, v := range c.Values {
				sum.Values[i] += v
			}
		}
		b, err := effect.Balance(append(covariates, sum), base, controls)
		if err != nil {
			t.Fatal(err)
		}
		alone, err := effect.Balance(covariates, base, controls)
		if err != nil {
			t.Fatal(err)
		}
		total := 0.0
		for i, w := range b.Weight {
			total += w
			if w < 0 || math.Abs(w-alone.Weight[i]) > 1e-9 {
				t.Fatalf("control %d weighs %v, without the sum %v", i, w, alone.Weight[i])
			}
		}
		if math.Abs(total-1) > 1e-12 {
			t.Fatalf("the weights add up to %v", total)
		}
		for j, gap := range b.After {
			if math.Abs(gap) > 1e-9 {
				t.Fatalf("covariate %d stays %v away", j, gap)
			}
		}
		// The optimum has log(w/q) linear in the covariates, so no other weights with these means are closer to the base:
		// the distance to q of a mix with other such weights is not smaller.
		other, err := effect.Balance(covariates, nil, controls)
		if err != nil {
			t.Fatal(err)
		}
		mix := make([]float64, controls)
		for i := range mix {
			mix[i] = 0.99*alone.Weight[i] + 0.01*other.Weight[i]
		}
		if distance(mix, base) < distance(alone.Weight, base)-1e-9 {
			t.Fatalf("other weights are closer: %v, found %v", distance(mix, base), distance(alone.Weight, base))
		}
	})
}

// distance is that of entropy balancing: sum w log(w/q).
func distance(weights, base []float64) (sum float64) {
	for i, w := range weights {
		if w > 0 {
			sum += w * math.Log(w/base[i])
		}
	}
	return sum
}

// TestBalanceFindsWhatThereIs has controls in a plane: there are weights if and only if the target lies in a triangle of them.
func TestBalanceFindsWhatThereIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 9).Draw(t, "n")
		grid := rapid.SliceOfN(rapid.Float64Range(-5, 5), n, n)
		x, y := grid.Draw(t, "x"), grid.Draw(t, "y")
		at := rapid.SliceOfN(rapid.Float64Range(-4, 4), 2, 2).Draw(t, "target")
		for i := range x { // no three of them in a line
			x[i] += float64(i)
			y[i] += float64(i * i % 5)
		}
		in, out := false, true
		for i := range n {
			for j := range i {
				for k := range j {
					depth, area := inside(at, [3][2]float64{{x[i], y[i]}, {x[j], y[j]}, {x[k], y[k]}})
					in = in || depth > 0.01 && area > 0.3
					out = out && depth < -0.01
				}
			}
		}
		if in == out {
			t.Skip("on the edge")
		}
		_, err := effect.Balance([]effect.Covariate{{Name: "x", Target: at[0], Values: x}, {Name: "y", Target: at[1], Values: y}}, nil, n)
		if (err == nil) != in {
			t.Fatalf("the target lies inside (%v): %v", in, err)
		}
	})
}

// inside is the least of the barycentric coordinates, above 0 inside the triangle and below 0 outside, and its size.
func inside(p []float64, c [3][2]float64) (depth, size float64) {
	area := func(a, b [2]float64, q []float64) float64 { return (b[0]-a[0])*(q[1]-a[1]) - (b[1]-a[1])*(q[0]-a[0]) }
	whole := area(c[0], c[1], c[2][:])
	if whole == 0 {
		return 0, 0
	}
	return min(area(c[0], c[1], p)/whole, area(c[1], c[2], p)/whole, area(c[2], c[0], p)/whole), math.Abs(whole)
}

func TestBalanceThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		name       string
		covariates []effect.Covariate
		worst, gap string
	}{
		{"beyond every control", []effect.Covariate{
			{Name: "leeftijd", Target: 50, Values: []float64{40, 50, 60, 70}},
			{Name: "kosten", Target: 999, Values: []float64{1, 2, 3, 500}},
			{Name: "wmo", Target: 0.9, Values: []float64{0, 0, 0, 1}},
		}, "kosten", "stays 2 standard deviations away"}, // 499 more than the costliest, whose like is half of the controls
		{"a mean that all controls miss alike", []effect.Covariate{{Name: "geslacht", Target: 0.5, Values: []float64{1, 1, 1, 1}}}, "geslacht", "same for all controls"},
		{"each possible, not together", []effect.Covariate{
			{Name: "wmo", Target: 0.9, Values: []float64{1, 0, 0, 1}},
			{Name: "geen wmo", Target: 0.9, Values: []float64{0, 1, 1, 0}},
		}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			base := []float64{1, 1, 1, 3}
			b, err := effect.Balance(c.covariates, base, 4)
			var unbalanced *effect.UnbalancedError
			if !errors.As(err, &unbalanced) || c.worst != "" && unbalanced.Covariate != c.worst {
				t.Fatalf("%v; it should name %s", err, c.worst)
			}
			if c.gap != "" && !strings.Contains(err.Error(), c.gap) {
				t.Errorf("%v; it should say %s", err, c.gap)
			}
			if !strings.Contains(err.Error(), "base weights are kept") {
				t.Errorf("%v does not say what is used instead", err)
			}
			for i, w := range b.Weight {
				near(t, "weight", w, base[i]/6, 1e-15)
			}
		})
	}
}

func TestBalanceEdges(t *testing.T) {
	ten := []float64{10, 10, 10}
	b, err := effect.Balance([]effect.Covariate{{Name: "gelijk", Target: 10, Values: ten}}, nil, 3)
	if err != nil || b.Weight[0] != 1.0/3 || b.ESS < 2.999 {
		t.Errorf("balanced from the start: %+v, %v", b, err)
	}
	if b, err = effect.Balance([]effect.Covariate{{Name: "een", Target: 10, Values: ten[:1]}}, nil, 1); err != nil || b.Weight[0] != 1 {
		t.Errorf("one control: %+v, %v", b, err)
	}
	if b, err = effect.Balance(nil, []float64{1, 3}, 2); err != nil || b.Weight[1] != 0.75 {
		t.Errorf("nothing to balance: %+v, %v", b, err)
	}
	b, err = effect.Balance([]effect.Covariate{{Name: "kosten", Target: 3, Values: []float64{1, 2, 5, 900}}}, []float64{1, 1, 1, 0}, 4)
	if err != nil || b.Weight[3] != 0 {
		t.Errorf("a control without base weight: %+v, %v", b, err)
	}
	b, err = effect.Balance([]effect.Covariate{{Name: "kosten", Target: 500, Values: []float64{1, 2, 3, 500}}}, nil, 4)
	if err != nil || math.Abs(b.ESS-1) > 1e-6 {
		t.Errorf("only one control is like the participants, and the effective size has to say so: %+v, %v", b, err)
	}
	// What no participant has: the controls that have it weigh nothing, the others are balanced as they would be alone.
	youth := effect.Covariate{Name: "jeugdwet", Values: []float64{0, 0, 0, 0, 30, 1000}}
	age := effect.Covariate{Name: "leeftijd", Target: 61, Values: []float64{50, 60, 70, 80, 5, 95}}
	b, err = effect.Balance([]effect.Covariate{youth, age}, nil, 6)
	if err != nil || b.Weight[4]+b.Weight[5] > 1e-9 {
		t.Errorf("%+v, %v", b, err)
	}
	age.Values = age.Values[:4]
	alone, err := effect.Balance([]effect.Covariate{age}, nil, 4)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range alone.Weight {
		near(t, "weight", b.Weight[i], w, 1e-8)
	}
	for name, call := range map[string]func() error{
		"no controls": func() error { _, err := effect.Balance(nil, nil, 0); return err },
		"not a number": func() error {
			_, err := effect.Balance([]effect.Covariate{{Name: "k", Values: []float64{math.NaN(), 1}}}, nil, 2)
			return err
		},
		"a negative weight": func() error { _, err := effect.Balance(nil, []float64{-1, 2}, 2); return err },
		"no weight":         func() error { _, err := effect.Balance(nil, []float64{0, 0}, 2); return err },
		"too few values":    func() error { _, err := effect.Balance([]effect.Covariate{{Name: "k"}}, nil, 2); return err },
		"too few weights":   func() error { _, err := effect.Balance(nil, []float64{1}, 2); return err },
	} {
		if call() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
