package queries_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// goalRegion is a region of two areas with two persons each, in which everybody costs the same in both years, but for the
// second person of the control area. It holds what the queries on the goals read.
func goalRegion(t *testing.T) *sql.Conn {
	t.Helper()
	conn := bench(t, "CREATE TABLE instelling AS SELECT 2017 AS basisjaar, CAST(0.005 AS DECIMAL(9,6)) AS onbekend_max",
		`CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2017, 365, TRUE, FALSE), (2018, 365, FALSE, FALSE)) AS j (jaar, dagen, is_basisjaar, onvolledig)`,
		`CREATE TABLE model.cel AS SELECT j.jaar, j.is_basisjaar, 'regio' AS gebied, d.domein, 'persoon' AS herkomst, 'definitief' AS status
			FROM model.jaar AS j CROSS JOIN (VALUES ('zvw'), ('wmo'), ('wlz')) AS d (domein)`,
		`CREATE TABLE model.gebied AS SELECT j.jaar, b.plaats, b.buurt, b.gebied, 'rol' AS niveau
			FROM model.jaar AS j CROSS JOIN (VALUES (1, 'BU1', 'pilot'), (2, 'BU2', 'controle')) AS b (plaats, buurt, gebied)`,
		"CREATE TABLE model.aggregaat_gebied (jaar INTEGER, gebied VARCHAR)",
		`CREATE TABLE model.persoonjaar AS SELECT p.persoon, j.jaar, p.buurt, 365 AS dagen
			FROM model.jaar AS j CROSS JOIN (VALUES (1, 'BU1'), (2, 'BU1'), (3, 'BU2'), (4, 'BU2')) AS p (persoon, buurt)`,
		`CREATE TABLE model.zorgsoort AS SELECT * FROM (VALUES ('zvw', 'medisch_specialistisch', '2'), ('zvw', 'hoogspecialistisch', '3'),
			('wmo', 'wmo_begeleiding', '0'), ('wlz', 'wlz_vpt', 'langdurig')) AS z (domein, zorgsoort, lijn)`,
		`CREATE TABLE model.kosten_persoonjaar AS SELECT p.persoon, p.jaar, p.buurt, z.domein, z.zorgsoort,
			CAST(CASE z.lijn WHEN '3' THEN 50 ELSE 100 END * CASE WHEN p.persoon = 4 AND p.jaar = 2018 THEN 3 ELSE 1 END AS DECIMAL(18,2)) AS bedrag_reeel
			FROM model.persoonjaar AS p CROSS JOIN model.zorgsoort AS z`,
		`CREATE TABLE model.soort AS SELECT CAST(row_number() OVER (ORDER BY zorgsoort) AS INTEGER) AS soort, domein, zorgsoort FROM model.zorgsoort`,
		`CREATE VIEW model.persoonkosten AS SELECT k.persoon, k.jaar, CASE k.buurt WHEN 'BU1' THEN 1 ELSE 2 END AS plaats, s.soort, k.bedrag_reeel
			FROM model.kosten_persoonjaar AS k INNER JOIN model.soort AS s ON s.domein = k.domein AND s.zorgsoort = k.zorgsoort`,
		`CREATE TABLE model.kosten_gebied AS SELECT jaar, 'regio' AS gebied, domein, zorgsoort, sum(bedrag_reeel) AS bedrag
			FROM model.kosten_persoonjaar GROUP BY jaar, domein, zorgsoort`,
		`CREATE TABLE model.stapeling_persoon AS SELECT 'arrangementen' AS telling, jaar, persoon, CASE buurt WHEN 'BU1' THEN 1 ELSE 2 END AS plaats,
			CASE WHEN persoon IN (1, 3) THEN 2 ELSE 1 END AS aantal FROM model.persoonjaar`,
		`CREATE TABLE model.verwijzing_gebeurtenis AS SELECT 'specialist' AS soort, persoon, jaar, CASE buurt WHEN 'BU1' THEN 1 ELSE 2 END AS plaats, persoon <> 2 AS eerste FROM model.persoonjaar`)
	return conn
}

func goals(t *testing.T, conn *sql.Conn) map[string][]string {
	t.Helper()
	for _, name := range []string{"doel_wet", "doel_reeks", "doel_waarneming", "doel_schatting"} {
		makeTable(t, conn, name)
	}
	found := map[string][]string{}
	for _, row := range ask(t, conn, "doelen", "doel", "basis", "nu", "controle_nu", "verschil", "oordeel", "reden", "status", "personen") {
		found[row[0]] = row[1:]
	}
	return found
}

func TestGoalsOfARegion(t *testing.T) {
	for goal, want := range map[string]string{
		"kosten_totaal":         "350.000000 350.000000 700.000000 -350.000000 niet vast te stellen  definitief 2",
		"kosten_zvw":            "150.000000 150.000000 300.000000 -150.000000 niet vast te stellen  definitief 2",
		"kosten_sociaal_domein": "100.000000 100.000000 200.000000 -100.000000 niet vast te stellen  definitief 2",
		"specialistisch":        "150.000000 150.000000 300.000000 -150.000000 niet vast te stellen  definitief 2",
		"hoogspecialistisch":    "50.000000 50.000000 100.000000 -50.000000 niet vast te stellen  definitief 2",
		"stapeling":             "500.000000 500.000000 500.000000 0.000000 gelijk  definitief 1",
		"verwijzing":            "500.000000 500.000000 1000.000000 0.000000 gelijk  definitief 1",
	} {
		if got := strings.Join(goals(t, goalRegion(t))[goal], " "); got != want {
			t.Errorf("%s: %s, want %s", goal, got, want)
		}
	}
}

