// Package synthetic makes a region to try the pipeline on: invented persons with their claims under five Dutch care laws,
// and effects planted in them whose true size is written down beside the data.
package synthetic

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Options says what region to make. The same options give the same bytes.
type Options struct {
	People              int // inhabitants on the first day, at least 100
	FirstYear, LastYear int // years of care, both included, within 2006 … 2040
	Seed                uint64
	Format              string                  // "csv" or "parquet"
	Progress            func(done, total int64) // persons written so far; may be nil
}

// Summary is what was made.
type Summary struct {
	People      int64            // persons who ever lived in the region
	PersonYears float64          // time lived in the region, in years
	Lines       int64            // claim lines
	Bytes       int64            // size of all files under aanlevering
	Cents       map[string]int64 // debits minus credits per domein, in cents
}

// OptionError says which option cannot be used and why: wrong use, nothing was made.
type OptionError struct{ Option, Reason string }

func (e *OptionError) Error() string { return "synthetic region: " + e.Option + ": " + e.Reason }

func (o Options) check() error {
	switch {
	case o.People < 100:
		return &OptionError{"people", fmt.Sprintf("%d is too few; give 100 or more", o.People)}
	case o.People > 5_000_000:
		return &OptionError{"people", fmt.Sprintf("%d is too many; give 5000000 or fewer", o.People)}
	case o.FirstYear > o.LastYear:
		return &OptionError{"years", fmt.Sprintf("%d-%d ends before it begins; give the first year first", o.FirstYear, o.LastYear)}
	case o.FirstYear < 2006 || o.LastYear > 2040:
		return &OptionError{"years", fmt.Sprintf("%d-%d; give years from 2006 to 2040", o.FirstYear, o.LastYear)}
	case o.Format != "csv" && o.Format != "parquet":
		return &OptionError{"format", fmt.Sprintf("%q is unknown; give csv or parquet", o.Format)}
	}
	return nil
}

// Write makes the region in dir: ontschot.toml, aanlevering/ and waarheid.json. It returns an *OptionError for options
// that cannot be used or a folder that holds something else, and the error of ctx when cancelled; ontschot.toml is
// written last, so a region that was cut off cannot be run.
func Write(ctx context.Context, dir string, o Options) (Summary, error) {
	if err := o.check(); err != nil {
		return Summary{}, err
	}
	w := newWorld(o)
	files := w.plan()
	base := priceYear
	if base < o.FirstYear || base > o.LastYear {
		base = o.FirstYear
	}
	toml, extension := settings(base), "."+o.Format
	if err := claimFolder(dir, extension, files, toml); err != nil {
		return Summary{}, err
	}
	w.populate()
	total, err := w.deliver(ctx, filepath.Join(dir, "aanlevering"), o, files)
	if err != nil {
		return Summary{}, err
	}
	truth, err := w.truth(o, total)
	if err != nil {
		return Summary{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "waarheid.json"), truth, 0o600); err != nil {
		return Summary{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "ontschot.toml"), []byte(toml), 0o600); err != nil {
		return Summary{}, err
	}
	return w.summary(filepath.Join(dir, "aanlevering"), extension, files, total)
}

func newWorld(o Options) *world {
	w := &world{seed: o.Seed, people: o.People, firstYear: o.FirstYear, lastYear: o.LastYear,
		first: dateOf(o.FirstYear, 1, 1), last: dateOf(o.LastYear, 12, 31), cutoff: dateOf(o.LastYear+1, 6, 30)}
	w.prefixOf = makePrefixes(o.FirstYear, o.LastYear-o.FirstYear+2)
	return w
}

// deliver generates blocks of persons in parallel and writes them in order.
func (w *world) deliver(ctx context.Context, dir string, o Options, files []file) (total *sums, err error) {
	ctx, cancel := context.WithCancel(ctx)
	fresh := func([]column) rows { return &csvRows{} }
	if o.Format == "parquet" {
		fresh = func(columns []column) rows { return newArrowRows(columns) }
	}
	workers := runtime.GOMAXPROCS(0)
	blocks := (len(w.persons) + blockSize - 1) / blockSize
	queue := make(chan chan *block, workers)
	go func() {
		defer close(queue)
		for i := range blocks {
			done := make(chan *block, 1)
			select {
			case queue <- done:
				go func() { done <- w.generate(i, files, fresh) }()
			case <-ctx.Done():
				return
			}
		}
	}()
	defer func() {
		cancel()
		for done := range queue {
			<-done
		}
		err = errors.Join(err, closeAll(files))
	}()
	total = newSums(w)
	for i := range blocks {
		done, ok := <-queue
		if !ok || ctx.Err() != nil {
			return nil, ctx.Err()
		}
		b := <-done
		total.add(b.sums)
		if err := b.write(dir, "."+o.Format, files); err != nil {
			return nil, err
		}
		if o.Progress != nil {
			o.Progress(int64(min((i+1)*blockSize, len(w.persons))), int64(len(w.persons)))
		}
	}
	if err := w.writeBudget(&files[w.budgetFile], fresh); err != nil {
		return nil, err
	}
	return total, w.manifests(dir, files)
}

// write appends the rows of the block to the files; a file begins with its first rows, a snapshot in any case.
func (b *block) write(dir, extension string, files []file) error {
	for i := range files {
		f := &files[i]
		if b.count[i] == 0 && (f.addition || f.sink != nil) {
			continue
		}
		if f.sink == nil {
			openFile := openCSV
			if extension == ".parquet" {
				openFile = openParquet
			}
			var err error
			if f.sink, err = openFile(filepath.Join(dir, f.supplier, f.name+extension), f.columns); err != nil {
				return err
			}
		}
		f.lines += b.count[i]
		f.cents += b.cents[i]
		if b.count[i] == 0 {
			continue
		}
		if err := f.sink.write(b.rows[i]); err != nil {
			return fmt.Errorf("write %s%s: %w", f.name, extension, err)
		}
	}
	return nil
}

func (w *world) manifests(dir string, files []file) error {
	for i := range files {
		f := &files[i]
		if f.sink == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, f.supplier, f.name+".manifest.toml"), f.manifest(), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func closeAll(files []file) (err error) {
	for i := range files {
		if files[i].sink != nil {
			err = errors.Join(err, files[i].sink.close())
		}
	}
	return err
}

func (w *world) summary(dir, extension string, files []file, total *sums) (Summary, error) {
	s := Summary{People: total.persons, Cents: map[string]int64{}}
	for i := range total.years {
		y := w.firstYear + i
		s.PersonYears += float64(total.residentDay[i]) / float64(dateOf(y+1, 1, 1)-dateOf(y, 1, 1))
		for d := range domains {
			s.Lines += total.years[i].lines[d]
			s.Cents[domainNames[d]] += total.years[i].euros[d]
		}
	}
	for i := range files {
		if files[i].sink == nil {
			continue
		}
		for _, end := range []string{extension, ".manifest.toml"} {
			info, err := os.Stat(filepath.Join(dir, files[i].supplier, files[i].name+end))
			if err != nil {
				return Summary{}, err
			}
			s.Bytes += info.Size()
		}
	}
	return s, nil
}
