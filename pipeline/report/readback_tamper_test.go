package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

// part is one part of a package, to be put together again.
type part struct{ name, body string }

func partsOf(t testing.TB, path string) []part {
	t.Helper()
	var out []part
	for name, body := range parts(t, path) {
		out = append(out, part{name, body})
	}
	slices.SortFunc(out, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return out
}

func packed(t testing.TB, all []part) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range all {
		to, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, p.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestATamperedWorkbookIsRefused hides a number, or what nobody knows, in every corner of a workbook.
func TestATamperedWorkbookIsRefused(t *testing.T) {
	book := bookOf(t, threeYears().tables()...)
	original := partsOf(t, write(t, book))
	const secret = "918273645"
	for _, c := range []struct {
		name, part, from, to string
		rule                 disclosure.Rule // of the first refusal; -1: cannot be judged
	}{
		{"a shown number", "xl/worksheets/sheet6.xml", "<v>20", "<v>" + secret, disclosure.RuleCell},
		{"a number one cent off", "xl/worksheets/sheet7.xml", ".87</v>", ".88</v>", disclosure.RuleCell},
		{"a hidden cell", "xl/worksheets/sheet6.xml", `t="inlineStr"><is><t>x</t></is>`, "><v>7</v>", disclosure.RuleHidden},
		{"a mark with more", "xl/worksheets/sheet6.xml", "<is><t>x</t>", "<is><t>x7</t>", disclosure.RuleHidden},
		{"a mark in two runs", "xl/worksheets/sheet6.xml", "<is><t>x</t>", "<is><t>x</t><t>7</t>", disclosure.RuleHidden},
		{"an escaped digit", "xl/worksheets/sheet6.xml", "<is><t>x</t>", "<is><t>x_x0037_</t>", disclosure.RuleHidden},
		{"a number as a text", "xl/worksheets/sheet6.xml", "><v>2017</v>", ` t="inlineStr"><is><t>2017</t></is>`, disclosure.RuleCell},
		{"a formula", "xl/worksheets/sheet6.xml", "<v>2017</v>", "<f>1+1</f><v>2017</v>", disclosure.RuleFormula},
		{"a formula beside the table", "xl/worksheets/sheet6.xml", "</row>", `<c r="XFD1"><f>A1</f></c></row>`, disclosure.RuleFormula},
		{"a number beside the table", "xl/worksheets/sheet6.xml", "</row>", `<c r="XFD1"><v>7</v></c></row>`, disclosure.RuleNumber},
		{"a number as text beside it", "xl/worksheets/sheet6.xml", "</row>", `<c r="XFD1" t="inlineStr"><is><t>7</t></is></c></row>`, disclosure.RuleNumber},
		{"a key figure", "xl/worksheets/sheet1.xml", "><v>0.", "><v>0.12", disclosure.RuleNumber},
		{"a shared text", "xl/sharedStrings.xml", "Zes kerncijfers", "Zes kerncijfers " + secret, disclosure.RuleWords},
		{"thousands", "xl/sharedStrings.xml", "Zes kerncijfers", "Zes 12.345 kerncijfers", disclosure.RuleWords},
		{"thousands with a space", "xl/sharedStrings.xml", "Zes kerncijfers", "Zes 12\u00a0345 kerncijfers", disclosure.RuleWords},
		{"runs of a text", "xl/sharedStrings.xml", "<t>Zes kerncijfers</t>", "<r><t>Zes 123</t></r><r><t>456</t></r>", disclosure.RuleWords},
		{"the headline", "docProps/core.xml", "<dc:subject>", "<dc:subject>12345,6 ", disclosure.RuleWords},
		{"a property", "docProps/app.xml", "<Application>Ontschot", "<Application>" + secret, disclosure.RuleNumber},
		{"a small property", "docProps/app.xml", "<Application>Ontschot", "<Application>7", disclosure.RuleNumber},
		{"a comment at a header", "xl/comments1.xml", "Kolom in", secret + " in", disclosure.RuleWords},
		{"a footer", "xl/worksheets/sheet6.xml", "&amp;8stand", "&amp;8" + secret + " stand", disclosure.RuleWords},
		{"the name of a table", "xl/tables/table1.xml", `displayName="`, `displayName="t` + secret, disclosure.RuleWords},
		{"the header of a column", "xl/tables/table1.xml", `<tableColumn id="1" name="`, `<tableColumn id="1" name="` + secret, disclosure.RuleWords},
		{"a defined name", "xl/workbook.xml", `<definedName name="kern_`, `<definedName name="k` + secret, disclosure.RuleWords},
		{"a name for a number", "xl/workbook.xml", "<definedNames>", `<definedNames><definedName name="a">7</definedName>`, disclosure.RuleFormula},
		{"the cache of a chart", "xl/charts/chart1.xml", "<numCache>", `<numCache><pt idx="0"><v>7</v></pt>`, disclosure.RuleNumber},
		{"the title of a chart", "xl/charts/chart1.xml", "duizend euro", "1" + secret + " duizend euro", disclosure.RuleWords},
		{"an axis", "xl/charts/chart1.xml", `<max val="`, `<max val="7`, disclosure.RuleNumber},
		{"the words for a chart", "xl/drawings/drawing1.xml", `descr="`, `descr="` + secret + " ", disclosure.RuleWords},
		{"a link outside", "xl/worksheets/_rels/sheet6.xml.rels", `Id="rId1"`, `Id="rId1" TargetMode="External"`, disclosure.RuleFormula},
		{"a format that says it", "xl/styles.xml", `formatCode="`, `formatCode="&quot;` + secret + `&quot;`, disclosure.RuleWords},
		{"a row left out", "xl/worksheets/sheet6.xml", `<row r="9"`, `<row r="9000"`, -1},
		{"an element", "xl/worksheets/sheet6.xml", "</worksheet>", "<extLst></extLst></worksheet>", -1},
		{"an XML comment", "xl/worksheets/sheet6.xml", "<sheetData>", "<sheetData><!--" + secret + "-->", -1},
		{"a CDATA section", "xl/sharedStrings.xml", "Zes kerncijfers", "<![CDATA[" + secret + "]]>", -1},
		{"a kind of cell", "xl/worksheets/sheet6.xml", `t="inlineStr"`, `t="e"`, -1},
		{"two cells in one place", "xl/worksheets/sheet6.xml", `<c r="B8"`, `<c r="A8"`, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := slices.Clone(original)
			i := slices.IndexFunc(all, func(p part) bool { return p.name == c.part })
			body := strings.Replace(all[i].body, c.from, c.to, 1)
			if body == all[i].body {
				t.Fatalf("%s does not hold %q", c.part, c.from)
			}
			all[i].body = body
			refused(t, book, packed(t, all), c.rule, secret)
		})
	}
	for _, extra := range []part{{"xl/vbaProject.bin", secret}, {"xl/media/image1.png", secret}, {"customXml/item1.xml", "<a/>"}, {"docProps/custom.xml", "<p><v>" + secret + "</v></p>"},
		{"xl/worksheets/sheet99.xml", "<worksheet></worksheet>"}, original[3]} {
		rule := disclosure.Rule(-1)
		if extra.name == "docProps/custom.xml" {
			rule = disclosure.RuleNumber
		}
		refused(t, book, packed(t, append(slices.Clone(original), extra)), rule, secret)
	}
	missing := slices.DeleteFunc(slices.Clone(original), func(p part) bool { return p.name == "xl/worksheets/sheet6.xml" })
	refused(t, book, packed(t, missing), -1, secret)
	refused(t, book, []byte("no workbook"), -1, secret)
}

// refused wants a refusal, by a rule or because it cannot be judged, that does not hold the secret.
func refused(t *testing.T, book Book, file []byte, rule disclosure.Rule, secret string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "boek.xlsx")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	err := judge(t, path, book)
	if err == nil {
		t.Fatal("it may leave")
	}
	if strings.Contains(err.Error(), secret) {
		t.Errorf("the refusal holds the value: %v", err)
	}
	if rule < 0 {
		if _, ok := errors.AsType[*UnreadError](err); !ok {
			t.Errorf("refused by %v, want that it cannot be judged", err)
		}
		return
	}
	refusal, ok := errors.AsType[*disclosure.RefusedError](err)
	if !ok || !slices.ContainsFunc(refusal.Refusals, func(r disclosure.Refusal) bool { return r.Rule == rule }) {
		t.Errorf("refused by %v, want %v", err, rule)
	}
}

