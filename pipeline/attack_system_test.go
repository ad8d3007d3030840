package pipeline_test

import (
	"maps"
	"math/bits"
	"slices"
	"sort"
)

// attackSystem are the equations between the numbers that are not shown, in one piece that hangs together.
type attackSystem struct {
	unknown   []int // nodes
	equations []attackReduced
	bounds    []attackBound // over nodes; everything known is moved to the other side
}

// attackReduced is an equation of which only unknown terms are left. The true values fulfil it, so they give its right side.
type attackReduced struct {
	of    int // the equation it came from
	terms []attackTerm
}

// attackOptions say how strong an attacker is.
type attackOptions struct {
	loose bool // knows how many people moved
}

// systems leaves out what is known and takes the rest apart.
func (w *attackWorld) systems(known []bool, o attackOptions) []attackSystem {
	group := make([]int, len(w.nodes))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	var reduced []attackReduced
	for i, e := range w.equations {
		if e.loose && !o.loose {
			continue
		}
		r := attackReduced{of: i}
		for _, t := range e.terms {
			if !known[t.node] {
				r.terms = append(r.terms, t)
				group[root(t.node)] = root(r.terms[0].node)
			}
		}
		if len(r.terms) > 0 {
			reduced = append(reduced, r)
		}
	}
	var bounds []attackBound
	for _, b := range w.bounds {
		left := attackBound{why: b.why, terms: map[int]float64{}, low: b.low, high: b.high}
		first := -1
		for _, node := range attackNodesOf(b.terms) {
			if known[node] {
				v := b.terms[node] * w.nodes[node].value()
				left.low, left.high = left.low-v, left.high-v
				continue
			}
			left.terms[node] = b.terms[node]
			if first < 0 {
				first = node
			}
			group[root(node)] = root(first)
		}
		if first >= 0 {
			bounds = append(bounds, left)
		}
	}
	byRoot := map[int]*attackSystem{}
	var order []*attackSystem
	of := func(node int) *attackSystem {
		r := root(node)
		if byRoot[r] == nil {
			byRoot[r] = &attackSystem{}
			order = append(order, byRoot[r])
		}
		return byRoot[r]
	}
	for i := range w.nodes {
		if !known[i] {
			s := of(i)
			s.unknown = append(s.unknown, i)
		}
	}
	for _, r := range reduced {
		s := of(r.terms[0].node)
		s.equations = append(s.equations, r)
	}
	for _, b := range bounds {
		s := of(attackNodesOf(b.terms)[0])
		s.bounds = append(s.bounds, b)
	}
	out := make([]attackSystem, 0, len(order))
	for _, s := range order {
		if len(s.equations)+len(s.bounds) > 0 {
			out = append(out, *s)
		}
	}
	return out
}

func attackNodesOf(terms map[int]float64) []int {
	nodes := make([]int, 0, len(terms))
	for node := range terms {
		nodes = append(nodes, node)
	}
	sort.Ints(nodes)
	return nodes
}

// attackPrime is the field that the elimination computes in: what is zero in rationals is zero here too, so that nothing
// that can be computed is missed.
const attackPrime = 1<<61 - 1

func attackTimes(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	sum := low&attackPrime + (low>>61 | high<<3)
	sum = sum&attackPrime + sum>>61
	if sum >= attackPrime {
		sum -= attackPrime
	}
	return sum
}

func attackInverse(a uint64) uint64 {
	out, power := uint64(1), a
	for e := uint64(attackPrime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			out = attackTimes(out, power)
		}
		power = attackTimes(power, power)
	}
	return out
}

func attackResidue(v int64) uint64 {
	if v < 0 {
		return attackPrime - uint64(-v)%attackPrime
	}
	return uint64(v) % attackPrime
}

// attackVector is a sparse row over the unknowns.
type attackVector map[int]uint64

func (v attackVector) add(other attackVector, times uint64) {
	for i, x := range other {
		sum := v[i] + attackTimes(x, times)
		if sum >= attackPrime {
			sum -= attackPrime
		}
		if sum == 0 {
			delete(v, i)
		} else {
			v[i] = sum
		}
	}
}

// attackEliminated is a solved row: the vector over unknowns, and of which equations it was made.
type attackEliminated struct {
	row, made attackVector
}

// determined finds the unknowns that follow exactly from the equations, each with the equations that give it when
// asked for reasons.
func (s *attackSystem) determined(reasons bool) map[int]attackVector {
	// First what one equation gives, over and over: most of what leaks does so.
	pivots := map[int]*attackEliminated{}
	users := map[int]map[int]bool{} // in which solved rows, by pivot, an unknown stands
	// Short equations first keep the rows short.
	order := make([]int, len(s.equations))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return len(s.equations[order[a]].terms) < len(s.equations[order[b]].terms) })
	count := map[int]int{}
	for _, e := range s.equations {
		for _, t := range e.terms {
			count[t.node]++
		}
	}
	for _, i := range order {
		next := &attackEliminated{row: attackVector{}, made: attackVector{}}
		for _, t := range s.equations[i].terms {
			next.row.add(attackVector{t.node: 1}, attackResidue(t.coefficient))
		}
		if reasons {
			next.made[s.equations[i].of] = 1
		}
		for _, node := range slices.Sorted(maps.Keys(next.row)) {
			if p := pivots[node]; p != nil {
				if x := next.row[node]; x != 0 {
					next.row.add(p.row, attackPrime-x)
					if reasons {
						next.made.add(p.made, attackPrime-x)
					}
				}
			}
		}
		if len(next.row) == 0 {
			continue
		}
		pivot := -1
		for _, node := range slices.Sorted(maps.Keys(next.row)) {
			if pivot < 0 || count[node] < count[pivot] {
				pivot = node
			}
		}
		scale := attackInverse(next.row[pivot])
		for node, x := range next.row {
			next.row[node] = attackTimes(x, scale)
		}
		for of, x := range next.made {
			next.made[of] = attackTimes(x, scale)
		}
		for _, user := range slices.Sorted(maps.Keys(users[pivot])) {
			p := pivots[user]
			x := p.row[pivot]
			if x == 0 {
				continue
			}
			p.row.add(next.row, attackPrime-x)
			if reasons {
				p.made.add(next.made, attackPrime-x)
			}
			for node := range next.row {
				attackUse(users, node, user)
			}
		}
		for node := range next.row {
			attackUse(users, node, pivot)
		}
		pivots[pivot] = next
	}
	out := map[int]attackVector{}
	for pivot, p := range pivots {
		if len(p.row) == 1 {
			out[pivot] = p.made
		}
	}
	return out
}

func attackUse(users map[int]map[int]bool, node, pivot int) {
	if users[node] == nil {
		users[node] = map[int]bool{}
	}
	users[node][pivot] = true
}
