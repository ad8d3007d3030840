package pipeline_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// attackNeed is the distance that must remain between a hidden number and what can be said of it.
type attackNeed struct {
	node            int
	up, down, width float64
	low, high       float64 // the smallest and largest value found to fit all that is shown
}

func (n *attackNeed) met(truth float64) bool {
	return n.high >= truth+n.up && n.low <= truth-n.down && n.high-n.low >= n.width
}

// need says how far from a number an attacker must remain.
func (w *attackWorld) need(node int) *attackNeed {
	n := &w.nodes[node]
	truth := n.value()
	need := &attackNeed{node: node, low: truth, high: truth}
	switch persons := n.fewest(); {
	case n.scale == 2 && persons <= 2 && !n.signed():
		// Of two persons the larger has at least half.
		need.up = 0.1 * w.largest(n, truth, persons) * 0.999
		need.down = need.up
		need.width = 0.01
	case n.scale == 2:
		need.width = 0.01
	case n.scale == 0 && n.truth >= 1 && n.truth <= 9 && n.measure != "declaraties" && n.measure != "regels" && n.measure != "contacten" && !n.signed():
		need.width = 5
	default:
		need.width = 0.5 * math.Pow10(-min(n.scale, 1))
	}
	return need
}

// largest is what the person with the most has of an amount: as the warehouse says, or the least that it can be.
func (w *attackWorld) largest(n *attackNode, truth float64, persons int) float64 {
	for _, c := range n.cells {
		if row := w.row(c.table, c.key); row["grootste"] != "" && n.measure == "euro" {
			if v, err := strconv.ParseFloat(row["grootste"], 64); err == nil {
				return v
			}
		}
	}
	return math.Abs(truth) / float64(max(persons, 1))
}

func (w *attackWorld) row(table, key string) attackRow {
	if w.rows == nil {
		w.rows = map[string]map[string]attackRow{}
	}
	if w.rows[table] == nil {
		w.rows[table] = map[string]attackRow{}
		for _, row := range w.truth[table] {
			w.rows[table][row.key(table)] = row
		}
	}
	return w.rows[table][key]
}

// attackLeak is a number that an attacker finds, or comes too near to.
type attackLeak struct {
	node      int
	exact     bool
	absent    bool // its row is in neither workbook
	low, high float64
	equations []string
}

// attackFound is what an attack came to.
type attackFound struct {
	hidden, targets, systems, largest int
	programs                          int // solved
	alone                             int // how many more numbers may have programs of their own
	unsolved                          []int
	leaks                             []attackLeak
	narrow                            map[string]float64 // the smallest interval that was found to remain, by measure
}

// attack tries to find every target among what is not known.
func (w *attackWorld) attack(known []bool, targets map[int]bool, o attackOptions, solver attackSolver, alone int) attackFound {
	found := attackFound{targets: len(targets), alone: alone, narrow: map[string]float64{}}
	for i := range known {
		if !known[i] && len(w.nodes[i].cells) > 0 {
			found.hidden++
		}
	}
	draw := rand.New(rand.NewPCG(1, 2))
	absent := 0
	for node := range targets {
		if !w.nodes[node].marked {
			absent++
		}
	}
	for _, s := range w.systems(known, o) {
		found.systems++
		found.largest = max(found.largest, len(s.unknown))
		fixed := s.determined(false)
		exact := false
		needs := map[int]*attackNeed{}
		for _, node := range s.unknown {
			_, is := fixed[node]
			switch {
			case targets[node] && is:
				exact = true
			case targets[node] && (w.nodes[node].marked || draw.IntN(1+absent/500) == 0):
				needs[node] = w.need(node) // of rows that are in no workbook a sample
			}
		}
		if exact {
			for node, made := range s.determined(true) {
				if targets[node] {
					v := w.nodes[node].value()
					found.leaks = append(found.leaks, attackLeak{node, true, !w.nodes[node].marked, v, v, w.reasons(made)})
				}
			}
		}
		if len(needs) > 0 && solver != nil {
			w.squeeze(newAttackProgram(w, &s, fixed, solver), needs, draw, &found)
		}
	}
	sort.Slice(found.leaks, func(a, b int) bool { return found.leaks[a].node < found.leaks[b].node })
	return found
}

