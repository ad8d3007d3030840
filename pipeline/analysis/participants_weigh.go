package analysis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"ontschot/pipeline/analysis/effect"
)

const (
	// negligible is the part of all weight of the controls below which a control weighs nothing: where the balance lies at the
	// edge of what is possible, the weights of some fall as far as the arithmetic of a processor goes.
	negligible         = 1e-9
	fewestParticipants = 30 // matched ones of a project; with fewer it has no estimate of its own
	allProjects        = "alle"
)

// weighed is a row of model.deelnemer_gewicht: who takes part in a comparison, and for how much.
type weighed struct {
	project     string
	place       int // into participantCells.around
	participant bool
	weight      float64 // 0 for a participant with whom nobody is to be compared
}

// weighParticipants makes model.deelnemer_gewicht: of every project with enough participants and of all together, the
// participants and the controls that they are compared with, with their weights.
func weighParticipants(ctx context.Context, conn *sql.Conn) error {
	cells, err := readParticipantCells(ctx, conn)
	if err != nil {
		return err
	}
	rows, err := cells.weigh()
	if err != nil {
		return err
	}
	var written [][]any
	for _, w := range rows {
		a := &cells.around[w.place]
		written = append(written, []any{w.project, a.start, a.person, w.participant, w.weight})
	}
	return replaceTable(ctx, conn, "deelnemer_gewicht",
		"project VARCHAR, startkwartaal INTEGER, persoon INTEGER, is_deelnemer BOOLEAN, gewicht DOUBLE", written)
}

// weigh compares each project apart, and then all together. Nobody counts in two projects, and what the small ones add to
// the whole is at least one group of participants that may have an estimate: so the whole less the projects tells of none.
func (c *participantCells) weigh() ([]weighed, error) {
	var names, own, small []string
	for _, s := range c.starts {
		names = append(names, s.project)
	}
	var rows []weighed
	matchedInSmall := 0
	for _, name := range slices.Compact(names) {
		group, matched, err := c.compare(name, []string{name})
		if err != nil {
			return nil, fmt.Errorf("weighing who is compared with the participants of %s: %w", name, err)
		}
		if matched < fewestParticipants {
			small = append(small, name)
			matchedInSmall += matched
			continue
		}
		own, rows = append(own, name), append(rows, group...)
	}
	if matchedInSmall >= fewestParticipants {
		own = append(own, small...)
	}
	group, matched, err := c.compare(allProjects, own)
	if err != nil {
		return nil, fmt.Errorf("weighing who is compared with all participants: %w", err)
	}
	if matched >= fewestParticipants {
		rows = append(group, rows...)
	}
	return rows, nil
}

// stratumAtStart is what participants and controls have to share.
type stratumAtStart struct{ start, stratum int32 }

// compare matches the participants of projects with who could have started in the same quarter, and weighs those so that
// they have the same means two years before the start. The year in between takes no part, so that it can be a test.
// It gives no rows where nobody is to be compared with.
func (c *participantCells) compare(name string, projects []string) (rows []weighed, matched int, err error) {
	chosen := c.participants(projects)
	isChosen, starts := make([]bool, len(c.around)), map[int32]bool{}
	for _, w := range chosen {
		if w.weight > 0 {
			isChosen[w.place] = true
			starts[c.around[w.place].start] = true
		}
	}
	var places []int
	var strata []stratumAtStart
	var participant []bool
	for at := range c.around {
		a := &c.around[at]
		if a.stratum >= 0 && (isChosen[at] || starts[a.start] && !a.participant) {
			places, strata, participant = append(places, at), append(strata, stratumAtStart{a.start, a.stratum}), append(participant, isChosen[at])
		}
	}
	m, err := effect.Match(strata, participant)
	if errors.Is(err, effect.ErrNoMatch) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	var treated, controls []int
	var base []float64
	for i, w := range m.Weight {
		switch {
		case w > 0 && participant[i]:
			treated = append(treated, places[i])
		case w > 0:
			controls, base = append(controls, places[i]), append(base, w)
		}
	}
	balanced, err := c.balance(treated, controls, base)
	if err != nil {
		return nil, 0, err
	}
	for _, w := range chosen {
		w.project = name
		if _, found := slices.BinarySearch(treated, w.place); !found {
			w.weight = 0
		}
		rows = append(rows, w)
	}
	for i, at := range controls {
		if balanced.Weight[i] > negligible {
			rows = append(rows, weighed{name, at, false, balanced.Weight[i]})
		}
	}
	return rows, len(treated), nil
}

