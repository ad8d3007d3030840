package pipeline_test

import (
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// oracleTiny reads a region from lines of bevolking and declaraties; a price of 2016 counts double in prices of 2017,
// one of 2018 half.
func oracleTiny(t *testing.T, homes, claims []string) *oracle {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"aanlevering/gemeente/bevolking.csv": "pseudoniem;huishouden;geboortejaar;geslacht;buurt;begindatum;einddatum;reden_einde\n" +
			strings.Join(homes, "\n") + "\n",
		"aanlevering/zorg/declaraties.csv": "domein;regel_id;vorige_regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;" +
			"productcategorie;begindatum;einddatum;bedrag\n" + strings.Join(claims, "\n") + "\n",
		"referentie/zorgsoort.csv": "domein;codelijst;regel;rang;zorgsoort;leefdomein;lijn\nzvw;016;a;1;huisarts;lichaam;1\n" +
			"wmo;WMO020;b;1;begeleiding;sociaal;0\njeugdwet;JZ020;c;1;ambulant;gezin;0\n",
		"referentie/prijsindex.csv": "domein;zorgsoort;jaar;index\ncpi;;2016;50\ncpi;;2017;100\ncpi;;2018;200\n",
	}
	for path, content := range files {
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return readOracle(t, dir, map[string]string{"zorgsoort": filepath.Join(dir, "referentie", "zorgsoort.csv"),
		"prijsindex": filepath.Join(dir, "referentie", "prijsindex.csv")}, 2017, time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC))
}

// oracleClaim is a line of one day; a credit takes back the line of its number.
func oracleClaim(domain string, number int, debitCredit string, person int, code, day, amount string) string {
	lists := map[string]string{"zvw": "016;%s;", "wmo": "WMO020;1;%s", "jeugdwet": "JZ020;1;%s", "wlz": "055;%s;", "participatiewet": "PW;%s;"}
	previous := ""
	if debitCredit == "C" {
		previous = fmt.Sprint(number)
	}
	return fmt.Sprintf("%s;%d;%s;%s;persoon-%08d;%s;%s;%s;%s", domain, number, previous, debitCredit, person,
		fmt.Sprintf(lists[domain], code), day, day, amount)
}

func oracleHomeLine(person int, household string, born int, buurt, from, to, reason string) string {
	return fmt.Sprintf("persoon-%08d;%s;%d;1;%s;%s;%s;%s", person, household, born, buurt, from, to, reason)
}

// oracleLinesOf are the rows of a table that begin with the given keys, each as text without them.
func oracleLinesOf(table oracleTable, keys ...string) string {
	var lines []string
	for _, row := range table.Rows {
		if !slices.Equal(row.Key[:len(keys)], keys) {
			continue
		}
		fields := slices.Clone(row.Key[len(keys):])
		for _, column := range table.Columns {
			if column == "grootste" || column == "schaal" {
				break // what follows serves the protection
			}
			value := row.Values[column]
			if value == "" {
				value = "-"
			}
			fields = append(fields, value)
		}
		lines = append(lines, strings.Join(fields, " "))
	}
	return strings.Join(lines, "\n")
}

const (
	oracleBuurtA = "BU00010101"
	oracleBuurtB = "BU00010201"
)

