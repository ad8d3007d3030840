package report

// pictureTexts are the words of the sheet with pictures; a variable part stands as {name}.
type pictureTexts struct {
	Tab, Title, Question, ReadOn string
	Darker                       string // how to read a coloured grid
	// NotDrawn follows a finding where a part is hidden and so not drawn.
	NotDrawn                 string
	NoYear, Hidden, NotThere string // why there is no chart

	Cost, Lines, Parts, Flows, Stacking, Payers, Benchmark, Quarters, Complete pictureText

	FigureHidden, FigureUnknown string // in the place of a finding

	PartsUp, PartsDown, PartsFloat, PartsChange string
	FlowFrom                                    string
	AllComplete                                 string
}

// pictureText is one picture: its heading, the sentence of what it shows, the title of the chart, what is read to who cannot see
// it, and the unit of the axis.
type pictureText struct {
	Heading, Finding, Title, Alt, Unit string
}
