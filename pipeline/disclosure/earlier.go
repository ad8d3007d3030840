package disclosure

import (
	"slices"
	"strings"
)

// RowKey names a row of a table.
type RowKey struct {
	Table string
	Key   string // see KeyOf
}

// Earlier is what releases have told of a row.
type Earlier struct {
	// Values are what the newest release that showed them printed of its columns, rounded.
	Values map[string]Value
	// Hidden names, per column, the recipients from whom a release has hidden it.
	Hidden map[string][]string
	// Changed is the number of persons whose data in the row changed since the release of Values; -1 when it is not known.
	Changed int64
}

// hid says whether releases have hidden a column from everybody.
func (e Earlier) hid(column string) bool {
	_, shown := e.Values[column]
	return !shown && len(e.Hidden[column]) > 0
}

// columnUnchanged is added to a table that still shows what was released before.
const columnUnchanged = "vrijgave"

// KeyOf is the text that identifies a row within its table: its keys in the order of the columns, joined by "|".
func KeyOf(t Table, row int) string {
	return joinKeys(t.Columns, func(column int) Value { return t.Rows[row][column] })
}

// KeyOf is that of the row of the table that a released row came from.
func (t ReleasedTable) KeyOf(row int) string {
	return joinKeys(t.Columns, func(column int) Value {
		c := t.Rows[row][column]
		return Value{Null: c.State == Unknown, Text: c.Text, Unscaled: c.Unscaled}
	})
}

func joinKeys(columns []Column, value func(column int) Value) string {
	var keys []string
	for i, c := range columns {
		if c.Key {
			keys = append(keys, keyText(c, value(i)))
		}
	}
	return strings.Join(keys, "|")
}

// before is what releases have told of a row.
func (t *working) before(row int) Earlier {
	if t.earlier == nil {
		return Earlier{}
	}
	return t.earlier[row]
}

// resolveEarlier finds what releases have told of the rows of a table.
func (w *workings) resolveEarlier(t *working) {
	t.own = make([]bool, len(t.Columns))
	for i := range t.Columns {
		t.own[i] = w.ownMeasure(t, i)
	}
	if len(w.policy.Earlier) == 0 {
		return
	}
	t.earlier = make([]Earlier, len(t.Rows))
	for row := range t.Rows {
		t.earlier[row] = w.policy.Earlier[RowKey{t.Name, KeyOf(t.Table, row)}]
	}
}

// recall applies what was released before to a group: what was hidden from everybody stays hidden; what was shown is known,
// and stays as it was printed while the data of no more than a few persons changed.
func (t *working) recall(g *group, threshold int) {
	e := t.before(g.row)
	shown, hidden := false, false
	for i, c := range t.Columns {
		if !t.own[i] || t.classes[i] != g.class {
			continue
		}
		_, was := e.Values[c.Name]
		shown = shown || was
		hidden = hidden || e.hid(c.Name)
	}
	switch {
	case hidden && !shown:
		g.forced = true
	case shown && e.Changed == 0:
		g.given = true
	case shown && e.Changed < int64(threshold):
		g.kept, g.given = true, true
	}
}

// ownMeasure holds for a column that shows a number of its own, not one made from released ones only.
func (w *workings) ownMeasure(t *working, column int) bool {
	d, derived := t.derived[column]
	return (measure(t.Columns[column]) || derived) && !slices.Contains(t.Internal, t.Columns[column].Name) &&
		(!derived || d.value.column == t.Columns[column].Name || w.usesInternal(t, d.value))
}

// usesInternal says whether a formula names a column that never leaves, so that nobody else can compute it.
func (w *workings) usesInternal(t *working, x *expression) bool {
	switch {
	case x.operator != 0:
		return w.usesInternal(t, x.left) || w.usesInternal(t, x.right)
	case x.sum != nil && x.sum.table != "":
		return slices.Contains(w.byName[x.sum.table].Internal, x.sum.column)
	case x.sum != nil:
		return slices.Contains(t.Internal, x.sum.column)
	}
	return slices.Contains(t.Internal, x.column)
}

// withheldBefore says whether a release hid a group from this recipient and showed it to another.
func (t *working) withheldBefore(g group, r Recipient) bool {
	e := t.before(g.row)
	withheld := false
	for i, c := range t.Columns {
		if !t.own[i] || t.classes[i] != g.class || e.hid(c.Name) {
			continue
		}
		if _, known := e.Values[c.Name]; known && !slices.Contains(e.Hidden[c.Name], r.Name) {
			return false
		} else if known {
			withheld = true
		}
	}
	return withheld
}

// repeats says whether a group shows what a release printed: its data did not change, or through few persons.
func (g *group) repeats() bool { return g.given && !g.sensitive }

// unchanged is the mark of a row that shows what was released before.
func (w *workings) unchanged(t *working, row int) string {
	for c := range t.classN {
		if w.groups[t.first+row*t.classN+c].kept {
			return "ongewijzigd"
		}
	}
	return ""
}
