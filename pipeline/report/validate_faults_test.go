package report

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTheValidatorFindsWhatIsPlanted holds the validator against a workbook by
// hand: nothing to say about it, and one fault found for each that is planted.
func TestTheValidatorFindsWhatIsPlanted(t *testing.T) {
	for _, f := range inspectWorkbook(packed(t, sample())).faults {
		t.Errorf("the sample is good, and yet: %v", f)
	}
	for _, c := range planted() {
		t.Run(c.name, func(t *testing.T) {
			all := sample()
			i := slices.IndexFunc(all, func(p part) bool { return p.name == c.part })
			body := strings.Replace(all[i].body, c.from, c.to, 1)
			if body == all[i].body {
				t.Fatalf("%s does not hold %q", c.part, c.from)
			}
			all[i].body = body
			wantFault(t, packed(t, all), c.rule)
		})
	}
}

func wantFault(t *testing.T, file []byte, rule string) {
	t.Helper()
	faults := inspectWorkbook(file).faults
	if !slices.ContainsFunc(faults, func(f fault) bool { return strings.Contains(f.String(), rule) }) {
		t.Errorf("found %v, want %q", faults, rule)
	}
}

// TestTheValidatorFindsAFaultyPackage plants faults in the package itself.
func TestTheValidatorFindsAFaultyPackage(t *testing.T) {
	with := func(extra part) []part { return append(sample(), extra) }
	without := func(name string) []part {
		return slices.DeleteFunc(sample(), func(p part) bool { return p.name == name })
	}
	reversed := sample()
	slices.Reverse(reversed)
	file := packed(t, sample())
	damaged := slices.Clone(file)
	damaged[200] ^= 0xff
	for name, c := range map[string]struct {
		file []byte
		rule string
	}{
		"no zip":                     {[]byte("PK"), "no zip"},
		"cut off":                    {file[:len(file)-9], "no zip"},
		"damaged":                    {damaged, "size or checksum"},
		"a part twice":               {packed(t, with(sample()[5])), "there twice"},
		"a part twice in capitals":   {packed(t, with(part{"XL/styles.xml", ""})), "there twice"},
		"a name that leads out":      {packed(t, with(part{"../a.xml", "<a/>"})), "leads out"},
		"an absolute name":           {packed(t, with(part{"/a.xml", "<a/>"})), "absolute"},
		"content types last":         {packed(t, reversed), "must come first"},
		"no content types":           {packed(t, without("[Content_Types].xml")), "no content types"},
		"no relationships":           {packed(t, without("_rels/.rels")), "no relationship leads to a workbook"},
		"a part nobody leads to":     {packed(t, with(part{"xl/a.xml", "<a/>"})), "no relationship leads to the part"},
		"a part without a type":      {packed(t, with(part{"xl/a.bin", "a"})), "no content type"},
		"relationships of nothing":   {packed(t, with(part{"xl/_rels/a.xml.rels", inRelation + "</Relationships>"})), "a part that is not there"},
		"an override of nothing":     {packed(t, without("xl/comments1.xml")), "override for a part that is not there"},
		"a target that is not there": {packed(t, without("xl/tables/table1.xml")), "the target ../tables/table1.xml is not there"},
		"no properties":              {packed(t, without("docProps/core.xml")), "the properties of the document are missing"},
		"no chart":                   {packed(t, without("xl/charts/chart1.xml")), "the target ../charts/chart1.xml is not there"},
	} {
		t.Run(name, func(t *testing.T) { wantFault(t, c.file, c.rule) })
	}
}

type plantedFault struct{ name, part, from, to, rule string }

func planted() []plantedFault {
	return slices.Concat(plantedInPackage(), plantedInWorkbook(), plantedInSheets(), plantedInTables(), plantedInStyles(), plantedInCharts())
}

