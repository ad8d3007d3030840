package report

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// The grid of a worksheet, and what Excel counts in UTF-16 units.
const (
	gridRows      = 1_048_576
	gridColumns   = 16_384
	longestTab    = 31
	longestText   = 32_767
	longestHeader = 255
	longestName   = 255
	mostLinks     = 65_530
)

func utf16Units(s string) int { return len(utf16.Encode([]rune(s))) }

// cellArea is a rectangle of cells, counted from 1.
type cellArea struct{ left, top, right, bottom int }

func (a cellArea) overlaps(b cellArea) bool {
	return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

func (a cellArea) cells() int { return (a.right - a.left + 1) * (a.bottom - a.top + 1) }

var (
	cellForm    = regexp.MustCompile(`^\$?([A-Za-z]{1,3})\$?([1-9][0-9]*)$`)
	columnsForm = regexp.MustCompile(`^\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})$`)
	rowsForm    = regexp.MustCompile(`^\$?([1-9][0-9]*):\$?([1-9][0-9]*)$`)
)

// columnNumber is 1 for A; 0 for what is beyond the grid.
func columnNumber(letters string) int {
	n := 0
	for _, c := range strings.ToUpper(letters) {
		n = n*26 + int(c-'A') + 1
	}
	if n > gridColumns {
		return 0
	}
	return n
}

func rowNumber(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > gridRows {
		return 0
	}
	return n
}

// addressOf reads the address of one cell, inside the grid.
func addressOf(s string) (column, row int, ok bool) {
	m := cellForm.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	column, row = columnNumber(m[1]), rowNumber(m[2])
	return column, row, column > 0 && row > 0
}

// rangeOf reads one cell, a range, whole rows or whole columns.
func rangeOf(s string) (cellArea, bool) {
	a := cellArea{1, 1, gridColumns, gridRows}
	if m := columnsForm.FindStringSubmatch(s); m != nil {
		a.left, a.right = columnNumber(m[1]), columnNumber(m[2])
		return a, a.left > 0 && a.left <= a.right
	}
	if m := rowsForm.FindStringSubmatch(s); m != nil {
		a.top, a.bottom = rowNumber(m[1]), rowNumber(m[2])
		return a, a.top > 0 && a.top <= a.bottom
	}
	first, last, isRange := strings.Cut(s, ":")
	if !isRange {
		last = first
	}
	var one, two bool
	a.left, a.top, one = addressOf(first)
	a.right, a.bottom, two = addressOf(last)
	return a, one && two && a.left <= a.right && a.top <= a.bottom
}

// splitRefs cuts a list of references at its commas, outside quotes.
func splitRefs(s string) []string {
	var out []string
	from, quoted := 0, false
	for i := range len(s) {
		switch {
		case s[i] == '\'':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// tabAndCells takes the name of a sheet from a reference: 'Kosten per wet'!$A$1.
func tabAndCells(s string) (tab, rest string, ok bool) {
	at := strings.LastIndex(s, "!")
	if at <= 0 {
		return "", s, false
	}
	tab, rest = s[:at], s[at+1:]
	if inner, quoted := strings.CutPrefix(tab, "'"); quoted {
		inner, closed := strings.CutSuffix(inner, "'")
		return strings.ReplaceAll(inner, "''", "'"), rest, closed && inner != "" && !strings.Contains(strings.ReplaceAll(inner, "''", ""), "'")
	}
	return tab, rest, bareTab.MatchString(tab)
}

// bareTab is the name of a sheet that needs no quotes.
var bareTab = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_.]*$`)

// definedArea is where a defined name leads.
type definedArea struct {
	name, scope string
	sheet       *sheetRead
	area        cellArea
}

// resolve finds the cells that a reference means, by sheet or by a defined name.
func (v *validation) resolve(s string) (*sheetRead, cellArea, bool) {
	tab, rest, ok := tabAndCells(s)
	if !ok {
		for _, d := range v.areas {
			if strings.EqualFold(d.name, s) && d.scope == "" {
				return d.sheet, d.area, true
			}
		}
		return nil, cellArea{}, false
	}
	sheet := v.sheet(tab)
	a, ok := rangeOf(rest)
	return sheet, a, ok && sheet != nil
}

func (v *validation) sheet(tab string) *sheetRead {
	for _, s := range v.sheets {
		if strings.EqualFold(s.tab, tab) {
			return s
		}
	}
	return nil
}
