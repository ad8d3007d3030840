package pipeline

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ontschot/pipeline/report"
	"ontschot/pipeline/warehouse"
)

// contents reads the workbooks at these paths, by the names of the files.
func contents(t *testing.T, paths []string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(path)] = raw
	}
	return out
}

func sameContents(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	if len(got) != len(want) || len(want) != 2 {
		t.Errorf("%s: %d workbooks, not %d", what, len(got), len(want))
	}
	for name, raw := range want {
		if !bytes.Equal(got[name], raw) {
			t.Errorf("%s: %s has other bytes", what, name)
		}
	}
}

// again makes the workbooks of a run again.
func again(t *testing.T, c *Config, run string) map[string][]byte {
	t.Helper()
	made, err := Report(context.Background(), c, gateEnv(9, nil), run)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range made.Workbooks {
		if filepath.Base(filepath.Dir(path)) != "run-"+run {
			t.Errorf("%s is not in the folder of run %s", path, run)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(c.WorkDir(), "rapporten", ".*")); len(left) > 0 {
		t.Errorf("left in rapporten/: %v", left)
	}
	return contents(t, made.Workbooks)
}

// TestTheWorkbooksOfAnEarlierRunAreMadeAgain: a night, its release, and a night on more data: each gives the bytes it gave,
// also the second time; when a person is erased none does.
func TestTheWorkbooksOfAnEarlierRunAreMadeAgain(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	first, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	ofFirst := contents(t, first.Workbooks)
	released, err := Release(context.Background(), c, gateEnv(2, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	ofRelease := contents(t, released.Workbooks)
	late := "domein;regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;productcategorie;begindatum;einddatum;bedrag\n" +
		"wmo;LAAT1;D;nieuwpseudoniem0000001;WMO020;01A02;01;2016-03-01;2016-03-31;100.00\n"
	if err := os.WriteFile(filepath.Join(c.WorkDir(), "aanlevering", "maastricht", "declaraties_laat.csv"), []byte(late), 0o600); err != nil {
		t.Fatal(err)
	}
	third, err := gateNight(c, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	ofThird := contents(t, third.Workbooks)
	for range 2 {
		sameContents(t, "the first night", again(t, c, first.Run), ofFirst)
		sameContents(t, "the release", again(t, c, released.Run), ofRelease)
		sameContents(t, "the last night", again(t, c, third.Run), ofThird)
	}
	sameContents(t, "what stands in rapporten/", contents(t, third.Workbooks), ofThird)

	if _, err := Erase(context.Background(), c, gateEnv(4, nil), strings.NewReader("nieuwpseudoniem0000001\n"), "lijst"); err != nil {
		t.Fatal(err)
	}
	_, err = Report(context.Background(), c, gateEnv(9, nil), third.Run)
	if KindOf(err) != Misuse || !strings.Contains(err.Error(), "persons were erased since run "+third.Run) {
		t.Errorf("after an erasure: %v", err)
	}
}

// refusesReport wants no workbook of a run.
func refusesReport(t *testing.T, c *Config, run string, kind Kind, said string) {
	t.Helper()
	_, err := Report(context.Background(), c, gateEnv(9, nil), run)
	if err == nil || KindOf(err) != kind || !strings.Contains(err.Error(), said) {
		t.Errorf("the report ended with %v, want one of kind %d that says %q", err, kind, said)
	}
	if made, _ := filepath.Glob(filepath.Join(c.WorkDir(), "rapporten", "*run-*")); len(made) > 0 {
		t.Errorf("there is %v", made)
	}
}

// TestNothingIsMadeOfAChangedFile: what a run kept, changed or swapped, gives no workbook; gone, it says what to do.
func TestNothingIsMadeOfAChangedFile(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	ran, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(c.WorkDir(), "runs", ran.Run, keptFile)
	raw, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v, %v", keptFile, info, err)
	}
	put := func(content []byte) {
		t.Helper()
		if err := os.WriteFile(kept, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []int{0, 10, len(raw) / 2, len(raw) - 1} {
		changed := bytes.Clone(raw)
		changed[at] ^= 1
		for _, content := range [][]byte{changed, raw[:at]} {
			put(content)
			refusesReport(t, c, ran.Run, GateRefused, "is not as the run left it")
		}
	}

	// A whole file of the same books with one more warning: the ledger knows that the run kept another.
	put(raw)
	w, err := openReader(context.Background(), c, gateEnv(9, nil))
	if err != nil {
		t.Fatal(err)
	}
	noted, err := w.RunNamed(context.Background(), ran.Run)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	k, err := readKept(filepath.Dir(kept), noted.Workbooks)
	if err != nil {
		t.Fatal(err)
	}
	k.Books[0].Book.Warnings = append(k.Books[0].Book.Warnings, report.Warning{Note: "Alles is goed."})
	if _, err := (&night{books: k.Books, folder: filepath.Dir(kept)}).keep(); err != nil {
		t.Fatal(err)
	}
	refusesReport(t, c, ran.Run, GateRefused, "is not as the run left it")

	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	refusesReport(t, c, ran.Run, Misuse, "is gone, from which the workbooks of that run are made: put it back")
}

// TestARunFromBeforeRunsKeptAnything has the warehouse of an earlier version: a night opens it, the run of then is told apart.
func TestARunFromBeforeRunsKeptAnything(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	before, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := warehouse.OpenNight(context.Background(), c.WorkDir(), warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Exec(context.Background(), "DROP TABLE levering.werkboek"), w.Publish(context.Background())); err != nil {
		t.Fatal(err)
	}
	const said = "is from before runs kept what their workbooks were made from: 'ontschot run' makes"
	refusesReport(t, c, before.Run, Misuse, said)
	after, err := gateNight(c, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	refusesReport(t, c, before.Run, Misuse, said)
	refusesReport(t, c, "20200101T000000Z", Misuse, "run 20200101T000000Z is not known")
	sameContents(t, "the night after", again(t, c, after.Run), contents(t, after.Workbooks))
}

// TestAReportThatTheGateRefuses is set aside in the folder of its run, and the one that was made before stays.
func TestAReportThatTheGateRefuses(t *testing.T) {
	t.Parallel()
	c := gateRegion(t)
	night, err := gateNight(c, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := contents(t, night.Workbooks)
	again(t, c, night.Run)
	folder := filepath.Join(c.WorkDir(), "rapporten", "run-"+night.Run)
	_, err = Report(context.Background(), c, gateEnv(2, func() {
		tamper(t, filepath.Join(staged(folder), "arrangementenmonitor-vgz.xlsx"), "xl/worksheets/sheet6.xml", func(s string) string {
			return strings.Replace(s, "<v>20", "<v>9876543210", 1)
		})
	}), night.Run)
	if KindOf(err) != GateRefused {
		t.Fatalf("the report ended with %v, want a refusal by the gate", err)
	}
	for _, path := range []string{filepath.Join(c.WorkDir(), "runs", night.Run, "arrangementenmonitor-vgz.xlsx"), filepath.Join(c.WorkDir(), "rapporten", refusalFile)} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(staged(folder)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the refused workbooks wait in rapporten/ (%v)", err)
	}
	var paths []string
	for name := range want {
		paths = append(paths, filepath.Join(folder, name))
	}
	sameContents(t, "the report of before", contents(t, paths), want)
}
