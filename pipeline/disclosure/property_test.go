package disclosure

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawTable makes a table whose every number occurs once, so that a number that is found again is the same number.
func drawTable(t *rapid.T, name string) Table {
	table := Table{Name: name, Columns: []Column{key("domein"), {Name: "openbaar", Type: Text}, {Name: "jaar", Type: Integer, Key: true}}}
	counts := rapid.IntRange(1, 3).Draw(t, "counts")
	measures := rapid.IntRange(1, 4).Draw(t, "measures")
	var measureNames []string
	for i := range measures {
		measureNames = append(measureNames, fmt.Sprintf("bedrag%d", i))
		table.Columns = append(table.Columns, Column{Name: measureNames[i], Type: Decimal, Scale: rapid.SampledFrom([]int{2, 6}).Draw(t, "scale"), Round: 1})
	}
	for i := range counts {
		name := fmt.Sprintf("personen%d", i)
		table.Columns = append(table.Columns, count(name))
		guard := Threshold{Count: name}
		if i > 0 && rapid.Bool().Draw(t, "own") { // the first guards all
			guard.Measures = rapid.SliceOfNDistinct(rapid.SampledFrom(measureNames), 1, measures, rapid.ID[string]).Draw(t, "guarded")
		}
		table.Thresholds = append(table.Thresholds, guard)
		if rapid.Bool().Draw(t, "internal") {
			table.Internal = append(table.Internal, name)
		}
	}
	if rapid.Bool().Draw(t, "open") {
		table.Open = "openbaar"
	}
	table.Detail = rapid.Bool().Draw(t, "detail")
	for r := range rapid.IntRange(0, 12).Draw(t, "rows") {
		row := []Value{word(rapid.SampledFrom([]string{"zvw", "wmo", "wlz"}).Draw(t, "domein")),
			word(rapid.SampledFrom([]string{"ja", "nee"}).Draw(t, "mark")), number(int64(2015 + r))}
		for m := range measures {
			row = append(row, number(int64(7_000_000_000+1000*r+m)))
		}
		for range counts {
			persons := number(int64(rapid.SampledFrom([]int{0, 1, 5, 9, 10, 11, 40}).Draw(t, "persons")))
			persons.Null = rapid.IntRange(0, 9).Draw(t, "unknown") == 0
			row = append(row, persons)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func clone(tables []Table) []Table {
	var out []Table
	for _, t := range tables {
		t.Columns, t.Internal = slices.Clone(t.Columns), slices.Clone(t.Internal)
		t.Thresholds = slices.Clone(t.Thresholds)
		for i := range t.Thresholds {
			t.Thresholds[i].Measures = slices.Clone(t.Thresholds[i].Measures)
		}
		t.Rows = slices.Clone(t.Rows)
		for i := range t.Rows {
			t.Rows[i] = slices.Clone(t.Rows[i])
		}
		out = append(out, t)
	}
	return out
}

// restsOn says whether the measure at column i of a row may be shown, by the words of the rule.
func restsOn(t Table, row []Value, i, threshold int) bool {
	if t.Open != "" && row[1].Text == "ja" {
		return true
	}
	for _, th := range t.Thresholds {
		if len(th.Measures) > 0 && !slices.Contains(th.Measures, t.Columns[i].Name) {
			continue
		}
		persons := row[index(t.Columns, th.Count)]
		if persons.Null || persons.Unscaled != 0 && persons.Unscaled < int64(threshold) {
			return false
		}
	}
	return true
}

func TestEveryShownMeasureRestsOnEnoughPersons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tables := []Table{drawTable(t, "een"), drawTable(t, "twee")}
		before := clone(tables)
		policy := Policy{Threshold: rapid.IntRange(10, 12).Draw(t, "threshold")}
		var recipient Recipient
		if rapid.Bool().Draw(t, "recipient") {
			recipient.OwnDomains = []string{"zvw", "wlz"}
		}
		policy.Recipients = []Recipient{recipient}
		all, err := Protect(tables, policy)
		if err != nil {
			t.Fatal(err)
		}
		released := all[0]
		if !reflect.DeepEqual(tables, before) {
			t.Fatal("the tables that came in were changed")
		}
		hidden := map[int64]bool{}
		var want Counts
		for n, table := range tables {
			got := released.Tables()[n]
			rows := got.Rows
			for _, row := range table.Rows {
				own := !table.Detail || recipient.OwnDomains == nil || slices.Contains(recipient.OwnDomains, row[0].Text)
				for i, c := range table.Columns {
					if measure(c) && !strings.HasPrefix(c.Name, "personen") && (!own || !restsOn(table, row, i, policy.Threshold)) {
						hidden[row[i].Unscaled] = true
					}
					if !own || slices.Contains(table.Internal, c.Name) {
						continue
					}
					cell := rows[0][got.ColumnIndex(c.Name)]
					want.Cells++
					switch {
					case measure(c) && !restsOn(table, row, i, policy.Threshold):
						want.Hidden++
						if cell != (Cell{State: Hidden}) {
							t.Fatalf("%s of %v is %+v, want it hidden", c.Name, row, cell)
						}
					case row[i].Null:
						if cell != (Cell{State: Unknown}) {
							t.Fatalf("%s of %v is %+v, want it unknown", c.Name, row, cell)
						}
					case cell != (Cell{Text: row[i].Text, Unscaled: row[i].Unscaled}):
						t.Fatalf("%s of %v is %+v, want it shown", c.Name, row, cell)
					}
				}
				if own {
					rows = rows[1:]
				}
			}
			if len(rows) != 0 {
				t.Fatalf("%d rows too many", len(rows))
			}
		}
		if got := released.Counts(); got.Cells != want.Cells || got.Hidden != want.Hidden {
			t.Fatalf("counts %+v, want %+v", got, want)
		}
		eachNumber(reflect.ValueOf(released), func(n int64) {
			if n >= 7_000_000_000 && hidden[n] {
				// Another table may show a number of the same place: drawn tables share them.
				if !shownSomewhere(tables, policy, recipient, n) {
					t.Fatalf("the hidden number %d is still in the release", n)
				}
			}
		})
	})
}

