package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/zeebo/xxh3"
)

// rowBuilder builds batches from the rows that a checker has found good.
type rowBuilder struct {
	schema  *arrow.Schema
	memory  memory.Allocator
	checker *checker
	lines   *array.Int64Builder
	loose   []fieldBuilder         // of the slots in no dictionary
	indexes []*array.Uint32Builder // of the dictionaries
	keys    *array.Int64Builder    // nil: the table has no key
	rows    int

	supplier  string
	keyFields [3]int // domein, regel_id, debet_credit
	scratch   []byte
}

// fieldBuilder holds the builder of one column under its own type, so that no
// call in the inner loop goes through an interface.
type fieldBuilder struct {
	text    *array.StringBuilder
	date    *array.Date32Builder
	decimal *array.Decimal128Builder
	integer *array.Int32Builder
}

// any is the builder as such, for what is done once a batch.
func (f fieldBuilder) any() array.Builder {
	switch {
	case f.text != nil:
		return f.text
	case f.date != nil:
		return f.date
	case f.decimal != nil:
		return f.decimal
	default:
		return f.integer
	}
}

func newRowBuilder(mem memory.Allocator, t Table, supplier string, c *checker) *rowBuilder {
	b := &rowBuilder{schema: t.Schema(), memory: mem, checker: c, lines: array.NewInt64Builder(mem), supplier: supplier}
	for _, i := range c.loose {
		var f fieldBuilder
		switch column := t.Columns[i]; column.Kind {
		case Date:
			f.date = array.NewDate32Builder(mem)
		case Decimal:
			f.decimal = array.NewDecimal128Builder(mem, column.arrowType().(*arrow.Decimal128Type))
		case Integer:
			f.integer = array.NewInt32Builder(mem)
		default:
			f.text = array.NewStringBuilder(mem)
		}
		b.loose = append(b.loose, f)
	}
	for range c.dictionaries {
		b.indexes = append(b.indexes, array.NewUint32Builder(mem))
	}
	if t.Keyed() {
		b.keys = array.NewInt64Builder(mem)
		b.keyFields = [3]int{t.columnIndex("domein"), t.columnIndex("regel_id"), t.columnIndex("debet_credit")}
	}
	return b
}

// append adds the row that the checker checked last.
func (b *rowBuilder) append(line int64) {
	b.lines.Append(line)
	for n, i := range b.checker.loose {
		f, c := &b.loose[n], &b.checker.cells[i]
		switch {
		case f.text != nil:
			if c.set {
				f.text.BinaryBuilder.Append(c.text)
			} else {
				f.text.AppendNull()
			}
		case f.date != nil:
			if c.set {
				f.date.Append(arrow.Date32(c.number))
			} else {
				f.date.AppendNull()
			}
		case f.decimal != nil:
			if c.set {
				f.decimal.Append(decimal128.FromI64(c.number))
			} else {
				f.decimal.AppendNull()
			}
		default:
			if c.set {
				f.integer.Append(int32(c.number))
			} else {
				f.integer.AppendNull()
			}
		}
	}
	for i := range b.indexes {
		b.indexes[i].Append(b.checker.dictionaries[i].indexInBatch())
	}
	if b.keys != nil {
		b.keys.Append(b.key())
	}
	b.rows++
}

// key hashes leverancier, domein, regel_id and debet_credit, each ended by a
// byte that no text can hold.
func (b *rowBuilder) key() int64 {
	s := b.scratch[:0]
	s = append(s, b.supplier...)
	for _, i := range b.keyFields {
		s = append(s, 0)
		s = append(s, b.checker.text(i)...)
	}
	b.scratch = s
	return int64(xxh3.Hash(s))
}

// batch hands out the rows so far.
func (b *rowBuilder) batch() arrow.RecordBatch {
	columns := []arrow.Array{b.lines.NewArray()}
	indexes := make([]arrow.Array, len(b.indexes))
	for i, index := range b.indexes {
		indexes[i] = index.NewArray()
	}
	loose := b.loose
	for _, at := range b.checker.positions {
		if at.dictionary >= 0 {
			columns = append(columns, b.encoded(at, indexes[at.dictionary]))
			continue
		}
		columns = append(columns, loose[0].any().NewArray())
		loose = loose[1:]
	}
	if b.keys != nil {
		columns = append(columns, b.keys.NewArray())
	}
	batch := array.NewRecordBatch(b.schema, columns, int64(b.rows))
	for _, c := range append(columns, indexes...) {
		c.Release() // the batch has its own reference
	}
	for i := range b.checker.dictionaries {
		b.checker.dictionaries[i].endBatch()
	}
	b.reserve(b.rows)
	b.rows = 0
	return batch
}

// reserve asks for the memory of the next batch at once: it is as large as the
// last, as a rule.
func (b *rowBuilder) reserve(rows int) {
	b.lines.Reserve(rows)
	for _, f := range b.loose {
		f.any().Reserve(rows)
	}
	for _, index := range b.indexes {
		index.Reserve(rows)
	}
	if b.keys != nil {
		b.keys.Reserve(rows)
	}
}

// encoded makes a column of a dictionary: its values once each, and the index
// that it shares with the other columns.
func (b *rowBuilder) encoded(at position, index arrow.Array) arrow.Array {
	d := &b.checker.dictionaries[at.dictionary]
	texts := array.NewStringBuilder(b.memory)
	defer texts.Release()
	for _, known := range d.batch {
		if text := d.value(known, at.column); text != nil {
			texts.BinaryBuilder.Append(text)
		} else {
			texts.AppendNull()
		}
	}
	values := texts.NewArray()
	defer values.Release()
	return array.NewDictionaryArray(dictionaryType, index, values)
}

func (b *rowBuilder) release() {
	b.lines.Release()
	for _, f := range b.loose {
		f.any().Release()
	}
	for _, index := range b.indexes {
		index.Release()
	}
	if b.keys != nil {
		b.keys.Release()
	}
}

// pseudonymHash hashes a supplier's pseudonym with our own key (HMAC-SHA256, in
// hex), so that what is stored cannot be laid beside the supplier's list.
func pseudonymHash(key []byte) func(text []byte) []byte {
	again := hmac.New(sha256.New, key)
	return func(text []byte) []byte {
		again.Reset()
		again.Write(text)
		return hex.AppendEncode(nil, again.Sum(nil))
	}
}
