package delivery

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

var today = time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)

// place writes a file and describes it as Find would.
func place(t testing.TB, table, name string, content []byte, s Source) File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	tab, ok := TableNamed(table)
	if !ok {
		t.Fatalf("no table %s", table)
	}
	return File{Path: "aanlevering/" + name, Absolute: path, Table: tab, Supplier: "vgz", Source: s}
}

// result is all that came out of a reader.
type result struct {
	rows       []string // one line of text a row, unknown as <null>
	quarantine []Quarantined
	counts     Counts
	unknown    []string
	err        error
}

func (r result) rules() string {
	var rules []string
	for _, q := range r.quarantine {
		rules = append(rules, fmt.Sprintf("%d:%s:%s", q.Line, q.Column, q.Rule))
	}
	return strings.Join(rules, " ")
}

// readAll reads a file to its end and proves that no memory is left behind.
func readAll(t testing.TB, f File, o Options) (res result) {
	t.Helper()
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	o.Allocator = mem
	defer func() {
		// A library that stumbles over a file leaves its memory to the garbage collector.
		form, _ := formatOf(f.Absolute)
		if tt, ok := t.(*testing.T); ok && (res.err == nil || form.kind == ".csv") {
			mem.AssertSize(tt, 0)
		}
	}()
	if o.Today.IsZero() {
		o.Today = today
	}
	r, err := Open(f, o)
	if err != nil {
		if r != nil {
			t.Fatal("a reader beside an error")
		}
		return result{err: err}
	}
	defer r.Release()
	for r.Next() {
		res.rows = append(res.rows, rowsOf(r.RecordBatch())...)
	}
	res.quarantine, res.counts, res.unknown, res.err = r.Quarantine(), r.Counts(), r.UnknownColumns(), r.Err()
	return res
}

func rowsOf(batch arrow.RecordBatch) []string {
	rows := make([]string, batch.NumRows())
	for i := range rows {
		var cells []string
		for j := range int(batch.NumCols()) {
			if batch.ColumnName(j) != "regelsleutel" {
				cells = append(cells, cellText(batch.Column(j), i))
			}
		}
		rows[i] = strings.Join(cells, "|")
	}
	return rows
}

func cellText(c arrow.Array, i int) string {
	if c.IsNull(i) {
		return "<null>"
	}
	if d, ok := c.(*array.Dictionary); ok {
		return cellText(d.Dictionary(), d.GetValueIndex(i))
	}
	if d, ok := c.(*array.Decimal128); ok {
		return d.Value(i).ToString(d.DataType().(*arrow.Decimal128Type).Scale)
	}
	return c.ValueStr(i)
}

// claim is a good line of declaraties; with changes columns by name.
func claim(changes map[string]string) []string {
	good := map[string]string{
		"domein": "zvw", "regel_id": "r1", "debet_credit": "D", "pseudoniem": "0123456789abcdef", "codelijst": "041",
		"prestatiecode": "15A001", "begindatum": "2024-01-31", "einddatum": "2024-02-29", "declaratiedatum": "2024-03-01",
		"volume": "1.500", "eenheid": "14", "bedrag": "1234.50",
	}
	tab, _ := TableNamed("declaraties")
	line := make([]string, len(tab.Columns))
	for i, c := range tab.Columns {
		line[i] = good[c.Name]
		if v, ok := changes[c.Name]; ok {
			line[i] = v
		}
	}
	return line
}

func claimsHeader() string {
	tab, _ := TableNamed("declaraties")
	return strings.Join(tab.columnNames(), ";")
}

func lines(all ...string) []byte { return []byte(strings.Join(all, "\n") + "\n") }
