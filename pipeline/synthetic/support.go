package synthetic

import "math"

// service is support that runs by the month: Wmo, Jeugdwet, Participatiewet and Zvw wijkverpleging.
type service struct {
	code      code
	providers []provider
	monthly   float64 // euros a month in 2017; of a whole trajectory if whole
	sigma     float64 // spread between months
	hourly    float64 // euros an hour in 2017, for a volume in hours; 0 = volume in pieces
	months    float64 // mean duration
	need      float64 // how strongly use hangs on social need
	from, to  int     // ages, to included
	use       [5]float64
	whole     bool // one line for the whole trajectory, in its last month
	profile   bool // use follows costDistrictNursing instead of use
}

// ageSteps are the ages at which the five values of service.use begin.
var ageSteps = [5]int{0, 18, 65, 75, 85}

const adult = 18

func wmoService(category, product string, monthly, hourly, months, need float64, kind string, use ...float64) service {
	unit := "82"
	if hourly > 0 {
		unit = "04"
	}
	return service{code: code{domain: wmo, list: "WMO020", performance: product, category: category, unit: unit, line: lineZero},
		providers: providers(kind, 3), monthly: monthly, sigma: 0.15, hourly: hourly, months: months, need: need,
		from: adult, to: 120, use: [5]float64{0, use[0], use[1], use[2], use[3]}}
}

func youthService(category, product string, monthly, hourly, months, use float64, whole bool) service {
	unit := "82"
	if hourly > 0 {
		unit = "04"
	}
	return service{code: code{domain: jeugdwet, list: "JZ020", performance: product, category: category, unit: unit, line: lineZero},
		providers: providers("9802", 4), monthly: monthly, sigma: 0.15, hourly: hourly, months: months, need: 0.6,
		from: 0, to: 17, use: [5]float64{use}, whole: whole}
}

func assistance(product string, monthly, months, use float64) service {
	return service{code: code{domain: participatiewet, list: "PW", performance: product, unit: "82", line: lineZero},
		providers: providers("4801", 1), monthly: monthly, months: months, need: 0.6,
		from: adult, to: 66, use: [5]float64{0, use, use}}
}

// districtNursing must stay the first of services: the planted shift to the Wmo looks for its code.
var services = []service{
	{code: code{domain: zvw, list: "065", performance: "1000", unit: "04", line: lineFirst}, providers: providers("7501", 3),
		monthly: 720, sigma: 0.25, hourly: 52, months: 16, need: 0.2, to: 120, profile: true},
	wmoService("01", "01A03", 275, 25, 48, 0.9, "9802", 0.008, 0.06, 0.19, 0.42),
	wmoService("02", "02A05", 620, 55, 26, 1, "9802", 0.0125, 0.016, 0.025, 0.025),
	wmoService("03", "03A02", 480, 45, 20, 1, "9802", 0.0006, 0.001, 0.002, 0.002),
	wmoService("04", "04A01", 800, 0, 12, 1, "9802", 0.0004, 0.0006, 0.002, 0.003),
	wmoService("07", "07A04", 560, 0, 26, 1, "9802", 0.005, 0.007, 0.015, 0.025),
	wmoService("08", "08A01", 42, 0, 48, 1, "9802", 0.008, 0.035, 0.11, 0.18),
	wmoService("09", "09A02", 80, 0, 24, 1, "9802", 0.007, 0.008, 0.010, 0.010),
	wmoService("11", "11A01", 60, 0, 48, 1, "7601", 0.004, 0.016, 0.06, 0.12),
	wmoService("12", "12A02", 50, 0, 48, 1, "7601", 0.008, 0.032, 0.11, 0.18),
	wmoService("13", "13A03", 40, 0, 48, 1, "7601", 0.003, 0.012, 0.05, 0.10),
	wmoService("14", "14A01", 28, 0, 48, 1, "7601", 0.006, 0.020, 0.07, 0.12),
	wmoService("15", "15A04", 3900, 0, 30, 1, "7201", 0.0011, 0.0004, 0, 0),
	wmoService("16", "16A01", 2300, 0, 7, 1, "7201", 0.0003, 0.0001, 0, 0),
	youthService("45", "45A48", 490, 95, 14, 0.060, false),
	youthService("41", "41A11", 1150, 0, 12, 0.010, false),
	youthService("44", "44A08", 4300, 0, 14, 0.0068, false),
	youthService("43", "43A06", 7200, 0, 9, 0.0016, false),
	youthService("35", "35A02", 1500, 0, 36, 0.008, false),
	youthService("48", "48A01", 610, 0, 18, 0.010, false),
	youthService("42", "42A03", 210, 0, 12, 0.009, false),
	youthService("40", "40A01", 480, 45, 14, 0.004, false),
	youthService("54", "54A01", 4800, 0, 9, 0.056, true),
	youthService("51", "51A01", 900, 0, 5, 0.022, true),
	assistance("UITK1", 1040, 40, 0.030),
	assistance("REIN1", 190, 10, 0.004),
}

// needSigma is the spread of social need: most people need nothing, some need a lot at once.
const needSigma = 1.75

