package disclosure

import (
	"cmp"
	"iter"
	"maps"
	"math/bits"
	"slices"
)

// fruitless is how often in a row hiding around what is unproven may leave no less of it, before its blocks get coarser.
const fruitless = 2

// pass is one search for what must be hidden, and its proof.
type pass struct {
	q        *equations
	may      func(group int) bool
	told     func(group int) bool // an earlier release told it to who is kept from it here
	needs    needs
	order    []int        // the groups that may be shown, the most important first
	place    map[int]int  // of a group in the order
	shown    map[int]bool // by group
	withheld map[int]bool // groups that leave no more, because their block got coarser
	coarser  int          // blocks
	links    [][]int      // the equations of each unknown
	together bool         // the hidden part of an equation may be no group of few persons either
}

func (q *equations) newPass(may, told func(int) bool, n needs) *pass {
	p := &pass{q: q, may: may, told: told, needs: n, withheld: map[int]bool{}}
	for i, g := range q.w.groups {
		if !q.w.leaves(q.w.tables[g.table], g.row) {
			p.withheld[i] = true
		}
	}
	return p
}

// run hides until all is proven. What cannot be proven costs its surroundings: first the finest areas of the blocks nearest to
// it, then those blocks whole, at last all that hangs together with it. Where nothing is shown, nothing can be computed.
func (p *pass) run() int {
	for attempt := 0; ; attempt++ {
		p.sort()
		unproven := p.solve()
		if len(unproven) == 0 {
			return 0
		}
		n := p.coarsen(unproven, attempt)
		if n == 0 {
			return len(unproven)
		}
		p.coarser += n
	}
}

// sort orders the groups that may be shown or not: totals before parts, large before small, and the same order every night.
// Size counts by powers of four, so that one claim more does not turn the order.
func (p *pass) sort() {
	w := p.q.w
	p.order, p.place = nil, map[int]int{}
	type rank struct{ level, keys, size int }
	ranks := map[int]rank{}
	for i, g := range w.groups {
		t := w.tables[g.table]
		if len(g.unknowns) == 0 || g.forced || p.told(i) || t.isOpen(g.row) || p.withheld[i] || !p.may(i) {
			continue
		}
		keys := 0
		for _, c := range t.Columns {
			if c.Key {
				keys++
			}
		}
		p.order = append(p.order, i)
		ranks[i] = rank{levelRank[w.level(t, g.row)], keys, -bits.Len64(uint64(max(g.persons, 0))) / 2}
	}
	slices.SortStableFunc(p.order, func(a, b int) int {
		x, y := ranks[a], ranks[b]
		return cmp.Or(cmp.Compare(x.level, y.level), cmp.Compare(x.keys, y.keys), cmp.Compare(x.size, y.size), cmp.Compare(a, b))
	})
	for i, g := range p.order {
		p.place[g] = i
	}
}

// levelRank orders areas by how much they matter: the pilot and the region first.
var levelRank = map[string]int{"rol": 0, "regio": 0, "gemeente": 1, "wijk": 2, levelNeighbourhood: 3, "": 0}

// solve hides and proves. What is hidden stays hidden, so that what is proven stays proven. It hides more where the hidden part of
// an equation would still be a group of few, and around what could not be proven. It returns the unknowns that stay unproven.
func (p *pass) solve() []int {
	rows := make([][]int, len(p.order))
	for i, g := range p.order {
		rows[i] = p.q.w.groups[g].unknowns
	}
	asked := p.asked()
	r := p.q.s.newRepair(rows, p.given(), p.needs.singles)
	r.conceal(p.needs.sensitive)
	open, least, stuck := everyPlace(asked), len(asked), 0
	for round := 0; ; round++ {
		open = r.prove(asked, open, budget)
		p.shown = map[int]bool{}
		for i, g := range p.order {
			p.shown[g] = r.shown[i]
		}
		few := p.together && p.hideFewTogether()
		var unproven []int
		for _, at := range open {
			u := asked[at].unknown
			if len(p.shownAround(u, false)) > 0 { // else nothing new tells of it
				unproven = append(unproven, u)
			}
		}
		if len(unproven) == 0 {
			if !few {
				return nil
			}
			r.hide(p.needs.sensitive)
			continue
		}
		if stuck++; len(unproven) < least {
			least, stuck = len(unproven), 0
		}
		if stuck > fruitless || !p.hideNear(unproven, 1+round/2) {
			return unproven
		}
		r.hide(p.needs.sensitive)
	}
}

// asked are the needs of what hangs together, by what is not known, with anything that may be shown. Of the others nothing is
// told that was not told before, when it was proven.
func (p *pass) asked() []need {
	reached := make([]bool, len(p.q.s.values))
	var queue []int
	for u, g := range p.q.groups {
		if _, ok := p.place[g]; ok {
			reached[u] = true
			queue = append(queue, u)
		}
	}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		for other := range p.beside(u) {
			if !reached[other] && !p.isGiven(p.q.groups[other]) {
				reached[other] = true
				queue = append(queue, other)
			}
		}
	}
	// Each attempt withholds more, so that what is not asked now is not asked later.
	p.needs.needs = slices.DeleteFunc(p.needs.needs, func(n need) bool { return !reached[n.unknown] })
	return p.needs.needs
}

// beside gives the unknowns that share an equation with one, itself too.
func (p *pass) beside(u int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, e := range p.equationsOf()[u] {
			for _, t := range p.q.s.equations[e] {
				if !yield(t.unknown) {
					return
				}
			}
		}
	}
}

