package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestAKilledRunKeepsItsLogAndWhatItFinished(t *testing.T) {
	t.Parallel()
	files := []string{"log.jsonl", "kosten.parquet", "werkboeken.zst", ".manifest.json123", ".werkboeken.zst456"}
	for _, c := range []struct {
		finished bool
		kept     []string
	}{{false, []string{"log.jsonl"}}, {true, []string{"kosten.parquet", "log.jsonl", "werkboeken.zst"}}} {
		dir := t.TempDir()
		for _, name := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := tidyRun(dir, c.finished); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var left []string
		for _, e := range entries {
			left = append(left, e.Name())
		}
		if !slices.Equal(left, c.kept) {
			t.Errorf("finished %v: %q is left, not %q", c.finished, left, c.kept)
		}
	}
}

func TestReportsOnAnotherDiskAreRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, stagingFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := sameDisk(dir); err == nil {
		t.Error("rapporten/ that is not there is accepted")
	}
	reports := filepath.Join(dir, "rapporten")
	if err := os.Mkdir(reports, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := sameDisk(dir); err != nil {
		t.Error(err)
	}
	elsewhere := "/dev/shm"
	if err := os.Remove(reports); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, reports); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(reports); err != nil {
		t.Skip("there is no other disk: ", err)
	}
	if err := sameDisk(dir); KindOf(err) != Misuse {
		t.Errorf("rapporten/ on %s gives %v", elsewhere, err)
	}
}
