package disclosure

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// levelNeighbourhood is the finest area.
const levelNeighbourhood = "buurt"

// workings hold the tables of a night with everything resolved that their headers name.
type workings struct {
	policy  Policy
	tables  []*working
	byName  map[string]*working
	areas   map[string]map[string][]string // year -> area -> neighbourhoods, sorted
	levels  map[string]string              // area -> level
	parts   map[string]map[string]*part    // year -> neighbourhood -> part
	made    map[[2]string][][]string       // year and area -> the areas that it is made of, in each way
	indexes map[string]map[string][]int    // rows by the values of some columns
	groups  []group
}

// working is one table with its names resolved.
type working struct {
	Table
	number    int            // its place among the tables
	place     map[string]int // column -> place
	guards    []guard
	classes   []int // per column the class of columns that are guarded alike; they are hidden together
	classN    int
	derived   map[int]derivation
	relations []relation
	additions []derivation
	additive  []int
	adds      []matching     // what the rows whose measures add up over areas have; none is all
	ratios    map[int]*ratio // proportional column -> what it is proportional to
	open      int
	domain    int
	area      int
	year      int
	first     int       // the first group of the table
	own       []bool    // per column: it shows a number of its own, not one made from released ones only
	earlier   []Earlier // per row; nil before the first release
}

// group is what is shown or hidden together: the measures of a row that the same counts guard.
type group struct {
	table, row, class int
	unknowns          []int
	persons           int64 // the fewest that any guard counts; -1 is not known
	sensitive         bool
	shown             bool
	kept              bool // it shows what was last released of it, for few persons' data changed since
	forced            bool // a release hid it, so that it stays hidden
	given             bool // an earlier release told its value, or nearly
}

func newWorkings(tables []Table, policy Policy) (*workings, error) {
	w := &workings{policy: policy, byName: map[string]*working{}, indexes: map[string]map[string][]int{}, levels: map[string]string{}, areas: map[string]map[string][]string{}, parts: map[string]map[string]*part{}, made: map[[2]string][][]string{}}
	for _, a := range policy.Areas {
		year := strconv.Itoa(a.Year)
		if w.areas[year] == nil {
			w.areas[year] = map[string][]string{}
		}
		w.areas[year][a.Code] = append(w.areas[year][a.Code], a.Neighbourhood)
		w.levels[a.Code] = a.Level
	}
	for _, year := range w.areas {
		for _, inside := range year {
			slices.Sort(inside)
		}
	}
	for i := range tables {
		t, err := newWorking(tables[i])
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", tables[i].Name, err)
		}
		t.number, t.first = i, len(w.groups)
		for r := range t.Rows {
			for c := range t.classN {
				w.groups = append(w.groups, group{table: i, row: r, class: c})
			}
		}
		w.tables = append(w.tables, t)
		w.byName[t.Name] = t
	}
	for _, t := range w.tables {
		if err := w.resolveSums(t); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		w.resolveEarlier(t)
	}
	return w, nil
}

func newWorking(table Table) (*working, error) {
	t := &working{Table: table, place: map[string]int{}, derived: map[int]derivation{}, ratios: map[int]*ratio{}}
	if err := wellFormed(table); err != nil {
		return nil, err
	}
	for i, c := range table.Columns {
		t.place[c.Name] = i
	}
	t.open, t.domain, t.area, t.year = index(t.Columns, t.Open), index(t.Columns, "domein"), index(t.Columns, "gebied"), index(t.Columns, "jaar")
	if t.Open != "" && t.open < 0 {
		return nil, fmt.Errorf("there is no column %q that marks open data", t.Open)
	}
	if t.Detail && t.domain < 0 {
		return nil, errors.New("a table with detail per domain needs a column domein")
	}
	var err error
	if t.guards, err = resolve(table); err != nil {
		return nil, err
	}
	for _, text := range table.Derived {
		d, err := parseDerivation(text)
		if err != nil {
			return nil, err
		}
		at, ok := t.place[d.column]
		if !ok {
			return nil, fmt.Errorf("the derived column %q is not a column", d.column)
		}
		t.derived[at] = d
	}
	for _, text := range table.Sums {
		r, err := parseRelation(text)
		if err != nil {
			return nil, err
		}
		t.relations = append(t.relations, r)
	}
	if err := errors.Join(t.resolveAdditive(), t.readAdditions()); err != nil {
		return nil, err
	}
	for i, c := range table.Columns {
		_, derived := t.derived[i]
		if measure(c) && !derived && c.Round <= 0 && !slices.Contains(t.Internal, c.Name) {
			return nil, fmt.Errorf("the measure %q is neither rounded nor derived", c.Name)
		}
	}
	t.classify()
	return t, t.resolveRatios()
}

// resolveAdditive reads `measure, measure [waar column = 'value']`.
func (t *working) resolveAdditive() error {
	if t.Additive == "" {
		return nil
	}
	p := newParser(t.Additive)
	for {
		name, err := p.name()
		if err != nil {
			return err
		}
		at, ok := t.place[name]
		if !ok {
			return fmt.Errorf("the additive measure %q is not a column", name)
		}
		t.additive = append(t.additive, at)
		if !p.take(",") {
			break
		}
	}
	var err error
	if t.adds, err = p.filter(); err != nil {
		return err
	}
	return p.end()
}

