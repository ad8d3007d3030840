package delivery

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

const (
	columnarRows = 32 << 10
	// maxArrowFile bounds what a compressed Arrow file may take in memory.
	maxArrowFile     = 2 << 30
	maxArrowMetadata = 16 << 20
)

// columnarParser hands out the batches of a typed file, whose values are written
// as text, so that one core checks the rows of every format.
type columnarParser struct {
	batches batchSource
	columns []headerColumn
	batch   arrow.RecordBatch // belongs to the parser until all of it is handed out
	from    int64             // the next row of batch
	line    int64
}

// batchSource gives record batches that the caller releases; io.EOF at the end.
type batchSource interface {
	next() (arrow.RecordBatch, error)
	close()
}

func newColumnarParser(s *arrow.Schema, batches batchSource) *columnarParser {
	p := &columnarParser{batches: batches, line: 1}
	for _, f := range s.Fields() {
		p.columns = append(p.columns, describe(f))
	}
	return p
}

func (p *columnarParser) header() []headerColumn { return p.columns }

func (p *columnarParser) close() {
	p.drop()
	p.batches.close()
}

func (p *columnarParser) drop() {
	if p.batch != nil {
		p.batch.Release()
		p.batch = nil
	}
}

func (p *columnarParser) next() (piece, error) {
	for p.batch == nil || p.from == p.batch.NumRows() {
		p.drop()
		batch, err := p.batches.next()
		if err != nil {
			return nil, err
		}
		p.batch, p.from = batch, 0
		if int(batch.NumCols()) != len(p.columns) {
			return nil, &Refusal{Reason: "its batches do not fit its schema", Advice: "Ask the supplier to send the file again"}
		}
	}
	// A supplier's batch may be of any size.
	to := min(p.from+columnarRows, p.batch.NumRows())
	c := &columnarPiece{batch: p.batch.NewSlice(p.from, to), line: p.line}
	p.from = to
	p.line += c.batch.NumRows()
	return c, nil
}

// columnarPiece writes the values of one batch.
type columnarPiece struct {
	batch    arrow.RecordBatch
	writers  []cellWriter
	position int
	line     int64
	memory   arena
}

func (c *columnarPiece) release() { c.batch.Release() }

func (c *columnarPiece) read(b *block) error {
	b.reset()
	rows := min(blockRecords, int(c.batch.NumRows())-c.position)
	if rows == 0 {
		return io.EOF
	}
	if c.writers == nil {
		for _, column := range c.batch.Columns() {
			c.writers = append(c.writers, writerFor(column, &c.memory))
		}
	}
	c.memory.chunk = b.memory[:0]
	for i := range rows {
		for _, write := range c.writers {
			b.fields = append(b.fields, write(c.position+i))
		}
		c.line++
		b.records = append(b.records, recordEnd{end: len(b.fields), line: c.line})
	}
	b.memory = c.memory.chunk
	c.position += rows
	return nil
}

// newParquetParser opens a Parquet file.
func newParquetParser(in *countedFile, mem memory.Allocator) (parser, error) {
	props := parquet.NewReaderProperties(mem)
	props.BufferedStreamEnabled = true
	f, err := file.NewParquetReader(in, file.WithReadProps(props))
	if err != nil {
		return nil, damaged(".parquet", err)
	}
	// Not parallel: a panic in another goroutine could not be caught.
	fr, err := pqarrow.NewFileReader(f, readProperties(f), mem)
	if err != nil {
		return nil, damaged(".parquet", err)
	}
	schema, err := fr.Schema()
	if err != nil {
		return nil, damaged(".parquet", err)
	}
	batches, err := fr.GetRecordReader(context.Background(), nil, nil)
	if err != nil {
		return nil, damaged(".parquet", err)
	}
	return newColumnarParser(schema, &parquetBatches{batches, f.NumRows()}), nil
}

// readProperties asks for the dictionaries of the columns that have them as they
// are, rather than for every value.
func readProperties(f *file.Reader) pqarrow.ArrowReadProperties {
	props := pqarrow.ArrowReadProperties{BatchSize: columnarRows}
	if f.NumRowGroups() == 0 {
		return props
	}
	group := f.MetaData().RowGroup(0)
	for i := range group.NumColumns() {
		chunk, err := group.ColumnChunk(i)
		if err == nil && chunk.Type() == parquet.Types.ByteArray && chunk.HasDictionaryPage() {
			props.SetReadDict(i, true)
		}
	}
	return props
}

type parquetBatches struct {
	pqarrow.RecordReader
	left int64
}

