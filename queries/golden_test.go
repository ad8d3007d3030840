package queries_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // the engine, to feed a query by hand
	"pgregory.net/rapid"

	"ontschot/queries"
)

// bench is an empty database in memory with the statements run on it.
func bench(t testing.TB, statements ...string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, err := range []error{conn.Close(), db.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	for _, s := range append([]string{"SET threads = 1", "CREATE SCHEMA model"}, statements...) {
		run(t, conn, s)
	}
	return conn
}

// failer is what both a test and a drawn case have.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func run(t failer, conn *sql.Conn, statement string) {
	t.Helper()
	if _, err := conn.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%.80s…: %v", statement, err)
	}
}

// source is the SQL of the model query or the indicator of that name.
func source(t failer, name string) string {
	t.Helper()
	query, err := fs.ReadFile(queries.Files, "model/"+name+".sql")
	if errors.Is(err, fs.ErrNotExist) {
		query, err = fs.ReadFile(queries.Files, "indicator/"+name+".sql")
	}
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(query)
}

// makeTable makes the table of a model query, for the queries that read it.
func makeTable(t failer, conn *sql.Conn, name string) {
	t.Helper()
	run(t, conn, "CREATE OR REPLACE TABLE model."+name+" AS\n"+source(t, name))
}

// ask runs a query and gives the named columns of every row as texts; an unknown value is "".
func ask(t failer, conn *sql.Conn, name string, columns ...string) [][]string {
	t.Helper()
	var texts []string
	for _, c := range columns {
		texts = append(texts, "coalesce(CAST("+c+" AS VARCHAR), '')")
	}
	rows, err := conn.QueryContext(context.Background(),
		"SELECT "+strings.Join(texts, ", ")+" FROM (\n"+source(t, name)+"\n) AS q ORDER BY "+strings.Join(columns, ", "))
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer rows.Close() // its error is that of Err
	var out [][]string
	for rows.Next() {
		row := make([]string, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatalf("%v", err)
		}
		out = append(out, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%v", err)
	}
	return out
}

const stratumTable = `CREATE TABLE model.standaard_stratum (jaar INTEGER, gebied VARCHAR, domein VARCHAR, geslacht VARCHAR,
	klasse INTEGER, samengevoegd BIGINT, gewicht DECIMAL(18,2), dagen DECIMAL(18,2), bedrag DECIMAL(18,2), bedrag_reeel DECIMAL(18,2))`

// fleiss is the Down syndrome data of Fleiss (1981): cases and births by age of the mother, a row per birth order.
var fleiss = [5][6][2]int64{
	{{107, 230061}, {141, 329449}, {60, 114920}, {40, 39487}, {39, 14208}, {25, 3052}},
	{{25, 72202}, {150, 326701}, {110, 208667}, {84, 83228}, {82, 28466}, {39, 5375}},
	{{3, 15050}, {71, 175702}, {114, 207081}, {103, 117300}, {108, 45026}, {75, 8660}},
	{{1, 2293}, {26, 68800}, {64, 132424}, {89, 98301}, {137, 46075}, {96, 9834}},
	{{0, 327}, {8, 30666}, {63, 123419}, {112, 149919}, {262, 104088}, {295, 34392}},
}

// TestStandardisationOfFayAndFeuer gives the adjusted rates per 100,000 of table 1 of Fay and Feuer (1997). A birth
// order is an area, a birth an insured year of 365 days, and a case costs € 100,000.
func TestStandardisationOfFayAndFeuer(t *testing.T) {
	conn := bench(t, stratumTable, "CREATE TABLE model.jaar AS SELECT CAST(2017 AS INTEGER) AS jaar, CAST(365 AS INTEGER) AS dagen")
	var crude []string
	for order, ages := range fleiss {
		var cases, births int64
		for age, n := range ages {
			var all int64
			for _, other := range fleiss {
				all += other[age][1]
			}
			run(t, conn, fmt.Sprintf("INSERT INTO model.standaard_stratum VALUES (2017, 'orde%d', 'zvw', '2', %d, 1, %d, %d, %d, %d)",
				order+1, age, all*365, n[1]*365, n[0]*100_000, n[0]*200_000))
			cases, births = cases+n[0], births+n[1]
		}
		crude = append(crude, big.NewRat(cases*100_000, births).FloatString(1))
	}
	if got := strings.Join(crude, " "); got != "56.3 67.6 83.3 115.5 167.1" {
		t.Fatalf("the crude rates are %s: the data are typed in wrong", got)
	}
	var nominal, real []string
	for _, row := range ask(t, conn, "gestandaardiseerd", "gebied", "gestandaardiseerd", "gestandaardiseerd_reeel") {
		nominal = append(nominal, oneDecimal(t, row[1], 1))
		real = append(real, oneDecimal(t, row[2], 2))
	}
	const want = "92.3 91.2 85.1 92.7 75.5"
	if got := strings.Join(nominal, " "); got != want {
		t.Errorf("adjusted %s, printed %s", got, want)
	}
	if got := strings.Join(real, " "); got != want {
		t.Errorf("half of the doubled adjusted %s, printed %s", got, want)
	}
}

func oneDecimal(t testing.TB, text string, over int64) string {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is not a number", text)
	}
	return r.Quo(r, big.NewRat(over, 1)).FloatString(1)
}

