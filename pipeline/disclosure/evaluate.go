package disclosure

import (
	"math/big"
	"slices"
)

// evaluation makes the cells of tables: as they are, or as they are released, rounded and with what is hidden.
type evaluation struct {
	w        *workings
	hidden   func(group int) bool // nil: the true values, not rounded
	reader   string               // the recipient who sees them
	computed map[cellPlace]outcome
	busy     map[cellPlace]bool // being computed: a column in its own formula is its own value
}

type cellPlace struct{ table, row, column int }

// outcome is what a cell or a part of a formula comes to.
type outcome struct {
	state State
	value *big.Rat
	text  string
}

var (
	outcomeHidden  = outcome{state: Hidden}
	outcomeUnknown = outcome{state: Unknown}
)

func (w *workings) evaluation(hidden func(int) bool) *evaluation {
	return &evaluation{w: w, hidden: hidden, computed: map[cellPlace]outcome{}, busy: map[cellPlace]bool{}}
}

// cell is the outcome of one cell, derived or not.
func (e *evaluation) cell(table, row, column int) outcome {
	t := e.w.tables[table]
	d, derived := t.derived[column]
	if !derived || t.isOpen(row) {
		return e.own(t, row, column, true)
	}
	at := cellPlace{table, row, column}
	if e.busy[at] {
		return e.own(t, row, column, false)
	}
	if o, ok := e.computed[at]; ok {
		return o
	}
	e.busy[at] = true
	o := e.derive(t, table, row, column, d)
	delete(e.busy, at)
	e.computed[at] = o
	return o
}

func (e *evaluation) derive(t *working, table, row, column int, d derivation) outcome {
	own := e.own(t, row, column, false)
	if own.state != Shown || e.repeats(t, row, column) {
		return own
	}
	if d.condition != nil {
		if c := e.expression(d.condition, table, row); c.state == Hidden {
			return outcomeHidden
		}
	}
	o := e.expression(d.value, table, row)
	if o.state != Shown || o.value == nil || e.hidden == nil {
		return o
	}
	base := d.round
	if d.roundFrom != "" {
		b := e.own(t, row, t.place[d.roundFrom], false)
		if b.state != Shown || b.value == nil || b.value.Sign() <= 0 {
			return outcomeHidden
		}
		base = b.value
	}
	if base != nil {
		o.value = roundTo(o.value, base)
	}
	return o
}

// own is the value that the analysis made, hidden with its group.
func (e *evaluation) own(t *working, row, column int, rounding bool) outcome {
	c, v := t.Columns[column], t.Rows[row][column]
	_, derived := t.derived[column]
	if (measure(c) || derived) && e.hidden != nil && e.hidden(t.groupAt(row, column)) {
		return outcomeHidden
	}
	if e.hidden != nil && t.own[column] && slices.Contains(t.before(row).Hidden[c.Name], e.reader) {
		return outcomeHidden // what was hidden from somebody stays so
	}
	if e.repeats(t, row, column) {
		// What was printed is printed again; it is rounded already.
		earlier, ok := t.before(row).Values[c.Name]
		switch {
		case !ok:
			return outcomeHidden
		case earlier.Null:
			return outcomeUnknown
		case c.Type == Text:
			return outcome{text: earlier.Text}
		}
		return outcome{value: scaled(earlier.Unscaled, c)}
	}
	if v.Null {
		return outcomeUnknown
	}
	if c.Type == Text {
		return outcome{text: v.Text}
	}
	unscaled := v.Unscaled
	if rounding && e.hidden != nil && measure(c) && !t.isOpen(row) && c.Round > 1 {
		unscaled = roundCount(unscaled, c.Round)
	}
	return outcome{value: scaled(unscaled, c)}
}

// repeats says whether a cell shows what a release printed of it.
func (e *evaluation) repeats(t *working, row, column int) bool {
	_, derived := t.derived[column]
	return (measure(t.Columns[column]) || derived) && e.hidden != nil && e.w.groups[t.groupAt(row, column)].repeats() && t.own[column]
}

