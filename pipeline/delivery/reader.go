package delivery

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

const (
	// minQuarantine is the number of quarantined lines below which no file is refused.
	minQuarantine = 5
	// hopelessQuarantine bounds the memory that a file of nothing but bad lines takes.
	hopelessQuarantine = 100_000
)

// Reader reads a delivered file as record batches of its table's schema. It
// implements array.RecordReader; when Err is not nil after Next returned false,
// nothing of the file may be kept. It is not safe for concurrent use.
type Reader struct {
	references atomic.Int64
	file       File
	options    Options
	source     *countedFile
	parser     parser
	checker    *checker
	builder    *rowBuilder
	search     *search
	unknown    []string

	block    block
	position int // of the next record in the block
	current  arrow.RecordBatch
	ended    bool // the parser has no more
	done     bool
	err      error

	counts         Counts
	absolute       int64 // Σ|cents|
	absoluteBad    int64
	quarantine     []Quarantined
	quarantineRule map[string]int64
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
	if info, err := file.Stat(); err == nil {
		source.size = info.Size()
	}
	if p, err = openParser(f, source, o.Allocator); err != nil {
		p = nil
		return fail(err)
	}
	b := newBinder(f, p.header())
	l, refusal := b.bind()
	if refusal != nil {
		return fail(refusal)
	}
	delivered := f.Delivered(o.Today)
	people, refusal := newSearch(b, l, delivered.Year())
	if refusal != nil {
		return fail(refusal)
	}
	r := &Reader{file: f, options: o, source: source, parser: p, unknown: l.unknown, quarantineRule: map[string]int64{},
		checker: newChecker(f.Table, l, f.Source.Teken == "bedrag", delivered), search: people,
		builder: newRowBuilder(o.Allocator, f.Table, f.Supplier, o.PseudonymKey)}
	r.references.Store(1)
	return r, nil
}

