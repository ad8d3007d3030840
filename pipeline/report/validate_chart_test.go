package report

import (
	"slices"
	"strconv"
	"strings"
)

// chartWords are the values that an element of a chart may have.
var chartWords = map[string]string{
	"barDir": "bar col", "grouping": "percentStacked standard stacked clustered", "axPos": "b l r t", "orientation": "maxMin minMax", "crosses": "autoZero max min",
	"crossBetween": "between midCat", "tickLblPos": "high low nextTo none", "majorTickMark": "cross in none out", "minorTickMark": "cross in none out",
	"legendPos": "b tr l r t", "dispBlanksAs": "span gap zero", "lblAlgn": "ctr l r", "dLblPos": "bestFit b ctr inBase inEnd l outEnd r t",
	"symbol": "circle dash diamond dot none picture plus square star triangle x auto", "scatterStyle": "none line lineMarker marker smooth smoothMarker",
	"radarStyle": "standard marker filled", "errBarType": "both minus plus", "errValType": "cust fixedVal percentage stdDev stdErr", "errDir": "x y",
}

// chartBounds are the lowest and highest value of an element of a chart.
var chartBounds = map[string][2]float64{
	"gapWidth": {0, 500}, "overlap": {-100, 100}, "holeSize": {1, 90}, "firstSliceAng": {0, 360}, "lblOffset": {0, 1000}, "size": {2, 72}, "max": {-1e308, 1e308}, "min": {-1e308, 1e308},
	"majorUnit": {1e-300, 1e308}, "minorUnit": {1e-300, 1e308}, "tickLblSkip": {1, gridRows}, "tickMarkSkip": {1, gridRows}, "perspective": {0, 240}, "style": {1, 48},
}

// checkDrawing examines what floats over the cells.
func (v *validation) checkDrawing(part string) {
	root := v.docs[part]
	if root == nil || root.name != "wsDr" {
		v.addf(part, "", "this is no drawing")
		return
	}
	v.order(part, root)
	ids := map[string]bool{}
	root.walk(func(n *xmlNode) {
		if n.name == "cNvPr" {
			if id, err := strconv.Atoi(n.attr("id")); err != nil || id < 0 || ids[n.attr("id")] {
				v.addf(part, n.attr("name"), "the id %q is no number, or there twice", n.attr("id"))
			}
			ids[n.attr("id")] = true
		}
	})
	shown := 0
	for _, anchor := range root.kids {
		v.checkAnchor(part, anchor)
		anchor.walk(func(n *xmlNode) {
			for kind, head := range map[string]string{"graphicFrame": "nvGraphicFramePr", "pic": "nvPicPr"} {
				if n.name == kind && strings.TrimSpace(n.child(head, "cNvPr").attr("descr")) == "" {
					v.addf(part, n.child(head, "cNvPr").attr("name"), "there is no text for who cannot see it")
				}
			}
			if n.name != "graphicData" || !strings.HasSuffix(n.attr("uri"), "/chart") {
				return
			}
			r := v.relation(part, n.child("chart").relationID())
			if r.kind != "chart" {
				v.addf(part, "graphicData", "its relationship leads to no chart")
				return
			}
			shown++
			v.checkChart(r.target)
		})
	}
	if charts := len(v.targets(part, "chart")); charts != shown {
		v.addf(part, "", "%d charts belong to the drawing, %d are shown", charts, shown)
	}
}

func (v *validation) checkAnchor(part string, anchor *xmlNode) {
	corner := func(name string) (column, row int, ok bool) {
		at := anchor.child(name)
		if at.child("col") == nil || at.child("row") == nil {
			return 0, 0, false
		}
		column, err1 := strconv.Atoi(at.child("col").text)
		row, err2 := strconv.Atoi(at.child("row").text)
		return column, row, err1 == nil && err2 == nil && column >= 0 && column < gridColumns && row >= 0 && row < gridRows
	}
	if anchor.name != "twoCellAnchor" && anchor.name != "oneCellAnchor" {
		return
	}
	column, row, ok := corner("from")
	if anchor.name == "twoCellAnchor" && ok {
		right, bottom, inside := corner("to")
		ok = inside && right >= column && bottom >= row
	}
	if !ok {
		v.addf(part, anchor.name, "the anchor is outside the sheet, or upside down")
	}
}

