package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// The rows above a table: title, question, what it shows, status, how to read it, way back.
const (
	rowTitle = 1 + iota
	rowQuestion
	rowFinding
	rowStatus
	rowReading
	rowBack
	rowHeader
)

const (
	maxSheetName = 31
	maxRows      = 1_048_576
	frozenWidth  = 64.0 // key columns stay in view up to this width
	wideSheet    = 190.0
	lineHeight   = 12.75
	maxRowHeight = 409.0 // points; Excel has no higher row
	paperA4      = 9
	paperA3      = 8
)

// sheet is one released table on its way to a worksheet.
type sheet struct {
	tab, title, question string
	name                 string // of the Excel table, unique in the workbook
	said                 string // a finding of its own; may be empty
	table                disclosure.ReleasedTable
	order                []int // the rows as a reader wants them
	columns              []column
}

// planSheets names the sheets and lays out their columns, before anything is
// written: the goals first, then the questions as a reader asks them. The
// reconciliation comes last: it is part of the proof.
func (w *workbook) planSheets() ([]sheet, error) {
	taken := map[string]bool{"history": true, strings.ToLower(w.texts.Data.Tab): true}
	for _, s := range w.composed() {
		taken[strings.ToLower(s.tab)] = true
	}
	tables := map[string]bool{}
	var plans, last []sheet
	for _, t := range w.book.Released.Tables() {
		t = w.texts.spoken(t, w.book)
		said := w.texts.Sheets[t.Name]
		p := sheet{table: t, order: readingOrder(t), title: firstOf(said.Title, t.Title, sentence(strings.ReplaceAll(t.Name, "_", " "))), question: firstOf(t.Question, said.Question)}
		p.tab = sheetName(firstOf(said.Tab, p.title), taken)
		p.name = tableName(t.Name, tables)
		var err error
		if p.columns, err = w.columnsOf(t); err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		if len(t.Rows)+rowHeader > maxRows {
			return nil, fmt.Errorf("table %s: %d rows do not fit a worksheet", t.Name, len(t.Rows))
		}
		w.fit(p.columns, &t)
		if t.Name == "aansluiting" {
			last = append(last, p)
		} else {
			plans = append(plans, p)
		}
	}
	slices.SortStableFunc(plans, func(a, b sheet) int {
		return cmp.Compare(rank(sheetRank, a.table.Name), rank(sheetRank, b.table.Name))
	})
	plans = append(plans, last...)
	changes, err := w.planChanges(plans, taken, tables)
	return append(plans, changes), err
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v = clean(v); v != "" {
			return v
		}
	}
	return ""
}

// sheetName makes a name that Excel accepts and that no other sheet has.
func sheetName(name string, taken map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, clean(name))
	name = strings.Trim(strings.TrimSpace(name), "'")
	if name == "" {
		name = "Tabel"
	}
	candidate := cut(name, maxSheetName)
	for n := 2; taken[strings.ToLower(candidate)]; n++ {
		suffix := " " + strconv.Itoa(n)
		candidate = cut(name, maxSheetName-len(suffix)) + suffix
	}
	taken[strings.ToLower(candidate)] = true
	return candidate
}

// tableName makes the name of an Excel table: letters, digits and underscores,
// unlike any address of a cell.
func tableName(name string, taken map[string]bool) string {
	name = "tabel_" + strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, name)
	candidate := name
	for n := 2; taken[strings.ToLower(candidate)]; n++ {
		candidate = name + "_" + strconv.Itoa(n)
	}
	taken[strings.ToLower(candidate)] = true
	return candidate
}

// cut shortens s to n UTF-16 units, as Excel counts them.
func cut(s string, n int) string {
	for len(utf16.Encode([]rune(s))) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimRight(s, " '")
}

