package pipeline_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ontschot/pipeline"
)

// TestReleaseLeavesTheNextNightAsItWas releases a region with an aggregate: the nights after it find nobody changed.
func TestReleaseLeavesTheNextNightAsItWas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	fingerprint := region.night.Fingerprint
	night := nightRelease(t, region)
	if night.Fingerprint != fingerprint {
		t.Error("the release is of another result than the night")
	}
	second, third := nightRun(t, dir), nightRun(t, dir)
	if second.night.Fingerprint == fingerprint {
		t.Error("the fingerprint does not include the release")
	}
	if second.night.Fingerprint != third.night.Fingerprint {
		t.Error("two nights after a release have different fingerprints")
	}
	for row, n := range nightChanges(t, third) {
		if n != 0 {
			t.Errorf("%s %s: %d persons changed without a change", row[0], row[1], n)
		}
	}

	// Nothing changed, so the second release rests on its own data and the first snapshot is not needed.
	again := nightRelease(t, third)
	if again.Released.Before || again.Released.Run == night.Released.Run {
		t.Errorf("the second release became %+v", again.Released)
	}
	if left := nightRows(t, third, "SELECT DISTINCT stand FROM vrijgave.bewoning"); len(left) != 1 || left[0][0] != "2" {
		t.Errorf("the snapshots that are left are those of %v", left)
	}
	if cells := nightRows(t, third, "SELECT count(DISTINCT vrijgave) FROM vrijgave.cel"); cells[0][0] != "2" {
		t.Errorf("the ledger has the cells of %s releases", cells[0][0])
	}
}

// TestChangedAggregateIsNotKnown delivers an aggregate with another amount: nobody knows through how many persons.
func TestChangedAggregateIsNotKnown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	nightRelease(t, region)
	path := filepath.Join(dir, "aanlevering", "maastricht", "aggregaat_participatiewet.csv")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(raw, []byte(";9900.00"), []byte(";9950.00"), 1)
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	unknown := 0
	for row, n := range nightChanges(t, nightRun(t, dir)) {
		if n < 0 {
			unknown++
			if row[0] == "kosten_per_domein" && !strings.HasSuffix(row[1], "|participatiewet") {
				t.Errorf("%s %s is not known, and it is of persons", row[0], row[1])
			}
		}
	}
	if unknown == 0 {
		t.Error("no row is said to be not known")
	}
}

// TestReleaseThatWasCutOffIsSettled leaves the folder of a release where a killed process leaves it.
func TestReleaseThatWasCutOffIsSettled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	night := nightRelease(t, region)
	reports := filepath.Join(dir, "rapporten")
	folder := filepath.Join(reports, "vrijgave-"+night.Released.Run)
	staging := filepath.Join(dir, ".nacht-rapporten")
	never := filepath.Join(staging, "vrijgave-20200101T000000Z")
	if err := os.MkdirAll(never, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(folder, filepath.Join(staging, filepath.Base(folder))); err != nil {
		t.Fatal(err)
	}
	again, err := pipeline.Release(context.Background(), region.config, nightEnv(), night.Released.Run)
	if err != nil || !again.Released.Before || len(again.Workbooks) != 2 {
		t.Fatalf("releasing it again: %+v, %v", again, err)
	}
	for _, path := range again.Workbooks {
		if _, err := os.Stat(path); err != nil || filepath.Dir(path) != folder {
			t.Errorf("%s is not in place: %v", path, err)
		}
	}
	if _, err := os.Stat(staging); !os.IsNotExist(err) {
		t.Errorf("%s is still there", filepath.Base(staging))
	}
}
