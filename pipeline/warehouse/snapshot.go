package warehouse

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// releasedSQL are the statements that tell what changed since a release; verschil.sql and the queries geraakt_….sql explain themselves.
//
//go:embed released/*.sql
var releasedSQL embed.FS

// snapshotTables keep what each person contributed to the answers of a release, so
// that a later night can count who changed. They are internal: nothing of them is
// ever published, and a snapshot that no published value rests on is dropped.
var snapshotTables = []string{
	`CREATE TABLE IF NOT EXISTS vrijgave.plek (plek INTEGER, jaar INTEGER, buurt VARCHAR, wijk VARCHAR, gemeente VARCHAR, rol VARCHAR)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.atoom (atoom INTEGER, maand DATE, plek INTEGER, domein VARCHAR, zorgsoort VARCHAR, regel VARCHAR,
		lijn VARCHAR, landelijk VARCHAR, leverancier VARCHAR)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.arrangement (nummer INTEGER, naam VARCHAR)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.som (stand INTEGER, persoon INTEGER, som HUGEINT)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.kosten (stand INTEGER, persoon INTEGER, atoom INTEGER, bedrag BIGINT, volume BIGINT, declaraties BIGINT, regels INTEGER)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.bewoning (stand INTEGER, persoon INTEGER, plek INTEGER, kwartaal_1 INTEGER, kwartaal_2 INTEGER, kwartaal_3 INTEGER,
		kwartaal_4 INTEGER, leeftijd INTEGER, geslacht VARCHAR, huishouden UBIGINT)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.persoonstand (stand INTEGER, persoon INTEGER, jaar INTEGER, arrangementen INTEGER, arrangementen_plek INTEGER,
		wetten INTEGER, wetten_plek INTEGER, arrangement INTEGER, plek INTEGER)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.wending (stand INTEGER, persoon INTEGER, jaar INTEGER, wending VARCHAR, plek INTEGER)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.contact (stand INTEGER, persoon INTEGER, plek INTEGER, soort VARCHAR, alle INTEGER, na_huisarts INTEGER,
		met_verwijzer INTEGER, van_huisarts INTEGER, via_anderhalf INTEGER, naar_specialist INTEGER, herhaald INTEGER)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.huishouden (stand INTEGER, huishouden UBIGINT, jaar INTEGER, arrangementen INTEGER, arrangementen_plek INTEGER,
		wetten INTEGER, wetten_plek INTEGER, bedrag BIGINT)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.deelname (stand INTEGER, persoon INTEGER, project VARCHAR, startkwartaal INTEGER)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.domeinjaar (stand INTEGER, jaar INTEGER, domein VARCHAR)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.aggregaat (stand INTEGER, jaar INTEGER, domein VARCHAR, som HUGEINT)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.post (stand INTEGER, sleutel VARCHAR, merk UBIGINT)`,
	`CREATE TABLE IF NOT EXISTS vrijgave.peilmaand (stand INTEGER, domein VARCHAR, peilmaand DATE)`,
	// Persons who were erased since: how many had a part in a row, and never who.
	`CREATE TABLE IF NOT EXISTS vrijgave.gewist (stand INTEGER, tabel VARCHAR, sleutel VARCHAR, deel VARCHAR, personen BIGINT)`,
}

// facet is a part of a snapshot: a table nu_… of what is now, and a table in vrijgave of what was.
type facet struct {
	name      string
	order     string // in which its rows are stored
	ofPersons bool
}

var facets = []facet{
	{"som", "persoon", true},
	{"kosten", "atoom, persoon", true},
	{"bewoning", "plek, persoon", true},
	{"persoonstand", "jaar, persoon", true},
	{"wending", "jaar, persoon", true},
	{"contact", "plek, persoon", true},
	{"deelname", "project, persoon", true},
	{"huishouden", "jaar, huishouden", false},
	{"domeinjaar", "jaar, domein", false},
	{"peilmaand", "domein", false},
	{"aggregaat", "jaar, domein", false},
	{"post", "sleutel", false},
}

// keepSnapshot stores what each person contributes now.
func (w *Warehouse) keepSnapshot(ctx context.Context, release int) error {
	if err := w.makeState(ctx, "SELECT persoon FROM nu_som"); err != nil {
		return err
	}
	statements := []string{
		"INSERT INTO vrijgave.plek SELECT plek, jaar, buurt, wijk, gemeente, rol FROM nu_plek WHERE plek NOT IN (SELECT plek FROM vrijgave.plek) ORDER BY plek",
		"INSERT INTO vrijgave.arrangement SELECT * FROM nu_arrangement WHERE nummer NOT IN (SELECT nummer FROM vrijgave.arrangement) ORDER BY nummer",
		`INSERT INTO vrijgave.atoom SELECT atoom, maand, plek, domein, zorgsoort, regel, lijn, landelijk, leverancier FROM nu_atoom
			WHERE atoom NOT IN (SELECT atoom FROM vrijgave.atoom) ORDER BY atoom`,
	}
	for _, f := range facets {
		statements = append(statements, fmt.Sprintf("INSERT INTO vrijgave.%[1]s SELECT %[2]d, * FROM nu_%[1]s ORDER BY %[3]s", f.name, release, f.order))
	}
	return errors.Join(w.execAll(ctx, statements), w.dropState(ctx))
}

