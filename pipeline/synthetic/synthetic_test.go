package synthetic

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	parquetfile "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

var small = Options{People: 1200, FirstYear: 2018, LastYear: 2019, Seed: 3, Format: "csv"}

func contents(t *testing.T, o Options) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if _, err := Write(context.Background(), dir, o); err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if want := fs.FileMode(0o600); !d.IsDir() && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", d.Name(), info.Mode())
		}
		if d.IsDir() {
			return nil
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[name] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSameOptionsSameBytes(t *testing.T) {
	for _, format := range []string{"csv", "parquet"} {
		o := small
		o.Format = format
		first := contents(t, o)
		before := runtime.GOMAXPROCS(1)
		second := contents(t, o)
		runtime.GOMAXPROCS(2)
		third := contents(t, o)
		runtime.GOMAXPROCS(before)
		if len(first) != len(second) || len(first) != len(third) {
			t.Fatalf("%s: %d, %d and %d files", format, len(first), len(second), len(third))
		}
		for name, b := range first {
			if !bytes.Equal(b, second[name]) || !bytes.Equal(b, third[name]) {
				t.Errorf("%s differs between runs", name)
			}
		}
		o.Seed++
		other := contents(t, o)
		if name := "aanlevering/maastricht/bevolking." + format; bytes.Equal(first[name], other[name]) {
			t.Errorf("%s is the same under another seed", name)
		}
	}
}

func TestManifestsCountTheirFile(t *testing.T) {
	files := contents(t, small)
	for name, b := range files {
		manifest := string(files[strings.TrimSuffix(name, ".csv")+".manifest.toml"])
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		var total int64
		scanner := bufio.NewScanner(bytes.NewReader(b))
		lines := -1
		for scanner.Scan() {
			if lines++; lines > 0 && strings.Contains(name, "declaraties") {
				cells := strings.Split(scanner.Text(), ";")
				c := cents(t, cells[len(cells)-1])
				if cells[3] == "C" {
					c = -c
				}
				total += c
			}
		}
		if !strings.Contains(manifest, "regels = "+strconv.Itoa(lines)+"\n") {
			t.Errorf("%s has %d lines, its manifest says otherwise", name, lines)
		}
		if strings.Contains(name, "declaraties") && !strings.Contains(manifest, "totaal = "+euros(total)+"\n") {
			t.Errorf("%s has %s euros, its manifest says otherwise", name, euros(total))
		}
	}
}

func TestParquetHasTheSameRows(t *testing.T) {
	o := small
	asText := contents(t, o)
	o.Format = "parquet"
	asParquet := contents(t, o)
	if !bytes.Equal(asText["waarheid.json"], asParquet["waarheid.json"]) {
		t.Error("waarheid.json differs between the formats")
	}
	for name, want := range asText {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		b, ok := asParquet[strings.TrimSuffix(name, ".csv")+".parquet"]
		if !ok {
			t.Errorf("%s has no Parquet file", name)
			continue
		}
		if got := parquetAsText(t, b); got != string(want) {
			t.Errorf("%s: the Parquet file has other rows", name)
		}
	}
}

func parquetAsText(t *testing.T, b []byte) string {
	t.Helper()
	pool := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer pool.AssertSize(t, 0)
	f, err := parquetfile.NewParquetReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{BatchSize: 1000}, pool)
	if err != nil {
		t.Fatal(err)
	}
	read, err := r.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer read.Release()
	var text strings.Builder
	for i, field := range read.Schema().Fields() {
		if i > 0 {
			text.WriteByte(';')
		}
		text.WriteString(field.Name)
	}
	text.WriteByte('\n')
	batches := array.NewTableReader(read, 1000)
	defer batches.Release()
	for batches.Next() {
		record := batches.RecordBatch()
		for row := range int(record.NumRows()) {
			for i, column := range record.Columns() {
				if i > 0 {
					text.WriteByte(';')
				}
				text.WriteString(cell(column, row))
			}
			text.WriteByte('\n')
		}
	}
	return text.String()
}