// share is the part of the persons of this age, sex, need and neighbourhood that use the service on a day.
func (s *service) share(age int, p *person, t *traits, place *Neighbourhood) float64 {
	if age < s.from || age > s.to {
		return 0
	}
	var use, level float64
	if s.profile {
		// Long-term care takes over part of the heaviest users, hence the factor.
		use, level = 1.6*expected(costDistrictNursing, age, p.sex)/(12*s.monthly), place.medical
	} else {
		for i, from := range ageSteps {
			if age >= from {
				use = s.use[i]
			}
		}
		level = place.social
	}
	spread := s.need * needSigma
	return min(0.8, use*level*math.Exp(spread*t.social-spread*spread/2))
}

// support adds the spells of all services and of the Wlz, with their claims.
func (h *history) support(w *world, p *person, t *traits) {
	r := newStream(w.seed, uint64(p.index), forSpells)
	d := newStream(w.seed, uint64(p.index), forDeclaringSupport)
	from, to := p.span(w)
	longTerm := h.longTermCare(w, p, t, from, to, &d)
	place := &Neighbourhoods[p.residences[0].place]
	initial := p.residences[0].begin <= w.first && from == w.first
	for i := range services {
		s := &services[i]
		if from.year()-p.birthYear() > s.to || to.year()-p.birthYear() < s.from {
			continue
		}
		until, reason := lastDay(p, s.code.domain, to)
		if s.code.domain != participatiewet && longTerm <= until && longTerm <= to {
			until, reason = longTerm-1, "39"
		}
		if s.to < 67 {
			if coming := p.born + day(float64(s.to+1)*365.25) - 1; coming < until && coming < to {
				until, reason = coming, endReason(s.code.domain)
			}
		}
		for y := from.year(); y <= to.year(); y++ {
			begin, end := max(from, dateOf(y, 1, 1)), min(to, dateOf(y, 12, 31))
			share := s.share(y-p.birthYear(), p, t, place)
			if share == 0 {
				continue
			}
			start, starts := begin, true
			if initial && y == w.firstYear && r.chance(share) {
				start = max(begin-day(r.exp(30*s.months)), p.residences[0].begin, p.born)
				if age := start.year() - p.birthYear(); age < s.from {
					start = begin
				}
			} else {
				hazard := share / (1 - share) / s.months / 30.4
				wait := r.exp(1 / hazard)
				if starts = wait < float64(end-begin); starts {
					start = begin + day(wait)
				}
			}
			if !starts {
				continue
			}
			stop, why := max(start, begin)+day(14+r.exp(30.4*s.months)), endReason(s.code.domain)
			if stop >= until {
				stop, why = until, reason
			}
			if stop < max(start, begin) {
				continue
			}
			h.addSpell(w, s, start, stop, max(start, from), min(stop, to), why, &r, &d)
			// The next spell of this service begins in a later year than this one ends.
			if stop == open {
				break
			}
			y = max(y, stop.year())
		}
	}
}

// lastDay is the last day of support for a person, and why it ends there: open if the person still lives in the region.
func lastDay(p *person, d domain, to day) (day, string) {
	switch p.residences[len(p.residences)-1].reason {
	case "overleden":
		return to, "02"
	case "verhuisd":
		if d == jeugdwet {
			return to, "36"
		}
		return to, "31"
	}
	return open, ""
}

// endReason is the code for an end as planned (WMO588, JZ588).
func endReason(d domain) string {
	switch d {
	case wmo:
		return "19"
	case jeugdwet:
		return "31"
	default:
		return ""
	}
}

// addSpell adds a spell begin…end and its claims from…to.
func (h *history) addSpell(w *world, s *service, begin, end, from, to day, reason string, r, d *stream) {
	if end > w.last {
		end, reason = open, ""
	}
	index := int32(len(h.spells))
	granted := s.code.domain == wmo || s.code.domain == jeugdwet
	h.spells = append(h.spells, spell{code: &s.code, begin: begin, end: end, reason: reason, granted: granted, whole: s.whole})
	who := &s.providers[r.intn(len(s.providers))]
	level := r.skewed(0.3)
	if s.whole {
		if end == open {
			return
		}
		y, m, _ := to.split()
		e := event{code: &s.code, provider: who, referrer: "02", begin: max(from, dateOf(y, m, 1)), end: to, volume: 1000, spell: index}
		e.cents = int64(100 * s.monthly * level * consumerIndex.level(y))
		e.declare(d)
		h.events = append(h.events, e)
		return
	}
	referrer := "01"
	if s.code.domain == zvw {
		referrer = "02"
	}
	if s.code.domain == participatiewet {
		referrer, level = "", 1
	}
	for b := from; b <= to; {
		y, m, dom := b.split()
		next := nextMonth(y, m)
		e := event{code: &s.code, provider: who, referrer: referrer, begin: b, end: min(to, next-1), spell: index}
		index := consumerIndex
		if s.code.domain == zvw {
			index = careIndex
		}
		part := float64(e.end-b+1) / float64(int(next-b)+dom-1)
		euros := s.monthly * level * part
		if s.sigma > 0 {
			euros *= r.skewed(s.sigma)
		}
		e.volume = 1000
		if s.hourly > 0 {
			e.volume = max(250, int64(euros/s.hourly*4)*250)
		}
		e.cents = max(1, int64(math.Round(100*euros*index.level(y))))
		e.declare(d)
		h.events = append(h.events, e)
		b = next
	}
}
