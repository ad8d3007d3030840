package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strconv"

	"ontschot/pipeline/analysis/effect"
)

// fewestSeen is the persons of each side in the quarters that are compared; with fewer there is no row.
const fewestSeen = 10

// comparison is the participants of a project and the controls that they are compared with.
type comparison struct {
	project                string
	participants, controls int // persons
	ess                    float64
	everybody              []int // the places of all participants, also of who is compared with nobody
	places                 []int // into participantCells.around, the participants first
	sample                 effect.Sample
}

// readWeights reads model.deelnemer_gewicht.
func (c *participantCells) readWeights(ctx context.Context, conn *sql.Conn) (rows []weighed, err error) {
	var w weighed
	var start, person int32
	err = scanRows(ctx, conn, `SELECT project, startkwartaal, persoon, is_deelnemer, gewicht FROM model.deelnemer_gewicht
		ORDER BY project, is_deelnemer DESC, startkwartaal, persoon`, []any{&w.project, &start, &person, &w.participant, &w.weight}, func() error {
		var err error
		w.place, err = c.place(start, person)
		rows = append(rows, w)
		return err
	})
	return rows, err
}

// comparisons are those of the projects, from rows that have each project together and its participants first.
func (c *participantCells) comparisons(rows []weighed) (all []*comparison, err error) {
	var g *comparison
	numbers := map[int32]int{} // of who is in this comparison: one person may be compared at several starts
	for _, w := range rows {
		if g == nil || g.project != w.project {
			g = &comparison{project: w.project}
			all = append(all, g)
			clear(numbers)
		}
		if w.participant {
			g.everybody = append(g.everybody, w.place)
		}
		if w.weight == 0 {
			continue
		}
		person := c.around[w.place].person
		number, known := numbers[person]
		if !known {
			number = len(numbers)
			numbers[person] = number
		}
		if w.participant {
			g.participants++
		}
		g.places = append(g.places, w.place)
		g.sample.Treated = append(g.sample.Treated, w.participant)
		g.sample.Weight = append(g.sample.Weight, w.weight)
		g.sample.Cluster = append(g.sample.Cluster, number)
		g.sample.Clusters = len(numbers)
	}
	for _, g := range all {
		g.controls = g.persons(func(int) bool { return true })[0]
		g.ess = effect.EffectiveSize(g.sample.Weight[g.participants:])
		balanced := c.balancedIn(g)
		if balanced == nil {
			continue
		}
		if g.sample.Balanced, err = g.sample.Balance(balanced); err != nil {
			return nil, fmt.Errorf("the comparison of %s: %w", g.project, err)
		}
	}
	return all, nil
}

// balancedIn gives the characteristics in which the weights make the controls equal to the participants, of everybody in the
// comparison: all that were tried first, the fewer that were tried then, or none.
func (c *participantCells) balancedIn(g *comparison) (balanced [][]float64) {
	participants, controls := g.places[:g.participants], g.places[g.participants:]
	for _, chosen := range c.attempts(participants) {
		if !effect.Equal(c.covariates(chosen, participants, controls), g.sample.Weight[g.participants:]) {
			continue
		}
		for _, of := range chosen {
			values := make([]float64, len(g.places))
			for i, at := range g.places {
				values[i] = of.of(&c.around[at])
			}
			balanced = append(balanced, values)
		}
		return balanced
	}
	return nil
}

// insured is the insured years in some quarters.
func (a *around) insured(from, to int) (years float64) {
	for k := from; k <= to; k++ {
		years += a.years[k+reach]
	}
	return years
}

// euros are those of some quarters and outcomes.
func (a *around) euros(from, to int, counts func(pair int8) bool) float64 {
	var cents int64
	for _, paid := range a.costs {
		if int(paid.k) >= from && int(paid.k) <= to && counts(paid.outcome) {
			cents += paid.cents
		}
	}
	return float64(cents) / 100
}

// course is what everybody in the comparison cost of one outcome in every quarter, in cents.
func (g *comparison) course(c *participantCells, o outcome) [][quarters]int64 {
	course := make([][quarters]int64, len(g.places))
	for i, at := range g.places {
		for _, paid := range c.around[at].costs {
			if o.of[paid.outcome] {
				course[i][int(paid.k)+reach] += paid.cents
			}
		}
	}
	return course
}

