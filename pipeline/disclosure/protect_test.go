package disclosure

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// word and number make values; unknown is the value that is not there.
func word(s string) Value    { return Value{Text: s} }
func number(n int64) Value   { return Value{Unscaled: n} }
func key(name string) Column { return Column{Name: name, Type: Text, Key: true} }
func count(name string) Column {
	return Column{Name: name, Type: Integer, Round: 1}
}

func euros(name string) Column { return Column{Name: name, Type: Decimal, Scale: 2, Round: 1} }

var unknown = Value{Null: true}

// costs is a table with one measure behind one count, and a mark for open data.
func costs(persons, amount Value, open string) Table {
	return Table{
		Name:       "kosten",
		Columns:    []Column{key("gebied"), euros("bedrag"), count("personen"), {Name: "openbaar", Type: Text}},
		Rows:       [][]Value{{word("regio"), amount, persons, word(open)}},
		Thresholds: []Threshold{{Count: "personen"}},
		Open:       "openbaar",
	}
}

func protectOne(t *testing.T, table Table, policy Policy) ReleasedTable {
	t.Helper()
	if policy.Recipients == nil {
		policy.Recipients = []Recipient{{}}
	}
	released, err := Protect([]Table{table}, policy)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := released[0].Table(table.Name)
	if !ok {
		t.Fatalf("the table %s is gone", table.Name)
	}
	return got
}

func TestProtectAtTheThreshold(t *testing.T) {
	for _, c := range []struct {
		name            string
		persons, amount Value
		open            string
		threshold       int
		want            State
	}{
		{"nobody is a zero", number(0), number(0), "nee", 10, Shown},
		{"nobody with an amount", number(0), number(1250), "nee", 10, Shown},
		{"one person", number(1), number(1250), "nee", 10, Hidden},
		{"nine persons", number(9), number(1250), "nee", 10, Hidden},
		{"ten persons", number(10), number(1250), "nee", 10, Shown},
		{"a higher threshold hides ten", number(10), number(1250), "nee", 11, Hidden},
		{"a higher threshold shows eleven", number(11), number(1250), "nee", 11, Shown},
		{"an unknown number of persons", unknown, number(1250), "nee", 10, Hidden},
		{"a number below zero is no number of persons", number(-20), number(1250), "nee", 10, Hidden},
		{"open data with one person", number(1), number(1250), "ja", 10, Shown},
		{"open data with an unknown number", unknown, number(1250), "ja", 10, Shown},
		{"open only when it says ja", number(1), number(1250), "JA", 10, Hidden},
		{"an unknown amount of many", number(10), unknown, "nee", 10, Unknown},
		{"an unknown amount of few does not tell that it is unknown", number(3), unknown, "nee", 10, Hidden},
		{"a credit of many", number(10), number(-1250), "nee", 10, Shown},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := protectOne(t, costs(c.persons, c.amount, c.open), Policy{Threshold: c.threshold})
			cell := got.Rows[0][1]
			want := Cell{State: c.want}
			if c.want == Shown {
				want.Unscaled = c.amount.Unscaled
			}
			if cell != want {
				t.Errorf("bedrag is %+v, want %+v", cell, want)
			}
			if key := got.Rows[0][0]; key != (Cell{State: Shown, Text: "regio"}) {
				t.Errorf("the key is %+v", key)
			}
		})
	}
}

func TestUnknownMarkIsNotOpen(t *testing.T) {
	table := costs(number(3), number(1250), "ja")
	table.Rows[0][3] = unknown
	if cell := protectOne(t, table, Policy{Threshold: 10}).Rows[0][1]; cell != (Cell{State: Hidden}) {
		t.Errorf("bedrag is %+v, want it hidden", cell)
	}
}

func TestCountGuardsItself(t *testing.T) {
	got := protectOne(t, costs(number(4), number(1250), "nee"), Policy{Threshold: 10})
	if cell := got.Rows[0][2]; cell != (Cell{State: Hidden}) {
		t.Errorf("personen is %+v, want it hidden", cell)
	}
}

