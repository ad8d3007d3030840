package report

import (
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

func TestHeadline(t *testing.T) {
	only := func(change func(*region)) []disclosure.Table {
		r := madeUp()
		change(&r)
		return r.tables()
	}
	for name, c := range map[string]struct {
		tables []disclosure.Table
		want   string
	}{
		"a shift from zvw to wmo": {
			madeUp().tables(),
			"In de pilotwijken bleven de kosten per verzekerdejaar van 2017 tot 2021 vrijwel gelijk (−1,9%, gecorrigeerd voor prijsstijging), tegen +1,9% in de controlewijken; " +
				"het aandeel van de Wmo groeide (+2,8 procentpunt), dat van de Zvw kromp (−2,8 procentpunt).",
		},
		"costs fall and nothing shifts": {
			only(func(r *region) {
				r.amount = func(area, domain string, year int) int64 {
					return 100_000_000 - map[string]int64{"pilot": 3_000_000}[area]*int64(year-baseYear)
				}
			}),
			"In de pilotwijken daalden de kosten per verzekerdejaar van 2017 tot 2021 met 17,0%, gecorrigeerd voor prijsstijging, meer dan in de controlewijken (−5,7%); " +
				"de verdeling over de wetten bleef vrijwel gelijk.",
		},
		"only a provisional year": {
			only(func(r *region) { r.years = []int{2017, 2022, 2023} }),
			"In de pilotwijken daalden de kosten per verzekerdejaar van 2017 tot 2022 met 2,3%, gecorrigeerd voor prijsstijging, tegen +2,3% in de controlewijken; " +
				"het aandeel van de Wmo groeide (+3,5 procentpunt), dat van de Zvw kromp (−3,5 procentpunt) (2022 is nog voorlopig).",
		},
		"the base year only": {
			only(func(r *region) { r.years = []int{2015, 2016, 2017} }),
			"Er is nog geen volledig jaar na basisjaar 2017, zodat er nog niets te vergelijken is.",
		},
		"an incomplete year after the base": {
			only(func(r *region) { r.years = []int{2017, 2023} }),
			"Er is nog geen volledig jaar na basisjaar 2017, zodat er nog niets te vergelijken is.",
		},
		"no base year": {
			only(func(r *region) { r.years = []int{2019, 2020} }),
			"Er zijn geen cijfers over basisjaar 2017, zodat er niets te vergelijken is.",
		},
		"everything hidden": {
			only(func(r *region) { r.persons = func(string, string, int) int64 { return 5 } }),
			"Over de kosten in de pilotwijken van 2017 tot 2021 is geen conclusie te trekken: de cijfers zijn verborgen ter bescherming van personen of tarieven.",
		},
		"one law hidden": {
			only(func(r *region) {
				persons := r.persons
				r.persons = func(area, domain string, year int) int64 {
					if area == "pilot" && domain == "participatiewet" {
						return 3
					}
					return persons(area, domain, year)
				}
			}),
			"In de pilotwijken zijn de kosten per verzekerdejaar van 2017 tot 2021 niet te vergelijken omdat cijfers verborgen zijn; " +
				"van de zichtbare wetten groeide het aandeel van de Wmo het meest (+2,8 procentpunt) en kromp dat van de Zvw het meest (−2,8 procentpunt).",
		},
		"no pilot, one law": {
			only(func(r *region) { r.areas, r.domains = []string{"GM0935", "regio"}, []string{"zvw"} }),
			"In de regio bleven de kosten per verzekerdejaar van 2017 tot 2021 vrijwel gelijk (+1,9%, gecorrigeerd voor prijsstijging); " +
				"verschuiving tussen wetten is niet vast te stellen, want er zijn alleen kosten van de Zvw.",
		},
		"nothing at all": {nil, "Er zijn geen kosten om te vergelijken."},
	} {
		t.Run(name, func(t *testing.T) {
			book := bookOf(t, c.tables...)
			if got := Headline(book); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			f := reopen(t, write(t, book))
			if got, err := f.GetCellValue("Samenvatting", "A4"); err != nil || got != c.want {
				t.Errorf("the sheet says %q (%v)", got, err)
			}
		})
	}
}

// stackTable holds one area and year with a number of persons per class.
func stackTable(persons ...int64) disclosure.Table {
	t := disclosure.Table{Name: "stapeling_personen", Columns: []disclosure.Column{
		yearKey(), key("gebied"), key("telling"), key("klasse"), count("personen"), ratio("per_1000")},
		Thresholds: []disclosure.Threshold{{Count: "personen"}}}
	total := int64(0)
	for _, p := range persons {
		total += p
	}
	for i, p := range persons {
		class := []string{"0", "1", "2", "3", "4", "5", "6+"}[i]
		t.Rows = append(t.Rows, []disclosure.Value{num(2021), word("pilot"), word("arrangementen"), word(class), num(p), num(p * 1_000_000_000 / total)})
	}
	return t
}

func TestStackingGivesNoHiddenClassAway(t *testing.T) {
	for name, c := range map[string]struct {
		persons []int64
		state   disclosure.State
		want    float64
	}{
		"all visible":            {[]int64{800, 100, 50, 20, 10, 10, 10}, disclosure.Shown, 100},
		"one hidden":             {[]int64{800, 100, 50, 20, 10, 12, 8}, disclosure.Hidden, 0},
		"two hidden":             {[]int64{800, 100, 60, 20, 10, 6, 4}, disclosure.Hidden, 0},
		"all of two and more":    {[]int64{900, 100, 5, 4, 3, 2, 1}, disclosure.Hidden, 0},
		"class one is no part":   {[]int64{895, 5, 50, 20, 10, 10, 10}, disclosure.Shown, 100},
		"empty classes are zero": {[]int64{900, 50, 50, 0, 0, 0, 0}, disclosure.Shown, 50},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLookup(protect(t, nil, stackTable(c.persons...)), "stapeling_personen", "gebied", "jaar", "telling", "klasse")
			got := stacked(&l, "pilot", "2021")
			if got.State != c.state || got.State == disclosure.Shown && rounded(got.Value, formatPerThousand) != c.want {
				t.Errorf("got %+v, want state %d and %v", got, c.state, c.want)
			}
		})
	}
}

