package queries_test

import (
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/internal/golden"

	"pgregory.net/rapid"
)

const triangleTable = `CREATE TABLE model.volledigheid_driehoek (domein VARCHAR, zorgsoort VARCHAR, maand DATE, leeftijd INTEGER,
	regime INTEGER, cumulatief DECIMAL(18,2))`

// origin is a month of a triangle: what was declared by every age, in cents, and the regime of the month.
type origin struct {
	regime int
	cents  []int64
}

// fillTriangle puts a triangle in the place of what the first query makes.
func fillTriangle(t failer, conn *sql.Conn, triangle []origin) {
	t.Helper()
	run(t, conn, "DELETE FROM model.volledigheid_driehoek")
	var values []string
	for i, o := range triangle {
		for age, c := range o.cents {
			values = append(values, fmt.Sprintf("('zvw', 'huisarts', DATE '2001-01-01' + INTERVAL %d MONTH, %d, %d, %s)", i, age, o.regime, inEuros(c)))
		}
	}
	run(t, conn, "INSERT INTO model.volledigheid_driehoek VALUES "+strings.Join(values, ", "))
}

func inEuros(cents int64) string { return big.NewRat(cents, 100).FloatString(2) }

// estimated gives factor and expected total of every origin.
func estimated(t failer, conn *sql.Conn) [][]string {
	t.Helper()
	var out [][]string
	for _, row := range ask(t, conn, "volledigheid_schatting", "maand", "factor", "verwacht_totaal") {
		out = append(out, row[1:])
	}
	return out
}

func rational(t failer, text string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is not a number", text)
	}
	return r
}

// agrees fails when two numbers differ by more than the last printed decimals and a double leave open.
func agrees(t failer, what, got string, want, allowed *big.Rat) {
	t.Helper()
	relative := new(big.Rat).Mul(new(big.Rat).Abs(want), big.NewRat(1, 1e12))
	difference := new(big.Rat).Sub(rational(t, got), want)
	if difference.Abs(difference).Cmp(relative.Add(relative, allowed)) > 0 {
		t.Fatalf("%s is %s, want %s", what, got, want.FloatString(9))
	}
}

// TestChainLadderOfPublishedTriangles gives the outstanding amounts of two triangles that every actuary knows: RAA (its
// total printed in the documentation of chainladder-python) and GenIns of Taylor and Ashe (Mack 1993).
func TestChainLadderOfPublishedTriangles(t *testing.T) {
	conn := bench(t, triangleTable)
	expected := map[string]string{}
	for _, row := range golden.Rows(t, "chainladder_expected.csv") {
		expected[row["triangle"]+" "+row["quantity"]] = row["value"]
	}
	for name, outstanding := range map[string]string{"RAA": "52135.228261", "GenIns": "18680855.61"} {
		triangle := make([]origin, 10)
		sum := new(big.Rat)
		lines := golden.Rows(t, "chainladder_"+name+".csv")
		slices.SortStableFunc(lines, func(a, b map[string]string) int { return int(whole(t, a["dev"]) - whole(t, b["dev"])) })
		first := whole(t, lines[0]["origin"])
		for _, row := range lines {
			o := &triangle[whole(t, row["origin"])-first]
			if o.cents = append(o.cents, 100*whole(t, row["cum"])); int64(len(o.cents)) != whole(t, row["dev"]) {
				t.Fatalf("%s: the ages of %s are not 1, 2, 3, …", name, row["origin"])
			}
		}
		fillTriangle(t, conn, triangle)
		answers := estimated(t, conn)
		for i, row := range answers {
			sum.Add(sum, rational(t, row[1]))
			sum.Sub(sum, big.NewRat(triangle[i].cents[len(triangle[i].cents)-1], 100))
		}
		want := rational(t, outstanding)
		_, decimals, _ := strings.Cut(outstanding, ".")
		// Ten totals of six decimals each.
		allowed := new(big.Rat).Add(big.NewRat(5, 1_000_000), new(big.Rat).SetFrac64(1, 2*powerOfTen(len(decimals))))
		agrees(t, name+": the outstanding amount", sum.FloatString(6), want, allowed)
		f1 := new(big.Rat).Quo(rational(t, answers[9][0]), rational(t, answers[8][0]))
		agrees(t, name+": the first factor", f1.FloatString(12), rational(t, expected[name+" f1"]), big.NewRat(2, 1e9))
	}
}

func powerOfTen(n int) int64 {
	out := int64(1)
	for range n {
		out *= 10
	}
	return out
}

func whole(t failer, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatalf("%q is not a whole number", text)
	}
	return n
}

