package queries_test

import (
	"fmt"
	"testing"
)

func same(t *testing.T, what string, got [][]string, want string) {
	t.Helper()
	if fmt.Sprint(got) != want {
		t.Errorf("%s:\n%v, want\n%s", what, got, want)
	}
}

const yearTable = `CREATE TABLE model.jaar AS SELECT CAST(j AS INTEGER) AS jaar, CAST(j || '-01-01' AS DATE) AS nieuwjaar, 365 AS dagen,
	j = 2017 AS is_basisjaar, FALSE AS onvolledig FROM (VALUES (2017), (2018)) AS k (j)`

// TestPayersOfTheWorkedExample: in the control area social care costs € 150 per insured year and then € 165, so the pilot's
// € 150 a year would be 150 × 1.1 × 12 = € 1,980. The Participatiewet of the pilot has no control area and stays out;
// the Zvw has none at all, so that nothing can be expected of it.
func TestPayersOfTheWorkedExample(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA referentie", yearTable,
		`CREATE TABLE referentie.financier AS SELECT *, CAST(NULL AS DATE) AS geldig_van, CAST(NULL AS DATE) AS geldig_tot FROM (VALUES
			('zvw', 'zorgverzekeraar'), ('wmo', 'gemeente'), ('jeugdwet', 'gemeente'), ('participatiewet', 'gemeente')) AS f (domein, financier)`,
		// Per row: area, law, euros and days in the base year, and now; the real euros of now are four fifths.
		`CREATE TABLE invoer AS SELECT * FROM (VALUES
			('pilot', 'wmo', 1000, 3650, 1200, 4380), ('pilot', 'jeugdwet', 500, 3650, 500, 4380), ('pilot', 'zvw', 70, 3650, 80, 4380),
			('pilot', 'participatiewet', 9, 3650, 9, 4380), ('controle', 'wmo', 2000, 7300, 2200, 7300),
			('controle', 'jeugdwet', 1000, 7300, 1100, 7300)) AS i (gebied, domein, basis, dagen_basis, nu, dagen_nu)`,
		`CREATE TABLE model.cel AS SELECT j.jaar, i.gebied, i.domein, 'persoon' AS herkomst, j.is_basisjaar, j.dagen AS dagen_in_jaar,
			CASE WHEN j.is_basisjaar OR i.domein <> 'wmo' THEN 'definitief' ELSE 'voorlopig' END AS status FROM invoer AS i CROSS JOIN model.jaar AS j`,
		`CREATE TABLE model.kosten_gebied AS SELECT j.jaar, i.gebied, i.domein,
			CAST(CASE WHEN j.is_basisjaar THEN i.basis ELSE i.nu END AS DECIMAL(18,2)) AS bedrag,
			CAST(CASE WHEN j.is_basisjaar THEN i.basis ELSE i.nu * 0.8 END AS DECIMAL(18,2)) AS bedrag_reeel FROM invoer AS i CROSS JOIN model.jaar AS j`,
		`CREATE TABLE model.noemer AS SELECT j.jaar, i.gebied, i.domein,
			CAST(CASE WHEN j.is_basisjaar THEN i.dagen_basis ELSE i.dagen_nu END AS DECIMAL(18,2)) AS dagen FROM invoer AS i CROSS JOIN model.jaar AS j`,
		`CREATE TABLE model.gebruikers AS SELECT 'domein' AS indeling, j.jaar, i.gebied, i.domein,
			CASE WHEN i.domein = 'wmo' THEN 30 WHEN i.domein = 'jeugdwet' THEN 12 END AS personen FROM invoer AS i CROSS JOIN model.jaar AS j`)
	same(t, "payers", ask(t, conn, "baten_lasten", "jaar", "gebied", "financier", "verwacht", "werkelijk", "verschil",
		"verwacht_reeel", "werkelijk_reeel", "verschil_reeel", "verzekerdejaren", "status", "personen_basis", "personen"),
		"[[2017 controle gemeente 3000.00 3000.00 0.00 3000.00 3000.00 0.00 20.000000 definitief 30 30]"+
			" [2017 pilot gemeente 1500.00 1500.00 0.00 1500.00 1500.00 0.00 10.000000 definitief 30 30]"+
			" [2017 pilot zorgverzekeraar  70.00   70.00  10.000000 definitief  ]"+
			" [2018 controle gemeente 3300.00 3300.00 0.00 2640.00 2640.00 0.00 20.000000 voorlopig 30 30]"+
			" [2018 pilot gemeente 1980.00 1700.00 -280.00 1584.00 1360.00 -224.00 12.000000 voorlopig 30 30]"+
			" [2018 pilot zorgverzekeraar  80.00   64.00  12.000000 definitief  ]]")
}

