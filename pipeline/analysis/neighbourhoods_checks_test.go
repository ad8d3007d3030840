package analysis

import (
	"context"
	"database/sql"
	"math"
	"testing"

	"ontschot/pipeline/analysis/effect"

	"gonum.org/v1/gonum/mat"
)

// checks reads the two that stand beside the test of a row.
func checks(t *testing.T, conn *sql.Conn) (wild, breaks map[string]sql.Null[float64]) {
	t.Helper()
	wild, breaks = map[string]sql.Null[float64]{}, map[string]sql.Null[float64]{}
	var at string
	var p, broken sql.Null[float64]
	err := scanRows(context.Background(), conn, `SELECT uitkomst || '/' || periode, CAST(p_wild AS DOUBLE), CAST(breekpunt AS DOUBLE)
		FROM model.wijk_schatting`, []any{&at, &p, &broken}, func() error {
		wild[at], breaks[at] = p, broken
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return wild, breaks
}

// TestTheSecondTestOfNeighbourhoods tries every pattern of signs by a regression of its own.
func TestTheSecondTestOfNeighbourhoods(t *testing.T) {
	drawn := drawnRegion{neighbourhoods: 8, starts: early(3), planted: 150}.cells(t, 3)
	neighbourhoods(t, drawn.conn)
	wild, _ := checks(t, drawn.conn)
	change, x, alone := make([]float64, 8), mat.NewDense(8, 2, nil), make([]int, 8)
	var mean, all float64
	for i := range change {
		years := func(law, _ string) bool { return law == "wmo" }
		change[i] = drawn.mean(i, []int{2018, 2019, 2020, 2021, 2022}, years) - drawn.mean(i, []int{2017}, years)
		root := math.Sqrt(drawn.weight[i])
		x.Set(i, 0, root)
		if i < 3 {
			x.Set(i, 1, root)
		}
		alone[i] = i
		mean, all = mean+drawn.weight[i]*change[i], all+drawn.weight[i]
	}
	statistic := func(signs int) float64 {
		y := make([]float64, 8)
		for i := range y {
			sign := float64(1 - signs>>i&1*2)
			y[i] = math.Sqrt(drawn.weight[i]) * (mean/all + sign*(change[i]-mean/all))
		}
		fit, err := effect.Regress(x, y, nil)
		if err != nil {
			t.Fatal(err)
		}
		e, err := fit.Estimate(1, alone, 8, 2)
		if err != nil {
			t.Fatal(err)
		}
		return math.Abs(e.Effect / e.SE())
	}
	large := 0
	for signs := range 256 {
		if statistic(signs) >= statistic(0)*(1-1e-9) {
			large++
		}
	}
	if got := wild["wmo/na"]; !got.Valid || math.Abs(got.V-float64(large)/256) > 1e-6 {
		t.Errorf("p is %v, the slow way %.6f", got, float64(large)/256)
	}
	if wild["wmo/2019"].Valid {
		t.Error("a single year has a second test")
	}
	// With more than so many there is none.
	many := drawnRegion{neighbourhoods: mostTwice + 1, starts: early(3)}.cells(t, 3)
	neighbourhoods(t, many.conn)
	if wild, _ := checks(t, many.conn); wild["totaal/na"].Valid {
		t.Errorf("%d neighbourhoods have a second test", mostTwice+1)
	}
}

// TestTheBreakdownOfNeighbourhoods calculates it from the years of the table itself.
func TestTheBreakdownOfNeighbourhoods(t *testing.T) {
	found := false
	for seed := range uint64(4) {
		drawn := drawnRegion{neighbourhoods: 11, starts: early(3), planted: 200 * float64(seed)}.cells(t, seed)
		got, _ := neighbourhoods(t, drawn.conn)
		_, breaks := checks(t, drawn.conn)
		for _, outcome := range []string{"totaal", "wmo", "lijn 2"} {
			now, step := got[outcome+"/na"], got[outcome+"/2016"].effect.V
			largest := max(math.Abs(step), math.Abs(got[outcome+"/2015"].effect.V-step))
			want := 0.0
			if now.low.V > 0 || now.high.V < 0 {
				want = min(math.Abs(now.low.V), math.Abs(now.high.V)) / (3 * largest) // 2018 to 2022 are three steps away on average
				found = true
			}
			if b := breaks[outcome+"/na"]; !b.Valid || math.Abs(b.V-want) > 2e-6*(1+want) {
				t.Errorf("seed %d, %s: %v, want %.6f", seed, outcome, b, want)
			}
		}
	}
	if !found {
		t.Error("nothing was found that could be lost")
	}
	without := drawnRegion{neighbourhoods: 11, starts: early(3), years: []int{2017, 2018, 2019}}.cells(t, 1)
	neighbourhoods(t, without.conn)
	if _, breaks := checks(t, without.conn); breaks["totaal/na"].Valid {
		t.Error("without a year before the base year nothing is known of steps")
	}
}
