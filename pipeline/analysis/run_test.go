package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ontschot/queries"
)

// engine is an empty database in memory with the schemas of a warehouse.
func engine(t testing.TB, statements ...string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, err := range []error{conn.Close(), db.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	for _, s := range append([]string{"SET threads = 1", "CREATE SCHEMA model", "CREATE SCHEMA uitkomst"}, statements...) {
		if _, err := conn.ExecContext(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return conn
}

func query(kind Kind, name, sql string) Query {
	return Query{Kind: kind, Name: name, Path: "queries/" + string(kind) + "/" + name + ".sql", SQL: sql}
}

func names(p Plan) string {
	var out []string
	for _, q := range p {
		out = append(out, q.Table())
	}
	return strings.Join(out, " ")
}

func TestOrder(t *testing.T) {
	conn := engine(t)
	c := Catalogue{
		query(Model, "c", "WITH b AS (SELECT * FROM model.b), z AS (SELECT 1 AS x) SELECT * FROM b CROSS JOIN z"),
		query(Model, "a", "SELECT x FROM levering.declaraties AS d"),
		query(Model, "b", "SELECT x FROM a WHERE x IN (SELECT k.x FROM model.a AS k)"),
		query(Indicator, "a", "SELECT x FROM model.c AS s UNION ALL SELECT x FROM model.b"),
		query(Check, "k", "SELECT 0, 1, 'x' FROM uitkomst.a"),
	}
	plan, err := c.Order(conn)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(plan); got != "model.a model.b model.c uitkomst.a" {
		t.Errorf("the order is %s", got)
	}
}

func TestOrderErrors(t *testing.T) {
	conn := engine(t)
	for name, c := range map[string]struct {
		catalogue Catalogue
		want      []string
	}{
		"a circle": {Catalogue{query(Model, "a", "SELECT * FROM model.b"), query(Model, "b", "SELECT * FROM model.c"),
			query(Model, "c", "SELECT * FROM model.a")}, []string{"queries/model/a.sql: reads itself by way of", "model.b", "model.c"}},
		"itself":                      {Catalogue{query(Model, "a", "SELECT * FROM model.a")}, []string{"queries/model/a.sql: reads itself"}},
		"an unknown table":            {Catalogue{query(Model, "a", "SELECT * FROM model.weg")}, []string{"queries/model/a.sql: reads model.weg, which no query makes"}},
		"an unknown table of a check": {Catalogue{query(Check, "a", "SELECT 1, 1, '' FROM uitkomst.weg")}, []string{"queries/check/a.sql: reads uitkomst.weg"}},
		"no SQL":                      {Catalogue{query(Model, "a", "SELECT 1\nFROM x\nWHERE )")}, []string{"queries/model/a.sql:3: "}},
		"reads nothing":               {Catalogue{query(Model, "a", "SELECT 1 AS x")}, []string{"queries/model/a.sql: cannot tell which tables it reads"}},
	} {
		_, err := c.catalogue.Order(conn)
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %s", name, err, want)
			}
		}
	}
}

var (
	// Whichever begins first counts: a comment may hold a quote, a text two dashes.
	commentOrText = regexp.MustCompile(`(?s)'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/`)
	tableName     = regexp.MustCompile(`\b(model|uitkomst)\.(\w+)`)
)

// TestOrderSeesEveryTable guards against names that DuckDB does not tell: each table that stands in the text of a query
// must come before it.
func TestOrderSeesEveryTable(t *testing.T) {
	c, err := Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := c.Order(engine(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := len(c.Of(Model)) + len(c.Of(Indicator)); len(plan) != want {
		t.Errorf("%d queries planned of %d", len(plan), want)
	}
	made := map[string]bool{}
	named := 0
	see := func(q Query) {
		for _, m := range tableName.FindAllString(commentOrText.ReplaceAllString(q.SQL, " "), -1) {
			named++
			if !made[m] {
				t.Errorf("%s: reads %s, which is not made before it", q.Path, m)
			}
		}
	}
	for _, q := range plan {
		see(q)
		if made[q.Table()] {
			t.Errorf("%s is planned twice", q.Table())
		}
		made[q.Table()] = true
	}
	for _, q := range c.Of(Check) {
		see(q)
	}
	if named < 50 {
		t.Errorf("only %d names of tables found in the queries: the pattern sees too little", named)
	}
}

// TestOrderFollowsTheCatalogueOnly plans the same queries twice, and once from the last to the first.
func TestOrderFollowsTheCatalogueOnly(t *testing.T) {
	c, err := Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	conn := engine(t)
	first, err := c.Order(conn)
	if err != nil {
		t.Fatal(err)
	}
	second, err := c.Order(conn)
	if err != nil {
		t.Fatal(err)
	}
	if names(first) != names(second) {
		t.Error("two plans of the same catalogue differ")
	}
	reversed := slices.Clone(c)
	slices.Reverse(reversed)
	other, err := reversed.Order(conn)
	if err != nil {
		t.Fatal(err)
	}
	if len(other) != len(first) {
		t.Errorf("%d queries planned from the reversed catalogue, want %d", len(other), len(first))
	}
}

func TestRunMakesTables(t *testing.T) {
	conn := engine(t, "CREATE TABLE bron AS SELECT 7 AS x")
	plan := Plan{query(Model, "a", "-- titel: a\nSELECT x FROM bron"), query(Indicator, "b", "SELECT x * 2 AS y FROM model.a -- slot")}
	for range 2 { // a second time replaces
		var told []string
		if err := plan.Run(context.Background(), conn, func(q Query) { told = append(told, q.Name) }); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(told, []string{"a", "b"}) {
			t.Errorf("told of %v", told)
		}
	}
	var y int
	if err := conn.QueryRowContext(context.Background(), "SELECT y FROM uitkomst.b").Scan(&y); err != nil || y != 14 {
		t.Errorf("uitkomst.b holds %d (%v), want 14", y, err)
	}
}

func TestRunErrorNamesFileAndLine(t *testing.T) {
	conn := engine(t, "CREATE TABLE bron AS SELECT 7 AS x, 'geheim' AS tekst")
	for sql, want := range map[string]string{
		"SELECT\n    x,\n    bestaat_niet\nFROM bron":            "queries/model/a.sql:3: ",
		"SELECT\n    x\nFORM bron":                               "queries/model/a.sql:3: ",
		"SELECT x\nFROM\n    geen_tabel":                         "queries/model/a.sql:3: ",
		"SELECT CAST(tekst AS INTEGER) AS x\nFROM bron":          "queries/model/a.sql:1: Conversion Error",
		"SELECT x FROM bron WHERE error('mis') IS NOT NULL":      "queries/model/a.sql",
		"SELECT x FROM bron WHERE x = (SELECT x FROM bron, bron": "queries/model/a.sql: ",
	} {
		err := Plan{query(Model, "a", sql)}.Run(context.Background(), conn, func(Query) {})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s…", sql, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: the error holds a value of the data: %v", sql, err)
		}
	}
}

func TestRunStopsWhenInterrupted(t *testing.T) {
	conn := engine(t, "CREATE TABLE bron AS SELECT 7 AS x")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := Plan{query(Model, "a", "SELECT x FROM bron")}.Run(ctx, conn, func(Query) {})
	if err == nil || ctx.Err() == nil || err.Error() != ctx.Err().Error() {
		t.Errorf("%v, want the error of the context", err)
	}
}

func TestRunChecks(t *testing.T) {
	conn := engine(t, "CREATE TABLE bron AS SELECT * FROM (VALUES (1), (2), (NULL)) AS b (x)")
	good := query(Check, "goed", "SELECT 0 AS fout, 3 AS bekeken, NULL AS voorbeeld FROM bron LIMIT 1")
	bad := query(Check, "mis", "SELECT count(*) FILTER (WHERE x IS NULL), count(*), 'x is leeg' FROM bron")
	c := Catalogue{query(Model, "a", "SELECT 1/0 FROM bron"), good, bad}
	found, err := c.RunChecks(context.Background(), conn)
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
		_, err := Catalogue{query(Check, "k", c.sql)}.RunChecks(context.Background(), conn)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s…", name, err, c.want)
		}
	}
}