// window is what everybody in the comparison had in some quarters.
func (g *comparison) window(c *participantCells, course [][quarters]int64, from, to int) effect.Window {
	w := effect.Window{Years: make([]float64, len(g.places)), Euros: make([]float64, len(g.places))}
	for i, at := range g.places {
		w.Years[i] = c.around[at].insured(from, to)
		var cents int64
		for k := from; k <= to; k++ {
			cents += course[i][k+reach]
		}
		w.Euros[i] = float64(cents) / 100
	}
	return w
}

// persons counts the controls, and the participants, of whom something holds.
func (g *comparison) persons(holds func(i int) bool) (sides [2]int) {
	seen := make([]bool, g.sample.Clusters) // controls at several starts count once
	for i, treated := range g.sample.Treated {
		switch {
		case !holds(i):
		case treated:
			sides[1]++
		case !seen[g.sample.Cluster[i]]:
			seen[g.sample.Cluster[i]] = true
			sides[0]++
		}
	}
	return sides
}

// seen tells whether enough persons of both sides have time in a window.
func (g *comparison) seen(w effect.Window) bool {
	sides := g.persons(func(i int) bool { return w.Years[i] > 0 })
	return sides[0] >= fewestSeen && sides[1] >= fewestSeen
}

// users counts who has euros in a window: the controls, and the participants.
func (g *comparison) users(w effect.Window) [2]int {
	return g.persons(func(i int) bool { return w.Euros[i] != 0 })
}

// contrast is the estimates of one outcome of a project: a window of quarters against those two years before the start.
type contrast struct {
	span
	effect.Estimate
	before, after [2]int // users in both windows, controls and participants
}

// estimate compares spans of quarters with those two years before the start. held is the p-value of the four quarters
// before the start being as two years before it; it is unknown where they cannot be tested.
func (g *comparison) estimate(c *participantCells, o outcome) (all []contrast, held sql.Null[float64], err error) {
	course := g.course(c, o)
	base := g.window(c, course, -reach, -5)
	if !g.seen(base) {
		return nil, held, nil
	}
	users := g.users(base)
	var seen []span
	var windows []effect.Window
	for _, s := range spans() {
		if w := g.window(c, course, s.from, s.to); (s.shows(o) || s.heldOut()) && g.seen(w) {
			seen, windows = append(seen, s), append(windows, w)
		}
	}
	study, err := g.sample.EventStudy(base, windows)
	if err != nil {
		return nil, held, err
	}
	var before []effect.Estimate
	tested := 0
	for i, e := range study {
		if seen[i].heldOut() {
			tested++
			if e.Effect != 0 || e.SE() != 0 { // else both sides had exactly what they had before
				before = append(before, e)
			}
		}
		if seen[i].shows(o) {
			all = append(all, contrast{seen[i], e, users, g.users(windows[i])})
		}
	}
	if tested == 4 && len(before) == 0 {
		return all, sql.Null[float64]{V: 1, Valid: true}, nil
	}
	if p, err := effect.Joint(before); err == nil && tested == 4 && !math.IsNaN(p) {
		held = sql.Null[float64]{V: p, Valid: true}
	}
	return all, held, nil
}

// span is a row of quarters with its name in the table.
type span struct {
	name     string
	from, to int
}

// shows tells whether the table has a row of these quarters: of the total also of each by itself.
func (s span) shows(o outcome) bool { return s.from != s.to || o.kind == wholeKind }

// heldOut tells whether this is one of the quarters that are the test.
func (s span) heldOut() bool { return s.from == s.to && s.from < 0 && s.from >= -4 }

// beforeStart is the year before the start, which the controls are not made equal in.
const beforeStart = "voor"

// spans are the year before and the two years after the start, then each quarter by itself.
func spans() []span {
	all := []span{{beforeStart, -4, -1}, {afterStart, 1, reach}}
	for k := -reach; k <= reach; k++ {
		if k != 0 {
			all = append(all, span{"kwartaal " + strconv.Itoa(k), k, k})
		}
	}
	return all
}
