package effect

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// least is how small a direction of the characteristics, against the largest, counts as none: one repeats the others.
const least = 1e-9

// Balanced is the characteristics in which the weights make the controls of a Sample equal to the treated: what they explain of
// the outcome is not uncertain.
type Balanced struct {
	x       *mat.Dense // of every unit, see characteristics
	inverse *mat.Dense // of the weighted cross products of the controls, with a constant in front; of as high a rank as they have
	rank    int        // how many characteristics there are that do not repeat others
}

// Balance makes the Balanced of a sample out of the characteristics in which its weights make both sides equal: per
// characteristic the value of every unit. It fails if one has not a value for each, and if none varies.
func (s Sample) Balance(characteristics [][]float64) (*Balanced, error) {
	x, err := s.characteristics(characteristics)
	if err != nil {
		return nil, err
	}
	n, k := x.Dims()
	cross := mat.NewSymDense(k+1, nil)
	row := mat.NewVecDense(k+1, nil)
	for i := range n {
		if s.Treated[i] {
			continue
		}
		row.SetVec(0, 1)
		copy(row.RawVector().Data[1:], x.RawRowView(i))
		cross.SymRankOne(cross, s.weight(i), row)
	}
	var svd mat.SVD
	if !svd.Factorize(cross, mat.SVDFull) {
		return nil, errors.New("the balanced characteristics cannot be taken apart")
	}
	one := mat.NewDiagDense(k+1, nil)
	for i := range k + 1 {
		one.SetDiag(i, 1)
	}
	rank := svd.Rank(least)
	inverse := mat.NewDense(k+1, k+1, nil)
	svd.SolveTo(inverse, one, rank)
	return &Balanced{x, inverse, rank - 1}, nil
}

// unexplained takes from what every unit adds to the deviation what its balanced characteristics explain of it among the
// controls. The weights make these equal on both sides, so what they explain of the controls stands and falls with the
// treated: it moves there, and only the rest is uncertain (Hirshberg and Zubizarreta 2017).
func (s Sample) unexplained(parts []float64) []float64 {
	b := s.Balanced
	n, k := b.x.Dims()
	moments := mat.NewVecDense(k+1, nil)
	sums := moments.RawVector().Data
	var weight [2]float64
	for i := range n {
		w := s.weight(i)
		weight[side(s.Treated[i])] += w
		if s.Treated[i] {
			continue
		}
		sums[0] += w * parts[i]
		for c, v := range b.x.RawRowView(i) {
			sums[c+1] += w * parts[i] * v
		}
	}
	var slopes mat.VecDense
	slopes.MulVec(b.inverse, moments)
	rest := make([]float64, n)
	for i := range n {
		explained := dot(b.x.RawRowView(i), slopes.RawVector().Data[1:])
		if s.Treated[i] {
			rest[i] = parts[i] + explained*weight[0]/weight[1]
		} else {
			rest[i] = parts[i] - explained
		}
	}
	return rest
}

// characteristics are the balanced ones of every unit, in standard deviations of all from the mean of the treated; one that
// does not vary is left out.
func (s Sample) characteristics(all [][]float64) (*mat.Dense, error) {
	n := len(s.Treated)
	var columns [][]float64
	for c, values := range all {
		if len(values) != n {
			return nil, fmt.Errorf("balanced characteristic %d has %d values for %d units: give one for each", c+1, len(values), n)
		}
		if err := finite("balanced characteristic", values); err != nil {
			return nil, err
		}
		var mean, weight, overall, squares float64
		for i, v := range values {
			if s.Treated[i] {
				mean += s.weight(i) * v
				weight += s.weight(i)
			}
			overall += v / float64(n)
		}
		for _, v := range values {
			squares += (v - overall) * (v - overall) / float64(n)
		}
		if squares == 0 || weight == 0 {
			continue
		}
		column := make([]float64, n)
		for i, v := range values {
			column[i] = (v - mean/weight) / math.Sqrt(squares)
		}
		columns = append(columns, column)
	}
	if len(columns) == 0 {
		return nil, errors.New("no balanced characteristic varies: leave them out")
	}
	x := mat.NewDense(n, len(columns), nil)
	for c, column := range columns {
		x.SetCol(c, column)
	}
	return x, nil
}
