package report

import (
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

// unevenBook is a book of a region in which the residents of the pilot and the control districts are all there are: printed, 9,000
// and 9,500, and together 18,500 or a little more.
func unevenBook(t *testing.T, language string, together int64) Book {
	t.Helper()
	tables := threeYears().tables()
	var areas []disclosure.Area
	for _, year := range threeYears().years {
		for code, hood := range map[string]string{"pilot": "BU09350001", "controle": "BU09350002"} {
			areas = append(areas, disclosure.Area{Year: year, Code: code, Level: "rol", Neighbourhood: hood},
				disclosure.Area{Year: year, Code: "regio", Level: "regio", Neighbourhood: hood},
				disclosure.Area{Year: year, Code: hood, Level: "buurt", Neighbourhood: hood})
		}
	}
	for i := range tables {
		for c := range tables[i].Columns {
			tables[i].Columns[c].Round = 1
		}
	}
	people := &tables[0]
	people.Additive, people.Columns[2].Round = "inwoners", 5
	for _, row := range people.Rows {
		if n, ok := map[string]int64{"pilot": 9002, "controle": 9502, "regio": together}[row[1].Text]; ok {
			row[2] = num(n)
		}
	}
	released, err := disclosure.Protect(tables, disclosure.Policy{Threshold: 10, Areas: areas, Recipients: []disclosure.Recipient{{}}})
	if err != nil {
		t.Fatal(err)
	}
	b := bookOf(t, madeUp().tables()...)
	b.Language, b.Released = language, released[0]
	return b
}

// TestASheetSaysWhereRoundingBreaksASum wants it said above the table and beside the districts, and on no sheet where all adds up.
func TestASheetSaysWhereRoundingBreaksASum(t *testing.T) {
	for language, tabs := range map[string][3]string{"nl": {"Kerncijfers", "Wijken", "Kosten per wet"}, "en": {"Population", "Districts", "Costs per law"}} {
		said := dutch.RowUneven
		if language == "en" {
			said = english.RowUneven
		}
		for together, broken := range map[int64]bool{18_504: true, 18_501: false} {
			f := reopen(t, write(t, unevenBook(t, language, together)))
			for i, tab := range tabs {
				rows, err := f.GetRows(tab)
				if err != nil {
					t.Fatal(err)
				}
				found := false
				for _, row := range rows {
					found = found || strings.Contains(strings.Join(row, " "), said)
				}
				if want := broken && i < 2; found != want {
					t.Errorf("%s of %d residents says %q: %v, want %v", tab, together, said, found, want)
				}
			}
		}
	}
}
