package pipeline_test

import "testing"

// TestOracleBudget counts an amount in its area and in all above it, and only the newest complete delivery.
func TestOracleBudget(t *testing.T) {
	t.Parallel()
	const header = "domein;jaar;gebied;post;bedrag\n"
	o := oracleMoneyRegion(t, map[string]string{
		"a/bevolking.csv":   oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31", "B 1 1980 BU00010201 2018-07-02 2019-12-31"),
		"z/declaraties.csv": oracleClaims("A zvw 016 12000 - - 2017-01-05 - 1.00", "A zvw 016 12000 - - 2018-01-05 - 1.00"),
		"g/budget_a.csv": header + "wmo;2017;BU00010101;subsidie;99.00\nwmo;2018;beneden;subsidie;100.01\nwmo;2018;BU00010101;subsidie;0.01\n" +
			"wmo;2018;een stad;subsidie;10.00\nwmo;2018;WK000101;pgb;5.00\nwmo;2019;GM0001;pgb;7.00\n",
		"g/budget_a.manifest.toml": "aangemaakt = 2019-01-01\n",
		"g/budget_b.csv": header + "wmo;2017;pilot;lumpsum;-3.00\nwmo;2017;regio;lumpsum;4.00\nwmo;2017;GM0009;lumpsum;5.00\n" +
			"wmo;2017;regio;geschenk;6.00\nzvw;2018;BU00010201;programma;36.50\n",
		"g/budget_b.manifest.toml": "aangemaakt = 2019-02-01\n",
		"h/budget.csv":             header + "wmo;2018;WK000102;subsidie;1.00\n",
	})
	table := o.KostenBuitenDeclaraties()
	oracleCheck(t, table, []oracleExpect{
		{"2017 pilot wmo lumpsum", "bedrag", "-3.00"}, {"2017 regio wmo lumpsum", "bedrag", "1.00"}, // GM0009 is nowhere
		{"2018 BU00010101 wmo subsidie", "bedrag", "100.02"},
		{"2018 BU00010101 wmo subsidie", "bedrag_reeel", "80.02"}, // 80.008 and 0.008, each to the cent
		{"2018 pilot wmo subsidie", "bedrag", "100.02"}, {"2018 WK000101 wmo subsidie", "bedrag", "100.02"},
		{"2018 GM0001 wmo subsidie", "bedrag", "111.02"}, {"2018 regio wmo subsidie", "bedrag", "111.02"},
		{"2018 regio wmo subsidie", "verzekerdejaren", "1.501370"},     // 365 and 183 days
		{"2018 regio wmo subsidie", "per_verzekerdejaar", "73.945803"}, // 111.02 × 365 / 548
		{"2018 WK000101 wmo pgb", "bedrag", "5.00"}, {"2018 GM0001 wmo pgb", "bedrag", "5.00"},
		{"2018 controle zvw programma", "bedrag", "36.50"},
		{"2018 WK000102 wmo subsidie", "bedrag", "1.00"},
	})
	for _, key := range []string{"2017 BU00010101 wmo subsidie", "2017 controle wmo lumpsum", "2018 pilot wmo pgb", "2019 GM0001 wmo pgb"} {
		oracleNoRow(t, table, key)
	}
}

// TestOracleBudgetWithoutResidents has an amount in an area where nobody lives.
func TestOracleBudgetWithoutResidents(t *testing.T) {
	t.Parallel()
	o := oracleMoneyRegion(t, map[string]string{
		"a/bevolking.csv":   oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31"),
		"z/declaraties.csv": oracleClaims("A zvw 016 12000 - - 2017-01-05 - 1.00"),
		"g/budget.csv":      "domein;jaar;gebied;post;bedrag\nwmo;2017;Boven;pgb;8.00\n",
	})
	oracleCheck(t, o.KostenBuitenDeclaraties(), []oracleExpect{
		{"2017 BU00010201 wmo pgb", "bedrag", "8.00"}, {"2017 BU00010201 wmo pgb", "verzekerdejaren", ""},
		{"2017 BU00010201 wmo pgb", "per_verzekerdejaar", ""}, {"2017 regio wmo pgb", "per_verzekerdejaar", "8.000000"},
	})
}

