package report

import "github.com/xuri/excelize/v2"

// chartPlan is a chart over rows from…to of the grid beside it.
type chartPlan struct {
	kind     excelize.ChartType
	title    string // says the finding
	alt      string // is read to who cannot see it
	unit     string // of the axis
	code     string // how the numbers of the axis look
	series   []seriesPlan
	over     []seriesPlan // lines or points over the bars
	across   string       // what stands below, when the names do not say it
	from, to int
	labels   bool // every bar has its number
	legend   bool
	least    float64 // where the axis begins below zero, and
	most     float64 // its end; none is for the reader's program to choose
	step     float64 // between its numbers
	gap      uint    // between bars, in percents of a bar
}

// ends are what is chosen of the axis: its ends and the step between its numbers.
func (c *chartPlan) ends() (out []float64) {
	if c.least < 0 {
		out = append(out, c.least)
	}
	if c.most > 0 {
		out = append(out, c.most)
	}
	if c.step > 0 {
		out = append(out, c.step)
	}
	return out
}

// seriesPlan is a column of the grid as a line or as bars; colours differ in lightness, lines in their dashes and marks too.
type seriesPlan struct {
	column int
	color  string // none is not drawn: what a floating bar stands on
	dash   excelize.ChartDashType
	mark   string
	loose  bool // marks without a line between them
}

// lineLooks tell lines apart without colour.
var lineLooks = []seriesPlan{
	{color: colorGain, dash: excelize.ChartDashSolid, mark: "circle"},
	{color: colorLoss, dash: excelize.ChartDashDash, mark: "diamond"},
	{color: colorMuted, dash: excelize.ChartDashDot, mark: "square"},
}

// crowded is how many names below an axis need small letters.
const crowded = 6

// drawn makes the chart of a picture of which the grid begins at a row, and what is drawn over it.
func (w *workbook) drawn(p *page, v *picture, top int) (chart *excelize.Chart, over []*excelize.Chart) {
	plan := v.chart
	first, last := top+1+plan.from, top+1+plan.to
	chart, text := newChart(plan.kind, v.heading, plan.title, plan.alt, 10)
	gap, code := uint(45), excelize.ChartNumFmt{CustomNumFmt: plan.code}
	if len(plan.over) > 0 {
		gap = plan.gap
	}
	chart.Format.OffsetX, chart.Format.OffsetY = 2, 4
	chart.Dimension = excelize.ChartDimension{Width: uint(pixels(p.widths[:pictureGrid-1]) - 12), Height: uint(pictureHeight*4/3) - 6}
	chart.PlotArea, chart.GapWidth = excelize.ChartPlotArea{ShowVal: plan.labels, NumFmt: code}, &gap
	chart.YAxis.NumFmt, chart.YAxis.Title = code, []excelize.RichTextRun{{Text: plan.unit, Font: text}}
	if plan.across != "" {
		chart.XAxis.Title = []excelize.RichTextRun{{Text: plan.across, Font: text}}
	}
	if plan.to-plan.from >= crowded {
		chart.XAxis.Font.Size = 8
	}
	if plan.least < 0 {
		chart.YAxis.Minimum = &plan.least
	}
	if plan.most > 0 {
		chart.YAxis.Maximum = &plan.most
	}
	chart.YAxis.MajorUnit = plan.step
	if !plan.legend {
		chart.Legend.Position = "none"
	}
	if isStacked(plan.kind) {
		whole := 100
		chart.Overlap = &whole
	}
	draw := func(to *excelize.Chart, series []seriesPlan) {
		for _, s := range series {
			to.Series = append(to.Series, w.seriesOf(p, to.Type, plan.labels, &s, top, first, last))
		}
	}
	if len(plan.over) > 0 {
		lines := *chart // the axes of what is drawn last hold for all
		lines.Type = excelize.Line
		draw(&lines, plan.over)
		over = append(over, &lines)
	}
	draw(chart, plan.series)
	return chart, over
}

func isStacked(kind excelize.ChartType) bool {
	return kind == excelize.ColStacked || kind == excelize.BarStacked
}

func (w *workbook) seriesOf(p *page, kind excelize.ChartType, labels bool, s *seriesPlan, head, first, last int) excelize.ChartSeries {
	column := pictureGrid + 1 + s.column
	out := excelize.ChartSeries{
		Name:       reference(p.tab, p.absolute(column, head)),
		Categories: p.cells(pictureGrid, first, last), Values: p.cells(column, first, last),
		DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: fontName, Size: 9, Color: colorInk}},
	}
	switch {
	case kind == excelize.Line:
		out.Fill = filled(s.color) // also of the line
		out.Line = excelize.ChartLine{Type: excelize.ChartLineSolid, Dash: s.dash, Width: 2.25}
		if s.loose {
			out.Line.Type = excelize.ChartLineNone
		}
		out.Marker = excelize.ChartMarker{Symbol: s.mark, Size: 7, Fill: filled(s.color), Border: excelize.ChartLine{Type: excelize.ChartLineSolid, Fill: filled(s.color)}}
	case s.color == "":
		out.Fill = filled("FFFFFF")
		out.Fill.Transparency = 100
	default:
		out.Fill = filled(s.color)
		if labels && !isStacked(kind) {
			out.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
		}
	}
	return out
}