// TestBudgetCountsInItsAreaAndAllAbove places a budget by word, neighbourhood, district and municipality.
func TestBudgetCountsInItsAreaAndAllAbove(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA levering", yearTable,
		"CREATE TABLE levering.budget (levering_id INTEGER, regel_nr INTEGER, domein VARCHAR, jaar INTEGER, gebied VARCHAR, post VARCHAR, bedrag DECIMAL(16,2))",
		`INSERT INTO levering.budget VALUES (1, 2, 'wmo', 2018, 'oud', 'pgb', 999), (2, 2, 'wmo', 2018, 'Straat', 'pgb', 1), (2, 3, 'wmo', 2018, 'WK093501', 'pgb', 10),
			(2, 4, 'wmo', 2018, 'Stad', 'pgb', 100), (2, 5, 'wmo', 2018, 'Pilot', 'pgb', 1000), (2, 6, 'wmo', 2018, 'regio', 'pgb', 10000),
			(2, 7, 'wmo', 2018, 'Nergens', 'pgb', 50000), (2, 8, 'wmo', 2030, 'regio', 'pgb', 3)`,
		`CREATE TABLE model.geldig_domeinjaar AS SELECT DISTINCT levering_id, domein, jaar, 'stad' AS leverancier, levering_id = 2 AS geldt FROM levering.budget`,
		`CREATE TABLE model.aangeleverd_gebied AS SELECT 2018 AS jaar, * FROM (VALUES ('Straat', 1, 'BU09350101', 'WK093501', NULL, 'pilot'),
			('WK093501', 2, NULL, 'WK093501', 'GM0935', NULL), ('Stad', 3, NULL, NULL, 'GM0935', NULL)) AS g (gebied, niveau, buurt, wijk, gemeente, rol)`,
		"CREATE TABLE model.prijs AS SELECT 'wmo' AS domein, '' AS zorgsoort, 2018 AS jaar, 100 AS index_basis, 125 AS index_jaar",
		"CREATE TABLE model.persoonjaar AS SELECT 2018 AS jaar, 'BU09350101' AS buurt, 730 AS dagen",
		"CREATE TABLE model.gebied AS SELECT 2018 AS jaar, 'BU09350101' AS buurt, g AS gebied FROM (VALUES ('BU09350101'), ('pilot'), ('regio')) AS k (g)")
	makeTable(t, conn, "budget")
	same(t, "budget", ask(t, conn, "kosten_buiten_declaraties", "gebied", "jaar", "domein", "post", "bedrag", "bedrag_reeel",
		"verzekerdejaren", "per_verzekerdejaar", "per_verzekerdejaar_reeel"),
		"[[BU09350101 2018 wmo pgb 1.00 0.80 2.000000 0.500000 0.400000] [GM0935 2018 wmo pgb 111.00 88.80   ]"+
			" [WK093501 2018 wmo pgb 11.00 8.80   ] [pilot 2018 wmo pgb 1001.00 800.80 2.000000 500.500000 400.400000]"+
			" [regio 2018 wmo pgb 11111.00 8888.80 2.000000 5555.500000 4444.400000]]")
	if failed, checked, example := askCheck(t, conn, "budget_zonder_gebied"); failed != 1 || checked != 7 || example != "50000.00 euro, het eerste bij Nergens 2018" {
		t.Errorf("budget without an area: %d of %d, %s", failed, checked, example)
	}
}

