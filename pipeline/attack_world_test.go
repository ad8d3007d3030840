package pipeline_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// attackCell is a place in a table where a number stands.
type attackCell struct {
	table, column, key string
	fewest             int // contributors, 0 where nobody is in it
}

// attackNode is one number of the region, wherever it is printed.
type attackNode struct {
	measure, when, where, what string
	truth                      int64 // in its smallest unit
	scale                      int
	cells                      []attackCell
	known, marked              bool    // shown in some cell; hidden by a mark in some cell
	printed, base              float64 // what is printed, and to which multiple it was rounded
}

func (n *attackNode) String() string {
	return strings.Join([]string{n.measure, n.when, n.where, n.what}, "|")
}

func (n *attackNode) value() float64 { return float64(n.truth) * attackUnit(n.scale) }

// signed says that a reader cannot take it that the number is zero or more.
func (n *attackNode) signed() bool {
	for _, word := range []string{"delta ", "groei ", "verschuiving ", "effect ", "verschil ", "anders ", "andere "} {
		if strings.HasPrefix(n.what, word) {
			return true
		}
	}
	return n.truth < 0
}

// fewest is the smallest number of contributors of its cells.
func (n *attackNode) fewest() int {
	fewest := 0
	for _, c := range n.cells {
		if c.fewest > 0 && (fewest == 0 || c.fewest < fewest) {
			fewest = c.fewest
		}
	}
	return fewest
}

type attackTerm struct {
	node        int
	coefficient int64
}

// attackEquation says that a sum of numbers is a constant that everybody knows: zero, but for cents of rounding.
type attackEquation struct {
	why      string
	terms    []attackTerm
	constant int64
	loose    bool // it holds but for people who moved: a reader knows it only nearly
}

// attackBound says that a sum, in euros or persons, lies between two values.
type attackBound struct {
	why       string
	terms     map[int]float64
	low, high float64
}

// attackWorld is what an attacker knows of a region: which numbers there are and how they hang together.
type attackWorld struct {
	t         testing.TB
	truth     map[string][]attackRow
	nodes     []attackNode
	at        map[string]int
	equations []attackEquation
	bounds    []attackBound
	leaves    map[string]bool // tables that leave rows out
	dropped   map[string]int  // ratios of which the printed value is not what their name says
	rows      map[string]map[string]attackRow
}

func newAttackWorld(t testing.TB, region nightRegion, truth map[string][]attackRow, books []attackBook) *attackWorld {
	t.Helper()
	w := &attackWorld{t: t, truth: truth, at: map[string]int{}, leaves: map[string]bool{}, dropped: map[string]int{}}
	for _, table := range slices.Sorted(maps.Keys(attackMeasures)) {
		for _, row := range truth[table] {
			for _, column := range slices.Sorted(maps.Keys(attackMeasures[table])) {
				w.cell(table, column, attackMeasures[table][column], row)
			}
			if table == "verwijzing" {
				w.cell(table, "noemer", attackDenominator(row), row)
			}
		}
	}
	for table, rows := range truth {
		for _, row := range rows {
			there := false
			for _, book := range books {
				there = there || book[table].rows[row.key(table)] != nil
			}
			w.leaves[table] = w.leaves[table] || !there
		}
	}
	w.stacked()
	w.know(region)
	return w
}

// attackDenominator is what the numbers of a referral are divided by.
func attackDenominator(row attackRow) string {
	switch maat := row["maat"]; {
	case strings.HasSuffix(maat, "_per_1000"):
		return "verzekerdejaren|{jaar}|{gebied}|"
	case maat == "anderhalf_doorverwezen":
		return "contacten|{jaar}|{gebied}|maat anderhalf_per_1000"
	case maat == "verwezen_door_huisarts":
		return "contacten|{jaar}|{gebied}|met verwijzer"
	}
	return "contacten|{jaar}|{gebied}|maat eerste_dbc_per_1000"
}

// cell notes that a number stands in a cell.
func (w *attackWorld) cell(table, column, name string, row attackRow) {
	text, ok := row[column]
	if !ok {
		return
	}
	id := w.node(attackFill(name, row))
	n := &w.nodes[id]
	value := attackUnscaled(w.t, text, n.scale)
	if len(n.cells) > 0 && n.truth != value {
		w.t.Fatalf("%s is %d in %s.%s of %s, and %d in %v", n, value, table, column, row.key(table), n.truth, n.cells)
	}
	n.truth = value
	n.cells = append(n.cells, attackCell{table: table, column: column, key: row.key(table), fewest: attackFewest(table, column, row)})
}

// node finds a number by name, or makes it.
func (w *attackWorld) node(name string) int {
	if id, ok := w.at[name]; ok {
		return id
	}
	parts := strings.SplitN(name, "|", 4)
	id := len(w.nodes)
	w.at[name] = id
	w.nodes = append(w.nodes, attackNode{measure: parts[0], when: parts[1], where: parts[2], what: parts[3], scale: attackScale[parts[0]]})
	return id
}

// stacked adds what the persons of a class cost together: the mean times their number.
func (w *attackWorld) stacked() {
	for _, count := range []string{"personen", "huishoudens"} {
		table := "stapeling_" + count
		for _, row := range w.truth[table] {
			for _, kind := range [][2]string{{"bedrag_gemiddeld", "euro"}, {"bedrag_gemiddeld_reeel", "reeel"}} {
				column, measure := kind[0], kind[1]
				mean, err := strconv.ParseFloat(row[column], 64)
				if err != nil {
					continue
				}
				persons, err := strconv.ParseFloat(row[count], 64)
				if err != nil {
					w.t.Fatal(err)
				}
				n := &w.nodes[w.node(attackFill(measure+"|{jaar}|{gebied}|stapel "+count+" {telling} {klasse}", row))]
				n.truth = int64(math.Round(mean * persons * 100))
				n.cells = append(n.cells, attackCell{table: table, column: column, key: row.key(table), fewest: attackFewest(table, column, row)})
			}
		}
	}
}

