package delivery

import (
	"fmt"
	"slices"
	"strings"
)

// How much is looked at. Of the first piece of a file every value is examined of
// a column until it showed maxDistinct different ones, of every later piece until
// it showed pieceDistinct; of one line in sixteen after that. Small files and
// columns of few values are so searched whole.
const (
	maxDistinct    = 4 << 10
	pieceDistinct  = 256
	partDistinct   = 128
	allDistinct    = 1 << 19 // hashes held for all columns together, unless there are very many
	wholeRows      = 8 << 10 // lines of the first piece of which coded columns too are examined
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
// not. It keeps hashes and counts, never a value. What is found depends on the
// file alone, not on which worker had which piece.
type search struct {
	columns  []*searched
	house    string // the column named as a house number
	lastYear int
}

// searched is one column of the file.
type searched struct {
	name   string
	field  int
	wanted identifierSet
	nested bool
	limit  int // of different values

	seen   hashSet // the different values, until they are enough
	whole  evidence
	closed bool // whole has been judged
}

// newSearch judges the header, and prepares to judge the values.
func newSearch(b *binder, l *layout, lastYear int) (*search, *Refusal) {
	s := &search{lastYear: lastYear}
	ofPersons := b.file.Table.columnIndex("pseudoniem") >= 0
	house, full := -1, -1
	for i, h := range b.header {
		for _, within := range append([]innerName{{name: h.name}}, h.inner...) {
			if kind, found := identifierOfHeader(within.name, ofPersons); found {
				return nil, namedAs(b.safeWithin(i, within.path), kind)
			}
			if f := examine([]byte(within.name), codedKinds, lastYear); f.kinds != 0 && b.plausible() {
				return nil, namedAs(b.safeWithin(i, within.path), f.kinds.first())
			}
			if isHouseNumber(within.name) {
				house = i
			}
			if isFullPostcode(within.name) {
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
			s.columns = append(s.columns, &searched{name: b.safeName(i), field: i, wanted: wanted, nested: h.nested, limit: limit})
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
func (b *binder) safeName(i int) string { return b.safeWithin(i, "") }

// safeWithin names a field within a column by the way to it.
func (b *binder) safeWithin(i int, path string) string {
	name := b.shown(i)
	if path != "" {
		name += "." + path
	}
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

// add takes in what was seen in the next piece of the file.
func (s *search) add(sightings [][]sighting) *Refusal {
	for i, c := range s.columns {
		if i >= len(sightings) || c.closed {
			continue
		}
		for _, seen := range sightings[i] {
			if !c.seen.add(seen.hash) {
				continue
			}
			if c.whole.add(seen.finding); c.whole.distinct < c.limit {
				continue
			}
			c.closed, c.seen = true, hashSet{}
			if r := s.judge(c, &c.whole, false); r != nil {
				return r
			}
			break
		}
	}
	return nil
}

// verdict judges what was not judged yet, at the end of the file.
func (s *search) verdict() *Refusal {
	for _, c := range s.columns {
		if !c.closed {
			if r := s.judge(c, &c.whole, false); r != nil {
				return r
			}
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
