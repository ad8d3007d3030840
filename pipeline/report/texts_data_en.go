package report

var englishData = dataTexts{
	Tab:      "Data",
	Title:    "Data",
	Question: "All released figures in one table, to filter and to pivot.",
	Advice:   "First choose a sheet, a figure and a type of area: totals and their parts are listed together.",
	RowLine:  "{n} figures · mark x = hidden to protect persons or tariffs · mark . = unknown or not applicable",
	Grain:    "one released figure of another sheet",
	Feature:  "{naam}: {waarde}",
	Between:  "; ",
	Columns: [dataColumns]columnText{
		dataTab:      {Label: "Sheet", Note: "The sheet that shows the figure too."},
		dataLevel:    {Label: "Type of area", Note: "Pilot, control, region, municipality, district or neighbourhood. Empty when the figure is not about an area."},
		dataArea:     {Label: "Area", Note: "Name of the area."},
		dataCode:     {Label: "Area code", Note: "CBS code of a neighbourhood (BU), district (WK) or municipality (GM), or pilot, controle (control) or regio (region)."},
		dataYear:     {Label: "Year", Note: "Year in which the care was given; for hospital care the year in which the treatment began. For a quarter or month the year that it is part of."},
		dataPeriod:   {Label: "Quarter or month", Note: "Empty when the figure is about a whole year."},
		dataDomain:   {Label: "Law", Note: "The law that pays for the care. Empty when the figure is not about one law."},
		dataCare:     {Label: "Type of care", Note: "Name of the type of care. Empty when the figure is not about one type."},
		dataLine:     {Label: "Line of care", Note: "Social domain (0), line 1, 1.5, 2 or 3, long-term care or unknown."},
		dataFeatures: {Label: "Other features", Note: "All other columns of the sheet that say what the row is about."},
		dataMeasure:  {Label: "Figure", Note: "The column of the sheet in which the figure stands."},
		dataValue:    {Label: "Value", Note: "The figure as released. Empty where there is a mark. A share is a part of 1, shown as a percentage."},
		dataMark:     {Label: "Mark", Note: "x = hidden to protect persons or tariffs; . = unknown or not applicable. Empty where there is a value."},
		dataStatus:   {Label: "Status", Note: "Final, provisional (may still change) or incomplete (in no comparison). Empty when the sheet has no status."},
		dataSource:   {Label: "Column in the data", Note: "Table and column as the program names them: the same every month and in every language, so fit to look up by."},
	},
}
