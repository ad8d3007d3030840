package delivery

import (
	"bytes"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
)

// slot is a canonical column with the way to fill it from a record.
type slot struct {
	Column
	field int // in the record; -1: constant holds, or the column is empty
	// constant is the supplier's value for the whole file.
	constant []byte
	// values translates the supplier's values to the canonical ones.
	values map[string][]byte
	form   *form
	scale  int // of the value as delivered: 0 for an amount in cents
	// derived: another column fills this one.
	derived bool
}

// delivered is the value as the supplier gave it.
func (s *slot) delivered(fields [][]byte) []byte {
	if s.field >= 0 {
		return fields[s.field]
	}
	return s.constant
}

// cell is a checked value: text, or a number (days, 10^-scale, or whole).
type cell struct {
	text   []byte
	number int64
	set    bool
}

// wideGroup is the care type of a wide file with the columns that hold its amount.
type wideGroup struct {
	careType []byte
	fields   []wideField
	sum      int64
}

type wideField struct {
	field int
	name  string
	form  *form
}

// checker is the row-checking core: it turns one record into the cells of a row,
// or says which rule it breaks. Every worker has its own.
type checker struct {
	slots  []slot
	cells  []cell
	groups []wideGroup
	width  int // fields in a record

	loose        []int // slots of no dictionary
	dictionaries []dictionary
	positions    []position // of each slot
	credit       bool       // the row that was checked last is a credit
	// pseudonym hashes a supplier's pseudonym once more; nil: it is kept.
	pseudonym func(text []byte) []byte

	domain, debitCredit, previous, codeList, careType, begin, end, amount, year int // positions, or -1

	claims    bool
	signed    bool // the sign of the amount tells debet_credit
	begin2000 int64
	dayBefore int64 // 1900-01-01
	lastBegin int64 // the day of the delivery
}

// position tells where the value of a slot is: in a dictionary, or (-1) in its cell.
type position struct{ dictionary, column int }

func newChecker(t Table, l *layout, signed bool, delivered time.Time) *checker {
	c := &checker{slots: l.slots, groups: slices.Clone(l.groups), width: l.width, cells: make([]cell, len(l.slots)),
		claims: t.Keyed(), signed: signed && t.columnIndex("debet_credit") >= 0,
		domain: t.columnIndex("domein"), debitCredit: t.columnIndex("debet_credit"), previous: t.columnIndex("vorige_regel_id"),
		codeList: t.columnIndex("codelijst"), careType: t.columnIndex("zorgsoort"), begin: t.columnIndex("begindatum"),
		end: t.columnIndex("einddatum"), amount: t.columnIndex("bedrag"), year: t.columnIndex("jaar")}
	day := func(y, m, d int) int64 { v, _ := daysOf(y, m, d); return int64(v) }
	c.begin2000, c.dayBefore = day(2000, 1, 1), day(1900, 1, 1)
	c.lastBegin = day(delivered.Year(), int(delivered.Month()), delivered.Day())

	names := t.Dictionaries()
	c.dictionaries = make([]dictionary, len(names))
	for i := range c.slots {
		in := slices.IndexFunc(names, func(d Dictionary) bool { return d.Name == c.slots[i].Dictionary })
		if in < 0 {
			c.positions = append(c.positions, position{-1, 0})
			c.loose = append(c.loose, i)
			continue
		}
		d := &c.dictionaries[in]
		c.positions = append(c.positions, position{in, len(d.slots)})
		d.slots = append(d.slots, i)
	}
	return c
}

// check reads one record; it returns the column and rule that were broken first.
// After a good record the values are in the cells and in what the dictionaries
// have chosen; after a bad one all that could be read is in the cells.
func (c *checker) check(fields [][]byte, r recordEnd) (column, rule string) {
	if r.malformed || len(fields) != c.width {
		clear(c.cells)
		if r.malformed {
			return "", RuleQuoting
		}
		return "", RuleFieldCount
	}
	if c.readGood(fields) {
		if _, rule := c.checkRow(); rule == "" {
			return "", ""
		}
	}
	if column, rule = c.readAll(fields); rule == "" {
		panic("a line is good and bad") // it has no combination: better refused than stored wrong
	}
	return column, rule
}

