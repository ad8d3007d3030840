// Package warehouse is the database: transactions, loading Arrow batches, the
// ledger of deliveries, the quarantine, and the reference tables.
//
// The load layer (schema levering) is append-only. A night works on a copy of
// the database file and puts it in place by renaming, so that readers have last
// night's copy meanwhile and a crash leaves that copy untouched.
package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/duckdb/duckdb-go/v2"
)

// FileName is the name of the database in the working folder.
const FileName = "warehouse.duckdb"

// Options are the limits of the database engine.
type Options struct {
	// MemoryLimit is what DuckDB may use, in its own notation; empty is "2GiB".
	MemoryLimit string
	// Threads is the number of threads; 0 leaves it to DuckDB.
	Threads int
	// Allocator gives the memory of Arrow arrays; nil is Arrow's own.
	Allocator memory.Allocator
}

// Warehouse is an open database. It is used through one connection, because
// registered Arrow views and temporary tables live on one connection; only the
// queries get more, from [Warehouse.Conns].
type Warehouse struct {
	db      *sql.DB
	conn    *sql.Conn
	path    string // the file that is open
	spill   string // the folder for what does not fit in memory
	publish string // the file that a night puts in place; empty when it puts none
	private bool   // the file is thrown away

	limits     Options
	memory     memory.Allocator
	numberings map[string]*numbering // of dictionaries, by name, once they are needed
}

// OpenNight opens a private copy of the database in folder dir for writing, or
// a new one when there is none yet. [Warehouse.Publish] puts it in place.
func OpenNight(ctx context.Context, dir string, o Options) (*Warehouse, error) {
	published, work := filepath.Join(dir, FileName), filepath.Join(dir, workName)
	if err := Tidy(dir); err != nil {
		return nil, err
	}
	if err := copyPublished(ctx, published, work, o); err != nil {
		return nil, err
	}
	w, err := open(ctx, work, o, false)
	if err != nil {
		return nil, errors.Join(err, discard(work))
	}
	w.publish, w.private = published, true
	if err := w.createSchemas(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// copyPublished copies the published database, if there is one. Opening it first
// tells whether another process is writing in it.
func copyPublished(ctx context.Context, published, work string, o Options) error {
	if _, err := os.Stat(published); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	w, err := open(ctx, published, o, true)
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := copyFile(published, work); err != nil {
		// A half copy would keep the disk full.
		return errors.Join(fmt.Errorf("copying %s for the night: %w", FileName, err), discard(work))
	}
	return nil
}

// ErrLocked says that another process has the database open.
var ErrLocked = errors.New("the warehouse is in use by another process")

// ErrNoWarehouse says that no night has run yet in the folder.
var ErrNoWarehouse = errors.New("there is no warehouse yet: run 'ontschot run' first")

// OpenReader opens the published database in folder dir for reading only.
func OpenReader(ctx context.Context, dir string, o Options) (*Warehouse, error) {
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, ErrNoWarehouse
	}
	return open(ctx, path, o, true)
}

func open(ctx context.Context, path string, o Options, readOnly bool) (*Warehouse, error) {
	mode := "READ_WRITE"
	if readOnly {
		mode = "READ_ONLY"
	}
	connector, err := duckdb.NewConnector(path+"?access_mode="+mode, nil)
	if err != nil {
		if strings.Contains(err.Error(), "Could not set lock") {
			err = errors.Join(ErrLocked, err)
		}
		return nil, fmt.Errorf("opening %s: %w", filepath.Base(path), err)
	}
	db := sql.OpenDB(connector)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", filepath.Base(path), err), db.Close())
	}
	// A folder of its own: a reader that closes must not remove what a night has spilled.
	spill := filepath.Join(filepath.Dir(path), fmt.Sprintf("%s%d-%s", spillPrefix, os.Getpid(), filepath.Base(path)))
	w := &Warehouse{db: db, conn: conn, path: path, spill: spill, limits: o, memory: o.Allocator, numberings: map[string]*numbering{}}
	if w.memory == nil {
		w.memory = memory.DefaultAllocator
	}
	if err := w.limit(ctx, o); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if !readOnly {
		// DuckDB makes its file readable for everyone.
		if err := os.Chmod(path, 0o600); err != nil {
			return nil, errors.Join(err, w.Close())
		}
	}
	return w, nil
}

