package warehouse

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ontschot/pipeline/delivery"
)

// reader opens the published database of dir.
func reader(t testing.TB, dir string) *Warehouse {
	t.Helper()
	w, err := OpenReader(context.Background(), dir, Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func oneClaim(t testing.TB, id string) Delivery {
	t.Helper()
	return deliver(t, "declaraties", "declaraties_"+id+".csv", claimHeader, claim(id, "D", "2017-03-01", "1.00"))
}

// claims tells which lines a database has.
func claims(t testing.TB, w *Warehouse) string {
	t.Helper()
	return look(t, w, "SELECT coalesce(string_agg(regel_id, ' ' ORDER BY regel_id), '') FROM levering.declaraties")
}

// onlyFile proves that nothing but the database, readable by its owner alone, is left in dir.
func onlyFile(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != FileName {
			t.Errorf("%s was left behind", e.Name())
			continue
		}
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the database has mode %v (%v), want 0600", info.Mode(), err)
		}
	}
}

func TestNoWarehouseYet(t *testing.T) {
	if _, err := OpenReader(context.Background(), t.TempDir(), Options{}); !errors.Is(err, ErrNoWarehouse) {
		t.Errorf("%v, want ErrNoWarehouse", err)
	}
}

func TestPublish(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	first := night(t, dir)
	mustLoad(t, first, oneClaim(t, "a"))
	if info, err := os.Stat(first.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the database of the night has mode %v (%v), want 0600", info.Mode(), err)
	}
	if err := first.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, dir)

	// A reader of last night keeps working while a night runs and after it published.
	before := reader(t, dir)
	if got := claims(t, before); got != "a" {
		t.Fatalf("the reader sees %q", got)
	}
	second := night(t, dir)
	mustLoad(t, second, oneClaim(t, "b"))
	if got := claims(t, before); got != "a" {
		t.Errorf("a reader during the night sees %q, want only what is published", got)
	}
	if err := second.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	if got := claims(t, before); got != "a" {
		t.Errorf("the reader of last night sees %q", got)
	}
	if err := before.Close(); err != nil { // within one process DuckDB shares what is open under one path
		t.Fatal(err)
	}
	if got := claims(t, reader(t, dir)); got != "a b" {
		t.Errorf("a new reader sees %q", got)
	}
	onlyFile(t, dir)
}