// scanned is what a document holds, as one of two readers sees it.
func scanned(body []byte) ([]string, error) {
	s := newXMLScanner(bytes.NewReader(body))
	var out []string
	for {
		kind, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, err
		case kind == xmlText:
			out = append(out, "text "+string(s.text))
		case kind == xmlEnd:
			out = append(out, "end "+s.name)
		default:
			line := "start " + s.name
			for _, a := range s.attrs {
				line += " " + string(a.name) + "=" + string(a.value)
			}
			out = append(out, line)
		}
	}
}

// decoded is the same by encoding/xml.
func decoded(body []byte) ([]string, error) {
	full := func(n xml.Name) string {
		if n.Space != "" {
			return n.Space + ":" + n.Local
		}
		return n.Local
	}
	if err := xml.NewDecoder(bytes.NewReader(body)).Decode(new(struct{ XMLName xml.Name })); err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	var out []string
	depth := 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			line := "start " + full(token.Name)
			for _, a := range token.Attr {
				line += " " + full(a.Name) + "=" + a.Value
			}
			out = append(out, line)
		case xml.EndElement:
			depth--
			out = append(out, "end "+full(token.Name))
		case xml.CharData:
			if depth > 0 && len(token) > 0 {
				out = append(out, "text "+string(token))
			}
		case xml.Comment, xml.Directive:
			return nil, errors.New("more than elements and texts")
		case xml.ProcInst:
		}
	}
}

