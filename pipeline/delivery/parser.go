package delivery

// A parser turns a file into blocks of records. It knows nothing of tables: the
// row-checking core reads the blocks, whatever the format, and whoever looks for
// identifiers can read the same blocks, unknown columns included. A block owns
// its memory, so that blocks can be filled and checked side by side.
type parser interface {
	// header names the columns, in the order of the fields.
	header() []headerColumn
	// read fills the block with the next records. At the end of the file it
	// returns io.EOF with an empty block; a file that is no good gives a *Refusal.
	read(b *block) error
	close()
}

// headerColumn is a column as the file has it.
type headerColumn struct {
	name string
	// typed: the file gives the values a type, so that they are written in the
	// canonical form whatever the source says.
	typed bool
	// integer and float tell the type; nested types cannot be loaded.
	integer, float, nested bool
	// inner names the fields within a nested type.
	inner []string
}

// block is a run of records. Its fields hold until the block is filled again.
type block struct {
	fields  [][]byte
	records []recordEnd
	memory  []byte
}

type recordEnd struct {
	end       int   // of the record in block.fields
	line      int64 // on which the record begins
	malformed bool
}

func (b *block) reset() {
	b.fields = b.fields[:0]
	b.records = b.records[:0]
}

func (b *block) record(i int) ([][]byte, recordEnd) {
	start := 0
	if i > 0 {
		start = b.records[i-1].end
	}
	r := b.records[i]
	return b.fields[start:r.end], r
}
