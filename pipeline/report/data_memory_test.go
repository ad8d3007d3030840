package report

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline/disclosure"
)

// wideTable has rows × 24 released cells.
func wideTable(rows int64) disclosure.Table {
	const measures = 24
	t := disclosure.Table{Name: "kosten_per_zorgsoort", Columns: []disclosure.Column{yearKey(), key("gebied"), key("domein"), key("zorgsoort"), {Name: "leefdomein"}, count("gebruikers")},
		Thresholds: []disclosure.Threshold{{Count: "gebruikers"}}}
	for m := range measures - 1 {
		t.Columns = append(t.Columns, euros("bedrag_"+strconv.Itoa(m)))
	}
	for i := range rows {
		row := []disclosure.Value{num(2015 + i%9), word(fmt.Sprintf("BU%08d", i/9/40)), word("zvw"), word(fmt.Sprintf("soort_%d", i/9%40)), word("lichamelijke_gezondheid"), num(4 + i%23)}
		for m := range int64(measures - 1) {
			row = append(row, num(i*10_007+m*1_013))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// memory is what a process holds, from the kernel: now, and at most since it was last forgotten. Zero where nobody tells.
func memory(t testing.TB, forget bool) (now, peak int64) {
	t.Helper()
	if forget {
		debug.FreeOSMemory()
		if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
			t.Skip("the peak of the memory cannot be measured here: ", err)
		}
	}
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("the memory is read from /proc, which is not there")
	}
	for line := range strings.Lines(string(raw)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kib, _ := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "VmRSS:":
			now = kib << 10
		case "VmHWM:":
			peak = kib << 10
		}
	}
	return now, peak
}

// writeMeasured writes a book, and gives what the memory grew by meanwhile and how long it took.
func writeMeasured(t testing.TB, path string, b Book) (grown int64, took time.Duration) {
	t.Helper()
	before, _ := memory(t, true)
	started := time.Now()
	if err := Write(path, b); err != nil {
		t.Fatal(err)
	}
	took = time.Since(started)
	_, peak := memory(t, false)
	return peak - before, took
}

// millionRows is a book of more released cells than one sheet can list.
func millionRows(t testing.TB) (b Book, cells int) {
	t.Helper()
	const rows = 44_000
	b = bookOf(t, wideTable(rows))
	return b, rows * 24
}

// TestAMillionRowsStream writes more rows than a sheet has, in less than 200 MiB beside the released cells themselves.
func TestAMillionRowsStream(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	book, cells := millionRows(t)
	path := filepath.Join(t.TempDir(), "boek.xlsx")
	grown, took := writeMeasured(t, path, book)
	t.Logf("%d rows in %v, %d MiB more than before", cells, took.Round(time.Millisecond), grown>>20)
	if grown > 200<<20 {
		t.Errorf("the memory grew by %d MiB, want less than 200", grown>>20)
	}
	names, err := sheetsOf(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(strings.Join(names, ","), "Gegevens,Gegevens 2,Verantwoording") {
		t.Errorf("the sheets are %v", names)
	}
}

// sheetsOf are the names of the sheets of a workbook, in their order.
func sheetsOf(path string) ([]string, error) {
	in, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var names []string
	for _, part := range in.File {
		if part.Name == workbookPart {
			err = eachElement(part, part.Name, func(element string, attrs map[string]string) {
				if element == "sheet" {
					names = append(names, attrs["name"])
				}
			})
		}
	}
	return names, err
}

// BenchmarkMillionRows tells the seconds and the memory of a book of a million released cells.
func BenchmarkMillionRows(b *testing.B) {
	book, cells := millionRows(b)
	path := filepath.Join(b.TempDir(), "boek.xlsx")
	var most int64
	var total time.Duration
	held, _ := memory(b, true)
	for b.Loop() {
		grown, took := writeMeasured(b, path, book)
		most, total = max(most, grown), total+took
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(most)/(1<<20), "peak-MiB")
	b.ReportMetric(float64(held)/(1<<20), "before-MiB")
	b.ReportMetric(total.Seconds()/float64(b.N), "s")
	b.ReportMetric(float64(info.Size())/(1<<20), "file-MiB")
	b.ReportMetric(float64(cells), "rows")
	runtime.KeepAlive(book)
}
