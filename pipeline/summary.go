package pipeline

import (
	"fmt"
	"path"
	"strings"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/delivery"
)

// A summary fits on a screen.
const (
	SummaryLines   = 24
	SummaryColumns = 100
)

// Summary tells in at most [SummaryLines] lines of [SummaryColumns] characters what a run did: what came in, what was refused
// or put in quarantine and why, what is late, what changed more than it usually does, and what was published. What does not
// fit is in the manifest itself.
func (m *Manifest) Summary() []string {
	groups := []group{
		{"run", []string{m.headline()}}, {"came in", m.delivered()}, {"nothing new", m.unchanged()}, {"quarantine", m.quarantined()}, {"because", m.reasons()}, {"left out", m.leftOut()},
		{"refused", m.refused()}, {"not recognised", m.unrecognised()}, {"late", m.late()}, {"check", m.failedChecks()}, {"changed", m.changed()},
		{"removed", m.removed()},
	}
	if m.Action != ActionLoad {
		groups = append(groups, group{"published", []string{m.published()}})
	}
	return fitted(groups, "see runs/"+m.Run+"/manifest.json")
}

// group is all there is to tell of one kind.
type group struct {
	kind  string
	lines []string
}

// fitted shares the lines of the screen out among the groups, one by one, and cuts what is too long. A group that is cut
// ends with how much more there is.
func fitted(groups []group, elsewhere string) []string {
	room := make([]int, len(groups))
	for left, more := SummaryLines, true; left > 0 && more; {
		more = false
		for i, g := range groups {
			if room[i] < len(g.lines) && left > 0 {
				room[i]++
				left--
				more = true
			}
		}
	}
	var out []string
	for i, g := range groups {
		more := len(g.lines) - room[i]
		if more > 0 && room[i] > 0 { // the last line is for what does not fit
			out = append(out, g.lines[:room[i]-1]...)
			out = append(out, fmt.Sprintf("%s: ... and %d more: %s", g.kind, more+1, elsewhere))
			continue
		}
		out = append(out, g.lines...)
	}
	for i, line := range out {
		out[i] = cut(line)
	}
	return out
}

// cut keeps a line within the screen; a line never breaks.
func cut(line string) string {
	letters := []rune(strings.Join(strings.Fields(line), " "))
	if len(letters) <= SummaryColumns {
		return string(letters)
	}
	return string(letters[:SummaryColumns-1]) + "…"
}

func (m *Manifest) headline() string {
	var lines, cents int64
	for _, l := range m.Loaded {
		lines += l.Lines
		cents += l.Cents
	}
	return fmt.Sprintf("run %s: %d deliveries loaded (%d lines, %s euros), %d known, %d refused",
		m.Run, len(m.Loaded), lines, delivery.EuroText(cents), m.Known, len(m.Refused))
}

// delivered sums what came in per supplier and table, in the order of loading.
func (m *Manifest) delivered() []string {
	type kind struct{ supplier, table string }
	sums, order := map[kind]*ManifestInput{}, []kind{}
	counts := map[kind]int{}
	for _, l := range m.Loaded {
		k := kind{l.Supplier, l.Table}
		if sums[k] == nil {
			sums[k] = &ManifestInput{}
			order = append(order, k)
		}
		sums[k].Lines += l.Lines
		sums[k].Cents += l.Cents
		counts[k]++
	}
	var out []string
	for _, k := range order {
		out = append(out, fmt.Sprintf("came in: %s of %s: %d deliveries, %d lines, %s euros", k.table, k.supplier, counts[k], sums[k].Lines, delivery.EuroText(sums[k].Cents)))
	}
	return out
}

// unchanged tells of a night that computed nothing, because nothing was new.
func (m *Manifest) unchanged() []string {
	if m.SameAs == "" {
		return nil
	}
	return []string{"nothing new: the answers and the workbooks of run " + m.SameAs + " stand"}
}

func (m *Manifest) quarantined() []string {
	var out []string
	for _, l := range m.Loaded {
		if l.Quarantined > 0 {
			out = append(out, fmt.Sprintf("quarantine: %s: %d of %d lines, %s euros", l.File, l.Quarantined, l.Lines, delivery.EuroText(l.QuarantinedCents)))
		}
	}
	return out
}

// reasons tells why lines are in quarantine.
func (m *Manifest) reasons() []string {
	var out []string
	for _, q := range m.Quarantine {
		out = append(out, fmt.Sprintf("because: %s in %s %s: %d lines, %s euros", q.Rule, q.Table, q.Column, q.Lines, q.Euros))
	}
	return out
}