// spillPrefix begins the name of every spill folder.
const spillPrefix = ".spill-"

// limit sets what the engine may use.
func (w *Warehouse) limit(ctx context.Context, o Options) error {
	limit := o.MemoryLimit
	if limit == "" {
		limit = "2GiB"
	}
	settings := []string{
		"SET memory_limit = " + Quote(limit),
		"SET temp_directory = " + Quote(w.spill),
	}
	if o.Threads > 0 {
		settings = append(settings, fmt.Sprintf("SET threads = %d", o.Threads))
	}
	for _, s := range settings {
		if err := w.Exec(ctx, s); err != nil {
			return fmt.Errorf("configuring the database: %w", err)
		}
	}
	return nil
}

// Loading prepares for loads: the reading of the files goes on beside DuckDB, and
// gets half of the cores and of the memory. The returned function ends it.
func (w *Warehouse) Loading(ctx context.Context) (done func(context.Context) error, err error) {
	var threads int
	if err := w.conn.QueryRowContext(ctx, "SELECT current_setting('threads')").Scan(&threads); err != nil {
		return nil, err
	}
	whole := w.limits
	whole.Threads = threads
	half := whole
	half.Threads = max(1, threads/2)
	if half.MemoryLimit == "" {
		half.MemoryLimit = "768MiB"
	}
	return func(ctx context.Context) error { return w.limit(ctx, whole) }, w.limit(ctx, half)
}

// Close closes the database. A night that was not published is thrown away.
func (w *Warehouse) Close() error {
	if w.db == nil {
		return nil
	}
	err := errors.Join(w.conn.Close(), w.db.Close())
	w.db = nil
	for _, n := range w.numberings {
		n.release()
	}
	if w.private {
		err = errors.Join(err, discard(w.path))
	}
	return errors.Join(err, os.RemoveAll(w.spill))
}

// Keep puts what has been loaded so far in place of the published database and
// goes on: whatever happens to the rest of the night, it is loaded.
func (w *Warehouse) Keep(ctx context.Context) error {
	if err := w.Exec(ctx, "CHECKPOINT"); err != nil {
		return fmt.Errorf("writing the database to disk: %w", err)
	}
	temporary := waitingPath(w.publish)
	err := copyFile(w.path, temporary)
	if err == nil {
		err = putInPlace(temporary, w.publish)
	}
	if err != nil {
		// A half copy would keep the disk full.
		return errors.Join(fmt.Errorf("keeping what was loaded: %w", err), discard(temporary))
	}
	return nil
}

// waitingPath is where a database waits until it is put in place.
func waitingPath(published string) string { return published + ".nieuw" }

// Publish writes everything to disk, closes the database and puts it in place
// of the published one, so that a reader sees either the old or the new.
func (w *Warehouse) Publish(ctx context.Context) error {
	if err := w.Exec(ctx, "CHECKPOINT"); err != nil {
		return fmt.Errorf("writing the database to disk: %w", err)
	}
	target := w.publish
	w.private = false
	if err := w.Close(); err != nil {
		return fmt.Errorf("closing the database: %w", err)
	}
	if err := putInPlace(w.path, target); err != nil {
		return fmt.Errorf("putting the database in place: %w", err)
	}
	return nil
}

