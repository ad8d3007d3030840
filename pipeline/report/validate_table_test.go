package report

import (
	"slices"
	"strconv"
	"strings"
)

// tableRead is a table as it stands in the file.
type tableRead struct {
	part, name string
	area       cellArea
	headers    []string
}

// data is the area below the header.
func (t tableRead) data() cellArea {
	a := t.area
	a.top++
	return a
}

// checkTables examines the tables of all sheets: their ids and names are unique in the workbook.
func (v *validation) checkTables() {
	ids := map[string]bool{}
	for _, s := range v.sheets {
		var named []string
		tables := s.root.child("tableParts")
		for _, k := range tables.all("tablePart") {
			r := v.relation(s.part, k.relationID())
			if r.kind != "table" || v.docs[r.target] == nil || slices.Contains(named, r.target) {
				v.addf(s.part, "tablePart", "its relationship leads to no table, or to one twice")
				continue
			}
			named = append(named, r.target)
			v.checkTable(s, r.target, ids)
		}
		if n := tables.attr("count"); n != "" && n != strconv.Itoa(len(named)) {
			v.addf(s.part, "tableParts", "count is %q, there are %d", n, len(named))
		}
		if len(named) != len(v.targets(s.part, "table")) {
			v.addf(s.part, "tableParts", "a relationship leads to a table that the sheet does not name")
		}
	}
}

func (v *validation) checkTable(s *sheetRead, part string, ids map[string]bool) {
	root := v.docs[part]
	v.order(part, root)
	if id, err := strconv.Atoi(root.attr("id")); err != nil || id < 1 || ids[root.attr("id")] {
		v.addf(part, "id", "the id %q is no number, or there twice", root.attr("id"))
	}
	ids[root.attr("id")] = true
	name := root.attr("displayName")
	if !validName(name) {
		v.addf(part, name, "Excel takes no such name for a table")
	}
	if v.defined[strings.ToLower(name)] {
		v.addf(part, name, "the name belongs to another table or to a defined name")
	}
	v.defined[strings.ToLower(name)] = true
	a, ok := rangeOf(root.attr("ref"))
	if !ok {
		v.addf(part, "ref", "%q is no range", root.attr("ref"))
		return
	}
	t := tableRead{part: part, name: name, area: a}
	v.checkColumns(s, &t, root)
	totals := root.attr("totalsRowCount")
	if root.attr("headerRowCount") == "0" || totals != "" && totals != "0" {
		v.addf(part, "ref", "a table has a header, and no totals: they would be formulas")
	}
	if filter := root.child("autoFilter"); filter != nil && filter.attr("ref") != root.attr("ref") {
		v.addf(part, "autoFilter", "%s is not the range of the table, %s", filter.attr("ref"), root.attr("ref"))
	}
	last, below := a, a
	last.top, below.top, below.bottom = a.bottom, a.bottom+1, a.bottom+1
	switch {
	case a.bottom <= a.top:
		v.addf(part, "ref", "the table has no row of data")
	case !s.filled(last):
		v.addf(part, "ref", "the last row of the table is empty")
	case s.filled(below):
		v.addf(part, "ref", "the data go on below the table")
	}
	for _, other := range s.tables {
		if other.area.overlaps(a) {
			v.addf(part, "ref", "the table overlaps %s", other.name)
		}
	}
	for _, k := range s.root.child("mergeCells").all("mergeCell") {
		if m, ok := rangeOf(k.attr("ref")); ok && m.overlaps(a) {
			v.addf(part, "ref", "the merged cells %s lie in the table", k.attr("ref"))
		}
	}
	if filter := s.root.child("autoFilter"); filter != nil {
		if f, ok := rangeOf(filter.attr("ref")); !ok || f.overlaps(a) {
			v.addf(part, "ref", "the filter of the sheet lies over the table")
		}
	}
	v.checkTableStyle(part, root)
	s.tables = append(s.tables, t)
}

