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
	return []picture{
		w.costPicture(), w.linePicture(), w.partPicture(), w.flowPicture(), w.stackPicture(),
		w.payerPicture(), w.benchmarkPicture(), w.quarterPicture(), w.completePicture(),
	}
}

// writePictures writes the sheet with pictures.
func (w *workbook) writePictures() error {
	t := w.texts.Pictures
	p := w.picturePage(t.Tab)
	w.pageTop(p, t.Title, t.Question)
	for i := range w.pictures {
		if i > 0 && i%2 == 0 {
			p.breakHere()
		}
		w.putPicture(p, &w.pictures[i])
	}
	return p.close(landscape, 0)
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
func (w *workbook) finish(v *picture, drawn []int) picture {
	t := w.texts.Pictures
	switch {
	case v.chart == nil && v.why == "" && !v.heat:
		v.why = t.Hidden
	case v.chart != nil:
		if names := v.grid.notDrawn(drawn); names != "" {
			v.note = fill(t.NotDrawn, "wat", names)
		}
	}
	return *v
}

// comparable gives why nothing can be compared; nothing when it can.
func (w *workbook) comparable(table string) string {
	i := slices.IndexFunc(w.sheets, func(s sheet) bool { return s.table.Name == table })
	if i < 0 {
		return w.texts.Pictures.NotThere
	}
	if t := w.sheets[i].table; len(t.Rows) == 0 {
		return firstOf(t.Empty, w.texts.EmptyNoReason)
	}
	if w.found.year == "" {
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

// growthText writes a relative change for a sentence.
func (w *workbook) growthText(v figure) string {
	switch v.State {
	case disclosure.Hidden:
		return w.texts.Hidden
	case disclosure.Unknown:
		return w.texts.Unknown
	default:
		return w.texts.signed(100*v.Value, 1) + "%"
	}
}

func (w *workbook) percentText(v figure) string {
	if v.State != disclosure.Shown {
		return w.growthText(v)
	}
	return w.texts.number(100*v.Value, 1) + "%"
}

// costPicture draws the real costs per insured year of all laws, per area.
func (w *workbook) costPicture() picture {
	f, said := &w.found, w.texts.Pictures.Cost
	v := picture{table: "kosten_per_domein", heading: said.Heading, why: w.comparable("kosten_per_domein")}
	if v.why != "" {
		return w.finish(&v, nil)
	}
	v.grid.corner = w.columnText("", "jaar").Label
	for _, year := range f.cost.distinct("jaar") {
		if f.worstStatus(year) != statusIncomplete {
			v.grid.rows = append(v.grid.rows, year)
		}
	}
	var changes []string
	for _, area := range f.areas() {
		c := gridColumn{head: named(w.texts.Areas, area), format: formatEuro}
		for _, year := range v.grid.rows {
			c.values = append(c.values, f.totalCost(area, year))
		}
		v.grid.columns = append(v.grid.columns, c)
		changes = append(changes, named(w.texts.Areas, area)+" "+w.growthText(f.figures[0].areas[area].change))
	}
	pairs := []string{"basis", f.base, "jaar", f.year, "opsomming", strings.Join(changes, ", ")}
	v.finding = fill(said.Finding, pairs...)
	var drawn []int
	v.chart, drawn = lineChart(&v.grid, &said, "#,##0", pairs...)
	return w.finish(&v, drawn)
}

// lineColors go from light to deep and back, so that neighbours differ in grey as well.
var lineColors = map[string]string{"0": "C9DCE6", "1": "0B3C5D", "1.5": "7FB2D6", "2": "E9A23B", "3": "8C4A00", "langdurig": "D9DEE2", "onbekend": "6B7680"}

// linePicture stacks the shares of the lines of care in the leading area, year by year.
func (w *workbook) linePicture() picture {
	f, said := &w.found, w.texts.Pictures.Lines
	v := picture{table: "verschuiving_lijn", heading: fill(said.Heading, "waar", named(w.texts.Within, f.area)), why: w.comparable("verschuiving_lijn")}
	if v.why != "" {
		return w.finish(&v, nil)
	}
	l := newLookup(w.book.Released, "verschuiving_lijn", "gebied", "jaar", "lijn")
	v.grid = grid{corner: w.columnText("", "jaar").Label, rows: unique(append(l.distinct("jaar"), f.base))}
	share := func(year, line string) figure {
		if year == f.base {
			return l.get("aandeel_basis_reeel", f.area, f.year, line)
		}
		return l.get("aandeel_reeel", f.area, year, line)
	}
	lines := l.distinct("lijn")
	slices.SortFunc(lines, func(a, b string) int { return cmp.Compare(rank(lineRank, a), rank(lineRank, b)) })
	for _, line := range lines {
		c := gridColumn{head: named(w.texts.Lines, line), format: formatPercent}
		for _, year := range v.grid.rows {
			c.values = append(c.values, share(year, line))
		}
		v.grid.columns = append(v.grid.columns, c)
	}
	special := func(year string) figure { return add(share(year, "2"), share(year, "3")) }
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year,
		"was", w.percentText(special(f.base)), "is", w.percentText(special(f.year))}
	v.finding = w.seen(said.Finding, pairs, special(f.base), special(f.year))
	drawn, from, to := v.grid.drawable()
	if len(drawn) > 1 {
		v.chart = &chartPlan{
			kind: excelize.ColStacked, title: w.seen(said.Title, pairs, special(f.base), special(f.year)), alt: w.seen(said.Alt, pairs, special(f.base), special(f.year)),
			unit: said.Unit, code: "0%",
			from: from, to: to, legend: true, most: 1,
		}
		for _, column := range drawn {
			v.chart.series = append(v.chart.series, seriesPlan{column: column, color: lineColors[lines[column]]})
		}
	}
	return w.finish(&v, drawn)
}

// stackPicture sets the classes of stacked arrangements of the base year beside those of now.
func (w *workbook) stackPicture() picture {
	f, said := &w.found, w.texts.Pictures.Stacking
	v := picture{table: "stapeling_personen", heading: fill(said.Heading, "waar", named(w.texts.Within, f.area)), why: w.comparable("stapeling_personen")}
	if v.why != "" {
		return w.finish(&v, nil)
	}
	l := newLookup(w.book.Released, "stapeling_personen", "gebied", "jaar", "telling", "klasse")
	v.grid = grid{corner: w.columnText("", "klasse").Label, rows: []string{"1", "2", "3", "4", "5", "6+"}}
	for _, year := range []string{f.base, f.year} {
		c := gridColumn{head: year, format: formatPerThousand}
		for _, class := range v.grid.rows {
			c.values = append(c.values, l.get("per_1000", f.area, year, "arrangementen", class))
		}
		v.grid.columns = append(v.grid.columns, c)
	}
	own := f.figures[slices.IndexFunc(f.figures, func(k keyFigure) bool { return k.id == figureStacking })].areas[f.area]
	per := func(v figure) string {
		if v.State != disclosure.Shown {
			return w.growthText(v)
		}
		return w.texts.number(v.Value, 1)
	}
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year, "was", per(own.base), "is", per(own.now)}
	v.finding = w.seen(said.Finding, pairs, own.base, own.now)
	if shown := v.grid.shownFirst(); shown >= 2 {
		v.chart = &chartPlan{
			kind: excelize.Col, title: w.seen(said.Title, pairs, own.base, own.now), alt: w.seen(said.Alt, pairs, own.base, own.now),
			unit: said.Unit, code: "#,##0.0",
			to: shown - 1, labels: true, legend: true, series: []seriesPlan{{column: 0, color: colorPale}, {column: 1, color: colorGain}},
		}
	}
	return w.finish(&v, []int{0, 1})
}

// payerPicture draws what each payer spends above or below what is expected.
func (w *workbook) payerPicture() picture {
	f, said := &w.found, w.texts.Pictures.Payers
	v := picture{table: "baten_lasten", heading: fill(said.Heading, "waar", named(w.texts.Within, f.area)), why: w.comparable("baten_lasten")}
	if v.why != "" {
		return w.finish(&v, nil)
	}
	l := newLookup(w.book.Released, "baten_lasten", "gebied", "jaar", "financier")
	payers := l.distinct("financier")
	slices.SortFunc(payers, func(a, b string) int { return cmp.Compare(rank(payerRank, a), rank(payerRank, b)) })
	v.grid = grid{corner: w.columnText("baten_lasten", "financier").Label, columns: []gridColumn{
		{head: w.columnText("baten_lasten", "verwacht_reeel").Label, format: formatEuro},
		{head: w.columnText("baten_lasten", "werkelijk_reeel").Label, format: formatEuro},
		{head: w.columnText("baten_lasten", "verschil_reeel").Label, format: formatEuroSigned},
	}}
	var told []string
	for _, payer := range payers {
		name := named(w.texts.Words["financier"], payer)
		v.grid.rows = append(v.grid.rows, name)
		for i, measure := range []string{"verwacht_reeel", "werkelijk_reeel", "verschil_reeel"} {
			v.grid.columns[i].values = append(v.grid.columns[i].values, l.get(measure, f.area, f.year, payer))
		}
		difference := l.get("verschil_reeel", f.area, f.year, payer)
		amount := w.growthText(difference)
		if difference.State == disclosure.Shown {
			amount = w.amount(difference.Value)
		}
		told = append(told, name+" "+amount)
	}
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year, "opsomming", strings.Join(told, ", ")}
	v.finding = fill(said.Finding, pairs...)
	if shown := v.grid.shownFirst(); shown >= 2 {
		v.chart = &chartPlan{
			kind: excelize.Col, title: fill(said.Title, pairs...), alt: fill(said.Alt, pairs...), unit: fill(said.Unit, pairs...),
			code: "#,##0", to: shown - 1, labels: false, legend: false, series: []seriesPlan{{column: 2, color: colorGain}},
		}
	}
	return w.finish(&v, []int{0, 1, 2})
}

const mostBars = 12

// benchmarkPicture draws how far the largest kinds of care are from the country.
func (w *workbook) benchmarkPicture() picture {
	f, said := &w.found, w.texts.Pictures.Benchmark
	v := picture{table: "benchmark", heading: fill(said.Heading, "waar", named(w.texts.Within, f.area)), why: w.comparable("benchmark")}
	if v.why == w.texts.Pictures.NoYear {
		v.why = "" // the country is a comparison of its own
	}
	if v.why != "" {
		return w.finish(&v, nil)
	}
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
		return w.finish(&v, nil)
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
	return w.finish(&v, []int{0})
}
