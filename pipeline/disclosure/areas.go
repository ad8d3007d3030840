package disclosure

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Area says that a neighbourhood lies in an area in a year.
type Area struct {
	Year          int
	Code, Level   string // buurt, wijk, gemeente, rol, regio
	Neighbourhood string
}

// addAreas makes the equations of a table's areas. The parts of an area are its neighbourhoods, taken together where no
// area that may be published tells them apart; a part that is no area itself is protected as if it were one, for the
// difference of two areas may be just that part.
func (q *equations) addAreas(table int, t *working) {
	if t.area < 0 || len(t.additive) == 0 {
		return
	}
	var others []int
	for i, c := range t.Columns {
		if c.Key && i != t.area {
			others = append(others, i)
		}
	}
	blocks := map[string][]int{}
	var order []string
	for row := range t.Rows {
		if t.isOpen(row) || !t.passes(row, t.adds) {
			continue
		}
		name := t.joined(row, others)
		if blocks[name] == nil {
			order = append(order, name)
		}
		blocks[name] = append(blocks[name], row)
	}
	for _, name := range order {
		q.addBlock(table, t, blocks[name])
	}
}

// joined is the text of some columns of a row.
func (t *working) joined(row int, columns []int) string {
	var b strings.Builder
	for _, c := range columns {
		b.WriteString(t.textOf(row, c))
		b.WriteByte(0)
	}
	return b.String()
}

// yearOf is the year that a row is about; a quarter or a month begins with it.
func (t *working) yearOf(row int) string {
	if t.year >= 0 {
		return t.textOf(row, t.year)
	}
	for _, name := range []string{"kwartaal", "maand"} {
		if at, ok := t.place[name]; ok {
			return t.textOf(row, at)[:4]
		}
	}
	return ""
}

// part is a set of neighbourhoods that every area of district level and up holds or leaves out together.
type part struct {
	label   string   // the neighbourhoods, joined: one neighbourhood has its own code
	members []string // sorted
	area    string   // the area that is just this part, if there is one
}

// partition gives the part of every neighbourhood of a year.
func (w *workings) partition(year string) map[string]*part {
	if p, ok := w.parts[year]; ok {
		return p
	}
	signs := map[string]*strings.Builder{}
	var areas []string
	for _, area := range slices.Sorted(maps.Keys(w.areas[year])) {
		if w.levels[area] == levelNeighbourhood {
			signs[area] = &strings.Builder{}
		} else {
			areas = append(areas, area)
		}
	}
	bySign := map[string]*part{}
	for _, hood := range slices.Sorted(maps.Keys(signs)) {
		for _, area := range areas {
			_, in := slices.BinarySearch(w.areas[year][area], hood)
			fmt.Fprint(signs[hood], in)
		}
		sign := signs[hood].String()
		if bySign[sign] == nil {
			bySign[sign] = &part{}
		}
		bySign[sign].members = append(bySign[sign].members, hood)
	}
	out := map[string]*part{}
	for _, p := range bySign {
		p.label = strings.Join(p.members, "+")
		for _, area := range areas {
			if p.area == "" && slices.Equal(w.areas[year][area], p.members) {
				p.area = area
			}
		}
		for _, hood := range p.members {
			out[hood] = p
		}
	}
	w.parts[year] = out
	return out
}

// piece is a part of an area in one block: what a total may add up to without being a row of its own.
type piece struct {
	row   int // one of its rows, for the other keys
	label string
	forms map[int]linear // by column
}

