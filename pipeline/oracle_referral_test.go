package pipeline_test

import (
	"math/big"
	"slices"
	"strconv"
)

// oracleEvent is care that began on a day: of one specialism, or of the general practitioner.
type oracleEvent struct {
	person, specialism string
	begin              oracleDay
}

// oracleReferrals is what an event's lines say of the referrer.
type oracleReferrals struct{ any, practitioner bool }

// oracleFunnel are the events of the persons of the region.
type oracleFunnel struct {
	contacts, halfway, specialist map[oracleEvent]bool
	referrals                     map[oracleEvent]oracleReferrals // of specialist events
	firstYear                     int                             // the first with lines; 0 when there are none
}

// funnel reads the events from the debit lines of the Zvw that are not wholly credited, of persons who live in the
// region on the begindatum.
func (o *oracle) funnel() oracleFunnel {
	f := oracleFunnel{map[oracleEvent]bool{}, map[oracleEvent]bool{}, map[oracleEvent]bool{}, map[oracleEvent]oracleReferrals{}, 0}
	for _, l := range o.lines {
		if l.post != "" || l.credit || l.whollyCredited() || l.domain != "zvw" || o.home(l.person, l.begin) == nil {
			continue
		}
		if year := l.begin.year(); f.firstYear == 0 || year < f.firstYear {
			f.firstYear = year
		}
		rule, event := o.classify(l), oracleEvent{l.person, l.fields["specialisme"], l.begin}
		if rule.careType == "huisarts" && o.isContact(l) {
			f.contacts[oracleEvent{person: l.person, begin: l.begin}] = true
		}
		switch {
		case event.specialism == "":
		case rule.lijn == "1.5":
			f.halfway[event] = true
		case l.fields["codelijst"] == "041" && (rule.lijn == "2" || rule.lijn == "3"):
			f.specialist[event] = true
			said := f.referrals[event]
			said.any = said.any || l.fields["verwijzer"] != ""
			said.practitioner = said.practitioner || l.fields["verwijzer"] == "02"
			f.referrals[event] = said
		}
	}
	return f
}

// isContact tells whether a line is a visit to or of the general practitioner.
func (o *oracle) isContact(l *oracleLine) bool {
	return slices.ContainsFunc(o.references.contacts, func(row map[string]string) bool {
		return oracleValid(row, l.begin) && oracleLike(l.fields["prestatiecode"], row["prestatiecode"])
	})
}

// oracleHas tells whether the person has an event of the specialism between two days, counted from the event's own.
func oracleHas(events map[oracleEvent]bool, e oracleEvent, specialism string, from, to int) bool {
	for days := from; days <= to; days++ {
		if events[oracleEvent{e.person, specialism, e.begin + oracleDay(days)}] {
			return true
		}
	}
	return false
}

// oracleFirsts are the events without one of the same specialism in the year before.
func oracleFirsts(events map[oracleEvent]bool) map[oracleEvent]bool {
	firsts := map[oracleEvent]bool{}
	for e := range events {
		if !oracleHas(events, e, e.specialism, -365, -1) {
			firsts[e] = true
		}
	}
	return firsts
}

// countEvents counts, per area and year, the events that fit.
func (o *oracle) countEvents(events map[oracleEvent]bool, fits func(oracleEvent) bool) map[oracleAreaYear]int64 {
	count := map[oracleAreaYear]int64{}
	for e := range events {
		if fits != nil && !fits(e) {
			continue
		}
		for _, area := range o.areasOf(o.home(e.person, e.begin).buurt, e.begin.year()) {
			count[oracleAreaYear{area, e.begin.year()}]++
		}
	}
	return count
}

// oracleMeasure is one step of the funnel; without a denominator it is per 1,000 insured years.
type oracleMeasure struct {
	name                   string
	numerator, denominator map[oracleAreaYear]int64
	looksAhead             bool // what counts may come in the year after
}

func (o *oracle) measures(f oracleFunnel) []oracleMeasure {
	first, firstHalfway := oracleFirsts(f.specialist), oracleFirsts(f.halfway)
	specialist, halfway := o.countEvents(first, nil), o.countEvents(firstHalfway, nil)
	return []oracleMeasure{
		{name: "huisarts_per_1000", numerator: o.countEvents(f.contacts, nil)},
		{name: "anderhalf_per_1000", numerator: halfway},
		{name: "eerste_dbc_per_1000", numerator: specialist},
		{name: "na_huisarts", denominator: specialist, numerator: o.countEvents(first, func(e oracleEvent) bool {
			return oracleHas(f.contacts, e, "", -90, 0)
		})},
		{name: "verwezen_door_huisarts",
			numerator:   o.countEvents(first, func(e oracleEvent) bool { return f.referrals[e].practitioner }),
			denominator: o.countEvents(first, func(e oracleEvent) bool { return f.referrals[e].any })},
		{name: "via_anderhalf", denominator: specialist, numerator: o.countEvents(first, func(e oracleEvent) bool {
			return oracleHas(f.halfway, e, e.specialism, -120, 0)
		})},
		{name: "anderhalf_doorverwezen", denominator: halfway, looksAhead: true, numerator: o.countEvents(firstHalfway, func(e oracleEvent) bool {
			return oracleHas(f.specialist, e, e.specialism, 1, 120)
		})},
		{name: "herhaald_12_maanden", denominator: specialist, looksAhead: true, numerator: o.countEvents(first, func(e oracleEvent) bool {
			return oracleHas(f.specialist, e, e.specialism, 1, 365)
		})},
	}
}

// Verwijzing is the referral funnel: general practitioner, 1,5e lijn, specialist.
func (o *oracle) Verwijzing() oracleTable {
	table := oracleTable{Name: "verwijzing", Keys: []string{"jaar", "gebied", "maat"}, Columns: []string{"teller", "noemer", "waarde", "status", "schaal"}}
	f := o.funnel()
	measures := o.measures(f)
	for _, year := range o.comparableYears() {
		if !o.personLevel("zvw", year) {
			continue
		}
		for _, area := range o.areas {
			for _, m := range measures {
				at := oracleAreaYear{area, year}
				over, times := oracleRat(m.denominator[at]), oracleRat(1)
				if m.denominator == nil {
					over, times = o.insuredYears(area, year), oracleRat(1000)
				}
				table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area, m.name}, Values: map[string]string{
					"teller": strconv.FormatInt(m.numerator[at], 10),
					"noemer": oracleRatio(over, oracleRat(1)),
					"waarde": oracleRatio(new(big.Rat).Mul(oracleRat(m.numerator[at]), times), over),
					"status": o.measureStatus(m, year, f.firstYear),
					"schaal": times.RatString(),
				}})
			}
		}
	}
	return table.sorted()
}

// measureStatus is less certain than that of the costs where the measure looks back or ahead beyond what is known.
func (o *oracle) measureStatus(m oracleMeasure, year, firstYear int) string {
	switch {
	case year == firstYear && m.name != "huisarts_per_1000":
		return "onvolledig"
	case m.looksAhead && o.stand < oracleDayOf(year+2, 1+o.openMonths["zvw"], 1):
		return "voorlopig"
	}
	return o.status("zvw", year)
}