// reasons writes out the equations that together give a number.
func (w *attackWorld) reasons(made attackVector) []string {
	var out []string
	for _, of := range slices.Sorted(maps.Keys(made)) {
		e := w.equations[of]
		var parts []string
		for _, t := range e.terms {
			n := &w.nodes[t.node]
			parts = append(parts, fmt.Sprintf("%+d×%s[%s]", t.coefficient, n, map[bool]string{true: "getoond", false: "verborgen"}[n.known]))
		}
		if len(parts) > 12 {
			parts = append(parts[:12:12], "…")
		}
		x := strconv.FormatUint(made[of], 10)
		if made[of] > attackPrime/2 {
			x = "-" + strconv.FormatUint(attackPrime-made[of], 10)
		}
		out = append(out, x+" × ("+e.why+") "+strings.Join(parts, " "))
	}
	return out
}

// squeeze looks for tables that fit all that is shown and are far from the truth: for many numbers at once, and for what
// is left for each alone.
func (w *attackWorld) squeeze(p *attackProgram, needs map[int]*attackNeed, draw *rand.Rand, found *attackFound) {
	learn := func(point []float64) {
		for node, need := range needs {
			v := point[p.at[node]]
			need.low, need.high = min(need.low, v), max(need.high, v)
		}
	}
	open := func() []int {
		var out []int
		for _, node := range slices.Sorted(maps.Keys(needs)) {
			if !needs[node].met(w.nodes[node].value()) {
				out = append(out, node)
			}
		}
		return out
	}
	for before, idle := len(needs)+1, 0; idle < 3; {
		left := open()
		if len(left) == 0 {
			break
		}
		if idle++; len(left) < before-before/50 {
			before, idle = len(left), 0
		}
		objective := map[int]float64{}
		for _, node := range left {
			if idle > 0 && draw.IntN(2) == 0 {
				continue // fewer at a time have more room
			}
			need, i := needs[node], p.at[node]
			sign := 1.0
			if wantUp, wantDown := need.high < p.truth[i]+need.up, need.low > p.truth[i]-need.down; wantDown && !wantUp || wantUp == wantDown && draw.IntN(2) == 0 {
				sign = -1
			}
			objective[i] = sign * (0.5 + draw.Float64()) / p.box[i]
		}
		found.programs++
		point, ok := p.best(objective, 1)
		if !ok {
			break
		}
		learn(point)
	}
	for _, node := range open() {
		need, i := needs[node], p.at[node]
		if found.alone--; found.alone < 0 {
			found.unsolved = append(found.unsolved, node)
			continue
		}
		solved := true
		for _, sign := range []float64{1, -1} {
			if need.met(p.truth[i]) {
				break
			}
			found.programs++
			point, ok := p.best(map[int]float64{i: sign / p.box[i]}, 100)
			if !ok {
				solved = false
				break
			}
			learn(point)
		}
		switch {
		case need.met(p.truth[i]):
		case !solved:
			found.unsolved = append(found.unsolved, node)
		default:
			found.leaks = append(found.leaks, attackLeak{node: node, absent: !w.nodes[node].marked, low: need.low, high: need.high})
		}
	}
	for node, need := range needs {
		if slices.Contains(found.unsolved, node) {
			continue
		}
		m := w.nodes[node].measure
		width := need.high - need.low
		if old, ok := found.narrow[m]; !ok || width < old {
			found.narrow[m] = width
		}
	}
}

func (f attackFound) exact() int {
	n := 0
	for _, leak := range f.leaks {
		if leak.exact {
			n++
		}
	}
	return n
}

// log writes every leak with its equations to a file.
func (w *attackWorld) log(t testing.TB, path string, found attackFound) {
	t.Helper()
	var out strings.Builder
	for _, leak := range found.leaks {
		n := &w.nodes[leak.node]
		fmt.Fprintf(&out, "%s persons=%d exact=%v absent=%v width=%.2f cells=%v\n", n, n.fewest(), leak.exact, leak.absent, leak.high-leak.low, n.cells)
		for _, e := range leak.equations {
			fmt.Fprintf(&out, "\t%s\n", e)
		}
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
