package delivery

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data) // a buffer takes everything
	z.Close()
	return b.Bytes()
}

func zstandard(data []byte) []byte {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return z.EncodeAll(data, nil)
}

func manyClaims(n int) []byte {
	all := []string{claimsHeader()}
	for i := range n {
		all = append(all, strings.Join(claim(map[string]string{"regel_id": fmt.Sprintf("r%d", i), "aanbieder": fmt.Sprintf("%x", i*i*7919)}), ";"))
	}
	return lines(all...)
}

func TestRefusedFiles(t *testing.T) {
	good := manyClaims(3000)
	header := claimsHeader()
	secret := "geheim-0123456789abcdef"
	for _, tc := range []struct {
		name, file string
		data       []byte
		source     Source
		want       []string
	}{
		{"empty", "d.csv", nil, Source{}, []string{"is empty"}},
		{"column missing", "d.csv", lines(strings.Replace(header, "regel_id", "regelnr", 1), "x"), Source{}, []string{"d.csv:1", "column regel_id", "missing", `"regelnr"`, "kolommen = { regel_id"}},
		{"mapped column missing", "d.csv", lines(strings.Replace(header, "volume", "aantallen", 1)), Source{Kolommen: map[string]string{"volume": "AANTAL"}}, []string{`"AANTAL" (kolommen.volume)`, `volume = "aantallen"`}},
		{"header twice", "d.csv", lines(header + ";BEDRAG "), Source{}, []string{"column bedrag", "twice", "column 19 and column 20"}},
		{"other delimiter", "d.csv", lines(strings.ReplaceAll(header, ";", ",")), Source{}, []string{`scheiding = ","`}},
		{"no header", "d.csv", lines(secret + ";x;y"), Source{}, []string{"not shown"}},
		{"no header, double values", "d.csv", lines(secret + ";" + secret), Source{}, []string{"not shown"}},
		{"ambiguous pattern", "d.csv", lines(header + ";x1;x2"), Source{Kolommen: map[string]string{"volume": "x*"}}, []string{"fits 2 columns"}},
		{"gzip cut off", "d.csv.gz", gzipped(good)[:5000], Source{}, []string{"cut off"}},
		{"zstd cut off", "d.csv.zst", zstandard(good)[:len(zstandard(good))-7], Source{}, []string{"cut off"}},
		{"csv cut off", "d.csv", good[:len(good)-40], Source{}, []string{"cut off", "19 fields"}},
		{"open quote", "d.csv", append(good, []byte(`"zvw;r`)...), Source{}, []string{"open quote", ":3002"}},
		{"not gzip", "d.csv.gz", good, Source{}, []string{"not the format"}},
		{"not zstd", "d.csv.zst", good, Source{}, []string{"not the format"}},
		{"gzip named csv", "d.csv", gzipped(good), Source{}, []string{"not the format", "gzip"}},
		{"xlsx named csv", "d.csv", []byte("PK\x03\x04...."), Source{}, []string{"Excel"}},
		{"utf-16 named csv", "d.csv", []byte("\xff\xfed\x00"), Source{}, []string{"UTF-16", "tekenset"}},
		{"csv named parquet", "d.parquet", good, Source{}, []string{".parquet"}},
		{"csv named arrow", "d.arrow", good, Source{}, []string{".arrow"}},
		{"empty gz", "d.csv.gz", nil, Source{}, []string{"is empty"}},
		{"empty zst", "d.csv.zst", nil, Source{}, []string{"is empty"}},
		{"name does not fit", "d.csv", good, Source{UitNaam: "vektis_{jaar}.csv"}, []string{"uit_naam"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := readAll(t, place(t, "declaraties", tc.file, tc.data, tc.source), Options{})
			refused(t, res.err, tc.want...)
			if strings.Contains(res.err.Error(), "0123456789") {
				t.Errorf("shows a value: %s", res.err)
			}
		})
	}
}

func refused(t *testing.T, err error, want ...string) {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) {
		t.Fatalf("not refused: %v", err)
	}
	if r.File == "" || r.Advice == "" {
		t.Errorf("a refusal names its file and what to do: %+v", r)
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q is not in: %s", w, err)
		}
	}
}

