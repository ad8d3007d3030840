package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// cellRead is a cell as it stands in the file: n number, s text, b truth, e error, 0 blank.
type cellRead struct {
	column int
	kind   byte
	text   string
}

// sheetRead is a worksheet as it stands in the file.
type sheetRead struct {
	tab, part string
	shown     bool
	root      *xmlNode
	cells     map[int][]cellRead
	used      cellArea // of the cells that are there, blank or not; 0 when there are none
	formulas  []string
	tables    []tableRead
}

// cell is the cell at a place; there tells whether the file names it.
func (s *sheetRead) cell(column, row int) (c cellRead, there bool) {
	i, there := slices.BinarySearchFunc(s.cells[row], column, func(c cellRead, column int) int { return c.column - column })
	if !there {
		return cellRead{}, false
	}
	return s.cells[row][i], true
}

// each visits the cells of an area that hold something.
func (s *sheetRead) each(a cellArea, f func(row int, c cellRead)) {
	for row := max(a.top, s.used.top); row <= min(a.bottom, s.used.bottom); row++ {
		for _, c := range s.cells[row] {
			if c.kind != 0 && c.column >= a.left && c.column <= a.right {
				f(row, c)
			}
		}
	}
}

// filled tells whether an area holds something.
func (s *sheetRead) filled(a cellArea) bool {
	found := false
	s.each(a, func(int, cellRead) { found = true })
	return found
}

func (v *validation) readCells(s *sheetRead) {
	last := 0
	parseXML(v.parts[s.part], func(r *xmlNode) {
		row := last + 1
		if r.has("r") {
			row = rowNumber(r.attr("r"))
		}
		place := "row " + r.attr("r")
		switch {
		case row == 0 || row > gridRows:
			v.addf(s.part, place, "the row is outside the sheet")
			return
		case row <= last:
			v.addf(s.part, place, "the row comes after row %d", last)
			return
		}
		last = row
		v.checkStyle(s.part, place, r.attr("s"))
		if ht := r.attr("ht"); ht != "" && !isWithin(ht, 0, 409.5) {
			v.addf(s.part, place, "the height %s is none", ht)
		}
		v.readRow(s, r, row)
	})
}

func (v *validation) readRow(s *sheetRead, r *xmlNode, row int) {
	last := 0
	for _, k := range r.kids {
		column, at, ok := last+1, row, k.name == "c"
		if k.has("r") && ok {
			column, at, ok = addressOf(k.attr("r"))
		}
		switch {
		case !ok || at != row || column > gridColumns:
			v.addf(s.part, k.attr("r"), "this is no cell of row %d", row)
			continue
		case column <= last:
			v.addf(s.part, k.attr("r"), "the cell comes after one to its right, or is there twice")
			continue
		}
		last = column
		if s.used == (cellArea{}) {
			s.used = cellArea{column, row, column, row}
		}
		s.used = cellArea{min(s.used.left, column), s.used.top, max(s.used.right, column), row}
		s.cells[row] = append(s.cells[row], v.readCell(s, k, column))
	}
}