func TestThresholdTooLow(t *testing.T) {
	for _, threshold := range []int{-1, 0, 1, 9} {
		released, err := Protect([]Table{costs(number(50), number(1), "nee")}, Policy{Threshold: threshold})
		if !errors.Is(err, ErrThreshold) {
			t.Errorf("threshold %d: %v, want ErrThreshold", threshold, err)
		}
		if len(released) != 0 {
			t.Errorf("threshold %d released a table", threshold)
		}
	}
}

func TestInternalColumnsStay(t *testing.T) {
	table := costs(number(12), number(1250), "nee")
	table.Internal = []string{"personen", "openbaar"}
	got := protectOne(t, table, Policy{Threshold: 10})
	if len(got.Columns) != 2 || got.Columns[0].Name != "gebied" || got.Columns[1].Name != "bedrag" {
		t.Errorf("columns %v, want gebied and bedrag", got.Columns)
	}
	if len(got.Rows[0]) != 2 {
		t.Errorf("a row of %d cells, want 2", len(got.Rows[0]))
	}
	if got.ColumnIndex("personen") != -1 || got.ColumnIndex("bedrag") != 1 {
		t.Error("ColumnIndex does not follow the released columns")
	}
}

func TestThresholdWithItsOwnMeasures(t *testing.T) {
	table := Table{
		Name: "kerncijfers",
		Columns: []Column{key("gebied"), count("inwoners"), {Name: "aandeel_65plus", Type: Decimal, Scale: 6, Round: 1},
			count("personen"), count("ouderen"), count("niet_ouderen")},
		Thresholds: []Threshold{{Count: "personen"}, {Count: "ouderen", Measures: []string{"aandeel_65plus"}},
			{Count: "niet_ouderen", Measures: []string{"aandeel_65plus"}}},
		Internal: []string{"personen", "ouderen", "niet_ouderen"},
	}
	for _, c := range []struct {
		persons, old, young int64
		inhabitants, share  State
	}{
		{50, 25, 25, Shown, Shown},
		{50, 3, 47, Shown, Hidden},
		{50, 47, 3, Shown, Hidden}, // the complement would tell
		{50, 0, 50, Shown, Shown},
		{8, 0, 8, Hidden, Hidden},
		{0, 0, 0, Shown, Shown},
	} {
		table.Rows = [][]Value{{word("a"), number(c.persons), number(500000), number(c.persons), number(c.old), number(c.young)}}
		row := protectOne(t, table, Policy{Threshold: 10}).Rows[0]
		if row[1].State != c.inhabitants || row[2].State != c.share {
			t.Errorf("%d persons, %d old, %d young: inwoners %d, aandeel %d, want %d and %d",
				c.persons, c.old, c.young, row[1].State, row[2].State, c.inhabitants, c.share)
		}
	}
}