// oracleSevenPersons is a region of seven: 1 stays; 2 moves from A to B; 3 dies, with a credit in 2017 of a line of 2016;
// 4 is born; 5 comes five days before the end of 2018; 6 comes in 2017 and leaves with it; 7 costs nothing.
func oracleSevenPersons(t *testing.T) *oracle {
	t.Helper()
	a, b := oracleBuurtA, oracleBuurtB
	return oracleTiny(t, []string{
		oracleHomeLine(1, "h1", 1980, a, "2000-01-01", "", ""),
		oracleHomeLine(2, "h2", 1980, a, "2000-01-01", "2018-06-30", "verhuisd"),
		oracleHomeLine(2, "h2", 1980, b, "2018-07-01", "", ""),
		oracleHomeLine(3, "h1", 1930, a, "2000-01-01", "2017-10-01", "overleden"),
		oracleHomeLine(4, "h2", 2018, b, "2018-05-17", "", ""),
		oracleHomeLine(5, "", 1950, a, "2018-12-27", "", ""),
		oracleHomeLine(6, "h1", 1990, a, "2017-02-01", "2017-12-31", "verhuisd"),
		oracleHomeLine(7, "", 1970, a, "2000-01-01", "", ""),
	}, []string{
		oracleClaim("zvw", 1, "D", 1, "x", "2017-02-01", "100.00"), oracleClaim("zvw", 2, "D", 1, "x", "2018-02-01", "40.00"),
		oracleClaim("wmo", 3, "D", 1, "02", "2017-03-01", "50.00"), oracleClaim("wmo", 4, "D", 1, "02", "2018-04-01", "80.00"),
		oracleClaim("jeugdwet", 5, "D", 1, "45", "2018-04-01", "90.00"),
		oracleClaim("zvw", 6, "D", 2, "x", "2017-05-01", "1.00"), oracleClaim("wmo", 7, "D", 2, "02", "2018-08-01", "1.00"),
		oracleClaim("jeugdwet", 8, "D", 2, "45", "2018-09-01", "2.00"),
		oracleClaim("zvw", 9, "D", 3, "x", "2017-03-01", "70.00"), oracleClaim("wmo", 10, "D", 3, "02", "2016-12-01", "5.00"),
		oracleClaim("wmo", 10, "C", 3, "02", "2017-06-01", "5.00"),
		oracleClaim("zvw", 11, "D", 4, "x", "2018-06-15", "12.00"), oracleClaim("zvw", 12, "D", 5, "x", "2018-12-28", "8.00"),
		oracleClaim("wmo", 13, "D", 6, "03", "2017-03-01", "20.00"),
	})
}

// TestOracleFlows: person 1 goes by 60.00 from zvw to 30.00 of wmo and 90.00 of jeugdwet, person 2 by 1.00 to 1.00 and
// 2.00, so by thirds; in real euros person 1 falls by 80.00 and 10.00 and rises by 45.00.
func TestOracleFlows(t *testing.T) {
	table := oracleSevenPersons(t).StroomPersonen()
	for _, c := range []struct{ year, area, want string }{
		{"2018", "regio", "geboren zvw 1 12.00 6.00\n" + "gevestigd zvw 1 8.00 4.00\n" +
			"nieuw jeugdwet 2 46.33 0.33\n" + // 92.00 - 45.67; real 46.00 - 40.67 - 5.00
			"nieuw wmo 2 15.67 0.17\n" + // 31.00 - 15.33; real 0.50 - 0.33
			"overleden wmo 1 5.00 5.00\n" + // what the credit took back
			"wmo jeugdwet 0 0.00 5.00\n" + "wmo vertrokken 1 20.00 20.00\n" + "wmo weg 0 0.00 5.00\n" +
			"zvw jeugdwet 2 45.67 40.67\n" + // 45 + 2/3; real 45 × 80/90 + 2/3
			"zvw overleden 1 70.00 70.00\n" + "zvw weg 0 0.00 40.00\n" + "zvw wmo 2 15.33 0.33"},
		{"2018", oracleBuurtB, "geboren zvw 1 12.00 6.00\n" + "nieuw jeugdwet 1 1.33 0.33\n" + "nieuw wmo 1 0.67 0.17\n" +
			"zvw jeugdwet 1 0.67 0.67\n" + "zvw wmo 1 0.33 0.33"},
		{"2016", "regio", "wmo gevestigd 1 20.00 20.00\n" + // person 6 is not there in 2016 yet
			"wmo weg 1 50.00 50.00\n" + "zvw weg 3 161.00 156.00\n" + "zvw wmo 1 10.00 15.00"}, // -5.00 is 5.00, really 10.00
		{"2017", "regio", ""},
	} {
		if got := oracleLinesOf(table, c.year, c.area); got != c.want {
			t.Errorf("flows of %s in %s:\n%s\nwant:\n%s", c.year, c.area, got, c.want)
		}
	}
}

