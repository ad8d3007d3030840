package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// nightStage is a part of a night, as its log tells it.
type nightStage struct {
	name string
	took time.Duration
}

// The parts of a night before its first stage and after its last.
const (
	beforeStages = "begin"
	afterStages  = "end"
)

// stagesOf reads from the log of the last run how long each stage took; a night takes so long as a whole.
func stagesOf(t *testing.T, region string, whole time.Duration) []nightStage {
	t.Helper()
	logged := stagesLogged(region, newestRun(region))
	if len(logged) < 5 {
		t.Fatalf("the log tells of %d stages", len(logged))
	}
	rest := whole
	for _, s := range logged {
		rest -= s.took
	}
	return append(append([]nightStage{{beforeStages, rest / 2}}, logged...), nightStage{afterStages, rest / 2})
}

// reached tells in which stage the run after another was killed.
func (n *nightToKill) reached(t *testing.T, region, before string) string {
	t.Helper()
	run := newestRun(region)
	if log, err := os.ReadFile(filepath.Join(region, "runs", run, "log.jsonl")); err != nil || len(log) == 0 || run == before {
		return beforeStages
	}
	done := len(stagesLogged(region, run))
	if done+1 >= len(n.stages) {
		t.Fatalf("the log tells of %d stages", done)
	}
	return n.stages[done+1].name
}

// ended is the sight of a stage that is done, in the run after another.
func ended(stage, before string) sight {
	if stage == beforeStages {
		return stands(".nacht-warehouse.duckdb")
	}
	text := []byte(`"msg":"stage","name":"` + stage + `"`)
	return sight{"the end of " + stage, func(region string) bool {
		run := newestRun(region)
		log, err := os.ReadFile(filepath.Join(region, "runs", run, "log.jsonl"))
		return err == nil && run != before && bytes.Contains(log, text)
	}}
}

// newestRun is the name of the last run that was begun; "" is none.
func newestRun(region string) string {
	runs, err := filepath.Glob(filepath.Join(region, "runs", "*"))
	if err != nil || len(runs) == 0 {
		return ""
	}
	return filepath.Base(runs[len(runs)-1])
}

// stagesLogged reads the stages that a run ended; the last line may be half.
func stagesLogged(region, run string) []nightStage {
	raw, err := os.ReadFile(filepath.Join(region, "runs", run, "log.jsonl"))
	if err != nil {
		return nil
	}
	var all []nightStage
	for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
		var line struct {
			Message string  `json:"msg"`
			Name    string  `json:"name"`
			Seconds float64 `json:"seconds"`
		}
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Message == "stage" {
			all = append(all, nightStage{line.Name, time.Duration(line.Seconds * float64(time.Second))})
		}
	}
	return all
}

// resultsOf reads the results that the last run of a region left.
func resultsOf(t *testing.T, region string) map[string][]byte {
	t.Helper()
	results := map[string][]byte{}
	for path, content := range files(t, region, filepath.Join("runs", newestRun(region))) {
		if strings.HasSuffix(path, ".parquet") {
			results[path] = content
		}
	}
	return results
}
