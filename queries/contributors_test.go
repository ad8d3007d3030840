package queries_test

import (
	"slices"
	"strings"
	"testing"
)

// contributorTables are two buurten of one region, two care types of one law, and Participatiewet as aggregaat.
const contributorTables = `CREATE TABLE model.soort AS SELECT * FROM (VALUES (1, 'zvw', 'huisarts'), (2, 'zvw', 'farmacie')) AS s (soort, domein, zorgsoort);
	CREATE TABLE model.zorgsoort AS SELECT * FROM (VALUES ('zvw', 'huisarts', '1'), ('zvw', 'farmacie', '1'), ('zvw', 'msz', '2'), ('participatiewet', 'uitkering', '1'))
		AS z (domein, zorgsoort, lijn);
	CREATE TABLE model.gebied AS SELECT * FROM (VALUES (2018, 1, 'b1'), (2018, 1, 'regio'), (2018, 2, 'b2'), (2018, 2, 'regio')) AS g (jaar, plaats, gebied);
	CREATE TABLE model.aggregaat_gebied AS SELECT 2018 AS jaar, 'regio' AS gebied, 'participatiewet' AS domein, 'uitkering' AS zorgsoort, '1' AS lijn, CAST(NULL AS VARCHAR) AS buurt,
		CAST(NULL AS VARCHAR) AS in_wijk, 'g' AS in_gemeente, NULL AS geslacht, NULL AS leeftijdsklasse, 20 AS aantal_personen, FALSE AS openbaar`