func (e *evaluation) expression(x *expression, table, row int) outcome {
	switch {
	case x.number != nil:
		return outcome{value: x.number}
	case x.column != "":
		return e.cell(table, row, e.w.tables[table].place[x.column])
	case x.sum != nil:
		return e.sum(x.sum, table, row)
	}
	return combine(x.operator, e.expression(x.left, table, row), e.expression(x.right, table, row))
}

// combine computes with two outcomes; hidden goes before unknown.
func combine(operator byte, a, b outcome) outcome {
	switch {
	case a.state == Hidden || b.state == Hidden:
		return outcomeHidden
	case a.state == Unknown || b.state == Unknown || a.value == nil || b.value == nil:
		return outcomeUnknown
	}
	value := new(big.Rat)
	switch operator {
	case '+':
		value.Add(a.value, b.value)
	case '-':
		value.Sub(a.value, b.value)
	case '*':
		value.Mul(a.value, b.value)
	default:
		if b.value.Sign() == 0 {
			return outcomeUnknown
		}
		value.Quo(a.value, b.value)
	}
	return outcome{value: value}
}

func (e *evaluation) sum(s *sumOver, table, row int) outcome {
	t := e.w.tables[table]
	other, rows := e.w.matched(t, row, s)
	// The sum of no rows is zero; where that is not what the analysis meant, the derived value differs and is hidden.
	at := other.number
	total := outcome{value: new(big.Rat)}
	for _, r := range rows {
		total = combine('+', total, e.cell(at, r, other.place[s.column]))
	}
	return total
}

// released is a cell as it leaves.
func (e *evaluation) released(table, row, column int) Cell {
	o := e.cell(table, row, column)
	switch {
	case o.state != Shown:
		return Cell{State: o.state}
	case o.value == nil:
		return Cell{Text: o.text}
	}
	unscaled, ok := unscaledOf(o.value, e.w.tables[table].Columns[column])
	if !ok {
		return Cell{State: Unknown}
	}
	return Cell{Unscaled: unscaled}
}

// agrees says whether the formula of a derived cell, on the true values, gives its true value.
func (e *evaluation) agrees(table, row, column int) bool {
	t := e.w.tables[table]
	v, c := t.Rows[row][column], t.Columns[column]
	o := e.cell(table, row, column)
	if v.Null || t.isOpen(row) {
		return true // nothing is shown, or all of it is public
	}
	if o.state != Shown {
		return false
	}
	if o.value == nil {
		return o.text == v.Text
	}
	truth := scaled(v.Unscaled, c)
	gap := new(big.Rat).Sub(o.value, truth)
	allowed := new(big.Rat).Mul(new(big.Rat).Abs(truth), big.NewRat(1, 100_000))
	allowed.Add(allowed, scaled(2, c)) // a stored value is rounded; so are the values it was made of
	return gap.Abs(gap).Cmp(allowed) <= 0
}

// scaled is the number that an unscaled value stands for.
func scaled(unscaled int64, c Column) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(unscaled), power10(c))
}

func power10(c Column) *big.Int {
	if c.Type != Decimal {
		return big.NewInt(1)
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Scale)), nil)
}

// unscaledOf rounds a number to the scale of its column, half away from zero.
func unscaledOf(value *big.Rat, c Column) (int64, bool) {
	n := roundTo(new(big.Rat).Mul(value, new(big.Rat).SetInt(power10(c))), big.NewRat(1, 1))
	return n.Num().Int64(), n.Num().IsInt64()
}

// roundTo rounds to a multiple of base, half away from zero.
func roundTo(value, base *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(value, base)
	n := new(big.Int).Abs(q.Num())
	n.Mul(n, big.NewInt(2)).Add(n, q.Denom())
	n.Quo(n, new(big.Int).Mul(big.NewInt(2), q.Denom()))
	if q.Sign() < 0 {
		n.Neg(n)
	}
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), base)
}

// roundCount rounds a whole number to a multiple of base, half away from zero.
func roundCount(n, base int64) int64 {
	if n < 0 {
		return -roundCount(-n, base)
	}
	return (n + base/2) / base * base
}
