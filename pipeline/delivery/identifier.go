package delivery

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"
)

// How much is looked at. Small files are searched whole; of a long one every
// value is examined of a column until it showed maxDistinct different ones, and
// of one line in sixteen after that.
const (
	maxDistinct    = 4 << 10
	partDistinct   = 128
	allDistinct    = 1 << 19 // hashes held for all columns together, unless there are very many
	wholeRows      = 8 << 10 // lines of which coded columns too are examined
	samplingFactor = 0x9E3779B1
	samplingShift  = 32 - 4
)

// freeColumns and lineColumns are the canonical columns that hold a supplier's own
// text; the other texts are codes, in which only an account and an e-mail address
// are sought. The reference of a line may be any run of digits and letters, so that
// a telephone number or an address must be written as one there.
var (
	freeColumns = []string{"pseudoniem", "aanbieder", "huishouden", "project"}
	lineColumns = []string{"regel_id", "vorige_regel_id", "toewijzing_id"}

	codedKinds   = setOf(bankAccount, emailAddress)
	lineKinds    = codedKinds | setOf(citizenNumber, phoneNumber, address)
	freeKinds    = lineKinds | setOf(postcode)
	unknownKinds = freeKinds | setOf(birthDate, personName)
)

// search looks for what identifies a person in all columns of a file, loaded or
// not. It keeps hashes and counts, never a value.
type search struct {
	always, sampled []*searched
	rows            uint32
	house           string // the column named as a house number
	lastYear        int
}

// searched is one column of the file.
type searched struct {
	name   string
	field  int
	wanted identifierSet
	nested bool
	limit  int

	seen        hashSet // the different values: of the whole while it is open, then of the part
	whole, part evidence
	closed      bool // whole has been judged
}

// newSearch judges the header, and prepares to judge the values.
func newSearch(b *binder, l *layout, lastYear int) (*search, *Refusal) {
	s := &search{lastYear: lastYear}
	ofPersons := b.file.Table.columnIndex("pseudoniem") >= 0
	house, full := -1, -1
	for i, h := range b.header {
		for _, name := range append([]string{h.name}, h.inner...) {
			if kind, found := identifierOfHeader(name, ofPersons); found {
				return nil, namedAs(b.safeName(i), kind)
			}
			if f := examine([]byte(name), codedKinds, lastYear); f.kinds != 0 && b.plausible() {
				return nil, namedAs(b.safeName(i), f.kinds.first())
			}
			if isHouseNumber(name) {
				house = i
			}
			if isFullPostcode(name) {
				full = i
			}
		}
	}
	if house >= 0 {
		s.house = b.safeName(house)
		if full >= 0 {
			return nil, besideHouse(b.safeName(full), s.house)
		}
	}
	limit := min(maxDistinct, max(partDistinct, allDistinct/max(1, len(b.header))))
	for i, h := range b.header {
		if wanted := b.wanted(l, i); wanted != 0 {
			s.always = append(s.always, &searched{name: b.safeName(i), field: i, wanted: wanted, nested: h.nested, limit: limit})
		}
	}
	return s, nil
}

func (s identifierSet) first() identifier {
	for kind := range identifiers {
		if s.has(kind) {
			return kind
		}
	}
	return identifiers
}

// safeName names a column, unless the name itself may be somebody's number or address.
func (b *binder) safeName(i int) string {
	name := b.shown(i)
	count := 0
	for _, c := range []byte(name) {
		if isDigit(c) {
			count++
		}
	}
	if count >= 8 || strings.Contains(name, "@") || !b.plausible() {
		return fmt.Sprintf("%d (its name is not shown)", i+1)
	}
	return name
}

// wanted tells what is sought in a column of the file.
func (b *binder) wanted(l *layout, i int) identifierSet {
	var wanted identifierSet
	loaded := false
	for _, slot := range l.slots {
		if slot.field == i {
			wanted |= wantedOf(slot.Column)
			loaded = true
		}
	}
	switch {
	case loaded:
		return wanted
	case b.used[i]:
		return 0 // an amount of a wide file
	}
	if c, known := columnsOf("")[b.names[i]]; known {
		return wantedOf(c)
	}
	return unknownKinds
}

func wantedOf(c Column) identifierSet {
	switch {
	case slices.Contains(freeColumns, c.Name):
		return freeKinds
	case slices.Contains(lineColumns, c.Name):
		return lineKinds
	case c.Kind == Text && c.Allowed == nil && (c.MaxLength == 0 || c.MaxLength >= 15):
		return codedKinds
	default:
		return 0 // only what the contract allows is loaded, which is too little to identify
	}
}

