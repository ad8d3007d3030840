package effect_test

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"ontschot/internal/golden"
	"ontschot/pipeline/analysis/effect"
)

// design is a table of explaining columns under way; every row gets a constant first.
type design struct {
	rows [][]float64
	y    []float64
}

func (d *design) add(y float64, x ...float64) {
	d.rows = append(d.rows, append([]float64{1}, x...))
	d.y = append(d.y, y)
}

func (d *design) matrix() *mat.Dense {
	m := mat.NewDense(len(d.rows), len(d.rows[0]), nil)
	for i, row := range d.rows {
		m.SetRow(i, row)
	}
	return m
}

func (d *design) fit(t *testing.T) effect.Regression {
	t.Helper()
	r, err := effect.Regress(d.matrix(), d.y, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// numbered gives every text its number, in the order in which they first come.
func numbered(texts []string) (numbers []int, count int) {
	known := map[string]int{}
	for _, text := range texts {
		if _, is := known[text]; !is {
			known[text] = len(known)
		}
		numbers = append(numbers, known[text])
	}
	return numbers, len(known)
}

// dummies are the indicators of all numbers but the first.
func dummies(number, count int) []float64 {
	out := make([]float64, count-1)
	if number > 0 {
		out[number-1] = 1
	}
	return out
}

func column(rows []map[string]string, name string) (texts []string) {
	for _, row := range rows {
		texts = append(texts, row[name])
	}
	return texts
}

func clustered(t *testing.T, r effect.Regression, at int, cluster []int, clusters, counted int) effect.Estimate {
	t.Helper()
	e, err := r.Estimate(at, cluster, clusters, counted)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestClusterConventions has the same model with the three ways to count coefficients.
func TestClusterConventions(t *testing.T) {
	rows := golden.Rows(t, "plm_Grunfeld.csv")
	firms, firmCount := numbered(column(rows, "firm"))
	years, yearCount := numbered(column(rows, "year"))
	var d design
	for i, row := range rows {
		x := append([]float64{number(t, row["capital"])}, dummies(firms[i], firmCount)...)
		d.add(number(t, row["inv"]), append(x, dummies(years[i], yearCount)...)...)
	}
	r := d.fit(t)
	all := 2 + firmCount - 1 + yearCount - 1
	near(t, "iid", r.Classical(1), 0.02597821, 0.5e-8)
	near(t, "firms not counted", clustered(t, r, 1, firms, firmCount, all-(firmCount-1)).SE(), 0.06328129, 0.5e-8)
	near(t, "all counted", clustered(t, r, 1, firms, firmCount, all).SE(), 0.06493478, 0.5e-8)
	// Without any correction the factor G/(G-1) x (n-1)/(n-K) goes out again.
	g, n := float64(firmCount), float64(len(rows))
	bare := clustered(t, r, 1, firms, firmCount, all).SE() / math.Sqrt(g/(g-1)*(n-1)/(n-float64(all)))
	near(t, "no correction", bare, 0.05693726, 0.5e-8)
}

func TestClustersOfPetersen(t *testing.T) {
	rows := golden.Rows(t, "sandwich_PetersenCL.csv")
	firms, firmCount := numbered(column(rows, "firm"))
	years, yearCount := numbered(column(rows, "year"))
	var d design
	alone := make([]int, len(rows))
	for i, row := range rows {
		d.add(number(t, row["y"]), number(t, row["x"]))
		alone[i] = i
	}
	r := d.fit(t)
	near(t, "x", r.Coefficients[1], 1.0348, 0.5e-4)
	near(t, "classical", r.Classical(1), 0.0286, 0.5e-4)
	white := clustered(t, r, 1, alone, len(alone), 2).SE()
	firm := clustered(t, r, 1, firms, firmCount, 2).SE()
	year := clustered(t, r, 1, years, yearCount, 2).SE()
	near(t, "White", white, 0.0284, 0.5e-4)
	near(t, "firm", firm, 0.0506, 0.5e-4)
	near(t, "year", year, 0.0334, 0.5e-4)
	near(t, "both", math.Sqrt(firm*firm+year*year-white*white), 0.0536, 0.5e-4)
}

// TestEventStudyOfFixest has unit and period effects, where the clusters are the units.
func TestEventStudyOfFixest(t *testing.T) {
	rows := golden.Rows(t, "fixest_base_did.csv")
	ids, idCount := numbered(column(rows, "id"))
	var d design
	for i, row := range rows {
		period := int(number(t, row["period"]))
		x := []float64{number(t, row["x1"])}
		for _, p := range []int{1, 2, 3, 4, 6, 7, 8, 9, 10} {
			x = append(x, number(t, row["treat"])*float64(of(period == p)))
		}
		x = append(x, dummies(period-1, 10)...)
		d.add(number(t, row["y"]), append(x, dummies(ids[i], idCount)...)...)
	}
	r := d.fit(t)
	near(t, "x1", r.Coefficients[1], 0.973490, 0.5e-6)
	near(t, "x1 se", clustered(t, r, 1, ids, idCount, 20).SE(), 0.045678, 0.5e-6)
	at := 2
	for _, row := range golden.Rows(t, "regression_expected.csv") {
		if strings.HasPrefix(row["term"], "period::") {
			e := clustered(t, r, at, ids, idCount, 20)
			near(t, row["term"], e.Effect, number(t, row["estimate"]), 0.5e-6)
			near(t, row["term"]+" se", e.SE(), number(t, row["se"]), 0.5e-6)
			at++
		}
	}
	if at != 11 {
		t.Errorf("%d published effects by period, not 9", at-2)
	}
}

func TestRegressTextbooks(t *testing.T) {
	for _, c := range []struct {
		file, y, one, other, filter string
		row                         int
		tolerance                   float64
	}{
		{"rdatasets_wooldridge_kielmc.csv", "rprice", "nearinc", "y81", "", 0, 0.01},
		{"rdatasets_wooldridge_injury.csv", "ldurat", "afchnge", "highearn", "ky", 1, 1e-6},
		{"nsw_dehejia_wahba.csv", "re78", "treated", "", "", 2, 1e-3},
		{"nsw_lalonde.csv", "re78", "treated", "", "", 3, 1e-3},
	} {
		var d design
		for _, row := range golden.Rows(t, c.file) {
			if c.filter != "" && row[c.filter] != "1" {
				continue
			}
			x := []float64{number(t, row[c.one])}
			if c.other != "" {
				x = append(x, number(t, row[c.other]), x[0]*number(t, row[c.other]))
			}
			d.add(number(t, row[c.y]), x...)
		}
		r, want := d.fit(t), golden.Rows(t, "regression_expected.csv")[c.row]
		last := len(r.Coefficients) - 1
		near(t, c.file, r.Coefficients[last], number(t, want["estimate"]), c.tolerance)
		near(t, c.file+" se", r.Classical(last), number(t, want["se"]), c.tolerance)
	}
}

func TestRegressEdges(t *testing.T) {
	x := mat.NewDense(4, 2, []float64{1, 1, 1, 2, 1, 3, 1, 4})
	y := []float64{1, 2, 2, 5}
	r, err := effect.Regress(x, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	for says, call := range map[string]func() error{
		"repeat each other": func() error {
			_, err := effect.Regress(mat.NewDense(4, 2, []float64{1, 2, 1, 2, 1, 2, 1, 2}), y, nil)
			return err
		},
		"there must be more rows": func() error {
			_, err := effect.Regress(mat.NewDense(2, 2, []float64{1, 0, 1, 1}), y[:2], nil)
			return err
		},
		"3 outcomes":             func() error { _, err := effect.Regress(x, y[:3], nil); return err },
		"not a number":           func() error { _, err := effect.Regress(x, []float64{1, 2, math.NaN(), 1}, nil); return err },
		"below nought":           func() error { _, err := effect.Regress(x, y, []float64{1, 1, 1, -1}); return err },
		"needs two":              func() error { _, err := r.Estimate(1, []int{0, 0, 0, 0}, 1, 2); return err },
		"numbered from 0":        func() error { _, err := r.Estimate(1, []int{0, 0, 1, 2}, 2, 2); return err },
		"3 clusters":             func() error { _, err := r.Estimate(1, []int{0, 0, 1}, 2, 2); return err },
		"no coefficient 3":       func() error { _, err := r.Estimate(2, []int{0, 0, 1, 1}, 2, 2); return err },
		"4 coefficients counted": func() error { _, err := r.Estimate(1, []int{0, 0, 1, 1}, 2, 4); return err },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v; it should say %q", err, says)
		}
	}
}
