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
	note    string // how to read the picture, or what it leaves out
	chart   *chartPlan
	why     string // why there is no chart
	grid    grid
	heat    bool // the grid itself is coloured by size, and is the picture
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
	aid    bool // it serves the chart only: where a floating bar begins, and its parts
}

// chartPlan is a chart over rows from…to of the grid beside it.
type chartPlan struct {
	kind     excelize.ChartType
	title    string // says the finding
	alt      string // is read to who cannot see it
	unit     string // of the axis
	code     string // how the numbers of the axis look
	series   []seriesPlan
	from, to int
	labels   bool // every bar has its number
	legend   bool
	most     float64 // the end of the axis; none is for the reader's program to choose
}

// seriesPlan is a column of the grid as a line or as bars; colours differ in lightness, lines in their dashes and marks too.
type seriesPlan struct {
	column int
	color  string // none is not drawn: what a floating bar stands on
	dash   excelize.ChartDashType
	mark   string
}

// lineLooks tell lines apart without colour.
var lineLooks = []seriesPlan{
	{color: colorGain, dash: excelize.ChartDashSolid, mark: "circle"},
	{color: colorLoss, dash: excelize.ChartDashDash, mark: "diamond"},
	{color: colorMuted, dash: excelize.ChartDashDot, mark: "square"},
}

// crowded is how many names below an axis need small letters.
const crowded = 6

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

// shownFirst moves the rows of which every number is shown to the front, in their order, and returns how many they are.
func (g *grid) shownFirst() int {
	var order, rest []int
	for row := range g.rows {
		if slices.ContainsFunc(g.columns, func(c gridColumn) bool { return c.values[row].State != disclosure.Shown }) {
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
	pictureHeight = 270.0 // points
	mostColumns   = 12    // beside the names of a coloured grid
)

// picturePage begins a sheet with pictures.
func (w *workbook) picturePage(tab string) *page {
	widths := []float64{pictureLabel}
	for range mostColumns {
		widths = append(widths, pictureValue)
	}
	widths[pictureGrid-1] = pictureNames
	return w.newPage(tab, widths...)
}

// putPicture writes a picture and moves on.
func (w *workbook) putPicture(p *page, v *picture) {
	s := w.styles
	p.section(v.heading)
	p.paragraph(1, p.columns, p.row, w.pictureSentence(v), s.finding, 15, 1.05)
	p.row++
	if tab := w.tabOf(v.table); tab != "" {
		p.link(p.row, fill(w.texts.Pictures.ReadOn, "blad", tab), tab, s.link)
		p.height(p.row, 18)
	}
	p.row++
	top, from := p.row, pictureGrid
	if v.heat {
		from = 1
	}
	w.putGrid(p, &v.grid, from)
	switch {
	case v.heat && len(v.grid.rows) > 0:
		w.colour(p, &v.grid, top+1)
	case v.chart != nil:
		if p.err == nil {
			p.keep(w.file.AddChart(p.tab, p.at(1, top), w.drawn(p, v, top)))
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
			w.putGridValue(p, from+1+i, c.values[row], &c)
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

func (w *workbook) putGridValue(p *page, column int, v figure, c *gridColumn) {
	switch {
	case c.aid && v.Value == 0: // nothing to draw
	case v.State == disclosure.Shown && c.aid:
		p.put(column, p.row, gridValue(v, c.format), w.styles.aid)
	case v.State == disclosure.Shown:
		p.put(column, p.row, gridValue(v, c.format), w.styles.numbers[c.format])
	case c.aid:
	default:
		w.putShare(p, column, v, c.format)
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

// drawn makes the chart of a picture of which the grid begins at a row.
func (w *workbook) drawn(p *page, v *picture, top int) *excelize.Chart {
	plan := v.chart
	first, last := top+1+plan.from, top+1+plan.to
	chart, text := newChart(plan.kind, v.heading, plan.title, plan.alt, 10)
	gap, code := uint(45), excelize.ChartNumFmt{CustomNumFmt: plan.code}
	chart.Format.OffsetX, chart.Format.OffsetY = 2, 4
	chart.Dimension = excelize.ChartDimension{Width: uint(pixels(p.widths[:pictureGrid-1]) - 12), Height: uint(pictureHeight*4/3) - 6}
	chart.PlotArea, chart.GapWidth = excelize.ChartPlotArea{ShowVal: plan.labels, NumFmt: code}, &gap
	chart.YAxis.NumFmt, chart.YAxis.Title = code, []excelize.RichTextRun{{Text: plan.unit, Font: text}}
	if plan.to-plan.from >= crowded {
		chart.XAxis.Font.Size = 8
	}
	if plan.most > 0 {
		chart.YAxis.Maximum = &plan.most
	}
	if !plan.legend {
		chart.Legend.Position = "none"
	}
	if isStacked(plan.kind) {
		whole := 100
		chart.Overlap = &whole
	}
	for _, s := range plan.series {
		chart.Series = append(chart.Series, w.seriesOf(p, plan, &s, top, first, last))
	}
	return chart
}

func isStacked(kind excelize.ChartType) bool {
	return kind == excelize.ColStacked || kind == excelize.BarStacked
}

func (w *workbook) seriesOf(p *page, plan *chartPlan, s *seriesPlan, head, first, last int) excelize.ChartSeries {
	column := pictureGrid + 1 + s.column
	out := excelize.ChartSeries{
		Name:       reference(p.tab, p.absolute(column, head)),
		Categories: p.cells(pictureGrid, first, last), Values: p.cells(column, first, last),
		DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: fontName, Size: 9, Color: colorInk}},
	}
	switch {
	case plan.kind == excelize.Line:
		out.Fill = filled(s.color) // also of the line
		out.Line = excelize.ChartLine{Type: excelize.ChartLineSolid, Dash: s.dash, Width: 2.25}
		out.Marker = excelize.ChartMarker{Symbol: s.mark, Size: 7, Fill: filled(s.color), Border: excelize.ChartLine{Type: excelize.ChartLineSolid, Fill: filled(s.color)}}
	case s.color == "":
		out.Fill = filled("FFFFFF")
		out.Fill.Transparency = 100
	default:
		out.Fill = filled(s.color)
		if plan.labels && !isStacked(plan.kind) {
			out.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
		}
	}
	return out
}
