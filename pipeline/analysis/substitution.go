package analysis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"ontschot/pipeline/analysis/effect"

	"github.com/duckdb/duckdb-go/v2"
)

// The verdicts on two laws of which euros went from the one to the other.
const (
	verdictSubstitution = "substitutie"
	verdictGrowth       = "groei"
	verdictDecline      = "afname"
)

// The answers to a test; without one it cannot be told.
const (
	testHolds = "ja"
	testFails = "nee"
)

const reasonNothingBefore = "geen jaar voor het basisjaar"

// lawPair is two laws of which euros may move from the one to the other.
type lawPair struct{ from, to string }

// netFlows are those of one pair of laws in a year, by neighbourhood.
type netFlows struct {
	year  int
	pair  lawPair
	net   []sql.Null[float64] // euros per insured year
	pilot sql.Null[int64]     // cents of all pilot neighbourhoods together
}

// substitution is a row of model.substitutie_schatting. Amounts are cents per insured year, but for the net flow itself.
type substitution struct {
	netFlows
	before                int // the year whose flow to the base year is taken off; 0 is none
	difference, low, high sql.Null[int64]
	effectFrom, effectTo  lawEffect
	tested
	ratio                           sql.Null[float64]
	moves, beyond, shifts, replaces string // the tests
	verdict, reason                 string
}

// substitutionCells are what it is told from.
type substitutionCells struct {
	codes   []string // of the neighbourhoods that are compared, in order
	pilots  []bool
	weights []float64
	base    int
	flows   []netFlows
	effects map[string]lawEffect // on a law in a year, where it can be told
}

// lawEffect is the effect on a law, with its interval.
type lawEffect struct{ effect, low, high sql.Null[int64] }

// estimateSubstitution makes model.substitutie_schatting: whether care under one law replaced care under another in the pilot.
// It says so only when euros went from the one to the other, by more than in comparable neighbourhoods and than before the
// start, while the effect on the one is a fall and on the other a rise that is no larger: four tests.
func estimateSubstitution(ctx context.Context, conn *sql.Conn) error {
	c := &substitutionCells{effects: map[string]lawEffect{}}
	for _, read := range []func(context.Context, *sql.Conn) error{c.readBase, c.readWeights, c.readFlows, c.readEffects} {
		if err := read(ctx, conn); err != nil {
			return fmt.Errorf("reading the flows between laws: %w", err)
		}
	}
	var rows []substitution
	var jobs []func() error
	if len(c.pilots) < 3 || !slices.Contains(c.pilots, true) || !slices.Contains(c.pilots, false) {
		c.flows = nil // nothing to compare with
	}
	for _, f := range c.flows {
		if f.year < c.base || f.pilot.V == 0 {
			continue
		}
		if f.pilot.V < 0 {
			f = f.back()
		}
		at := len(rows)
		rows = append(rows, substitution{netFlows: f})
		jobs = append(jobs, func() error { return c.compare(&rows[at]) })
	}
	if err := errors.Join(atOnce(jobs), judgeSubstitution(rows)); err != nil {
		return err
	}
	return writeSubstitution(ctx, conn, rows)
}

// back is the same flows seen from the other law.
func (f netFlows) back() netFlows {
	b := netFlows{year: f.year, pair: lawPair{f.pair.to, f.pair.from}, pilot: sql.Null[int64]{V: -f.pilot.V, Valid: f.pilot.Valid}}
	for _, n := range f.net {
		b.net = append(b.net, sql.Null[float64]{V: -n.V, Valid: n.Valid})
	}
	return b
}

// judgeSubstitution makes the p-values of all pairs of laws in a year hold together, does the four tests and gives the verdicts.
func judgeSubstitution(rows []substitution) error {
	years := map[int][]*tested{}
	for i := range rows {
		if r := &rows[i]; r.p.Valid {
			years[r.year] = append(years[r.year], &r.tested)
		}
	}
	for year, of := range years {
		if err := holdTogether(of); err != nil {
			return fmt.Errorf("the flows of %d: %w", year, err)
		}
	}
	for i := range rows {
		rows[i].judge()
	}
	return nil
}

// judge does the four tests of a row and gives its verdict.
func (r *substitution) judge() {
	from, to := r.effectFrom, r.effectTo
	r.moves, r.verdict = testHolds, verdictUnknown // the direction is that of the net flow
	if r.holm.Valid {
		r.beyond = answer(r.holm.V < rejection && r.difference.V > 0)
	}
	if from.effect.Valid && to.effect.Valid {
		r.shifts, r.replaces = answer(from.effect.V < 0 && to.effect.V > 0), testFails
		if r.shifts == testHolds {
			r.ratio = sql.Null[float64]{V: -float64(from.effect.V) / float64(to.effect.V), Valid: true}
			r.replaces = answer(r.ratio.V >= 1)
		}
	}
	switch {
	case r.beyond == testHolds && r.shifts == testHolds && r.replaces == testHolds:
		r.verdict = verdictSubstitution
	case r.beyond == testHolds && r.shifts == testHolds:
		r.verdict = verdictGrowth // more came than went
	case from.effect.Valid && from.effect.V >= 0 && to.low.Valid && to.low.V > 0:
		r.verdict = verdictGrowth
	case to.effect.Valid && to.effect.V <= 0 && from.high.Valid && from.high.V < 0:
		r.verdict = verdictDecline
	}
}

func answer(holds bool) string {
	if holds {
		return testHolds
	}
	return testFails
}

