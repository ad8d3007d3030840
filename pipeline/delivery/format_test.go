package delivery

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// typedClaims builds the rows of claims with a type of its own for each column.
func typedClaims(t testing.TB, rows [][]string) arrow.RecordBatch {
	t.Helper()
	tab, _ := TableNamed("declaraties")
	var fields []arrow.Field
	for _, c := range tab.Columns {
		var typ arrow.DataType = arrow.BinaryTypes.String
		switch c.Name {
		case "begindatum":
			typ = arrow.FixedWidthTypes.Date32
		case "einddatum":
			typ = &arrow.TimestampType{Unit: arrow.Microsecond}
		case "volume":
			typ = &arrow.Decimal128Type{Precision: 20, Scale: 5}
		case "bedrag":
			typ = &arrow.Decimal128Type{Precision: 14, Scale: 2}
		case "domein":
			typ = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
		case "eenheid":
			typ = arrow.PrimitiveTypes.Int64
		case "zorgproduct":
			typ = arrow.BinaryTypes.LargeString
		}
		fields = append(fields, arrow.Field{Name: strings.ToUpper(c.Name), Type: typ, Nullable: true})
	}
	b := array.NewRecordBuilder(memory.NewGoAllocator(), arrow.NewSchema(fields, nil))
	defer b.Release()
	for _, row := range rows {
		for i, v := range row {
			var err error
			switch f := b.Field(i).(type) {
			case *array.Decimal128Builder:
				typ := f.Type().(*arrow.Decimal128Type)
				var n decimal128.Num
				if n, err = decimal128.FromString(v, typ.Precision, typ.Scale); err == nil {
					f.Append(n)
				}
			default:
				if v == "" {
					f.AppendNull()
				} else {
					err = f.AppendValueFromString(v)
				}
			}
			if err != nil {
				t.Fatal(tab.Columns[i].Name, err)
			}
		}
	}
	return b.NewRecordBatch()
}

func parquetBytes(t testing.TB, batch arrow.RecordBatch, options ...parquet.WriterProperty) []byte {
	t.Helper()
	var buf bytes.Buffer
	options = append([]parquet.WriterProperty{parquet.WithMaxRowGroupLength(3)}, options...)
	w, err := pqarrow.NewFileWriter(batch.Schema(), &buf, parquet.NewWriterProperties(options...), pqarrow.DefaultWriterProps())
	if err == nil {
		err = w.WriteBuffered(batch)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// arrowBytes writes the batch twice, as a file with an index or as a stream.
func arrowBytes(t testing.TB, batch arrow.RecordBatch, stream bool, options ...ipc.Option) []byte {
	t.Helper()
	return arrowTimes(t, 2, batch, stream, options...)
}

func arrowTimes(t testing.TB, times int, batch arrow.RecordBatch, stream bool, options ...ipc.Option) []byte {
	t.Helper()
	var buf bytes.Buffer
	var err error
	options = append(options, ipc.WithSchema(batch.Schema()))
	var w interface {
		Write(arrow.RecordBatch) error
		Close() error
	}
	if stream {
		w = ipc.NewWriter(&buf, options...)
	} else if w, err = ipc.NewFileWriter(&buf, options...); err != nil {
		t.Fatal(err)
	}
	for range times {
		if err := w.Write(batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// The same rows give the same batches, whatever the format.
func TestEveryFormatGivesTheSame(t *testing.T) {
	rows := [][]string{
		claim(nil),
		claim(map[string]string{"regel_id": "r2", "volume": "0", "zorgproduct": "990003004", "bedrag": "0.05"}),
		claim(map[string]string{"regel_id": "r3", "domein": "awbz"}),
		claim(map[string]string{"regel_id": "r4", "bedrag": "-7.00"}),
		claim(map[string]string{"regel_id": "r5", "debet_credit": "C", "vorige_regel_id": "r1", "bedrag": "100000"}),
	}
	batch := typedClaims(t, rows)
	defer batch.Release()
	twice := append(slices.Clone(rows), rows...)
	text := func(rows [][]string) []byte {
		all := []string{claimsHeader()}
		for _, r := range rows {
			all = append(all, strings.Join(r, ";"))
		}
		return lines(all...)
	}
	once := readAll(t, place(t, "declaraties", "d.csv", text(rows), Source{}), Options{MaxQuarantineShare: 1})
	want := readAll(t, place(t, "declaraties", "d.csv", text(twice), Source{}), Options{MaxQuarantineShare: 1})
	if once.rules() != "4:domein:onbekend_domein 5:bedrag:bedrag_negatief" || want.err != nil {
		t.Fatal(once.rules(), want.err)
	}
	file, stream := arrowBytes(t, batch, false), arrowBytes(t, batch, true)
	// A source that writes text otherwise does not change typed values.
	dutch := Source{Decimaal: ",", Duizendtal: "."}
	for _, tc := range []struct {
		name   string
		data   []byte
		source Source
		want   result
	}{
		{"d.csv.gz", gzipped(text(rows)), Source{}, once},
		{"d.csv.zst", zstandard(text(rows)), Source{}, once},
		{"D.PARQUET", parquetBytes(t, batch), dutch, once},
		{"d.arrow", file, dutch, want},
		{"stream.arrow", stream, Source{}, want},
		{"d.arrow.gz", gzipped(file), Source{}, want},
		{"stream.arrow.zst", zstandard(stream), Source{}, want},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := readAll(t, place(t, "declaraties", tc.name, tc.data, tc.source), Options{MaxQuarantineShare: 1, PieceBytes: 200})
			if got.err != nil {
				t.Fatal(got.err)
			}
			if !slices.Equal(got.rows, tc.want.rows) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got.rows, "\n"), strings.Join(tc.want.rows, "\n"))
			}
			if got.rules() != tc.want.rules() || got.counts != tc.want.counts {
				t.Errorf("%s %+v", got.rules(), got.counts)
			}
		})
	}
}

