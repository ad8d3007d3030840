package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// makePictures decides what the sheet with pictures shows. It looks at released cells only, so that the account of a workbook can
// make them again.
func (w *workbook) makePictures() []picture {
	t := &w.texts.Pictures
	var out []picture
	for _, kind := range []struct {
		table string
		said  *pictureText
		alone bool // it compares with no base year
		draw  func(*picture) (drawn []int)
	}{
		{table: "kosten_per_domein", said: &t.Cost, draw: w.drawCosts},
		{table: "verschuiving_lijn", said: &t.Lines, draw: w.drawLines},
		{table: "ontleding", said: &t.Parts, draw: w.drawParts},
		{table: "stroom_personen", said: &t.Flows, draw: w.drawFlows},
		{table: "stapeling_personen", said: &t.Stacking, draw: w.drawStacking},
		{table: "baten_lasten", said: &t.Payers, draw: w.drawPayers},
		{table: "benchmark", said: &t.Benchmark, alone: true, draw: w.drawBenchmark},
		{table: "kosten_per_kwartaal", said: &t.Quarters, alone: w.found.area != "", draw: w.drawQuarters},
		{table: "volledigheid", said: &t.Complete, alone: true, draw: w.drawCompleteness},
	} {
		v := picture{table: kind.table, said: kind.said, heading: fill(kind.said.Heading, "waar", named(w.texts.Within, w.found.area))}
		v.why = w.whyNone(kind.table, kind.alone)
		if v.why == "" {
			w.finish(&v, kind.draw(&v))
		}
		out = append(out, v)
	}
	return out
}

// writePictures writes the sheet with pictures.
func (w *workbook) writePictures() error {
	t := w.texts.Pictures
	return w.writePictureSheet(t.Tab, t.Title, t.Question, 0, w.pictures)
}

// areas are the area that the workbook leads with, and those it is compared with.
func (f *findings) areas() []string { return append([]string{f.area}, f.compared()...) }

// lineChart draws columns of a grid as lines.
func lineChart(g *grid, said *pictureText, code string, pairs ...string) (chart *chartPlan, drawn []int) {
	drawn, from, to := g.drawable()
	if len(drawn) == 0 {
		return nil, nil
	}
	chart = &chartPlan{
		kind: excelize.Line, title: fill(said.Title, pairs...), alt: fill(said.Alt, pairs...), unit: fill(said.Unit, pairs...),
		code: code, from: from, to: to, legend: true,
	}
	for i, column := range drawn {
		look := lineLooks[min(i, len(lineLooks)-1)]
		look.column = column
		chart.series = append(chart.series, look)
	}
	return chart, drawn
}

// finish writes why there is no chart, or what is not drawn in it.
func (w *workbook) finish(v *picture, drawn []int) {
	t := w.texts.Pictures
	switch {
	case v.chart == nil && v.why == "" && !v.heat && !v.bare:
		v.why = t.Hidden
	case v.chart != nil:
		if names := v.grid.notDrawn(drawn); names != "" {
			v.note = fill(t.NotDrawn, "wat", names)
		}
	}
}

// whyNone says why there is nothing to draw of a table; nothing when there is. Alone it needs no year to compare with.
func (w *workbook) whyNone(table string, alone bool) string {
	i := slices.IndexFunc(w.sheets, func(s sheet) bool { return s.table.Name == table })
	if i < 0 {
		return w.texts.Pictures.NotThere
	}
	if t := w.sheets[i].table; len(t.Rows) == 0 {
		return firstOf(t.Empty, w.texts.EmptyNoReason)
	}
	if w.found.year == "" && !alone {
		return w.texts.Pictures.NoYear
	}
	return ""
}

// seen fills a sentence when the figures that it is about are shown, and says else that they are not.
func (w *workbook) seen(sentence string, pairs []string, about ...figure) string {
	for _, v := range about {
		switch v.State {
		case disclosure.Hidden:
			return w.texts.Pictures.FigureHidden
		case disclosure.Unknown:
			return w.texts.Pictures.FigureUnknown
		default:
		}
	}
	return fill(sentence, pairs...)
}

// told writes a figure for a sentence, or its mark.
func (w *workbook) told(v figure, say func(float64) string) string {
	switch v.State {
	case disclosure.Hidden:
		return w.texts.Hidden
	case disclosure.Unknown:
		return w.texts.Unknown
	default:
		return say(v.Value)
	}
}