// makeState makes the tables nu_… of what everybody contributes now; costs only of the persons that a query chooses.
func (w *Warehouse) makeState(ctx context.Context, persons string) error {
	if err := w.script(ctx, "stand"); err != nil {
		return err
	}
	if err := w.Exec(ctx, "CREATE OR REPLACE TEMP TABLE kandidaat AS "+persons); err != nil {
		return err
	}
	return w.script(ctx, "stand_kosten")
}

// script runs the statements of a file of released/.
func (w *Warehouse) script(ctx context.Context, name string) error {
	raw, err := releasedSQL.ReadFile("released/" + name + ".sql")
	if err != nil {
		return err
	}
	if err := w.Exec(ctx, string(raw)); err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	return nil
}

func (w *Warehouse) execAll(ctx context.Context, statements []string) error {
	for _, s := range statements {
		if err := w.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// dropState frees what the temporary tables take.
func (w *Warehouse) dropState(ctx context.Context) error {
	statements, err := w.texts(ctx, `SELECT 'DROP TABLE "' || table_name || '"' FROM duckdb_tables() WHERE temporary
		AND (table_name LIKE 'nu\_%' ESCAPE '\' OR table_name LIKE 'verschil\_%' ESCAPE '\'
			OR table_name IN ('kandidaat', 'plek_gebied', 'jaren', 'vrijgegeven', 'arrangement_naam', 'geraakt')) ORDER BY 1`)
	if err != nil {
		return err
	}
	return w.execAll(ctx, statements)
}

// dropSnapshots removes the snapshots that no value rests on any more.
func (w *Warehouse) dropSnapshots(ctx context.Context) error {
	const kept = "stand NOT IN (SELECT DISTINCT laatst.stand FROM (" + lastShown + "))"
	tables := []string{"gewist"}
	for _, f := range facets {
		tables = append(tables, f.name)
	}
	for _, t := range tables {
		if err := w.Exec(ctx, "DELETE FROM vrijgave."+t+" WHERE "+kept); err != nil {
			return fmt.Errorf("dropping snapshots: %w", err)
		}
	}
	return nil
}

// Changes are how many persons changed each published row since the release on whose data it rests.
type Changes struct {
	counts map[changedRow]int64
	known  map[int]bool
}

type changedRow struct {
	basis      int
	table, key string
}

// counted are the tables of which the queries geraakt_….sql know every row; of any
// other it is not known who changed it. Money outside claims is of nobody.
var counted = []string{
	"aansluiting", "arrangementen", "baten_lasten", "benchmark", "concentratie", "deelnemers_balans", "deelnemers_effect", "doelen",
	"kerncijfers_gebied", "kosten_buiten_declaraties", "kosten_per_domein", "kosten_per_kwartaal", "kosten_per_zorgsoort", "ontleding",
	"overgangen", "specialistische_zorg", "stapeling_huishoudens", "stapeling_personen", "stroom_personen", "substitutie",
	"verschuiving_domein", "verschuiving_lijn", "verwijzing", "volledigheid", "wijk_effect",
}

// Of gives the number of persons behind the change of a row since a release: the
// smallest number behind the change of any of the figures in it that can be told
// apart, 0 when none changed, -1 when it is not known.
func (c Changes) Of(basis int, table, key string) int64 {
	if !c.known[basis] || !slices.Contains(counted, table) {
		return -1
	}
	return c.counts[changedRow{basis, table, key}]
}

// ChangedPersons compares what each person contributes now to the snapshots that
// published values rest on. baseYear is that of the configuration; below threshold
// persons is few.
func (w *Warehouse) ChangedPersons(ctx context.Context, baseYear, threshold int) (Changes, error) {
	c := Changes{counts: map[changedRow]int64{}, known: map[int]bool{}}
	bases, err := w.bases(ctx)
	if err != nil || len(bases) == 0 {
		return c, err
	}
	// Costs are compared of those only whose sum is not what it was in every snapshot.
	err = w.makeState(ctx, fmt.Sprintf(`SELECT DISTINCT coalesce(n.persoon, v.persoon) AS persoon
		FROM (SELECT b.stand, n.* FROM nu_som AS n CROSS JOIN (SELECT unnest(%s) AS stand) AS b) AS n
		FULL JOIN vrijgave.som AS v ON v.stand = n.stand AND v.persoon = n.persoon
		WHERE n.som IS DISTINCT FROM v.som`, list(bases)))
	if err != nil {
		return c, fmt.Errorf("telling what each person contributes: %w", err)
	}
	for _, basis := range bases {
		err := w.touched(ctx, basis, baseYear)
		for _, ofModel := range []string{"geraakt_peil", "geraakt_effecten"} {
			if err == nil {
				err = w.touch(ctx, ofModel)
			}
		}
		if err != nil {
			return c, fmt.Errorf("counting who changed since a release: %w", err)
		}
		if err := c.read(ctx, w, basis, threshold); err != nil {
			return c, err
		}
	}
	return c, w.dropState(ctx)
}

// bases lists the releases whose data a published value rests on.
func (w *Warehouse) bases(ctx context.Context) (bases []int, err error) {
	rows, err := w.conn.QueryContext(ctx, "SELECT DISTINCT laatst.stand FROM ("+lastShown+") ORDER BY 1")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var basis int
		if err := rows.Scan(&basis); err != nil {
			return nil, err
		}
		bases = append(bases, basis)
	}
	return bases, rows.Err()
}

func list(numbers []int) string {
	return strings.ReplaceAll(fmt.Sprint(numbers), " ", ", ")
}

// touched makes the table geraakt: of each row and each part of it how many persons
// contribute something else than in the snapshot of a release.
func (w *Warehouse) touched(ctx context.Context, basis, baseYear int) error {
	err := w.execAll(ctx, []string{
		fmt.Sprintf("SET VARIABLE stand = %d", basis),
		fmt.Sprintf("SET VARIABLE basisjaar = %d", baseYear),
		fmt.Sprintf("SET VARIABLE basisjaar_toen = (SELECT basisjaar FROM vrijgave.vrijgave WHERE vrijgave = %d)", basis),
		"CREATE OR REPLACE TEMP TABLE vrijgegeven AS SELECT DISTINCT tabel, sleutel FROM vrijgave.cel",
		"CREATE OR REPLACE TEMP TABLE arrangement_naam AS SELECT nummer, naam FROM vrijgave.arrangement UNION SELECT nummer, naam FROM nu_arrangement",
		"CREATE OR REPLACE TEMP TABLE geraakt (tabel VARCHAR, sleutel VARCHAR, deel VARCHAR, personen BIGINT)",
	})
	if err == nil {
		err = w.script(ctx, "verschil")
	}
	if err != nil {
		return err
	}
	for _, name := range []string{"geraakt_kosten", "geraakt_bewoners", "geraakt_stroom", "geraakt_samengesteld", "geraakt_onbekend"} {
		if err := w.touch(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// touch adds the answer of a query of released/ to the table geraakt.
func (w *Warehouse) touch(ctx context.Context, name string) error {
	raw, err := releasedSQL.ReadFile("released/" + name + ".sql")
	if err != nil {
		return err
	}
	if err := w.Exec(ctx, "INSERT INTO geraakt "+string(raw)); err != nil {
		return fmt.Errorf("%s.sql: %w", name, err)
	}
	return nil
}

// read takes the counts of a release in: with those who were erased, and of the
// parts of a row the smallest.
func (c Changes) read(ctx context.Context, w *Warehouse, basis, threshold int) (err error) {
	rows, err := w.conn.QueryContext(ctx, `SELECT tabel, sleutel, CAST(greatest(min(personen), -1) AS BIGINT)
		FROM (
			-- Who belongs to the top, moves with it: of a concentration more is known only when nobody, or few, changed.
			SELECT g.tabel, g.sleutel, deel, CASE WHEN g.tabel = 'concentratie' AND sum(personen) >= $2 THEN -1 ELSE sum(personen) END AS personen
			FROM (SELECT * FROM geraakt UNION ALL SELECT tabel, sleutel, deel, personen FROM vrijgave.gewist WHERE stand = $1) AS g
			INNER JOIN vrijgegeven AS v ON v.tabel = g.tabel AND v.sleutel = g.sleutel
			GROUP BY g.tabel, g.sleutel, deel
		)
		WHERE personen <> 0
		GROUP BY tabel, sleutel`, basis, threshold)
	if err != nil {
		return fmt.Errorf("reading who changed since a release: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	c.known[basis] = true
	for rows.Next() {
		row := changedRow{basis: basis}
		var persons int64
		if err := rows.Scan(&row.table, &row.key, &persons); err != nil {
			return err
		}
		c.counts[row] = persons
	}
	return rows.Err()
}
