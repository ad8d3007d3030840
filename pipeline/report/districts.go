package report

import (
	"cmp"
	"math"
	"slices"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// districtTexts are the words of the sheet that puts districts side by side.
type districtTexts struct {
	Tab, Title, Question, Finding, NoFinding, None string
	Area, Costs, CostsYears                        string
	Population, CostBase, CostNow, Change          string
	Zvw, Specialist, Stacking                      string
	ChartTitle, ChartAlt, ChartRest                string
}

const (
	mostDistricts  = 12 // that get a chart of their own
	districtAcross = 3
	districtHeight = 165.0 // points
	districtGap    = 24    // pixels between charts
)

// districts are the areas side by side, and what the sheet says of them.
type districts struct {
	areas   []string
	finding string
	side    grid // one row per area, the newest figures
	years   grid // one row per area, the costs of every year
	charts  []districtChart
	rest    int // districts without a chart, because there are too many
	// low and high are the ends of the axis of every chart, so that they can be compared; both zero are for the reader's program.
	low, high float64
}

// districtChart draws one district beside the region over some of the years.
type districtChart struct {
	row        int // of the district in both grids
	from, to   int // columns of the years
	title, alt string
}

// sideBySide compares the leading areas, the municipalities and the districts.
func (w *workbook) sideBySide() districts {
	f, t := &w.found, w.texts.Districts
	var d districts
	if f.year == "" {
		return d
	}
	d.areas = slices.DeleteFunc(f.cost.distinct("gebied"), func(area string) bool { return level(area) == "buurt" || level(area) == "overig" })
	slices.SortStableFunc(d.areas, compareAreas)
	people := newLookup(w.book.Released, "kerncijfers_gebied", "gebied", "jaar")
	measures := []struct {
		head   string
		format format
		value  func(area string) figure
	}{
		{fill(t.Population, "jaar", f.year), formatCount, func(a string) figure { return people.get("inwoners", a, f.year) }},
		{fill(t.CostBase, "jaar", f.base), formatEuro, func(a string) figure { return f.totalCost(a, f.base) }},
		{fill(t.CostNow, "jaar", f.year), formatEuro, func(a string) figure { return f.totalCost(a, f.year) }},
		{t.Change, formatGrowth, func(a string) figure { return growth(f.totalCost(a, f.base), f.totalCost(a, f.year)) }},
		{fill(t.Zvw, "jaar", f.year), formatPercent, func(a string) figure { return f.share(a, f.year, []string{"zvw"}) }},
		{fill(t.Specialist, "jaar", f.year), formatPercent, func(a string) figure { return sumOf(&f.line, "aandeel_zorg_reeel", a, f.year, []string{"2", "3"}) }},
		{fill(t.Stacking, "jaar", f.year), formatPerThousand, func(a string) figure { return stacked(&f.stack, a, f.year) }},
	}
	for _, m := range measures {
		d.side.columns = append(d.side.columns, columnOver(d.areas, m.head, m.format, m.value))
	}
	years := f.cost.distinct("jaar")
	for _, year := range years[max(0, len(years)-mostColumns):] {
		d.years.columns = append(d.years.columns, columnOver(d.areas, year, formatEuro, func(area string) figure { return f.totalCost(area, year) }))
	}
	d.side.corner, d.years.corner = t.Area, t.Area
	for _, area := range d.areas {
		d.side.rows = append(d.side.rows, w.areaLabel(area))
	}
	d.years.rows = d.side.rows
	w.districtFinding(&d)
	if table, _ := w.book.Released.Table("kerncijfers_gebied"); slices.Contains(table.Uneven, disclosure.Uneven{Measure: "inwoners", Period: f.year}) {
		d.finding += " " + w.texts.RowUneven
	}
	w.districtCharts(&d)
	d.axis()
	return d
}

// axis finds round ends for all charts together.
func (d *districts) axis() {
	low, high := math.Inf(1), math.Inf(-1)
	region := slices.Index(d.areas, "regio")
	for _, c := range d.charts {
		for _, column := range d.years.columns[c.from : c.to+1] {
			for _, row := range []int{c.row, region} {
				low, high = math.Min(low, column.values[row].Value), math.Max(high, column.values[row].Value)
			}
		}
	}
	if low >= high {
		return
	}
	step := math.Pow(10, math.Floor(math.Log10(high-low))) / 2
	d.low, d.high = math.Floor(low/step)*step, math.Ceil(high/step)*step
}

// areaLabel is the name of an area with its code.
func (w *workbook) areaLabel(area string) string {
	name := w.areaName(disclosure.Cell{Text: area})
	if name == area || w.texts.Areas[area] != "" {
		return name
	}
	return name + " (" + area + ")"
}

// districtFinding names the districts that changed most and least.
func (w *workbook) districtFinding(d *districts) {
	f, t := &w.found, w.texts.Districts
	change := d.side.columns[3].values
	var rows []int
	for i, area := range d.areas {
		if level(area) == "wijk" && change[i].State == disclosure.Shown {
			rows = append(rows, i)
		}
	}
	if len(rows) < 2 {
		d.finding = t.NoFinding
		return
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(change[b].Value, change[a].Value) })
	top, low := rows[0], rows[len(rows)-1]
	d.finding = fill(t.Finding, "basis", f.base, "jaar", f.year, "meest", w.areaName(disclosure.Cell{Text: d.areas[top]}), "procent", w.growthText(change[top]),
		"minst", w.areaName(disclosure.Cell{Text: d.areas[low]}), "ander", w.growthText(change[low]))
}

