package synthetic

import "math"

// wlzForm is a way in which Wlz care is given, with its monthly amount in euros of 2017.
type wlzForm struct {
	code    code
	monthly float64
	hourly  float64
}

func wlzCode(category, performance, unit string) code {
	return code{domain: wlz, list: "055", performance: performance, category: category, unit: unit, line: lineLongTerm}
}

// elderly and disabled care: residence, a full package at home, hours at home.
var (
	elderlyForms = [3]wlzForm{
		{wlzCode("VV", "Z051", "14"), 5650, 0}, {wlzCode("VV", "V051", "14"), 4300, 0}, {wlzCode("VV", "H126", "04"), 2100, 60},
	}
	frailForm     = wlzForm{wlzCode("VV", "Z041", "14"), 4500, 0}
	disabledForms = [3]wlzForm{
		{wlzCode("VG", "Z430", "14"), 6100, 0}, {wlzCode("VG", "V430", "14"), 4700, 0}, {wlzCode("VG", "H300", "04"), 1900, 60},
	}
	wlzProviders = append(providers("4701", 2), providers("4702", 2)...)
)

// longTermCare adds the Wlz care of a person and gives its first day, or open: it lasts until death.
func (h *history) longTermCare(w *world, p *person, t *traits, from, to day, d *stream) day {
	var start day
	var form *wlzForm
	pick := 0
	switch {
	case t.provision >= 86:
		pick = 2
	case t.provision >= 76:
		pick = 1
	}
	switch {
	case t.disabled:
		start, form = p.born+18*365+5, &disabledForms[pick]
	case t.wlzDelay > 0:
		start, form = p.death-day(t.wlzDelay*365.25), &elderlyForms[pick]
		if pick == 0 && t.provision%3 == 0 {
			form = &frailForm
		}
	default:
		return open
	}
	start = max(start, p.residences[0].begin)
	if start > to {
		return open
	}
	end, reason := lastDay(p, wlz, to)
	if end > w.last {
		end, reason = open, ""
	}
	index := int32(len(h.spells))
	h.spells = append(h.spells, spell{code: &form.code, begin: start, end: end, reason: reason, granted: true})
	who := &wlzProviders[t.provision%len(wlzProviders)]
	fourWeeks := t.provision%5 < 2
	for b := max(start, from); b <= to; {
		next := b.monthEnd() + 1
		if fourWeeks {
			next = b + 28
		}
		e := event{code: &form.code, provider: who, begin: b, end: min(to, next-1), spell: index}
		days := int64(e.end-e.begin) + 1
		euros := form.monthly * 12 / 365.25 * float64(days)
		e.volume = days * 1000
		if form.hourly > 0 {
			e.volume = max(1, int64(euros/form.hourly)) * 1000
		}
		e.cents = max(1, int64(math.Round(100*euros*consumerIndex.level(b.year()))))
		e.declare(d)
		h.events = append(h.events, e)
		b = next
	}
	return start
}
