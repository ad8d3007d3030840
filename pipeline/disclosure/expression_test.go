package disclosure

import (
	"math/big"
	"strings"
	"testing"
)

// TestFormulas computes with the small language of the headers.
func TestFormulas(t *testing.T) {
	year := Column{Name: "jaar", Type: Integer, Key: true}
	table := Table{
		Name: "kosten", Columns: []Column{year, key("gebied"), key("domein"), euros("bedrag"), count("personen"),
			{Name: "aandeel", Type: Decimal, Scale: 6}, {Name: "delta", Type: Decimal, Scale: 2}, {Name: "gemiddeld", Type: Decimal, Scale: 6},
			{Name: "beide", Type: Decimal, Scale: 2}},
		Thresholds: []Threshold{{Count: "personen"}},
		Derived: []string{
			"aandeel = bedrag / som(bedrag; jaar, gebied)",
			"delta = bedrag - som(bedrag; jaar = basis, gebied, domein)",
			"gemiddeld = bedrag / personen op 5",
			"beide = som(bedrag; jaar, gebied, domein = 'zvw' | 'wmo') mits delta",
		},
	}
	null := Value{Null: true}
	add := func(year int64, domain string, cents, persons int64, share, delta, mean, both Value) {
		table.Rows = append(table.Rows, []Value{number(year), word("a"), word(domain), number(cents), number(persons), share, delta, mean, both})
	}
	add(2017, "zvw", 300_000_00, 100, number(750000), number(0), number(3000_000000), number(400_000_00))
	add(2017, "wmo", 100_000_00, 40, number(250000), number(0), number(2500_000000), number(400_000_00))
	add(2018, "zvw", 330_000_00, 110, number(750000), number(30_000_00), number(3000_000000), number(440_000_00))
	add(2018, "wmo", 110_000_00, 44, number(250000), number(10_000_00), number(2500_000000), number(440_000_00))
	add(2019, "zvw", 330_000_00, 107, number(1000000), number(30_000_00), number(3084_112150), null)
	add(2019, "wmo", 0, 0, number(0), number(-100_000_00), null, null)
	table.Columns[3].Round, table.Columns[4].Round = 1000_00, 5
	got := protectOne(t, table, Policy{Threshold: 10, BaseYear: 2017})
	for _, c := range []struct {
		row    int
		column string
		want   Cell
	}{
		{0, "aandeel", Cell{Unscaled: 750000}},
		{2, "delta", Cell{Unscaled: 30_000_00}},
		{2, "gemiddeld", Cell{Unscaled: 3000_000000}},
		{4, "gemiddeld", Cell{Unscaled: 3145_000000}}, // 330,000 by 105 persons, to 5 euros
		{4, "personen", Cell{Unscaled: 105}},
		{5, "gemiddeld", Cell{State: Unknown}},
		{3, "beide", Cell{Unscaled: 440_000_00}},
		{5, "beide", Cell{State: Unknown}},
	} {
		if cell := got.Rows[c.row][got.ColumnIndex(c.column)]; cell != c.want {
			t.Errorf("%s of row %d is %+v, want %+v", c.column, c.row, cell, c.want)
		}
	}

	// A part that is hidden hides what is made of it, also in another year and of another law.
	table.Rows[1][4] = number(4)
	got = protectOne(t, table, Policy{Threshold: 10, BaseYear: 2017})
	states := func(row int) string {
		var b strings.Builder
		for _, name := range []string{"bedrag", "aandeel", "delta", "gemiddeld", "beide"} {
			b.WriteByte("sx."[got.Rows[row][got.ColumnIndex(name)].State])
		}
		return b.String()
	}
	for row, want := range []string{"sxssx", "xxxxx", "sssss", "ssxsx"} {
		if states(row) != want {
			t.Errorf("row %d is %s, want %s", row, states(row), want)
		}
	}
}

// TestADerivedCellThatTheFormulaDoesNotGiveIsHidden: a formula that is wrong shows nothing instead of something else.
func TestADerivedCellThatTheFormulaDoesNotGiveIsHidden(t *testing.T) {
	table := Table{
		Name: "kosten", Columns: []Column{key("gebied"), euros("bedrag"), count("personen"), {Name: "gemiddeld", Type: Decimal, Scale: 2}},
		Thresholds: []Threshold{{Count: "personen"}}, Derived: []string{"gemiddeld = bedrag / personen"},
		Rows: [][]Value{{word("a"), number(120_00), number(12), number(10_00)}, {word("b"), number(120_00), number(12), number(11_00)}},
	}
	released, err := Protect([]Table{table}, Policy{Threshold: 10, Recipients: []Recipient{{}}})
	if err != nil {
		t.Fatal(err)
	}
	rows := released[0].Tables()[0].Rows
	if rows[0][3] != (Cell{Unscaled: 10_00}) || rows[1][3] != (Cell{State: Hidden}) || released[0].Counts().Mismatches != 1 {
		t.Errorf("%+v, %+v", rows, released[0].Counts())
	}
}

func TestWrongFormulasAreRefused(t *testing.T) {
	for _, text := range []string{
		"", "aandeel", "aandeel = ", "aandeel = bedrag /", "aandeel = (bedrag", "aandeel = som(bedrag)", "aandeel = som(bedrag; jaar",
		"aandeel = bedrag op", "aandeel = bedrag bedrag", "= bedrag", "aandeel = mensen", "aandeel = som(elders.bedrag; gebied)",
		"aandeel = som(bedrag; wijk)", "aandeel = som(bedrag; gebied = wijk)", "mensen = bedrag", "aandeel = bedrag op mensen",
	} {
		table := costs(number(50), number(1), "nee")
		table.Derived = []string{text}
		if _, err := Protect([]Table{table}, Policy{Threshold: 10}); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	for _, text := range []string{"totaal", "totaal(gebied)", "totaal(gebied) = bedrag *", "totaal(gebied) = bedrag * 2", "totaal(wijk) = bedrag", "totaal() = bedrag", "totaal(gebied) = bedrag waar gebied"} {
		table := costs(number(50), number(1), "nee")
		table.Sums = []string{text}
		if _, err := Protect([]Table{table}, Policy{Threshold: 10}); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestRounding(t *testing.T) {
	for _, c := range []struct{ value, base, want int64 }{
		// OpenSAFELY, rounding after redaction (methods §6)
		{16, 5, 15}, {23, 5, 25}, {18, 5, 20}, {31, 5, 30}, {44, 5, 45}, {8, 5, 10},
		{0, 5, 0}, {-13, 5, -15}, {-12, 5, -10}, {1_499_99, 1000_00, 1000_00}, {1_500_00, 1000_00, 2000_00}, {-1_500_00, 1000_00, -2000_00}, {7, 1, 7},
	} {
		if got := roundCount(c.value, c.base); got != c.want {
			t.Errorf("%d to %d is %d, want %d", c.value, c.base, got, c.want)
		}
		if got := roundTo(big.NewRat(c.value, 1), big.NewRat(c.base, 1)); got.Cmp(big.NewRat(c.want, 1)) != 0 {
			t.Errorf("%d to %d is %s, want %d", c.value, c.base, got, c.want)
		}
	}
	if got := roundTo(big.NewRat(7, 2), big.NewRat(1, 1)); got.Cmp(big.NewRat(4, 1)) != 0 {
		t.Errorf("3.5 is %s, want 4", got)
	}
}
