package report

import (
	"slices"
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"
)

// The released tables that say whether the pilot and its projects changed anything.
const (
	participantTable   = "deelnemers_effect"
	balanceTable       = "deelnemers_balans"
	neighbourhoodTable = "wijk_effect"
)

// Codes in these tables.
const (
	allProjects      = "alle"
	totalOutcome     = "totaal"
	linePrefix       = "lijn "
	periodAfter      = "na"
	periodBefore     = "voor"
	quarterPrefix    = "kwartaal "
	sincePrefix      = "jaar "      // years since each neighbourhood's own start
	otherBasePrefix  = "na t.o.v. " // another base year
	withoutPrefix    = "na zonder " // without some years
	verdictUnshown   = "niet aantoonbaar"
	mostQuartersAway = 8
	rejection        = 0.05 // below it a test rejects
)

// effectTexts are the words of the sheet on effects; a variable part stands as {name}.
type effectTexts struct {
	Tab, Title, Question, Legend                             string
	Projects, Laws, Quarters, Balance, Neighbourhoods, Years pictureText
	Substitution                                             pictureText

	AllProjects, Nameless, Total, Money, And string
	Points, Dots, Span, Line                 string // how to read points on bars, and lines
	Nothing                                  string // why nothing is drawn
	Stand, Bar, Shade                        string // heads of the numbers that serve a chart only

	// The verdict; then how certain it is, what could not have been seen, and why there is none.
	Fell, Rose, Unshown, Unsettled, Hidden string
	Between, Misses, Diverged              string
	// What holds for several laws.
	LawsUnshown, LawsUnsettled, LawsHidden string

	Who, WhoCounted                    string // what is compared
	Bare, BareUp, BareDown, BareNone   string // what before and after alone would have shown
	SinceStart                         string
	TestHeld, TestFailed, TestNone     string
	LeftOut, LeftOutCosts, LeftOutNone string
	LeftOutHidden, Alike, NotAlike     string
	Weighted                           string // how controls are counted

	Pilot, PilotCounted, Assigned, AssignedPart, PerLaw     string
	OtherBase, OtherBaseItem, Partly, Corona, CoronaWithout string
	YearsBefore, YearsBeforeHeld, YearsBeforeApart          string
	Staggered                                               string

	SubstitutionFound, SubstitutionNone, SubstitutionItem, SubstitutionPair string
	SubstitutionHow, SubstitutionHidden, SubstitutionYear                   string

	PeriodAfter, PeriodBefore, PeriodQuarter, PeriodSince, PeriodBase, PeriodWithout string
}

// makeEffects decides what the sheet on effects shows; there is none in a book without any of the tables. Like
// [workbook.makePictures] it looks at released cells only.
func (w *workbook) makeEffects() []picture {
	t := &w.texts.Effects
	var out []picture
	if !w.isThere(participantTable, balanceTable, neighbourhoodTable, substitutionTable) {
		return out
	}
	for _, kind := range []struct {
		table string
		said  *pictureText
		draw  func(*picture)
	}{
		{participantTable, &t.Projects, w.drawProjects},
		{participantTable, &t.Laws, w.drawProjectLaws},
		{participantTable, &t.Quarters, w.drawSinceStart},
		{balanceTable, &t.Balance, w.drawBalance},
		{neighbourhoodTable, &t.Neighbourhoods, w.drawNeighbourhoods},
		{neighbourhoodTable, &t.Years, w.drawNeighbourhoodYears},
		{substitutionTable, &t.Substitution, w.drawSubstitution},
	} {
		v := picture{table: kind.table, said: kind.said, heading: fill(kind.said.Heading, "basis", w.found.base)}
		if v.why = w.whyNone(kind.table, true); v.why == "" {
			kind.draw(&v)
		}
		out = append(out, v)
	}
	return out
}

const effectAids = 3 // what a floating bar takes

// writeEffects writes the sheet on effects.
func (w *workbook) writeEffects() error {
	t := w.texts.Effects
	return w.writePictureSheet(t.Tab, t.Title, t.Question, effectAids, w.effects)
}

// estimate is a row of one of the tables of effects.
type estimate struct {
	effect, low, high figure
	smallest          figure // effect that could be seen; unknown where the table does not say
	held              figure // p-value of the test that both groups were alike before the start
	verdict, reason   string
}

func estimateOf(l *lookup, keys ...string) estimate {
	return estimate{
		effect: l.get("effect", keys...), low: l.get("ci_laag", keys...), high: l.get("ci_hoog", keys...), smallest: l.get("mde", keys...),
		held: l.get("aanhoudtoets_p", keys...), verdict: l.text("oordeel", keys...), reason: l.text("reden", keys...),
	}
}

// bounded tells whether the interval is there to be drawn or told.
func (e *estimate) bounded() bool {
	return e.low.State == disclosure.Shown && e.high.State == disclosure.Shown
}

// money is an amount per insured year as people say it; a minus stands before the sign of the currency.
func (w *workbook) money(v float64) string {
	said := w.texts.number(v, 0)
	digits, below := strings.CutPrefix(said, "−")
	said = fill(w.texts.Effects.Money, "n", digits)
	if below {
		return "−" + said
	}
	return said
}

