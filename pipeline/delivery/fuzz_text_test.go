package delivery

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// textForm is a way to write text, drawn from one number. With breed in it the
// table is aggregaat, else declaraties.
func textForm(n uint16) (s Source, encoded, headed bool) {
	pick := func(of ...string) string {
		one := of[int(n)%len(of)]
		n /= uint16(len(of))
		return one
	}
	s = Source{
		Scheiding: pick(";", ",", "|", "\t", "~"), Decimaal: pick(".", ","), Tekenset: pick("utf-8", "windows-1252", "utf-16"),
		Datum: pick("jjjj-mm-dd", "d/m/jjjj", "jjjjmmdd"), BedragIn: pick("euro", "cent"), Duizendtal: pick("", "'", " "),
	}
	encoded, headed = pick("as it is", "encoded") == "encoded", pick("headed", "bare") == "headed"
	if pick("long", "wide") == "wide" {
		s.Vast = map[string]string{"domein": "zvw", "jaar": "2019"}
		s.Breed, s.BreedOverig = map[string]Patterns{"farmacie": {"kosten_farmacie"}, "huisarts": {"kosten_huisarts_*"}}, "kosten_*"
	}
	return s, encoded, headed
}

// textFile gives the bytes of a file, and the text that they stand for.
func textFile(t *testing.T, body []byte, s Source, encoded, headed bool) (data, text []byte) {
	t.Helper()
	names := claimsHeader()
	if s.Breed != nil {
		names = "gebied;kosten_farmacie;kosten_huisarts_consult;kosten_huisarts_overig;kosten_overig"
	}
	header := []byte(strings.ReplaceAll(names, ";", s.Scheiding) + "\n")
	if !headed {
		header = nil
	}
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	if s.Tekenset == "utf-16" {
		var err error
		if encoded {
			data, err = utf16.NewEncoder().Bytes(append(header, body...))
		} else if data, err = utf16.NewEncoder().Bytes(header); err == nil {
			data = append(data, body...)
		}
		if err != nil {
			t.Fatal(err)
		}
	} else {
		data = append(header, body...)
	}
	decode := func(bytes []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return bytes
	}
	mark := []byte("\xef\xbb\xbf")
	switch {
	case bytes.HasPrefix(data, mark):
		text = data[len(mark):]
	case s.Tekenset == "utf-16":
		text = decode(utf16.NewDecoder().Bytes(data))
	case s.Tekenset == "windows-1252":
		text = decode(charmap.Windows1252.NewDecoder().Bytes(data))
	default:
		text = data
	}
	return data, text
}

// recordLines tells, byte by byte, on which line every record begins that is not
// blank, and whether the text ends within quotes.
func recordLines(text []byte, delimiter byte) (lines []int64, open bool) {
	line, begin := int64(1), int64(1)
	length, last := 0, byte(0) // of the record so far
	fieldStart, quoted := true, false
	end := func() {
		if length > 1 || length == 1 && last != '\r' {
			lines = append(lines, begin)
		}
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\n' {
			line++
		}
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			i++
			length++
		case quoted && c == '"':
			quoted = false
		case quoted:
		case c == '"' && fieldStart:
			quoted = true
		case c == '\n':
			end()
			begin, length, last, fieldStart = line, 0, 0, true
			continue
		}
		fieldStart = !quoted && c == delimiter
		length, last = length+1, c
	}
	end()
	return lines, quoted
}

func addTexts(f *testing.F, add func(body []byte)) {
	f.Helper()
	good := strings.Join(claim(nil), ";")
	for _, body := range []string{
		good + "\n", good + "\r\n\r\n" + strings.Join(claim(map[string]string{"bedrag": "-1", "regel_id": "\"a\"\"b\nc\""}), ";") + "\n",
		"x;\"y\nz\"\r\n", good + "\n\n\"", "\"\"\"\";a\n", "\"a\"b;\"\n\"\n", "\xef\xbb\xbfdomein\n\n\r\n\r", "\xff\xfea\x00\n\x00", strings.Repeat(good+"\n", 4), "\xe9;\x80\n", "DORP;1;2;-2;0.5\nDORP;;;;\n;x;0;0;1\n",
	} {
		add([]byte(body))
	}
}

// FuzzCSV: every record of a text is loaded or in quarantine, under its own line.
func FuzzCSV(f *testing.F) {
	dir := f.TempDir()
	addTexts(f, func(body []byte) {
		for _, form := range []uint16{0, 540, 10, 20, 560, 1, 13, 2160, 2161} {
			f.Add(body, form, uint16(100), uint8(1))
		}
	})
	f.Fuzz(func(t *testing.T, body []byte, form, piece uint16, workers uint8) {
		s, encoded, headed := textForm(form)
		data, text := textFile(t, body, s, encoded, headed)
		file := written(t, dir, "d.csv", data, s)
		if s.Breed != nil {
			file.Table, _ = TableNamed("aggregaat")
		}
		res := readTwice(t, file, Options{}, 1+int(piece), 1+int(workers%3))
		if res.err != nil {
			return
		}
		want, open := recordLines(text, s.Scheiding[0])
		if open || len(want) == 0 || !slices.Equal(linesOf(t, res), want[1:]) {
			t.Errorf("read are %v and not %v; within quotes %v", linesOf(t, res), want, open)
		}
	})
}

// fuzzPacked damages a packed text: it is refused, or read as if nothing was wrong.
func fuzzPacked(f *testing.F, name string, pack func([]byte) []byte) {
	f.Helper()
	dir := f.TempDir()
	addTexts(f, func(body []byte) {
		f.Add(body, false, uint16(0), uint16(0), uint8(0), uint8(0))
		f.Add(body, false, uint16(3), uint16(0), uint8(0), uint8(1))
		f.Add(body, false, uint16(0), uint16(40), uint8(4), uint8(2))
		f.Add(pack(append([]byte(claimsHeader()+"\n"), body...)), true, uint16(0), uint16(0), uint8(0), uint8(3))
	})
	f.Fuzz(func(t *testing.T, body []byte, raw bool, cut, at uint16, flip, workers uint8) {
		if raw {
			readTwice(t, written(t, dir, name, body, Source{}), Options{}, 300, 1+int(workers%3))
			return
		}
		text := append([]byte(claimsHeader()+"\n"), body...)
		packed := pack(text)
		whole := slices.Clone(packed)
		packed = packed[:len(packed)-min(int(cut), len(packed))]
		if len(packed) > 0 {
			packed[int(at)%len(packed)] ^= flip
		}
		want := readTwice(t, written(t, dir, "d.csv", text, Source{}), Options{}, 300, 1+int(workers%3))
		got := readTwice(t, written(t, dir, name, packed, Source{}), Options{}, 300, 1+int(workers%3))
		switch {
		case got.err != nil && (want.err == nil && bytes.Equal(packed, whole)):
			t.Errorf("whole and refused: %v", got.err)
		case got.err != nil:
		case want.err != nil || !got.sameAs(want):
			t.Errorf("damaged and read as %+v, not %+v", got, want)
		}
	})
}

func FuzzGzip(f *testing.F) { fuzzPacked(f, "d.csv.gz", gzipped) }

func FuzzZstd(f *testing.F) { fuzzPacked(f, "d.csv.zst", zstandard) }