// writeSheet makes the sheet of a table but for its rows, see [workbook.streamed].
func (w *workbook) writeSheet(p *sheet) error {
	if err := w.prepare(p.tab, p.columns, len(p.table.Rows), func(c *column) string { return w.noteOf(p, c) }); err != nil {
		return err
	}
	sw, err := w.file.NewStreamWriter(p.tab)
	if err != nil {
		return err
	}
	if err := w.freeze(sw, p.columns, len(p.table.Rows)); err != nil {
		return err
	}
	if err := w.writeTop(sw, p.title, p.question, w.findingOf(p), w.rowLine(p)); err != nil {
		return err
	}
	if len(p.table.Rows) == 0 {
		err = w.writeEmpty(sw, p.table.Empty)
	} else {
		err = w.writeHeader(sw, p.columns, p.name, len(p.table.Rows))
	}
	if err != nil {
		return err
	}
	return sw.Flush()
}

// freeze keeps the header and the first keys in view; a sheet without rows has no header.
func (w *workbook) freeze(sw *excelize.StreamWriter, columns []column, rows int) error {
	if rows == 0 {
		return nil
	}
	frozen := 0
	for total := 0.0; frozen < len(columns) && columns[frozen].key; frozen++ {
		if total += columns[frozen].width; total > frozenWidth {
			break
		}
	}
	corner, err := excelize.CoordinatesToCellName(frozen+1, rowHeader+1)
	if err != nil {
		return err
	}
	panes := &excelize.Panes{Freeze: true, XSplit: frozen, YSplit: rowHeader, TopLeftCell: corner, ActivePane: "bottomRight"}
	if frozen == 0 {
		panes.ActivePane = "bottomLeft"
	}
	return sw.SetPanes(panes)
}

// writeEmpty says in the place of a table why there is none.
func (w *workbook) writeEmpty(sw *excelize.StreamWriter, reason string) error {
	said := fill(w.texts.EmptyTable, "reden", firstOf(reason, w.texts.EmptyNoReason))
	return sw.SetRow("A"+strconv.Itoa(rowHeader+1), []any{excelize.Cell{StyleID: w.styles.question, Value: said}})
}

// prepare does what excelize allows only before the first streamed row.
func (w *workbook) prepare(tab string, columns []column, rows int, note func(*column) string) error {
	f, total := w.file, 0.0
	// From last to first: excelize puts each in front, and Excel wants them in order.
	for i, v := range slices.Backward(columns) {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(tab, name, name, v.width); err != nil {
			return err
		}
		total += v.width
	}
	last, err := excelize.CoordinatesToCellName(max(len(columns), 1), rowHeader+max(rows, 1))
	if err != nil {
		return err
	}
	if err := f.SetSheetDimension(tab, "A1:"+last); err != nil {
		return err
	}
	paper := paperA4
	if total > wideSheet {
		paper = paperA3
	}
	if err := w.setPage(tab, paper, landscape, 0); err != nil {
		return err
	}
	if err := f.SetCellHyperLink(tab, "A"+strconv.Itoa(rowBack), reference(w.texts.Summary.Tab, "A1"), "Location"); err != nil {
		return err
	}
	if rows == 0 {
		return nil
	}
	header := strconv.Itoa(rowHeader)
	if err := f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: reference(tab, "$"+header+":$"+header), Scope: tab,
	}); err != nil {
		return err
	}
	if err := f.AddIgnoredErrors(tab, "A1:"+last, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	for i, c := range columns {
		said := note(&c)
		if said == "" {
			continue
		}
		at, err := excelize.CoordinatesToCellName(i+1, rowHeader)
		if err != nil {
			return err
		}
		height := 30 + 15*lines(said, 38)
		if err := f.AddComment(tab, excelize.Comment{Author: author, Cell: at, Text: said, Width: 260, Height: uint(height)}); err != nil {
			return err
		}
	}
	return nil
}

// noteOf explains a header and names the column that a researcher would query.
func (w *workbook) noteOf(p *sheet, c *column) string {
	name := p.sourceName(c)
	if name == "" {
		return c.note
	}
	return strings.TrimSpace(fill(w.texts.Derived.Technical, "uitleg", c.note, "kolom", name))
}

