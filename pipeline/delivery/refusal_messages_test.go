package delivery

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// sheet is a delivery before it has a format: the names of the columns and the lines.
type sheet struct {
	columns []string
	lines   [][]string
}

// claimSheet has n good claims; what may not be told again begins with geheim.
func claimSheet(n int) sheet {
	tab, _ := TableNamed("declaraties")
	s := sheet{columns: tab.columnNames()}
	for i := range n {
		s.lines = append(s.lines, claim(map[string]string{"regel_id": fmt.Sprintf("geheim-%d", i), "pseudoniem": fmt.Sprintf("geheimpseudoniem%04d", i)}))
	}
	return s
}

// with gives the lines one more column, whose values repeat.
func (s sheet) with(column string, values ...string) sheet {
	wide := sheet{columns: append(slices.Clone(s.columns), column)}
	for i, line := range s.lines {
		wide.lines = append(wide.lines, append(slices.Clone(line), values[i%len(values)]))
	}
	return wide
}

// named gives a column another name.
func (s sheet) named(column, name string) sheet {
	s.columns = slices.Clone(s.columns)
	s.columns[slices.Index(s.columns, column)] = name
	return s
}

// without leaves a column out.
func (s sheet) without(column string) sheet {
	at := slices.Index(s.columns, column)
	less := sheet{columns: slices.Delete(slices.Clone(s.columns), at, at+1)}
	for _, line := range s.lines {
		less.lines = append(less.lines, slices.Delete(slices.Clone(line), at, at+1))
	}
	return less
}

// set changes one cell; line counts from 0.
func (s sheet) set(line int, column, value string) {
	s.lines[line][slices.Index(s.columns, column)] = value
}

func (s sheet) text(delimiter string) []byte {
	all := []string{strings.Join(s.columns, delimiter)}
	for _, line := range s.lines {
		all = append(all, strings.Join(line, delimiter))
	}
	return lines(all...)
}

