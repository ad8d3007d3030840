package delivery

import (
	"errors"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
)

// job is a piece on its way to a worker.
type job struct {
	piece piece
	first bool // of the file
	done  chan outcome
}

// outcome is what a worker made of a piece.
type outcome struct {
	batch arrow.RecordBatch // nil: no row
	tally
	sightings [][]sighting
	// person is a refusal for what identifies a person, which goes before any other.
	person *Refusal
	// err says why the file cannot be read on from here; io.EOF is its good end.
	err error
}

func (o outcome) release() {
	if o.batch != nil {
		o.batch.Release()
	}
}

// tally adds up what was read.
type tally struct {
	counts      Counts
	absolute    int64 // Σ|cents|
	absoluteBad int64
	quarantine  []Quarantined
}

func (t *tally) add(o tally) {
	t.counts.Lines += o.counts.Lines
	t.counts.Rows += o.counts.Rows
	t.counts.Quarantined += o.counts.Quarantined
	t.counts.Cents += o.counts.Cents
	t.counts.QuarantinedCents += o.counts.QuarantinedCents
	t.counts.UnknownAmounts += o.counts.UnknownAmounts
	t.absolute += o.absolute
	t.absoluteBad += o.absoluteBad
	t.quarantine = append(t.quarantine, o.quarantine...)
}

// hopeless tells of so many bad lines that there is no use in reading on; it
// bounds the memory that a file of nothing but bad lines takes.
func (t *tally) hopeless() bool {
	return t.counts.Quarantined >= hopelessQuarantine && t.counts.Quarantined > t.counts.Lines/2
}

// worker checks the rows of one piece at a time and makes a batch of them.
type worker struct {
	file    File
	checker *checker
	builder *rowBuilder
	search  *pieceSearch
	block   block
	tally   tally
}

// run takes the outcome of a piece from begin to end; a panic becomes a refusal.
func (w *worker) run(j job) (o outcome) {
	defer func() {
		if caught := recover(); caught != nil {
			o = outcome{err: asPanic(w.file, caught)}
		}
	}()
	defer j.piece.release()
	w.tally = tally{}
	w.search.begin(j.first)
	o.person, o.err = w.read(j.piece)
	var person *Refusal
	if o.sightings, person = w.search.end(); o.person == nil {
		o.person = person
	}
	o.tally = w.tally
	if w.builder.rows > 0 {
		o.batch = w.builder.batch()
	}
	return o
}

func (w *worker) read(p piece) (person *Refusal, err error) {
	for !w.tally.hopeless() {
		if err := p.read(&w.block); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return nil, err
		}
		for i := range w.block.records {
			fields, end := w.block.record(i)
			if !end.malformed && len(fields) == w.checker.width {
				if person := w.search.row(fields); person != nil {
					return person, nil
				}
			}
			w.take(fields, end)
		}
	}
	return nil, nil
}

// take checks one record and puts it into the batch or the quarantine.
func (w *worker) take(fields [][]byte, end recordEnd) {
	c, t := w.checker, &w.tally
	column, rule := c.check(fields, end)
	t.counts.Lines++
	if rule != "" {
		q := c.quarantined(end.line, column, rule)
		t.quarantine = append(t.quarantine, q)
		t.counts.Quarantined++
		t.counts.Cents += q.signed()
		t.counts.QuarantinedCents += q.signed()
		t.absolute += max(q.Cents, -q.Cents)
		t.absoluteBad += max(q.Cents, -q.Cents)
		if !q.AmountKnown && c.amount >= 0 {
			t.counts.UnknownAmounts++
		}
		return
	}
	if c.amount >= 0 {
		cents := c.cells[c.amount].number
		t.absolute += max(cents, -cents)
		if c.credit {
			cents = -cents
		}
		t.counts.Cents += cents
	}
	if c.groups == nil {
		w.builder.append(end.line)
		t.counts.Rows++
		return
	}
	before := w.builder.rows
	for g := range c.groups {
		if c.groups[g].sum != 0 {
			w.appendGroup(end.line, &c.groups[g])
		}
	}
	// A line without a euro still has its insured years.
	if w.builder.rows == before {
		w.appendGroup(end.line, &c.groups[0])
	}
}

func (w *worker) appendGroup(line int64, g *wideGroup) {
	c := w.checker
	c.cells[c.careType] = cell{text: g.careType, set: true}
	c.cells[c.amount] = cell{number: g.sum, set: true}
	w.builder.append(line)
	w.tally.counts.Rows++
}
