package delivery

import (
	"bytes"

	"github.com/zeebo/xxh3"
)

// dictionary holds the combinations of values that one worker has seen and found
// right: the next line that has one need not be checked again. Its texts lie
// side by side in one memory, without a pointer for the garbage collector.
type dictionary struct {
	slots  []int // positions of its columns in the checker
	known  []combination
	values []span // of known, in the order of the columns
	texts  []byte
	table  []uint32 // hash table of positions in known, plus one
	chosen int      // of the present line, in known
	batch  []int    // what the present batch has, in the order of first appearance
	raw    []byte
}

// combination is one set of values.
type combination struct {
	hash    uint64
	raw     span   // as delivered
	index   uint32 // its place in the present batch
	inBatch bool
}

// span is a stretch of texts; unknown is no stretch at all.
type span struct{ from, to uint32 }

var unknown = span{1, 0}

// maxKnown and maxTexts bound what a dictionary takes along from one batch to the next.
const (
	maxKnown = 1 << 15
	maxTexts = 16 << 20
)

// choose finds the combination of a line whose other cells have been read. It
// returns false when one of its values breaks a rule.
func (d *dictionary) choose(c *checker, fields [][]byte) bool {
	// No good value holds a zero byte, so that only equal values give equal bytes.
	raw := d.raw[:0]
	for _, i := range d.slots {
		switch s := &c.slots[i]; {
		case s.field >= 0:
			raw = append(append(raw, fields[s.field]...), 0)
		case s.derived:
			raw = append(append(raw, c.cells[i].text...), 0)
		}
	}
	d.raw = raw
	hash := xxh3.Hash(raw)
	if d.chosen = d.find(hash); d.chosen >= 0 {
		return true
	}
	for _, i := range d.slots {
		if s := &c.slots[i]; !s.derived && s.parse(s.delivered(fields), &c.cells[i]) != "" {
			return false
		}
	}
	d.add(c, hash)
	return true
}

func (d *dictionary) find(hash uint64) int {
	if len(d.known) == 0 {
		return -1
	}
	mask := uint64(len(d.table) - 1)
	for i := hash & mask; d.table[i] != 0; i = (i + 1) & mask {
		at := int(d.table[i]) - 1
		if k := &d.known[at]; k.hash == hash && bytes.Equal(d.texts[k.raw.from:k.raw.to], d.raw) {
			return at
		}
	}
	return -1
}

func (d *dictionary) add(c *checker, hash uint64) {
	if 2*len(d.known) >= len(d.table) {
		d.table = make([]uint32, max(256, 2*len(d.table)))
		for i := range d.known {
			d.place(i)
		}
	}
	d.chosen = len(d.known)
	d.known = append(d.known, combination{hash: hash, raw: d.keep(d.raw)})
	for _, i := range d.slots {
		switch cell := &c.cells[i]; {
		case !cell.set:
			d.values = append(d.values, unknown)
		case c.pseudonym != nil && c.slots[i].Name == "pseudoniem":
			d.values = append(d.values, d.keep(c.pseudonym(cell.text)))
		default:
			d.values = append(d.values, d.keep(cell.text))
		}
	}
	d.place(d.chosen)
}

func (d *dictionary) keep(text []byte) span {
	from := len(d.texts)
	d.texts = append(d.texts, text...)
	return span{uint32(from), uint32(len(d.texts))}
}

// value is that of one column of a known combination; nil is unknown.
func (d *dictionary) value(known, column int) []byte {
	v := d.values[known*len(d.slots)+column]
	if v == unknown {
		return nil
	}
	return d.texts[v.from:v.to]
}

func (d *dictionary) place(known int) {
	mask := uint64(len(d.table) - 1)
	i := d.known[known].hash & mask
	for d.table[i] != 0 {
		i = (i + 1) & mask
	}
	d.table[i] = uint32(known) + 1
}

// indexInBatch gives the chosen combination its place among those of the batch.
func (d *dictionary) indexInBatch() uint32 {
	k := &d.known[d.chosen]
	if !k.inBatch {
		k.inBatch, k.index = true, uint32(len(d.batch))
		d.batch = append(d.batch, d.chosen)
	}
	return k.index
}

// endBatch forgets what the batch had, and all that is known when that is much.
func (d *dictionary) endBatch() {
	for _, i := range d.batch {
		d.known[i].inBatch = false
	}
	d.batch = d.batch[:0]
	if len(d.known) > maxKnown || len(d.texts) > maxTexts {
		d.known, d.values, d.texts = d.known[:0], d.values[:0], d.texts[:0]
		clear(d.table)
	}
}