func (v *validation) readCell(s *sheetRead, k *xmlNode, column int) cellRead {
	place := k.attr("r")
	v.checkStyle(s.part, place, k.attr("s"))
	if k.child("f") != nil {
		v.addf(s.part, place, "a formula")
		s.formulas = append(s.formulas, place)
	}
	v.order(s.part, k)
	value, text := k.child("v"), ""
	if value != nil {
		text = value.text
	}
	out := cellRead{column: column, text: text}
	switch kind := k.attr("t"); {
	case kind == "inlineStr":
		inner := k.child("is")
		if inner == nil || value != nil {
			v.addf(s.part, place, "a text of its own stands in is, not in v")
			return out
		}
		raw, kept := inner.content()
		v.checkText(s.part, place, raw, kept)
		out.kind, out.text = 's', unescaped(raw)
	case value == nil || k.child("is") != nil:
		if kind != "" && kind != "n" || k.child("is") != nil {
			v.addf(s.part, place, "a cell of the type %q without a value of it", kind)
		}
	case kind == "" || kind == "n":
		out.kind = 'n'
		if !isFinite(text) {
			v.addf(s.part, place, "%q is no number", text)
		}
	case kind == "s":
		out.kind = 's'
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= len(v.strings) {
			v.addf(s.part, place, "the shared text %q is not there", text)
			return out
		}
		out.text = v.strings[i].text
	case kind == "b" && (text == "0" || text == "1"):
		out.kind = 'b'
	case kind == "str":
		out.kind, out.text = 's', unescaped(text)
	case kind == "e":
		out.kind = 'e'
		v.addf(s.part, place, "an error: %s", text)
	default:
		v.addf(s.part, place, "%q is no value of the type %q", text, kind)
	}
	if out.kind == 's' && strings.Contains(out.text, "#REF!") {
		v.addf(s.part, place, "#REF!")
	}
	if out.kind == 's' && out.text == "" {
		out.kind = 0
	}
	return out
}

func isWithin(s string, low, high float64) bool {
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && f >= low && f <= high
}

func (v *validation) checkStyle(part, place, style string) {
	if n, err := strconv.Atoi(cmp.Or(style, "0")); err != nil || n < 0 || n >= max(v.styles.cells, 1) {
		v.addf(part, place, "the style %q is not there", style)
	}
}

func (v *validation) checkSheet(s *sheetRead) {
	if s.root == nil || s.root.name != "worksheet" && s.root.name != "chartsheet" {
		v.addf(s.part, "", "this is no worksheet")
		return
	}
	v.order(s.part, s.root)
	if d := s.root.child("dimension"); d != nil {
		a, ok := rangeOf(d.attr("ref"))
		if u := s.used; !ok || u != (cellArea{}) && (a.left > u.left || a.top > u.top || a.right < u.right || a.bottom < u.bottom) {
			v.addf(s.part, "dimension", "%s does not cover the cells", d.attr("ref"))
		}
	}
	last := 0
	for _, k := range s.root.child("cols").all("col") {
		from, err1 := strconv.Atoi(k.attr("min"))
		to, err2 := strconv.Atoi(k.attr("max"))
		if err1 != nil || err2 != nil || from <= last || to < from || to > gridColumns {
			v.addf(s.part, "col "+k.attr("min"), "the columns overlap, descend or are outside the sheet")
		}
		last = to
		if w := k.attr("width"); w != "" && !isWithin(w, 0, 255) {
			v.addf(s.part, "col "+k.attr("min"), "the width %s is none", w)
		}
		v.checkStyle(s.part, "col "+k.attr("min"), k.attr("style"))
	}
	for _, view := range s.root.child("sheetViews").all("sheetView") {
		if pane := view.child("pane"); pane != nil {
			v.checkPane(s, view, pane)
		}
	}
	v.checkMerged(s)
	v.checkLinks(s)
	v.checkConditions(s)
	if page := s.root.child("headerFooter"); page != nil {
		for _, k := range page.kids {
			if utf16Units(k.text) > longestHeader {
				v.addf(s.part, k.name, "it has more than %d characters", longestHeader)
			}
		}
	}
	if page := s.root.child("pageSetup"); page.has("scale") && !isWithin(page.attr("scale"), 10, 400) {
		v.addf(s.part, "pageSetup", "the scale is none")
	}
}

