package disclosure

import (
	"cmp"
	"slices"
)

// entry is one coordinate of a sparse vector; vectors are sorted by unknown.
type entry struct {
	unknown int32
	value   uint64
}

// elimination writes every unknown that somebody could still want as a combination of free ones:
// what is left of it after all that is known has been taken away. An unknown without any
// coordinate left can be computed.
type elimination struct {
	rows      [][]entry // of the dependent unknowns; a free one is its own coordinate
	dependent []bool
	wanted    []bool    // the expressions of the others are not kept
	columns   [][]int32 // dependent unknowns that hold a free one; may name some that no longer do
	counts    []int32   // how many really hold it
	sums      []uint64  // scratch of gather
	touched   []bool
}

// newElimination imposes the equations on everything that is not known.
func newElimination(s *system, known, wanted []bool) *elimination {
	n := len(s.values)
	e := &elimination{
		rows: make([][]entry, n), dependent: make([]bool, n), wanted: slices.Repeat([]bool{true}, n),
		columns: make([][]int32, n), counts: make([]int32, n), sums: make([]uint64, n), touched: make([]bool, n),
	}
	copy(e.dependent, known)
	parents, order := s.bottomUp()
	for _, i := range order {
		vector := e.gather(s.equations[i])
		if len(vector) == 0 {
			continue // it follows from the others
		}
		pivot := e.pivot(vector)
		if p := parents[i]; p >= 0 {
			if _, ok := coordinate(vector, int32(p)); ok {
				pivot = int32(p) // a total in terms of its parts keeps the expressions short
			}
		}
		e.impose(vector, pivot)
	}
	e.wanted = wanted
	for u := range e.rows {
		if !wanted[u] {
			e.forget(int32(u))
		}
	}
	return e
}

// bottomUp returns the total in each equation (the only term of its sign, or -1) and the equations
// in such an order that parts come before the totals of which they are a total themselves.
func (s *system) bottomUp() (parents, order []int) {
	parents, order = make([]int, len(s.equations)), make([]int, len(s.equations))
	height := make([]int, len(s.values))
	for i, equation := range s.equations {
		parents[i], order[i] = parent(equation), i
	}
	const deepest = 32 // of nested totals; equations in a circle end here
	for changed, round := true, 0; changed && round < deepest; round++ {
		changed = false
		for i, equation := range s.equations {
			if parents[i] < 0 {
				continue
			}
			for _, t := range equation {
				if t.unknown != parents[i] && height[parents[i]] <= height[t.unknown] {
					height[parents[i]], changed = height[t.unknown]+1, true
				}
			}
		}
	}
	level := func(i int) int {
		if parents[i] < 0 {
			return deepest * len(s.values)
		}
		return height[parents[i]]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(level(a), level(b)) })
	return parents, order
}

// parent returns the unknown of the only term of its sign, or -1.
func parent(equation []term) int {
	positive, negative := -1, -1
	positives, negatives := 0, 0
	for _, t := range equation {
		switch {
		case t.coefficient > 0:
			positives++
			positive = t.unknown
		case t.coefficient < 0:
			negatives++
			negative = t.unknown
		}
	}
	switch {
	case positives == 1:
		return positive
	case negatives == 1:
		return negative
	}
	return -1
}

// gather returns a combination of unknowns in free coordinates.
func (e *elimination) gather(terms []term) []entry {
	var found []int32
	add := func(u int32, value uint64) {
		if !e.touched[u] {
			e.touched[u] = true
			found = append(found, u)
		}
		e.sums[u] = fieldAdd(e.sums[u], value)
	}
	for _, t := range terms {
		factor := fieldOf(t.coefficient)
		if !e.dependent[t.unknown] {
			add(int32(t.unknown), factor)
			continue
		}
		for _, c := range e.rows[t.unknown] {
			add(c.unknown, fieldMultiply(factor, c.value))
		}
	}
	slices.Sort(found)
	vector := make([]entry, 0, len(found))
	for _, u := range found {
		if e.sums[u] != 0 {
			vector = append(vector, entry{u, e.sums[u]})
		}
		e.sums[u], e.touched[u] = 0, false
	}
	return vector
}

// pivot returns the coordinate that the fewest expressions hold, the first of equals.
func (e *elimination) pivot(vector []entry) int32 {
	best := vector[0].unknown
	for _, c := range vector[1:] {
		if e.counts[c.unknown] < e.counts[best] {
			best = c.unknown
		}
	}
	return best
}

// impose makes a combination of free unknowns known: its pivot becomes dependent on the others.
func (e *elimination) impose(vector []entry, pivot int32) {
	own, _ := coordinate(vector, pivot)
	factor := fieldNegative(fieldInverse(own))
	expression := make([]entry, 0, len(vector)-1)
	for _, c := range vector {
		if c.unknown != pivot {
			expression = append(expression, entry{c.unknown, fieldMultiply(factor, c.value)})
		}
	}
	holders := e.columns[pivot]
	e.columns[pivot] = nil
	for _, r := range holders {
		if weight, ok := coordinate(e.rows[r], pivot); ok {
			e.substitute(r, pivot, weight, expression)
		}
	}
	e.dependent[pivot] = true
	if !e.wanted[pivot] {
		return
	}
	e.rows[pivot] = expression
	for _, c := range expression {
		e.columns[c.unknown] = append(e.columns[c.unknown], pivot)
		e.counts[c.unknown]++
	}
}

// substitute replaces a free unknown in the expression of r by its own expression.
func (e *elimination) substitute(r, pivot int32, weight uint64, expression []entry) {
	old := e.rows[r]
	merged := make([]entry, 0, len(old)+len(expression)-1)
	i := 0
	for _, c := range expression {
		for i < len(old) && old[i].unknown < c.unknown {
			if old[i].unknown != pivot {
				merged = append(merged, old[i])
			}
			i++
		}
		value := fieldMultiply(weight, c.value)
		if i < len(old) && old[i].unknown == c.unknown {
			value = fieldAdd(value, old[i].value)
			i++
			if value == 0 {
				e.counts[c.unknown]--
				continue
			}
		} else {
			e.columns[c.unknown] = append(e.columns[c.unknown], r)
			e.counts[c.unknown]++
		}
		merged = append(merged, entry{c.unknown, value})
	}
	for ; i < len(old); i++ {
		if old[i].unknown != pivot {
			merged = append(merged, old[i])
		}
	}
	e.rows[r] = merged
}

// forget drops the expression of an unknown that nobody asks for again.
func (e *elimination) forget(u int32) {
	e.wanted[u] = false
	for _, c := range e.rows[u] {
		e.counts[c.unknown]--
	}
	e.rows[u] = nil
}

// coordinate returns the value of a vector at one unknown.
func coordinate(vector []entry, u int32) (uint64, bool) {
	i, ok := slices.BinarySearchFunc(vector, u, func(c entry, u int32) int { return cmp.Compare(c.unknown, u) })
	if !ok {
		return 0, false
	}
	return vector[i].value, true
}
