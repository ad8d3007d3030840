package disclosure

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// gateList lists the cells of gateTable on sheets of four rows: area, year, name of the measure, number, mark.
func gateList() Account {
	a := gateAccount()
	a.List = &List{Parts: []string{"Gegevens", "Gegevens 2"}, FirstRow: 3, PartRows: 4, Blocks: []Block{{
		Table: "kosten", Rows: []int{1, 0, 2}, Measures: []int{2, 3}, Columns: []ListedColumn{
			{Sources: []int{0}, Words: func(c []Cell) string { return strings.ToUpper(c[0].Text) }},
			{Sources: []int{1}, Words: func(c []Cell) string { return strconv.FormatInt(c[0].Unscaled, 10) }, Number: true},
			{Kind: ListedName, Names: []string{"Personen", "Bedrag"}}, {Kind: ListedValue}, {Kind: ListedMark},
		},
	}}}
	return a
}

// listSheets are the sheets that the list speaks of.
func listSheets() []Found {
	var out []Found
	for i, row := range [][]string{
		{"PILOT", "2017", "Personen", "", "x"}, {"PILOT", "2017", "Bedrag", "", "x"}, {"REGIO", "2017", "Personen", "40"}, {"REGIO", "2017", "Bedrag", "1234.56"},
		{"CONTROLE", "2018", "Personen", "30"}, {"CONTROLE", "2018", "Bedrag", "", "."},
	} {
		part, at := "Gegevens", i
		if i >= 4 {
			part, at = "Gegevens 2", i-4
		}
		for j, text := range row {
			f := Found{Part: part, Row: 3 + at, Column: 1 + j, Text: text}
			if _, err := strconv.ParseFloat(text, 64); err == nil {
				f.Kind = Number
			}
			if text != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

func TestTheGateLetsAListThrough(t *testing.T) {
	sheets := append(gateSheet(), listSheets()...)
	if err := passes(gateTable(t), gateList(), sheets); err != nil {
		t.Error(err)
	}
	slices.SortStableFunc(sheets, func(a, b Found) int { return strings.Compare(b.Part, a.Part) }) // the parts in another order
	if err := passes(gateTable(t), gateList(), sheets); err != nil {
		t.Error(err)
	}
}

// TestEveryOtherListIsRefused changes, removes or adds a cell of a list, or changes two rows about.
func TestEveryOtherListIsRefused(t *testing.T) {
	released := gateTable(t)
	rapid.Check(t, func(r *rapid.T) {
		list, before := listSheets(), listSheets()
		i := rapid.IntRange(0, len(list)-1).Draw(r, "cell")
		switch rapid.IntRange(0, 4).Draw(r, "how") {
		case 0:
			list[i].Text = rapid.SampledFrom([]string{"", "7", "x7", "x", ".", "41", "1234.57", "123456", "REGIO", "Bedrag", "-40", "2018"}).Draw(r, "text")
		case 1:
			list[i].Kind = Kind(rapid.IntRange(0, 2).Draw(r, "kind"))
		case 2:
			list = slices.Delete(list, i, i+1)
		case 3: // a cell where none was: a number or a mark beside the other, a row too many
			extra := list[i]
			extra.Row, extra.Column = rapid.IntRange(3, 8).Draw(r, "row"), rapid.IntRange(1, 6).Draw(r, "column")
			list = append(list, extra)
			slices.SortStableFunc(list, func(a, b Found) int {
				if a.Part != b.Part {
					return strings.Compare(a.Part, b.Part)
				}
				return (a.Row-b.Row)*100 + a.Column - b.Column
			})
		default: // two rows of the first sheet change places
			a, b := rapid.IntRange(3, 6).Draw(r, "row"), rapid.IntRange(3, 6).Draw(r, "other")
			for j := range list {
				if list[j].Part == "Gegevens" && list[j].Row == a {
					list[j].Row = b
				} else if list[j].Part == "Gegevens" && list[j].Row == b {
					list[j].Row = a
				}
			}
			slices.SortStableFunc(list, func(a, b Found) int {
				if a.Part != b.Part {
					return strings.Compare(a.Part, b.Part)
				}
				return (a.Row-b.Row)*100 + a.Column - b.Column
			})
		}
		same := slices.Equal(list, before)
		err := passes(released, gateList(), append(gateSheet(), list...))
		if same != (err == nil) {
			r.Fatalf("changed %v: %v", !same, err)
		}
	})
}

func TestAHiddenCellOfAListHoldsTheMarkOnly(t *testing.T) {
	list := listSheets()
	i := slices.IndexFunc(list, func(f Found) bool { return f.Text == "x" })
	list[i].Column, list[i].Kind, list[i].Text = 4, Number, "7"
	err := passes(gateTable(t), gateList(), append(gateSheet(), list...))
	refused, ok := err.(*RefusedError)
	if !ok || refused.Refusals[0].Rule != RuleHidden || refused.Refusals[0].Place != "D3" {
		t.Errorf("refused by %v, want the hidden cell", err)
	}
}

// TestAFalseListIsRefused lets the report claim what is not so.
func TestAFalseListIsRefused(t *testing.T) {
	for name, lie := range map[string]func(*List){
		"another table":         func(l *List) { l.Blocks[0].Table = "doelen" },
		"a table twice":         func(l *List) { l.Blocks = append(l.Blocks, l.Blocks[0]) },
		"no table":              func(l *List) { l.Blocks = nil },
		"a row too few":         func(l *List) { l.Blocks[0].Rows = []int{0, 1} },
		"a row twice":           func(l *List) { l.Blocks[0].Rows = []int{0, 1, 1} },
		"a measure too few":     func(l *List) { l.Blocks[0].Measures = []int{2} },
		"a key as a measure":    func(l *List) { l.Blocks[0].Measures = []int{1, 2} },
		"a key that is nowhere": func(l *List) { l.Blocks[0].Columns[1].Sources = []int{0} },
		"a column beyond":       func(l *List) { l.Blocks[0].Columns[1].Sources = []int{9} },
		"no words":              func(l *List) { l.Blocks[0].Columns[0].Words = nil },
		"a name too few":        func(l *List) { l.Blocks[0].Columns[2].Names = []string{"Personen"} },
		"a number in a name":    func(l *List) { l.Blocks[0].Columns[2].Names = []string{"Personen", "Bedrag 918273"} },
		"no mark":               func(l *List) { l.Blocks[0].Columns = l.Blocks[0].Columns[:4] },
		"a sheet too few":       func(l *List) { l.Parts = l.Parts[:1] },
		"a sheet too many":      func(l *List) { l.Parts = append(l.Parts, "Gegevens 3") },
		"a sheet of a table":    func(l *List) { l.Parts[0] = "Kosten" },
		"no rows":               func(l *List) { l.PartRows = 0 },
		"a row before all":      func(l *List) { l.FirstRow = 0 },
	} {
		a := gateList()
		lie(a.List)
		if err := passes(gateTable(t), a, append(gateSheet(), listSheets()...)); err == nil {
			t.Errorf("%s is believed", name)
		}
	}
}