// sum is an equation: a number is the sum of others. A number that no row gives is zero; hub makes the sum itself, when
// no cell holds it.
func (w *attackWorld) sum(why, whole string, parts []string, hub bool) {
	terms := map[string]int64{}
	for _, p := range parts {
		terms[p]++
	}
	if _, ok := w.at[whole]; !ok && hub {
		total := int64(0)
		for _, p := range parts {
			if id, ok := w.at[p]; ok {
				total += w.nodes[id].truth
			}
		}
		w.nodes[w.node(whole)].truth = total
	}
	terms[whole]--
	w.others(whole, terms)
	w.equal(why, terms)
}

// others adds, to a sum over combinations of which a table leaves some out, those that nobody knows.
func (w *attackWorld) others(whole string, terms map[string]int64) {
	_, about := attackAbout(whole)
	for name := range terms {
		if when, what := attackAbout(name); name != whole && what != about && w.rare(when, what) {
			measure, _, _ := strings.Cut(whole, "|")
			other := fmt.Sprintf("%s|||andere combinaties %d", measure, len(w.equations))
			w.node(other)
			terms[other] = 1
			return
		}
	}
}

// attackAbout takes the when and the what out of the name of a number.
func attackAbout(name string) (when, what string) {
	parts := strings.SplitN(name, "|", 4)
	return parts[1], parts[3]
}

// rare says that rows with few persons are left out of the table of these numbers: what is not there need not be zero.
func (w *attackWorld) rare(when, what string) bool {
	word, _, _ := strings.Cut(what, " ")
	if word == "soort" && len(when) > len("2017-K1") {
		return w.leaves["volledigheid"]
	}
	return w.leaves[map[string]string{
		"arrangement": "arrangementen", "overgang": "overgangen", "stroom": "stroom_personen", "soort": "kosten_per_zorgsoort", "regel": "specialistische_zorg",
	}[word]]
}

// equal adds the equation that these terms come to nothing.
func (w *attackWorld) equal(why string, terms map[string]int64) {
	e := attackEquation{why: why}
	scale := 0
	for _, name := range slices.Sorted(maps.Keys(terms)) {
		id, ok := w.at[name]
		if !ok || terms[name] == 0 {
			continue
		}
		scale = max(scale, w.nodes[id].scale)
		e.terms = append(e.terms, attackTerm{id, terms[name]})
		e.constant += terms[name] * w.nodes[id].truth
	}
	if len(e.terms) == 0 {
		return
	}
	e.why = fmt.Sprintf("%s: %s", why, w.nodes[e.terms[0].node].String())
	// Cents of rounding are nobody's secret; persons must add up.
	e.loose = scale == 0 && e.constant != 0 || attackAbs(e.constant) > 100
	w.equations = append(w.equations, e)
}

func attackAbs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

// ratios adds what is printed of numbers divided by others. Nobody knows more of a printed number than its last decimal,
// and of the two numbers behind it more than what they were rounded to.
func (w *attackWorld) ratios(books []attackBook) {
	w.bounds = nil
	for _, r := range attackRatios {
		for _, row := range w.truth[r.table] {
			if r.only != "" && !strings.Contains(r.values, " "+row[r.only]+" ") {
				continue
			}
			above, ok := w.at[attackFill(r.above, row)]
			below, found := w.at[attackFill(r.below, row)]
			if !ok || !found {
				continue
			}
			for _, book := range books {
				w.ratio(r, book[r.table].rows[row.key(r.table)], row, above, below)
			}
		}
	}
}

func (w *attackWorld) ratio(r attackRatio, shown, row attackRow, above, below int) {
	value, ok := attackNumber(shown[r.column])
	a, b := &w.nodes[above], &w.nodes[below]
	if !ok || a.known && b.known || b.truth == 0 {
		return
	}
	half := attackHalfDecimal(shown[r.column])
	// Made of exact or of rounded numbers: the attacker does not know, and allows for both.
	slack := r.factor*a.loss() + math.Abs(value)*b.loss() + 1e-6
	name := r.table + "." + r.column
	off := math.Abs(r.factor*a.value() - value*b.value())
	if off > slack+half*math.Abs(b.value()) {
		w.dropped[name]++
		return
	}
	w.bounds = append(w.bounds,
		attackBound{name + " of " + row.key(r.table), map[int]float64{above: r.factor, below: -(value + half)}, math.Inf(-1), slack},
		attackBound{name + " of " + row.key(r.table), map[int]float64{above: r.factor, below: -(value - half)}, -slack, math.Inf(1)})
}

// loss is how far a printed number may lie from the true one.
func (n *attackNode) loss() float64 {
	switch {
	case n.base > 0:
		return n.base/2 + attackUnit(n.scale)/2
	case len(n.cells) == 0 && n.scale == 2:
		return 4000 // a sum of up to eight rounded numbers
	case n.scale == 2:
		return 500
	}
	return 2.5
}

// attackHalfDecimal is half of the last decimal of a ratio: of six, or of the fewer that it is printed with.
func attackHalfDecimal(text string) float64 {
	if strings.ContainsAny(text, "eE") {
		return 0.5e-6
	}
	_, part, _ := strings.Cut(text, ".")
	if len(part) >= 4 {
		return 0.5e-6
	}
	return 0.5 * math.Pow10(-len(part))
}
