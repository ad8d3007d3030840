package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline"
)

// BenchmarkNight runs one night on a region of 100,000 people and nine years and
// tells the seconds per stage, the lines per second, the cells that the
// protection decided on, the peak memory of the process, and the seconds of a
// release after it. ONTSCHOT_PEOPLE makes it another number of people.
func BenchmarkNight(b *testing.B) {
	people := numberFromEnv(b, "ONTSCHOT_PEOPLE", 100_000)
	dir := b.TempDir()
	began := time.Now()
	made := nightSynthetic(b, dir, people, 2015, 2023, 1)
	demo := time.Since(began).Seconds()
	resetPeak(b)
	config, err := pipeline.ReadConfig(filepath.Join(dir, "ontschot.toml"))
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		night, err := pipeline.Run(context.Background(), config, pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "bench"})
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range night.Stages {
			b.ReportMetric(s.Seconds, s.Name+"-s")
			if s.Name == "load" {
				b.ReportMetric(float64(made.Lines)/s.Seconds, "lines/s-load")
			}
		}
		b.ReportMetric(float64(night.Hidden.Cells), "cells")
		b.ReportMetric(100*float64(night.Hidden.Hidden)/float64(night.Hidden.Cells), "%-hidden")
	}
	b.ReportMetric(demo, "demo-s")
	b.ReportMetric(float64(made.Lines)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(peakMiB(b), "peak-MiB")
	b.StopTimer()
	release, err := pipeline.Release(context.Background(), config, pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "bench"}, "")
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range release.Stages {
		b.ReportMetric(s.Seconds, "release-"+s.Name+"-s")
	}
}

// resetPeak forgets the peak memory so far; where the kernel does not allow it,
// the peak includes the making of the region.
func resetPeak(b *testing.B) {
	b.Helper()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Log("the peak includes the making of the region:", err)
	}
}

func peakMiB(b *testing.B) float64 {
	b.Helper()
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("peak memory is read from /proc, which is not there")
	}
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
			if err != nil {
				b.Fatal(err)
			}
			return kib / 1024
		}
	}
	return 0
}