func TestQuarantineShare(t *testing.T) {
	file := func(good, bad int, amount string) []byte {
		all := []string{claimsHeader()}
		for range good {
			all = append(all, strings.Join(claim(nil), ";"))
		}
		for range bad {
			all = append(all, strings.Join(claim(map[string]string{"domein": "x", "bedrag": amount}), ";"))
		}
		return lines(all...)
	}
	for _, tc := range []struct {
		name      string
		good, bad int
		amount    string
		refuse    bool
	}{
		{"four bad lines", 0, 4, "1", false},
		{"five bad lines of five", 0, 5, "1", true},
		{"one percent", 495, 5, "1", false},
		{"more than one percent", 400, 5, "1", true},
		{"few lines, many euros", 995, 5, "100000", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res := readAll(t, place(t, "declaraties", "declaraties.csv", file(tc.good, tc.bad, tc.amount), Source{}), Options{PieceBytes: 10_000})
			if !tc.refuse {
				if res.err != nil {
					t.Error(res.err)
				}
				return
			}
			refused(t, res.err, "onbekend_domein 5", "5 of")
		})
	}
}

func TestManifestIsChecked(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	created := time.Date(2024, 1, 30, 0, 0, 0, 0, time.UTC)
	f := place(t, "declaraties", "declaraties.csv", manyClaims(2), Source{})
	for _, tc := range []struct {
		m    Manifest
		want string
	}{
		{Manifest{Regels: n(2), Totaal: n(246900)}, ""},
		{Manifest{Regels: n(3)}, "number of lines"},
		{Manifest{Totaal: n(246901)}, "2469.01"},
	} {
		f.Manifest = &tc.m
		res := readAll(t, f, Options{})
		if tc.want == "" {
			if res.err != nil {
				t.Error(res.err)
			}
			continue
		}
		refused(t, res.err, tc.want)
	}
	f.Manifest = &Manifest{Aangemaakt: &created}
	if res := readAll(t, f, Options{}); res.rules() != "2:begindatum:begindatum_na_levering 3:begindatum:begindatum_na_levering" {
		t.Errorf("%s", res.rules())
	}
}

// A stretch of nothing but bad lines ends the reading, also behind many good ones: no line of it may be left out
// of the counts of a file that is loaded.
func TestHopelessStretchIsRefused(t *testing.T) {
	data := append(manyClaims(250_000), bytes.Repeat([]byte("x\n"), 2*hopelessQuarantine)...)
	res := readAll(t, place(t, "declaraties", "d.csv", data, Source{}), Options{MaxQuarantineShare: 1})
	refused(t, res.err, "too much of the file breaks the contract")
}

// brokenParser stands for a library that panics when it cuts or when it splits,
// and again when it is closed.
type brokenParser struct {
	parser
	cuts bool
}

func (b brokenParser) next() (piece, error) {
	if b.cuts {
		return brokenPiece{}, nil
	}
	panic("index out of range")
}

func (brokenParser) close() { panic("closed in disorder") }

type brokenPiece struct{}

func (brokenPiece) read(*block) error { panic("index out of range") }
func (brokenPiece) release()          {}

func TestPanicBecomesARefusal(t *testing.T) {
	for _, cuts := range []bool{false, true} {
		mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
		r, err := Open(place(t, "declaraties", "d.csv", manyClaims(3), Source{}), Options{Allocator: mem, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		r.parser = brokenParser{r.parser, cuts}
		for range 2 {
			if r.Next() {
				t.Error("a batch after a panic")
			}
		}
		refused(t, r.Err(), "broke the library")
		r.Release()
		mem.AssertSize(t, 0)
	}
}

func TestProgressAndEarlyRelease(t *testing.T) {
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer mem.AssertSize(t, 0)
	data := manyClaims(3000)
	var last int64
	r, err := Open(place(t, "declaraties", "d.csv", data, Source{}), Options{Allocator: mem, Today: today, PieceBytes: 10_000,
		Progress: func(n int64) {
			if n < last {
				t.Errorf("%d after %d", n, last)
			}
			last = n
		}})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Next() || r.RecordBatch().NumRows() >= 3000 {
		t.Fatal(r.Err())
	}
	r.Release()
	if last <= 0 || last > int64(len(data)) {
		t.Errorf("%d of %d bytes", last, len(data))
	}
	if _, err := Open(place(t, "declaraties", "e.csv", nil, Source{}), Options{Allocator: mem}); err == nil {
		t.Error("an empty file was opened")
	}
	gone := place(t, "declaraties", "d.csv", data, Source{})
	gone.Absolute += "x"
	_, err = Open(gone, Options{Allocator: mem})
	refused(t, err, "cannot be opened")
}
