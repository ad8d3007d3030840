package pipeline_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"ontschot/pipeline"
	"ontschot/pipeline/analysis"
	"ontschot/pipeline/warehouse"
)

// TestQueriesAtOnceChangeNothing runs a night with one query at a time and one with two.
func TestQueriesAtOnceChangeNothing(t *testing.T) {
	t.Parallel()
	found := map[int]map[string]string{}
	for _, threads := range []int{1, 4} {
		dir := t.TempDir()
		nightCopyKlein(t, dir)
		config, err := pipeline.ReadConfig(filepath.Join(dir, "ontschot.toml"))
		if err != nil {
			t.Fatal(err)
		}
		env := nightEnv()
		env.Limits = warehouse.Options{Threads: threads}
		night, err := pipeline.Run(context.Background(), config, env)
		if err != nil {
			t.Fatal(err)
		}
		found[threads] = nightFingerprints(t, nightRegion{dir, config, night})
	}
	for name, one := range found[1] {
		if two := found[4][name]; one != two {
			t.Errorf("%s: %s by one query at a time, %s by two", name, one, two)
		}
	}
}

// TestTheLogTimesEveryQuery reads how long each query of a night took, the checks too.
func TestTheLogTimesEveryQuery(t *testing.T) {
	t.Parallel()
	region := nightKlein.get(t)
	f, err := os.Open(filepath.Join(region.dir, "runs", region.night.Run, "log.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	timed := map[string]int{}
	var queries, stage float64
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var line struct {
			Msg, Name string
			Seconds   float64
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		switch {
		case line.Msg == "query":
			timed[line.Name]++
			queries = max(queries, line.Seconds)
		case line.Msg == "stage" && line.Name == "model":
			stage = line.Seconds
		}
	}
	catalogue, err := pipeline.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range catalogue {
		if timed[q.Table()] != 1 {
			t.Errorf("%s: timed %d times", q.Path, timed[q.Table()])
		}
	}
	if queries <= 0 || queries > stage {
		t.Errorf("the longest query took %g s of the %g s of all", queries, stage)
	}
	if len(catalogue.Of(analysis.Check)) == 0 {
		t.Error("there are no checks")
	}
}
