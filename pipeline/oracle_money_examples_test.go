package pipeline_test

import (
	"errors"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	oracleLongHeader = "domein;regel_id;vorige_regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;specialisme;verwijzer;" +
		"begindatum;einddatum;declaratiedatum;bedrag\n"
	oracleDated = ";geldig_van;geldig_tot;bron\n"
)

// oracleMoneyReference are small reference tables; the files of a test may replace them.
var oracleMoneyReference = map[string]string{
	"gebied": "buurt;wijk;gemeente;naam;rol" + oracleDated +
		"BU00010101;WK000101;GM0001;Beneden;pilot;;;verzonnen\nBU00010201;WK000102;GM0001;Boven;controle;;;verzonnen\n" +
		";WK000101;GM0001;Eerste;;;;verzonnen\n;;GM0001;Een Stad;;;;verzonnen\n",
	"zorgsoort": "domein;codelijst;prestatiecode;productcategorie;aanbiedersoort;specialisme;zorgproduct;verwijzer;regel;rang;" +
		"zorgsoort;leefdomein;lijn;hoogspecialistisch" + oracleDated +
		"zvw;016;;;;;;;gp;1;huisarts;lichaam;1;nee;;;verzonnen\n" +
		"zvw;041;;;;;;;ziekenhuis;2;msz;lichaam;2;nee;;;verzonnen\n" +
		"zvw;041;;;;0308;;;hersenen;3;hoog;lichaam;3;ja;;;verzonnen\n" +
		"zvw;016;5308%;;;03%;;;stadspoli;4;anderhalf;lichaam;1.5;nee;;;verzonnen\n" +
		"wmo;WMO020;;;;;;;hulp;5;hulp;dagelijks;0;nee;;;verzonnen\n" +
		"jeugdwet;JZ020;;;;;;;x;6;x;gezin;0;nee;;;verzonnen\n",
	"prijsindex": "domein;zorgsoort;jaar;index" + oracleDated +
		"cpi;;2016;100;;;verzonnen\ncpi;;2017;100;;;verzonnen\ncpi;;2018;125;;;verzonnen\ncpi;;2019;125;;;verzonnen\n",
	"voorlopig":        "domein;maanden" + oracleDated + "zvw;15;;;verzonnen\nwmo;6;;;verzonnen\n",
	"stelselwijziging": "jaar;domein;zorgsoort;omschrijving;soort" + oracleDated + "2018;zvw;;Anders;bekostiging;2018-01-01;;verzonnen\n",
	"zorgsoort_naam":   "zorgsoort;naam;landelijk" + oracleDated + "hoog;Hoog;msz;;;verzonnen\nmsz;Ziekenhuis;;;;verzonnen\n",
	"financier": "domein;financier" + oracleDated +
		"zvw;zorgverzekeraar;;;verzonnen\nwmo;gemeente;;;verzonnen\nparticipatiewet;gemeente;;;verzonnen\n",
	"hoogspecialistisch": "regel;signaal;kern;reden" + oracleDated +
		"hers%;specialisme;ja;x;;;verzonnen\n%;;nee;x;;;verzonnen\nziekenhuis;academisch;nee;x;;;verzonnen\n",
	"huisartscontact": "prestatiecode" + oracleDated + "12%;;;verzonnen\n",
}

// oracleMoneyRegion reads a region from files given by path and content; what lies under referentie/ replaces a
// reference table. Deliveries without a date came on 1 January 2021.
func oracleMoneyRegion(t *testing.T, files map[string]string) *oracle {
	t.Helper()
	dir := t.TempDir()
	write := func(path, content string) string {
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	reference := map[string]string{}
	for name, content := range oracleMoneyReference {
		reference[name] = write("referentie/"+name+".csv", content)
	}
	for path, content := range files {
		if !strings.HasPrefix(path, "referentie/") {
			path = "aanlevering/" + path
		}
		write(path, content)
	}
	return readOracle(t, dir, reference, 2017, time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC))
}