func plantedInPackage() []plantedFault {
	const types, rels, core = "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml"
	return []plantedFault{
		{"an override twice", types, `</Types>`, `<Override PartName="/xl/styles.xml" ContentType="a"/></Types>`, "an override is there twice"},
		{"a wrong content type", types, `styles+xml`, `theme+xml`, "the content type is"},
		{"a name without a slash", types, `"/xl/styles.xml"`, `"xl/styles.xml"`, "does not start with a slash"},
		{"an id of a relationship twice", rels, `"rId3"`, `"rId2"`, "empty or there twice"},
		{"a relationship outside", rels, `Id="rId3"`, `TargetMode="External" Id="rId3"`, "only a hyperlink"},
		{"a relationship that is missing", "xl/worksheets/sheet1.xml", `<drawing r:id="rId1"/>`, `<drawing r:id="rId7"/>`, `the relationship "rId7" is not there`},
		{"broken XML", "xl/styles.xml", `</styleSheet>`, ``, "not well-formed"},
		{"a second root", "xl/styles.xml", `</styleSheet>`, `</styleSheet><a/>`, "a second root"},
		{"an attribute twice", "xl/styles.xml", `<fonts count="1"`, `<fonts count="1" count="1"`, "there twice"},
		{"a prefix not declared", "xl/workbook.xml", `<sheets>`, `<sheets z:a="1">`, "prefix z is not declared"},
		{"a prefix to ignore not declared", "xl/workbook.xml", `<workbook`, `<workbook xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15"`, "x15 is to be ignored"},
		{"a document type", "xl/workbook.xml", `<workbook`, `<!DOCTYPE a><workbook`, "document type definition"},
		{"no UTF-8", "xl/sharedStrings.xml", `Titel`, "Tit\xffel", "no UTF-8"},
		{"a control sign", "xl/sharedStrings.xml", `Titel`, "Tit\x01el", "not well-formed"},
		{"no title", core, `<dc:title>Voorbeeld</dc:title>`, ``, "title: the property is missing"},
		{"no language", core, `nl-NL`, ``, "language: the property is missing"},
		{"a date of today", core, `2020-01-02T00:00:00Z`, time.Now().UTC().Format(time.RFC3339), "that of the clock"},
		{"a date that is none", core, `2020-01-02T00:00:00Z`, `gisteren`, "no W3CDTF date"},
	}
}

func plantedInWorkbook() []plantedFault {
	const book = "xl/workbook.xml"
	sheet := func(name string) string { return `<sheet name="` + name + `" sheetId="1"` }
	name := func(name, to string) string {
		return `<definedName name="` + name + `">` + to + `</definedName></definedNames>`
	}
	return []plantedFault{
		{"two sheets of one name", book, `name="Samen"`, `name="CIJFERS per wijk"`, "two sheets have this name"},
		{"a long name", book, sheet("Samen"), sheet(strings.Repeat("a", 32)), "1 to 31"},
		{"a long name of wide signs", book, sheet("Samen"), sheet(strings.Repeat("😀", 16)), "1 to 31"},
		{"a slash in a name", book, sheet("Samen"), sheet("a/b"), "a sign that Excel refuses"},
		{"a quote at the end of a name", book, sheet("Samen"), sheet("a'"), "a sign that Excel refuses"},
		{"a name of Excel", book, sheet("Samen"), sheet("History"), "keeps this name"},
		{"a sheetId twice", book, `sheetId="2"`, `sheetId="1"`, "sheetId"},
		{"a sheet that is no sheet", book, `sheetId="2" r:id="rId2"`, `sheetId="2" r:id="rId3"`, "leads to no sheet"},
		{"an active sheet that is not there", book, `activeTab="0"`, `activeTab="2"`, "is not there or not to be seen"},
		{"an active sheet that is hidden", book, `sheetId="1"`, `sheetId="1" state="hidden"`, "is not there or not to be seen"},
		{"another sheet selected", book, `activeTab="0"`, `activeTab="1"`, "must be selected"},
		{"a name like an address", book, `</definedNames>`, name("AB12", "Samen!$B$4"), "takes no such name"},
		{"a name with a space", book, `</definedNames>`, name("a b", "Samen!$B$4"), "takes no such name"},
		{"a name of Excel's that it does not know", book, `_xlnm.Print_Titles`, `_xlnm.Print_Title`, "takes no such name"},
		{"a name twice", book, `</definedNames>`, name("KERN_totaal", "Samen!$B$4"), "the name is there twice"},
		{"a name to nowhere", book, `Samen!$B$4`, `Elders!$B$4`, "leads to no cells"},
		{"a name to #REF!", book, `Samen!$B$4`, `Samen!#REF!`, "#REF!"},
		{"a name to an empty cell", book, `Samen!$B$4`, `Samen!$B$9`, "leads to empty cells"},
		{"a name beyond the sheet", book, `Samen!$B$4`, `Samen!$XFE$4`, "leads to no cells"},
		{"a name without quotes", book, `'Cijfers per wijk'!$3:$3`, `Cijfers per wijk!$3:$3`, "leads to no cells"},
		{"a name of a sheet that is not there", book, `localSheetId="1"`, `localSheetId="2"`, "of the name is not there"},
		{"titles of another sheet", book, `localSheetId="1"`, `localSheetId="0"`, "leads to another sheet"},
		{"names before sheets", book, `<bookViews>`, `<definedNames/><bookViews>`, "out of the order"},
		{"an order of calculation", "xl/_rels/workbook.xml.rels", `styles" Target="styles.xml"`, `calcChain" Target="styles.xml"`, "order of calculation"},
		{"a count of texts", "xl/sharedStrings.xml", `uniqueCount="7"`, `uniqueCount="8"`, "uniqueCount"},
		{"a long text", "xl/sharedStrings.xml", `Titel`, strings.Repeat("é", 32_768), "more than 32767"},
		{"a lost space", "xl/worksheets/sheet1.xml", ` xml:space="preserve"`, ``, "xml:space"},
	}
}