// drawTriangle draws a triangle of up to six origins under up to three regimes; credits make it fall too.
func drawTriangle(t *rapid.T) []origin {
	width := rapid.IntRange(1, 6).Draw(t, "leeftijden")
	triangle := make([]origin, rapid.IntRange(1, 7).Draw(t, "maanden"))
	for i := range triangle {
		triangle[i].regime = rapid.IntRange(0, 2).Draw(t, "regime")
		for range min(width, len(triangle)-i) {
			triangle[i].cents = append(triangle[i].cents, rapid.Int64Range(-1_000_000, 100_000_000).Draw(t, "centen"))
		}
	}
	return triangle
}

// factorOf is the development factor of an age, in the words of the method.
func factorOf(triangle []origin, regime, age int) *big.Rat {
	for _, any := range []bool{false, true} {
		var here, next int64
		found := false
		for _, o := range triangle {
			if (any || o.regime == regime) && len(o.cents) > age+1 {
				here, next, found = here+o.cents[age], next+o.cents[age+1], true
			}
		}
		if !found {
			continue
		}
		if here == 0 || next == 0 || (here < 0) != (next < 0) {
			break
		}
		return big.NewRat(next, here)
	}
	return big.NewRat(1, 1)
}

func TestChainLadderAgainstExact(t *testing.T) {
	conn := bench(t, triangleTable)
	rapid.Check(t, func(t *rapid.T) {
		triangle := drawTriangle(t)
		fillTriangle(t, conn, triangle)
		for i, row := range estimated(t, conn) {
			o := triangle[i]
			factor := big.NewRat(1, 1)
			for age := len(o.cents) - 1; age < 6; age++ {
				factor.Mul(factor, factorOf(triangle, o.regime, age))
			}
			if row[0] == "" {
				if factor.Cmp(big.NewRat(999_999_999, 1)) < 0 {
					t.Fatalf("origin %d has no factor, want %s", i, factor.FloatString(9))
				}
				continue
			}
			agrees(t, "the factor", row[0], factor, big.NewRat(1, 1e9))
			agrees(t, "the expected total", row[1], factor.Mul(factor, big.NewRat(o.cents[len(o.cents)-1], 100)), big.NewRat(1, 1e6))
		}
	})
}

func TestAFullyDevelopedTriangleExpectsNothingMore(t *testing.T) {
	conn := bench(t, triangleTable)
	rapid.Check(t, func(t *rapid.T) {
		triangle := drawTriangle(t)
		for i := range triangle {
			for age := range triangle[i].cents {
				triangle[i].cents[age] = triangle[i].cents[0] // nothing came after the first month
			}
		}
		fillTriangle(t, conn, triangle)
		for i, row := range estimated(t, conn) {
			if row[0] != "1.000000000" || row[1] != inEuros(triangle[i].cents[0])+"0000" {
				t.Fatalf("origin %d expects %s times %s in total", i, row[0], row[1])
			}
		}
	})
}

func TestScaledAmountsScaleTheEstimate(t *testing.T) {
	conn := bench(t, triangleTable)
	rapid.Check(t, func(t *rapid.T) {
		triangle := drawTriangle(t)
		times := rapid.Int64Range(2, 50).Draw(t, "maal")
		fillTriangle(t, conn, triangle)
		before := estimated(t, conn)
		for i := range triangle {
			for age := range triangle[i].cents {
				triangle[i].cents[age] *= times
			}
		}
		fillTriangle(t, conn, triangle)
		for i, row := range estimated(t, conn) {
			if row[0] != "" && before[i][0] != "" {
				agrees(t, "the factor", row[0], rational(t, before[i][0]), big.NewRat(2, 1e9))
				want := rational(t, before[i][1])
				agrees(t, "the expected total", row[1], want.Mul(want, big.NewRat(times, 1)), big.NewRat(times+1, 1e6))
			}
		}
	})
}

// completenessTables are what the indicator reads, with three months of a year that is not yet complete by themselves.
var completenessTables = []string{
	"CREATE SCHEMA uitkomst",
	"CREATE TABLE model.volledigheid_deel (domein VARCHAR, zorgsoort VARCHAR, maand DATE, declaratiemaand DATE, rol VARCHAR, bedrag DECIMAL(18,2))",
	"CREATE TABLE model.maandkosten (persoon INTEGER, maand DATE, plaatsing INTEGER, bedrag DECIMAL(18, 2))",
	"CREATE TABLE model.verblijf AS SELECT 3 AS persoon, DATE '2019-02-10' AS begindatum",
	"CREATE TABLE model.plaatsing AS SELECT * FROM (VALUES (11, 1), (12, 1), (21, 2)) AS p (plaatsing, soort)",
	"CREATE TABLE model.soort AS SELECT * FROM (VALUES (1, 'zvw', 'huisarts'), (2, 'zvw', 'mondzorg')) AS s (soort, domein, zorgsoort)",
	`CREATE TABLE model.cel AS SELECT CAST(j AS INTEGER) AS jaar, 'regio' AS gebied, 'zvw' AS domein, 'voorlopig' AS status
		FROM (VALUES (2017), (2018), (2019)) AS c (j)`,
	`CREATE TABLE model.volledigheid_schatting (domein VARCHAR, zorgsoort VARCHAR, maand DATE, leeftijd INTEGER, cumulatief DECIMAL(18,2),
		factor DECIMAL(18,9), verwacht_totaal DECIMAL(28,6))`,
}