// oraclePerson is the long pseudonym of a person of the examples.
func oraclePerson(name string) string { return "persoon-van-voorbeeld-" + name }

// oraclePeopleFile writes residents from lines of name, sex, birth year, buurt, first and last day.
func oraclePeopleFile(lines ...string) string {
	out := "pseudoniem;huishouden;geboortejaar;geslacht;buurt;begindatum;einddatum;reden_einde\n"
	for _, line := range lines {
		f := strings.Fields(line)
		out += strings.Join([]string{oraclePerson(f[0]), "", f[2], f[1], f[3], f[4], f[5], ""}, ";") + "\n"
	}
	return out
}

// oracleClaims writes lines of declaraties from lines of person, law, list, code, specialism, referrer, day, day of
// declaration, amount (- is empty); a negative amount is a credit of the line before it.
func oracleClaims(lines ...string) string {
	out, id := oracleLongHeader, 0
	for _, line := range lines {
		f := strings.Fields(line)
		for i := range f {
			if f[i] == "-" {
				f[i] = ""
			}
		}
		sign, previous := "D", ""
		if amount, back := strings.CutPrefix(f[8], "-"); back {
			sign, previous, f[8] = "C", strconv.Itoa(id), amount
		} else {
			id++
		}
		begin, end, spell := strings.Cut(f[6], "..")
		if !spell {
			end = begin
		}
		out += strings.Join([]string{f[1], strconv.Itoa(id), previous, sign, oraclePerson(f[0]), f[2], f[3], f[4], f[5], begin, end, f[7], f[8]}, ";") + "\n"
	}
	return out
}

// oracleExpect is a value of a table by key.
type oracleExpect struct{ key, column, want string }

func oracleCheck(t *testing.T, table oracleTable, expected []oracleExpect) {
	t.Helper()
	for _, c := range expected {
		if got := oracleValue(t, table, c.column, strings.Fields(c.key)...); got != c.want {
			t.Errorf("%s: %s of %s is %q, want %q", table.Name, c.column, c.key, got, c.want)
		}
	}
}

func oracleNoRow(t *testing.T, table oracleTable, key string) {
	t.Helper()
	for _, row := range table.Rows {
		if strings.Join(row.Key, " ") == key {
			t.Errorf("%s has a row %s", table.Name, key)
		}
	}
}

// TestOracleTriangleRAA reproduces the published reserve of the RAA triangle, with years in the place of months.
func TestOracleTriangleRAA(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "shared", "golden", "chainladder_RAA.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the published RAA triangle is not beside this repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	triangle := &oracleTriangle{first: 1981, until: 1990, byMonth: map[oracleMonth][]oracleDeclaredPart{},
		regime: func(oracleMonth) int { return 0 }}
	known := map[oracleMonth]int64{}
	for _, line := range strings.Split(strings.TrimSpace(strings.ReplaceAll(string(content), `"`, "")), "\n")[1:] {
		f := strings.Split(strings.TrimSpace(line), ",")
		origin, _ := strconv.Atoi(f[0])
		age, _ := strconv.Atoi(f[1])
		total, err := strconv.ParseInt(f[2], 10, 64)
		if err != nil {
			continue // not yet known
		}
		m := oracleMonth(origin)
		triangle.byMonth[m] = append(triangle.byMonth[m], oracleDeclaredPart{month: m, declared: m + oracleMonth(age-1), dated: true,
			cents: total*100 - known[m]})
		known[m] = total * 100
	}
	reserve := new(big.Rat)
	for _, estimate := range triangle.estimates() {
		reserve.Add(reserve, estimate.expected)
		reserve.Sub(reserve, big.NewRat(estimate.known, 100))
	}
	if got := reserve.FloatString(2); got != "52135.23" {
		t.Errorf("the reserve is %s, published 52135.23", got)
	}
}

