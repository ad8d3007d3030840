package effect

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestReachChangesNothing lets Randomise, which looks only at assignments that are far out, find what all of them say.
func TestReachChangesNothing(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		change, weights, treated := make([]float64, 18), make([]float64, 18), make([]bool, 18)
		for i := range change {
			treated[i] = i < 5+2*int(seed)
			change[i] = 100 * math.Exp(r.NormFloat64()) // skewed
			if treated[i] {
				change[i] += 80 * float64(seed%2)
			}
			weights[i] = 500 + 3000*r.Float64()
		}
		for _, level := range []float64{0.5, 0.8, 0.95, 0.99} {
			got, err := Randomise(change, weights, treated, level)
			if err != nil {
				t.Fatal(err)
			}
			x, err := newLabels(change, weights, treated, level)
			if err != nil {
				t.Fatal(err)
			}
			needed := int(math.Floor((1-level)*float64(got.Assignments)+ties)) + 1 - x.always()
			guessed := x.guess(needed, got.Assignments)
			if guessed[0] == 0 && guessed[1] == 0 {
				t.Errorf("seed %d: nothing was guessed of %d assignments", seed, got.Assignments)
			}
			all := x.count(reach{})
			low, high := x.effect-all.beyond[0].end(needed)*x.se, x.effect+all.beyond[1].end(needed)*x.se
			if math.Abs(low-got.Low) > 1e-9*x.se || math.Abs(high-got.High) > 1e-9*x.se {
				t.Errorf("seed %d, level %v: %.12f to %.12f, of all assignments %.12f to %.12f", seed, level, got.Low, got.High, low, high)
			}
			// A guess that is too far is taken back.
			far := reach{1000, 1000}
			for nearer := x.count(far); nearer.closer(needed, far) != far; nearer = x.count(far) {
				far = nearer.closer(needed, far)
			}
			c := x.count(far)
			if again := x.effect + (far[1]+c.beyond[1].end(needed))*x.se; math.Abs(again-high) > 1e-9*x.se {
				t.Errorf("seed %d, level %v: from too far %.12f, of all assignments %.12f", seed, level, again, high)
			}
		}
	}
}
