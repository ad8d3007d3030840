package pipeline_test

import (
	"maps"
	"strings"
	"testing"
)

// TestOracleSpecialist shares the care of the lijnen among the rules, and reads each signal the other way.
func TestOracleSpecialist(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"a/bevolking.csv": oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31", "B 1 1980 BU00010101 2016-01-01 2019-12-31"),
		"z/declaraties.csv": oracleClaims(
			"A zvw 016 12000 - - 2017-01-05 - 100.00", "A zvw 041 15A001 0313 02 2017-01-05 - 150.00",
			"B zvw 041 15A001 0313 02 2017-01-05 - 50.00", "A zvw 041 15A001 0308 02 2017-01-05 - 300.00",
			"A zvw 016 5308A 0313 02 2017-01-05 - 400.00", "A wmo WMO020 01A01 - - 2017-02-01 - 50.00",
			"B zvw 041 15A001 0308 02 2017-01-05 - 70.00", "B zvw 041 15A001 0308 02 2017-01-05 - -70.00"),
	}
	table := oracleMoneyRegion(t, files).SpecialistischeZorg()
	oracleCheck(t, table, []oracleExpect{
		{"2017 pilot 2 ziekenhuis", "signaal", "academisch"}, {"2017 pilot 2 ziekenhuis", "gebruikers", "2"},
		{"2017 pilot 2 ziekenhuis", "declaraties", "2"}, {"2017 pilot 2 ziekenhuis", "aandeel", "0.200000"},
		{"2017 pilot 2 ziekenhuis", "aandeel_lijn_3", "0.300000"},
		{"2017 pilot 2 ziekenhuis", "aandeel_lijn_3_anders", "0.500000"}, // if academic care were highly specialised
		{"2017 pilot 3 hersenen", "signaal", "specialisme"}, {"2017 pilot 3 hersenen", "gebruikers", "1"},
		{"2017 pilot 3 hersenen", "declaraties", "1"}, {"2017 pilot 3 hersenen", "bedrag", "300.00"},
		{"2017 pilot 3 hersenen", "aandeel_reeel", "0.300000"},
		{"2017 pilot 3 hersenen", "aandeel_lijn_3_anders", "0.000000"},
		{"2017 pilot 3 hersenen", "status", "definitief"},
	})
	if len(table.Rows) != 2*5 { // buurt, wijk, gemeente, regio, pilot
		t.Errorf("%d rows, want 10", len(table.Rows))
	}
	files["referentie/hoogspecialistisch.csv"] = "regel;signaal;kern;reden" + oracleDated + "hers%;specialisme;ja;x;2018-01-01;;verzonnen\n"
	oracleCheck(t, oracleMoneyRegion(t, files).SpecialistischeZorg(), []oracleExpect{
		{"2017 pilot 3 hersenen", "signaal", ""}, {"2017 pilot 3 hersenen", "aandeel_lijn_3_anders", ""},
	})
}

// TestOracleReferrals follows three persons through the funnel.
func TestOracleReferrals(t *testing.T) {
	t.Parallel()
	table := oracleMoneyRegion(t, map[string]string{
		"a/bevolking.csv": oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31", "B 1 1980 BU00010201 2016-01-01 2019-12-31",
			"C 1 1980 BU00010101 2018-01-01 2018-12-31"),
		"z/declaraties.csv": oracleClaims(
			"A zvw 016 12000 - - 2017-03-01 - 1.00", "A zvw 016 12001 - - 2017-03-01 - 1.00", "A zvw 016 11101 - - 2017-04-01 - 1.00",
			"A zvw 041 15A001 0313 02 2017-05-20..2017-08-01 - 1.00",
			"A zvw 041 15A001 0313 - 2018-05-20 - 1.00", // 365 days later: repeated, not first
			"A zvw 016 5308A 0305 02 2018-06-01 - 1.00", "A zvw 041 15A001 0305 - 2018-06-01 - 1.00",
			"A zvw 041 15A001 0305 05 2018-09-29 - 1.00", // 120 days after
			"A zvw 016 12000 - - 2019-06-01 - 1.00",
			"B zvw 016 12000 - - 2017-11-03 - 1.00", // 90 days before
			"B zvw 041 15A001 0308 05 2018-02-01 - 1.00", "B zvw 041 15B001 0308 02 2018-02-01 - 1.00",
			"B zvw 041 15A001 0320 02 2018-03-01 - 1.00", "B zvw 041 15A001 0320 02 2018-03-01 - -1.00",
			"C zvw 041 15A001 0313 - 2017-12-01 - 1.00", // does not live in the region yet
			"C zvw 041 15A001 0313 - 2018-02-01 - 1.00"),
	}).Verwijzing()
	for _, c := range []struct{ key, want string }{
		{"2017 pilot huisarts_per_1000", "1 1.000000 1000.000000 definitief"},
		{"2017 pilot eerste_dbc_per_1000", "1 1.000000 1000.000000 onvolledig"},
		{"2017 pilot na_huisarts", "1 1.000000 1.000000 onvolledig"},
		{"2017 pilot herhaald_12_maanden", "1 1.000000 1.000000 onvolledig"},
		{"2018 pilot eerste_dbc_per_1000", "2 2.000000 1000.000000 definitief"},
		{"2018 pilot na_huisarts", "0 2.000000 0.000000 definitief"},
		{"2018 pilot verwezen_door_huisarts", "0 0.000000  definitief"},
		{"2018 pilot anderhalf_per_1000", "1 2.000000 500.000000 definitief"},
		{"2018 pilot via_anderhalf", "1 2.000000 0.500000 definitief"}, // on the day itself
		{"2018 pilot anderhalf_doorverwezen", "1 1.000000 1.000000 voorlopig"},
		{"2018 pilot herhaald_12_maanden", "1 2.000000 0.500000 voorlopig"},
		{"2018 controle na_huisarts", "1 1.000000 1.000000 definitief"},
		{"2018 controle verwezen_door_huisarts", "1 1.000000 1.000000 definitief"},
		{"2018 controle eerste_dbc_per_1000", "1 1.000000 1000.000000 definitief"},
		{"2019 pilot huisarts_per_1000", "1 1.000000 1000.000000 voorlopig"},
		{"2019 controle huisarts_per_1000", "0 1.000000 0.000000 voorlopig"},
	} {
		var got []string
		for _, column := range table.Columns {
			if column == "grootste" || column == "schaal" {
				break // what follows serves the protection
			}
			got = append(got, oracleValue(t, table, column, strings.Fields(c.key)...))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.key, got, c.want)
		}
	}
}

