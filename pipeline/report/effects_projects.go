package report

import (
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"
)

func (w *workbook) participants() lookup {
	return newLookup(w.book.Released, participantTable, "project", "uitkomst", "periode")
}

// who names a project and how many persons are compared.
func (w *workbook) who(l *lookup, project string) string {
	t := &w.texts.Effects
	name := w.projectName(project)
	with, without := l.get("n_deelnemers", project, totalOutcome, periodAfter), l.get("n_controle", project, totalOutcome, periodAfter)
	if with.State != disclosure.Shown || without.State != disclosure.Shown {
		return fill(t.Who, "wie", name)
	}
	count := func(v figure) string { return w.texts.number(v.Value, 0) }
	return fill(t.WhoCounted, "wie", name, "n", count(with), "m", count(without))
}

// drawProjects draws the effect of every project on the costs of its participants.
func (w *workbook) drawProjects(v *picture) {
	t, said := &w.texts.Effects, v.said
	l := w.participants()
	projects := ranked(l.distinct("project"), projectRank)
	var names []string
	var estimates []estimate
	for _, project := range projects {
		names = append(names, w.projectName(project))
		estimates = append(estimates, estimateOf(&l, project, totalOutcome, periodAfter))
	}
	told := func(i int) string {
		return fill(said.Finding, "wie", w.who(&l, projects[i]), "oordeel", w.judgedEffect(&estimates[i]))
	}
	v.finding = told(0)
	for i := range projects[1:] {
		v.more = append(v.more, told(i+1))
	}
	if bare := l.get("effect_ongekoppeld", projects[0], totalOutcome, periodAfter); bare.State == disclosure.Shown {
		v.more = append(v.more, fill(t.Bare, "verandering", w.bareChange(bare.Value)))
	}
	v.grid = w.effectGrid(participantTable, w.columnText("", "project").Label, names, estimates)
	for _, name := range []string{"mde", "n_deelnemers", "n_controle"} {
		c := columnOver(projects, w.columnText(participantTable, name).Label, formatCount, func(project string) figure {
			return l.get(name, project, totalOutcome, periodAfter)
		})
		v.grid.columns = append(v.grid.columns, c)
	}
	w.pointChart(v, "wie", names[0], "oordeel", w.verdictOf(&estimates[0]), "basis", w.found.base)
}

func (w *workbook) bareChange(v float64) string {
	t := &w.texts.Effects
	switch {
	case v < 0:
		return fill(t.BareDown, "bedrag", w.money(-v))
	case v > 0:
		return fill(t.BareUp, "bedrag", w.money(v))
	}
	return t.BareNone
}

// drawProjectLaws draws the effect of all projects together on the costs of every law.
func (w *workbook) drawProjectLaws(v *picture) {
	l := w.participants()
	of := func(law string) estimate { return estimateOf(&l, allProjects, law, periodAfter) }
	told := w.perOutcome(laws(&l), of)
	v.finding = fill(v.said.Finding, "opsomming", told)
	v.grid = w.outcomeGrid(participantTable, laws(&l), of)
	v.grid.columns = append(v.grid.columns, columnOver(laws(&l), w.columnText(participantTable, "mde").Label, formatCount, func(law string) figure {
		return l.get("mde", allProjects, law, periodAfter)
	}))
	w.pointChart(v, "opsomming", told, "basis", w.found.base)
}

// outcomeGrid is a grid with the effect on every outcome.
func (w *workbook) outcomeGrid(table string, outcomes []string, of func(outcome string) estimate) grid {
	var names []string
	var estimates []estimate
	for _, outcome := range outcomes {
		names = append(names, w.outcomeName(outcome))
		estimates = append(estimates, of(outcome))
	}
	return w.effectGrid(table, w.columnText("", "uitkomst").Label, names, estimates)
}

