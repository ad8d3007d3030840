package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// releaseTables are the release ledger: what left the building, and on whose data
// each value that was shown rests. Nothing is ever removed from it.
var releaseTables = []string{
	`CREATE TABLE IF NOT EXISTS vrijgave.vrijgave (
		vrijgave INTEGER PRIMARY KEY,
		run VARCHAR NOT NULL,
		moment TIMESTAMP NOT NULL,
		vingerafdruk VARCHAR NOT NULL,
		programma VARCHAR NOT NULL,
		basisjaar INTEGER NOT NULL)`,
	// A value is a number without its decimal point, or a text. stand is the release whose data it rests on: an earlier
	// one when the value was kept.
	`CREATE TABLE IF NOT EXISTS vrijgave.cel (
		vrijgave INTEGER NOT NULL,
		ontvanger VARCHAR NOT NULL,
		tabel VARCHAR NOT NULL,
		sleutel VARCHAR NOT NULL,
		kolom VARCHAR NOT NULL,
		status VARCHAR NOT NULL,
		waarde BIGINT,
		tekst VARCHAR,
		stand INTEGER)`,
}

// Release is one row of the ledger of releases.
type Release struct {
	Number      int
	Run         string // the run whose answers were released
	Moment      time.Time
	Fingerprint string
	Program     string
	BaseYear    int
}

// CellState tells how a cell was released.
type CellState string

// The states of a cell in the release ledger.
const (
	CellShown   CellState = "getoond"
	CellHidden  CellState = "verborgen"
	CellUnknown CellState = "onbekend"
)

// ReleasedCell is one published cell.
type ReleasedCell struct {
	Recipient, Table, Key, Column string
	State                         CellState
	Number                        int64  // the value of a cell with a number, without its decimal point
	Text                          string // the value of a cell with a text
	IsText                        bool
	Basis                         int // the number of the release whose data it shows
}

// Releases lists the releases, oldest first.
func (w *Warehouse) Releases(ctx context.Context) (out []Release, err error) {
	var made bool
	err = w.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM duckdb_tables() WHERE schema_name = 'vrijgave' AND table_name = 'vrijgave'").Scan(&made)
	if err != nil || !made { // a reader may have the file of an earlier version
		return nil, err
	}
	rows, err := w.conn.QueryContext(ctx, "SELECT vrijgave, run, moment, vingerafdruk, programma, basisjaar FROM vrijgave.vrijgave ORDER BY vrijgave")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r Release
		if err := rows.Scan(&r.Number, &r.Run, &r.Moment, &r.Fingerprint, &r.Program, &r.BaseYear); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// ChangedSince tells what happened to the deliveries since a run: how many were
// loaded after it, and whether persons were erased.
func (w *Warehouse) ChangedSince(ctx context.Context, run string) (loaded int64, erased bool, err error) {
	err = w.conn.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM levering.grootboek WHERE "+later+`),
		(SELECT count(*) > 0 FROM levering.run WHERE status = 'gewist' AND `+later+")", run).Scan(&loaded, &erased)
	return loaded, erased, err
}

// NoteRelease writes a release and every cell of it into the ledger, keeps a
// snapshot of what each person contributed, and drops the snapshots that no value
// rests on any more.
func (w *Warehouse) NoteRelease(ctx context.Context, r Release, cells func(yield func(ReleasedCell) bool)) error {
	return w.withTx(ctx, func() error {
		err := w.Exec(ctx, "INSERT INTO vrijgave.vrijgave VALUES (?, ?, ?, ?, ?, ?)", r.Number, r.Run, r.Moment, r.Fingerprint, r.Program, r.BaseYear)
		if err != nil {
			return fmt.Errorf("noting the release: %w", err)
		}
		if err := w.appendCells(r.Number, cells); err != nil {
			return fmt.Errorf("noting the published cells: %w", err)
		}
		if err := w.keepSnapshot(ctx, r.Number); err != nil {
			return fmt.Errorf("keeping a snapshot of what was released: %w", err)
		}
		return w.dropSnapshots(ctx)
	})
}

func (w *Warehouse) appendCells(release int, cells func(yield func(ReleasedCell) bool)) error {
	return w.raw(func(conn driver.Conn) (err error) {
		appender, err := duckdb.NewAppenderFromConn(conn, "vrijgave", "cel")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, appender.Close()) }()
		for c := range cells {
			var number, text, basis driver.Value
			if c.State == CellShown {
				number = c.Number
				if c.IsText {
					number, text = nil, c.Text
				}
			}
			if c.State != CellHidden {
				basis = int32(c.Basis)
			}
			if err := appender.AppendRow(int32(release), c.Recipient, c.Table, c.Key, c.Column, string(c.State), number, text, basis); err != nil {
				return err
			}
		}
		return nil
	})
}

// lastShown gives every cell that was ever shown, by the newest release that showed it.
const lastShown = `SELECT tabel, sleutel, kolom, max_by({'status': status, 'waarde': waarde, 'tekst': tekst, 'stand': stand}, {'vrijgave': vrijgave, 'ontvanger': ontvanger}) AS laatst
	FROM vrijgave.cel WHERE status <> 'verborgen' GROUP BY tabel, sleutel, kolom`

// EarlierCells hands over, per row and column, every cell that was released
// before: from whom it was hidden, and with the newest value that was shown to anybody.
func (w *Warehouse) EarlierCells(ctx context.Context, take func(ReleasedCell)) (err error) {
	rows, err := w.conn.QueryContext(ctx, `SELECT DISTINCT ontvanger, tabel, sleutel, kolom, status, waarde, tekst, stand FROM vrijgave.cel WHERE status = 'verborgen'
		UNION ALL SELECT '', tabel, sleutel, kolom, laatst.status, laatst.waarde, laatst.tekst, laatst.stand FROM (`+lastShown+`)`)
	if err != nil {
		return fmt.Errorf("reading the release ledger: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var c ReleasedCell
		var number, basis sql.NullInt64
		var text sql.NullString
		if err := rows.Scan(&c.Recipient, &c.Table, &c.Key, &c.Column, &c.State, &number, &text, &basis); err != nil {
			return fmt.Errorf("reading the release ledger: %w", err)
		}
		c.Number, c.Text, c.IsText, c.Basis = number.Int64, text.String, text.Valid, int(basis.Int64)
		take(c)
	}
	return rows.Err()
}

// PrintedNumbers hands over every number that a release printed, for each recipient apart.
func (w *Warehouse) PrintedNumbers(ctx context.Context, release int, take func(ReleasedCell)) (err error) {
	rows, err := w.conn.QueryContext(ctx, `SELECT ontvanger, tabel, sleutel, kolom, waarde FROM vrijgave.cel
		WHERE vrijgave = ? AND status = 'getoond' AND waarde IS NOT NULL`, release)
	if err != nil {
		return fmt.Errorf("reading the release ledger: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		c := ReleasedCell{State: CellShown}
		if err := rows.Scan(&c.Recipient, &c.Table, &c.Key, &c.Column, &c.Number); err != nil {
			return fmt.Errorf("reading the release ledger: %w", err)
		}
		take(c)
	}
	return rows.Err()
}