// growthText writes a relative change, percentText a share.
func (w *workbook) growthText(v figure) string {
	return w.told(v, func(n float64) string { return w.texts.signed(100*n, 1) + "%" })
}

func (w *workbook) percentText(v figure) string {
	return w.told(v, func(n float64) string { return w.texts.number(100*n, 1) + "%" })
}

// columnOver makes a column of a grid, with a figure for each row.
func columnOver(rows []string, head string, shape format, value func(row string) figure) gridColumn {
	c := gridColumn{head: head, format: shape}
	for _, row := range rows {
		c.values = append(c.values, value(row))
	}
	return c
}

// drawCosts draws the real costs per insured year of all laws, per area.
func (w *workbook) drawCosts(v *picture) (drawn []int) {
	f, said := &w.found, v.said
	v.grid.corner = w.columnText("", "jaar").Label
	for _, year := range f.cost.distinct("jaar") {
		if f.worstStatus(year) != statusIncomplete {
			v.grid.rows = append(v.grid.rows, year)
		}
	}
	var changes []string
	for _, area := range f.areas() {
		v.grid.columns = append(v.grid.columns, columnOver(v.grid.rows, named(w.texts.Areas, area), formatEuro,
			func(year string) figure { return f.totalCost(area, year) }))
		changes = append(changes, named(w.texts.Areas, area)+" "+w.growthText(f.figures[0].areas[area].change))
	}
	pairs := []string{"basis", f.base, "jaar", f.year, "opsomming", strings.Join(changes, ", ")}
	v.finding = fill(said.Finding, pairs...)
	v.chart, drawn = lineChart(&v.grid, said, "#,##0", pairs...)
	return drawn
}

// lineColors go from light to deep and back, so that neighbours differ in grey as well.
var lineColors = map[string]string{"0": "C9DCE6", "1": "0B3C5D", "1.5": "7FB2D6", "2": "E9A23B", "3": "8C4A00", "langdurig": "D9DEE2", "onbekend": "6B7680"}

// drawLines stacks the shares of the lines of care in the leading area, year by year.
func (w *workbook) drawLines(v *picture) (drawn []int) {
	f, said := &w.found, v.said
	l := &f.line
	v.grid = grid{corner: w.columnText("", "jaar").Label, rows: unique(append(l.distinct("jaar"), f.base))}
	share := func(year, line string) figure {
		if year == f.base {
			return l.get("aandeel_basis_reeel", f.area, f.year, line)
		}
		return l.get("aandeel_reeel", f.area, year, line)
	}
	lines := ranked(l.distinct("lijn"), lineRank)
	for _, line := range lines {
		v.grid.columns = append(v.grid.columns, columnOver(v.grid.rows, named(w.texts.Lines, line), formatPercent,
			func(year string) figure { return share(year, line) }))
	}
	special := func(year string) figure { return add(share(year, "2"), share(year, "3")) }
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year,
		"was", w.percentText(special(f.base)), "is", w.percentText(special(f.year))}
	v.finding = w.seen(said.Finding, pairs, special(f.base), special(f.year))
	drawn, from, to := v.grid.drawable()
	if len(drawn) > 1 {
		v.chart = &chartPlan{
			kind: excelize.ColStacked, title: w.seen(said.Title, pairs, special(f.base), special(f.year)), alt: w.seen(said.Alt, pairs, special(f.base), special(f.year)),
			unit: said.Unit, code: "0%", from: from, to: to, legend: true, most: 1,
		}
		for _, column := range drawn {
			v.chart.series = append(v.chart.series, seriesPlan{column: column, color: lineColors[lines[column]]})
		}
	}
	return drawn
}

