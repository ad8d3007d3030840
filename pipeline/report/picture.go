package report

import (
	"slices"
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// picture is a section of a sheet that shows one finding: a sentence, a chart, and beside it the numbers that it draws.
type picture struct {
	table   string // the released table that it is made from
	said    *pictureText
	heading string
	finding string
	note    string   // how to read the picture, or what it leaves out
	more    []string // what else there is to say, a sentence or two a line
	chart   *chartPlan
	why     string // why there is no chart
	grid    grid
	heat    bool // the grid itself is coloured by size, and is the picture
	bare    bool // the grid itself is the picture, as it is
}

// pictureSheet is a sheet of pictures.
type pictureSheet struct {
	tab      string
	pictures []picture
}

// pictureSheets are the sheets with pictures, in their order.
func (w *workbook) pictureSheets() []pictureSheet {
	return []pictureSheet{{w.texts.Pictures.Tab, w.pictures}, {w.texts.Effects.Tab, w.effects}}
}

// grid is a small table of what a picture shows.
type grid struct {
	corner  string
	rows    []string
	columns []gridColumn
}

// gridColumn holds a figure for every row.
type gridColumn struct {
	head   string
	format format
	values []figure
	aid    bool     // it serves the chart only: where a floating bar begins, and its parts
	shapes []format // of every row, where they differ
}

// shape is the format of a row.
func (c *gridColumn) shape(row int) format {
	if len(c.shapes) > 0 {
		return c.shapes[row]
	}
	return c.format
}

// recent is how many of the newest rows a chart may leave out so that another column can be drawn.
const recent = 2

// drawable finds the columns and the rows that a chart can draw: a hidden number would be drawn as a zero. It ends at one of the
// newest rows, the one in which most columns are shown, and goes back as far as all of these are. Fewer than two rows are no chart.
func (g *grid) drawable() (columns []int, from, to int) {
	for last := len(g.rows) - 1; last >= max(1, len(g.rows)-1-recent); last-- {
		var found []int
		for i, c := range g.columns {
			if !c.aid && c.values[last].State == disclosure.Shown && c.values[last-1].State == disclosure.Shown {
				found = append(found, i)
			}
		}
		if len(found) > len(columns) {
			columns, to = found, last
		}
	}
	if len(columns) == 0 {
		return nil, 0, 0
	}
	for from = to; from > 0; from-- {
		if slices.ContainsFunc(columns, func(i int) bool { return g.columns[i].values[from-1].State != disclosure.Shown }) {
			break
		}
	}
	return columns, from, to
}

// shownFirst moves the rows of which every number is shown to the front, in their order, and returns how many they are. Only the
// first columns count, as many as are needed.
func (g *grid) shownFirst(needed int) int {
	var order, rest []int
	for row := range g.rows {
		if slices.ContainsFunc(g.columns[:needed], func(c gridColumn) bool { return c.values[row].State != disclosure.Shown }) {
			rest = append(rest, row)
		} else {
			order = append(order, row)
		}
	}
	n := len(order)
	order = append(order, rest...)
	rows := make([]string, len(order))
	for i, from := range order {
		rows[i] = g.rows[from]
	}
	g.rows = rows
	for c := range g.columns {
		values := make([]figure, len(order))
		for i, from := range order {
			values[i] = g.columns[c].values[from]
		}
		g.columns[c].values = values
	}
	return n
}

// notDrawn names the columns that have a hidden number, for the sentence under a chart.
func (g *grid) notDrawn(drawn []int) string {
	var names []string
	for i, c := range g.columns {
		if !c.aid && !slices.Contains(drawn, i) {
			names = append(names, c.head)
		}
	}
	return strings.Join(names, ", ")
}

// The columns of a sheet with pictures: a chart stands over the first five, its grid beside it.
const (
	pictureLabel  = 30.0
	pictureValue  = 13.0
	pictureNames  = 20.0 // of the rows of a grid beside a chart
	pictureGrid   = 6
	pictureAid    = 8.0
	pictureHeight = 270.0 // points
	mostColumns   = 12    // beside the names of a coloured grid
)

// picturePage begins a sheet with pictures; the last columns are narrow, for what serves a chart only.
func (w *workbook) picturePage(tab string, narrow int) *page {
	widths := []float64{pictureLabel}
	for range mostColumns {
		widths = append(widths, pictureValue)
	}
	for range narrow {
		widths = append(widths, pictureAid)
	}
	widths[pictureGrid-1] = pictureNames
	return w.newPage(tab, widths...)
}

// writePictureSheet writes a sheet with pictures, two on a printed page.
func (w *workbook) writePictureSheet(tab, title, question string, narrow int, pictures []picture) error {
	p := w.picturePage(tab, narrow)
	w.pageTop(p, title, question)
	for i := range pictures {
		if i > 0 && i%2 == 0 {
			p.breakHere()
		}
		w.putPicture(p, &pictures[i])
	}
	return p.close(landscape, 0)
}

// putPicture writes a picture and moves on.
func (w *workbook) putPicture(p *page, v *picture) {
	s := w.styles
	p.section(v.heading)
	p.paragraph(1, p.columns, p.row, w.pictureSentence(v), s.finding, 15, 1.05)
	p.row++
	for _, line := range v.more {
		p.paragraph(1, p.columns, p.row, line, s.wrapped, 13, 1.1)
		p.row++
	}
	if tab := w.tabOf(v.table); tab != "" {
		p.link(p.row, fill(w.texts.Pictures.ReadOn, "blad", tab), tab, s.link)
		p.height(p.row, 18)
	}
	p.row++
	top, from := p.row, pictureGrid
	if v.heat || v.bare {
		from = 1
	}
	w.putGrid(p, &v.grid, from)
	switch {
	case v.heat && len(v.grid.rows) > 0:
		w.colour(p, &v.grid, top+1)
	case v.bare && len(v.grid.rows) > 0:
	case v.chart != nil:
		if p.err == nil {
			chart, over := w.drawn(p, v, top)
			p.keep(w.file.AddChart(p.tab, p.at(1, top), chart, over...))
		}
		for used := 20 + 16*float64(len(v.grid.rows)); used < pictureHeight; used += 16 {
			p.height(p.row, 16)
			p.row++
		}
	case v.finding != "":
		p.put(1, top, fill(w.texts.Summary.ChartNone, "reden", v.why), s.body)
		p.row++
	}
	p.row++
}

// pictureSentence is what stands above a picture.
func (w *workbook) pictureSentence(v *picture) string {
	if v.finding == "" {
		return fill(w.texts.Summary.ChartNone, "reden", v.why)
	}
	return strings.TrimSpace(v.finding + " " + v.note)
}

// tabOf is the sheet of a released table.
func (w *workbook) tabOf(table string) string {
	for _, s := range w.sheets {
		if s.table.Name == table {
			return s.tab
		}
	}
	return ""
}

// putGrid writes a grid from a column on.
func (w *workbook) putGrid(p *page, g *grid, from int) {
	if len(g.rows) == 0 {
		return
	}
	s := w.styles
	p.put(from, p.row, g.corner, s.headText)
	for i, c := range g.columns {
		style := s.headPlain
		if c.aid {
			style = s.aid
		}
		p.put(from+1+i, p.row, wordOrNumber(c.head), style)
	}
	p.height(p.row, 8+12.5*float64(g.headLines(p, from)))
	p.row++
	for row, name := range g.rows {
		p.put(from, p.row, wordOrNumber(name), s.cellText)
		for i, c := range g.columns {
			w.putGridValue(p, from+1+i, c.values[row], c.shape(row), c.aid)
		}
		p.height(p.row, 3+13*float64(lines(name, p.width(from, from)*1.1-2)))
		p.row++
	}
}

// wordOrNumber is a name as its cell holds it: a year is a number.
func wordOrNumber(name string) any {
	if n, err := strconv.Atoi(name); err == nil {
		return n
	}
	return name
}

func (g *grid) headLines(p *page, from int) int {
	high := 1
	for i, c := range g.columns {
		high = max(high, lines(c.head, p.width(from+1+i, from+1+i)*1.1-2))
	}
	return high
}

func (w *workbook) putGridValue(p *page, column int, v figure, shape format, aid bool) {
	switch {
	case aid && v.Value == 0: // nothing to draw
	case v.State == disclosure.Shown && aid:
		p.put(column, p.row, gridValue(v, shape), w.styles.aid)
	case v.State == disclosure.Shown:
		p.put(column, p.row, gridValue(v, shape), w.styles.numbers[shape])
	case aid:
	default:
		w.putShare(p, column, v, shape)
	}
}

// gridValue is a figure as its cell holds it.
func gridValue(v figure, shape format) float64 {
	return withoutMinusZero(rounded(v.Value, shape), shape)
}

// colour shades the numbers of a grid from pale to deep.
func (w *workbook) colour(p *page, g *grid, top int) {
	if p.err != nil {
		return
	}
	area := p.at(2, top) + ":" + p.at(1+len(g.columns), top+len(g.rows)-1)
	p.keep(w.file.SetConditionalFormat(p.tab, area, []excelize.ConditionalFormatOptions{{
		Type: "2_color_scale", Criteria: "=", MinType: "min", MaxType: "max", MinColor: "#FFFFFF", MaxColor: "#" + colorHeat,
	}}))
}
