package disclosure

import (
	"math"
	"slices"
)

// sizes of the neighbourhood in which a need is repaired, one after the other.
var repairs = []int{100, 400, 1000}

// few needs are worth the larger ones: what is left of many is not repaired one by one.
const few = 60

// protect decides which rows are shown, as concealFrom does, and then proves. The singles rest on one contributor, who knows them:
// needs that do not rest on one themselves must hold against him as well. It returns the places of the needs that could not be
// proven; their rows may not go out as they are.
func (s *system) protect(rows [][]int, sensitive, given, singles []bool, needs []need, budget int) (shown []bool, unproven []int) {
	r := s.newRepair(rows, given, singles)
	r.conceal(sensitive)
	unproven = r.prove(needs, everyPlace(needs), budget)
	return r.shown, unproven
}

// everyPlace lists the places of all needs.
func everyPlace(needs []need) []int {
	places := make([]int, len(needs))
	for i := range needs {
		places[i] = i
	}
	return places
}

// repair is the state of the decisions on rows between two audits. Hidden rows stay hidden, so
// that what is proven stays proven.
type repair struct {
	*system
	rows    [][]int
	rowsOf  [][]int32 // of each unknown
	given   []bool
	insider []bool // given or a single
	alone   bool   // there is a single
	shown   []bool
}

func (s *system) newRepair(rows [][]int, given, singles []bool) *repair {
	r := &repair{
		system: s, rows: rows, given: given, insider: slices.Clone(given),
		rowsOf: make([][]int32, len(s.values)),
	}
	for u, single := range singles {
		r.alone = r.alone || single && !given[u]
		r.insider[u] = r.insider[u] || single
	}
	for i, row := range rows {
		for _, u := range row {
			r.rowsOf[u] = append(r.rowsOf[u], int32(i))
		}
	}
	return r
}

// conceal decides on all rows anew.
func (r *repair) conceal(sensitive []bool) {
	attackers := []attacker{r.attacker(r.rows, sensitive, r.given)}
	if r.alone {
		attackers = append(attackers, r.attacker(r.rows, sensitive, r.insider))
	}
	r.shown = r.concealFrom(r.rows, rowsWith(r.rows, sensitive), attackers)
}

// hide hides the rows with a marked unknown too.
func (r *repair) hide(marked []bool) {
	for i, hidden := range rowsWith(r.rows, marked) {
		r.shown[i] = r.shown[i] && !hidden
	}
}

// prove audits some needs. For a need that is not proven it looks for a table that meets it by moving as few and as unimportant
// shown rows as it can find, and hides those. It returns the places that could not be proven.
func (r *repair) prove(needs []need, places []int, budget int) (unproven []int) {
	unproven, budget = r.unproven(needs, places, budget)
	for _, size := range repairs {
		if len(unproven) == 0 || budget <= 0 || tooMany(len(unproven), len(needs)) || size > repairs[0] && len(unproven) > few+len(needs)/50 {
			break
		}
		unproven, budget = r.hideFor(needs, unproven, size, budget)
	}
	for _, p := range unproven {
		needs[p].tried = true
	}
	return unproven
}

// unproven audits some needs and returns those that stay, and what is left of the budget.
func (r *repair) unproven(needs []need, places []int, budget int) (left []int, rest int) {
	audit := func(own []bool, places []int) (failed []int) {
		known := slices.Clone(own)
		for i, row := range r.rows {
			for _, u := range row {
				known[u] = known[u] || r.shown[i]
			}
		}
		asked := make([]need, len(places))
		for i, p := range places {
			asked[i] = needs[p]
		}
		proven, pivots := r.audit(known, asked, budget)
		budget -= pivots
		for i, p := range places {
			if !proven[i] {
				failed = append(failed, p)
			}
		}
		return failed
	}
	left = audit(r.given, places)
	if !r.alone {
		return left, budget
	}
	var others []int
	for _, p := range places {
		if !needs[p].alone {
			others = append(others, p)
		}
	}
	left = append(left, audit(r.insider, others)...)
	slices.Sort(left)
	return slices.Compact(left), budget
}

// hideFor hides rows for each need that is not proven and returns the needs that stay, and what is
// left of the budget. The tables that it finds move hidden unknowns only, so they are the proof.
func (r *repair) hideFor(needs []need, unproven []int, size, budget int) (left []int, rest int) {
	outsider := newWitnesses(r.system, r.given, budget)
	insider := outsider
	if r.alone {
		insider = newWitnesses(r.system, r.insider, budget)
	}
	for _, p := range unproven {
		n, w := needs[p], insider
		if n.alone {
			w = outsider
		}
		if !n.tried && !w.known[n.unknown] && !w.met(n) && outsider.spent+insider.spent < outsider.budget {
			r.makeRoom(w, n, size)
		}
		if !w.met(n) {
			left = append(left, p)
		}
	}
	spent := insider.spent
	if r.alone {
		spent += outsider.spent
	}
	return left, budget - spent/pivotUnit
}

// makeRoom looks for tables that meet a need and hides the shown rows that differ in them.
func (r *repair) makeRoom(w *witnesses, n need, size int) {
	w.rank = func(u int32) int { return r.reluctance(int(u), n) }
	defer func() { w.rank = nil }()
	t, place := w.tableau(w.neighbourhood(n.unknown, size), n.unknown)
	if place < 0 {
		return
	}
	t.limit = max(0, w.budget-w.spent)
	v := w.values[n.unknown]
	if goal := v + max(n.up, n.width-n.down); w.high[n.unknown] < goal && t.climb(place, goal, 1) {
		r.hideMoved(w, t)
	}
	t.reset(w)
	if goal := min(v-n.down, w.high[n.unknown]-n.width); w.low[n.unknown] > goal && (goal >= 0 || w.signed[n.unknown]) &&
		t.climb(place, goal, -1) {
		r.hideMoved(w, t)
	}
	if !w.met(n) {
		t.reset(w)
		if t.climb(place, w.low[n.unknown]+n.width, 1) {
			r.hideMoved(w, t)
		}
	}
	w.spent += t.spent
}

// hideMoved hides what differs in a table, so that nobody can tell it from the true one.
func (r *repair) hideMoved(w *witnesses, t *local) {
	if !w.accept(t) {
		return
	}
	for i, u := range t.unknowns {
		if t.x[i] == w.values[u] {
			continue
		}
		for _, row := range r.rowsOf[u] {
			r.shown[row] = false
		}
	}
}

// reluctance tells how little an unknown is wanted hidden for a need: nothing where it is hidden
// already, else by importance, those without room for the need last.
func (r *repair) reluctance(u int, n need) int {
	if u == n.unknown {
		return math.MaxInt
	}
	most := len(r.rows)
	for _, row := range r.rowsOf[u] {
		if r.shown[row] {
			most = min(most, int(row))
		}
	}
	if most == len(r.rows) {
		return 0
	}
	rank := len(r.rows) - most
	if !r.signed[u] && r.values[u] < max(n.up, n.down, n.width) {
		rank += len(r.rows)
	}
	return rank
}

// ownKnowledge marks the needs that cannot hold against the singles, even when nothing is shown: what they know of themselves, a
// sum of theirs for one, no table can keep from them.
func (s *system) ownKnowledge(singles []bool, needs []need) {
	known := slices.Clone(singles)
	for _, u := range s.exposed(singles) {
		known[u] = true
	}
	w := newWitnesses(s, known, 0)
	w.limits = w.limited()
	for i, n := range needs {
		needs[i].alone = n.alone || !w.possible(n)
	}
}
