package effect_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ontschot/pipeline/analysis/effect"
)

func TestEstimate(t *testing.T) {
	// A standard error of 5 from eleven clusters: the 97.5% point of t with 10 degrees of freedom is 2.2281388520.
	e := effect.Estimate{Effect: -11.140694260, Influence: []float64{3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0}, Clusters: 11}
	near(t, "se", e.SE(), 5, 0)
	near(t, "p", e.P(), 0.05, 1e-9)
	near(t, "minimum detectable", e.MDE(), 14, 1e-12)
	low, high := e.Interval(0.95)
	near(t, "low", low, 2*e.Effect, 1e-8)
	near(t, "high", high, 0, 1e-8)
}

func TestHolm(t *testing.T) {
	// The example of R's help of p.adjust: 0.01, 0.02, 0.03, 0.04, 0.05.
	got, err := effect.Holm([]float64{0.04, 0.01, 0.05, 0.02, 0.03})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{0.09, 0.05, 0.09, 0.08, 0.09} {
		near(t, "adjusted", got[i], want, 1e-15)
	}
	if got, err = effect.Holm(nil); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	for _, p := range []float64{-0.1, 1.1, math.NaN()} {
		if _, err := effect.Holm([]float64{0.5, p}); err == nil || !strings.Contains(err.Error(), "p-value 2") {
			t.Errorf("%v; it should name p-value 2", err)
		}
	}
}

func TestHolmPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 12).Draw(t, "p")
		got, err := effect.Holm(p)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range got {
			// Never below the p-value itself, never above that of Bonferroni, and in the same order.
			if a < p[i] || a > min(1, p[i]*float64(len(p))) {
				t.Fatalf("%v became %v of %d", p[i], a, len(p))
			}
			for j, b := range got {
				if p[i] < p[j] && a > b {
					t.Fatalf("%v became %v, and %v %v", p[i], a, p[j], b)
				}
			}
		}
	})
}

func TestCombine(t *testing.T) {
	one := effect.Estimate{Effect: 10, Influence: []float64{1, -1, 0}, Clusters: 2}
	other := effect.Estimate{Effect: 4, Influence: []float64{0, 1, -1}, Clusters: 3}
	sum, err := effect.Combine([]float64{0.5, 2}, []effect.Estimate{one, other})
	if err != nil || sum.Effect != 13 || !slices.Equal(sum.Influence, []float64{0.5, 1.5, -2}) || sum.Clusters != 3 {
		t.Errorf("%+v, %v", sum, err)
	}
	if sum, err = effect.Combine([]float64{1, 1}, []effect.Estimate{other, one}); err != nil || sum.Clusters != 3 {
		t.Errorf("%+v, %v", sum, err)
	}
	if _, err := effect.Combine([]float64{1}, []effect.Estimate{one, other}); err == nil {
		t.Error("one weight for two: no error")
	}
	if _, err := effect.Combine(nil, nil); err == nil {
		t.Error("nothing to combine: no error")
	}
	other.Influence = other.Influence[:2]
	if _, err := effect.Combine([]float64{1, 1}, []effect.Estimate{one, other}); err == nil {
		t.Error("other clusters: no error")
	}
}

func TestJoint(t *testing.T) {
	// One effect at once is the t-test; two independent ones are F of half the sum of squares.
	a := effect.Estimate{Effect: 2, Influence: []float64{1, 0, 0, 0, 0, 0}, Clusters: 6}
	b := effect.Estimate{Effect: 1, Influence: []float64{0, 1, 0, 0, 0, 0}, Clusters: 6}
	p, err := effect.Joint([]effect.Estimate{a})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "one", p, a.P(), 1e-12)
	if p, err = effect.Joint([]effect.Estimate{a, b}); err != nil {
		t.Fatal(err)
	}
	// With 2 and 5 degrees of freedom the chance of more than F is (1 + 2F/5)^(-5/2).
	near(t, "two", p, math.Pow(1+2*2.5/5, -2.5), 1e-12)
	for _, parts := range [][]effect.Estimate{nil, {a, a}, {a, {Influence: []float64{1}, Clusters: 6}}, {{Influence: []float64{1, 0}, Clusters: 2}, {Influence: []float64{0, 1}, Clusters: 2}}} {
		if _, err := effect.Joint(parts); err == nil {
			t.Errorf("%+v: no error", parts)
		}
	}
}
