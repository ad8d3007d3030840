package report

import (
	"math"
	"slices"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// The first columns of a grid of effects.
const (
	gridEffect = iota
	gridLow
	gridHigh
	gridBounds // how many they are
)

// effectGrid begins a grid of effects: the effect and its interval.
func (w *workbook) effectGrid(table, corner string, names []string, estimates []estimate) grid {
	g := grid{corner: corner, rows: names}
	for i, name := range []string{"effect", "ci_laag", "ci_hoog"} {
		c := gridColumn{head: w.columnText(table, name).Label, format: formatEuroSigned}
		for _, e := range estimates {
			c.values = append(c.values, [gridBounds]figure{e.effect, e.low, e.high}[i])
		}
		g.columns = append(g.columns, c)
	}
	return g
}

// pointChart draws every effect as a point on the bar of its interval, or without one where no interval is known. The rows that
// cannot be drawn come last in the grid; without any other there is no chart.
func (w *workbook) pointChart(v *picture, pairs ...string) {
	g, t := &v.grid, &w.texts.Effects
	v.note = t.Points
	n := g.shownFirst(gridBounds)
	bars := n
	if n == 0 {
		v.note = t.Dots
		n = g.shownFirst(gridLow)
	}
	if n == 0 {
		w.nothingDrawn(v)
		return
	}
	v.chart = effectChart(g, v.said, 0, n-1, pairs...)
	v.chart.gap = widestGap
	v.chart.over = []seriesPlan{{column: gridEffect, color: colorDeep, mark: "circle", loose: true}}
	aids := make([]gridColumn, effectAids) // where a bar stands, the bar, and its part beyond zero
	for i, head := range []string{t.Stand, t.Bar, t.Bar} {
		aids[i] = gridColumn{head: head, format: formatEuro, aid: true}
	}
	for row := range g.rows {
		var parts [effectAids]float64
		if row < bars {
			parts[0], parts[1], parts[2] = floating(g.columns[gridLow].values[row].Value, g.columns[gridHigh].values[row].Value)
		}
		for i := range aids {
			aids[i].values = append(aids[i].values, shown(parts[i]))
		}
	}
	for i, color := range []string{"", colorSpan, colorSpan} {
		v.behind(aids[i], color)
	}
	v.chart.settle()
}

// spanChart draws effects over time as a line with its interval as two others, and shades the rows before one; it draws the effect
// alone where the interval is not to be seen.
func (w *workbook) spanChart(v *picture, before int, pairs ...string) {
	g, t := &v.grid, &w.texts.Effects
	drawn, from, to := g.drawable()
	if len(drawn) == 0 {
		w.nothingDrawn(v)
		return
	}
	v.note = t.Line
	v.chart = effectChart(g, v.said, from, to, pairs...)
	v.chart.across = g.corner
	for _, column := range drawn {
		look := seriesPlan{column: column, color: colorGain, dash: excelize.ChartDashSolid, mark: "circle"}
		if column != gridEffect {
			look = seriesPlan{column: column, color: colorMuted, dash: excelize.ChartDashSysDash, mark: "none"}
			v.note = t.Span
		}
		v.chart.over = append(v.chart.over, look)
	}
	for _, end := range []float64{v.chart.least, v.chart.most} {
		shade := gridColumn{head: t.Shade, format: formatEuro, aid: true}
		for row := range g.rows {
			size := 0.0
			if row >= from && row < before {
				size = end
			}
			shade.values = append(shade.values, shown(size))
		}
		v.behind(shade, colorSoft)
	}
	v.chart.settle()
}

// behind adds a column of bars that stand behind what is drawn over them; one without any bar is left out.
func (v *picture) behind(c gridColumn, color string) {
	if slices.ContainsFunc(c.values, func(v figure) bool { return v.Value != 0 }) {
		v.chart.series = append(v.chart.series, seriesPlan{column: len(v.grid.columns), color: color})
		v.grid.columns = append(v.grid.columns, c)
	}
}

// settle makes a chart without bars one of what would have been drawn over them.
func (c *chartPlan) settle() {
	if len(c.series) == 0 {
		c.kind, c.series, c.over = excelize.Line, c.over, nil
	}
}

// nothingDrawn says why no effect is drawn.
func (w *workbook) nothingDrawn(v *picture) {
	v.note, v.why = "", w.texts.Effects.Nothing
	for _, effect := range v.grid.columns[gridEffect].values {
		if effect.State == disclosure.Hidden {
			v.why = w.texts.Pictures.Hidden
		}
	}
}

// effectChart plans bars over rows of a grid of effects, with an axis that holds zero and every number of the first columns.
func effectChart(g *grid, said *pictureText, from, to int, pairs ...string) *chartPlan {
	c := &chartPlan{
		kind: excelize.ColStacked, title: fill(said.Title, pairs...), alt: fill(said.Alt, pairs...), unit: fill(said.Unit, pairs...), code: "#,##0",
		from: from, to: to,
	}
	low, high := 0.0, 0.0
	for _, column := range g.columns[:gridBounds] {
		for _, v := range column.values[from : to+1] {
			if v.State == disclosure.Shown {
				low, high = math.Min(low, v.Value), math.Max(high, v.Value)
			}
		}
	}
	if low < high {
		room := axisRoom * (high - low)
		if low < 0 {
			low -= room
		}
		if high > 0 {
			high += room
		}
		c.step = axisStep(high - low)
		c.least, c.most = math.Floor(low/c.step)*c.step, math.Ceil(high/c.step)*c.step
	}
	return c
}

const (
	mostSteps = 8    // of an axis
	axisRoom  = 0.02 // between what is drawn and the end of its axis, as a part of the axis
	widestGap = 500  // between bars, in percents of a bar: the most that a chart can have
)

// axisStep is a round number that fits a length a few times.
func axisStep(length float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(length/mostSteps)))
	for _, times := range []float64{1, 2, 5} {
		if length <= mostSteps*times*power {
			return times * power
		}
	}
	return 10 * power
}
