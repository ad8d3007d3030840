package disclosure

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// equations builds the one linear system of all tables: every measure of every row is an unknown, and what everybody knows of
// them is that areas add up and that rows add up to totals. An equation that does not hold to the cent, for people who moved or a
// law that came in other detail, gets what is missing as a constant that everybody is taken to know: that is never too safe.
type equations struct {
	w      *workings
	s      system
	places map[cellPlace]int
	// group of an unknown; -1 for a total or a part that no row shows
	groups  []int
	persons []int64 // behind an unknown that no row shows; -1 is not known
	kinds   []unknownKind
	pieces  map[int][]*piece // per table
	totals  map[string]*total
	names   []string // of the totals, in the order in which they came
	// Cells of rows that are left out have numbers below zero: see addEquation.
	absent []absentCell
	ids    map[cellPlace]int
	rests  map[string]int
	known  map[string]bool // equations that are there already
}

// absentCell is a cell of a row that is left out: a reader does not know that it is there.
type absentCell struct {
	value, persons int64
	kind           unknownKind
}

// unknownKind is what an unknown counts.
type unknownKind struct {
	euros bool
	one   int64 // a whole one in units of the column
}

// unit is what an unknown of this kind is worth in the unit of its column.
func (k unknownKind) unit() *big.Rat {
	return big.NewRat(1, k.parts())
}

// parts is how many of an unknown of this kind make one of the unit of its column. Amounts are followed in parts of a cent, so
// that an amount times a factor is a whole number of them, and a table that differs a little can be a whole table.
func (k unknownKind) parts() int64 {
	if k.euros {
		return factorScale
	}
	return 1
}

// total is the sum that rows of several tables add up to.
type total struct {
	parts   []linear
	from    []string // the table, and the filter if there is one, of each part
	unknown []bool   // a cell of the part has no value, so that it does not tell the total
}

// linear is a sum of unknowns with coefficients.
type linear map[int]*big.Rat

func (l linear) add(unknown int, c *big.Rat) {
	if old, ok := l[unknown]; ok {
		c = new(big.Rat).Add(old, c)
	}
	if c.Sign() == 0 {
		delete(l, unknown)
		return
	}
	l[unknown] = c
}

func (l linear) addAll(other linear, sign int64) {
	for u, c := range other {
		l.add(u, new(big.Rat).Mul(c, new(big.Rat).SetInt64(sign)))
	}
}

var errNotLinear = errors.New("a total can only be made with + and - and som")

func (w *workings) equations() (*equations, error) {
	q := &equations{w: w, places: map[cellPlace]int{}, totals: map[string]*total{}, pieces: map[int][]*piece{}, ids: map[cellPlace]int{}, rests: map[string]int{}, known: map[string]bool{}}
	for i, t := range w.tables {
		q.addAreas(i, t)
		for _, r := range t.relations {
			if err := q.addTotals(i, t, r); err != nil {
				return nil, fmt.Errorf("table %s: total %s: %w", t.Name, r.total, err)
			}
		}
	}
	for _, name := range q.names {
		q.addTotal(q.totals[name])
	}
	for i, t := range w.tables {
		q.addDerived(i, t)
	}
	return q, nil
}

func (q *equations) newUnknown(value int64, group int, persons int64, kind unknownKind) int {
	value *= kind.parts()
	q.s.values = append(q.s.values, value)
	q.s.signed = append(q.s.signed, value < 0)
	q.groups = append(q.groups, group)
	q.persons = append(q.persons, persons)
	q.kinds = append(q.kinds, kind)
	return len(q.s.values) - 1
}

// form is the linear form of a cell: its own unknown, or that of the measure that it is a public multiple of; nil where there is no value.
func (q *equations) form(table, row, column int) linear {
	t := q.w.tables[table]
	v := t.Rows[row][column]
	if v.Null {
		return nil
	}
	if of, factor := t.proportional(column, row); factor != nil {
		out := linear{}
		for u, c := range q.form(table, row, of) {
			out.add(u, new(big.Rat).Mul(c, factor))
		}
		return out
	}
	at := cellPlace{table, row, column}
	if t.Rare && q.w.leftOut(t, row) {
		return linear{q.absentAt(at): one}
	}
	u, ok := q.places[at]
	if !ok {
		g := t.groupAt(row, column)
		u = q.newUnknown(v.Unscaled, g, q.w.groups[g].persons, t.kind(column))
		q.places[at] = u
		q.w.groups[g].unknowns = append(q.w.groups[g].unknowns, u)
	}
	return linear{u: t.kind(column).unit()}
}