// row examines a record with the right number of fields.
func (s *search) row(fields [][]byte) *Refusal {
	s.rows++
	settled := s.rows == wholeRows
	for _, c := range s.always {
		if value := fields[c.field]; len(value) > 0 {
			if r := s.examine(c, value); r != nil {
				return r
			}
			settled = settled || c.closed
		}
	}
	// The golden ratio picks lines evenly, in step with no pattern of the file.
	if len(s.sampled) > 0 && s.rows*samplingFactor>>samplingShift == 0 {
		for _, c := range s.sampled {
			if value := fields[c.field]; len(value) > 0 {
				if r := s.examine(c, value); r != nil {
					return r
				}
			}
		}
	}
	if settled {
		s.settle()
	}
	return nil
}

// settle moves the columns of which enough is known to those that are sampled.
func (s *search) settle() {
	s.always = slices.DeleteFunc(s.always, func(c *searched) bool {
		enough := c.closed || c.wanted == codedKinds && s.rows >= wholeRows
		if enough {
			s.sampled = append(s.sampled, c)
		}
		return enough
	})
}

func (s *search) examine(c *searched, value []byte) *Refusal {
	if !c.nested {
		return s.one(c, value)
	}
	for _, piece := range bytes.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(`[]{}":,`, r) }) {
		if r := s.one(c, piece); r != nil {
			return r
		}
	}
	return nil
}

// one adds a value to what is known of its column, and judges it when there is enough.
func (s *search) one(c *searched, value []byte) *Refusal {
	if !c.seen.add(xxh3.Hash(value)) {
		return nil
	}
	f := examine(value, c.wanted, s.lastYear)
	if f.void {
		return nil
	}
	c.part.add(f)
	if !c.closed {
		c.whole.add(f)
		if c.whole.distinct == c.limit {
			if r := s.judge(c, &c.whole, false); r != nil {
				return r
			}
			c.closed, c.seen = true, hashSet{}
		}
	}
	if c.part.distinct < partDistinct {
		return nil
	}
	r := s.judge(c, &c.part, true)
	c.part = evidence{}
	if c.closed {
		c.seen.clear()
	}
	return r
}

// verdict judges what was not judged yet, at the end of the file.
func (s *search) verdict() *Refusal {
	columns := slices.Concat(s.always, s.sampled)
	slices.SortFunc(columns, func(a, b *searched) int { return a.field - b.field })
	for _, c := range columns {
		if !c.closed {
			if r := s.judge(c, &c.whole, false); r != nil {
				return r
			}
		}
		if r := s.judge(c, &c.part, true); r != nil {
			return r
		}
	}
	return nil
}

// judge refuses a column whose values identify persons.
func (s *search) judge(c *searched, e *evidence, part bool) *Refusal {
	for kind := range insuredNumber {
		t := thresholds[kind]
		least, share := t.distinct, t.whole
		if part {
			least, share = max(least, 20), t.part
		}
		if e.distinct < least || e.hits[kind] < t.hits || 100*e.hits[kind] <= share*e.distinct {
			continue
		}
		switch kind {
		case phoneNumber, address, postcode:
			if e.stems[kind][stemsNeeded-1] == 0 {
				continue
			}
		case birthDate:
			if e.spread() <= birthSpread {
				continue
			}
		default:
		}
		if kind != postcode {
			return heldIn(c.name, kind)
		}
		if s.house != "" {
			return besideHouse(c.name, s.house)
		}
	}
	return nil
}

const (
	identifierExpected = "pseudonyms, and nothing that identifies a person"
	identifierAdvice   = "Ask the supplier to leave the column out, or to pseudonymise it at the source, and to deliver again"
)

func heldIn(column string, kind identifier) *Refusal {
	return &Refusal{Column: column, Reason: "its values identify persons", Expected: identifierExpected, Found: identifierNames[kind], Advice: identifierAdvice}
}

func namedAs(column string, kind identifier) *Refusal {
	return &Refusal{Line: 1, Column: column, Reason: "its name says that it identifies persons", Expected: identifierExpected, Found: identifierNames[kind],
		Advice: identifierAdvice + "; under another name if it holds something else"}
}

func besideHouse(column, house string) *Refusal {
	return &Refusal{Column: column, Reason: "together with column " + house + " it identifies persons", Expected: identifierExpected, Found: identifierNames[address],
		Advice: identifierAdvice}
}