// between is the interval inside brackets; of a fall it tells how large that is.
func (w *workbook) between(e *estimate, sign float64) string {
	if !e.bounded() {
		return ""
	}
	low, high := sign*e.low.Value, sign*e.high.Value
	return fill(w.texts.Effects.Between, "laag", w.money(min(low, high)), "hoog", w.money(max(low, high)))
}

// judgedEffect says what may be concluded of an effect, and how certain that is.
func (w *workbook) judgedEffect(e *estimate) string {
	t := &w.texts.Effects
	switch {
	case e.effect.State != disclosure.Shown:
		return w.verdictOf(e)
	case e.verdict == verdictDown:
		return w.verdictOf(e) + w.between(e, -1)
	case e.verdict == verdictUp:
		return w.verdictOf(e) + w.between(e, 1)
	case e.verdict == verdictUnshown:
		said := w.verdictOf(e) + w.between(e, 1)
		if e.smallest.State == disclosure.Shown {
			said += fill(t.Misses, "bedrag", w.money(e.smallest.Value))
		}
		return said
	case e.held.State == disclosure.Shown && e.held.Value < rejection:
		return w.verdictOf(e) + t.Diverged
	case e.reason != "":
		return w.verdictOf(e) + ": " + named(w.texts.Words["reden"], e.reason)
	}
	return w.verdictOf(e)
}

// verdictOf is what may be concluded of an effect in a few words.
func (w *workbook) verdictOf(e *estimate) string {
	t := &w.texts.Effects
	switch {
	case e.effect.State == disclosure.Hidden:
		return t.Hidden
	case e.effect.State == disclosure.Shown && e.verdict == verdictDown:
		return fill(t.Fell, "bedrag", w.money(-e.effect.Value))
	case e.effect.State == disclosure.Shown && e.verdict == verdictUp:
		return fill(t.Rose, "bedrag", w.money(e.effect.Value))
	case e.effect.State == disclosure.Shown && e.verdict == verdictUnshown:
		return t.Unshown
	}
	return t.Unsettled
}

// perOutcome names outcomes by what may be concluded of them: first what fell or rose, one by one, then the others together.
func (w *workbook) perOutcome(outcomes []string, of func(outcome string) estimate) string {
	t := &w.texts.Effects
	var told []string
	groups := map[string][]string{}
	for _, outcome := range outcomes {
		e, name := of(outcome), w.outcomeName(outcome)
		group := t.LawsUnsettled
		switch {
		case e.effect.State == disclosure.Hidden:
			group = t.LawsHidden
		case e.effect.State == disclosure.Unknown:
		case e.verdict == verdictDown || e.verdict == verdictUp:
			told = append(told, name+" "+w.judgedEffect(&e))
			continue
		case e.verdict == verdictUnshown:
			group = t.LawsUnshown
		}
		groups[group] = append(groups[group], name)
	}
	for _, said := range []string{t.LawsUnshown, t.LawsUnsettled, t.LawsHidden} {
		if names := groups[said]; len(names) > 0 {
			told = append(told, fill(said, "wetten", strings.Join(names, ", ")))
		}
	}
	return strings.Join(told, "; ")
}

// laws are the outcomes of a table of effects that are a law.
func laws(l *lookup) []string {
	return slices.DeleteFunc(ranked(l.distinct("uitkomst"), outcomeRank), func(outcome string) bool {
		return outcome == totalOutcome || strings.HasPrefix(outcome, linePrefix)
	})
}

// projectName is the name that a project has in the data, as a name.
func (w *workbook) projectName(code string) string {
	if code == allProjects {
		return w.texts.Effects.AllProjects
	}
	return firstOf(sentence(strings.TrimSpace(strings.ReplaceAll(clean(code), "_", " "))), w.texts.Effects.Nameless)
}

// outcomeName is that of all laws, of one, or of a line of care.
func (w *workbook) outcomeName(code string) string {
	if code == totalOutcome {
		return w.texts.Effects.Total
	}
	if line, ok := strings.CutPrefix(code, linePrefix); ok {
		return named(w.texts.Lines, line)
	}
	return named(w.texts.Domains, code)
}

// periodName says how long after the start, or against which year.
func (w *workbook) periodName(code string) string {
	t := &w.texts.Effects
	switch code {
	case periodAfter:
		return t.PeriodAfter
	case periodBefore:
		return t.PeriodBefore
	}
	for prefix, said := range map[string]string{
		quarterPrefix: t.PeriodQuarter, sincePrefix: t.PeriodSince, otherBasePrefix: t.PeriodBase, withoutPrefix: t.PeriodWithout,
	} {
		if rest, ok := strings.CutPrefix(code, prefix); ok {
			rest = strings.ReplaceAll(rest, " en ", t.And)
			return fill(said, "n", strings.Replace(rest, "-", "−", 1))
		}
	}
	return code
}

// numbersAfter are the whole numbers that end the periods with a prefix, in their order.
func numbersAfter(l *lookup, prefix string) (out []int) {
	for _, period := range l.distinct("periode") {
		rest, ok := strings.CutPrefix(period, prefix)
		if n, err := strconv.Atoi(rest); ok && err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}
