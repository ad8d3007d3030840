package report

import (
	"slices"
	"strings"

	"ontschot/pipeline/disclosure"
)

// The statuses of a period that may still change; every other one is definitive.
const (
	statusProvisional = "voorlopig"
	statusIncomplete  = "onvolledig" // in no comparison
)

// figure is a number made from released cells only. It is hidden when one of
// the cells that it needs is hidden, and unknown when one of them is unknown.
type figure struct {
	State disclosure.State
	Value float64
}

func shown(v float64) figure { return figure{Value: v} }

var unknown = figure{State: disclosure.Unknown}

// combine applies f when both are shown; hidden goes before unknown.
func combine(a, b figure, f func(a, b float64) figure) figure {
	switch {
	case a.State == disclosure.Hidden || b.State == disclosure.Hidden:
		return figure{State: disclosure.Hidden}
	case a.State == disclosure.Unknown || b.State == disclosure.Unknown:
		return unknown
	}
	return f(a.Value, b.Value)
}

func add(a, b figure) figure {
	return combine(a, b, func(a, b float64) figure { return shown(a + b) })
}

func minus(a, b figure) figure {
	return combine(a, b, func(a, b float64) figure { return shown(a - b) })
}

// growth is the relative change from base to now; unknown without a base.
func growth(base, now figure) figure {
	return combine(base, now, func(b, n float64) figure {
		if b <= 0 {
			return unknown
		}
		return shown((n - b) / b)
	})
}

// lookup finds cells of one released table by the values of some key columns.
type lookup struct {
	table disclosure.ReleasedTable
	keys  []int
	rows  map[string][]disclosure.Cell
}

func newLookup(r disclosure.Released, name string, keys ...string) lookup {
	l := lookup{rows: map[string][]disclosure.Cell{}}
	t, ok := r.Table(name)
	if !ok {
		return l
	}
	l.table = t
	for _, k := range keys {
		i := t.ColumnIndex(k)
		if i < 0 {
			return l
		}
		l.keys = append(l.keys, i)
	}
	for _, row := range t.Rows {
		values := make([]string, len(l.keys))
		for i, k := range l.keys {
			values[i] = keyText(t.Columns[k], row[k])
		}
		l.rows[strings.Join(values, "\x00")] = row
	}
	return l
}

// keyText is the text of a key, whether it is a word or a number.
func keyText(c disclosure.Column, cell disclosure.Cell) string {
	if c.Type == disclosure.Text {
		return cell.Text
	}
	return decimalText(cell.Unscaled, scaleOf(c))
}

func (l *lookup) row(keys ...string) []disclosure.Cell {
	return l.rows[strings.Join(keys, "\x00")]
}

// get is the number in a column of the row with these keys; a missing row or
// column is unknown.
func (l *lookup) get(column string, keys ...string) figure {
	row, i := l.row(keys...), l.table.ColumnIndex(column)
	if row == nil || i < 0 {
		return unknown
	}
	if row[i].State != disclosure.Shown {
		return figure{State: row[i].State}
	}
	return shown(asFloat(row[i].Unscaled, scaleOf(l.table.Columns[i])))
}

func (l *lookup) text(column string, keys ...string) string {
	row, i := l.row(keys...), l.table.ColumnIndex(column)
	if row == nil || i < 0 || row[i].State != disclosure.Shown {
		return ""
	}
	return row[i].Text
}

