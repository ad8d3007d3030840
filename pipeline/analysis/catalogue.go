// Package analysis runs the queries of queries/ in the order of what they read,
// and the checks on what they make. The files are plain SELECTs; this package
// makes the tables of them.
package analysis

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Kind is the folder of a query: what its table is for.
type Kind string

// The kinds of query.
const (
	Model     Kind = "model"     // the star, schema model
	Indicator Kind = "indicator" // the answers, schema uitkomst
	Check     Kind = "check"     // the data checks, no table
)

// Schema is the schema in which the table of a query of this kind is made.
func (k Kind) Schema() string {
	if k == Indicator {
		return "uitkomst"
	}
	return string(k)
}

// Query is one file of queries/.
type Query struct {
	Kind Kind
	Name string // the file's name without .sql; the name of its table
	Path string // as in queries/, with slashes
	SQL  string
	Header
}

// form is what the runner makes of the query.
func (q Query) form() string {
	if q.View {
		return "VIEW"
	}
	return "TABLE"
}

// Table is the full name of the table that the query makes.
func (q Query) Table() string { return q.Kind.Schema() + "." + q.Name }

// Header is the comment at the head of a query: what a stranger needs.
type Header struct {
	Title    string // titel: becomes the title of the sheet
	Question string // vraag: what it answers
	Grain    string // korrel: what one row is
	Method   string // methode: the reference for its method
	Keys     []string
	// Thresholds are the counts of persons that guard the measures (drempel).
	Thresholds []Threshold
	Internal   []string // intern: columns that never leave the building
	Fixed      []string // vast: internal columns with a constant of a formula, which is never rounded
	Open       string   // open: the column that marks open data
	Detail     bool     // detail: only for the recipient whose domain it is
	// What the protection must know, in the words of disclosure.Table.
	Neighbourhoods bool     // buurten: rows of a neighbourhood leave too
	Additive       string   // optelbaar: measures that add up over areas
	Sums           []string // totalen: what the rows add up to
	Proportional   []string // evenredig: measures that are a public multiple of another
	Derived        []string // afgeleid: columns that are made anew from released values
	Additions      []string // optelsom: what a reader adds up in the table itself
	Dominance      string   // dominantie: the amount of which the largest contributors are known
	// Rare says that its keys come from what persons have, so that a hidden row would tell of them (zeldzaam).
	Rare     bool
	View     bool     // vorm: view, names beside numbers, which costs nothing until somebody reads it
	Severity Severity // ernst: what a failing check means
	Limit    float64  // grens: the share of failed rows that a check accepts
	Note     string   // toelichting: why the check is there
}

// Threshold names the count of persons behind measures; no measures means all.
type Threshold struct {
	Count    string
	Measures []string
}

// Severity is what a failing check means for the night.
type Severity string

// The severities of a check.
const (
	Warning       Severity = "waarschuwing" // shown, nothing stops
	Failure       Severity = "fout"         // stops the night before anything is published
	Configuration Severity = "configuratie" // stops the night: the configuration is wrong
)

// Catalogue is all queries, sorted by kind and name.
type Catalogue []Query

// Load reads and parses every query before any is run. An error names the file
// and the line of its header.
func Load(files fs.FS) (Catalogue, error) {
	var c Catalogue
	for _, kind := range []Kind{Model, Indicator, Check} {
		paths, err := fs.Glob(files, string(kind)+"/*.sql")
		if err != nil {
			return nil, err
		}
		for _, p := range paths {
			raw, err := fs.ReadFile(files, p)
			if err != nil {
				return nil, fmt.Errorf("reading queries/%s: %w", p, err)
			}
			q := Query{Kind: kind, Name: strings.TrimSuffix(path.Base(p), ".sql"), Path: "queries/" + p, SQL: string(raw)}
			if q.Header, err = parseHeader(q.SQL); err != nil {
				return nil, fmt.Errorf("%s:%w", q.Path, err)
			}
			if kind == Check && q.Severity == "" {
				return nil, fmt.Errorf("%s:1: a check needs a line '-- ernst: waarschuwing|fout|configuratie'", q.Path)
			}
			c = append(c, q)
		}
	}
	return c, nil
}

// Find returns the model or indicator query of that name.
func (c Catalogue) Find(name string) (Query, bool) {
	for _, q := range c {
		if q.Kind != Check && q.Name == name {
			return q, true
		}
	}
	return Query{}, false
}

