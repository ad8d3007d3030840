package analysis

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strconv"

	"ontschot/pipeline/analysis/effect"

	"gonum.org/v1/gonum/mat"
)

// mostTwice is how many neighbourhoods the second test takes: it tries every pattern of their signs.
const mostTwice = 16

// testTwice gives a row the p-value of another test of the same change: the wild bootstrap, which keeps or changes the sign of
// what each neighbourhood is from the mean of all (Cameron, Gelbach and Miller 2008). Where the two differ much, neither is to
// be leaned on.
func (r *neighbourhoodEffect) testTwice(change, weights []float64, pilot []bool) error {
	if len(change) > mostTwice {
		return nil
	}
	x, y, cluster := mat.NewDense(len(change), 2, nil), make([]float64, len(change)), make([]int, len(change))
	for i := range change {
		root := math.Sqrt(weights[i])
		x.Set(i, 0, root)
		if pilot[i] {
			x.Set(i, 1, root)
		}
		y[i], cluster[i] = root*change[i], i
	}
	tried, err := effect.WildTest(x, y, 1, 0, cluster, len(change))
	if errors.Is(err, effect.ErrNoSpread) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("testing %s once more: %w", r.outcome, err)
	}
	r.wild = sql.Null[float64]{V: tried.P, Valid: true}
	return nil
}

// breakDown says of the rows of all later years how far from parallel the courses may go before nought lies in the interval:
// each year a step apart of so many times the largest step before the base year (relative magnitudes of Rambachan and Roth
// 2023, on the estimates as they are). It is 0 where nought lies in it already, and unknown without a step before.
func (c *neighbourhoodCells) breakDown(rows []neighbourhoodEffect) {
	type at struct{ kind, outcome, period string }
	effects := map[at]sql.Null[int64]{}
	for _, r := range rows {
		effects[at{r.kind, r.outcome, r.period}] = r.effect
	}
	later := 0.0 // how many steps the mean of the later years is from the base year
	for y := c.base + 1; y < len(c.years); y++ {
		later += float64(y-c.base) / float64(len(c.years)-1-c.base)
	}
	for i := range rows {
		r := &rows[i]
		if r.period != afterStart || !r.low.Valid || !r.high.Valid {
			continue
		}
		largest, next := int64(0), int64(0) // against the base year it is nothing apart from itself
		known := c.base > 0
		for y := c.base - 1; y >= 0; y-- {
			apart := effects[at{r.kind, r.outcome, strconv.Itoa(c.years[y])}]
			known = known && apart.Valid
			largest, next = max(largest, abs(apart.V-next)), apart.V
		}
		if !known || largest == 0 {
			continue
		}
		r.breaks = sql.Null[float64]{Valid: true}
		if r.low.V > 0 || r.high.V < 0 {
			r.breaks.V = float64(min(abs(r.low.V), abs(r.high.V))) / (float64(largest) * later)
		}
	}
}
