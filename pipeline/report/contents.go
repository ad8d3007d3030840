package report

import (
	"slices"
	"strings"
)

// contentsTexts are the words of the table of contents.
type contentsTexts struct {
	Tab, Title, Question string
	Heads                []string
	Front, Tables, Back  string // what begins a group of sheets
	Empty                string
}

// writeContents makes the sheet that says what stands where.
func (w *workbook) writeContents() error {
	t := w.texts.Contents
	p := w.newPage(t.Tab, 26, 84, 46, 12)
	w.pageTop(p, t.Title, t.Question)
	row := func(tab, question, grain string, rows any) {
		for i, v := range []any{tab, question, grain} {
			p.put(i+1, p.row, v, w.styles.cellText)
		}
		p.put(4, p.row, rows, w.styles.numbers[formatCount])
		p.link(p.row, tab, tab, w.styles.cellLink)
		p.height(p.row, 3+13*float64(max(lines(question, 84), lines(grain, 46))))
		p.row++
	}
	group := func(title string) {
		p.section(title)
		w.heads(p, t.Heads)
	}
	group(t.Front)
	for _, s := range w.composed()[1:] {
		if s.tab != t.Tab && s.tab != w.texts.Proof.Tab {
			row(s.tab, s.question, "", nil)
		}
	}
	p.row++
	group(t.Tables)
	for _, s := range w.sheets {
		question := s.question
		if len(s.table.Rows) == 0 {
			question = fill(t.Empty, "vraag", question, "reden", strings.TrimSuffix(firstOf(s.table.Empty, w.texts.EmptyNoReason), "."))
		}
		row(s.tab, question, clean(s.table.Grain), len(s.table.Rows))
	}
	p.row++
	group(t.Back)
	for _, s := range w.data.sheets {
		row(s.tab, w.texts.Data.Question, w.texts.Data.Grain, s.rows)
	}
	row(w.texts.Proof.Tab, w.texts.Proof.Question, "", nil)
	return p.close(landscape, 0)
}

// composedSheet is a sheet that is no table.
type composedSheet struct {
	tab, question string
	write         func() error
}

// composed are the sheets around the tables, in their order; the last stands behind them.
func (w *workbook) composed() []composedSheet {
	t := w.texts
	sheets := []composedSheet{
		{t.Summary.Tab, "", w.writeSummary},
		{t.Contents.Tab, t.Contents.Question, w.writeContents},
		{t.Pictures.Tab, t.Pictures.Question, w.writePictures},
	}
	if w.isThere(participantTable, balanceTable, neighbourhoodTable) {
		sheets = append(sheets, composedSheet{t.Effects.Tab, t.Effects.Question, w.writeEffects})
	}
	return append(sheets,
		composedSheet{t.Districts.Tab, t.Districts.Question, w.writeDistricts},
		composedSheet{t.Proof.Tab, t.Proof.Question, w.writeProof})
}

// isThere tells whether any of these tables was released to the reader.
func (w *workbook) isThere(tables ...string) bool {
	return slices.ContainsFunc(tables, func(table string) bool {
		_, found := w.book.Released.Table(table)
		return found
	})
}