// batch holds every column as text, as suppliers do who know no types.
func (s sheet) batch() arrow.RecordBatch {
	var fields []arrow.Field
	for _, name := range s.columns {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	b := array.NewRecordBuilder(memory.NewGoAllocator(), arrow.NewSchema(fields, nil))
	defer b.Release()
	for _, line := range s.lines {
		for i, v := range line {
			b.Field(i).(*array.StringBuilder).Append(v)
		}
	}
	return b.NewRecordBatch()
}

func (s sheet) parquet(t *testing.T) []byte {
	t.Helper()
	batch := s.batch()
	defer batch.Release()
	return parquetBytes(t, batch)
}

// arrow writes the lines once, as a file with an index or as a stream.
func (s sheet) arrow(t *testing.T, stream bool) []byte {
	t.Helper()
	batch := s.batch()
	defer batch.Release()
	return arrowTimes(t, 1, batch, stream)
}

// everyFormat writes the same lines in all forms that a supplier may send.
func (s sheet) everyFormat(t *testing.T) map[string][]byte {
	t.Helper()
	file, stream := s.arrow(t, false), s.arrow(t, true)
	return map[string][]byte{
		"d.csv": s.text(";"), "d.csv.gz": gzipped(s.text(";")), "d.csv.zst": zstandard(s.text(";")), "d.parquet": s.parquet(t),
		"d.arrow": file, "d.arrow.gz": gzipped(file), "stream.arrow": stream, "stream.arrow.zst": zstandard(stream),
	}
}

// inFormat leaves out the line of the header, which only a text has.
func inFormat(name, want string) string {
	if strings.Contains(name, ".csv") {
		return want
	}
	return strings.TrimPrefix(want, ":1")
}

// saysExactly reads a file that must be refused with this text behind its path,
// and returns what was said.
func saysExactly(t *testing.T, f File, o Options, want string) string {
	t.Helper()
	res := readAll(t, f, o)
	refused(t, res.err)
	said := res.err.Error()
	if said != f.Path+want {
		t.Errorf("it says\n%s\nand not\n%s", said, f.Path+want)
	}
	if strings.Contains(said, "geheim") {
		t.Error("shows a value")
	}
	return said
}

// The header is judged alike in every format.
func TestHeaderRefusalsInEveryFormat(t *testing.T) {
	const all = `"domein", "regel_id", "vorige_regel_id", "debet_credit", "pseudoniem", "codelijst", "prestatiecode", "productcategorie", ` +
		`"aanbiedersoort", "aanbieder", "specialisme", "zorgproduct", "verwijzer", "begindatum", "einddatum", "declaratiedatum", "volume", "eenheid", "bedrag"`
	good := claimSheet(3)
	for _, tc := range []struct {
		name   string
		sheet  sheet
		source Source
		want   string
	}{
		{
			"renamed", good.named("bedrag", "VERGOED_BEDRAG"), Source{},
			`:1: column bedrag: the column is missing; expected "bedrag"; found ` + strings.Replace(all, "bedrag", "VERGOED_BEDRAG", 1) +
				`. Ask the supplier for it, or map it in the [[bron]] of this file: kolommen = { bedrag = "vergoed_bedrag" } if that is the same thing`,
		},
		{
			"missing", good.without("bedrag"), Source{},
			`:1: column bedrag: the column is missing; expected "bedrag"; found ` + strings.Replace(all, `, "bedrag"`, "", 1) +
				`. Ask the supplier for the column, or give it one value with vast in the [[bron]] of this file`,
		},
		{
			"missing beside a name that is an address", good.without("bedrag").with("bedrag@geheim.nl", ""), Source{},
			`:1: column bedrag: the column is missing; expected "bedrag"; found ` + strings.Replace(all, `, "bedrag"`, "", 1) +
				`, "19 (its name is not shown)". Ask the supplier for the column, or give it one value with vast in the [[bron]] of this file`,
		},
		{
			"the nearest of two", good.named("regel_id", "regelnr").with("opmerking", ""), Source{},
			`:1: column regel_id: the column is missing; expected "regel_id"; found ` + strings.Replace(all, "regel_id", "regelnr", 1) +
				`, "opmerking". Ask the supplier for it, or map it in the [[bron]] of this file: kolommen = { regel_id = "regelnr" } if that is the same thing`,
		},
		{
			"mapped and missing", good.named("volume", "aantallen"), Source{Kolommen: map[string]string{"volume": "AANTAL"}},
			`:1: column volume: the column is missing; expected "AANTAL" (kolommen.volume); found ` + strings.Replace(all, "volume", "aantallen", 1) +
				`. Ask the supplier for it, or map it in the [[bron]] of this file: kolommen = { volume = "aantallen" } if that is the same thing`,
		},
		{
			"a pattern that fits two", good.with("aantal_1", "").with("aantal_2", ""), Source{Kolommen: map[string]string{"volume": "AANTAL_*"}},
			`:1: column volume: the pattern "AANTAL_*" fits 2 columns; expected one; found "aantal_1", "aantal_2". Make kolommen.volume more precise`,
		},
		{
			"a header twice", good.with(" BEDRAG ", "1"), Source{},
			`:1: column bedrag: this header is there twice; expected every name once; found it as column 19 and column 20. Ask the supplier to name the columns apart`,
		},
		{
			"no header", sheet{columns: []string{"geheim-1", "geheimpseudoniem0001"}, lines: [][]string{{"geheim-2", "geheimpseudoniem0002"}}}, Source{},
			`:1: column domein: the column is missing; expected "domein"; found 2 columns, none with a known name (not shown: the first line may hold data)` +
				`. See that the file begins with a header line, and map its columns with kolommen in a [[bron]]`,
		},
		{
			"name of the file", good, Source{UitNaam: "declaraties_{domein}_*"},
			`: the file name does not fit uit_naam "declaraties_{domein}_*". Rename the file, or correct uit_naam in the [[bron]] of this file`,
		},
		{
			"an unknown pattern of dates", good, Source{Datum: "jj-mm"},
			`: datum "jj-mm" is no pattern of dates; expected a pattern with a day (d, dd), a month (m, mm) and a year (jjjj), as in dd-mm-jjjj or jjjjmmdd. Correct datum in the [[bron]] of this file`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for name, data := range tc.sheet.everyFormat(t) {
				saysExactly(t, place(t, "declaraties", name, data, tc.source), Options{}, inFormat(name, tc.want))
			}
		})
	}
}

