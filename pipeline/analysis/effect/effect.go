// Package effect makes the estimates that SQL cannot express: weights that make a control group comparable, differences
// in differences with standard errors that respect clusters, and tests that try every assignment there could have been.
//
// Numbers come in and estimates go out; it knows no table and no file. Outcomes are euros and insured years, effects are
// euros per insured year. All is linear, so that with the same weights the effects per law add up to that of the total.
// Nothing is drawn at random and every sum runs in the order of its input: the same numbers give the same estimates.
package effect

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Estimate is a linear estimate with what every cluster contributed to it. Estimates over the same clusters add up,
// with their errors, by Combine: laws to a total, projects to all projects, quarters to a year.
type Estimate struct {
	// Effect is in the unit of the outcome: euros per insured year for a Window of euros and insured years.
	Effect float64
	// Influence holds per cluster its part in the deviation, with the small-sample correction in it: the sum of the
	// squares is the variance of Effect.
	Influence []float64
	// Clusters counts the clusters that took part; the degrees of freedom are one less.
	Clusters int
}

// SE is the standard error, in the unit of Effect.
func (e Estimate) SE() float64 {
	var sum float64
	for _, v := range e.Influence {
		sum += v * v
	}
	return math.Sqrt(sum)
}

// Interval is the two-sided interval of that level (0.95 for 95%) by the t distribution with Clusters-1 degrees of freedom.
func (e Estimate) Interval(level float64) (low, high float64) {
	half := e.student().Quantile((1+level)/2) * e.SE()
	return e.Effect - half, e.Effect + half
}

// P is the two-sided p-value of no effect. Without any spread it is 1 for an effect of nought and 0 for any other.
func (e Estimate) P() float64 {
	se := e.SE()
	if se == 0 {
		if e.Effect == 0 {
			return 1
		}
		return 0
	}
	return 2 * e.student().Survival(math.Abs(e.Effect)/se)
}

// MDE is the minimum detectable effect: what a test at 5% sees with a power of 80%, 2.8 standard errors.
func (e Estimate) MDE() float64 { return 2.8 * e.SE() }

func (e Estimate) student() distuv.StudentsT {
	return distuv.StudentsT{Sigma: 1, Nu: float64(e.Clusters - 1)}
}

// Combine is the weighted sum of estimates over the same clusters. Its number of clusters is the largest of the parts,
// so that an interval is never narrower for parts that share only some of theirs.
func Combine(weights []float64, parts []Estimate) (Estimate, error) {
	if len(weights) != len(parts) || len(parts) == 0 {
		return Estimate{}, fmt.Errorf("%d weights for %d estimates: give one for each, and at least one", len(weights), len(parts))
	}
	sum := Estimate{Influence: make([]float64, len(parts[0].Influence))}
	for i, part := range parts {
		if len(part.Influence) != len(sum.Influence) {
			return Estimate{}, fmt.Errorf("estimate 1 has %d clusters and estimate %d has %d: number the clusters alike in both",
				len(sum.Influence), i+1, len(part.Influence))
		}
		sum.Effect += weights[i] * part.Effect
		sum.Clusters = max(sum.Clusters, part.Clusters)
		for c, v := range part.Influence {
			sum.Influence[c] += weights[i] * v
		}
	}
	return sum, nil
}

// Joint is the p-value of all these effects being nought at once, by a Wald test with F(number, clusters-1): the test
// of the quarters that were held out before the start. It fails if the effects cannot be told apart.
func Joint(parts []Estimate) (float64, error) {
	if len(parts) == 0 {
		return 0, errors.New("no estimates to test together")
	}
	q := len(parts)
	covariance := mat.NewSymDense(q, nil)
	effects := mat.NewVecDense(q, nil)
	clusters := parts[0].Clusters
	for i, a := range parts {
		effects.SetVec(i, a.Effect)
		clusters = min(clusters, a.Clusters)
		for j, b := range parts[:i+1] {
			if len(a.Influence) != len(b.Influence) {
				return 0, fmt.Errorf("estimate %d has %d clusters and estimate %d has %d: number the clusters alike in both",
					j+1, len(b.Influence), i+1, len(a.Influence))
			}
			covariance.SetSym(i, j, dot(a.Influence, b.Influence))
		}
	}
	var factor mat.Cholesky
	if clusters <= q || !factor.Factorize(covariance) || factor.Cond() > 1e14 {
		return 0, fmt.Errorf("the spread of %d clusters does not tell %d effects apart: test fewer at once", clusters, q)
	}
	var solved mat.VecDense
	if err := factor.SolveVecTo(&solved, effects); err != nil {
		return 0, fmt.Errorf("testing %d effects at once: %w", q, err)
	}
	wald := mat.Dot(effects, &solved) / float64(q)
	return distuv.F{D1: float64(q), D2: float64(clusters - 1)}.Survival(wald), nil
}

// Holm makes p-values that hold for all of them together (Holm 1979): the smallest times their number, the next times
// one less, never below the one before and at most 1. The order of the answer is that of the question.
func Holm(p []float64) ([]float64, error) {
	for i, v := range p {
		if math.IsNaN(v) || v < 0 || v > 1 {
			return nil, fmt.Errorf("p-value %d is %v: it must be from 0 to 1", i+1, v)
		}
	}
	adjusted := make([]float64, len(p))
	least := 0.0
	for rank, i := range ascending(p) {
		least = max(least, min(1, p[i]*float64(len(p)-rank)))
		adjusted[i] = least
	}
	return adjusted, nil
}
