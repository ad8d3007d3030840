package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline"
)

// retainedRegion is a small region whose configuration has terms, with a clock that is set by hand.
type retainedRegion struct {
	t      *testing.T
	dir    string
	config *pipeline.Config
}

func newRetainedRegion(t *testing.T, terms string) retainedRegion {
	t.Helper()
	dir := t.TempDir()
	nightSynthetic(t, dir, 100, 2016, 2017, 4)
	path := filepath.Join(dir, "ontschot.toml")
	settings, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(settings, terms...), 0o600); err != nil {
		t.Fatal(err)
	}
	config, err := pipeline.ReadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	return retainedRegion{t, dir, config}
}

// retainedClaim is a file with one line of claims.
func retainedClaim(id string) string {
	return retainedClaims + "wmo;" + id + ";D;pseudoniem0000000000001;WMO020;01A02;2017-03-01;2017-03-31;50.00\n"
}

func (r retainedRegion) at(day string) pipeline.Env {
	r.t.Helper()
	moment, err := time.Parse(time.DateOnly, day)
	if err != nil {
		r.t.Fatal(err)
	}
	env := nightEnv()
	env.Now = func() time.Time { return moment.Add(3 * time.Hour) }
	return env
}

func (r retainedRegion) night(day string) *pipeline.Night {
	r.t.Helper()
	night, err := pipeline.Run(context.Background(), r.config, r.at(day))
	if err != nil {
		r.t.Fatal(err)
	}
	return night
}

