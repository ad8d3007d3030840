package disclosure

import (
	"errors"
	"fmt"
	"slices"
)

// MinimumThreshold is the lowest number of persons behind a cell that may be
// configured (ABS DataLab and ACRO use 10).
const MinimumThreshold = 10

// Policy holds the parameters of the protection and for whom it is done.
type Policy struct {
	// Threshold is the smallest number of persons behind a cell that is shown.
	Threshold int
	// OwnDomains are the laws that the recipient sees in detail; nil means all.
	OwnDomains []string
}

// ErrThreshold says that a policy asks for less than [MinimumThreshold] persons.
var ErrThreshold = errors.New("the threshold is too low")

// Protect decides on every cell of the tables. A measure is hidden when 1 to
// Threshold-1 persons stand behind it, or when their number is not known; a row
// of open data is shown as it is, and zero persons is a zero. It fails closed: a table that
// names a count it does not have is an error, and nothing is released.
func Protect(tables []Table, policy Policy) (Released, error) {
	if policy.Threshold < MinimumThreshold {
		return Released{}, fmt.Errorf("%w: %d persons, at least %d are needed", ErrThreshold, policy.Threshold, MinimumThreshold)
	}
	var out Released
	for _, t := range tables {
		released, err := protectTable(t, policy)
		if err != nil {
			return Released{}, fmt.Errorf("table %s: %w", t.Name, err)
		}
		for _, row := range released.Rows {
			for _, c := range row {
				out.counts.Cells++
				if c.State == Hidden {
					out.counts.Hidden++
				}
			}
		}
		out.tables = append(out.tables, released)
	}
	return out, nil
}

// guard is a threshold with its names resolved to places in the row.
type guard struct {
	count    int
	measures []bool
}

func protectTable(t Table, policy Policy) (ReleasedTable, error) {
	if err := wellFormed(t); err != nil {
		return ReleasedTable{}, err
	}
	guards, err := resolve(t)
	if err != nil {
		return ReleasedTable{}, err
	}
	open, domain := index(t.Columns, t.Open), index(t.Columns, "domein")
	if t.Open != "" && open < 0 {
		return ReleasedTable{}, fmt.Errorf("there is no column %q that marks open data", t.Open)
	}
	if t.Detail && domain < 0 {
		return ReleasedTable{}, errors.New("a table with detail per domain needs a column domein")
	}
	var keep []int
	for i, c := range t.Columns {
		if !slices.Contains(t.Internal, c.Name) {
			keep = append(keep, i)
		}
	}
	out := ReleasedTable{
		Name: t.Name, Title: t.Title, Question: t.Question, Grain: t.Grain, Method: t.Method,
		Empty: t.Empty,
	}
	for _, i := range keep {
		out.Columns = append(out.Columns, t.Columns[i])
	}
	for _, row := range t.Rows {
		if t.Detail && policy.OwnDomains != nil && !slices.Contains(policy.OwnDomains, row[domain].Text) {
			continue
		}
		if t.Rare && tellsOfFew(row, guards, policy.Threshold) {
			continue
		}
		isOpen := open >= 0 && !row[open].Null && row[open].Text == "ja"
		cells := make([]Cell, 0, len(keep))
		for _, i := range keep {
			cells = append(cells, decide(t.Columns[i], row, i, guards, isOpen, policy.Threshold))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out, nil
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
		g := guard{count: count, measures: make([]bool, len(t.Columns))}
		for _, m := range th.Measures {
			if index(t.Columns, m) < 0 {
				return nil, fmt.Errorf("the guarded measure %q is not a column", m)
			}
		}
		for i, c := range t.Columns {
			if measure(c) && (len(th.Measures) == 0 || slices.Contains(th.Measures, c.Name)) {
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

func decide(c Column, row []Value, i int, guards []guard, isOpen bool, threshold int) Cell {
	v := row[i]
	if measure(c) && !isOpen {
		for _, g := range guards {
			if g.measures[i] && tooFew(row[g.count], threshold) {
				return Cell{State: Hidden}
			}
		}
	}
	if v.Null {
		return Cell{State: Unknown}
	}
	return Cell{State: Shown, Text: v.Text, Unscaled: v.Unscaled}
}

// tooFew holds for 1 to threshold-1 persons, and for a number that is unknown.
func tooFew(persons Value, threshold int) bool {
	return persons.Null || (persons.Unscaled != 0 && persons.Unscaled < int64(threshold))
}

// tellsOfFew holds when no count of the row reaches the threshold and not all are zero.
func tellsOfFew(row []Value, guards []guard, threshold int) bool {
	few := false
	for _, g := range guards {
		switch persons := row[g.count]; {
		case tooFew(persons, threshold):
			few = true
		case persons.Unscaled != 0:
			return false
		}
	}
	return few
}

func index(columns []Column, name string) int {
	return slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
}
