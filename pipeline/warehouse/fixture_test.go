package warehouse

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/memory"

	"ontschot/pipeline/delivery"
)

var tonight = time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)

// night opens a night in dir that is closed, published or not, when the test ends; no
// memory may be left behind then.
func night(t testing.TB, dir string) *Warehouse {
	t.Helper()
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	w, err := OpenNight(context.Background(), dir, Options{Threads: 1, Allocator: mem})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if left := mem.CurrentAlloc(); left != 0 {
			t.Errorf("%d bytes of Arrow memory were left behind", left)
		}
	})
	return w
}

// deliver describes a file of these lines as it would be found under aanlevering/.
func deliver(t testing.TB, table, name string, lines ...string) Delivery {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	content := []byte(strings.Join(lines, "\n") + "\n")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	tab, ok := delivery.TableNamed(table)
	if !ok {
		t.Fatalf("no table %s", table)
	}
	f := delivery.File{Path: "aanlevering/vgz/" + name, Absolute: path, Table: tab, Supplier: "vgz"}
	_, mapping, err := f.Identity()
	if err != nil {
		t.Fatal(err)
	}
	return Delivery{Run: "r1", File: f, Content: fmt.Sprintf("%x", sha256.Sum256(content)), Mapping: mapping, Date: tonight}
}

// load loads a delivery, and proves that no memory of its batches is left behind.
func load(t *testing.T, w *Warehouse, d Delivery, o delivery.Options) (Loaded, error) {
	t.Helper()
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer mem.AssertSize(t, 0)
	o.Allocator, o.Today = mem, tonight
	reader, err := delivery.Open(d.File, o)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Release()
	return w.Load(context.Background(), d, reader)
}

func mustLoad(t *testing.T, w *Warehouse, d Delivery) Loaded {
	t.Helper()
	l, err := load(t, w, d, delivery.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// look gives the one row of a query as text.
func look(t testing.TB, w *Warehouse, query string) string {
	t.Helper()
	var text string
	if err := w.Conn().QueryRowContext(context.Background(), "SELECT CAST(("+query+") AS VARCHAR)").Scan(&text); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return text
}

// stored counts the rows of a delivered table, of the ledger and of the quarantine.
func stored(t testing.TB, w *Warehouse, table string) string {
	t.Helper()
	return look(t, w, `SELECT (SELECT count(*) FROM levering.`+table+`) || ' ' || (SELECT count(*) FROM levering.grootboek) || ' ' ||
		(SELECT count(*) FROM levering.quarantaine)`)
}

const claimHeader = "domein;regel_id;vorige_regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;begindatum;einddatum;bedrag"

// claim is a line of declaraties; a credit takes back the line of its own number.
func claim(id, sign, begin, amount string) string {
	former := ""
	if sign == "C" {
		former = id
	}
	return strings.Join([]string{"zvw", id, former, sign, "0123456789abcdef", "041", "15A001", begin, begin, amount}, ";")
}

const peopleHeader = "pseudoniem;geboortejaar;geslacht;buurt;begindatum;einddatum"

// person is a line of bevolking; n makes its pseudonym.
func person(n int, born, begin, end string) string {
	return strings.Join([]string{fmt.Sprintf("%016d", n), born, "1", "BU09350402", begin, end}, ";")
}
