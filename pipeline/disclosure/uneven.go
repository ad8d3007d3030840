package disclosure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Uneven is a measure of which, in a period, some printed total differs by rounding from the sum of its printed parts.
type Uneven struct {
	Measure string // the name of its column
	Period  string // a year, or empty where the table knows none
}

// reading is a released table as a reader adds it up: from what is printed, and nothing else.
type reading struct {
	w       *workings
	t       *working
	printed *ReleasedTable
	rows    map[int]int // where a row of the table stands in what is printed
	columns map[int]int // and a column
	found   map[Uneven]bool
}

// uneven finds what does not add up to the last digit: areas to the area that they make up, rows to the row that is their total,
// and what the header says that a reader adds up.
func (r *reading) uneven() []Uneven {
	r.found = map[Uneven]bool{}
	if r.t.area >= 0 {
		r.addAreas()
	}
	r.addRows()
	for _, a := range r.t.additions {
		for row := range r.t.Rows {
			if sum, n, ok := r.sum(a.value, row); ok {
				r.compare(row, r.t.place[a.column], sum, n)
			}
		}
	}
	return slices.SortedFunc(maps.Keys(r.found), func(a, b Uneven) int {
		return cmp.Or(cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Period, b.Period))
	})
}

// value is a printed number.
func (r *reading) value(row, column int) (int64, bool) {
	at, ok := r.rows[row]
	c, ok2 := r.columns[column]
	if !ok || !ok2 || r.printed.Rows[at][c].State != Shown {
		return 0, false
	}
	return r.printed.Rows[at][c].Unscaled, true
}

// compare notes a total that differs from the sum of n parts by no more than rounding can do: what differs by more, such as a
// row that kept what was released of it, has another reason. A difference of two rounded numbers is off by a whole base.
func (r *reading) compare(row, column int, sum int64, n int) {
	total, ok := r.value(row, column)
	if gap := absolute(total - sum); !ok || r.t.isOpen(row) || gap == 0 || gap > int64(n+1)*r.t.Columns[column].Round {
		return
	}
	r.found[Uneven{r.t.Columns[column].Name, r.t.yearOf(row)}] = true
}

// addAreas adds up the rows that differ in their area only.
func (r *reading) addAreas() {
	var measures, others []int
	for i, c := range r.t.Columns {
		switch {
		case c.Key && i != r.t.area:
			others = append(others, i)
		case measure(c) && r.w.addsUp(r.t, i):
			measures = append(measures, i)
		}
	}
	if len(measures) == 0 {
		return
	}
	blocks := map[string]map[string]int{}
	for row := range r.rows {
		if name := r.t.joined(row, others); r.t.passes(row, r.t.adds) {
			if blocks[name] == nil {
				blocks[name] = map[string]int{}
			}
			blocks[name][r.t.textOf(row, r.t.area)] = row
		}
	}
	for _, block := range blocks {
		for area, row := range block {
			for _, parts := range r.w.partsOf(r.t.yearOf(row), area) {
				r.addParts(block, row, parts, measures)
			}
		}
	}
}

// addParts compares an area with the areas that it is made of, where each of them has a row.
func (r *reading) addParts(block map[string]int, whole int, parts []string, measures []int) {
next:
	for _, column := range measures {
		sum := int64(0)
		for _, part := range parts {
			row, there := block[part]
			if !there {
				return
			}
			v, ok := r.value(row, column)
			if !ok {
				continue next
			}
			sum += v
		}
		r.compare(whole, column, sum, len(parts))
	}
}

// partsOf are the ways in which the areas of one level make up an area in a year.
func (w *workings) partsOf(year, area string) [][]string {
	at := [2]string{year, area}
	if known, ok := w.made[at]; ok {
		return known
	}
	byLevel := map[string][]string{}
	for _, code := range slices.Sorted(maps.Keys(w.areas[year])) {
		if level := w.levels[code]; level != w.levels[area] && within(w.areas[year][code], w.areas[year][area]) {
			byLevel[level] = append(byLevel[level], code)
		}
	}
	var out [][]string
	for _, level := range slices.Sorted(maps.Keys(byLevel)) {
		var members []string
		for _, code := range byLevel[level] {
			members = append(members, w.areas[year][code]...)
		}
		slices.Sort(members)
		if len(byLevel[level]) > 1 && slices.Equal(members, w.areas[year][area]) {
			out = append(out, byLevel[level])
		}
	}
	w.made[at] = out
	return out
}

