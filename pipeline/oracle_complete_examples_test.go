package pipeline_test

import "testing"

// oracleMonthsOfCare is a region of one person with four months of care: one month of declaring was not yet over.
func oracleMonthsOfCare(t *testing.T) *oracle {
	t.Helper()
	return oracleMoneyRegion(t, map[string]string{
		"a/bevolking.csv":               oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31"),
		"a/bevolking.csv.manifest.toml": "aangemaakt = 2017-05-12\n",
		"z/declaraties.csv": oracleClaims(
			"A zvw 016 12000 - - 2017-01-05 2017-01-20 100.00", "A zvw 016 12000 - - 2017-01-06 2017-02-02 50.00",
			"A zvw 016 12000 - - 2017-01-07 2017-04-02 10.00",
			"A zvw 016 12000 - - 2017-02-05 2017-02-20 100.00", "A zvw 016 12000 - - 2017-02-06 2017-03-20 60.00",
			"A zvw 016 12000 - - 2017-03-05 2017-03-20 100.00",
			"A zvw 016 12000 - - 2017-03-06 2017-04-20 50.00", "A zvw 016 12000 - - 2017-03-06 2017-04-28 -10.00",
			"A zvw 016 12000 - - 2017-04-05 2017-04-30 80.00", "A zvw 016 12000 - - 2017-04-06 2017-05-10 7.00",
			"A zvw 016 12000 - - 2017-05-02 2017-05-10 5.00",
			"A zvw 041 15A001 - - 2017-02-01 - 40.00", "A zvw 041 15A001 - - 2017-03-01 2017-03-31 60.00",
			"X zvw 016 12000 - - 2017-01-05 2017-01-05 9.00"), // a stranger
		"z/declaraties.csv.manifest.toml": "aangemaakt = 2017-05-12\n",
	})
}

// TestOracleCompleteness works a small triangle out by hand. May was not over, so April is the last month known:
// growth 0→1 is (150 + 160 + 140) / 300 = 1.5, 1→2 is (150 + 160) / (150 + 160) = 1, 2→3 is 160 / 150.
func TestOracleCompleteness(t *testing.T) {
	table := oracleMonthsOfCare(t).Volledigheid()
	oracleCheck(t, table, []oracleExpect{
		{"zvw huisarts 2017-01-01", "verwacht_totaal", "160.00"},
		{"zvw huisarts 2017-01-01", "volledigheid", "1.000000"},
		{"zvw huisarts 2017-01-01", "status", "definitief"},
		{"zvw huisarts 2017-02-01", "verwacht_totaal", "170.67"}, // 160 × 16/15
		{"zvw huisarts 2017-02-01", "volledigheid", "0.937482"},  // 160 / 170.67
		{"zvw huisarts 2017-02-01", "status", "voorlopig"},
		{"zvw huisarts 2017-03-01", "aangeleverd", "140.00"}, // 100 + 50 - 10
		{"zvw huisarts 2017-03-01", "verwacht_totaal", "149.33"},
		{"zvw huisarts 2017-04-01", "aangeleverd", "87.00"},      // with what was declared in May
		{"zvw huisarts 2017-04-01", "verwacht_totaal", "128.00"}, // 80 × 1.5 × 16/15; no year before to lean on
		{"zvw huisarts 2017-04-01", "methode", "kettingladder"},
		{"zvw huisarts 2017-04-01", "volledigheid", "0.679688"}, // 87 / 128, half away from zero
		{"zvw huisarts 2017-04-01", "status", "onvolledig"},
		{"zvw huisarts 2017-05-01", "aangeleverd", "5.00"},
		{"zvw huisarts 2017-05-01", "verwacht_totaal", ""},
		{"zvw huisarts 2017-05-01", "methode", "geen"},
		{"zvw huisarts 2017-05-01", "status", "onvolledig"},
		{"zvw msz 2017-03-01", "methode", "geen"},     // of the hospital one line has no declaratiedatum
		{"zvw msz 2017-03-01", "status", "voorlopig"}, // that of the year: 12 May 2017 is early
	})
	oracleNoRow(t, table, "zvw msz 2017-04-01")
	if len(table.Rows) != 7 {
		t.Errorf("%d months, want 7", len(table.Rows))
	}
}

