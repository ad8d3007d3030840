package warehouse

import (
	"context"
	"fmt"
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
	// The names by which an aggregate may call an area, each with its form without case, accents, spaces and hyphens.
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
}

func (w *Warehouse) createSchemas(ctx context.Context) error {
	statements := []string{
		"CREATE SCHEMA IF NOT EXISTS levering", "CREATE SCHEMA IF NOT EXISTS referentie",
		"CREATE SCHEMA IF NOT EXISTS model", "CREATE SCHEMA IF NOT EXISTS uitkomst",
	}
	statements = append(statements, ledgerTables...)
	for _, t := range delivery.Tables() {
		statements = append(statements, deliveredTable(t))
	}
	for _, s := range statements {
		if err := w.Exec(ctx, s); err != nil {
			return fmt.Errorf("making the tables: %w", err)
		}
	}
	return nil
}

// deliveredTable is the load table of a delivered table: its columns as the
// contract has them, behind the delivery and the line they came from.
func deliveredTable(t delivery.Table) string {
	columns := []string{"levering_id INTEGER NOT NULL", "regel_nr BIGINT NOT NULL"}
	for _, f := range t.Schema().Fields()[1:] {
		columns = append(columns, f.Name+" "+sqlType(t, f.Name))
	}
	return fmt.Sprintf("CREATE TABLE IF NOT EXISTS levering.%s (%s)", t.Name, strings.Join(columns, ", "))
}

func sqlType(t delivery.Table, name string) string {
	for _, c := range t.Columns {
		if c.Name != name {
			continue
		}
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
	return "BIGINT" // the key that finds doubles fast
}