// TestGoalsThatCannotBeJudged takes from the region what a verdict needs, and looks for the reason. The figures that can
// still be computed are there.
func TestGoalsThatCannotBeJudged(t *testing.T) {
	const undecided = "niet vast te stellen"
	for name, c := range map[string]struct {
		change []string
		want   map[string]string // basis, nu, verschil, reden
	}{
		"no pilot": {[]string{"UPDATE model.gebied SET gebied = 'controle'"}, map[string]string{
			"kosten_totaal": "   geen pilot- of controlegebied", "stapeling": "   geen pilot- of controlegebied"}},
		"no control now": {[]string{"DELETE FROM model.gebied WHERE gebied = 'controle' AND jaar = 2018"}, map[string]string{
			"kosten_totaal": "350.000000 350.000000  geen pilot- of controlegebied"}},
		"aggregates only": {[]string{"DELETE FROM model.gebied", "DELETE FROM model.persoonjaar", "UPDATE model.cel SET herkomst = 'aggregaat'",
			"INSERT INTO model.aggregaat_gebied SELECT j.jaar, g.gebied FROM model.jaar AS j CROSS JOIN (VALUES ('pilot'), ('controle'), ('BU1')) AS g (gebied)"},
			map[string]string{"kosten_totaal": "   niet per persoon aangeleverd", "stapeling": "   niet per persoon aangeleverd"}},
		"nobody lives in the pilot of an aggregate": {[]string{"DELETE FROM model.gebied WHERE gebied = 'pilot'",
			"INSERT INTO model.aggregaat_gebied VALUES (2017, 'pilot'), (2018, 'pilot')"},
			map[string]string{"kosten_totaal": "   geen pilot- of controlegebied"}},
		"codes that nobody knows": {[]string{"INSERT INTO model.kosten_gebied VALUES (2018, 'regio', 'zvw', 'onbekend', -20)"}, map[string]string{
			"kosten_totaal": "350.000000 350.000000 -350.000000 onbekende zorgsoorten", "verwijzing": "500.000000 500.000000 0.000000 onbekende zorgsoorten"}},
		"few codes that nobody knows": {[]string{"INSERT INTO model.kosten_gebied VALUES (2018, 'regio', 'zvw', 'onbekend', -5)"}, map[string]string{
			"stapeling": "500.000000 500.000000 0.000000 "}},
		"the Zvw as an aggregate now": {[]string{"UPDATE model.cel SET herkomst = 'aggregaat' WHERE domein = 'zvw' AND jaar = 2018"}, map[string]string{
			"kosten_totaal":  "200.000000 200.000000 -200.000000 niet per persoon aangeleverd",
			"specialistisch": "   niet per persoon aangeleverd", "verwijzing": "   niet per persoon aangeleverd",
			"stapeling": "500.000000 500.000000 0.000000 ", "kosten_sociaal_domein": "100.000000 100.000000 -100.000000 "}},
		"an aggregate of nothing": {[]string{"UPDATE model.cel SET herkomst = 'aggregaat' WHERE domein = 'wlz' AND jaar = 2018",
			"DELETE FROM model.kosten_gebied WHERE domein = 'wlz'"}, map[string]string{"kosten_totaal": "250.000000 250.000000 -250.000000 "}},
		"no law of the social domain": {[]string{"DELETE FROM model.cel WHERE domein = 'wmo'"}, map[string]string{
			"kosten_sociaal_domein": "   niet per persoon aangeleverd", "stapeling": "500.000000 500.000000 0.000000 "}},
		"a price that is missing": {[]string{"UPDATE model.kosten_persoonjaar SET bedrag_reeel = NULL WHERE domein = 'wmo' AND jaar = 2018"}, map[string]string{
			"kosten_totaal": "350.000000   prijsindex ontbreekt", "kosten_zvw": "150.000000 150.000000 -150.000000 "}},
	} {
		conn := goalRegion(t)
		for _, s := range c.change {
			run(t, conn, s)
		}
		found := goals(t, conn)
		if len(found) != 7 {
			t.Errorf("%s: %d goals", name, len(found))
		}
		for goal, want := range c.want {
			g := found[goal]
			if got := fmt.Sprint(g[0], " ", g[1], " ", g[3], " ", g[5]); got != want {
				t.Errorf("%s, %s: %q, want %q", name, goal, got, want)
			}
			if g[5] != "" && g[4] != undecided {
				t.Errorf("%s, %s: verdict %s while %s", name, goal, g[4], g[5])
			}
		}
	}
}

// TestGoalsOpenYears: a goal is as provisional as the most provisional of its laws, in the year or in the base year.
func TestGoalsOpenYears(t *testing.T) {
	conn := goalRegion(t)
	run(t, conn, "UPDATE model.cel SET status = 'voorlopig' WHERE domein = 'wmo' AND jaar = 2017")
	found := goals(t, conn)
	for goal, want := range map[string]string{"kosten_totaal": "voorlopig", "stapeling": "voorlopig", "kosten_zvw": "definitief", "verwijzing": "definitief"} {
		if found[goal][6] != want {
			t.Errorf("%s is %s, want %s", goal, found[goal][6], want)
		}
	}
	run(t, conn, "UPDATE model.jaar SET onvolledig = TRUE WHERE jaar = 2018")
	run(t, conn, "UPDATE model.cel SET status = 'onvolledig' WHERE jaar = 2018")
	if found := goals(t, conn); len(found) != 0 {
		t.Errorf("%d goals in a year that is not complete", len(found))
	}
}
