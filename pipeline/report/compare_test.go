package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// comparedBook gives the bytes of a small workbook.
func comparedBook(t *testing.T) []byte {
	t.Helper()
	tables := madeUp().tables()
	raw, err := os.ReadFile(write(t, bookOf(t, tables[0], tables[6])))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func opened(t *testing.T, raw []byte, passwords ...string) *Opened {
	t.Helper()
	o, err := Open(raw, passwords, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// differences lists all in which a workbook differs from the one that was made.
func differences(t *testing.T, got, made *Opened) (out []Difference, cells int64) {
	t.Helper()
	cells, err := got.Compare(made, func(d Difference) bool {
		out = append(out, d)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, cells
}

// rezip writes a workbook again with one part changed.
func rezip(t *testing.T, raw []byte, part string, change func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			text = []byte(change(string(text)))
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// content is what a cell of ours holds: a number, the place of a shared text, or a text.
var content = regexp.MustCompile(`<c r="([A-Z]+\d+)"[^>]*>(?:<v>([^<]*)</v>|<is><t[^>]*>([^<]*)</t></is>)`)

// changeOne changes one random cell of a sheet and gives its name.
func changeOne(r *rand.Rand, sheet string) (changed, cell string) {
	all := content.FindAllStringSubmatchIndex(sheet, -1)
	m := all[r.IntN(len(all))]
	from, to := m[4], m[5]
	if from < 0 {
		from, to = m[6], m[7]
	}
	value := sheet[from:to]
	switch {
	case value == "":
		value = "7"
	case strings.ContainsAny(value[:1], "0123456789"):
		value = string('0'+(value[0]-'0'+1)%10) + value[1:]
	default:
		value = "Z" + value
	}
	return sheet[:from] + value + sheet[to:], sheet[m[2]:m[3]]
}

// TestEveryChangedCellIsFound changes one random cell of a random sheet, two hundred times: just that cell is named.
func TestEveryChangedCellIsFound(t *testing.T) {
	raw := comparedBook(t)
	made := opened(t, raw)
	r := rand.New(rand.NewPCG(3, 4))
	sheets := made.file.GetSheetList()
	for range 200 {
		nr := r.IntN(len(sheets))
		var cell string
		changed := rezip(t, raw, fmt.Sprintf("xl/worksheets/sheet%d.xml", nr+1), func(s string) string {
			s, cell = changeOne(r, s)
			return s
		})
		o := opened(t, changed)
		if o.Is(raw) {
			t.Fatalf("sheet %d, %s: it has the bytes of the one that was made", nr+1, cell)
		}
		found, _ := differences(t, o, made)
		if len(found) != 1 || found[0].Cell != cell {
			t.Errorf("sheet %d, %s was changed; found: %v", nr+1, cell, found)
		}
	}
}

// TestAnUntouchedWorkbookHasNoDifference, not when another program saved it again either, nor behind a password.
func TestAnUntouchedWorkbookHasNoDifference(t *testing.T) {
	raw := comparedBook(t)
	made := opened(t, raw)
	if !opened(t, raw).Is(raw) {
		t.Error("a copy has other bytes")
	}
	secret, err := excelize.Encrypt(raw, &excelize.Options{Password: "geheim"})
	if err != nil {
		t.Fatal(err)
	}
	if !opened(t, secret, "anders", "geheim").Is(raw) {
		t.Error("behind its password it has other bytes")
	}
	if _, err := Open(secret, []string{"anders"}, t.TempDir()); err == nil || !strings.Contains(err.Error(), ErrPassword.Error()) {
		t.Errorf("without its password: %v", err)
	}
	if _, err := Open([]byte("geen werkboek"), nil, t.TempDir()); err == nil {
		t.Error("a text opens as a workbook")
	}

	var again bytes.Buffer
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write(&again); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	saved := opened(t, again.Bytes())
	found, cells := differences(t, saved, made)
	if saved.Is(raw) || len(found) > 0 || cells < 1000 {
		t.Errorf("saved again: same bytes %v, %d cells, %v", saved.Is(raw), cells, found)
	}
}

// TestASheetThatIsGoneOrNewIsFound: by its name.
func TestASheetThatIsGoneOrNewIsFound(t *testing.T) {
	raw := comparedBook(t)
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	gone := f.GetSheetList()[3]
	if err := f.DeleteSheet(gone); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Meer"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	found, _ := differences(t, opened(t, out.Bytes()), opened(t, raw))
	want := []Difference{{Sheet: "Meer", Got: "Meer"}, {Sheet: gone, Want: gone}}
	if len(found) < 2 || found[0] != want[0] || found[1] != want[1] {
		t.Errorf("found %v, not %v", found, want)
	}
}

// TestAWorkbookSaysWhatItWasMadeFrom: its reference, and the deliveries on its last sheet.
func TestAWorkbookSaysWhatItWasMadeFrom(t *testing.T) {
	book := bookOf(t, madeUp().tables()...)
	identifier, proof, err := opened(t, comparedBook(t)).Says()
	if err != nil || identifier != book.Fingerprint {
		t.Errorf("identifier %q, %v", identifier, err)
	}
	var files []string
	for _, line := range proof {
		if file, hash, ok := DeliveryLine(line); ok {
			files = append(files, file+" "+hash)
		}
	}
	if len(files) != len(book.Deliveries) || files[1] != "vgz/declaraties_2016.csv.gz 111111111111" {
		t.Errorf("deliveries: %q", files)
	}
}
