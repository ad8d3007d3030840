package disclosure

import (
	"errors"
	"fmt"
	"slices"
)

// MinimumThreshold is the lowest number of persons behind a cell that may be
// configured (ABS DataLab and ACRO use 10).
const MinimumThreshold = 10

// Policy holds the parameters of the protection and for whom it is done.
type Policy struct {
	// Threshold is the smallest number of persons behind a cell that is shown.
	Threshold int
	// BaseYear is what `basis` stands for in the headers of the tables.
	BaseYear int
	// Areas tell which neighbourhoods an area holds, per year.
	Areas []Area
	// Recipients get one Released each. They are taken to lay their workbooks side by side.
	Recipients []Recipient
	// Earlier is what was released before, by row.
	Earlier map[RowKey]Earlier
}

// Recipient is who receives a workbook.
type Recipient struct {
	// Name is that of the configuration.
	Name string
	// OwnDomains are the laws that the recipient sees in detail and knows the tariffs of; nil means all.
	OwnDomains []string
	// OpenTariffs are laws of others whose providers' amounts the parties have agreed to share.
	OpenTariffs []string
	// Printed is what the newest release printed for this recipient; nil when it had nothing for it.
	Printed Printed
}

var (
	// ErrThreshold says that a policy asks for less than [MinimumThreshold] persons.
	ErrThreshold = errors.New("the threshold is too low")
	// ErrUnproven says that hidden cells could not be proven safe: nothing may leave.
	ErrUnproven = errors.New("hidden cells could not be proven safe")
)

// budget is how much work the proof of one night may take, in pivots of a tableau with 10,000 numbers. It is work, not time:
// the same data gives the same pattern.
const budget = 50_000

// Protect decides on every cell of the tables and gives one Released per recipient. What few persons stand behind, what one
// person or two providers dominate, and what would give those away is hidden; the rest is rounded, and shares, means and
// differences are made from rounded values. A row of open data is shown as it is, and zero persons is a zero. It fails closed:
// a table that is not what its header says, or a hidden cell that cannot be proven safe, is an error and nothing is released.
func Protect(tables []Table, policy Policy) ([]Released, error) {
	if policy.Threshold < MinimumThreshold {
		return nil, fmt.Errorf("%w: %d persons, at least %d are needed", ErrThreshold, policy.Threshold, MinimumThreshold)
	}
	w, err := newWorkings(tables, policy)
	if err != nil {
		return nil, err
	}
	w.primary()
	q, err := w.equations()
	if err != nil {
		return nil, err
	}
	counts, err := q.hideForPersons()
	if err != nil {
		return nil, err
	}
	w.flag(&counts)
	hidden := w.hiddenGroups()
	truth := w.evaluation(nil)
	var out []Released
	for _, r := range policy.Recipients {
		own, err := q.hideForProviders(hidden, r)
		if err != nil {
			return nil, err
		}
		out = append(out, w.release(r, own, truth, counts))
	}
	return out, nil
}

func (w *workings) hiddenGroups() []bool {
	out := make([]bool, len(w.groups))
	for i, g := range w.groups {
		out[i] = !g.shown || g.sensitive || g.forced
	}
	return out
}

// hideForPersons hides what few persons stand behind and what would give that away, over all tables and recipients at once,
// and proves it.
func (q *equations) hideForPersons() (Counts, error) {
	w := q.w
	p := q.newPass(func(int) bool { return true }, func(i int) bool { return w.groups[i].given }, q.personNeeds())
	p.together = true
	if unproven := p.run(); unproven > 0 {
		return Counts{}, fmt.Errorf("%w: %d", ErrUnproven, unproven)
	}
	counts := Counts{Coarser: p.coarser}
	for i := range w.groups {
		g := &w.groups[i]
		if len(g.unknowns) > 0 || p.withheld[i] {
			g.shown = p.tells(i)
		}
		switch {
		case !w.leaves(w.tables[g.table], g.row):
		case g.sensitive:
			counts.Primary++
		case !g.shown:
			counts.Secondary++
		}
	}
	return counts, nil
}

// hideForProviders adds what a recipient who does not know the tariffs may not see of a few providers, and what of the
// recipient's own workbook would give it away.
func (q *equations) hideForProviders(hidden []bool, r Recipient) ([]bool, error) {
	w := q.w
	own := slices.Clone(hidden)
	n := q.newNeeds()
	sees := func(i int) bool {
		g := w.groups[i]
		return !hidden[i] && w.visible(w.tables[g.table], g.row, r)
	}
	for i, g := range w.groups {
		t := w.tables[g.table]
		protection := t.providerProtection(g.row, r)
		if !sees(i) || protection <= 0 && !t.withheldBefore(g, r) {
			continue
		}
		own[i] = true
		if protection <= 0 {
			continue
		}
		for _, u := range g.unknowns {
			n.sensitive[u] = true
			n.needs = append(n.needs, q.need(u, protection))
		}
	}
	if len(n.needs) == 0 {
		return own, nil
	}
	told := func(i int) bool {
		g := w.groups[i]
		return g.given && sees(i) && !w.tables[g.table].withheldBefore(g, r)
	}
	may := func(i int) bool { // what a release withheld stays hidden; it is asked about only where it must be
		g := w.groups[i]
		return sees(i) && (!own[i] || len(g.unknowns) > 0 && n.sensitive[g.unknowns[0]])
	}
	p := q.newPass(may, told, n)
	if unproven := p.run(); unproven > 0 {
		return nil, fmt.Errorf("%w: %d amounts of few providers", ErrUnproven, unproven)
	}
	for _, g := range p.order {
		own[g] = own[g] || !p.shown[g]
	}
	for g := range p.withheld {
		own[g] = true
	}
	return own, nil
}

// needs say what must stay out of reach, and how far.
type needs struct {
	sensitive, singles []bool
	needs              []need
}

func (q *equations) newNeeds() needs {
	return needs{sensitive: make([]bool, len(q.s.values)), singles: make([]bool, len(q.s.values))}
}

// personNeeds are those of everything that few persons stand behind, also where no row shows it.
func (q *equations) personNeeds() needs {
	n := q.newNeeds()
	for u, g := range q.groups {
		persons, protection := q.persons[u], int64(0)
		sensitive := persons != 0 && persons < int64(q.w.policy.Threshold)
		if g >= 0 {
			at := q.w.groups[g]
			t := q.w.tables[at.table]
			sensitive, protection = at.sensitive, t.personProtection(at.row)
			if t.isOpen(at.row) {
				continue
			}
		}
		if !sensitive || g >= 0 && q.w.groups[g].given || q.kinds[u].euros && q.s.values[u] == 0 {
			continue // known already, or nothing to protect: their count is
		}
		n.sensitive[u] = true
		n.singles[u] = persons == 1
		need := q.need(u, protection)
		need.alone = persons == 1
		n.needs = append(n.needs, need)
	}
	q.s.ownKnowledge(n.singles, n.needs)
	return n
}

// need is how far an attacker must be kept from an unknown. Below zero nobody needs to be kept from looking.
func (q *equations) need(u int, protection int64) need {
	kind := q.kinds[u]
	if !kind.euros {
		return need{unknown: u, width: countWidth * kind.one}
	}
	up := max(protection, 1) * kind.parts()
	down := up
	if !q.s.signed[u] {
		down = min(up, q.s.values[u])
	}
	return need{unknown: u, up: up, down: down}
}
