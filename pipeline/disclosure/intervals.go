package disclosure

import (
	"math/bits"
	"slices"
)

// need is what has to hold of a hidden unknown: there is a table that fits all that is known in
// which it is at least up more, another in which it is at least down less, and width between them.
type need struct {
	unknown         int
	up, down, width int64
	alone           bool // one contributor is behind it, so that no other insider is to be kept from it
	tried           bool // a repair was tried in vain, when less was hidden
}

const (
	mostNumbers = 12_000_000       // in one tableau: 96 MB
	mostForOne  = 3000 * pivotUnit // spent on one need in one neighbourhood, so that a hard one leaves something to the others
)

// sizes of the neighbourhood in which an unknown is given room, one after the other.
var neighbourhoods = []int{60, 240, farEnough}

const farEnough = 4000 // where a component is larger, what its neighbourhoods do not prove stays unproven

// witnesses are the extremes of each unknown over all tables found that fit what is known. The
// tables themselves are whole numbers and checked exactly, so a wrong pivot can prove nothing.
type witnesses struct {
	*hidden
	high, low []int64
	limits    []limit // between which each unknown stays whatever happens
	hopeless  []bool  // no more room in the whole of what hangs together
	moved     []int64 // scratch: what a table differs from the true one
	spent     int
	budget    int
}

// audit returns which needs are proven. What was not solved within the budget, in pivots of a
// tableau of 100 by 100, or whose tables fail the exact check is not proven.
func (s *system) audit(known []bool, needs []need, budget int) (proven []bool, pivots int) {
	w := newWitnesses(s, known, budget)
	wishes := map[int32][]need{}
	for _, n := range needs {
		if !w.met(n) {
			wishes[int32(n.unknown)] = append(wishes[int32(n.unknown)], n)
		}
	}
	components := w.components()
	w.limits = w.limited()
	for step, size := range neighbourhoods {
		if step > 0 && w.hopelessly(needs) {
			break // a larger neighbourhood for each of so many costs more than it brings
		}
		for _, n := range needs {
			if known[n.unknown] || w.met(n) || !w.possible(n) || w.spent >= w.budget {
				continue
			}
			component := components[n.unknown]
			if step > 0 && len(component) <= neighbourhoods[step-1] {
				continue // nothing more around it than before
			}
			if len(component) <= size {
				w.search(n.unknown, component, wishes, true)
			} else if size < farEnough {
				w.search(n.unknown, w.neighbourhood(n.unknown, size), wishes, false)
			}
		}
	}
	proven = make([]bool, len(needs))
	for i, n := range needs {
		proven[i] = w.met(n)
	}
	return proven, w.spent / pivotUnit
}

func newWitnesses(s *system, known []bool, budget int) *witnesses {
	return &witnesses{
		hidden: newHidden(s, known), high: slices.Clone(s.values), low: slices.Clone(s.values),
		hopeless: make([]bool, len(s.values)), moved: make([]int64, len(s.values)), budget: budget * pivotUnit,
	}
}

// hopelessly says whether so many needs are not met that looking further for each is not worth it.
func (w *witnesses) hopelessly(needs []need) bool {
	left := 0
	for _, n := range needs {
		if !w.met(n) {
			left++
		}
	}
	return tooMany(left, len(needs))
}

// tooMany bounds the work where few persons stand behind nearly everything.
func tooMany(left, of int) bool { return left > 100+of*2/3 }

func (w *witnesses) met(n need) bool {
	v, high, low := w.values[n.unknown], w.high[n.unknown], w.low[n.unknown]
	return high-v >= n.up && v-low >= n.down && high-low >= n.width
}

// possible is false where no table can meet the need.
func (w *witnesses) possible(n need) bool {
	v, l := w.values[n.unknown], w.limits[n.unknown]
	return !w.hopeless[n.unknown] && l.high-v >= n.up && v-l.low >= n.down && l.high-l.low >= n.width
}

// search looks for tables within a neighbourhood, for its centre and for the unknowns near it.
func (w *witnesses) search(centre int, around []int32, wishes map[int32][]need, whole bool) {
	t, place := w.tableau(around, centre)
	if place < 0 {
		return
	}
	near := len(around)
	if !whole {
		near /= 3 // those at the border have a better neighbourhood of their own
	}
	for _, u := range around[:near] {
		p, ok := t.places[u]
		if !ok {
			continue
		}
		for _, n := range wishes[u] {
			t.limit = min(w.budget-w.spent, t.spent+mostForOne)
			if !w.met(n) && w.possible(n) && !w.reach(t, p, n, whole) {
				break
			}
		}
	}
	w.spent += t.spent
}

// reach moves the table up and down for one need; it is false when a table fails the check.
func (w *witnesses) reach(t *local, place int, n need, whole bool) bool {
	u, v := n.unknown, w.values[n.unknown]
	if goal := v + max(n.up, n.width); w.high[u] < goal {
		w.move(t, place, goal, 1)
		if !w.accept(t) {
			return false
		}
		w.hopeless[u] = w.hopeless[u] || whole && w.high[u] < v+n.up
	}
	if goal := min(v-n.down, w.high[u]-n.width); w.low[u] > goal && !w.hopeless[u] {
		if !w.signed[u] {
			goal = max(goal, 0)
		}
		w.move(t, place, goal, -1)
		if !w.accept(t) {
			return false
		}
	}
	w.hopeless[u] = w.hopeless[u] || whole && !w.met(n)
	return true
}

// move brings the target to the goal or as near as it comes: by the simplex method, and from where
// that leaves whole numbers, by whole steps.
func (w *witnesses) move(t *local, place int, goal, sign int64) {
	x := t.present()
	if _, err := t.optimize(x, place, float64(sign), float64(goal)); err == nil && !t.settle(x) {
		t.climb(place, goal, sign)
	}
}

// accept checks a table exactly and keeps the extremes in it.
func (w *witnesses) accept(t *local) bool {
	fits := true
	for i, u := range t.unknowns {
		w.moved[u] = t.x[i] - w.values[u]
		fits = fits && (t.x[i] >= 0 || w.signed[u])
	}
	for i, u := range t.unknowns {
		if t.x[i] == w.values[u] {
			continue
		}
		for _, e := range w.links[u] {
			fits = fits && w.balanced(w.equations[e])
		}
	}
	for i, u := range t.unknowns {
		w.moved[u] = 0
		if fits {
			w.high[u], w.low[u] = max(w.high[u], t.x[i]), min(w.low[u], t.x[i])
		}
	}
	return fits
}

// balanced tells whether the moves cancel in an equation, in 128 bits.
func (w *witnesses) balanced(equation []term) bool {
	var high, low uint64
	for _, t := range equation {
		m := w.moved[t.unknown]
		if m == 0 {
			continue
		}
		h, l := bits.Mul64(magnitude(t.coefficient), magnitude(m))
		var carry uint64
		if (t.coefficient < 0) != (m < 0) {
			low, carry = bits.Sub64(low, l, 0)
			high, _ = bits.Sub64(high, h, carry)
		} else {
			low, carry = bits.Add64(low, l, 0)
			high, _ = bits.Add64(high, h, carry)
		}
	}
	return high == 0 && low == 0
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
