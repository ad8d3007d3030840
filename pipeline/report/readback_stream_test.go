package report

import (
	"fmt"
	"io"
	"runtime"
	"testing"

	"ontschot/pipeline/disclosure"
)

// longSheet writes the XML of a sheet while it is read.
type longSheet struct {
	rows, next int
	left       []byte
}

func (l *longSheet) Read(p []byte) (int, error) {
	if len(l.left) == 0 {
		switch {
		case l.next == 0:
			l.left = []byte("<worksheet><sheetData>")
		case l.next <= l.rows:
			l.left = fmt.Appendf(l.left, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>pilot</t></is></c><c r="B%d"><v>%d.25</v></c></row>`, l.next, l.next, l.next, l.next)
		case l.next == l.rows+1:
			l.left = []byte("</sheetData></worksheet>")
		default:
			return 0, io.EOF
		}
		l.next++
	}
	n := copy(p, l.left)
	l.left = l.left[n:]
	return n, nil
}

// TestALongSheetStreams reads 200,000 rows in the memory of a few.
func TestALongSheetStreams(t *testing.T) {
	const rows = 200_000
	found, most := 0, uint64(0)
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	before := memory.HeapAlloc
	r := reader{see: func(disclosure.Found) {
		if found++; found%100_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&memory)
			most = max(most, memory.HeapAlloc)
		}
	}}
	if err := r.readSheet(newXMLScanner(&longSheet{rows: rows}), "lang"); err != nil {
		t.Fatal(err)
	}
	if found != 2*rows {
		t.Errorf("%d cells, want %d", found, 2*rows)
	}
	if most > before+4<<20 {
		t.Errorf("%d MiB in use, want a few", (most-before)>>20)
	}
}
