package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"
)

// The pilot of the programme began in the year before the base year that most regions take, on 1 November 2016.
const basePartlyTreated = "2017"

// coronaYears are those in which care fell everywhere.
var coronaYears = []int{2020, 2021}

const (
	mostAssignments  = 10_000 // that a sentence counts; beyond it tells the part
	measureAssigned  = "toewijzingen"
	measureRandomise = "p_randomisatie"
)

func (w *workbook) neighbourhoods() lookup {
	return newLookup(w.book.Released, neighbourhoodTable, "uitkomst", "periode")
}

// drawNeighbourhoods draws the effect on the costs of every law in the neighbourhoods of the pilot.
func (w *workbook) drawNeighbourhoods(v *picture) {
	t := &w.texts.Effects
	l := w.neighbourhoods()
	of := func(outcome string) estimate { return estimateOf(&l, outcome, periodAfter) }
	total, outcomes := of(totalOutcome), append([]string{totalOutcome}, laws(&l)...)
	v.finding = fill(v.said.Finding, "wie", w.pilot(&l), "oordeel", w.judgedEffect(&total)+w.assigned(&l))
	if told := w.perOutcome(laws(&l), of); told != "" {
		v.more = append(v.more, fill(t.PerLaw, "opsomming", told))
	}
	v.more = append(v.more, w.otherBases(&l)...)
	v.more = append(v.more, w.caveats(&l, withoutYears(&l))...)
	v.grid = w.outcomeGrid(neighbourhoodTable, outcomes, of)
	v.grid.columns = append(v.grid.columns, columnOver(outcomes, w.columnText(neighbourhoodTable, measureRandomise).Label, formatRatio,
		func(outcome string) figure { return l.get(measureRandomise, outcome, periodAfter) }))
	w.pointChart(v, "oordeel", w.verdictOf(&total), "basis", w.found.base)
}

// pilot names what is compared, and how many neighbourhoods that are.
func (w *workbook) pilot(l *lookup) string {
	t := &w.texts.Effects
	own, others := l.get("n_pilot", totalOutcome, periodAfter), l.get("n_vergelijking", totalOutcome, periodAfter)
	if own.State != disclosure.Shown || others.State != disclosure.Shown {
		return t.Pilot
	}
	return fill(t.PilotCounted, "n", w.texts.number(own.Value, 0), "m", w.texts.number(others.Value, 0))
}

// assigned says in how many ways to choose a pilot the difference would have been as large; nothing where it was not tried.
func (w *workbook) assigned(l *lookup) string {
	t := &w.texts.Effects
	p, ways := l.get(measureRandomise, totalOutcome, periodAfter), l.get(measureAssigned, totalOutcome, periodAfter)
	if p.State != disclosure.Shown || ways.State != disclosure.Shown {
		return ""
	}
	if ways.Value > mostAssignments {
		return fill(t.AssignedPart, "procent", w.percentText(p))
	}
	return fill(t.Assigned, "n", w.texts.number(math.Round(p.Value*ways.Value), 0), "m", w.texts.number(ways.Value, 0))
}

// otherBases says what the difference would be against earlier years; nothing where none is to be seen.
func (w *workbook) otherBases(l *lookup) []string {
	t := &w.texts.Effects
	var told []string
	for _, year := range slices.Backward(numbersAfter(l, otherBasePrefix)) {
		if v := l.get("effect", totalOutcome, otherBasePrefix+strconv.Itoa(year)); v.State == disclosure.Shown {
			told = append(told, fill(t.OtherBaseItem, "jaar", strconv.Itoa(year), "bedrag", w.money(v.Value)))
		}
	}
	own := l.get("effect", totalOutcome, periodAfter)
	if len(told) == 0 || own.State != disclosure.Shown {
		return nil
	}
	return []string{fill(t.OtherBase, "basis", w.found.base, "bedrag", w.money(own.Value), "opsomming", strings.Join(told, ", "))}
}

// caveats say which years are not like the others, and what the difference is without some of them.
func (w *workbook) caveats(l *lookup, without figure) (out []string) {
	t := &w.texts.Effects
	if w.found.base == basePartlyTreated {
		out = append(out, t.Partly)
	}
	years := numbersAfter(l, "")
	switch {
	case !slices.ContainsFunc(coronaYears, func(year int) bool { return slices.Contains(years, year) }):
	case without.State == disclosure.Shown:
		out = append(out, fill(t.CoronaWithout, "bedrag", w.money(without.Value)))
	default:
		out = append(out, t.Corona)
	}
	return out
}

// withoutYears is the difference without the years that are not like the others.
func withoutYears(l *lookup) figure {
	periods := l.distinct("periode")
	if i := slices.IndexFunc(periods, func(period string) bool { return strings.HasPrefix(period, withoutPrefix) }); i >= 0 {
		return l.get("effect", totalOutcome, periods[i])
	}
	return unknown
}

// drawNeighbourhoodYears draws the difference with the base year of every other year.
func (w *workbook) drawNeighbourhoodYears(v *picture) {
	t := &w.texts.Effects
	l := w.neighbourhoods()
	years := numbersAfter(&l, "")
	if len(years) == 0 {
		v.why = t.Staggered
		return
	}
	var names, told []string
	var estimates, before []estimate
	for _, year := range years {
		e := estimateOf(&l, totalOutcome, strconv.Itoa(year))
		names, estimates = append(names, strconv.Itoa(year)), append(estimates, e)
		told = append(told, strconv.Itoa(year)+" "+w.told(e.effect, w.money))
		if year < w.book.BaseYear {
			before = append(before, e)
		}
	}
	v.finding = fill(v.said.Finding, "basis", w.found.base, "opsomming", strings.Join(told, ", "))
	v.more = append(w.yearsBefore(names, before), w.caveats(&l, unknown)...)
	v.grid = w.effectGrid(neighbourhoodTable, w.columnText("", "jaar").Label, names, estimates)
	w.spanChart(v, len(before), "basis", w.found.base)
}

// yearsBefore says whether zero lies in the intervals of the years before the base year, as it should.
func (w *workbook) yearsBefore(names []string, before []estimate) []string {
	t := &w.texts.Effects
	said, apart := t.YearsBeforeHeld, []string(nil)
	for i := range before {
		switch e := &before[i]; {
		case !e.bounded():
			said = t.YearsBefore
		case e.low.Value > 0 || e.high.Value < 0:
			apart = append(apart, names[i])
		}
	}
	switch {
	case len(before) == 0:
		return nil
	case len(apart) > 0:
		said = t.YearsBeforeApart
	}
	return []string{fill(said, "basis", w.found.base, "opsomming", strings.Join(apart, ", "))}
}
