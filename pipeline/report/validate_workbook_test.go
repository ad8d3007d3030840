package report

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sharedText is one of the texts that cells share.
type sharedText struct{ text string }

func (v *validation) checkWorkbook() {
	part := v.workbook
	root := v.docs[part]
	if root == nil || root.name != "workbook" {
		v.addf(part, "", "this is no workbook")
		return
	}
	v.order(part, root)
	v.readStrings()
	v.readStyles()
	ids := map[string]bool{}
	for _, k := range root.child("sheets").all("sheet") {
		tab := k.attr("name")
		if v.sheet(tab) != nil {
			v.addf(part, tab, "two sheets have this name")
		}
		v.checkTab(tab)
		id, err := strconv.Atoi(k.attr("sheetId"))
		if err != nil || id < 1 || id > 65534 || ids[k.attr("sheetId")] {
			v.addf(part, tab, "the sheetId %q is no number, or there twice", k.attr("sheetId"))
		}
		ids[k.attr("sheetId")] = true
		r := v.relation(part, k.relationID())
		if r.kind != "worksheet" && r.kind != "chartsheet" {
			v.addf(part, tab, "its relationship leads to no sheet")
		}
		s := &sheetRead{tab: tab, part: r.target, shown: k.attr("state") == "" || k.attr("state") == "visible", root: v.docs[r.target], cells: map[int][]cellRead{}}
		for _, other := range v.sheets {
			if other.part == s.part {
				v.addf(part, tab, "two sheets have one part")
			}
		}
		v.sheets = append(v.sheets, s)
		v.readCells(s)
	}
	if len(v.sheets) != len(v.targets(part, "worksheet"))+len(v.targets(part, "chartsheet")) {
		v.addf(part, "sheets", "not every sheet of the package is listed once")
	}
	v.checkViews(root)
	v.checkNames(root)
	v.checkChain()
	for _, s := range v.sheets {
		v.checkSheet(s)
	}
	v.checkTables()
	for _, s := range v.sheets {
		v.checkComments(s)
		for _, d := range v.targets(s.part, "drawing") {
			v.checkDrawing(d)
		}
	}
}

