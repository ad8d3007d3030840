package report

import "strings"

func plantedInTables() []plantedFault {
	const one, two, sheet, notes, shapes = "xl/tables/table1.xml", "xl/tables/table2.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
	return []plantedFault{
		{"an id of a table twice", two, `id="2"`, `id="1"`, "table2.xml id"},
		{"a name of a table twice", two, `displayName="t_wet"`, `displayName="T_JAAR"`, "belongs to another table"},
		{"a table named as a range", two, `displayName="t_wet"`, `displayName="Kern_Totaal"`, "or to a defined name"},
		{"a table named as a cell", two, `displayName="t_wet"`, `displayName="t2020"`, "takes no such name"},
		{"a table with a row too many", one, `ref="A3:B5"`, `ref="A3:B6"`, "last row of the table is empty"},
		{"a table with a row too few", one, `ref="A3:B5"`, `ref="A3:B4"`, "go on below the table"},
		{"a table without data", one, `ref="A3:B5"`, `ref="A3:B3"`, "no row of data"},
		{"a table outside the sheet", one, `ref="A3:B5"`, `ref="A3:B1048577"`, "is no range"},
		{"a table with a column too many", one, `ref="A3:B5"`, `ref="A3:C5"`, "the range has 3"},
		{"a count of columns", one, `tableColumns count="2"`, `tableColumns count="3"`, "count is 3"},
		{"a header that differs", one, `name="Jaar"`, `name="Jaren"`, `the cell holds "Jaar"`},
		{"a header twice", one, `name="Jaar"`, `name="BEDRAG"`, "there twice"},
		{"an empty header", one, `name="Jaar"`, `name=""`, "is empty"},
		{"a header that is a number", sheet, `<c r="A3" t="s"><v>5</v></c>`, `<c r="A3"><v>5</v></c>`, `the header is "Jaar", the cell holds "5"`},
		{"an id of a column twice", one, `tableColumn id="2"`, `tableColumn id="1"`, "tableColumn 2"},
		{"a filter over another range", one, `<autoFilter ref="A3:B5"/>`, `<autoFilter ref="A3:B4"/>`, "is not the range of the table"},
		{"tables that overlap", two, `ref="E3:F5"`, `ref="B3:C5"`, "the table overlaps"},
		{"merged cells in a table", sheet, `<conditionalFormatting`, `<mergeCells><mergeCell ref="A4:B4"/></mergeCells><conditionalFormatting`, "lie in the table"},
		{"a filter over a table", sheet, `<conditionalFormatting`, `<autoFilter ref="A3:B5"/><conditionalFormatting`, "filter of the sheet"},
		{"a style of a table that is not there", one, `TableStyleLight1`, `TableStyleLight22`, "the style"},
		{"a table that the sheet does not name", sheet, `<tableParts count="2"><tablePart r:id="rId3"/>`, `<tableParts count="1">`, "the sheet does not name"},
		{"a count of tables", sheet, `tableParts count="2"`, `tableParts count="1"`, "count is"},
		{"a total", one, `ref="A3:B5">`, `ref="A3:B5" totalsRowCount="1">`, "no totals"},
		{"a note at no cell", notes, `ref="B3"`, `ref="C3"`, "its cell is not there"},
		{"a note by nobody", notes, `authorId="0"`, `authorId="1"`, "the author"},
		{"an empty note", notes, `In euro's.`, ``, "empty or too long"},
		{"a note that no shape shows", shapes, `<x:Row>2<`, `<x:Row>3<`, "no shape shows it"},
		{"a shape outside the sheet", shapes, `2, 15, 2, 2, 4`, `2, 15, 2, 2, 16384`, "outside the sheet"},
		{"notes without a drawing", sheet, `<legacyDrawing r:id="rId2"/>`, ``, "does not name the drawing"},
	}
}

func plantedInStyles() []plantedFault {
	const styles = "xl/styles.xml"
	return []plantedFault{
		{"a count of styles", styles, `cellXfs count="2"`, `cellXfs count="3"`, "count is 3"},
		{"a font that is not there", styles, `numFmtId="164" fontId="0"`, `numFmtId="164" fontId="1"`, "fontId 1"},
		{"a fill that is not there", styles, `fillId="0"`, `fillId="2"`, "fillId 2"},
		{"a border that is not there", styles, `borderId="0"`, `borderId="1"`, "borderId 1"},
		{"a format that is not there", styles, `xf numFmtId="164"`, `xf numFmtId="165"`, "number format 165"},
		{"a format of Excel's own id", styles, `numFmt numFmtId="164"`, `numFmt numFmtId="14"`, "164 or more"},
		{"a format with an open quote", styles, `&quot; %&quot;`, `&quot; %`, "no code that Excel reads"},
		{"a format of five sections", styles, `#,##0.0&quot;`, `0;0;0;0;&quot;`, "no code that Excel reads"},
		{"a fill that Excel keeps to itself", styles, `gray125`, `solid`, "keeps to itself"},
		{"a colour that is none", styles, `FF000000`, `000000`, "is no colour"},
		{"an alignment that is none", styles, `indent="1"`, `horizontal="middle"`, "which the schema does not know"},
		{"an indent too far", styles, `indent="1"`, `indent="251"`, "the alignment is none"},
		{"a bottom before a top", styles, `<top/><bottom/>`, `<bottom/><top/>`, "out of the order"},
		{"fills before fonts", styles, `<fonts`, `<fills/><fonts`, "out of the order"},
		{"no cell styles", styles, `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`, ``, "cellStyles: there are none"},
	}
}

