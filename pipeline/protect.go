package pipeline

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/report"
)

// protect hands every answer to the room that decides what may leave, for all
// recipients at once. Nothing else makes what a workbook is written from.
func (n *night) protect(ctx context.Context) error {
	var tables []disclosure.Table
	for _, q := range n.catalogue.Of(analysis.Indicator) {
		t, err := n.result(ctx, q)
		if err != nil {
			return err
		}
		tables = append(tables, t)
	}
	if err := n.readEarlier(ctx); err != nil {
		return err
	}
	policy := disclosure.Policy{Threshold: n.config.Onthulling.Drempel, BaseYear: n.config.Regio.Basisjaar, Earlier: n.earlier.rows}
	var err error
	if policy.Areas, err = n.areas(ctx); err != nil {
		return err
	}
	for _, r := range n.config.Ontvanger {
		policy.Recipients = append(policy.Recipients, disclosure.Recipient{
			Name: r.Naam, OwnDomains: r.EigenDomeinen, OpenTariffs: n.config.Onthulling.TarievenOpen, Printed: n.earlier.printed[r.Naam],
		})
	}
	if n.released, err = disclosure.Protect(tables, policy); err != nil {
		err = fmt.Errorf("protecting the tables: %w", err)
		return fail(GateRefused, errors.Join(err, n.withhold([]refusal{{workbook: "alle werkboeken", reasons: []string{unprotected}}})))
	}
	for i, r := range n.released {
		c := r.Counts()
		n.Hidden.Cells += c.Cells
		n.Hidden.Hidden += c.Hidden
		n.log.Info("protected", "recipient", n.config.Ontvanger[i].Naam, "cells", c.Cells, "hidden", c.Hidden, "primary", c.Primary,
			"secondary", c.Secondary, "coarser", c.Coarser, "uniform", c.Uniform, "zeros", c.Zeros, "mismatches", c.Mismatches)
	}
	return nil
}

// areas tells which neighbourhoods lie in which area.
func (n *night) areas(ctx context.Context) ([]disclosure.Area, error) {
	var out []disclosure.Area
	err := n.each(ctx, "SELECT jaar, gebied, niveau, buurt FROM model.gebied ORDER BY jaar, gebied, buurt", func(row []sql.NullString) {
		if year, err := strconv.Atoi(row[0].String); err == nil {
			out = append(out, disclosure.Area{Year: year, Code: row[1].String, Level: row[2].String, Neighbourhood: row[3].String})
		}
	})
	return out, err
}

