package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const testPassword = "wijk én buurt 2024"

// lockedRegion is a small region of which one workbook gets a password.
func lockedRegion(t *testing.T) *Config {
	t.Helper()
	c := gateRegion(t)
	settings, err := os.ReadFile(c.path)
	if err != nil {
		t.Fatal(err)
	}
	settings = append(settings, `
[[ontvanger]]
naam = "vgz"
eigen_domeinen = ["zvw", "wlz"]
wachtwoord_bestand = "wachtwoord"

[[ontvanger]]
naam = "gemeente"
eigen_domeinen = ["wmo", "jeugdwet", "participatiewet"]
`...)
	for path, content := range map[string]string{c.path: string(settings), filepath.Join(c.ConfigDir(), "wachtwoord"): testPassword + "\nniet dit\n"} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if c, err = ReadConfig(c.path); err != nil {
		t.Fatal(err)
	}
	return c
}

// opened gives the workbook under the password.
func opened(t *testing.T, raw []byte) []byte {
	t.Helper()
	for _, part := range []string{"PK\x03\x04", "xl/worksheets", "[Content_Types]", "Samenvatting"} {
		if bytes.Contains(raw, []byte(part)) {
			t.Errorf("%q stands in the encrypted file", part)
		}
	}
	for _, wrong := range []string{"", "wijk", testPassword + " "} {
		if f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{Password: wrong}); err == nil {
			t.Errorf("it opens with %q: %v", wrong, f.GetSheetList())
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{Password: testPassword})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // only read
	if sheets := f.GetSheetList(); len(sheets) < 10 {
		t.Errorf("it has the sheets %v", sheets)
	}
	plain, err := excelize.Decrypt(raw, &excelize.Options{Password: testPassword})
	if err != nil {
		t.Fatal(err)
	}
	return plain[:bytes.LastIndex(plain, []byte("PK\x05\x06"))+22] // the end of a zip: behind it is what the cipher fills up
}

// TestAPasswordIsPutOnTheWorkbook: the workbook of one recipient opens with the password alone, tonight, in a release and in a
// report, and is under it the same as without.
func TestAPasswordIsPutOnTheWorkbook(t *testing.T) {
	t.Parallel()
	c := lockedRegion(t)
	night, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	const vgz, other = "arrangementenmonitor-vgz.xlsx", "arrangementenmonitor-gemeente.xlsx"
	books := contents(t, night.Workbooks)
	plain := opened(t, books[vgz])
	if !bytes.HasPrefix(books[other], []byte("PK")) {
		t.Error("the other workbook has a password too")
	}
	if info, err := os.Stat(night.Workbooks[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	remade := again(t, c, night.Run)
	if !bytes.Equal(opened(t, remade[vgz]), plain) || !bytes.Equal(remade[other], books[other]) {
		t.Error("made again the workbooks are others")
	}
	released, err := Release(t.Context(), c, gateEnv(2, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	opened(t, contents(t, released.Workbooks)[vgz])

	c.Ontvanger[0].password = ""
	if _, err := Report(t.Context(), c, gateEnv(9, nil), night.Run); KindOf(err) != Misuse || !strings.Contains(err.Error(), "the workbook of vgz had a password in run ") {
		t.Errorf("without the password the report ended with %v", err)
	}
}

// TestNothingUnencryptedIsLeftOfARefusedNight: the workbooks that the gate sets aside have their password too.
func TestNothingUnencryptedIsLeftOfARefusedNight(t *testing.T) {
	t.Parallel()
	c := lockedRegion(t)
	reports := filepath.Join(c.WorkDir(), "rapporten")
	night, err := gateNight(c, 1, func() {
		tamper(t, staged(filepath.Join(reports, "arrangementenmonitor-vgz.xlsx")), "xl/worksheets/sheet6.xml", func(s string) string {
			return strings.Replace(s, "<v>20", "<v>9876543210", 1)
		})
	})
	if KindOf(err) != GateRefused {
		t.Fatalf("the night ended with %v, want a refusal by the gate", err)
	}
	raw, err := os.ReadFile(filepath.Join(c.WorkDir(), "runs", night.Run, "arrangementenmonitor-vgz.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	opened(t, raw)
	if left, err := os.ReadDir(reports); err != nil || len(left) != 1 || left[0].Name() != refusalFile {
		t.Errorf("in rapporten/ is %v (%v)", left, err)
	}
}

func TestAPasswordFileIsOnlyForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wachtwoord")
	for _, c := range []struct {
		name, content string
		mode          os.FileMode
		want, said    string
	}{
		{"a line", "geheim\n", 0o600, "geheim", ""},
		{"a line of Windows, and more", " ge heim\r\nmeer\r\n", 0o400, " ge heim", ""},
		{"no end of line", "geheim", 0o600, "geheim", ""},
		{"empty", "", 0o600, "", "has 0 characters"},
		{"an empty first line", "\ngeheim\n", 0o600, "", "has 0 characters"},
		{"too long", strings.Repeat("a", 256), 0o600, "", "has 256 characters"},
		{"the group can read it", "geheim\n", 0o640, "", "(mode 640): give it to its owner alone, with chmod 600"},
		{"everybody can", "geheim\n", 0o604, "", "(mode 604)"},
	} {
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		got, err := readPassword(path)
		if got != c.want || (err == nil) != (c.said == "") || err != nil && (!strings.Contains(err.Error(), c.said) || strings.Contains(err.Error(), "geheim")) {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}
