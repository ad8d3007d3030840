package delivery

import (
	"bytes"
	"strings"

	"github.com/zeebo/xxh3"
)

// identifierSet holds kinds as bits.
type identifierSet uint16

func setOf(kinds ...identifier) identifierSet {
	var s identifierSet
	for _, k := range kinds {
		s |= 1 << k
	}
	return s
}

func (s identifierSet) has(k identifier) bool { return s&(1<<k) != 0 }

// finding is what one value may be. A stem is a hash of the part that people of
// one column do not share, while a running number does.
type finding struct {
	kinds identifierSet
	stem  uint64
	year  int // of a date
	void  bool
}

// examine tells which of the wanted kinds a value may be.
func examine(value []byte, wanted identifierSet, lastYear int) finding {
	var f finding
	if len(value) == 0 {
		return finding{void: true}
	}
	if isLoose(value[0]) || isLoose(value[len(value)-1]) {
		if value = bytes.TrimFunc(value, func(r rune) bool { return r < 0x80 && isLoose(byte(r)) }); len(value) == 0 {
			return finding{void: true}
		}
	}
	var buffer [40]byte
	digits, plain := numberIn(value, buffer[:0])
	if wanted.has(citizenNumber) && plain {
		number := withoutFraction(value, digits)
		f.void = isFiller(number)
		if isCitizenNumber(number) {
			f.kinds |= setOf(citizenNumber)
		}
	}
	if wanted.has(phoneNumber) && len(digits) >= 10 && isPhone(value, digits, wanted.has(postcode)) {
		f.kinds |= setOf(phoneNumber)
		f.stem = xxh3.Hash(digits[:len(digits)-4])
	}
	if wanted.has(emailAddress) && hasEmail(value) {
		f.kinds |= setOf(emailAddress)
	}
	if wanted.has(bankAccount) && isIBAN(value) {
		f.kinds |= setOf(bankAccount)
	}
	if wanted.has(address) {
		switch code, house := postcodeIn(value); {
		case code == nil:
		case house && (wanted.has(postcode) || bytes.IndexAny(value, " ,") > 0):
			f.kinds |= setOf(address)
			f.stem = xxh3.Hash(code)
		case !house && len(value) <= 7:
			f.kinds |= setOf(postcode)
			f.stem = xxh3.Hash(code)
		}
	}
	if wanted.has(birthDate) {
		if year, ok := yearOfDate(value); ok && year >= firstBirthYear && year <= lastYear {
			f.kinds |= setOf(birthDate)
			f.year = year
		}
	}
	if wanted.has(personName) && hasInitials(value) {
		f.kinds |= setOf(personName)
	}
	return f
}

// isLoose tells what stands around a value and does not belong to it.
func isLoose(c byte) bool { return c <= ' ' || c == '\'' || c == '"' }

// numberIn copies the digits of a value without letters; plain tells that beside
// them it has only the signs that numbers are written with.
func numberIn(value, to []byte) (digits []byte, plain bool) {
	if len(value) > cap(to) {
		return to, false
	}
	plain = true
	for _, c := range value {
		switch {
		case c >= '0' && c <= '9':
			to = append(to, c)
		case c == ' ' || c == '.' || c == '-' || c == ',':
		case isLetter(c):
			return to[:0], false
		default:
			plain = false
		}
	}
	return to, plain
}

// withoutFraction undoes what a spreadsheet does to a number with empty cells
// above it: 123456782.0.
func withoutFraction(value, digits []byte) []byte {
	if n := len(value); n > 2 && value[n-1] == '0' && (value[n-2] == '.' || value[n-2] == ',') {
		return digits[:len(digits)-1]
	}
	return digits
}

// isFiller tells a number that stands for no number: every digit is the same.
func isFiller(digits []byte) bool {
	return len(digits) >= 8 && bytes.Count(digits, digits[:1]) == len(digits)
}

// isCitizenNumber tells whether eight or nine digits pass the 11-test; eight have
// lost their leading zero, more than nine begin with zeros.
func isCitizenNumber(digits []byte) bool {
	for len(digits) > 9 && digits[0] == '0' {
		digits = digits[1:]
	}
	if len(digits) != 8 && len(digits) != 9 || isFiller(digits) {
		return false
	}
	sum, weight := 0, len(digits)
	for _, c := range digits {
		if weight == 1 {
			weight = -1
		}
		sum += weight * int(c-'0')
		weight--
	}
	return sum%11 == 0
}

// isPhone tells a Dutch number of ten digits, or with the code of the country;
// loose accepts one of a landline without any sign between its digits.
func isPhone(value, digits []byte, loose bool) bool {
	for _, c := range value {
		if (c < '0' || c > '9') && strings.IndexByte(" .-/()+", c) < 0 {
			return false
		}
	}
	var national []byte
	switch {
	case bytes.HasPrefix(digits, []byte("0031")):
		national = digits[4:]
	case bytes.HasPrefix(digits, []byte("31")) && (value[0] == '+' || value[0] == '(' || len(digits) == 11 && digits[2] == '6'):
		national = digits[2:]
	case digits[0] == '0':
		national = digits[1:]
	default:
		return false
	}
	if len(national) == 10 && national[0] == '0' { // +31 (0)6
		national = national[1:]
	}
	if len(national) != 9 {
		return false
	}
	switch national[0] {
	case '6':
		return national[1] >= '1' && national[1] <= '8'
	case '1', '2', '3', '4', '5', '7':
		return national[1] != '0' && (loose || len(value) > len(digits))
	default:
		return false
	}
}

