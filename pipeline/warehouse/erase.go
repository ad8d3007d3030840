package warehouse

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"slices"

	"ontschot/pipeline/delivery"
)

// Erasure tells what erasing persons did.
type Erasure struct {
	// Asked is the number of persons on the list; Found of them were stored, Before
	// were erased earlier. Who is neither is left out of what comes.
	Asked, Found, Before int64
	Tables               []ErasedTable
	// Files are the deliveries that held them, also those of earlier erasures.
	Files []string
}

// ErasedTable counts the rows that were removed from a delivered table.
type ErasedTable struct {
	Name  string
	Lines int64
	Cents int64 // debit minus credit
}

// Erase removes persons, by their pseudonyms as they are stored, from every
// delivery and from the tables of the model, counts what it removed in
// levering.wissing and notes a hash of each in levering.gewist, so that a later
// load leaves them out. mark tells under which key the pseudonyms were made. Only
// [Warehouse.PublishRewritten] gets them out of the file.
func (w *Warehouse) Erase(ctx context.Context, run, mark string, pseudonyms []string) (Erasure, error) {
	e := Erasure{Asked: int64(len(pseudonyms))}
	err := w.withTx(ctx, func() error {
		if err := w.listErased(ctx, pseudonyms); err != nil {
			return fmt.Errorf("listing who is to be erased: %w", err)
		}
		err := w.conn.QueryRowContext(ctx, `SELECT count(persoon), count(*) FILTER (WHERE afdruk IN (SELECT afdruk FROM levering.gewist))
			FROM te_wissen`).Scan(&e.Found, &e.Before)
		if err != nil {
			return err
		}
		if err := w.eraseReleased(ctx); err != nil { // while it is known where they lived
			return err
		}
		if err := w.eraseRows(ctx, run, &e); err != nil {
			return err
		}
		return w.Exec(ctx, `INSERT INTO levering.gewist SELECT afdruk, zout, ?, ? FROM te_wissen
			WHERE afdruk NOT IN (SELECT afdruk FROM levering.gewist)`, mark, run)
	})
	if err != nil {
		return e, fmt.Errorf("erasing: %w", err)
	}
	var left int64
	if err := w.conn.QueryRowContext(ctx, `SELECT count(*) FROM opslag.persoon WHERE pseudoniem IN (SELECT pseudoniem FROM te_wissen)`).Scan(&left); err != nil {
		return e, err
	}
	if left > 0 {
		return e, fmt.Errorf("after erasing, %d of %d persons are still stored; nothing of this may be used", left, e.Found)
	}
	if e.Files, err = w.filesOfErased(ctx); err != nil {
		return e, err
	}
	return e, w.Exec(ctx, "DROP TABLE te_wissen")
}

// listErased makes the temporary table te_wissen: it is never in the file.
func (w *Warehouse) listErased(ctx context.Context, pseudonyms []string) error {
	salt, err := w.salt(ctx, rand.Text)
	if err != nil {
		return err
	}
	if err := w.Exec(ctx, "CREATE TEMP TABLE te_wissen (pseudoniem VARCHAR, afdruk VARCHAR, zout VARCHAR, persoon INTEGER)"); err != nil {
		return err
	}
	keyed := hmac.New(sha256.New, []byte(salt))
	for _, p := range pseudonyms {
		if err := w.Exec(ctx, "INSERT INTO te_wissen VALUES (?, ?, ?, NULL)", p, personPrint(keyed, p), salt); err != nil {
			return err
		}
	}
	return w.Exec(ctx, "UPDATE te_wissen SET persoon = p.persoon FROM opslag.persoon AS p WHERE p.pseudoniem = te_wissen.pseudoniem")
}

const (
	ofNumbers    = "persoon IN (SELECT persoon FROM te_wissen WHERE persoon IS NOT NULL)"
	ofPseudonyms = "pseudoniem IN (SELECT pseudoniem FROM te_wissen)"
)