// FuzzXML holds the scanner against encoding/xml: what it takes, it reads the same.
func FuzzXML(f *testing.F) {
	for _, seed := range []string{
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<a x="1" y:z="&lt;&#x41;"><b/>tekst &amp; meer<c>é</c></a>`, `<a>&#38;&quot;</a>`, `<a b='1'/>`, `<a><!-- x --></a>`,
		`<a>]]></a>`, `<a x="1"x="2"/>`, "<a>\r\n</a>", `<a:b xmlns:a="u"></a:b>`, `<a/><b/>`, `<a`, `</a>`, "<a>\x00</a>", `<a b=""/> `,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		ours, err := scanned(body)
		if err != nil {
			return
		}
		theirs, err := decoded(body)
		if err != nil {
			t.Fatalf("taken, and encoding/xml says %v", err)
		}
		if !slices.Equal(ours, theirs) {
			t.Fatalf("read as %q, by encoding/xml as %q", ours, theirs)
		}
	})
}

// TestBothReadersOfXMLAgree holds the scanner against encoding/xml on every part of a workbook.
func TestBothReadersOfXMLAgree(t *testing.T) {
	for name, body := range parts(t, write(t, bookOf(t, madeUp().tables()...))) {
		ours, err := scanned([]byte(body))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		theirs, err := decoded([]byte(body))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !slices.Equal(ours, theirs) {
			t.Errorf("%s is read differently", name)
		}
	}
}

// FuzzReadBack reads files of any kind: it ends, without a panic, and what it cannot judge is an error.
func FuzzReadBack(f *testing.F) {
	book := bookOf(f, madeUp().tables()[:1]...)
	small := partsOf(f, write(f, book))
	f.Add("xl/worksheets/sheet2.xml", []byte(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`))
	f.Add("xl/sharedStrings.xml", []byte(`<sst><si><t>x</t></si></sst>`))
	f.Add("xl/workbook.xml", []byte(`<workbook><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>`))
	f.Add("docProps/core.xml", []byte(`<a>12345</a>`))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		if strings.HasSuffix(name, "/") {
			return // a folder holds nothing
		}
		all := slices.Clone(small)
		i := slices.IndexFunc(all, func(p part) bool { return p.name == name })
		if i < 0 {
			all, i = append(all, part{name: name}), len(all)
		}
		all[i].body = string(body)
		raw := packed(t, all)
		in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			return
		}
		account, err := Account(book)
		if err != nil {
			t.Fatal(err)
		}
		gate := disclosure.NewGate(book.Released, account)
		if err := readPackage(in, gate.See); err != nil {
			if _, ok := errors.AsType[*UnreadError](err); !ok {
				t.Fatalf("%v is no UnreadError", err)
			}
		}
		_ = gate.Close() // refusing is fine, a panic is not
	})
}
