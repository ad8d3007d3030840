package warehouse

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/zeebo/xxh3"

	"ontschot/pipeline/delivery"
)

// numbering gives every combination of a dictionary (a person, a set of codes) a
// number of its own, in the order in which they come: a whole number is stored in
// a fraction of the room of a text, and joined in a fraction of the time. It
// keeps a hash of each combination; the texts are in the table of the dictionary.
type numbering struct {
	delivery.Dictionary
	numbers map[xxh3.Uint128]int32
	last    int32
	fresh   []xxh3.Uint128         // the combinations of the present delivery, numbered up to last
	texts   []*array.StringBuilder // of each column, those of fresh
	key     []byte
	erased  *erasedPersons // of persons: who is left out; nil is nobody
}

// hashSeed differs from run to run, so that nobody can send two persons with one hash.
var hashSeed = rand.Uint64()

func newNumbering(d delivery.Dictionary, mem memory.Allocator) *numbering {
	n := &numbering{Dictionary: d, numbers: map[xxh3.Uint128]int32{}}
	for range d.Columns {
		n.texts = append(n.texts, array.NewStringBuilder(mem))
	}
	return n
}

func (n *numbering) release() {
	for _, t := range n.texts {
		t.Release()
	}
}

// read takes in what is stored.
func (n *numbering) read(ctx context.Context, conn *sql.Conn) error {
	var columns []string
	values := make([]sql.NullString, len(n.Columns))
	var number int32
	into := []any{&number}
	for i, c := range n.Columns {
		columns = append(columns, c.Name)
		into = append(into, &values[i])
	}
	rows, err := conn.QueryContext(ctx, fmt.Sprintf("SELECT %s, %s FROM opslag.%s", n.Name, strings.Join(columns, ", "), n.Name))
	if err != nil {
		return fmt.Errorf("reading the numbers of %s: %w", n.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("reading the numbers of %s: %w", n.Name, err)
		}
		n.key = n.key[:0]
		for _, v := range values {
			n.key = appendKey(n.key, v.String, v.Valid)
		}
		n.numbers[xxh3.Hash128Seed(n.key, hashSeed)] = number
		n.last = max(n.last, number)
	}
	return rows.Err()
}

// appendKey adds a value to what tells a combination from others: no text holds
// a zero byte.
func appendKey(key []byte, text string, known bool) []byte {
	if known {
		key = append(append(key, '='), text...)
	}
	return append(key, 0)
}

// of gives the numbers of the combinations in a batch: position i holds that of
// entry i of the dictionary.
func (n *numbering) of(columns []*array.Dictionary) []int32 {
	texts := make([]*array.String, len(columns))
	for i, c := range columns {
		texts[i] = c.Dictionary().(*array.String)
	}
	numbers := make([]int32, texts[0].Len())
	for entry := range numbers {
		n.key = n.key[:0]
		for _, t := range texts {
			n.key = appendKey(n.key, t.Value(entry), t.IsValid(entry))
		}
		hash := xxh3.Hash128Seed(n.key, hashSeed)
		number, known := n.numbers[hash]
		if !known {
			if gone, erased := n.erased.number(texts[0].Value(entry)); erased {
				n.numbers[hash], numbers[entry] = gone, gone
				continue
			}
			n.last++
			number = n.last
			n.numbers[hash] = number
			n.fresh = append(n.fresh, hash)
			for i, t := range texts {
				if t.IsValid(entry) {
					n.texts[i].Append(t.Value(entry))
				} else {
					n.texts[i].AppendNull()
				}
			}
		}
		numbers[entry] = number
	}
	return numbers
}

// freshBatch hands out the combinations of the present delivery with their numbers.
func (n *numbering) freshBatch(mem memory.Allocator) arrow.RecordBatch {
	numbers := array.NewInt32Builder(mem)
	defer numbers.Release()
	for i := range n.fresh {
		numbers.Append(n.last - int32(len(n.fresh)-1-i))
	}
	fields := []arrow.Field{{Name: n.Name, Type: arrow.PrimitiveTypes.Int32}}
	columns := []arrow.Array{numbers.NewArray()}
	for i, c := range n.Columns {
		fields = append(fields, arrow.Field{Name: c.Name, Type: arrow.BinaryTypes.String, Nullable: true})
		columns = append(columns, n.texts[i].NewArray())
	}
	batch := array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, int64(len(n.fresh)))
	for _, c := range columns {
		c.Release()
	}
	return batch
}

