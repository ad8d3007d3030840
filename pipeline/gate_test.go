package pipeline

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline/synthetic"
)

// meddler does something to the workbooks when they are written and not yet judged.
type meddler struct {
	Silent
	stage string
	with  func()
}

func (m *meddler) Stage(name string, _ int64) { m.stage = name }

func (m *meddler) Done() {
	if m.stage == "report" && m.with != nil {
		m.with()
	}
}

// gateNight runs a night, and does something between the report and the gate.
func gateNight(c *Config, day int, with func()) (*Night, error) {
	return Run(context.Background(), c, gateEnv(day, with))
}

func gateEnv(day int, with func()) Env {
	return Env{
		Now: func() time.Time { return time.Date(2024, 7, day, 0, 0, 0, 0, time.UTC) }, Progress: &meddler{with: with}, Version: "test",
	}
}

// gateRegion is a small synthetic region.
func gateRegion(t *testing.T) *Config { return syntheticRegion(t, 1000) }

// syntheticRegion is a synthetic region of so many people.
func syntheticRegion(t *testing.T, people int) *Config {
	t.Helper()
	dir := t.TempDir()
	if _, err := synthetic.Write(context.Background(), dir, synthetic.Options{People: people, FirstYear: 2016, LastYear: 2017, Seed: 3, Format: "csv"}); err != nil {
		t.Fatal(err)
	}
	c, err := ReadConfig(filepath.Join(dir, "ontschot.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// tamper changes the text of one part of a workbook.
func tamper(t *testing.T, path, part string, change func(string) string) {
	t.Helper()
	in, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	changed := false
	for _, f := range in.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			after := change(string(body))
			changed = after != string(body)
			body = []byte(after)
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), in.Close()); err != nil {
		t.Fatal(err)
	}
	if !changed {
		t.Fatalf("nothing was changed in %s", part)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestARefusedWorkbookIsNotPublished slips a number into one workbook after it was written: both are set aside, the
// workbooks of the night before stay, and the next good night forgets it.
func TestARefusedWorkbookIsNotPublished(t *testing.T) {
	t.Parallel()
	const secret = "987654321"
	c := gateRegion(t)
	if _, err := gateNight(c, 1, nil); err != nil {
		t.Fatal(err)
	}
	reports := filepath.Join(c.WorkDir(), "rapporten")
	yesterday, err := os.ReadFile(filepath.Join(reports, "arrangementenmonitor-gemeente.xlsx"))
	if err != nil {
		t.Fatal(err)
	}

	c.content = "anders" // so that the night has something to do
	refusing, refused := gateNight(c, 2, func() {
		tamper(t, staged(filepath.Join(reports, "arrangementenmonitor-vgz.xlsx")), "xl/worksheets/sheet6.xml", func(s string) string {
			return strings.Replace(s, "<v>20", "<v>"+secret+"0", 1)
		})
	})
	if KindOf(refused) != GateRefused {
		t.Fatalf("the night ended with %v, want a refusal by the gate", refused)
	}
	for _, name := range []string{"arrangementenmonitor-gemeente.xlsx", "arrangementenmonitor-vgz.xlsx"} {
		info, err := os.Stat(filepath.Join(c.WorkDir(), "runs", refusing.Run, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o", name, info.Mode().Perm())
		}
	}
	still, err := os.ReadFile(filepath.Join(reports, "arrangementenmonitor-gemeente.xlsx"))
	if err != nil || !bytes.Equal(yesterday, still) {
		t.Errorf("the workbook of the night before is not as it was (%v)", err)
	}
	why, readErr := os.ReadFile(filepath.Join(reports, refusalFile))
	if readErr != nil {
		t.Fatal(readErr)
	}
	info, statErr := os.Stat(filepath.Join(reports, refusalFile))
	if statErr != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %v (%v)", refusalFile, info.Mode(), statErr)
	}
	manifest, readErr := os.ReadFile(filepath.Join(c.WorkDir(), "runs", refusing.Run, "manifest.json"))
	if readErr != nil {
		t.Fatal(readErr)
	}
	for what, text := range map[string]string{"the file": string(why), "the error": refused.Error(), "the manifest": string(manifest)} {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds the value", what)
		}
		if !strings.Contains(text, "arrangementenmonitor-vgz.xlsx") && !strings.Contains(text, "arrangementenmonitor-gemeente.xlsx") {
			t.Errorf("%s names no workbook: %s", what, text)
		}
	}
	if !strings.Contains(string(why), "- Doelen, E8: ") || !strings.Contains(string(why), "de cel is niet gelijk aan wat is vrijgegeven") {
		t.Errorf("the file does not say where and why:\n%s", why)
	}
	if left, _ := filepath.Glob(filepath.Join(reports, ".*")); len(left) > 0 {
		t.Errorf("left in rapporten/: %v", left)
	}

	if _, err := gateNight(c, 3, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(reports, refusalFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a good night leaves the refusal of an earlier one (%v)", err)
	}
}

// TestARefusedReleaseIsNotReleased slips a number into a workbook of a release: nothing is released, the ledger knows of no
// release, and the next one is.
func TestARefusedReleaseIsNotReleased(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	night, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	reports := filepath.Join(c.WorkDir(), "rapporten")
	folder := filepath.Join(reports, releaseFolder+night.Run)
	refusing, refused := Release(context.Background(), c, gateEnv(2, func() {
		tamper(t, filepath.Join(staged(folder), "arrangementenmonitor-vgz.xlsx"), "xl/worksheets/sheet6.xml", func(s string) string {
			return strings.Replace(s, "<v>20", "<v>9876543210", 1)
		})
	}), "")
	if KindOf(refused) != GateRefused {
		t.Fatalf("the release ended with %v, want a refusal by the gate", refused)
	}
	for _, path := range []string{folder, staged(folder)} {
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is there (%v)", filepath.Base(path), err)
		}
	}
	if _, err := os.Stat(filepath.Join(c.WorkDir(), "runs", refusing.Run, "arrangementenmonitor-vgz.xlsx")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(reports, refusalFile)); err != nil {
		t.Error(err)
	}
	released, err := Release(context.Background(), c, gateEnv(3, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	if released.Released.Before {
		t.Error("the refused release is in the ledger")
	}
	if _, err := os.Stat(filepath.Join(folder, "arrangementenmonitor-vgz.xlsx")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(reports, refusalFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a good release leaves the refusal of an earlier one (%v)", err)
	}
}

// TestAWarningMayNameATotalWithoutPersons has a budget line of no known area: its euros stand in a warning on the first
// sheet, were released by no table, and tell of nobody.
func TestAWarningMayNameATotalWithoutPersons(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	folder := filepath.Join(c.WorkDir(), "aanlevering", "programma")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "budget_extra.csv"), []byte("domein;jaar;gebied;post;bedrag\nwmo;2016;Nergenshuizen;programma;1234567.89\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := gateNight(c, 1, nil); err != nil {
		t.Fatal(err)
	}
	texts := false
	tamper(t, filepath.Join(c.WorkDir(), "rapporten", "arrangementenmonitor-vgz.xlsx"), "xl/sharedStrings.xml", func(s string) string {
		texts = strings.Contains(s, "1234567.89 euro")
		return s + " "
	})
	if !texts {
		t.Error("the first sheet does not name the total")
	}
}
