package delivery

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// form is how the values of a column are written.
type form struct {
	date      []dateToken
	iso       bool
	decimal   byte
	thousands byte // 0: none
	native    bool // from a typed column: zeros beyond the scale are padding
}

var canonicalForm = form{iso: true, decimal: '.'}

func (s Source) form() (form, error) {
	tokens, err := parseDatePattern(s.Datum)
	if err != nil {
		return form{}, err
	}
	f := form{date: tokens, iso: s.Datum == "jjjj-mm-dd", decimal: s.Decimaal[0]}
	if s.Duizendtal != "" {
		f.thousands = s.Duizendtal[0]
	}
	return f, nil
}

// dateToken is a part of a date pattern: day, month, year, or a literal byte.
type dateToken struct {
	part     byte // 'd', 'm', 'j', or 0 for a literal
	literal  byte
	min, max int // digits
}

func parseDatePattern(pattern string) ([]dateToken, error) {
	var tokens []dateToken
	seen := map[byte]bool{}
	for i := 0; i < len(pattern); {
		c := pattern[i]
		n := 1
		for i+n < len(pattern) && pattern[i+n] == c {
			n++
		}
		switch c {
		case 'd', 'm', 'j':
			if seen[c] || (c == 'j' && n != 4) || (c != 'j' && n > 2) {
				return nil, errors.New("wrong date pattern")
			}
			seen[c] = true
			t := dateToken{part: c, min: n, max: n}
			if n == 1 {
				t.max = 2
			}
			tokens = append(tokens, t)
		default:
			if c >= 0x7f || (c >= 'a' && c <= 'z') {
				return nil, errors.New("wrong date pattern")
			}
			for range n {
				tokens = append(tokens, dateToken{literal: c})
			}
		}
		i += n
	}
	if len(seen) != 3 {
		return nil, errors.New("wrong date pattern")
	}
	return tokens, nil
}

// parseDate returns the days since 1970-01-01; false when there is no such day.
func (f *form) parseDate(b []byte) (int32, bool) {
	if f.iso {
		if len(b) != 10 || b[4] != '-' || b[7] != '-' {
			return 0, false
		}
		y, ok1 := digits(b[0:4])
		m, ok2 := digits(b[5:7])
		d, ok3 := digits(b[8:10])
		if !ok1 || !ok2 || !ok3 {
			return 0, false
		}
		return daysOf(y, m, d)
	}
	var y, m, d int
	for _, t := range f.date {
		if t.part == 0 {
			if len(b) == 0 || b[0] != t.literal {
				return 0, false
			}
			b = b[1:]
			continue
		}
		n := 0
		for n < t.max && n < len(b) && b[n] >= '0' && b[n] <= '9' {
			n++
		}
		if n < t.min {
			return 0, false
		}
		v, _ := digits(b[:n])
		b = b[n:]
		switch t.part {
		case 'd':
			d = v
		case 'm':
			m = v
		default:
			y = v
		}
	}
	if len(b) != 0 {
		return 0, false
	}
	return daysOf(y, m, d)
}

func digits(b []byte) (int, bool) {
	v := 0
	for _, c := range b {
		c -= '0'
		if c > 9 {
			return 0, false
		}
		v = v*10 + int(c)
	}
	return v, true
}

var monthDays = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// daysOf counts the days since 1970-01-01 in the proleptic Gregorian calendar.
func daysOf(y, m, d int) (int32, bool) {
	if y < 1 || m < 1 || m > 12 || d < 1 {
		return 0, false
	}
	last := monthDays[m]
	if m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0) {
		last = 29
	}
	if d > last {
		return 0, false
	}
	// Years from March, so that the leap day comes last.
	if m <= 2 {
		y--
		m += 12
	}
	return int32(365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1 - 719468), true
}

// dateOf is the reverse of daysOf: the day with this number since 1970-01-01.
func dateOf(days int) (y, m, d int) {
	days += 719468 // since 0000-03-01
	era := days / 146097
	if days < 0 {
		era = (days - 146096) / 146097
	}
	day := days - era*146097
	year := (day - day/1460 + day/36524 - day/146096) / 365
	day -= 365*year + year/4 - year/100
	month := (5*day + 2) / 153
	y, m, d = year+era*400, month+3, day-(153*month+2)/5+1
	if m > 12 {
		y, m = y+1, m-12
	}
	return y, m, d
}

// What can be wrong with a number.
const (
	numberFine = iota
	numberUnreadable
	numberDecimals
	numberTooLarge
)

// parseDecimal reads a number with at most scale decimals as an integer of
// 10^-scale; precision bounds its digits. Nothing is rounded.
func (f *form) parseDecimal(b []byte, precision, scale int) (int64, int) {
	negative := false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		negative = b[0] == '-'
		b = b[1:]
	}
	whole, fraction := b, []byte(nil)
	if i := bytes.IndexByte(b, f.decimal); i >= 0 {
		whole, fraction = b[:i], b[i+1:]
		if len(fraction) == 0 {
			return 0, numberUnreadable
		}
	}
	if len(whole) == 0 && fraction == nil {
		return 0, numberUnreadable
	}
	var v int64
	count, group, grouped := 0, 0, false
	for _, c := range whole {
		if f.thousands != 0 && c == f.thousands {
			// A group that is not of three digits is a misread sign, not a number.
			if (grouped && group != 3) || group == 0 || group > 3 {
				return 0, numberUnreadable
			}
			group, grouped = 0, true
			continue
		}
		if c < '0' || c > '9' {
			return 0, numberUnreadable
		}
		group++
		if v != 0 || c != '0' {
			if count++; count > precision-scale {
				return 0, tooLargeOrUnreadable(whole, fraction, f.thousands)
			}
		}
		v = v*10 + int64(c-'0')
	}
	if grouped && group != 3 {
		return 0, numberUnreadable
	}
	if _, ok := digits(fraction); !ok {
		return 0, numberUnreadable
	}
	if f.native {
		for len(fraction) > scale && fraction[len(fraction)-1] == '0' {
			fraction = fraction[:len(fraction)-1]
		}
	}
	if len(fraction) > scale {
		return 0, numberDecimals
	}
	for i := range scale {
		v *= 10
		if i < len(fraction) {
			v += int64(fraction[i] - '0')
		}
	}
	if negative {
		v = -v
	}
	return v, numberFine
}

func tooLargeOrUnreadable(whole, fraction []byte, thousands byte) int {
	for _, c := range whole {
		if (c < '0' || c > '9') && (thousands == 0 || c != thousands) {
			return numberUnreadable
		}
	}
	if _, ok := digits(fraction); !ok {
		return numberUnreadable
	}
	return numberTooLarge
}

// parseText returns the number of characters; false for invalid UTF-8, a control
// character, or the mark that a decoder leaves where bytes were damaged.
func parseText(b []byte) (int, bool) {
	for i, c := range b {
		if c < 0x20 || c >= 0x7f {
			return parseWideText(b, i)
		}
	}
	return len(b), true
}

func parseWideText(b []byte, ascii int) (int, bool) {
	n := ascii
	for b = b[ascii:]; len(b) > 0; n++ {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError || r < 0x20 || (r >= 0x7f && r < 0xa0) {
			return 0, false
		}
		b = b[size:]
	}
	return n, true
}

func trimSpaces(b []byte) []byte {
	for len(b) > 0 && b[0] == ' ' {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
