package report

import (
	"math"
	"slices"
	"strings"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// The columns of the first sheet.
const (
	summaryLabel = 1 + iota
	summaryBase
	summaryNow
	summaryChange
	summaryOther1
	summaryOther2
	summaryReading
)

const (
	panelFrom   = summaryOther1 // the warnings stand to the right of the chart
	chartPoints = 265.0         // height of the chart
)

// writeSummary makes the first sheet: the answer, six figures, one chart, what
// to beware of, and where to read on.
func (w *workbook) writeSummary() error {
	p := w.newPage(w.texts.Summary.Tab, 46, 14, 14, 15, 16, 16, 32)
	w.summaryTop(p)
	w.summaryFigures(p)
	w.summaryGoals(p)
	w.summaryChart(p)
	w.summaryLegend(p)
	w.summaryLinks(p)
	return p.close(portrait, 1)
}

func (w *workbook) summaryTop(p *page) {
	t, s := w.texts.Summary, w.styles
	p.band(1, s.band)
	p.put(1, 1, w.title(), s.title)
	p.height(1, 40)
	p.band(2, s.band)
	p.put(1, 2, fill(t.Subtitle, "ontvanger", named(w.texts.Recipients, w.book.Recipient),
		"stand", w.standText(), "basis", w.found.base), s.subtitle)
	p.height(2, 24)
	if w.book.Concept {
		p.put(p.columns, 1, w.texts.Concept, s.badge)
	}
	p.height(3, 8)
	headline := w.found.headline(w.texts, w.book)
	p.paragraph(1, p.columns, 4, headline, s.headline, 23, 0.60)
	p.height(4, 18+23*float64(lines(headline, p.width(1, p.columns)*0.60)))
	compared := t.Compared
	switch {
	case w.found.year == "":
		compared = t.ComparedNone
	case w.found.provisional:
		compared = t.ComparedProvisional
	}
	p.band(5, s.compared)
	p.put(1, 5, fill(compared, "jaar", w.found.year, "basis", w.found.base), s.compared)
	p.height(5, 20)
	p.height(6, 8)
	p.row = 7
}

// summaryFigures writes the key figures: the leading area in both years, the
// change elsewhere, and in words how the two compare.
func (w *workbook) summaryFigures(p *page) {
	t, s, f := w.texts.Summary, w.styles, &w.found
	p.section(t.Figures)
	lead := named(w.texts.Areas, f.area)
	heads := map[int]string{summaryLabel: t.Figure}
	if f.area != "" {
		heads[summaryBase] = lead + " " + f.base
		if f.year != "" {
			heads[summaryNow], heads[summaryChange] = lead+" "+f.year, t.Change
		}
	}
	others := f.compared()
	if f.year != "" {
		for i, area := range others {
			heads[summaryOther1+i] = named(w.texts.Areas, area) + ", " + strings.ToLower(t.Change)
		}
		if len(others) > 0 {
			heads[summaryReading] = t.Reading
		}
	}
	for c := 1; c <= p.columns; c++ {
		style := s.headPlain
		if c == summaryLabel || c == summaryReading {
			style = s.headText
		}
		p.put(c, p.row, heads[c], style)
	}
	p.height(p.row, 30)
	p.row++
	for _, k := range f.figures {
		p.band(p.row, s.figureLabel)
		p.put(summaryLabel, p.row, t.FigureLabels[k.id], s.figureLabel)
		own := k.areas[f.area]
		if f.area != "" {
			w.putFigure(p, summaryBase, own.base, k.format, &s.figures)
		}
		if f.year != "" {
			w.putFigure(p, summaryNow, own.now, k.format, &s.strong)
			w.putFigure(p, summaryChange, own.change, k.change, &s.strong)
			for i, area := range others {
				w.putFigure(p, summaryOther1+i, k.areas[area].change, k.change, &s.figures)
			}
			p.put(summaryReading, p.row, w.reading(k), s.reading)
			w.nameCell(p, "kern_"+k.id, summaryNow)
		}
		p.height(p.row, 23)
		p.row++
	}
	p.put(1, p.row, t.FigureNote, s.status)
	p.height(p.row, 16)
	p.row += 2
}

// compared are the areas that have a column of their own beside the leading one.
func (f *findings) compared() []string { return f.others[:min(len(f.others), 2)] }

// nameCell gives a key figure a name, so that readers' own formulas survive.
func (w *workbook) nameCell(p *page, name string, column int) {
	if p.err == nil {
		p.keep(w.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: reference(p.tab, p.absolute(column, p.row))}))
	}
}

func (w *workbook) putFigure(p *page, column int, v figure, shape format, styles *[formatKinds]int) {
	switch v.State {
	case disclosure.Hidden:
		p.put(column, p.row, w.texts.Hidden, w.styles.figureMark)
	case disclosure.Unknown:
		p.put(column, p.row, w.texts.Unknown, w.styles.figureMark)
	default:
		p.put(column, p.row, keyValue(v, shape), styles[shape])
	}
}

// keyValue is a key figure as its cell holds it.
func keyValue(v figure, shape format) float64 {
	if shape == formatPoints {
		return rounded(100*v.Value, shape)
	}
	return rounded(v.Value, shape)
}

// rounded cuts a figure off where its format does: what is shown as 0.0 is 0,
// and not a little less, which Excel would show as -0.0.
func rounded(v float64, shape format) float64 {
	digits := 1e6
	switch shape {
	case formatPoints, formatPerThousandChange:
		digits = 10
	case formatGrowth:
		digits = 1000
	default:
	}
	return math.Round(v*digits)/digits + 0
}

// reading compares the change in the leading area with the first other area.
func (w *workbook) reading(k keyFigure) string {
	f, t := &w.found, w.texts.Summary
	own := k.areas[f.area].change
	for _, area := range f.others {
		other := k.areas[area].change
		if own.State != disclosure.Shown || other.State != disclosure.Shown {
			continue
		}
		line := t.ReadEqual
		switch difference := own.Value - other.Value; {
		case difference >= k.tolerance:
			line = t.ReadMore
		case difference <= -k.tolerance:
			line = t.ReadLess
		}
		return fill(line, "ander", named(w.texts.Within, area))
	}
	return ""
}

func (w *workbook) summaryLegend(p *page) {
	t := w.texts.Summary
	p.section(t.Legend)
	lines := slices.Clone(t.LegendLines)
	if len(w.effects) > 0 {
		lines = append(lines, w.texts.Effects.Legend)
	}
	for _, l := range lines {
		p.put(1, p.row, fill(l, "basis", w.found.base), w.styles.body)
		p.height(p.row, 16)
		p.row++
	}
	p.row++
}

// summaryLinks leads to the sheets that a reader wants next.
func (w *workbook) summaryLinks(p *page) {
	p.section(w.texts.Summary.ReadOn)
	for _, s := range w.composed()[1:] {
		p.link(p.row, s.tab, s.tab, w.styles.link)
		p.put(2, p.row, s.question, w.styles.body)
		p.height(p.row, 15)
		p.row++
	}
}