// putInPlace syncs a finished database and renames it over the published one. A
// write-ahead log that a stranger's shell left there belongs to the old file: it goes.
func putInPlace(path, target string) error {
	if err := syncPath(path); err != nil {
		return err
	}
	if err := os.Rename(path, target); err != nil {
		return err
	}
	if err := os.Remove(target + ".wal"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return syncPath(filepath.Dir(target))
}

// Conn gives the one connection to the database.
func (w *Warehouse) Conn() *sql.Conn { return w.conn }

// mostConns is how many queries run at once at most: a query uses many threads
// itself, a second fills the cores while the first works in one; a third would
// fill little more and take memory from both.
const mostConns = 2

// Conns gives connections for queries that run at the same time, as many as there
// are threads and at most two, and what closes them. The limits of the engine hold
// for all together; temporary tables and Arrow views are on [Warehouse.Conn] only.
func (w *Warehouse) Conns(ctx context.Context) (conns []*sql.Conn, done func() error, err error) {
	var threads int
	if err := w.conn.QueryRowContext(ctx, "SELECT current_setting('threads')").Scan(&threads); err != nil {
		return nil, nil, fmt.Errorf("asking for the number of threads: %w", err)
	}
	done = func() error {
		var errs []error
		for _, conn := range conns {
			errs = append(errs, conn.Close())
		}
		return errors.Join(errs...)
	}
	for range min(threads, mostConns) {
		conn, err := w.db.Conn(ctx)
		if err != nil {
			return nil, nil, errors.Join(fmt.Errorf("opening one more connection: %w", err), done())
		}
		conns = append(conns, conn)
	}
	return conns, done, nil
}

// Exec runs one statement.
func (w *Warehouse) Exec(ctx context.Context, query string, args ...any) error {
	_, err := w.conn.ExecContext(ctx, query, args...)
	return err
}

// withTx runs f in a transaction. DuckDB's COMMIT of an aborted transaction
// gives no error and stores nothing, and a parser error does not abort: so any
// error of f rolls back, and f's caller checks what was stored.
func (w *Warehouse) withTx(ctx context.Context, f func() error) error {
	if err := w.Exec(ctx, "BEGIN TRANSACTION"); err != nil {
		return fmt.Errorf("starting a transaction: %w", err)
	}
	if err := f(); err != nil {
		// The context may be gone; the rollback must still happen.
		return errors.Join(err, w.Exec(context.WithoutCancel(ctx), "ROLLBACK"))
	}
	if err := w.Exec(ctx, "COMMIT"); err != nil {
		err = fmt.Errorf("committing: %w", err)
		if ctx.Err() != nil { // it was not tried: the transaction is still open
			err = errors.Join(err, w.Exec(context.WithoutCancel(ctx), "ROLLBACK"))
		}
		return err
	}
	return nil
}

// raw gives f the driver's own connection.
func (w *Warehouse) raw(f func(conn driver.Conn) error) error {
	return w.conn.Raw(func(c any) error {
		conn, ok := c.(driver.Conn)
		if !ok {
			return fmt.Errorf("the connection is a %T, not one of DuckDB", c)
		}
		return f(conn)
	})
}

// Temporary gives a folder on the disk of the warehouse for what does not fit in memory; [Warehouse.Close] removes it.
func (w *Warehouse) Temporary() (string, error) {
	if err := os.MkdirAll(w.spill, 0o700); err != nil {
		return "", fmt.Errorf("making a folder for temporary files: %w", err)
	}
	return w.spill, nil
}

// Version tells the version of DuckDB.
func (w *Warehouse) Version(ctx context.Context) (string, error) {
	var v string
	err := w.conn.QueryRowContext(ctx, "SELECT version()").Scan(&v)
	return v, err
}

// Quote makes a SQL text literal.
func Quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func discard(path string) error {
	for _, p := range []string{path, path + ".wal"} {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("removing what an earlier night left: %w", err)
		}
	}
	return nil
}

// workName is the copy that a night works on.
const workName = ".nacht-" + FileName

// Tidy removes what a night that was killed left in folder dir, and what killed readers did. Only one who knows that no night is at work
// may ask for it.
func Tidy(dir string) error {
	if err := errors.Join(discard(filepath.Join(dir, workName)), discard(waitingPath(filepath.Join(dir, FileName)))); err != nil {
		return err
	}
	// The number of a killed night may be that of a process of now.
	spilled, err := filepath.Glob(filepath.Join(dir, spillPrefix+"*-"+workName))
	if err != nil {
		return err
	}
	for _, folder := range spilled {
		if err := os.RemoveAll(folder); err != nil {
			return fmt.Errorf("removing what an earlier night left: %w", err)
		}
	}
	return errors.Join(discardAbandoned(dir, spillPrefix), discardAbandoned(dir, asOfPrefix))
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() // only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, in)
	return err
}

// syncPath puts a file, or the names in a folder, on the disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
