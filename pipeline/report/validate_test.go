package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// fault is what a workbook breaks: the part, the place in it and the rule, of
// ECMA-376 or of Excel, which offers to repair a file that breaks it.
type fault struct{ part, place, rule string }

func (f fault) String() string {
	if f.place == "" {
		return f.part + ": " + f.rule
	}
	return f.part + " " + f.place + ": " + f.rule
}

const (
	spaceRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
	spaceTypes     = "http://schemas.openxmlformats.org/package/2006/content-types"
	officeRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	typeOfParts    = "application/vnd.openxmlformats-officedocument."
)

// contentTypeOf is the type that a part must have, by the kind of relationship that leads to it.
var contentTypeOf = map[string]string{
	"officeDocument": typeOfParts + "spreadsheetml.sheet.main+xml", "worksheet": typeOfParts + "spreadsheetml.worksheet+xml",
	"styles": typeOfParts + "spreadsheetml.styles+xml", "sharedStrings": typeOfParts + "spreadsheetml.sharedStrings+xml",
	"theme": typeOfParts + "theme+xml", "table": typeOfParts + "spreadsheetml.table+xml", "comments": typeOfParts + "spreadsheetml.comments+xml",
	"drawing": typeOfParts + "drawing+xml", "chart": typeOfParts + "drawingml.chart+xml", "vmlDrawing": typeOfParts + "vmlDrawing",
	"calcChain": typeOfParts + "spreadsheetml.calcChain+xml", "extended-properties": typeOfParts + "extended-properties+xml",
	"custom-properties": typeOfParts + "custom-properties+xml", "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
}

// partRelation leads from one part to another.
type partRelation struct {
	id, kind, target string
	external         bool
}

// validation is a workbook under examination.
type validation struct {
	faults    []fault
	names     []string // of the parts, as they stand in the file
	parts     map[string][]byte
	docs      map[string]*xmlNode
	defaults  map[string]string
	overrides map[string]string
	relations map[string][]partRelation // by the part that they start from; "" is the package

	workbook string // name of the part
	strings  []sharedText
	styles   styleSizes
	sheets   []*sheetRead
	defined  map[string]bool // names and tables, in small letters
	areas    []definedArea
}

func (v *validation) addf(part, place, format string, args ...any) {
	v.faults = append(v.faults, fault{part, place, fmt.Sprintf(format, args...)})
}

// validateWorkbook examines a workbook; no finding means that nothing is known against it.
func validateWorkbook(name string) ([]fault, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return inspectWorkbook(body).faults, nil
}

// inspectWorkbook examines a workbook in memory.
func inspectWorkbook(body []byte) *validation {
	v := &validation{
		parts: map[string][]byte{}, docs: map[string]*xmlNode{}, defaults: map[string]string{}, overrides: map[string]string{},
		relations: map[string][]partRelation{}, defined: map[string]bool{},
	}
	if !v.readZip(body) {
		return v
	}
	v.readDocs()
	v.checkTypes()
	v.checkRelations()
	v.checkProperties()
	if v.workbook == "" {
		v.addf("_rels/.rels", "", "no relationship leads to a workbook")
		return v
	}
	v.checkWorkbook()
	return v
}

