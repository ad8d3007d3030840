package warehouse

import (
	"context"
	"fmt"
	"strconv"
)

// Settings are what the queries need to know of the configuration.
type Settings struct {
	BaseYear   int
	Region     string
	Population string  // "inwoners" or "verzekerden"
	UnknownMax float64 // share of euros without a known care type that is accepted
}

// SetSettings makes the one-row table instelling.
func (w *Warehouse) SetSettings(ctx context.Context, s Settings) error {
	return w.Exec(ctx, fmt.Sprintf(`CREATE OR REPLACE TABLE instelling AS SELECT
		CAST(%d AS INTEGER) AS basisjaar, %s AS regio, %s AS populatie, CAST(%s AS DECIMAL(9,6)) AS onbekend_max`,
		s.BaseYear, Quote(s.Region), Quote(s.Population), strconv.FormatFloat(s.UnknownMax, 'f', 6, 64)))
}

// SetCalendar makes the table kalender: every day from 1900 until the last day
// on which a delivered line ends, and at least until 2100.
func (w *Warehouse) SetCalendar(ctx context.Context) error {
	return w.Exec(ctx, `CREATE OR REPLACE TABLE kalender AS
		SELECT
			CAST(dag AS DATE) AS dag,
			CAST(date_trunc('month', dag) AS DATE) AS maand,
			CAST(year(dag) AS INTEGER) AS jaar
		FROM generate_series(
			DATE '1900-01-01',
			(SELECT make_date(greatest(2100, coalesce(max(year(einddatum)), 2100)), 12, 31) FROM (
				SELECT max(einddatum) AS einddatum FROM opslag.declaraties
				UNION ALL SELECT max(einddatum) FROM levering.quarantaine)),
			INTERVAL 1 DAY) AS k (dag)
		ORDER BY dag`)
}

// Sandbox takes from the connection, for good, what a researcher's query does
// not need: files, the network and the settings.
func (w *Warehouse) Sandbox(ctx context.Context) error {
	for _, s := range []string{"SET enable_external_access = false", "SET lock_configuration = true"} {
		if err := w.Exec(ctx, s); err != nil {
			return fmt.Errorf("closing off the database: %w", err)
		}
	}
	return nil
}
