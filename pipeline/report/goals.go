package report

import (
	"strings"
)

// goalTexts are the words of the goals on the first sheet.
type goalTexts struct {
	Section, Goal, Difference, From, To, Verdict, Note string
	// Met, Missed and Even follow a verdict by what was wanted; Open stands where nothing can be said.
	Met, Missed, Even, Open string
	Finding                 string
}

// goal is one goal of the programme with what can be said of it.
type goal struct {
	id      string
	format  format
	values  [5]figure // base, now, the difference with the control area, and its interval
	verdict string    // as released; empty when it is hidden
	wanted  string
}

// The verdicts of the table of goals.
const (
	verdictDown = "daling"
	verdictUp   = "stijging"
	verdictEven = "gelijk"
)

var goalMeasures = [5]string{"basis", "nu", "verschil", "ci_laag", "ci_hoog"}

// findGoals reads the goals of the leading area in the year that is compared.
func (w *workbook) findGoals() []goal {
	f := &w.found
	l := newLookup(w.book.Released, "doelen", "gebied", "jaar", "doel")
	var out []goal
	for _, id := range ranked(l.distinct("doel"), goalRank) {
		if f.year == "" || l.row(f.area, f.year, id) == nil {
			continue
		}
		g := goal{id: id, format: formatEuro, verdict: l.text("oordeel", f.area, f.year, id), wanted: l.text("richting", f.area, f.year, id)}
		if !strings.HasPrefix(l.text("eenheid", f.area, f.year, id), "euro") {
			g.format = formatPerThousand
		}
		for i, measure := range goalMeasures {
			g.values[i] = l.get(measure, f.area, f.year, id)
		}
		out = append(out, g)
	}
	return out
}

// shape is the format of one of the values: from the third on they are differences.
func (g *goal) shape(value int) format {
	switch {
	case value < 2:
		return g.format
	case g.format == formatEuro:
		return formatEuroSigned
	}
	return formatPerThousandChange
}

// judged is the verdict in words, and whether it is what was wanted: 1, 0 or -1.
func (w *workbook) judged(g *goal) (words string, wanted int) {
	t := w.texts.Goals
	verdict := named(w.texts.Words["oordeel"], g.verdict)
	switch {
	case g.verdict == "":
		return w.texts.Hidden, 0
	case g.verdict != verdictDown && g.verdict != verdictUp && g.verdict != verdictEven:
		return fill(t.Open, "oordeel", verdict), 0
	case strings.Contains(g.wanted, g.verdict):
		return fill(t.Met, "oordeel", verdict), 1
	case g.verdict == verdictUp && strings.Contains(g.wanted, verdictDown):
		return fill(t.Missed, "oordeel", verdict), -1
	}
	return fill(t.Even, "oordeel", verdict), 0
}

// goalFinding counts the verdicts.
func (w *workbook) goalFinding() string {
	if len(w.goals) == 0 {
		return ""
	}
	count := [3]int{}
	for i := range w.goals {
		_, wanted := w.judged(&w.goals[i])
		count[wanted+1]++
	}
	number := func(n int) string { return w.texts.number(float64(n), 0) }
	return fill(w.texts.Goals.Finding, "n", number(len(w.goals)), "wel", number(count[2]), "niet", number(count[0]), "open", number(count[1]), "jaar", w.found.year)
}

// summaryGoals writes the goals with a verdict in words and colour.
func (w *workbook) summaryGoals(p *page) {
	t, s := w.texts.Goals, w.styles
	if len(w.goals) == 0 {
		return
	}
	p.section(t.Section)
	lead := named(w.texts.Areas, w.found.area)
	heads := []string{t.Goal, lead + " " + w.found.base, lead + " " + w.found.year, t.Difference, t.From, t.To, t.Verdict}
	for i, h := range heads {
		style := s.headPlain
		if i == 0 || i == len(heads)-1 {
			style = s.headText
		}
		p.put(i+1, p.row, h, style)
	}
	p.height(p.row, 30)
	p.row++
	for i := range w.goals {
		g := &w.goals[i]
		p.put(1, p.row, named(w.texts.Words["doel"], g.id), s.figureLabel)
		for c, v := range g.values {
			w.putFigure(p, c+2, v, g.shape(c), &s.figures)
		}
		words, wanted := w.judged(g)
		p.put(len(heads), p.row, words, [3]int{s.missed, s.reading, s.met}[wanted+1])
		p.height(p.row, 20)
		p.row++
	}
	p.put(1, p.row, t.Note, s.status)
	p.height(p.row, 16)
	p.row += 2
}
