package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// fewest returns the smallest number of further cells that keeps the sensitive ones from being computed.
func fewest(g *grid, sensitive []bool) int {
	var others []int
	known := make([]bool, len(g.values))
	for u, s := range sensitive {
		if known[u] = !s; !s {
			others = append(others, u)
		}
	}
	safe := func() bool {
		return !slices.ContainsFunc(g.exposed(known), func(u int) bool { return sensitive[u] })
	}
	var try func(from, left int) bool
	try = func(from, left int) bool {
		if left == 0 {
			return safe()
		}
		for i := from; i < len(others); i++ {
			known[others[i]] = false
			if try(i+1, left-1) {
				return true
			}
			known[others[i]] = true
		}
		return false
	}
	for n := 0; ; n++ {
		if try(0, n) {
			return n
		}
	}
}

// TestNearTheOptimum compares the number of secondary cells with the least there can be.
func TestNearTheOptimum(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	ours, least := 0, 0
	worst := ""
	gap := 0
	for range 40 {
		sizes := []int{3 + random.IntN(2), 3 + random.IntN(2)}
		g := newGrid(sizes, func([]int) int64 { return 10 + random.Int64N(90) })
		sensitive := make([]bool, len(g.values))
		for range 1 + random.IntN(4) {
			sensitive[g.at([]int{1 + random.IntN(sizes[0]), 1 + random.IntN(sizes[1])})] = true
		}
		primary := len(g.values) - hiddenOf(sensitive)
		own := hiddenOf(g.conceal(g.rows(), sensitive, make([]bool, len(g.values)))) - primary
		optimum := fewest(g, sensitive)
		if own < optimum {
			t.Errorf("%d secondary cells where safety needs %d", own, optimum)
		}
		if own-optimum > gap {
			gap, worst = own-optimum, fmt.Sprintf("%v with %d sensitive: %d for %d", sizes, primary, own, optimum)
		}
		ours, least = ours+own, least+optimum
	}
	t.Logf("%d secondary cells, the optimum is %d; furthest off: %s", ours, least, worst)
	if 2*ours > 3*least {
		t.Errorf("%d secondary cells where %d are enough", ours, least)
	}
}

// bound is the end of an interval.
type bound struct {
	value    float64 // as far as a fraction goes into it
	infinite bool
}

// interval returns the smallest and the largest value of an unknown that fit what is known.
func (s *system) interval(known []bool, unknown int) (low, high bound, err error) {
	if known[unknown] {
		exact := bound{value: float64(s.values[unknown])}
		return exact, exact, nil
	}
	room := newHidden(s, known)
	local, place := room.tableau(room.component(unknown), unknown)
	if place == tooLarge {
		return low, high, errUnsolved
	}
	if place < 0 {
		exact := bound{value: float64(s.values[unknown])}
		return exact, exact, nil
	}
	local.limit = noLimit
	if low, err = local.optimum(place, -1); err == nil {
		high, err = local.optimum(place, 1)
	}
	return low, high, err
}

// optimum returns the least or largest value of an unknown.
func (t *tableau) optimum(target int, sign float64) (bound, error) {
	x := t.present()
	infinite, err := t.optimize(x, target, sign, math.Inf(int(sign)))
	return bound{value: x[target], infinite: infinite}, err
}
