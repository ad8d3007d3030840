package analysis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// Plan is the queries that make tables, each after all that it reads.
type Plan []Query

// Order plans the model and indicator queries by what they read. It fails on a
// query that cannot be parsed, reads a table that nobody makes, or reads in a circle.
func (c Catalogue) Order(conn *sql.Conn) (Plan, error) {
	makers := map[string]Query{}
	for _, q := range c {
		if q.Kind != Check {
			makers[q.Table()] = q
		}
	}
	reads := map[string][]string{}
	for _, q := range c {
		tables, err := duckdb.GetTableNames(conn, q.SQL, true)
		if err != nil {
			return nil, located(q, err, 0)
		}
		if len(tables) == 0 {
			return nil, fmt.Errorf("%s: cannot tell which tables it reads", q.Path)
		}
		for _, t := range tables {
			// Some names come back with their alias.
			t, _, _ = strings.Cut(t, " AS ")
			schema, _, _ := strings.Cut(t, ".")
			if schema != "model" && schema != "uitkomst" {
				continue
			}
			if _, ok := makers[t]; !ok {
				return nil, fmt.Errorf("%s: reads %s, which no query makes", q.Path, t)
			}
			reads[q.Table()] = append(reads[q.Table()], t)
		}
	}
	var plan Plan
	state := map[string]int{} // 1 being visited, 2 planned
	var visit func(q Query, path []string) error
	visit = func(q Query, path []string) error {
		switch state[q.Table()] {
		case 1:
			return fmt.Errorf("%s: reads itself by way of %s", q.Path, strings.Join(path, ", "))
		case 2:
			return nil
		}
		state[q.Table()] = 1
		needs := reads[q.Table()]
		slices.Sort(needs)
		for _, t := range needs {
			if err := visit(makers[t], append(path, q.Table())); err != nil {
				return err
			}
		}
		state[q.Table()] = 2
		plan = append(plan, q)
		return nil
	}
	for _, q := range c {
		if q.Kind == Check {
			continue
		}
		if err := visit(q, nil); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// Run makes the table of every query of the plan, in its order. before is told
// which query is next. An error names the file and the line.
func (p Plan) Run(ctx context.Context, conn *sql.Conn, before func(Query)) error {
	for _, q := range p {
		before(q)
		// One line before the query, so that DuckDB's line numbers can be mapped back.
		form := "TABLE"
		if q.View {
			form = "VIEW"
		}
		statement := fmt.Sprintf("CREATE OR REPLACE %s %s AS\n%s", form, q.Table(), q.SQL)
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return located(q, err, 1)
		}
	}
	return nil
}

var duckLine = regexp.MustCompile(`LINE (\d+):`)

// located puts file and line before the error of a query; offset is the number
// of lines that stood before the query in the statement.
func located(q Query, err error, offset int) error {
	where := q.Path
	if m := duckLine.FindStringSubmatch(err.Error()); m != nil {
		if line, convErr := strconv.Atoi(m[1]); convErr == nil {
			where = fmt.Sprintf("%s:%d", q.Path, line-offset)
		}
	}
	return fmt.Errorf("%s: %w", where, withoutValue(err))
}

// aboutData are DuckDB's errors that repeat the value they stumbled over.
var aboutData = regexp.MustCompile(`(Conversion|Out of Range|Constraint|Invalid Input|Mismatch Type|Invalid Type) Error: `)

// withoutValue leaves a value of the data, which may be of a person, out of an error.
func withoutValue(err error) error {
	if m := aboutData.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("%s Error on a value of the data, which is not shown: look at the casts and sums of the query", m[1])
	}
	return err
}

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

// RunChecks runs every check and returns all outcomes, the good ones too.
func (c Catalogue) RunChecks(ctx context.Context, conn *sql.Conn) ([]Finding, error) {
	var out []Finding
	for _, q := range c.Of(Check) {
		f, err := runCheck(ctx, conn, q)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
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
