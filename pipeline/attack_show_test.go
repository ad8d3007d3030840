package pipeline_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// show notes which numbers the workbooks show together, and which they hide.
func (w *attackWorld) show(books []attackBook) {
	bases := attackBases(w, books)
	for i := range w.nodes {
		n := &w.nodes[i]
		n.known, n.marked = false, false
		for _, c := range n.cells {
			for _, book := range books {
				row, ok := book[c.table].rows[c.key]
				text := row[c.column]
				switch value, number := attackNumber(text); {
				case !ok:
				case text == attackMark:
					n.marked = true
				case !number:
				case w.ratioColumn(c):
					n.marked = n.marked && !number // a mean is no sum: the bounds tell what follows from it
				default:
					n.known, n.printed, n.base = true, value, bases[c.table+"."+c.column]
				}
			}
		}
	}
	w.ratios(books)
	w.expected()
}

// ratioColumn says that a number is not in its cell itself, but behind a mean.
func (w *attackWorld) ratioColumn(c attackCell) bool {
	return c.column == "bedrag_gemiddeld" || c.column == "bedrag_gemiddeld_reeel"
}

// attackBases finds to what the numbers of a column are rounded: the largest of a few steps that all of them are multiples of.
func attackBases(w *attackWorld, books []attackBook) map[string]float64 {
	bases := map[string]float64{}
	for table, columns := range attackMeasures {
		for column := range columns {
			for _, step := range []float64{1000, 100, 10, 5, 1} {
				some, all := false, true
				for _, book := range books {
					for _, row := range book[table].rows {
						if v, ok := attackNumber(row[column]); ok && v != 0 {
							some = true
							all = all && math.Abs(v-math.Round(v/step)*step) < 1e-9
						}
					}
				}
				if some && all {
					bases[table+"."+column] = step
					break
				}
			}
		}
	}
	return bases
}

// threshold says what would be known if only cells with few contributors were hidden, and nothing beside them.
func (w *attackWorld) threshold(threshold int) []bool {
	known := make([]bool, len(w.nodes))
	for i := range w.nodes {
		n := &w.nodes[i]
		for _, c := range n.cells {
			if !w.ratioColumn(c) && (c.fewest == 0 || c.fewest >= threshold) {
				known[i] = true
			}
		}
	}
	return known
}

// shown says what is known from the workbooks.
func (w *attackWorld) shown() []bool {
	known := make([]bool, len(w.nodes))
	for i := range w.nodes {
		known[i] = w.nodes[i].known
	}
	return known
}

// singles says what would be known if everybody who is alone in a number told it.
func (w *attackWorld) singles(known []bool) []bool {
	out := slices.Clone(known)
	for i := range w.nodes {
		out[i] = out[i] || w.nodes[i].fewest() == 1
	}
	return out
}

// targets are the numbers that rest on few persons and must not be found.
func (w *attackWorld) targets(known []bool) map[int]bool {
	out := map[int]bool{}
	for i := range w.nodes {
		n := &w.nodes[i]
		// How many persons the highest 1, 5 and 10% are follows from how many live there, and tells of nobody.
		// And who has no care costs nothing.
		definition := n.measure == "personen" && strings.HasPrefix(n.what, "groep top") || n.what == "arrangement geen" && n.scale == 2
		if f := n.fewest(); !known[i] && !definition && (f > 0 && f < 10 || w.dominated(n)) {
			out[i] = true
		}
	}
	return out
}

// dominated says that the second largest person of an amount could tell the largest to within 10%.
func (w *attackWorld) dominated(n *attackNode) bool {
	if n.measure != "euro" || n.signed() {
		return false
	}
	for _, c := range n.cells {
		if c.column != "bedrag" && c.column != "aangeleverd" {
			continue
		}
		row := w.row(c.table, c.key)
		first, err := strconv.ParseFloat(row["grootste"], 64)
		second, err2 := strconv.ParseFloat(row["tweede"], 64)
		if err == nil && err2 == nil && first > 0 && n.value()-first-second < 0.1*first {
			return true
		}
	}
	return false
}