// TestOracleArrangements follows the combinations of care of the same persons.
func TestOracleArrangements(t *testing.T) {
	o := oracleSevenPersons(t)
	table, moves := o.Arrangementen(), o.Overgangen()
	for _, c := range []struct {
		table            oracleTable
		year, area, want string
	}{
		{table, "2017", "regio", "geen 1 0.00 0.00 0\n" + "wmo:sociaal 1 20.00 20.00 0\n" +
			"wmo:sociaal+zvw:lichaam 1 150.00 150.00 0\n" + "zvw:lichaam 2 66.00 66.00 0"}, // 1.00 + 70.00 - 5.00
		{table, "2018", "regio", "geen 1 0.00 0.00 0\n" + "jeugdwet:gezin+wmo:sociaal 1 3.00 1.50 1\n" +
			"jeugdwet:gezin+wmo:sociaal+zvw:lichaam 1 210.00 105.00 1\n" + "wmo:sociaal 0 0.00 0.00 -1\n" +
			"wmo:sociaal+zvw:lichaam 0 0.00 0.00 -1\n" + "zvw:lichaam 2 20.00 10.00 0"},
		{table, "2018", oracleBuurtB, "jeugdwet:gezin+wmo:sociaal 1 3.00 1.50 1\nzvw:lichaam 1 12.00 6.00 1"},
		{moves, "2018", "regio", "geboren zvw:lichaam 1\n" + "geen geen 1\n" + "gevestigd zvw:lichaam 1\n" +
			"wmo:sociaal vertrokken 1\n" + "wmo:sociaal+zvw:lichaam jeugdwet:gezin+wmo:sociaal+zvw:lichaam 1\n" +
			"zvw:lichaam jeugdwet:gezin+wmo:sociaal 1\n" + "zvw:lichaam overleden 1"},
		{moves, "2016", "regio", "geen geen 1\n" + "wmo:sociaal gevestigd 1\n" + "wmo:sociaal+zvw:lichaam geen 1\n" +
			"zvw:lichaam geen 1\n" + "zvw:lichaam wmo:sociaal 1"},
		{moves, "2017", "regio", ""},
	} {
		if got := oracleLinesOf(c.table, c.year, c.area); got != c.want {
			t.Errorf("%s of %s in %s:\n%s\nwant:\n%s", c.table.Name, c.year, c.area, got, c.want)
		}
	}
}

// TestOracleConcentration: the cap is 150.00, for without person 1 there are 1338 of 1703 days. Person 5 may cost
// 150.00 × 5/365 = 2.05 in five days and really costs 4.00.
func TestOracleConcentration(t *testing.T) {
	table := oracleSevenPersons(t).Concentratie()
	for _, c := range []struct{ year, area, want string }{
		{"2017", "regio", "afgetopt 5 - 236.00 - 1.000000 150.000000\n" + "boven_grens 0 - 0.00 - 0.000000 150.000000\n" +
			"top_1 1 150.00 150.00 0.635593 0.635593 -\n" + "top_10 1 150.00 150.00 0.635593 0.635593 -\n" +
			"top_5 1 150.00 150.00 0.635593 0.635593 -"},
		{"2018", "regio", "afgetopt 5 - 114.55 - 0.983262 150.000000\n" + "boven_grens 1 - 1.95 - 0.016738 150.000000\n" +
			"top_1 1 210.00 105.00 0.901288 0.901288 -\n" + "top_10 1 210.00 105.00 0.901288 0.901288 -\n" +
			"top_5 1 210.00 105.00 0.901288 0.901288 -"},
		{"2016", oracleBuurtB, ""}, // nobody lives there
	} {
		if got := oracleLinesOf(table, c.year, c.area); got != c.want {
			t.Errorf("concentration of %s in %s:\n%s\nwant:\n%s", c.year, c.area, got, c.want)
		}
	}
	for _, c := range []struct {
		days int64
		want string
	}{
		{199, "1.834171"}, // exactly 99.5% of 200 days: 1.00 × 365/199
		{198, "365.000000"},
	} {
		persons := map[string]*oracleResident{"a": {c.days, oracleMoney{cents: 100}}, "b": {200 - c.days, oracleMoney{cents: 100 * (200 - c.days)}}}
		if got := oracleRatio(oracleCap(persons, 365), oracleRat(1)); got != c.want {
			t.Errorf("with %d days of 200 the cap is %s, want %s", c.days, got, c.want)
		}
	}
	top, total := oracleTop([]int64{-500, 300, 0, 100}, 2)
	if top != 400 || total != -100 || oracleShare(top, total) != "" {
		t.Errorf("the two largest are %d of %d with share %q, want 400 of -100 without one", top, total, oracleShare(top, total))
	}
}

