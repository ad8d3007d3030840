package disclosure

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// ChangesTable is the name of the table of what changed since the newest release.
const ChangesTable = "wat_is_er_veranderd"

// Columns of the table of changes. Texts of codes keep the column that they are from: period and key are `column=code`, keys
// joined by "|"; a measure is `table.column`.
const (
	ChangedTable   = "tabel"
	ChangedHow     = "wat"
	ChangedArea    = "gebied"
	ChangedPeriod  = "periode"
	ChangedKey     = "sleutel"
	ChangedMeasure = "maat"
	ChangedBefore  = "vorige"
	ChangedNow     = "nu"
	ChangedBy      = "verschil"
)

// What became of a number: the words in the column ChangedHow.
const (
	HowChanged = "gewijzigd"
	HowNew     = "nieuw"
	HowGone    = "niet_meer_getoond"
)

// CountOfNumbers is the measure, behind the name of its table, of a row that counts new numbers, or numbers that are gone.
const CountOfNumbers = "#"

const (
	// mostListed is how many new numbers are listed one by one, and how many that are gone; more are counted per table.
	mostListed = 300
	// mostChanged bounds the rows of a sheet; more changes than this are counted only.
	mostChanged = 500_000
	// changeScale is that of the numbers of the table: the largest of any column.
	changeScale = 6
)

// Printed holds the numbers that a release printed for a recipient: by row and column, without their decimal points.
type Printed map[RowKey]map[string]int64

// Changes tells what differs between what the newest release printed for a recipient and what is released now. It is made
// from printed numbers only.
type Changes struct {
	// Since says whether anything was released to this recipient before.
	Since bool
	// Before counts the numbers that the release printed. Each of them is Same, Kept (on purpose: the row is marked
	// "ongewijzigd"), Changed or Gone; New ones are not among them.
	Before, Same, Kept, Changed, Gone, New int
	// Table lists what changed, and what is new or gone where that is little.
	Table ReleasedTable
}

// Changes returns what changed since the newest release.
func (r Released) Changes() Changes {
	out := r.changes
	if out.Table.Name == "" {
		out = changesSince(nil, nil)
	}
	out.Table = out.Table.copied()
	return out
}

// comparison is what is being compared.
type comparison struct {
	Changes
	fresh, gone [][]Cell // rows of what is new and of what is gone
	counts      map[[2]string]int
}

// changesSince compares the tables with what was printed before; nil is nothing.
func changesSince(tables []ReleasedTable, printed Printed) Changes {
	c := comparison{Changes: Changes{Table: ReleasedTable{Name: ChangesTable}}, counts: map[[2]string]int{}}
	for _, name := range []string{ChangedTable, ChangedHow, ChangedArea, ChangedPeriod, ChangedKey, ChangedMeasure} {
		c.Table.Columns = append(c.Table.Columns, Column{Name: name, Key: true})
	}
	for _, name := range []string{ChangedBefore, ChangedNow, ChangedBy} {
		c.Table.Columns = append(c.Table.Columns, Column{Name: name, Type: Decimal, Scale: changeScale})
	}
	if printed == nil {
		return c.Changes
	}
	c.Since = true
	left := maps.Clone(printed)
	byName := map[string]ReleasedTable{}
	for _, t := range tables {
		byName[t.Name] = t
		for row := range t.Rows {
			key := RowKey{t.Name, t.KeyOf(row)}
			c.compareRow(t, row, key.Key, left[key])
			delete(left, key)
		}
	}
	c.vanished(byName, left)
	c.list(HowNew, c.fresh)
	c.list(HowGone, c.gone)
	return c.Changes
}