// Raise makes a check that warns stop the night. It fails on a name that no
// check has and on every other change of severity.
func (c Catalogue) Raise(check string, to Severity) error {
	var names []string
	for i := range c {
		q := &c[i]
		switch {
		case q.Kind != Check:
		case q.Name != check:
			names = append(names, q.Name)
		case to != Failure:
			return fmt.Errorf("the severity of %s is %q: it can only be raised, to %q", check, to, Failure)
		case q.Severity == Configuration:
			return fmt.Errorf("%s has severity %q and stops the night already: leave it out", check, Configuration)
		default:
			q.Severity = to
			return nil
		}
	}
	return fmt.Errorf("there is no check %s; there are %s", check, strings.Join(names, ", "))
}

// Of returns the queries of one kind.
func (c Catalogue) Of(kind Kind) Catalogue {
	var out Catalogue
	for _, q := range c {
		if q.Kind == kind {
			out = append(out, q)
		}
	}
	return out
}

// parseHeader reads the comment lines `-- key: value` at the head of a query; a
// line that starts with `--` and two or more spaces goes on with the one before.
func parseHeader(sql string) (Header, error) {
	values := map[string]string{}
	lines := map[string]int{}
	var key string
	for i, line := range strings.Split(sql, "\n") {
		text, ok := strings.CutPrefix(line, "--")
		if !ok {
			break
		}
		if strings.HasPrefix(text, "  ") && key != "" {
			values[key] += " " + strings.TrimSpace(text)
			continue
		}
		name, value, ok := strings.Cut(strings.TrimSpace(text), ":")
		if !ok {
			return Header{}, fmt.Errorf("%d: a line of the header is '-- key: value'", i+1)
		}
		key = strings.TrimSpace(name)
		if _, twice := values[key]; twice {
			return Header{}, fmt.Errorf("%d: the header has %q twice", i+1, key)
		}
		values[key], lines[key] = strings.TrimSpace(value), i+1
	}
	h := Header{
		Title: values["titel"], Question: values["vraag"], Grain: values["korrel"], Method: values["methode"],
		Keys: list(values["sleutel"], ","), Internal: list(values["intern"], ","), Fixed: list(values["vast"], ","), Open: values["open"],
		Neighbourhoods: values["buurten"] == "ja", Additive: values["optelbaar"], Sums: derivations(values["totalen"]),
		Proportional: list(values["evenredig"], ";"), Derived: derivations(values["afgeleid"]), Additions: derivations(values["optelsom"]), Dominance: values["dominantie"],
		Detail: values["detail"] == "ja", Rare: values["zeldzaam"] == "weglaten", View: values["vorm"] == "view", Severity: Severity(values["ernst"]), Note: values["toelichting"],
	}
	if limit := values["grens"]; limit != "" {
		var err error
		if h.Limit, err = strconv.ParseFloat(limit, 64); err != nil || h.Limit < 0 || h.Limit > 1 {
			return Header{}, fmt.Errorf("%d: grens is %q: it is a share, from 0 to 1", lines["grens"], limit)
		}
	}
	for _, t := range list(values["drempel"], ";") {
		count, measures, _ := strings.Cut(t, ":")
		h.Thresholds = append(h.Thresholds, Threshold{Count: strings.TrimSpace(count), Measures: list(measures, ",")})
	}
	known := []string{"titel", "vraag", "korrel", "methode", "sleutel", "drempel", "intern", "vast", "open", "detail", "zeldzaam", "buurten", "optelbaar", "totalen", "evenredig", "afgeleid", "optelsom", "dominantie", "vorm", "ernst", "grens", "toelichting"}
	for name, line := range lines {
		if !slices.Contains(known, name) {
			return Header{}, fmt.Errorf("%d: the header has an unknown key %q; known are %s", line, name, strings.Join(known, ", "))
		}
	}
	switch h.Severity {
	case "", Warning, Failure, Configuration:
	default:
		return Header{}, fmt.Errorf("%d: %q is not a severity", lines["ernst"], h.Severity)
	}
	if h.Title == "" || h.Question == "" || h.Grain == "" {
		return Header{}, errors.New("1: the header needs titel, vraag and korrel")
	}
	return h, nil
}

// derivations splits at the semicolons between formulas, not at those within som(…; …).
func derivations(s string) []string {
	var out []string
	depth, from := 0, 0
	for i, c := range s + ";" {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ';' && depth <= 0:
			if part := strings.TrimSpace(s[from:i]); part != "" {
				out = append(out, part)
			}
			from = i + 1
		}
	}
	return out
}

func list(s, separator string) []string {
	var out []string
	for part := range strings.SplitSeq(s, separator) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
