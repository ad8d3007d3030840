package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/duckdb/duckdb-go/v2"
)

// neighbourhoodCells are what the effect in the pilot neighbourhoods is estimated from.
type neighbourhoodCells struct {
	codes  []string  // of the neighbourhoods that are compared, in order
	starts []int     // the first year in which each is a pilot; 0 is never
	weight []float64 // their insured years in the base year
	years  []int     // those that can be compared, rising
	base   int       // into years; -1 where the base year is none of them
	pairs  []lawAndLine
	cells  [][][]cell // by year, pair and neighbourhood
	laws   []map[string]law
	users  map[usersOf]users
}

// cell is what a pair cost in a neighbourhood in a year, per insured year and standardised.
type cell struct {
	filled, known bool
	millionths    int64 // of a euro
}

// law is how a law was delivered in a year.
type law struct {
	source      string // per person, or as an aggregate
	provisional bool
}

// usersOf is who has something of a law, or of a law at an echelon, on one side of the comparison.
type usersOf struct {
	pilot     bool
	year      int
	law, line string // no line: of the law
}

// users are at least so many: those in the neighbourhood with most of them.
type users struct {
	known   bool
	persons int64
}

// readNeighbourhoodCells reads all of them, each in the order of its key.
func readNeighbourhoodCells(ctx context.Context, conn *sql.Conn) (*neighbourhoodCells, error) {
	c := &neighbourhoodCells{base: -1, users: map[usersOf]users{}}
	for _, read := range []func(context.Context, *sql.Conn) error{c.readYears, c.readChosen, c.readCells, c.readUsers} {
		if err := read(ctx, conn); err != nil {
			return nil, fmt.Errorf("reading the cells of neighbourhoods: %w", err)
		}
	}
	return c, nil
}

func (c *neighbourhoodCells) readYears(ctx context.Context, conn *sql.Conn) error {
	var year int
	var base sql.Null[bool]
	return scanRows(ctx, conn, "SELECT jaar, is_basisjaar FROM model.jaar WHERE NOT onvolledig ORDER BY jaar", []any{&year, &base}, func() error {
		if base.V {
			c.base = len(c.years)
		}
		c.years = append(c.years, year)
		c.laws = append(c.laws, map[string]law{})
		return nil
	})
}

func (c *neighbourhoodCells) readChosen(ctx context.Context, conn *sql.Conn) error {
	var code string
	var start int
	return scanRows(ctx, conn, "SELECT buurt, coalesce(startjaar, 0) FROM model.wijk_vergelijkbaar ORDER BY buurt", []any{&code, &start}, func() error {
		c.codes, c.starts = append(c.codes, code), append(c.starts, start)
		return nil
	})
}

func (c *neighbourhoodCells) readCells(ctx context.Context, conn *sql.Conn) error {
	var of lawAndLine
	err := scanRows(ctx, conn, "SELECT DISTINCT domein, lijn FROM model.wijk_cel ORDER BY domein, lijn", []any{&of.law, &of.line}, func() error {
		c.pairs = append(c.pairs, of)
		return nil
	})
	if err != nil {
		return err
	}
	c.weight = make([]float64, len(c.codes))
	c.cells = make([][][]cell, len(c.years))
	for y := range c.years {
		c.cells[y] = make([][]cell, len(c.pairs))
		for p := range c.pairs {
			c.cells[y][p] = make([]cell, len(c.codes))
		}
	}
	var year int
	var code, source, status string
	var amount sql.Null[duckdb.Decimal]
	var days, inYear float64
	return scanRows(ctx, conn, `SELECT jaar, buurt, domein, lijn, herkomst, status, bedrag_reeel, dagen, dagen_in_jaar FROM model.wijk_cel
		ORDER BY jaar, buurt, domein, lijn`, []any{&year, &code, &of.law, &of.line, &source, &status, &amount, &days, &inYear}, func() error {
		y, compared := slices.BinarySearch(c.years, year)
		unit, chosen := slices.BinarySearch(c.codes, code)
		if !compared || !chosen {
			return nil
		}
		in := cell{filled: true, known: amount.Valid}
		if amount.Valid {
			in.millionths = amount.V.Value.Int64()
		}
		c.cells[y][slices.Index(c.pairs, of)][unit] = in
		c.laws[y][of.law] = law{source, status == "voorlopig"}
		if y == c.base {
			c.weight[unit] = days / inYear
		}
		return nil
	})
}