// TestTheTwoLargestPersonsOfACell: person 1 has 90 in b1 and, after moving, 80 in b2, which in the region is one person of
// 170; what person 2 cost was all paid back; of person 3 more was paid back than it cost, and 120 is left to be had.
func TestTheTwoLargestPersonsOfACell(t *testing.T) {
	conn := bench(t, contributorTables,
		`CREATE TABLE model.persoonkosten AS SELECT persoon, 2018 AS jaar, plaats, soort, '1' AS geslacht, 6 AS klasse, verhuisd, CAST(bedrag AS DECIMAL(18,2)) AS bedrag
			FROM (VALUES (1, 1, 1, TRUE, 100), (1, 1, 2, TRUE, -10), (1, 2, 1, TRUE, 80), (2, 1, 1, FALSE, 500), (2, 1, 2, FALSE, -500),
			(3, 1, 1, FALSE, -120), (4, 2, 1, FALSE, 60)) AS k (persoon, plaats, soort, verhuisd, bedrag)`)
	build(t, conn, "gebruikers_stratum", "gebruikers")
	got := lines(ask(t, conn, "gebruikers", "indeling", "gebied", "domein", "groep", "personen", "gebruikers", "grootste", "tweede"))
	want := []string{
		"domein b1 zvw zvw 3 1 120.00 90.00",
		"domein b2 zvw zvw 2 2 80.00 60.00",
		"domein regio participatiewet participatiewet 20   ",
		"domein regio zvw zvw 4 2 170.00 120.00",
		"lijn b1 alle 1 3 1 120.00 90.00",
		"lijn b2 alle 1 2 2 80.00 60.00",
		"lijn regio alle 1 24 2 170.00 120.00", // of whom the aggregaat counts, nobody knows the amount
		"zorgsoort b1 zvw farmacie 2 0 500.00 10.00",
		"zorgsoort b1 zvw huisarts 3 2 500.00 120.00",
		"zorgsoort b2 zvw huisarts 2 2 80.00 60.00",
		"zorgsoort regio participatiewet uitkering 20   ",
		"zorgsoort regio zvw farmacie 2 0 500.00 10.00",
		"zorgsoort regio zvw huisarts 4 3 500.00 180.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestTheProvidersOfACell: provider 1 is paid 100 for who lives in b1 and 50 in b2; 2 paid all back; 3, which stands for
// every line without a provider, paid back more than it got; what does not count or has no place is no one's.
func TestTheProvidersOfACell(t *testing.T) {
	conn := bench(t, contributorTables,
		`CREATE TABLE model.plaatsing AS SELECT * FROM (VALUES (1, 'zvw', 'huisarts', 'agb'), (2, 'zvw', 'msz', 'dbc')) AS p (plaatsing, domein, zorgsoort, regel)`,
		`CREATE TABLE model.cel AS SELECT j.jaar, g.gebied, 'zvw' AS domein, j.jaar = 2017 AS is_basisjaar, 'definitief' AS status
			FROM (VALUES (2017), (2018)) AS j (jaar) CROSS JOIN (VALUES ('b1'), ('regio')) AS g (gebied)`,
		`CREATE TABLE model.kostendeel AS SELECT zorgaanbieder, maand, plaats, plaatsing, telt, CAST(bedrag AS DECIMAL(18,2)) AS bedrag FROM (VALUES
			(1, DATE '2018-01-01', 1, 1, TRUE, 70), (1, DATE '2018-05-01', 1, 2, TRUE, 30), (1, DATE '2018-05-01', 2, 1, TRUE, 50),
			(2, DATE '2018-01-01', 1, 1, TRUE, 40), (2, DATE '2018-03-01', 1, 1, TRUE, -40), (3, DATE '2018-02-01', 1, 1, TRUE, -110),
			(4, DATE '2018-01-01', 1, 1, FALSE, 999), (4, DATE '2018-01-01', NULL, 1, TRUE, 999)) AS k (zorgaanbieder, maand, plaats, plaatsing, telt, bedrag)`)
	build(t, conn, "aanbiederkosten")
	got := lines(ask(t, conn, "aanbieders", "indeling", "jaar", "kwartaal", "gebied", "groep", "aanbieders", "grootste", "tweede"))
	want := []string{
		"domein 2018 0 b1 zvw 2 110.00 100.00",
		"domein 2018 0 b2 zvw 1 50.00 0.00",
		"domein 2018 0 regio zvw 2 150.00 110.00",
		"kwartaal 2018 1 regio zvw 2 110.00 70.00",
		"kwartaal 2018 2 regio zvw 1 80.00 0.00",
		"lijn 2018 0 b1 1 2 110.00 70.00", // b2 cannot be compared with the base year
		"lijn 2018 0 b1 2 1 30.00 0.00",
		"lijn 2018 0 regio 1 2 120.00 110.00",
		"lijn 2018 0 regio 2 1 30.00 0.00",
		"regel 2018 0 b1 2 dbc 1 30.00 0.00",
		"regel 2018 0 regio 2 dbc 1 30.00 0.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestTheTwoLargestPersonsOfAFlow follows the three persons of TestFlowsOfThreePersons and one more, of whom a third of a
// cent more than 0.01 goes from the Zvw to the Wmo.
func TestTheTwoLargestPersonsOfAFlow(t *testing.T) {
	conn := bench(t, differenceTable, twoBuurten, `INSERT INTO model.persoon_verschil VALUES
		(2019, 1, 'zvw', 'gebleven', 2019, 'b1', -60, -60), (2019, 1, 'wmo', 'gebleven', 2019, 'b1', 20, 20), (2019, 1, 'wlz', 'gebleven', 2019, 'b1', 10, 10),
		(2019, 2, 'zvw', 'gebleven', 2019, 'b2', -10, -10), (2019, 2, 'wmo', 'gebleven', 2019, 'b2', 40, 40),
		(2019, 3, 'zvw', 'geboren', 2019, 'b2', 5, 4),
		(2019, 4, 'zvw', 'gebleven', 2019, 'b1', -0.02, 0), (2019, 4, 'wmo', 'gebleven', 2019, 'b1', 0.02, 0), (2019, 4, 'wlz', 'gebleven', 2019, 'b1', 0.01, 0)`)
	var got []string
	for _, row := range ask(t, conn, "stroom", "gebied", "van", "naar", "personen", "grootste", "tweede") {
		if row[0] == "regio" {
			got = append(got, strings.Join(row[1:], " "))
		}
	}
	want := []string{
		"geboren zvw 1 5.00 0.00",
		"nieuw wlz 1 0.00 0.00", // a third of a cent
		"nieuw wmo 2 30.00 0.01",
		"zvw weg 1 30.00 0.00",
		"zvw wlz 2 10.00 0.01",
		"zvw wmo 3 20.00 10.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
