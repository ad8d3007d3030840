package report

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"ontschot/pipeline/disclosure"
)

// UnreadError says that a workbook holds something that the reader does not
// know, so that nobody has looked at it. It never holds what stands there.
type UnreadError struct {
	Part   string // the sheet or part, when that is one of ours
	Reason string
}

func (e *UnreadError) Error() string {
	if e.Part == "" {
		return "it cannot be judged: " + e.Reason
	}
	return e.Part + " cannot be judged: " + e.Reason
}

func unread(part, reason string) error { return &UnreadError{Part: part, Reason: reason} }

// single are the parts that a workbook has once.
var single = map[string]string{
	contentTypesPart: "types", workbookPart: "workbook", stringsPart: "strings", "xl/styles.xml": "styles",
	"docProps/app.xml": "properties", "docProps/core.xml": "properties", "docProps/custom.xml": "properties",
}

// numbered are the parts of which there can be more, without the number before the dot.
var numbered = map[string]string{
	sheetFolder + "sheet.xml": "sheet", "xl/comments.xml": "comments", "xl/tables/table.xml": "table", "xl/charts/chart.xml": "chart",
	"xl/drawings/drawing.xml": "drawing", "xl/drawings/vmlDrawing.vml": "vml", "xl/theme/theme.xml": "theme",
}

// kindOfPart tells by its name what a part is; "" is a part that no workbook of ours has.
func kindOfPart(name string) string {
	if kind := single[name]; kind != "" {
		return kind
	}
	folder, file := path.Split(name)
	if strings.HasSuffix(folder, "_rels/") && strings.HasSuffix(file, ".rels") {
		return "rels"
	}
	extension := path.Ext(file)
	bare := strings.TrimSuffix(file, extension)
	stem := strings.TrimRight(bare, "0123456789")
	if stem == bare {
		return ""
	}
	return numbered[folder+stem+extension]
}

const (
	workbookPart     = "xl/workbook.xml"
	workbookRelsPart = "xl/_rels/workbook.xml.rels"
	stringsPart      = "xl/sharedStrings.xml"
	sheetFolder      = "xl/worksheets/"
)

// ReadBack reads a workbook as it lies on disk and hands over every number and
// word of every part, one after another; a sheet of any length streams. It knows
// only what [Write] writes: any other part, element or form is an [*UnreadError].
// It takes no way through the writer, so that a fault there cannot hide here.
func ReadBack(file string, see func(disclosure.Found)) (err error) {
	in, err := zip.OpenReader(file)
	if err != nil {
		return unread("", "it is no zip archive: "+err.Error())
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return readPackage(&in.Reader, see)
}

func readPackage(in *zip.Reader, see func(disclosure.Found)) error {
	parts := map[string]*zip.File{}
	if in.Comment != "" {
		see(disclosure.Found{Part: "zip", Place: "comment", Text: in.Comment})
	}
	for i, part := range in.File {
		if kindOfPart(part.Name) == "" {
			return unread("", fmt.Sprintf("part %d of the file is of a kind that is not known", i+1))
		}
		if parts[part.Name] != nil {
			return unread(part.Name, "the part is there twice")
		}
		parts[part.Name] = part
		if part.Comment != "" {
			see(disclosure.Found{Part: part.Name, Place: "comment", Text: part.Comment})
		}
	}
	sheets, err := sheetNames(parts)
	if err != nil {
		return err
	}
	// The strings first: cells point to them.
	r := reader{see: see}
	if part := parts[stringsPart]; part != nil {
		if err := r.readPart(part, "strings", part.Name); err != nil {
			return err
		}
	}
	for _, part := range in.File {
		kind, name := kindOfPart(part.Name), part.Name
		if kind == "strings" {
			continue
		}
		if kind == "sheet" {
			if name = sheets[part.Name]; name == "" {
				return unread(part.Name, "a sheet that the workbook does not name")
			}
			delete(sheets, part.Name)
		}
		if err := r.readPart(part, kind, name); err != nil {
			return err
		}
	}
	if len(sheets) > 0 {
		return unread(workbookPart, "names a sheet that is not there")
	}
	return nil
}

// reader hands over what it finds; texts are the shared strings.
type reader struct {
	see   func(disclosure.Found)
	texts []string
}

// readPart reads a whole part under the name by which people know it.
func (r *reader) readPart(part *zip.File, kind, name string) (err error) {
	in, err := part.Open()
	if err != nil {
		return unread(part.Name, err.Error())
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	s := newXMLScanner(in)
	if kind == "sheet" {
		err = r.readSheet(s, name)
	} else {
		err = r.readWords(s, kind, name)
	}
	return inPart(name, err)
}

// inPart tells where the reader could not go on.
func inPart(part string, err error) error {
	if _, ok := errors.AsType[*UnreadError](err); ok || err == nil {
		return err
	}
	return unread(part, err.Error())
}

// sheetNames gives the name of each sheet by its part.
func sheetNames(parts map[string]*zip.File) (map[string]string, error) {
	targets := map[string]string{}
	err := eachElement(parts[workbookRelsPart], workbookRelsPart, func(element string, attrs map[string]string) {
		if element == "Relationship" {
			targets[attrs["Id"]] = path.Join("/xl", attrs["Target"])[1:]
			if strings.HasPrefix(attrs["Target"], "/") {
				targets[attrs["Id"]] = path.Clean(attrs["Target"])[1:]
			}
		}
	})
	if err != nil {
		return nil, err
	}
	names, taken, twice := map[string]string{}, map[string]bool{}, false
	err = eachElement(parts[workbookPart], workbookPart, func(element string, attrs map[string]string) {
		if element == "sheet" {
			part := targets[attrs["id"]]
			twice = twice || names[part] != "" || taken[attrs["name"]]
			names[part], taken[attrs["name"]] = attrs["name"], true
		}
	})
	if err == nil && (twice || taken[""]) {
		err = unread(workbookPart, "names a sheet twice, or gives it no name")
	}
	return names, err
}

// eachElement hands over the start of every element of a part, with its attributes by their local names.
func eachElement(part *zip.File, name string, take func(element string, attrs map[string]string)) (err error) {
	if part == nil {
		return unread(name, "is not there")
	}
	in, err := part.Open()
	if err != nil {
		return inPart(name, err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	s := newXMLScanner(in)
	for {
		kind, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return inPart(name, err)
		}
		if kind == xmlStart {
			attrs := map[string]string{}
			for _, a := range s.attrs {
				attrs[local(string(a.name))] = string(a.value)
			}
			take(local(s.name), attrs)
		}
	}
}
