package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"
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

// Run is one row of the ledger of runs.
type Run struct {
	ID          string
	Began       time.Time
	Ended       time.Time
	Status      string
	Fingerprint string
	Program     string
	Loaded      int
	Quarantined int64
	Note        string
	Workbooks   string // the SHA-256 of what its workbooks were made from; empty when nothing was kept
}

// NoteRun writes a run into the ledger.
func (w *Warehouse) NoteRun(ctx context.Context, r Run) error {
	return w.withTx(ctx, func() error {
		err := w.Exec(ctx, "INSERT INTO levering.run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			r.ID, r.Began, r.Ended, r.Status, orNull(r.Fingerprint), r.Program, r.Loaded, r.Quarantined, orNull(r.Note))
		if err != nil || r.Workbooks == "" {
			return err
		}
		return w.Exec(ctx, "INSERT INTO levering.werkboek VALUES (?, ?)", r.ID, r.Workbooks)
	})
}

// RunNamed returns a run of the ledger; its ID is empty when there is none of that name.
func (w *Warehouse) RunNamed(ctx context.Context, id string) (Run, error) {
	var kept bool // a reader may have the file of an earlier version
	err := w.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM duckdb_tables() WHERE schema_name = 'levering' AND table_name = 'werkboek'").Scan(&kept)
	if err != nil {
		return Run{}, err
	}
	workbooks := "''"
	if kept {
		workbooks = "coalesce((SELECT inhoud FROM levering.werkboek AS k WHERE k.run = r.run), '')"
	}
	var r Run
	err = w.conn.QueryRowContext(ctx, "SELECT run, status, programma, "+workbooks+" FROM levering.run AS r WHERE run = ?", id).
		Scan(&r.ID, &r.Status, &r.Program, &r.Workbooks)
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, nil
	}
	return r, err
}

// LedgerRow is one delivery as the ledger knows it.
type LedgerRow struct {
	ID                      int
	Run, Table, Supplier    string
	File, Content, Mapping  string
	Mode                    string
	Date                    time.Time
	Lines, Rows, Quarantine int64
	Erased                  int64 // lines of persons who were erased; Rows counts them too
}

// Ledger lists all deliveries in the order in which they were loaded.
func (w *Warehouse) Ledger(ctx context.Context) ([]LedgerRow, error) {
	rows, err := w.conn.QueryContext(ctx, `SELECT levering_id, run, tabel, leverancier, bestand, inhoud, afbeelding,
		levering, datum, regels, geladen, in_quarantaine,
		(SELECT CAST(coalesce(sum(w.regels), 0) AS BIGINT) FROM levering.wissing AS w WHERE w.levering_id = g.levering_id)
		FROM levering.grootboek AS g ORDER BY levering_id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // its error is that of Err
	var out []LedgerRow
	for rows.Next() {
		var r LedgerRow
		if err := rows.Scan(&r.ID, &r.Run, &r.Table, &r.Supplier, &r.File, &r.Content, &r.Mapping,
			&r.Mode, &r.Date, &r.Lines, &r.Rows, &r.Quarantine, &r.Erased); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// LastRun returns the newest night in the ledger that was published; its ID is empty when there is none.
func (w *Warehouse) LastRun(ctx context.Context) (Run, error) {
	var r Run
	err := w.conn.QueryRowContext(ctx, `SELECT run, begonnen, geeindigd, status, coalesce(vingerafdruk, ''), programma,
		geladen_leveringen, quarantaine_regels, coalesce(melding, '') FROM levering.run WHERE status = 'klaar' ORDER BY begonnen DESC, run DESC LIMIT 1`).
		Scan(&r.ID, &r.Began, &r.Ended, &r.Status, &r.Fingerprint, &r.Program, &r.Loaded, &r.Quarantined, &r.Note)
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, nil
	}
	return r, err
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
