package analysis

import (
	"context"
	"database/sql"
	"fmt"
)

// participantEffect is a row of model.deelnemer_schatting. Amounts are cents per insured year.
type participantEffect struct {
	*comparison
	estimated
	from, to      int    // the quarters since the start
	before, after [2]int // persons with euros two years before the start and in these quarters: controls, participants
	mde, unpaired sql.Null[int64]
	held          sql.Null[float64]
}

// estimateParticipants makes model.deelnemer_schatting: what the cells of participants say of every project that is
// compared and of all together, per law, per echelon and in total. The effects of the laws, and those of the echelons,
// add up to that of the total to the cent.
func estimateParticipants(ctx context.Context, conn *sql.Conn) error {
	cells, err := readParticipantCells(ctx, conn)
	if err != nil {
		return err
	}
	weights, err := cells.readWeights(ctx, conn)
	if err != nil {
		return fmt.Errorf("reading who is compared with participants: %w", err)
	}
	all, err := cells.estimateAll(weights)
	if err != nil {
		return err
	}
	return writeParticipants(ctx, conn, all)
}

// estimateAll estimates every project and says what may be concluded.
func (c *participantCells) estimateAll(weights []weighed) (all []participantEffect, err error) {
	comparisons, err := c.comparisons(weights)
	if err != nil {
		return nil, err
	}
	for _, g := range comparisons {
		rows, err := c.estimate(g)
		if err != nil {
			return nil, fmt.Errorf("estimating the effect on participants of %s: %w", g.project, err)
		}
		all = append(all, rows...)
	}
	return all, adjust(all)
}

// estimate estimates one project.
func (c *participantCells) estimate(g *comparison) (rows []participantEffect, err error) {
	for _, o := range outcomesOf(c.pairs) {
		estimates, held, err := g.estimate(c, o)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.name, err)
		}
		for _, e := range estimates {
			row := participantEffect{comparison: g, estimated: o.in(e.name), from: e.from, to: e.to, before: e.before, after: e.after}
			if !c.missing(o) {
				row.fill(e.Estimate)
				if e.name == afterStart {
					row.held = held
					row.unpaired = c.unpaired(g.everybody, o)
				}
			}
			rows = append(rows, row)
		}
	}
	addUp(rows, func(r *participantEffect) *estimated { return &r.estimated })
	return rows, nil
}

// missing tells whether some of the euros of an outcome are unknown.
func (c *participantCells) missing(o outcome) bool {
	for i, p := range c.pairs {
		if o.of[i] && c.unknown[p] {
			return true
		}
	}
	return false
}

// unpaired is what a look at before and after alone shows: the change of all participants from the year before the start
// to after it, less that of all residents in the same quarters.
func (c *participantCells) unpaired(everybody []int, o outcome) sql.Null[int64] {
	var years, cents [2]float64
	var residents, counted float64 // the change of everybody, as the participants lie over the starts
	spans := [2]span{{from: -4, to: -1}, {from: 1, to: reach}}
	for _, at := range everybody {
		a := &c.around[at]
		before, known := c.regionMean(a.start, o, spans[0])
		after, knownToo := c.regionMean(a.start, o, spans[1])
		if !known || !knownToo {
			continue // there are no data of so long ago, or of so late
		}
		residents += after - before
		counted++
		for w, s := range spans {
			years[w] += a.insured(s.from, s.to)
			cents[w] += 100 * a.euros(s.from, s.to, func(pair int8) bool { return o.of[pair] })
		}
	}
	if years[0] == 0 || years[1] == 0 {
		return sql.Null[int64]{}
	}
	return whole(cents[1]/years[1] - cents[0]/years[0] - residents/counted)
}

// regionMean is the cents per insured year of all residents in some quarters around a start; it is unknown without data.
func (c *participantCells) regionMean(start int32, o outcome, s span) (mean float64, known bool) {
	var cents int64
	var years float64
	for i, pair := range c.pairs {
		r := c.region[start][pair]
		if r == nil {
			return 0, false
		}
		for k := s.from; k <= s.to; k++ {
			if o.of[i] {
				cents += r.cents[k+reach]
			}
			if i == 0 {
				years += r.years[k+reach]
			}
		}
	}
	return float64(cents) / years, years > 0
}
