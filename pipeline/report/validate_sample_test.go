package report

const (
	declared   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	inSheets   = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	inRelation = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	office     = `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	ofSheets   = `ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// sample is a small workbook by hand, with one of everything: two sheets, shared
// texts, tables, a note, a chart, names, links, merged cells and colours by value.
func sample() []part {
	return []part{
		{"[Content_Types].xml", declared + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>` +
			`<Override PartName="/xl/workbook.xml" ` + ofSheets + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ` + ofSheets + `worksheet+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet2.xml" ` + ofSheets + `worksheet+xml"/><Override PartName="/xl/styles.xml" ` + ofSheets + `styles+xml"/>` +
			`<Override PartName="/xl/sharedStrings.xml" ` + ofSheets + `sharedStrings+xml"/><Override PartName="/xl/tables/table1.xml" ` + ofSheets + `table+xml"/>` +
			`<Override PartName="/xl/tables/table2.xml" ` + ofSheets + `table+xml"/><Override PartName="/xl/comments1.xml" ` + ofSheets + `comments+xml"/>` +
			`<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>` +
			`<Override PartName="/xl/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>` +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
			`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`},
		{"_rels/.rels", declared + inRelation + `<Relationship Id="rId1" ` + office + `officeDocument" Target="xl/workbook.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
			`<Relationship Id="rId3" ` + office + `extended-properties" Target="docProps/app.xml"/></Relationships>`},
		{"docProps/app.xml", declared + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>x</Application></Properties>`},
		{"docProps/core.xml", declared + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
			`xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Voorbeeld</dc:title><dc:language>nl-NL</dc:language>` +
			`<dcterms:created xsi:type="dcterms:W3CDTF">2020-01-02T00:00:00Z</dcterms:created></cp:coreProperties>`},
		{"xl/_rels/workbook.xml.rels", declared + inRelation + `<Relationship Id="rId1" ` + office + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" ` + office + `worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" ` + office + `styles" Target="styles.xml"/>` +
			`<Relationship Id="rId4" ` + office + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/workbook.xml", declared + `<workbook` + inSheets + `><bookViews><workbookView activeTab="0"/></bookViews><sheets><sheet name="Samen" sheetId="1" r:id="rId1"/>` +
			`<sheet name="Cijfers per wijk" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="kern_totaal">Samen!$B$4</definedName>` +
			`<definedName name="_xlnm.Print_Titles" localSheetId="1">'Cijfers per wijk'!$3:$3</definedName></definedNames></workbook>`},
		{"xl/sharedStrings.xml", declared + `<sst` + inSheets + ` count="8" uniqueCount="7"><si><t>Titel</t></si><si><t>Wet</t></si><si><t>Bedrag</t></si><si><t>Zvw</t></si><si><t>Wmo</t></si>` +
			`<si><t>Jaar</t></si><si><r><t xml:space="preserve">Naar </t></r><r><rPr><b/></rPr><t>boven</t></r></si></sst>`},
		{"xl/styles.xml", declared + `<styleSheet` + inSheets + `><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.0&quot; %&quot;"/></numFmts>` +
			`<fonts count="1"><font><sz val="11"/><color rgb="FF000000"/><name val="Arial"/></font></fonts>` +
			`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
			`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
			`<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"><alignment indent="1"/></xf></cellXfs>` +
			`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><font><b/></font></dxf></dxfs><tableStyles count="0"/></styleSheet>`},
		{"xl/worksheets/sheet1.xml", declared + `<worksheet` + inSheets + `><dimension ref="A1:C6"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>` +
			`<cols><col min="1" max="1" width="20" customWidth="1"/><col min="2" max="3" width="12" customWidth="1"/></cols><sheetData>` +
			`<row r="1" ht="20" customHeight="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve"> Regel </t></is></c><c r="C2"/></row>` +
			`<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c></row><row r="4"><c r="A4" t="s"><v>3</v></c><c r="B4" s="1"><v>12.5</v></c></row>` +
			`<row r="5"><c r="A5" t="s"><v>4</v></c><c r="B5" s="1"/><c r="C5"><v>-1E3</v></c></row><row r="6"><c r="A6" t="inlineStr"><is><t>x</t></is></c></row></sheetData>` +
			`<mergeCells count="1"><mergeCell ref="A2:C2"/></mergeCells><hyperlinks><hyperlink ref="A1" location="'Cijfers per wijk'!A1"/></hyperlinks>` +
			`<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9"/><headerFooter><oddFooter>&amp;C&amp;P</oddFooter></headerFooter>` +
			`<drawing r:id="rId1"/></worksheet>`},
		{"xl/worksheets/_rels/sheet1.xml.rels", declared + inRelation + `<Relationship Id="rId1" ` + office + `drawing" Target="../drawings/drawing1.xml"/></Relationships>`},
		{"xl/worksheets/sheet2.xml", declared + `<worksheet` + inSheets + `><dimension ref="A1:F5"/><sheetViews><sheetView workbookViewId="0">` +
			`<pane xSplit="1" ySplit="3" topLeftCell="B4" activePane="bottomRight" state="frozen"/><selection pane="bottomRight" sqref="B4"/></sheetView></sheetViews><sheetData>` +
			`<row r="1"><c r="A1" t="s"><v>6</v></c></row><row r="3"><c r="A3" t="s"><v>5</v></c><c r="B3" t="s"><v>2</v></c><c r="E3" t="s"><v>1</v></c><c r="F3" t="s"><v>2</v></c></row>` +
			`<row r="4"><c r="A4"><v>2020</v></c><c r="B4" s="1"><v>7</v></c><c r="E4" t="s"><v>3</v></c><c r="F4"><v>1</v></c></row>` +
			`<row r="5"><c r="A5"><v>2021</v></c><c r="B5" t="inlineStr"><is><t>.</t></is></c><c r="E5" t="s"><v>4</v></c><c r="F5"><v>2</v></c></row></sheetData>` +
			`<conditionalFormatting sqref="B4:B5"><cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/><color rgb="FF0B5394"/></colorScale></cfRule>` +
			`</conditionalFormatting><legacyDrawing r:id="rId2"/><tableParts count="2"><tablePart r:id="rId3"/><tablePart r:id="rId4"/></tableParts></worksheet>`},
		{"xl/worksheets/_rels/sheet2.xml.rels", declared + inRelation + `<Relationship Id="rId1" ` + office + `comments" Target="../comments1.xml"/>` +
			`<Relationship Id="rId2" ` + office + `vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId3" ` + office + `table" Target="../tables/table1.xml"/>` +
			`<Relationship Id="rId4" ` + office + `table" Target="../tables/table2.xml"/></Relationships>`},
		{"xl/tables/table1.xml", declared + `<table` + inSheets + ` id="1" name="t_jaar" displayName="t_jaar" ref="A3:B5"><autoFilter ref="A3:B5"/><tableColumns count="2">` +
			`<tableColumn id="1" name="Jaar"/><tableColumn id="2" name="Bedrag"/></tableColumns><tableStyleInfo name="TableStyleLight1" showRowStripes="1"/></table>`},
		{"xl/tables/table2.xml", declared + `<table` + inSheets + ` id="2" name="t_wet" displayName="t_wet" ref="E3:F5"><tableColumns count="2">` +
			`<tableColumn id="3" name="Wet"/><tableColumn id="4" name="Bedrag"/></tableColumns></table>`},
		{"xl/comments1.xml", declared + `<comments` + inSheets + `><authors><author>Ik</author></authors><commentList><comment ref="B3" authorId="0"><text><t>In euro's.</t></text></comment></commentList></comments>`},
		{"xl/drawings/vmlDrawing1.vml", `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
			`<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t202" style="visibility:hidden">` +
			`<x:ClientData ObjectType="Note"><x:Anchor>2, 15, 2, 2, 4, 31, 6, 1</x:Anchor><x:Row>2</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>`},
		{"xl/drawings/drawing1.xml", declared + `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">` +
			`<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>` +
			`<xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>20</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>` +
			`<xdr:cNvPr id="2" name="Grafiek 1" descr="Staven: Zvw 12,5."/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>` +
			`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ` +
			`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`},
		{"xl/drawings/_rels/drawing1.xml.rels", declared + inRelation + `<Relationship Id="rId1" ` + office + `chart" Target="../charts/chart1.xml"/></Relationships>`},
		{"xl/charts/chart1.xml", declared + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>` +
			`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>Zvw kost 12,5</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/>` +
			`<c:grouping val="stacked"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>Samen!$B$3</c:f></c:strRef></c:tx><c:invertIfNegative val="0"/>` +
			`<c:dLbls><c:dLblPos val="ctr"/><c:showVal val="1"/></c:dLbls><c:cat><c:strRef><c:f>Samen!$A$4:$A$5</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>Samen!$B$4:$B$5</c:f></c:numRef></c:val></c:ser>` +
			`<c:ser><c:idx val="1"/><c:order val="1"/><c:cat><c:strRef><c:f>Samen!$A$4:$A$5</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>Samen!$C$4:$C$5</c:f></c:numRef></c:val></c:ser>` +
			`<c:gapWidth val="50"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>` +
			`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="2"/></c:catAx>` +
			`<c:valAx><c:axId val="2"/><c:scaling><c:max val="20"/><c:min val="-20"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="1"/></c:valAx></c:plotArea>` +
			`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`},
	}
}
