package queries_test

import (
	"database/sql"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// priceBench has the years 2016 to 2019 and no euros yet; the base year is 2017.
func priceBench(t *testing.T) *sql.Conn {
	t.Helper()
	return bench(t, "CREATE TABLE instelling AS SELECT 2017 AS basisjaar",
		"CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2016), (2017), (2018), (2019)) AS j (jaar)",
		"CREATE TABLE model.zorgsoort AS SELECT * FROM (VALUES ('zvw', 'huisarts'), ('zvw', 'farmacie')) AS z (domein, zorgsoort)",
		`CREATE TABLE model.prijs_code (domein VARCHAR, zorgsoort VARCHAR, codelijst VARCHAR, prestatiecode VARCHAR, eenheid VARCHAR,
			jaar INTEGER, bedrag DECIMAL(18,2), volume DECIMAL(18,3))`)
}

// priced is what a code cost in a year, in cents, and how many thousandths of a unit that were.
type priced struct{ cents, units int64 }

func (p priced) price() float64 { return float64(p.cents) / float64(p.units) }

func insertPriced(care, code string, year int, p priced) string {
	return fmt.Sprintf("('zvw', '%s', '016', '%s', '', %d, %s, %s)", care, code, year,
		big.NewRat(p.cents, 100).FloatString(2), big.NewRat(p.units, 1000).FloatString(3))
}

// fisher is the index of a year on the one before by its words, and the cents of codes with and without a price in both.
func fisher(codes []map[int]priced, year int) (index float64, all, without int64) {
	var before, now, beforeAtNew, nowAtOld float64
	for _, code := range codes {
		p0, p1 := code[year-1], code[year]
		euros := max(p0.cents, -p0.cents) + max(p1.cents, -p1.cents)
		all += euros
		if p0.cents <= 0 || p0.units <= 0 || p1.cents <= 0 || p1.units <= 0 {
			without += euros
			continue
		}
		before, now = before+float64(p0.cents), now+float64(p1.cents)
		beforeAtNew += p1.price() * float64(p0.units)
		nowAtOld += p0.price() * float64(p1.units)
	}
	if before == 0 {
		return 1, all, without
	}
	return math.Sqrt(beforeAtNew / before * now / nowAtOld), all, without
}

// TestOwnPriceAgainstItsWords compares random codes, which come and go and have credits, with the index by its words: the
// chain from the base year, backwards too, and the break when the codes of more than 1% of the euros have no price.
func TestOwnPriceAgainstItsWords(t *testing.T) {
	conn := priceBench(t)
	rapid.Check(t, func(t *rapid.T) {
		rows := []string{insertPriced("huisarts", "buiten de jaren", 2015, priced{500, 1000})}
		cares := map[string][]map[int]priced{}
		var codes []map[int]priced
		for care, most := range map[string]int{"huisarts": 4, "farmacie": 2} {
			for i := range rapid.IntRange(0, most).Draw(t, care) {
				code := map[int]priced{}
				for year := 2016; year <= 2019; year++ {
					large := rapid.SampledFrom([]int64{1000, 1_000_000_000}).Draw(t, "omvang")
					p := priced{rapid.Int64Range(-large/8, large).Draw(t, "centen"), rapid.Int64Range(-5, 2000).Draw(t, "eenheden")}
					if rapid.IntRange(0, 9).Draw(t, "komt voor") > 0 {
						code[year] = p
						rows = append(rows, insertPriced(care, strconv.Itoa(i), year, p))
					}
				}
				cares[care], codes = append(cares[care], code), append(codes, code)
			}
		}
		run(t, conn, "DELETE FROM model.prijs_code")
		run(t, conn, "INSERT INTO model.prijs_code VALUES "+strings.Join(rows, ", "))
		makeTable(t, conn, "prijs_schakel")

		for _, row := range ask(t, conn, "prijs_eigen", "zorgsoort", "jaar", "prijsindex") {
			want := 1.0
			year, _ := strconv.Atoi(row[1])
			for y := 2018; y <= year; y++ {
				index, _, _ := fisher(cares[row[0]], y)
				want *= index
			}
			if year == 2016 {
				index, _, _ := fisher(cares[row[0]], 2017)
				want /= index
			}
			if got, err := strconv.ParseFloat(row[2], 64); err != nil || math.Abs(got/want-1) > 1e-6 {
				t.Fatalf("%s %d: %s, want %v", row[0], year, row[2], want)
			}
		}
		broken := map[int]string{2016: "nee", 2017: "nee", 2018: "nee", 2019: "nee"}
		for link, years := range map[int][]int{2017: {2016}, 2018: {2018, 2019}, 2019: {2019}} {
			if _, all, without := fisher(codes, link); without*100 > all {
				for _, year := range years {
					broken[year] = "ja"
				}
			}
		}
		for _, row := range ask(t, conn, "trendbreuk", "jaar", "trendbreuk") {
			if year, _ := strconv.Atoi(row[0]); broken[year] != row[1] {
				t.Fatalf("trendbreuk in %d: %s, want %s", year, row[1], broken[year])
			}
		}
	})
}

// TestOwnPriceOfATariff gives a tariff that rises for all codes alike, whatever the quantities do, and 1 in the base year;
// exactly 1% of new codes is no break yet.
func TestOwnPriceOfATariff(t *testing.T) {
	conn := priceBench(t)
	for year, tariff := range map[int]int64{2016: 9, 2017: 10, 2018: 12, 2019: 15} {
		for code, units := range map[string]int64{"a": 7, "b": int64(year - 2000), "c": int64(2020-year) * 100} {
			run(t, conn, "INSERT INTO model.prijs_code VALUES "+insertPriced("huisarts", code, year, priced{tariff * units * 100, units * 1000}))
		}
	}
	makeTable(t, conn, "prijs_schakel")
	got := ask(t, conn, "prijs_eigen", "zorgsoort", "jaar", "CAST(prijsindex AS DECIMAL(18,12))")
	want := "[[farmacie 2016 1.000000000000] [farmacie 2017 1.000000000000] [farmacie 2018 1.000000000000] [farmacie 2019 1.000000000000] " +
		"[huisarts 2016 0.900000000000] [huisarts 2017 1.000000000000] [huisarts 2018 1.200000000000] [huisarts 2019 1.500000000000]]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	for _, c := range []struct {
		cents int64
		want  string
	}{{1_00, "[[2016 nee 0.000000] [2017 nee 0.000000] [2018 nee 0.010000] [2019 nee 0.010000]]"},
		{1_01, "[[2016 nee 0.000000] [2017 nee 0.000000] [2018 ja 0.010099] [2019 ja 0.010099]]"}} {
		run(t, conn, "DELETE FROM model.prijs_code")
		run(t, conn, "INSERT INTO model.prijs_code VALUES "+strings.Join([]string{
			insertPriced("huisarts", "a", 2016, priced{49_50, 1000}), insertPriced("huisarts", "a", 2017, priced{49_50, 1000}),
			insertPriced("huisarts", "a", 2018, priced{49_50, 1000}), insertPriced("farmacie", "nieuw", 2018, priced{c.cents, 1000}),
			insertPriced("huisarts", "a", 2019, priced{1000_00, 1000}), insertPriced("farmacie", "nieuw", 2019, priced{c.cents, 1000}),
		}, ", "))
		makeTable(t, conn, "prijs_schakel")
		if got := fmt.Sprint(ask(t, conn, "trendbreuk", "jaar", "trendbreuk", "aandeel_zonder_prijs")); got != c.want {
			t.Errorf("with %d cents of a new code: %s, want %s", c.cents, got, c.want)
		}
	}
}