func TestReadingOrder(t *testing.T) {
	released := protect(t, nil, madeUp().tables()...)
	costs, _ := released.Table("kosten_per_domein")
	var seen []string
	for _, i := range readingOrder(costs) {
		at := costs.Rows[i][1].Text
		if len(seen) == 0 || seen[len(seen)-1] != at {
			seen = append(seen, at)
		}
	}
	if got, want := strings.Join(seen, " "), "pilot controle regio GM0935 WK093501 BU09350001 BU09350002"; got != want {
		t.Errorf("areas in the order %s, want %s", got, want)
	}
	first := costs.Rows[readingOrder(costs)[0]]
	if first[0].Unscaled != 2023 || first[2].Text != "zvw" {
		t.Errorf("the first row is %d %s, want 2023 zvw", first[0].Unscaled, first[2].Text)
	}
}

func TestNumbersInSentences(t *testing.T) {
	for want, got := range map[string]string{
		"1.234.567,9": dutch.number(1234567.89, 1),
		"−0,5":        dutch.number(-0.5, 1),
		"0,0":         dutch.signed(-0.04, 1),
		"+117":        dutch.signed(116.982, 0),
		"-0.05":       decimalText(-5, 2),
		"12":          decimalText(12, 0),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Every column that a query may make has words, and they differ within a table.
func TestTheCatalogueKnowsTheColumns(t *testing.T) {
	w := &workbook{book: bookOf(t, madeUp().tables()...), texts: &dutch}
	sheets, err := w.planSheets()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		for _, c := range s.columns {
			if c.note == "" {
				t.Errorf("%s: nothing explains the column %q", s.tab, c.header)
			}
		}
	}
}