// oracleTwoAgainstTwo are two persons in the pilot and two in the control area, with every cost in whole years.
func oracleTwoAgainstTwo() map[string]string {
	return map[string]string{
		"referentie/prijsindex.csv": "domein;zorgsoort;jaar;index" + oracleDated + "cpi;;2017;100;;;verzonnen\ncpi;;2018;100;;;verzonnen\n",
		"a/bevolking.csv": oraclePeopleFile("A 1 1980 BU00010101 2016-01-01 2019-12-31", "B 1 1980 BU00010101 2016-01-01 2019-12-31",
			"C 1 1980 BU00010201 2016-01-01 2019-12-31", "D 1 1980 BU00010201 2016-01-01 2019-12-31"),
		"a/toewijzingen.csv": "domein;toewijzing_id;pseudoniem;productcategorie;productcode;begindatum;einddatum;reden_beeindiging\n" +
			"wmo;1;" + oraclePerson("A") + ";01;;2018-03-01;2018-04-01;\nwmo;2;" + oraclePerson("A") + ";02;;2018-04-01;2018-06-01;\n",
		"z/declaraties.csv": oracleClaims(
			"A zvw 016 12000 - - 2017-01-05 - 60.00", "A zvw 041 15A001 0308 02 2017-01-05 - 40.00",
			"B zvw 016 12000 - - 2017-01-05 - 160.00", "B zvw 041 15A001 0308 02 2017-01-05 - 40.00",
			"C zvw 016 12000 - - 2017-01-05 - 100.00", "D zvw 016 12000 - - 2017-01-05 - 120.00",
			"A zvw 016 12000 - - 2018-01-05 - 130.00", "B zvw 016 12000 - - 2018-01-05 - 150.00",
			"C zvw 016 12000 - - 2018-01-05 - 100.00", "D zvw 016 12000 - - 2018-01-05 - 130.00",
			"A wmo WMO020 01A01 - - 2017-02-01 - 10.00", "B wmo WMO020 01A01 - - 2017-02-01 - 10.00",
			"A wmo WMO020 01A01 - - 2018-02-01 - 60.00", "B wmo WMO020 01A01 - - 2018-02-01 - 60.00",
			"C wmo WMO020 01A01 - - 2018-02-01 - 5.00", "C wmo WMO020 01A01 - - 2018-02-01 - -5.00"),
	}
}

