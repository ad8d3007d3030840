package analysis

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/duckdb/duckdb-go/v2"
	"github.com/xuri/excelize/v2"
)

// Formats are the forms in which the answer to a query can be written.
var Formats = []string{"table", "csv", "json", "parquet", "arrow", "xlsx"}

// Answer says how a query is asked.
type Answer struct {
	Format    string // one of [Formats]
	Values    []any  // of the query's parameters, in its order
	Temporary string // the folder for what a large sheet does not keep in memory
}

// Export runs one SELECT and writes its answer to w. It returns the number of
// rows. The answer is internal: it has passed no protection.
func Export(ctx context.Context, conn *sql.Conn, q Query, a Answer, w io.Writer) (rows int64, err error) {
	if !slices.Contains(Formats, a.Format) {
		return 0, fmt.Errorf("%q is not a format: choose one of %s", a.Format, strings.Join(Formats, ", "))
	}
	err = conn.Raw(func(c any) error {
		driverConn, ok := c.(driver.Conn)
		if !ok {
			return fmt.Errorf("the connection is a %T, not one of DuckDB", c)
		}
		engine, err := duckdb.NewArrowFromConn(driverConn)
		if err != nil {
			return err
		}
		reader, err := engine.QueryContext(ctx, q.SQL, a.Values...)
		if err != nil {
			return located(q, err, 0)
		}
		defer reader.Release()
		counted := &countingReader{RecordReader: reader}
		if err := write(counted, a, w); err != nil {
			return err
		}
		rows = counted.rows
		return reader.Err()
	})
	return rows, err
}

// countingReader counts the rows that pass.
type countingReader struct {
	array.RecordReader
	rows int64
}

func (r *countingReader) Next() bool {
	if !r.RecordReader.Next() {
		return false
	}
	r.rows += r.RecordBatch().NumRows()
	return true
}

func write(r array.RecordReader, a Answer, w io.Writer) error {
	switch a.Format {
	case "json":
		return writeJSON(r, w)
	case "csv":
		return writeCSV(r, w)
	case "parquet":
		return writeParquet(r, w)
	case "arrow":
		return writeArrow(r, w)
	case "xlsx":
		return writeSheet(r, a.Temporary, w)
	default:
		return writeTable(r, w)
	}
}

// eachRow hands over every row as texts; a NULL is "" and not there.
func eachRow(r array.RecordReader, take func(values []string, there []bool) error) error {
	n := len(r.Schema().Fields())
	values, there := make([]string, n), make([]bool, n)
	for r.Next() {
		batch := r.RecordBatch()
		for row := range int(batch.NumRows()) {
			for i := range n {
				column := batch.Column(i)
				there[i] = !column.IsNull(row)
				values[i] = ""
				if there[i] {
					values[i] = text(column, row)
				}
			}
			if err := take(values, there); err != nil {
				return err
			}
		}
	}
	return r.Err()
}

// text writes one value; a decimal keeps its full scale.
func text(column arrow.Array, row int) string {
	if d, ok := column.(*array.Decimal128); ok {
		if t, ok := d.DataType().(*arrow.Decimal128Type); ok {
			return d.Value(row).ToString(t.Scale)
		}
	}
	return column.ValueStr(row)
}