func TestTruncatedColumnarFilesAreRefused(t *testing.T) {
	batch := typedClaims(t, [][]string{claim(nil), claim(nil), claim(nil), claim(nil), claim(nil), claim(nil), claim(nil)})
	defer batch.Release()
	for name, data := range map[string][]byte{
		"d.parquet": parquetBytes(t, batch), "d.arrow": arrowBytes(t, batch, false), "stream.arrow": arrowBytes(t, batch, true),
		"stream.arrow.gz": gzipped(arrowBytes(t, batch, true)),
	} {
		for cut := 0; cut < len(data); cut += max(1, len(data)/40) {
			res := readAll(t, place(t, "declaraties", name, data[:cut], Source{}), Options{})
			if res.err == nil {
				t.Errorf("%s cut at %d of %d was read: %d rows", name, cut, len(data), len(res.rows))
				continue
			}
			refused(t, res.err)
		}
	}
	// Between two messages only the missing mark tells.
	stream := arrowBytes(t, batch, true)
	refused(t, readAll(t, place(t, "declaraties", "s.arrow", stream[:len(stream)-8], Source{}), Options{}).err, "cut off")
}

// A damaged file gives an error or rows, never a panic.
func TestDamagedColumnarFilesDoNotPanic(t *testing.T) {
	batch := typedClaims(t, [][]string{claim(nil), claim(nil), claim(nil)})
	defer batch.Release()
	for name, data := range map[string][]byte{"d.parquet": parquetBytes(t, batch), "d.arrow": arrowBytes(t, batch, false), "s.arrow": arrowBytes(t, batch, true)} {
		for i := 0; i < len(data); i += max(1, len(data)/25) {
			damaged := slices.Clone(data)
			damaged[i] ^= 0xff
			r, err := Open(place(t, "declaraties", name, damaged, Source{}), Options{Today: today})
			if err != nil {
				refused(t, err)
				continue
			}
			for r.Next() {
			}
			if r.Err() != nil {
				refused(t, r.Err())
			}
			r.Release()
		}
	}
}

func TestFloats(t *testing.T) {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "domein", Type: arrow.BinaryTypes.String}, {Name: "jaar", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "zorgsoort", Type: arrow.BinaryTypes.String}, {Name: "aantal_personen", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "bedrag", Type: arrow.PrimitiveTypes.Int32}, {Name: "verzekerdejaren", Type: arrow.PrimitiveTypes.Float64}}, nil)
	build := func(schema *arrow.Schema) arrow.RecordBatch {
		b := array.NewRecordBuilder(memory.NewGoAllocator(), schema)
		defer b.Release()
		for i := range 2 {
			b.Field(0).(*array.StringBuilder).Append("wlz")
			b.Field(1).(*array.Float64Builder).Append(2020 + 0.5*float64(i))
			b.Field(2).(*array.StringBuilder).Append("wlz_verblijf")
			b.Field(3).(*array.Float64Builder).Append(math.NaN())
			b.Field(4).(*array.Int32Builder).Append(12)
			if schema.NumFields() > 5 {
				b.Field(5).(*array.Float64Builder).Append(1.5)
			}
		}
		return b.NewRecordBatch()
	}
	batch := build(schema)
	defer batch.Release()
	refused(t, readAll(t, place(t, "aggregaat", "a.parquet", parquetBytes(t, batch), Source{}), Options{}).err, "column verzekerdejaren", "floating-point", "decimal")

	few := build(arrow.NewSchema(schema.Fields()[:5], nil))
	defer few.Release()
	res := readAll(t, place(t, "aggregaat", "a.parquet", parquetBytes(t, few), Source{}), Options{})
	if res.err != nil || res.rules() != "3:jaar:geen_getal" || res.rows[0] != "2|wlz|2020|<null>|<null>|<null>|wlz_verblijf|<null>|<null>|12.00" {
		t.Errorf("%v %s %v", res.rows, res.rules(), res.err)
	}
}
