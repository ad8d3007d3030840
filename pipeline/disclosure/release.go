package disclosure

import (
	"fmt"
	"slices"
)

// release makes the tables as one recipient sees them.
func (w *workings) release(r Recipient, hidden []bool, truth *evaluation, counts Counts) Released {
	out := Released{counts: counts}
	e := w.evaluation(func(g int) bool { return hidden[g] })
	e.reader = r.Name
	for i, t := range w.tables {
		released := ReleasedTable{Name: t.Name, Title: t.Title, Question: t.Question, Grain: t.Grain, Method: t.Method, Empty: t.Empty}
		var keep []int
		for c, column := range t.Columns {
			if !slices.Contains(t.Internal, column.Name) {
				keep = append(keep, c)
				released.Columns = append(released.Columns, column)
			}
		}
		kept := slices.ContainsFunc(w.groups[t.first:t.first+len(t.Rows)*t.classN], func(g group) bool { return g.kept })
		if kept {
			released.Columns = append(released.Columns, Column{Name: columnUnchanged, Type: Text})
		}
		for row := range t.Rows {
			if !w.visible(t, row, r) || t.Rare && w.leftOut(t, row) {
				continue
			}
			cells := make([]Cell, 0, len(keep)+1)
			for _, c := range keep {
				cell := e.released(i, row, c)
				if _, derived := t.derived[c]; derived && cell.State == Shown && !truth.agrees(i, row, c) {
					cell = Cell{State: Hidden}
					out.counts.Mismatches++
				}
				out.counts.Cells++
				if cell.State == Hidden {
					out.counts.Hidden++
				}
				cells = append(cells, cell)
			}
			if kept {
				cells = append(cells, Cell{Text: w.unchanged(t, row)})
			}
			released.Rows = append(released.Rows, cells)
		}
		if len(released.Rows) == 0 && len(t.Rows) > 0 {
			released.Empty = t.Withheld
		}
		out.tables = append(out.tables, released)
	}
	return out
}

// flag counts what is shown and yet deserves a look: an answer that nine tenths of an area give, and a number that says that
// nobody has something. Both are common output-checking warnings; neither tells of a person by itself.
func (w *workings) flag(counts *Counts) {
	for _, t := range w.tables {
		for row := range t.Rows {
			if g := w.groups[t.first+row*t.classN]; g.persons == 0 && g.shown && w.leaves(t, row) && len(t.guards) > 0 {
				counts.Zeros++
			}
		}
		for _, r := range t.relations {
			column, ok := t.place[r.value.column]
			if !ok || t.Columns[column].Type != Integer {
				continue
			}
			sums, most := map[string]int64{}, map[string]int64{}
			for row, values := range t.Rows {
				name, ok := t.totalName(row, r, "")
				if !ok || !w.leaves(t, row) || !t.passes(row, r.only) {
					continue
				}
				sums[name] += values[column].Unscaled
				most[name] = max(most[name], values[column].Unscaled)
			}
			for name, sum := range sums {
				if sum >= int64(w.policy.Threshold) && 10*most[name] > 9*sum {
					counts.Uniform++
				}
			}
		}
	}
}

// leftOut holds for a row of a Rare table that rests on few, unless it was released before.
func (w *workings) leftOut(t *working, row int) bool {
	return w.tellsOfFew(t, row) && w.unchanged(t, row) == ""
}

// tellsOfFew holds when some measure of the row rests on few and none on enough.
func (w *workings) tellsOfFew(t *working, row int) bool {
	few := false
	for _, g := range t.guards {
		switch persons := t.Rows[row][g.count]; {
		case persons.Null || persons.Unscaled != 0 && persons.Unscaled < int64(w.policy.Threshold):
			few = true
		case persons.Unscaled != 0:
			return false
		}
	}
	return few
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