// write puts a file in the region, with the date of its delivery beside it.
func (r retainedRegion) write(name, date, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
	if date != "" {
		if err := os.WriteFile(path+".manifest.toml", []byte("aangemaakt = "+date+"\n"), 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r retainedRegion) there(name string) bool {
	r.t.Helper()
	_, err := os.Lstat(filepath.Join(r.dir, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		r.t.Fatal(err)
	}
	return err == nil
}

const (
	retainedClaims = "domein;regel_id;debet_credit;pseudoniem;codelijst;prestatiecode;begindatum;einddatum;bedrag\n"
	retainedBudget = "domein;jaar;gebied;post;bedrag\n"
)

// TestRetentionRemovesNothingThatMustStay lets the clock run far ahead.
func TestRetentionRemovesNothingThatMustStay(t *testing.T) {
	t.Parallel()
	r := newRetainedRegion(t, "\n[[bron]]\ntabel = \"declaraties\"\nleverancier = \"elders\"\nbestanden = \"elders/*.csv\"\n[bewaren]\naanlevering = \"24 maanden\"\n")
	r.write("aanlevering/thuiszorg/declaraties_oud.csv", "2018-01-15", retainedClaim("T1"))
	r.write("aanlevering/thuiszorg/declaraties_nieuw.csv", "2020-05-01", retainedClaim("T2"))
	r.write("aanlevering/thuiszorg/declaraties_zonder_datum.csv", "", retainedClaim("T3")) // of the day of its first load
	r.write("aanlevering/geweigerd/declaraties_geweigerd.csv", "2018-01-15", retainedClaim("T4"))
	r.write("aanlevering/thuiszorg/brief.txt", "", "Beste collega\n")
	r.write("elders/declaraties_elders.csv", "2018-01-15", retainedClaim("T5")) // the folder of somebody else
	// A budget replaces itself per law and year: the first is in force for 2016 only, the second not at all.
	r.write("aanlevering/gemeente/budget_1.csv", "2018-01-01", retainedBudget+"wmo;2016;GM0935;subsidie;1.00\nwmo;2017;GM0935;subsidie;2.00\n")
	r.write("aanlevering/gemeente/budget_2.csv", "2018-02-01", retainedBudget+"wmo;2017;GM0935;subsidie;3.00\n")
	r.write("aanlevering/gemeente/budget_3.csv", "2018-03-01", retainedBudget+"wmo;2017;GM0935;subsidie;4.00\n")
	// Behind a link lies a file of somebody else.
	r.write("buiten/declaraties_buiten.csv", "2018-01-15", retainedClaim("T6"))
	if err := os.Symlink(filepath.Join(r.dir, "buiten", "declaraties_buiten.csv"), filepath.Join(r.dir, "aanlevering", "thuiszorg", "declaraties_link.csv")); err != nil {
		t.Fatal(err)
	}

	first := r.night("2021-01-01")
	removed := func(n *pipeline.Night) []string {
		var paths []string
		for _, gone := range n.Manifest.Removed {
			if gone.ID == 0 || len(gone.Content) != 64 {
				t.Errorf("%+v does not say which delivery it was", gone)
			}
			paths = append(paths, gone.Path)
			if r.there(gone.Path) {
				t.Errorf("%s is still there", gone.Path)
			}
		}
		return paths
	}
	paths := removed(first)
	for name, stays := range map[string]bool{
		"aanlevering/thuiszorg/declaraties_oud.csv": false, "aanlevering/thuiszorg/declaraties_nieuw.csv": true,
		"aanlevering/thuiszorg/declaraties_zonder_datum.csv": true, "aanlevering/geweigerd/declaraties_geweigerd.csv": true,
		"aanlevering/thuiszorg/brief.txt": true, "elders/declaraties_elders.csv": true, "aanlevering/thuiszorg/declaraties_link.csv": true,
		"buiten/declaraties_buiten.csv": true, "aanlevering/gemeente/budget_1.csv": true, "aanlevering/gemeente/budget_2.csv": false,
		"aanlevering/gemeente/budget_3.csv": true, "aanlevering/maastricht/bevolking.csv": true, "aanlevering/maastricht/toewijzingen.csv": true,
		"aanlevering/vgz/declaraties_zvw_2016.csv": false,
	} {
		if r.there(name) != stays || slices.Contains(paths, name) == stays {
			t.Errorf("%s: there is %v, removed is %v; it must stay: %v", name, r.there(name), slices.Contains(paths, name), stays)
		}
	}

	// A refused file, and a file that was changed since it was loaded, are not what the ledger has.
	r.write("aanlevering/thuiszorg/declaraties_fout.csv", "2018-01-15", "domein;regel_id\nwmo;T9\n")
	r.write("aanlevering/thuiszorg/declaraties_zonder_datum.csv", "", "domein;regel_id\nwmo;T3\n")
	if _, err := pipeline.Run(context.Background(), r.config, r.at("2030-01-01")); pipeline.KindOf(err) != pipeline.Refused {
		t.Fatalf("the night with two bad files ended with %v", err)
	}
	if !r.there("aanlevering/thuiszorg/declaraties_nieuw.csv") {
		t.Error("a night that failed removed a file")
	}
	for _, name := range []string{"declaraties_fout.csv", "declaraties_zonder_datum.csv"} {
		if err := os.Rename(filepath.Join(r.dir, "aanlevering/thuiszorg", name), filepath.Join(r.dir, "aanlevering/geweigerd", name)); err != nil {
			t.Fatal(err)
		}
	}
	far := r.night("2040-01-01")
	if paths := removed(far); !slices.Equal(paths, []string{"aanlevering/thuiszorg/declaraties_nieuw.csv"}) {
		t.Errorf("far ahead %v was removed", paths)
	}
	if far.Fingerprint != first.Fingerprint {
		t.Error("without the files the night says something else")
	}

	// The same content comes again: it is known, and goes again.
	r.write("aanlevering/thuiszorg/declaraties_terug.csv", "2018-01-15", retainedClaim("T1"))
	again := r.night("2040-01-02")
	if len(again.Loaded) != 0 || r.there("aanlevering/thuiszorg/declaraties_terug.csv") == (len(removed(again)) > 0) {
		t.Errorf("content that was removed: %d loaded, removed %v", len(again.Loaded), again.Manifest.Removed)
	}
	noted := retentionLines(t, r)
	want := len(first.Manifest.Removed) + len(far.Manifest.Removed) + len(again.Manifest.Removed)
	if len(noted) != want {
		t.Errorf("%d removals are in audit.log, of %d", len(noted), want)
	}
}

func retentionLines(t *testing.T, r retainedRegion) (lines []pipeline.AuditLine) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(r.dir, "audit.log"))
	if err != nil {
		t.Fatal(err)
	}
	for text := range strings.Lines(string(raw)) {
		var line pipeline.AuditLine
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		if line.Action == pipeline.ActionRetain {
			lines = append(lines, line)
		}
	}
	return lines
}

// TestRetentionKeepsWhatWasReleased lets runs grow old.
func TestRetentionKeepsWhatWasReleased(t *testing.T) {
	t.Parallel()
	r := newRetainedRegion(t, "\n[bewaren]\nruns = \"12 maanden\"\n")
	first := r.night("2020-01-01")
	release, err := pipeline.Release(context.Background(), r.config, r.at("2020-01-02"), "")
	if err != nil {
		t.Fatal(err)
	}
	forgotten := r.night("2020-01-03")
	for _, name := range []string{"eigen", "20200101", "20200102T000000Z-2"} {
		if err := os.MkdirAll(filepath.Join(r.dir, "runs", name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(r.dir, filepath.Join(r.dir, "runs", "20190101T000000Z")); err != nil {
		t.Fatal(err)
	}
	r.write("aanlevering/thuiszorg/declaraties_nieuw.csv", "", retainedClaim("T1")) // else the answers of that night stand, and it stays
	recent := r.night("2020-12-31")
	if len(recent.Manifest.Removed) != 0 {
		t.Errorf("within the term %v was removed", recent.Manifest.Removed)
	}
	last := r.night("2021-06-01")
	var gone []string
	for _, removed := range last.Manifest.Removed {
		gone = append(gone, removed.Path)
	}
	if want := []string{"runs/20200102T000000Z-2", "runs/" + forgotten.Run}; !slices.Equal(gone, want) {
		t.Errorf("%v was removed, not %v", gone, want)
	}
	for _, name := range []string{first.Run, release.Run, recent.Run, last.Run, "eigen", "20200101", "20190101T000000Z"} {
		if !r.there("runs/" + name) {
			t.Errorf("runs/%s is gone", name)
		}
	}
	// What was released can be made again, the forgotten night not.
	for run, kind := range map[string]bool{release.Run: true, first.Run: true, forgotten.Run: false} {
		_, err := pipeline.Report(context.Background(), r.config, r.at("2021-06-02"), run)
		if (err == nil) != kind {
			t.Errorf("run %s: %v", run, err)
		}
	}
	if aanlevering := filepath.Join(r.dir, "aanlevering", "vgz", "declaraties_zvw_2016.csv"); !r.there("aanlevering/vgz/declaraties_zvw_2016.csv") {
		t.Errorf("%s is gone, and no term was set for it", aanlevering)
	}
}
