package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/delivery"
	"ontschot/pipeline/warehouse"
)

// Explanation tells what a query answers, and what it is made from, down to the delivered files.
type Explanation struct {
	Query     string `json:"query"` // its path
	QueryHash string `json:"query_sha256"`
	Title     string `json:"titel,omitempty"`
	Question  string `json:"vraag,omitempty"`
	Grain     string `json:"korrel,omitempty"`
	Method    string `json:"methode,omitempty"`
	Run       string `json:"run"` // of the warehouse that it is told from
	// Reads are the tables that it reads itself.
	Reads []string `json:"leest"`
	// Queries are those that make them, and what those read, each after all that it reads.
	Queries    []ExplainedQuery     `json:"queries"`
	References []ExplainedReference `json:"codelijsten"`
	Deliveries []ExplainedDelivery  `json:"leveringen"`
}

// ExplainedQuery is one query of the catalogue that an answer rests on.
type ExplainedQuery struct {
	Table string   `json:"tabel"`
	Title string   `json:"titel"`
	Grain string   `json:"korrel"`
	Reads []string `json:"leest"`
}

// ExplainedReference is a code list and the sources that it names.
type ExplainedReference struct {
	Table   string   `json:"tabel"`
	Rows    int64    `json:"regels"`
	Sources []string `json:"bron"`
}

// ExplainedDelivery is a delivery in force. Lines and euros are those that were loaded; euros count debit less credit.
type ExplainedDelivery struct {
	Table    string `json:"tabel"`
	Supplier string `json:"leverancier"`
	File     string `json:"bestand"`
	Date     string `json:"datum"`
	Lines    int64  `json:"regels"`
	Euros    string `json:"bedrag"`
}

// Explain tells of a query of the catalogue, or of a .sql file that is not run, what it reads in last night's warehouse. A
// query that could not be asked, or that reads a table that nobody makes, is a Misuse.
func Explain(ctx context.Context, c *Config, env Env, name string) (e *Explanation, err error) {
	q, err := findQuery(name)
	if err != nil {
		return nil, fail(Misuse, err)
	}
	w, err := openReader(ctx, c, env)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := w.Sandbox(ctx); err != nil {
		return nil, err
	}
	if err := allowed(ctx, w.Conn(), q); err != nil {
		return nil, fail(Misuse, err)
	}
	if err := prepares(ctx, w, q); err != nil {
		return nil, fail(Misuse, err)
	}
	last, err := w.LastRun(ctx)
	if err != nil {
		return nil, err
	}
	if last.ID == "" {
		return nil, fail(Misuse, errors.New("no night has finished yet: run 'ontschot run' first"))
	}
	e = &Explanation{
		Query: q.Path, QueryHash: queryHash(q), Title: q.Title, Question: q.Question, Grain: q.Grain, Method: q.Method, Run: last.ID,
		Queries: []ExplainedQuery{}, References: []ExplainedReference{}, Deliveries: []ExplainedDelivery{},
	}
	if e.Reads, err = reads(ctx, w, q); err != nil {
		return nil, err
	}
	return e, e.trace(ctx, w)
}

// prepares tells what is wrong with a query that cannot be run.
func prepares(ctx context.Context, w *warehouse.Warehouse, q analysis.Query) error {
	statement, err := w.Conn().PrepareContext(ctx, q.SQL)
	if err != nil {
		return fmt.Errorf("%s: %w", q.Path, err)
	}
	defer statement.Close() // it was never run
	return nil
}

// reads lists the tables of a query as it writes them, a view by its own name.
func reads(ctx context.Context, w *warehouse.Warehouse, q analysis.Query) ([]string, error) {
	part, err := parse(ctx, w.Conn(), q)
	if err != nil {
		return nil, err
	}
	tables, named := map[string]bool{}, map[string]bool{}
	err = visit(part, func(part map[string]any) error {
		if ctes, ok := part["cte_map"].(map[string]any); ok {
			entries, _ := ctes["map"].([]any)
			for _, e := range entries {
				if cte, ok := e.(map[string]any); ok {
					named[wordOf(cte, "key")] = true
				}
			}
		}
		if part["type"] == "BASE_TABLE" {
			schema := wordOf(part, "schema_name")
			if schema != "" && schema != "main" {
				schema += "."
			}
			tables[strings.TrimPrefix(schema, "main")+wordOf(part, "table_name")] = true
		}
		return nil
	})
	maps.DeleteFunc(tables, func(table string, _ bool) bool { return named[table] })
	return slices.Sorted(maps.Keys(tables)), err
}

