package delivery

import (
	"fmt"
	"slices"
	"strings"
)

// layout is how the columns of one file fill the canonical ones.
type layout struct {
	slots   []slot
	groups  []wideGroup
	width   int
	unknown []string
}

// binder matches the header of a file with its table and source.
type binder struct {
	file     File
	source   Source // with defaults
	header   []headerColumn
	names    []string // normalised
	used     []bool
	supplier form
	forms    map[int]*form
	fromName map[string]string
}

func newBinder(f File, header []headerColumn) *binder {
	b := &binder{file: f, source: f.Source.withDefaults(), header: header, used: make([]bool, len(header)), forms: map[int]*form{}}
	for _, h := range header {
		b.names = append(b.names, normalised(h.name))
	}
	return b
}

// bind makes the layout, or tells what is missing, double or unclear.
func (b *binder) bind() (*layout, *Refusal) {
	var err error
	if b.supplier, err = b.source.form(); err != nil {
		return nil, &Refusal{Reason: fmt.Sprintf("datum %q is no pattern of dates", b.source.Datum), Expected: datePatternExpected,
			Advice: "Correct datum in the [[bron]] of this file"}
	}
	if b.fromName, err = b.file.fromName(); err != nil {
		return nil, &Refusal{Reason: err.Error(), Advice: "Rename the file, or correct uit_naam in the [[bron]] of this file"}
	}
	if r := b.double(); r != nil {
		return nil, r
	}
	l := &layout{width: len(b.header)}
	for _, c := range b.file.Table.Columns {
		s, r := b.slot(c)
		if r != nil {
			return nil, r
		}
		l.slots = append(l.slots, s)
	}
	if len(b.source.Breed) > 0 {
		if r := b.wide(l); r != nil {
			return nil, r
		}
	}
	for i := range b.header {
		if !b.used[i] {
			l.unknown = append(l.unknown, b.shown(i))
		}
	}
	return l, nil
}

func normalised(name string) string {
	return strings.ToLower(strings.TrimSpace(name))
}

// shown is the column's name as people see it.
func (b *binder) shown(i int) string {
	if name := strings.TrimSpace(b.header[i].name); name != "" {
		return name
	}
	return fmt.Sprintf("(column %d, without a name)", i+1)
}

func (b *binder) double() *Refusal {
	for i, name := range b.names {
		if j := slices.Index(b.names, name); j < i && name != "" && b.plausible() {
			return &Refusal{Line: 1, Column: b.safeName(j), Reason: "this header is there twice",
				Expected: "every name once", Found: fmt.Sprintf("it as column %d and column %d", j+1, i+1),
				Advice: "Ask the supplier to name the columns apart"}
		}
	}
	return nil
}

// slot finds what fills one canonical column.
func (b *binder) slot(c Column) (slot, *Refusal) {
	s := slot{Column: c, field: -1, form: &b.supplier, scale: b.amountScale(c), values: b.values(c.Name)}
	wide := len(b.source.Breed) > 0
	switch {
	case wide && (c.Name == "zorgsoort" || c.Name == "bedrag"),
		c.Name == "debet_credit" && b.source.Teken == "bedrag":
		s.derived = true
		return s, nil
	}
	if v, ok := b.source.Vast[c.Name]; ok {
		s.constant, s.form, s.scale, s.values = []byte(v), &canonicalForm, c.Scale, nil
		return s, nil
	}
	if v, ok := b.fromName[c.Name]; ok {
		s.constant = []byte(v)
		return s, nil
	}
	i, r := b.find(c)
	if r != nil {
		return s, r
	}
	if i < 0 {
		if c.Name == "leverancier" {
			s.constant, s.form, s.values = []byte(b.file.Supplier), &canonicalForm, nil
		}
		return s, nil
	}
	if r := b.typeFits(c.Name, i, c.Kind); r != nil {
		return s, r
	}
	s.field, s.form = i, b.formOf(i)
	b.used[i] = true
	return s, nil
}

// find returns the position of the column in the file; -1 when it is absent and
// may be.
func (b *binder) find(c Column) (int, *Refusal) {
	mapped, isMapped := b.source.Kolommen[c.Name]
	if isMapped {
		found := b.matching(mapped)
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return -1, &Refusal{Line: 1, Column: c.Name, Reason: fmt.Sprintf("the pattern %q fits %d columns", mapped, len(found)),
				Expected: "one", Found: b.quoted(found), Advice: "Make kolommen." + c.Name + " more precise"}
		}
	}
	if i := slices.Index(b.names, c.Name); i >= 0 {
		return i, nil
	}
	if !c.Required && !isMapped {
		return -1, nil
	}
	expected := fmt.Sprintf("%q", c.Name)
	if isMapped {
		expected = fmt.Sprintf("%q (kolommen.%s)", mapped, c.Name)
	}
	r := &Refusal{Line: 1, Column: c.Name, Reason: "the column is missing", Expected: expected, Found: b.found()}
	r.Advice = b.adviceFor(c.Name, mapped)
	return -1, r
}