// drawStacking sets the classes of stacked arrangements of the base year beside those of now.
func (w *workbook) drawStacking(v *picture) (drawn []int) {
	f, said := &w.found, v.said
	v.grid = grid{corner: w.columnText("", "klasse").Label, rows: []string{"1", "2", "3", "4", "5", "6+"}}
	for _, year := range []string{f.base, f.year} {
		v.grid.columns = append(v.grid.columns, columnOver(v.grid.rows, year, formatPerThousand,
			func(class string) figure { return f.stack.get("per_1000", f.area, year, "arrangementen", class) }))
	}
	own := f.figures[slices.IndexFunc(f.figures, func(k keyFigure) bool { return k.id == figureStacking })].areas[f.area]
	per := func(v figure) string { return w.told(v, func(n float64) string { return w.texts.number(n, 1) }) }
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year, "was", per(own.base), "is", per(own.now)}
	v.finding = w.seen(said.Finding, pairs, own.base, own.now)
	if shown := v.grid.shownFirst(len(v.grid.columns)); shown >= 2 {
		v.chart = &chartPlan{
			kind: excelize.Col, title: w.seen(said.Title, pairs, own.base, own.now), alt: w.seen(said.Alt, pairs, own.base, own.now),
			unit: said.Unit, code: "#,##0.0", to: shown - 1, labels: true, legend: true, series: []seriesPlan{{column: 0, color: colorPale}, {column: 1, color: colorGain}},
		}
	}
	return []int{0, 1}
}

// drawPayers draws what each payer spends above or below what is expected.
func (w *workbook) drawPayers(v *picture) (drawn []int) {
	f, said := &w.found, v.said
	l := newLookup(w.book.Released, "baten_lasten", "gebied", "jaar", "financier")
	payers := ranked(l.distinct("financier"), payerRank)
	measure := func(name string, shape format) gridColumn {
		return columnOver(payers, w.columnText("baten_lasten", name).Label, shape, func(payer string) figure { return l.get(name, f.area, f.year, payer) })
	}
	difference := measure("verschil_reeel", formatEuroSigned)
	v.grid = grid{corner: w.columnText("baten_lasten", "financier").Label,
		columns: []gridColumn{measure("verwacht_reeel", formatEuro), measure("werkelijk_reeel", formatEuro), difference}}
	var told []string
	for i, payer := range payers {
		v.grid.rows = append(v.grid.rows, named(w.texts.Words["financier"], payer))
		told = append(told, v.grid.rows[i]+" "+w.told(difference.values[i], w.amount))
	}
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year, "opsomming", strings.Join(told, ", ")}
	v.finding = fill(said.Finding, pairs...)
	if shown := v.grid.shownFirst(len(v.grid.columns)); shown >= 2 {
		v.chart = &chartPlan{
			kind: excelize.Col, title: fill(said.Title, pairs...), alt: fill(said.Alt, pairs...), unit: fill(said.Unit, pairs...),
			code: "#,##0", to: shown - 1, series: []seriesPlan{{column: 2, color: colorGain}},
		}
	}
	return []int{0, 1, 2}
}

const mostBars = 12

// drawBenchmark draws how far the largest kinds of care are from the country.
func (w *workbook) drawBenchmark(v *picture) (drawn []int) {
	f, said := &w.found, v.said
	l := newLookup(w.book.Released, "benchmark", "gebied", "jaar", "zorgsoort")
	years := l.distinct("jaar")
	year := years[len(years)-1]
	kinds := slices.DeleteFunc(l.distinct("zorgsoort"), func(kind string) bool {
		return l.get("verhouding", f.area, year, kind).State != disclosure.Shown
	})
	slices.SortStableFunc(kinds, func(a, b string) int {
		return cmp.Compare(l.get("verwacht", f.area, year, b).Value, l.get("verwacht", f.area, year, a).Value)
	})
	kinds = kinds[:min(len(kinds), mostBars)]
	if len(kinds) < 2 {
		v.why = w.texts.Pictures.Hidden
		return nil
	}
	c := gridColumn{head: said.Unit, format: formatGrowth}
	most := 0
	for i, kind := range kinds {
		v.grid.rows = append(v.grid.rows, w.careName(kind))
		c.values = append(c.values, minus(l.get("verhouding", f.area, year, kind), shown(1)))
		if math.Abs(c.values[i].Value) > math.Abs(c.values[most].Value) {
			most = i
		}
	}
	v.grid.corner, v.grid.columns = w.texts.Derived.CareName, []gridColumn{c}
	pairs := []string{"waar", named(w.texts.Within, f.area), "jaar", year, "wat", v.grid.rows[most], "procent", w.growthText(c.values[most])}
	v.finding = fill(said.Finding, pairs...)
	v.chart = &chartPlan{
		kind: excelize.Col, title: fill(said.Title, pairs...), alt: fill(said.Alt, pairs...), unit: said.Unit, code: "+0%;-0%;0%",
		to: len(kinds) - 1, labels: true, series: []seriesPlan{{column: 0, color: colorGain}},
	}
	return []int{0}
}