func (v *validation) checkColumns(s *sheetRead, t *tableRead, root *xmlNode) {
	columns := root.child("tableColumns")
	list := columns.all("tableColumn")
	if columns.attr("count") != strconv.Itoa(len(list)) || len(list) != t.area.right-t.area.left+1 {
		v.addf(t.part, "tableColumns", "count is %s, there are %d, the range has %d", columns.attr("count"), len(list), t.area.right-t.area.left+1)
	}
	names, ids := map[string]bool{}, map[string]bool{}
	for i, k := range list {
		name := unescaped(k.attr("name"))
		place := "tableColumn " + strconv.Itoa(i+1)
		if name == "" || utf16Units(name) > longestName || names[strings.ToLower(name)] {
			v.addf(t.part, place, "the header %q is empty, too long, or there twice", name)
		}
		names[strings.ToLower(name)] = true
		if id, err := strconv.Atoi(k.attr("id")); err != nil || id < 1 || ids[k.attr("id")] {
			v.addf(t.part, place, "the id %q is no number, or there twice", k.attr("id"))
		}
		ids[k.attr("id")] = true
		if c, _ := s.cell(t.area.left+i, t.area.top); c.kind != 's' || c.text != name {
			v.addf(t.part, place, "the header is %q, the cell holds %q", name, c.text)
		}
		if k.child("calculatedColumnFormula") != nil || k.child("totalsRowFormula") != nil {
			v.addf(t.part, place, "a formula")
		}
		t.headers = append(t.headers, name)
	}
}

func (v *validation) checkTableStyle(part string, root *xmlNode) {
	for _, n := range append([]*xmlNode{root}, root.child("tableColumns").all("tableColumn")...) {
		for _, a := range n.attrs {
			if strings.HasSuffix(a.Name.Local, "DxfId") {
				v.checkDifferential(part, a.Name.Local, a.Value)
			}
		}
	}
	name := root.child("tableStyleInfo").attr("name")
	for kind, count := range map[string]int{"Light": 21, "Medium": 28, "Dark": 11} {
		if digits, ok := strings.CutPrefix(name, "TableStyle"+kind); ok && isWithin(digits, 1, float64(count)) {
			return
		}
	}
	if name != "" && !slices.Contains(v.styles.tables, name) {
		v.addf(part, "tableStyleInfo", "the style %q is not there", name)
	}
}

// checkComments examines the notes of a sheet, and the shapes that show them.
func (v *validation) checkComments(s *sheetRead) {
	shapes := map[[2]int]bool{}
	named := v.relation(s.part, s.root.child("legacyDrawing").relationID()).target
	for _, part := range v.targets(s.part, "vmlDrawing") {
		if part != named && part != v.relation(s.part, s.root.child("legacyDrawingHF").relationID()).target {
			v.addf(part, "", "the sheet does not name the drawing")
		}
		if v.docs[part] == nil {
			continue
		}
		v.docs[part].walk(func(n *xmlNode) {
			if n.name == "ClientData" && n.attr("ObjectType") == "Note" {
				v.checkShape(part, n, shapes)
			}
		})
	}
	seen := 0
	for _, part := range v.targets(s.part, "comments") {
		root := v.docs[part]
		v.order(part, root)
		authors := root.child("authors").all("author")
		before := map[string]bool{}
		for _, k := range root.child("commentList").all("comment") {
			ref := k.attr("ref")
			place := "comment " + ref
			column, row, ok := addressOf(ref)
			if _, there := s.cell(column, row); !ok || !there || before[ref] {
				v.addf(part, place, "its cell is not there, or has two")
			}
			before[ref] = true
			if id, err := strconv.Atoi(k.attr("authorId")); err != nil || id < 0 || id >= len(authors) {
				v.addf(part, place, "the author %q is not there", k.attr("authorId"))
			}
			if text, _ := k.child("text").content(); text == "" || utf16Units(text) > longestText {
				v.addf(part, place, "the text is empty or too long")
			}
			if !shapes[[2]int{column, row}] {
				v.addf(part, place, "no shape shows it")
			}
			seen++
		}
	}
	if seen != len(shapes) {
		v.addf(named, "", "%d shapes show %d comments", len(shapes), seen)
	}
}

func (v *validation) checkShape(part string, n *xmlNode, shapes map[[2]int]bool) {
	number := func(name string) int {
		if k := n.child(name); k != nil {
			if i, err := strconv.Atoi(strings.TrimSpace(k.text)); err == nil {
				return i
			}
		}
		return -1
	}
	column, row := number("Column")+1, number("Row")+1
	if column < 1 || row < 1 || column > gridColumns || row > gridRows || shapes[[2]int{column, row}] {
		v.addf(part, "ClientData", "a shape shows no cell, or one that has a shape")
	}
	shapes[[2]int{column, row}] = true
	if n.child("Anchor") == nil {
		return
	}
	corners := strings.Split(n.child("Anchor").text, ",")
	for i, c := range corners {
		limit := []float64{gridColumns - 1, 1e6, gridRows - 1, 1e6}[i%4]
		if len(corners) != 8 || !isWithin(strings.TrimSpace(c), 0, limit) {
			v.addf(part, "Anchor", "%q lies outside the sheet", n.child("Anchor").text)
			return
		}
	}
}