func (p *parquetBatches) next() (arrow.RecordBatch, error) {
	if !p.Next() {
		if err := p.Err(); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if p.left != 0 { // the footer promised more
			return nil, errCutOff
		}
		return nil, io.EOF
	}
	batch := p.RecordBatch()
	p.left -= batch.NumRows()
	batch.Retain()
	return batch, nil
}

func (p *parquetBatches) close() { p.Release() }

var (
	arrowMagic  = []byte("ARROW1")
	endOfStream = []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}
)

// newArrowParser opens an Arrow file or stream; a compressed file is read into
// memory, as its index stands at the end.
func newArrowParser(in *countedFile, stream io.Reader, compressed bool, mem memory.Allocator) (parser, error) {
	buffered := bufio.NewReaderSize(stream, 64<<10)
	magic, err := buffered.Peek(len(arrowMagic))
	if err != nil {
		return nil, damaged(".arrow", err)
	}
	if !bytes.Equal(magic, arrowMagic) {
		if !bytes.HasPrefix(magic, endOfStream[:4]) { // every message of a stream begins so
			return nil, damaged(".arrow", errors.New("neither an Arrow file nor an Arrow stream"))
		}
		tail := &tailReader{in: buffered}
		// A length that the file cannot hold is not memory to be asked for.
		most := in.size
		if compressed {
			most = maxArrowFile
		}
		limits := []ipc.Option{ipc.WithAllocator(mem), ipc.WithMetadataSizeLimit(min(most, maxArrowMetadata)), ipc.WithBodySizeLimit(most)}
		r, err := ipc.NewReaderFromMessageReader(ipc.NewMessageReader(tail, limits...), limits...)
		if err != nil {
			return nil, damaged(".arrow", err)
		}
		return newColumnarParser(r.Schema(), &arrowStream{r, tail}), nil
	}
	var whole ipc.ReadAtSeeker = in
	if compressed {
		raw, err := io.ReadAll(io.LimitReader(buffered, maxArrowFile+1))
		if err != nil {
			return nil, err
		}
		if len(raw) > maxArrowFile {
			return nil, &Refusal{Reason: "a compressed Arrow file of this size cannot be read", Expected: "at most 2 GiB of data",
				Advice: "Ask the supplier for Parquet, or for an Arrow stream"}
		}
		whole = bytes.NewReader(raw)
	}
	r, err := ipc.NewFileReader(whole, ipc.WithAllocator(mem))
	if err != nil {
		return nil, damaged(".arrow", err)
	}
	return newColumnarParser(r.Schema(), &arrowFile{reader: r}), nil
}

type arrowFile struct {
	reader *ipc.FileReader
	at     int
}

func (a *arrowFile) next() (arrow.RecordBatch, error) {
	if a.at == a.reader.NumRecords() {
		return nil, io.EOF
	}
	batch, err := a.reader.RecordBatchAt(a.at)
	if err != nil {
		return nil, err
	}
	a.at++
	return batch, nil
}

func (a *arrowFile) close() { _ = a.reader.Close() } // only read

type arrowStream struct {
	*ipc.Reader
	tail *tailReader
}

func (a *arrowStream) next() (arrow.RecordBatch, error) {
	if a.Next() {
		batch := a.RecordBatch()
		batch.Retain()
		return batch, nil
	}
	if err := a.Err(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	// A stream that was cut off between two messages ends without its mark.
	if !bytes.Equal(a.tail.last[:], endOfStream) {
		return nil, errCutOff
	}
	// What follows is read as well: a decompressor tells only then that all is whole.
	if _, err := io.Copy(io.Discard, a.tail.in); err != nil {
		return nil, err
	}
	return nil, io.EOF
}

func (a *arrowStream) close() { a.Release() }

// tailReader remembers the last bytes that were read.
type tailReader struct {
	in   io.Reader
	last [8]byte
}

func (t *tailReader) Read(b []byte) (int, error) {
	n, err := t.in.Read(b)
	if n >= len(t.last) {
		copy(t.last[:], b[n-len(t.last):n])
	} else {
		copy(t.last[:], t.last[n:])
		copy(t.last[len(t.last)-n:], b[:n])
	}
	return n, err
}

// damaged tells of a file whose beginning or index cannot be read.
func damaged(extension string, err error) error {
	if errors.Is(err, errCutOff) {
		return err
	}
	return &Refusal{Reason: "the file is cut off or not the format that its name says", Expected: "a whole " + extension + " file",
		Found: err.Error(), Advice: "Ask the supplier to send the file again"}
}