// settle ends a delivery: its combinations are stored now, or it was not loaded
// after all and they are forgotten.
func (n *numbering) settle(stored bool) {
	if !stored {
		for _, hash := range n.fresh {
			delete(n.numbers, hash)
		}
		n.last -= int32(len(n.fresh))
		for _, t := range n.texts {
			t.NewArray().Release()
		}
	}
	n.fresh = n.fresh[:0]
}

// numberedReader gives the batches of a delivery with numbers in the place of
// the columns of its dictionaries. It implements array.RecordReader.
type numberedReader struct {
	*delivery.Reader
	schema     *arrow.Schema
	memory     memory.Allocator
	kept       []int // positions of the other columns
	numberings []*numbering
	columns    [][]int // of each numbering, positions in the batch
	current    arrow.RecordBatch

	person  int                 // position of the persons, when some were erased; else -1
	leftOut []arrow.RecordBatch // the rows of erased persons
	failed  error
}

var _ array.RecordReader = (*numberedReader)(nil)

func newNumberedReader(r *delivery.Reader, t delivery.Table, numberings map[string]*numbering, mem memory.Allocator) *numberedReader {
	n := &numberedReader{Reader: r, memory: mem, person: -1}
	var fields []arrow.Field
	for i, f := range r.Schema().Fields() {
		if f.Type.ID() != arrow.DICTIONARY {
			n.kept = append(n.kept, i)
			fields = append(fields, f)
		}
	}
	for _, d := range t.Dictionaries() {
		var columns []int
		for _, c := range d.Columns {
			columns = append(columns, r.Schema().FieldIndices(c.Name)[0])
		}
		n.columns = append(n.columns, columns)
		n.numberings = append(n.numberings, numberings[d.Name])
		if numberings[d.Name].erased != nil {
			n.person = len(fields)
		}
		fields = append(fields, arrow.Field{Name: d.Name, Type: arrow.PrimitiveTypes.Int32})
	}
	n.schema = arrow.NewSchema(fields, nil)
	return n
}

// Schema returns the schema of the batches.
func (n *numberedReader) Schema() *arrow.Schema { return n.schema }

// RecordBatch returns the batch that Next made; it is released by the next call.
func (n *numberedReader) RecordBatch() arrow.RecordBatch { return n.current }

// Record returns the same as RecordBatch, which arrow-go prefers.
func (n *numberedReader) Record() arrow.RecordBatch { return n.current }

// Release drops a reference; the last one closes the file and frees the memory.
func (n *numberedReader) Release() {
	n.drop()
	n.Reader.Release()
}

func (n *numberedReader) drop() {
	if n.current != nil {
		n.current.Release()
		n.current = nil
	}
}

// Next makes the next batch; false at the end of the file and on an error.
func (n *numberedReader) Next() bool {
	for n.next() {
		if n.person < 0 || n.leaveOut() {
			return true
		}
		if n.failed != nil {
			return false
		}
	}
	return false
}

// Err tells why Next ended before the file did.
func (n *numberedReader) Err() error { return cmp.Or(n.failed, n.Reader.Err()) }

func (n *numberedReader) next() bool {
	n.drop()
	if !n.Reader.Next() {
		return false
	}
	batch := n.Reader.RecordBatch()
	var columns []arrow.Array
	for _, i := range n.kept {
		batch.Column(i).Retain()
		columns = append(columns, batch.Column(i))
	}
	for i, numbering := range n.numberings {
		var encoded []*array.Dictionary
		for _, c := range n.columns[i] {
			encoded = append(encoded, batch.Column(c).(*array.Dictionary))
		}
		columns = append(columns, n.numbered(encoded[0].Indices().(*array.Uint32), numbering.of(encoded)))
	}
	n.current = array.NewRecordBatch(n.schema, columns, batch.NumRows())
	for _, c := range columns {
		c.Release()
	}
	return true
}

// numbered puts the number of each row in the place of its index.
func (n *numberedReader) numbered(index *array.Uint32, numbers []int32) arrow.Array {
	b := array.NewInt32Builder(n.memory)
	defer b.Release()
	b.Reserve(index.Len())
	for _, i := range index.Uint32Values() {
		b.UnsafeAppend(numbers[i])
	}
	return b.NewArray()
}