// TestOracleKnownUntil tells the last month of which everything can have come.
func TestOracleKnownUntil(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ declared, delivered, want string }{
		{"2017-04-29", "2017-04-30", "2017-03-01"}, {"2017-04-30", "2017-04-30", "2017-04-01"},
		{"2017-04-02", "2017-05-01", "2017-04-01"},
	} {
		o := oracleMoneyRegion(t, map[string]string{
			"a/bevolking.csv":                 oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31"),
			"z/declaraties.csv":               oracleClaims("A zvw 016 12000 - - 2017-01-05 " + c.declared + " 1.00"),
			"z/declaraties.csv.manifest.toml": "aangemaakt = " + c.delivered + "\n",
		})
		if got := o.knownUntil(o.declaredParts())["zvw"].text(); got != c.want {
			t.Errorf("declared %s and delivered %s: known until %s, want %s", c.declared, c.delivered, got, c.want)
		}
	}
}

// TestOracleQuarters adds months to quarters.
func TestOracleQuarters(t *testing.T) {
	table := oracleMonthsOfCare(t).KostenPerKwartaal()
	oracleCheck(t, table, []oracleExpect{
		{"2017-K1 pilot zvw", "bedrag", "560.00"}, // 160 + 160 + 140 + 40 + 60
		{"2017-K1 pilot zvw", "verzekerdejaren", "0.246575"},
		{"2017-K1 pilot zvw", "volledigheid", ""}, // of the hospital nothing can be said
		{"2017-K1 pilot zvw", "status", "voorlopig"},
		{"2017-K1 pilot zvw", "bedrag_peil", ""},
		{"2017-K2 regio zvw", "bedrag", "92.00"},
		{"2017-K2 regio zvw", "volledigheid", ""}, // of May nothing can be said
		{"2017-K4 regio zvw", "bedrag", "0.00"},
		{"2017-K4 regio zvw", "per_verzekerdejaar", "0.000000"},
	})
	oracleNoRow(t, table, "2017-K1 controle zvw") // nobody lives there
}

// TestOracleQuarterAtMaturity compares a quarter with the same quarter a year before, both as known at its end.
func TestOracleQuarterAtMaturity(t *testing.T) {
	t.Parallel()
	table := oracleMoneyRegion(t, map[string]string{
		"a/bevolking.csv": oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31", "B 1 1980 BU00010201 2018-02-01 2019-12-31"),
		"z/declaraties.csv": oracleClaims(
			"A zvw 016 12000 - - 2017-01-05 2017-03-20 100.00", "A zvw 016 12000 - - 2017-01-06 2017-06-02 20.00",
			"A zvw 016 12000 - - 2018-01-05 2018-03-31 90.00", "B zvw 016 12000 - - 2018-02-05 2018-04-05 4.00",
			"A wmo WMO020 01A01 - - 2017-02-01 - 30.00", "A wmo WMO020 01A01 - - 2018-02-01 2018-03-31 30.00"),
		"z/declaraties.csv.manifest.toml": "aangemaakt = 2018-04-10\n",
	}).KostenPerKwartaal()
	oracleCheck(t, table, []oracleExpect{
		{"2018-K1 regio zvw", "bedrag", "94.00"}, {"2018-K1 regio zvw", "bedrag_peil", "90.00"}, // by March 2018
		{"2018-K1 regio zvw", "bedrag_jaar_eerder", "100.00"}, // by March 2017
		// January 2017 grew from 100 to 120 between age 4 and 5; February has nothing that was known: 94 / (90 × 1.2 + 0)
		{"2018-K1 regio zvw", "volledigheid", "0.870370"}, {"2018-K1 controle zvw", "status", "voorlopig"},
		{"2017-K1 regio zvw", "volledigheid", "1.000000"}, {"2017-K1 pilot zvw", "status", "definitief"},
		{"2018-K1 regio zvw", "bedrag_reeel", "75.20"},          // 90 × 100/125 + 4 × 100/125
		{"2018-K1 controle zvw", "verzekerdejaren", "0.161644"}, // 59 / 365
		{"2018-K1 controle zvw", "per_verzekerdejaar", "24.745763"},
		{"2018-K1 controle zvw", "bedrag_peil", "0.00"},
		{"2018-K1 pilot zvw", "per_verzekerdejaar", "365.000000"}, // 90 / (90 / 365)
		{"2018-K1 regio wmo", "bedrag_peil", ""},                  // a line of 2017-K1 has no declaratiedatum
		{"2018-K2 regio wmo", "bedrag_peil", "0.00"}, {"2018-K2 regio wmo", "bedrag_jaar_eerder", "0.00"},
		{"2017-K1 regio zvw", "bedrag_peil", ""}, // there is no year before
	})
}