func TestDetailOnlyForOwnDomains(t *testing.T) {
	table := Table{
		Name: "zorgsoort", Detail: true,
		Columns:    []Column{key("domein"), euros("bedrag"), count("personen")},
		Thresholds: []Threshold{{Count: "personen"}},
		Rows: [][]Value{
			{word("zvw"), number(1), number(20)}, {word("wmo"), number(2), number(20)},
			{word("wlz"), number(3), number(20)}, {unknown, number(4), number(20)},
		},
	}
	for _, c := range []struct {
		own  []string
		want string
	}{
		{[]string{"zvw", "wlz"}, "zvw wlz"},
		{[]string{"wmo"}, "wmo"},
		{[]string{}, ""},
		{nil, "zvw wmo wlz ?"},
	} {
		var got []string
		for _, row := range protectOne(t, table, Policy{Threshold: 10, Recipients: []Recipient{{OwnDomains: c.own}}}).Rows {
			if row[0].State == Unknown {
				row[0].Text = "?"
			}
			got = append(got, row[0].Text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("own domains %q: rows %q, want %q", c.own, got, c.want)
		}
	}
	table.Detail = false
	if n := len(protectOne(t, table, Policy{Threshold: 10, Recipients: []Recipient{{OwnDomains: []string{"wmo"}}}}).Rows); n != 4 {
		t.Errorf("a table without detail has %d rows, want all 4", n)
	}
}

func TestWrongTableReleasesNothing(t *testing.T) {
	for name, spoil := range map[string]func(*Table){
		"no threshold at all":                   func(t *Table) { t.Thresholds = nil },
		"a measure guarded by no count":         func(t *Table) { t.Thresholds[0].Measures = []string{"personen"} },
		"a count that is no column":             func(t *Table) { t.Thresholds[0].Count = "mensen" },
		"a count that is a text":                func(t *Table) { t.Thresholds[0].Count = "gebied" },
		"a count that is an amount":             func(t *Table) { t.Thresholds[0].Count = "bedrag" },
		"a guarded measure that is no column":   func(t *Table) { t.Thresholds[0].Measures = []string{"bedragen"} },
		"an internal column that is no column":  func(t *Table) { t.Internal = []string{"persoon"} },
		"a mark of open data that is no column": func(t *Table) { t.Open = "open" },
		"detail without a column domein":        func(t *Table) { t.Detail = true },
		"a row with too few values":             func(t *Table) { t.Rows[0] = t.Rows[0][:2] },
		"a row with too many values":            func(t *Table) { t.Rows[0] = append(t.Rows[0], number(1)) },
		"two columns of one name":               func(t *Table) { t.Columns[1].Name = "personen" },
	} {
		t.Run(name, func(t *testing.T) {
			good, bad := costs(number(50), number(1250), "nee"), costs(number(50), number(4321), "nee")
			bad.Name = "fout"
			spoil(&bad)
			released, err := Protect([]Table{good, bad}, Policy{Threshold: 10})
			if err == nil {
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), "table fout") {
				t.Errorf("the error %q does not name the table", err)
			}
			if strings.Contains(err.Error(), "4321") {
				t.Errorf("the error %q holds a value", err)
			}
			if len(released) != 0 {
				t.Error("a table was released beside an error")
			}
		})
	}
}

func TestReleasedKeepsTheTexts(t *testing.T) {
	table := costs(number(50), number(1), "nee")
	table.Title, table.Question, table.Grain, table.Method, table.Empty = "T", "V", "K", "M", "L"
	got := protectOne(t, table, Policy{Threshold: 10})
	if fmt.Sprint(got.Title, got.Question, got.Grain, got.Method, got.Empty) != "TVKML" {
		t.Errorf("the texts are %q %q %q %q %q", got.Title, got.Question, got.Grain, got.Method, got.Empty)
	}
	released, err := Protect(nil, Policy{Threshold: 10, Recipients: []Recipient{{}}})
	if err != nil || len(released) != 1 || len(released[0].Tables()) != 0 {
		t.Fatalf("nothing in gives %d releases (%v)", len(released), err)
	}
	if _, ok := released[0].Table("kosten"); ok {
		t.Error("there is a table in an empty release")
	}
}

// TestARareRowIsLeftOut: where the keys come from what persons have, a row stays when one of its counts reaches the
// threshold or when it rests on nobody; elsewhere every row stays.
func TestARareRowIsLeftOut(t *testing.T) {
	table := Table{
		Name:    "arrangementen",
		Columns: []Column{key("arrangement"), count("personen"), count("personen_basis"), euros("bedrag"), euros("delta")},
		Rows: [][]Value{
			{word("a"), number(12), number(3), number(1), number(1)},
			{word("b"), number(3), number(12), number(1), number(1)},
			{word("c"), number(9), number(9), number(1), number(1)},
			{word("d"), number(0), number(1), number(0), number(-1)},
			{word("e"), unknown, number(0), number(1), number(1)},
			{word("f"), number(0), number(0), number(1), number(1)},
		},
		Thresholds: []Threshold{{Count: "personen"}, {Count: "personen_basis", Measures: []string{"delta"}}},
		Internal:   []string{"personen_basis"},
	}
	for rare, want := range map[bool]string{false: "abcdef", true: "abf"} {
		table.Rare = rare
		var got strings.Builder
		for _, row := range protectOne(t, table, Policy{Threshold: 10}).Rows {
			got.WriteString(row[0].Text)
		}
		if got.String() != want {
			t.Errorf("rare %v: rows %s, want %s", rare, got.String(), want)
		}
	}
}
