package delivery

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
)

// batches are the seeds of the typed formats: texts, and a type for each column.
func batches(f *testing.F) []arrow.RecordBatch {
	f.Helper()
	few := claimSheet(3)
	for _, c := range few.columns {
		tab, _ := TableNamed("declaraties")
		if !tab.Columns[tab.columnIndex(c)].Required && c != "bedrag" {
			few = few.without(c)
		}
	}
	typed := typedClaims(f, [][]string{claim(nil), claim(map[string]string{"domein": "awbz", "volume": "0"}), claim(map[string]string{"bedrag": "0.01"})})
	text := few.batch()
	f.Cleanup(typed.Release)
	f.Cleanup(text.Release)
	return []arrow.RecordBatch{text, typed}
}

// everyRow proves that the rows of a typed file were read from the first to the last.
func everyRow(t *testing.T, res result) {
	t.Helper()
	if res.err != nil {
		return
	}
	for i, line := range linesOf(t, res) {
		if line != int64(i+2) {
			t.Fatalf("row %d is told to be line %d", i, line)
		}
	}
}

func FuzzParquet(f *testing.F) {
	dir := f.TempDir()
	for _, batch := range batches(f) {
		for _, codec := range []compress.Compression{compress.Codecs.Uncompressed, compress.Codecs.Snappy, compress.Codecs.Zstd, compress.Codecs.Gzip} {
			f.Add(parquetBytes(f, batch, parquet.WithCompression(codec), parquet.WithMaxRowGroupLength(2),
				parquet.WithDictionaryDefault(codec != compress.Codecs.Snappy)), uint8(1))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, workers uint8) {
		everyRow(t, readTwice(t, written(t, dir, "d.parquet", data, Source{}), Options{}, 1, 1+int(workers%3)))
	})
}

// fuzzArrow reads the bytes as they are and packed, which must come to the same.
func fuzzArrow(f *testing.F, stream bool) {
	f.Helper()
	dir := f.TempDir()
	for _, batch := range batches(f) {
		for i, o := range [][]ipc.Option{nil, {ipc.WithZstd()}, {ipc.WithLZ4()}} {
			f.Add(arrowBytes(f, batch, stream, o...), uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, packing uint8) {
		res := readTwice(t, written(t, dir, "d.arrow", data, Source{}), Options{}, 1, 1+int(packing/3%3))
		everyRow(t, res)
		name, packed := "d.arrow.gz", gzipped
		switch packing % 3 {
		case 0:
			return
		case 1:
			name, packed = "d.arrow.zst", zstandard
		}
		again := readTwice(t, written(t, dir, name, packed(data), Source{}), Options{}, 1, 2)
		if (res.err == nil) != (again.err == nil) || res.err == nil && !res.sameAs(again) {
			t.Errorf("packed it is %+v and not %+v", again, res)
		}
	})
}

func FuzzArrowFile(f *testing.F) { fuzzArrow(f, false) }

func FuzzArrowStream(f *testing.F) { fuzzArrow(f, true) }

// TestArrowClaims writes a large number over every place of a file: a
// list of that length must be refused, as asking for it would end the program.
func TestArrowClaims(t *testing.T) {
	dir := t.TempDir()
	s := sheet{columns: []string{"domein", "bedrag"}, lines: [][]string{{"zvw", "1"}}}
	for _, stream := range []bool{false, true} {
		data := s.arrow(t, stream)
		for at := 0; at+4 <= len(data); at += 4 {
			other := slices.Clone(data)
			binary.LittleEndian.PutUint32(other[at:], 0x3fffffff)
			if res := readBounded(t, written(t, dir, "d.arrow", other, Source{}), Options{}); res.err != nil {
				refused(t, res.err)
			}
		}
	}
}
