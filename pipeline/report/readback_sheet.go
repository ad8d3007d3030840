package report

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"ontschot/pipeline/disclosure"
)

// sheetElements are all elements that a sheet of ours has beside its cells.
var sheetElements = map[string]bool{
	"worksheet": true, "sheetPr": true, "pageSetUpPr": true, "tabColor": true, "outlinePr": true, "dimension": true, "sheetViews": true,
	"sheetView": true, "pane": true, "selection": true, "sheetFormatPr": true, "cols": true, "col": true, "mergeCells": true,
	"mergeCell": true, "hyperlinks": true, "hyperlink": true, "printOptions": true, "pageMargins": true, "pageSetup": true,
	"headerFooter": true, "oddHeader": true, "oddFooter": true, "evenHeader": true, "evenFooter": true, "firstHeader": true,
	"firstFooter": true, "drawing": true, "legacyDrawing": true, "tableParts": true, "tablePart": true, "ignoredErrors": true,
	"ignoredError": true, "dataValidations": true, "dataValidation": true, "sheetData": true,
	"conditionalFormatting": true, "cfRule": true, "colorScale": true, "cfvo": true, "color": true,
	"rowBreaks": true, "colBreaks": true, "brk": true,
}

// sheetReader is a sheet on its way.
type sheetReader struct {
	*reader
	s           *xmlScanner
	name        string
	row, column int
	cell        foundCell
}

// foundCell is the cell that is being read.
type foundCell struct {
	row, column int
	kind        string // the attribute t
	text        []byte
	valued      bool
}

// readSheet hands over the cells of a sheet, then what stands around them.
func (r *reader) readSheet(s *xmlScanner, name string) error {
	read := sheetReader{reader: r, s: s, name: name}
	for {
		kind, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case kind == xmlText:
			if len(bytes.TrimSpace(s.text)) > 0 {
				r.words(name, s.at(), headerText(string(s.text)))
			}
		case kind == xmlEnd:
		case s.name == "row":
			err = read.startRow()
		case s.name == "c":
			err = read.readCell()
		case s.name == "f" || s.name == "formula1" || s.name == "formula2" || s.name == "formula":
			r.see(disclosure.Found{Part: name, Place: s.at(), Kind: disclosure.Formula})
		case !sheetElements[s.name]:
			return unread(name, "an element that is not known")
		default:
			r.attributes("sheet", name, s)
		}
		if err != nil {
			return err
		}
	}
}

// startRow keeps the order of rows, which the comparison relies on.
func (r *sheetReader) startRow() error {
	row := 0
	for _, a := range r.s.attrs {
		if string(a.name) == "r" {
			row = wholeNumber(a.value)
		}
	}
	if row <= r.row || row > maxRows || len(r.s.open) != 3 || r.s.open[1] != "sheetData" {
		return unread(r.name, "the rows are not in order")
	}
	r.row, r.column = row, 0
	r.attributes("sheet", r.name, r.s)
	return nil
}

// readCell reads one cell to its end.
func (r *sheetReader) readCell() error {
	c := &r.cell
	*c = foundCell{text: c.text[:0]}
	for _, a := range r.s.attrs {
		switch string(a.name) {
		case "r":
			c.row, c.column = cellAddress(a.value)
		case "s":
			if wholeNumber(a.value) < 0 {
				return unread(r.name, "a style that is no number")
			}
		case "t":
			switch string(a.value) { // a constant needs no memory of its own
			case "s":
				c.kind = "s"
			case "inlineStr":
				c.kind = "inlineStr"
			case "n":
			default:
				return unread(r.name, "a kind of cell that is not known")
			}
		default:
			return unread(r.name, "an attribute of a cell that is not known")
		}
	}
	if c.row != r.row || c.column <= r.column || len(r.s.open) != 4 {
		return unread(r.name, "the cells are not in order")
	}
	r.column = c.column
	for {
		kind, err := r.s.next()
		switch {
		case errors.Is(err, io.EOF):
			return errXML
		case err != nil:
			return err
		case kind == xmlEnd && r.s.name == "c":
			return r.endCell()
		case kind == xmlEnd:
		case kind == xmlText:
			if inside := r.s.open[len(r.s.open)-1]; inside != "v" && inside != "t" {
				return unread(r.name, "a text in a cell where none belongs")
			}
			c.text, c.valued = append(c.text, r.s.text...), true
		case r.s.name == "f":
			r.see(disclosure.Found{Part: r.name, Row: c.row, Column: c.column, Kind: disclosure.Formula})
		case r.s.name == "v" || r.s.name == "is" || r.s.name == "t":
			for _, a := range r.s.attrs {
				if string(a.name) != "xml:space" {
					return unread(r.name, "an attribute in a cell that is not known")
				}
			}
		default:
			return unread(r.name, "an element in a cell that is not known")
		}
	}
}

// endCell hands the cell over; one that only has a style holds nothing.
func (r *sheetReader) endCell() error {
	c := &r.cell
	found := disclosure.Found{Part: r.name, Row: c.row, Column: c.column, Kind: disclosure.Words}
	switch {
	case c.kind == "s":
		i := wholeNumber(c.text)
		if i < 0 || i >= len(r.texts) {
			return unread(r.name, "a cell points to a text that is not there")
		}
		found.Text = r.texts[i]
	case c.kind == "inlineStr":
		found.Text = unescapeExcel(string(c.text))
	case c.valued:
		found.Kind, found.Text = disclosure.Number, string(c.text)
	default:
		return nil
	}
	r.see(found)
	return nil
}

// wholeNumber reads digits; -1 is no number.
func wholeNumber(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > maxRows*10 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	if len(b) == 0 {
		return -1
	}
	return n
}

// cellAddress takes a name such as AB12 apart; 0 where it is none.
func cellAddress(b []byte) (row, column int) {
	i := 0
	for ; i < len(b) && b[i] >= 'A' && b[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(b[i]-'A') + 1
	}
	row = wholeNumber(b[i:])
	if column == 0 || row < 1 || b[i] == '0' {
		return 0, 0
	}
	return row, column
}

// headerText turns the codes of a header or footer into spaces: &L, &C and &R
// place it, &P and &N are pages, &8 is a size, &"Arial,Bold" a font.
func headerText(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '&' || i+1 == len(s) {
			out = append(out, s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == '&':
			out = append(out, '&')
		case c == '"':
			out = append(out, ' ') // the name of the font follows as words
		case c >= '0' && c <= '9':
			size := i
			for i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
				i++
			}
			if i-size > 1 { // no size has three digits
				out = append(out, s[size:i+1]...)
			}
			out = append(out, ' ')
		default:
			out = append(out, ' ')
		}
	}
	return string(out)
}

// unescapeExcel reads what Excel writes as _x0031_ as the sign that it shows.
func unescapeExcel(s string) string {
	out := ""
	for i := 0; i+7 <= len(s); {
		if s[i:i+2] == "_x" && s[i+6] == '_' {
			if code, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				out, s, i = out+s[:i]+string(rune(code)), s[i+7:], 0
				continue
			}
		}
		i++
	}
	return out + s
}
