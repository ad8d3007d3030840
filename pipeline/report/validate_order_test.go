package report

import (
	"encoding/xml"
	"slices"
	"strings"
)

const (
	seriesHead = "idx! order! tx spPr "
	axisHead   = "axId! scaling! delete axPos! majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx! crosses|crossesAt "
	labelTail  = "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines leaderLines extLst"
	fillOf     = "noFill|solidFill|gradFill|blipFill|pattFill|grpFill "
	effectOf   = "effectLst|effectDag "
	runOf      = "ln " + fillOf + effectOf + "highlight uLnTx|uLn uFillTx|uFill latin ea cs sym hlinkClick hlinkMouseOver rtl extLst"
	drawn      = "sp|grpSp|graphicFrame|cxnSp|pic|contentPart! "
)

// schemaSequences are the children of an element in the order of the schema: ! must be
// there, * may be there more than once, | is one or the other. A key with a slash
// holds below that parent only.
var schemaSequences = map[string]string{
	"workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets! functionGroups externalReferences definedNames calcPr oleSize " +
		"customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr* webPublishObjects extLst",
	"worksheet": "sheetPr dimension sheetViews sheetFormatPr cols* sheetData! sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState " +
		"dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting* dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter " +
		"rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls " +
		"webPublishItems tableParts extLst",
	"cols": "col*!", "mergeCells": "mergeCell*!", "hyperlinks": "hyperlink*!", "dataValidations": "dataValidation*!", "conditionalFormatting": "cfRule*! extLst",
	"ignoredErrors": "ignoredError*! extLst", "tableParts": "tablePart*!", "tableColumns": "tableColumn*!", "bookViews": "workbookView*!", "sheets": "sheet*!",
	"sheetPr": "tabColor outlinePr pageSetUpPr", "sheetView": "pane selection* pivotSelection* extLst",
	"headerFooter": "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter", "c": "f v is extLst", "cfRule": "formula* colorScale dataBar iconSet extLst",
	"colorScale": "cfvo* color*", "table": "autoFilter sortState tableColumns! tableStyleInfo extLst", "comments": "authors! commentList! extLst", "comment": "text! commentPr",
	"styleSheet": "numFmts fonts! fills! borders! cellStyleXfs! cellXfs! cellStyles dxfs tableStyles colors extLst",
	"xf":         "alignment protection extLst", "border": "start end left right top bottom diagonal vertical horizontal",
	"dxf": "font numFmt fill alignment border protection extLst",

	"twoCellAnchor": "from! to! " + drawn + "clientData!", "oneCellAnchor": "from! ext! " + drawn + "clientData!", "absoluteAnchor": "pos! ext! " + drawn + "clientData!",
	"from": "col! colOff! row! rowOff!", "to": "col! colOff! row! rowOff!", "graphicFrame": "nvGraphicFramePr! xfrm! graphic! extLst", "pic": "nvPicPr! blipFill! spPr! style",

	"chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart! spPr txPr externalData printSettings userShapes extLst",
	"chart":      "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea! legend plotVisOnly dispBlanksAs showDLblsOverMax extLst",
	"title":      "tx layout overlay spPr txPr extLst", "rich": "bodyPr! lstStyle p*", "txPr": "bodyPr! lstStyle p*",
	"plotArea": "layout areaChart|area3DChart|lineChart|line3DChart|stockChart|radarChart|scatterChart|pieChart|pie3DChart|doughnutChart|barChart|bar3DChart|ofPieChart|" +
		"surfaceChart|surface3DChart|bubbleChart*! valAx|catAx|dateAx|serAx* dTable spPr extLst",
	"barChart":   "barDir! grouping varyColors ser* dLbls gapWidth overlap serLines* axId*! extLst",
	"bar3DChart": "barDir! grouping varyColors ser* dLbls gapWidth gapDepth shape axId*! extLst",
	"lineChart":  "grouping! varyColors ser* dLbls dropLines hiLowLines upDownBars marker smooth axId*! extLst",
	"areaChart":  "grouping varyColors ser* dLbls dropLines axId*! extLst",
	"pieChart":   "varyColors ser* dLbls firstSliceAng extLst", "doughnutChart": "varyColors ser* dLbls firstSliceAng holeSize extLst",
	"scatterChart": "scatterStyle! varyColors ser* dLbls axId*! extLst", "radarChart": "radarStyle! varyColors ser* dLbls axId*! extLst",
	"bubbleChart": "varyColors ser* dLbls bubble3D bubbleScale showNegBubbles sizeRepresents axId*! extLst",

	"barChart/ser":      seriesHead + "invertIfNegative pictureOptions dPt* dLbls trendline* errBars cat val shape extLst",
	"bar3DChart/ser":    seriesHead + "invertIfNegative pictureOptions dPt* dLbls trendline* errBars cat val shape extLst",
	"lineChart/ser":     seriesHead + "marker dPt* dLbls trendline* errBars cat val smooth extLst",
	"areaChart/ser":     seriesHead + "pictureOptions dPt* dLbls trendline* errBars* cat val extLst",
	"pieChart/ser":      seriesHead + "explosion dPt* dLbls cat val extLst",
	"doughnutChart/ser": seriesHead + "explosion dPt* dLbls cat val extLst",
	"scatterChart/ser":  seriesHead + "marker dPt* dLbls trendline* errBars* xVal yVal smooth extLst",
	"bubbleChart/ser":   seriesHead + "invertIfNegative dPt* dLbls trendline* errBars* xVal yVal bubbleSize bubble3D extLst",
	"radarChart/ser":    seriesHead + "marker dPt* dLbls cat val extLst",

	"dLbls": "dLbl* delete " + labelTail, "dLbl": "idx! delete layout tx " + labelTail, "dPt": "idx! invertIfNegative marker bubble3D explosion spPr pictureOptions extLst",
	"ser/marker": "symbol size spPr extLst", "errBars": "errDir errBarType! errValType! noEndCap plus minus val spPr extLst",
	"scaling": "logBase orientation max min extLst", "legend": "legendPos legendEntry* layout overlay spPr txPr extLst",
	"catAx":  axisHead + "auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
	"valAx":  axisHead + "crossBetween majorUnit minorUnit dispUnits extLst",
	"dateAx": axisHead + "auto lblOffset baseTimeUnit majorUnit majorTimeUnit minorUnit minorTimeUnit extLst",
	"serAx":  axisHead + "tickLblSkip tickMarkSkip extLst",
	"numRef": "f! numCache extLst", "strRef": "f! strCache extLst", "numCache": "formatCode ptCount pt* extLst", "strCache": "ptCount pt* extLst",
	"spPr": "xfrm custGeom|prstGeom " + fillOf + "ln " + effectOf + "scene3d sp3d extLst", "ln": fillOf + "prstDash|custDash round|bevel|miter headEnd tailEnd extLst",
	"rPr": runOf, "defRPr": runOf, "endParaRPr": runOf, "p": "pPr r|br|fld* endParaRPr",
}

