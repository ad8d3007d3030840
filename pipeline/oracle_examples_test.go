package pipeline_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestOracleSpread holds the printed examples of spreading by day.
func TestOracleSpread(t *testing.T) {
	for _, c := range []struct {
		cents      int64
		begin, end string
		want       string
	}{
		{120000, "2017-11-20", "2018-03-10", "118.92 335.13 335.14 302.70 108.11"},
		{-120000, "2017-11-20", "2018-03-10", "-118.92 -335.13 -335.14 -302.70 -108.11"},
		{1, "2017-02-01", "2017-04-30", "0.00 0.01 0.00"},
		{1, "2017-07-01", "2017-08-31", "0.01 0.00"}, // exactly half, away from zero
		{500, "2016-02-29", "2016-02-29", "5.00"},
	} {
		begin, _ := oracleParseDay(c.begin)
		end, _ := oracleParseDay(c.end)
		var got []string
		for _, part := range oracleSpread(c.cents, begin, end) {
			got = append(got, oracleEuros(part.cents))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%d cents over %s..%s: %v, want %s", c.cents, c.begin, c.end, got, c.want)
		}
	}
}

// TestOracleShift holds the printed example of the split in growth and shift, its remainder and its exceptions.
func TestOracleShift(t *testing.T) {
	for _, c := range []struct {
		base, now []int64
		want      string // growth/shift per row
	}{
		{[]int64{33000, 4000, 2500, 9000}, []int64{34000, 5200, 2700, 10100},
			"23.35/-13.35 3.19/8.81 1.81/0.19 6.65/4.35"},
		{[]int64{100, 100, 50}, []int64{100, 100, 51}, "0.01/-0.01 0.00/0.00 0.00/0.01"}, // the first name of two equal rows
		{[]int64{-500, 200}, []int64{100, 200}, "6.00/0.00 0.00/0.00"},
	} {
		var rows []oracleShiftRow
		var delta, growth, shift int64
		for i := range c.base {
			rows = append(rows, oracleShiftRow{name: string(rune('a' + i)), base: c.base[i], now: c.now[i]})
		}
		oracleShift(rows)
		var got []string
		for _, r := range rows {
			got = append(got, oracleEuros(r.growth)+"/"+oracleEuros(r.shift))
			delta, growth, shift = delta+r.delta, growth+r.growth, shift+r.shift
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v to %v: %v, want %s", c.base, c.now, got, c.want)
		}
		if growth != delta || shift != 0 {
			t.Errorf("%v to %v: growth %d and shift %d do not add up to %d", c.base, c.now, growth, shift, delta)
		}
	}
}

// TestOracleStandardise holds Table 1 of Fay and Feuer (1997), and the order in which empty strata are merged.
func TestOracleStandardise(t *testing.T) {
	rat := oracleRat
	stratum := func(sex string, band int) oracleStratum { return oracleStratum{sex, band} }
	weight := map[oracleStratum]*big.Rat{stratum("1", 2): rat(1), stratum("1", 4): rat(1), stratum("2", 3): rat(1), stratum("0", 0): rat(1)}
	cost := map[oracleStratum]*big.Rat{stratum("1", 1): rat(10), stratum("1", 5): rat(100)}
	years := map[oracleStratum]*big.Rat{stratum("1", 1): rat(1), stratum("1", 5): rat(1)}
	num, den := oracleStandardise(weight, cost, years)
	if got := oracleRatio(num, den); got != "21.250000" { // 10 + 10 + 10 (both sexes, younger) + 55 (everyone), over 4
		t.Errorf("merged strata give %s, want 21.250000", got)
	}

	dir := filepath.Join("..", "..", "shared", "golden")
	content, err := os.ReadFile(filepath.Join(dir, "fayfeuer1997_fleiss1981.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the published table of Fay and Feuer is not beside this repository; only the merging was checked")
	}
	expected, err2 := os.ReadFile(filepath.Join(dir, "fayfeuer1997_expected.csv"))
	if err != nil || err2 != nil {
		t.Fatal(errors.Join(err, err2))
	}
	counts, population := map[string]map[oracleStratum]*big.Rat{}, map[string]map[oracleStratum]*big.Rat{}
	standard := map[oracleStratum]*big.Rat{}
	for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n")[1:] {
		fields := strings.Split(strings.TrimSpace(line), ",")
		band, _ := strconv.Atoi(fields[0])
		count, _ := strconv.ParseInt(fields[2], 10, 64)
		people, _ := strconv.ParseInt(fields[3], 10, 64)
		order, at := fields[1], stratum("2", band)
		if counts[order] == nil {
			counts[order], population[order] = map[oracleStratum]*big.Rat{}, map[oracleStratum]*big.Rat{}
		}
		counts[order][at], population[order][at] = rat(count), rat(people)
		if standard[at] == nil {
			standard[at] = rat(0)
		}
		standard[at].Add(standard[at], rat(people))
	}
	for _, line := range strings.Split(strings.TrimSpace(string(expected)), "\n")[1:] {
		fields := strings.Split(strings.TrimSpace(line), ",")
		num, den := oracleStandardise(standard, counts[fields[0]], population[fields[0]])
		got, _ := new(big.Rat).Quo(num, den).Float64()
		want, _ := strconv.ParseFloat(fields[2], 64)
		if math.Abs(got*100_000-want) > 0.05 {
			t.Errorf("birth order %s: adjusted rate %.2f, published %.1f", fields[0], got*100_000, want)
		}
	}
}

