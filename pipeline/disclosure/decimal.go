package disclosure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// decimal is an exact number, unscaled / 10^scale, in the one form without
// trailing noughts, so that equal numbers are equal values.
type decimal struct {
	unscaled int64
	scale    int
}

func newDecimal(unscaled int64, scale int) decimal {
	if unscaled == 0 {
		return decimal{}
	}
	for unscaled%10 == 0 {
		unscaled /= 10
		scale--
	}
	return decimal{unscaled, scale}
}

const (
	maxDigits   = 18  // what an int64 holds for certain
	maxExponent = 400 // beyond what a double can hold
)

// parseDecimal reads a number as files write it: digits, a point, an exponent.
// A number of more than 18 digits is none that was ever released.
func parseDecimal(s string) (decimal, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative {
		s = s[1:]
	}
	var unscaled int64
	size, scale, seen, i := 0, 0, false, 0
	point := false
	for ; i < len(s); i++ {
		c := s[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		seen = true
		if size > 0 || c != '0' {
			size++
		}
		if size > maxDigits {
			return decimal{}, false
		}
		unscaled = unscaled*10 + int64(c-'0')
		if point {
			scale++
		}
	}
	exponent, ok := parseExponent(s[i:])
	if !seen || !ok {
		return decimal{}, false
	}
	if negative {
		unscaled = -unscaled
	}
	return newDecimal(unscaled, scale-exponent), true
}

func parseExponent(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return 0, false
	}
	s = s[1:]
	sign := 1
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	value := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' || value > maxExponent {
			return 0, false
		}
		value = value*10 + int(c-'0')
	}
	return sign * value, s != ""
}

// longDigits is from how many digits a number in a text is judged: years and percentages are shorter.
const longDigits = 5

// longNumbers hands over every word of a text that holds a number of five digits
// or more, with or without separators between them.
func longNumbers(text string, see func(word string)) {
	if digits(text) < longDigits {
		return
	}
	for word := range strings.FieldsFuncSeq(joinThousands(text), between) {
		word = strings.Trim(word, ".,:'’-–/#")
		if longest(word) >= longDigits {
			see(word)
		}
	}
}

// between tells whether a rune parts two words.
func between(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("()[]{}<>\"„“”;&…€%+−=|!?", r)
}

// joinThousands takes out a single space inside a number that is written as 12 345.
func joinThousands(text string) string {
	runes := []rune(text)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if unicode.IsSpace(r) && groupBefore(runes[:i]) && groupAfter(runes[i+1:]) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// groupBefore holds when a text ends in one to three digits.
func groupBefore(before []rune) bool {
	n := 0
	for n < len(before) && unicode.IsDigit(before[len(before)-1-n]) {
		n++
	}
	return n >= 1 && n <= 3
}

// groupAfter holds when a text begins with exactly three digits.
func groupAfter(after []rune) bool {
	n := 0
	for n < len(after) && unicode.IsDigit(after[n]) {
		n++
	}
	return n == 3
}

// longest is the number of digits of the longest number in a word.
func longest(word string) int {
	most, run, separated := 0, 0, false
	for _, r := range word {
		switch {
		case unicode.IsDigit(r):
			run++
			separated = false
			most = max(most, run)
		case strings.ContainsRune(".,'’", r) && run > 0 && !separated:
			separated = true
		default:
			run, separated = 0, false
		}
	}
	return most
}

func digits(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c >= '0' && c <= '9' {
				n++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsDigit(r) {
			n++
		}
		i += size
	}
	return n
}