// Every format has its own ways to be empty, cut off, or something else.
func TestFormatRefusals(t *testing.T) {
	good := claimSheet(3000)
	few := claimSheet(7)
	text := good.text(";")
	header := few.columns
	parquet, file, stream := few.parquet(t), few.arrow(t, false), few.arrow(t, true)
	damagedGzip := gzipped(text)
	damagedGzip[len(damagedGzip)-5] ^= 0xff
	damagedZstd := zstandard(text)
	damagedZstd[len(damagedZstd)-2] ^= 0xff
	long := append(few.text(";"), []byte(`zvw;"geheim`+strings.Repeat("\ngeheim", 1<<21))...)
	utf16 := func(text string) []byte {
		var b []byte
		for _, c := range []byte(text) {
			b = append(b, c, 0)
		}
		return b
	}
	for _, tc := range []struct {
		name, file string
		data       []byte
		source     Source
		want       string
	}{
		{"empty", "d.csv", nil, Source{}, ": the file is empty; expected a header line. Ask the supplier to send the file again"},
		{"only a mark", "d.csv", []byte("\xef\xbb\xbf"), Source{}, ": the file is empty; expected a header line. Ask the supplier to send the file again"},
		{"only blank lines", "d.csv", []byte("\n\r\n\n"), Source{}, ": the file is empty; expected a header line. Ask the supplier to send the file again"},
		{"empty", "d.csv.gz", nil, Source{}, ": the file is empty; expected a whole .gz file. Ask the supplier to send the file again"},
		{"empty", "d.csv.zst", nil, Source{}, ": the file is empty; expected a whole .zst file. Ask the supplier to send the file again"},
		{"empty", "d.parquet", nil, Source{}, ": the file is empty; expected a whole .parquet file. Ask the supplier to send the file again"},
		{"empty", "d.arrow", nil, Source{}, ": the file is empty; expected a whole .arrow file. Ask the supplier to send the file again"},

		{"in the last line", "d.csv", text[:len(text)-40], Source{}, ":3001: the file is cut off half-way: its last line has no end and misses fields; expected 19 fields; found 14. Ask the supplier to send the file again"},
		{"in an open quote", "d.csv", append(few.text(";"), []byte("\"zvw;geheim")...), Source{}, ":9: the file is cut off half-way: its last record is inside an open quote. Ask the supplier to send the file again, or look for a quote that is never closed"},
		{"half-way", "d.csv.gz", gzipped(text)[:5000], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"in its first bytes", "d.csv.gz", gzipped(text)[:6], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"half-way", "d.csv.zst", zstandard(text)[:5000], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"in its first bytes", "d.csv.zst", zstandard(text)[:3], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"half-way", "d.parquet", parquet[:len(parquet)/2], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"in its first bytes", "d.parquet", parquet[:3], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"half-way", "d.arrow", file[:len(file)/2], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"in its first bytes", "d.arrow", file[:3], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"half-way", "d.arrow.gz", gzipped(file)[:len(gzipped(file))/2], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"half-way", "s.arrow", stream[:len(stream)/2], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"in a batch", "s.arrow", stream[:len(stream)-100], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"before its mark", "s.arrow", stream[:len(stream)-8], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"half-way", "s.arrow.gz", gzipped(stream)[:len(gzipped(stream))/2], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},
		{"half-way", "s.arrow.zst", zstandard(stream)[:len(zstandard(stream))/2], Source{}, ": the file is cut off half-way. Ask the supplier to send the file again"},

		{"checksum", "d.csv.gz", damagedGzip, Source{}, ": the file is damaged: its checksum does not fit its content. Ask the supplier to send the file again"},
		{"checksum", "d.csv.zst", damagedZstd, Source{}, ": the file is damaged: its checksum does not fit its content. Ask the supplier to send the file again"},
		{"text", "d.csv.gz", text, Source{}, ": the file is not the format that its name says; expected .gz; found text. Rename the file to its true format, or ask the supplier to send it again"},
		{"text", "d.csv.zst", text, Source{}, ": the file is not the format that its name says; expected .zst; found text. Rename the file to its true format, or ask the supplier to send it again"},
		{"text behind it", "d.csv.gz", append(gzipped(text), []byte("geheim and geheim")...), Source{}, ": the file is damaged: something else follows its compressed data. Ask the supplier to send the file again"},
		{"text behind it", "d.csv.zst", append(zstandard(text), []byte("geheim")...), Source{}, ": the file is damaged: something else follows its compressed data. Ask the supplier to send the file again"},
		{"a window of 2 GiB", "d.csv.zst", []byte("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00geheim"), Source{}, ": the file needs too much memory to be unpacked; expected zstd with a window of at most 128 MiB. Ask the supplier to compress the file without --long or --ultra"},
		{"nonsense within", "d.csv.zst", []byte("\x28\xb5\x2f\xfd\x00\x58\x07\x00\x00geheim"), Source{}, ": the file is damaged: its compressed data cannot be unpacked. Ask the supplier to send the file again"},
		{"encrypted Parquet", "d.parquet", []byte("PAREgeheimPARE"), Source{}, ": the file is not the format that its name says; expected .parquet; found encrypted Parquet. Rename the file to its true format, or ask the supplier to send it again"},
		{"nonsense within", "d.parquet", []byte("PAR1geheimPAR1"), Source{}, ": the library that reads its format cannot read it. The file is damaged or not the format that its name says: ask the supplier to send it again"},
		{"nonsense within", "d.arrow", []byte("ARROW1\x00\x00geheim ARROW1"), Source{}, ": the library that reads its format cannot read it. The file is damaged or not the format that its name says: ask the supplier to send it again"},
		{"nonsense within", "s.arrow", []byte("\xff\xff\xff\xff\x08\x00\x00\x00geheimgeheim"), Source{}, ": the file is damaged: its messages do not fit together. Ask the supplier to send the file again"},
		{"text", "d.parquet", text, Source{}, ": the file is not the format that its name says; expected .parquet; found text. Rename the file to its true format, or ask the supplier to send it again"},
		{"text", "d.arrow", text, Source{}, ": the file is not the format that its name says; expected .arrow; found text. Rename the file to its true format, or ask the supplier to send it again"},
		{"Arrow", "d.parquet", file, Source{}, ": the file is not the format that its name says; expected .parquet; found an Arrow file. Rename the file to its true format, or ask the supplier to send it again"},
		{"Parquet", "d.arrow", parquet, Source{}, ": the file is not the format that its name says; expected .arrow; found Parquet. Rename the file to its true format, or ask the supplier to send it again"},
		{"Parquet", "d.csv", parquet, Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found Parquet. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"Arrow", "d.csv", file, Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found an Arrow file. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"an Arrow stream", "d.csv", stream, Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found binary data. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"gzip", "d.csv", gzipped(text), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found gzip. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"zstd", "d.csv", zstandard(text), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found zstd. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"Excel", "d.csv", []byte("PK\x03\x04geheim"), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found a zip or Excel file. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"old Excel", "d.csv", []byte("\xd0\xcf\x11\xe0geheim"), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found an old Excel file. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"PDF", "d.csv", []byte("%PDF-1.7 geheim"), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found PDF. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"SQLite", "d.csv", []byte("SQLite format 3\x00geheim"), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found SQLite. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"UTF-16", "d.csv", append([]byte("\xff\xfe"), utf16(string(text))...), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found UTF-16. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"UTF-16 without its mark", "d.csv", utf16(string(text)), Source{}, ": the file is not the format that its name says; expected CSV in utf-8; found binary data. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"UTF-16 said to be Windows", "d.csv", append([]byte("\xff\xfe"), utf16(string(text))...), Source{Tekenset: "windows-1252"}, ": the file is not the format that its name says; expected CSV in windows-1252; found UTF-16. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},
		{"text said to be UTF-16", "d.csv", text, Source{Tekenset: "utf-16"}, ": the file is not the format that its name says; expected CSV in utf-16; found text in utf-8 or windows-1252. Rename the file to its true format, set tekenset in its [[bron]], or ask the supplier to send it again"},

		{"text in UTF-8 with its mark said to be UTF-16", "d.csv", append([]byte("\xef\xbb\xbf"), few.without("bedrag").text(";")...), Source{Tekenset: "utf-16"}, `:1: column bedrag: the column is missing; expected "bedrag"; found ` + strings.Replace(`"`+strings.Join(header, `", "`)+`"`, `, "bedrag"`, "", 1) + `. Ask the supplier for the column, or give it one value with vast in the [[bron]] of this file`},

		{"another delimiter", "d.csv", few.text(","), Source{}, `:1: column domein: the column is missing; expected "domein"; found 1 column, none with a known name (not shown: the first line may hold data). The first line has "," in it: set scheiding = "," in the [[bron]] of this file`},
		{"another delimiter", "d.csv.gz", gzipped(few.text("\t")), Source{}, `:1: column domein: the column is missing; expected "domein"; found 1 column, none with a known name (not shown: the first line may hold data). The first line has "\t" in it: set scheiding = "\t" in the [[bron]] of this file`},
		{"a header in loose quotes", "d.csv", lines(`"domein"geheim;` + strings.Join(header[1:], ";")), Source{}, ":1: the header line is not well quoted. Ask the supplier to send the file again"},
		{"a record without an end", "d.csv", long, Source{}, ":9: a record is longer than 4 MiB. Look for a quote that is opened on this line and never closed"},
	} {
		t.Run(tc.name+" "+tc.file, func(t *testing.T) {
			saysExactly(t, place(t, "declaraties", tc.file, tc.data, tc.source), Options{}, tc.want)
			if ext := filepath.Ext(tc.file); ext == ".csv" || ext == ".arrow" { // the same within a whole compressed file
				saysExactly(t, place(t, "declaraties", tc.file+".gz", gzipped(tc.data), tc.source), Options{}, tc.want)
				saysExactly(t, place(t, "declaraties", tc.file+".zst", zstandard(tc.data), tc.source), Options{}, tc.want)
			}
		})
	}
	gone := place(t, "declaraties", "d.csv", nil, Source{})
	gone.Absolute = filepath.Join(t.TempDir(), "d.csv")
	saysExactly(t, gone, Options{}, ": the file cannot be opened: no such file or directory. See that it exists and may be read")
}
