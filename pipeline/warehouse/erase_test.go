package warehouse

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ontschot/pipeline/delivery"
)

const gone = "gaatweg-ponmlkjihgfedcba"

// claimOf is a claim of a person.
func claimOf(person, id, code, sign, begin, end, amount string) string {
	former := ""
	if sign == "C" {
		former = id
	}
	return strings.Join([]string{"zvw", id, former, sign, person, code, "15A001", begin, end, amount}, ";")
}

func erase(t *testing.T, w *Warehouse, run string, persons ...string) Erasure {
	t.Helper()
	e, err := w.Erase(context.Background(), run, "", persons)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// twoPersons are lines of somebody who stays and somebody who is erased: over New Year, a DBC, and a credit.
func twoPersons(run string) []string {
	return []string{
		claimHeader,
		claimOf("blijft-abcdefghijklmnop", run+"1", "016", "D", "2017-03-01", "2017-03-01", "1.00"),
		claimOf(gone, run+"2", "016", "D", "2017-12-31", "2018-01-02", "0.02"),
		claimOf(gone, run+"3", "041", "D", "2017-12-31", "2018-01-02", "10.00"),
		claimOf("blijft-abcdefghijklmnop", run+"4", "016", "D", "2018-03-01", "2018-03-01", "2.00"),
		claimOf(gone, run+"5", "016", "D", "2018-05-01", "2018-05-01", "7.00"),
		claimOf(gone, run+"5", "016", "C", "2018-05-01", "2018-05-01", "7.00"),
	}
}

const erasedQuery = `SELECT string_agg(concat_ws(' ', levering_id, tabel, domein, jaar, eerste_maand, laatste_maand, regels, bedrag, personen), ', ' ORDER BY levering_id, tabel, jaar) FROM levering.wissing`

// TestErasedRowsAreCountedByYear erases somebody who is stored and, in a second delivery, one who comes back: both count alike.
func TestErasedRowsAreCountedByYear(t *testing.T) {
	w := night(t, t.TempDir())
	mustLoad(t, w, deliver(t, "declaraties", "declaraties_1.csv", twoPersons("a")...))
	mustLoad(t, w, deliver(t, "deelname", "deelname.csv", "project;pseudoniem;begindatum;einddatum", "Blauwe Zorg;"+gone+";2017-01-01;"))
	e := erase(t, w, "r2", gone, "niemand-abcdefghijklmnop")
	if e.Asked != 2 || e.Found != 1 || e.Before != 0 || strings.Join(e.Files, " ") != "aanlevering/vgz/declaraties_1.csv aanlevering/vgz/deelname.csv" {
		t.Errorf("erased %+v", e)
	}
	for _, table := range e.Tables {
		if want := map[string][2]int64{"declaraties": {4, 1002}, "deelname": {1, 0}}[table.Name]; table.Lines != want[0] || table.Cents != want[1] {
			t.Errorf("erased %+v, want %v", table, want)
		}
	}
	// Of 0.02 over three days the first, in 2017, has 0.007, which is 0.01.
	want := "1 declaraties zvw 2017 2017-12-01 2017-12-01 2 10.01 1, 1 declaraties zvw 2018 2017-12-01 2018-05-01 2 0.01 1, 2 deelname 1 0.00 1"
	if got := look(t, w, erasedQuery); got != want {
		t.Errorf("counted\n%s, want\n%s", got, want)
	}
	if got := look(t, w, "SELECT string_agg(pseudoniem || ' ' || bedrag, ', ' ORDER BY bedrag) FROM levering.declaraties"); got != "blijft-abcdefghijklmnop 1.00, blijft-abcdefghijklmnop 2.00" {
		t.Errorf("left are %s", got)
	}
	if again := erase(t, w, "r3", gone); again.Found != 0 || again.Before != 1 {
		t.Errorf("the second time: %+v", again)
	}
	if got := look(t, w, erasedQuery); got != want {
		t.Errorf("erasing twice counted\n%s", got)
	}

	for _, n := range w.numberings { // as the next night begins
		n.release()
	}
	clear(w.numberings)
	l := mustLoad(t, w, deliver(t, "declaraties", "declaraties_2.csv", twoPersons("b")...))
	if l.Counts.Rows != 6 || l.Erased != 4 {
		t.Errorf("the new delivery became %+v", l)
	}
	only := mustLoad(t, w, deliver(t, "declaraties", "declaraties_3.csv", append([]string{claimHeader}, twoPersons("c")[2:4]...)...))
	if only.Counts.Rows != 2 || only.Erased != 2 {
		t.Errorf("the delivery of nobody else became %+v", only)
	}
	want += ", 3 declaraties zvw 2017 2017-12-01 2017-12-01 2 10.01 1, 3 declaraties zvw 2018 2017-12-01 2018-05-01 2 0.01 1" +
		", 4 declaraties zvw 2017 2017-12-01 2017-12-01 2 10.01 1, 4 declaraties zvw 2018 2017-12-01 2017-12-01 0 0.01 1"
	if got := look(t, w, erasedQuery); got != want {
		t.Errorf("counted\n%s, want\n%s", got, want)
	}
	if got := look(t, w, "SELECT count(*) || ' ' || count(DISTINCT pseudoniem) || ' ' || (SELECT count(*) FROM opslag.persoon) FROM levering.declaraties"); got != "4 1 1" {
		t.Errorf("stored rows, persons and numbered persons are %s, want 4 1 1", got)
	}
}

// TestRefusedFileWithErasedPersonLeavesNothing frees what it held back of a file that is refused in the end.
func TestRefusedFileWithErasedPersonLeavesNothing(t *testing.T) {
	w := night(t, t.TempDir())
	erase(t, w, "r1", gone)
	lines := twoPersons("a")
	for range 10 {
		lines = append(lines, claimOf(gone, "x", "016", "D", "2017-01-01", "2017-01-01", "veel"))
	}
	_, err := load(t, w, deliver(t, "declaraties", "declaraties.csv", lines...), delivery.Options{PieceBytes: 500})
	if _, ok := errors.AsType[*delivery.Refusal](err); !ok {
		t.Fatalf("%v, want a refusal", err)
	}
	if got := look(t, w, "SELECT (SELECT count(*) FROM levering.wissing) + (SELECT count(*) FROM opslag.declaraties)"); got != "0" {
		t.Errorf("%s rows are left of a refused file", got)
	}
}

// TestErasedPseudonymIsNotInTheFile searches the bytes of the database, made without compression so that they can be
// read: the pseudonym is there before, and in a file that was not written anew still after.
func TestErasedPseudonymIsNotInTheFile(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	begin := func() *Warehouse {
		w := night(t, dir)
		if err := w.Exec(ctx, "SET force_compression = 'uncompressed'"); err != nil {
			t.Fatal(err)
		}
		return w
	}
	publish := func(publish func(context.Context) error) int {
		if err := publish(ctx); err != nil {
			t.Fatal(err)
		}
		found := 0
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if len(gone) < 20 {
				t.Fatal("a pseudonym of a few bytes lies in the index of the row")
			}
			found += bytes.Count(raw, []byte(gone[8:]))
		}
		return found
	}
	lines := []string{claimHeader}
	for i := range 3000 {
		lines = append(lines, claimOf("iemand-"+strings.Repeat("x", 10)+strings.Repeat("y", i%100), string(rune('a'+i%26))+strings.Repeat("z", i%60), "016", "D", "2017-03-01", "2017-03-01", "1.00"))
	}
	w := begin()
	mustLoad(t, w, deliver(t, "declaraties", "declaraties.csv", append(lines, twoPersons("a")[1:]...)...))
	for _, made := range []string{"model.verblijf", "uitkomst.regel"} {
		if err := w.Exec(ctx, "CREATE TABLE "+made+" AS SELECT pseudoniem, persoon, pseudoniem AS huishouden FROM opslag.persoon"); err != nil {
			t.Fatal(err)
		}
	}
	if publish(w.Publish) == 0 {
		t.Fatal("the pseudonym is not in the file: the search finds nothing")
	}
	w = begin()
	erase(t, w, "r2", gone)
	if got := look(t, w, "SELECT (SELECT count(*) FROM model.verblijf) + (SELECT count(*) FROM uitkomst.regel)"); got != "202" {
		t.Errorf("%s rows of the model are left, want 202", got)
	}
	left := publish(w.Publish)
	t.Logf("%d times in a file that was not written anew", left)
	w = begin()
	if n := publish(w.PublishRewritten); n != 0 {
		t.Errorf("the pseudonym is %d times in the new file", n)
	}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the new file: %v, %v", info.Mode(), err)
	}
	w = begin()
	if got := look(t, w, "SELECT count(*) FROM levering.declaraties"); got != "3002" {
		t.Errorf("%s rows are left, want 3002", got)
	}
}

// TestCancelledErasureLeavesTheOldState stops before the new file is written.
func TestCancelledErasureLeavesTheOldState(t *testing.T) {
	dir := t.TempDir()
	w := night(t, dir)
	mustLoad(t, w, deliver(t, "declaraties", "declaraties.csv", twoPersons("a")...))
	if err := w.Publish(context.Background()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	w = night(t, dir)
	erase(t, w, "r2", gone)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := w.PublishRewritten(ctx); err == nil {
		t.Error("a cancelled erasure was published")
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	after, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the published file has changed (%v)", err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%d files are left, want one (%v)", len(files), err)
	}
}
