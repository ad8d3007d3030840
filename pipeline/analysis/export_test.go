package analysis

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/xuri/excelize/v2"
)

// exported is a query with every type that an answer has, and values that are easily damaged.
const exported = `SELECT CAST(nr AS INTEGER) AS nr, tekst, CAST(bedrag AS DECIMAL(18,2)) AS bedrag, CAST(aandeel AS DECIMAL(18,6)) AS aandeel,
	CAST(dag AS DATE) AS dag, CAST(aantal AS BIGINT) AS aantal, ja
FROM (VALUES
	(1, '=1+1', 10.00, 0.000001, '2020-02-29', 9007199254740993, TRUE),
	(2, '+31 "6"; x', -0.05, 1.500000, '1900-01-01', -1, FALSE),
	(3, '-2' || chr(10) || 'regel', 1234567890123456.78, 0, '2100-12-31', 0, TRUE),
	(4, '@som', 0, NULL, NULL, 5, NULL),
	(5, chr(9) || 'tab', 0.10, 0.5, '2017-01-01', 5, TRUE),
	(6, chr(13) || 'return', 0.1, 0.5, '2017-01-01', 5, TRUE),
	(7, NULL, NULL, NULL, NULL, NULL, NULL),
	(8, '', 7, 0.25, '2017-01-01', 5, TRUE),
	(9, 'Café <b>&', 7, 0.25, '2017-01-01', 5, TRUE)
) AS v (nr, tekst, bedrag, aandeel, dag, aantal, ja) ORDER BY nr`

// plain are the values as text, <null> for what is unknown.
var plain = [][]string{
	{"1", "=1+1", "10.00", "0.000001", "2020-02-29", "9007199254740993", "true"},
	{"2", "+31 \"6\"; x", "-0.05", "1.500000", "1900-01-01", "-1", "false"},
	{"3", "-2\nregel", "1234567890123456.78", "0.000000", "2100-12-31", "0", "true"},
	{"4", "@som", "0.00", "<null>", "<null>", "5", "<null>"},
	{"5", "\ttab", "0.10", "0.500000", "2017-01-01", "5", "true"},
	{"6", "\rreturn", "0.10", "0.500000", "2017-01-01", "5", "true"},
	{"7", "<null>", "<null>", "<null>", "<null>", "<null>", "<null>"},
	{"8", "", "7.00", "0.250000", "2017-01-01", "5", "true"},
	{"9", "Café <b>&", "7.00", "0.250000", "2017-01-01", "5", "true"},
}

var exportedColumns = []string{"nr", "tekst", "bedrag", "aandeel", "dag", "aantal", "ja"}

func export(t testing.TB, sql, format string) []byte {
	t.Helper()
	var out bytes.Buffer
	rows, err := Export(context.Background(), engine(t), query(Indicator, "q", sql), Answer{Format: format}, &out)
	if err != nil {
		t.Fatal(err)
	}
	if sql == exported && rows != int64(len(plain)) {
		t.Errorf("%s: %d rows told, want %d", format, rows, len(plain))
	}
	return out.Bytes()
}

func sameRows(t *testing.T, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("row %d is %q, want %q", i+1, got[i], want[i])
		}
	}
}

func TestExportCSV(t *testing.T) {
	reader := csv.NewReader(bytes.NewReader(export(t, exported, "csv")))
	reader.Comma = ';'
	got, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{exportedColumns}
	for _, row := range plain {
		row = slices.Clone(row)
		for i, v := range row {
			if v == "<null>" {
				row[i] = ""
			}
		}
		if row[1] != "" && strings.Contains("=+-@\t\r", row[1][:1]) {
			row[1] = "'" + row[1] // a spreadsheet must not take it for a formula
		}
		want = append(want, row)
	}
	sameRows(t, got, want)
}

func TestExportCSVHeaderIsNoFormula(t *testing.T) {
	got := string(export(t, `SELECT 1 AS "=1+1", 2 AS b`, "csv"))
	if want := "'=1+1;b\n1;2\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestExportJSON(t *testing.T) {
	raw := export(t, exported, "json")
	var rows []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	var got [][]string
	for _, row := range rows {
		var values []string
		for _, name := range exportedColumns {
			text := string(row[name])
			switch {
			case text == "null":
				text = "<null>"
			case strings.HasPrefix(text, `"`):
				if name != "tekst" && name != "dag" {
					t.Errorf("%s is a text in JSON: %s", name, text)
				}
				if err := json.Unmarshal(row[name], &text); err != nil {
					t.Fatal(err)
				}
			}
			values = append(values, text)
		}
		got = append(got, values)
	}
	sameRows(t, got, plain)
	if keys := string(raw[:strings.Index(string(raw), "}")]); !strings.Contains(keys, `"nr": 1, "tekst": "=1+1", "bedrag": 10.00, "aandeel": 0.000001`) {
		t.Errorf("the columns are not in their order: %s", keys)
	}
}

