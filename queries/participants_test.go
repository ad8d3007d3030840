package queries_test

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
)

// startRegion is a region of 2016 to 2019 with eight residents, one of whom starts with project a in the second quarter
// of 2018 and another in the third. Nobody differs but by what a test adds.
func startRegion(t *testing.T, statements ...string) *sql.Conn {
	t.Helper()
	conn := bench(t, append([]string{"CREATE SCHEMA opslag",
		"CREATE TABLE opslag.deelname (levering_id INTEGER, project VARCHAR, persoon INTEGER, begindatum DATE, einddatum DATE)",
		"CREATE TABLE model.geldige_levering AS SELECT * FROM (VALUES (1, TRUE), (2, FALSE)) AS g (levering_id, geldig)",
		`INSERT INTO opslag.deelname VALUES (1, 'a', 1, DATE '2018-05-10', NULL), (1, 'a', 1, DATE '2018-09-01', NULL),
			(1, 'a', 2, DATE '2018-07-01', NULL), (2, 'b', 3, DATE '2018-05-01', NULL)`,
		`CREATE TABLE model.jaar AS SELECT j.jaar, make_date(j.jaar, 1, 1) AS nieuwjaar, CASE j.jaar WHEN 2016 THEN 366 ELSE 365 END AS dagen,
			j.jaar = 2020 AS onvolledig FROM (VALUES (2016), (2017), (2018), (2019), (2020)) AS j (jaar)`,
		`CREATE TABLE model.verblijf AS SELECT p.persoon, 1970 AS geboortejaar, '2' AS geslacht, 1 AS plaats, DATE '2010-01-01' AS begindatum,
			DATE '9999-12-30' AS einddatum FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8)) AS p (persoon)`,
		"CREATE TABLE model.buurt AS SELECT jaar, 1 AS plaats, 'pilot' AS rol FROM model.jaar UNION ALL SELECT jaar, 2 AS plaats, NULL AS rol FROM model.jaar",
		"CREATE TABLE model.plaatsing AS SELECT 1 AS plaatsing, 'zvw' AS domein, 'huisarts' AS zorgsoort, 1 AS soort UNION ALL SELECT 2, 'wmo', 'wmo_begeleiding', 2",
		"CREATE TABLE model.zorgsoort AS SELECT 'zvw' AS domein, 'huisarts' AS zorgsoort, '1' AS lijn UNION ALL SELECT 'wmo', 'wmo_begeleiding', '0'",
		`CREATE TABLE model.maandkosten (persoon INTEGER, maand DATE, plaats INTEGER, plaatsing INTEGER, bedrag_reeel DECIMAL(18,2))`,
		"CREATE TABLE model.toewijzing (persoon INTEGER, domein VARCHAR, productcategorie VARCHAR, begindatum DATE, einddatum DATE)",
		`CREATE TABLE model.voorziening AS SELECT * FROM (VALUES ('wmo', '01', FALSE, 1), ('wmo', '02', FALSE, 2), ('wlz', '', TRUE, 3), ('zvw', '', TRUE, NULL))
			AS v (domein, productcategorie, uit_regels, voorziening)`,
		"CREATE TABLE opslag.codering AS SELECT 1 AS codering, 'wlz' AS domein, CAST(NULL AS VARCHAR) AS productcategorie",
		"CREATE TABLE model.declaratieregel (persoon INTEGER, codering INTEGER, begindatum DATE, einddatum DATE, telt BOOLEAN, niet_gecrediteerd BOOLEAN)",
	}, statements...)...)
	for _, name := range []string{"deelname_start", "deelname_kwartaal", "risicogroep", "deelnemer_kwartaal", "deelnemer_kosten"} {
		makeTable(t, conn, name)
	}
	return conn
}

// The second and third quarter of 2018, as the cells number them.
const second, third = 4*2018 + 1, 4*2018 + 2

// compared are the persons in the risk group of a quarter.
func compared(t *testing.T, conn *sql.Conn, start int) (persons string) {
	t.Helper()
	for _, row := range ask(t, conn, "risicogroep", "startkwartaal", "persoon", "deelnemer") {
		if row[0] == fmt.Sprint(start) {
			if persons += row[1]; row[2] == "true" {
				persons += "*"
			}
		}
	}
	return persons
}

func TestStartsOfParticipants(t *testing.T) {
	conn := startRegion(t)
	got := fmt.Sprint(ask(t, conn, "deelname_start", "project", "persoon", "startkwartaal", "eerste_dag", "is_eerste"))
	want := fmt.Sprintf("[[a 1 %d 2018-04-01 true] [a 2 %d 2018-07-01 true]]", second, third)
	if got != want {
		t.Errorf("starts %s, want %s", got, want)
	}
	quarters := ask(t, conn, "deelname_kwartaal", "startkwartaal", "k", "eerste_dag", "laatste_dag")
	// From the second quarter of 2016; the second half of 2018 and 2019 are what there is after the starts.
	if len(quarters) != 8+6+8+5 || !slices.ContainsFunc(quarters, func(row []string) bool {
		return row[0] == fmt.Sprint(second) && row[1] == "-8" && row[2] == "2016-04-01" && row[3] == "2016-06-30"
	}) {
		t.Errorf("%d quarters: %v", len(quarters), quarters)
	}
}