const (
	lineStyles = "none thin medium dashed dotted thick double hair mediumDashed dashDot mediumDashDot dashDotDot mediumDashDotDot slantDashDot"
	panes      = "bottomRight topRight bottomLeft topLeft"
)

// schemaWords are the values that an attribute may have.
var schemaWords = map[string]string{
	"alignment horizontal": "general left center right fill justify centerContinuous distributed", "alignment vertical": "top center bottom justify distributed",
	"pane state": "split frozen frozenSplit", "pane activePane": panes, "selection pane": panes, "pageSetup orientation": "default portrait landscape",
	"sheet state": "visible hidden veryHidden", "left style": lineStyles, "right style": lineStyles, "top style": lineStyles, "bottom style": lineStyles,
	"cfvo type": "num percent max min formula percentile", "twoCellAnchor editAs": "twoCell oneCell absolute", "patternFill patternType": "none solid mediumGray darkGray lightGray " +
		"darkHorizontal darkVertical darkDown darkUp darkGrid darkTrellis lightHorizontal lightVertical lightDown lightUp lightGrid lightTrellis gray125 gray0625",
}

// schemaNeeds are the attributes that an element cannot do without.
var schemaNeeds = map[string]string{
	"sheetFormatPr": "defaultRowHeight", "pageMargins": "left right top bottom header footer", "col": "min max", "numFmt": "numFmtId formatCode", "cfRule": "priority",
	"tablePart": "id", "drawing": "id", "legacyDrawing": "id", "table": "id displayName ref", "tableColumn": "id name", "cNvPr": "id name", "ignoredError": "sqref",
}