func (v *validation) checkTab(tab string) {
	switch {
	case tab == "" || utf16Units(tab) > longestTab:
		v.addf(v.workbook, tab, "the name of a sheet has 1 to %d characters", longestTab)
	case strings.ContainsAny(tab, `[]:*?/\`) || strings.HasPrefix(tab, "'") || strings.HasSuffix(tab, "'"):
		v.addf(v.workbook, tab, "the name of a sheet has a sign that Excel refuses")
	case strings.EqualFold(tab, "history"):
		v.addf(v.workbook, tab, "Excel keeps this name of a sheet to itself")
	}
}

func (v *validation) checkViews(root *xmlNode) {
	views := root.child("bookViews").all("workbookView")
	active := 0
	for _, k := range views {
		for _, a := range []string{"activeTab", "firstSheet"} {
			n, err := strconv.Atoi(cmp.Or(k.attr(a), "0"))
			if err != nil || n < 0 || n >= len(v.sheets) || !v.sheets[n].shown {
				v.addf(v.workbook, a, "the sheet %q is not there or not to be seen", k.attr(a))
			} else if a == "activeTab" {
				active = n
			}
		}
	}
	for i, s := range v.sheets {
		for _, view := range s.root.child("sheetViews").all("sheetView") {
			if n, err := strconv.Atoi(view.attr("workbookViewId")); err != nil || n < 0 || n >= len(views) {
				v.addf(s.part, "sheetView", "the window %q is not there", view.attr("workbookViewId"))
			}
			if view.flag("tabSelected") != (i == active) {
				v.addf(s.part, "sheetView", "the active sheet, and no other, must be selected: typing goes to all that are")
			}
		}
	}
}

var (
	nameForm     = regexp.MustCompile(`^[\p{L}_\\][\p{L}\p{N}_.\\?]*$`)
	likeAddress  = regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*|r[0-9]*|c[0-9]*)$`)
	builtInNames = []string{"_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm.Criteria", "_xlnm._FilterDatabase", "_xlnm.Extract", "_xlnm.Consolidate_Area", "_xlnm.Database", "_xlnm.Sheet_Title"}
)

// validName tells whether Excel takes a name for a range or a table.
func validName(name string) bool {
	return nameForm.MatchString(name) && !likeAddress.MatchString(name) && utf16Units(name) <= longestName
}

func (v *validation) checkNames(root *xmlNode) {
	seen := map[string]bool{}
	for _, k := range root.child("definedNames").all("definedName") {
		name, scope, target := k.attr("name"), k.attr("localSheetId"), strings.TrimSpace(k.text)
		place := "definedName " + name
		builtIn := strings.HasPrefix(name, "_xlnm.")
		if !validName(name) || builtIn && !slices.Contains(builtInNames, name) {
			v.addf(v.workbook, place, "Excel takes no such name")
		}
		if key := strings.ToLower(name) + "\x00" + scope; seen[key] {
			v.addf(v.workbook, place, "the name is there twice")
		} else {
			seen[key] = true
		}
		var own *sheetRead
		if n, err := strconv.Atoi(scope); scope != "" && (err != nil || n < 0 || n >= len(v.sheets)) {
			v.addf(v.workbook, place, "the sheet %s of the name is not there", scope)
		} else if scope != "" {
			own = v.sheets[n]
		}
		if builtIn && own == nil {
			v.addf(v.workbook, place, "a name that Excel gives belongs to one sheet")
		}
		if !builtIn {
			v.defined[strings.ToLower(name)] = true
		}
		v.checkTarget(place, target, builtIn, own, definedArea{name: name, scope: scope})
	}
}

func (v *validation) checkTarget(place, target string, builtIn bool, own *sheetRead, d definedArea) {
	if strings.Contains(target, "#REF!") {
		v.addf(v.workbook, place, "#REF!")
		return
	}
	for _, ref := range splitRefs(target) {
		tab, rest, quoted := tabAndCells(ref)
		a, inGrid := rangeOf(rest)
		s := v.sheet(tab)
		switch {
		case !quoted || !inGrid || s == nil:
			v.addf(v.workbook, place, "%s leads to no cells", ref)
			continue
		case builtIn && own != nil && s != own:
			v.addf(v.workbook, place, "%s leads to another sheet", ref)
		case !strings.HasSuffix(d.name, "Print_Titles") && !s.filled(a):
			v.addf(v.workbook, place, "%s leads to empty cells", ref)
		case strings.HasSuffix(d.name, "Print_Titles") && !rowsForm.MatchString(rest) && !columnsForm.MatchString(rest):
			v.addf(v.workbook, place, "%s is no whole rows or columns", ref)
		}
		d.sheet, d.area = s, a
		v.areas = append(v.areas, d)
	}
}

// checkChain wants the order of calculation to name cells with a formula.
func (v *validation) checkChain() {
	for _, part := range v.targets(v.workbook, "calcChain") {
		chain := v.docs[part].all("c")
		if len(chain) == 0 {
			v.addf(part, "", "an order of calculation without cells")
		}
		for _, c := range chain {
			held := false
			for _, s := range v.sheets {
				held = held || slices.Contains(s.formulas, c.attr("r"))
			}
			if !held {
				v.addf(part, c.attr("r"), "the cell has no formula")
			}
		}
	}
}

func (v *validation) readStrings() {
	for _, part := range v.targets(v.workbook, "sharedStrings") {
		root := v.docs[part]
		for i, k := range root.all("si") {
			text, kept := k.content()
			v.checkText(part, strconv.Itoa(i), text, kept)
			v.strings = append(v.strings, sharedText{unescaped(text)})
		}
		if n := root.attr("uniqueCount"); n != "" && n != strconv.Itoa(len(v.strings)) {
			v.addf(part, "sst", "uniqueCount is %s, there are %d", n, len(v.strings))
		}
	}
}

func (v *validation) checkText(part, place, text string, kept bool) {
	if utf16Units(unescaped(text)) > longestText {
		v.addf(part, place, "the text has more than %d characters", longestText)
	}
	if !kept {
		v.addf(part, place, "the spaces around the text are lost: xml:space is not preserve")
	}
}

var escapedSign = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped reads the signs that a text of Excel writes as _xHHHH_.
func unescaped(s string) string {
	return escapedSign.ReplaceAllStringFunc(s, func(m string) string {
		code, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil {
			return m
		}
		return string(rune(code))
	})
}

var decimalForm = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// isFinite tells whether a text is a number that a cell can hold.
func isFinite(s string) bool {
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && decimalForm.MatchString(s) && !math.IsInf(f, 0)
}

// checkProperties wants a title and a language, and no date of today: a clock
// makes two writings of one book differ.
func (v *validation) checkProperties() {
	kinds := map[string]string{}
	for _, r := range v.relations[""] {
		kinds[r.kind] = r.target
	}
	core := v.docs[kinds["core-properties"]]
	if core == nil || v.docs[kinds["extended-properties"]] == nil {
		v.addf("docProps", "", "the properties of the document are missing")
		return
	}
	for _, name := range []string{"title", "language"} {
		if n := core.child(name); n == nil || strings.TrimSpace(n.text) == "" {
			v.addf(kinds["core-properties"], name, "the property is missing")
		}
	}
	for _, k := range core.kids {
		if k.name != "created" && k.name != "modified" {
			continue
		}
		at, err := time.Parse(time.RFC3339, k.text)
		if err != nil {
			v.addf(kinds["core-properties"], k.name, "%q is no W3CDTF date", k.text)
		} else if age := time.Since(at); age > -48*time.Hour && age < 24*time.Hour {
			v.addf(kinds["core-properties"], k.name, "the date is that of the clock")
		}
	}
}
