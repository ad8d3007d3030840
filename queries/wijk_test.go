package queries_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// cellRegion is a region of two strata in two neighbourhoods: of 2017, the base year, and of 2018. The region has 730 days
// of each stratum in the base year; in BU2 nobody is in the second stratum in 2018, so that the first carries both.
func cellRegion(t *testing.T, statements ...string) *sql.Conn {
	t.Helper()
	conn := bench(t, append([]string{
		`CREATE TABLE model.cel AS SELECT j.jaar, g.gebied, d.domein, 365 AS dagen_in_jaar, 'persoon' AS herkomst,
			CASE WHEN j.jaar = 2018 AND d.domein = 'wmo' THEN 'voorlopig' WHEN j.jaar = 2019 THEN 'onvolledig' ELSE 'definitief' END AS status
			FROM (VALUES (2017), (2018), (2019)) AS j (jaar) CROSS JOIN (VALUES ('BU1'), ('BU2'), ('regio')) AS g (gebied)
			CROSS JOIN (VALUES ('zvw'), ('wmo')) AS d (domein)`,
		`CREATE TABLE model.persoonjaar AS SELECT * FROM (VALUES (1, 2017, 'BU1', 365, '1', 3), (2, 2017, 'BU1', 365, '2', 3), (3, 2017, 'BU2', 365, '1', 3),
			(4, 2017, 'BU2', 365, '2', 3), (1, 2018, 'BU1', 365, '1', 3), (2, 2018, 'BU1', 73, '2', 3), (3, 2018, 'BU2', 365, '1', 3),
			(1, 2019, 'BU1', 365, '1', 3)) AS p (persoon, jaar, buurt, dagen, geslacht, klasse)`,
		`CREATE TABLE model.zorgsoort AS SELECT * FROM (VALUES ('zvw', 'huisarts', '1'), ('zvw', 'farmacie', '1'), ('zvw', 'ziekenhuis', '2'), ('wmo', 'hulp', '0'))
			AS z (domein, zorgsoort, lijn)`,
		"CREATE TABLE model.kosten_stratum (jaar INTEGER, gebied VARCHAR, domein VARCHAR, zorgsoort VARCHAR, geslacht VARCHAR, klasse INTEGER, herkomst VARCHAR, bedrag DECIMAL(18,2), bedrag_reeel DECIMAL(18,2))",
		`INSERT INTO model.kosten_stratum SELECT jaar, gebied, domein, zorgsoort, geslacht, 3 AS klasse, 'persoon' AS herkomst, 2 * bedrag AS bedrag, bedrag AS bedrag_reeel
			FROM (VALUES (2017, 'BU1', 'zvw', 'huisarts', '1', 100.00), (2017, 'BU1', 'zvw', 'farmacie', '1', 20), (2017, 'BU1', 'zvw', 'ziekenhuis', '2', 300),
			(2018, 'BU1', 'zvw', 'huisarts', '2', 10), (2018, 'BU1', 'wmo', 'hulp', '2', 7.50), (2018, 'BU2', 'zvw', 'ziekenhuis', '1', 40),
			(2018, 'regio', 'zvw', 'ziekenhuis', '1', 999)) AS k (jaar, gebied, domein, zorgsoort, geslacht, bedrag)`,
		`CREATE TABLE model.noemer AS SELECT p.jaar, g.gebied, d.domein, p.geslacht, p.klasse, CAST(sum(p.dagen) AS DECIMAL(18,2)) AS dagen
			FROM model.persoonjaar AS p CROSS JOIN (VALUES ('zvw'), ('wmo')) AS d (domein) CROSS JOIN (VALUES ('BU1'), ('BU2'), ('regio')) AS g (gebied)
			WHERE g.gebied IN (p.buurt, 'regio') GROUP BY p.jaar, g.gebied, d.domein, p.geslacht, p.klasse`,
		"CREATE TABLE model.jaar AS SELECT j.jaar, 365 AS dagen, j.jaar = 2017 AS is_basisjaar, j.jaar = 2019 AS onvolledig FROM (VALUES (2017), (2018), (2019)) AS j (jaar)",
	}, statements...)...)
	makeTable(t, conn, "standaard_stratum")
	return conn
}

