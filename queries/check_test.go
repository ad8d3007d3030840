package queries_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"ontschot/queries"
)

// askCheck runs a check: failed, checked and what it shows.
func askCheck(t *testing.T, conn *sql.Conn, name string) (failed, checked int64, example string) {
	t.Helper()
	query, err := fs.ReadFile(queries.Files, "check/"+name+".sql")
	if err != nil {
		t.Fatal(err)
	}
	var shown sql.NullString
	if err := conn.QueryRowContext(context.Background(), string(query)).Scan(&failed, &checked, &shown); err != nil {
		t.Fatal(err)
	}
	return failed, checked, shown.String
}

func TestAShiftThatDoesNotCloseIsSeen(t *testing.T) {
	conn := bench(t, `CREATE TABLE model.verschuiving_splitsing (indeling VARCHAR, prijspeil VARCHAR, jaar INTEGER, gebied VARCHAR,
		bedrag_basis DECIMAL(18,2), bedrag DECIMAL(18,2), delta DECIMAL(18,2), groei DECIMAL(18,2), verschuiving DECIMAL(18,2))`,
		`INSERT INTO model.verschuiving_splitsing VALUES
			('domein', 'nominaal', 2018, 'regio', 10, 12, 2, 3, -1), ('domein', 'nominaal', 2018, 'regio', 10, 15, 5, 4, 1),
			('domein', 'reeel', 2018, 'regio', 10, NULL, NULL, NULL, NULL)`)
	if failed, checked, _ := askCheck(t, conn, "verschuiving_sluit"); failed != 0 || checked != 1 {
		t.Errorf("where every cent is placed: %d of %d", failed, checked)
	}
	run(t, conn, `INSERT INTO model.verschuiving_splitsing VALUES
		('domein', 'nominaal', 2019, 'regio', 10, 12, 2, 1.99, 0), ('domein', 'nominaal', 2019, 'pilot', 10, 12, 2, 1.99, 0.01),
		('lijn', 'nominaal', 2019, 'regio', 10, 12, 2.01, 2.01, 0)`)
	if failed, checked, example := askCheck(t, conn, "verschuiving_sluit"); failed != 3 || checked != 4 || example != "pilot 2019 per domein" {
		t.Errorf("a lost cent, a shift to nowhere and another change: %d of %d, %s", failed, checked, example)
	}
}

// TestAMonthIsComparedWithEnoughYearsOnceItIsComplete follows the edges of the count per month: three earlier years, the
// least spread, and months that may still grow.
func TestAMonthIsComparedWithEnoughYearsOnceItIsComplete(t *testing.T) {
	for name, c := range map[string]struct {
		counts          map[string]int // lines per month
		stand           string
		failed, checked int64
	}{
		"two earlier years":            {map[string]int{"2017-03": 100, "2018-03": 100, "2019-03": 900}, "2023-01-01", 0, 0},
		"within the least spread":      {map[string]int{"2016-03": 100, "2017-03": 100, "2018-03": 100, "2019-03": 140}, "2023-01-01", 0, 1},
		"above it":                     {map[string]int{"2016-03": 100, "2017-03": 100, "2018-03": 100, "2019-03": 141}, "2023-01-01", 1, 1},
		"below it":                     {map[string]int{"2016-03": 100, "2017-03": 100, "2018-03": 100, "2019-03": 59}, "2023-01-01", 1, 1},
		"years that differ themselves": {map[string]int{"2016-03": 50, "2017-03": 100, "2018-03": 150, "2019-03": 295}, "2023-01-01", 0, 1},
		"another month":                {map[string]int{"2016-03": 100, "2017-03": 100, "2018-03": 100, "2019-04": 1}, "2023-01-01", 0, 0},
		"complete on this day":         {map[string]int{"2016-03": 100, "2017-03": 100, "2018-03": 100, "2019-03": 1}, "2019-10-01", 1, 1},
		"not complete yet":             {map[string]int{"2016-03": 100, "2017-03": 100, "2018-03": 100, "2019-03": 1}, "2019-09-30", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			conn := bench(t, "CREATE SCHEMA referentie", `CREATE TABLE kalender AS SELECT CAST(d AS DATE) AS dag,
				CAST(date_trunc('month', d) AS DATE) AS maand, CAST(year(d) AS INTEGER) AS jaar
				FROM generate_series(DATE '2015-01-01', DATE '2024-12-31', INTERVAL 1 DAY) AS k (d)`,
				"CREATE TABLE model.regel (domein VARCHAR, begindatum DATE, bestemming VARCHAR, niet_gecrediteerd BOOLEAN)",
				fmt.Sprintf("CREATE TABLE model.geldige_levering AS SELECT DATE '%s' AS datum", c.stand),
				"CREATE TABLE referentie.voorlopig AS SELECT 'wmo' AS domein, 6 AS maanden, CAST(NULL AS DATE) AS geldig_van, CAST(NULL AS DATE) AS geldig_tot")
			for month, n := range c.counts {
				run(t, conn, "INSERT INTO model.regel VALUES "+strings.TrimSuffix(strings.Repeat(fmt.Sprintf("('wmo', DATE '%s-05', 'telt', TRUE),", month), n), ","))
			}
			if failed, checked, example := askCheck(t, conn, "aantal_per_maand"); failed != c.failed || checked != c.checked {
				t.Errorf("%d of %d, want %d of %d: %s", failed, checked, c.failed, c.checked, example)
			}
		})
	}
}