func TestReaderCannotWrite(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	if err := night(t, dir).Publish(ctx); err != nil {
		t.Fatal(err)
	}
	w := reader(t, dir)
	if err := w.Exec(ctx, "CREATE TABLE model.x AS SELECT 1 AS a"); err == nil {
		t.Error("a reader made a table")
	}
	if err := w.Sandbox(ctx); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(outside, []byte("a\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		"SELECT * FROM read_csv(" + Quote(outside) + ")", "COPY (SELECT 1) TO " + Quote(outside), "SET enable_external_access = true",
		"ATTACH " + Quote(outside+".db"), "SET memory_limit = '9GiB'",
	} {
		if err := w.Exec(ctx, s); err == nil {
			t.Errorf("the sandbox allowed %s", s)
		}
	}
}

func TestNightThatIsNotPublishedIsThrownAway(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	w := night(t, dir)
	mustLoad(t, w, oneClaim(t, "a"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("%v was left behind (%v)", entries, err)
	}
	if _, err := OpenReader(ctx, dir, Options{}); !errors.Is(err, ErrNoWarehouse) {
		t.Errorf("%v, want ErrNoWarehouse", err)
	}
}

func TestKeepSurvivesANightThatFails(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	w := night(t, dir)
	mustLoad(t, w, oneClaim(t, "a"))
	if err := w.Keep(ctx); err != nil {
		t.Fatal(err)
	}
	if err := w.Exec(ctx, "CREATE TABLE uitkomst.x AS SELECT 1 AS a"); err != nil { // made after, not kept
		t.Fatal(err)
	}
	mustLoad(t, w, oneClaim(t, "b"))
	if got := claims(t, w); got != "a b" {
		t.Errorf("after Keep the night has %q", got)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, dir)
	if got := claims(t, reader(t, dir)); got != "a" {
		t.Errorf("kept %q, want a", got)
	}
	next := night(t, dir)
	if got := stored(t, next, "declaraties"); got != "1 1 0" {
		t.Errorf("the next night starts with %s", got)
	}
	if got := look(t, next, "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'uitkomst'"); got != "0" {
		t.Error("a table that was made after Keep was kept")
	}
}

// TestKilledNight leaves the files of a night that never closed, with a log that was not written back, and starts anew.
func TestKilledNight(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	first := night(t, dir)
	mustLoad(t, first, oneClaim(t, "a"))
	if err := first.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	killed := night(t, t.TempDir())
	mustLoad(t, killed, oneClaim(t, "b"))
	mustLoad(t, killed, oneClaim(t, "c"))
	work := filepath.Join(dir, ".nacht-"+FileName)
	for _, suffix := range []string{"", ".wal"} {
		left, err := os.ReadFile(killed.path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(work+suffix, left, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, FileName+".nieuw"), []byte("half a copy"), 0o600); err != nil {
		t.Fatal(err)
	}
	spilled := filepath.Join(dir, spillPrefix+"1-"+filepath.Base(work))
	if err := os.MkdirAll(spilled, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := claims(t, reader(t, dir)); got != "a" {
		t.Errorf("after the kill a reader sees %q", got)
	}
	next := night(t, dir)
	if got := claims(t, next); got != "a" {
		t.Errorf("the next night starts with %q, want the published a", got)
	}
	if _, err := os.Stat(spilled); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what the killed night spilled is still there (%v)", err)
	}
	if l := mustLoad(t, next, oneClaim(t, "b")); l.ID != 2 {
		t.Errorf("the load got the number %d", l.ID)
	}
	if err := next.Keep(ctx); err != nil {
		t.Fatal(err)
	}
	if err := next.Publish(ctx); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, dir)
}

// TestReaderLeavesTheSpillOfTheNight closes a reader while a night has spilled.
func TestReaderLeavesTheSpillOfTheNight(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	if err := night(t, dir).Publish(ctx); err != nil {
		t.Fatal(err)
	}
	w := night(t, dir)
	if err := os.MkdirAll(w.spill, 0o700); err != nil {
		t.Fatal(err)
	}
	other, err := OpenReader(ctx, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(w.spill); err != nil {
		t.Errorf("the reader removed the spill of the night: %v", err)
	}
}

var errMine = errors.New("mine")

func TestWithTxKeepsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	w := night(t, t.TempDir())
	if err := w.Exec(ctx, "CREATE TABLE proef (x INTEGER PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	insert := func(x string) error { return w.Exec(ctx, "INSERT INTO proef VALUES ("+x+")") }
	for name, c := range map[string]struct {
		second func() error
		want   string
	}{
		"a misspelt statement": {func() error { return w.Exec(ctx, "INSRT INTO proef VALUES (2)") }, "Parser Error"},
		"an unknown table":     {func() error { return w.Exec(ctx, "INSERT INTO proeff VALUES (2)") }, "Catalog Error"},
		"a broken key":         {func() error { return insert("1") }, "Constraint Error"},
		"no database at all":   {func() error { return errMine }, "mine"},
	} {
		err := w.withTx(ctx, func() error {
			if err := insert("1"); err != nil {
				return err
			}
			return c.second()
		})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if got := look(t, w, "SELECT count(*) FROM proef"); got != "0" {
			t.Fatalf("%s: %s rows stayed", name, got)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	if err := w.withTx(cancelled, func() error { cancel(); return insert("1") }); err == nil {
		t.Error("a transaction without its context committed")
	}
	if err := w.withTx(ctx, func() error { return insert("1") }); err != nil {
		t.Fatalf("the connection is not usable after all that: %v", err)
	}
	if got := look(t, w, "SELECT count(*) FROM proef"); got != "1" {
		t.Errorf("%s rows, want only the one that was committed", got)
	}
}

// TestSilentCommitIsNoticed hides the error that aborts a transaction: COMMIT says nothing, the count of a load does.
func TestSilentCommitIsNoticed(t *testing.T) {
	ctx := context.Background()
	w := night(t, t.TempDir())
	if err := w.Exec(ctx, "CREATE TABLE proef (x INTEGER PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	err := w.withTx(ctx, func() error {
		for range 2 {
			if err := w.Exec(ctx, "INSERT INTO proef VALUES (1)"); err != nil {
				return nil // as a careless caller would
			}
		}
		return nil
	})
	if got := look(t, w, "SELECT count(*) FROM proef"); got != "0" {
		t.Errorf("%s rows of an aborted transaction stayed (%v)", got, err)
	}
	d := oneClaim(t, "a")
	l := mustLoad(t, w, d)
	for _, s := range []string{"DELETE FROM opslag.declaraties", "DELETE FROM levering.grootboek"} {
		if err := w.withTx(ctx, func() error {
			if err := w.Exec(ctx, s); err != nil {
				return err
			}
			if err := w.verify(ctx, d.File, l); err == nil || !strings.Contains(err.Error(), d.File.Path) {
				t.Errorf("after %s: %v, want an error that names the file", s, err)
			}
			return errMine
		}); !errors.Is(err, errMine) {
			t.Fatal(err)
		}
	}
	wrong := l
	wrong.Counts = delivery.Counts{Rows: 1, Quarantined: 1}
	if err := w.verify(ctx, d.File, wrong); err == nil {
		t.Error("a quarantine that was not stored is not noticed")
	}
	if err := w.verify(ctx, d.File, l); err != nil {
		t.Error(err)
	}
}

// TestOlderWarehouseIsToldOf gives a database of before the narrow tables a clear answer, and leaves it as it is.
func TestOlderWarehouseIsToldOf(t *testing.T) {
	dir := t.TempDir()
	w, err := OpenNight(t.Context(), dir, Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"DROP VIEW levering.declaraties", "CREATE TABLE levering.declaraties (regel_id VARCHAR)"} {
		if err := w.Exec(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenNight(t.Context(), dir, Options{Threads: 1}); !errors.Is(err, ErrOlder) {
		t.Errorf("%v, want that an earlier version made it", err)
	}
	reader, err := OpenReader(t.Context(), dir, Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
}