// TestCellsOfNeighbourhoods has each stratum weigh half, calculated by hand.
func TestCellsOfNeighbourhoods(t *testing.T) {
	conn := cellRegion(t)
	got := map[string]string{}
	for _, row := range ask(t, conn, "wijk_cel", "jaar", "buurt", "domein", "lijn", "bedrag_reeel", "dagen", "personen", "status") {
		got[strings.Join(row[:4], " ")] = strings.Join(row[4:], " ")
	}
	for at, want := range map[string]string{
		"2017 BU1 zvw 1": "60.000000 730 2 definitief",  // (120 + 0) / 2
		"2017 BU1 zvw 2": "150.000000 730 2 definitief", // (0 + 300) / 2
		"2017 BU1 wmo 0": "0.000000 730 2 definitief",
		"2017 BU2 zvw 1": "0.000000 730 2 definitief",
		"2018 BU1 zvw 1": "25.000000 438 2 definitief", // 10 euros in a fifth of a year are 50 a year
		"2018 BU1 zvw 2": "0.000000 438 2 definitief",
		"2018 BU1 wmo 0": "18.750000 438 2 voorlopig",  // likewise 37.50
		"2018 BU2 zvw 2": "40.000000 365 1 definitief", // the men stand in for the women
		"2018 BU2 wmo 0": "0.000000 365 1 voorlopig",
		"2019 BU1 zvw 1": "", "2018 regio zvw 2": "",
	} {
		if got[at] != want {
			t.Errorf("%s is %q, want %q", at, got[at], want)
		}
	}
	if len(got) != 12 {
		t.Errorf("%d cells: %v", len(got), got)
	}
	// With the lines of all laws added up it is what the standardisation says.
	makeTable(t, conn, "wijk_cel")
	makeTable(t, conn, "gestandaardiseerd")
	run(t, conn, `SELECT CASE WHEN count(*) <> 8 THEN error('cells are missing') WHEN max(abs(c.bedrag - g.gestandaardiseerd_reeel)) > 0.000002
		THEN error('the lines do not add up') END FROM model.gestandaardiseerd AS g INNER JOIN (SELECT jaar, buurt, domein, sum(bedrag_reeel) AS bedrag
		FROM model.wijk_cel GROUP BY jaar, buurt, domein) AS c ON c.jaar = g.jaar AND c.buurt = g.gebied AND c.domein = g.domein`)
}