// TestAFlowThatDoesNotCloseIsSeen loses a cent, and has a law without flows of which the costs changed.
func TestAFlowThatDoesNotCloseIsSeen(t *testing.T) {
	conn := bench(t, `CREATE TABLE model.cel AS SELECT j.jaar, 'regio' AS gebied, d.domein, j.jaar = 2017 AS is_basisjaar,
			CASE WHEN d.domein = 'wlz' AND j.jaar = 2018 THEN 'aggregaat' ELSE 'persoon' END AS herkomst
			FROM (VALUES (2017), (2018)) AS j (jaar), (VALUES ('zvw'), ('wmo'), ('wlz'), ('jeugdwet')) AS d (domein)`,
		`CREATE TABLE model.stroom AS SELECT * FROM (VALUES (2018, 'regio', 'zvw', 'wmo', 3.00, 2.00), (2018, 'regio', 'nieuw', 'wmo', 1.00, 1.00),
			(2018, 'pilot', 'zvw', 'weg', 9.00, 9.00)) AS s (jaar, gebied, van, naar, bedrag, bedrag_reeel)`,
		`CREATE TABLE model.verschuiving_splitsing AS SELECT * FROM (VALUES
			('domein', 'nominaal', 2018, 'regio', 'zvw', -3.00), ('domein', 'reeel', 2018, 'regio', 'zvw', -2.00), ('domein', 'nominaal', 2018, 'regio', 'wmo', 4.00),
			('domein', 'reeel', 2018, 'regio', 'wmo', NULL), ('domein', 'nominaal', 2018, 'regio', 'wlz', 7.00), ('domein', 'nominaal', 2018, 'regio', 'jeugdwet', 0.00),
			('lijn', 'nominaal', 2018, 'regio', '1', 7.00)) AS v (indeling, prijspeil, jaar, gebied, groep, delta)`)
	if failed, checked, _ := askCheck(t, conn, "stroom_sluit"); failed != 0 || checked != 4 {
		t.Errorf("where every cent flows: %d of %d", failed, checked)
	}
	run(t, conn, "UPDATE model.stroom SET bedrag = bedrag + 0.01 WHERE van = 'nieuw'")
	run(t, conn, "UPDATE model.verschuiving_splitsing SET delta = 5 WHERE groep = 'jeugdwet'")
	if failed, checked, example := askCheck(t, conn, "stroom_sluit"); failed != 2 || checked != 4 || example != "2018 jeugdwet" {
		t.Errorf("a lost cent and a law without flows: %d of %d, %s", failed, checked, example)
	}
}
