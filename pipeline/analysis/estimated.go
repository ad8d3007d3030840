package analysis

import (
	"context"
	"database/sql"
	sqldriver "database/sql/driver"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"

	"ontschot/pipeline/analysis/effect"

	"github.com/duckdb/duckdb-go/v2"
)

const (
	rejection  = 0.05 // below it an effect is shown
	afterStart = "na" // all that is seen after the start, together
)

// The verdicts on an effect.
const (
	verdictFall    = "daling"
	verdictRise    = "stijging"
	verdictUnshown = "niet aantoonbaar"
	verdictUnknown = "niet vast te stellen"
)

// estimated is what every table of estimates says of an outcome in a period. Amounts are cents per insured year.
type estimated struct {
	kind, outcome, period string
	together              string
	effect, low, high, se sql.Null[int64]
	tested
	verdict string
}

// tested is the p-value of a row, and the one that holds for all rows of its family together.
type tested struct{ p, holm sql.Null[float64] }

// lawAndLine is what costs are told apart by.
type lawAndLine struct{ law, line string }

// outcome is what an effect is on: the total, a law or an echelon.
type outcome struct {
	kind, name string // in the words of the table
	// together names the laws and the echelons that are about the same euros, as those of the Zvw: their effects add up to the
	// same sum.
	together string
	of       []bool // which of the pairs it adds up
}

// The words of indeling.
const (
	wholeKind = "alles" // the first of the words, so that the total comes before the laws, and these before the lines
	lawKind   = "domein"
	lineKind  = "lijn"
)

// in begins the row of an outcome in a period.
func (o outcome) in(period string) estimated {
	return estimated{kind: o.kind, outcome: o.name, together: o.together, period: period}
}

// outcomesOf are the total, the laws and the echelons of these pairs, in that order.
func outcomesOf(pairs []lawAndLine) []outcome {
	all := []outcome{{kind: wholeKind, name: "totaal", of: slices.Repeat([]bool{true}, len(pairs))}}
	together := tied(pairs)
	for _, kind := range []struct {
		name, before string
		word         func(lawAndLine) string
	}{
		{lawKind, "", func(p lawAndLine) string { return p.law }},
		{lineKind, "lijn ", func(p lawAndLine) string { return p.line }},
	} {
		var words []string
		for _, p := range pairs {
			words = append(words, kind.word(p))
		}
		slices.Sort(words)
		for _, word := range slices.Compact(words) {
			o := outcome{kind: kind.name, name: kind.before + word}
			for i, p := range pairs {
				o.of = append(o.of, kind.word(p) == word)
				if kind.word(p) == word {
					o.together = together[i]
				}
			}
			all = append(all, o)
		}
	}
	return all
}

// tied names, per pair, the first law that it is tied to: by its law, by its echelon, or by way of other pairs.
func tied(pairs []lawAndLine) []string {
	names := make([]string, len(pairs))
	for i, p := range pairs {
		names[i] = p.law
	}
	for changed := true; changed; {
		changed = false
		for i, p := range pairs {
			for j, q := range pairs {
				if (p.law == q.law || p.line == q.line) && names[j] < names[i] {
					names[i], changed = names[j], true
				}
			}
		}
	}
	return names
}

// addUp lets the effects of the laws, and those of the echelons, add up to that of the total in every period: what
// rounding leaves goes to the largest, and of equal ones to the first.
func addUp[R any](rows []R, of func(row *R) *estimated) {
	totals := map[string]int64{}
	for i := range rows {
		if r := of(&rows[i]); r.kind == wholeKind && r.effect.Valid {
			totals[r.period] = r.effect.V
		}
	}
	for _, kind := range []string{lawKind, lineKind} {
		for period, total := range totals {
			left, largest := total, (*estimated)(nil)
			for i := range rows {
				r := of(&rows[i])
				if r.kind != kind || r.period != period {
					continue
				}
				left -= r.effect.V
				if largest == nil || abs(r.effect.V) > abs(largest.effect.V) {
					largest = r
				}
			}
			if largest != nil {
				largest.effect.V += left
			}
		}
	}
}

// holdTogether gives the rows of a family p-values that hold for all of them.
func holdTogether(rows []*tested) error {
	p := make([]float64, len(rows))
	for i, r := range rows {
		p[i] = r.p.V
	}
	adjusted, err := effect.Holm(p)
	if err != nil {
		return fmt.Errorf("adjusting the p-values: %w", err)
	}
	for i, r := range rows {
		r.holm = sql.Null[float64]{V: adjusted[i], Valid: true}
	}
	return nil
}

// judged is the verdict where nothing stands in its way.
func (r *estimated) judged() string {
	switch {
	case r.holm.V < rejection && r.effect.V < 0:
		return verdictFall
	case r.holm.V < rejection && r.effect.V > 0:
		return verdictRise
	default:
		return verdictUnshown
	}
}

// replaceTable makes a table anew, in one transaction.
func replaceTable(ctx context.Context, conn *sql.Conn, name, columns string, rows [][]any) (err error) {
	if _, err := conn.ExecContext(ctx, "BEGIN TRANSACTION"); err != nil {
		return fmt.Errorf("writing model.%s: %w", name, err)
	}
	defer func() {
		end := "COMMIT"
		if err != nil {
			err, end = fmt.Errorf("writing model.%s: %w", name, err), "ROLLBACK"
		}
		_, ended := conn.ExecContext(context.WithoutCancel(ctx), end)
		err = errors.Join(err, ended)
	}()
	if _, err := conn.ExecContext(ctx, "CREATE OR REPLACE TABLE model."+name+" ("+columns+")"); err != nil {
		return err
	}
	return conn.Raw(func(driver any) (err error) {
		to, err := duckdb.NewAppenderFromConn(driver.(sqldriver.Conn), "model", name)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, to.Close()) }()
		for _, row := range rows {
			values := make([]sqldriver.Value, len(row))
			for i, v := range row {
				values[i] = v
				if n, ok := v.(sql.Null[int64]); ok && n.Valid {
					values[i] = n.V
				} else if ok {
					values[i] = nil
				}
			}
			if err := to.AppendRow(values...); err != nil {
				return err
			}
		}
		return nil
	})
}

// whole rounds cents, half away from zero.
func whole(cents float64) sql.Null[int64] {
	if math.IsNaN(cents) || math.IsInf(cents, 0) {
		return sql.Null[int64]{}
	}
	return sql.Null[int64]{V: int64(math.Round(cents)), Valid: true}
}

func abs(v int64) int64 { return max(v, -v) }

// euros are cents as the table holds them.
func euros(cents sql.Null[int64]) any {
	if !cents.Valid {
		return nil
	}
	return duckdb.Decimal{Width: 18, Scale: 2, Value: big.NewInt(cents.V)}
}

// ratio is a number with six decimals.
func ratio(v sql.Null[float64]) any {
	if !v.Valid {
		return nil
	}
	return duckdb.Decimal{Width: 18, Scale: 6, Value: big.NewInt(int64(math.Round(v.V * 1e6)))}
}