// TestCellsWithoutAPrice leaves the price of one type of care in one stratum unknown; and where nobody of a sex that the
// region has is in a neighbourhood, all its strata stand in.
func TestCellsWithoutAPrice(t *testing.T) {
	conn := cellRegion(t, "UPDATE model.kosten_stratum SET bedrag_reeel = NULL WHERE gebied = 'BU1' AND zorgsoort = 'farmacie'",
		"INSERT INTO model.persoonjaar VALUES (9, 2017, 'BU2', 365, '0', 0)",
		`INSERT INTO model.noemer VALUES (2017, 'BU2', 'zvw', '0', 0, 365), (2017, 'BU2', 'wmo', '0', 0, 365), (2017, 'regio', 'zvw', '0', 0, 365), (2017, 'regio', 'wmo', '0', 0, 365)`)
	var got []string
	for _, row := range ask(t, conn, "wijk_cel", "jaar", "buurt", "domein", "lijn", "bedrag_reeel") {
		if row[2] == "zvw" && row[1] == "BU1" {
			got = append(got, row[0]+" "+row[3]+" "+row[4])
		}
	}
	// A weight of 730, 730 and 365: of 2017 (0, 300, 300/2), of 2018 (0, 50, 10/1.2).
	if want := "[2017 1  2017 2 150.000000 2018 1 21.666667 2018 2 0.000000]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// choiceRegion is a region of 2015 to 2019, with a pilot of two neighbourhoods that cost 950 and 1050 euros, and others
// that cost as much as their number.
func choiceRegion(t *testing.T, others []int, statements ...string) *sql.Conn {
	t.Helper()
	buurten := []string{"('BU950', 'pilot', 950)", "('BU1050', 'pilot', 1050)"}
	for _, o := range others {
		buurten = append(buurten, fmt.Sprintf("('BU%d', NULL, %d)", o, o))
	}
	conn := bench(t, append([]string{
		"CREATE TABLE b AS SELECT * FROM (VALUES " + strings.Join(buurten, ", ") + ") AS b (buurt, rol, kosten)",
		`CREATE TABLE model.jaar AS SELECT j.jaar, j.jaar = 2017 AS is_basisjaar, j.jaar = 2020 AS onvolledig
			FROM (VALUES (2014), (2015), (2016), (2017), (2018), (2019), (2020)) AS j (jaar)`,
		"CREATE TABLE model.buurt AS SELECT j.jaar, b.buurt, b.rol FROM model.jaar AS j CROSS JOIN b",
		`CREATE TABLE model.persoonjaar AS SELECT p.persoon, j.jaar, b.buurt, 365 * 125 AS dagen, CAST(125 AS DECIMAL(18,6)) AS verzekerdejaren
			FROM model.jaar AS j CROSS JOIN b CROSS JOIN (VALUES (1), (2)) AS p (persoon)`,
		`CREATE TABLE model.gestandaardiseerd AS SELECT j.jaar, b.buurt AS gebied, d.domein,
			CAST(CASE d.domein WHEN 'zvw' THEN b.kosten - 100 ELSE 100 END AS DECIMAL(18,6)) AS gestandaardiseerd
			FROM model.jaar AS j CROSS JOIN b CROSS JOIN (VALUES ('zvw'), ('wmo')) AS d (domein)`,
	}, statements...)...)
	return conn
}

func TestComparableNeighbourhoods(t *testing.T) {
	others := []int{740, 760, 990, 1020, 1250, 1260}
	const usual = "BU1050:2014 BU950:2014 | BU990 BU1020 BU760 BU1250"
	for name, c := range map[string]struct{ statement, want string }{
		"within a quarter, the nearest first": {"SELECT 1", usual},
		"what happens later tells nothing":    {"UPDATE model.gestandaardiseerd SET gestandaardiseerd = 5 WHERE jaar IN (2014, 2017, 2018, 2019, 2020)", usual},
		"the mean of two years": {"UPDATE model.gestandaardiseerd SET gestandaardiseerd = gestandaardiseerd + CASE jaar WHEN 2015 THEN 200 ELSE -180 END WHERE gebied = 'BU740'",
			"BU1050:2014 BU950:2014 | BU990 BU1020 BU740 BU760 BU1250"},
		"of few persons":                        {"UPDATE model.persoonjaar SET verzekerdejaren = 70 WHERE buurt IN ('BU990', 'BU950') AND jaar = 2015", "BU1050:2014 BU950:2014 | BU1020 BU760 BU1250"},
		"few persons later":                     {"UPDATE model.persoonjaar SET verzekerdejaren = 1 WHERE buurt = 'BU990' AND jaar > 2016", usual},
		"nobody in a year":                      {"DELETE FROM model.persoonjaar WHERE buurt IN ('BU990', 'BU1050') AND jaar = 2019", "BU950:2014 | BU1020 BU760 BU740"},
		"nobody in a year that is not compared": {"DELETE FROM model.persoonjaar WHERE buurt = 'BU990' AND jaar = 2020", usual},
		"a pilot for some years": {"UPDATE model.buurt SET rol = CASE WHEN jaar IN (2018, 2020) THEN 'pilot' ELSE 'controle' END WHERE buurt = 'BU1020'",
			"BU1020:2018 BU1050:2014 BU950:2014 | BU990 BU1250 BU760"},
		"a control is as good":   {"UPDATE model.buurt SET rol = 'controle' WHERE buurt = 'BU1260'", usual},
		"a law in one year only": {"DELETE FROM model.gestandaardiseerd WHERE domein = 'wmo' AND jaar = 2015", "BU1050:2014 BU950:2014 | BU990 BU1020"},
		"no years before":        {"DELETE FROM model.jaar WHERE jaar < 2017", "BU1050:2017 BU950:2017 | BU990 BU1020 BU760 BU1250"},
		"no base year":           {"UPDATE model.jaar SET is_basisjaar = FALSE", "|"},
		"no pilot":               {"UPDATE model.buurt SET rol = 'controle'", "|"},
	} {
		conn := choiceRegion(t, others, c.statement)
		pilot, compared := []string{}, []string{}
		for _, row := range ask(t, conn, "wijk_vergelijkbaar", "rang", "buurt", "rol", "startjaar") {
			if row[2] == "pilot" {
				pilot = append(pilot, row[1]+":"+row[3])
			} else {
				compared = append(compared, row[1])
			}
		}
		slices.Sort(pilot)
		if got := strings.TrimSpace(strings.Join(pilot, " ") + " | " + strings.Join(compared, " ")); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestAsManyNeighbourhoodsAsCanBeTried has more of them than there are assignments to be tried: two of 548 can be chosen in
// 149,878 ways, two of 549 in 150,426.
func TestAsManyNeighbourhoodsAsCanBeTried(t *testing.T) {
	const more = " FROM model.jaar AS j CROSS JOIN range(700) AS r (n)"
	conn := choiceRegion(t, nil, "INSERT INTO model.buurt SELECT j.jaar, 'BUX' || r.n, NULL"+more,
		"INSERT INTO model.persoonjaar SELECT 1, j.jaar, 'BUX' || r.n, 91250, 250"+more,
		"INSERT INTO model.gestandaardiseerd SELECT j.jaar, 'BUX' || r.n, d.domein, 500"+more+" CROSS JOIN (VALUES ('zvw'), ('wmo')) AS d (domein)")
	if got := len(ask(t, conn, "wijk_vergelijkbaar", "buurt")); got != 548 {
		t.Errorf("%d are compared, want 548", got)
	}
}