// TestRiskGroup adds one thing to one of the residents: who differs on the first day of the quarter, or two years before
// it, is in another stratum; what happens later changes nothing.
func TestRiskGroup(t *testing.T) {
	const everybody, later = "1*2345678", "2*345678"
	for name, c := range map[string]struct {
		statement      string
		second, third_ string
	}{
		"nobody differs":             {"SELECT 1", everybody, later},
		"elsewhere":                  {"UPDATE model.verblijf SET plaats = 2 WHERE persoon = 3", "1*245678", "2*45678"},
		"a man":                      {"UPDATE model.verblijf SET geslacht = '1' WHERE persoon = 3", "1*245678", "2*45678"},
		"48 is 48 to 52":             {"UPDATE model.verblijf SET geboortejaar = 1966 WHERE persoon = 3", everybody, later},
		"53 is not":                  {"UPDATE model.verblijf SET geboortejaar = 1965 WHERE persoon = 3", "1*245678", "2*45678"},
		"gone in the second quarter": {"UPDATE model.verblijf SET einddatum = DATE '2018-05-01' WHERE persoon = 3", everybody, "2*45678"},
		"not here two years before":  {"UPDATE model.verblijf SET begindatum = DATE '2017-04-01' WHERE persoon = 3", "1*245678", later},
		"one provision": {"INSERT INTO model.toewijzing VALUES (3, 'wmo', '01', DATE '2018-04-01', DATE '2018-06-30')",
			"1*245678", later},
		"a provision a day later": {"INSERT INTO model.toewijzing VALUES (3, 'wmo', '01', DATE '2018-04-02', DATE '2018-06-30')", everybody, later},
		"Wlz from lines": {"INSERT INTO model.declaratieregel VALUES (3, 1, DATE '2018-06-01', DATE '2018-07-31', TRUE, TRUE)",
			everybody, "2*45678"},
		"Wlz that was credited": {"INSERT INTO model.declaratieregel VALUES (3, 1, DATE '2018-06-01', DATE '2018-07-31', TRUE, FALSE)", everybody, later},
		"costs two years before": {"INSERT INTO model.maandkosten VALUES (3, DATE '2016-04-01', 1, 1, 10)",
			"1*245678", later},
		"costs the year before":                 {"INSERT INTO model.maandkosten VALUES (3, DATE '2017-07-01', 1, 1, 10)", everybody, later},
		"nobody to compare with":                {"UPDATE model.verblijf SET geslacht = '1' WHERE persoon = 1", "", later},
		"too early to look two years back":      {"DELETE FROM model.jaar WHERE jaar = 2016", "", ""},
		"a participant before is never in it":   {"INSERT INTO opslag.deelname VALUES (1, 'c', 3, DATE '2017-01-01', NULL)", "1*245678", "2*45678"},
		"a second project makes no second time": {"INSERT INTO opslag.deelname VALUES (1, 'c', 1, DATE '2018-08-01', NULL)", everybody, later},
	} {
		conn := startRegion(t, c.statement)
		if got := compared(t, conn, second); got != c.second {
			t.Errorf("%s: %s in the second quarter, want %s", name, got, c.second)
		}
		if got := compared(t, conn, third); got != c.third_ {
			t.Errorf("%s: %s in the third quarter, want %s", name, got, c.third_)
		}
	}
}

func TestCellsOfParticipants(t *testing.T) {
	conn := startRegion(t, "UPDATE model.verblijf SET einddatum = DATE '2018-08-10' WHERE persoon = 4", "UPDATE model.verblijf SET geslacht = '1' WHERE persoon = 8",
		`INSERT INTO model.maandkosten VALUES (4, DATE '2018-07-01', 1, 1, 10), (4, DATE '2018-08-01', 1, 1, 2.50), (4, DATE '2018-08-01', 1, 2, 7),
			(4, DATE '2018-04-01', 1, 1, 99), (5, DATE '2017-12-01', 1, 1, NULL), (6, DATE '2018-07-01', 1, 1, 5), (6, DATE '2018-08-01', 1, 1, -5),
			(8, DATE '2018-07-01', 1, 1, 1000)`)
	days := map[string]string{}
	for _, row := range ask(t, conn, "deelnemer_kwartaal", "startkwartaal", "persoon", "k", "dagen", "dagen_in_jaar") {
		days[row[0]+" "+row[1]+" "+row[2]] = row[3] + "/" + row[4]
	}
	for at, want := range map[string]string{
		fmt.Sprint(second, " 1 -8"): "91/366", fmt.Sprint(second, " 4 1"): "41/365", fmt.Sprint(second, " 4 2"): "", fmt.Sprint(second, " 4 0"): "",
		fmt.Sprint(second, " 8 1"): "", fmt.Sprint(third, " 1 1"): "",
	} {
		if days[at] != want {
			t.Errorf("%s has %s days, want %s", at, days[at], want)
		}
	}
	got := fmt.Sprint(slices.DeleteFunc(ask(t, conn, "deelnemer_kosten", "startkwartaal", "persoon", "k", "domein", "lijn", "bedrag_reeel"),
		func(row []string) bool { return row[0] != fmt.Sprint(second) }))
	want := fmt.Sprintf("[[%[1]d 4 1 wmo 0 7.00] [%[1]d 4 1 zvw 1 12.50] [%[1]d 5 -2 zvw 1 ]]", second)
	if got != want {
		t.Errorf("costs %s, want %s", got, want)
	}
	// The region is everybody, the man too: 92 days each, but for the one who left.
	region := ask(t, conn, "deelname_regio", "startkwartaal", "k", "domein", "bedrag_reeel", "dagen")
	if !slices.ContainsFunc(region, func(row []string) bool {
		return slices.Equal(row, []string{fmt.Sprint(second), "1", "zvw", "1012.50", fmt.Sprint(7*92 + 41)})
	}) {
		t.Errorf("the region: %v", region)
	}
}