// eraseRows counts and removes the rows of the persons of te_wissen.
func (w *Warehouse) eraseRows(ctx context.Context, run string, e *Erasure) error {
	for _, t := range delivery.Tables() {
		if !slices.ContainsFunc(t.Dictionaries(), func(d delivery.Dictionary) bool { return d.Name == "persoon" }) {
			continue
		}
		source := fmt.Sprintf("(SELECT * FROM opslag.%s WHERE %s)", t.Name, ofNumbers)
		if err := w.Exec(ctx, countErased(run, t.Name, source)); err != nil {
			return fmt.Errorf("counting in %s: %w", t.Name, err)
		}
		erased := ErasedTable{Name: t.Name}
		err := w.conn.QueryRowContext(ctx, `SELECT CAST(coalesce(sum(regels), 0) AS BIGINT), CAST(coalesce(sum(bedrag), 0) * 100 AS BIGINT)
			FROM levering.wissing WHERE run = ? AND tabel = ?`, run, t.Name).Scan(&erased.Lines, &erased.Cents)
		if err != nil {
			return err
		}
		done, err := w.conn.ExecContext(ctx, fmt.Sprintf("DELETE FROM opslag.%s WHERE %s", t.Name, ofNumbers))
		if err != nil {
			return fmt.Errorf("removing from %s: %w", t.Name, err)
		}
		if removed, err := done.RowsAffected(); err != nil || removed != erased.Lines {
			return errors.Join(fmt.Errorf("%d rows of %s were counted and %d removed", erased.Lines, t.Name, removed), err)
		}
		e.Tables = append(e.Tables, erased)
	}
	made, err := w.ofPersons(ctx)
	if err != nil {
		return err
	}
	for _, statement := range append(made, "DELETE FROM opslag.persoon WHERE "+ofPseudonyms) {
		if err := w.Exec(ctx, statement); err != nil {
			return fmt.Errorf("removing persons: %w", err)
		}
	}
	return nil
}

// ofPersons lists the statements that remove persons from the tables that a night
// made: they stay until the next one.
func (w *Warehouse) ofPersons(ctx context.Context) ([]string, error) {
	return w.texts(ctx, `SELECT 'DELETE FROM "' || c.schema_name || '"."' || c.table_name || '" WHERE ' ||
			CASE c.column_name WHEN 'persoon' THEN ? ELSE ? END
		FROM duckdb_columns() AS c
		INNER JOIN duckdb_tables() AS t ON t.table_oid = c.table_oid AND t.database_oid = c.database_oid AND NOT t.temporary
		WHERE c.schema_name IN ('model', 'uitkomst') AND (c.column_name = 'pseudoniem' OR c.column_name = 'persoon' AND c.data_type = 'INTEGER')
		ORDER BY 1`, ofNumbers, ofPseudonyms)
}

func (w *Warehouse) filesOfErased(ctx context.Context) ([]string, error) {
	return w.texts(ctx, `SELECT DISTINCT bestand FROM levering.grootboek
		WHERE levering_id IN (SELECT levering_id FROM levering.wissing) ORDER BY bestand`)
}

// texts gives the one column of a query.
func (w *Warehouse) texts(ctx context.Context, query string, args ...any) (found []string, err error) {
	rows, err := w.conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // its error is that of Err
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
}

// PublishRewritten does what [Warehouse.Publish] does, but with a file that is
// written anew: DuckDB leaves the bytes of a removed row in the blocks that it
// frees, and only a new file is without them.
func (w *Warehouse) PublishRewritten(ctx context.Context) error {
	fresh, target := waitingPath(w.publish), w.publish
	if err := w.rewrite(ctx, fresh); err != nil {
		return errors.Join(fmt.Errorf("writing the database anew: %w", err), discard(fresh))
	}
	if err := w.Close(); err != nil { // throws the copy of the night away
		return errors.Join(fmt.Errorf("closing the database: %w", err), discard(fresh))
	}
	if err := putInPlace(fresh, target); err != nil {
		return fmt.Errorf("putting the database in place: %w", err)
	}
	return nil
}

// rewrite copies every table and view into a new file, and counts them there.
func (w *Warehouse) rewrite(ctx context.Context, path string) error {
	var own string
	if err := w.conn.QueryRowContext(ctx, "SELECT current_database()").Scan(&own); err != nil {
		return err
	}
	if err := w.Exec(ctx, fmt.Sprintf("ATTACH %s AS nieuw", Quote(path))); err != nil {
		return err
	}
	err := w.Exec(ctx, fmt.Sprintf(`COPY FROM DATABASE "%s" TO nieuw`, own))
	if err == nil {
		err = w.compareCopy(ctx, own)
	}
	// The context may be gone; the file must still be let go.
	if err := errors.Join(err, w.Exec(context.WithoutCancel(ctx), "DETACH nieuw")); err != nil {
		return err
	}
	return os.Chmod(path, 0o600)
}

// compareCopy sees whether the copy has every row of every table.
func (w *Warehouse) compareCopy(ctx context.Context, own string) error {
	tables, err := w.texts(ctx, `SELECT '"' || schema_name || '"."' || table_name || '"' FROM duckdb_tables()
		WHERE database_name = ? AND NOT temporary ORDER BY 1`, own)
	if err != nil {
		return err
	}
	for _, name := range tables {
		var here, there int64
		err := w.conn.QueryRowContext(ctx, fmt.Sprintf(`SELECT (SELECT count(*) FROM "%s".%s), (SELECT count(*) FROM nieuw.%s)`, own, name, name)).Scan(&here, &there)
		if err != nil {
			return err
		}
		if here != there {
			return fmt.Errorf("%s has %d rows and its copy %d", name, here, there)
		}
	}
	return nil
}