// result reads the table of an indicator, exactly.
func (n *night) result(ctx context.Context, q analysis.Query) (t disclosure.Table, err error) {
	t = disclosure.Table{
		Name: q.Name, Title: q.Title, Question: q.Question, Grain: q.Grain, Method: q.Method,
		Internal: q.Internal, Open: q.Open, Detail: q.Detail, Rare: q.Rare, Neighbourhoods: q.Neighbourhoods, Additive: q.Additive,
		Sums: q.Sums, Proportional: q.Proportional, Derived: q.Derived, Additions: q.Additions, Dominance: q.Dominance,
		Withheld: report.EmptyWithheld,
	}
	for _, th := range q.Thresholds {
		t.Thresholds = append(t.Thresholds, disclosure.Threshold{Count: th.Count, Measures: th.Measures})
	}
	rows, err := n.warehouse.Conn().QueryContext(ctx, "SELECT * FROM "+q.Table())
	if err != nil {
		return t, fmt.Errorf("reading %s: %w", q.Table(), err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return t, err
	}
	for _, ct := range types {
		column, err := resultColumn(ct, q.Keys)
		if err != nil {
			return t, fmt.Errorf("%s: %w", q.Path, err)
		}
		if slices.Contains(q.Fixed, column.Name) {
			column.Round = 0
		}
		t.Columns = append(t.Columns, column)
	}
	for rows.Next() {
		row := make([]any, len(t.Columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return t, err
		}
		values := make([]disclosure.Value, len(row))
		for i, v := range row {
			if values[i], err = resultValue(v); err != nil {
				return t, fmt.Errorf("%s: column %s: %w", q.Path, t.Columns[i].Name, err)
			}
		}
		t.Rows = append(t.Rows, values)
	}
	if err := rows.Err(); err != nil {
		return t, err
	}
	if len(t.Rows) == 0 {
		t.Empty, err = n.whyEmpty(ctx, q)
	}
	return t, err
}

// What is shown is rounded to these bases: counts and insured years, and euros.
const (
	countBase = 5
	euroBase  = 1000
)

func resultColumn(ct *sql.ColumnType, keys []string) (disclosure.Column, error) {
	c := disclosure.Column{Name: ct.Name(), Key: slices.Contains(keys, ct.Name())}
	var width, scale int
	_, err := fmt.Sscanf(ct.DatabaseTypeName(), "DECIMAL(%d,%d)", &width, &scale)
	switch name := ct.DatabaseTypeName(); {
	case name == "VARCHAR" || name == "DATE":
		c.Type = disclosure.Text
	case name == "INTEGER" || name == "BIGINT":
		c.Type, c.Round = disclosure.Integer, countBase
	case err == nil && width <= 18 && scale <= 6:
		c.Type, c.Scale, c.Round = disclosure.Decimal, scale, countBase
		if scale == 2 {
			c.Round = euroBase
		}
		for range scale {
			c.Round *= 10
		}
	default:
		return c, fmt.Errorf("column %s is a %s; a result is VARCHAR, DATE, INTEGER, BIGINT or DECIMAL(18,s)", ct.Name(), name)
	}
	return c, nil
}

func resultValue(v any) (disclosure.Value, error) {
	switch v := v.(type) {
	case nil:
		return disclosure.Value{Null: true}, nil
	case string:
		return disclosure.Value{Text: v}, nil
	case time.Time:
		return disclosure.Value{Text: v.Format(time.DateOnly)}, nil
	case int32:
		return disclosure.Value{Unscaled: int64(v)}, nil
	case int64:
		return disclosure.Value{Unscaled: v}, nil
	case duckdb.Decimal:
		if v.Value == nil || v.Value.CmpAbs(maxUnscaled) > 0 {
			return disclosure.Value{}, errors.New("has a number of more than 18 digits")
		}
		return disclosure.Value{Unscaled: v.Value.Int64()}, nil
	default:
		return disclosure.Value{}, fmt.Errorf("has a value of an unknown type %T", v)
	}
}

var maxUnscaled = new(big.Int).SetInt64(999_999_999_999_999_999)

// requirement is what a table needs, and the reason to give where it is not there.
type requirement struct{ present, reason string }

var (
	aPilot       = requirement{"SELECT count(*) FROM model.gebied WHERE niveau = 'rol'", report.EmptyNoPilot}
	participants = []requirement{
		{"SELECT count(*) FROM model.deelname_start", report.EmptyNoProject}, {"SELECT count(*) FROM model.deelnemer_gewicht", report.EmptyFewMatched},
	}
)

// needed says of a table what it needs that may not have been delivered; every other table needs persons.
var needed = map[string][]requirement{
	"kosten_buiten_declaraties": {{"SELECT count(*) FROM levering.budget", report.EmptyNoBudget}},
	"benchmark":                 {{"SELECT count(*) FROM model.landelijk_stratum", report.EmptyNoNational}},
	"doelen":                    {aPilot},
	"deelnemers_effect":         participants,
	"deelnemers_balans":         participants,
	"substitutie":               {aPilot, {"SELECT count(*) FROM model.wijk_stroom", report.EmptyNoComparison}},
	"wijk_effect":               {aPilot, {"SELECT count(*) FROM model.wijk_schatting", report.EmptyNoComparison}},
}

// whyEmpty says why a table has no rows: what was not delivered, or which laws only came without persons.
func (n *night) whyEmpty(ctx context.Context, q analysis.Query) (string, error) {
	for _, r := range needed[q.Name] {
		var present int64
		if err := n.warehouse.Conn().QueryRowContext(ctx, r.present).Scan(&present); err != nil || present == 0 {
			return r.reason, err
		}
	}
	var people, aggregates, laws int64
	err := n.warehouse.Conn().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM model.persoonjaar), (SELECT count(*) FROM model.aggregaat_gebied),
		(SELECT count(DISTINCT domein) FROM model.cel WHERE herkomst = 'aggregaat')`).Scan(&people, &aggregates, &laws)
	switch {
	case err != nil:
		return "", err
	case people == 0 && aggregates > 0:
		return report.EmptyOnlyTotals, nil
	case people == 0:
		return report.EmptyNoPopulation, nil
	case laws > 0:
		return report.EmptyAggregated, nil
	default:
		return report.EmptyNothing, nil
	}
}