// distinct gives the values of a key column, sorted.
func (l *lookup) distinct(column string) []string {
	i := l.table.ColumnIndex(column)
	if i < 0 {
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, row := range l.table.Rows {
		if k := keyText(l.table.Columns[i], row[i]); !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// findings are what the first sheet says.
type findings struct {
	area        string   // the area that the sheet leads with
	others      []string // the areas it is compared with
	base, year  string   // year is empty when there is nothing to compare
	provisional bool
	hasBase     bool
	domains     []string
	shift       lookup
	cost        lookup
	line, stack lookup // of verschuiving_lijn and stapeling_personen
	figures     []keyFigure
	shifts      []domainShift
}

// domainShift is what one law gained or lost at the cost of the others.
type domainShift struct {
	domain               string
	shift, before, after figure
	points               figure // change of the share
}

// keyFigure is one line of the key figures: per area its value in both years.
type keyFigure struct {
	id        string
	format    format
	change    format
	tolerance float64 // a difference below this is called equal
	areas     map[string]areaFigure
}

type areaFigure struct{ base, now, change figure }

func find(b Book) findings {
	f := findings{
		base:  yearText(b.BaseYear),
		shift: newLookup(b.Released, "verschuiving_domein", "gebied", "jaar", "domein"),
		cost:  newLookup(b.Released, "kosten_per_domein", "gebied", "jaar", "domein"),
		line:  newLookup(b.Released, "verschuiving_lijn", "gebied", "jaar", "lijn"),
		stack: newLookup(b.Released, "stapeling_personen", "gebied", "jaar", "telling", "klasse"),
	}
	f.chooseArea()
	f.chooseYear()
	f.chooseFigures()
	for _, d := range f.domains {
		if f.year == "" {
			break
		}
		s := domainShift{
			domain: d,
			shift:  f.shift.get("verschuiving_reeel", f.area, f.year, d),
			before: f.shift.get("aandeel_basis_reeel", f.area, f.year, d),
			after:  f.shift.get("aandeel_reeel", f.area, f.year, d),
		}
		s.points = minus(s.after, s.before)
		f.shifts = append(f.shifts, s)
	}
	return f
}

// chooseArea leads with the pilot; open data may know the region only.
func (f *findings) chooseArea() {
	f.domains = domainOrder(append(f.shift.distinct("domein"), f.cost.distinct("domein")...))
	for _, area := range []string{"pilot", "controle", "regio"} {
		if f.hasEuros(area) {
			if f.area == "" && area != "controle" {
				f.area = area
			} else {
				f.others = append(f.others, area)
			}
		}
	}
}

// hasEuros tells whether any amount of the area is not a zero; a hidden one counts.
func (f *findings) hasEuros(area string) bool {
	for _, l := range []*lookup{&f.cost, &f.shift} {
		i, g := l.table.ColumnIndex("bedrag_reeel"), l.table.ColumnIndex("gebied")
		if i < 0 || g < 0 {
			continue
		}
		for _, row := range l.table.Rows {
			if row[g].Text == area && row[i].State != disclosure.Unknown && (row[i].State == disclosure.Hidden || row[i].Unscaled != 0) {
				return true
			}
		}
	}
	return false
}

// chooseYear takes the newest year that is definitive for every law; failing
// that the newest provisional one. An incomplete year is never compared.
func (f *findings) chooseYear() {
	years := unique(append(f.shift.distinct("jaar"), f.cost.distinct("jaar")...))
	f.hasBase = slices.Contains(years, f.base)
	if !f.hasBase || f.area == "" {
		return
	}
	slices.Sort(years)
	slices.Reverse(years)
	provisional := ""
	for _, y := range years {
		if y <= f.base {
			break
		}
		switch f.worstStatus(y) {
		case statusIncomplete:
		case statusProvisional:
			if provisional == "" {
				provisional = y
			}
		default:
			f.year = y
			return
		}
	}
	f.year, f.provisional = provisional, provisional != ""
}

func (f *findings) worstStatus(year string) string {
	worst := ""
	for _, d := range f.domains {
		for _, l := range []*lookup{&f.cost, &f.shift} {
			switch s := l.text("status", f.area, year, d); s {
			case statusIncomplete:
				return s
			case statusProvisional:
				worst = s
			}
		}
	}
	return worst
}

func unique(values []string) []string {
	slices.Sort(values)
	return slices.Compact(values)
}
