package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// styleSizes is how many there are of what a cell or a table names by number.
type styleSizes struct {
	cells, differential int
	tables              []string
}

var colorForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}$`)

func (v *validation) readStyles() {
	for _, part := range v.targets(v.workbook, "styles") {
		root := v.docs[part]
		if root == nil || root.name != "styleSheet" {
			v.addf(part, "", "these are no styles")
			return
		}
		v.order(part, root)
		for _, k := range root.kids {
			if n := k.attr("count"); n != "" && n != strconv.Itoa(len(k.kids)) {
				v.addf(part, k.name, "count is %s, there are %d", n, len(k.kids))
			}
		}
		v.styles = styleSizes{cells: len(root.child("cellXfs").all("xf")), differential: len(root.child("dxfs").all("dxf"))}
		for _, k := range root.child("tableStyles").all("tableStyle") {
			v.styles.tables = append(v.styles.tables, k.attr("name"))
			for _, e := range k.kids {
				v.checkDifferential(part, "tableStyle", e.attr("dxfId"))
			}
		}
		formats := v.checkFormats(part, root)
		v.checkFormatted(part, root, formats)
		v.checkLooks(part, root)
	}
}

// checkFormats gives the number formats that the workbook defines.
func (v *validation) checkFormats(part string, root *xmlNode) []string {
	var formats []string
	for _, k := range root.child("numFmts").all("numFmt") {
		id, code := k.attr("numFmtId"), k.attr("formatCode")
		if n, err := strconv.Atoi(id); err != nil || n < 164 || slices.Contains(formats, id) {
			v.addf(part, "numFmt "+id, "the id of a format of one's own is 164 or more, and unique")
		}
		formats = append(formats, id)
		if !validFormat(code) {
			v.addf(part, "numFmt "+id, "the format %q has no code that Excel reads", code)
		}
	}
	return formats
}

// validFormat wants quotes and brackets in pairs, four sections at most.
func validFormat(code string) bool {
	quoted, bracket, sections := false, false, 1
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			if !bracket {
				return false
			}
			bracket = false
		case c == ';':
			sections++
		default:
		}
	}
	return code != "" && utf16Units(code) <= longestName && !quoted && !bracket && sections <= 4
}

func (v *validation) checkFormatted(part string, root *xmlNode, formats []string) {
	sizes := map[string]int{
		"fontId": len(root.child("fonts").all("font")), "fillId": len(root.child("fills").all("fill")),
		"borderId": len(root.child("borders").all("border")), "xfId": len(root.child("cellStyleXfs").all("xf")),
	}
	for _, group := range []string{"cellStyleXfs", "cellXfs", "cellStyles"} {
		if root.child(group) == nil || len(root.child(group).kids) == 0 {
			v.addf(part, group, "there are none")
			continue
		}
		for i, k := range root.child(group).kids {
			place := group + " " + strconv.Itoa(i)
			for _, a := range k.attrs {
				if size, ok := sizes[a.Name.Local]; ok {
					if n, err := strconv.Atoi(a.Value); err != nil || n < 0 || n >= size {
						v.addf(part, place, "%s %s is not there", a.Name.Local, a.Value)
					}
				}
			}
			if id := k.attr("numFmtId"); id != "" && !isWithin(id, 0, 49) && !slices.Contains(formats, id) {
				v.addf(part, place, "the number format %s is not there", id)
			}
			v.order(part, k)
			if at := k.child("alignment"); at != nil && (at.has("indent") && !isWithin(at.attr("indent"), 0, 250) ||
				at.has("textRotation") && at.attr("textRotation") != "255" && !isWithin(at.attr("textRotation"), 0, 180)) {
				v.addf(part, place, "the alignment is none")
			}
		}
	}
}

// checkLooks examines fonts, fills and borders.
func (v *validation) checkLooks(part string, root *xmlNode) {
	fills := root.child("fills").all("fill")
	for i, want := range []string{"none", "gray125"} {
		if i >= len(fills) || fills[i].child("patternFill").attr("patternType") != want {
			v.addf(part, "fills", "the fill %d is not %s, which Excel keeps to itself", i, want)
		}
	}
	for i, k := range root.child("fonts").all("font") {
		if size := k.child("sz"); size != nil && !isWithin(size.attr("val"), 1, 409) {
			v.addf(part, "font "+strconv.Itoa(i), "the size is none")
		}
		if name := k.value("name"); utf16Units(name) > 31 {
			v.addf(part, "font "+strconv.Itoa(i), "the name is too long")
		}
	}
	for _, group := range []string{"borders", "dxfs"} {
		if root.child(group) == nil {
			continue
		}
		for _, k := range root.child(group).kids {
			v.order(part, k)
		}
	}
	root.walk(func(n *xmlNode) {
		if rgb := n.attr("rgb"); rgb != "" && strings.HasSuffix(strings.ToLower(n.name), "color") && !colorForm.MatchString(rgb) {
			v.addf(part, n.name, "%q is no colour", rgb)
		}
	})
}
