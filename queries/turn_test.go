package queries_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// residents has the tables behind the comparison of two years, without persons.
func residents(t testing.TB) *sql.Conn {
	return bench(t, "CREATE SCHEMA opslag",
		`CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2017, DATE '2017-01-01', 365, TRUE, FALSE), (2018, DATE '2018-01-01', 365, FALSE, FALSE),
			(2019, DATE '2019-01-01', 365, FALSE, FALSE), (2020, DATE '2020-01-01', 366, FALSE, TRUE)) AS j (jaar, nieuwjaar, dagen, is_basisjaar, onvolledig)`,
		`CREATE TABLE model.verblijf (persoon INTEGER, huishouden VARCHAR, geboortejaar INTEGER, geslacht VARCHAR, buurt VARCHAR, begindatum DATE, einddatum DATE,
			huis INTEGER GENERATED ALWAYS AS (TRY_CAST(substr(huishouden, 2) AS INTEGER)), plaats INTEGER GENERATED ALWAYS AS (CAST(substr(buurt, 2) AS INTEGER)))`,
		"CREATE TABLE opslag.bevolking (levering_id INTEGER, persoon INTEGER, reden_einde VARCHAR)",
		"CREATE TABLE model.geldige_levering AS SELECT * FROM (VALUES (1, TRUE), (2, FALSE)) AS g (levering_id, geldig)")
}