const (
	oracleHeader    = "domein;regel_id;vorige_regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;begindatum;einddatum;bedrag\n"
	oracleOnePerson = "pseudoniem;huishouden;geboortejaar;geslacht;buurt;begindatum;einddatum;reden_einde\n" +
		"persoon-00000001;;1980;1;BU00010101;2017-01-01;2017-12-31;\n" +
		"persoon-00000001;;1980;1;BU00010102;2017-03-10;2017-04-30;\n"
)

// oracleSmall reads a region of one person from files given by path and content.
func oracleSmall(t *testing.T, files map[string]string) *oracle {
	t.Helper()
	dir := t.TempDir()
	files["gemeente/bevolking.csv"] = oracleOnePerson
	for path, content := range files {
		path = filepath.Join(dir, "aanlevering", filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	reference := map[string]string{}
	if files["referentie/gebied.csv"] != "" {
		reference["gebied"] = filepath.Join(dir, "aanlevering", "referentie", "gebied.csv")
	}
	return readOracle(t, dir, reference, 2017, time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC))
}

// oracleVisit is a debit or credit line of one day.
func oracleVisit(id, previous, debitCredit, day, amount string) string {
	return fmt.Sprintf("zvw;%s;%s;%s;persoon-00000001;016;1;%s;%s;%s\n", id, previous, debitCredit, day, day, amount)
}

// TestOracleOverlappingHomes counts overlapping residences once and places a day where the last one began.
func TestOracleOverlappingHomes(t *testing.T) {
	o := oracleSmall(t, map[string]string{"zorg/declaraties.csv": oracleHeader + oracleVisit("1", "", "D", "2017-03-10", "9.00")})
	table := o.KerncijfersGebied()
	for area, want := range map[string]string{"regio": "1.000000", "BU00010102": "0.142466", "BU00010101": "0.857534"} {
		if got := oracleValue(t, table, "verzekerdejaren", "2017", area); got != want {
			t.Errorf("insured years of %s are %s, want %s", area, got, want)
		}
	}
	if got := oracleValue(t, o.KostenPerDomein(), "bedrag", "2017", "BU00010102", "zvw"); got != "9.00" {
		t.Errorf("the visit of 10 March is placed wrongly: %s", got)
	}
}

// TestOracleVersions follows lines that are delivered more than once.
func TestOracleVersions(t *testing.T) {
	first := oracleVisit("1", "", "D", "2017-05-01", "10.00") + oracleVisit("2", "", "D", "2017-06-01", "5.00")
	manifest := func(date, mode string) string {
		return "aangemaakt = \"" + date + "\"\nlevering = \"" + mode + "\"\n"
	}
	for name, c := range map[string]struct {
		second, mode string
		want         string // aangeleverd dubbel vervangen credit_zonder_debet gemodelleerd
	}{
		"the latest delivery counts":       {oracleVisit("1", "", "D", "2017-05-01", "12.00"), "aanvulling", "27.00 0.00 10.00 0.00 17.00"},
		"the same line twice":              {oracleVisit("1", "", "D", "2017-05-01", "10"), "aanvulling", "25.00 10.00 0.00 0.00 15.00"},
		"credited, then delivered anew":    {oracleVisit("1", "1", "C", "2017-05-01", "10.00") + oracleVisit("1", "", "D", "2017-05-01", "12.00"), "aanvulling", "17.00 0.00 0.00 0.00 17.00"},
		"a credit without its debit":       {oracleVisit("9", "8", "C", "2017-05-01", "4.00"), "aanvulling", "11.00 0.00 0.00 -4.00 15.00"},
		"a complete file of a month":       {oracleVisit("3", "", "D", "2017-05-31", "7.00"), "volledig", "22.00 0.00 10.00 0.00 12.00"},
		"a credit is known by its own key": {oracleVisit("1", "1", "C", "2017-05-02", "10.00"), "aanvulling", "5.00 0.00 0.00 0.00 5.00"},
	} {
		o := oracleSmall(t, map[string]string{
			"zorg/declaraties_b.csv": oracleHeader + first, "zorg/declaraties_b.manifest.toml": manifest("2018-01-01", "aanvulling"),
			"zorg/declaraties_a.csv": oracleHeader + c.second, "zorg/declaraties_a.manifest.toml": manifest("2018-02-01", c.mode),
		})
		var got []string
		for _, post := range []string{"aangeleverd", "dubbel", "vervangen", "credit_zonder_debet", "gemodelleerd"} {
			got = append(got, oracleValue(t, o.Aansluiting(), "bedrag", "zorg", "zvw", "2017", post))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// TestOracleAggregate divides an aggregaat by its own insured years, per stratum too, and tells nothing of finer areas.
func TestOracleAggregate(t *testing.T) {
	o := oracleSmall(t, map[string]string{
		"referentie/gebied.csv": "buurt;wijk;gemeente;naam;rol;geldig_van;geldig_tot;bron\n;;GM0001;Een;;;;verzonnen\n",
		"zorg/declaraties.csv":  oracleHeader + oracleVisit("1", "", "D", "2017-03-10", "9.00"),
		"gemeente/aggregaat.csv": "domein;jaar;gebied;geslacht;leeftijdsklasse;zorgsoort;verzekerdejaren;bedrag\n" +
			"participatiewet;2017;GM0001;1;40-44;a;10.00;1000.00\nparticipatiewet;2017;GM0001;1;40-44;b;10.00;200.00\n" +
			"participatiewet;2017;GM0001;2;40-44;a;30.00;600.00\n" +
			"participatiewet;2018;een;1;40-44;a;5.00;500.00\nparticipatiewet;2018;GM0001;2;40-44;a;10.00;300.00\n" +
			"participatiewet;2018;GM0002;2;40-44;a;10.00;7.00\nzvw;2017;GM0001;;;a;1.00;3.00\n",
	})
	costs, posts := o.KostenPerDomein(), o.Aansluiting()
	for _, c := range []struct{ year, column, want string }{
		{"2017", "verzekerdejaren", "40.000000"}, {"2017", "per_verzekerdejaar", "45.000000"},
		{"2017", "gestandaardiseerd", "45.000000"}, {"2018", "per_verzekerdejaar", "53.333333"},
		{"2018", "gestandaardiseerd", "47.500000"}, // (10 × 500/5 + 30 × 300/10) / 40
	} {
		if got := oracleValue(t, costs, c.column, c.year, "regio", "participatiewet"); got != c.want {
			t.Errorf("%s of %s is %s, want %s", c.column, c.year, got, c.want)
		}
	}
	for _, c := range []struct{ domain, year, post, want string }{
		{"participatiewet", "2018", "niet_in_bevolking", "7.00"}, {"participatiewet", "2018", "gemodelleerd", "800.00"},
		{"zvw", "2017", "vervangen", "3.00"},
	} {
		if got := oracleValue(t, posts, "bedrag", "gemeente", c.domain, c.year, c.post); got != c.want {
			t.Errorf("%s of %s in %s is %s, want %s", c.post, c.domain, c.year, got, c.want)
		}
	}
	for _, row := range costs.Rows {
		if row.Key[1] == "BU00010101" && row.Key[2] == "participatiewet" {
			t.Errorf("a buurt has a figure of a law that came per gemeente: %v", row)
		}
	}
}
