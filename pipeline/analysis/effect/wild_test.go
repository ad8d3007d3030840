package effect_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"ontschot/internal/golden"
	"ontschot/pipeline/analysis/effect"
)

func TestWildGolden(t *testing.T) {
	rows := golden.Rows(t, "sandwich_PetersenCL.csv")
	for _, want := range golden.Rows(t, "wildboot_enumeration_expected.csv") {
		var d design
		var names []string
		for _, row := range rows {
			name := row["year"]
			if strings.HasPrefix(want["cluster"], "firm") {
				if name = row["firm"]; number(t, name) > 8 {
					continue
				}
			}
			names = append(names, name)
			d.add(number(t, row["y"]), number(t, row["x"]))
		}
		cluster, clusters := numbered(names)
		supposed := number(t, strings.TrimPrefix(want["H0"], "x="))
		w, err := effect.WildTest(d.matrix(), d.y, 1, supposed, cluster, clusters)
		if err != nil {
			t.Fatal(err)
		}
		near(t, want["H0"]+" t", w.T, number(t, want["t_crv1"]), 0.5e-6)
		near(t, want["H0"]+" patterns", float64(w.Patterns), number(t, want["draws"]), 0)
		near(t, want["H0"]+" p", w.P, number(t, want["p_ge"]), 0.5e-7)
	}
}

// TestWildAgainstTheSlowWay makes every bootstrap sample and fits it.
func TestWildAgainstTheSlowWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const clusters, each = 5, 3
		n := clusters * each
		draw := rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n)
		y, one, two := draw.Draw(t, "y"), draw.Draw(t, "x"), draw.Draw(t, "z")
		x := mat.NewDense(n, 3, nil)
		cluster := make([]int, n)
		for i := range n {
			x.SetRow(i, []float64{1, one[i] + float64(i*i%7), two[i] + float64(i)})
			y[i] += math.Sqrt(float64(1 + i*i))
			cluster[i] = i % clusters
		}
		supposed := rapid.Float64Range(-1, 1).Draw(t, "supposed")
		w, err := effect.WildTest(x, y, 1, supposed, cluster, clusters)
		if err != nil {
			t.Skip(err)
		}
		others := mat.NewDense(n, 2, nil)
		rest := make([]float64, n)
		for i := range n {
			others.SetRow(i, []float64{1, x.At(i, 2)})
			rest[i] = y[i] - supposed*x.At(i, 1)
		}
		null, err := effect.Regress(others, rest, nil)
		if err != nil {
			t.Fatal(err)
		}
		least, most := 0, 0
		for pattern := range 1 << clusters {
			again := make([]float64, n)
			for i := range n {
				fitted := supposed*x.At(i, 1) + null.Coefficients[0] + null.Coefficients[1]*x.At(i, 2)
				again[i] = fitted + float64(1-2*(pattern>>cluster[i]&1))*(y[i]-fitted)
			}
			r, err := effect.Regress(x, again, nil)
			if err != nil {
				t.Fatal(err)
			}
			e, err := r.Estimate(1, cluster, clusters, 3)
			if err != nil {
				t.Fatal(err)
			}
			statistic := math.Abs(e.Effect-supposed) / e.SE()
			least += of(statistic >= math.Abs(w.T)*(1+1e-6))
			most += of(statistic >= math.Abs(w.T)*(1-1e-6))
		}
		if large := w.P * float64(w.Patterns); large < float64(least) || large > float64(most) {
			t.Fatalf("p is %v, %v patterns; the slow way has %d to %d", w.P, large, least, most)
		}
	})
}

func TestWildEdges(t *testing.T) {
	x := mat.NewDense(4, 2, []float64{1, 1, 1, 2, 1, 3, 1, 5})
	y := []float64{1, 2, 2, 5}
	for says, call := range map[string]func() error{
		"needs two":        func() error { _, err := effect.WildTest(x, y, 1, 0, []int{0, 0, 0, 0}, 2); return err },
		"3 of 30 clusters": func() error { _, err := effect.WildTest(x, y, 1, 0, []int{0, 1, 2, 2}, 30); return err },
		"repeat each other": func() error {
			_, err := effect.WildTest(mat.NewDense(4, 2, nil), y, 1, 0, []int{0, 1, 0, 1}, 2)
			return err
		},
		"no coefficient": func() error { _, err := effect.WildTest(x, y, 5, 0, []int{0, 1, 0, 1}, 2); return err },
		"without spread": func() error {
			_, err := effect.WildTest(mat.NewDense(4, 1, []float64{1, 1, 1, 1}), []float64{0, 0, 0, 0}, 0, 0, []int{0, 1, 0, 1}, 2)
			return err
		},
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v; it should say %q", err, says)
		}
	}
}