// TestStandardisedUnknown keeps a real amount unknown when one of its strata is, and leap years to their own length.
func TestStandardisedUnknown(t *testing.T) {
	conn := bench(t, stratumTable, `CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2016, 366), (2017, 365)) AS j (jaar, dagen)`,
		`INSERT INTO model.standaard_stratum VALUES
			(2016, 'a', 'zvw', '1', 0, 1, 365, 366, 100.00, 50.00), (2016, 'a', 'zvw', '1', 5, 1, 365, 366, 300.00, NULL),
			(2017, 'a', 'zvw', '1', 0, 1, 365, 365, 100.00, 50.00), (2017, 'a', 'zvw', '1', 5, 1, 1095, 730, 300.00, 60.00)`)
	got := fmt.Sprint(ask(t, conn, "gestandaardiseerd", "jaar", "gestandaardiseerd", "gestandaardiseerd_reeel"))
	// 2017: (1 × 100 + 3 × 150) / 4 and (1 × 50 + 3 × 30) / 4.
	if want := "[[2016 200.000000 ] [2017 137.500000 35.000000]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestStandardisationAgainstExact compares random strata with exact fractions.
func TestStandardisationAgainstExact(t *testing.T) {
	conn := bench(t, stratumTable, "CREATE TABLE model.jaar AS SELECT CAST(2017 AS INTEGER) AS jaar, CAST(365 AS INTEGER) AS dagen")
	rapid.Check(t, func(t *rapid.T) {
		run(t, conn, "DELETE FROM model.standaard_stratum")
		sum, weights := new(big.Rat), new(big.Rat)
		for klasse := range rapid.IntRange(1, 6).Draw(t, "strata") {
			weight := rapid.Int64Range(1, 40_000_000).Draw(t, "gewicht")
			days := rapid.Int64Range(1, 40_000_000).Draw(t, "dagen")
			cents := rapid.Int64Range(-1_000_000, 10_000_000_000).Draw(t, "centen")
			run(t, conn, fmt.Sprintf("INSERT INTO model.standaard_stratum VALUES (2017, 'a', 'zvw', '1', %d, 1, %d, %d, %s, NULL)",
				klasse, weight, days, big.NewRat(cents, 100).FloatString(2)))
			rate := big.NewRat(cents*365, days*100)
			sum.Add(sum, rate.Mul(rate, big.NewRat(weight, 1)))
			weights.Add(weights, big.NewRat(weight, 1))
		}
		got, _ := new(big.Rat).SetString(ask(t, conn, "gestandaardiseerd", "gestandaardiseerd")[0][0])
		want := sum.Quo(sum, weights)
		allowed := new(big.Rat).Add(big.NewRat(2, 1_000_000), new(big.Rat).Mul(new(big.Rat).Abs(want), big.NewRat(1, 1e12)))
		if difference := new(big.Rat).Sub(got, want); difference.Abs(difference).Cmp(allowed) > 0 {
			t.Fatalf("got %s, want %s", got.FloatString(6), want.FloatString(9))
		}
	})
}