// TestCompletenessOfTheWorkedExample works one care type out by hand. 2017 and 2018 are complete: € 100 and € 110 a month, so
// the trend is 1.1. Of 2019: January is for 90% there, February for 50% and March came after the month of the triangle.
func TestCompletenessOfTheWorkedExample(t *testing.T) {
	conn := bench(t, completenessTables...)
	for _, s := range []string{
		`INSERT INTO model.volledigheid_schatting SELECT 'zvw', 'huisarts', DATE '2017-01-01' + INTERVAL (m) MONTH, 36,
			CASE WHEN m < 12 THEN 100 ELSE 110 END, 1, CASE WHEN m < 12 THEN 100 ELSE 110 END FROM range(24) AS k (m)`,
		`INSERT INTO model.volledigheid_schatting VALUES ('zvw', 'huisarts', DATE '2019-01-01', 1, 99, 1.111111111, 110),
			('zvw', 'huisarts', DATE '2019-02-01', 0, 50, 2, 100)`,
		`INSERT INTO model.volledigheid_deel SELECT domein, zorgsoort, maand, maand, '', cumulatief FROM model.volledigheid_schatting`,
		// What was declared after the month of the triangle is delivered too.
		`INSERT INTO model.volledigheid_deel VALUES ('zvw', 'huisarts', DATE '2019-02-01', DATE '2019-03-01', 'pilot', 5),
			('zvw', 'huisarts', DATE '2019-03-01', DATE '2019-03-01', '', 30), ('zvw', 'mondzorg', DATE '2019-02-01', NULL, '', 7)`,
		"INSERT INTO model.maandkosten SELECT 1, maand, CASE zorgsoort WHEN 'huisarts' THEN 11 ELSE 21 END, bedrag FROM model.volledigheid_deel",
		"INSERT INTO model.maandkosten VALUES (2, DATE '2019-03-01', 11, 1), (2, DATE '2019-03-01', 12, 1)",
		// Who moved in the month has a row for each place.
		"INSERT INTO model.maandkosten VALUES (3, DATE '2019-02-01', 21, 1), (3, DATE '2019-02-01', 21, 2)",
	} {
		run(t, conn, s)
	}
	got := ask(t, conn, "volledigheid", "zorgsoort", "maand", "aangeleverd", "verwacht_totaal", "volledigheid", "status", "methode", "personen")
	want := [][]string{
		{"huisarts", "2018-12-01", "110.00", "110.00", "1.000000", "definitief", "kettingladder", "1"},
		// The last twelve months for 80% there are February 2018 to January 2019: 1320 against 1210 a year before.
		{"huisarts", "2019-01-01", "99.00", "110.00", "0.900000", "voorlopig", "kettingladder", "1"},
		// 50 + 110 × 1320 / 1210 × (1 − 1/2) = 110.
		{"huisarts", "2019-02-01", "55.00", "110.00", "0.500000", "onvolledig", "bornhuetter_ferguson", "1"},
		{"huisarts", "2019-03-01", "30.00", "", "", "onvolledig", "geen", "2"},
		{"mondzorg", "2019-02-01", "7.00", "", "", "voorlopig", "geen", "2"},
	}
	if got = got[23:]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%v, want\n%v", got, want)
	}
}