// TestOracleHouseholds: in 2017 two Wmo arrangements run on 1 March in h1, at persons 1 and 6. In 2018 h2 has a member in
// both buurten from 1 May to 30 June; what first ran in it ran in B.
func TestOracleHouseholds(t *testing.T) {
	table := oracleSevenPersons(t).StapelingHuishoudens()
	for _, c := range []struct{ key, want string }{
		{"2017 regio arrangementen 2", "1 333.333333 235.000000 235.000000"}, // 1000 × 365 / (3 × 365); 150 + 65 + 20
		{"2017 regio arrangementen 0", "2 666.666667 0.500000 0.500000"},
		{"2017 regio wetten 2", "1 333.333333 235.000000 235.000000"},
		{"2017 regio wetten 3", "0 0.000000 - -"},
		{"2016 regio arrangementen 0", "3 1000.000000 1.666667 3.333333"},                   // wholly credited a year later
		{"2018 " + oracleBuurtA + " wetten 2", "1 398.471616 210.000000 105.000000"},        // of 365 + 181 + 5 + 365 days
		{"2018 regio wetten 1", "2 628.768303 11.500000 5.750000"},                          // of 365 + 426 + 5 + 365 days; h2 and person 5
		{"2018 " + oracleBuurtB + " wetten 1", "1 1489.795918 15.000000 7.500000"},          // of 245 days
		{"2018 " + oracleBuurtB + " arrangementen 1", "1 1489.795918 15.000000 7.500000"},   // on 1 August
		{"2018 " + oracleBuurtA + " arrangementen 0", "2 796.943231 4.000000 2.000000"},     // persons 5 and 7
		{"2018 " + oracleBuurtA + " arrangementen 2", "1 398.471616 210.000000 105.000000"}, // both on 1 April
		{"2018 regio arrangementen 6+", "0 0.000000 - -"},
	} {
		if got := oracleLinesOf(table, strings.Split(c.key, " ")...); got != c.want {
			t.Errorf("households of %s: %s, want %s", c.key, got, c.want)
		}
	}
}

// TestOraclePersonFlows is the allocation of one person, with its column and row sums.
func TestOraclePersonFlows(t *testing.T) {
	for _, c := range []struct {
		change map[string]int64
		label  string
		want   map[oracleFlow]string
	}{
		{map[string]int64{"zvw": -100, "wlz": -50, "wmo": 60, "jeugdwet": 0}, "", map[oracleFlow]string{
			{"zvw", "wmo"}: "40.00", {"wlz", "wmo"}: "20.00", {"zvw", "weg"}: "60.00", {"wlz", "weg"}: "30.00"}},
		{map[string]int64{"zvw": -1, "wlz": 2, "wmo": 1}, "", map[oracleFlow]string{
			{"zvw", "wlz"}: "0.67", {"zvw", "wmo"}: "0.33", {"nieuw", "wlz"}: "1.33", {"nieuw", "wmo"}: "0.67"}},
		{map[string]int64{"zvw": -7, "wlz": 2}, "overleden", map[oracleFlow]string{
			{"zvw", "overleden"}: "7.00", {"overleden", "wlz"}: "2.00"}},
	} {
		got := map[oracleFlow]string{}
		for flow, cents := range oraclePersonFlows(c.change, c.label) {
			got[flow] = cents.FloatString(2)
		}
		if !maps.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.change, got, c.want)
		}
	}
}

// TestOracleFlowIdentity: what comes in less what goes out is the change of each law, on testdata/klein and to the cent.
func TestOracleFlowIdentity(t *testing.T) {
	o := oracleKlein(t)
	shift := o.VerschuivingDomein()
	for _, column := range []string{"bedrag", "bedrag_reeel"} {
		net := map[[2]string]*big.Rat{}
		for _, row := range o.StroomPersonen().Rows {
			amount, known := new(big.Rat).SetString(row.Values[column])
			if row.Key[1] != "regio" || !known {
				continue
			}
			for i, sign := range []int64{-1, 1} {
				at := [2]string{row.Key[0], row.Key[2+i]}
				if net[at] == nil {
					net[at] = new(big.Rat)
				}
				net[at].Add(net[at], new(big.Rat).Mul(amount, oracleRat(sign)))
			}
		}
		checked := 0
		for at, sum := range net {
			if !oracleDomains[at[1]] {
				continue
			}
			checked++
			want := oracleValue(t, shift, strings.Replace(column, "bedrag", "delta", 1), at[0], "regio", at[1])
			if got := sum.FloatString(2); got != want {
				t.Errorf("%s: flows of %v add up to %s, the shift says %s", column, at, got, want)
			}
		}
		if checked < 4 {
			t.Errorf("%s: only %d sums checked", column, checked)
		}
	}
}