// TestBenchmarkOfTheWorkedExample: nationally a man of 30-34 costs (9,000 + 1,000 + 2,000) / (100 + 20) = € 100 a year in
// hospitals and all together (12,000 + 24,000) / (120 + 80) = € 180; women € 300. The years of an area count once.
func TestBenchmarkOfTheWorkedExample(t *testing.T) {
	conn := bench(t, yearTable, `CREATE TABLE model.aggregaat (leverancier VARCHAR, domein VARCHAR, jaar INTEGER, gebiedsnaam VARCHAR, niveau INTEGER, geslacht VARCHAR,
			leeftijdsklasse VARCHAR, zorgsoort VARCHAR, verzekerdejaren DECIMAL(14,2), bedrag DECIMAL(18,2), geldt BOOLEAN,
			klasse INTEGER GENERATED ALWAYS AS (CASE WHEN leeftijdsklasse = '90+' THEN 18 ELSE CAST(split_part(leeftijdsklasse, '-', 1) AS INTEGER) // 5 END))`,
		`INSERT INTO model.aggregaat VALUES
			('land', 'zvw', 2018, 'Elders', NULL, '1', '30-34', 'medisch_specialistisch', 100, 9000, TRUE),
			('land', 'zvw', 2018, 'Elders', NULL, '1', '30-34', 'hoogspecialistisch', 100, 1000, TRUE),
			('land', 'zvw', 2018, 'Stad', 3, '1', '30-34', 'medisch_specialistisch', 20, 2000, TRUE),
			('land', 'zvw', 2018, 'Stad', 3, '2', '30-34', 'medisch_specialistisch', 80, 24000, TRUE),
			('land', 'zvw', 2018, 'Elders', NULL, '1', '30-34', 'huisarts', 100, 1200, TRUE),
			('land', 'zvw', 2018, NULL, NULL, NULL, NULL, 'huisarts', 7, 70000, TRUE),
			('land', 'zvw', 2018, 'Elders', NULL, '1', '30-34', 'huisarts', 100, 99999, FALSE),
			('streek', 'wmo', 2018, 'Stad', 3, '1', '30-34', 'wmo_begeleiding', 20, 2000, TRUE)`,
		"CREATE TABLE model.landelijke_zorgsoort AS SELECT 2018 AS jaar, 'hoogspecialistisch' AS zorgsoort, 'medisch_specialistisch' AS landelijk",
		`CREATE TABLE model.noemer AS SELECT * FROM (VALUES (2018, 'pilot', 'zvw', '1', 6, 730.0), (2018, 'pilot', 'zvw', '2', 6, 365.0),
			(2018, 'pilot', 'zvw', '2', 18, 365.0), (2018, 'pilot', 'zvw', '0', 0, 365.0), (2018, 'buurt', 'zvw', '1', 6, 365.0)) AS n (jaar, gebied, domein, geslacht, klasse, dagen)`,
		`CREATE TABLE model.kosten_gebied AS SELECT * FROM (VALUES (2018, 'pilot', 'zvw', 'medisch_specialistisch', 600.00), (2018, 'pilot', 'zvw', 'hoogspecialistisch', 172.00),
			(2018, 'pilot', 'zvw', 'mondzorg', 5.00)) AS k (jaar, gebied, domein, zorgsoort, bedrag)`,
		`CREATE TABLE model.gebruikers AS SELECT * FROM (VALUES ('zorgsoort', 2018, 'pilot', 'zvw', 'medisch_specialistisch', 40, 'nee'),
			('zorgsoort', 2018, 'pilot', 'zvw', 'hoogspecialistisch', 3, 'nee')) AS g (indeling, jaar, gebied, domein, groep, personen, openbaar)`,
		"CREATE TABLE model.cel AS SELECT 2018 AS jaar, 'pilot' AS gebied, 'zvw' AS domein, 'persoon' AS herkomst, 'voorlopig' AS status",
		"CREATE TABLE model.soort AS SELECT * FROM (VALUES (1, 'zvw', 'medisch_specialistisch'), (2, 'zvw', 'hoogspecialistisch')) AS s (soort, domein, zorgsoort)",
		"CREATE TABLE model.gebied AS SELECT * FROM (VALUES (2018, 1, 'pilot'), (2018, 2, 'pilot'), (2018, 1, 'buurt')) AS g (jaar, plaats, gebied)",
		`CREATE TABLE model.persoonkosten AS SELECT * FROM (VALUES (1, 2018, 1, 1, FALSE, 300.00), (1, 2018, 1, 2, FALSE, 100.00), (2, 2018, 1, 1, TRUE, 400.00),
			(2, 2018, 2, 2, TRUE, 72.00), (3, 2018, 1, 1, FALSE, -100.00)) AS k (persoon, jaar, plaats, soort, verhuisd, bedrag)`)
	makeTable(t, conn, "landelijk_stratum")
	// Hospitals: 2 men × 100 + 1 woman × 300 + 2 × 180 for a class and a sex without national years. GPs: 1,200 over the
	// 120 years of men, also where no euro went, and over 200 years for whom there is no stratum. The largest person moved.
	same(t, "benchmark", ask(t, conn, "benchmark", "zorgsoort", "jaar", "gebied", "domein", "werkelijk", "verwacht", "verhouding", "status", "personen", "openbaar",
		"grootste", "tweede"),
		"[[huisarts 2018 pilot zvw 0.00 32.00 0.000000 voorlopig 0 nee 0.00 0.00]"+
			" [medisch_specialistisch 2018 pilot zvw 772.00 860.00 0.897674 voorlopig 40 nee 472.00 400.00]]")
}

