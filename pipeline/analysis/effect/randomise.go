package effect

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/combin"
)

// mostAssignments is how many sets of treated units are tried; more than this and the comparable ones are too many.
const mostAssignments = 20_000_000

// ties is how close two statistics are equal: rounding may not decide whether an assignment counts.
const ties = 1e-9

// ErrNoSpread says that on neither side one unit changed otherwise than another, so that there is no t-statistic.
var ErrNoSpread = errors.New("the units of each side changed by the same amount: without spread there is nothing to compare with")

// Randomised is the outcome of Randomise.
type Randomised struct {
	// Effect is the weighted mean change of the treated less that of the others, in the unit of the changes.
	Effect float64
	// SE is its standard error by HC1, and T the effect over it. With few treated units SE serves only to make T.
	SE, T float64
	// Assignments is in how many ways as many units can be chosen, the true one among them.
	Assignments int
	// P is the share of the assignments with |t| at least as large, PEffect that with as large an effect.
	P, PEffect float64
	// Low and High bound the effects that are not rejected at the level: infinite where the assignments are too few.
	Low, High float64
}

// Randomise tests whether the treated units, say the neighbourhoods of the pilot, changed otherwise than the others: it
// gives the label to every set of as many units and compares the t-statistics (randomisation inference on t, MacKinnon and
// Webb 2020). change is per unit the later euros per insured year less the earlier; weights, none for equal ones, are those
// of the mean and stay with the unit. The interval holds the effects d for which the test on change - d of the treated
// keeps more than 1-level; its ends are solved exactly, for all assignments at once.
//
// It fails with fewer than three units, with more than 20 million assignments, and where no side shows any spread.
func Randomise(change, weights []float64, treated []bool, level float64) (Randomised, error) {
	x, err := newLabels(change, weights, treated, level)
	if err != nil {
		return Randomised{}, err
	}
	out := Randomised{Effect: x.effect, SE: x.se, T: x.effect / x.se, Assignments: combin.Binomial(len(change), x.treated)}
	// An effect stands while more than this many assignments are as far out; the truth always is.
	needed := int(math.Floor((1-level)*float64(out.Assignments)+ties)) + 1 - x.always()
	from := x.guess(needed, out.Assignments)
	c := x.count(from)
	for nearer := c.closer(needed, from); nearer != from; nearer = c.closer(needed, from) {
		from = nearer
		c = x.count(from)
	}
	out.P = float64(c.asLarge) / float64(out.Assignments)
	out.PEffect = float64(c.asLargeEffect) / float64(out.Assignments)
	var ends [2]float64
	for side := range ends {
		ends[side] = outward[side] * math.Inf(1)
		if needed > 0 {
			ends[side] = outward[side] * (from[side] + c.beyond[side].end(needed))
		}
	}
	out.Low, out.High = x.effect+ends[0]*x.se, x.effect+ends[1]*x.se
	return out, nil
}

// labels is what every assignment is weighed with. The changes are in standard errors, with the estimate taken off the
// treated: in these units the estimate is 0, its standard error 1, and a supposed effect is u.
type labels struct {
	effect, se float64
	treated    int
	change     []float64
	weights    []float64
	isTreated  []bool
	units      []moments // of each unit alone
	all        moments
}

// moments are the sums of a set of units: w the weight, x the change, d whether truly treated.
type moments struct{ n, w, wx, wd, ww, wwx, wwd, wwxx, wwxd float64 }

// unit is the moments of one.
func unit(w, x, d float64) moments {
	return moments{1, w, w * x, w * d, w * w, w * w * x, w * w * d, w * w * x * x, w * w * x * d}
}

func (m *moments) include(o *moments) {
	m.n += o.n
	m.w += o.w
	m.wx += o.wx
	m.wd += o.wd
	m.ww += o.ww
	m.wwx += o.wwx
	m.wwd += o.wwd
	m.wwxx += o.wwxx
	m.wwxd += o.wwxd
}

func (m *moments) less(o *moments) moments {
	return moments{m.n - o.n, m.w - o.w, m.wx - o.wx, m.wd - o.wd, m.ww - o.ww, m.wwx - o.wwx, m.wwd - o.wwd, m.wwxx - o.wwxx, m.wwxd - o.wwxd}
}

func newLabels(change, weights []float64, treated []bool, level float64) (*labels, error) {
	n := len(change)
	if weights == nil {
		weights = slices.Repeat([]float64{1}, n)
	}
	if len(treated) != n || len(weights) != n {
		return nil, fmt.Errorf("%d changes, %d weights and %d labels: give one for each", n, len(weights), len(treated))
	}
	if err := errors.Join(finite("change", change), shares("weight", weights)); err != nil {
		return nil, err
	}
	if level <= 0 || level >= 1 {
		return nil, fmt.Errorf("the level is %v: it is a share between 0 and 1, such as 0.95", level)
	}
	x := &labels{change: slices.Clone(change), weights: weights, isTreated: treated}
	for i, w := range weights {
		if w == 0 {
			return nil, fmt.Errorf("unit %d weighs nothing: leave it out", i+1)
		}
		x.treated += side(treated[i])
	}
	if n < 3 || x.treated == 0 || x.treated == n {
		return nil, fmt.Errorf("%d treated of %d units: there must be three units, some treated and some not", x.treated, n)
	}
	if combin.LogGeneralizedBinomial(float64(n), float64(x.treated)) > math.Log(mostAssignments) {
		return nil, fmt.Errorf("%d treated of %d units can be chosen in more than %d ways: compare with fewer units", x.treated, n, mostAssignments)
	}
	return x, x.scale()
}

// scale finds the estimate and its error, and expresses the changes in them.
func (x *labels) scale() error {
	var mean, weight [2]float64
	for i, t := range x.isTreated {
		weight[side(t)] += x.weights[i]
		mean[side(t)] += x.weights[i] * x.change[i]
	}
	var variance, size float64
	for s := range mean {
		mean[s] /= weight[s]
	}
	for i, t := range x.isTreated {
		x.change[i] -= mean[side(t)]
		size = max(size, math.Abs(x.change[i]), math.Abs(mean[side(t)]))
		part := x.weights[i] * x.change[i] / weight[side(t)]
		variance += part * part
	}
	n := float64(len(x.change))
	x.effect, x.se = mean[1]-mean[0], math.Sqrt(variance*n/(n-2))
	if x.se <= 1e-12*size || x.se == 0 {
		return ErrNoSpread
	}
	for i, t := range x.isTreated {
		x.units = append(x.units, unit(x.weights[i], x.change[i]/x.se, float64(side(t))))
		x.all.include(&x.units[i])
	}
	return nil
}
