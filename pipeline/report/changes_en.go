package report

import "ontschot/pipeline/disclosure"

// englishChanges are the texts of the sheet on what changed since the newest release.
var englishChanges = changesTexts{
	Sheet: sheetText{Tab: "What has changed", Title: "What has changed", Question: "Which figures differ from the previous release?"},
	Some: "Of the {alle} figures in the release of {datum}, {veranderd} have changed and {weg} are no longer shown; " +
		"{behouden} kept their released value (unchanged) and {nieuw} are new.",
	None:      "None of the {alle} figures in the release of {datum} has changed.",
	Never:     "Nothing has been released yet; after the first release this sheet lists what has changed since.",
	NoRows:    "nothing has changed.",
	NoRelease: "nothing has been released yet.",
	Grain:     "a figure that differs from the previous release",
	Method:    "The printed figures of the previous release to this recipient beside those of now.",
	Counted:   "Number of figures",
	Separator: " · ",
	How: map[string]string{
		disclosure.HowChanged: "changed", disclosure.HowNew: "new", disclosure.HowGone: "no longer shown",
	},
	Table:   columnText{Label: "Sheet", Note: "The sheet that the figure stands on."},
	What:    columnText{Label: "What", Note: "Changed: shown then and now. New and no longer shown: one by one or, when there are many, counted per sheet."},
	Area:    columnText{Label: "Area code", Note: "CBS code of a district (WK) or municipality (GM), or pilot, control or region."},
	Period:  columnText{Label: "Period", Note: "Year, quarter or month."},
	Key:     columnText{Label: "Broken down by", Note: "The other keys of the row on that sheet."},
	Measure: columnText{Label: "Figure", Note: "The column on that sheet."},
	Before:  columnText{Label: "Previous release", Note: "As it stood in the previous release to this recipient."},
	Now:     columnText{Label: "Now", Note: "As it stands in this workbook."},
	By:      columnText{Label: "Difference", Note: "Now minus previous release, of rounded figures. Of a share, in percentage points."},
}