func (b *binder) matching(pattern string) []int {
	var found []int
	for i, name := range b.names {
		if wildcardMatch(normalised(pattern), name) {
			found = append(found, i)
		}
	}
	return found
}

// typeFits refuses a column whose type cannot hold a canonical column.
func (b *binder) typeFits(canonical string, i int, kind Kind) *Refusal {
	h := b.header[i]
	purpose := ""
	if b.names[i] != canonical {
		purpose = " for " + canonical
	}
	if h.float && kind == Decimal {
		return &Refusal{Column: b.safeName(i), Reason: "it is stored as a floating-point number, which does not hold cents exactly",
			Expected: "a decimal, an integer or a text" + purpose, Found: "a float",
			Advice: "Ask the supplier to write the column as decimal with two decimals, or as text"}
	}
	if h.nested {
		return &Refusal{Column: b.safeName(i), Reason: "its type cannot be read", Expected: "a text, a number or a date" + purpose, Found: "a nested or unknown type",
			Advice: "Ask the supplier to write the column flat"}
	}
	for _, swapped := range []struct {
		wrong           bool
		expected, found string
	}{
		{kind == Date && (h.decimal || h.float), "a date, a text or an integer", "a number with decimals"},
		{kind == Date && h.boolean, "a date, a text or an integer", "a truth value"},
		{kind != Date && h.day, kindNames[kind], "a date"},
		{(kind == Decimal || kind == Integer) && h.boolean, kindNames[kind], "a truth value"},
	} {
		if swapped.wrong {
			return &Refusal{Column: b.safeName(i), Reason: "its type is that of another kind of column", Expected: swapped.expected + purpose, Found: swapped.found,
				Advice: "Look whether two columns were swapped: correct kolommen in the [[bron]] of this file, or ask the supplier to send it again"}
		}
	}
	return nil
}

var kindNames = map[Kind]string{Text: "a text or a number", Decimal: "a decimal, an integer or a text", Integer: "an integer or a text"}

// formOf tells how the values of a column of the file are written.
func (b *binder) formOf(i int) *form {
	h := b.header[i]
	if !h.typed {
		return &b.supplier
	}
	if b.forms[i] == nil {
		f := canonicalForm
		f.native = true
		if h.integer { // a date as the number 20240131
			f.date, f.iso = b.supplier.date, b.supplier.iso
		}
		b.forms[i] = &f
	}
	return b.forms[i]
}

func (b *binder) amountScale(c Column) int {
	if c.Name == "bedrag" && b.source.BedragIn == "cent" {
		return 0
	}
	return c.Scale
}

func (b *binder) values(column string) map[string][]byte {
	given := b.source.Waarden[column]
	if len(given) == 0 {
		return nil
	}
	values := make(map[string][]byte, len(given))
	for from, to := range given {
		values[strings.TrimSpace(from)] = []byte(to)
	}
	return values
}

// wide assigns the cost columns to care types.
func (b *binder) wide(l *layout) *Refusal {
	owner := map[int]string{}
	exact := map[int]bool{}
	for _, careType := range sortedKeys(b.source.Breed) {
		for _, pattern := range b.source.Breed[careType] {
			precise := !strings.Contains(pattern, "*")
			for _, i := range b.matching(pattern) {
				other, taken := owner[i]
				switch {
				case b.used[i], taken && exact[i] && !precise:
					continue
				case taken && exact[i] == precise && other != careType:
					return &Refusal{Line: 1, Column: b.safeName(i), Reason: "two patterns of breed fit this column",
						Expected: "one", Found: other + " and " + careType, Advice: "Make one of the two more precise"}
				}
				owner[i], exact[i] = careType, precise
			}
		}
	}
	if len(owner) == 0 {
		return &Refusal{Line: 1, Reason: "none of the columns that breed lists is in the file",
			Expected: strings.Join(patternsOf(b.source.Breed), ", "), Found: b.found(),
			Advice: "Correct breed in the [[bron]] of this file"}
	}
	if b.source.BreedOverig != "" {
		for _, i := range b.matching(b.source.BreedOverig) {
			if _, taken := owner[i]; !taken && !b.used[i] {
				owner[i] = unknownCareType
				l.unknown = append(l.unknown, b.shown(i))
			}
		}
	}
	position := map[string]int{}
	for i := range b.header {
		careType, ok := owner[i]
		if !ok {
			continue
		}
		if r := b.typeFits("bedrag", i, Decimal); r != nil {
			return r
		}
		g, ok := position[careType]
		if !ok {
			g = len(l.groups)
			position[careType] = g
			l.groups = append(l.groups, wideGroup{careType: []byte(careType)})
		}
		l.groups[g].fields = append(l.groups[g].fields, wideField{field: i, name: strings.TrimSpace(b.header[i].name), form: b.formOf(i)})
		b.used[i] = true
	}
	return nil
}

const unknownCareType = "onbekend"

func patternsOf(breed map[string]Patterns) []string {
	var patterns []string
	for _, z := range sortedKeys(breed) {
		patterns = append(patterns, breed[z]...)
	}
	return patterns
}