// compare compares the net flow of the pilot with that of the other neighbourhoods, each less what flowed in as long a time
// before the base year as there are data of: people move between laws without any policy too.
func (c *substitutionCells) compare(r *substitution) error {
	r.effectFrom, r.effectTo = c.effects[effectOf(r.pair.from, r.year)], c.effects[effectOf(r.pair.to, r.year)]
	var earlier *netFlows
	for i, f := range c.flows {
		same := f.pair == r.pair || f.pair == lawPair{r.pair.to, r.pair.from}
		if same && f.year < c.base && c.base-f.year <= r.year-c.base && (earlier == nil || f.year < earlier.year) {
			earlier = &c.flows[i]
		}
	}
	if earlier == nil {
		r.reason = reasonNothingBefore
		return nil
	}
	before := *earlier
	if before.pair != r.pair {
		before = before.back()
	}
	r.before = before.year
	change := make([]float64, len(c.pilots))
	for i := range change {
		if !r.net[i].Valid || !before.net[i].Valid {
			r.reason = reasonPrice
			return nil
		}
		// A flow from the base year back to an earlier one is the flow from that year to the base year, the other way.
		change[i] = r.net[i].V + before.net[i].V
	}
	tried, err := effect.Randomise(change, c.weights, c.pilots, 1-rejection)
	if errors.Is(err, effect.ErrNoSpread) {
		r.reason = reasonSpread
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s to %s in %d: %w", r.pair.from, r.pair.to, r.year, err)
	}
	r.difference, r.low, r.high = whole(100*tried.Effect), whole(100*tried.Low), whole(100*tried.High)
	r.p = sql.Null[float64]{V: tried.P, Valid: true}
	if !r.low.Valid || !r.high.Valid {
		r.reason = reasonTooFew
	}
	return nil
}

func effectOf(law string, year int) string { return fmt.Sprint(law, " ", year) }

func (c *substitutionCells) readBase(ctx context.Context, conn *sql.Conn) error {
	return scanRows(ctx, conn, "SELECT jaar FROM model.jaar WHERE is_basisjaar", []any{&c.base}, func() error { return nil })
}

func (c *substitutionCells) readWeights(ctx context.Context, conn *sql.Conn) error {
	var code string
	var pilot bool
	var years float64
	return scanRows(ctx, conn, "SELECT buurt, rol = 'pilot', verzekerdejaren FROM model.wijk_vergelijkbaar ORDER BY buurt", []any{&code, &pilot, &years}, func() error {
		c.codes, c.pilots, c.weights = append(c.codes, code), append(c.pilots, pilot), append(c.weights, years)
		return nil
	})
}

func (c *substitutionCells) readFlows(ctx context.Context, conn *sql.Conn) error {
	var year int
	var code string
	var pair lawPair
	var net sql.Null[duckdb.Decimal]
	var days, inYear float64
	return scanRows(ctx, conn, "SELECT jaar, buurt, van, naar, netto, dagen, dagen_in_jaar FROM model.wijk_stroom ORDER BY jaar, van, naar, buurt",
		[]any{&year, &code, &pair.from, &pair.to, &net, &days, &inYear}, func() error {
			if last := len(c.flows) - 1; last < 0 || c.flows[last].year != year || c.flows[last].pair != pair {
				c.flows = append(c.flows, netFlows{year: year, pair: pair,
					net: make([]sql.Null[float64], len(c.codes))})
			}
			at, found := slices.BinarySearch(c.codes, code)
			if !found || !net.Valid {
				return nil
			}
			f, cents := &c.flows[len(c.flows)-1], net.V.Value.Int64()
			f.net[at] = sql.Null[float64]{V: float64(cents) / 100 / (days / inYear), Valid: true}
			if c.pilots[at] {
				f.pilot.V, f.pilot.Valid = f.pilot.V+cents, true
			}
			return nil
		})
}

func (c *substitutionCells) readEffects(ctx context.Context, conn *sql.Conn) error {
	var law, period string
	var amounts [3]sql.Null[duckdb.Decimal]
	return scanRows(ctx, conn, "SELECT uitkomst, periode, effect, ci_laag, ci_hoog FROM model.wijk_schatting WHERE indeling = 'domein' AND reden = ''",
		[]any{&law, &period, &amounts[0], &amounts[1], &amounts[2]}, func() error {
			var cents [3]sql.Null[int64]
			for i, amount := range amounts {
				if amount.Valid {
					cents[i] = sql.Null[int64]{V: amount.V.Value.Int64(), Valid: true}
				}
			}
			c.effects[law+" "+period] = lawEffect{cents[0], cents[1], cents[2]}
			return nil
		})
}

// substitutionColumns are those of model.substitutie_schatting.
const substitutionColumns = `jaar INTEGER, van VARCHAR, naar VARCHAR, netto_stroom DECIMAL(18,2), verschil DECIMAL(18,2), ci_laag DECIMAL(18,2),
	ci_hoog DECIMAL(18,2), p_randomisatie DECIMAL(18,6), p_holm DECIMAL(18,6), vooraf INTEGER, effect_van DECIMAL(18,2), effect_naar DECIMAL(18,2),
	verhouding DECIMAL(18,6), toets_stroom VARCHAR, toets_controle VARCHAR, toets_effect VARCHAR, toets_verhouding VARCHAR, oordeel VARCHAR, reden VARCHAR`

func writeSubstitution(ctx context.Context, conn *sql.Conn, all []substitution) error {
	var rows [][]any
	for _, r := range all {
		rows = append(rows, []any{r.year, r.pair.from, r.pair.to, euros(r.pilot), euros(r.difference), euros(r.low), euros(r.high), ratio(r.p), ratio(r.holm), whenTried(r.before),
			euros(r.effectFrom.effect), euros(r.effectTo.effect), ratio(r.ratio), r.moves, r.beyond, r.shifts, r.replaces, r.verdict, r.reason})
	}
	return replaceTable(ctx, conn, "substitutie_schatting", substitutionColumns, rows)
}
