package analysis

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// engines are connections to one empty database in memory with the schemas of a warehouse.
func engines(t testing.TB, n int, statements ...string) []*sql.Conn {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	var conns []*sql.Conn
	for range n {
		conn, err := db.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := conn.Close(); err != nil {
				t.Error(err)
			}
		})
		conns = append(conns, conn)
	}
	for _, s := range append([]string{"SET threads = 1", "CREATE SCHEMA model", "CREATE SCHEMA uitkomst"}, statements...) {
		if _, err := conns[0].ExecContext(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return conns
}

// engine is one such connection.
func engine(t testing.TB, statements ...string) *sql.Conn {
	t.Helper()
	return engines(t, 1, statements...)[0]
}

func query(kind Kind, name, sql string) Query {
	return Query{Kind: kind, Name: name, Path: "queries/" + string(kind) + "/" + name + ".sql", SQL: sql}
}

func ordered(t testing.TB, conn *sql.Conn, queries ...Query) Plan {
	t.Helper()
	plan, err := Catalogue(queries).Order(conn)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// recorder is told how a plan goes; before, when it is there, sees every start first.
type recorder struct {
	started, ended []string
	before         func(Query)
}

func (r *recorder) Starts(q Query) {
	if r.before != nil {
		r.before(q)
	}
	r.started = append(r.started, q.Name)
}

func (r *recorder) Ends(q Query, took time.Duration) {
	if took <= 0 {
		panic("a query that took no time")
	}
	r.ended = append(r.ended, q.Name)
}

// meeting is the SQL function samen: it returns its number when as many queries as have to are in it at once.
type meeting struct {
	awaited atomic.Int32
	all     chan struct{}
}

func (*meeting) Config() duckdb.ScalarFuncConfig {
	integer, err := duckdb.NewTypeInfo(duckdb.TYPE_INTEGER)
	if err != nil {
		panic(err)
	}
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{integer}, ResultTypeInfo: integer, Volatile: true}
}

func (m *meeting) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(values []driver.Value) (any, error) {
		if m.awaited.Add(-1) == 0 {
			close(m.all)
		}
		select {
		case <-m.all:
			return values[0], nil
		case <-time.After(20 * time.Second):
			return nil, errors.New("nobody else came")
		}
	}}
}

func meet(t testing.TB, conn *sql.Conn, queries int32) {
	t.Helper()
	m := &meeting{all: make(chan struct{})}
	m.awaited.Store(queries)
	if err := duckdb.RegisterScalarUDF(conn, "samen", m); err != nil {
		t.Fatal(err)
	}
}

// long runs until it is told to stop.
const long = "SELECT sum(hash(a.i) % (7 + b.i)) AS x FROM range(1000000000) AS a (i), range(1000000000) AS b (i), bron"

func TestRunMakesTables(t *testing.T) {
	conns := engines(t, 1, "CREATE TABLE bron AS SELECT 7 AS x")
	plan := ordered(t, conns[0], query(Model, "a", "-- titel: a\nSELECT x FROM bron"), query(Indicator, "b", "SELECT x * 2 AS y FROM model.a -- slot"))
	for range 2 { // a second time replaces
		var r recorder
		if err := plan.Run(context.Background(), conns, &r); err != nil {
			t.Fatal(err)
		}
		if want := []string{"a", "b"}; !slices.Equal(r.started, want) || !slices.Equal(r.ended, want) {
			t.Errorf("told of the start of %v and the end of %v", r.started, r.ended)
		}
	}
	var y int
	if err := conns[0].QueryRowContext(context.Background(), "SELECT y FROM uitkomst.b").Scan(&y); err != nil || y != 14 {
		t.Errorf("uitkomst.b holds %d (%v), want 14", y, err)
	}
}

// TestRunTogether has two queries that each end only when the other runs too.
func TestRunTogether(t *testing.T) {
	conns := engines(t, 2, "CREATE TABLE bron AS SELECT 7 AS x")
	meet(t, conns[0], 2)
	a, b := query(Model, "a", "SELECT samen(x) AS x FROM bron"), query(Model, "b", "SELECT samen(x) AS x FROM bron")
	if err := ordered(t, conns[0], a, b).Run(context.Background(), conns, &recorder{}); err != nil {
		t.Error(err)
	}
	meet(t, conns[0], 2)
	checks := Catalogue{query(Check, "a", "SELECT samen(x), 9, 'a' FROM bron"), query(Check, "b", "SELECT samen(x), 9, 'b' FROM bron")}
	if _, err := checks.RunChecks(context.Background(), conns, &recorder{}); err != nil {
		t.Error(err)
	}
}

