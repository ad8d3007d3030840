// Package disclosure decides what may leave the building. It takes the result
// tables of a run, hides every cell that rests on too few persons, and hands on
// the only type that a workbook can be written from: [Released].
//
// It knows neither files nor Excel: a table comes in, a table goes out.
package disclosure

import "slices"

// Type tells what a column of a result table holds.
type Type int

// The types of a column.
const (
	// Text is a key or a word; it is never hidden.
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
	// Empty says why there are no rows, in the words of the reader.
	Empty string
}

// State tells what may be seen of a released cell.
type State int

// The states of a released cell.
const (
	// Shown means that the value may leave the building.
	Shown State = iota
	// Hidden means that too few persons stand behind the value.
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
}

// ColumnIndex returns the place of the named column, or -1.
func (t ReleasedTable) ColumnIndex(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Released holds the tables that have passed this room. Its fields are closed,
// so nothing but [Protect] can make one: there is no path around the threshold.
type Released struct {
	tables []ReleasedTable
	counts Counts
}

// Counts tells what the protection did, in numbers of cells, never in values.
type Counts struct {
	Cells, Hidden int
}

// Tables returns copies of the released tables in the order in which they were given.
func (r Released) Tables() []ReleasedTable {
	out := make([]ReleasedTable, 0, len(r.tables))
	for _, t := range r.tables {
		out = append(out, t.copied())
	}
	return out
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
	t.Columns, t.Rows = slices.Clone(t.Columns), slices.Clone(t.Rows)
	for i, row := range t.Rows {
		t.Rows[i] = slices.Clone(row)
	}
	return t
}

// Counts returns how many cells there are and how many of them are hidden.
func (r Released) Counts() Counts { return r.counts }