// hasEmail finds an address anywhere in a text.
func hasEmail(value []byte) bool {
	i := bytes.IndexByte(value, '@')
	if i < 1 || !isAlphanumeric(value[i-1]) && strings.IndexByte("_-+.%", value[i-1]) < 0 {
		return false
	}
	domain := value[i+1:]
	n := 0
	for n < len(domain) && (isAlphanumeric(domain[n]) || domain[n] == '-' || domain[n] == '.') {
		n++
	}
	domain = bytes.TrimRight(domain[:n], ".-")
	dot := bytes.LastIndexByte(domain, '.')
	return dot >= 1 && len(domain)-dot > 2
}

// isIBAN tests form and check digits; what follows a Dutch one is left out.
func isIBAN(value []byte) bool {
	if len(value) < 15 || !isLetter(value[0]) || !isLetter(value[1]) {
		return false
	}
	var buffer [34]byte
	number := buffer[:0]
	for _, c := range value {
		if c == ' ' || c == '.' || c == '-' {
			continue
		}
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if !isAlphanumeric(c) || len(number) == cap(number) {
			return false
		}
		number = append(number, c)
		if len(number) == 18 && number[0] == 'N' && number[1] == 'L' {
			break
		}
	}
	if len(number) < 15 || isLetter(number[2]) || isLetter(number[3]) {
		return false
	}
	rest := 0
	for i := range number {
		c := number[(i+4)%len(number)]
		if isLetter(c) {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// postcodeIn finds a full postcode; house tells that a house number stands behind
// it, or a number in the words before it.
func postcodeIn(value []byte) (code []byte, house bool) {
	for at := 0; at+6 <= len(value); {
		if n := postcodeAt(value[at:]); n > 0 {
			return value[at : at+n], isHouse(value[at+n:]) || endsInNumber(value[:at])
		}
		next := bytes.IndexByte(value[at:], ' ')
		if next < 0 {
			if next = bytes.IndexByte(value[at:], ','); next < 0 {
				break
			}
		}
		at += next + 1
	}
	return nil, false
}

// postcodeAt returns the length of the postcode that a text begins with: 6, 7
// with a space, or 0.
func postcodeAt(text []byte) int {
	n := 6
	if len(text) > 6 && text[4] == ' ' {
		n = 7
	}
	if text[0] == '0' || !isDigit(text[0]) || !isDigit(text[1]) || !isDigit(text[2]) || !isDigit(text[3]) ||
		!isLetter(text[n-2]) || !isLetter(text[n-1]) || len(text) > n && isLetter(text[n]) {
		return 0
	}
	return n
}

// isHouse tells a number of at most five digits with what may follow it: 12, -12, 12-a.
func isHouse(text []byte) bool {
	text = bytes.TrimLeft(text, " ,;-_/|")
	n := 0
	for n < len(text) && isDigit(text[n]) {
		n++
	}
	if n == 0 || n > 5 || text[0] == '0' {
		return false
	}
	return n == len(text) || len(text)-n <= 4 || strings.IndexByte(" ,;", text[n]) >= 0
}

// endsInNumber tells whether a house number stands before the postcode: Kerkstraat 12,.
func endsInNumber(text []byte) bool {
	words := bytes.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
	return len(words) > 1 && isDigit(words[len(words)-1][0]) || len(words) > 2 && isDigit(words[len(words)-2][0])
}

const firstBirthYear = 1900

// yearOfDate reads a full date as people and programs write it.
func yearOfDate(value []byte) (int, bool) {
	if i := bytes.IndexAny(value, " T"); i >= 8 {
		value = value[:i] // the time
	}
	if len(value) < 8 || len(value) > 10 {
		return 0, false
	}
	if len(value) == 8 {
		if all, ok := digits(value); ok {
			if _, ok := daysOf(all/10000, all/100%100, all%100); ok && all/10000 >= firstBirthYear && all/10000 < 2200 {
				return all / 10000, true
			}
			_, ok = daysOf(all%10000, all/10000%100, all/1000000)
			return all % 10000, ok
		}
	}
	var numbers [3]int
	var lengths [3]int
	n := 0
	for _, c := range value {
		switch {
		case isDigit(c):
			numbers[n] = 10*numbers[n] + int(c-'0')
			lengths[n]++
		case (c == '-' || c == '/' || c == '.') && n < 2 && lengths[n] > 0:
			n++
		default:
			return 0, false
		}
	}
	y, m, d := numbers[0], numbers[1], numbers[2]
	if lengths[2] == 4 {
		y, d = d, y
		if m > 12 { // the American order
			m, d = d, m
		}
	} else if lengths[0] != 4 {
		return 0, false
	}
	_, ok := daysOf(y, m, d)
	return y, ok
}

// hasInitials tells a name with initials: J. Jansen, J.P., J.P. de Vries.
func hasInitials(value []byte) bool {
	initials, surnames := 0, 0
	for _, word := range bytes.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == ',' }) {
		switch {
		case len(word)%2 == 0 && len(word) <= 10 && areInitials(word):
			initials++
		case word[0] >= 'A' && word[0] <= 'Z' && len(word) > 2 && isLetter(word[1]) && !bytes.ContainsAny(word, "0123456789."):
			surnames++
		case bytes.ContainsAny(word, "0123456789"):
			return false
		}
	}
	return initials > 0 && surnames > 0 && surnames <= 3
}

func areInitials(word []byte) bool {
	for i := 0; i < len(word); i += 2 {
		if word[i] < 'A' || word[i] > 'Z' || word[i+1] != '.' {
			return false
		}
	}
	return true
}