// TestRunWaitsForWhatIsRead runs random plans; every table is the sum of those it reads, which a map of Go knows too.
func TestRunWaitsForWhatIsRead(t *testing.T) {
	conns := engines(t, 3, "CREATE TABLE bron AS SELECT 1 AS x")
	random := rand.New(rand.NewPCG(4, 11))
	for range 12 {
		var queries []Query
		want := map[string]int64{}
		needs := map[string][]string{}
		for i := range 12 {
			name := fmt.Sprintf("t%02d", random.IntN(80)*100+i)
			from, value := []string{"SELECT x FROM bron"}, int64(1)
			for _, earlier := range queries {
				if random.IntN(4) == 0 {
					from, value = append(from, "SELECT x FROM "+earlier.Table()), value+want[earlier.Name]
					needs[name] = append(needs[name], earlier.Name)
				}
			}
			want[name] = value
			queries = append(queries, query(Model, name, "SELECT CAST(sum(x) AS BIGINT) AS x FROM ("+strings.Join(from, " UNION ALL ")+") AS u"))
		}
		var r recorder
		r.before = func(q Query) {
			for _, n := range needs[q.Name] {
				if !slices.Contains(r.ended, n) {
					t.Errorf("%s starts before the end of %s", q.Name, n)
				}
			}
		}
		if err := ordered(t, conns[0], queries...).Run(context.Background(), conns, &r); err != nil {
			t.Fatal(err)
		}
		for name, value := range want {
			var got int64
			if err := conns[0].QueryRowContext(context.Background(), "SELECT x FROM model."+name).Scan(&got); err != nil || got != value {
				t.Errorf("%s holds %d (%v), want %d", name, got, err, value)
			}
		}
	}
}

func TestRunFailureStopsTheRest(t *testing.T) {
	conns := engines(t, 2, "CREATE TABLE bron AS SELECT 7 AS x, 'geheim' AS tekst")
	plan := ordered(t, conns[0], query(Model, "a", long), query(Model, "b", "SELECT\nCAST(tekst AS INTEGER) AS x FROM bron"),
		query(Model, "c", "SELECT x FROM bron"), query(Model, "d", "SELECT x FROM model.a"))
	var r recorder
	err := plan.Run(context.Background(), conns, &r)
	if err == nil || !strings.HasPrefix(err.Error(), "queries/model/b.sql:2: Conversion Error") {
		t.Errorf("%v, want the error of b", err)
	}
	if !slices.Equal(r.started, []string{"a", "b"}) || len(r.ended) > 0 {
		t.Errorf("told of the start of %v and the end of %v; only a and b can start", r.started, r.ended)
	}
	for _, conn := range conns { // nothing runs any more
		if _, err := conn.ExecContext(context.Background(), "SELECT 1"); err != nil {
			t.Errorf("after the failure: %v", err)
		}
	}
	checks := Catalogue{query(Check, "a", strings.Replace(long, " AS x", ", 1, ''", 1)), query(Check, "b", "SELECT bestaat_niet FROM bron")}
	if _, err := checks.RunChecks(context.Background(), conns, &recorder{}); err == nil || !strings.HasPrefix(err.Error(), "queries/check/b.sql:1: ") {
		t.Errorf("%v, want the error of check b", err)
	}
}

// TestVerdict names the first of those that failed by themselves, whichever ended first.
func TestVerdict(t *testing.T) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	conn := engine(t, "CREATE TABLE bron AS SELECT 7 AS x")
	soon, stop := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer stop()
	_, interrupted := conn.ExecContext(soon, "CREATE TABLE model.a AS "+long)
	if !stopped(located(query(Model, "a", long), interrupted, 1)) {
		t.Fatalf("%v does not count as stopped", interrupted)
	}
	first, second := errors.New("first"), errors.New("second")
	for _, c := range []struct {
		ctx  context.Context
		errs []error
		want error
	}{
		{context.Background(), []error{nil, interrupted, first, nil, second}, first},
		{context.Background(), []error{context.Canceled, nil, second}, second},
		{context.Background(), []error{nil, interrupted}, interrupted},
		{context.Background(), []error{nil, nil}, nil},
		{gone, []error{nil, first}, context.Canceled},
		{gone, []error{nil}, context.Canceled},
	} {
		if got := verdict(c.ctx, c.errs); got != c.want {
			t.Errorf("of %v: %v, want %v", c.errs, got, c.want)
		}
	}
}

