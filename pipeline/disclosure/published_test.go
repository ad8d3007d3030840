package disclosure

import (
	"math"
	"strconv"
	"testing"

	"ontschot/internal/golden"
)

func whole(t *testing.T, text string) int64 {
	t.Helper()
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// named numbers the words of a column as they come, from 1.
type named map[string]int

func (n named) place(word string) int {
	if _, ok := n[word]; !ok {
		n[word] = len(n) + 1
	}
	return n[word]
}

// crossed makes a table of two dimensions with its margins.
func crossed(t *testing.T, rows []map[string]string, first, second, measure string) (g *grid, lines, columns named) {
	t.Helper()
	lines, columns = named{}, named{}
	sums := map[[2]int]int64{}
	for _, row := range rows {
		sums[[2]int{lines.place(row[first]), columns.place(row[second])}] += whole(t, row[measure])
	}
	g = newGrid([]int{len(lines), len(columns)}, func(index []int) int64 { return sums[[2]int{index[0], index[1]}] })
	return g, lines, columns
}

func sameInterval(t *testing.T, s *system, known []bool, unknown int, row map[string]string) {
	t.Helper()
	low, high, err := s.interval(known, unknown)
	if err != nil {
		t.Fatal(err)
	}
	if low.infinite || high.infinite || math.Abs(low.value-float64(whole(t, row["lower"]))) > 1e-6 ||
		math.Abs(high.value-float64(whole(t, row["upper"]))) > 1e-6 {
		t.Errorf("%v: the interval is %v to %v", row, low, high)
	}
}

func TestPublishedIntervals(t *testing.T) {
	instances := map[string][]map[string]string{}
	for _, row := range golden.Rows(t, "sdc_instances_2d.csv") {
		instances[row["instance"]] = append(instances[row["instance"]], row)
	}
	cells := map[string][2]string{"w|b": {"w", "b"}, "X11": {"r1", "c1"}, "X12": {"r1", "c2"},
		"X21": {"r2", "c1"}, "X22": {"r2", "c2"}, "II|C": {"II", "C"}}
	for _, want := range golden.Rows(t, "sdc_instances_expected.csv") {
		name, extra := want["instance"], [2]string{}
		if name == "sdctable_problemdata + x|d suppressed" {
			name, extra = "sdctable_problemdata", [2]string{"x", "d"}
		}
		g, lines, columns := crossed(t, instances[name], "row", "col", "value")
		known := allTrue(len(g.values))
		for _, row := range instances[name] {
			if row["suppressed"] == "1" || ([2]string{row["row"], row["col"]}) == extra {
				known[g.at([]int{lines[row["row"]], columns[row["col"]]})] = false
			}
		}
		cell, ok := cells[want["cell"]]
		if !ok {
			t.Fatalf("an unknown cell %s", want["cell"])
		}
		sameInterval(t, &g.system, known, g.at([]int{lines[cell[0]], columns[cell[1]]}), want)
	}
}

func allTrue(n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

func TestPublishedLinkedTables(t *testing.T) {
	cells := golden.Rows(t, "sdc_linked_1d.csv")
	place := map[string]int{}
	for i, row := range cells {
		place[row["cell"]] = i
	}
	for _, want := range golden.Rows(t, "sdc_linked_1d_expected.csv") {
		s := &system{}
		totals := named{}
		var known []bool
		for _, row := range cells {
			s.values, s.signed = append(s.values, whole(t, row["value"])), append(s.signed, false)
			known = append(known, row["primary"] != "1")
		}
		byGroup := map[string][]string{
			"county table alone": {"county"}, "size table alone": {"group"}, "both tables together": {"county", "group"},
			"both + N suppressed": {"county", "group"},
		}[want["setting"]]
		if byGroup == nil {
			t.Fatalf("an unknown setting %s", want["setting"])
		}
		if want["setting"] == "both + N suppressed" {
			known[place["N"]] = false
		}
		for i, row := range cells {
			for _, column := range byGroup {
				e := totals.place(column+row[column]) - 1
				if e == len(s.equations) {
					s.equations = append(s.equations, nil)
				}
				s.equations[e] = append(s.equations[e], term{i, 1})
			}
		}
		sameInterval(t, s, known, place[want["cell"]], want)
		exact := want["lower"] == want["upper"]
		found := false
		for _, u := range s.exposed(known) {
			found = found || u == place[want["cell"]]
		}
		if found != exact {
			t.Errorf("%v: exposed is %v", want, found)
		}
	}
}

// TestPublishedMicrodata hides one cell of sdcTable's own example: exactly three more have to go.
func TestPublishedMicrodata(t *testing.T) {
	g, lines, columns := crossed(t, golden.Rows(t, "sdctable_microdata1.csv"), "region", "gender", "val")
	n := len(g.values)
	sensitive := make([]bool, n)
	target := g.at([]int{lines["A"], columns["female"]})
	sensitive[target] = true
	rows := g.rows()
	shown, unproven := g.protect(rows, sensitive, make([]bool, n), make([]bool, n),
		[]need{{unknown: target, up: 1, down: 1, width: 5}}, 1000)
	hidden := 0
	for r := range rows {
		if !shown[r] {
			hidden++
		}
	}
	if hidden != 4 || len(unproven) != 0 {
		t.Errorf("%d cells are hidden and %d needs unproven, want 4 and 0", hidden, len(unproven))
	}
}
