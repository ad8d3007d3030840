package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

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
	Workbooks   string  // the SHA-256 of what its workbooks were made from; empty when nothing was kept
	Versions    []Named // what its answers depend on
	Outputs     []Named // the files that it made, with their SHA-256
}

// Named is a name with what belongs to it.
type Named struct{ Name, Value string }

// NoteRun writes a run into the ledger.
func (w *Warehouse) NoteRun(ctx context.Context, r Run) error {
	return w.withTx(ctx, func() error {
		err := w.Exec(ctx, "INSERT INTO levering.run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			r.ID, r.Began, r.Ended, r.Status, orNull(r.Fingerprint), r.Program, r.Loaded, r.Quarantined, orNull(r.Note))
		if err != nil {
			return err
		}
		if r.Workbooks != "" {
			if err := w.Exec(ctx, "INSERT INTO levering.werkboek VALUES (?, ?)", r.ID, r.Workbooks); err != nil {
				return err
			}
		}
		for table, all := range map[string][]Named{"versie": r.Versions, "uitvoer": r.Outputs} {
			for _, n := range all {
				if err := w.Exec(ctx, "INSERT INTO levering."+table+" VALUES (?, ?, ?)", r.ID, n.Name, n.Value); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// LastRun returns the newest night in the ledger that was published; its ID is empty when there is none.
func (w *Warehouse) LastRun(ctx context.Context) (Run, error) {
	return w.oneRun(ctx, "status = 'klaar' ORDER BY begonnen DESC, run DESC LIMIT 1")
}

// RunNamed returns a run of the ledger; its ID is empty when there is none of that name.
func (w *Warehouse) RunNamed(ctx context.Context, id string) (Run, error) {
	return w.oneRun(ctx, "run = ?", id)
}

// RunOf returns the newest run in the ledger with a fingerprint; its ID is empty when there is none.
func (w *Warehouse) RunOf(ctx context.Context, fingerprint string) (Run, error) {
	return w.oneRun(ctx, "vingerafdruk = ? ORDER BY begonnen DESC, run DESC LIMIT 1", fingerprint)
}

// oneRun reads the run that a condition chooses.
func (w *Warehouse) oneRun(ctx context.Context, where string, args ...any) (r Run, err error) {
	err = w.conn.QueryRowContext(ctx, `SELECT run, begonnen, geeindigd, status, coalesce(vingerafdruk, ''), programma,
		geladen_leveringen, quarantaine_regels, coalesce(melding, '') FROM levering.run WHERE `+where, args...).
		Scan(&r.ID, &r.Began, &r.Ended, &r.Status, &r.Fingerprint, &r.Program, &r.Loaded, &r.Quarantined, &r.Note)
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, nil
	}
	if err != nil {
		return r, err
	}
	kept, err := w.namedOf(ctx, "werkboek", "'', inhoud", r.ID)
	if err == nil && len(kept) > 0 {
		r.Workbooks = kept[0].Value
	}
	if err == nil {
		r.Versions, err = w.namedOf(ctx, "versie", "naam, waarde", r.ID)
	}
	if err == nil {
		r.Outputs, err = w.namedOf(ctx, "uitvoer", "bestand, inhoud", r.ID)
	}
	return r, err
}

// namedOf reads what a table of the ledger has of a run. A reader may have the file of an earlier version, without that table.
func (w *Warehouse) namedOf(ctx context.Context, table, columns, run string) (out []Named, err error) {
	var there bool
	err = w.conn.QueryRowContext(ctx, "SELECT count(*) > 0 FROM duckdb_tables() WHERE schema_name = 'levering' AND table_name = ?", table).Scan(&there)
	if err != nil || !there {
		return nil, err
	}
	rows, err := w.conn.QueryContext(ctx, "SELECT "+columns+" FROM levering."+table+" WHERE run = ? ORDER BY rowid", run)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // its error is that of Err
	for rows.Next() {
		var n Named
		if err := rows.Scan(&n.Name, &n.Value); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
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