func (v *validation) checkChart(part string) {
	root := v.docs[part]
	if root == nil || root.name != "chartSpace" {
		v.addf(part, "", "this is no chart")
		return
	}
	v.order(part, root)
	root.walk(func(n *xmlNode) {
		if !strings.HasSuffix(n.space, "/chart") || !n.has("val") {
			return
		}
		value := n.attr("val")
		if allowed, ok := chartWords[n.name]; ok && !slices.Contains(strings.Fields(allowed), value) {
			v.addf(part, n.name, "%q is no value of it", value)
		}
		if bounds, ok := chartBounds[n.name]; ok && !isWithin(value, bounds[0], bounds[1]) {
			v.addf(part, n.name, "%s is no value of it", value)
		}
	})
	plot := root.child("chart", "plotArea")
	if plot == nil {
		return
	}
	v.checkAxes(part, plot)
	seen, values := map[string]bool{}, 0
	for _, group := range plot.kids {
		v.checkLabels(part, group)
		for _, series := range group.all("ser") {
			for _, id := range []string{"idx", "order"} {
				key := id + " " + series.value(id)
				if n, err := strconv.Atoi(series.value(id)); err != nil || n < 0 || seen[key] {
					v.addf(part, "ser", "%s is no number, or there twice", key)
				}
				seen[key] = true
			}
			values += v.checkSeries(part, series)
		}
	}
	if values == 0 {
		v.addf(part, "", "the chart shows no number")
	}
}

func (v *validation) checkAxes(part string, plot *xmlNode) {
	axes, used := map[string]bool{}, map[string]bool{}
	var list []*xmlNode
	for _, k := range plot.kids {
		if strings.HasSuffix(k.name, "Ax") {
			list = append(list, k)
			if axes[k.value("axId")] {
				v.addf(part, k.name, "two axes have the id %s", k.value("axId"))
			}
			axes[k.value("axId")] = true
		}
	}
	for _, group := range plot.kids {
		ids := group.all("axId")
		if !strings.HasSuffix(group.name, "Chart") {
			continue
		}
		if len(ids) == 1 || len(ids) > 3 || len(ids) == 3 && !strings.Contains(group.name, "3D") {
			v.addf(part, group.name, "%d axes", len(ids))
		}
		for _, id := range ids {
			if !axes[id.attr("val")] {
				v.addf(part, group.name, "the axis %s is not there", id.attr("val"))
			}
			used[id.attr("val")] = true
		}
	}
	for _, k := range list {
		id, crossed := k.value("axId"), k.value("crossAx")
		if !used[id] {
			v.addf(part, k.name, "no series uses the axis %s", id)
		}
		if !axes[crossed] || crossed == id {
			v.addf(part, k.name, "it crosses the axis %q, which is not there", crossed)
		}
		low, high := k.child("scaling").value("min"), k.child("scaling").value("max")
		if low != "" && high != "" && !isWithin(low, -1e308, float64At(high)) {
			v.addf(part, k.name, "the axis ends before it begins")
		}
	}
}

func float64At(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return -1e308
	}
	return f
}

// checkLabels wants labels where the kind of chart can have them: Excel repairs others away.
func (v *validation) checkLabels(part string, group *xmlNode) {
	stacked := strings.Contains(strings.ToLower(group.value("grouping")), "stacked")
	allowed := map[string]string{"lineChart": "t b l r ctr", "scatterChart": "t b l r ctr", "bubbleChart": "t b l r ctr", "pieChart": "bestFit ctr inEnd outEnd", "radarChart": "outEnd"}[group.name]
	if group.name == "barChart" {
		allowed = "ctr inBase inEnd outEnd"
		if stacked {
			allowed = "ctr inBase inEnd"
		}
	}
	group.walk(func(n *xmlNode) {
		if n.name == "dLblPos" && !slices.Contains(strings.Fields(allowed), n.attr("val")) {
			v.addf(part, "dLblPos", "a %s chart has no labels at %s", group.name, n.attr("val"))
		}
	})
}

