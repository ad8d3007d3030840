package disclosure

import "slices"

// release makes the tables as one recipient sees them.
func (w *workings) release(r Recipient, hidden []bool, truth *evaluation, counts Counts) Released {
	out := Released{counts: counts}
	e := w.evaluation(func(g int) bool { return hidden[g] })
	e.reader = r.Name
	for i, t := range w.tables {
		released := ReleasedTable{Name: t.Name, Title: t.Title, Question: t.Question, Grain: t.Grain, Method: t.Method, Empty: t.Empty}
		var keep []int
		reader := reading{w: w, t: t, printed: &released, rows: map[int]int{}, columns: map[int]int{}}
		for c, column := range t.Columns {
			if !slices.Contains(t.Internal, column.Name) {
				reader.columns[c] = len(keep)
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
			reader.rows[row] = len(released.Rows)
			released.Rows = append(released.Rows, cells)
		}
		released.Uneven = reader.uneven()
		if len(released.Rows) == 0 && len(t.Rows) > 0 {
			released.Empty = t.Withheld
		}
		out.tables = append(out.tables, released)
	}
	out.changes = changesSince(out.tables, r.Printed)
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
