package analysis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Finding is the outcome of one check.
type Finding struct {
	Query   Query
	Failed  int64
	Checked int64
	Example string // what to look at; never a value of a person
}

// Outcome is the verdict on a finding.
type Outcome string

// The outcomes of a check. Passing with failed rows is not the same as passing.
const (
	NotApplicable  Outcome = "niet van toepassing" // there was nothing to look at
	Passed         Outcome = "geslaagd"
	PassedWithRows Outcome = "geslaagd met foute rijen" // fewer than its limit
	Failed         Outcome = "gefaald"
)

// Outcome judges the finding by the limit of its check.
func (f Finding) Outcome() Outcome {
	switch {
	case f.Checked == 0:
		return NotApplicable
	case f.Failed == 0:
		return Passed
	case float64(f.Failed) <= f.Query.Limit*float64(f.Checked):
		return PassedWithRows
	default:
		return Failed
	}
}

// RunChecks runs every check, on all connections at once, and returns all
// outcomes, the good ones too, in the order of the catalogue. The first error
// stops what still runs.
func (c Catalogue) RunChecks(ctx context.Context, conns []*sql.Conn, w Watch) ([]Finding, error) {
	var checks Plan
	for _, q := range c.Of(Check) {
		checks = append(checks, Step{Query: q}) // no check reads what another makes
	}
	out := make([]Finding, len(checks))
	err := checks.each(ctx, conns, w, func(ctx context.Context, conn *sql.Conn, i int) (err error) {
		out[i], err = runCheck(ctx, conn, checks[i].Query)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func runCheck(ctx context.Context, conn *sql.Conn, q Query) (f Finding, err error) {
	f.Query = q
	rows, err := conn.QueryContext(ctx, q.SQL)
	if err != nil {
		return f, located(q, err, 0)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	n := 0
	var example sql.NullString
	for ; rows.Next(); n++ {
		if err := rows.Scan(&f.Failed, &f.Checked, &example); err != nil {
			return f, fmt.Errorf("%s: a check gives fout, bekeken, voorbeeld: two numbers and a text", q.Path)
		}
	}
	if err := rows.Err(); err != nil {
		return f, located(q, err, 0)
	}
	if n != 1 {
		return f, fmt.Errorf("%s: a check gives one row: fout, bekeken, voorbeeld; this one gave %d", q.Path, n)
	}
	f.Example = example.String
	return f, nil
}
