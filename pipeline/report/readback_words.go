package report

import (
	"errors"
	"io"
	"strings"

	"ontschot/pipeline/disclosure"
)

// measures are the attributes that place, size or number something, by the kind
// of part. A number there is passed over; anything else is judged as words.
var measures = map[string]map[string]bool{
	"sheet": set("r ref sqref topLeftCell activeCell ht width min max style s spans xSplit ySplit defaultRowHeight baseColWidth zoomScale " +
		"zoomScaleNormal workbookViewId left right top bottom header footer fitToHeight fitToWidth paperSize customHeight customWidth count outlineLevel id dxfId manualBreakCount scale"),
	"workbook": set("lastEdited lowestEdited rupBuild defaultThemeVersion xWindow yWindow windowWidth windowHeight activeTab firstSheet " +
		"sheetId localSheetId calcId tabRatio"),
	"strings":  set("count uniqueCount"),
	"comments": set("ref authorId shapeId sz val theme indexed family"),
	"table":    set("id ref count headerRowCount totalsRowCount dataDxfId"),
	"drawing":  set("id cx cy x y rot"),
	"vml":      set("data angle spt coordsize"),
	"chart":    set("val b baseline i kern spc sz rot w idx rAngAx l r t header footer"),
	"styles": set("count numFmtId fontId fillId borderId xfId builtinId val rgb theme tint indexed sz horizontal vertical indent wrapText " +
		"textRotation dxfId fontScheme diagonalUp"),
	"theme": set("val lastClr pos ang scaled w h dist dir blurRad rotWithShape rot algn lat lon rev prst lim sx sy kx ky l t r b tx ty flip panose"),
}

// judgedInChart are elements of which the val is a figure and no measure.
var judgedInChart = map[string]bool{"max": true, "min": true, "majorUnit": true, "minorUnit": true}

// measuredTexts are elements of which the text places something, by the kind of part.
var measuredTexts = map[string]map[string]bool{
	"drawing": set("col colOff row rowOff"),
	"vml":     set("Anchor Row Column"),
}

// wholes are elements of which all texts together make one text: runs in several fonts.
var wholes = set("si comment rich")

// fixed are attributes with long numbers that are the same in every workbook.
var fixed = set("uid={00000000-0001-0000-0000-000000000000} path=m0,0l0,21600,21600,21600,21600,0xe formatCode=0 " +
	"panose=020F0302020204030204 panose=020F0502020204030204 val=0")

func set(names string) map[string]bool {
	out := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		out[name] = true
	}
	return out
}

// words hands over a text.
func (r *reader) words(part, place, text string) {
	r.see(disclosure.Found{Part: part, Place: place, Kind: disclosure.Words, Text: unescapeExcel(text)})
}

// attributes hands over the attributes of an element, but for what places or sizes it.
func (r *reader) attributes(kind, part string, s *xmlScanner) {
	element := local(s.name)
	for _, a := range s.attrs {
		name := local(string(a.name))
		value := string(a.value)
		place := s.name + "/@" + string(a.name)
		switch {
		case kind == "rels" && name == "TargetMode":
			r.see(disclosure.Found{Part: part, Place: place, Kind: disclosure.Formula})
		case kind == "chart" && name == "val" && judgedInChart[element]:
			r.see(disclosure.Found{Part: part, Place: place, Kind: disclosure.Number, Text: value})
		case measures[kind][name] && isMeasure(value):
		case fixed[name+"="+value]:
		case name == "location" && isReference(value):
		case kind == "sheet" && name == "location":
			r.see(disclosure.Found{Part: part, Place: place, Kind: disclosure.Formula})
		default:
			r.words(part, place, value)
		}
	}
}

// readWords hands over the words and numbers of a part that is no sheet.
func (r *reader) readWords(s *xmlScanner, kind, part string) error {
	whole, depth, pieces := "", 0, 0
	for {
		token, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case token == xmlStart:
			if wholes[local(s.name)] && depth == 0 {
				whole, depth, pieces = "", len(s.open), 0
			}
			r.attributes(kind, part, s)
		case token == xmlText:
			text := string(s.text)
			if depth > 0 {
				whole += text
				pieces++
			}
			r.text(kind, part, s, text)
		case len(s.open)+1 == depth:
			depth = 0
			if kind == "strings" {
				r.texts = append(r.texts, unescapeExcel(whole))
			}
			if pieces > 1 {
				r.words(part, s.name, whole)
			}
		}
	}
}

// text judges a text by the element that it stands in.
func (r *reader) text(kind, part string, s *xmlScanner, text string) {
	element := local(s.open[len(s.open)-1])
	switch {
	case strings.TrimSpace(text) == "":
	case measuredTexts[kind][element] && isMeasure(text):
	case kind == "chart" && element == "v" && strings.HasPrefix(local(s.open[max(len(s.open)-3, 0)]), "num"):
		r.see(disclosure.Found{Part: part, Place: s.at(), Kind: disclosure.Number, Text: text})
	case kind == "chart" && element == "f", kind == "workbook" && element == "definedName":
		if !isReference(text) {
			r.see(disclosure.Found{Part: part, Place: s.at(), Kind: disclosure.Formula})
		}
	default:
		r.words(part, s.at(), text)
	}
}

// isMeasure holds for numbers, cells, colours and lists of them: short, and without a word.
func isMeasure(value string) bool {
	if len(value) > 48 {
		return false
	}
	for field := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune(" ,:-", r) }) {
		if len(field) > 12 {
			return false
		}
		for _, c := range []byte(field) {
			if (c < '0' || c > '9') && c != '.' && (c < 'A' || c > 'Z') {
				return false
			}
		}
	}
	return true
}

// isReference holds for the cells of a sheet, such as 'Kosten per wet'!$A$6:$C$9 or 'Gebied'!$6:$6.
func isReference(s string) bool {
	if !strings.HasPrefix(s, "'") || strings.Contains(s, "[") { // [1] is another workbook
		return false
	}
	rest := s[1:]
	for {
		_, after, found := strings.Cut(rest, "'")
		if !found {
			return false
		}
		if !strings.HasPrefix(after, "'") { // two quotes are one in the name
			rest = after
			break
		}
		rest = after[1:]
	}
	cells, found := strings.CutPrefix(rest, "!")
	if !found {
		return false
	}
	from, to, double := strings.Cut(cells, ":")
	return isCorner(from) && (!double || isCorner(to))
}

// isCorner holds for $A$6, A1 and $6.
func isCorner(s string) bool {
	plain := strings.ReplaceAll(s, "$", "")
	letters := strings.TrimRight(plain, "0123456789")
	digits := plain[len(letters):]
	return len(letters) <= 3 && strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && len(digits) >= 1 && len(digits) <= 7 && strings.Count(s, "$") <= 2
}