// writeJSON writes one array of objects; a decimal keeps its full scale.
func writeJSON(r array.RecordReader, w io.Writer) error {
	fields := r.Schema().Fields()
	names := make([]string, len(fields))
	for i, f := range fields {
		name, err := json.Marshal(f.Name)
		if err != nil {
			return err
		}
		names[i] = string(name)
	}
	first := true
	if _, err := io.WriteString(w, "["); err != nil {
		return err
	}
	err := eachRow(r, func(values []string, there []bool) error {
		var line strings.Builder
		if !first {
			line.WriteByte(',')
		}
		first = false
		line.WriteString("\n{")
		for i, v := range values {
			if i > 0 {
				line.WriteString(", ")
			}
			line.WriteString(names[i] + ": ")
			switch {
			case !there[i], arrow.IsFloating(fields[i].Type.ID()) && !isFinite(v):
				line.WriteString("null") // JSON knows no NaN and no infinity
			case isNumber(fields[i].Type):
				line.WriteString(v)
			default:
				text, err := json.Marshal(v)
				if err != nil {
					return err
				}
				line.Write(text)
			}
		}
		line.WriteByte('}')
		_, err := io.WriteString(w, line.String())
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]\n")
	return err
}

func isNumber(t arrow.DataType) bool {
	return arrow.IsInteger(t.ID()) || arrow.IsDecimal(t.ID()) || arrow.IsFloating(t.ID()) || t.ID() == arrow.BOOL
}

// isFinite tells a float that is a number from NaN and the infinities.
func isFinite(float string) bool { return !strings.ContainsAny(float, "NI") }

// writeCSV writes `;` between the columns. A text that a spreadsheet would take
// for a formula gets an apostrophe in front.
func writeCSV(r array.RecordReader, w io.Writer) error {
	out := csv.NewWriter(w)
	out.Comma = ';'
	fields := r.Schema().Fields()
	header := make([]string, len(fields))
	for i, f := range fields {
		header[i] = noFormula(f.Name)
	}
	if err := out.Write(header); err != nil {
		return err
	}
	err := eachRow(r, func(values []string, _ []bool) error {
		for i, v := range values {
			if !isNumber(fields[i].Type) {
				values[i] = noFormula(v)
			}
		}
		return out.Write(values)
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// noFormula puts an apostrophe before a text that a spreadsheet would run.
func noFormula(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n") {
		return "'" + text
	}
	return text
}

func writeTable(r array.RecordReader, w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fields := r.Schema().Fields()
	header := make([]string, len(fields))
	for i, f := range fields {
		header[i] = f.Name
	}
	if _, err := fmt.Fprintln(out, strings.Join(header, "\t")); err != nil {
		return err
	}
	err := eachRow(r, func(values []string, there []bool) error {
		for i := range values {
			if !there[i] {
				values[i] = "-"
			}
		}
		_, err := fmt.Fprintln(out, strings.Join(values, "\t"))
		return err
	})
	return errors.Join(err, out.Flush())
}

func writeParquet(r array.RecordReader, w io.Writer) error {
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd))
	// The writer would close w; its owner does that.
	out, err := pqarrow.NewFileWriter(r.Schema(), struct{ io.Writer }{w}, properties, pqarrow.DefaultWriterProps())
	if err != nil {
		return err
	}
	return copyBatches(r, buffered{out})
}

// buffered makes row groups of their full length, not one of every batch.
type buffered struct{ *pqarrow.FileWriter }

func (b buffered) Write(batch arrow.RecordBatch) error { return b.WriteBuffered(batch) }

func writeArrow(r array.RecordReader, w io.Writer) error {
	out, err := ipc.NewFileWriter(w, ipc.WithSchema(r.Schema()))
	if err != nil {
		return err
	}
	return copyBatches(r, out)
}

// copyBatches hands every batch to a writer and closes it.
func copyBatches(r array.RecordReader, out interface {
	Write(batch arrow.RecordBatch) error
	Close() error
},
) error {
	for r.Next() {
		if err := out.Write(r.RecordBatch()); err != nil {
			return errors.Join(err, out.Close())
		}
	}
	return errors.Join(r.Err(), out.Close())
}

// writeSheet writes one plain sheet that says that it is internal.
func writeSheet(r array.RecordReader, temporary string, w io.Writer) (err error) {
	f := excelize.NewFile(excelize.Options{TmpDir: temporary})
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", "intern"); err != nil {
		return err
	}
	sheet, err := f.NewStreamWriter("intern")
	if err != nil {
		return err
	}
	fields := r.Schema().Fields()
	header := make([]any, len(fields))
	for i, field := range fields {
		header[i] = field.Name
	}
	if err := sheet.SetRow("A1", []any{"INTERN: niet beschermd tegen herkenning, niet delen"}); err != nil {
		return err
	}
	if err := sheet.SetRow("A2", header); err != nil {
		return err
	}
	line := 2
	err = eachRow(r, func(values []string, there []bool) error {
		line++
		cells := make([]any, len(values))
		for i, v := range values {
			switch {
			case !there[i]:
			case isNumber(fields[i].Type) && fields[i].Type.ID() != arrow.BOOL:
				cells[i] = sheetNumber(v, arrow.IsFloating(fields[i].Type.ID()))
			default:
				cells[i] = v
			}
		}
		return sheet.SetRow(fmt.Sprintf("A%d", line), cells)
	})
	if err != nil {
		return err
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// sheetNumber is a number, or the text of an exact one when a sheet, which keeps 15 digits, would change it.
func sheetNumber(text string, floating bool) any {
	const most = 15
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(text), "0")
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || len(digits) > most && !floating {
		return text
	}
	return number
}
