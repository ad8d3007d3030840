package pipeline

import (
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"ontschot/pipeline/analysis"
)

// Params are the values that a query of one's own is asked with, by name. Each is bound as text, never pasted into the query;
// the engine makes of it the type of what it is compared with, a number without rounding.
type Params map[string]string

var paramName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// ParseParams reads `naam=waarde` texts. An error names the parameter, not its value.
func ParseParams(texts []string) (Params, error) {
	params := Params{}
	for _, text := range texts {
		name, value, ok := strings.Cut(text, "=")
		if !ok || !paramName.MatchString(name) {
			return nil, fail(Misuse, fmt.Errorf("--param takes naam=waarde, and a name is of letters, digits and _: for $jaar in the query, --param jaar=2022"))
		}
		if _, twice := params[name]; twice {
			return nil, fail(Misuse, fmt.Errorf("--param has %s twice: give it one value", name))
		}
		params[name] = value
	}
	return params, nil
}

// names lists the parameters for the log, which gets no value.
func (p Params) names() []string { return slices.Sorted(maps.Keys(p)) }

// bind puts the values in the order in which the query takes them. It fails on one that is missing or not used.
func (p Params) bind(conn *sql.Conn, q analysis.Query) (values []any, err error) {
	err = withPrepared(conn, q, func(statement *duckdb.Stmt) error {
		used := map[string]bool{}
		for i := range statement.NumInput() {
			name, err := statement.ParamName(i + 1)
			if err != nil {
				return err
			}
			value, ok := p[name]
			switch {
			case !paramName.MatchString(name):
				return fmt.Errorf("%s: a parameter has a name: write $naam in place of ? or $1, and give its value with --param naam=waarde", q.Path)
			case !ok:
				return fmt.Errorf("%s: $%s has no value: give it with --param %s=…", q.Path, name, name)
			}
			used[name] = true
			values = append(values, value)
		}
		for _, name := range p.names() {
			if !used[name] {
				return fmt.Errorf("%s: the query has no $%s, for which --param gives a value", q.Path, name)
			}
		}
		return nil
	})
	return values, err
}