// checkAttributes wants the attributes that the schema needs, with values that it knows.
func (v *validation) checkAttributes(part string, n *xmlNode) {
	for name := range strings.FieldsSeq(schemaNeeds[n.name]) {
		if !slices.ContainsFunc(n.attrs, func(a xml.Attr) bool { return a.Name.Local == name }) {
			v.addf(part, n.name, "the attribute %s is missing", name)
		}
	}
	for _, a := range n.attrs {
		if allowed := schemaWords[n.name+" "+a.Name.Local]; allowed != "" && !slices.Contains(strings.Fields(allowed), a.Value) {
			v.addf(part, n.name, "%s is %q, which the schema does not know", a.Name.Local, a.Value)
		}
	}
}

// schemaStep is one place in a sequence.
type schemaStep struct {
	names       []string
	needed, any bool
}

var schemaSteps = func() map[string][]schemaStep {
	out := map[string][]schemaStep{}
	for key, sequence := range schemaSequences {
		for word := range strings.FieldsSeq(sequence) {
			bare := strings.TrimRight(word, "!*")
			out[key] = append(out[key], schemaStep{strings.Split(bare, "|"), strings.Contains(word, "!"), strings.Contains(word, "*")})
		}
	}
	return out
}()

// order wants the elements of a part in the order of its schema, and none that the schema does not know.
func (v *validation) order(part string, root *xmlNode) { v.orderBelow(part, "", root) }

func (v *validation) orderBelow(part, parent string, n *xmlNode) {
	if n == nil || n.name == "extLst" || n.space == spaceCompatibility {
		return
	}
	if n.space == spaceSheets || strings.HasSuffix(n.space, "/spreadsheetDrawing") && n.name != "col" {
		v.checkAttributes(part, n)
	}
	sequence, known := schemaSteps[parent+"/"+n.name]
	if !known && n.name != "marker" {
		// A run of a cell has properties of another kind than one of a drawing, and c:chart in a drawing is a reference.
		sequence, known = schemaSteps[n.name]
		known = known && (n.name != "rPr" || n.space != spaceSheets) && (n.name != "chart" || len(n.kids) > 0)
	}
	if known {
		v.checkSteps(part, n, sequence)
	}
	for _, k := range n.kids {
		v.orderBelow(part, n.name, k)
	}
}

const spaceSheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

func (v *validation) checkSteps(part string, n *xmlNode, sequence []schemaStep) {
	at, counts := 0, make([]int, len(sequence))
	for _, k := range n.kids {
		if k.space == spaceCompatibility {
			continue
		}
		i := slices.IndexFunc(sequence, func(s schemaStep) bool { return slices.Contains(s.names, k.name) })
		switch {
		case i < 0:
			v.addf(part, n.name, "the schema knows no %s here", k.name)
			continue
		case i < at:
			v.addf(part, n.name, "%s is out of the order of the schema", k.name)
		case counts[i] > 0 && !sequence[i].any:
			v.addf(part, n.name, "%s is there twice", k.name)
		}
		at = max(at, i)
		counts[i]++
	}
	for i, s := range sequence {
		if s.needed && counts[i] == 0 {
			v.addf(part, n.name, "%s is missing", s.names[0])
		}
	}
}
