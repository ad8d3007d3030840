package report

import (
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

func referrals() disclosure.Table {
	return disclosure.Table{
		Name: "verwijzing", Columns: []disclosure.Column{yearKey(), key("gebied"), key("maat"), count("teller"), ratio("waarde")},
		Thresholds: []disclosure.Threshold{{Count: "teller"}},
		Rows: [][]disclosure.Value{
			{num(2021), word("pilot"), word("huisarts_per_1000"), num(20), num(993_194_000)},
			{num(2021), word("pilot"), word("na_huisarts"), num(20), num(315_000)},
		},
	}
}

// TestAReferralIsShownInItsOwnUnit keeps a share from being read as a number per 1.000.
func TestAReferralIsShownInItsOwnUnit(t *testing.T) {
	f := reopen(t, write(t, bookOf(t, referrals())))
	for cell, want := range map[string]string{"G8": "993.2", "G9": "31.5%"} {
		if got, err := f.GetCellValue("Verwijzing", cell); err != nil || got != want {
			t.Errorf("%s is shown as %q (%v), want %q", cell, got, err, want)
		}
	}
}

// TestAGoalIsShownInItsOwnUnit gives euros no decimals, and what is per 1.000 one; a difference has its sign.
func TestAGoalIsShownInItsOwnUnit(t *testing.T) {
	goals := disclosure.Table{
		Name: "doelen", Thresholds: []disclosure.Threshold{{Count: "weinig"}}, Internal: []string{"weinig"},
		Columns: []disclosure.Column{key("doel"), key("gebied"), yearKey(), {Name: "eenheid"}, ratio("nu"), ratio("verschil"), count("weinig")},
		Rows: [][]disclosure.Value{
			{word("kosten_totaal"), word("pilot"), num(2021), word("euro per verzekerdejaar"), num(5_330_000_000), num(1_080_000_000), num(20)},
			{word("verwijzing"), word("pilot"), num(2021), word("per 1.000 verzekerdejaren"), num(47_000_000), num(2_000_000), num(20)},
		},
	}
	f := reopen(t, write(t, bookOf(t, goals)))
	for cell, want := range map[string]string{"G8": "5,330", "H8": "+1,080", "G9": "47.0", "H9": "+2.0"} {
		if got, err := f.GetCellValue("Doelen", cell); err != nil || got != want {
			t.Errorf("%s is shown as %q (%v), want %q", cell, got, err, want)
		}
	}
}

// TestDistrictsShareOneAxis wants the ends of it below and above all that the charts draw, and accounted for in every chart.
func TestDistrictsShareOneAxis(t *testing.T) {
	b := bookOf(t, madeUp().tables()...)
	w, err := planned(b, dataRoom)
	if err != nil {
		t.Fatal(err)
	}
	d := &w.side
	if len(d.charts) == 0 || d.low >= d.high {
		t.Fatalf("%d charts with an axis from %v to %v", len(d.charts), d.low, d.high)
	}
	for _, c := range d.charts {
		for _, column := range d.years.columns[c.from : c.to+1] {
			if v := column.values[c.row].Value; v < d.low || v > d.high {
				t.Errorf("%s: %v is outside the axis from %v to %v", column.head, v, d.low, d.high)
			}
		}
	}
	account, err := Account(b)
	if err != nil {
		t.Fatal(err)
	}
	ends := 0
	for _, f := range account.Figures {
		if strings.HasPrefix(f.Part, "xl/charts/") && (f.Number == floatText(d.low) || f.Number == floatText(d.high)) {
			ends++
		}
	}
	if ends < 2*len(d.charts) {
		t.Errorf("%d ends of axes are accounted for, want two of each of %d charts", ends, len(d.charts))
	}
}

// TestALongArrangementIsReadToTheEnd wraps what does not fit its column, in a row that is high enough.
func TestALongArrangementIsReadToTheEnd(t *testing.T) {
	long := "jeugdwet:huiselijke_relaties+wmo:dagelijkse_activiteiten+zvw:geestelijke_gezondheid+zvw:lichamelijke_gezondheid"
	f := reopen(t, write(t, bookOf(t, arrangements(arrangement(long, 20, 20), arrangement("zvw", 10, 10)))))
	first, err := f.GetRowHeight("Arrangementen", rowHeader+1)
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.GetRowHeight("Arrangementen", rowHeader+2)
	if err != nil {
		t.Fatal(err)
	}
	if first < 3*lineHeight || second >= 2*lineHeight {
		t.Errorf("the rows are %v and %v high, want three lines and one", first, second)
	}
}

func TestRulesAreReadByTheirNames(t *testing.T) {
	for rule, want := range map[string]string{
		"msz_dbc_academisch":          "Medisch-specialistisch: DBC academisch",
		"hoogspec_neurochirurgie_ozp": "Hoogspecialistisch: neurochirurgie OZP",
		"grof_agb_06":                 "Grove indeling, AGB-soort: 06",
		"eigen_regel":                 "Eigen regel",
	} {
		if got := dutch.ruleName(rule); got != want {
			t.Errorf("%s is read as %q, want %q", rule, got, want)
		}
	}
}

// TestATitleSpeaksOfLaws prefers the words of the catalogue, which those of the tabs agree with.
func TestATitleSpeaksOfLaws(t *testing.T) {
	table := referrals()
	table.Title = "Verwijzing per domein"
	w := &workbook{book: bookOf(t, table), texts: &dutch}
	sheets, err := w.planSheets()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(sheets[0].title, "domein") {
		t.Errorf("the title is %q, want that of the catalogue", sheets[0].title)
	}
}