// readGood reads a record as fast as it can, as long as nothing is wrong with it.
func (c *checker) readGood(fields [][]byte) bool {
	for _, i := range c.loose {
		if s := &c.slots[i]; !s.derived && s.parse(s.delivered(fields), &c.cells[i]) != "" {
			return false
		}
	}
	if c.groups != nil {
		if _, broken := c.sumGroups(fields); broken != "" {
			return false
		}
	}
	if c.signed {
		c.signFromAmount()
	}
	for i := range c.dictionaries {
		if !c.dictionaries[i].choose(c, fields) {
			return false
		}
	}
	c.credit = c.debitCredit >= 0 && string(c.text(c.debitCredit)) == "C"
	return true
}

// text is the value of a text column of a good row; nil is unknown.
func (c *checker) text(i int) []byte {
	at := c.positions[i]
	if at.dictionary < 0 {
		return c.cells[i].text
	}
	d := &c.dictionaries[at.dictionary]
	return d.value(d.chosen, at.column)
}

// readAll reads every cell of a record in the order of the contract, to tell what
// is wrong first and to keep what can be known.
func (c *checker) readAll(fields [][]byte) (column, rule string) {
	for i := range c.slots {
		s := &c.slots[i]
		if s.derived {
			c.cells[i] = cell{}
			continue
		}
		broken := s.parse(s.delivered(fields), &c.cells[i])
		if broken != "" && rule == "" {
			column, rule = s.Name, broken
		}
	}
	if c.groups != nil {
		if col, broken := c.sumGroups(fields); broken != "" && rule == "" {
			column, rule = col, broken
		}
	}
	if c.signed {
		c.signFromAmount()
	}
	if rule != "" {
		return column, rule
	}
	c.credit = c.debitCredit >= 0 && string(c.cells[c.debitCredit].text) == "C"
	return c.checkRow()
}

// checkRow applies the rules that concern more than one cell.
func (c *checker) checkRow() (column, rule string) {
	if c.begin >= 0 && c.cells[c.begin].set {
		begin := c.cells[c.begin].number
		if end := c.cells[c.end]; end.set && end.number < begin {
			return "einddatum", RuleEndBeforeBegin
		}
		if c.claims && begin < c.begin2000 {
			return "begindatum", RuleBegin2000
		}
		if c.claims && begin > c.lastBegin {
			return "begindatum", RuleBeginInFuture
		}
		if !c.claims && begin < c.dayBefore {
			return "begindatum", RuleDate1900
		}
		if !c.claims && c.cells[c.end].set && c.cells[c.end].number < c.dayBefore {
			return "einddatum", RuleDate1900
		}
	}
	if c.claims {
		if c.cells[c.amount].number < 0 {
			return "bedrag", RuleNegative
		}
		if c.credit && !c.cells[c.previous].set {
			return "vorige_regel_id", RuleCreditReference
		}
	}
	return "", ""
}

var debit, credit = []byte("D"), []byte("C")

func (c *checker) signFromAmount() {
	amount := &c.cells[c.amount]
	if !amount.set {
		return
	}
	sign := debit
	if amount.number < 0 {
		sign = credit
		amount.number = -amount.number
	}
	c.cells[c.debitCredit] = cell{text: sign, set: true}
}

// sumGroups adds up the amounts of each care type of a wide line.
func (c *checker) sumGroups(fields [][]byte) (column, rule string) {
	s := &c.slots[c.amount]
	var total int64
	known := true
	for g := range c.groups {
		group := &c.groups[g]
		group.sum = 0
		for _, w := range group.fields {
			raw := trimSpaces(fields[w.field])
			if len(raw) == 0 {
				continue
			}
			v, wrong := w.form.parseDecimal(raw, s.Precision, s.scale)
			if wrong != numberFine {
				known = false
				if rule == "" {
					column, rule = w.name, numberRule(wrong, RuleAmount)
				}
				continue
			}
			group.sum += v
		}
		total += group.sum
	}
	c.cells[c.amount] = cell{number: total, set: known}
	return column, rule
}

// quarantined keeps what could be read of the record that was just checked.
func (c *checker) quarantined(line int64, column, rule string) Quarantined {
	q := Quarantined{Line: line, Column: column, Rule: rule}
	text := func(i int) string {
		if i < 0 || !c.cells[i].set {
			return ""
		}
		return string(c.cells[i].text)
	}
	day := func(i int) *arrow.Date32 {
		if i < 0 || !c.cells[i].set {
			return nil
		}
		d := arrow.Date32(c.cells[i].number)
		return &d
	}
	q.Domain, q.DebitCredit, q.CodeList, q.CareType = text(c.domain), text(c.debitCredit), text(c.codeList), text(c.careType)
	q.Begin, q.End = day(c.begin), day(c.end)
	if c.amount >= 0 && c.cells[c.amount].set {
		q.Cents, q.AmountKnown = c.cells[c.amount].number, true
	}
	switch {
	case c.year >= 0 && c.cells[c.year].set:
		y := int(c.cells[c.year].number)
		q.Year = &y
	case q.Begin != nil:
		y := q.Begin.ToTime().Year()
		q.Year = &y
	}
	return q
}

