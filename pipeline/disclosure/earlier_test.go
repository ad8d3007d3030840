package disclosure

import (
	"strings"
	"testing"
)

// TestWhatFewChangedKeepsItsValue: a released cell is printed again as it was until ten persons changed it, and what was
// hidden stays hidden, also when many stand behind it now.
func TestWhatFewChangedKeepsItsValue(t *testing.T) {
	table := costs(number(50), number(1250), "nee")
	printed := map[string]Value{"bedrag": number(1000), "personen": number(45)}
	for _, c := range []struct {
		name    string
		earlier Earlier
		want    string // the amount, and the mark
	}{
		{"nobody", Earlier{Values: printed}, "1000 "},
		{"one", Earlier{Values: printed, Changed: 1}, "1000 ongewijzigd"},
		{"nine", Earlier{Values: printed, Changed: 9}, "1000 ongewijzigd"},
		{"ten", Earlier{Values: printed, Changed: 10}, "1250 "},
		{"not known how many", Earlier{Values: printed, Changed: -1}, "1000 ongewijzigd"},
		{"hidden from all", Earlier{Hidden: map[string][]string{"bedrag": {"vgz", "gemeente"}}}, "x "},
		{"hidden from another", Earlier{Values: printed, Hidden: map[string][]string{"bedrag": {"gemeente"}}, Changed: 10}, "1250 "},
		{"hidden from this one", Earlier{Values: printed, Hidden: map[string][]string{"bedrag": {"vgz"}, "personen": {"vgz"}}, Changed: 10}, "x "},
		{"a column that was not there", Earlier{Values: map[string]Value{"personen": number(45)}, Changed: 1}, "x ongewijzigd"},
	} {
		got := protectOne(t, table, Policy{
			Threshold: 10, Recipients: []Recipient{{Name: "vgz"}}, Earlier: map[RowKey]Earlier{{"kosten", "regio"}: c.earlier},
		})
		row := got.Rows[0]
		text := "x "
		if row[1].State == Shown {
			text = textOf(row[1].Unscaled) + " "
		}
		if i := got.ColumnIndex("vrijgave"); i >= 0 {
			text += row[i].Text
		}
		if text != c.want {
			t.Errorf("%s: %q, want %q", c.name, text, c.want)
		}
	}
}

func textOf(n int64) string { return keyText(Column{Type: Integer}, number(n)) }

// region makes a table of one measure in a region of neighbourhoods, with the policy that knows them.
func region(name string, neighbourhoods []string, amounts, persons []int64) (Table, Policy) {
	table := Table{
		Name: name, Columns: []Column{{Name: "jaar", Type: Integer, Key: true}, key("gebied"), euros("bedrag"), count("personen")},
		Thresholds: []Threshold{{Count: "personen"}}, Additive: "bedrag, personen", Neighbourhoods: true,
	}
	policy := Policy{Threshold: 10, BaseYear: 2017, Recipients: []Recipient{{}}}
	var total, everybody int64
	for i, code := range neighbourhoods {
		table.Rows = append(table.Rows, []Value{number(2017), word(code), number(amounts[i]), number(persons[i])})
		policy.Areas = append(policy.Areas, Area{2017, code, "buurt", code}, Area{2017, "regio", "regio", code})
		total, everybody = total+amounts[i], everybody+persons[i]
	}
	table.Rows = append(table.Rows, []Value{number(2017), word("regio"), number(total), number(everybody)})
	return table, policy
}

// shownOf gives a letter per row: s or x.
func shownOf(t *testing.T, released Released, table, column string) string {
	t.Helper()
	got, ok := released.Table(table)
	if !ok {
		t.Fatalf("no table %s", table)
	}
	var b strings.Builder
	for _, row := range got.Rows {
		b.WriteByte("sx."[row[got.ColumnIndex(column)].State])
	}
	return b.String()
}

// TestWhatIsHiddenIsNotFoundBySubtraction: the total survives, so a second part goes with the first; and what the two hold
// together, which everybody can compute, rests on ten persons at least.
func TestWhatIsHiddenIsNotFoundBySubtraction(t *testing.T) {
	for _, c := range []struct {
		name    string
		persons []int64
		hidden  int
	}{
		{"nothing to protect", []int64{50, 60, 70, 80}, 0},
		{"one", []int64{4, 60, 70, 80}, 2},
		{"two that are few together", []int64{4, 5, 70, 80}, 3},
		{"two that are many together", []int64{6, 5, 70, 80}, 2},
	} {
		table, policy := region("kosten", []string{"BU1", "BU2", "BU3", "BU4"}, []int64{400_00, 5000_00, 6000_00, 7000_00}, c.persons)
		released, err := Protect([]Table{table}, policy)
		if err != nil {
			t.Fatal(err)
		}
		got := shownOf(t, released[0], "kosten", "bedrag")
		if strings.Count(got, "x") != c.hidden || got[4] != 's' {
			t.Errorf("%s: %s, want %d hidden and the region shown", c.name, got, c.hidden)
		}
	}
}

