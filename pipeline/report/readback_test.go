package report

import (
	"errors"
	"testing"

	"ontschot/pipeline/disclosure"
)

// judge reads a workbook back and holds it against its book.
func judge(t testing.TB, path string, b Book) error {
	t.Helper()
	account, err := Account(b)
	if err != nil {
		t.Fatal(err)
	}
	gate := disclosure.NewGate(b.Released, account)
	return errors.Join(ReadBack(path, gate.See), gate.Close())
}

// TestAWrittenWorkbookPassesTheGate reads every kind of workbook back: with all tables, with few, with none.
func TestAWrittenWorkbookPassesTheGate(t *testing.T) {
	all := madeUp().tables()
	for name, tables := range map[string][]disclosure.Table{
		"all": all, "one": all[:1], "none": nil, "referrals": {referrals()},
		"arrangements": {arrangements(arrangement("jeugdwet:huiselijke_relaties+zvw:lichamelijke_gezondheid", 20, 20), arrangement("zvw", 3, 10))},
	} {
		book := bookOf(t, tables...)
		for _, book.Language = range Languages() {
			for _, book.Concept = range []bool{true, false} {
				if err := judge(t, write(t, book), book); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}

// TestLongNumbersThatTellOfNoPersonPass has them in every name that a book holds, and a warning that names one.
func TestLongNumbersThatTellOfNoPersonPass(t *testing.T) {
	book := bookOf(t, madeUp().tables()...)
	book.Region = "Regio 123456 & 'co' <b> met een naam die langer is dan wat er op een regel past 1234567890123"
	book.Recipient = "Gemeente 98765"
	book.Fingerprint = "12345678901234567890"
	book.AreaNames["BU09350001"] = "Wijk 12345 _x0041_"
	book.Deliveries[0] = Delivery{"345678", "declaraties", "zvw_20240131 (1).csv", "2024-10-01", "98765432109876543210", 0}
	book.PriceSources[0].Source = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/83131NED"
	book.Versions[0].Value = "v1.0-12-g1234567"
	book.Warnings = []Warning{{Check: "prijs_per_eenheid", Title: "Prijs per eenheid", Example: "onder meer van code 016 14001", Note: "Zie de codelijst."}}
	if err := judge(t, write(t, book), book); err == nil {
		t.Error("a warning may name any number")
	}
	book.Codes = []string{"onder meer van code 016 14001"}
	for _, book.Language = range Languages() {
		if err := judge(t, write(t, book), book); err != nil {
			t.Errorf("%s: %v", book.Language, err)
		}
	}
}