// compareRow compares the numbers of a row with those that were printed of it.
func (c *comparison) compareRow(t ReleasedTable, row int, key string, printed map[string]int64) {
	unchanged := t.ColumnIndex(columnUnchanged)
	kept := unchanged >= 0 && t.Rows[row][unchanged].Text != ""
	for i, column := range t.Columns {
		if column.Key || column.Type == Text {
			continue
		}
		now := t.Rows[row][i]
		before, was := printed[column.Name]
		if was {
			c.Before++
		}
		switch {
		case was && now.State != Shown:
			c.Gone++
			c.counts[[2]string{HowGone, t.Name}]++
			c.gone = append(c.gone, changeRow(t, HowGone, key, column, changeCell(column, before), now, Cell{State: Unknown}))
		case !was && now.State == Shown:
			c.New++
			c.counts[[2]string{HowNew, t.Name}]++
			c.fresh = append(c.fresh, changeRow(t, HowNew, key, column, Cell{State: Unknown}, changeCell(column, now.Unscaled), Cell{State: Unknown}))
		case !was:
		case before == now.Unscaled && kept:
			c.Kept++
		case before == now.Unscaled:
			c.Same++
		default:
			c.Changed++
			if len(c.Table.Rows) < mostChanged {
				c.Table.Rows = append(c.Table.Rows, changeRow(t, HowChanged, key, column,
					changeCell(column, before), changeCell(column, now.Unscaled), changeCell(column, now.Unscaled-before)))
			}
		}
	}
}

// vanished counts the numbers of rows that are not there any more.
func (c *comparison) vanished(tables map[string]ReleasedTable, left Printed) {
	keys := slices.SortedFunc(maps.Keys(left), func(a, b RowKey) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Key, b.Key))
	})
	for _, key := range keys {
		t := tables[key.Table]
		t.Name = key.Table
		for _, name := range slices.Sorted(maps.Keys(left[key])) {
			c.Before++
			c.Gone++
			c.counts[[2]string{HowGone, key.Table}]++
			if i := t.ColumnIndex(name); i >= 0 {
				c.gone = append(c.gone, changeRow(t, HowGone, key.Key, t.Columns[i],
					changeCell(t.Columns[i], left[key][name]), Cell{State: Unknown}, Cell{State: Unknown}))
			} else {
				c.gone = append(c.gone, nil) // the scale of a column that is gone is not known: it can only be counted
			}
		}
	}
}

// list adds what is new or gone to the table: one by one, or as a count per table.
func (c *comparison) list(how string, rows [][]Cell) {
	if len(rows) <= mostListed && !slices.ContainsFunc(rows, func(row []Cell) bool { return row == nil }) {
		c.Table.Rows = append(c.Table.Rows, rows...)
		return
	}
	var tables []string
	for count := range c.counts {
		if count[0] == how {
			tables = append(tables, count[1])
		}
	}
	slices.Sort(tables)
	unknown := Cell{State: Unknown}
	for _, name := range tables {
		number := changeCell(Column{Type: Integer}, int64(c.counts[[2]string{how, name}]))
		before, now := unknown, number
		if how == HowGone {
			before, now = number, unknown
		}
		c.Table.Rows = append(c.Table.Rows, []Cell{
			{Text: name}, {Text: how}, unknown, unknown, unknown, {Text: name + "." + CountOfNumbers}, before, now, unknown,
		})
	}
}

// changeRow is a row of the table of changes.
func changeRow(t ReleasedTable, how, key string, measure Column, before, now, by Cell) []Cell {
	area, period := Cell{State: Unknown}, Cell{State: Unknown}
	var names, others []string
	for _, c := range t.Columns {
		if c.Key {
			names = append(names, c.Name)
		}
	}
	parts := strings.Split(key, "|")
	if len(parts) != len(names) { // a code with that sign in it
		names, parts = []string{""}, []string{key}
	}
	for i, part := range parts {
		text := names[i] + "=" + part
		switch names[i] {
		case "gebied":
			area = Cell{Text: part}
		case "jaar", "kwartaal", "maand":
			period = Cell{Text: text}
		default:
			others = append(others, text)
		}
	}
	rest := Cell{State: Unknown}
	if len(others) > 0 {
		rest = Cell{Text: strings.Join(others, "|")}
	}
	return []Cell{{Text: t.Name}, {Text: how}, area, period, rest, {Text: t.Name + "." + measure.Name}, before, now, by}
}

// changeCell is a number of a column at the scale of the table of changes; one too large for that is not known there.
func changeCell(c Column, unscaled int64) Cell {
	scale := 0
	if c.Type == Decimal {
		scale = c.Scale
	}
	for ; scale < changeScale; scale++ {
		if unscaled > math.MaxInt64/10 || unscaled < math.MinInt64/10 {
			return Cell{State: Unknown}
		}
		unscaled *= 10
	}
	return Cell{Unscaled: unscaled}
}
