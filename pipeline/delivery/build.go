package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/zeebo/xxh3"
)

// rowBuilder builds batches from checked rows.
type rowBuilder struct {
	schema *arrow.Schema
	record *array.RecordBuilder
	lines  *array.Int64Builder
	fields []fieldBuilder
	keys   *array.Int64Builder // nil: the table has no key
	rows   int

	supplier  string
	keyFields [3]int // domein, regel_id, debet_credit
	scratch   []byte

	person int       // position of pseudoniem, or -1
	again  hash.Hash // hashes a pseudonym once more; nil: it is kept
	sum    []byte

	sizes []int // bytes of each text column in the last batch
}

// fieldBuilder holds the builder of one column under its own type, so that no
// call in the inner loop goes through an interface.
type fieldBuilder struct {
	text    *array.StringBuilder
	date    *array.Date32Builder
	decimal *array.Decimal128Builder
	integer *array.Int32Builder
}

func newRowBuilder(mem memory.Allocator, t Table, supplier string, pseudonymKey []byte) *rowBuilder {
	schema := t.Schema()
	b := &rowBuilder{schema: schema, record: array.NewRecordBuilder(mem, schema), supplier: supplier}
	b.lines = b.record.Field(0).(*array.Int64Builder)
	for i, c := range t.Columns {
		var f fieldBuilder
		switch field := b.record.Field(i + 1); c.Kind {
		case Date:
			f.date = field.(*array.Date32Builder)
		case Decimal:
			f.decimal = field.(*array.Decimal128Builder)
		case Integer:
			f.integer = field.(*array.Int32Builder)
		default:
			f.text = field.(*array.StringBuilder)
		}
		b.fields = append(b.fields, f)
	}
	if b.person = t.columnIndex("pseudoniem"); len(pseudonymKey) > 0 && b.person >= 0 {
		b.again = hmac.New(sha256.New, pseudonymKey)
	}
	if t.hasKey() {
		b.keys = b.record.Field(len(t.Columns) + 1).(*array.Int64Builder)
		b.keyFields = [3]int{t.columnIndex("domein"), t.columnIndex("regel_id"), t.columnIndex("debet_credit")}
	}
	return b
}

func (b *rowBuilder) append(line int64, cells []cell) {
	if b.again != nil {
		cells[b.person].text = b.pseudonym(cells[b.person].text)
	}
	b.lines.Append(line)
	for i := range b.fields {
		f, c := &b.fields[i], &cells[i]
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
	if b.keys != nil {
		b.keys.Append(b.key(cells))
	}
	b.rows++
}

// pseudonym hashes a supplier's pseudonym with our own key, so that what is
// stored cannot be laid beside the supplier's list.
func (b *rowBuilder) pseudonym(text []byte) []byte {
	b.again.Reset()
	b.again.Write(text)
	b.sum = b.again.Sum(b.sum[:0])
	b.scratch = hex.AppendEncode(b.scratch[:0], b.sum)
	return b.scratch
}

// key hashes leverancier, domein, regel_id and debet_credit, each ended by a
// byte that no text can hold.
func (b *rowBuilder) key(cells []cell) int64 {
	s := b.scratch[:0]
	s = append(s, b.supplier...)
	for _, i := range b.keyFields {
		s = append(s, 0)
		s = append(s, cells[i].text...)
	}
	b.scratch = s
	return int64(xxh3.Hash(s))
}

// batch hands out the rows so far. The next batch is as large, as a rule: its
// memory is asked for at once.
func (b *rowBuilder) batch() arrow.RecordBatch {
	sizes := b.sizes[:0]
	for _, f := range b.fields {
		n := 0
		if f.text != nil {
			n = f.text.DataLen()
		}
		sizes = append(sizes, n)
	}
	b.sizes = sizes
	done := b.record.NewRecordBatch()
	b.record.Reserve(b.rows)
	for i, f := range b.fields {
		if f.text != nil {
			f.text.ReserveData(sizes[i] + sizes[i]/16)
		}
	}
	b.rows = 0
	return done
}

func (b *rowBuilder) release() { b.record.Release() }
