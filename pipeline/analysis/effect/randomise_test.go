package effect_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ontschot/internal/golden"
	"ontschot/pipeline/analysis/effect"
)

// grunfeld is the mean change of investment per firm, 1945 and later against before.
func grunfeld(t *testing.T) (change []float64) {
	t.Helper()
	var sum [2][10]float64
	var years [2][10]float64
	for _, row := range golden.Rows(t, "plm_Grunfeld.csv") {
		when := 0
		if number(t, row["year"]) >= 1945 {
			when = 1
		}
		firm := int(number(t, row["firm"])) - 1
		sum[when][firm] += number(t, row["inv"])
		years[when][firm]++
	}
	for firm := range sum[0] {
		change = append(change, sum[1][firm]/years[1][firm]-sum[0][firm]/years[0][firm])
	}
	return change
}

func TestRandomiseGolden(t *testing.T) {
	change := grunfeld(t)
	for _, row := range golden.Rows(t, "ri_grunfeld_expected.csv") {
		treated := make([]bool, len(change))
		for firm := range strings.SplitSeq(row["treated"], ";") {
			treated[int(number(t, firm))-1] = true
		}
		r, err := effect.Randomise(change, nil, treated, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "effect", r.Effect, number(t, row["did"]), 1e-10)
		near(t, "t", r.T, number(t, row["t_hc1"]), 1e-12)
		near(t, "assignments", float64(r.Assignments), number(t, row["permutations"]), 0)
		near(t, "p of the effect", r.PEffect, number(t, row["p_ri_beta"]), 1e-14)
		near(t, "p of t", r.P, number(t, row["p_ri_t"]), 1e-14)
	}
}

// labelled draws changes, weights and which units are treated.
func labelled(t *rapid.T) (change, weights []float64, treated []bool) {
	n := rapid.IntRange(6, 9).Draw(t, "n")
	change = rapid.SliceOfN(rapid.Float64Range(-300, 300), n, n).Draw(t, "change")
	weights = rapid.SliceOfN(rapid.Float64Range(0.2, 3), n, n).Draw(t, "weights")
	k := rapid.IntRange(2, n-2).Draw(t, "k")
	treated = make([]bool, n)
	for _, i := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8}[:n]).Draw(t, "which")[:k] {
		treated[i] = true
	}
	for i := range change { // no two alike, so that there is always some spread
		change[i] += float64(i * i)
	}
	return change, weights, treated
}

// slowly is the obvious way: every assignment as a set of bits, every t from residuals. It also tells whether a
// statistic is so near that of the truth that rounding decides.
func slowly(change, weights []float64, treated []bool, supposed float64) (p float64, close bool) {
	n := len(change)
	y := slices.Clone(change)
	for i := range y {
		if treated[i] {
			y[i] -= supposed
		}
	}
	statistic := func(label func(int) bool) float64 {
		var mean, total [2]float64
		for i := range y {
			total[of(label(i))] += weights[i]
			mean[of(label(i))] += weights[i] * y[i]
		}
		mean[0] /= total[0]
		mean[1] /= total[1]
		variance := 0.0
		for i := range y {
			s := of(label(i))
			part := weights[i] * (y[i] - mean[s]) / total[s]
			variance += part * part * float64(n) / float64(n-2)
		}
		return math.Abs(mean[1]-mean[0]) / math.Sqrt(variance)
	}
	truth := statistic(func(i int) bool { return treated[i] })
	all, large := 0, 0
	for set := range 1 << n {
		label := func(i int) bool { return set>>i&1 == 1 }
		members := 0
		for i := range y {
			members += of(label(i))
		}
		if members != count(treated) {
			continue
		}
		all++
		s := statistic(label)
		if s >= truth*(1-1e-9) {
			large++
		}
		same := true
		for i := range treated {
			same = same && label(i) == treated[i]
		}
		close = close || !same && math.Abs(s-truth) < 1e-6*truth
	}
	return float64(large) / float64(all), close
}

