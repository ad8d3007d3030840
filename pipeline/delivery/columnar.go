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
	// mostPacked is how far data can be compressed at best; below leastInput it does
	// not matter.
	mostPacked = 1 << 10
	leastInput = 64 << 20
)

// mostInput is the memory that one part of a file of this size can need.
func mostInput(size int64) int64 { return max(leastInput, mostPacked*size) }

// inputMemory gives a library no more than its file can need.
type inputMemory struct {
	memory.Allocator
	most int64
}

func (i inputMemory) Allocate(size int) []byte {
	i.check(size)
	return i.Allocator.Allocate(size)
}

func (i inputMemory) Reallocate(size int, b []byte) []byte {
	i.check(size)
	return i.Allocator.Reallocate(size, b)
}

func (i inputMemory) check(size int) {
	if int64(size) > i.most {
		// A library makes an error of this, or asPanic the refusal that it is.
		panic(&Refusal{Reason: "the file is damaged: a part of it claims to be larger than the file can hold", Advice: "Ask the supplier to send the file again"})
	}
}

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
	mem = inputMemory{mem, mostInput(in.size)}
	props := parquet.NewReaderProperties(mem)
	props.BufferedStreamEnabled = true
	f, err := file.NewParquetReader(in, file.WithReadProps(props))
	if err != nil {
		return nil, err
	}
	// Not parallel: a panic in another goroutine could not be caught.
	fr, err := pqarrow.NewFileReader(f, readProperties(f), mem)
	if err != nil {
		return nil, err
	}
	schema, err := fr.Schema()
	if err != nil {
		return nil, err
	}
	batches, err := fr.GetRecordReader(context.Background(), nil, nil)
	if err != nil {
		return nil, err
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

// newArrowParser opens an Arrow file or stream.
func newArrowParser(in *countedFile, stream io.Reader, compressed bool, mem memory.Allocator) (parser, error) {
	frames := &arrowFrames{in: bufio.NewReaderSize(stream, 64<<10), most: in.size}
	start, err := frames.in.Peek(4096)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case len(start) == 0:
		return nil, emptyFile("a whole .arrow file")
	}
	if err := beginsWith(".arrow", start, arrowMagic, streamMagic); err != nil {
		return nil, err
	}
	if compressed {
		frames.most = mostInput(in.size)
	}
	if frames.file = bytes.HasPrefix(start, arrowMagic); frames.file {
		if _, err := frames.in.Discard(8); err != nil {
			return nil, cutOffAtEnd(err)
		}
	}
	limits := []ipc.Option{ipc.WithAllocator(inputMemory{mem, mostInput(in.size)}), ipc.WithMetadataSizeLimit(maxArrowMetadata), ipc.WithBodySizeLimit(frames.most)}
	r, err := ipc.NewReaderFromMessageReader(ipc.NewMessageReader(frames, limits...), limits...)
	if err != nil {
		if frames.err != nil {
			err = frames.err
		}
		return nil, err
	}
	return newColumnarParser(r.Schema(), &arrowBatches{r, frames}), nil
}

type arrowBatches struct {
	*ipc.Reader
	frames *arrowFrames
}

func (a *arrowBatches) next() (arrow.RecordBatch, error) {
	if a.Next() {
		batch := a.RecordBatch()
		batch.Retain()
		return batch, nil
	}
	if a.frames.err != nil {
		return nil, a.frames.err
	}
	if err := a.Err(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err := a.frames.end(); err != nil {
		return nil, err
	}
	return nil, io.EOF
}

func (a *arrowBatches) close() { a.Release() }
