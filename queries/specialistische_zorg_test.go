package queries_test

import (
	"strings"
	"testing"
)

// TestSensitivityOfHighlySpecialisedCare: of 1,000 euros 300 are lijn 3, by three rules of two signals. Each signal is
// turned around: those of the core leave, the academic hospital joins. The longest pattern that fits names the signal.
func TestSensitivityOfHighlySpecialisedCare(t *testing.T) {
	conn := bench(t, "CREATE SCHEMA referentie", "CREATE TABLE model.jaar AS SELECT 2018 AS jaar, DATE '2018-01-01' AS nieuwjaar",
		`CREATE TABLE model.zorgsoort AS SELECT * FROM (VALUES ('zvw', 'msz', '2'), ('zvw', 'hoog', '3'), ('zvw', 'huisarts', '1'), ('zvw', 'grijs', 'onbekend'))
			AS z (domein, zorgsoort, lijn)`,
		`CREATE TABLE referentie.hoogspecialistisch AS SELECT h.*, CAST(NULL AS DATE) AS geldig_van, CASE WHEN h.signaal = 'oud' THEN DATE '2017-12-31' END AS geldig_tot
			FROM (VALUES ('hoog%', 'specialisme', 'ja'), ('hoog_verwezen%', 'verwijzing', 'ja'), ('msz_academisch', 'academisch', 'nee'),
			('msz_academisch%', 'oud', 'nee')) AS h (regel, signaal, kern)`,
		`CREATE TABLE model.plaatsing AS SELECT row_number() OVER () AS plaatsing, 'zvw' AS domein, * FROM (VALUES ('hoog', 'hoog_neuro'), ('hoog', 'hoog_hart'),
			('hoog', 'hoog_verwezen_specialist'), ('msz', 'msz_academisch'), ('msz', 'msz_dbc'), ('huisarts', 'agb_huisartsen')) AS p (zorgsoort, regel)`,
		`CREATE TABLE model.maandkosten AS SELECT k.persoon, DATE '2018-05-01' AS maand, 1 AS plaats, p.plaatsing, CAST(k.bedrag AS DECIMAL(18,2)) AS bedrag,
			CAST(k.bedrag / 2 AS DECIMAL(18,2)) AS bedrag_reeel FROM (VALUES
			(1, 'hoog_neuro', 100), (2, 'hoog_neuro', 80), (1, 'hoog_neuro', -60), (2, 'hoog_neuro', -80),
			(1, 'hoog_hart', 60), (3, 'hoog_verwezen_specialist', 200), (1, 'msz_academisch', 300), (2, 'msz_dbc', 150),
			(1, 'agb_huisartsen', 250)) AS k (persoon, regel, bedrag) INNER JOIN model.plaatsing AS p ON p.regel = k.regel`,
		`CREATE TABLE model.declaratie_aantal AS SELECT 2018 AS jaar, plaats, plaatsing, 9 AS buurt, 9 AS wijk, 9 AS gemeente, 2 * count(*) AS rol, 9 AS regio
			FROM model.maandkosten GROUP BY plaats, plaatsing`,
		"CREATE TABLE model.persoonjaar AS SELECT p AS persoon, 2018 AS jaar FROM (VALUES (1), (2), (3)) AS p (p)",
		`CREATE TABLE model.kosten_gebied AS SELECT 2018 AS jaar, 'pilot' AS gebied, p.domein, p.zorgsoort, sum(k.bedrag) AS bedrag, sum(k.bedrag_reeel) AS bedrag_reeel
			FROM model.maandkosten AS k INNER JOIN model.plaatsing AS p ON p.plaatsing = k.plaatsing GROUP BY p.domein, p.zorgsoort
			UNION ALL SELECT 2018, 'pilot', 'zvw', 'grijs', 5000, 5000`,
		"CREATE TABLE model.gebied AS SELECT 2018 AS jaar, 1 AS plaats, 'pilot' AS gebied, 'rol' AS niveau",
		"CREATE TABLE model.aanbieders AS SELECT 'regel' AS indeling, 2018 AS jaar, 'pilot' AS gebied, '3 hoog_hart' AS groep, 2 AS aanbieders, 70 AS grootste, 10 AS tweede",
		"CREATE TABLE model.cel AS SELECT 2018 AS jaar, 'pilot' AS gebied, 'zvw' AS domein, 'voorlopig' AS status")
	var got []string
	for _, row := range ask(t, conn, "specialistische_zorg", "lijn", "regel", "signaal", "gebruikers", "personen", "declaraties", "bedrag",
		"aandeel", "aandeel_reeel", "aandeel_lijn_3", "aandeel_lijn_3_anders", "status", "grootste", "tweede", "anders",
		"aanbieders", "aanbieder_grootste", "aanbieder_tweede", "domeinen", "domein", "zorgsoort") {
		got = append(got, strings.Join(row, " "))
	}
	const want = `2 msz_academisch academisch 1 1 2 300.00 0.300000 0.300000 0.300000 0.600000 voorlopig 300.00 0.00 300.00 0 0.00 0.00 zvw zvw msz
2 msz_dbc  1 1 2 150.00 0.150000 0.150000 0.300000  voorlopig 150.00 0.00 0.00 0 0.00 0.00 zvw zvw msz
3 hoog_hart specialisme 1 1 2 60.00 0.060000 0.060000 0.300000 0.200000 voorlopig 60.00 0.00 -60.00 2 70.00 10.00 zvw zvw hoog
3 hoog_neuro specialisme 1 2 8 40.00 0.040000 0.040000 0.300000 0.200000 voorlopig 40.00 0.00 -40.00 0 0.00 0.00 zvw zvw hoog
3 hoog_verwezen_specialist verwijzing 1 1 2 200.00 0.200000 0.200000 0.300000 0.100000 voorlopig 200.00 0.00 -200.00 0 0.00 0.00 zvw zvw hoog`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// TestEveryHighlySpecialisedRuleHasASignal holds the shipped list to the shipped rules: what gives lijn 3 has a signal of
// the core, what has another signal does not give it, and every signal but that of the licences has a rule.
func TestEveryHighlySpecialisedRuleHasASignal(t *testing.T) {
	conn := bench(t)
	shippedRules(t, conn)
	run(t, conn, "CREATE TABLE signalen (regel VARCHAR, signaal VARCHAR, kern VARCHAR)")
	for _, row := range reference(t, "hoogspecialistisch") {
		run(t, conn, "INSERT INTO signalen VALUES ("+quoted(row["regel"])+", "+quoted(row["signaal"])+", "+quoted(row["kern"])+")")
	}
	for what, query := range map[string]string{
		"gives lijn 3 without a signal of the core": `SELECT z.regel FROM referentie.zorgsoort AS z WHERE z.lijn = '3'
			AND NOT EXISTS (SELECT 1 FROM signalen AS s WHERE z.regel LIKE s.regel AND s.kern = 'ja')`,
		"has a signal of the core and gives another lijn": `SELECT z.regel FROM referentie.zorgsoort AS z INNER JOIN signalen AS s ON z.regel LIKE s.regel
			WHERE (z.lijn = '3') <> (s.kern = 'ja')`,
		"has two signals": `SELECT z.regel FROM referentie.zorgsoort AS z INNER JOIN signalen AS s ON z.regel LIKE s.regel
			GROUP BY z.regel HAVING count(DISTINCT s.signaal) > 1`,
		"is a signal without a rule": `SELECT s.regel FROM signalen AS s WHERE s.signaal <> 'wbmv'
			AND NOT EXISTS (SELECT 1 FROM referentie.zorgsoort AS z WHERE z.regel LIKE s.regel)`,
	} {
		var first *string
		if err := conn.QueryRowContext(t.Context(), "SELECT min(regel) FROM ("+query+") AS q").Scan(&first); err != nil {
			t.Fatal(err)
		}
		if first != nil {
			t.Errorf("%s %s", *first, what)
		}
	}
}