// TestBornhuetterFergusonWithoutAYearBefore falls back on the chain ladder, and on no trend when a year is not whole.
func TestBornhuetterFergusonWithoutAYearBefore(t *testing.T) {
	conn := bench(t, completenessTables...)
	run(t, conn, `INSERT INTO model.volledigheid_schatting VALUES
		('zvw', 'huisarts', DATE '2018-01-01', 9, 80, 1.25, 100), ('zvw', 'huisarts', DATE '2018-02-01', 8, 80, 1.250000001, 100),
		('zvw', 'huisarts', DATE '2019-01-01', 1, 20, 4, 80), ('zvw', 'huisarts', DATE '2019-02-01', 0, 20, 4, 80)`)
	run(t, conn, "INSERT INTO model.volledigheid_deel SELECT domein, zorgsoort, maand, maand, '', cumulatief FROM model.volledigheid_schatting")
	run(t, conn, "INSERT INTO model.maandkosten SELECT 1, maand, 11, bedrag FROM model.volledigheid_deel")
	got := fmt.Sprint(ask(t, conn, "volledigheid", "maand", "verwacht_totaal", "methode"))
	// January 2019 has a month a year before that is for 80% there: 20 + 100 × (1 − 1/4); February's is just not.
	if want := "[[2018-01-01 100.00 kettingladder] [2018-02-01 100.00 kettingladder] [2019-01-01 95.00 bornhuetter_ferguson] [2019-02-01 80.00 kettingladder]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTheLastMonthCountsWhenItIsOver follows the month up to which a law is declared: over when a delivery is from after it,
// or when something was declared on its last day. Lines that count nowhere do not move it.
func TestTheLastMonthCountsWhenItIsOver(t *testing.T) {
	for name, c := range map[string]struct{ stand, declared, want string }{
		"delivered after the month":             {"2019-03-01", "2019-02-10", "2019-02-01"},
		"delivered on its last day":             {"2019-02-28", "2019-02-10", "2019-01-01"},
		"declared on its last day":              {"2019-02-28", "2019-02-28", "2019-02-01"},
		"delivered in it, and January as a gap": {"2019-02-15", "2019-02-10", "2019-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			conn := bench(t, "CREATE SCHEMA opslag",
				fmt.Sprintf("CREATE TABLE opslag.declaraties AS SELECT 1 AS levering_id, * FROM (VALUES (1, DATE '%s'), (2, DATE '2018-12-31'), (3, DATE '2019-02-28'), (4, NULL)) AS d (regel_nr, declaratiedatum)", c.declared),
				`CREATE TABLE model.kostendeel AS SELECT levering_id, regel_nr, 1 AS plaatsing, CAST(date_trunc('month', declaratiedatum) AS DATE) AS declaratiemaand,
					TRUE AS telt, CASE WHEN regel_nr <> 3 THEN 1 END AS plaats FROM opslag.declaraties`,
				"CREATE TABLE model.plaatsing AS SELECT 1 AS plaatsing, 'wmo' AS domein",
				fmt.Sprintf("CREATE TABLE model.geldige_levering AS SELECT * FROM (VALUES (1, DATE '%s'), (2, DATE '2030-01-01')) AS g (levering_id, datum)", c.stand))
			if got := fmt.Sprint(ask(t, conn, "peilmaand", "domein", "peilmaand")); got != "[[wmo "+c.want+"]]" {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestATriangleCountsUntilItsMonth makes a triangle of three months. A part declared before its care counts at once, one
// after the month of the triangle not yet, and a month without care has nothing; funding changes the regime.
func TestATriangleCountsUntilItsMonth(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA referentie", "CREATE TABLE kalender AS SELECT CAST(d AS DATE) AS dag, CAST(date_trunc('month', d) AS DATE) AS maand FROM generate_series(DATE '2018-12-01', DATE '2019-12-31', INTERVAL 1 DAY) AS k (d)",
		"CREATE TABLE model.peilmaand AS SELECT 'zvw' AS domein, DATE '2019-03-01' AS peilmaand",
		`CREATE TABLE referentie.stelselwijziging AS SELECT * FROM (VALUES ('zvw', NULL, 'bekostiging', DATE '2019-02-01'), ('zvw', 'huisarts', 'bekostiging', DATE '2019-03-01'),
			('zvw', 'mondzorg', 'bekostiging', DATE '2019-02-01'), ('zvw', NULL, 'stelsel', DATE '2019-02-01'), ('wmo', NULL, 'bekostiging', DATE '2019-02-01')) AS w (domein, zorgsoort, soort, geldig_van)`,
		`CREATE TABLE model.volledigheid_deel AS SELECT 'zvw' AS domein, * FROM (VALUES
			('huisarts', DATE '2019-01-01', DATE '2018-12-01', '', 5.00), ('huisarts', DATE '2019-01-01', DATE '2019-02-01', 'pilot', 10.00), ('huisarts', DATE '2019-01-01', DATE '2019-02-01', '', -3.00),
			('huisarts', DATE '2019-01-01', DATE '2019-04-01', '', 100.00), ('huisarts', DATE '2019-03-01', DATE '2019-03-01', '', 7.00), ('huisarts', DATE '2019-04-01', DATE '2019-04-01', '', 8.00),
			('mondzorg', DATE '2019-01-01', DATE '2019-01-01', '', 1.00), ('mondzorg', DATE '2019-06-01', NULL, '', 1.00)) AS d (zorgsoort, maand, declaratiemaand, rol, bedrag)`)
	got := fmt.Sprint(ask(t, conn, "volledigheid_driehoek", "zorgsoort", "maand", "leeftijd", "regime", "cumulatief"))
	want := "[[huisarts 2019-01-01 0 0 5.00] [huisarts 2019-01-01 1 0 12.00] [huisarts 2019-01-01 2 0 12.00]" +
		" [huisarts 2019-02-01 0 1 0.00] [huisarts 2019-02-01 1 1 0.00] [huisarts 2019-03-01 0 2 7.00]]"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
