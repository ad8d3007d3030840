// Package disclosure decides what may leave the building. It takes the result
// tables of a run for all recipients at once, hides what tells of few persons
// or of few providers, hides what the rest would give away, proves by attacking
// it that nobody can compute what is hidden, rounds, and hands on the only type
// that a workbook can be written from: [Released].
//
// It knows neither files nor Excel: a table comes in, a table goes out.
package disclosure

import "slices"

// Type tells what a column of a result table holds.
type Type int

// The types of a column.
const (
	// Text is a key or a word.
	Text Type = iota
	// Integer is a number without decimals: a year, a count of persons or lines.
	Integer
	// Decimal is an exact number: euros have scale 2, ratios scale 6.
	Decimal
)

// Column is one column of a result table.
type Column struct {
	Name  string
	Type  Type
	Scale int  // digits behind the decimal point, for Decimal
	Key   bool // identifies the row together with the other keys
	// Round is the base that a measure is rounded to, unscaled: 5 persons, 100000 cents. A measure that is derived needs none.
	Round int64
}

// Value is one value of a result table before protection. A number is held as
// Unscaled / 10^Scale of its column, so that no cent is lost on the way.
type Value struct {
	Null     bool
	Text     string
	Unscaled int64
}

// Threshold says which measures of a row rest on which count of persons.
type Threshold struct {
	// Count names the column with the number of persons behind the measures.
	Count string
	// Measures are the columns it guards; empty means every measure of the row.
	Measures []string
}

// Table is a result table on its way out, as the analysis made it.
type Table struct {
	Name       string // the name of its query, such as kosten_per_domein
	Title      string // the title of its sheet, in Dutch
	Question   string // the question it answers
	Grain      string // what one row is
	Method     string // where its formula comes from
	Columns    []Column
	Rows       [][]Value
	Thresholds []Threshold
	// Internal are columns that serve the protection and never leave.
	Internal []string
	// Open names the column that marks a row made from open data only.
	Open string
	// Detail says that its rows go only to the recipient whose domain they are.
	Detail bool
	// Rare says that its keys come from what persons have: a row that rests on too few of them is left out, for its keys
	// alone would tell that somebody has that combination.
	Rare bool
	// Neighbourhoods says that rows of a neighbourhood (buurt) leave too; elsewhere they are from district (wijk) up.
	Neighbourhoods bool
	// Additive names the measures that add up over areas, as `bedrag, personen [waar column = 'value']`.
	Additive string
	// Sums are the totals that its rows add up to, as `total(key, 'constant') = measure - other`. The same total in two
	// tables is one number, so that what is hidden in one is protected against what stands in the other.
	Sums []string
	// Proportional are measures that are another one times a public number, as `bedrag_reeel = bedrag per jaar, domein`.
	Proportional []string
	// Derived are the columns that are made anew from released values, as `aandeel = bedrag / som(bedrag; jaar, gebied)`.
	Derived []string
	// Additions are what a reader adds up in the table itself, as `delta = som(effect; jaar, gebied, domein)`: they hold before
	// rounding, and [ReleasedTable] tells where they do not after it.
	Additions []string
	// Dominance names the amount that the columns of the largest contributors are about (see primary.go).
	Dominance string
	// Empty says why there are no rows: a word of the report.
	Empty string
	// Withheld says, in the same way, why a recipient sees none of its rows.
	Withheld string
}

// State tells what may be seen of a released cell.
type State int

// The states of a released cell.
const (
	// Shown means that the value may leave the building.
	Shown State = iota
	// Hidden means that the value would tell of few, or would give away another that does.
	Hidden
	// Unknown means that there is no value.
	Unknown
)

// Cell is one cell as it may be seen. The number of a hidden cell is gone: it
// is not kept anywhere in a Released.
type Cell struct {
	State    State
	Text     string
	Unscaled int64
}

// ReleasedTable is a table of which every cell has been decided on.
type ReleasedTable struct {
	Name, Title, Question, Grain, Method string
	Columns                              []Column
	Rows                                 [][]Cell
	Empty                                string
	// Uneven are the measures of which some printed total is, by rounding, not the sum of the parts that are printed with it.
	Uneven []Uneven
}

// ColumnIndex returns the place of the named column, or -1.
func (t ReleasedTable) ColumnIndex(name string) int { return index(t.Columns, name) }

// Released holds the tables that have passed this room. Its fields are closed,
// so nothing but [Protect] can make one: there is no path around the protection.
// [Restore] gives back one that was made before.
type Released struct {
	tables []ReleasedTable
	counts Counts
	// changes are those since the newest release.
	changes Changes
}

// Counts tells what the protection did, in numbers, never in values.
type Counts struct {
	// Cells of this recipient, and those of them that are hidden.
	Cells, Hidden int
	// Primary and Secondary are rows, of all recipients together: hidden for themselves, and hidden to protect those.
	Primary, Secondary int
	// Coarser counts blocks (a table in a year) that could not be proven safe and lost their finest areas.
	Coarser int
	// Uniform counts rows in which one answer holds more than nine tenths of an area (group disclosure), Zeros those that
	// say that nobody has something; both are shown and only counted.
	Uniform, Zeros int
	// Mismatches are derived cells that could not be made from released values, and are hidden.
	Mismatches int
}

// Tables returns copies of the released tables in the order in which they were given.
func (r Released) Tables() []ReleasedTable {
	out := make([]ReleasedTable, 0, len(r.tables))
	for _, t := range r.tables {
		out = append(out, t.copied())
	}
	return out
}

// Rows is the number of rows of all tables together.
func (r Released) Rows() int {
	rows := 0
	for _, t := range r.tables {
		rows += len(t.Rows)
	}
	return rows
}

// Table returns a copy of the released table of that name.
func (r Released) Table(name string) (ReleasedTable, bool) {
	for _, t := range r.tables {
		if t.Name == name {
			return t.copied(), true
		}
	}
	return ReleasedTable{}, false
}

// copied keeps a reader from changing what was decided.
func (t ReleasedTable) copied() ReleasedTable {
	t.Columns, t.Rows, t.Uneven = slices.Clone(t.Columns), slices.Clone(t.Rows), slices.Clone(t.Uneven)
	for i, row := range t.Rows {
		t.Rows[i] = slices.Clone(row)
	}
	return t
}

// Counts returns what the protection did.
func (r Released) Counts() Counts { return r.counts }