// TestOracleGoals works the difference in change and its interval out by hand. Of kosten_zvw the pilot goes from 150 to
// 140 and the control area from 110 to 115: z is 20 and -20, -2.5 and 2.5, the variance 812.5.
func TestOracleGoals(t *testing.T) {
	t.Parallel()
	table := oracleMoneyRegion(t, oracleTwoAgainstTwo()).Doelen()
	oracleCheck(t, table, []oracleExpect{
		{"kosten_zvw pilot 2018", "basis", "150.000000"}, {"kosten_zvw pilot 2018", "nu", "140.000000"},
		{"kosten_zvw pilot 2018", "controle_basis", "110.000000"}, {"kosten_zvw pilot 2018", "controle_nu", "115.000000"},
		{"kosten_zvw pilot 2018", "verschil", "-15.000000"},
		{"kosten_zvw pilot 2018", "ci_laag", "-70.867569"}, {"kosten_zvw pilot 2018", "ci_hoog", "40.867569"},
		{"kosten_zvw pilot 2018", "oordeel", "niet vast te stellen"}, {"kosten_zvw pilot 2018", "reden", ""},
		{"kosten_totaal pilot 2018", "verschil", "35.000000"}, {"kosten_totaal pilot 2018", "richting", "daling of gelijk"},
		{"kosten_sociaal_domein pilot 2018", "ci_laag", "50.000000"}, // everyone 50 more: no variance
		{"kosten_sociaal_domein pilot 2018", "oordeel", "stijging"}, {"kosten_sociaal_domein pilot 2018", "richting", "geen"},
		{"hoogspecialistisch pilot 2018", "verschil", "-40.000000"}, {"hoogspecialistisch pilot 2018", "oordeel", "daling"},
		{"stapeling pilot 2018", "nu", "500.000000"}, // A had two on 1 April
		{"stapeling pilot 2018", "ci_hoog", "1192.951912"}, {"stapeling pilot 2018", "eenheid", "per 1.000 verzekerdejaren"},
		{"verwijzing pilot 2018", "basis", "1000.000000"}, {"verwijzing pilot 2018", "verschil", "-1000.000000"},
		{"verwijzing pilot 2018", "oordeel", "daling"}, {"verwijzing pilot 2018", "status", "definitief"},
	})
	oracleNoRow(t, table, "kosten_zvw pilot 2017")
}

// TestOracleGoalsUnjudged names why a goal is not judged; what can be told is told.
func TestOracleGoalsUnjudged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files    map[string]string
		expected []oracleExpect
	}{
		"nothing changes": {map[string]string{"z/declaraties.csv": oracleClaims(
			"A zvw 016 12000 - - 2017-01-05 - 1.00", "B zvw 016 12000 - - 2018-01-05 - 1.00")}, []oracleExpect{
			{"specialistisch pilot 2018", "oordeel", "gelijk"}, {"specialistisch pilot 2018", "ci_laag", "0.000000"},
			{"kosten_zvw pilot 2018", "oordeel", "niet vast te stellen"}, // as much, but at another person
		}},
		"no control area": {map[string]string{"referentie/gebied.csv": "buurt;wijk;gemeente;naam;rol" + oracleDated +
			"BU00010101;;;;pilot;;;verzonnen\n"}, []oracleExpect{
			{"kosten_zvw pilot 2018", "reden", "geen pilot- of controlegebied"}, {"kosten_zvw pilot 2018", "nu", "140.000000"},
			{"kosten_zvw pilot 2018", "controle_nu", ""}, {"hoogspecialistisch pilot 2018", "oordeel", "niet vast te stellen"},
			{"hoogspecialistisch pilot 2018", "ci_hoog", ""},
		}},
		"a law as aggregaat": {map[string]string{"g/aggregaat.csv": "domein;jaar;gebied;zorgsoort;bedrag\njeugdwet;2018;BU00010101;x;9.00\n"}, []oracleExpect{
			{"kosten_totaal pilot 2018", "reden", "niet per persoon aangeleverd"}, {"kosten_totaal pilot 2018", "verschil", "35.000000"},
			{"kosten_sociaal_domein pilot 2018", "reden", "niet per persoon aangeleverd"},
			{"stapeling pilot 2018", "oordeel", "niet vast te stellen"},
			{"kosten_zvw pilot 2018", "reden", ""}, {"specialistisch pilot 2018", "reden", ""}, {"verwijzing pilot 2018", "reden", ""},
		}},
		"unknown codes above the limit": {map[string]string{"y/declaraties.csv": oracleClaims("C zvw 999 X - - 2018-01-05 - 5.00")}, []oracleExpect{
			{"kosten_zvw pilot 2018", "reden", "onbekende zorgsoorten"}, {"kosten_zvw pilot 2018", "controle_nu", "117.500000"},
			{"verwijzing pilot 2018", "oordeel", "niet vast te stellen"}, // 5 of 645 euros
		}},
		"unknown codes below the limit": {map[string]string{"y/declaraties.csv": oracleClaims("C zvw 999 X - - 2018-01-05 - 3.00")}, []oracleExpect{
			{"kosten_zvw pilot 2018", "reden", ""},
		}},
		"no price index": {map[string]string{"referentie/prijsindex.csv": "domein;zorgsoort;jaar;index" + oracleDated + "cpi;;2017;100;;;verzonnen\n"}, []oracleExpect{
			{"kosten_zvw pilot 2018", "reden", "prijsindex ontbreekt"}, {"kosten_zvw pilot 2018", "basis", "150.000000"},
			{"kosten_zvw pilot 2018", "nu", ""}, {"kosten_zvw pilot 2018", "verschil", ""},
			{"stapeling pilot 2018", "reden", ""}, {"verwijzing pilot 2018", "oordeel", "daling"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			files := oracleTwoAgainstTwo()
			maps.Copy(files, c.files)
			oracleCheck(t, oracleMoneyRegion(t, files).Doelen(), c.expected)
		})
	}
}