// sourceName is what a researcher calls a column; the changes since a release are in no table that can be queried.
func (p *sheet) sourceName(c *column) string {
	if p.table.Name == disclosure.ChangesTable {
		return ""
	}
	return p.table.Columns[c.source].Name
}

func (w *workbook) writeTop(sw *excelize.StreamWriter, title, question, finding, line string) error {
	status, style := w.status()
	rows := []struct {
		row    int
		text   string
		style  int
		height float64
	}{
		{rowTitle, title, w.styles.sheetTitle, 27},
		{rowQuestion, question, w.styles.question, 18},
		{rowFinding, finding, w.styles.said, 18},
		{rowStatus, status, style, 15},
		{rowReading, line, w.styles.status, 15},
		{rowBack, w.texts.BackLink, w.styles.link, 20},
	}
	for _, r := range rows {
		if r.text == "" {
			continue
		}
		if err := sw.SetRow("A"+strconv.Itoa(r.row), []any{excelize.Cell{StyleID: r.style, Value: r.text}}, excelize.RowOpts{Height: r.height}); err != nil {
			return err
		}
	}
	return nil
}

// findingOf is the sentence above a table of which something was found; none where the question stands alone.
func (w *workbook) findingOf(p *sheet) string {
	if p.said != "" {
		return p.said
	}
	table := p.table.Name
	for _, sheet := range w.pictureSheets() {
		for i := range sheet.pictures {
			if sheet.pictures[i].table == table {
				return sheet.pictures[i].finding
			}
		}
	}
	return w.tableFinding(table)
}

// rowLine says how many rows a sheet has, how to read its marks, and whether rounding breaks a sum in it.
func (w *workbook) rowLine(p *sheet) string {
	if len(p.table.Rows) == 0 {
		return ""
	}
	line := fill(w.texts.RowLine, "n", w.texts.number(float64(len(p.table.Rows)), 0))
	if len(p.table.Uneven) > 0 {
		line += " · " + w.texts.RowUneven
	}
	return line
}

// writeHeader writes the header of a table and makes it one.
func (w *workbook) writeHeader(sw *excelize.StreamWriter, columns []column, name string, rows int) error {
	cells, high := make([]any, len(columns)), 1
	for i, c := range columns {
		style := w.styles.headText
		if c.number() {
			style = w.styles.headNumber
		}
		cells[i] = excelize.Cell{StyleID: style, Value: c.header}
		high = max(high, lines(c.header, (c.width-headMore)*1.15))
	}
	if err := sw.SetRow("A"+strconv.Itoa(rowHeader), cells, excelize.RowOpts{Height: 8 + 12.5*float64(high)}); err != nil {
		return err
	}
	end, err := excelize.CoordinatesToCellName(len(columns), rowHeader+rows)
	if err != nil {
		return err
	}
	stripes := false
	return sw.AddTable(&excelize.Table{Range: "A" + strconv.Itoa(rowHeader) + ":" + end, Name: name, ShowRowStripes: &stripes})
}

// wrap gives a text that is longer than its column is wide more lines, and says how many.
func (w *workbook) wrap(c *excelize.Cell, width float64) int {
	text, ok := c.Value.(string)
	if !ok || c.StyleID != w.styles.text || textWidth(text) <= width {
		return 1
	}
	c.StyleID = w.styles.cellText
	return lines(text, (width-textMargin)*1.15) // letters are narrower than the digits that a width counts
}

// lines estimates how many lines a text takes in a width in characters, words kept whole.
func lines(s string, width float64) int {
	n := 0
	for part := range strings.SplitSeq(s, "\n") {
		used := 0.0
		n++
		for word := range strings.FieldsSeq(part) {
			size := float64(utf8.RuneCountInString(word))
			if used > 0 && used+1+size > width {
				n++
				used = 0
			}
			if used > 0 {
				used++
			}
			if size > width && width > 0 {
				n += int(math.Ceil(size/width)) - 1
			}
			used += size
		}
	}
	return max(n, 1)
}

// reference points to cells on another sheet.
func reference(tab, cells string) string {
	return "'" + strings.ReplaceAll(tab, "'", "''") + "'!" + cells
}
