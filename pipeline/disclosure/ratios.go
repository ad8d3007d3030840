package disclosure

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
)

var one = big.NewRat(1, 1)

// ratio says that a column is another one times a factor that everybody knows, such as a price index.
type ratio struct {
	of     int
	per    []int
	factor map[string]*big.Rat // by the values of per; none where the column is no multiple
}

// factorScale is the number of parts of a factor. Coarse, for what a factor adds to a reader's knowledge is that it differs from
// another one; by how much matters little, and a proof in whole numbers is found sooner.
const factorScale = 1000

// resolveRatios finds the factors in the data: in each group the ratio of its largest amount, if all others have it too.
func (t *working) resolveRatios() error {
	for _, text := range t.Proportional {
		left, right, ok := strings.Cut(text, "=")
		of, per, ok2 := strings.Cut(right, " per ")
		if !ok || !ok2 {
			return fmt.Errorf("%q: 'column = other per column, …' expected", text)
		}
		column, ok := t.place[strings.TrimSpace(left)]
		base, ok2 := t.place[strings.TrimSpace(of)]
		if !ok || !ok2 {
			return fmt.Errorf("%q names a column that is not there", text)
		}
		r := &ratio{of: base, factor: map[string]*big.Rat{}}
		for name := range strings.SplitSeq(per, ",") {
			at, ok := t.place[strings.TrimSpace(name)]
			if !ok {
				return fmt.Errorf("%q names a column that is not there", text)
			}
			r.per = append(r.per, at)
		}
		t.findFactors(column, r)
		t.ratios[column] = r
	}
	return nil
}

func (t *working) findFactors(column int, r *ratio) {
	largest := map[string]int{}
	for row, values := range t.Rows {
		if values[column].Null || values[r.of].Null || values[r.of].Unscaled == 0 {
			continue
		}
		name := t.joined(row, r.per)
		if old, ok := largest[name]; !ok || absolute(values[r.of].Unscaled) > absolute(t.Rows[old][r.of].Unscaled) {
			largest[name] = row
		}
	}
	exact := map[string]float64{}
	for name, row := range largest {
		values := t.Rows[row]
		if f := float64(values[column].Unscaled) / float64(values[r.of].Unscaled); f > 0 {
			exact[name] = f
			r.factor[name] = simplest(f)
		}
	}
	for row, values := range t.Rows {
		name := t.joined(row, r.per)
		f, ok := exact[name]
		if !ok || values[column].Null || values[r.of].Null {
			continue
		}
		want := f * float64(values[r.of].Unscaled)
		// Cents are rounded per line, and an index is known to a few digits.
		if math.Abs(want-float64(values[column].Unscaled)) > 0.0001*math.Abs(want)+5000 {
			delete(r.factor, name)
		}
	}
}

// proportional gives the column that this one is a public multiple of in a row, and the factor; nil where it is none, or where
// the other has no value.
func (t *working) proportional(column, row int) (of int, factor *big.Rat) {
	r, ok := t.ratios[column]
	if !ok || t.Rows[row][r.of].Null {
		return 0, nil
	}
	return r.of, r.factor[t.joined(row, r.per)]
}

// multiple says whether a column is the same public multiple of another one in all rows, so that it adds up by itself.
func (t *working) multiple(column int, rows []int) bool {
	_, same := t.proportional(column, rows[0])
	return same != nil && !slices.ContainsFunc(rows, func(row int) bool {
		_, factor := t.proportional(column, row)
		return factor == nil || factor.Cmp(same) != 0
	})
}

// simplest is the fraction with the smallest denominator that comes near a factor.
func simplest(factor float64) *big.Rat {
	for of := int64(1); ; of++ {
		n := math.Round(factor * float64(of))
		if math.Abs(n/float64(of)-factor) <= 0.5/factorScale {
			return big.NewRat(int64(n), of)
		}
	}
}