// participants gives those of projects, each once, in the order of their places; who started elsewhere before has weight 0.
func (c *participantCells) participants(projects []string) (chosen []weighed) {
	first := map[int]bool{}
	for _, s := range c.starts {
		if slices.Contains(projects, s.project) {
			first[s.place] = first[s.place] || s.first
		}
	}
	persons := map[int32]bool{} // of whom the first start is in these projects
	for place, is := range first {
		if is {
			persons[c.around[place].person] = true
		}
	}
	for place, is := range first {
		switch {
		case is:
			chosen = append(chosen, weighed{place: place, participant: true, weight: 1})
		case !persons[c.around[place].person]:
			chosen = append(chosen, weighed{place: place, participant: true})
		}
	}
	slices.SortFunc(chosen, func(a, b weighed) int { return a.place - b.place })
	return chosen
}

// balance makes the controls equal to the participants in the quarters two years before the start; where no weights do, in
// fewer characteristics, and at last in none but the strata.
func (c *participantCells) balance(participants, controls []int, base []float64) (effect.Balancing, error) {
	for _, chosen := range append(c.attempts(participants), nil) {
		b, err := effect.Balance(c.covariates(chosen, participants, controls), base, len(controls))
		if _, unbalanced := errors.AsType[*effect.UnbalancedError](err); !unbalanced {
			return b, err
		}
	}
	return effect.Balancing{}, errors.New("the strata alone do not balance")
}

// characteristic is something of a person around a start that the controls are made equal in.
type characteristic struct {
	name string
	of   func(a *around) float64
}

// attempts are the characteristics that the controls of these participants are made equal in, as many as can be.
func (c *participantCells) attempts(participants []int) [][]characteristic {
	starts := c.startsOf(participants)
	return [][]characteristic{c.characteristics(starts, true), c.characteristics(starts, false)}
}

// characteristics are the time and the euros in each of the quarters -8 to -5; in full also those per law, the traits and how
// many started when.
func (c *participantCells) characteristics(starts []int32, full bool) []characteristic {
	all := []characteristic{{"verzekerdejaren", func(a *around) float64 { return a.insured(-reach, -5) }}}
	for k := -reach; k <= -5; k++ {
		all = append(all, characteristic{"kosten in kwartaal " + strconv.Itoa(k), func(a *around) float64 {
			return a.euros(k, k, func(int8) bool { return true })
		}})
	}
	if !full {
		return all
	}
	for i, name := range traits {
		all = append(all, characteristic{name, func(a *around) float64 { return a.traits[i] }})
	}
	for _, o := range outcomesOf(c.pairs) {
		if o.kind == lawKind {
			all = append(all, characteristic{"kosten " + o.name, func(a *around) float64 {
				return a.euros(-reach, -5, func(pair int8) bool { return o.of[pair] })
			}})
		}
	}
	for _, start := range starts {
		all = append(all, characteristic{"startkwartaal " + strconv.Itoa(int(start)), func(a *around) float64 {
			if a.start == start {
				return 1
			}
			return 0
		}})
	}
	return all
}

func (c *participantCells) covariates(chosen []characteristic, participants, controls []int) (all []effect.Covariate) {
	for _, of := range chosen {
		v := effect.Covariate{Name: of.name}
		for _, at := range participants {
			v.Target += of.of(&c.around[at]) / float64(len(participants))
		}
		for _, at := range controls {
			v.Values = append(v.Values, of.of(&c.around[at]))
		}
		all = append(all, v)
	}
	return all
}

func (c *participantCells) startsOf(places []int) (starts []int32) {
	for _, at := range places {
		starts = append(starts, c.around[at].start)
	}
	slices.Sort(starts)
	return slices.Compact(starts)
}
