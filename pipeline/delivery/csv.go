package delivery

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
)

const csvMaxRecord = 4 << 20 // longer is a quote that was never closed

// csvParser cuts delimited text in UTF-8, quoted as RFC 4180 says.
type csvParser struct {
	in        io.Reader
	delimiter byte
	size      int // of a piece, in bytes
	names     []headerColumn
	rest      []byte // read, but of a record that was not complete
	line      int64  // on which rest begins
	atEnd     bool
	failed    error
	memory    *sync.Pool // of pieces that are done with
}

// newCSVParser reads the header line.
func newCSVParser(in io.Reader, delimiter byte, size int) (*csvParser, error) {
	p := &csvParser{in: in, delimiter: delimiter, size: size, line: 1, memory: &sync.Pool{}}
	var first *csvPiece
	var b block
	for len(b.records) == 0 { // blank lines may come first
		var err error
		if first, err = p.cut(); err != nil {
			if errors.Is(err, io.EOF) {
				err = &Refusal{Reason: "the file is empty", Expected: "a header line", Advice: "Ask the supplier to send the file again"}
			}
			return nil, err
		}
		if err := first.split(&b, 1); err != nil {
			return nil, err
		}
	}
	fields, r := b.record(0)
	if r.malformed {
		return nil, &Refusal{Line: r.line, Reason: "the header line is not well quoted", Advice: "Ask the supplier to send the file again"}
	}
	for _, f := range fields {
		p.names = append(p.names, headerColumn{name: string(f)})
	}
	// What follows the header line in its piece is cut once more.
	p.rest = append(bytes.Clone(first.data[first.pos:]), p.rest...)
	p.line = first.line
	return p, nil
}

func (p *csvParser) header() []headerColumn { return p.names }
func (p *csvParser) close()                 {}

func (p *csvParser) next() (piece, error) {
	c, err := p.cut()
	if err != nil {
		return nil, err
	}
	return c, nil
}

// cut reads a window and takes its complete records off.
func (p *csvParser) cut() (*csvPiece, error) {
	if p.failed != nil {
		return nil, p.failed
	}
	c, ok := p.memory.Get().(*csvPiece)
	if !ok {
		c = &csvPiece{memory: p.memory}
	}
	data := c.data[:0]
	data = append(data, p.rest...)
	for {
		var err error
		if data, err = p.more(data); err != nil {
			p.failed = err
			return nil, err
		}
		end, lines := lastRecordEnd(data, p.delimiter, p.atEnd)
		if len(data)-end > csvMaxRecord {
			p.failed = &Refusal{Line: p.line + lines, Reason: fmt.Sprintf("a record is longer than %d MiB", csvMaxRecord>>20),
				Advice: "Look for a quote that is opened on this line and never closed"}
			return nil, p.failed
		}
		if end > 0 {
			*c = csvPiece{data: data[:end], line: p.line, last: p.atEnd, quote: -1, delimiter: p.delimiter, width: len(p.names), memory: p.memory}
			p.rest = append(p.rest[:0], data[end:]...)
			p.line += lines
			return c, nil
		}
		if p.atEnd {
			p.failed = io.EOF
			return nil, io.EOF
		}
	}
}

// more appends a window of input.
func (p *csvParser) more(data []byte) ([]byte, error) {
	if p.atEnd {
		return data, nil
	}
	// A record that did not fit gets twice the room.
	want := max(p.size, 2*len(data))
	if cap(data) < want {
		data = append(make([]byte, 0, want), data...)
	}
	n, err := io.ReadFull(p.in, data[len(data):want])
	data = data[:len(data)+n]
	switch err {
	case nil:
	case io.EOF, io.ErrUnexpectedEOF: // a short window; a cut-off stream is errCutOff
		p.atEnd = true
	default:
		return nil, err
	}
	return data, nil
}

// lastRecordEnd finds where the last complete record ends, and how many lines
// there are before that. At the end of the file every record is complete.
func lastRecordEnd(data []byte, delimiter byte, atEnd bool) (end int, lines int64) {
	switch {
	case atEnd:
		end = len(data)
	case bytes.IndexByte(data, '"') < 0:
		end = bytes.LastIndexByte(data, '\n') + 1
	default:
		for pos, quote := 0, 0; pos < len(data); end = pos {
			stop := bytes.IndexByte(data[pos:], '\n')
			if stop >= 0 {
				stop += pos
			}
			if quote < pos || pos == 0 {
				quote = nextQuote(data, pos)
			}
			if quote < len(data) && (stop < 0 || quote < stop) {
				stop, _ = recordEndQuoted(data, pos, delimiter, false)
			}
			if stop < 0 {
				break
			}
			pos = stop + 1
		}
	}
	return end, int64(bytes.Count(data[:end], []byte{'\n'}))
}

// csvPiece is a run of lines with complete records; the last of a file may miss its end.
type csvPiece struct {
	data      []byte
	pos       int
	line      int64 // on which pos is
	quote     int   // the next one in data, once sought
	last      bool  // nothing follows in the file
	delimiter byte
	width     int // fields in the header; 0 while the header is read
	memory    *sync.Pool
}

func (c *csvPiece) release() {
	c.memory.Put(c)
}

func (c *csvPiece) read(b *block) error {
	if err := c.split(b, blockRecords); err != nil {
		return err
	}
	if len(b.records) == 0 {
		return io.EOF
	}
	return nil
}

// split fills the block with at most limit records.
func (c *csvPiece) split(b *block, limit int) error {
	b.reset()
	data := c.data
	for c.pos < len(data) && len(b.records) < limit {
		end := bytes.IndexByte(data[c.pos:], '\n')
		terminated := end >= 0
		if terminated {
			end += c.pos
		} else {
			end = len(data)
		}
		if c.quote < c.pos {
			c.quote = nextQuote(data, c.pos)
		}
		quoted := c.quote < end
		if quoted {
			var open bool
			if end, open = recordEndQuoted(data, c.pos, c.delimiter, c.last); open {
				return &Refusal{Line: c.line, Reason: "the file is cut off half-way: its last record is inside an open quote",
					Advice: "Ask the supplier to send the file again, or look for a quote that is never closed"}
			}
			terminated = end < len(data)
		}
		record := data[c.pos:end]
		if n := len(record); n > 0 && record[n-1] == '\r' {
			record = record[:n-1]
		}
		r := recordEnd{line: c.line}
		if len(record) > 0 {
			if quoted {
				// Lines are counted first: splitting moves bytes.
				c.line += int64(bytes.Count(record, []byte{'\n'}))
				r.malformed = b.splitQuoted(record, c.delimiter)
			} else {
				b.splitPlain(record, c.delimiter)
			}
			count := len(b.fields)
			if len(b.records) > 0 {
				count -= b.records[len(b.records)-1].end
			}
			if !terminated && c.width > 0 && count < c.width {
				return &Refusal{Line: r.line, Reason: "the file is cut off half-way: its last line has no end and misses fields",
					Expected: fmt.Sprintf("%d fields", c.width), Found: fmt.Sprintf("%d", count),
					Advice: "Ask the supplier to send the file again"}
			}
			r.end = len(b.fields)
			b.records = append(b.records, r)
		}
		c.line++
		c.pos = min(end+1, len(data))
	}
	return nil
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