// addsUp says whether a measure of an area is the sum of that of its parts: by its header, or because it is made of such measures.
func (w *workings) addsUp(t *working, column int) bool {
	if slices.Contains(t.additive, column) {
		return true
	}
	if ratio := t.ratios[column]; ratio != nil && slices.Contains(t.additive, ratio.of) {
		return true
	}
	d, ok := t.derived[column]
	return ok && d.round == nil && d.roundFrom == "" && w.sumAddsUp(t, column, d.value)
}

func (w *workings) sumAddsUp(t *working, column int, x *expression) bool {
	switch {
	case x.operator == '+' || x.operator == '-':
		return w.sumAddsUp(t, column, x.left) && w.sumAddsUp(t, column, x.right)
	case x.sum != nil:
		other := t
		if x.sum.table != "" {
			other = w.byName[x.sum.table]
		}
		own := slices.ContainsFunc(x.sum.match, func(m matching) bool { return m.column == "gebied" && m.from == "gebied" })
		return own && (other != t || other.place[x.sum.column] != column) && w.addsUp(other, other.place[x.sum.column])
	case x.column != "":
		return t.place[x.column] != column && w.addsUp(t, t.place[x.column])
	}
	return false
}

// addRows adds up the rows that make the same total as one row of the table.
func (r *reading) addRows() {
	type side struct {
		rows []int
		sum  int64
		open bool // a part of it is not printed
	}
	for i, parts := range r.t.relations {
		column, ok := r.t.place[parts.value.column]
		if !ok {
			continue
		}
		for j, whole := range r.t.relations {
			if i == j || whole.total != parts.total || whole.value.column != parts.value.column {
				continue
			}
			sides := [2]map[string]*side{{}, {}}
			for k, relation := range []relation{parts, whole} {
				for row := range r.t.Rows {
					name, ok := r.t.totalName(row, relation, "")
					if !ok || !r.t.passes(row, relation.only) {
						continue
					}
					s := sides[k][name]
					if s == nil {
						s = &side{}
						sides[k][name] = s
					}
					v, shown := r.value(row, column)
					s.rows, s.sum, s.open = append(s.rows, row), s.sum+v, s.open || !shown
				}
			}
			for name, total := range sides[1] {
				if s := sides[0][name]; s != nil && !s.open && len(s.rows) > 1 && len(total.rows) == 1 {
					r.compare(total.rows[0], column, s.sum, len(s.rows))
				}
			}
		}
	}
}

// sum is what printed numbers come to by an addition of the header, and how many they are.
func (r *reading) sum(x *expression, row int) (sum int64, n int, ok bool) {
	switch {
	case x.number != nil: // the nought before a minus
		return 0, 0, true
	case x.column != "":
		sum, ok = r.value(row, r.t.place[x.column])
		return sum, 1, ok
	case x.sum != nil:
		_, rows := r.w.matched(r.t, row, x.sum)
		for _, other := range rows {
			v, shown := r.value(other, r.t.place[x.sum.column])
			if !shown {
				return 0, 0, false
			}
			sum, n = sum+v, n+1
		}
		return sum, n, n > 0
	}
	left, m, ok := r.sum(x.left, row)
	right, n, ok2 := r.sum(x.right, row)
	if x.operator == '-' {
		right = -right
	}
	return left + right, m + n, ok && ok2
}

// readAdditions reads what a reader adds up: columns of one scale, with + and - and som over rows of the table itself.
func (t *working) readAdditions() error {
	for _, text := range t.Additions {
		d, err := parseDerivation(text)
		if err != nil {
			return err
		}
		at, ok := t.place[d.column]
		if !ok || d.condition != nil || d.round != nil || d.roundFrom != "" || !t.adding(d.value, t.Columns[at]) {
			return fmt.Errorf("the addition %q is no sum of columns like the one that it makes", text)
		}
		t.additions = append(t.additions, d)
	}
	return nil
}

func (t *working) adding(x *expression, like Column) bool {
	same := func(name string) bool {
		at, ok := t.place[name]
		return ok && t.Columns[at].Type == like.Type && t.Columns[at].Scale == like.Scale
	}
	switch {
	case x.number != nil:
		return x.number.Sign() == 0
	case x.column != "":
		return same(x.column)
	case x.sum != nil:
		for _, m := range x.sum.match {
			if _, ok := t.place[m.column]; !ok {
				return false
			}
		}
		return x.sum.table == "" && same(x.sum.column)
	}
	return (x.operator == '+' || x.operator == '-') && t.adding(x.left, like) && t.adding(x.right, like)
}
