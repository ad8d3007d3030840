package delivery

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

const (
	maxArrowMetadata = 16 << 20
	maxArrowFooter   = 256 << 20
)

// arrowFrames hands on the messages of an Arrow stream, or of an Arrow file, which
// is a stream with an index behind it. What a message claims to hold is compared
// with what is there: the library would ask for that memory, and no memory is the
// end of the whole program.
type arrowFrames struct {
	in      *bufio.Reader
	file    bool
	most    int64  // bytes of a body
	pending []byte // checked, to be handed on
	body    int64  // bytes that follow pending
	batches int64
	ended   bool
	err     error
}

func (a *arrowFrames) Read(b []byte) (int, error) {
	for a.err == nil {
		switch {
		case len(a.pending) > 0:
			n := copy(b, a.pending)
			a.pending = a.pending[n:]
			return n, nil
		case a.body > 0:
			n, err := a.in.Read(b[:min(int64(len(b)), a.body)])
			a.body -= int64(n)
			if err != nil && a.body > 0 {
				a.err = cutOffAtEnd(err)
			}
			return n, nil
		case a.ended:
			return 0, io.EOF
		}
		a.err = a.frame()
	}
	return 0, a.err
}

var endOfStream = append(bytes.Clone(streamMagic), 0, 0, 0, 0)

// frame reads the head of the next message.
func (a *arrowFrames) frame() error {
	start, err := a.in.Peek(len(endOfStream))
	switch {
	case !bytes.HasPrefix(start, streamMagic) && a.file: // older writers put no mark before the index
		a.ended, a.pending = true, endOfStream
		return nil
	case err != nil:
		return cutOffAtEnd(err)
	case !bytes.HasPrefix(start, streamMagic):
		return arrowDamaged()
	}
	size := int64(binary.LittleEndian.Uint32(start[4:]))
	if size > min(a.most, maxArrowMetadata) {
		return arrowDamaged()
	}
	head := make([]byte, int64(len(endOfStream))+size)
	if _, err := io.ReadFull(a.in, head); err != nil {
		return cutOffAtEnd(err)
	}
	a.pending = head
	if size == 0 {
		a.ended = true
		return nil
	}
	m := &flatTables{b: head[len(endOfStream):]}
	body, batch := m.message()
	if m.wrong || body < 0 || body > a.most {
		return arrowDamaged()
	}
	if a.body = body; batch {
		a.batches++
	}
	return nil
}

// end reads what stands behind the last message. A decompressor tells only then
// that all is whole, and the index of a file tells how many batches there are.
func (a *arrowFrames) end() error {
	if a.err != nil {
		return a.err
	}
	if !a.file {
		_, err := io.Copy(io.Discard, a.in)
		return err
	}
	rest, err := io.ReadAll(io.LimitReader(a.in, maxArrowFooter))
	if err != nil {
		return err
	}
	rest, whole := bytes.CutSuffix(rest, arrowMagic)
	if !whole {
		return errCutOff
	}
	at := len(rest) - 4
	if at < 0 {
		return arrowDamaged()
	}
	footer := &flatTables{b: rest[max(0, at-int(binary.LittleEndian.Uint32(rest[at:]))):at]}
	if _, n := footer.vector(footer.root(), 3, 24); footer.wrong || n != a.batches {
		return arrowDamaged()
	}
	return nil
}

func cutOffAtEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errCutOff
	}
	return err
}

func arrowDamaged() error {
	return &Refusal{Reason: "the file is damaged: its messages do not fit together", Advice: "Ask the supplier to send the file again"}
}

// flatTables walks metadata in the form of FlatBuffers, as Arrow's Message.fbs,
// Schema.fbs and File.fbs lay it out; wrong tells of a list that cannot be there.
type flatTables struct {
	b      []byte
	fields int
	wrong  bool
}

// maxArrowFields bounds a schema whose fields are told to hold each other.
const maxArrowFields = 1 << 16

func (f *flatTables) number(at int64, size int64) int64 {
	if f.wrong || at < 0 || at > int64(len(f.b))-size {
		f.wrong = true
		return 0
	}
	switch size {
	case 1:
		return int64(f.b[at])
	case 2:
		return int64(binary.LittleEndian.Uint16(f.b[at:]))
	case 4:
		return int64(binary.LittleEndian.Uint32(f.b[at:]))
	default:
		return int64(binary.LittleEndian.Uint64(f.b[at:]))
	}
}

func (f *flatTables) root() int64 { return f.number(0, 4) }

// slot is where a table has its n-th value; 0 when it has none.
func (f *flatTables) slot(table int64, n int64) int64 {
	known := table - int64(int32(f.number(table, 4)))
	if at := 4 + 2*n; at < f.number(known, 2) {
		if offset := f.number(known+at, 2); offset > 0 {
			return table + offset
		}
	}
	return 0
}

// inner is the table that the n-th value of a table is.
func (f *flatTables) inner(table int64, n int64) (at int64, there bool) {
	slot := f.slot(table, n)
	if slot == 0 || f.wrong {
		return 0, false
	}
	return slot + f.number(slot, 4), !f.wrong
}

// vector is the list that the n-th value of a table is; each element takes size bytes.
func (f *flatTables) vector(table int64, n, size int64) (first, length int64) {
	at, there := f.inner(table, n)
	if !there {
		return 0, 0
	}
	length = f.number(at, 4)
	if at+4+length*size > int64(len(f.b)) {
		f.wrong = true
	}
	if f.wrong {
		return 0, 0
	}
	return at + 4, length
}

// message tells how long the body of a message is, and whether that is a batch of rows.
func (f *flatTables) message() (body int64, batch bool) {
	message := f.root()
	f.vector(message, 4, 4)
	kind := int64(0)
	if at := f.slot(message, 1); at > 0 {
		kind = f.number(at, 1)
	}
	header, there := f.inner(message, 2)
	if !there {
		f.wrong = true
	}
	switch kind {
	case 1:
		f.vector(header, 2, 4)
		f.vector(header, 3, 8)
		f.children(header, 1)
	case 2:
		if header, there = f.inner(header, 1); !there {
			f.wrong = true
		}
		f.batch(header)
	case 3:
		batch = true
		f.batch(header)
	}
	if at := f.slot(message, 3); at > 0 {
		body = f.number(at, 8)
	}
	return body, batch
}

func (f *flatTables) batch(header int64) {
	f.vector(header, 1, 16)
	f.vector(header, 2, 16)
	f.vector(header, 4, 8)
}

// children looks at the fields of a schema or of a field.
func (f *flatTables) children(table int64, n int64) {
	first, length := f.vector(table, n, 4)
	for i := int64(0); i < length && !f.wrong; i++ {
		if f.fields++; f.fields > maxArrowFields {
			f.wrong = true
			return
		}
		at := first + 4*i
		field := at + f.number(at, 4)
		f.vector(field, 6, 4)
		if kind, there := f.inner(field, 3); there && f.number(f.slot(field, 2), 1) == 14 { // a union lists its types
			f.vector(kind, 1, 4)
		}
		f.children(field, 5)
	}
}
