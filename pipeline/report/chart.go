package report

import (
	"math"
	"slices"
	"strings"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// The columns of the small table that the chart draws from.
const (
	shiftLaw = 1 + iota
	shiftIn
	shiftOut
	shiftShareBase
	shiftShare
)

// summaryChart writes the chart with the warnings beside it, and under it the
// table that it draws from. Laws of which the shift is hidden come last in the
// table and are not drawn: a chart would show them as zero.
func (w *workbook) summaryChart(p *page) {
	t := w.texts.Summary
	p.section(fill(t.ShiftSection, "waar", named(w.texts.Within, w.found.area)))
	p.put(panelFrom, p.row-1, t.Warnings, w.styles.section)
	top := p.row
	chart := w.found.largestShifts().visible()
	needed := 0.0
	if chart {
		needed = chartPoints
	}
	bottom := w.panel(p, top, needed)
	w.shiftTable(p, bottom+1, top, chart)
}

// panel writes warnings and what is provisional, and fills up to the
// height that is needed beside it.
func (w *workbook) panel(p *page, row int, needed float64) int {
	t, s := w.texts.Summary, w.styles
	used := 0.0
	add := func(text string, style int) {
		used += p.paragraph(panelFrom, p.columns, row, text, style, 13.5, 1.1)
		row++
	}
	for _, warning := range w.book.Warnings {
		add("! "+w.texts.warning(warning, w.book), s.warning)
	}
	if len(w.book.Warnings) == 0 {
		add(t.NoWarnings, s.wrapped)
	}
	p.height(row, 8)
	used += 8
	row++
	for c := panelFrom; c <= p.columns; c++ {
		p.put(c, row, nil, s.section)
	}
	p.put(panelFrom, row, t.Provisional, s.section)
	p.height(row, 20)
	used += 20
	row++
	for _, line := range w.book.Provisional {
		add(w.texts.provisional(line), s.wrapped)
	}
	if len(w.book.Provisional) == 0 {
		add(t.Definitive, s.wrapped)
	}
	for used < needed {
		step := math.Min(15, needed-used)
		p.height(row, step)
		used += step
		row++
	}
	return row
}

// shiftTable writes what each law gained or lost and places the chart at its row.
func (w *workbook) shiftTable(p *page, row, chartRow int, chart bool) {
	t, s, f := w.texts.Summary, w.styles, &w.found
	if f.year == "" {
		p.put(1, chartRow, fill(t.ChartNone, "reden", t.ChartNoYear), s.body)
		p.row = row
		return
	}
	visible, rest := splitShifts(f.shifts)
	heads := []string{t.ShiftLaw, t.ShiftIn, t.ShiftOut, fill(t.ShiftShareBase, "jaar", f.base), fill(t.ShiftShare, "jaar", f.year)}
	for i, h := range heads {
		style := s.headPlain
		if i == 0 {
			style = s.headText
		}
		p.put(i+1, row, h, style)
	}
	p.height(row, 18)
	first := row + 1
	p.row = first
	for _, d := range append(slices.Clone(visible), rest...) {
		for c := shiftLaw; c <= shiftShare; c++ {
			p.put(c, p.row, nil, s.text)
		}
		p.put(shiftLaw, p.row, named(w.texts.Domains, d.domain), s.text)
		switch {
		case d.shift.State != disclosure.Shown:
			w.putShare(p, shiftIn, d.shift, formatEuroSigned)
			w.putShare(p, shiftOut, d.shift, formatEuroSigned)
		case d.shift.Value < 0:
			w.putShare(p, shiftOut, d.shift, formatEuroSigned)
		default:
			w.putShare(p, shiftIn, d.shift, formatEuroSigned)
		}
		w.putShare(p, shiftShareBase, d.before, formatPercent)
		w.putShare(p, shiftShare, d.after, formatPercent)
		p.height(p.row, 16)
		p.row++
	}
	p.put(1, p.row, t.ShiftNote, s.status)
	p.height(p.row, 15)
	last := first + len(visible) - 1
	p.row += 2
	if !chart || len(visible) < 2 {
		p.put(1, chartRow, fill(t.ChartNone, "reden", t.ChartNoFigures), s.body)
		return
	}
	if p.err == nil {
		p.keep(w.file.AddChart(p.tab, p.at(1, chartRow), w.shiftChart(p, visible, first, last)))
	}
}

func (w *workbook) putShare(p *page, column int, v figure, shape format) {
	if v.State == disclosure.Shown {
		p.put(column, p.row, withoutMinusZero(v.Value, shape), w.styles.numbers[shape])
		return
	}
	mark := w.texts.Hidden
	if v.State == disclosure.Unknown {
		mark = w.texts.Unknown
	}
	p.put(column, p.row, mark, w.styles.mark)
}

// withoutMinusZero makes an amount that shows as nought a nought: Excel would write -0.
func withoutMinusZero(v float64, shape format) float64 {
	if shape == formatEuroSigned && math.Abs(v) < 0.5 {
		return 0
	}
	return v
}

// splitShifts orders the visible shifts from gain to loss.
func splitShifts(shifts []domainShift) (visible, rest []domainShift) {
	for _, d := range shifts {
		if d.shift.State == disclosure.Shown {
			visible = append(visible, d)
		} else {
			rest = append(rest, d)
		}
	}
	slices.SortStableFunc(visible, func(a, b domainShift) int {
		switch {
		case a.shift.Value > b.shift.Value:
			return -1
		case a.shift.Value < b.shift.Value:
			return 1
		}
		return 0
	})
	return visible, rest
}

// unit chooses in what the bars are labelled: in thousands as long as that
// fits, for a small shift beside a large one would be labelled with nought.
func (w *workbook) unit(visible []domainShift) (name, code string) {
	smallest, largest := math.Inf(1), 0.0
	for _, d := range visible {
		if v := math.Abs(d.shift.Value); v >= 0.5 {
			smallest, largest = math.Min(smallest, v), math.Max(largest, v)
		}
	}
	t := w.texts.Summary
	switch {
	case largest >= 1e7 || largest >= 1e6 && smallest >= 5e4:
		return t.Millions, "+#,##0.0,,;-#,##0.0,,;0"
	case largest >= 1e4:
		return t.Thousands, "+#,##0,;-#,##0,;0"
	}
	return t.Euros, "+#,##0;-#,##0;0"
}

// axisBound is a round number that leaves room for the labels; the axis is the
// same on both sides of zero, so that bars can be compared.
func axisBound(visible []domainShift) float64 {
	largest := 1.0
	for _, d := range visible {
		largest = math.Max(largest, math.Abs(d.shift.Value)*1.3)
	}
	power := math.Pow(10, math.Floor(math.Log10(largest)))
	for _, step := range []float64{1, 2, 3, 4, 6, 8} {
		if step*power >= largest {
			return step * power
		}
	}
	return 10 * power
}

// amount is a shift as people say it.
func (w *workbook) amount(v float64) string {
	t := w.texts.Summary
	switch {
	case math.Abs(v) >= 1e6:
		return w.texts.signed(v/1e6, 1) + " " + t.Millions
	case math.Abs(v) >= 1e4:
		return w.texts.signed(v/1e3, 0) + " " + t.Thousands
	}
	return w.texts.signed(v, 0) + " " + t.Euros
}

// chartTexts are the title of the chart, and what is read to who cannot see it.
func (w *workbook) chartTexts(visible []domainShift) (title, alt string) {
	t, f := w.texts.Summary, &w.found
	gain, loss := visible[0], visible[len(visible)-1]
	title = t.ChartTitle
	switch found := f.largestShifts(); {
	case found.hidden > 0:
		title = t.ChartTitlePart
	case math.Max(math.Abs(found.up.points.Value), math.Abs(found.down.points.Value)) < equalPoints:
		title = t.ChartTitleEven
	}
	title = fill(title, "naar", named(w.texts.Domains, gain.domain), "erbij", w.amount(gain.shift.Value),
		"van", named(w.texts.Domains, loss.domain), "eraf", w.amount(loss.shift.Value), "jaar", f.year, "basis", f.base)
	var told []string
	for _, d := range visible {
		told = append(told, named(w.texts.Domains, d.domain)+" "+w.amount(d.shift.Value))
	}
	alt = fill(t.ChartAlt, "waar", named(w.texts.Within, f.area), "jaar", f.year, "basis", f.base, "opsomming", strings.Join(told, "; "))
	return title, alt
}

// shiftChart is a bar chart that diverges from zero: one series for gain and one
// for loss, so that their colours do not depend on a viewer's reading of signs.
func (w *workbook) shiftChart(p *page, visible []domainShift, first, last int) *excelize.Chart {
	t, f := w.texts.Summary, &w.found
	unit, code := w.unit(visible)
	title, alt := w.chartTexts(visible)
	chart, text := newChart(excelize.Bar, t.ShiftLaw, title, alt, 10)
	series := func(column int, color string) excelize.ChartSeries {
		return excelize.ChartSeries{
			Name:              reference(p.tab, p.absolute(column, first-1)),
			Categories:        p.cells(shiftLaw, first, last),
			Values:            p.cells(column, first, last),
			Fill:              filled(color),
			DataLabel:         excelize.ChartDataLabel{Font: *text},
			DataLabelPosition: excelize.ChartDataLabelsPositionOutsideEnd,
		}
	}
	gap, overlap := uint(45), 100
	highest := axisBound(visible)
	lowest := -highest
	chart.Series = []excelize.ChartSeries{series(shiftIn, colorGain), series(shiftOut, colorLoss)}
	chart.Format.OffsetX, chart.Format.OffsetY = 4, 4
	chart.Dimension = excelize.ChartDimension{
		Width:  uint(pixels(p.widths[:panelFrom-1]) - 24),
		Height: uint(math.Round(chartPoints*4/3)) - 8,
	}
	chart.XAxis.ReverseOrder = true
	// High is the bottom of a reversed axis.
	chart.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
	chart.YAxis.Minimum, chart.YAxis.Maximum, chart.YAxis.MajorUnit = &lowest, &highest, highest/2
	chart.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: code}
	chart.YAxis.Title = []excelize.RichTextRun{{Text: fill(t.ChartAxis, "eenheid", unit, "basis", f.base), Font: text}}
	chart.PlotArea = excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: code}}
	chart.GapWidth, chart.Overlap = &gap, &overlap
	return chart
}

// newChart is what all charts share: a title that says the finding, a legend below, and letters of one size.
func newChart(kind excelize.ChartType, name, title, alt string, letters float64) (chart *excelize.Chart, text *excelize.Font) {
	yes, no := true, false
	text = &excelize.Font{Family: fontName, Size: letters, Color: colorInk}
	return &excelize.Chart{
		Type:       kind,
		Format:     excelize.GraphicOptions{AltText: alt, Name: name, PrintObject: &yes, Positioning: "oneCell"},
		Title:      []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Family: fontName, Size: letters + 2, Bold: true, Color: colorDeep}}},
		Legend:     excelize.ChartLegend{Position: "bottom", Font: text},
		XAxis:      excelize.ChartAxis{TickLabelPosition: excelize.ChartTickLabelLow, Font: *text},
		YAxis:      excelize.ChartAxis{MajorGridLines: true, Font: *text},
		VaryColors: &no, Border: excelize.ChartLine{Type: excelize.ChartLineNone}, ShowBlanksAs: "gap",
	}, text
}

// pixels is how wide columns are on a screen.
func pixels(widths []float64) int {
	total := 0
	for _, w := range widths {
		total += int(w*7) + 5
	}
	return total
}
