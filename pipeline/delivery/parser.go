package delivery

// A parser cuts a file into pieces of whole records, in the order of the file.
// Pieces are split into fields side by side. Neither knows of tables: the
// row-checking core reads the blocks, whatever the format, and so does whoever
// looks for identifiers, unknown columns included.
type parser interface {
	// header names the columns, in the order of the fields.
	header() []headerColumn
	// next cuts the next piece. At the end of the file it returns io.EOF; a file
	// that is no good gives a *Refusal.
	next() (piece, error)
	close()
}

// piece is a run of whole records. It belongs to whoever took it.
type piece interface {
	// read fills the block with the next records; io.EOF with an empty block when
	// there are no more. A record that shows the file to be no good gives a *Refusal.
	read(b *block) error
	// release gives back the memory; blocks that were read from it go with it.
	release()
}

// blockRecords is how many records a block holds: few enough for them and what
// is made of them to stay in a core's own cache.
const blockRecords = 512

// headerColumn is a column as the file has it.
type headerColumn struct {
	name string
	// typed: the file gives the values a type, so that they are written in the
	// canonical form whatever the source says.
	typed bool
	// What tells the type; nested types cannot be loaded.
	integer, float, decimal, day, boolean, nested bool
	// inner names the fields within a nested type.
	inner []innerName
}

// innerName is the name of a field within a column, and the way to it.
type innerName struct{ name, path string }

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
