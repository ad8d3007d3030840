package pipeline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ontschot/pipeline"
)

// TestEveryQueryIsNoted asks four things: each leaves one line in audit.log that says who asked what of which run, and
// nothing of a person.
func TestEveryQueryIsNoted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nightCopyKlein(t, dir)
	region := nightRun(t, dir)
	const person = "geheimpseudoniem1234"
	own := filepath.Join(dir, "eigen.sql")
	if err := os.WriteFile(own, []byte("SELECT pseudoniem FROM model.persoonjaar WHERE pseudoniem <> '"+person+"'"), 0o600); err != nil {
		t.Fatal(err)
	}
	failing := filepath.Join(dir, "fout.sql")
	if err := os.WriteFile(failing, []byte("SELECT CAST('"+person+"' AS INTEGER)"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(region.config.WorkDir(), "audit.log")
	if err := os.Remove(path); err != nil { // the line of the night
		t.Fatal(err)
	}
	answer := filepath.Join(dir, "antwoord.csv")
	var out bytes.Buffer
	for _, asked := range []struct {
		name, output string
		fails        bool
	}{{"kosten_per_domein", "", false}, {own, answer, false}, {failing, "", true}} {
		_, err := pipeline.Ask(context.Background(), region.config, nightEnv(), pipeline.Asked{Name: asked.name, Format: "csv", Output: asked.output}, &out)
		if (err != nil) != asked.fails {
			t.Fatalf("%s: %v", asked.name, err)
		}
	}
	// What may not be asked, or may not stand there, was not asked.
	for _, refused := range []string{path, filepath.Join(dir, "rapporten", "x.csv")} {
		if _, err := pipeline.Ask(context.Background(), region.config, nightEnv(), pipeline.Asked{Name: "kosten_per_domein", Format: "csv", Output: refused}, &out); pipeline.KindOf(err) != pipeline.Misuse {
			t.Errorf("an answer may stand in %s: %v", refused, err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, answer, answer + ".herkomst.json"} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", file, info, err)
		}
	}
	if strings.Contains(string(raw), person) {
		t.Error("the log holds a pseudonym")
	}
	var lines []pipeline.AuditLine
	for text := range strings.Lines(string(raw)) {
		var line pipeline.AuditLine
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		if line.Who == "" || line.Run != region.night.Run || line.Fingerprint != region.night.Fingerprint || len(line.QueryHash) != 64 ||
			!line.When.Equal(nightEnv().Now()) || line.Mark != "intern" || line.Action != pipeline.ActionQuery || line.Format != "csv" {
			t.Errorf("the line says %+v", line)
		}
		lines = append(lines, line)
	}
	if len(lines) != 3 {
		t.Fatalf("%d lines, want 3", len(lines))
	}
	written, err := os.ReadFile(answer)
	if err != nil {
		t.Fatal(err)
	}
	if rows := int64(bytes.Count(written, []byte("\n"))) - 1; lines[1].Rows != rows || lines[1].Output != answer || lines[1].Query != own {
		t.Errorf("%+v, want %d rows in %s", lines[1], rows, answer)
	}
	if lines[0].Output != "stdout" || lines[0].Rows == 0 || lines[0].Outcome != "klaar" || lines[2].Outcome != "mislukt" {
		t.Errorf("the log says %+v", lines)
	}
}
