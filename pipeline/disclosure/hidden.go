package disclosure

import (
	"math"
	"slices"
)

// hidden is what a reader does not know: the unknowns that may still vary and the equations
// between them.
type hidden struct {
	*system
	known   []bool
	rank    func(u int32) int // which unknowns are taken first, where size does not decide
	links   [][]int32         // the equations of each hidden unknown
	members [][]int32         // the hidden unknowns of each equation
}

func newHidden(s *system, known []bool) *hidden {
	h := &hidden{system: s, known: known, links: make([][]int32, len(s.values)), members: make([][]int32, len(s.equations))}
	for i, equation := range s.equations {
		for _, t := range equation {
			u := int32(t.unknown)
			if known[u] || t.coefficient == 0 || slices.Contains(h.links[u], int32(i)) {
				continue
			}
			h.links[u] = append(h.links[u], int32(i))
			h.members[i] = append(h.members[i], u)
		}
	}
	return h
}

// component returns all hidden unknowns that hang together with one, in order.
func (h *hidden) component(start int) []int32 {
	seen := map[int32]bool{int32(start): true}
	out := []int32{int32(start)}
	for i := 0; i < len(out); i++ {
		for _, e := range h.links[out[i]] {
			for _, u := range h.members[e] {
				if !seen[u] {
					seen[u] = true
					out = append(out, u)
				}
			}
		}
	}
	return out
}

// components returns for each hidden unknown all that hang together with it.
func (h *hidden) components() [][]int32 {
	out := make([][]int32, len(h.values))
	for u := range out {
		if out[u] != nil || h.known[u] {
			continue
		}
		all := h.component(u)
		for _, member := range all {
			out[member] = all
		}
	}
	return out
}

// neighbourhood returns a number of unknowns around one, the nearest first: those that bring the
// fewest equations that nothing else in it can balance, and of these the largest.
func (h *hidden) neighbourhood(start, size int) []int32 {
	touched := make([]bool, len(h.equations))
	seen := make([]bool, len(h.values))
	seen[start] = true
	frontier := []candidate{{unknown: int32(start), fresh: int32(len(h.links[start]))}}
	var out []int32
	for len(out) < size && len(frontier) > 0 {
		best := 0
		for i := range frontier {
			if h.nearer(frontier[i], frontier[best]) {
				best = i
			}
		}
		u := frontier[best].unknown
		frontier[best] = frontier[len(frontier)-1]
		frontier = frontier[:len(frontier)-1]
		out = append(out, u)
		for _, e := range h.links[u] {
			if touched[e] {
				continue
			}
			touched[e] = true
			for _, other := range h.members[e] {
				if !seen[other] {
					seen[other] = true
					frontier = append(frontier, candidate{unknown: other, rank: h.ranked(other)})
				}
			}
		}
		for i, c := range frontier {
			frontier[i].fresh = 0
			for _, e := range h.links[c.unknown] {
				if !touched[e] {
					frontier[i].fresh++
				}
			}
		}
	}
	return out
}

// candidate is an unknown at the border of a neighbourhood.
type candidate struct {
	unknown int32
	rank    int
	fresh   int32 // equations of it that nothing inside can balance yet
}

func (h *hidden) ranked(u int32) int {
	if h.rank == nil {
		return 0
	}
	return h.rank(u)
}

func (h *hidden) nearer(a, b candidate) bool {
	if a.fresh != b.fresh {
		return a.fresh < b.fresh
	}
	if a.rank != b.rank {
		return a.rank < b.rank
	}
	if h.signed[a.unknown] != h.signed[b.unknown] {
		return h.signed[a.unknown]
	}
	if h.values[a.unknown] != h.values[b.unknown] {
		return h.values[a.unknown] > h.values[b.unknown]
	}
	return a.unknown < b.unknown
}

// tableau lets the unknowns of a neighbourhood vary while all others keep their value. It leaves
// out those that cannot; place is that of the wanted one in the tableau, -1 where it cannot vary
// and tooLarge where nothing was tried.
func (h *hidden) tableau(unknowns []int32, wanted int) (t *local, place int) {
	inside := make(map[int32]bool, len(unknowns))
	free := map[int32]int{} // how many can vary in each equation
	for _, u := range unknowns {
		inside[u] = true
		for _, e := range h.links[u] {
			free[e]++
		}
	}
	// an unknown that is alone in an equation cannot vary, which may leave others alone
	queue := slices.Clone(unknowns)
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		if !inside[u] || !slices.ContainsFunc(h.links[u], func(e int32) bool { return free[e] == 1 }) {
			continue
		}
		inside[u] = false
		for _, e := range h.links[u] {
			if free[e]--; free[e] == 1 {
				for _, other := range h.members[e] {
					if inside[other] {
						queue = append(queue, other)
					}
				}
			}
		}
	}
	if !inside[int32(wanted)] {
		return nil, -1
	}
	return h.dense(unknowns, inside, wanted)
}

const tooLarge = -2

// local is a tableau with the names of its unknowns.
type local struct {
	*tableau
	unknowns []int32
	places   map[int32]int
}

// reset makes the true table the present one.
func (l *local) reset(w *witnesses) {
	for i, u := range l.unknowns {
		l.x[i] = w.values[u]
	}
}

func (h *hidden) dense(unknowns []int32, inside map[int32]bool, wanted int) (out *local, place int) {
	out = &local{places: map[int32]int{}}
	var x []int64
	var signed []bool
	var rank []int
	lines := map[int32]bool{}
	var order []int32
	for _, u := range unknowns {
		if !inside[u] {
			continue
		}
		out.places[u] = len(out.unknowns)
		out.unknowns = append(out.unknowns, u)
		x, signed, rank = append(x, h.values[u]), append(signed, h.signed[u]), append(rank, h.ranked(u))
		for _, e := range h.links[u] {
			if !lines[e] {
				lines[e] = true
				order = append(order, e)
			}
		}
	}
	if len(order)*len(x) > mostNumbers {
		return nil, tooLarge
	}
	equations := make([][]float64, 0, len(order))
	for _, e := range order {
		line, peak := make([]float64, len(x)), 0.0
		for _, t := range h.equations[e] {
			if p, ok := out.places[int32(t.unknown)]; ok {
				line[p] += float64(t.coefficient)
				peak = math.Max(peak, math.Abs(line[p]))
			}
		}
		if peak > 0 {
			scale(line, 1/peak)
		}
		equations = append(equations, line)
	}
	out.tableau = newTableau(equations, x, signed, rank)
	return out, out.places[int32(wanted)]
}
