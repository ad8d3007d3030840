package effect

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Regression is a fit by weighted least squares, with what its standard errors need.
type Regression struct {
	// Coefficients are in the order of the columns.
	Coefficients []float64
	x            *mat.Dense
	weighted     []float64     // per row: weight times residual
	bread        *mat.SymDense // (X'WX)^-1
	classical    float64       // the residual variance
}

// Regress fits y on the columns of x; a constant is a column of its own. No weights means 1 for all. It fails if columns
// repeat each other or if there are no more rows than columns.
func Regress(x *mat.Dense, y, weights []float64) (Regression, error) {
	n, k := x.Dims()
	if len(y) != n || weights != nil && len(weights) != n {
		return Regression{}, fmt.Errorf("%d rows, %d outcomes and %d weights: give one for each", n, len(y), len(weights))
	}
	if n <= k {
		return Regression{}, fmt.Errorf("%d rows for %d coefficients: there must be more rows", n, k)
	}
	if err := errors.Join(finite("explaining column", x.RawMatrix().Data), finite("outcome", y), shares("weight", weights)); err != nil {
		return Regression{}, err
	}
	weight := func(i int) float64 {
		if weights == nil {
			return 1
		}
		return weights[i]
	}
	cross, moments := mat.NewSymDense(k, nil), mat.NewVecDense(k, nil)
	for i := range n {
		row := mat.NewVecDense(k, x.RawRowView(i))
		cross.SymRankOne(cross, weight(i), row)
		moments.AddScaledVec(moments, weight(i)*y[i], row)
	}
	var factor mat.Cholesky
	if !factor.Factorize(cross) || factor.Cond() > 1e14 {
		return Regression{}, fmt.Errorf("the %d explaining columns repeat each other: leave one out", k)
	}
	r := Regression{x: x, weighted: make([]float64, n), bread: mat.NewSymDense(k, nil)}
	var coefficients mat.VecDense
	if err := errors.Join(factor.InverseTo(r.bread), factor.SolveVecTo(&coefficients, moments)); err != nil {
		return Regression{}, fmt.Errorf("solving for %d coefficients: %w", k, err)
	}
	r.Coefficients = coefficients.RawVector().Data
	for i := range n {
		residual := y[i] - dot(x.RawRowView(i), r.Coefficients)
		r.weighted[i] = weight(i) * residual
		r.classical += weight(i) * residual * residual / float64(n-k)
	}
	return r, nil
}

// Classical is the standard error of a coefficient if all rows are independent and spread alike.
func (r Regression) Classical(column int) float64 {
	return math.Sqrt(r.classical * r.bread.At(column, column))
}

// Estimate is a coefficient with its errors clustered, V = (X'X)^-1 (sum_g X_g'u_g u_g'X_g) (X'X)^-1 x G/(G-1) x (n-1)/(n-K)
// (Liang and Zeger 1986). cluster numbers from 0 to clusters-1 for every row. counted is K, and decides the third digit: the
// convention of this project (fixest, Stata xtreg) leaves dummies nested in the clusters out of K; lm with vcovCL counts
// every column. With every row a cluster of its own it is HC1.
func (r Regression) Estimate(column int, cluster []int, clusters, counted int) (Estimate, error) {
	n, k := r.x.Dims()
	switch {
	case len(cluster) != n:
		return Estimate{}, fmt.Errorf("%d rows and %d clusters: give one for each", n, len(cluster))
	case column < 0 || column >= k:
		return Estimate{}, fmt.Errorf("there is no coefficient %d of %d", column+1, k)
	case counted < 0 || counted >= n:
		return Estimate{}, fmt.Errorf("%d coefficients counted in %d rows: there must be more rows", counted, n)
	}
	e := Estimate{Effect: r.Coefficients[column], Influence: make([]float64, clusters)}
	seen := make([]bool, clusters)
	bread := mat.Row(nil, column, r.bread)
	for i, c := range cluster {
		if c < 0 || c >= clusters {
			return Estimate{}, fmt.Errorf("row %d is in cluster %d of %d: they are numbered from 0", i+1, c, clusters)
		}
		if !seen[c] {
			seen[c] = true
			e.Clusters++
		}
		e.Influence[c] += dot(bread, r.x.RawRowView(i)) * r.weighted[i]
	}
	if e.Clusters < 2 {
		return Estimate{}, fmt.Errorf("all rows are in %d cluster: a standard error needs two", e.Clusters)
	}
	g := float64(e.Clusters)
	correction := math.Sqrt(g / (g - 1) * float64(n-1) / float64(n-counted))
	for c := range e.Influence {
		e.Influence[c] *= correction
	}
	return e, nil
}
