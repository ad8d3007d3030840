package warehouse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ontschot/pipeline/delivery"
)

// ledgerTables keep what was delivered, what was refused per line, and the runs.
var ledgerTables = []string{
	`CREATE TABLE IF NOT EXISTS levering.grootboek (
		levering_id INTEGER PRIMARY KEY,
		run VARCHAR NOT NULL,
		tabel VARCHAR NOT NULL,
		leverancier VARCHAR NOT NULL,
		bestand VARCHAR NOT NULL,
		inhoud VARCHAR NOT NULL,
		afbeelding VARCHAR NOT NULL,
		levering VARCHAR NOT NULL,
		datum DATE NOT NULL,
		periode_van DATE,
		periode_tot DATE,
		openbaar BOOLEAN NOT NULL,
		vervangt INTEGER,
		regels BIGINT NOT NULL,
		geladen BIGINT NOT NULL,
		in_quarantaine BIGINT NOT NULL,
		bedrag DECIMAL(18,2) NOT NULL,
		bedrag_in_quarantaine DECIMAL(18,2) NOT NULL,
		onbekende_kolommen VARCHAR)`,
	`CREATE TABLE IF NOT EXISTS levering.quarantaine (
		levering_id INTEGER NOT NULL,
		tabel VARCHAR NOT NULL,
		leverancier VARCHAR NOT NULL,
		bestand VARCHAR NOT NULL,
		regel_nr BIGINT NOT NULL,
		kolom VARCHAR,
		regel VARCHAR NOT NULL,
		domein VARCHAR,
		debet_credit VARCHAR,
		codelijst VARCHAR,
		begindatum DATE,
		einddatum DATE,
		jaar INTEGER,
		bedrag DECIMAL(18,2) NOT NULL,
		bedrag_leesbaar BOOLEAN NOT NULL)`,
	// The names by which an aggregate or a budget may call an area, each with its form without case, accents, spaces and hyphens.
	`CREATE TABLE IF NOT EXISTS levering.gebiedsnaam (naam VARCHAR NOT NULL, sleutel VARCHAR NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS levering.run (
		run VARCHAR PRIMARY KEY,
		begonnen TIMESTAMP NOT NULL,
		geeindigd TIMESTAMP NOT NULL,
		status VARCHAR NOT NULL,
		vingerafdruk VARCHAR,
		programma VARCHAR NOT NULL,
		geladen_leveringen INTEGER NOT NULL,
		quarantaine_regels BIGINT NOT NULL,
		melding VARCHAR)`,
	// The SHA-256 of what the workbooks of a run were made from; runs of before there was this table have none.
	`CREATE TABLE IF NOT EXISTS levering.werkboek (run VARCHAR PRIMARY KEY, inhoud VARCHAR NOT NULL)`,
	// What the answers of a run depend on, each with its version or its SHA-256.
	`CREATE TABLE IF NOT EXISTS levering.versie (run VARCHAR NOT NULL, naam VARCHAR NOT NULL, waarde VARCHAR NOT NULL)`,
	// The SHA-256 of every file that a run made.
	`CREATE TABLE IF NOT EXISTS levering.uitvoer (run VARCHAR NOT NULL, bestand VARCHAR NOT NULL, inhoud VARCHAR NOT NULL)`,
}

// ErrOlder says that an earlier version of the program made the database.
var ErrOlder = errors.New("an earlier version of ontschot made " + FileName + ": move it away and run again, so that the deliveries are loaded anew")

func (w *Warehouse) createSchemas(ctx context.Context) error {
	var older bool
	err := w.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM duckdb_tables() WHERE schema_name = 'levering' AND table_name = 'declaraties'").Scan(&older)
	if err != nil {
		return fmt.Errorf("making the tables: %w", err)
	}
	if older {
		return ErrOlder
	}
	statements := []string{
		"CREATE SCHEMA IF NOT EXISTS levering", "CREATE SCHEMA IF NOT EXISTS opslag", "CREATE SCHEMA IF NOT EXISTS referentie",
		"CREATE SCHEMA IF NOT EXISTS model", "CREATE SCHEMA IF NOT EXISTS uitkomst", "CREATE SCHEMA IF NOT EXISTS vrijgave",
	}
	statements = append(statements, ledgerTables...)
	statements = append(statements, erasureTables...)
	statements = append(statements, releaseTables...)
	statements = append(statements, snapshotTables...)
	for _, d := range dictionaries() {
		statements = append(statements, dictionaryTable(d))
	}
	for _, t := range delivery.Tables() {
		statements = append(statements, storedTable(t), deliveredView(t))
	}
	for _, s := range statements {
		if err := w.Exec(ctx, s); err != nil {
			return fmt.Errorf("making the tables: %w", err)
		}
	}
	return nil
}