// districtCharts plans a chart for the districts with most people, as long as their years are to be seen.
func (w *workbook) districtCharts(d *districts) {
	t, region := w.texts.Districts, slices.Index(d.areas, "regio")
	if region < 0 {
		return
	}
	var rows []int
	for i, area := range d.areas {
		if level(area) == "wijk" {
			rows = append(rows, i)
		}
	}
	size := func(row int) float64 { return d.side.columns[0].values[row].Value }
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
	for _, row := range rows {
		from, to := d.years.run(row, region)
		if from == to {
			continue
		}
		if len(d.charts) == mostDistricts {
			d.rest++
			continue
		}
		name := w.areaName(disclosure.Cell{Text: d.areas[row]})
		first, last := d.years.columns[from], d.years.columns[to]
		for _, c := range d.years.columns[from : to+1] { // the years of the table above, where the chart has them
			switch c.head {
			case w.found.base:
				first = c
			case w.found.year:
				last = c
			}
		}
		pairs := []string{"wijk", name, "procent", w.growthText(growth(first.values[row], last.values[row])), "van", first.head, "tot", last.head,
			"regio", w.growthText(growth(first.values[region], last.values[region]))}
		d.charts = append(d.charts, districtChart{row: row, from: from, to: to, title: fill(t.ChartTitle, pairs...), alt: fill(t.ChartAlt, pairs...)})
	}
}

// run finds the newest columns next to each other in which all these rows are shown; from is to when there are no two.
func (g *grid) run(rows ...int) (from, to int) {
	seen := func(column int) bool {
		return !slices.ContainsFunc(rows, func(row int) bool { return g.columns[column].values[row].State != disclosure.Shown })
	}
	for to = len(g.columns) - 1; to > 0; to-- {
		for from = to; from > 0 && seen(from) && seen(from-1); {
			from--
		}
		if from < to {
			return from, to
		}
	}
	return 0, 0
}

// writeDistricts makes the sheet with the districts side by side.
func (w *workbook) writeDistricts() error {
	t, d := w.texts.Districts, &w.side
	widths := []float64{pictureLabel + 8}
	for range mostColumns {
		widths = append(widths, pictureValue)
	}
	p := w.newPage(t.Tab, widths...)
	w.pageTop(p, t.Title, t.Question)
	if len(d.areas) == 0 {
		p.put(1, p.row, fill(w.texts.EmptyTable, "reden", t.None), w.styles.question)
		return p.close(landscape, 0)
	}
	p.paragraph(1, p.columns, p.row, d.finding, w.styles.finding, 15, 1.05)
	p.row += 2
	w.putGrid(p, &d.side, 1)
	p.row++
	p.section(fill(t.Costs, "basis", w.found.base))
	charts := p.row
	across := (len(d.charts) + districtAcross - 1) / districtAcross
	for range across {
		for used := 0.0; used < districtHeight; used += 15 {
			p.height(p.row, 15)
			p.row++
		}
	}
	if d.rest > 0 {
		p.put(1, p.row, fill(t.ChartRest, "n", w.texts.number(float64(d.rest), 0)), w.styles.status)
		p.row++
	}
	p.row++
	if len(d.charts) > 0 {
		p.breakHere()
	}
	p.section(fill(t.CostsYears, "basis", w.found.base))
	head := p.row
	w.putGrid(p, &d.years, 1)
	for i := range d.charts {
		if p.err == nil {
			chart := w.smallChart(p, &d.charts[i], head)
			column, offset := p.column((i % districtAcross) * int(chart.Dimension.Width+districtGap))
			chart.Format.OffsetX += offset
			p.keep(w.file.AddChart(p.tab, p.at(column, charts+(i/districtAcross)*int(districtHeight/15)), chart))
		}
	}
	return p.close(landscape, 0)
}

// smallChart draws a district and the region as lines.
func (w *workbook) smallChart(p *page, c *districtChart, head int) *excelize.Chart {
	span := func(row int) string {
		return reference(p.tab, p.absolute(c.from+2, row)+":"+p.absolute(c.to+2, row))
	}
	series := func(row int, look seriesPlan) excelize.ChartSeries {
		return excelize.ChartSeries{
			Name: reference(p.tab, p.absolute(1, row)), Categories: span(head), Values: span(row), Fill: filled(look.color),
			Line:   excelize.ChartLine{Type: excelize.ChartLineSolid, Dash: look.dash, Width: 2},
			Marker: excelize.ChartMarker{Symbol: look.mark, Size: 5, Fill: filled(look.color)},
		}
	}
	region := slices.Index(w.side.areas, "regio")
	chart, _ := newChart(excelize.Line, c.title, c.title, c.alt, 8)
	chart.Series = []excelize.ChartSeries{series(head+1+c.row, lineLooks[0]), series(head+1+region, lineLooks[2])}
	chart.Format.OffsetX, chart.Format.OffsetY = 2, 2
	chart.Dimension = excelize.ChartDimension{Width: uint(pixels(p.widths)/districtAcross) - districtGap, Height: uint(districtHeight*4/3) - 8}
	chart.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "#,##0"}
	if w.side.low < w.side.high {
		chart.YAxis.Minimum, chart.YAxis.Maximum = &w.side.low, &w.side.high
	}
	return chart
}
