package report

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// page writes a sheet that is composed, not streamed, from top to bottom. The
// first error stops all that follows.
type page struct {
	w       *workbook
	tab     string
	row     int // the row that comes next
	columns int // how many columns the page has
	widths  []float64
	bottom  int  // the last row that has a cell
	broken  bool // it has page breaks, which do not go with fitting to a width
	err     error
}

func (w *workbook) newPage(tab string, widths ...float64) *page {
	p := &page{w: w, tab: tab, row: 1, columns: len(widths), widths: widths}
	for i, width := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		p.keep(err)
		p.keep(w.file.SetColWidth(tab, name, name, width))
	}
	return p
}

func (p *page) keep(err error) {
	if p.err == nil {
		p.err = err
	}
}

// at names a cell; columns count from 1.
func (p *page) at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	p.keep(err)
	p.bottom = max(p.bottom, row)
	return name
}

// put writes a value with its style; a nil value gives the style only.
func (p *page) put(column, row int, value any, style int) {
	cell := p.at(column, row)
	if s, ok := value.(string); ok {
		value = clean(s)
	}
	if value != nil && p.err == nil {
		p.keep(p.w.file.SetCellValue(p.tab, cell, value))
	}
	if p.err == nil {
		p.keep(p.w.file.SetCellStyle(p.tab, cell, cell, style))
	}
}

// band gives a whole row of the page one style.
func (p *page) band(row, style int) {
	if p.err == nil {
		p.keep(p.w.file.SetCellStyle(p.tab, p.at(1, row), p.at(p.columns, row), style))
	}
}

func (p *page) height(row int, points float64) {
	if p.err == nil {
		p.keep(p.w.file.SetRowHeight(p.tab, row, min(points, maxRowHeight)))
	}
}

func (p *page) merge(from, to, row int) {
	if p.err == nil && to > from {
		p.keep(p.w.file.MergeCell(p.tab, p.at(from, row), p.at(to, row)))
	}
}

// width is that of the columns from…to together.
func (p *page) width(from, to int) float64 {
	total := 0.0
	for _, w := range p.widths[from-1 : to] {
		total += w
	}
	return total
}

// paragraph writes a text over several columns and gives the row the height that
// it needs. Excel does not do that for merged cells.
func (p *page) paragraph(from, to, row int, text string, style int, lineHeight, charsPerUnit float64) float64 {
	p.put(from, row, text, style)
	if p.err == nil && to > from {
		p.keep(p.w.file.SetCellStyle(p.tab, p.at(from, row), p.at(to, row), style))
	}
	p.merge(from, to, row)
	high := float64(lines(text, p.width(from, to)*charsPerUnit-2))*lineHeight + 5
	p.height(row, high)
	return high
}

// link makes the first cell of a row lead to another sheet.
func (p *page) link(row int, text, tab string, style int) {
	p.put(1, row, text, style)
	if p.err == nil {
		p.keep(p.w.file.SetCellHyperLink(p.tab, p.at(1, row), reference(tab, "A1"), "Location"))
	}
}

// section writes a heading with a line under it, and moves on.
func (p *page) section(title string) {
	p.band(p.row, p.w.styles.section)
	p.put(1, p.row, title, p.w.styles.section)
	p.height(p.row, 22)
	p.row++
}

// close says which cells the page has, which readers that stream a sheet believe, and how it prints.
func (p *page) close(orientation string, height int) error {
	if p.err == nil {
		p.keep(p.w.file.SetSheetDimension(p.tab, "A1:"+p.at(p.columns, p.bottom)))
	}
	if p.err != nil {
		return p.err
	}
	if err := p.w.setPage(p.tab, paperA4, orientation, height); err != nil || !p.broken {
		return err
	}
	fit, scale := false, uint(100*printedWidth/pixels(p.widths))
	if err := p.w.file.SetPageLayout(p.tab, &excelize.PageLayoutOptions{AdjustTo: &scale}); err != nil {
		return err
	}
	return p.w.file.SetSheetProps(p.tab, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// printedWidth is how many pixels fit on a page of A4 on its side.
const printedWidth = 870

// breakHere begins a new printed page.
func (p *page) breakHere() {
	p.broken = true
	if p.err == nil {
		p.keep(p.w.file.InsertPageBreak(p.tab, p.at(1, p.row)))
	}
}

// absolute is a cell as a defined name or a chart wants it.
func (p *page) absolute(column, row int) string {
	name, err := excelize.ColumnNumberToName(column)
	p.keep(err)
	return "$" + name + "$" + strconv.Itoa(row)
}

// column is the column that lies so many pixels from the left, and how many of these are inside it.
func (p *page) column(from int) (column, offset int) {
	for i, width := range p.widths {
		if wide := pixels([]float64{width}); from >= wide {
			from -= wide
			continue
		}
		return i + 1, from
	}
	return len(p.widths), 0
}

func (p *page) cells(column, from, to int) string {
	return reference(p.tab, p.absolute(column, from)+":"+p.absolute(column, to))
}
