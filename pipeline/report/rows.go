package report

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// streamed are the parts that are written anew when the workbook is packed: the
// rows of the sheets go from the released tables straight into the file, so that
// long sheets need little memory and no temporary file.
func (w *workbook) streamed(packed []byte) (map[string]partWriter, error) {
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, err
	}
	shared := &sharedTexts{numbers: map[string]int{}}
	if shared.before, err = countTexts(in); err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for id, tab := range w.file.GetSheetMap() {
		parts[tab] = sheetFolder + "sheet" + strconv.Itoa(id) + ".xml"
	}
	out := map[string]partWriter{stringsPart: shared.write}
	for i := range w.sheets {
		if s := &w.sheets[i]; len(s.table.Rows) > 0 {
			out[parts[s.tab]] = insertRows(&rowWriter{w: w}, func(r *rowWriter) error { return w.tableRows(r, s) })
		}
	}
	for _, s := range w.data.sheets {
		if s.rows > 0 {
			out[parts[s.tab]] = insertRows(&rowWriter{w: w, shared: shared}, func(r *rowWriter) error { return w.dataRows(r, s) })
		}
	}
	return out, nil
}

// insertRows copies a sheet and writes rows after those that it has, up to the header.
func insertRows(r *rowWriter, rows func(*rowWriter) error) partWriter {
	return func(to io.Writer, from []byte) error {
		const end = "</sheetData>"
		head, tail, found := bytes.Cut(from, []byte(end))
		if !found {
			return errors.New("the sheet has no place for rows")
		}
		if _, err := to.Write(head); err != nil {
			return err
		}
		r.out, r.number = to, rowHeader
		if err := rows(r); err != nil {
			return err
		}
		_, err := to.Write(append(append(r.buf, end...), tail...))
		return err
	}
}

// rowWriter writes rows as XML: excelize would make a value and a text of every
// one of millions of cells.
type rowWriter struct {
	w      *workbook
	shared *sharedTexts // nil when every text stands in its own cell
	out    io.Writer
	buf    []byte
	number int // of the row on its sheet
}

// flushAt is how many bytes of rows are kept before they are handed on.
const flushAt = 1 << 16

func (r *rowWriter) flush() error {
	if len(r.buf) < flushAt {
		return nil
	}
	_, err := r.out.Write(r.buf)
	r.buf = r.buf[:0]
	return err
}

// start begins the next row, of so many lines.
func (r *rowWriter) start(high int) {
	r.number++
	r.buf = append(r.buf, `<row r="`...)
	r.buf = strconv.AppendInt(r.buf, int64(r.number), 10)
	if high > 1 {
		r.buf = append(r.buf, `" ht="`...)
		r.buf = strconv.AppendFloat(r.buf, min(3+lineHeight*float64(high), maxRowHeight), 'f', -1, 64)
		r.buf = append(r.buf, `" customHeight="1`...)
	}
	r.buf = append(r.buf, `">`...)
}

// tableRows streams the rows of a released table.
func (w *workbook) tableRows(r *rowWriter, p *sheet) error {
	before, err := addresses(len(p.columns))
	if err != nil {
		return err
	}
	cells := make([]excelize.Cell, len(p.columns))
	for _, i := range p.order {
		high := 1
		for j := range p.columns {
			if cells[j], err = w.cell(&p.columns[j], &p.table, p.table.Rows[i]); err != nil {
				return fmt.Errorf("table %s, row %d: %w", p.table.Name, i+1, err)
			}
			high = max(high, w.wrap(&cells[j], p.columns[j].width))
		}
		r.start(high)
		for j, c := range cells {
			r.buf = append(r.buf, before[j]...)
			r.buf = strconv.AppendInt(r.buf, int64(r.number), 10)
			switch v := c.Value.(type) {
			case string:
				r.buf = r.text(r.buf, v, c.StyleID)
			case int64:
				r.buf = appendNumber(r.buf, strconv.FormatInt(v, 10), c.StyleID)
			case float64:
				r.buf = appendNumber(r.buf, floatText(v), c.StyleID)
			}
		}
		r.buf = append(r.buf, `</row>`...)
		if err := r.flush(); err != nil {
			return err
		}
	}
	return nil
}

// addresses begin a cell in each of n columns, up to the number of its row.
func addresses(n int) ([]string, error) {
	out := make([]string, n)
	for i := range out {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		out[i] = `<c r="` + name
	}
	return out, nil
}

