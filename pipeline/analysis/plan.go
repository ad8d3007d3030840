package analysis

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"
)

// Plan is the queries that make tables, in the order in which they start when
// they can: first the one with the longest chain of queries waiting for it, then
// by name. So each comes after all that it reads.
type Plan []Step

// Step is one query of a plan.
type Step struct {
	Query
	Needs []string // the tables of the plan that it reads, sorted
	// estimate makes the table instead of the query, of what SQL cannot express.
	estimate func(context.Context, *sql.Conn) error
}

// estimates are the tables that are not made by a query. Each is made when the catalogue makes all that it needs.
var estimates = []Step{
	estimate("deelnemer_gewicht", "pipeline/analysis/participants_weigh.go", "Gewichten van deelnemers en controles",
		"project (of alle) × startkwartaal × persoon", weighParticipants, participantTables...),
	estimate("deelnemer_schatting", "pipeline/analysis/participants.go", "Effect bij deelnemers, geschat",
		"project (of alle) × totaal, domein of lijn × periode", estimateParticipants, append([]string{"model.deelnemer_gewicht"}, participantTables...)...),
	estimate("wijk_schatting", "pipeline/analysis/neighbourhoods.go", "Effect in de pilotbuurten, geschat",
		"totaal, domein of lijn × periode (een jaar, of na)", estimateNeighbourhoods,
		"model.gebruikers", "model.jaar", "model.wijk_cel", "model.wijk_vergelijkbaar", "model.zorgsoort"),
	estimate("substitutie_schatting", "pipeline/analysis/substitution.go", "Substitutie tussen wetten, getoetst",
		"jaar × van × naar", estimateSubstitution, "model.jaar", "model.wijk_schatting", "model.wijk_stroom", "model.wijk_vergelijkbaar"),
}

func estimate(name, path, title, grain string, run func(context.Context, *sql.Conn) error, needs ...string) Step {
	return Step{Query: Query{Kind: Model, Name: name, Path: path, Header: Header{Title: title, Grain: grain}}, Needs: slices.Sorted(slices.Values(needs)), estimate: run}
}

// Estimated gives the step that makes a table by an estimate; a table of a query has none.
func Estimated(table string) (Step, bool) {
	i := slices.IndexFunc(estimates, func(s Step) bool { return s.Table() == table })
	if i < 0 {
		return Step{}, false
	}
	return estimates[i], true
}

// Reads tells which tables a query reads, by their names as it writes them,
// sorted. An error names the file and the line.
func (q Query) Reads(conn *sql.Conn) ([]string, error) {
	tables, err := duckdb.GetTableNames(conn, q.SQL, true)
	if err != nil {
		return nil, located(q, err, 0)
	}
	for i, t := range tables {
		// Some names come back with their alias.
		tables[i], _, _ = strings.Cut(t, " AS ")
	}
	slices.Sort(tables)
	return slices.Compact(tables), nil
}

// Order plans the model and indicator queries, and the estimates, by what they read. It fails on a
// query that cannot be parsed, reads a table that nobody makes, or reads in a circle.
func (c Catalogue) Order(conn *sql.Conn) (Plan, error) {
	steps := map[string]Step{}
	for _, q := range c {
		if q.Kind != Check {
			steps[q.Table()] = Step{Query: q}
		}
	}
	for _, e := range estimates {
		if !slices.ContainsFunc(e.Needs, func(t string) bool { return steps[t].Name == "" }) {
			steps[e.Table()] = e
		}
	}
	for _, q := range c {
		tables, err := q.Reads(conn)
		if err != nil {
			return nil, err
		}
		if len(tables) == 0 {
			return nil, fmt.Errorf("%s: cannot tell which tables it reads", q.Path)
		}
		step := Step{Query: q}
		for _, t := range tables {
			schema, _, _ := strings.Cut(t, ".")
			if schema != Model.Schema() && schema != Indicator.Schema() {
				continue
			}
			if _, ok := steps[t]; !ok {
				return nil, fmt.Errorf("%s: reads %s, which no query makes", q.Path, t)
			}
			step.Needs = append(step.Needs, t)
		}
		if q.Kind != Check {
			steps[q.Table()] = step
		}
	}
	plan, err := afterNeeds(steps)
	if err != nil {
		return nil, err
	}
	chain := map[string]int{} // the queries in the longest chain that waits for a table
	for _, s := range slices.Backward(plan) {
		for _, t := range s.Needs {
			chain[t] = max(chain[t], chain[s.Table()]+1)
		}
	}
	slices.SortFunc(plan, func(a, b Step) int {
		return cmp.Or(cmp.Compare(chain[b.Table()], chain[a.Table()]), strings.Compare(a.Table(), b.Table()))
	})
	return plan, nil
}

// afterNeeds puts the steps in an order in which each comes after what it needs.
func afterNeeds(steps map[string]Step) (Plan, error) {
	var plan Plan
	state := map[string]int{} // 1 being visited, 2 planned
	var visit func(s Step, path []string) error
	visit = func(s Step, path []string) error {
		switch state[s.Table()] {
		case 1:
			return fmt.Errorf("%s: reads itself by way of %s", s.Path, strings.Join(path, ", "))
		case 2:
			return nil
		}
		state[s.Table()] = 1
		for _, t := range s.Needs {
			if err := visit(steps[t], append(path, s.Table())); err != nil {
				return err
			}
		}
		state[s.Table()] = 2
		plan = append(plan, s)
		return nil
	}
	for _, table := range slices.Sorted(maps.Keys(steps)) {
		if err := visit(steps[table], nil); err != nil {
			return nil, err
		}
	}
	return plan, nil
}
