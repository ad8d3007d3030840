package queries_test

import (
	"fmt"
	"testing"
)

// TestNetFlowsOfNeighbourhoods has both ways of a pair in one row, of who lived there in the later of the two years.
func TestNetFlowsOfNeighbourhoods(t *testing.T) {
	conn := bench(t,
		"CREATE TABLE model.jaar AS SELECT j.jaar, 365 + j.jaar - 2016 AS dagen, j.jaar = 2017 AS is_basisjaar, j.jaar = 2019 AS onvolledig FROM (VALUES (2016), (2017), (2018), (2019)) AS j (jaar)",
		`CREATE TABLE model.cel AS SELECT j.jaar, 'regio' AS gebied, d.domein, CASE WHEN d.domein = 'wlz' AND j.jaar = 2018 THEN 'aggregaat' ELSE 'persoon' END AS herkomst
			FROM model.jaar AS j CROSS JOIN (VALUES ('zvw'), ('wmo'), ('wlz')) AS d (domein)`,
		"CREATE TABLE model.wijk_vergelijkbaar AS SELECT * FROM (VALUES ('BU1', 'pilot'), ('BU2', 'vergelijking')) AS w (buurt, rol)",
		`CREATE TABLE model.persoonjaar AS SELECT * FROM (VALUES (2016, 'BU1', 1), (2017, 'BU1', 200), (2017, 'BU1', 30), (2017, 'BU2', 365), (2018, 'BU1', 300),
			(2018, 'BU2', 40), (2018, 'BU3', 5)) AS p (jaar, buurt, dagen)`,
		`CREATE TABLE model.stroom AS SELECT jaar, gebied, van, naar, CAST(bedrag_reeel AS DECIMAL(18,2)) AS bedrag_reeel FROM (VALUES
			(2018, 'BU1', 'zvw', 'wmo', 100.25), (2018, 'BU1', 'wmo', 'zvw', 30), (2018, 'BU1', 'nieuw', 'zvw', 9), (2018, 'BU1', 'zvw', 'wlz', 8),
			(2018, 'pilot', 'zvw', 'wmo', 999), (2018, 'BU2', 'wmo', 'zvw', NULL), (2016, 'BU1', 'zvw', 'wlz', 7), (2019, 'BU1', 'zvw', 'wmo', 6))
			AS s (jaar, gebied, van, naar, bedrag_reeel)`)
	got := fmt.Sprint(ask(t, conn, "wijk_stroom", "jaar", "buurt", "rol", "van", "naar", "netto", "dagen", "dagen_in_jaar"))
	// The days before the base year are those of the base year; of the law that came as an aggregate in 2018 nobody's costs
	// are known; 2019 cannot be compared.
	want := "[[2016 BU1 pilot wlz wmo 0.00 230 366] [2016 BU1 pilot wlz zvw -7.00 230 366] [2016 BU1 pilot wmo zvw 0.00 230 366]" +
		" [2016 BU2 vergelijking wlz wmo 0.00 365 366] [2016 BU2 vergelijking wlz zvw 0.00 365 366] [2016 BU2 vergelijking wmo zvw 0.00 365 366]" +
		" [2018 BU1 pilot wmo zvw -70.25 300 367] [2018 BU2 vergelijking wmo zvw  40 367]]"
	if got != want {
		t.Errorf("the flows are\n%s, want\n%s", got, want)
	}
}
