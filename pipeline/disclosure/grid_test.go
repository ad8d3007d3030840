package disclosure

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// grid is a table of any number of dimensions with all its margins: index 0 of a dimension is its total.
type grid struct {
	system
	sizes []int
}

func (g *grid) at(index []int) int {
	place := 0
	for d, size := range g.sizes {
		place = place*(size+1) + index[d]
	}
	return place
}

// newGrid fills the inner cells and adds them up.
func newGrid(sizes []int, fill func(index []int) int64) *grid {
	g := &grid{sizes: sizes}
	n := 1
	for _, size := range sizes {
		n *= size + 1
	}
	g.values, g.signed = make([]int64, n), make([]bool, n)
	index := make([]int, len(sizes))
	for place := range n {
		g.index(place, index)
		margin := false
		for d, i := range index {
			if i != 0 {
				continue
			}
			margin = true
			other := append([]int{}, index...)
			equation := []term{{place, -1}}
			for j := 1; j <= sizes[d]; j++ {
				other[d] = j
				equation = append(equation, term{g.at(other), 1})
			}
			g.equations = append(g.equations, equation)
		}
		if margin {
			continue
		}
		v := fill(index)
		above := make([]int, len(sizes))
		for mask := range 1 << len(sizes) {
			for d, i := range index {
				above[d] = i
				if mask>>d&1 == 1 {
					above[d] = 0
				}
			}
			g.values[g.at(above)] += v
		}
	}
	return g
}

func (g *grid) index(place int, index []int) {
	for d := len(g.sizes) - 1; d >= 0; d-- {
		index[d] = place % (g.sizes[d] + 1)
		place /= g.sizes[d] + 1
	}
}

// rows puts totals first, and larger cells before smaller ones.
func (g *grid) rows() [][]int {
	index := make([]int, len(g.sizes))
	level := func(u int) int {
		g.index(u, index)
		inner := 0
		for _, i := range index {
			if i != 0 {
				inner++
			}
		}
		return inner
	}
	var order []int
	for u := range g.values {
		order = append(order, u)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(level(a), level(b)), cmp.Compare(g.values[b], g.values[a]))
	})
	var rows [][]int
	for _, u := range order {
		rows = append(rows, []int{u})
	}
	return rows
}

// marked returns a mark for each unknown.
func (s *system) marked(which func(u int) bool) []bool {
	out := make([]bool, len(s.values))
	for u := range out {
		out[u] = which(u)
	}
	return out
}

// counts makes a skewed table of persons in which one to nine are sensitive and need an interval of five.
func counts(sizes []int, seed uint64) (g *grid, sensitive []bool, needs []need) {
	random := rand.New(rand.NewPCG(seed, 1))
	g = newGrid(sizes, func([]int) int64 { return int64(random.ExpFloat64() * random.ExpFloat64() * 60) })
	sensitive = g.marked(func(u int) bool { return g.values[u] > 0 && g.values[u] < 10 })
	for u, s := range sensitive {
		if s {
			needs = append(needs, need{unknown: u, up: 1, width: 5})
		}
	}
	return g, sensitive, needs
}

// readable marks what a reader of the shown rows has.
func (g *grid) readable(rows [][]int, shown, given []bool) []bool {
	known := slices.Clone(given)
	for r, row := range rows {
		for _, u := range row {
			known[u] = known[u] || shown[r]
		}
	}
	return known
}

func hiddenOf(shown []bool) (hidden int) {
	for _, s := range shown {
		if !s {
			hidden++
		}
	}
	return hidden
}
