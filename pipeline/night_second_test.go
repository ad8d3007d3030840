package pipeline_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ontschot/pipeline"
	"ontschot/pipeline/analysis"
)

// nightFingerprints are the answers of a region: an indicator by its bytes, a table of the model, which has no order
// of its own, by its number of rows and the hash of its sorted rows, a workbook by its bytes.
func nightFingerprints(t testing.TB, r nightRegion) map[string]string {
	t.Helper()
	catalogue, err := pipeline.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, kind := range []analysis.Kind{analysis.Indicator, analysis.Model} {
		for _, q := range catalogue.Of(kind) {
			answer := r.ask(t, q.Name, "csv")
			lines := bytes.SplitAfter(answer, []byte("\n"))
			if kind == analysis.Model {
				slices.SortFunc(lines, bytes.Compare)
				answer = bytes.Join(lines, nil)
			}
			found[q.Table()] = fmt.Sprintf("%d lines, %x", len(lines), sha256.Sum256(answer))
		}
	}
	paths, err := filepath.Glob(filepath.Join(r.dir, "rapporten", "*.xlsx"))
	if err != nil || len(paths) != 2 {
		t.Fatalf("%d workbooks, want 2 (%v)", len(paths), err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found[filepath.Base(path)] = fmt.Sprintf("%d bytes, %x", len(content), sha256.Sum256(content))
	}
	return found
}

// TestSecondNightChangesNothing runs the same night twice: nothing is loaded again and every answer stays the same.
func TestSecondNightChangesNothing(t *testing.T) {
	t.Parallel()
	nightOnBoth(t, func(t *testing.T, _ string, region nightRegion) {
		before := nightFingerprints(t, region)
		second, err := pipeline.Run(context.Background(), region.config, nightEnv())
		if err != nil {
			t.Fatal(err)
		}
		if len(second.Loaded) != 0 || second.Known != len(region.night.Loaded)+region.night.Known {
			t.Errorf("the second night loaded %d files and knew %d; the first loaded %d",
				len(second.Loaded), second.Known, len(region.night.Loaded))
		}
		if second.Fingerprint != region.night.Fingerprint {
			t.Error("the second night has another fingerprint")
		}
		after := nightFingerprints(t, region)
		for _, table := range oracleSortedKeys(before) {
			if before[table] != after[table] {
				t.Errorf("%s: %s after the first night, %s after the second", table, before[table], after[table])
			}
		}
	})
}
