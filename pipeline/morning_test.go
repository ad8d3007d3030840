package pipeline_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ontschot/pipeline"
)

// TestTheMorningTellsOfNoPerson looks for every person of a region in what a night tells of itself.
func TestTheMorningTellsOfNoPerson(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	own := filepath.Join(dir, "personen.sql")
	if err := os.WriteFile(own, []byte("SELECT pseudoniem FROM opslag.persoon ORDER BY 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	persons := strings.Fields(string(region.ask(t, own, "csv")))[1:]
	if len(persons) < 5 {
		t.Fatalf("only %d persons", len(persons))
	}
	status, err := pipeline.ReadStatus(context.Background(), region.config, nightEnv())
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]any{"the manifest": region.night.Manifest, "the summary": region.night.Manifest.Summary(), "the status": status}
	for what, value := range told {
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		for _, person := range persons {
			if strings.Contains(string(raw), person) {
				t.Errorf("%s names %s", what, person)
			}
		}
	}
	// A law of which fewer than ten have costs has no total: it would tell of persons.
	for _, total := range region.night.Manifest.Totals {
		if total.Users != nil && *total.Users < 10 {
			t.Errorf("%+v is of few persons", total)
		}
	}
	written, err := os.ReadFile(filepath.Join(dir, "runs", region.night.Run, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m pipeline.Manifest
	if err := json.Unmarshal(written, &m); err != nil || m.Run != region.night.Run || m.Changes == nil || status.LastNight == nil || status.LastNight.Run != m.Run {
		t.Errorf("the manifest on disk is %+v, %v", m, err)
	}
}
