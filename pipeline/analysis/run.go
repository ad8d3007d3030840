package analysis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// Watch is told how the queries go, never by two goroutines at once.
type Watch interface {
	// Starts tells that a query starts now.
	Starts(q Query)
	// Ends tells how long a query took that ended well.
	Ends(q Query, took time.Duration)
}

// Run makes the table of every query and estimate of the plan, on all connections at once: a
// query starts when every table that it needs is made, so none reads a table that
// is being written. The connections are to one database, whose limit on memory
// holds for all together. The first error stops what still runs, and nothing
// starts after it; it names the file and the line. A plan that [Catalogue.Order]
// did not make may be told that it cannot be run.
func (p Plan) Run(ctx context.Context, conns []*sql.Conn, w Watch) error {
	return p.each(ctx, conns, w, func(ctx context.Context, conn *sql.Conn, i int) error {
		if p[i].estimate != nil {
			return p[i].estimate(ctx, conn)
		}
		// One line before the query, so that DuckDB's line numbers can be mapped back.
		statement := fmt.Sprintf("CREATE OR REPLACE %s %s AS\n%s", p[i].form(), p[i].Table(), p[i].SQL)
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return located(p[i].Query, err, 1)
		}
		return nil
	})
}

// ended is what became of one step.
type ended struct {
	step  int
	conn  *sql.Conn
	took  time.Duration
	err   error
	panic string // with its stack; empty when there was none
}

// each does something for every step, a step at a time on each connection, and
// returns when nothing runs any more.
func (p Plan) each(ctx context.Context, conns []*sql.Conn, w Watch, do func(context.Context, *sql.Conn, int) error) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		free    = slices.Clone(conns)
		waiting = make([]int, len(p))
		made    = map[string]bool{}
		errs    = make([]error, len(p))
		results = make(chan ended)
		panics  string
		running int
	)
	for i := range waiting {
		waiting[i] = i
	}
	for {
		for inner.Err() == nil && len(free) > 0 {
			next := slices.IndexFunc(waiting, func(i int) bool { return p[i].ready(made) })
			if next < 0 {
				break
			}
			i, conn := waiting[next], free[0]
			waiting, free = slices.Delete(waiting, next, next+1), free[1:]
			running++
			w.Starts(p[i].Query)
			go func() { results <- attempt(inner, conn, i, do) }()
		}
		if running == 0 {
			break
		}
		e := <-results
		running--
		switch {
		case e.panic != "":
			panics += e.panic
			cancel()
		case e.err != nil:
			errs[e.step] = e.err
			cancel()
		default:
			made[p[e.step].Table()] = true
			w.Ends(p[e.step].Query, e.took)
		}
		free = append(free, e.conn)
	}
	if panics != "" {
		panic(panics) // in the caller's goroutine, as if it had done the work itself
	}
	if err := verdict(ctx, errs); err != nil {
		return err
	}
	if len(waiting) > 0 {
		return fmt.Errorf("%s: needs a table that no query of the plan makes before it", p[waiting[0]].Path)
	}
	return nil
}

// ready tells whether everything that the step needs is made.
func (s Step) ready(made map[string]bool) bool {
	return !slices.ContainsFunc(s.Needs, func(t string) bool { return !made[t] })
}

func attempt(ctx context.Context, conn *sql.Conn, i int, do func(context.Context, *sql.Conn, int) error) (e ended) {
	e.step, e.conn = i, conn
	began := time.Now()
	defer func() {
		e.took = time.Since(began)
		if cause := recover(); cause != nil {
			e.panic = fmt.Sprintf("%v\n%s", cause, debug.Stack())
		}
	}()
	e.err = do(ctx, conn, i)
	return e
}

// verdict is the error to tell: that of the context, else that of the first step
// that failed by itself and was not stopped because of another.
func verdict(ctx context.Context, errs []error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	failed := func(err error) bool { return err != nil }
	own := func(err error) bool { return err != nil && !stopped(err) }
	for _, is := range []func(error) bool{own, failed} {
		if i := slices.IndexFunc(errs, is); i >= 0 {
			return errs[i]
		}
	}
	return nil
}

// stopped tells whether a query failed because it was told to stop.
func stopped(err error) bool {
	if engine, ok := errors.AsType[*duckdb.Error](err); ok {
		return engine.Type == duckdb.ErrorTypeInterrupt
	}
	return errors.Is(err, context.Canceled)
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
var aboutData = regexp.MustCompile(`(Conversion|Out of Range|Constraint|Invalid Input|Mismatch Type|Invalid [Tt]ype) Error: `)

// withoutValue leaves a value of the data, which may be of a person, out of an error.
func withoutValue(err error) error {
	if m := aboutData.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("%s Error on a value of the data, which is not shown: look at the casts and sums of the query", m[1])
	}
	return err
}
