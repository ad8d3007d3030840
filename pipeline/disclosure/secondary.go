package disclosure

import "slices"

// term is a coefficient times an unknown.
type term struct {
	unknown     int
	coefficient int64
}

// system is what everybody knows of the tables of a delivery, save the numbers themselves.
type system struct {
	values    []int64  // the true values, in cents or persons
	signed    []bool   // may be below zero; every other is known to be zero or more
	equations [][]term // sums of coefficient times unknown, whose outcome everybody knows
}

// attacker is somebody who knows the equations, the shown rows and what he has of his own.
type attacker struct {
	space   *elimination
	covered []bool // what he must not learn
}

// rowsWith marks the rows that hold a marked unknown.
func rowsWith(rows [][]int, marked []bool) []bool {
	out := make([]bool, len(rows))
	for r, row := range rows {
		out[r] = slices.ContainsFunc(row, func(u int) bool { return marked[u] })
	}
	return out
}

// attacker knows the given unknowns; the sensitive ones among the others are kept from him.
func (s *system) attacker(rows [][]int, sensitive, given []bool) attacker {
	wanted, covered := slices.Clone(sensitive), slices.Clone(sensitive)
	for _, row := range rows {
		for _, u := range row {
			wanted[u] = true
		}
	}
	for u := range covered {
		covered[u] = covered[u] && !given[u]
	}
	return attacker{space: newElimination(s, given, wanted), covered: covered}
}

// concealFrom decides which rows are shown (Langsrud's GAUSS method). They come in order of importance and are shown or hidden
// whole: it shows a row that is not hidden already only where it tells none of the attackers anything.
func (*system) concealFrom(rows [][]int, hidden []bool, attackers []attacker) (shown []bool) {
	shown = make([]bool, len(rows))
	for r, row := range rows {
		shown[r] = !hidden[r]
		for i := 0; shown[r] && i < len(attackers); i++ {
			shown[r] = attackers[i].mayLearn(row)
		}
		for _, a := range attackers {
			a.decided(row, shown[r])
		}
	}
	return shown
}

// decided takes over what is shown and forgets what nobody asks for again.
func (a attacker) decided(row []int, shown bool) {
	for _, u := range row {
		if shown {
			if vector := a.space.gather([]term{{u, 1}}); len(vector) > 0 {
				a.space.impose(vector, a.space.pivot(vector))
			}
		}
		if !a.covered[u] {
			a.space.forget(int32(u))
		}
	}
}

// mayLearn tells whether no sensitive unknown is a combination of the unknowns of a row.
func (a attacker) mayLearn(row []int) bool {
	e := a.space
	basis := make([]pivoted, 0, len(row))
	for _, u := range row {
		vector := e.gather([]term{{u, 1}})
		for _, b := range basis {
			vector = b.reduce(vector)
		}
		if len(vector) == 0 {
			continue // it can be computed already
		}
		pivot := e.pivot(vector)
		own, _ := coordinate(vector, pivot)
		added := pivoted{vector: vector, pivot: pivot, inverse: fieldInverse(own)}
		for i := range basis {
			basis[i].vector = added.reduce(basis[i].vector)
		}
		basis = append(basis, added)
	}
	for _, b := range basis {
		if len(b.vector) == 1 && a.covered[b.pivot] {
			return false
		}
		for _, r := range e.columns[b.pivot] {
			if a.covered[r] && spanned(e.rows[r], basis) {
				return false
			}
		}
	}
	return true
}

// pivoted is a vector of which one coordinate stands in no other vector of its basis.
type pivoted struct {
	vector  []entry
	pivot   int32
	inverse uint64 // of the value at the pivot
}

// reduce takes away the multiple of b that leaves nothing at its pivot.
func (b pivoted) reduce(vector []entry) []entry {
	own, ok := coordinate(vector, b.pivot)
	if !ok {
		return vector
	}
	factor := fieldNegative(fieldMultiply(own, b.inverse))
	out := make([]entry, 0, len(vector)+len(b.vector))
	i := 0
	for _, c := range b.vector {
		for i < len(vector) && vector[i].unknown < c.unknown {
			out = append(out, vector[i])
			i++
		}
		value := fieldMultiply(factor, c.value)
		if i < len(vector) && vector[i].unknown == c.unknown {
			value = fieldAdd(value, vector[i].value)
			i++
		}
		if value != 0 {
			out = append(out, entry{c.unknown, value})
		}
	}
	return append(out, vector[i:]...)
}

// spanned tells whether a vector that is not zero is a combination of the basis.
func spanned(vector []entry, basis []pivoted) bool {
	if len(vector) == 0 {
		return false
	}
	size, parts := 0, 0
	for _, b := range basis {
		if _, ok := coordinate(vector, b.pivot); ok {
			size += len(b.vector)
			parts++
		}
	}
	// one part fits only when it is as long: most candidates end here
	if len(vector) > size || parts == 1 && len(vector) != size {
		return false
	}
	for _, b := range basis {
		vector = b.reduce(vector)
	}
	return len(vector) == 0
}

// exposed returns the unknowns that are not known but follow exactly from those that are.
func (s *system) exposed(known []bool) []int {
	every := slices.Repeat([]bool{true}, len(s.values))
	e := newElimination(s, known, every)
	var out []int
	for u := range s.values {
		if e.dependent[u] && !known[u] && len(e.rows[u]) == 0 {
			out = append(out, u)
		}
	}
	return out
}