// parse reads one value into the cell and returns the rule that it breaks. A cell
// that breaks a rule is set only when its value is known exactly.
func (s *slot) parse(raw []byte, to *cell) string {
	*to = cell{}
	raw = trimSpaces(raw)
	if s.values != nil {
		if v, ok := s.values[string(raw)]; ok {
			raw = v
			return s.parseForm(raw, to, &canonicalForm, s.Scale)
		}
	}
	return s.parseForm(raw, to, s.form, s.scale)
}

func (s *slot) parseForm(raw []byte, to *cell, f *form, scale int) string {
	if len(raw) == 0 {
		if s.Required {
			return RuleRequired
		}
		return ""
	}
	switch s.Kind {
	case Date:
		days, ok := f.parseDate(raw)
		if !ok {
			return RuleDate
		}
		*to = cell{number: int64(days), set: true}
	case Decimal:
		v, wrong := f.parseDecimal(raw, s.Precision, scale)
		if wrong != numberFine {
			if s.Name == "bedrag" {
				return numberRule(wrong, RuleAmount)
			}
			return numberRule(wrong, RuleNumber)
		}
		*to = cell{number: v, set: true}
	case Integer:
		return s.parseInteger(raw, to, f)
	default:
		return s.parseText(raw, to)
	}
	return ""
}

func (s *slot) parseInteger(raw []byte, to *cell, f *form) string {
	v, wrong := f.parseDecimal(raw, 9, 0)
	if wrong != numberFine || v < 0 {
		return RuleNumber
	}
	if (s.Name == "jaar" || s.Name == "geboortejaar") && (v < 1800 || v > 2199) {
		return RuleYear
	}
	*to = cell{number: v, set: true}
	return ""
}

func (s *slot) parseText(raw []byte, to *cell) string {
	n, ok := parseText(raw)
	switch {
	case !ok:
		return RuleCharacters
	case n < s.MinLength:
		return RuleTooShort
	case s.MaxLength > 0 && n > s.MaxLength:
		return RuleTooLong
	}
	if s.Name == "buurt" && !isNeighbourhood(raw) {
		return RuleNeighbourhood
	}
	if s.Allowed != nil && !allowed(s.Allowed, raw) {
		if s.Name == "domein" {
			return RuleDomain
		}
		if s.Name != "leeftijdsklasse" {
			return RuleAllowed
		}
		age, ok := ageClass(raw)
		if !ok {
			return RuleAllowed
		}
		raw = age
	}
	*to = cell{text: raw, set: true}
	return ""
}

func allowed(list []string, raw []byte) bool {
	return slices.Contains(list, string(raw))
}

func isNeighbourhood(raw []byte) bool {
	if len(raw) != 10 || raw[0] != 'B' || raw[1] != 'U' {
		return false
	}
	_, ok := digits(raw[2:])
	return ok
}

// ageClass reads the padded words of open data: "5 t/m  9 jaar" is 5-9.
func ageClass(raw []byte) ([]byte, bool) {
	words := bytes.Fields(raw)
	if len(words) == 4 && string(words[1]) == "t/m" && string(words[3]) == "jaar" {
		from, err1 := strconv.Atoi(string(words[0]))
		to, err2 := strconv.Atoi(string(words[2]))
		class := strconv.Itoa(from) + "-" + strconv.Itoa(to)
		if err1 == nil && err2 == nil && slices.Contains(ages, class) {
			return []byte(class), true
		}
	}
	if len(words) == 2 && string(words[0]) == "90+" && string(words[1]) == "jaar" {
		return []byte("90+"), true
	}
	return nil, false
}

func numberRule(wrong int, unreadable string) string {
	switch wrong {
	case numberDecimals:
		return RuleDecimals
	case numberTooLarge:
		return RuleTooLarge
	default:
		return unreadable
	}
}

// checkValue returns the rule that a value of the configuration breaks.
func checkValue(c Column, value string) string {
	s := slot{Column: c, form: &canonicalForm, scale: c.Scale}
	var to cell
	return s.parse([]byte(value), &to)
}
