package delivery

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const (
	csvWindow    = 128 << 10
	csvMaxRecord = 4 << 20 // longer is a quote that was never closed
)

// csvParser splits delimited text in UTF-8, quoted as RFC 4180 says.
type csvParser struct {
	in        io.Reader
	delimiter byte
	window    int // bytes read at a time
	names     []headerColumn
	rest      []byte // read, but of a record that was not complete
	line      int64  // on which rest begins
	atEnd     bool
	failed    error
}

// newCSVParser reads the header line.
func newCSVParser(in io.Reader, delimiter byte, window int) (*csvParser, error) {
	p := &csvParser{in: in, delimiter: delimiter, window: window, line: 1}
	var b block
	if err := p.fill(&b, 1); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, &Refusal{Reason: "is empty", Expected: "a header line", Advice: "Ask the supplier to send the file again"}
		}
		return nil, err
	}
	fields, r := b.record(0)
	if r.malformed {
		return nil, &Refusal{Line: r.line, Reason: "the header line is not well quoted", Advice: "Ask the supplier to send the file again"}
	}
	for _, f := range fields {
		p.names = append(p.names, headerColumn{name: string(f)})
	}
	return p, nil
}

func (p *csvParser) header() []headerColumn { return p.names }
func (p *csvParser) close()                 {}
func (p *csvParser) read(b *block) error    { return p.fill(b, 0) }

// fill reads a window and splits its complete records, at most limit of them
// (0: all).
func (p *csvParser) fill(b *block, limit int) error {
	b.reset()
	if p.failed != nil {
		return p.failed
	}
	b.memory = append(b.memory[:0], p.rest...)
	for {
		if err := p.more(b); err != nil {
			p.failed = err
			return err
		}
		used, err := p.split(b, limit)
		if err != nil {
			p.failed = err
			return err
		}
		// The rest is copied out: this block may be in use when the next is filled.
		if len(b.records) > 0 {
			p.rest = append(p.rest[:0], b.memory[used:]...)
			return nil
		}
		b.memory = b.memory[used:] // blank lines
		if p.atEnd {
			p.rest = p.rest[:0]
			return io.EOF
		}
		if len(b.memory) > csvMaxRecord {
			p.failed = &Refusal{Line: p.line, Reason: fmt.Sprintf("a record is longer than %d MiB", csvMaxRecord>>20),
				Advice: "Look for a quote that is opened on this line and never closed"}
			return p.failed
		}
	}
}

// more appends a window of input to the block's memory.
func (p *csvParser) more(b *block) error {
	if p.atEnd {
		return nil
	}
	want := len(b.memory) + max(p.window, len(b.memory))
	if cap(b.memory) < want {
		b.memory = append(make([]byte, 0, want), b.memory...)
	}
	n, err := io.ReadFull(p.in, b.memory[len(b.memory):want])
	b.memory = b.memory[:len(b.memory)+n]
	switch err {
	case nil:
	case io.EOF, io.ErrUnexpectedEOF: // a short window; a cut-off stream is errCutOff
		p.atEnd = true
	default:
		return err
	}
	return nil
}

