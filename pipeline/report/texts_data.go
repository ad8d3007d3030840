package report

// dataTexts are what a reader reads on the sheet of all released cells.
type dataTexts struct {
	Tab, Title, Question, Advice string
	RowLine, Grain               string
	Columns                      [dataColumns]columnText
	// Feature joins the name of a key and its value; Between stands between two of them.
	Feature, Between string
}