// TestAQuarterIsComparedAtEqualMaturity: the first quarter of 2018 at the end of its second, against what a year before
// had been declared by then; not where a date is missing, and not in the first year.
func TestAQuarterIsComparedAtEqualMaturity(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA uitkomst", yearTable,
		"CREATE TABLE model.peilmaand AS SELECT 'wmo' AS domein, DATE '2018-06-01' AS peilmaand",
		`CREATE TABLE model.volledigheid_deel AS SELECT 'wmo' AS domein, 'wmo_begeleiding' AS zorgsoort, * FROM (VALUES
			(DATE '2017-02-01', DATE '2017-03-01', 'pilot', 10.00), (DATE '2017-03-01', DATE '2017-06-01', '', 20.00), (DATE '2017-03-01', DATE '2017-07-01', 'pilot', 40.00),
			(DATE '2018-01-01', DATE '2018-06-01', 'pilot', 11.00), (DATE '2018-03-01', DATE '2018-07-01', 'pilot', 7.00),
			(DATE '2017-05-01', NULL, 'pilot', 1.00), (DATE '2018-05-01', DATE '2018-05-01', 'pilot', 2.00)) AS d (maand, declaratiemaand, rol, bedrag)`,
		"CREATE TABLE model.plaatsing AS SELECT 1 AS plaatsing, 'wmo' AS domein",
		`CREATE TABLE model.maandkosten AS SELECT 1 AS persoon, maand, 1 AS plaatsing, CASE WHEN rol = 'pilot' THEN 1 ELSE 2 END AS plaats,
			bedrag, CAST(NULL AS DECIMAL(18,2)) AS bedrag_reeel FROM model.volledigheid_deel`,
		"INSERT INTO model.maandkosten VALUES (2, DATE '2018-01-01', 1, 1, 0.50, NULL)",
		`CREATE TABLE model.gebied AS SELECT j.jaar, g.* FROM model.jaar AS j CROSS JOIN (VALUES (1, 'pilot'), (1, 'regio'), (2, 'regio')) AS g (plaats, gebied)`,
		`CREATE TABLE model.verblijf AS SELECT 1 AS plaats, DATE '2017-12-31' AS begindatum, DATE '9999-12-30' AS einddatum`,
		`CREATE TABLE model.cel AS SELECT DISTINCT j.jaar, g.gebied, 'wmo' AS domein, 'persoon' AS herkomst, 'voorlopig' AS status FROM model.jaar AS j CROSS JOIN model.gebied AS g`,
		`CREATE TABLE uitkomst.volledigheid AS SELECT * FROM (VALUES ('wmo', DATE '2018-01-01', 11.00, 11.00), ('wmo', DATE '2018-03-01', 7.00, 9.00),
			('wmo', DATE '2018-05-01', 2.00, NULL)) AS v (domein, maand, aangeleverd, verwacht_totaal)`,
		`CREATE TABLE model.aanbieders AS SELECT * FROM (VALUES ('kwartaal', 2018, 1, 'regio', 'wmo', 2, 20.00, 1.50), ('domein', 2018, 0, 'regio', 'wmo', 9, 9.00, 9.00))
			AS a (indeling, jaar, kwartaal, gebied, domein, aanbieders, grootste, tweede)`)
	columns := []string{"kwartaal", "gebied", "bedrag", "bedrag_reeel", "verzekerdejaren", "per_verzekerdejaar", "volledigheid",
		"bedrag_peil", "bedrag_jaar_eerder", "status", "personen", "grootste", "tweede", "aanbieders", "aanbieder_grootste", "aanbieder_tweede"}
	rows := ask(t, conn, "kosten_per_kwartaal", columns...)
	if len(rows) != 16 {
		t.Fatalf("%d rows, want eight quarters of two areas", len(rows))
	}
	same(t, "2017-K1", rows[:2], "[[2017-K1 pilot 50.00  0.000000     voorlopig 1 50.00 0.00 0 0.00 0.00]"+
		" [2017-K1 regio 70.00  0.000000     voorlopig 1 70.00 0.00 0 0.00 0.00]]")
	same(t, "2018-K1 and K2", rows[8:12], "[[2018-K1 pilot 18.50  0.246575 75.027778 0.900000 11.00 10.00 voorlopig 2 18.00 0.50 0 0.00 0.00]"+
		" [2018-K1 regio 18.50  0.246575 75.027778 0.900000 11.00 30.00 voorlopig 2 18.00 0.50 2 20.00 1.50]"+
		" [2018-K2 pilot 2.00  0.249315 8.021978    voorlopig 1 2.00 0.00 0 0.00 0.00]"+
		" [2018-K2 regio 2.00  0.249315 8.021978    voorlopig 1 2.00 0.00 0 0.00 0.00]]")
}