func of(mark bool) int {
	if mark {
		return 1
	}
	return 0
}

func TestRandomiseAgainstTheSlowWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		change, weights, treated := labelled(t)
		level := rapid.SampledFrom([]float64{0.5, 0.8, 0.9}).Draw(t, "level")
		rejected := 1 - level + 1e-12
		r, err := effect.Randomise(change, weights, treated, level)
		if err != nil {
			t.Fatal(err)
		}
		if p, close := slowly(change, weights, treated, 0); p != r.P && !close {
			t.Fatalf("p is %v, the slow way %v", r.P, p)
		}
		// The interval: just inside an end the effect stands, and outside it none does.
		for _, end := range []struct{ at, outward float64 }{{r.Low, -1}, {r.High, 1}} {
			if math.IsInf(end.at, 0) {
				if p, _ := slowly(change, weights, treated, r.Effect+end.outward*1e6*r.SE); p <= rejected {
					t.Fatalf("an effect far out has p %v, yet the interval goes on", p)
				}
				continue
			}
			if p, _ := slowly(change, weights, treated, end.at-end.outward*1e-6*r.SE); p <= rejected {
				t.Fatalf("just inside %v p is %v", end.at, p)
			}
			for _, further := range []float64{1e-6, 1e-4, 0.01, 0.1, 0.5, 1, 2, 4, 8, 16, 100} {
				if p, _ := slowly(change, weights, treated, end.at+end.outward*further*r.SE); p > rejected {
					t.Fatalf("%v standard errors outside %v p is %v", further, end.at, p)
				}
			}
		}
		if r.Low > r.Effect || r.High < r.Effect {
			t.Fatalf("the estimate %v lies outside %v to %v", r.Effect, r.Low, r.High)
		}
		if (r.Low > 0 || r.High < 0) && r.P > rejected {
			t.Fatalf("p is %v, yet 0 lies outside %v to %v", r.P, r.Low, r.High)
		}
	})
}

func TestRandomisePromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		change, weights, treated := labelled(t)
		r, err := effect.Randomise(change, weights, treated, 0.8)
		if err != nil {
			t.Fatal(err)
		}
		same := func(what string, change, weights []float64, treated []bool, sign, shift, scale float64) {
			o, err := effect.Randomise(change, weights, treated, 0.8)
			if err != nil {
				t.Fatal(err)
			}
			low, high := sign*scale*r.Low+shift, sign*scale*r.High+shift
			if sign < 0 {
				low, high = high, low
			}
			if o.P != r.P && shift == 0 || math.Abs(o.Low-low) > 1e-5*scale*r.SE || math.Abs(o.High-high) > 1e-5*scale*r.SE {
				t.Fatalf("%s: p %v and %v, %v to %v and %v to %v", what, r.P, o.P, low, high, o.Low, o.High)
			}
		}
		// Other names for the units.
		order := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8}[:len(change)]).Draw(t, "order")
		var c, w []float64
		var l []bool
		for _, i := range order {
			c, w, l = append(c, change[i]), append(w, weights[i]), append(l, treated[i])
		}
		same("in another order", c, w, l, 1, 0, 1)
		shifted, scaled, turned, more := slices.Clone(change), slices.Clone(change), slices.Clone(change), slices.Clone(change)
		for i := range change {
			shifted[i] += 1000
			scaled[i] *= 7
			turned[i] *= -1
			if treated[i] {
				more[i] += 50
			}
		}
		same("when all change more", shifted, weights, treated, 1, 0, 1)
		same("in other money", scaled, weights, treated, 1, 0, 7)
		same("turned around", turned, weights, treated, -1, 0, 1)
		same("with an effect of 50 on top", more, weights, treated, 1, 50, 1)
	})
}

