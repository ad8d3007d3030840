package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline"
)

// tenths are the sizes of the regions of BenchmarkIndicators, as parts of the largest.
var tenths = []float64{1, 2.5, 5, 10}

// BenchmarkIndicators lays all queries of a night, the model and the indicators, beside what DuckDB needs to read the same
// claims on its own, as BenchmarkLoad does, on regions of 1, 2.5, 5 and 10 million lines. What is loaded, is loaded before
// the clock starts; both end with a CHECKPOINT: that of the night lies in the stage publish, which is counted whole. The
// seconds of the indicators are a sum: queries run two at a time. Of more rounds the fastest counts. Last it tells how the
// seconds grow: the exponent of the lines by least squares on logarithms, 1 being linear.
// ONTSCHOT_PEOPLE makes the largest region another number of people than 90,000, from 1,000 on.
func BenchmarkIndicators(b *testing.B) {
	largest := numberFromEnv(b, "ONTSCHOT_PEOPLE", 90_000)
	var sizes []queriedRegion
	for _, tenth := range tenths {
		people := int(float64(largest) * tenth / 10)
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) { sizes = append(sizes, benchmarkIndicators(b, people)) })
	}
	b.Run("growth", func(b *testing.B) {
		if len(sizes) < 2 {
			b.Skip("a growth is seen on two regions or more")
		}
		for name, seconds := range map[string]func(queriedRegion) float64{
			"queries":    func(a queriedRegion) float64 { return a.queries },
			"indicators": func(a queriedRegion) float64 { return a.indicators },
			"duckdb":     func(a queriedRegion) float64 { return a.alone },
		} {
			b.ReportMetric(exponent(sizes, seconds), name+"-exponent")
		}
		b.ReportMetric(0, "ns/op") // nothing was timed here
	})
}

// queriedRegion is what a region of a number of claim lines took, in seconds.
type queriedRegion struct{ lines, queries, indicators, alone float64 }

func benchmarkIndicators(b *testing.B, people int) queriedRegion {
	dir := b.TempDir()
	made := nightSynthetic(b, dir, people, 2015, 2023, 1)
	config, err := pipeline.ReadConfig(filepath.Join(dir, "ontschot.toml"))
	if err != nil {
		b.Fatal(err)
	}
	claims, err := filepath.Glob(filepath.Join(dir, "aanlevering", "*", "declaraties*.csv"))
	if err != nil || len(claims) == 0 {
		b.Fatal("no claims to load", err)
	}
	if _, err := pipeline.Load(context.Background(), config, pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "bench"}, nil); err != nil {
		b.Fatal(err)
	}
	warehouse, loaded := filepath.Join(dir, "warehouse.duckdb"), filepath.Join(dir, "loaded.duckdb")
	if err := os.Rename(warehouse, loaded); err != nil {
		b.Fatal(err)
	}
	fastest := queriedRegion{float64(made.Lines), math.Inf(1), math.Inf(1), math.Inf(1)}
	var peak float64
	var ratios []float64
	for b.Loop() {
		// A night works on a copy and puts that in place: the loaded file stays as it is.
		if err := errors.Join(os.RemoveAll(warehouse), os.Link(loaded, warehouse)); err != nil {
			b.Fatal(err)
		}
		watch := &peakOfQueries{b: b}
		night, err := pipeline.Run(context.Background(), config, pipeline.Env{Now: time.Now, Progress: watch, Version: "bench"})
		if err != nil {
			b.Fatal(err)
		}
		var queries float64
		for _, s := range night.Stages {
			if s.Name == "model" || s.Name == "publish" {
				queries += s.Seconds
			}
		}
		alone := readAlone(b, dir, "csv", claims, made.Lines)
		fastest.queries = min(fastest.queries, queries)
		fastest.indicators = min(fastest.indicators, secondsOfIndicators(b, filepath.Join(dir, "runs", night.Run, "log.jsonl")))
		fastest.alone = min(fastest.alone, alone)
		ratios = append(ratios, queries/alone)
		peak = max(peak, watch.peak)
	}
	b.ReportMetric(fastest.lines, "lines")
	b.ReportMetric(fastest.queries, "queries-s")
	b.ReportMetric(fastest.indicators, "indicators-s")
	b.ReportMetric(fastest.alone, "duckdb-s")
	b.ReportMetric(slices.Min(ratios), "ratio-min")
	b.ReportMetric(slices.Max(ratios), "ratio-max")
	b.ReportMetric(fastest.indicators/fastest.alone, "ratio-indicators")
	b.ReportMetric(fastest.queries/fastest.lines*1e6, "queries-s/Mline")
	b.ReportMetric(fastest.indicators/fastest.lines*1e6, "indicators-s/Mline")
	b.ReportMetric(peak, "peak-MiB")
	return fastest
}

// peakOfQueries keeps the peak memory of the stage in which the queries run.
type peakOfQueries struct {
	pipeline.Silent
	b     *testing.B
	stage string
	peak  float64
}

func (p *peakOfQueries) Stage(name string, _ int64) {
	if p.stage = name; name == "queries" {
		resetPeak(p.b)
	}
}

func (p *peakOfQueries) Done() {
	if p.stage == "queries" {
		p.peak = peakMiB(p.b)
	}
}

// secondsOfIndicators adds up what the log of a run says of each indicator.
func secondsOfIndicators(b *testing.B, path string) (seconds float64) {
	b.Helper()
	log, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer log.Close()
	for lines := json.NewDecoder(log); ; {
		var line struct {
			Msg     string
			Name    string
			Seconds float64
		}
		if err := lines.Decode(&line); errors.Is(err, io.EOF) {
			return seconds
		} else if err != nil {
			b.Fatal(err)
		}
		if line.Msg == "query" && strings.HasPrefix(line.Name, "uitkomst.") {
			seconds += line.Seconds
		}
	}
}

// exponent is the slope of the logarithm of the seconds against that of the lines, by least squares.
func exponent(sizes []queriedRegion, seconds func(queriedRegion) float64) float64 {
	var x, y, xx, xy float64
	for _, size := range sizes {
		lines, took := math.Log(size.lines), math.Log(seconds(size))
		x, y, xx, xy = x+lines, y+took, xx+lines*lines, xy+lines*took
	}
	n := float64(len(sizes))
	return (n*xy - x*y) / (n*xx - x*x)
}
