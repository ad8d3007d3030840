package delivery

import (
	"bytes"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"
)

// pieceSearch looks at the values of one piece. Every worker has its own.
type pieceSearch struct {
	of              *search
	columns         []pieceColumn
	always, sampled []*pieceColumn
	rows            uint32
	first           bool // piece of the file
}

// pieceColumn is what one piece shows of a column.
type pieceColumn struct {
	*searched
	limit     int // of different values, after which few lines are looked at
	values    hashSet
	sightings []sighting
	part      evidence
}

// sighting is a value that was examined: no more than its hash is kept.
type sighting struct {
	hash    uint64
	finding finding
}

func newPieceSearch(s *search) *pieceSearch {
	p := &pieceSearch{of: s, columns: make([]pieceColumn, len(s.columns))}
	for i, c := range s.columns {
		p.columns[i].searched = c
	}
	return p
}

// begin forgets the last piece.
func (p *pieceSearch) begin(first bool) {
	p.rows, p.first = 0, first
	p.always, p.sampled = p.always[:0], p.sampled[:0]
	for i := range p.columns {
		c := &p.columns[i]
		c.values.clear()
		c.sightings, c.part = nil, evidence{}
		c.limit = c.searched.limit
		if !first {
			c.limit = min(c.limit, pieceDistinct)
		}
		if first || c.wanted != codedKinds {
			p.always = append(p.always, c)
		} else {
			p.sampled = append(p.sampled, c)
		}
	}
}

// row examines a record with the right number of fields.
func (p *pieceSearch) row(fields [][]byte) *Refusal {
	p.rows++
	settled := p.rows == wholeRows
	for _, c := range p.always {
		if value := fields[c.field]; len(value) > 0 {
			if r := p.examine(c, value); r != nil {
				return r
			}
			settled = settled || len(c.sightings) == c.limit
		}
	}
	// The golden ratio picks lines evenly, in step with no pattern of the file.
	if len(p.sampled) > 0 && p.rows*samplingFactor>>samplingShift == 0 {
		for _, c := range p.sampled {
			if value := fields[c.field]; len(value) > 0 {
				if r := p.examine(c, value); r != nil {
					return r
				}
			}
		}
	}
	if settled {
		p.settle()
	}
	return nil
}

// settle moves the columns of which enough is known to those that are sampled.
func (p *pieceSearch) settle() {
	p.always = slices.DeleteFunc(p.always, func(c *pieceColumn) bool {
		enough := len(c.sightings) >= c.limit || c.wanted == codedKinds && p.rows >= wholeRows
		if enough {
			p.sampled = append(p.sampled, c)
		}
		return enough
	})
}

func (p *pieceSearch) examine(c *pieceColumn, value []byte) *Refusal {
	if !c.nested {
		return p.one(c, value)
	}
	for _, part := range bytes.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(`[]{}":,`, r) }) {
		if r := p.one(c, part); r != nil {
			return r
		}
	}
	return nil
}

// one adds a value to what is known of its column, and judges the run of
// different values that it ends.
func (p *pieceSearch) one(c *pieceColumn, value []byte) *Refusal {
	hash := xxh3.Hash(value)
	if !c.values.add(hash) {
		return nil
	}
	f := examine(value, c.wanted, p.of.lastYear)
	if f.void {
		return nil
	}
	c.sightings = append(c.sightings, sighting{hash, f})
	c.part.add(f)
	if c.part.distinct < partDistinct {
		return nil
	}
	r := p.of.judge(c.searched, &c.part, true)
	c.part = evidence{}
	return r
}

// end judges the runs that the piece broke off, and hands out what was seen.
func (p *pieceSearch) end() ([][]sighting, *Refusal) {
	seen := make([][]sighting, len(p.columns))
	for i := range p.columns {
		seen[i] = p.columns[i].sightings
	}
	for i := range p.columns {
		if r := p.of.judge(p.columns[i].searched, &p.columns[i].part, true); r != nil {
			return seen, r
		}
	}
	return seen, nil
}
