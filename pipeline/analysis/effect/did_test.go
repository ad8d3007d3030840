package effect_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"ontschot/internal/golden"
	"ontschot/pipeline/analysis/effect"
)

// TestDifferenceGolden is the minimum wage of New Jersey and Pennsylvania: employment per shop before and after.
func TestDifferenceGolden(t *testing.T) {
	var s effect.Sample
	var windows [2]effect.Window
	shop := map[string]int{}
	for _, row := range golden.Rows(t, "card_krueger_long.csv") {
		i, known := shop[row["id"]]
		if !known {
			i = len(s.Treated)
			shop[row["id"]] = i
			s.Treated = append(s.Treated, row["nj"] == "1")
			for w := range windows {
				windows[w].Years, windows[w].Euros = append(windows[w].Years, 0), append(windows[w].Euros, 0)
			}
		}
		if row["fte"] != "NA" {
			w := int(number(t, row["d"]))
			windows[w].Years[i], windows[w].Euros[i] = 1, number(t, row["fte"])
		}
	}
	e, err := s.Difference(windows[0], windows[1])
	if err != nil {
		t.Fatal(err)
	}
	near(t, "all shops", e.Effect, 2.7536, 0.5e-4)
	// Only the shops that were seen both times.
	s.Weight = make([]float64, len(s.Treated))
	both := 0
	for i := range s.Weight {
		s.Weight[i] = windows[0].Years[i] * windows[1].Years[i]
		both += int(s.Weight[i])
	}
	if e, err = s.Difference(windows[0], windows[1]); err != nil || both != 384 {
		t.Fatalf("%d shops, %v", both, err)
	}
	near(t, "the same shops", e.Effect, 2.75, 0.5e-6)
}

// cohort draws a sample with clusters, and outcomes that add up to the last one.
func cohort(t *rapid.T) (s effect.Sample, years [2][]float64, parts [][2][]float64) {
	n := rapid.IntRange(8, 30).Draw(t, "n")
	s.Weight = rapid.SliceOfN(rapid.Float64Range(0.1, 3), n, n).Draw(t, "weight")
	s.Clusters = n
	for i := range n {
		s.Treated = append(s.Treated, i < 4 || i > 7 && rapid.Bool().Draw(t, "treated"))
		// The first eight make sure that each side has two clusters.
		s.Cluster = append(s.Cluster, min(i, rapid.IntRange(4*(i/4%2), n-1).Draw(t, "cluster")))
		if i < 8 {
			s.Cluster[i] = i
		}
	}
	for w := range years {
		years[w] = rapid.SliceOfN(rapid.Float64Range(0.05, 0.25), n, n).Draw(t, "years")
		years[w][n-1] = 0 // died or moved
	}
	years[0][n-1] = 0.1
	total := [2][]float64{make([]float64, n), make([]float64, n)}
	for range 3 {
		var part [2][]float64
		for w := range part {
			part[w] = rapid.SliceOfN(rapid.Float64Range(-100, 20_000), n, n).Draw(t, "euros")
			for i := range part[w] {
				if years[w][i] == 0 {
					part[w][i] = 0
				}
				total[w][i] += part[w][i]
			}
		}
		parts = append(parts, part)
	}
	return s, years, append(parts, total)
}

func TestDifferencePromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, years, parts := cohort(t)
		var effects []effect.Estimate
		for _, euros := range parts {
			e, err := s.Difference(effect.Window{Years: years[0], Euros: euros[0]}, effect.Window{Years: years[1], Euros: euros[1]})
			if err != nil {
				t.Fatal(err)
			}
			effects = append(effects, e)
			slow := byRegression(t, s, years, euros)
			size := 1 + math.Abs(e.Effect) + e.SE()
			if math.Abs(e.Effect-slow.Effect) > 1e-8*size || math.Abs(e.SE()-slow.SE()) > 1e-8*size || e.Clusters != slow.Clusters {
				t.Fatalf("%v (%v, %d clusters); the regression %v (%v, %d)", e.Effect, e.SE(), e.Clusters, slow.Effect, slow.SE(), slow.Clusters)
			}
		}
		sum, err := effect.Combine([]float64{1, 1, 1}, effects[:3])
		if err != nil {
			t.Fatal(err)
		}
		total := effects[3]
		size := 1 + math.Abs(effects[0].Effect) + math.Abs(effects[1].Effect) + math.Abs(effects[2].Effect) + total.SE()
		if math.Abs(sum.Effect-total.Effect) > 1e-12*size || math.Abs(sum.SE()-total.SE()) > 1e-10*size {
			t.Fatalf("the parts add up to %v (%v), the total is %v (%v)", sum.Effect, sum.SE(), total.Effect, total.SE())
		}
	})
}

