package analysis

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"ontschot/queries"
)

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

// TestOrderStartsTheLongestChain puts what most queries wait for in a row first, whatever its name.
func TestOrderStartsTheLongestChain(t *testing.T) {
	plan := ordered(t, engine(t),
		query(Model, "a", "SELECT x FROM bron"),
		query(Model, "b", "SELECT x FROM bron"),
		query(Model, "z1", "SELECT x FROM bron"),
		query(Model, "z2", "SELECT x FROM model.z1"),
		query(Indicator, "z3", "SELECT x FROM model.z2 CROSS JOIN model.b CROSS JOIN model.z2 AS nogmaals"))
	if got := names(plan); got != "model.z1 model.b model.z2 model.a uitkomst.z3" {
		t.Errorf("the order is %s", got)
	}
	if last := plan[len(plan)-1]; !slices.Equal(last.Needs, []string{"model.b", "model.z2"}) {
		t.Errorf("%s needs %v", last.Table(), last.Needs)
	}
}

func TestReads(t *testing.T) {
	q := query(Check, "k", "WITH m AS (SELECT * FROM model.z AS z) SELECT 1, 1, '' FROM m CROSS JOIN instelling AS i, levering.declaraties, model.z")
	got, err := q.Reads(engine(t))
	if err != nil || !slices.Equal(got, []string{"instelling", "levering.declaraties", "model.z"}) {
		t.Errorf("reads %q (%v)", got, err)
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
// must be one that it waits for, and come before it.
func TestOrderSeesEveryTable(t *testing.T) {
	c, err := Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := c.Order(engine(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := len(c.Of(Model)) + len(c.Of(Indicator)) + len(estimates); len(plan) != want {
		t.Errorf("%d queries and estimates planned of %d", len(plan), want)
	}
	made := map[string]bool{}
	named := 0
	see := func(q Query) (tables []string) {
		for _, m := range tableName.FindAllString(commentOrText.ReplaceAllString(q.SQL, " "), -1) {
			named++
			if !made[m] {
				t.Errorf("%s: reads %s, which is not made before it", q.Path, m)
			}
			tables = append(tables, m)
		}
		slices.Sort(tables)
		return slices.Compact(tables)
	}
	for _, q := range plan {
		if q.estimate != nil { // has no text; what it needs is made before it like anything else
			q.SQL = strings.Join(q.Needs, " ")
		}
		if tables := see(q.Query); !slices.Equal(tables, q.Needs) {
			t.Errorf("%s: needs %v; in its text stand %v", q.Path, q.Needs, tables)
		}
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
	if names(other) != names(first) {
		t.Errorf("planned from the reversed catalogue %s, want %s", names(other), names(first))
	}
}