// TestTotalsTieTablesTogether: a cell that is hidden in one table is not the difference of two others.
func TestTotalsTieTablesTogether(t *testing.T) {
	laws, policy := region("wetten", []string{"BU1"}, []int64{9000_00}, []int64{90})
	laws.Sums = []string{"wet(jaar, gebied) = bedrag"}
	care := Table{
		Name: "zorg", Columns: []Column{{Name: "jaar", Type: Integer, Key: true}, key("gebied"), key("zorgsoort"), euros("bedrag"), count("personen")},
		Thresholds: []Threshold{{Count: "personen"}}, Sums: []string{"wet(jaar, gebied) = bedrag"},
		Rows: [][]Value{
			{number(2017), word("regio"), word("a"), number(100_00), number(3)},
			{number(2017), word("regio"), word("b"), number(3900_00), number(60)},
			{number(2017), word("regio"), word("c"), number(5000_00), number(80)},
		},
	}
	released, err := Protect([]Table{laws, care}, policy)
	if err != nil {
		t.Fatal(err)
	}
	if got := shownOf(t, released[0], "zorg", "bedrag"); got != "xxs" && got != "xsx" {
		t.Errorf("the care is %s, want one more hidden beside the first", got)
	}
	care.Sums = nil
	if released, err = Protect([]Table{laws, care}, policy); err != nil {
		t.Fatal(err)
	}
	if got := shownOf(t, released[0], "zorg", "bedrag"); got != "xss" {
		t.Errorf("without a total the care is %s, want xss", got)
	}
}

// TestNeighbourhoodsStayInside: a table of detail leaves from the district up, unless it says otherwise.
func TestNeighbourhoodsStayInside(t *testing.T) {
	table, policy := region("kosten", []string{"BU1", "BU2"}, []int64{1000_00, 2000_00}, []int64{40, 50})
	table.Neighbourhoods = false
	released, err := Protect([]Table{table}, policy)
	if err != nil {
		t.Fatal(err)
	}
	if rows := released[0].Tables()[0].Rows; len(rows) != 1 || rows[0][1].Text != "regio" {
		t.Errorf("%d rows leave, want the region only", len(rows))
	}
}

// TestTheSameDataGivesTheSamePattern: nothing depends on the order of a map.
func TestTheSameDataGivesTheSamePattern(t *testing.T) {
	var first string
	for range 5 {
		table, policy := region("kosten", []string{"BU1", "BU2", "BU3", "BU4", "BU5", "BU6"}, []int64{4, 5000, 6000, 6000, 5000, 70}, []int64{4, 60, 60, 60, 60, 7})
		released, err := Protect([]Table{table}, policy)
		if err != nil {
			t.Fatal(err)
		}
		got := shownOf(t, released[0], "kosten", "bedrag")
		if first == "" {
			first = got
		}
		if got != first {
			t.Fatalf("%s, then %s", first, got)
		}
	}
}

// TestWhatDeservesALook: an answer that nearly everybody gives, and a zero, are shown and counted.
func TestWhatDeservesALook(t *testing.T) {
	table := Table{
		Name: "stapeling", Columns: []Column{key("gebied"), key("klasse"), count("personen")},
		Thresholds: []Threshold{{Count: "personen"}}, Sums: []string{"bewoners(gebied) = personen"},
		Rows: [][]Value{
			{word("a"), word("0"), number(95)}, {word("a"), word("1"), number(10)}, {word("a"), word("2"), number(0)},
			{word("b"), word("0"), number(60)}, {word("b"), word("1"), number(40)}, {word("b"), word("2"), number(12)},
		},
	}
	released, err := Protect([]Table{table}, Policy{Threshold: 10, Recipients: []Recipient{{}}})
	if err != nil {
		t.Fatal(err)
	}
	if c := released[0].Counts(); c.Uniform != 1 || c.Zeros != 1 || c.Hidden != 0 {
		t.Errorf("%+v, want one answer of nearly all, one zero and nothing hidden", c)
	}
}

// TestAfterAReleaseNothingNewTells: what was released is known. A cell that few persons stand behind now may follow from it, and
// then nothing that would say more leaves, and the night goes on.
func TestAfterAReleaseNothingNewTells(t *testing.T) {
	table, policy := region("kosten", []string{"BU1", "BU2", "BU3"}, []int64{400_00, 5000_00, 6000_00}, []int64{4, 60, 70})
	told := func(rows ...int) map[RowKey]Earlier {
		out := map[RowKey]Earlier{}
		for _, r := range rows {
			out[RowKey{"kosten", KeyOf(table, r)}] = Earlier{Values: map[string]Value{"bedrag": table.Rows[r][2], "personen": table.Rows[r][3]}}
		}
		return out
	}
	for _, c := range []struct {
		name    string
		earlier map[RowKey]Earlier
		want    string
	}{
		{"no release", nil, "xsxs"},
		{"all others were released", told(1, 2, 3), "xsss"},
		{"one was not", told(1, 3), "xsxs"},
	} {
		policy.Earlier = c.earlier
		released, err := Protect([]Table{table}, policy)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := shownOf(t, released[0], "kosten", "bedrag"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
