package analysis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/duckdb/duckdb-go/v2"
)

// The quarters around a start, and where they stand in the arrays below: k runs from -8 to 8, without 0.
const (
	reach    = 8
	quarters = 2*reach + 1
)

// traits are what participants and controls have besides their costs, by their columns in model.risicogroep; the provisions
// of the Wmo and the Jeugdwet are those that run on the first day of the quarter, the kinds of care those of two years before it.
var traits = [...]string{"leeftijd", "wmo", "jeugdwet", "zorgsoorten"}

// around is one person around one quarter in which people start.
type around struct {
	start, person int32
	stratum       int32 // -1: comparable with nobody
	participant   bool  // of any project, from this quarter on
	traits        [len(traits)]float64
	years         [quarters]float64 // insured years; at k+reach
	costs         []cost
}

// cost is what somebody cost in a quarter for a law and an echelon.
type cost struct {
	k, outcome int8 // outcome: into participantCells.pairs
	cents      int64
}

// participation is the start of a person with a project.
type participation struct {
	project string
	place   int  // into participantCells.around
	first   bool // of all projects of this person; at a later one the person is compared with nobody
}

// regional is what the whole region had in a quarter around a start.
type regional struct {
	years [quarters]float64
	cents [quarters]int64
}

// participantCells are the tables that the effect on participants is estimated from.
type participantCells struct {
	around  []around // by start, then person
	starts  []participation
	pairs   []lawAndLine
	unknown map[lawAndLine]bool // for which a price index is missing
	region  map[int32]map[lawAndLine]*regional
}

// participantTables are where the cells come from.
var participantTables = []string{
	"model.deelname_regio", "model.deelname_start", "model.deelnemer_kosten", "model.deelnemer_kwartaal", "model.risicogroep",
}

// readParticipantCells reads all of them, each in the order of its key.
func readParticipantCells(ctx context.Context, conn *sql.Conn) (*participantCells, error) {
	c := &participantCells{unknown: map[lawAndLine]bool{}, region: map[int32]map[lawAndLine]*regional{}}
	for _, read := range []func(context.Context, *sql.Conn) error{c.readAround, c.readStarts, c.readYears, c.readCosts, c.readRegion} {
		if err := read(ctx, conn); err != nil {
			return nil, fmt.Errorf("reading the cells of participants: %w", err)
		}
	}
	return c, nil
}

// scanRows asks and hands every row over, scanned into what the row function points at.
func scanRows(ctx context.Context, conn *sql.Conn, query string, into []any, row func() error) (err error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := row(); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (c *participantCells) readAround(ctx context.Context, conn *sql.Conn) error {
	var a around
	return scanRows(ctx, conn, `SELECT g.startkwartaal, g.persoon, coalesce(r.stratum, -1), coalesce(r.deelnemer, TRUE),
		coalesce(r.leeftijd, 0), coalesce(r.wmo, 0), coalesce(r.jeugdwet, 0), coalesce(r.zorgsoorten, 0)
		FROM (SELECT startkwartaal, persoon FROM model.risicogroep UNION SELECT startkwartaal, persoon FROM model.deelname_start) AS g
		LEFT JOIN model.risicogroep AS r ON r.startkwartaal = g.startkwartaal AND r.persoon = g.persoon
		ORDER BY g.startkwartaal, g.persoon`,
		[]any{&a.start, &a.person, &a.stratum, &a.participant, &a.traits[0], &a.traits[1], &a.traits[2], &a.traits[3]}, func() error {
			c.around = append(c.around, a)
			return nil
		})
}

// place finds a person around a start.
func (c *participantCells) place(start, person int32) (int, error) {
	at, found := slices.BinarySearchFunc(c.around, around{start: start, person: person}, func(a, b around) int {
		if a.start != b.start {
			return int(a.start - b.start)
		}
		return int(a.person - b.person)
	})
	if !found {
		return 0, fmt.Errorf("a row is of nobody in the group of quarter %d", start)
	}
	return at, nil
}

func (c *participantCells) readStarts(ctx context.Context, conn *sql.Conn) error {
	var start, person int32
	var project string
	var first bool
	return scanRows(ctx, conn, "SELECT project, startkwartaal, persoon, is_eerste FROM model.deelname_start ORDER BY project, startkwartaal, persoon",
		[]any{&project, &start, &person, &first}, func() error {
			at, err := c.place(start, person)
			c.starts = append(c.starts, participation{project, at, first})
			return err
		})
}

func (c *participantCells) readYears(ctx context.Context, conn *sql.Conn) error {
	var start, person int32
	var k int
	var days, inYear float64
	return scanRows(ctx, conn, "SELECT startkwartaal, persoon, k, dagen, dagen_in_jaar FROM model.deelnemer_kwartaal ORDER BY startkwartaal, persoon, k",
		[]any{&start, &person, &k, &days, &inYear}, func() error {
			at, err := c.place(start, person)
			if err == nil {
				c.around[at].years[k+reach] = days / inYear
			}
			return err
		})
}

func (c *participantCells) readCosts(ctx context.Context, conn *sql.Conn) error {
	if err := c.readPairs(ctx, conn); err != nil {
		return err
	}
	var start, person int32
	var k int8
	var of lawAndLine
	var amount sql.Null[duckdb.Decimal]
	return scanRows(ctx, conn, `SELECT startkwartaal, persoon, k, domein, lijn, bedrag_reeel FROM model.deelnemer_kosten
		ORDER BY startkwartaal, persoon, k, domein, lijn`, []any{&start, &person, &k, &of.law, &of.line, &amount}, func() error {
		at, err := c.place(start, person)
		if err != nil {
			return err
		}
		if !amount.Valid {
			c.unknown[of] = true
			return nil
		}
		outcome := int8(slices.Index(c.pairs, of))
		c.around[at].costs = append(c.around[at].costs, cost{k, outcome, amount.V.Value.Int64()})
		return nil
	})
}

func (c *participantCells) readPairs(ctx context.Context, conn *sql.Conn) error {
	var of lawAndLine
	return scanRows(ctx, conn, "SELECT DISTINCT domein, lijn FROM model.deelname_regio ORDER BY domein, lijn", []any{&of.law, &of.line}, func() error {
		c.pairs = append(c.pairs, of)
		return nil
	})
}

func (c *participantCells) readRegion(ctx context.Context, conn *sql.Conn) error {
	var start int32
	var k int
	var of lawAndLine
	var amount sql.Null[duckdb.Decimal]
	var days, inYear float64
	return scanRows(ctx, conn, `SELECT startkwartaal, k, domein, lijn, bedrag_reeel, dagen, dagen_in_jaar FROM model.deelname_regio
		ORDER BY startkwartaal, k, domein, lijn`, []any{&start, &k, &of.law, &of.line, &amount, &days, &inYear}, func() error {
		if c.region[start] == nil {
			c.region[start] = map[lawAndLine]*regional{}
			for _, pair := range c.pairs {
				c.region[start][pair] = &regional{}
			}
		}
		for _, r := range c.region[start] {
			r.years[k+reach] = days / inYear
		}
		if !amount.Valid {
			c.unknown[of] = true
			return nil
		}
		c.region[start][of].cents[k+reach] = amount.V.Value.Int64()
		return nil
	})
}
