package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline"
)

// BenchmarkLaterNights tells, on the region of [BenchmarkNight] less one month of nine years, the seconds of the first night, of the
// night in which that month comes in and of its load, of a night that finds nothing new, of the proof of a workbook, and of a table
// as of the first night.
func BenchmarkLaterNights(b *testing.B) {
	dir := b.TempDir()
	nightSynthetic(b, dir, numberFromEnv(b, "ONTSCHOT_PEOPLE", 100_000), 2015, 2023, 1)
	month := holdMonth(b, dir, "_2023.csv", "2023-06")
	config, err := pipeline.ReadConfig(filepath.Join(dir, "ontschot.toml"))
	if err != nil {
		b.Fatal(err)
	}
	env := pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "bench"}
	took := func(name string, do func() error) {
		began := time.Now()
		if err := do(); err != nil {
			b.Fatalf("%s: %v", name, err)
		}
		b.ReportMetric(time.Since(began).Seconds(), name+"-s")
	}
	var first *pipeline.Night
	night := func() (err error) {
		first, err = pipeline.Run(context.Background(), config, env)
		return err
	}
	resetPeak(b)
	for b.Loop() {
		took("first", night)
		began := first.Run
		for path, text := range month {
			if err := os.WriteFile(path, text, 0o600); err != nil {
				b.Fatal(err)
			}
		}
		took("month", night)
		b.ReportMetric(first.Stages[0].Seconds, "month-load-s")
		took("nothing-new", night)
		if first.SameAs == "" {
			b.Error("something was new")
		}
		took("verify", func() error {
			_, err := pipeline.Verify(context.Background(), config, env, first.Workbooks[0])
			return err
		})
		took("as-of", func() error {
			var out bytes.Buffer
			_, err := pipeline.Ask(context.Background(), config, env, pipeline.Asked{Name: "kosten_per_zorgsoort", Format: "parquet", AsOf: began}, &out)
			return err
		})
	}
	b.ReportMetric(peakMiB(b), "peak-MiB")
}

// holdMonth takes the claims that began in a month out of the files of which the name ends so, and gives them as files to come.
func holdMonth(b *testing.B, dir, ending, month string) map[string][]byte {
	b.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", "*", "declaraties_*"+ending))
	if err != nil || len(paths) == 0 {
		b.Fatalf("%d files: %v", len(paths), err)
	}
	later := map[string][]byte{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		// The manifest of the whole file counts more lines than are left.
		if err = errors.Join(err, os.Remove(strings.TrimSuffix(path, ".csv")+".manifest.toml")); err != nil {
			b.Fatal(err)
		}
		header, lines, _ := strings.Cut(string(raw), "\n")
		at := slices.Index(strings.Split(header, ";"), "begindatum")
		keep, hold := []byte(header+"\n"), []byte(header+"\n")
		for line := range strings.Lines(lines) {
			if strings.HasPrefix(strings.Split(line, ";")[at], month) {
				hold = append(hold, line...)
			} else {
				keep = append(keep, line...)
			}
		}
		if err := os.WriteFile(path, keep, 0o600); err != nil {
			b.Fatal(err)
		}
		later[strings.TrimSuffix(path, ".csv")+"_later.csv"] = hold
	}
	return later
}
