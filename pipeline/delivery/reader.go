package delivery

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

const (
	// minQuarantine is the number of quarantined lines below which no file is refused.
	minQuarantine = 5
	// hopelessQuarantine is the number of bad lines above which more bad than good is enough to refuse a file, in
	// all that was read or in one piece.
	hopelessQuarantine = 100_000
)

// Reader reads a delivered file as record batches of its table's schema. Pieces
// of the file are read side by side; the batches come in the order of the file.
// Reader implements array.RecordReader; when Err is not nil after Next returned
// false, nothing of the file may be kept. It is not safe for concurrent use.
type Reader struct {
	references atomic.Int64
	file       File
	options    Options
	source     *countedFile
	parser     parser
	layout     *layout
	search     *search
	schema     *arrow.Schema

	// order holds what is under way, in the order of the file; it is nil until the
	// first Next. stop ends the work before the file does.
	order   chan chan outcome
	stop    chan struct{}
	running sync.WaitGroup

	current arrow.RecordBatch
	done    bool
	err     error
	tally   tally
}

var _ array.RecordReader = (*Reader)(nil)

// Open begins to read a file. The error is a *Refusal when the file cannot be
// read at all: not there, not its format, a column missing, or one whose name
// says that it identifies persons. What their values say follows from Err.
func Open(f File, o Options) (reader *Reader, err error) {
	if f.refused != nil {
		return nil, f.refused
	}
	o = o.withDefaults()
	var source *countedFile
	var p parser
	fail := func(err error) (*Reader, error) {
		if p != nil {
			p.close()
		}
		if source != nil {
			source.Close() // only read
		}
		return nil, asRefusal(f, err)
	}
	defer func() {
		if caught := recover(); caught != nil {
			if source != nil {
				source.Close() // only read
			}
			reader, err = nil, asPanic(f, caught)
		}
	}()
	file, err := os.Open(f.Absolute)
	if err != nil {
		return fail(&Refusal{Reason: "the file cannot be opened: " + cause(err), Advice: "See that it exists and may be read"})
	}
	source = &countedFile{File: file}
	info, err := file.Stat()
	if err != nil {
		return fail(err)
	}
	if source.size, source.modified = info.Size(), info.ModTime(); !o.Modified.IsZero() {
		source.modified = o.Modified
	}
	if p, err = openParser(f, source, o); err != nil {
		p = nil
		return fail(err)
	}
	b := newBinder(f, p.header())
	l, refusal := b.bind()
	var people *search
	if refusal == nil {
		people, refusal = newSearch(b, l, f.Delivered(o.Today).Year())
	}
	if refusal != nil {
		if form, _ := formatOf(f.Absolute); form.kind != ".csv" {
			refusal.Line = 0 // only a text has its names on a line
		}
		return fail(refusal)
	}
	r := &Reader{file: f, options: o, source: source, parser: p, layout: l, search: people, schema: f.Table.Schema()}
	r.references.Store(1)
	return r, nil
}

// Retain adds a reference.
func (r *Reader) Retain() { r.references.Add(1) }

// Release drops a reference; the last one closes the file and frees the memory.
func (r *Reader) Release() {
	if r.references.Add(-1) != 0 {
		return
	}
	r.dropCurrent()
	r.finish()
}

func (r *Reader) dropCurrent() {
	if r.current != nil {
		r.current.Release()
		r.current = nil
	}
}

// finish stops the work and closes what it needs; results stay.
func (r *Reader) finish() {
	r.done = true
	if r.parser == nil {
		return
	}
	if r.order != nil {
		close(r.stop)
		for done := range r.order {
			o := <-done
			o.release()
		}
		r.running.Wait()
	}
	defer func() {
		_ = recover() // a library that panicked may do so once more
		r.parser = nil
		r.source.Close() // only read
	}()
	r.parser.close()
}

// Schema returns the schema of the batches.
func (r *Reader) Schema() *arrow.Schema { return r.schema }

// RecordBatch returns the batch that Next made; it is released by the next call.
func (r *Reader) RecordBatch() arrow.RecordBatch { return r.current }

// Record returns the same as RecordBatch, which arrow-go prefers.
func (r *Reader) Record() arrow.RecordBatch { return r.current }

// Err tells why reading stopped: nil at a good end, else a *Refusal.
func (r *Reader) Err() error { return r.err }

// Quarantine returns the lines that were not loaded, in the order of the file.
// It is complete when Next has returned false.
func (r *Reader) Quarantine() []Quarantined { return r.tally.quarantine }

// Counts tells what has been read; it is complete when Next has returned false.
func (r *Reader) Counts() Counts { return r.tally.counts }

// UnknownColumns names the columns of the file that are not loaded under a name
// of their own, those that breed_overig keeps as onbekend among them.
func (r *Reader) UnknownColumns() []string { return r.layout.unknown }

// Next makes the next batch; false at the end of the file and on an error.
func (r *Reader) Next() bool {
	r.dropCurrent()
	if !r.done && r.order == nil {
		r.start()
	}
	for !r.done {
		o := <-<-r.order
		if r.options.Progress != nil {
			r.options.Progress(min(r.source.read.Load(), r.source.size))
		}
		if refusal, ended := r.take(o); ended {
			o.release()
			if refusal != nil {
				r.err = refusal
			}
			r.finish()
			return false
		}
		if o.batch != nil {
			r.current = o.batch
			return true
		}
	}
	return false
}