func (v *validation) checkPane(s *sheetRead, view, pane *xmlNode) {
	x, err1 := strconv.ParseFloat(cmp.Or(pane.attr("xSplit"), "0"), 64)
	y, err2 := strconv.ParseFloat(cmp.Or(pane.attr("ySplit"), "0"), 64)
	want := map[[2]bool]string{{true, true}: "bottomRight", {true, false}: "topRight", {false, true}: "bottomLeft"}[[2]bool{x > 0, y > 0}]
	if err1 != nil || err2 != nil || want == "" {
		v.addf(s.part, "pane", "it splits nothing")
		return
	}
	if pane.attr("activePane") != want {
		v.addf(s.part, "pane", "the active pane is %q, want %s", pane.attr("activePane"), want)
	}
	column, row, ok := addressOf(pane.attr("topLeftCell"))
	if frozen := strings.HasPrefix(pane.attr("state"), "frozen"); pane.has("topLeftCell") && (!ok || frozen && (float64(column) <= x || float64(row) <= y)) {
		v.addf(s.part, "pane", "topLeftCell %s lies in the frozen part", pane.attr("topLeftCell"))
	}
	for _, k := range view.all("selection") {
		for ref := range strings.FieldsSeq(k.attr("sqref")) {
			if _, ok := rangeOf(ref); !ok {
				v.addf(s.part, "selection", "%s is no range", ref)
			}
		}
	}
}

func (v *validation) checkMerged(s *sheetRead) {
	merged := s.root.child("mergeCells")
	if n := merged.attr("count"); n != "" && n != strconv.Itoa(len(merged.kids)) {
		v.addf(s.part, "mergeCells", "count is %q, there are %d", n, len(merged.kids))
	}
	var before []cellArea
	for _, k := range merged.all("mergeCell") {
		a, ok := rangeOf(k.attr("ref"))
		if !ok || a.cells() < 2 {
			v.addf(s.part, "mergeCell "+k.attr("ref"), "it is no range of more than one cell")
		}
		if slices.ContainsFunc(before, a.overlaps) {
			v.addf(s.part, "mergeCell "+k.attr("ref"), "it overlaps another")
		}
		before = append(before, a)
	}
}

func (v *validation) checkLinks(s *sheetRead) {
	links := s.root.child("hyperlinks").all("hyperlink")
	if len(links) > mostLinks {
		v.addf(s.part, "hyperlinks", "%d are more than Excel takes", len(links))
	}
	for _, k := range links {
		place := "hyperlink " + k.attr("ref")
		a, ok := rangeOf(k.attr("ref"))
		if !ok || !s.filled(a) {
			v.addf(s.part, place, "it lies on no cell with a text")
		}
		to := k.attr("location")
		if _, _, found := v.resolve(to); to != "" && !found {
			v.addf(s.part, place, "%s is not there", to)
		}
		if to == "" && k.relationID() == "" {
			v.addf(s.part, place, "it leads nowhere")
		}
		if utf16Units(k.attr("tooltip")) > longestHeader {
			v.addf(s.part, place, "the tip is too long")
		}
	}
}

// checkConditions examines what colours cells by their value.
func (v *validation) checkConditions(s *sheetRead) {
	for _, k := range s.root.all("conditionalFormatting") {
		place := "conditionalFormatting " + k.attr("sqref")
		for ref := range strings.FieldsSeq(k.attr("sqref")) {
			if _, ok := rangeOf(ref); !ok {
				v.addf(s.part, place, "%s is no range", ref)
			}
		}
		for _, rule := range k.all("cfRule") {
			v.checkDifferential(s.part, place, rule.attr("dxfId"))
			if n, err := strconv.Atoi(rule.attr("priority")); err != nil || n < 1 {
				v.addf(s.part, place, "the priority %q is none", rule.attr("priority"))
			}
			if scale := rule.child("colorScale"); rule.attr("type") == "colorScale" &&
				(len(scale.all("cfvo")) < 2 || len(scale.all("cfvo")) != len(scale.all("color"))) {
				v.addf(s.part, place, "a colour scale has as many colours as bounds, two or three")
			}
		}
	}
}

// checkDifferential wants a style for what differs, where one is named.
func (v *validation) checkDifferential(part, place, id string) {
	if n, err := strconv.Atoi(id); id != "" && (err != nil || n < 0 || n >= v.styles.differential) {
		v.addf(part, place, "the style %q for what differs is not there", id)
	}
}