func cell(column arrow.Array, row int) string {
	if column.IsNull(row) {
		return ""
	}
	switch c := column.(type) {
	case *array.Date32:
		return day(c.Value(row)).String()
	case *array.Decimal128:
		scale := int(c.DataType().(*arrow.Decimal128Type).Scale)
		return string(appendFixed(nil, int64(c.Value(row).LowBits()), scale))
	default:
		return column.ValueStr(row)
	}
}

func TestOptionsThatCannotBeUsed(t *testing.T) {
	for _, o := range []Options{
		{People: 99, FirstYear: 2015, LastYear: 2016, Format: "csv"},
		{People: 100, FirstYear: 2016, LastYear: 2015, Format: "csv"},
		{People: 100, FirstYear: 1999, LastYear: 2015, Format: "csv"},
		{People: 100, FirstYear: 2015, LastYear: 2016, Format: "xlsx"},
	} {
		dir := filepath.Join(t.TempDir(), "regio")
		_, err := Write(context.Background(), dir, o)
		if _, ok := errors.AsType[*OptionError](err); !ok {
			t.Errorf("%+v gives %v, want an OptionError", o, err)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%+v leaves a folder", o)
		}
	}
}

func TestFolderWithOtherDeliveriesIsRefused(t *testing.T) {
	dir := t.TempDir()
	o := Options{People: 100, FirstYear: 2017, LastYear: 2018, Seed: 1, Format: "csv"}
	if _, err := Write(context.Background(), dir, o); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), dir, o); err != nil {
		t.Errorf("the same region again: %v", err)
	}
	o.LastYear = 2017
	var wrong *OptionError
	if _, err := Write(context.Background(), dir, o); !errors.As(err, &wrong) {
		t.Errorf("another region in the same folder gives %v, want an OptionError", err)
	}
}

func TestCancelledLeavesNoConfiguration(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	o := small
	o.People = 5000
	o.Progress = func(done, total int64) { cancel() }
	if _, err := Write(ctx, dir, o); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled run gives %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "ontschot.toml")); !os.IsNotExist(err) {
		t.Error("a cancelled region can be run")
	}
}

func TestCalendar(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    string
	}{{1970, 1, 1, "1970-01-01"}, {1899, 12, 31, "1899-12-31"}, {2020, 2, 29, "2020-02-29"}, {2024, 12, 31, "2024-12-31"}} {
		if got := dateOf(c.y, c.m, c.d).String(); got != c.want {
			t.Errorf("%d-%d-%d becomes %s", c.y, c.m, c.d, got)
		}
	}
	if dateOf(1970, 1, 1) != 0 || dateOf(2000, 1, 1) != 10957 {
		t.Error("days are not counted from 1970-01-01")
	}
}

// TestBudgetIsInTheTruth adds the delivered budget up and finds every line of it in waarheid.json.
func TestBudgetIsInTheTruth(t *testing.T) {
	e := region(t)
	delivered := readTables(t, e.dir, "*/budget.csv")
	if len(delivered) != len(e.truth.Budget) || len(delivered) != 5*3+3*4 {
		t.Fatalf("%d lines delivered, %d in waarheid.json; want 3 a year and 4 from %d on", len(delivered), len(e.truth.Budget), effectYear)
	}
	for i, row := range delivered {
		got := recordBudget{Domein: row["domein"], Gebied: row["gebied"], Post: row["post"], Bedrag: row["bedrag"]}
		want := e.truth.Budget[i]
		if row["jaar"] != strconv.Itoa(want.Jaar) {
			t.Errorf("line %d is of %s, in waarheid.json of %d", i+1, row["jaar"], want.Jaar)
		}
		if want.Jaar = 0; got != want {
			t.Errorf("line %d is %v, in waarheid.json %v", i+1, got, want)
		}
	}
}