// take adds the outcome of the next piece, and tells whether the file ends with
// it, well or not. What identifies a person goes before any other reason to refuse.
func (r *Reader) take(o outcome) (refusal *Refusal, ended bool) {
	r.tally.add(o.tally)
	// A worker stops at what is hopeless in its piece alone: the rest of that was not read.
	hopeless := r.tally.hopeless() || o.hopeless()
	person := r.search.add(o.sightings)
	if person == nil {
		person = o.person
	}
	if person == nil && (o.err != nil || hopeless) {
		person = r.search.verdict()
	}
	switch {
	case person != nil:
		person.File = r.file.Path
		return person, true
	case errors.Is(o.err, io.EOF):
		return r.verdict(), true
	case o.err != nil:
		return asRefusal(r.file, o.err), true
	case hopeless:
		return r.tooMuch(), true
	}
	return nil, false
}

// start sets the cutter and the workers to work. They never get further ahead
// than the queue is long, so that memory does not grow with the file.
func (r *Reader) start() {
	workers := r.options.Workers
	r.order, r.stop = make(chan chan outcome, workers), make(chan struct{})
	jobs := make(chan job)
	for range workers {
		w := r.newWorker()
		r.running.Go(func() {
			defer w.builder.release()
			for j := range jobs {
				select {
				case <-r.stop:
					j.piece.release()
					j.done <- outcome{}
				default:
					j.done <- w.run(j)
				}
			}
		})
	}
	r.running.Go(func() {
		defer close(r.order)
		defer close(jobs)
		for first := true; ; first = false {
			p, err := r.cut()
			j := job{piece: p, first: first, done: make(chan outcome, 1)}
			if err != nil {
				j.done <- outcome{err: err}
			}
			select {
			case r.order <- j.done:
			case <-r.stop:
				if p != nil {
					p.release()
				}
				return
			}
			if err != nil {
				return
			}
			jobs <- j
		}
	})
}

// cut takes the next piece off the file; a panic becomes a refusal.
func (r *Reader) cut() (p piece, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			p, err = nil, asPanic(r.file, caught)
		}
	}()
	return r.parser.next()
}

func (r *Reader) newWorker() *worker {
	c := newChecker(r.file.Table, r.layout, r.file.Source.Teken == "bedrag", r.file.Delivered(r.options.Today))
	if len(r.options.PseudonymKey) > 0 {
		c.pseudonym = pseudonymHash(r.options.PseudonymKey)
	}
	return &worker{file: r.file, checker: c, builder: newRowBuilder(r.options.Allocator, r.file.Table, r.file.Supplier, c), search: newPieceSearch(r.search)}
}

// verdict judges the file as a whole, once all of it was read.
func (r *Reader) verdict() *Refusal {
	if refusal := r.source.unchanged(); refusal != nil {
		refusal.File = r.file.Path
		return refusal
	}
	n := r.tally.counts
	if m := r.file.Manifest; m != nil {
		if m.Regels != nil && *m.Regels != n.Lines {
			return &Refusal{File: r.file.Path, Reason: "the manifest counts another number of lines",
				Expected: counted(*m.Regels, "line") + " (regels)", Found: fmt.Sprintf("%d", n.Lines),
				Advice: "Ask the supplier to send file and manifest again"}
		}
		if m.Totaal != nil && *m.Totaal != n.Cents {
			return &Refusal{File: r.file.Path, Reason: "the manifest gives another total",
				Expected: EuroText(*m.Totaal) + " euro (totaal)", Found: EuroText(n.Cents) + " euro" + n.unread(),
				Advice: "Ask the supplier to send file and manifest again"}
		}
	}
	share := r.options.MaxQuarantineShare
	if n.Quarantined >= minQuarantine &&
		(float64(n.Quarantined) > share*float64(n.Lines) || float64(r.tally.absoluteBad) > share*float64(r.tally.absolute)) {
		return r.tooMuch()
	}
	return nil
}

// unread tells of the amounts that are in no sum.
func (n Counts) unread() string {
	if n.UnknownAmounts == 0 {
		return ""
	}
	return fmt.Sprintf(", and %s whose amount cannot be read", counted(n.UnknownAmounts, "line"))
}

func (r *Reader) tooMuch() *Refusal {
	n := r.tally.counts
	counts := map[string]int64{}
	for _, q := range r.tally.quarantine {
		counts[q.Rule]++
	}
	var top []ReasonCount
	for rule, count := range counts {
		top = append(top, ReasonCount{rule, count})
	}
	sort.Slice(top, func(i, j int) bool {
		if top[i].Count != top[j].Count {
			return top[i].Count > top[j].Count
		}
		return top[i].Rule < top[j].Rule
	})
	return &Refusal{File: r.file.Path, Line: r.tally.quarantine[0].Line, Column: r.tally.quarantine[0].Column,
		Reason:   "too much of the file breaks the contract (the first line that does is named)",
		Expected: fmt.Sprintf("at most %.3g%% of the lines and of the euros", 100*r.options.MaxQuarantineShare),
		Found: fmt.Sprintf("%d of %s, %s of %s euro", n.Quarantined, counted(n.Lines, "line"),
			EuroText(r.tally.absoluteBad), EuroText(r.tally.absolute)) + n.unread(),
		Top:    top[:min(10, len(top))],
		Advice: "Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"}
}