func plantedInSheets() []plantedFault {
	const one, two = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
	return []plantedFault{
		{"a row too early", one, `<row r="4">`, `<row r="2">`, "comes after row"},
		{"a row outside", one, `<row r="6">`, `<row r="1048577">`, "outside the sheet"},
		{"a cell of another row", one, `r="B4"`, `r="B5"`, "no cell of row 4"},
		{"a cell too early", one, `r="B4"`, `r="A4"`, "comes after one to its right"},
		{"a cell outside", one, `r="C5"`, `r="XFE5"`, "no cell of row 5"},
		{"a dimension that does not cover", one, `ref="A1:C6"`, `ref="A1"`, "does not cover"},
		{"a number that is none", one, `<v>12.5</v>`, `<v>12,5</v>`, "is no number"},
		{"NaN", one, `<v>12.5</v>`, `<v>NaN</v>`, "is no number"},
		{"infinity", one, `<v>12.5</v>`, `<v>1e999</v>`, "is no number"},
		{"an error", one, `<c r="C5"><v>-1E3</v>`, `<c r="C5" t="e"><v>#REF!</v>`, "an error: #REF!"},
		{"#REF! as a text", "xl/sharedStrings.xml", `Titel`, `#REF!`, "A1: #REF!"},
		{"a shared text that is not there", one, `<v>0</v>`, `<v>7</v>`, "the shared text"},
		{"a style that is not there", one, `s="1"`, `s="2"`, "the style"},
		{"a type that is none", one, `t="s"`, `t="text"`, "no value of the type"},
		{"a text in the wrong place", one, `<is><t>x</t></is>`, `<v>x</v>`, "stands in is"},
		{"a formula", one, `<v>12.5</v>`, `<f>1+1</f><v>12.5</v>`, "a formula"},
		{"a formula after its value", one, `<v>12.5</v>`, `<v>12.5</v><f>1+1</f>`, "out of the order"},
		{"columns that overlap", one, `min="2"`, `min="1"`, "columns overlap"},
		{"a column outside", one, `max="3"`, `max="16385"`, "columns overlap"},
		{"links before merged cells", one, `<mergeCells`, `<hyperlinks/><mergeCells`, "out of the order"},
		{"page margins twice", one, `<pageSetup`, `<pageMargins/><pageSetup`, "there twice"},
		{"an unknown element", one, `<pageSetup`, `<page/><pageSetup`, "knows no page"},
		{"merged cells that overlap", one, `<mergeCells count="1">`, `<mergeCells count="2"><mergeCell ref="B1:B3"/>`, "overlaps another"},
		{"a merged cell alone", one, `"A2:C2"`, `"A2"`, "no range of more than one cell"},
		{"a count of merged cells", one, `<mergeCells count="1">`, `<mergeCells count="2">`, "count is"},
		{"a link to nowhere", one, `'Cijfers per wijk'!A1`, `'Cijfers per buurt'!A1`, "is not there"},
		{"a link on an empty cell", one, `<hyperlink ref="A1"`, `<hyperlink ref="D1"`, "no cell with a text"},
		{"a long footer", one, `&amp;P`, strings.Repeat("a", 256), "more than 255"},
		{"no columns", one, `<cols>`, `<cols></cols><cols>`, "col is missing"},
		{"a margin that is missing", one, `top="0.6" `, ``, "the attribute top is missing"},
		{"a page that lies askew", one, `paperSize="9"`, `orientation="askew"`, "which the schema does not know"},
		{"a row without a height", one, `ht="20"`, `ht="410"`, "the height 410"},
		{"a column without a width", one, `width="20"`, `width="256"`, "the width 256"},
		{"a pane over what is frozen", two, `topLeftCell="B4"`, `topLeftCell="B3"`, "frozen part"},
		{"a pane that is not active", two, `activePane="bottomRight"`, `activePane="topLeft"`, "the active pane"},
		{"a window that is not there", two, `workbookViewId="0"`, `workbookViewId="1"`, "the window"},
		{"a colour scale with one colour", two, `<color rgb="FFFFFFFF"/>`, ``, "colour scale"},
		{"a condition without its style", two, `priority="1"`, `priority="1" dxfId="1"`, "for what differs"},
	}
}
