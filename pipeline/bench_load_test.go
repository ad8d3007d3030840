package pipeline_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/klauspost/compress/zstd"

	"ontschot/pipeline"
	"ontschot/pipeline/delivery"
	"ontschot/pipeline/synthetic"
)

// BenchmarkLoad lays the load of claims, with hashing and every check, beside what
// DuckDB does with the same files on its own: declared types, no checks, into a
// table on disk. Both end with a CHECKPOINT. It tells the seconds of both, their
// ratio per round (the least and the most), and the peak memory of the load.
// ONTSCHOT_LINES makes it another number of lines than 20 million.
func BenchmarkLoad(b *testing.B) {
	lines := numberFromEnv(b, "ONTSCHOT_LINES", 20_000_000)
	for _, format := range []string{"csv", "parquet"} {
		b.Run(format, func(b *testing.B) { benchmarkLoad(b, format, lines) })
	}
}

// linesPerPerson is what a person of the synthetic region has in nine years.
const linesPerPerson = 112

func benchmarkLoad(b *testing.B, format string, lines int) {
	dir := b.TempDir()
	made, err := synthetic.Write(context.Background(), dir, synthetic.Options{
		People: lines / linesPerPerson, FirstYear: 2015, LastYear: 2023, Seed: 1, Format: format,
	})
	if err != nil {
		b.Fatal(err)
	}
	claims, err := filepath.Glob(filepath.Join(dir, "aanlevering", "*", "declaraties*."+format))
	if err != nil || len(claims) == 0 {
		b.Fatal("no claims to load", err)
	}
	config, err := pipeline.ReadConfig(filepath.Join(dir, "ontschot.toml"))
	if err != nil {
		b.Fatal(err)
	}
	var ours, theirs, ratios []float64
	var peak float64
	for b.Loop() {
		for _, name := range []string{"warehouse.duckdb", "runs"} {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				b.Fatal(err)
			}
		}
		resetPeak(b)
		began := time.Now()
		night, err := pipeline.Load(context.Background(), config, pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "bench"}, claims)
		if err != nil {
			b.Fatal(err)
		}
		ours = append(ours, time.Since(began).Seconds())
		peak = max(peak, peakMiB(b))
		var loaded int64
		for _, l := range night.Loaded {
			loaded += l.Counts.Rows
		}
		if loaded != made.Lines {
			b.Fatalf("%d of %d lines loaded", loaded, made.Lines)
		}
		theirs = append(theirs, readAlone(b, dir, format, claims, made.Lines))
		ratios = append(ratios, ours[len(ours)-1]/theirs[len(theirs)-1])
	}
	b.ReportMetric(slices.Min(ours), "load-s")
	b.ReportMetric(slices.Min(theirs), "duckdb-s")
	b.ReportMetric(slices.Min(ratios), "ratio-min")
	b.ReportMetric(slices.Max(ratios), "ratio-max")
	b.ReportMetric(float64(made.Lines)/slices.Min(ours), "lines/s-load")
	b.ReportMetric(peak, "peak-MiB")
}

// BenchmarkParts shows that the memory of the load does not grow with what is
// delivered: ONTSCHOT_PARTS regions of 20 million lines each (10 unless told
// otherwise), compressed with zstd, one after another. It needs 2 GB of disk a part.
func BenchmarkParts(b *testing.B) {
	parts := numberFromEnv(b, "ONTSCHOT_PARTS", 10)
	dir := b.TempDir()
	var lines, bytes int64
	for part := range parts {
		region := filepath.Join(dir, "region")
		lines += nightSynthetic(b, region, 20_000_000/linesPerPerson, 2015, 2023, uint64(part)).Lines
		claims, err := filepath.Glob(filepath.Join(region, "aanlevering", "*", "declaraties*.csv"))
		if err != nil {
			b.Fatal(err)
		}
		for _, from := range claims {
			bytes += compress(b, from, filepath.Join(dir, "aanlevering", fmt.Sprintf("deel%02d", part), filepath.Base(from)+".zst"))
		}
		if err := os.RemoveAll(region); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(dir, "ontschot.toml")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		b.Fatal(err)
	}
	config, err := pipeline.ReadConfig(path)
	if err != nil {
		b.Fatal(err)
	}
	resetPeak(b)
	b.ResetTimer()
	night, err := pipeline.Load(context.Background(), config, pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "bench"}, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	var loaded int64
	for _, l := range night.Loaded {
		loaded += l.Counts.Rows
	}
	if loaded != lines {
		b.Fatalf("%d of %d lines loaded", loaded, lines)
	}
	info, err := os.Stat(filepath.Join(dir, "warehouse.duckdb"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(lines), "lines")
	b.ReportMetric(float64(bytes)/1e6, "zst-MB")
	b.ReportMetric(float64(info.Size())/1e6, "warehouse-MB")
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(peakMiB(b), "peak-MiB")
}

// compress writes a file with zstd, and gives the bytes it took.
func compress(b *testing.B, from, to string) int64 {
	b.Helper()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		b.Fatal(err)
	}
	in, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	z, err := zstd.NewWriter(out)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(z, in); err != nil {
		b.Fatal(err)
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := out.Stat()
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}

// readAlone lets DuckDB read the files into a new database, and gives the seconds.
func readAlone(b *testing.B, dir, format string, files []string, lines int64) float64 {
	b.Helper()
	path := filepath.Join(dir, "alone.duckdb")
	db, err := sql.Open("duckdb", path)
	if err != nil {
		b.Fatal(err)
	}
	defer os.Remove(path)
	defer db.Close()
	list := "['" + strings.Join(files, "', '") + "']"
	source := fmt.Sprintf("read_parquet(%s)", list)
	if format == "csv" {
		var types []string
		table, _ := delivery.TableNamed("declaraties")
		for _, c := range table.Columns {
			kind := "VARCHAR"
			switch c.Kind {
			case delivery.Date:
				kind = "DATE"
			case delivery.Decimal:
				kind = fmt.Sprintf("DECIMAL(%d,%d)", c.Precision, c.Scale)
			}
			types = append(types, fmt.Sprintf("'%s': '%s'", c.Name, kind))
		}
		source = fmt.Sprintf("read_csv(%s, delim = ';', header = true, columns = {%s})", list, strings.Join(types, ", "))
	}
	began := time.Now()
	for _, s := range []string{"SET memory_limit = '2GiB'", "CREATE TABLE declaraties AS SELECT * FROM " + source, "CHECKPOINT"} {
		if _, err := db.Exec(s); err != nil {
			b.Fatal(err)
		}
	}
	seconds := time.Since(began).Seconds()
	var n int64
	if err := db.QueryRow("SELECT count(*) FROM declaraties").Scan(&n); err != nil || n != lines {
		b.Fatalf("%d of %d lines, %v", n, lines, err)
	}
	return seconds
}