// shownSomewhere tells whether a number may be seen in any of the tables.
func shownSomewhere(tables []Table, policy Policy, recipient Recipient, n int64) bool {
	for _, table := range tables {
		for _, row := range table.Rows {
			if table.Detail && recipient.OwnDomains != nil && !slices.Contains(recipient.OwnDomains, row[0].Text) {
				continue
			}
			for i, c := range table.Columns {
				if measure(c) && row[i].Unscaled == n && restsOn(table, row, i, policy.Threshold) {
					return true
				}
			}
		}
	}
	return false
}

// eachNumber visits every whole number that can be reached from a value, in closed fields too.
func eachNumber(v reflect.Value, visit func(int64)) {
	switch v.Kind() {
	case reflect.Int, reflect.Int64, reflect.Int32:
		visit(v.Int())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			eachNumber(v.Index(i), visit)
		}
		if v.Kind() == reflect.Slice && v.Cap() > v.Len() {
			full := v.Slice(0, v.Cap())
			for i := v.Len(); i < full.Len(); i++ {
				eachNumber(full.Index(i), visit)
			}
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			eachNumber(field, visit)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			eachNumber(k, visit)
			eachNumber(v.MapIndex(k), visit)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			eachNumber(v.Elem(), visit)
		}
	}
}

// TestHiddenNumberIsNowhere looks for the number of a hidden cell in everything that a Released holds.
func TestHiddenNumberIsNowhere(t *testing.T) {
	const secret, internal = 123_456_789, 987_654_321
	hidden := costs(number(9), number(secret), "nee")
	guarded := costs(number(internal), number(1), "nee")
	guarded.Name, guarded.Internal = "intern", []string{"personen", "openbaar"}
	all, err := Protect([]Table{hidden, guarded}, Policy{Threshold: 10, Recipients: []Recipient{{}}})
	if err != nil {
		t.Fatal(err)
	}
	released := all[0]
	numbers := 0
	eachNumber(reflect.ValueOf(released), func(n int64) {
		numbers++
		if n == secret || n == internal || n == 9 {
			t.Errorf("the release holds %d", n)
		}
	})
	if numbers < 10 {
		t.Fatalf("only %d numbers visited: the walk does not reach the cells", numbers)
	}
	if text := fmt.Sprintf("%#v", released); strings.Contains(text, fmt.Sprint(secret)) {
		t.Error("the printed release holds the hidden number")
	}
}

// TestOnlyProtectMakesReleased holds the fields of Released closed: outside this package it can only be empty.
func TestOnlyProtectMakesReleased(t *testing.T) {
	released := reflect.TypeFor[Released]()
	if released.NumField() == 0 {
		t.Fatal("Released has no fields")
	}
	for f := range released.Fields() {
		if f.IsExported() || f.Anonymous {
			t.Errorf("the field %s can be set from outside", f.Name)
		}
	}
	for _, receiver := range []reflect.Type{released, reflect.PointerTo(released)} {
		for m := range receiver.Methods() {
			if !slices.Contains([]string{"Tables", "Table", "Rows", "Counts", "Changes", "Seal"}, m.Name) {
				t.Errorf("the method %s is not known to leave a Released as it is", m.Name)
			}
		}
	}
}

// TestReleasedCannotBeChanged changes what the methods hand out; the release stays as it was.
func TestReleasedCannotBeChanged(t *testing.T) {
	all, err := Protect([]Table{costs(number(9), number(1250), "nee")}, Policy{Threshold: 10, Recipients: []Recipient{{}}})
	if err != nil {
		t.Fatal(err)
	}
	released := all[0]
	for _, get := range []func() ReleasedTable{
		func() ReleasedTable { return released.Tables()[0] },
		func() ReleasedTable { table, _ := released.Table("kosten"); return table },
	} {
		get().Rows[0][1] = Cell{State: Shown, Unscaled: 1250}
		get().Columns[1].Name = "iets_anders"
		released.Tables()[0].Name = "een_andere_tabel"
		if got := get(); got.Rows[0][1] != (Cell{State: Hidden}) || got.Columns[1].Name != "bedrag" || got.Name != "kosten" {
			t.Errorf("the release was changed from outside: %+v", got)
		}
	}
}
