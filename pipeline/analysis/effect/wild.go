package effect

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// mostWildClusters is up to where all patterns of signs are tried: a million.
const mostWildClusters = 20

// Wild is the outcome of WildTest.
type Wild struct {
	// T is the coefficient less what is supposed, over its clustered error.
	T float64
	// P is the share of the patterns of signs with |t| at least as large.
	P float64
	// Patterns is how many there are: 2 to the power of the number of clusters.
	Patterns int
}

// WildTest tests a coefficient of a regression by the restricted wild cluster bootstrap (Cameron, Gelbach and Miller 2008):
// the residuals of the model with the supposed value keep or change their sign, a cluster at a time. All patterns of signs
// are tried, so nothing is drawn. Errors are clustered with K all columns. With few treated clusters it rejects too
// seldom or too often: it stands beside Randomise, not in its place. It fails with more than 20 clusters.
func WildTest(x *mat.Dense, y []float64, column int, supposed float64, cluster []int, clusters int) (Wild, error) {
	fit, err := Regress(x, y, nil)
	if err != nil {
		return Wild{}, err
	}
	n, k := x.Dims()
	estimate, err := fit.Estimate(column, cluster, clusters, k)
	if err != nil {
		return Wild{}, err
	}
	if estimate.Clusters != clusters || clusters > mostWildClusters {
		return Wild{}, fmt.Errorf("%d of %d clusters have rows: all must, and there can be %d at most", estimate.Clusters, clusters, mostWildClusters)
	}
	if estimate.SE() == 0 {
		return Wild{}, fmt.Errorf("coefficient %d: %w", column+1, ErrNoSpread)
	}
	residuals, err := restricted(x, y, column, supposed)
	if err != nil {
		return Wild{}, err
	}
	// Signs s give y* = fit + s u, so the coefficient is off by sum_g s_g a_g with a_g = e'(X'X)^-1 X_g'u_g, and cluster h
	// contributes s_h a_h - sum_g s_g c_hg to its deviation, with c_hg = e'(X'X)^-1 X_h'X_h (X'X)^-1 X_g'u_g.
	bread := mat.Row(nil, column, fit.bread)
	shift := mat.NewDense(clusters, k, nil) // (X'X)^-1 X_g'u_g
	for i, g := range cluster {
		for j := range k {
			shift.Set(g, j, shift.At(g, j)+x.At(i, j)*residuals[i])
		}
	}
	shift.Mul(shift, fit.bread)
	along := make([]float64, clusters)
	spread := mat.NewDense(clusters, clusters, nil)
	for g := range clusters {
		along[g] = shift.At(g, column)
	}
	for i, h := range cluster {
		row := x.RawRowView(i)
		weight := dot(bread, row)
		for g := range clusters {
			spread.Set(h, g, spread.At(h, g)-weight*dot(row, shift.RawRowView(g)))
		}
	}
	for g := range clusters {
		spread.Set(g, g, spread.At(g, g)+along[g])
	}
	g := float64(clusters)
	correction := g / (g - 1) * float64(n-1) / float64(n-k)
	out := Wild{T: (estimate.Effect - supposed) / estimate.SE(), Patterns: 1 << clusters}
	// A pattern and its opposite have the same |t|, so the last cluster keeps its sign.
	large := 0
	signs := make([]float64, clusters)
	for pattern := range out.Patterns / 2 {
		for c := range signs {
			signs[c] = float64(1 - pattern>>c&1*2)
		}
		var variance float64
		for h := range clusters {
			part := dot(spread.RawRowView(h), signs)
			variance += part * part * correction
		}
		if off := dot(along, signs); off*off >= out.T*out.T*variance*(1-ties) {
			large++
		}
	}
	out.P = float64(large) / float64(out.Patterns/2)
	return out, nil
}

// restricted is the residuals of the model in which a coefficient has the supposed value.
func restricted(x *mat.Dense, y []float64, column int, supposed float64) ([]float64, error) {
	n, k := x.Dims()
	rest := make([]float64, n)
	for i := range n {
		rest[i] = y[i] - supposed*x.At(i, column)
	}
	if k == 1 {
		return rest, nil
	}
	others := mat.NewDense(n, k-1, nil)
	for j := range k {
		if j != column {
			others.SetCol(j-side(j > column), mat.Col(nil, j, x))
		}
	}
	fit, err := Regress(others, rest, nil)
	if err != nil {
		return nil, err
	}
	for i := range n {
		rest[i] -= dot(others.RawRowView(i), fit.Coefficients)
	}
	return rest, nil
}