// TestTurnOfAPerson names what became of persons between 2017 and 2019, and where they count.
func TestTurnOfAPerson(t *testing.T) {
	conn := residents(t)
	run(t, conn, `INSERT INTO model.verblijf VALUES
		(1, 'h1', 1960, '1', 'b1', DATE '2010-01-01', DATE '2018-03-31'), (1, 'h1', 1960, '1', 'b2', DATE '2018-04-01', DATE '9999-12-30'),
		(2, 'h1', 2018, '2', 'b2', DATE '2018-05-01', DATE '9999-12-30'),
		(3, 'h2', 2017, '2', 'b2', DATE '2018-05-01', DATE '9999-12-30'),
		(4, 'h2', 1930, '2', 'b1', DATE '2010-01-01', DATE '2017-06-30'), (4, 'h3', 1930, '2', 'b3', DATE '2017-07-01', DATE '2018-01-31'),
		(5, 'h4', 1990, '2', 'b1', DATE '2017-12-31', DATE '2017-12-31'),
		(6, 'h5', NULL, '1', 'b1', DATE '2019-12-31', DATE '2019-12-31'),
		(7, 'h6', 1950, '1', 'b1', DATE '2010-01-01', DATE '2016-12-31'), (7, 'h6', 1950, '1', 'b2', DATE '2020-01-01', DATE '9999-12-30')`)
	run(t, conn, "INSERT INTO opslag.bevolking VALUES (1, 4, 'overleden'), (1, 5, 'verhuisd'), (2, 5, 'overleden'), (1, 1, 'overleden')")
	build(t, conn, "verblijfjaar", "persoon_plaats")
	var got []string
	for _, row := range ask(t, conn, "persoon_wending", "jaar", "persoon", "wending", "gebiedsjaar", "buurt") {
		got = append(got, strings.Join(row, " "))
	}
	want := []string{
		"2018 1 gebleven 2018 b2", // who died and still lives here in both years has stayed
		"2018 2 geboren 2018 b2",
		"2018 3 gevestigd 2018 b2", // born in the earlier year, elsewhere
		"2018 4 gebleven 2018 b3",
		"2018 5 vertrokken 2017 b1", // that this person died was withdrawn
		"2019 1 gebleven 2019 b2",
		"2019 2 geboren 2019 b2",
		"2019 3 gevestigd 2019 b2",
		"2019 4 overleden 2017 b3",
		"2019 5 vertrokken 2017 b1",
		"2019 6 gevestigd 2019 b1", // an unknown birth year is no birth
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestTheDifferenceOfAPerson adds up what a person cost anywhere in the region, in laws that are known by person in both
// years only, and keeps what is not known.
func TestTheDifferenceOfAPerson(t *testing.T) {
	conn := bench(t, `CREATE TABLE model.cel AS SELECT * FROM (VALUES
			(2017, 'regio', 'zvw', TRUE, 'persoon'), (2019, 'regio', 'zvw', FALSE, 'persoon'), (2017, 'regio', 'wmo', TRUE, 'persoon'), (2019, 'regio', 'wmo', FALSE, 'persoon'),
			(2017, 'regio', 'wlz', TRUE, 'aggregaat'), (2019, 'regio', 'wlz', FALSE, 'persoon'), (2017, 'b1', 'wlz', TRUE, 'persoon'), (2019, 'b1', 'wlz', FALSE, 'persoon')
		) AS c (jaar, gebied, domein, is_basisjaar, herkomst)`,
		`CREATE TABLE model.persoon_wending AS SELECT * FROM (VALUES (2019, 2017, 1, 2019, 'b2', 'gebleven'), (2019, 2017, 2, 2017, 'b1', 'overleden')
		) AS w (jaar, basisjaar, persoon, gebiedsjaar, buurt, wending)`,
		"CREATE TABLE model.soort AS SELECT * FROM (VALUES (1, 'zvw', 'huisarts'), (2, 'zvw', 'farmacie'), (3, 'wmo', 'wmo_begeleiding'), (4, 'wlz', 'wlz_vpt')) AS s (soort, domein, zorgsoort)",
		`CREATE TABLE model.persoonkosten AS SELECT * FROM (VALUES
			(1, 2017, 1, 1, 10.00, 10.00), (1, 2019, 1, 1, 4.00, 3.90), (1, 2019, 2, 2, 8.00, 7.80), (1, 2019, 2, 3, 5.00, NULL), (1, 2019, 2, 4, 100.00, 100.00),
			(1, 2018, 2, 3, 7.00, 7.00), (2, 2017, 1, 3, 6.00, 6.00), (2, 2017, 1, 1, 1.00, 1.00), (2, 2017, 1, 2, -1.00, -1.00)
		) AS k (persoon, jaar, plaats, soort, bedrag, bedrag_reeel)`)
	got := fmt.Sprint(ask(t, conn, "persoon_verschil", "persoon", "domein", "wending", "gebiedsjaar", "buurt", "verschil", "verschil_reeel"))
	if want := "[[1 wmo gebleven 2019 b2 5.00 ] [1 zvw gebleven 2019 b2 2.00 1.70] [2 wmo overleden 2017 b1 -6.00 -6.00]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSwappedYearsMirrorTheFlows compares 2019 with 2017 and 2017 with 2019, from the residences on: the same persons in
// the same places, and the same matrix with its sides exchanged.
func TestSwappedYearsMirrorTheFlows(t *testing.T) {
	conn := residents(t)
	run(t, conn, "DELETE FROM model.jaar WHERE jaar IN (2018, 2020)")
	run(t, conn, "CREATE TABLE model.persoonkosten (persoon INTEGER, jaar INTEGER, soort INTEGER, bedrag DECIMAL(18,2), bedrag_reeel DECIMAL(18,2))")
	run(t, conn, "CREATE TABLE model.soort AS SELECT * FROM (VALUES (1, 'wlz'), (2, 'wmo'), (3, 'zvw')) AS s (soort, domein)")
	run(t, conn, `CREATE TABLE model.gebied AS SELECT j.jaar, b.buurt, g.gebied FROM model.jaar AS j,
		(VALUES ('b1'), ('b2')) AS b (buurt), (VALUES ('b'), ('regio')) AS g (gebied)`)
	rapid.Check(t, func(t *rapid.T) {
		for _, table := range []string{"model.verblijf", "opslag.bevolking", "model.persoonkosten"} {
			run(t, conn, "DELETE FROM "+table)
		}
		for person := range rapid.IntRange(1, 6).Draw(t, "personen") {
			if rapid.IntRange(0, 2).Draw(t, "overleden") == 0 {
				run(t, conn, fmt.Sprintf("INSERT INTO opslag.bevolking VALUES (1, %d, 'overleden')", person))
			}
			for _, year := range [][]int{{2017, 2019}, {2017, 2019}, {2017}, {2019}}[rapid.IntRange(0, 3).Draw(t, "jaren")] {
				run(t, conn, fmt.Sprintf("INSERT INTO model.verblijf VALUES (%d, 'h', %d, '1', '%s', DATE '%d-03-01', DATE '%d-09-30')",
					person, rapid.IntRange(2017, 2019).Draw(t, "geboren"), rapid.SampledFrom([]string{"b1", "b2"}).Draw(t, "buurt"), year, year))
				for kind := 1; kind <= 3; kind++ {
					n := rapid.IntRange(-2, 9).Draw(t, "centen")
					run(t, conn, fmt.Sprintf("INSERT INTO model.persoonkosten VALUES (%d, %d, %d, %d * 0.01, %d * 0.01)", person, year, kind, n, n))
				}
			}
		}
		forth, back := yearAgainst(t, conn, 2017), yearAgainst(t, conn, 2019)
		for i, row := range back {
			back[i] = []string{row[0], mirror(row[2]), mirror(row[1]), row[3], row[4]}
		}
		slices.SortFunc(back, slices.Compare)
		if !slices.EqualFunc(forth, back, slices.Equal) {
			t.Fatalf("2019 against 2017 gives\n%v\nand the other way round, mirrored,\n%v", forth, back)
		}
	})
}

// yearAgainst gives the flows of the one other year against base.
func yearAgainst(t failer, conn *sql.Conn, base int) [][]string {
	t.Helper()
	run(t, conn, fmt.Sprintf("UPDATE model.jaar SET is_basisjaar = jaar = %d", base))
	run(t, conn, `CREATE OR REPLACE TABLE model.cel AS SELECT j.jaar, 'regio' AS gebied, d.domein, j.is_basisjaar, 'persoon' AS herkomst
		FROM model.jaar AS j, (VALUES ('wlz'), ('wmo'), ('zvw')) AS d (domein)`)
	build(t, conn, "verblijfjaar", "persoon_plaats", "persoon_wending", "persoon_verschil")
	return ask(t, conn, "stroom", "gebied", "van", "naar", "personen", "bedrag")
}