// ClearAnswers empties the schemas model and uitkomst, so that nothing remains of
// a query that is gone or that now makes a view where it made a table.
func (w *Warehouse) ClearAnswers(ctx context.Context) error {
	for _, schema := range []string{"model", "uitkomst"} {
		for _, s := range []string{"DROP SCHEMA IF EXISTS " + schema + " CASCADE", "CREATE SCHEMA " + schema} {
			if err := w.Exec(ctx, s); err != nil {
				return fmt.Errorf("clearing the answers of the night before: %w", err)
			}
		}
	}
	return nil
}

// dictionaries lists those of all tables, once each: the same columns share one
// dictionary, wherever they are delivered.
func dictionaries() []delivery.Dictionary {
	var all []delivery.Dictionary
	for _, t := range delivery.Tables() {
		for _, d := range t.Dictionaries() {
			if !slices.ContainsFunc(all, func(other delivery.Dictionary) bool { return other.Name == d.Name }) {
				all = append(all, d)
			}
		}
	}
	return all
}

func dictionaryTable(d delivery.Dictionary) string {
	columns := []string{d.Name + " INTEGER NOT NULL"}
	for _, c := range d.Columns {
		columns = append(columns, c.Name+" VARCHAR")
	}
	return fmt.Sprintf("CREATE TABLE IF NOT EXISTS opslag.%s (%s)", d.Name, strings.Join(columns, ", "))
}

// storedTable is how a delivered table is stored: behind the delivery and the
// line that a row came from, its columns as the contract has them, but a number
// for those of a dictionary.
func storedTable(t delivery.Table) string {
	columns := []string{"levering_id INTEGER NOT NULL", "regel_nr BIGINT NOT NULL"}
	for _, d := range t.Dictionaries() {
		columns = append(columns, d.Name+" INTEGER NOT NULL")
	}
	for _, c := range t.Columns {
		if c.Dictionary != "" {
			continue
		}
		column := c.Name + " " + sqlType(c)
		if t.Keyed() && c.Name == "regel_id" {
			column += " USING COMPRESSION fsst" // what fits texts that are all different; trying the others takes as long again
		}
		columns = append(columns, column)
	}
	if t.Keyed() {
		columns = append(columns, "regelsleutel BIGINT NOT NULL")
	}
	return fmt.Sprintf("CREATE TABLE IF NOT EXISTS opslag.%s (%s)", t.Name, strings.Join(columns, ", "))
}

// deliveredView gives a stored table as it was delivered.
func deliveredView(t delivery.Table) string {
	columns := []string{"r.levering_id", "r.regel_nr"}
	for _, c := range t.Columns {
		from := "r"
		if c.Dictionary != "" {
			from = c.Dictionary
		}
		columns = append(columns, from+"."+c.Name)
	}
	if t.Keyed() {
		columns = append(columns, "r.regelsleutel")
	}
	var joins strings.Builder
	for _, d := range t.Dictionaries() {
		fmt.Fprintf(&joins, " INNER JOIN opslag.%[1]s AS %[1]s ON %[1]s.%[1]s = r.%[1]s", d.Name)
	}
	return fmt.Sprintf("CREATE VIEW IF NOT EXISTS levering.%[1]s AS SELECT %[2]s FROM opslag.%[1]s AS r%[3]s", t.Name, strings.Join(columns, ", "), joins.String())
}

func sqlType(c delivery.Column) string {
	switch c.Kind {
	case delivery.Date:
		return "DATE"
	case delivery.Decimal:
		return fmt.Sprintf("DECIMAL(%d,%d)", c.Precision, c.Scale)
	case delivery.Integer:
		return "INTEGER"
	default:
		return "VARCHAR"
	}
}