func TestExportNothing(t *testing.T) {
	const nothing = "SELECT 1 AS a, 'x' AS b WHERE FALSE"
	for format, want := range map[string]string{"json": "[\n]\n", "csv": "a;b\n", "table": "a  b\n"} {
		if got := string(export(t, nothing, format)); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
	for _, format := range []string{"parquet", "arrow", "xlsx"} {
		if len(export(t, nothing, format)) == 0 {
			t.Errorf("%s: not even a header", format)
		}
	}
}

// TestExportJSONWithoutNumber has numbers that JSON does not know: they are unknown there, and the answer can be read.
func TestExportJSONWithoutNumber(t *testing.T) {
	raw := export(t, "SELECT CAST('NaN' AS DOUBLE) AS a, CAST('-Infinity' AS DOUBLE) AS b, CAST(0.5 AS DOUBLE) AS c", "json")
	if got := string(raw); got != "[\n{\"a\": null, \"b\": null, \"c\": 0.5}\n]\n" {
		t.Errorf("got %s", got)
	}
}

// batchRows gives the rows of a batch as texts.
func batchRows(batch arrow.RecordBatch) (rows [][]string) {
	for i := range int(batch.NumRows()) {
		var row []string
		for _, column := range batch.Columns() {
			if column.IsNull(i) {
				row = append(row, "<null>")
			} else {
				row = append(row, text(column, i))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func columnNames(s *arrow.Schema) (names []string) {
	for _, f := range s.Fields() {
		names = append(names, f.Name)
	}
	return names
}

func TestExportArrow(t *testing.T) {
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer mem.AssertSize(t, 0)
	reader, err := ipc.NewFileReader(bytes.NewReader(export(t, exported, "arrow")), ipc.WithAllocator(mem))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close() // only read
	if got := columnNames(reader.Schema()); !slices.Equal(got, exportedColumns) {
		t.Errorf("columns %v", got)
	}
	var got [][]string
	for i := range reader.NumRecords() {
		batch, err := reader.RecordBatchAt(i)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, batchRows(batch)...)
		batch.Release()
	}
	sameRows(t, got, plain)
}

func TestExportParquet(t *testing.T) {
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer mem.AssertSize(t, 0)
	raw, err := file.NewParquetReader(bytes.NewReader(export(t, exported, "parquet")))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close() // only read
	reader, err := pqarrow.NewFileReader(raw, pqarrow.ArrowReadProperties{}, mem)
	if err != nil {
		t.Fatal(err)
	}
	table, err := reader.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer table.Release()
	if got := columnNames(table.Schema()); !slices.Equal(got, exportedColumns) {
		t.Errorf("columns %v", got)
	}
	batches := array.NewTableReader(table, 0)
	defer batches.Release()
	var got [][]string
	for batches.Next() {
		got = append(got, batchRows(batches.RecordBatch())...)
	}
	sameRows(t, got, plain)
}

func TestExportSheet(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(export(t, exported, "xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() // only read
	rows, err := book.GetRows("intern")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(plain)+2 {
		t.Fatalf("%d lines, want %d", len(rows), len(plain)+2)
	}
	if len(rows[0]) != 1 || !strings.HasPrefix(rows[0][0], "INTERN") {
		t.Errorf("the first line is %q: it must say that the answer is internal", rows[0])
	}
	if !slices.Equal(rows[1], exportedColumns) {
		t.Errorf("columns %v", rows[1])
	}
	if got := fmt.Sprint(rows[2][:5]); got != "[1 =1+1 10 1E-06 2020-02-29]" && got != "[1 =1+1 10 0.000001 2020-02-29]" {
		t.Errorf("the first row is %s", got)
	}
	if formula, err := book.GetCellFormula("intern", "B3"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q (%v)", formula, err)
	}
	// A spreadsheet holds 15 digits; a longer number stays what it is by being a text.
	if got := rows[2][5]; got != "9007199254740993" {
		t.Errorf("the long number became %s", got)
	}
	if got := rows[4][2]; got != "1234567890123456.78" {
		t.Errorf("the long amount became %s", got)
	}
	if kind, err := book.GetCellType("intern", "C3"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("an amount is no number in the sheet but type %d (%v)", kind, err)
	}
}

// TestExportSheetRatio keeps a ratio a number, however many digits it has.
func TestExportSheetRatio(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(export(t, "SELECT CAST(1 AS DOUBLE) / 3 AS a", "xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() // only read
	if kind, err := book.GetCellType("intern", "A3"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a ratio is no number in the sheet but type %d (%v)", kind, err)
	}
}

func TestExportTable(t *testing.T) {
	lines := strings.Split(string(export(t, "SELECT 'a' AS gebied, CAST(1.5 AS DECIMAL(9,2)) AS bedrag UNION ALL SELECT NULL, 12 ORDER BY bedrag", "table")), "\n")
	if want := []string{"gebied  bedrag", "a       1.50", "-       12.00", ""}; !slices.Equal(lines, want) {
		t.Errorf("got %q, want %q", lines, want)
	}
}

func TestExportErrors(t *testing.T) {
	conn := engine(t, "CREATE TABLE bron AS SELECT 'geheim' AS tekst FROM range(5000)")
	for _, c := range []struct{ sql, format, want string }{
		{"SELECT 1", "xls", `"xls" is not a format: choose one of table, csv`},
		{"SELECT\n    bestaat_niet\nFROM bron", "csv", "queries/indicator/q.sql:2: "},
		{"SELECT CAST(tekst AS INTEGER) FROM bron", "csv", "queries/indicator/q.sql"},
		{"SELECT CAST(tekst AS INTEGER) FROM bron", "parquet", "queries/indicator/q.sql"},
		{"SELECT CAST(tekst AS INTEGER) FROM bron", "xlsx", "queries/indicator/q.sql"},
	} {
		_, err := Export(context.Background(), conn, query(Indicator, "q", c.sql), Answer{Format: c.format}, &bytes.Buffer{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s of %q: %v, want %s…", c.format, c.sql, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: the error holds a value: %v", c.format, err)
		}
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestExportToAFullDisk(t *testing.T) {
	conn := engine(t)
	for _, format := range Formats {
		if _, err := Export(context.Background(), conn, query(Indicator, "q", exported), Answer{Format: format}, full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v, want the error of the disk", format, err)
		}
	}
}
