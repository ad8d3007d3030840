package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
)

const contentTypesPart = "[Content_Types].xml"

// packLevel is how hard a workbook is packed: on a million rows twice as fast as
// the usual level of the standard library, and a twentieth larger.
const packLevel = 6

// epoch is the time that Excel itself writes in its packages.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// repack copies a workbook so that equal workbooks are equal files: excelize
// writes streamed sheets and content types in the order of a Go map. Some parts
// are written anew on the way.
func repack(out io.Writer, packed []byte, anew map[string]partWriter) error {
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return fmt.Errorf("re-pack: %w", err)
	}
	parts := slices.Clone(in.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return strings.Compare(partOrder(a.Name), partOrder(b.Name)) })
	zw := zip.NewWriter(out)
	zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, packLevel) })
	for i, part := range parts {
		if i > 0 && parts[i-1].Name == part.Name {
			return fmt.Errorf("re-pack: the part %s is there twice", part.Name)
		}
		if err := copyPart(zw, part, anew[part.Name]); err != nil {
			return fmt.Errorf("re-pack %s: %w", part.Name, err)
		}
	}
	return zw.Close()
}

// partWriter writes a part from what excelize made of it.
type partWriter func(to io.Writer, from []byte) error

// partOrder puts the content types first, where readers that stream expect them,
// and the shared texts last: they are known when all sheets are written.
func partOrder(name string) string {
	switch name {
	case contentTypesPart:
		return "0"
	case "_rels/.rels":
		return "1"
	case stringsPart:
		return "3"
	}
	return "2" + name
}

func copyPart(zw *zip.Writer, part *zip.File, anew partWriter) (err error) {
	from, err := part.Open()
	if err != nil {
		return err
	}
	defer func() {
		if closing := from.Close(); err == nil {
			err = closing
		}
	}()
	to, err := zw.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: epoch})
	if err != nil {
		return err
	}
	if anew != nil {
		body, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		return anew(to, body)
	}
	rewrite := rewriterOf(part.Name)
	if rewrite == nil {
		_, err = io.Copy(to, from)
		return err
	}
	body, err := rewrite(from)
	if err != nil {
		return err
	}
	_, err = to.Write(body)
	return err
}

// rewriterOf gives what must be done to a part; nil copies it as it is.
func rewriterOf(name string) func(io.Reader) ([]byte, error) {
	switch {
	case name == contentTypesPart:
		return sortContentTypes
	case strings.HasPrefix(name, "xl/charts/chart"):
		return straightenChart
	}
	return nil
}

// straightenChart mends what excelize writes amiss in a chart: elements out of
// the order of the schema, titles of axes that are turned for some readers
// only, and, where the bars lie, a horizontal axis with an upright title.
func straightenChart(from io.Reader) ([]byte, error) {
	body, err := io.ReadAll(from)
	if err != nil {
		return nil, err
	}
	if body, err = orderSeries(body); err != nil {
		return nil, err
	}
	if !strings.Contains(string(body), `<barDir val="bar">`) {
		return []byte(uprightTitles(string(body))), nil
	}
	out := strings.ReplaceAll(string(body), `rot="-5400000" spcFirstLastPara="false" vert="horz"`, `rot="0" spcFirstLastPara="false" vert="horz"`)
	out = strings.Replace(out, `<axPos val="t">`, `<axPos val="L">`, 1)
	out = strings.Replace(out, `<axPos val="l">`, `<axPos val="t">`, 1)
	return []byte(strings.Replace(out, `<axPos val="L">`, `<axPos val="l">`, 1)), nil
}

// uprightTitles gives the second description of an upright title, which some readers follow, the turn of the first.
func uprightTitles(chart string) string {
	const turned, flat = `rot="-5400000"`, `<txPr><a:bodyPr anchorCtr="false" rot="0"`
	parts := strings.SplitAfter(chart, turned)
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.Replace(parts[i], flat, strings.Replace(flat, `rot="0"`, turned, 1), 1)
	}
	return strings.Join(parts, "")
}

type contentTypes struct {
	XMLName   xml.Name          `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []contentDefault  `xml:"Default"`
	Overrides []contentOverride `xml:"Override"`
}

type contentDefault struct {
	Extension   string `xml:"Extension,attr"`
	ContentType string `xml:"ContentType,attr"`
}

type contentOverride struct {
	PartName    string `xml:"PartName,attr"`
	ContentType string `xml:"ContentType,attr"`
}

func sortContentTypes(from io.Reader) ([]byte, error) {
	var types contentTypes
	if err := xml.NewDecoder(from).Decode(&types); err != nil {
		return nil, err
	}
	slices.SortFunc(types.Defaults, func(a, b contentDefault) int { return strings.Compare(a.Extension, b.Extension) })
	slices.SortFunc(types.Overrides, func(a, b contentOverride) int { return strings.Compare(a.PartName, b.PartName) })
	body, err := xml.Marshal(types)
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), body...), nil
}