func (v *validation) readZip(body []byte) bool {
	in, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		v.addf("", "", "this is no zip: %v", err)
		return false
	}
	seen := map[string]bool{}
	for i, f := range in.File {
		lower := strings.ToLower(f.Name)
		switch {
		case strings.HasSuffix(f.Name, "/"):
			v.addf(f.Name, "", "a folder is no part")
			continue
		case strings.HasPrefix(f.Name, "/") || strings.Contains(f.Name, `\`) || path.Clean(f.Name) != f.Name || strings.HasPrefix(f.Name, "../"):
			v.addf(f.Name, "", "the name of a part is absolute or leads out of the package")
		case seen[lower]:
			v.addf(f.Name, "", "the part is there twice")
			continue
		case f.Method != zip.Store && f.Method != zip.Deflate:
			v.addf(f.Name, "", "the compression method %d is not one of a package", f.Method)
		case f.Flags&1 != 0:
			v.addf(f.Name, "", "the part is encrypted")
		}
		if i == 0 && f.Name != "[Content_Types].xml" {
			v.addf(f.Name, "", "the content types must come first")
		}
		seen[lower] = true
		r, err := f.Open()
		if err != nil {
			v.addf(f.Name, "", "it cannot be opened: %v", err)
			continue
		}
		content, err := io.ReadAll(r)
		if err != nil || uint64(len(content)) != f.UncompressedSize64 {
			v.addf(f.Name, "", "size or checksum do not agree (%v)", err)
		}
		v.names = append(v.names, f.Name)
		v.parts[f.Name] = content
	}
	return true
}

func holdsXML(name string) bool {
	return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") || strings.HasSuffix(name, ".vml")
}

func (v *validation) readDocs() {
	for _, name := range v.names {
		if !holdsXML(name) {
			continue
		}
		if !utf8.Valid(v.parts[name]) {
			v.addf(name, "", "this is no UTF-8")
		}
		root, wrong := parseXML(v.parts[name], nil)
		for _, w := range wrong {
			v.addf(name, "", "%s", w)
		}
		if root != nil {
			v.docs[name] = root
		}
	}
}

func (v *validation) checkTypes() {
	const part = "[Content_Types].xml"
	root := v.docs[part]
	if root == nil || root.name != "Types" || root.space != spaceTypes {
		v.addf(part, "", "there are no content types")
		return
	}
	for _, k := range root.kids {
		what := k.attr("ContentType")
		switch k.name {
		case "Default":
			extension := strings.ToLower(k.attr("Extension"))
			if _, twice := v.defaults[extension]; twice || extension == "" {
				v.addf(part, extension, "the default of an extension is there twice, or of none")
			}
			v.defaults[extension] = what
		case "Override":
			name, rooted := strings.CutPrefix(k.attr("PartName"), "/")
			if _, twice := v.overrides[name]; twice || !rooted {
				v.addf(part, name, "an override is there twice, or its name does not start with a slash")
			}
			if _, there := v.parts[name]; !there {
				v.addf(part, name, "an override for a part that is not there")
			}
			v.overrides[name] = what
		default:
			v.addf(part, k.name, "an element that content types do not have")
		}
	}
	for _, name := range v.names {
		if name != part && v.typeOf(name) == "" {
			v.addf(name, "", "the part has no content type")
		}
	}
}

func (v *validation) typeOf(name string) string {
	if what, ok := v.overrides[name]; ok {
		return what
	}
	return v.defaults[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}

// sourceOf is the part that the relationships in a file start from; "" is the package.
func sourceOf(name string) (string, bool) {
	folder, file := path.Split(name)
	above, ok := strings.CutSuffix(folder, "_rels/")
	if !ok || !strings.HasSuffix(file, ".rels") {
		return "", false
	}
	return above + strings.TrimSuffix(file, ".rels"), true
}

func (v *validation) checkRelations() {
	for _, name := range v.names {
		source, ok := sourceOf(name)
		if !ok {
			continue
		}
		if _, there := v.parts[source]; !there && source != "" {
			v.addf(name, "", "relationships of a part that is not there")
		}
		if root := v.docs[name]; root == nil || root.name != "Relationships" || root.space != spaceRelations {
			v.addf(name, "", "these are no relationships")
			continue
		}
		v.readRelations(name, source)
	}
	reached := map[string]bool{"": true}
	for queue := []string{""}; len(queue) > 0; queue = queue[1:] {
		for _, r := range v.relations[queue[0]] {
			if !r.external && !reached[r.target] {
				reached[r.target] = true
				queue = append(queue, r.target)
			}
		}
	}
	for _, name := range v.names {
		if _, isRelations := sourceOf(name); !reached[name] && !isRelations && name != "[Content_Types].xml" {
			v.addf(name, "", "no relationship leads to the part")
		}
		v.checkUsed(name)
	}
	for _, r := range v.relations[""] {
		if r.kind == "officeDocument" {
			v.workbook = r.target
		}
	}
}

func (v *validation) readRelations(name, source string) {
	ids := map[string]bool{}
	for _, k := range v.docs[name].kids {
		kind := k.attr("Type")
		r := partRelation{id: k.attr("Id"), kind: kind[strings.LastIndex(kind, "/")+1:], external: k.attr("TargetMode") == "External"}
		if r.id == "" || ids[r.id] {
			v.addf(name, r.id, "the id of a relationship is empty or there twice")
		}
		ids[r.id] = true
		target := k.attr("Target")
		if r.external {
			if r.kind != "hyperlink" {
				v.addf(name, r.id, "only a hyperlink may lead outside")
			}
			r.target = target
		} else {
			r.target = path.Join(path.Dir(source), target)
			if rooted, ok := strings.CutPrefix(target, "/"); ok {
				r.target = rooted
			}
			if _, there := v.parts[r.target]; !there {
				v.addf(name, r.id, "the target %s is not there", target)
			} else if want := contentTypeOf[r.kind]; want != "" && v.typeOf(r.target) != want {
				v.addf(r.target, "", "the content type is %q, want %q", v.typeOf(r.target), want)
			}
		}
		v.relations[source] = append(v.relations[source], r)
	}
}

// checkUsed wants a relationship behind every id that a part names.
func (v *validation) checkUsed(name string) {
	if v.docs[name] == nil {
		return
	}
	v.docs[name].walk(func(n *xmlNode) {
		for _, a := range n.attrs {
			if a.Name.Space == officeRelation && v.relation(name, a.Value).id == "" {
				v.addf(name, n.name, "the relationship %q is not there", a.Value)
			}
		}
	})
}

func (v *validation) relation(part, id string) partRelation {
	for _, r := range v.relations[part] {
		if r.id == id {
			return r
		}
	}
	return partRelation{}
}

// targets are the parts of one kind that a part leads to.
func (v *validation) targets(part, kind string) []string {
	var out []string
	for _, r := range v.relations[part] {
		if r.kind == kind && !r.external && !slices.Contains(out, r.target) {
			out = append(out, r.target)
		}
	}
	return out
}