// equationsOf gives the equations of each unknown.
func (p *pass) equationsOf() [][]int {
	if p.links == nil {
		p.links = make([][]int, len(p.q.s.values))
		for e, terms := range p.q.s.equations {
			for _, t := range terms {
				p.links[t.unknown] = append(p.links[t.unknown], e)
			}
		}
	}
	return p.links
}

// hideFewTogether looks for equations of which the hidden part, which everybody can compute, rests on few persons, and marks one
// more of their cells; it says whether it did.
func (p *pass) hideFewTogether() bool {
	q, more := p.q, false
	for _, terms := range q.s.equations {
		var persons int64
		least, open := -1, false
		for _, t := range terms {
			g := q.groups[t.unknown]
			switch {
			case g < 0 || q.w.groups[g].persons < 0 || p.withheld[g]:
				open = true // an unknown that no row shows is not computed from one equation
			case !p.shown[g] && p.tells(g):
			case !p.shown[g]:
				persons += q.w.groups[g].persons
			case q.w.groups[g].persons > 0:
				if least < 0 || p.place[g] > p.place[q.groups[least]] {
					least = t.unknown
				}
			}
		}
		if !open && persons > 0 && persons < int64(q.w.policy.Threshold) && least >= 0 && !p.needs.sensitive[least] {
			p.needs.sensitive[least], more = true, true
		}
	}
	return more
}

// hideNear marks, in every equation that is no further from an unknown that could not be proven than so many hidden unknowns, the
// least important cell that is still shown. It says whether it found any.
func (p *pass) hideNear(unproven []int, far int) bool {
	q, found := p.q, false
	links := p.equationsOf()
	near := map[int]bool{} // equations
	for ; far > 0; far-- {
		var next []int
		for _, u := range unproven {
			for _, e := range links[u] {
				if near[e] {
					continue
				}
				near[e] = true
				for _, t := range q.s.equations[e] {
					if g := q.groups[t.unknown]; g < 0 || !p.tells(g) {
						next = append(next, t.unknown)
					}
				}
			}
		}
		unproven = next
	}
	for _, e := range slices.Sorted(maps.Keys(near)) {
		least := -1
		for _, t := range q.s.equations[e] {
			g := q.groups[t.unknown]
			if at, ok := p.place[g]; ok && p.shown[g] && (least < 0 || p.spareable(t.unknown, at, least)) {
				least = t.unknown
			}
		}
		if least >= 0 && !p.needs.sensitive[least] {
			p.needs.sensitive[least], found = true, true
		}
	}
	return found
}

// spareable says whether an unknown in a row at this place is rather hidden than another one: a zero gives no room, so it comes last.
func (p *pass) spareable(unknown, at, than int) bool {
	zero, other := p.q.s.values[unknown] == 0, p.q.s.values[than] == 0
	if zero != other {
		return other
	}
	return at > p.place[p.q.groups[than]]
}

// The attempts at which a block is no longer made coarser but left out whole, and then all that hangs together.
const (
	attemptWhole = 1
	attemptAll   = 2
)

// block is a table in a year.
type block struct {
	table int
	year  string
}

// coarsen takes areas out of the blocks around what could not be proven, and tells how many blocks that were.
func (p *pass) coarsen(unproven []int, attempt int) int {
	w := p.q.w
	of := func(g int) block {
		at := w.groups[g]
		return block{at.table, w.tables[at.table].yearOf(at.row)}
	}
	level := func(g int) int { return levelRank[w.level(w.tables[w.groups[g].table], w.groups[g].row)] }
	finest := map[block]int{}
	for _, u := range unproven {
		for _, g := range p.shownAround(u, attempt >= attemptAll) {
			finest[of(g)] = -1
		}
	}
	for _, g := range p.order {
		if old, ok := finest[of(g)]; ok {
			finest[of(g)] = max(old, level(g))
		}
	}
	for _, g := range p.order {
		if l, ok := finest[of(g)]; ok && (level(g) == l || attempt >= attemptWhole) {
			p.withheld[g] = true
		}
	}
	return len(finest)
}

// shownAround finds the groups that are shown and may be hidden still: those nearest to an unknown, or all that hang together with
// it.
func (p *pass) shownAround(start int, all bool) (found []int) {
	seen := map[int]bool{start: true}
	for layer := []int{start}; len(layer) > 0 && (all || len(found) == 0); {
		var next []int
		for _, u := range layer {
			for other := range p.beside(u) {
				if seen[other] {
					continue
				}
				seen[other] = true
				g := p.q.groups[other]
				if _, ok := p.place[g]; ok && p.shown[g] {
					found = append(found, g)
				} else if !p.isGiven(g) {
					next = append(next, other)
				}
			}
		}
		layer = next
	}
	return found
}

// tells says whether a reader knows what stands in a group.
func (p *pass) tells(g int) bool { return p.shown[g] || p.isGiven(g) }

// isGiven holds for what is no secret: a release told it, or it is open data.
func (p *pass) isGiven(g int) bool {
	if g < 0 {
		return false
	}
	at := p.q.w.groups[g]
	return p.told(g) || p.q.w.tables[at.table].isOpen(at.row)
}

// given marks the unknowns that are no secret.
func (p *pass) given() []bool {
	out := make([]bool, len(p.q.s.values))
	for u, g := range p.q.groups {
		out[u] = p.isGiven(g)
	}
	return out
}
