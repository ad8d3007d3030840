package report

import (
	"fmt"
	"slices"
	"strconv"

	"ontschot/pipeline/disclosure"
)

// Account says what a workbook of the book holds and where: which sheet shows
// which released table, and the figures and texts that are made from released
// cells. It is made from the book anew, without the file.
func Account(b Book) (disclosure.Account, error) { return accountOf(b, dataRoom) }

func accountOf(b Book, room int) (disclosure.Account, error) {
	w, err := planned(b, room)
	if err != nil {
		return disclosure.Account{}, err
	}
	a := disclosure.Account{Hidden: w.texts.Hidden, Unknown: w.texts.Unknown, Facts: w.facts(), List: w.data.list(room)}
	for _, s := range w.data.sheets {
		a.Said = append(a.Said, w.dataLine(s))
	}
	for i := range w.sheets {
		s := &w.sheets[i]
		a.Claims = append(a.Claims, claim(s))
		a.Said = append(a.Said, w.rowLine(s), w.findingOf(s))
	}
	a.Said = append(a.Said, w.found.headline(w.texts, b), w.disclosureSize(), w.moreDeliveries())
	a.Figures = w.keyNumbers()
	for _, d := range b.Deliveries {
		a.Figures = append(a.Figures, disclosure.Figure{Part: w.texts.Proof.Tab, Number: strconv.FormatInt(d.Lines, 10)})
	}
	charts := 0
	visible, _ := splitShifts(w.found.shifts)
	if len(visible) >= 2 && w.found.largestShifts().visible() {
		charts++
		title, alt := w.chartTexts(visible)
		a.Said = append(a.Said, title, alt)
		bound := axisBound(visible)
		for _, v := range []float64{-bound, bound, bound / 2} {
			a.Figures = append(a.Figures, disclosure.Figure{Part: chartPart(charts), Number: floatText(v)})
		}
	}
	for _, sheet := range w.pictureSheets() {
		for i := range sheet.pictures {
			v := &sheet.pictures[i]
			a.Said = append(a.Said, v.finding, v.why, w.pictureSentence(v))
			a.Said = append(a.Said, v.more...)
			if v.chart != nil {
				charts++
				a.Said = append(a.Said, v.chart.title, v.chart.alt)
				for _, end := range v.chart.ends() {
					a.Figures = append(a.Figures, disclosure.Figure{Part: chartPart(charts), Number: floatText(end)})
				}
			}
			a.Figures = append(a.Figures, v.grid.numbers(sheet.tab)...)
		}
	}
	tab := w.texts.Districts.Tab
	a.Said = append(a.Said, w.side.finding, fill(w.texts.Districts.ChartRest, "n", w.texts.number(float64(w.side.rest), 0)))
	a.Figures = slices.Concat(a.Figures, w.side.side.numbers(tab), w.side.years.numbers(tab))
	for _, c := range w.side.charts {
		charts++
		a.Said = append(a.Said, c.title, c.alt)
		for _, end := range []float64{w.side.low, w.side.high} {
			a.Figures = append(a.Figures, disclosure.Figure{Part: chartPart(charts), Number: floatText(end)})
		}
	}
	for _, s := range w.sheets {
		a.Figures = append(a.Figures, disclosure.Figure{Part: w.texts.Contents.Tab, Number: strconv.Itoa(len(s.table.Rows))})
	}
	for _, s := range w.data.sheets {
		a.Figures = append(a.Figures, disclosure.Figure{Part: w.texts.Contents.Tab, Number: strconv.Itoa(s.rows)})
	}
	return a, nil
}

// chartPart is the part of a chart; they are numbered as they are made, from the first sheet on.
func chartPart(n int) string { return fmt.Sprintf("xl/charts/chart%d.xml", n) }

// claim says where the rows and columns of a table stand on its sheet.
func claim(s *sheet) disclosure.Claim {
	c := disclosure.Claim{Part: s.tab, Table: s.table.Name, FirstRow: rowHeader + 1, Rows: s.order}
	for _, column := range s.columns {
		claimed := disclosure.ClaimedColumn{Source: column.source}
		if !column.number() {
			claimed.Words = func(cell disclosure.Cell) string { return clean(column.text(cell)) }
		}
		c.Columns = append(c.Columns, claimed)
	}
	return c
}

// shownNumber is a number as its cell holds it; none where the figure is not shown.
func shownNumber(part string, v figure, value float64) []disclosure.Figure {
	if v.State != disclosure.Shown {
		return nil
	}
	return []disclosure.Figure{{Part: part, Number: floatText(value)}}
}

// keyNumbers are the numbers of the first sheet.
func (w *workbook) keyNumbers() []disclosure.Figure {
	var out []disclosure.Figure
	add := func(v figure, value float64) { out = append(out, shownNumber(w.texts.Summary.Tab, v, value)...) }
	f := &w.found
	for _, k := range f.figures {
		own := k.areas[f.area]
		add(own.base, keyValue(own.base, k.format))
		add(own.now, keyValue(own.now, k.format))
		add(own.change, keyValue(own.change, k.change))
		for _, area := range f.compared() {
			add(k.areas[area].change, keyValue(k.areas[area].change, k.change))
		}
	}
	for i := range w.goals {
		for c, v := range w.goals[i].values {
			add(v, keyValue(v, w.goals[i].shape(c)))
		}
	}
	for _, d := range f.shifts {
		add(d.shift, withoutMinusZero(d.shift.Value, formatEuroSigned))
		add(d.before, d.before.Value)
		add(d.after, d.after.Value)
	}
	return out
}

// numbers are those of a grid, as its cells hold them.
func (g *grid) numbers(tab string) []disclosure.Figure {
	var out []disclosure.Figure
	names := slices.Clone(g.rows)
	for _, c := range g.columns {
		names = append(names, c.head)
		for row, v := range c.values {
			out = append(out, shownNumber(tab, v, gridValue(v, c.shape(row)))...)
		}
	}
	for _, name := range names {
		if n, ok := wordOrNumber(name).(int); ok {
			out = append(out, disclosure.Figure{Part: tab, Number: strconv.Itoa(n)})
		}
	}
	return out
}

// floatText writes a number as a cell holds it.
func floatText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// facts are the texts of the book that tell of no person and may hold long numbers.
func (w *workbook) facts() []string {
	b := w.book
	facts := []string{
		b.Region, w.title(), cut(w.title(), printedSigns), b.Recipient, named(w.texts.Recipients, b.Recipient),
		b.Fingerprint, short(b.Fingerprint), w.standText(), yearText(b.BaseYear),
	}
	for _, v := range b.Versions {
		facts = append(facts, named(w.texts.Notices.Versions, v.Name), v.Value)
	}
	for _, d := range b.Deliveries {
		facts = append(facts, d.Supplier, d.Table, d.File, d.Date, short(d.Hash))
	}
	facts = append(facts, w.side.side.rows...) // areas and their codes
	for i := range w.effects {
		facts = append(facts, w.effects[i].grid.rows...) // projects, which have any name
	}
	for _, s := range b.PriceSources {
		facts = append(facts, w.texts.priceSource(s))
	}
	for i := range w.sheets {
		s := &w.sheets[i]
		facts = append(facts, s.title, s.question, s.tab, s.table.Grain, s.table.Method, s.table.Empty)
	}
	facts = slices.Concat(facts, b.Codes)
	for _, warned := range b.Warnings {
		if slices.Contains(b.Codes, warned.Example) {
			facts = append(facts, w.texts.example(warned.Check, warned.Example))
		}
	}
	for i, fact := range facts {
		facts[i] = clean(fact)
	}
	return facts
}
