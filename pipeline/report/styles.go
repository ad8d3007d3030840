package report

import "github.com/xuri/excelize/v2"

// The palette. Blue and orange of the chart differ in lightness too, so that
// they can be told apart without colour.
const (
	fontName    = "Arial"
	colorInk    = "1F2933"
	colorDeep   = "12394F" // bands and headers
	colorSoft   = "EAF1F5"
	colorLine   = "D5DDE3"
	colorMuted  = "6B7680"
	colorPale   = "C9DCE6" // text on deep
	colorAlert  = "7A3E00"
	colorAmber  = "FFE9B8"
	colorLink   = "0B5CAD"
	colorGain   = "0B5394"
	colorLoss   = "E9A23B"
	colorSpan   = "A9C7DA" // of an interval behind a point
	colorGreyed = "8A949C"
	colorHeat   = "5A9BC4" // black text on it can still be read
)

// sheetStyles are the styles of one workbook, as excelize numbers them.
type sheetStyles struct {
	title, subtitle, band, badge      int
	sheetTitle, question, status      int
	conceptCell, link, section        int
	headline, compared, body, wrapped int
	headText, headNumber, headPlain   int
	text, open, mark                  int
	cellText, cellLink                int
	numbers                           [formatKinds]int
	figureLabel, figureMark           int
	figures, strong                   [formatKinds]int
	reading                           int
	warning                           int
	finding, said, aid, met, missed   int
}

type styleMaker struct {
	file *excelize.File
	err  error
}

func (m *styleMaker) make(s excelize.Style) int {
	if m.err != nil {
		return 0
	}
	if s.Font == nil {
		s.Font = &excelize.Font{}
	}
	if s.Font.Family == "" {
		s.Font.Family = fontName
	}
	if s.Font.Size == 0 {
		s.Font.Size = 10
	}
	if s.Font.Color == "" {
		s.Font.Color = colorInk
	}
	id, err := m.file.NewStyle(&s)
	m.err = err
	return id
}

func filled(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func line(side, color string, style int) excelize.Border {
	return excelize.Border{Type: side, Color: color, Style: style}
}

func newStyles(f *excelize.File) (*sheetStyles, error) {
	m := &styleMaker{file: f}
	middle := &excelize.Alignment{Vertical: "center"}
	right := &excelize.Alignment{Horizontal: "right", Vertical: "center", Indent: 1}
	hair := []excelize.Border{line("bottom", colorLine, 1)}
	s := &sheetStyles{
		title: m.make(excelize.Style{Font: &excelize.Font{Size: 22, Bold: true, Color: "FFFFFF"}, Fill: filled(colorDeep),
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		subtitle: m.make(excelize.Style{Font: &excelize.Font{Size: 11, Color: colorPale}, Fill: filled(colorDeep),
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top", Indent: 1}}),
		band: m.make(excelize.Style{Fill: filled(colorDeep)}),
		badge: m.make(excelize.Style{Font: &excelize.Font{Size: 11, Bold: true, Color: colorAlert}, Fill: filled(colorAmber),
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}}),
		sheetTitle:  m.make(excelize.Style{Font: &excelize.Font{Size: 16, Bold: true, Color: colorDeep}, Alignment: middle}),
		question:    m.make(excelize.Style{Font: &excelize.Font{Size: 11}, Alignment: middle}),
		status:      m.make(excelize.Style{Font: &excelize.Font{Size: 9, Color: colorMuted}, Alignment: middle}),
		conceptCell: m.make(excelize.Style{Font: &excelize.Font{Size: 9, Bold: true, Color: colorAlert}, Alignment: middle}),
		link:        m.make(excelize.Style{Font: &excelize.Font{Color: colorLink, Underline: "single"}, Alignment: middle}),
		section: m.make(excelize.Style{Font: &excelize.Font{Size: 12, Bold: true, Color: colorDeep}, Alignment: &excelize.Alignment{Vertical: "bottom"},
			Border: []excelize.Border{line("bottom", colorDeep, 2)}}),
		headline: m.make(excelize.Style{Font: &excelize.Font{Size: 17, Bold: true, Color: colorDeep},
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true, Indent: 1}, Fill: filled(colorSoft)}),
		compared: m.make(excelize.Style{Font: &excelize.Font{Size: 10, Color: colorMuted}, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top", Indent: 1},
			Fill: filled(colorSoft)}),
		body:    m.make(excelize.Style{Alignment: middle}),
		wrapped: m.make(excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}}),
		headText: m.make(excelize.Style{Font: &excelize.Font{Size: 9, Bold: true, Color: "FFFFFF"}, Fill: filled(colorDeep),
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true, Indent: 1}}),
		headPlain: m.make(excelize.Style{Font: &excelize.Font{Size: 9, Bold: true, Color: "FFFFFF"}, Fill: filled(colorDeep),
			Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center", WrapText: true, Indent: 1}}),
		headNumber: m.make(excelize.Style{Font: &excelize.Font{Size: 9, Bold: true, Color: "FFFFFF"}, Fill: filled(colorDeep),
			// The indent keeps a header clear of the button of the filter.
			Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center", WrapText: true, Indent: 2}}),
		text: m.make(excelize.Style{Border: hair, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		open: m.make(excelize.Style{Font: &excelize.Font{Color: colorAlert, Italic: true}, Border: hair,
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		cellText: m.make(excelize.Style{Border: hair, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true, Indent: 1}}),
		cellLink: m.make(excelize.Style{Font: &excelize.Font{Color: colorLink, Underline: "single"}, Border: hair,
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		mark: m.make(excelize.Style{Font: &excelize.Font{Color: colorGreyed}, Border: hair, Alignment: right}),
		figureLabel: m.make(excelize.Style{Font: &excelize.Font{Size: 11}, Border: hair,
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		figureMark: m.make(excelize.Style{Font: &excelize.Font{Size: 11, Color: colorGreyed}, Border: hair, Alignment: right}),
		reading: m.make(excelize.Style{Font: &excelize.Font{Size: 11}, Border: hair,
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		said:    m.make(excelize.Style{Font: &excelize.Font{Size: 11, Bold: true}, Alignment: middle}),
		finding: m.make(excelize.Style{Font: &excelize.Font{Size: 12, Bold: true}, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}}),
		met: m.make(excelize.Style{Font: &excelize.Font{Size: 11, Bold: true, Color: colorGain}, Fill: filled(colorSoft), Border: hair,
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		missed: m.make(excelize.Style{Font: &excelize.Font{Size: 11, Bold: true, Color: colorAlert}, Fill: filled(colorAmber), Border: hair,
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", Indent: 1}}),
		aid: m.make(excelize.Style{Font: &excelize.Font{Size: 8, Color: colorGreyed}, NumFmt: 3, Border: hair, Alignment: right}),
		warning: m.make(excelize.Style{Font: &excelize.Font{Color: colorAlert}, Fill: filled(colorAmber),
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}}),
	}
	for k := range formatKinds {
		code := numFmt[k]
		if code == "" {
			code = "General"
		}
		s.numbers[k] = m.make(excelize.Style{CustomNumFmt: &code, Border: hair, Alignment: right})
		s.figures[k] = m.make(excelize.Style{CustomNumFmt: &code, Font: &excelize.Font{Size: 11}, Border: hair, Alignment: right})
		s.strong[k] = m.make(excelize.Style{CustomNumFmt: &code, Font: &excelize.Font{Size: 13, Bold: true, Color: colorDeep}, Border: hair, Alignment: right})
	}
	return s, m.err
}