// cause leaves the path out of a file error.
func cause(err error) string {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
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

// finish closes what reading needs; results stay.
func (r *Reader) finish() {
	r.done = true
	if r.parser != nil {
		r.parser.close()
		r.source.Close() // only read
		r.builder.release()
		r.parser = nil
	}
}

// abandon finishes after a panic; a library in disorder may panic once more.
func (r *Reader) abandon() {
	defer func() {
		if recover() != nil {
			r.parser = nil
			r.source.Close() // only read
			r.builder.release()
		}
	}()
	r.finish()
}

// Schema returns the schema of the batches.
func (r *Reader) Schema() *arrow.Schema { return r.builder.schema }

// RecordBatch returns the batch that Next made; it is released by the next call.
func (r *Reader) RecordBatch() arrow.RecordBatch { return r.current }

// Record returns the same as RecordBatch, which arrow-go prefers.
func (r *Reader) Record() arrow.RecordBatch { return r.current }

// Err tells why reading stopped: nil at a good end, else a *Refusal.
func (r *Reader) Err() error { return r.err }

// Quarantine returns the lines that were not loaded, in the order of the file.
// It is complete when Next has returned false.
func (r *Reader) Quarantine() []Quarantined { return r.quarantine }

// Counts tells what has been read; it is complete when Next has returned false.
func (r *Reader) Counts() Counts { return r.counts }

// UnknownColumns names the columns of the file that are not loaded under a name
// of their own, those that breed_overig keeps as onbekend among them.
func (r *Reader) UnknownColumns() []string { return r.unknown }

// Next makes the next batch; false at the end of the file and on an error.
func (r *Reader) Next() (more bool) {
	r.dropCurrent()
	if r.done {
		return false
	}
	defer func() {
		if caught := recover(); caught != nil {
			r.err = asPanic(r.file, caught)
			r.abandon()
			more = false
		}
	}()
	if err := r.fill(); err != nil {
		r.stop(asRefusal(r.file, err))
		return false
	}
	if r.builder.rows > 0 {
		r.current = r.builder.batch()
		return true
	}
	if err := r.mostTelling(r.verdict()); err != nil {
		r.stop(err)
		return false
	}
	r.finish()
	return false
}

func (r *Reader) stop(refusal *Refusal) {
	r.err = refusal
	r.finish()
}

// fill reads until a batch is full or the file has ended.
func (r *Reader) fill() error {
	for r.builder.rows < r.options.BatchRows && !r.ended {
		if r.position == len(r.block.records) {
			r.position = 0
			err := r.parser.read(&r.block)
			if r.options.Progress != nil {
				r.options.Progress(min(r.source.read, r.source.size))
			}
			if errors.Is(err, io.EOF) {
				r.ended = true
				break
			}
			if err != nil {
				return err
			}
		}
		for r.position < len(r.block.records) && r.builder.rows < r.options.BatchRows {
			fields, end := r.block.record(r.position)
			if !end.malformed && len(fields) == r.checker.width {
				if refusal := r.search.row(fields); refusal != nil {
					return refusal
				}
			}
			r.take(fields, end)
			r.position++
		}
		if q := r.counts.Quarantined; q >= hopelessQuarantine && q > r.counts.Lines/2 {
			return r.mostTelling(r.tooMuch())
		}
	}
	return nil
}

// mostTelling puts what identifies a person before any other reason to refuse.
func (r *Reader) mostTelling(other *Refusal) *Refusal {
	if found := r.search.verdict(); found != nil {
		found.File = r.file.Path
		return found
	}
	return other
}

// take checks one record and puts it into the batch or the quarantine.
func (r *Reader) take(fields [][]byte, end recordEnd) {
	c := r.checker
	column, rule := c.check(fields, end)
	r.counts.Lines++
	if rule != "" {
		q := c.quarantined(end.line, column, rule)
		r.quarantine = append(r.quarantine, q)
		r.quarantineRule[rule]++
		r.counts.Quarantined++
		r.counts.Cents += q.signed()
		r.counts.QuarantinedCents += q.signed()
		r.absolute += max(q.Cents, -q.Cents)
		r.absoluteBad += max(q.Cents, -q.Cents)
		if !q.AmountKnown && c.amount >= 0 {
			r.counts.UnknownAmounts++
		}
		return
	}
	if c.amount >= 0 {
		cents := c.cells[c.amount].number
		r.absolute += max(cents, -cents)
		if c.debitCredit >= 0 && string(c.cells[c.debitCredit].text) == "C" {
			cents = -cents
		}
		r.counts.Cents += cents
	}
	if c.groups == nil {
		r.builder.append(end.line, c.cells)
		r.counts.Rows++
		return
	}
	before := r.builder.rows
	for g := range c.groups {
		if c.groups[g].sum != 0 {
			r.appendGroup(end.line, &c.groups[g])
		}
	}
	// A line without a euro still has its insured years.
	if r.builder.rows == before {
		r.appendGroup(end.line, &c.groups[0])
	}
}

func (r *Reader) appendGroup(line int64, g *wideGroup) {
	c := r.checker
	c.cells[c.careType] = cell{text: g.careType, set: true}
	c.cells[c.amount] = cell{number: g.sum, set: true}
	r.builder.append(line, c.cells)
	r.counts.Rows++
}

// verdict judges the file as a whole, once all of it was read.
func (r *Reader) verdict() *Refusal {
	n := r.counts
	if m := r.file.Manifest; m != nil {
		if m.Regels != nil && *m.Regels != n.Lines {
			return &Refusal{File: r.file.Path, Reason: "the manifest counts another number of lines",
				Expected: fmt.Sprintf("%d lines (regels)", *m.Regels), Found: fmt.Sprintf("%d", n.Lines),
				Advice: "Ask the supplier to send file and manifest again"}
		}
		if m.Totaal != nil && *m.Totaal != n.Cents {
			found := EuroText(n.Cents) + " euro"
			if n.UnknownAmounts > 0 {
				found += fmt.Sprintf(", and %d lines whose amount cannot be read", n.UnknownAmounts)
			}
			return &Refusal{File: r.file.Path, Reason: "the manifest gives another total",
				Expected: EuroText(*m.Totaal) + " euro (totaal)", Found: found,
				Advice: "Ask the supplier to send file and manifest again"}
		}
	}
	share := r.options.MaxQuarantineShare
	if n.Quarantined >= minQuarantine &&
		(float64(n.Quarantined) > share*float64(n.Lines) || float64(r.absoluteBad) > share*float64(r.absolute)) {
		return r.tooMuch()
	}
	return nil
}

func (r *Reader) tooMuch() *Refusal {
	n := r.counts
	var top []ReasonCount
	for rule, count := range r.quarantineRule {
		top = append(top, ReasonCount{rule, count})
	}
	sort.Slice(top, func(i, j int) bool {
		if top[i].Count != top[j].Count {
			return top[i].Count > top[j].Count
		}
		return top[i].Rule < top[j].Rule
	})
	return &Refusal{File: r.file.Path, Line: r.quarantine[0].Line, Column: r.quarantine[0].Column,
		Reason:   "too much of the file breaks the contract (the first line that does is named)",
		Expected: fmt.Sprintf("at most %.3g%% of the lines and of the euros", 100*r.options.MaxQuarantineShare),
		Found: fmt.Sprintf("%d of %d lines, %s of %s euro", n.Quarantined, n.Lines,
			EuroText(r.absoluteBad), EuroText(r.absolute)),
		Top:    top[:min(10, len(top))],
		Advice: "Correct the [[bron]] of this file when its form differs, else ask the supplier to send it again"}
}