// drawSinceStart draws the effect of all projects together quarter by quarter since the start.
func (w *workbook) drawSinceStart(v *picture) {
	t, said := &w.texts.Effects, v.said
	l := w.participants()
	quarters := numbersAfter(&l, quarterPrefix)
	var names []string
	var estimates []estimate
	before := 0
	for _, quarter := range quarters {
		if quarter < 0 {
			before++
		}
		names = append(names, strconv.Itoa(quarter))
		estimates = append(estimates, estimateOf(&l, allProjects, totalOutcome, quarterPrefix+strconv.Itoa(quarter)))
	}
	held := l.get("aanhoudtoets_p", allProjects, totalOutcome, periodAfter)
	test := fill(t.TestHeld, "p", w.texts.number(held.Value, 2))
	switch {
	case held.State == disclosure.Hidden:
		test = t.Hidden
	case held.State == disclosure.Unknown:
		test = t.TestNone
	case held.Value < rejection:
		test = fill(t.TestFailed, "p", w.texts.number(held.Value, 2))
	}
	v.finding = fill(said.Finding, "toets", test)
	v.grid = w.effectGrid(participantTable, t.SinceStart, names, estimates)
	w.spanChart(v, before, "toets", test, "basis", w.found.base)
}

// alike is the standardised difference below which groups count as alike.
const alike = 0.1

const traitPersons = "personen"

// drawBalance sets the participants beside those that they are compared with.
func (w *workbook) drawBalance(v *picture) {
	t := &w.texts.Effects
	l := newLookup(w.book.Released, balanceTable, "project", "kenmerk", "groep")
	var traits, uneven []string
	for _, trait := range ranked(l.distinct("kenmerk"), traitRank) {
		if l.row(allProjects, trait, "deelnemers") == nil {
			continue
		}
		traits = append(traits, trait)
		if d := l.get("verschil", allProjects, trait, "controle"); d.State == disclosure.Shown && (d.Value >= alike || d.Value <= -alike) {
			uneven = append(uneven, named(w.texts.Words["kenmerk"], trait))
		}
	}
	v.bare = true
	v.grid = grid{corner: w.columnText("", "kenmerk").Label}
	var shapes []format
	for _, trait := range traits {
		v.grid.rows = append(v.grid.rows, named(w.texts.Words["kenmerk"], trait))
		shapes = append(shapes, traitFormat(trait))
	}
	for _, group := range groupRank[len(groupRank)-4:] {
		c := columnOver(traits, named(w.texts.Words["groep"], group), formatOneDecimal, func(trait string) figure {
			return l.get("waarde", allProjects, trait, group)
		})
		c.shapes = shapes
		v.grid.columns = append(v.grid.columns, c)
	}
	v.grid.columns = append(v.grid.columns, columnOver(traits, w.columnText(balanceTable, "verschil").Label, formatTwoDecimals, func(trait string) figure {
		return l.get("verschil", allProjects, trait, "controle")
	}))
	v.finding = w.leftOut(&l)
	v.more = []string{t.Alike, t.Weighted}
	if len(uneven) > 0 {
		v.more[0] = fill(t.NotAlike, "wat", strings.Join(uneven, ", "))
	}
	if len(traits) == 0 {
		v.why = w.texts.Pictures.NotThere
	}
}

// leftOut says how many participants nobody is like, and what they cost.
func (w *workbook) leftOut(l *lookup) string {
	t := &w.texts.Effects
	const group = "niet_gekoppeld"
	if l.row(allProjects, traitPersons, group) == nil {
		return t.LeftOutNone
	}
	persons, others := l.get("waarde", allProjects, traitPersons, group), l.get("waarde", allProjects, traitPersons, "deelnemers")
	costs, theirs := l.get("waarde", allProjects, "kosten_basis", group), l.get("waarde", allProjects, "kosten_basis", "deelnemers")
	switch {
	case persons.State == disclosure.Hidden || others.State == disclosure.Hidden:
		return t.LeftOutHidden
	case persons.State == disclosure.Shown && persons.Value == 0:
		return t.LeftOutNone
	}
	count := func(v figure) string { return w.told(v, func(n float64) string { return w.texts.number(n, 0) }) }
	said := fill(t.LeftOut, "n", count(persons), "m", count(others))
	if costs.State == disclosure.Shown && theirs.State == disclosure.Shown {
		said += fill(t.LeftOutCosts, "bedrag", w.money(costs.Value), "ander", w.money(theirs.Value))
	}
	return said
}
