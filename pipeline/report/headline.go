package report

import (
	"math"

	"ontschot/pipeline/disclosure"
)

const (
	// equalGrowth is the change below which costs are called equal (±2%, the margin of the programme's goals).
	equalGrowth = 0.02
	// equalPoints is the change of a share below which a mix is called equal.
	equalPoints = 0.005
)

// Headline says in one sentence, in the language of the book, what the released
// figures show, and says so when they show nothing.
func Headline(b Book) string {
	said, err := textsOf(b)
	if err != nil {
		said = &dutch // Write refuses such a book
	}
	f := find(b)
	return f.headline(said, b)
}

func (f *findings) headline(t *texts, b Book) string {
	h := t.Headline
	where := named(t.Within, f.area)
	switch {
	case f.area == "":
		if table, ok := b.Released.Table("kosten_per_domein"); ok && table.Empty != "" {
			return fill(h.NoFigures, "reden", clean(t.reason(table.Empty, b)))
		}
		return h.Nothing
	case !f.hasBase:
		return fill(h.NoBase, "basis", f.base)
	case f.year == "":
		return fill(h.NoYear, "basis", f.base)
	}
	cost, shift := f.figures[0].areas[f.area].change, f.largestShifts()
	if cost.State != disclosure.Shown && !shift.visible() {
		why := h.BecauseUnknown
		if cost.State == disclosure.Hidden {
			why = h.BecauseHidden
		}
		return fill(h.NoConclusion, "waar", where, "basis", f.base, "jaar", f.year, "reden", why)
	}
	line := f.costPart(t, cost) + "; " + shift.sentence(t)
	if f.provisional {
		line += fill(h.Provisional, "jaar", f.year)
	}
	return sentence(line) + "."
}

// costPart tells how the costs per insured year moved, and how elsewhere.
func (f *findings) costPart(t *texts, cost figure) string {
	h := t.Headline
	pairs := []string{"waar", named(t.Within, f.area), "basis", f.base, "jaar", f.year}
	switch cost.State {
	case disclosure.Hidden:
		return fill(h.CostHidden, pairs...)
	case disclosure.Unknown:
		return fill(h.CostUnknown, pairs...)
	default:
	}
	moved := h.Rose
	if cost.Value < 0 {
		moved = h.Fell
	}
	part := fill(h.Cost, append(pairs, "bewoog", moved, "procent", t.number(100*math.Abs(cost.Value), 1))...)
	if math.Abs(cost.Value) < equalGrowth {
		part = fill(h.CostEqual, append(pairs, "procent", t.signed(100*cost.Value, 1))...)
	}
	for _, area := range f.others {
		other := f.figures[0].areas[area].change
		if other.State != disclosure.Shown {
			continue
		}
		return part + fill(f.comparison(h, cost.Value, other.Value),
			"ander", named(t.Within, area), "procent", t.signed(100*other.Value, 1))
	}
	return part
}

func (f *findings) comparison(h headlineTexts, own, other float64) string {
	difference := own - other
	switch {
	case math.Abs(own) < equalGrowth || own*other <= 0:
		return h.Versus
	case math.Abs(difference) < f.figures[0].tolerance:
		return h.Alike
	case math.Abs(own) < math.Abs(other):
		return h.Less
	}
	return h.More
}

// shiftFinding holds the laws whose share rose and fell the most.
type shiftFinding struct {
	up, down     domainShift
	seen, hidden int    // laws with a visible change, and with a hidden one
	withCosts    int    // laws that had any share in either year, hidden ones included
	sole         string // the law with costs, when there is one
}

func (s shiftFinding) visible() bool { return s.seen >= 2 && s.withCosts >= 2 }

func (f *findings) largestShifts() shiftFinding {
	var out shiftFinding
	for _, d := range f.shifts {
		switch d.points.State {
		case disclosure.Unknown:
		case disclosure.Hidden:
			out.hidden++
			out.withCosts++
		case disclosure.Shown:
			if d.before.Value != 0 || d.after.Value != 0 {
				out.withCosts++
				out.sole = d.domain
			}
			if out.seen == 0 || d.points.Value > out.up.points.Value {
				out.up = d
			}
			if out.seen == 0 || d.points.Value < out.down.points.Value {
				out.down = d
			}
			out.seen++
		}
	}
	return out
}

// sentence is careful with hidden laws: the largest visible change need not be
// the largest.
func (s shiftFinding) sentence(t *texts) string {
	h := t.Headline
	if !s.visible() {
		switch {
		case s.hidden > 0:
			return h.ShiftHidden
		case s.withCosts == 1:
			return fill(h.ShiftSole, "wet", named(t.Domains, s.sole))
		}
		return h.ShiftUnknown
	}
	points := math.Max(math.Abs(s.up.points.Value), math.Abs(s.down.points.Value))
	if points < equalPoints {
		if s.hidden > 0 {
			return h.ShiftEvenPartly
		}
		return h.ShiftEven
	}
	line := h.Shift
	if s.hidden > 0 {
		line = h.ShiftPartly
		if s.up.points.Value <= 0 || s.down.points.Value >= 0 {
			return h.ShiftOneSided
		}
	}
	return fill(line,
		"naar", named(t.Domains, s.up.domain), "erbij", t.signed(100*s.up.points.Value, 1),
		"van", named(t.Domains, s.down.domain), "eraf", t.signed(100*s.down.points.Value, 1))
}