// readUsers takes the neighbourhood with most users: who moves between two of them counts in both, so their sum is not to
// be trusted to be a number of persons.
func (c *neighbourhoodCells) readUsers(ctx context.Context, conn *sql.Conn) error {
	var of usersOf
	var persons sql.Null[int64]
	return scanRows(ctx, conn, `SELECT v.rol = 'pilot', g.jaar, g.domein, coalesce(z.lijn, ''), max(coalesce(g.gebruikers, g.personen))
		FROM model.gebruikers AS g
		INNER JOIN model.wijk_vergelijkbaar AS v ON v.buurt = g.gebied
		LEFT JOIN model.zorgsoort AS z ON g.indeling = 'zorgsoort' AND z.domein = g.domein AND z.zorgsoort = g.groep
		WHERE g.indeling IN ('domein', 'zorgsoort')
		GROUP BY v.rol = 'pilot', g.jaar, g.domein, coalesce(z.lijn, '')`,
		[]any{&of.pilot, &of.year, &of.law, &of.line, &persons}, func() error {
			at := usersOf{of.pilot, of.year, of.law, of.line}
			c.users[at] = users{known: persons.Valid, persons: persons.V}
			return nil
		})
}

// filledAlike tells whether a law came for every neighbourhood, and in the same way, in all these years.
func (c *neighbourhoodCells) filledAlike(name string, years []int) bool {
	for _, y := range years {
		if c.laws[y][name].source != c.laws[years[0]][name].source {
			return false
		}
		for p, pair := range c.pairs {
			if pair.law == name && slices.ContainsFunc(c.cells[y][p], func(in cell) bool { return !in.filled }) {
				return false
			}
		}
	}
	return true
}

// mean is what a neighbourhood cost in some years of an outcome, the mean of the years in euros; it is unknown where a
// price is.
func (c *neighbourhoodCells) mean(o outcome, years []int, unit int) (euros float64, known bool) {
	var millionths int64
	for _, y := range years {
		for p, counts := range o.of {
			if !counts {
				continue
			}
			in := c.cells[y][p][unit]
			if !in.known {
				return 0, false
			}
			millionths += in.millionths
		}
	}
	return float64(millionths) / 1e6 / float64(len(years)), true
}

// fewestUsers is how many persons on a side have something of an outcome, at least: those of the year with fewest.
func (c *neighbourhoodCells) fewestUsers(o outcome, pilot bool, years []int) (fewest sql.Null[int64]) {
	fewest.Valid = true
	for _, y := range years {
		n := c.usersIn(o, pilot, c.years[y])
		switch {
		case !n.Valid:
			return n
		case n.V > 0 && (fewest.V == 0 || n.V < fewest.V):
			fewest = n
		}
	}
	return fewest
}

func (c *neighbourhoodCells) usersIn(o outcome, pilot bool, year int) (most sql.Null[int64]) {
	unknown := false
	for p, counts := range o.of {
		if !counts {
			continue
		}
		of := usersOf{pilot: pilot, year: year, law: c.pairs[p].law}
		if o.kind == lineKind {
			of.line = c.pairs[p].line
		}
		n, some := c.users[of]
		unknown = unknown || some && !n.known
		if n.known && (!most.Valid || n.persons > most.V) {
			most = sql.Null[int64]{V: n.persons, Valid: true}
		}
	}
	if !most.Valid && !unknown {
		most.Valid = true // nobody has any
	}
	return most
}
