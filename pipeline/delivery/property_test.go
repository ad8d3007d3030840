package delivery

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// dialect is a random way to write canonical rows.
type dialect struct {
	source   Source
	crlf     bool
	bom      bool
	quoteAll bool
	ending   string
}

func drawDialect(t *rapid.T) dialect {
	d := dialect{crlf: rapid.Bool().Draw(t, "crlf"), quoteAll: rapid.Bool().Draw(t, "quote"),
		ending: rapid.SampledFrom([]string{".csv", ".csv.gz", ".csv.zst"}).Draw(t, "ending")}
	d.source = Source{
		Scheiding:  rapid.SampledFrom([]string{";", ",", "|", "\t", "~"}).Draw(t, "delimiter"),
		Decimaal:   rapid.SampledFrom([]string{".", ","}).Draw(t, "decimal"),
		Datum:      rapid.SampledFrom([]string{"jjjj-mm-dd", "dd-mm-jjjj", "jjjjmmdd", "d/m/jjjj", "jjjj-mm-dd 00:00:00"}).Draw(t, "date"),
		Tekenset:   rapid.SampledFrom([]string{"utf-8", "windows-1252", "utf-16"}).Draw(t, "charset"),
		BedragIn:   rapid.SampledFrom([]string{"euro", "cent"}).Draw(t, "unit"),
		Kolommen:   map[string]string{"aanbieder": "ZORGVERL*"},
		Duizendtal: "",
	}
	if rapid.Bool().Draw(t, "thousands") {
		d.source.Duizendtal = map[string]string{".": ",", ",": "."}[d.source.Decimaal]
	}
	d.bom = rapid.Bool().Draw(t, "bom")
	return d
}

func (d dialect) number(canonical string, unit bool) string {
	if canonical == "" {
		return ""
	}
	whole, fraction, _ := strings.Cut(canonical, ".")
	if unit && d.source.BedragIn == "cent" {
		return strings.TrimLeft(whole+fraction, "0") + map[bool]string{true: "0"}[strings.Trim(whole+fraction, "0") == ""]
	}
	if d.source.Duizendtal != "" {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + d.source.Duizendtal + whole[i:]
		}
	}
	return whole + d.source.Decimaal + fraction
}

func (d dialect) date(canonical string) string {
	if canonical == "" {
		return ""
	}
	day, err := time.Parse(time.DateOnly, canonical)
	if err != nil {
		panic(err)
	}
	layout := map[string]string{"jjjj-mm-dd": "2006-01-02", "dd-mm-jjjj": "02-01-2006", "jjjjmmdd": "20060102", "d/m/jjjj": "2/1/2006",
		"jjjj-mm-dd 00:00:00": "2006-01-02 00:00:00"}[d.source.Datum]
	return day.Format(layout)
}

func (d dialect) write(rows [][]string) []byte {
	tab, _ := TableNamed("declaraties")
	newline := "\n"
	if d.crlf {
		newline = "\r\n"
	}
	var b strings.Builder
	record := func(fields []string) {
		for i, f := range fields {
			if i > 0 {
				b.WriteString(d.source.Scheiding)
			}
			if d.quoteAll || strings.ContainsAny(f, d.source.Scheiding+"\"\n") {
				f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
			}
			b.WriteString(f)
		}
		b.WriteString(newline)
	}
	var header []string
	for _, c := range tab.Columns {
		name := strings.ToUpper(c.Name)
		if c.Name == "aanbieder" {
			name = "zorgverlener_agb"
		}
		header = append(header, name)
	}
	record(header)
	for _, row := range rows {
		out := slices.Clone(row)
		for i, c := range tab.Columns {
			switch c.Kind {
			case Date:
				out[i] = d.date(row[i])
			case Decimal:
				out[i] = d.number(row[i], c.Name == "bedrag")
			}
		}
		record(out)
	}
	text := b.String()
	var err error
	switch {
	case d.bom: // UTF-8, whatever was said of it
		text = "\ufeff" + text
	case d.source.Tekenset == "windows-1252":
		text, err = charmap.Windows1252.NewEncoder().String(text)
	case d.source.Tekenset == "utf-16":
		text, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	}
	if err != nil {
		panic(err)
	}
	switch d.ending {
	case ".csv.gz":
		return gzipped([]byte(text))
	case ".csv.zst":
		return zstandard([]byte(text))
	}
	return []byte(text)
}