// TestOracleTriangleYearBefore lets a month of which little is known lean on the same month a year before.
func TestOracleTriangleYearBefore(t *testing.T) {
	triangle := &oracleTriangle{first: 2015 * 12, until: 2017 * 12, byMonth: map[oracleMonth][]oracleDeclaredPart{},
		regime: func(m oracleMonth) int { return int(m-2015*12) / 12 }}
	for m := triangle.first; m <= triangle.until; m++ {
		first, second := int64(5000), int64(5000) // 2015: 50, then 100 euros
		if m.year() > 2015 {
			first, second = 6000, 6000 // 2016: 60, then 120 euros
		}
		if m.year() > 2016 {
			first, second = 3000, 0
		}
		for late, cents := range []int64{first, second} {
			triangle.byMonth[m] = append(triangle.byMonth[m], oracleDeclaredPart{month: m, declared: m + oracleMonth(late), cents: cents})
		}
	}
	estimates := triangle.estimates()
	// January 2017 is of a regime without older months, so of all: (1200 + 1440) / (600 + 720) = 2, half is known.
	// 30 + 120 (January 2016) × 1440 / 1200 (2016 against 2015) × (1 - 1/2) = 102
	for m, want := range map[oracleMonth]string{2017 * 12: "102.00 bornhuetter_ferguson", 2016*12 + 11: "120.00 kettingladder"} {
		expected, method := triangle.expect(m, estimates)
		if got := expected.text() + " " + method; got != want {
			t.Errorf("%s is expected to come to %s, want %s", m.text(), got, want)
		}
	}
	for m := range triangle.byMonth {
		if m.year() == 2015 {
			delete(triangle.byMonth, m)
		}
	}
	triangle.first = 2016 * 12
	if expected, _ := triangle.expect(2017*12, triangle.estimates()); expected.text() != "90.00" { // without a year before 2016: 30 + 120 × 1/2
		t.Errorf("without a trend January 2017 comes to %s, want 90.00", expected.text())
	}
	triangle.first = 2016*12 + 1
	delete(triangle.byMonth, 2016*12)
	if expected, method := triangle.expect(2017*12, triangle.estimates()); expected.text() != "60.00" || method != "kettingladder" {
		t.Errorf("without a prior January 2017 comes to %s by %s, want 60.00 by kettingladder", expected.text(), method)
	}
}

// TestOracleTriangleRegime grows months as those of their own regime did; growth that makes no sense is none.
func TestOracleTriangleRegime(t *testing.T) {
	triangle := &oracleTriangle{first: 0, until: 4, byMonth: map[oracleMonth][]oracleDeclaredPart{},
		regime: func(m oracleMonth) int { return int(m) / 2 }}
	add := func(month, declared oracleMonth, cents int64) {
		triangle.byMonth[month] = append(triangle.byMonth[month], oracleDeclaredPart{month: month, declared: declared, cents: cents})
	}
	add(0, 0, 100)
	add(0, 1, 100)   // doubles
	add(1, 0, 100)   // declared before the month: age 0
	add(1, 2, 100)   // doubles
	add(2, 2, 100)   // of the next regime
	add(2, 3, 20)    // grows by a fifth
	add(2, 5, 9999)  // after the last month that is known
	add(0, 3, -2000) // taken back: negative at age 3
	for _, c := range []struct {
		age, regime int
		want        string
	}{
		{0, 0, "2/1"}, {0, 1, "6/5"}, // month 3 has nothing and changes nothing
		{0, 2, "26/15"}, // (200 + 200 + 120) / 300 and nothing of month 3: of all regimes
		{2, 0, "1/1"},   // from 400 to -1600
		{9, 0, "1/1"},   // nothing is that old
	} {
		if got := triangle.growth(c.age, c.regime).String(); got != c.want {
			t.Errorf("growth from age %d in regime %d is %s, want %s", c.age, c.regime, got, c.want)
		}
	}
}