// TestRandomiseUnderNoEffect gives the label to every set in turn: at most 5% may have a p of at most 5%. That holds for
// any changes whatever, since the p-values are the ranks of the statistics.
func TestRandomiseUnderNoEffect(t *testing.T) {
	change := []float64{12, -310, 45.5, 7, 88, -19, 140, 23, -61, 5}
	var p []float64
	for set := range 1 << len(change) {
		treated := make([]bool, len(change))
		for i := range treated {
			treated[i] = set>>i&1 == 1
		}
		if count(treated) != 4 {
			continue
		}
		r, err := effect.Randomise(change, nil, treated, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		p = append(p, r.P)
	}
	for _, level := range []float64{0.01, 0.05, 0.1, 0.25, 0.5, 0.9} {
		under := 0
		for _, v := range p {
			under += of(v <= level)
		}
		if share := float64(under) / float64(len(p)); share > level || share < level-0.02 {
			t.Errorf("%.3f of %d assignments have p of at most %v", share, len(p), level)
		}
	}
}

func TestRandomiseAllNeighbourhoods(t *testing.T) {
	change, weights, treated := make([]float64, 44), make([]float64, 44), make([]bool, 44)
	for i := range change {
		change[i] = 300*math.Sin(float64(i*i)) + 100
		weights[i] = 1500 + 40*float64(i)
		treated[i] = i%11 == 3
	}
	began := time.Now()
	r, err := effect.Randomise(change, weights, treated, 0.95)
	if err != nil || r.Assignments != 135_751 {
		t.Fatalf("%+v, %v", r, err)
	}
	t.Logf("%d assignments in %v: %.2f (%.2f to %.2f), p %.5f", r.Assignments, time.Since(began), r.Effect, r.Low, r.High, r.P)
	if r.Low >= r.Effect || r.High <= r.Effect || r.P < r.PEffect/100 {
		t.Errorf("%+v", r)
	}
}

func TestRandomiseEdges(t *testing.T) {
	// Of ten ways none is rare enough for 95%: every effect stands.
	r, err := effect.Randomise([]float64{1, 5, 2, 8, 4}, nil, []bool{true, true, false, false, false}, 0.95)
	if err != nil || !math.IsInf(r.Low, -1) || !math.IsInf(r.High, 1) {
		t.Errorf("%+v, %v", r, err)
	}
	// Nought between the sides: every assignment is as far out.
	r, err = effect.Randomise([]float64{1, 3, 2, 2, 1, 3}, nil, []bool{true, true, false, false, false, false}, 0.8)
	if err != nil || r.Effect != 0 || r.P != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	// One treated unit has no spread of its own, but the others have.
	r, err = effect.Randomise([]float64{100, 3, 2, 2, 1}, nil, []bool{true, false, false, false, false}, 0.75)
	if err != nil || r.P != 0.2 || math.IsInf(r.Low, 0) {
		t.Errorf("%+v, %v", r, err)
	}
	four := []float64{1, 2, 3, 4}
	two := []bool{true, true, false, false}
	for _, c := range []struct {
		says            string
		change, weights []float64
		treated         []bool
		level           float64
	}{
		{"without spread", []float64{5, 5, 1, 1}, nil, two, 0.95},
		{"without spread", []float64{0, 0, 0, 0}, nil, two, 0.95},
		{"there must be three units", four, nil, make([]bool, 4), 0.95},
		{"there must be three units", four[:2], nil, []bool{true, false}, 0.95},
		{"there must be three units", nil, nil, nil, 0.95},
		{"one for each", four, nil, two[:3], 0.95},
		{"weighs nothing", four, []float64{1, 1, 0, 1}, two, 0.95},
		{"below nought", four, []float64{1, 1, -1, 1}, two, 0.95},
		{"not a number", []float64{1, math.NaN(), 2, 3}, nil, two, 0.95},
		{"share between 0 and 1", four, nil, two, 95},
		{"more than 20000000 ways", make([]float64, 44), nil, slices.Repeat([]bool{true, false}, 22), 0.95},
	} {
		_, err := effect.Randomise(c.change, c.weights, c.treated, c.level)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v %v: %v; it should say %q", c.change, c.treated, err, c.says)
		}
	}
}