// text appends the rest of a cell with a text: its number among the shared
// texts, or the text itself.
func (r *rowWriter) text(to []byte, text string, style int) []byte {
	if text == "" {
		return appendBlank(to, style)
	}
	text = readable(text)
	to = appendStyle(to, style)
	if n, ok := r.shared.number(text); ok {
		to = append(to, ` t="s"><v>`...)
		to = strconv.AppendInt(to, int64(n), 10)
		return append(to, `</v></c>`...)
	}
	to = append(to, ` t="inlineStr"><is>`...)
	to = appendText(to, text)
	return append(to, `</is></c>`...)
}

// maxText is how long a text in a cell is at most, in UTF-16 units.
const maxText = 32_767

// readable cuts a text that is longer than Excel takes.
func readable(text string) string {
	if len(text) <= maxText {
		return text
	}
	units := 0
	for i, c := range text {
		if units += utf16.RuneLen(c); units > maxText {
			return text[:i]
		}
	}
	return text
}

func appendNumber(to []byte, text string, style int) []byte {
	to = appendStyle(to, style)
	to = append(to, `><v>`...)
	to = append(to, text...)
	return append(to, `</v></c>`...)
}

func appendBlank(to []byte, style int) []byte { return append(appendStyle(to, style), `/>`...) }

// appendStyle goes on after the address of a cell.
func appendStyle(to []byte, style int) []byte {
	to = append(to, `" s="`...)
	to = strconv.AppendInt(to, int64(style), 10)
	return append(to, '"')
}

// appendText writes a text as XML, in which Excel reads _x0041_ as a sign.
func appendText(to []byte, text string) []byte {
	to = append(to, `<t`...)
	if strings.TrimSpace(text) != text {
		to = append(to, ` xml:space="preserve"`...)
	}
	to = append(to, '>')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '&':
			to = append(to, `&amp;`...)
		case c == '<':
			to = append(to, `&lt;`...)
		case c == '>':
			to = append(to, `&gt;`...)
		case c == '_' && strings.HasPrefix(text[i:], "_x"):
			to = append(to, `_x005F_`...)
		default:
			to = append(to, c)
		}
	}
	return append(to, `</t>`...)
}

// maxShared bounds the memory of the shared texts; what comes after them stands in its own cell.
const maxShared = 1 << 16

// sharedTexts are texts that many cells show: the file holds each once.
type sharedTexts struct {
	numbers map[string]int
	texts   []string
	before  int // texts that the workbook has already
	cells   int // cells that show one
}

// number is that of a text among all shared texts. A text that could hold a long
// number is not shared: it stands in its own cell, where it is compared with
// what was released.
func (s *sharedTexts) number(text string) (int, bool) {
	if s == nil {
		return 0, false
	}
	n, known := s.numbers[text]
	if !known {
		if len(s.texts) == maxShared || !plain(text) {
			return 0, false
		}
		n = s.before + len(s.texts)
		s.numbers[text] = n
		s.texts = append(s.texts, text)
	}
	s.cells++
	return n, true
}

// plain holds for a text that begins with a letter and has few digits, or is a mark.
func plain(text string) bool {
	digits := 0
	for i, c := range text {
		if i == 0 && !unicode.IsLetter(c) && (len(text) > 1 || unicode.IsDigit(c)) {
			return false
		}
		if unicode.IsDigit(c) {
			digits++
		}
	}
	return digits < 5
}

// countTexts says how many shared texts a workbook has.
func countTexts(in *zip.Reader) (n int, err error) {
	part, err := in.Open(stringsPart)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, part.Close()) }()
	body, err := io.ReadAll(part)
	return bytes.Count(body, []byte("<si>")), err
}

// sharedHead begins the part of the shared texts, with how many cells show one and how many there are.
var sharedHead = regexp.MustCompile(`<sst ([^>]*)count="\d+" uniqueCount="\d+">`)

// write adds the texts of the list to those that the workbook has already.
func (s *sharedTexts) write(to io.Writer, from []byte) error {
	const end = "</sst>"
	body, found := bytes.CutSuffix(from, []byte(end))
	head := sharedHead.FindSubmatchIndex(body)
	if !found || head == nil {
		return errors.New("the shared texts are not as they were expected")
	}
	out := append([]byte(nil), body[:head[0]]...)
	out = fmt.Appendf(out, `<sst %scount="%d" uniqueCount="%d">`, body[head[2]:head[3]], s.before+s.cells, s.before+len(s.texts))
	out = append(out, body[head[1]:]...)
	for _, text := range s.texts {
		out = append(appendText(append(out, "<si>"...), text), "</si>"...)
	}
	_, err := to.Write(append(out, end...))
	return err
}
