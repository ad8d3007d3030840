package disclosure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// changesCase releases two areas and two years of one measure beside what was printed of them before.
func changesCase(t *testing.T, printed Printed) Changes {
	t.Helper()
	table := Table{
		Name: "kosten", Columns: []Column{{Name: "jaar", Type: Integer, Key: true}, key("gebied"), key("domein"), count("personen"), euros("bedrag"), {Name: "status"}},
		Thresholds: []Threshold{{Count: "personen"}},
		Rows: [][]Value{
			{number(2017), word("regio"), word("zvw"), number(100), number(500_000), word("definitief")},
			{number(2018), word("regio"), word("zvw"), number(100), number(700_000), word("voorlopig")},
			{number(2017), word("pilot"), word("zvw"), number(5), number(30_000), word("definitief")},
		},
	}
	released, err := Protect([]Table{table}, Policy{Threshold: 10, Recipients: []Recipient{{Printed: printed}},
		Earlier: map[RowKey]Earlier{{"kosten", "2018|regio|zvw"}: {Values: map[string]Value{"personen": number(90), "bedrag": number(650_000)}, Changed: 3}}})
	if err != nil {
		t.Fatal(err)
	}
	return released[0].Changes()
}

// line writes a row of changes for a test.
func line(row []Cell) string {
	var out []string
	for _, c := range row {
		switch {
		case c.State == Hidden:
			out = append(out, "x")
		case c.State == Unknown:
			out = append(out, ".")
		case c.Text != "":
			out = append(out, c.Text)
		default:
			out = append(out, fmt.Sprint(c.Unscaled))
		}
	}
	return strings.Join(out, " ")
}

func TestChangesAreWhatIsPrintedOtherwise(t *testing.T) {
	got := changesCase(t, Printed{
		{"kosten", "2017|regio|zvw"}:     {"personen": 100, "bedrag": 400_000},
		{"kosten", "2018|regio|zvw"}:     {"bedrag": 650_000},
		{"kosten", "2017|pilot|zvw"}:     {"bedrag": 20_000, "weg": 3},
		{"kosten", "2016|regio|zvw"}:     {"bedrag": 10_000},
		{"kosten", "2016|regio|a|b|wmo"}: {"personen": 15},
	})
	if !got.Since || got.Before != 6 || got.Changed != 1 || got.Kept != 1 || got.Same != 1 || got.New != 1 || got.Gone != 3 {
		t.Errorf("counted %+v", got)
	}
	var lines []string
	for _, row := range got.Table.Rows {
		lines = append(lines, line(row))
	}
	want := []string{
		"kosten gewijzigd regio jaar=2017 domein=zvw kosten.bedrag 4000000000 5000000000 1000000000",
		"kosten nieuw regio jaar=2018 domein=zvw kosten.personen . 90000000 .",
		"kosten niet_meer_getoond pilot jaar=2017 domein=zvw kosten.bedrag 200000000 x .",
		"kosten niet_meer_getoond regio jaar=2016 domein=zvw kosten.bedrag 100000000 . .",
		"kosten niet_meer_getoond . . =2016|regio|a|b|wmo kosten.personen 15000000 . .",
	}
	slices.Sort(lines)
	slices.Sort(want)
	if !slices.Equal(lines, want) {
		t.Errorf("the table is\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestNothingReleasedIsNoChange(t *testing.T) {
	for name, got := range map[string]Changes{"nothing": changesCase(t, nil), "no tables at all": (Released{}).Changes()} {
		if got.Since || got.Before+got.New != 0 || len(got.Table.Rows) != 0 || len(got.Table.Columns) != 9 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := changesCase(t, Printed{}); !got.Since || got.New != 4 || got.Before != 0 {
		t.Errorf("a release that printed nothing: %+v", got)
	}
}

// TestManyNewNumbersAreCounted: more than a few are counted per table, and so are numbers of a table or a column that is gone.
func TestManyNewNumbersAreCounted(t *testing.T) {
	table := ReleasedTable{Name: "t", Columns: []Column{key("naam"), count("personen")}}
	printed := Printed{}
	for i := range mostListed + 1 {
		name := fmt.Sprintf("nu %d", i)
		table.Rows = append(table.Rows, []Cell{{Text: name}, {Unscaled: 20}})
	}
	printed[RowKey{"weg", "a"}] = map[string]int64{"x": 1, "y": 2}
	got := changesSince([]ReleasedTable{table}, printed)
	var lines []string
	for _, row := range got.Table.Rows {
		lines = append(lines, line(row))
	}
	want := []string{
		fmt.Sprintf("t nieuw . . . t.# . %d000000 .", mostListed+1),
		"weg niet_meer_getoond . . . weg.# 2000000 . .",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the table is\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// TestEveryPrintedNumberIsCountedOnce over random tables and random earlier ones.
func TestEveryPrintedNumberIsCountedOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		columns := []Column{key("naam"), count("personen"), euros("bedrag"), {Name: columnUnchanged, Type: Text}}
		state := func(label string) State { return State(rapid.IntRange(0, 2).Draw(r, label)) }
		table := ReleasedTable{Name: "t", Columns: columns}
		printed := Printed{}
		before, shown := 0, 0
		for i := range rapid.IntRange(0, 6).Draw(r, "rows") {
			name := fmt.Sprint(i)
			row := []Cell{{Text: name}, {State: state("a")}, {State: state("b")}, {Text: rapid.SampledFrom([]string{"", "ongewijzigd"}).Draw(r, "mark")}}
			was := map[string]int64{}
			for j, column := range []string{"personen", "bedrag"} {
				if row[j+1].State == Shown {
					row[j+1].Unscaled = rapid.Int64Range(0, 2).Draw(r, "now")
					shown++
				}
				if rapid.Bool().Draw(r, "printed") {
					was[column] = rapid.Int64Range(0, 2).Draw(r, "before")
					before++
				}
			}
			printed[RowKey{"t", name}] = was
			if rapid.Bool().Draw(r, "there") {
				table.Rows = append(table.Rows, row)
			} else {
				for j := range 2 {
					if row[j+1].State == Shown {
						shown--
					}
				}
			}
		}
		got := changesSince([]ReleasedTable{table}, printed)
		if got.Before != before || got.Same+got.Kept+got.Changed+got.Gone != before || got.Same+got.Kept+got.Changed+got.New != shown {
			r.Fatalf("%d printed and %d shown are counted as %+v", before, shown, got)
		}
		if rows := len(got.Table.Rows); rows != got.Changed+got.New+got.Gone {
			r.Fatalf("%d rows are listed of %+v", rows, got)
		}
	})
}