func (q *equations) absentAt(at cellPlace) int {
	if id, ok := q.ids[at]; ok {
		return id
	}
	t := q.w.tables[at.table]
	q.absent = append(q.absent, absentCell{t.Rows[at.row][at.column].Unscaled, q.w.groups[t.groupAt(at.row, at.column)].persons, t.kind(at.column)})
	q.ids[at] = -len(q.absent)
	return q.ids[at]
}

func (t *working) kind(column int) unknownKind {
	c := t.Columns[column]
	return unknownKind{euros: c.Type == Decimal && c.Scale == 2, one: power10(c).Int64()}
}

// linearOf expands an expression to unknowns; nil where a cell in it has no value. A column that is derived stands for what it is
// made of.
func (q *equations) linearOf(x *expression, table, row int) (linear, error) {
	t := q.w.tables[table]
	switch {
	case x.number != nil && x.number.Sign() == 0:
		return linear{}, nil
	case x.column != "":
		at := t.place[x.column]
		if d, ok := t.derived[at]; ok && d.value.column != x.column {
			return q.linearOf(d.value, table, row)
		}
		return q.form(table, row, at), nil
	case x.sum != nil:
		other, rows := q.w.matched(t, row, x.sum)
		out := linear{}
		for _, r := range rows {
			cell := q.form(other.number, r, other.place[x.sum.column])
			if cell == nil {
				return nil, nil
			}
			out.addAll(cell, 1)
		}
		return out, nil
	case x.operator == '+' || x.operator == '-':
		left, err := q.linearOf(x.left, table, row)
		if err != nil || left == nil {
			return nil, err
		}
		right, err := q.linearOf(x.right, table, row)
		if err != nil || right == nil {
			return nil, err
		}
		out := linear{}
		out.addAll(left, 1)
		sign := int64(1)
		if x.operator == '-' {
			sign = -1
		}
		out.addAll(right, sign)
		return out, nil
	}
	return nil, errNotLinear
}

// addTotals lets every row of a table, and every piece of an area, take part in its total.
func (q *equations) addTotals(table int, t *working, r relation) error {
	for row := range t.Rows {
		if t.isOpen(row) || !q.w.leaves(t, row) || !t.passes(row, r.only) {
			continue
		}
		name, ok := t.totalName(row, r, "")
		if !ok {
			continue
		}
		l, err := q.linearOf(r.value, table, row)
		if err != nil {
			return err
		}
		q.contribute(name, t.partName(r), l)
	}
	for _, p := range q.pieces[table] {
		if name, ok := t.totalName(p.row, r, p.label); ok && t.passesPiece(p, r.only) && r.value.column != "" && p.forms[t.place[r.value.column]] != nil {
			q.contribute(name, t.partName(r), p.forms[t.place[r.value.column]])
		}
	}
	return nil
}

// totalName names the total that a row takes part in; none when a column that is no key of the table is empty. A piece has its own name for its area.
func (t *working) totalName(row int, r relation, area string) (string, bool) {
	var name strings.Builder
	name.WriteString(r.total)
	hasArea := false
	for _, k := range r.keys {
		text := k.constant
		if k.column != "" {
			at := t.place[k.column]
			text = t.textOf(row, at)
			if at == t.area {
				hasArea = true
				if area != "" {
					text = area
				}
			}
			if text == "" && !t.Columns[at].Key {
				return "", false
			}
		}
		name.WriteByte(0)
		name.WriteString(text)
	}
	return name.String(), area == "" || hasArea
}

// addDerived gives a sum that few stand behind an unknown of its own: what is hidden apart may not be known together.
func (q *equations) addDerived(table int, t *working) {
	for column, c := range t.Columns {
		d, ok := t.derived[column]
		if !ok || d.value.column != "" || c.Type == Text || c.Type == Decimal && c.Scale != 2 {
			continue
		}
		for row, values := range t.Rows {
			g := q.w.groups[t.groupAt(row, column)]
			if values[column].Null || t.isOpen(row) || !g.sensitive || !q.w.leaves(t, row) {
				continue
			}
			l, err := q.linearOf(d.value, table, row)
			if err != nil || len(l) < 2 {
				continue // no sum, or another cell under this name
			}
			kind, sum := unknownKind{euros: c.Scale == 2, one: 1}, linear{}
			for _, factor := range l {
				if factor.Sign() < 0 {
					sum = nil // a difference; its parts are protected
				}
			}
			if sum == nil {
				continue
			}
			sum.addAll(l, -1)
			sum.add(q.newUnknown(values[column].Unscaled, -1, g.persons, kind), kind.unit())
			q.addEquation(sum)
		}
	}
}