// leftOut tells what was not loaded of files that were.
func (m *Manifest) leftOut() []string {
	var out []string
	for _, l := range m.Loaded {
		if l.Erased > 0 {
			out = append(out, fmt.Sprintf("left out: %s: %d of %d lines are of persons who were erased", l.File, l.Erased, l.Lines))
		}
		if len(l.UnknownColumns) > 0 {
			out = append(out, fmt.Sprintf("left out: %s: unknown columns %s", l.File, strings.Join(l.UnknownColumns, ", ")))
		}
	}
	return out
}

func (m *Manifest) refused() []string {
	if len(m.Refused) == 0 {
		return nil
	}
	out := []string{fmt.Sprintf("refused: %d files whole; before they were refused %d lines and %s euros of them were read",
		len(m.Refused), m.RefusedLines, delivery.EuroText(m.RefusedCents))}
	for _, why := range m.Refused {
		out = append(out, "refused: "+why)
	}
	return out
}

func (m *Manifest) unrecognised() []string {
	var out []string
	for _, file := range m.Unknown {
		out = append(out, fmt.Sprintf("not recognised: %s: its name starts with no table and no [[bron]] names it", file))
	}
	return out
}

func (m *Manifest) late() []string {
	var out []string
	for _, l := range m.Late {
		out = append(out, l.String())
	}
	return out
}

// String is the line of a summary.
func (l Late) String() string {
	last := "it never came"
	if l.Newest != "" {
		last = "last came on " + l.Newest
	}
	if l.Missed > 1 {
		last += fmt.Sprintf(", %d missed", l.Missed)
	}
	return fmt.Sprintf("late: %s %s: due on %s, %s (%s, %s)", l.Supplier, l.Table, l.Since, last, l.Schedule, l.Files)
}

func (m *Manifest) failedChecks() []string {
	var out []string
	for _, c := range m.Checks {
		if c.Failed > 0 {
			out = append(out, fmt.Sprintf("check %s: %s, %d of %d (%s)", c.Name, c.Outcome, c.Failed, c.Checked, c.Example))
		}
	}
	return out
}

// changed tells which totals of the region differ from the night before by more than they usually do.
func (m *Manifest) changed() []string {
	c := m.Changes
	if c == nil {
		return nil
	}
	var first string
	switch {
	case c.Against == "":
		return []string{"changed: nothing to compare with: no earlier night noted its totals"}
	case !c.Known:
		first = fmt.Sprintf("changed: %d totals by over %g%% since the night before; too few nights (%d of %d) to know the usual",
			len(c.Figures), 100*smallChange, c.Nights, leastNights)
	default:
		first = fmt.Sprintf("changed: %d totals by over %d times the usual, and over %g%%, since the night before",
			len(c.Figures), usualTimes, 100*smallChange)
	}
	out := []string{first}
	for _, f := range c.Figures {
		out = append(out, "changed: "+f.text(c.Known))
	}
	return out
}

// measures are the figures of a total in words.
var measures = map[string]string{"bedrag_centen": "euros", "gebruikers": "users", "declaraties": "declarations"}

func (c Change) text(known bool) string {
	number := func(v int64) string {
		if c.Measure == "bedrag_centen" {
			return delivery.EuroText(v)
		}
		return fmt.Sprint(v)
	}
	what := fmt.Sprintf("%s %d %s", c.Domain, c.Year, measures[c.Measure])
	if c.New {
		return fmt.Sprintf("%s: %s, new", what, number(c.Now))
	}
	text := fmt.Sprintf("%s: %s to %s", what, number(c.Before), number(c.Now))
	if c.Before != 0 {
		text += fmt.Sprintf(" (%+.1f%%", 100*float64(c.Now-c.Before)/float64(distance(c.Before, 0)))
		if known && c.Usual > 0 {
			text += fmt.Sprintf(", usually %.1f%%", 100*float64(c.Usual)/float64(distance(c.Before, 0)))
		} else if known {
			text += ", usually nothing"
		}
		text += ")"
	}
	return text
}

func (m *Manifest) removed() []string {
	if len(m.Removed) == 0 {
		return nil
	}
	out := []string{fmt.Sprintf("removed: %d files and folders were kept longer than [bewaren] says", len(m.Removed))}
	for _, r := range m.Removed {
		out = append(out, "removed: "+r.Path)
	}
	return out
}

func (m *Manifest) published() string {
	if m.Status != statusDone {
		return fmt.Sprintf("published: nothing (%s); the workbooks in rapporten/ are of an earlier night", m.Status)
	}
	var books []string
	for _, o := range m.Outputs {
		if strings.HasSuffix(o.File, ".xlsx") {
			books = append(books, path.Base(o.File))
		}
	}
	return fmt.Sprintf("published: %s in rapporten/", strings.Join(books, ", "))
}

// failedExample is what to look at of a check that did not pass; it is never a value of a person.
func failedExample(f analysis.Finding) string {
	if f.Failed == 0 {
		return ""
	}
	return f.Example
}