// TestOraclePockets sets each payer's euros beside what they would have been had the area grown as the control area.
func TestOraclePockets(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"a/bevolking.csv": oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31", "B 1 1980 BU00010201 2016-01-01 2018-07-02"),
		"z/declaraties.csv": oracleClaims(
			"A zvw 016 12000 - - 2017-01-05 - 100.00", "B zvw 016 12000 - - 2017-01-05 - 200.00",
			"A zvw 016 12000 - - 2018-01-05 - 120.00", "B zvw 016 12000 - - 2018-01-05 - 150.00",
			"A wmo WMO020 01A01 - - 2017-02-01 - 50.00", "A wmo WMO020 01A01 - - 2018-02-01 - 10.00",
			"B wmo WMO020 01A01 - - 2017-02-01 - 30.00", "B wmo WMO020 01A01 - - 2017-02-01 - -30.00"),
	}
	o := oracleMoneyRegion(t, files)
	oracleCheck(t, o.BatenLasten(), []oracleExpect{
		{"2018 pilot zorgverzekeraar", "verwacht", "149.59"}, // 100 × (150/200) / (183/365), B left on 2 July
		{"2018 pilot zorgverzekeraar", "verwacht_reeel", "119.67"},
		{"2018 pilot zorgverzekeraar", "werkelijk_reeel", "96.00"},
		{"2018 pilot zorgverzekeraar", "verschil", "-29.59"},
		{"2018 controle zorgverzekeraar", "verschil", "0.00"},
		{"2018 controle zorgverzekeraar", "verzekerdejaren", "0.501370"},
		{"2017 regio zorgverzekeraar", "verwacht", "300.00"},
		{"2018 pilot gemeente", "verwacht", ""}, // all of the control area's was credited
		{"2018 pilot gemeente", "werkelijk", "10.00"}, {"2018 pilot gemeente", "verschil", ""},
		{"2018 pilot gemeente", "status", "definitief"},
	})
	files["g/aggregaat.csv"] = "domein;jaar;gebied;geslacht;leeftijdsklasse;zorgsoort;verzekerdejaren;bedrag\n" +
		"participatiewet;2017;BU00010101;;;uitkering;4.00;1000.00\nparticipatiewet;2017;BU00010201;;;uitkering;4.00;2000.00\n" +
		"participatiewet;2018;BU00010101;;;uitkering;2.00;900.00\nparticipatiewet;2018;BU00010201;;;uitkering;8.00;1000.00\n"
	oracleCheck(t, oracleMoneyRegion(t, files).BatenLasten(), []oracleExpect{
		// Wmo and Participatiewet together: 1050/4 per year, 1000/8 of 2000/4 in the control area, 2 years: 131.25
		{"2018 pilot gemeente", "verwacht", "131.25"}, {"2018 pilot gemeente", "werkelijk", "910.00"},
		{"2018 pilot gemeente", "verzekerdejaren", "2.000000"},
	})
	delete(files, "g/aggregaat.csv")
	files["referentie/gebied.csv"] = "buurt;wijk;gemeente;naam;rol" + oracleDated + "BU00010101;;;;pilot;;;verzonnen\n"
	oracleCheck(t, oracleMoneyRegion(t, files).BatenLasten(), []oracleExpect{
		{"2018 pilot zorgverzekeraar", "verwacht", ""}, {"2018 pilot zorgverzekeraar", "werkelijk", "120.00"},
	})
}

// TestOracleBenchmark sets an area beside the national figures, of a supplier that tells of more than the region.
func TestOracleBenchmark(t *testing.T) {
	t.Parallel()
	const header = "domein;jaar;gebied;geslacht;leeftijdsklasse;zorgsoort;verzekerdejaren;bedrag\n"
	files := map[string]string{
		"a/bevolking.csv": oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31", "B 2 1950 BU00010101 2016-01-01 2019-12-31",
			"C 0 1950 BU00010201 2016-01-01 2019-12-31"),
		"z/declaraties.csv": oracleClaims("A zvw 041 15A001 - - 2017-01-05 - 100.00", "A zvw 041 15A001 0308 - 2017-01-05 - 50.00"),
		"n/aggregaat.csv": header +
			"zvw;2017;Elders;1;35-39;msz;10.00;1000.00\nzvw;2017;Elders;1;35-39;hoog;12.00;200.00\n" + // 12 years, once
			"zvw;2017;GM0001;1;35-39;msz;8.00;400.00\n" + // in the region: counts too
			"zvw;2017;Ginder;2;20-24;msz;20.00;400.00\nzvw;2017;;1;35-39;huisarts;;40.00\n" + // the rest row has no years
			"zvw;2017;Elders;;;msz;99.00;9999.00\n",
		"n/aggregaat.manifest.toml":     "aangemaakt = 2019-02-01\n",
		"n/aggregaat_oud.csv":           header + "zvw;2017;Elders;1;35-39;msz;1.00;1.00\n",
		"n/aggregaat_oud.manifest.toml": "aangemaakt = 2019-01-01\n",
		"g/aggregaat.csv":               header + "zvw;2017;GM0001;1;35-39;msz;1.00;77777.00\n", // tells of the region only
	}
	oracleCheck(t, oracleMoneyRegion(t, files).Benchmark(), []oracleExpect{
		// A: (1000 + 200 + 400) / (12 + 8) = 80; B is in no national stratum: 2000 / 40 = 50
		{"2017 BU00010101 zvw msz", "verwacht", "130.00"}, {"2017 BU00010101 zvw msz", "werkelijk", "150.00"},
		{"2017 BU00010101 zvw msz", "verhouding", "1.153846"},
		{"2017 controle zvw msz", "verwacht", "50.00"}, {"2017 controle zvw msz", "werkelijk", "0.00"}, // sex unknown
		{"2017 regio zvw huisarts", "verwacht", "4.00"}, // 40/20, 40/40 and 40/40
		{"2017 regio zvw msz", "status", "definitief"},
	})
	delete(files, "n/aggregaat.csv")
	delete(files, "n/aggregaat_oud.csv")
	if rows := oracleMoneyRegion(t, files).Benchmark().Rows; len(rows) > 0 {
		t.Errorf("figures of the region alone are no benchmark: %v", rows)
	}
}
