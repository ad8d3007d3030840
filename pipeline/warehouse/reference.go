package warehouse

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// referenceColumns are the columns of each reference table that a file must
// have; geldig_van, geldig_tot and bron may be left out of an own file.
var referenceColumns = map[string][]string{
	"gebied": {"buurt", "wijk", "gemeente", "naam", "rol"},
	"zorgsoort": {"domein", "codelijst", "prestatiecode", "productcategorie", "aanbiedersoort", "specialisme",
		"zorgproduct", "verwijzer", "regel", "rang", "zorgsoort", "leefdomein", "lijn", "hoogspecialistisch"},
	"zorgsoort_grof": {"domein", "codelijst", "prestatiecode", "productcategorie", "aanbiedersoort", "specialisme",
		"zorgproduct", "verwijzer", "regel", "rang", "zorgsoort", "leefdomein", "lijn", "hoogspecialistisch"},
	"prijsindex":       {"domein", "zorgsoort", "jaar", "index"},
	"voorlopig":        {"domein", "maanden"},
	"stelselwijziging": {"jaar", "domein", "zorgsoort", "soort", "omschrijving"},
	"leefdomein":       {"leefdomein", "naam"},
	"zorgsoort_naam":   {"zorgsoort", "naam", "landelijk"},
	"financier":        {"domein", "financier"},

	// Patterns as in zorgsoort: of the names of its rules, and of codes.
	"hoogspecialistisch": {"regel", "signaal", "kern", "reden"},
	"huisartscontact":    {"prestatiecode"},
}

var validity = []string{"geldig_van", "geldig_tot", "bron"}

// ReferenceNames lists the reference tables in alphabetical order.
func ReferenceNames() []string {
	names := make([]string, 0, len(referenceColumns))
	for n := range referenceColumns {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// referenceKind is the SQL type of a column and the check of its values.
func referenceKind(column string) (sqlType string, valid func(string) bool) {
	switch column {
	case "rang", "jaar", "maanden":
		return "INTEGER", func(s string) bool { _, err := strconv.ParseInt(s, 10, 32); return err == nil }
	case "index":
		return "DECIMAL(18,6)", regexp.MustCompile(`^\d{1,12}(\.\d{1,6})?$`).MatchString
	case "geldig_van", "geldig_tot":
		return "DATE", func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil }
	default:
		return "VARCHAR", func(string) bool { return true }
	}
}

// ReferenceError says what is wrong in a reference file, with its line and column.
type ReferenceError struct {
	File   string
	Line   int
	Column string
	Reason string
}

func (e *ReferenceError) Error() string {
	where := e.File
	if e.Line > 0 {
		where += ":" + strconv.Itoa(e.Line)
	}
	if e.Column != "" {
		where += ": column " + e.Column
	}
	return where + ": " + e.Reason
}

// SetReference replaces one reference table by the rows of a CSV file with `;`
// (or `,`) between its columns. An empty field is NULL. The error of a file that
// does not fit is a *ReferenceError.
func (w *Warehouse) SetReference(ctx context.Context, table, file string, content io.Reader) error {
	rows, err := readReference(table, file, content)
	if err != nil {
		return err
	}
	columns := append(slices.Clone(referenceColumns[table]), validity...)
	var types []string
	for _, c := range columns {
		t, _ := referenceKind(c)
		types = append(types, c+" "+t)
	}
	return w.withTx(ctx, func() error {
		if err := w.Exec(ctx, fmt.Sprintf("CREATE OR REPLACE TABLE referentie.%s (%s)", table, strings.Join(types, ", "))); err != nil {
			return err
		}
		const perStatement = 500
		place := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ") + ")"
		for chunk := range slices.Chunk(rows, perStatement) {
			var values []any
			for _, row := range chunk {
				values = append(values, row...)
			}
			places := strings.TrimSuffix(strings.Repeat(place+", ", len(chunk)), ", ")
			if err := w.Exec(ctx, fmt.Sprintf("INSERT INTO referentie.%s VALUES %s", table, places), values...); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
		return nil
	})
}

func readReference(table, file string, content io.Reader) ([][]any, error) {
	raw, err := io.ReadAll(content)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	header, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	if !strings.Contains(header, ";") {
		r.Comma = ','
	}
	names, err := r.Read()
	if err != nil {
		return nil, &ReferenceError{File: file, Line: 1, Reason: "there is no header line with the names of the columns"}
	}
	wanted := append(slices.Clone(referenceColumns[table]), validity...)
	place := make([]int, len(wanted))
	for i, name := range wanted {
		place[i] = slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), name) })
		if place[i] < 0 && !slices.Contains(validity, name) {
			return nil, &ReferenceError{File: file, Line: 1, Column: name,
				Reason: "is missing; found " + strings.Join(names, ", ")}
		}
	}
	var rows [][]any
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, &ReferenceError{File: file, Line: lineOf(err), Reason: "is not a line of " + strconv.Itoa(len(names)) + " fields"}
		}
		line, _ := r.FieldPos(0)
		row := make([]any, len(wanted))
		for i, name := range wanted {
			if place[i] < 0 {
				continue
			}
			value := strings.TrimSpace(fields[place[i]])
			if value == "" {
				continue
			}
			sqlType, valid := referenceKind(name)
			if !valid(value) {
				return nil, &ReferenceError{File: file, Line: line, Column: name, Reason: fmt.Sprintf("%q is not a %s", value, sqlType)}
			}
			row[i] = value
		}
		rows = append(rows, row)
	}
}

// lineOf is the line on which a record that cannot be read begins.
func lineOf(err error) int {
	if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
		return wrong.StartLine
	}
	return 0
}

// SetAreaNames fills levering.gebiedsnaam with every name by which an area is
// called, in the reference table, in aggregates and in budgets, and the form in
// which two ways of writing are equal.
func (w *Warehouse) SetAreaNames(ctx context.Context) error {
	rows, err := w.conn.QueryContext(ctx, `SELECT naam FROM referentie.gebied WHERE naam IS NOT NULL
		UNION SELECT gebied FROM levering.aggregaat WHERE gebied IS NOT NULL
		UNION SELECT gebied FROM levering.budget ORDER BY 1`)
	if err != nil {
		return err
	}
	defer rows.Close() // its error is that of Err
	var names []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return err
		}
		names = append(names, n)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return w.withTx(ctx, func() error {
		if err := w.Exec(ctx, "DELETE FROM levering.gebiedsnaam"); err != nil {
			return err
		}
		for _, n := range names {
			if err := w.Exec(ctx, "INSERT INTO levering.gebiedsnaam VALUES (?, ?)", n, AreaKey(n)); err != nil {
				return err
			}
		}
		return nil
	})
}

// AreaKey is a name of an area without case, accents, spaces and hyphens.
func AreaKey(name string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), name)
	if err != nil {
		plain = name
	}
	return strings.Map(func(r rune) rune {
		// A minus sign and a soft hyphen look like one, and are none to Unicode.
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '\u2212' || r == '\u00ad' {
			return -1
		}
		return unicode.ToLower(r)
	}, plain)
}