// split appends the complete records of the block's memory to the block, and
// returns how many bytes they took.
func (p *csvParser) split(b *block, limit int) (int, error) {
	data, pos := b.memory, 0
	quote := nextQuote(data, 0)
	for pos < len(data) && (limit == 0 || len(b.records) < limit) {
		end := bytes.IndexByte(data[pos:], '\n')
		terminated := end >= 0
		switch {
		case terminated:
			end += pos
		case p.atEnd:
			end = len(data)
		}
		if quote < pos {
			quote = nextQuote(data, pos)
		}
		quoted := quote < len(data) && (end < 0 || quote < end)
		if quoted {
			var open bool
			if end, open = recordEndQuoted(data, pos, p.delimiter, p.atEnd); open {
				return 0, &Refusal{Line: p.line, Reason: "the file is cut off half-way: its last record is inside an open quote",
					Advice: "Ask the supplier to send the file again, or look for a quote that is never closed"}
			}
			terminated = end >= 0 && end < len(data)
		}
		if end < 0 {
			break
		}
		record := data[pos:end]
		if n := len(record); n > 0 && record[n-1] == '\r' {
			record = record[:n-1]
		}
		r := recordEnd{line: p.line}
		if len(record) > 0 {
			if quoted {
				// Lines are counted first: splitting moves bytes.
				p.line += int64(bytes.Count(record, []byte{'\n'}))
				r.malformed = b.splitQuoted(record, p.delimiter)
			} else {
				b.splitPlain(record, p.delimiter)
			}
			count := len(b.fields)
			if len(b.records) > 0 {
				count -= b.records[len(b.records)-1].end
			}
			if !terminated && p.names != nil && count < len(p.names) {
				return 0, &Refusal{Line: r.line, Reason: "the file is cut off half-way: its last line has no end and misses fields",
					Expected: fmt.Sprintf("%d fields", len(p.names)), Found: fmt.Sprintf("%d", count),
					Advice: "Ask the supplier to send the file again"}
			}
			r.end = len(b.fields)
			b.records = append(b.records, r)
		}
		p.line++
		pos = min(end+1, len(data))
	}
	return pos, nil
}

func nextQuote(data []byte, from int) int {
	if i := bytes.IndexByte(data[from:], '"'); i >= 0 {
		return from + i
	}
	return len(data)
}

// recordEndQuoted finds the newline that ends the record, passing over those
// within quotes; -1 when the record is not complete. open tells that the data
// end within quotes.
func recordEndQuoted(data []byte, pos int, delimiter byte, atEnd bool) (end int, open bool) {
	fieldStart := true
	for i := pos; i < len(data); i++ {
		switch c := data[i]; {
		case fieldStart && c == '"':
			for i++; ; i += 2 {
				j := bytes.IndexByte(data[min(i, len(data)):], '"')
				if j < 0 {
					return -1, atEnd
				}
				if i += j; i+1 >= len(data) || data[i+1] != '"' {
					break
				}
			}
			if i+1 >= len(data) && !atEnd {
				return -1, false // the next byte tells whether this quote closes
			}
			fieldStart = false
		case c == '\n':
			return i, false
		default:
			fieldStart = c == delimiter
		}
	}
	if atEnd {
		return len(data), false
	}
	return -1, false
}

func (b *block) splitPlain(record []byte, delimiter byte) {
	for {
		i := bytes.IndexByte(record, delimiter)
		if i < 0 {
			b.fields = append(b.fields, record)
			return
		}
		b.fields = append(b.fields, record[:i:i])
		record = record[i+1:]
	}
}

// splitQuoted splits a record that has quotes, undoing doubled ones in place. It
// reports text after a closing quote.
func (b *block) splitQuoted(record []byte, delimiter byte) (malformed bool) {
	for {
		if len(record) == 0 || record[0] != '"' {
			i := bytes.IndexByte(record, delimiter)
			if i < 0 {
				b.fields = append(b.fields, record)
				return malformed
			}
			b.fields = append(b.fields, record[:i:i])
			record = record[i+1:]
			continue
		}
		i, n := 1, 1 // read and written so far
		for i < len(record) {
			if record[i] == '"' {
				if i+1 >= len(record) || record[i+1] != '"' {
					break
				}
				i++
			}
			record[n] = record[i]
			i++
			n++
		}
		b.fields = append(b.fields, record[1:n:n])
		record = record[min(i+1, len(record)):]
		if len(record) == 0 {
			return malformed
		}
		if record[0] != delimiter {
			malformed = true
			if i = bytes.IndexByte(record, delimiter); i < 0 {
				return malformed
			}
			record = record[i:]
		}
		record = record[1:]
	}
}