// groupAt is the group of a cell.
func (t *working) groupAt(row, column int) int { return t.first + row*t.classN + t.classes[column] }

// isOpen holds for a row that is made of open data only.
func (t *working) isOpen(row int) bool {
	return t.open >= 0 && !t.Rows[row][t.open].Null && t.Rows[row][t.open].Text == "ja"
}

// keyText is the text of a value, for matching and for names.
func keyText(c Column, v Value) string {
	switch {
	case v.Null:
		return ""
	case c.Type == Text:
		return v.Text
	}
	return strconv.FormatInt(v.Unscaled, 10)
}

func (t *working) textOf(row, column int) string {
	return keyText(t.Columns[column], t.Rows[row][column])
}

// level is that of the area of a row; empty where the table knows no areas.
func (w *workings) level(t *working, row int) string {
	if t.area < 0 {
		return ""
	}
	return w.levels[t.Rows[row][t.area].Text]
}

// leaves says whether a row may leave the building at all, hidden or not.
func (w *workings) leaves(t *working, row int) bool {
	return t.Neighbourhoods || w.level(t, row) != levelNeighbourhood
}

// visible says whether a recipient sees the row.
func (w *workings) visible(t *working, row int, r Recipient) bool {
	return w.leaves(t, row) && (!t.Detail || r.OwnDomains == nil || slices.Contains(r.OwnDomains, t.Rows[row][t.domain].Text))
}

// rowsWith finds the rows of a table that have these texts in these columns.
func (w *workings) rowsWith(t *working, columns []int, texts []string) []int {
	name := t.Name + fmt.Sprint(columns)
	found, ok := w.indexes[name]
	if !ok {
		found = map[string][]int{}
		for r := range t.Rows {
			key := t.joined(r, columns)
			found[key] = append(found[key], r)
		}
		w.indexes[name] = found
	}
	return found[strings.Join(texts, "\x00")+"\x00"]
}

// resolveSums checks that every column that a header names is there, before any is used.
func (w *workings) resolveSums(t *working) error {
	var all []*expression
	for i := range t.Columns {
		if d, ok := t.derived[i]; ok {
			all = append(all, d.value)
			if d.condition != nil {
				all = append(all, d.condition)
			}
			if _, ok := t.place[d.roundFrom]; d.roundFrom != "" && !ok {
				return fmt.Errorf("the base %q of column %q is not a column", d.roundFrom, d.column)
			}
		}
	}
	for _, r := range append(slices.Clone(t.relations), relation{only: t.adds}) {
		if r.value != nil {
			all = append(all, r.value)
		}
		for _, m := range r.only {
			if _, ok := t.place[m.column]; !ok || len(m.values) == 0 {
				return fmt.Errorf("a filter names %q: a column with its values is expected", m.column)
			}
		}
		for _, k := range r.keys {
			if _, ok := t.place[k.column]; k.column != "" && !ok {
				return fmt.Errorf("the key %q of the total %q is not a column", k.column, r.total)
			}
		}
	}
	for len(all) > 0 {
		e := all[0]
		all = all[1:]
		switch {
		case e.operator != 0:
			all = append(all, e.left, e.right)
		case e.sum != nil:
			if err := w.resolveSum(t, e.sum); err != nil {
				return err
			}
		case e.column != "":
			if _, ok := t.place[e.column]; !ok {
				return fmt.Errorf("an expression names %q, which is not a column", e.column)
			}
		}
	}
	return nil
}

func (w *workings) resolveSum(t *working, s *sumOver) error {
	other := t
	if s.table != "" {
		if other = w.byName[s.table]; other == nil {
			return fmt.Errorf("an expression names the table %q, which is not there", s.table)
		}
	}
	if _, ok := other.place[s.column]; !ok {
		return fmt.Errorf("an expression names %s.%s, which is not a column", other.Name, s.column)
	}
	for _, m := range s.match {
		if _, ok := other.place[m.column]; !ok {
			return fmt.Errorf("an expression matches on %s.%s, which is not a column", other.Name, m.column)
		}
		if _, ok := t.place[m.from]; m.from != "" && m.from != baseYear && !ok {
			return fmt.Errorf("an expression matches with %q, which is not a column", m.from)
		}
	}
	return nil
}

// baseYear is the word for the base year in an expression.
const baseYear = "basis"

// matched finds the rows that a sum adds, for a row.
func (w *workings) matched(t *working, row int, s *sumOver) (*working, []int) {
	other := t
	if s.table != "" {
		other = w.byName[s.table]
	}
	columns := make([]int, len(s.match))
	choices := [][]string{{}}
	for i, m := range s.match {
		columns[i] = other.place[m.column]
		values := m.values
		switch {
		case m.from == baseYear:
			values = []string{strconv.Itoa(w.policy.BaseYear)}
		case m.from != "":
			values = strings.Split(t.textOf(row, t.place[m.from]), "|")
		}
		var longer [][]string
		for _, c := range choices {
			for _, v := range values {
				longer = append(longer, append(slices.Clone(c), v))
			}
		}
		choices = longer
	}
	var rows []int
	for _, c := range choices {
		rows = append(rows, w.rowsWith(other, columns, c)...)
	}
	return other, rows
}
