package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// guard is a threshold with its names resolved to places in the row.
type guard struct {
	count    int
	measures []bool
	whole    bool // it guards every measure of the row
}

// wellFormed refuses a table in which a name or a value could stand for another.
func wellFormed(t Table) error {
	for i, c := range t.Columns {
		if index(t.Columns, c.Name) != i {
			return fmt.Errorf("there are two columns %q", c.Name)
		}
	}
	for _, name := range t.Internal {
		if index(t.Columns, name) < 0 {
			return fmt.Errorf("the internal column %q is not a column", name)
		}
	}
	if t.Dominance != "" && index(t.Columns, t.Dominance) < 0 {
		return fmt.Errorf("the amount %q of the largest contributors is not a column", t.Dominance)
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d has %d values for %d columns", i+1, len(row), len(t.Columns))
		}
	}
	return nil
}

// resolve turns the thresholds of a table into places; every measure must be
// guarded by at least one of them.
func resolve(t Table) ([]guard, error) {
	var guards []guard
	guarded := make([]bool, len(t.Columns))
	for _, th := range t.Thresholds {
		count := index(t.Columns, th.Count)
		if count < 0 || t.Columns[count].Type != Integer {
			return nil, fmt.Errorf("the count of persons %q is not a column with whole numbers", th.Count)
		}
		g := guard{count: count, measures: make([]bool, len(t.Columns)), whole: len(th.Measures) == 0}
		for _, m := range th.Measures {
			if index(t.Columns, m) < 0 {
				return nil, fmt.Errorf("the guarded measure %q is not a column", m)
			}
		}
		for i, c := range t.Columns {
			if measure(c) && (g.whole || slices.Contains(th.Measures, c.Name)) {
				g.measures[i], guarded[i] = true, true
			}
		}
		guards = append(guards, g)
	}
	for i, c := range t.Columns {
		if measure(c) && !guarded[i] && !slices.Contains(t.Internal, c.Name) {
			return nil, fmt.Errorf("the measure %q is guarded by no count of persons", c.Name)
		}
	}
	return guards, nil
}

func measure(c Column) bool { return !c.Key && c.Type != Text }

func index(columns []Column, name string) int {
	return slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
}

// classify gives columns that the same thresholds guard the same class; class 0 is what only the whole row guards.
func (t *working) classify() {
	t.classes = make([]int, len(t.Columns))
	mask := func(guards func(guard) bool) string {
		var b strings.Builder
		for _, g := range t.guards {
			fmt.Fprint(&b, g.whole || guards(g))
		}
		return b.String()
	}
	known := map[string]int{mask(func(guard) bool { return false }): 0}
	for i, c := range t.Columns {
		if _, derived := t.derived[i]; !measure(c) && !derived {
			continue
		}
		m := mask(func(g guard) bool { return g.measures[i] })
		if _, ok := known[m]; !ok {
			known[m] = len(known)
		}
		t.classes[i] = known[m]
	}
	t.classN = len(known)
}

// fewest is the smallest number of persons, above zero, behind a class of a row; -1 where it is not known.
func (t *working) fewest(row, class int) int64 {
	var least int64
	for _, g := range t.guards {
		if !g.whole && !t.guardsClass(g, class) {
			continue
		}
		v := t.Rows[row][g.count]
		switch {
		case v.Null || v.Unscaled < 0:
			return -1
		case v.Unscaled > 0 && (least == 0 || v.Unscaled < least):
			least = v.Unscaled
		}
	}
	return least
}

func (t *working) guardsClass(g guard, class int) bool {
	for i, guarded := range g.measures {
		if guarded && t.classes[i] == class {
			return true
		}
	}
	return false
}