// checkSeries gives how many numbers a series shows.
func (v *validation) checkSeries(part string, series *xmlNode) int {
	place := "ser " + series.value("idx")
	if ref := series.child("tx", "strRef", "f"); ref != nil {
		if s, a, ok := v.resolve(ref.text); !ok || a.cells() != 1 || !s.filled(a) {
			v.addf(part, place, "the name %s is not in one cell", ref.text)
		}
	}
	categories, values := 0, 0
	for _, k := range series.kids {
		switch k.name {
		case "cat", "xVal", "val", "yVal", "bubbleSize", "errBars":
		default:
			continue
		}
		k.walk(func(n *xmlNode) {
			if n.name != "f" {
				return
			}
			v.checkCache(part, place+" "+k.name, n.text, k)
			cells, numbers := v.checkPlotted(part, place+" "+k.name, n.text, k.name != "cat" && k.name != "xVal")
			switch k.name {
			case "cat", "xVal":
				categories = cells
			case "val", "yVal":
				values = cells
				series.text = strconv.Itoa(numbers)
			default:
			}
		})
	}
	if categories > 0 && categories != values {
		v.addf(part, place, "%d categories and %d values", categories, values)
	}
	n, err := strconv.Atoi(series.text)
	if err != nil {
		v.addf(part, place, "it takes its values from no cells")
	}
	return n
}

// checkCache wants what a chart remembers of its cells to be what they hold.
func (v *validation) checkCache(part, place, ref string, data *xmlNode) {
	s, a, ok := v.resolve(ref)
	if !ok || a.left != a.right && a.top != a.bottom {
		return
	}
	data.walk(func(n *xmlNode) {
		at, err := strconv.Atoi(n.attr("idx"))
		if n.name != "pt" {
			return
		}
		column, row := a.left, a.top+at
		if a.top == a.bottom {
			column, row = a.left+at, a.top
		}
		if c, _ := s.cell(column, row); err != nil || at < 0 || at >= a.cells() || n.child("v") == nil || c.text != n.child("v").text {
			v.addf(part, place, "the chart remembers what %s does not hold", ref)
		}
	})
}

// checkPlotted wants numbers, or blanks among them, behind values, and words or
// numbers behind categories; never the mark of what is hidden or unknown.
func (v *validation) checkPlotted(part, place, ref string, values bool) (cells, numbers int) {
	s, a, ok := v.resolve(ref)
	if !ok {
		v.addf(part, place, "%s leads to no cells", ref)
		return 0, 0
	}
	if a.bottom-a.top > 100_000 || a.right-a.left > 1000 {
		v.addf(part, place, "%s is more than a chart shows", ref)
		return 0, 0
	}
	blank, there := a.cells(), false
	for row := a.top; row <= a.bottom; row++ {
		for column := a.left; column <= a.right; column++ {
			c, named := s.cell(column, row)
			there = there || named
			if c.kind != 0 {
				blank--
			}
			switch {
			case c.kind == 'n':
				numbers++
			case c.kind == 's' && (c.text == "x" || c.text == "."):
				v.addf(part, place, "%s holds the mark %s in row %d", ref, c.text, row)
			case c.kind != 0 && (values || c.kind != 's'):
				v.addf(part, place, "%s holds no number in row %d", ref, row)
			}
		}
	}
	if !there {
		v.addf(part, place, "%s holds no cell", ref)
	}
	if !values && blank > 0 && (a.left == a.right || a.top == a.bottom) {
		v.addf(part, place, "%s has %d empty categories", ref, blank)
	}
	if a.left != a.right && a.top != a.bottom {
		return max(a.right-a.left, a.bottom-a.top) + 1, numbers // categories of more than one level
	}
	return a.cells(), numbers
}