// addBlock relates the rows of one block, which differ in their area only.
func (q *equations) addBlock(table int, t *working, rows []int) {
	year := t.yearOf(rows[0])
	inside, partition := q.w.areas[year], q.w.partition(year)
	byArea := map[string]int{}
	for _, r := range rows {
		byArea[t.textOf(r, t.area)] = r
	}
	leaf := ""
	for _, level := range []string{levelNeighbourhood, "wijk", "gemeente"} {
		if slices.ContainsFunc(rows, func(r int) bool { return q.w.level(t, r) == level }) {
			leaf = level
			break
		}
	}
	var columns []int
	for _, column := range t.additive {
		if !t.multiple(column, rows) {
			columns = append(columns, column)
		}
	}
	var pieces []*piece
	var members [][]string // the neighbourhoods of each piece
	known := map[string]*piece{}
	for _, r := range rows {
		if q.w.level(t, r) != leaf {
			continue
		}
		code := t.textOf(r, t.area)
		p := &piece{row: r, label: code, forms: map[int]linear{}}
		hoods := inside[code]
		if leaf == levelNeighbourhood && !t.Neighbourhoods && partition[code] != nil {
			if old := known[partition[code].label]; old != nil {
				q.join(t, old, r)
				continue
			}
			p.label, hoods = partition[code].label, partition[code].members
			known[p.label] = p
		}
		pieces, members = append(pieces, p), append(members, hoods)
		for _, column := range columns {
			p.forms[column] = q.start(table, t, r, column, partition[code], byArea)
		}
	}
	for _, p := range pieces {
		if p.label != t.textOf(p.row, t.area) || !q.w.leaves(t, p.row) {
			q.pieces[table] = append(q.pieces[table], p)
		}
	}
	if leaf == levelNeighbourhood && t.Neighbourhoods {
		q.pieces[table] = append(q.pieces[table], q.joined(pieces, partition)...)
	}
	for _, column := range columns {
		for _, r := range rows {
			if q.w.level(t, r) != leaf {
				q.addWhole(table, r, column, pieces, members, inside[t.textOf(r, t.area)])
			}
		}
	}
}

// start is the form of a piece: that of its row where the row may be shown, that of the area that it is, or an unknown of its own.
func (q *equations) start(table int, t *working, row, column int, p *part, byArea map[string]int) linear {
	if q.w.leaves(t, row) {
		return q.form(table, row, column)
	}
	if p != nil && p.area != "" {
		if r, ok := byArea[p.area]; ok {
			return q.form(table, r, column)
		}
	}
	v := t.Rows[row][column]
	u := q.newUnknown(v.Unscaled, -1, q.w.groups[t.groupAt(row, column)].persons, t.kind(column))
	return linear{u: t.kind(column).unit()}
}

// join adds a neighbourhood to the piece that it is part of.
func (q *equations) join(t *working, p *piece, row int) {
	for column, form := range p.forms {
		for u := range form {
			if u < 0 || q.groups[u] >= 0 {
				continue // an area, which has them all
			}
			q.s.values[u] += t.Rows[row][column].Unscaled * q.kinds[u].parts()
			q.s.signed[u] = q.s.values[u] < 0
			if n := q.w.groups[t.groupAt(row, column)].persons; n < 0 || q.persons[u] < 0 {
				q.persons[u] = -1
			} else {
				q.persons[u] += n
			}
		}
	}
}

// joined makes the parts of more than one neighbourhood out of neighbourhoods that are shown for themselves.
func (q *equations) joined(pieces []*piece, partition map[string]*part) []*piece {
	var out []*piece
	known := map[string]*piece{}
	for _, p := range pieces {
		whole := partition[p.label]
		if whole == nil || len(whole.members) < 2 || whole.area != "" {
			continue
		}
		to := known[whole.label]
		if to == nil {
			to = &piece{row: p.row, label: whole.label, forms: map[int]linear{}}
			known[whole.label] = to
			out = append(out, to)
		}
		for column, form := range p.forms {
			if to.forms[column] == nil {
				to.forms[column] = linear{}
			}
			to.forms[column].addAll(form, 1)
		}
	}
	return out
}

// addWhole says that an area is the sum of the pieces that lie in it.
func (q *equations) addWhole(table, row, column int, pieces []*piece, members [][]string, inside []string) {
	own := q.form(table, row, column)
	if own == nil {
		return
	}
	l := linear{}
	l.addAll(own, 1)
	some := false
	for i, p := range pieces {
		if within(members[i], inside) {
			l.addAll(p.forms[column], -1)
			some = true
		}
	}
	if some {
		q.addEquation(l)
	}
}

// within says whether all of a sorted list stands in another.
func within(a, b []string) bool {
	for _, s := range a {
		if _, ok := slices.BinarySearch(b, s); !ok {
			return false
		}
	}
	return len(a) > 0
}
