package disclosure

import (
	"slices"
	"strings"
	"testing"
)

// twoDistricts are a region of two districts, each with one neighbourhood, in two years.
var twoDistricts = []Area{
	{2020, "BU1", "buurt", "BU1"}, {2020, "BU2", "buurt", "BU2"}, {2020, "WK1", "wijk", "BU1"}, {2020, "WK2", "wijk", "BU2"},
	{2020, "regio", "regio", "BU1"}, {2020, "regio", "regio", "BU2"},
	{2021, "BU1", "buurt", "BU1"}, {2021, "BU2", "buurt", "BU2"}, {2021, "WK1", "wijk", "BU1"}, {2021, "WK2", "wijk", "BU2"},
	{2021, "regio", "regio", "BU1"}, {2021, "regio", "regio", "BU2"},
}

// amounts is a table of the two districts and their region with these amounts in a year, rounded to 1.000 euros.
func amounts(persons int64, perYear map[int64][3]int64) Table {
	t := Table{
		Name: "kosten", Additive: "bedrag", Thresholds: []Threshold{{Count: "personen"}}, Internal: []string{"personen"},
		Columns: []Column{{Name: "jaar", Type: Integer, Key: true}, key("gebied"), {Name: "bedrag", Type: Decimal, Scale: 2, Round: 100_000},
			{Name: "dubbel", Type: Decimal, Scale: 2, Round: 100_000}, count("personen")},
		Derived: []string{"dubbel = bedrag + bedrag"},
	}
	for _, year := range []int64{2020, 2021} {
		for i, area := range []string{"WK1", "WK2", "regio"} {
			n := number(1000)
			if i == 0 {
				n = number(persons)
			}
			t.Rows = append(t.Rows, []Value{number(year), word(area), number(perYear[year][i]), number(2 * perYear[year][i]), n})
		}
	}
	return t
}

func TestUnevenAreas(t *testing.T) {
	even := [3]int64{200_000, 100_000, 300_000}
	for _, c := range []struct {
		name    string
		persons int64
		first   [3]int64
		want    []Uneven
	}{
		{"what adds up after rounding", 500, [3]int64{210_000, 110_000, 320_000}, nil},
		{"what rounding breaks", 500, [3]int64{140_000, 140_000, 280_000}, []Uneven{{"bedrag", "2020"}, {"dubbel", "2020"}}},
		{"what a reader cannot add up", 5, [3]int64{140_000, 140_000, 280_000}, nil},
		{"what rounding cannot do", 500, [3]int64{140_000, 140_000, 980_000}, nil},
	} {
		got := protectOne(t, amounts(c.persons, map[int64][3]int64{2020: c.first, 2021: even}), Policy{Threshold: 10, BaseYear: 2020, Areas: twoDistricts})
		if !slices.Equal(got.Uneven, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got.Uneven, c.want)
		}
	}
}

// trail is a total of two posts, in the year 2020.
func trail(total, first, second int64) Table {
	t := Table{
		Name: "aansluiting", Thresholds: []Threshold{{Count: "personen"}}, Internal: []string{"personen", "binnen", "totaal_van"},
		Columns: []Column{{Name: "jaar", Type: Integer, Key: true}, key("post"), {Name: "regels", Type: Integer, Round: 5}, count("personen"),
			{Name: "binnen"}, {Name: "totaal_van"}},
		Sums: []string{"posten(jaar, binnen) = regels", "posten(jaar, totaal_van) = regels waar post = 'alles'"},
	}
	for i, n := range []int64{total, first, second} {
		within, of := word("alles"), unknown
		if i == 0 {
			within, of = unknown, word("alles")
		}
		t.Rows = append(t.Rows, []Value{number(2020), word([]string{"alles", "een", "twee"}[i]), number(n), number(100), within, of})
	}
	return t
}

func TestUnevenRows(t *testing.T) {
	if got := protectOne(t, trail(24, 12, 12), Policy{Threshold: 10}).Uneven; !slices.Equal(got, []Uneven{{"regels", "2020"}}) {
		t.Errorf("12 and 12 are printed as 10 and 10, and 24 as 25: %v", got)
	}
	if got := protectOne(t, trail(25, 12, 13), Policy{Threshold: 10}).Uneven; len(got) > 0 {
		t.Errorf("12 and 13 are printed as 10 and 15, and 25 as 25: %v", got)
	}
}

// parts is a change with two effects that a reader adds up.
func parts(change, first, second int64, addition string) Table {
	t := Table{
		Name: "ontleding", Thresholds: []Threshold{{Count: "personen"}}, Internal: []string{"personen"}, Additions: []string{addition},
		Columns: []Column{{Name: "jaar", Type: Integer, Key: true}, key("factor"), {Name: "effect", Type: Integer, Round: 5},
			{Name: "delta", Type: Integer, Round: 5}, count("personen"), {Name: "aandeel", Type: Decimal, Scale: 6, Round: 1}},
	}
	for i, n := range []int64{first, second} {
		t.Rows = append(t.Rows, []Value{number(2020), word([]string{"een", "twee"}[i]), number(n), number(change), number(100), number(1)})
	}
	return t
}

func TestUnevenAdditions(t *testing.T) {
	const sum = "delta = som(effect; jaar)"
	if got := protectOne(t, parts(24, 12, 12, sum), Policy{Threshold: 10}).Uneven; !slices.Equal(got, []Uneven{{"delta", "2020"}}) {
		t.Errorf("10 and 10 beside 25: %v", got)
	}
	if got := protectOne(t, parts(25, 12, 13, sum), Policy{Threshold: 10}).Uneven; len(got) > 0 {
		t.Errorf("10 and 15 beside 25: %v", got)
	}
	for _, wrong := range []string{
		"verandering = som(effect; jaar)", "delta = som(gevolg; jaar)", "delta = effect * effect", "delta = effect + aandeel", "delta = effect op 5", "delta = effect + 1",
		"delta = som(andere.effect; jaar)", "delta = som(effect; maand)",
	} {
		if _, err := Protect([]Table{parts(25, 12, 13, wrong)}, Policy{Threshold: 10}); err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%q: %v, want an error that names it", wrong, err)
		}
	}
}