func TestRunErrorNamesFileAndLine(t *testing.T) {
	conns := engines(t, 1, "CREATE TABLE bron AS SELECT 7 AS x, 'geheim' AS tekst")
	for sql, want := range map[string]string{
		"SELECT\n    x,\n    bestaat_niet\nFROM bron":            "queries/model/a.sql:3: ",
		"SELECT\n    x\nFORM bron":                               "queries/model/a.sql:3: ",
		"SELECT x\nFROM\n    geen_tabel":                         "queries/model/a.sql:3: ",
		"SELECT CAST(tekst AS INTEGER) AS x\nFROM bron":          "queries/model/a.sql:1: Conversion Error",
		"SELECT x FROM bron WHERE error('mis') IS NOT NULL":      "queries/model/a.sql",
		"SELECT x FROM bron WHERE x = (SELECT x FROM bron, bron": "queries/model/a.sql: ",
	} {
		err := Plan{{Query: query(Model, "a", sql)}}.Run(context.Background(), conns, &recorder{})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s…", sql, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: the error holds a value of the data: %v", sql, err)
		}
	}
}

func TestRunStopsWhenInterrupted(t *testing.T) {
	conns := engines(t, 2, "CREATE TABLE bron AS SELECT 7 AS x")
	for name, when := range map[string]string{"before it starts": "", "while two run": "b"} {
		ctx, cancel := context.WithCancel(context.Background())
		r := recorder{before: func(q Query) {
			if q.Name == when {
				time.AfterFunc(20*time.Millisecond, cancel)
			}
		}}
		if when == "" {
			cancel()
		}
		err := ordered(t, conns[0], query(Model, "a", long), query(Model, "b", long), query(Model, "c", "SELECT x FROM bron")).Run(ctx, conns, &r)
		if err != context.Canceled {
			t.Errorf("%s: %v, want the error of the context", name, err)
		}
		if slices.Contains(r.started, "c") || len(r.ended) > 0 {
			t.Errorf("%s: told of the start of %v and the end of %v", name, r.started, r.ended)
		}
		cancel()
	}
}

func TestRunDoesNotSwallowAPanic(t *testing.T) {
	conns := engines(t, 1, "CREATE TABLE bron AS SELECT 7 AS x")
	defer func() {
		if told := fmt.Sprint(recover()); !strings.Contains(told, "nil pointer") || !strings.Contains(told, "run.go") {
			t.Errorf("recovered %s; want the panic with its stack", told)
		}
	}()
	err := ordered(t, conns[0], query(Model, "a", long), query(Model, "b", "SELECT x FROM bron")).Run(context.Background(), append(conns, nil), &recorder{})
	t.Errorf("no panic but %v", err)
}

// TestRunEnds holds for a plan that was made by hand and lacks a table: it must not wait for ever.
func TestRunEnds(t *testing.T) {
	conns := engines(t, 2, "CREATE TABLE bron AS SELECT 7 AS x")
	plan := Plan{{Query: query(Model, "a", "SELECT x FROM bron")}, {Query: query(Model, "b", "SELECT x FROM model.c"), Needs: []string{"model.c"}}}
	if err := plan.Run(context.Background(), conns, &recorder{}); err == nil || !strings.HasPrefix(err.Error(), "queries/model/b.sql: needs a table") {
		t.Errorf("%v, want that b cannot be run", err)
	}
}

func TestRunChecks(t *testing.T) {
	conns := engines(t, 3, "CREATE TABLE bron AS SELECT * FROM (VALUES (1), (2), (NULL)) AS b (x)")
	good := query(Check, "goed", "SELECT 0 AS fout, 3 AS bekeken, NULL AS voorbeeld FROM bron LIMIT 1")
	bad := query(Check, "mis", "SELECT count(*) FILTER (WHERE x IS NULL), count(*), 'x is leeg' FROM bron")
	c := Catalogue{query(Model, "a", "SELECT 1/0 FROM bron"), good, bad}
	found, err := c.RunChecks(context.Background(), conns, &recorder{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Finding{{good, 0, 3, ""}, {bad, 1, 3, "x is leeg"}}
	if fmt.Sprint(found) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", found, want)
	}
	for name, c := range map[string]struct{ sql, want string }{
		"no row":          {"SELECT 0, 0, '' FROM bron WHERE x > 9", "queries/check/k.sql: a check gives one row"},
		"wrong on line 2": {"SELECT 0, 0,\n    bestaat_niet FROM bron", "queries/check/k.sql:2: "},
		"no number":       {"SELECT NULL, 0, '' FROM bron LIMIT 1", "queries/check/k.sql: "},
		"two rows":        {"SELECT 0, 0, '' FROM bron", "queries/check/k.sql: a check gives one row"},
		"two columns":     {"SELECT 0, 0 FROM bron LIMIT 1", "queries/check/k.sql: "},
	} {
		_, err := Catalogue{query(Check, "k", c.sql)}.RunChecks(context.Background(), conns, &recorder{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s…", name, err, c.want)
		}
	}
}