// TestQuartersAndMonthsAddUpToTheYear holds the tables of the region to those of a year.
func TestQuartersAndMonthsAddUpToTheYear(t *testing.T) {
	w := region(t)
	for what, query := range map[string]string{
		"quarters": `SELECT CAST(substr(k.kwartaal, 1, 4) AS INTEGER) AS jaar, k.gebied, k.domein, sum(k.bedrag) AS b, sum(k.bedrag_reeel) AS r, round(sum(k.verzekerdejaren), 4) AS v
			FROM uitkomst.kosten_per_kwartaal AS k GROUP BY 1, 2, 3 EXCEPT
			SELECT jaar, gebied, domein, bedrag, bedrag_reeel, round(verzekerdejaren, 4) FROM uitkomst.kosten_per_domein`,
		"months": `SELECT year(maand), domein, zorgsoort, sum(aangeleverd) FROM uitkomst.volledigheid GROUP BY 1, 2, 3 EXCEPT
			SELECT jaar, domein, zorgsoort, bedrag FROM uitkomst.kosten_per_zorgsoort WHERE gebied = 'regio'`,
	} {
		if _, rows := answer(t, w, query); len(rows) > 0 {
			t.Errorf("%s: %d sums differ from the year, the first is %v", what, len(rows), rows[0])
		}
	}
}