// madeBy gives what makes a table, a query or an estimate, and what that reads; nothing makes what was delivered.
func madeBy(ctx context.Context, w *warehouse.Warehouse, makers map[string]analysis.Query, table string) (analysis.Query, []string, error) {
	if estimate, ok := analysis.Estimated(table); ok {
		return estimate.Query, estimate.Needs, nil
	}
	maker, made := makers[table]
	if !made {
		return maker, nil, nil
	}
	below, err := reads(ctx, w, maker)
	return maker, below, err
}

// trace follows what is read to the deliveries and the code lists.
func (e *Explanation) trace(ctx context.Context, w *warehouse.Warehouse) error {
	catalogue, err := Catalogue()
	if err != nil {
		return err
	}
	makers := map[string]analysis.Query{}
	for _, q := range catalogue {
		if q.Kind != analysis.Check {
			makers[q.Table()] = q
		}
	}
	read := map[string]bool{}
	var follow func(tables []string) error
	follow = func(tables []string) error {
		for _, table := range tables {
			if read[table] {
				continue
			}
			read[table] = true
			maker, below, err := madeBy(ctx, w, makers, table)
			if err == nil {
				err = follow(below)
			}
			if err != nil {
				return err
			}
			if maker.Name == "" {
				continue
			}
			e.Queries = append(e.Queries, ExplainedQuery{Table: table, Title: maker.Title, Grain: maker.Grain, Reads: below})
		}
		return nil
	}
	if err := follow(e.Reads); err != nil {
		return err
	}
	return errors.Join(e.references(ctx, w, read), e.deliveries(ctx, w, read))
}

func (e *Explanation) references(ctx context.Context, w *warehouse.Warehouse, read map[string]bool) error {
	for _, name := range warehouse.ReferenceNames() {
		r := ExplainedReference{Table: "referentie." + name, Sources: []string{}}
		if !read[r.Table] {
			continue
		}
		err := scanAll(ctx, w, fmt.Sprintf("SELECT coalesce(bron, ''), count(*) FROM %s GROUP BY bron ORDER BY bron", r.Table), func(scan func(...any) error) error {
			var source string
			var rows int64
			err := scan(&source, &rows)
			if r.Rows += rows; source != "" {
				r.Sources = append(r.Sources, source)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", r.Table, err)
		}
		e.References = append(e.References, r)
	}
	return nil
}

func (e *Explanation) deliveries(ctx context.Context, w *warehouse.Warehouse, read map[string]bool) error {
	var tables []string
	for _, t := range delivery.Tables() {
		// The ledger tells of all deliveries.
		if read["levering."+t.Name] || read["opslag."+t.Name] || read["levering.grootboek"] {
			tables = append(tables, t.Name)
		}
	}
	return scanAll(ctx, w, `SELECT g.tabel, g.leverancier, g.bestand, g.datum, g.geladen, CAST(g.bedrag - g.bedrag_in_quarantaine AS VARCHAR)
		FROM levering.grootboek AS g
		INNER JOIN model.geldige_levering AS n ON n.levering_id = g.levering_id
		WHERE n.geldig
		ORDER BY g.tabel, g.leverancier, g.datum, g.bestand, g.levering_id`, func(scan func(...any) error) error {
		var d ExplainedDelivery
		var date time.Time
		if err := scan(&d.Table, &d.Supplier, &d.File, &date, &d.Lines, &d.Euros); err != nil {
			return err
		}
		d.File, d.Date = filepath.Base(d.File), date.Format(time.DateOnly)
		if slices.Contains(tables, d.Table) {
			e.Deliveries = append(e.Deliveries, d)
		}
		return nil
	})
}