// partName keeps the rows of a table that add up to a total apart from its rows that add up to it once more.
func (t *working) partName(r relation) string {
	return t.Name + fmt.Sprint(r.only)
}

// passes says whether a row takes part.
func (t *working) passes(row int, only []matching) bool {
	for _, m := range only {
		if !slices.Contains(m.values, t.textOf(row, t.place[m.column])) {
			return false
		}
	}
	return true
}

// passesPiece is passes for a part of an area, which is no area that a filter can name.
func (t *working) passesPiece(p *piece, only []matching) bool {
	return t.passes(p.row, only) && !slices.ContainsFunc(only, func(m matching) bool { return t.place[m.column] == t.area })
}

func (q *equations) contribute(name, from string, l linear) {
	to, ok := q.totals[name]
	if !ok {
		to = &total{}
		q.totals[name] = to
		q.names = append(q.names, name)
	}
	at := slices.Index(to.from, from)
	if at < 0 {
		at = len(to.from)
		to.from, to.parts, to.unknown = append(to.from, from), append(to.parts, linear{}), append(to.unknown, false)
	}
	to.parts[at].addAll(l, 1)
	to.unknown[at] = to.unknown[at] || l == nil
}

// addTotal makes the sums of the tables one number. A total of one table says nothing.
func (q *equations) addTotal(t *total) {
	var first linear
	for i, p := range t.parts {
		switch {
		case t.unknown[i]:
		case first == nil:
			first = p
		default:
			l := linear{}
			l.addAll(first, 1)
			l.addAll(p, -1)
			q.addEquation(l)
		}
	}
}

// addEquation says that a linear form has the value that it has. The cells of rows that are left out are one unknown, their
// rest: nobody can tell them apart, for nobody knows which of all possible rows they are.
func (q *equations) addEquation(l linear) {
	l = q.withRest(l)
	if len(l) == 0 {
		return
	}
	common := big.NewInt(1)
	unknowns := make([]int, 0, len(l))
	for u, c := range l {
		unknowns = append(unknowns, u)
		g := new(big.Int).GCD(nil, nil, common, c.Denom())
		common.Mul(common, new(big.Int).Quo(c.Denom(), g))
	}
	slices.Sort(unknowns)
	terms := make([]term, len(unknowns))
	shared := int64(0)
	for i, u := range unknowns {
		c := new(big.Int).Mul(l[u].Num(), new(big.Int).Quo(common, l[u].Denom())).Int64()
		terms[i] = term{unknown: u, coefficient: c}
		shared = divisor(shared, c)
	}
	if terms[0].coefficient < 0 {
		shared = -shared
	}
	for i := range terms {
		terms[i].coefficient /= shared
	}
	if name := fmt.Sprint(terms); !q.known[name] { // real amounts of one price index say what nominal ones say
		q.known[name] = true
		q.s.equations = append(q.s.equations, terms)
	}
}

// divisor is the greatest common one.
func divisor(a, b int64) int64 {
	a, b = absolute(a), absolute(b)
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (q *equations) withRest(l linear) linear {
	var absent []int
	for u := range l {
		if u < 0 {
			absent = append(absent, u)
		}
	}
	if len(absent) == 0 {
		return l
	}
	slices.Sort(absent)
	out := linear{}
	var name strings.Builder
	value, persons := new(big.Rat), int64(0)
	shown := false
	for u, c := range l {
		if u >= 0 {
			out.add(u, c)
			shown = shown || q.groups[u] >= 0
		}
	}
	if !shown {
		return nil // nothing in it leaves, so it tells nothing
	}
	sign := big.NewRat(1, 1)
	if !slices.ContainsFunc(absent, func(u int) bool { return l[u].Sign() > 0 }) {
		sign.SetInt64(-1) // so that a rest of amounts taken away is an amount too
	}
	for _, u := range absent {
		cell, c := q.absent[-u-1], new(big.Rat).Mul(sign, l[u])
		fmt.Fprintf(&name, "%d*%s ", u, c)
		value.Add(value, new(big.Rat).Mul(c, new(big.Rat).SetInt64(cell.value)))
		if cell.persons < 0 || persons < 0 {
			persons = -1
		} else {
			persons += cell.persons
		}
	}
	kind := q.absent[-absent[0]-1].kind
	u, ok := q.rests[name.String()]
	if !ok {
		u = q.newUnknown(roundTo(value, one).Num().Int64(), -1, persons, kind)
		q.rests[name.String()] = u
	}
	out.add(u, new(big.Rat).Mul(sign, kind.unit()))
	return out
}
