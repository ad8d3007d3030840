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
// or says which rule it breaks.
type checker struct {
	slots  []slot
	cells  []cell
	groups []wideGroup
	width  int // fields in a record

	domain, debitCredit, previous, codeList, careType, begin, end, amount, year int // positions, or -1

	claims    bool
	signed    bool // the sign of the amount tells debet_credit
	begin2000 int64
	dayBefore int64 // 1900-01-01
	lastBegin int64 // the day of the delivery
}

func newChecker(t Table, l *layout, signed bool, delivered time.Time) *checker {
	c := &checker{slots: l.slots, groups: l.groups, width: l.width, cells: make([]cell, len(l.slots)),
		claims: t.hasKey(), signed: signed && t.columnIndex("debet_credit") >= 0,
		domain: t.columnIndex("domein"), debitCredit: t.columnIndex("debet_credit"), previous: t.columnIndex("vorige_regel_id"),
		codeList: t.columnIndex("codelijst"), careType: t.columnIndex("zorgsoort"), begin: t.columnIndex("begindatum"),
		end: t.columnIndex("einddatum"), amount: t.columnIndex("bedrag"), year: t.columnIndex("jaar")}
	day := func(y, m, d int) int64 { v, _ := daysOf(y, m, d); return int64(v) }
	c.begin2000, c.dayBefore = day(2000, 1, 1), day(1900, 1, 1)
	c.lastBegin = day(delivered.Year(), int(delivered.Month()), delivered.Day())
	return c
}

// check fills the cells; it returns the column and rule that were broken first.
func (c *checker) check(fields [][]byte, r recordEnd) (column, rule string) {
	if r.malformed || len(fields) != c.width {
		clear(c.cells)
		if r.malformed {
			return "", RuleQuoting
		}
		return "", RuleFieldCount
	}
	for i := range c.slots {
		s := &c.slots[i]
		if s.derived {
			c.cells[i] = cell{}
			continue
		}
		raw := s.constant
		if s.field >= 0 {
			raw = fields[s.field]
		}
		broken := s.parse(raw, &c.cells[i])
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
		if string(c.cells[c.debitCredit].text) == "C" && !c.cells[c.previous].set {
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