func plantedInCharts() []plantedFault {
	const chart, drawing, sheet = "xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/worksheets/sheet1.xml"
	return []plantedFault{
		{"an anchor outside", drawing, `<xdr:col>3<`, `<xdr:col>16384<`, "the anchor"},
		{"an anchor upside down", drawing, `<xdr:row>20<`, `<xdr:row>6<`, "the anchor"},
		{"a chart without words", drawing, ` descr="Staven: Zvw 12,5."`, ``, "for who cannot see it"},
		{"an anchor without data", drawing, `<xdr:clientData/>`, ``, "clientData is missing"},
		{"a chart that is none", drawing, `r:id="rId1"`, `r:id="rId2"`, "leads to no chart"},
		{"values that are words", chart, `Samen!$B$4:$B$5`, `Samen!$A$4:$A$5`, "holds no number"},
		{"values that are hidden", sheet, `<c r="B5" s="1"/>`, `<c r="B5" t="inlineStr"><is><t>x</t></is></c>`, "holds the mark x"},
		{"a category that is hidden", chart, `Samen!$A$4:$A$5`, `Samen!$A$5:$A$6`, "holds the mark x"},
		{"a category that is empty", chart, `Samen!$A$4:$A$5`, `Samen!$B$4:$B$5`, "empty categories"},
		{"values of no sheet", chart, `Samen!$B$4:$B$5`, `Elders!$B$4:$B$5`, "leads to no cells"},
		{"values of no cells", chart, `Samen!$B$4:$B$5`, `Samen!$H$4:$H$5`, "holds no cell"},
		{"fewer values than categories", chart, `Samen!$B$4:$B$5`, `Samen!$B$4`, "2 categories and 1 values"},
		{"a series without a name", chart, `Samen!$B$3`, `Samen!$H$3`, "is not in one cell"},
		{"series of one order", chart, `<c:order val="1"/>`, `<c:order val="0"/>`, "order 0 is no number, or there twice"},
		{"labels before their place", chart, `<c:invertIfNegative val="0"/><c:dLbls><c:dLblPos val="ctr"/><c:showVal val="1"/></c:dLbls>`,
			`<c:dLbls><c:dLblPos val="ctr"/><c:showVal val="1"/></c:dLbls><c:invertIfNegative val="0"/>`, "invertIfNegative is out of the order"},
		{"labels at the end of a stack", chart, `<c:dLblPos val="ctr"/>`, `<c:dLblPos val="outEnd"/>`, "no labels at outEnd"},
		{"a line that is no line", chart, `</c:val></c:ser>`, `</c:val><c:smooth val="0"/></c:ser>`, "knows no smooth"},
		{"two axes of one id", chart, `<c:valAx><c:axId val="2"/>`, `<c:valAx><c:axId val="1"/>`, "two axes have the id 1"},
		{"an axis that crosses none", chart, `<c:crossAx val="1"/>`, `<c:crossAx val="3"/>`, "crosses the axis"},
		{"an axis that is not there", chart, `<c:axId val="2"/></c:barChart>`, `<c:axId val="3"/></c:barChart>`, "the axis 3 is not there"},
		{"one axis", chart, `<c:axId val="2"/></c:barChart>`, `</c:barChart>`, "1 axes"},
		{"an axis upside down", chart, `<c:max val="20"/>`, `<c:max val="-30"/>`, "ends before it begins"},
		{"an axis without a scale", chart, `<c:scaling><c:orientation val="maxMin"/></c:scaling>`, ``, "scaling is missing"},
		{"axes before series", chart, `<c:layout/>`, `<c:layout/><c:catAx/>`, "out of the order"},
		{"a word that is none", chart, `<c:axPos val="l"/>`, `<c:axPos val="left"/>`, "no value of it"},
		{"a gap too wide", chart, `<c:gapWidth val="50"/>`, `<c:gapWidth val="501"/>`, "no value of it"},
		{"a memory of another number", chart, `Samen!$B$4:$B$5</c:f>`, `Samen!$B$4:$B$5</c:f><c:numCache><c:ptCount val="2"/><c:pt idx="0"><c:v>12.6</c:v></c:pt></c:numCache>`, "remembers"},
		{"a memory of a row too many", chart, `Samen!$B$4:$B$5</c:f>`, `Samen!$B$4:$B$5</c:f><c:numCache><c:pt idx="2"><c:v></c:v></c:pt></c:numCache>`, "remembers"},
		{"a text without a body", chart, `<a:bodyPr/>`, ``, "bodyPr is missing"},
		{"a chart of nothing", sheet, `<c r="C5"><v>-1E3</v></c>`, strings.Repeat(" ", 1), "holds no cell"},
	}
}