// TestAPriceTooSmallToSay keeps the night running on a cent for a million billion units beside a thousandth of one.
func TestAPriceTooSmallToSay(t *testing.T) {
	conn := priceBench(t)
	run(t, conn, "INSERT INTO model.prijs_code VALUES "+insertPriced("huisarts", "a", 2017, priced{1, 999_999_999_999_999_999})+", "+
		insertPriced("huisarts", "a", 2018, priced{1, 1}))
	makeTable(t, conn, "prijs_schakel")
	for _, row := range ask(t, conn, "prijs_eigen", "zorgsoort", "jaar", "prijsindex") {
		if row[2] != "1.0" {
			t.Errorf("%v, want 1", row)
		}
	}
}

// TestUnitsOfACode counts a credit against its debet, a line without volume as one unit, and every line as one where a
// care type is counted in lines; lines that do not count are left out.
func TestUnitsOfACode(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA opslag",
		`CREATE TABLE opslag.codering AS SELECT * FROM (VALUES (1, 'D', '016', '12000', '82'), (2, 'C', '016', '12000', '82'), (3, 'D', '016', '12000', NULL))
			AS c (codering, debet_credit, codelijst, prestatiecode, eenheid)`,
		"CREATE TABLE model.plaatsing AS SELECT * FROM (VALUES (1, 'zvw', 'huisarts'), (2, 'zvw', 'farmacie')) AS p (plaatsing, domein, zorgsoort)",
		"CREATE TABLE model.eenheid AS SELECT * FROM (VALUES ('zvw', 'huisarts', '82'), ('zvw', 'farmacie', 'declaratie')) AS e (domein, zorgsoort, eenheid)",
		"CREATE TABLE model.declaratieregel (codering INTEGER, plaatsing INTEGER, begindatum DATE, volume DECIMAL(18,3), bedrag DECIMAL(18,2), telt BOOLEAN)")
	for _, place := range []int{1, 2} {
		run(t, conn, fmt.Sprintf(`INSERT INTO model.declaratieregel VALUES (1, %[1]d, DATE '2017-12-31', 2.5, 100, TRUE), (1, %[1]d, DATE '2017-01-01', 4, 160, TRUE),
			(2, %[1]d, DATE '2017-06-01', 1.5, -60, TRUE), (3, %[1]d, DATE '2017-06-01', NULL, 30, TRUE),
			(1, %[1]d, DATE '2017-06-01', 9, 900, FALSE), (1, %[1]d, DATE '2018-01-01', 1, 41, TRUE)`, place))
	}
	got := fmt.Sprint(ask(t, conn, "prijs_code", "zorgsoort", "prestatiecode", "eenheid", "jaar", "bedrag", "volume"))
	want := "[[farmacie 12000  2017 230.00 2.000] [farmacie 12000  2018 41.00 1.000] " +
		"[huisarts 12000  2017 30.00 1.000] [huisarts 12000 82 2017 200.00 5.000] [huisarts 12000 82 2018 41.00 1.000]]"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
