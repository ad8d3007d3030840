package synthetic

import "math"

// The planted effects. Each is a change of the counterfactual history of a person, drawn from a stream of its own.
const (
	effectYear = 2018 // first year of all effects

	substitutionShare = 0.12 // of low-complex outpatient DBC care moves to 1,5e lijn
	substitutionPrice = 0.70 // of its price there
	shiftShare        = 0.15 // of the spells of wijkverpleging moves to Wmo begeleiding
	stackingShare     = 0.55 // of the second and further arrangements of participants ends early
)

// effect numbers the planted effects in the order of waarheid.json.
type effect int

const (
	substitution effect = iota
	domainShift
	unstacking
	effects
)

// The codes that care carries after it has moved.
var (
	oneAndHalfAt = provider{"5308", "aanb-" + pseudonym(0, '5', 5308)[:12]}
	guidanceCode = code{domain: wmo, list: "WMO020", performance: "02A05", category: "02", unit: "04", line: lineZero}

	oneAndHalfCodes = specialismCodes()
)

// specialismCodes gives the 1,5e lijn code of each specialism that can move.
func specialismCodes() map[string]*code {
	out := map[string]*code{}
	for i := range outpatientProducts {
		specialism := outpatientProducts[i].specialism
		out[specialism] = &code{domain: zvw, list: "016", performance: "PC101", specialism: specialism, unit: "82", line: lineOneAndHalf}
	}
	return out
}

// planted is what the effects do to one person.
type planted struct {
	substitute stream
	shifted    []int32 // per spell: the index of its Wmo arrangement, 0 = undecided, -1 = stays
	cut        []day   // per spell: the earlier end, open = none
	shift      stream
}

func inPilot(p *person, d day) bool {
	i := p.placeOn(d)
	return i >= 0 && Neighbourhoods[i].Role == RolePilot
}

// plant decides on participation and on what ends early; nothing changes before effectYear.
func (w *world) plant(p *person, h *history) planted {
	a := planted{
		substitute: newStream(w.seed, uint64(p.index), forSubstitution),
		shift:      newStream(w.seed, uint64(p.index), forDomainShift),
		shifted:    make([]int32, len(h.spells)),
		cut:        make([]day, len(h.spells)),
	}
	for i := range a.cut {
		a.cut[i] = open
	}
	if h.project = w.join(p, h); h.project.unstacks() {
		a.endEarly(w, p, h, h.project.begin)
	}
	return a
}

// endEarly ends each second or further running arrangement of a participant with probability stackingShare.
func (a *planted) endEarly(w *world, p *person, h *history, start day) {
	r := newStream(w.seed, uint64(p.index), forStacking)
	first := -1
	for i := range h.spells {
		s := &h.spells[i]
		if s.granted && s.begin <= start && s.end >= start && (first < 0 || s.begin < h.spells[first].begin) {
			first = i
		}
	}
	for i := range h.spells {
		s := &h.spells[i]
		ends, wait := r.chance(stackingShare), 20+day(r.intn(60))
		if i == first || !s.granted || s.whole || s.code.domain == wlz || s.begin > start || s.end < start || !ends {
			continue
		}
		if early := (start + wait).monthEnd(); early < min(s.end, w.last) {
			a.cut[i] = early
		}
	}
}

// distinctOn counts the different arrangements (domein, productcategorie) that run on d.
func distinctOn(spells []spell, cut []day, d day) int {
	n := 0
	for i := range spells {
		if !running(spells, cut, i, d) {
			continue
		}
		n++
		for j := range i {
			if running(spells, cut, j, d) && spells[j].code.domain == spells[i].code.domain && spells[j].code.category == spells[i].code.category {
				n--
				break
			}
		}
	}
	return n
}

func running(spells []spell, cut []day, i int, d day) bool {
	s := &spells[i]
	return s.granted && d >= s.begin && d <= s.end && (cut == nil || d <= cut[i])
}

// outcome is what the effects make of one event.
type outcome struct {
	event    event
	eligible effect // the effect that could touch the event; none if no effect could
	moved    bool   // the effect did touch it
	remains  bool   // there still is an event
}

// none stands for no effect.
const none effect = -1

// change applies the effects to one event.
func (a *planted) change(w *world, p *person, h *history, e *event) outcome {
	o := outcome{event: *e, eligible: none, remains: true}
	if e.begin < dateOf(effectYear, 1, 1) {
		return o
	}
	switch {
	case e.code.outpatient && e.line() == lineSecond && inPilot(p, e.begin):
		o.eligible, o.moved = substitution, a.substitute.chance(substitutionShare)
		if o.moved {
			o.event.code, o.event.provider, o.event.end = oneAndHalfCodes[e.code.specialism], &oneAndHalfAt, e.begin
			o.event.cents, o.event.corrected = reprice(e.cents), reprice(e.corrected)
		}
	case e.spell >= 0 && e.code == &services[0].code && e.begin.year()-p.birthYear() > adult && inPilot(p, e.begin):
		o.eligible = domainShift
		if to := a.arrangement(h, e); to >= 0 {
			o.moved = true
			o.event.code, o.event.spell, o.event.referrer = &guidanceCode, to, "01"
			s := &h.spells[to]
			s.end, s.reason = e.end, "19"
			if e.end == w.last && h.spells[e.spell].end == open {
				s.end, s.reason = open, ""
			}
		}
	case e.spell >= 0 && e.begin > a.cut[e.spell]:
		o.eligible, o.moved, o.remains = unstacking, true, false
	}
	return o
}

// arrangement is the Wmo arrangement that the spell of e has moved to, or -1 if the spell stays where it is.
func (a *planted) arrangement(h *history, e *event) int32 {
	if a.shifted[e.spell] == 0 {
		a.shifted[e.spell] = -1
		if a.shift.chance(shiftShare) {
			a.shifted[e.spell] = int32(len(h.spells))
			h.spells = append(h.spells, spell{code: &guidanceCode, begin: e.begin, granted: true})
			a.cut = append(a.cut, open)
			a.shifted = append(a.shifted, -1)
		}
	}
	return a.shifted[e.spell]
}

func reprice(cents int64) int64 { return int64(math.Round(float64(cents) * substitutionPrice)) }