// byRegression is the same by a regression with the matrices written out: a row for every unit and window.
func byRegression(t *rapid.T, s effect.Sample, years, euros [2][]float64) effect.Estimate {
	var rows, y, weights []float64
	var cluster []int
	for i, treated := range s.Treated {
		for w := range years {
			if years[w][i] == 0 {
				continue
			}
			d, p := float64(of(treated)), float64(w)
			rows = append(rows, 1, d, p, d*p)
			y = append(y, euros[w][i]/years[w][i])
			weights = append(weights, s.Weight[i]*years[w][i])
			cluster = append(cluster, s.Cluster[i])
		}
	}
	x := mat.NewDense(len(y), 4, rows)
	r, err := effect.Regress(x, y, weights)
	if err != nil {
		t.Fatal(err)
	}
	e, err := r.Estimate(3, cluster, s.Clusters, 4)
	if err != nil {
		t.Fatal(err)
	}
	// The sandwich, with full matrices.
	scores := mat.NewDense(s.Clusters, 4, nil)
	var bread, meat, half, v mat.Dense
	scaled := mat.NewDense(len(y), 4, nil)
	for i := range y {
		residual := y[i]
		for k := range 4 {
			residual -= x.At(i, k) * r.Coefficients[k]
			scaled.Set(i, k, x.At(i, k)*weights[i])
		}
		for k := range 4 {
			scores.Set(cluster[i], k, scores.At(cluster[i], k)+x.At(i, k)*weights[i]*residual)
		}
	}
	bread.Mul(scaled.T(), x)
	if err := bread.Inverse(&bread); err != nil {
		t.Fatal(err)
	}
	meat.Mul(scores.T(), scores)
	half.Mul(&bread, &meat)
	v.Mul(&half, &bread)
	g, n := float64(e.Clusters), float64(len(y))
	if slow := math.Sqrt(v.At(3, 3) * g / (g - 1) * (n - 1) / (n - 4)); math.Abs(slow-e.SE()) > 1e-8*slow {
		t.Fatalf("an error of %v, with the matrices written out %v", e.SE(), slow)
	}
	return e
}

func TestEventStudy(t *testing.T) {
	// Both sides go alike before; the treated cost 100 less a year from the third window on.
	s := effect.Sample{Treated: []bool{true, true, true, false, false, false}}
	euros := [][]float64{{100, 150, 130, 90, 60, 75}, {110, 160, 140, 100, 70, 85}, {95, 145, 125, 110, 80, 95}, {105, 155, 135, 120, 90, 105}}
	var windows []effect.Window
	for _, e := range euros {
		windows = append(windows, effect.Window{Years: slices.Repeat([]float64{0.25}, 6), Euros: e})
	}
	study, err := s.EventStudy(windows[0], windows)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{0, 0, -100, -100} {
		near(t, "effect", study[i].Effect, want, 1e-9)
	}
	if study[0].SE() != 0 || study[0].P() != 1 {
		t.Errorf("the base against itself: %v, p %v", study[0].SE(), study[0].P())
	}
	windows[3].Years = make([]float64, 6)
	if _, err = s.EventStudy(windows[0], windows); err == nil || !strings.Contains(err.Error(), "window 4") {
		t.Errorf("%v; it should name window 4", err)
	}
}

func TestDifferenceEdges(t *testing.T) {
	half, one := effect.Sample{Treated: []bool{true, true, false, false}}, []float64{1, 1, 1, 1}
	euros := []float64{1, 2, 3, 4}
	good := effect.Window{Years: one, Euros: euros}
	for _, c := range []struct {
		says        string
		s           effect.Sample
		base, later effect.Window
	}{
		{"treated are in 1 cluster", effect.Sample{Treated: []bool{true, false, false, false}}, good, good},
		{"controls are in 0 cluster", effect.Sample{Treated: []bool{true, true, true, true}}, good, good},
		{"treated are in 1 cluster", effect.Sample{Treated: half.Treated, Cluster: []int{0, 0, 1, 2}, Clusters: 3}, good, good},
		{"controls are in 0 cluster", effect.Sample{}, effect.Window{}, effect.Window{}},
		{"treated are in 1 cluster", effect.Sample{Treated: half.Treated, Weight: []float64{1, 0, 1, 1}}, good, good},
		{"no insured time in the later window", half, good, effect.Window{Years: []float64{0, 0, 1, 1}, Euros: []float64{0, 0, 1, 2}}},
		{"no insured time in the base", half, effect.Window{Years: []float64{1, 1, 0, 0}, Euros: []float64{1, 2, 0, 0}}, good},
		{"euros in a window without insured time", half, effect.Window{Years: []float64{1, 0, 1, 1}, Euros: euros}, good},
		{"too few for 4 coefficients", half, effect.Window{Years: []float64{1, 0, 1, 0}, Euros: []float64{1, 0, 1, 0}}, effect.Window{Years: []float64{0, 1, 0, 1}, Euros: []float64{0, 1, 0, 1}}},
		{"one for each", half, effect.Window{Years: one[:3], Euros: euros}, good},
		{"one for each", effect.Sample{Treated: half.Treated, Weight: one[:3]}, good, good},
		{"numbered from 0", effect.Sample{Treated: half.Treated, Cluster: []int{0, 1, 2, 3}, Clusters: 3}, good, good},
		{"below nought", half, effect.Window{Years: []float64{1, -1, 1, 1}, Euros: euros}, good},
		{"not a number", half, good, effect.Window{Years: one, Euros: []float64{1, math.NaN(), 1, 1}}},
	} {
		if _, err := c.s.Difference(c.base, c.later); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v; it should say %q", err, c.says)
		}
	}
	// Nobody varies: an effect without any doubt, or none at all.
	flat := effect.Window{Years: one, Euros: []float64{7, 7, 3, 3}}
	e, err := half.Difference(flat, flat)
	if err != nil || e.Effect != 0 || e.SE() != 0 || e.P() != 1 {
		t.Errorf("%+v, %v", e, err)
	}
	if e, err = half.Difference(flat, effect.Window{Years: one, Euros: []float64{9, 9, 3, 3}}); err != nil || e.Effect != 2 || e.P() != 0 {
		t.Errorf("%+v, %v", e, err)
	}
}
