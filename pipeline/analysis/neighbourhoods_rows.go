package analysis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"ontschot/pipeline/analysis/effect"

	"gonum.org/v1/gonum/stat/combin"
)

// compare fills a row: the four means and the effect that they make, and what all assignments say of it.
func (c *neighbourhoodCells) compare(o outcome, period contrasted, r *neighbourhoodEffect) error {
	var sums [2][2]float64 // of pilot and others, in the base year and later
	var weights [2]float64
	change, pilot := make([]float64, len(c.codes)), make([]bool, len(c.codes))
	for i := range c.codes {
		base, known := c.mean(o, []int{period.base}, i)
		later, knownToo := c.mean(o, period.later, i)
		if !known || !knownToo {
			r.reason = reasonPrice
			return nil
		}
		change[i], pilot[i] = later-base, c.starts[i] != 0
		side := 1
		if pilot[i] {
			side = 0
		}
		sums[side][0] += c.weight[i] * base
		sums[side][1] += c.weight[i] * later
		weights[side] += c.weight[i]
	}
	for side := range sums {
		sums[side][0] /= weights[side]
		sums[side][1] /= weights[side]
	}
	r.pilotBase, r.pilotNow = whole(100*sums[0][0]), whole(100*sums[0][1])
	r.otherBase, r.otherNow = whole(100*sums[1][0]), whole(100*sums[1][1])
	r.effect = whole(100 * (sums[0][1] - sums[0][0] - (sums[1][1] - sums[1][0])))
	r.assignments = combin.Binomial(len(c.codes), r.pilots)
	r.smallest = sql.Null[float64]{V: 1 / float64(r.assignments), Valid: true}
	if r.pilots == r.others {
		r.smallest.V *= 2 // who is taken and who is left changed places: the same statistic
	}
	if len(c.codes) < 3 {
		r.reason = reasonTooFew
		return nil
	}
	tried, err := effect.Randomise(change, c.weight, pilot, 1-rejection)
	if errors.Is(err, effect.ErrNoSpread) {
		r.reason = reasonSpread
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s, %s: %w", o.name, period.name, err)
	}
	r.p = sql.Null[float64]{V: tried.P, Valid: true}
	r.se, r.low, r.high = whole(100*tried.SE), whole(100*tried.Low), whole(100*tried.High)
	if period.name == afterStart {
		return r.testTwice(change, c.weight, pilot)
	}
	return nil
}

// study makes the rows of one outcome out of one without figures: each year since the start, then all of them.
func (r *neighbourhoodEffect) study(s effect.Staggered) (rows []neighbourhoodEffect, err error) {
	for _, since := range s.EventTimes() {
		e, err := s.After(since)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r.in("jaar "+strconv.Itoa(since), e))
	}
	overall, err := s.Overall()
	if err != nil {
		return nil, err
	}
	return append(rows, r.in(afterStart, overall)), nil
}

// in is the row with an estimate in a period.
func (r *neighbourhoodEffect) in(period string, e effect.Estimate) neighbourhoodEffect {
	low, high := e.Interval(1 - rejection)
	filled := *r
	filled.period = period
	filled.effect, filled.se, filled.low, filled.high = whole(100*e.Effect), whole(100*e.SE()), whole(100*low), whole(100*high)
	return filled
}

// judgeNeighbourhoods makes the p-values of the years after the base year hold together, those of the total and the laws
// and apart those of the echelons, and gives these rows their verdict.
func judgeNeighbourhoods(rows []neighbourhoodEffect) error {
	families := map[bool][]*tested{}
	for i := range rows {
		if r := &rows[i]; r.period == afterStart && r.p.Valid {
			echelons := r.kind == lineKind
			families[echelons] = append(families[echelons], &r.tested)
		}
	}
	for _, f := range families {
		if err := holdTogether(f); err != nil {
			return fmt.Errorf("the effects in the pilot neighbourhoods: %w", err)
		}
	}
	for i := range rows {
		r := &rows[i]
		together := 1
		if r.period == afterStart {
			together = len(families[r.kind == lineKind])
		}
		if r.reason == "" && r.smallest.V*float64(together) >= rejection {
			r.reason = reasonTooFew
		}
		if r.period == afterStart {
			r.verdict = verdictUnknown
			if r.reason == "" {
				r.verdict = r.judged()
			}
		}
	}
	return nil
}

// neighbourhoodColumns are those of model.wijk_schatting.
const neighbourhoodColumns = `indeling VARCHAR, uitkomst VARCHAR, periode VARCHAR, effect DECIMAL(18,2), p_randomisatie DECIMAL(18,6),
	ci_laag DECIMAL(18,2), ci_hoog DECIMAL(18,2), se DECIMAL(18,2), p_holm DECIMAL(18,6), oordeel VARCHAR, reden VARCHAR, status VARCHAR,
	n_pilot BIGINT, n_vergelijking BIGINT, toewijzingen BIGINT, p_kleinst DECIMAL(18,6), pilot_basis DECIMAL(18,2), pilot_nu DECIMAL(18,2),
	vergelijking_basis DECIMAL(18,2), vergelijking_nu DECIMAL(18,2), jaren VARCHAR, domeinen VARCHAR, lijnen VARCHAR, personen_basis BIGINT,
	personen BIGINT, vergelijking_personen_basis BIGINT, vergelijking_personen BIGINT, samen VARCHAR, p_wild DECIMAL(18,6), breekpunt DECIMAL(18,6)`

func writeNeighbourhoods(ctx context.Context, conn *sql.Conn, effects []neighbourhoodEffect) error {
	var rows [][]any
	for _, r := range effects {
		rows = append(rows, []any{r.kind, r.outcome, r.period, euros(r.effect), ratio(r.p), euros(r.low), euros(r.high), euros(r.se), ratio(r.holm),
			r.verdict, r.reason, r.status, r.pilots, r.others, whenTried(r.assignments), ratio(r.smallest), euros(r.pilotBase), euros(r.pilotNow),
			euros(r.otherBase), euros(r.otherNow), r.years, r.laws, r.lines, r.users[0], r.users[1], r.users[2], r.users[3], r.together, ratio(r.wild), ratio(r.breaks)})
	}
	return replaceTable(ctx, conn, "wijk_schatting", neighbourhoodColumns, rows)
}

// whenTried leaves out a number of assignments where none were tried.
func whenTried(assignments int) any {
	if assignments == 0 {
		return nil
	}
	return assignments
}