func drawRow(t *rapid.T) []string {
	date := func(label string, from int) string {
		return time.Date(2000, 1, 1+from+rapid.IntRange(0, 4000).Draw(t, label), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	word := rapid.StringMatching(`([a-zA-Zé€",;|~.#'][a-zA-Z é",;|~.#']{0,8}[a-zA-Zé",;|~.#'])?`)
	return claim(map[string]string{
		"regel_id":        rapid.StringMatching(`[a-z0-9"]{1,64}`).Draw(t, "regel_id"),
		"domein":          rapid.SampledFrom(domains).Draw(t, "domein"),
		"aanbieder":       word.Draw(t, "aanbieder"),
		"begindatum":      date("begin", 0),
		"einddatum":       date("eind", 4001),
		"declaratiedatum": rapid.SampledFrom([]string{"", "2024-02-29", "2023-12-01"}).Draw(t, "declaratiedatum"),
		"volume":          rapid.SampledFrom([]string{"", "0.125", "123456789.000"}).Draw(t, "volume"),
		"bedrag":          fmt.Sprintf("%d.%02d", rapid.Int64Range(0, 999_999_999_999).Draw(t, "euro"), rapid.IntRange(0, 99).Draw(t, "cent")),
	})
}

// Canonical rows written in any dialect are read back equal.
func TestAnyDialectReadsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawDialect(rt)
		rows := rapid.SliceOfN(rapid.Custom(drawRow), 0, 5).Draw(rt, "rows")
		f := place(t, "declaraties", "x"+d.ending, d.write(rows), d.source)
		res := readAll(t, f, Options{PieceBytes: rapid.IntRange(1, 4000).Draw(rt, "piece"), Workers: rapid.IntRange(1, 4).Draw(rt, "workers")})
		if res.err != nil || len(res.quarantine) > 0 {
			rt.Fatalf("%v %s", res.err, res.rules())
		}
		if len(res.rows) != len(rows) {
			rt.Fatalf("%d rows of %d", len(res.rows), len(rows))
		}
		for i, row := range rows {
			want := slices.Clone(row)
			for j := range want {
				if want[j] == "" {
					want[j] = "<null>"
				}
			}
			if got := res.rows[i]; got != fmt.Sprintf("%d|", i+2)+strings.Join(want, "|") {
				rt.Fatalf("got\n%s\nwant\n%s", got, strings.Join(want, "|"))
			}
		}
	})
}

// The parser splits as encoding/csv does, whatever the size of the window.
func TestParserAgreesWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[a;"\n ]{0,6}`), 3, 3), 1, 20).Draw(rt, "rows")
		var buf bytes.Buffer
		w := csv.NewWriter(&buf)
		w.Comma = ';'
		if err := w.WriteAll(append([][]string{{"x", "y", "z"}}, rows...)); err != nil {
			rt.Fatal(err)
		}
		p, err := newCSVParser(&dribble{buf.Bytes(), rapid.IntRange(1, 7).Draw(rt, "step")}, ';', rapid.IntRange(1, 9).Draw(rt, "window"))
		if err != nil {
			rt.Fatal(err)
		}
		var got [][]string
		var b block
		var c piece
		for c, err = p.next(); err == nil; c, err = p.next() {
			for c.read(&b) == nil {
				for i := range b.records {
					fields, _ := b.record(i)
					var row []string
					for _, f := range fields {
						row = append(row, string(f))
					}
					got = append(got, row)
				}
			}
			c.release()
		}
		if err != io.EOF || !slices.EqualFunc(got, rows, slices.Equal[[]string]) {
			rt.Fatalf("%v: got %q want %q", err, got, rows)
		}
	})
}

// dribble gives a few bytes at a time.
type dribble struct {
	data []byte
	step int
}

func (d *dribble) Read(b []byte) (int, error) {
	if len(d.data) == 0 {
		return 0, io.EOF
	}
	n := copy(b, d.data[:min(d.step, len(d.data))])
	d.data = d.data[n:]
	return n, nil
}
