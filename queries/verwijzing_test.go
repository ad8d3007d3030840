package queries_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestReferralsLookAsFarAsTheyShould follows the edges of every period of the funnel: a day inside, and a day beyond.
func TestReferralsLookAsFarAsTheyShould(t *testing.T) {
	const (
		first = 1 << iota
		afterGP
		viaBetween
		toSpecialist
		repeated
	)
	for name, c := range map[string]struct {
		other, specialism string // a contact beside the one at a specialist (0320), on 1 June 2018
		days              int    // from that day
		of                string // the kind looked at
		want              int
	}{
		"alone":                          {"", "", 0, "specialist", first},
		"GP on the day":                  {"huisarts", "", 0, "specialist", first | afterGP},
		"GP 90 days before":              {"huisarts", "", -90, "specialist", first | afterGP},
		"GP 91 days before":              {"huisarts", "", -91, "specialist", first},
		"GP a day after":                 {"huisarts", "", 1, "specialist", first},
		"specialist 365 days before":     {"specialist", "0320", -365, "specialist", 0},
		"specialist 366 days before":     {"specialist", "0320", -366, "specialist", first},
		"another specialism":             {"specialist", "0313", -10, "specialist", first},
		"specialist 365 days after":      {"specialist", "0320", 365, "specialist", first | repeated},
		"specialist 366 days after":      {"specialist", "0320", 366, "specialist", first},
		"between on the day":             {"anderhalf", "0320", 0, "specialist", first | viaBetween},
		"between 120 days before":        {"anderhalf", "0320", -120, "specialist", first | viaBetween},
		"between 121 days before":        {"anderhalf", "0320", -121, "specialist", first},
		"between at another specialism":  {"anderhalf", "0313", -5, "specialist", first},
		"from between a day later":       {"anderhalf", "0320", -1, "anderhalf", first | toSpecialist},
		"from between 120 days later":    {"anderhalf", "0320", -120, "anderhalf", first | toSpecialist},
		"from between 121 days later":    {"anderhalf", "0320", -121, "anderhalf", first},
		"from between on the same day":   {"anderhalf", "0320", 0, "anderhalf", first},
		"from between before specialist": {"anderhalf", "0320", 3, "anderhalf", first},
	} {
		conn := bench(t, `CREATE TABLE model.zorgcontact (soort VARCHAR, persoon INTEGER, specialisme VARCHAR, dag DATE, jaar INTEGER, plaats INTEGER,
			met_verwijzer BOOLEAN, van_huisarts BOOLEAN)`,
			"INSERT INTO model.zorgcontact VALUES ('specialist', 1, '0320', DATE '2018-06-01', 2018, 1, TRUE, FALSE)",
			"INSERT INTO model.zorgcontact SELECT s.soort, 2, '0320', DATE '2018-05-20', 2018, 1, TRUE, TRUE FROM (VALUES ('anderhalf'), ('specialist'), ('huisarts')) AS s (soort)")
		if c.other != "" {
			run(t, conn, fmt.Sprintf("INSERT INTO model.zorgcontact VALUES ('%s', 1, '%s', DATE '2018-06-01' + INTERVAL (%d) DAY, 2018, 1, FALSE, FALSE)",
				c.other, c.specialism, c.days))
		}
		of := "DATE '2018-06-01'"
		if c.of == "anderhalf" {
			of = fmt.Sprintf("DATE '2018-06-01' + INTERVAL (%d) DAY", c.days)
		}
		makeTable(t, conn, "verwijzing_gebeurtenis")
		var got int
		if err := conn.QueryRowContext(t.Context(), fmt.Sprintf(`SELECT CAST(eerste AS INTEGER) + 2 * CAST(na_huisarts AS INTEGER)
			+ 4 * CAST(via_anderhalf AS INTEGER) + 8 * CAST(naar_specialist AS INTEGER) + 16 * CAST(herhaald AS INTEGER)
			FROM model.verwijzing_gebeurtenis WHERE persoon = 1 AND soort = '%s' AND specialisme = '0320' AND dag = %s`, c.of, of)).Scan(&got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got != c.want {
			t.Errorf("%s: %05b, want %05b", name, got, c.want)
		}
	}
}

// TestContactsAreOnePerDay: lines of one day, person and specialism are one contact; credited lines, lines that do not
// count, other lists and days without a residence are none.
func TestContactsAreOnePerDay(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA opslag", "CREATE SCHEMA referentie",
		`CREATE TABLE opslag.codering AS SELECT * FROM (VALUES (1, '041', 'D1', '0320', '02'), (2, '041', 'D2', '0320', '05'), (3, '016', 'O1', '0320', '02'),
			(4, '041', 'D3', NULL, '02'), (5, '016', 'P1', '0320', NULL), (6, '016', '12000', NULL, NULL), (7, '016', '11101', NULL, NULL), (8, '016', '12001', NULL, '01'))
			AS c (codering, codelijst, prestatiecode, specialisme, verwijzer)`,
		`CREATE TABLE model.zorgsoort_keuze AS SELECT codering, 'zvw' AS domein, codering AS plaatsing, CASE WHEN codering <= 4 THEN 'msz'
			WHEN codering = 5 THEN 'poli' ELSE 'huisarts' END AS zorgsoort FROM opslag.codering`,
		"CREATE TABLE model.zorgsoort AS SELECT * FROM (VALUES ('zvw', 'msz', '2'), ('zvw', 'poli', '1.5'), ('zvw', 'huisarts', '1')) AS z (domein, zorgsoort, lijn)",
		`CREATE TABLE referentie.huisartscontact AS SELECT '12%' AS prestatiecode, DATE '2018-01-01' AS geldig_van, CAST(NULL AS DATE) AS geldig_tot
			UNION ALL SELECT '12_00', NULL, NULL`,
		"CREATE TABLE model.verblijf AS SELECT 1 AS persoon, 1 AS plaats, DATE '2017-01-01' AS begindatum, DATE '2018-12-31' AS einddatum",
		"CREATE TABLE model.declaratieregel (codering INTEGER, begindatum DATE, telt BOOLEAN, niet_gecrediteerd BOOLEAN, persoon INTEGER, plaatsing INTEGER)",
		`INSERT INTO model.declaratieregel SELECT r.codering, r.dag, r.telt, r.open, 1, r.codering FROM (VALUES
			(1, DATE '2018-03-01', TRUE, TRUE), (2, DATE '2018-03-01', TRUE, TRUE), (2, DATE '2018-03-02', TRUE, TRUE),
			(1, DATE '2018-03-03', TRUE, FALSE), (1, DATE '2018-03-04', FALSE, TRUE), (3, DATE '2018-03-05', TRUE, TRUE),
			(4, DATE '2018-03-06', TRUE, TRUE), (1, DATE '2019-01-01', TRUE, TRUE), (5, DATE '2018-03-01', TRUE, TRUE),
			(6, DATE '2018-04-01', TRUE, TRUE), (8, DATE '2018-04-01', TRUE, TRUE), (6, DATE '2017-04-01', TRUE, TRUE),
			(8, DATE '2017-04-02', TRUE, TRUE), (7, DATE '2018-04-03', TRUE, TRUE)) AS r (codering, dag, telt, open)`)
	var got []string
	for _, row := range ask(t, conn, "zorgcontact", "soort", "specialisme", "dag", "met_verwijzer", "van_huisarts", "jaar", "plaats") {
		got = append(got, strings.Join(row, " "))
	}
	const want = `anderhalf 0320 2018-03-01 false false 2018 1
huisarts  2017-04-01 false false 2017 1
huisarts  2018-04-01 true false 2018 1
specialist 0320 2018-03-01 true true 2018 1
specialist 0320 2018-03-02 true false 2018 1`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// TestReferralMeasures counts the measures of a year by hand, with the statuses that look back and ahead.
func TestReferralMeasures(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA referentie",
		`CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2017, DATE '2017-01-01'), (2018, DATE '2018-01-01'), (2019, DATE '2019-01-01')) AS j (jaar, nieuwjaar)`,
		"CREATE TABLE model.geldige_levering AS SELECT DATE '2021-01-01' AS datum",
		"CREATE TABLE referentie.voorlopig AS SELECT 'zvw' AS domein, 12 AS maanden, CAST(NULL AS DATE) AS geldig_van, CAST(NULL AS DATE) AS geldig_tot",
		`CREATE TABLE model.cel AS SELECT jaar, 'regio' AS gebied, 'zvw' AS domein, 'persoon' AS herkomst, 365 AS dagen_in_jaar,
			CASE WHEN jaar = 2019 THEN 'voorlopig' ELSE 'definitief' END AS status FROM model.jaar`,
		"CREATE TABLE model.noemer AS SELECT jaar, 'regio' AS gebied, 'zvw' AS domein, CAST(365 * 4 AS DECIMAL(18,2)) AS dagen FROM model.jaar",
		"CREATE TABLE model.gebied AS SELECT jaar, 1 AS plaats, 'regio' AS gebied FROM model.jaar",
		"CREATE TABLE model.declaratieregel AS SELECT 1 AS plaatsing, TRUE AS telt, TRUE AS niet_gecrediteerd, DATE '2017-05-01' AS begindatum",
		"CREATE TABLE model.plaatsing AS SELECT 1 AS plaatsing, 'zvw' AS domein",
		"CREATE TABLE model.zorgcontact AS SELECT 'huisarts' AS soort, j.jaar, 1 AS plaats, p.persoon FROM model.jaar AS j CROSS JOIN (VALUES (1), (1), (2)) AS p (persoon)",
		`CREATE TABLE model.verwijzing_gebeurtenis AS SELECT v.*, 2018 AS jaar, 1 AS plaats FROM (VALUES
			('specialist', 1, TRUE, TRUE, FALSE, FALSE, TRUE, TRUE, TRUE), ('specialist', 1, TRUE, FALSE, FALSE, FALSE, FALSE, TRUE, FALSE),
			('specialist', 2, TRUE, FALSE, TRUE, FALSE, FALSE, FALSE, FALSE), ('specialist', 3, FALSE, TRUE, TRUE, FALSE, TRUE, TRUE, TRUE),
			('anderhalf', 2, TRUE, FALSE, FALSE, TRUE, FALSE, TRUE, TRUE), ('anderhalf', 3, TRUE, FALSE, FALSE, FALSE, TRUE, TRUE, TRUE))
			AS v (soort, persoon, eerste, na_huisarts, via_anderhalf, naar_specialist, herhaald, met_verwijzer, van_huisarts)`)
	got := map[string]string{}
	for _, row := range ask(t, conn, "verwijzing", "jaar", "maat", "teller", "noemer", "waarde", "status", "personen", "personen_overig") {
		got[row[0]+" "+row[1]] = strings.Join(row[2:], " ")
	}
	for key, want := range map[string]string{
		"2018 huisarts_per_1000":      "3 4.000000 750.000000 definitief 2 0",
		"2018 anderhalf_per_1000":     "2 4.000000 500.000000 definitief 2 0",
		"2018 eerste_dbc_per_1000":    "3 4.000000 750.000000 definitief 2 0",
		"2018 na_huisarts":            "1 3.000000 0.333333 definitief 1 1",
		"2018 verwezen_door_huisarts": "1 2.000000 0.500000 definitief 1 0",
		"2018 via_anderhalf":          "1 3.000000 0.333333 definitief 1 1",
		"2018 anderhalf_doorverwezen": "1 2.000000 0.500000 definitief 1 1",
		"2018 herhaald_12_maanden":    "1 3.000000 0.333333 definitief 1 1",
		"2017 huisarts_per_1000":      "3 4.000000 750.000000 definitief 2 0",
		"2017 na_huisarts":            "0 0.000000  onvolledig 0 0",
		"2017 herhaald_12_maanden":    "0 0.000000  onvolledig 0 0",
		"2019 eerste_dbc_per_1000":    "0 4.000000 0.000000 voorlopig 0 0",
	} {
		if got[key] != want {
			t.Errorf("%s: %s, want %s", key, got[key], want)
		}
	}
	if len(got) != 24 {
		t.Errorf("%d rows, want 8 measures in 3 years", len(got))
	}
	run(t, conn, "UPDATE model.geldige_levering SET datum = DATE '2020-12-31'")
	var open []string
	for _, row := range ask(t, conn, "verwijzing", "jaar", "maat", "status") {
		if row[0] == "2018" && row[2] == "voorlopig" {
			open = append(open, row[1])
		}
	}
	if fmt.Sprint(open) != "[anderhalf_doorverwezen herhaald_12_maanden]" {
		t.Errorf("a day before the year after is complete %v may still change", open)
	}
}
