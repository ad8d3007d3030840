package synthetic

import "math"

// careType is a kind of Zvw care that comes in separate events: how much is expected comes from costProfile.
type careType struct {
	cost      costKind
	share     float64 // of the expected cost
	price     float64 // mean euros of an event in 2017
	sigma     float64 // spread of the price
	prone     float64 // share of persons that use it at all
	days      int     // longest duration
	fromYear  int     // first year that this care is declared
	corona    float64 // level in 2020
	codes     []code
	providers []provider
	referral  bool // draw a referrer; else the general practitioner
}

func providers(kind string, n int) []provider {
	out := make([]provider, n)
	for i := range out {
		out[i] = provider{kind, "aanb-" + pseudonym(0, kind[0]^kind[1]<<1^kind[3]<<3, int32(i))[:12]}
	}
	return out
}

// hospitals: mostly the academic hospital, which is also the city hospital, then a general one and a clinic.
var hospitals = append(append(providers("0602", 1), providers("0601", 2)...), providers("2201", 1)...)

// outpatientProducts are DBC care products of the specialisms with a lot of low-complex care.
var outpatientProducts = hospitalCodes(lineSecond, true, [][3]string{
	{"15B101", "0301", "079799012"}, {"15B102", "0302", "089999030"}, {"15B103", "0303", "199299047"},
	{"15B104", "0305", "131999104"}, {"15B105", "0306", "149399041"}, {"15B106", "0307", "149999027"},
	{"15B107", "0310", "029499021"}, {"15B108", "0313", "049999015"}, {"15B109", "0318", "119999010"},
	{"15B110", "0320", "099999041"}, {"15B111", "0322", "109799021"}, {"15B112", "0330", "069999067"},
	{"15B113", "0324", "131999228"}, {"15B114", "0316", "219799018"},
})

var dayCodes = hospitalCodes(lineSecond, false, [][3]string{
	{"15C201", "0301", "079599002"}, {"15C202", "0303", "129999006"}, {"15C203", "0305", "131999052"},
	{"15C204", "0318", "119999047"}, {"15C205", "0389", "131999280"},
})

var inpatientCodes = hospitalCodes(lineSecond, false, [][3]string{
	{"14D301", "0303", "110101012"}, {"14D302", "0305", "131999166"}, {"14D303", "0307", "159999008"},
	{"14D304", "0313", "109999017"}, {"14D305", "0320", "099999007"}, {"14D306", "0330", "099699032"},
	{"14D307", "0335", "219899003"},
})

var highlySpecialised = hospitalCodes(lineThird, false, [][3]string{
	{"17E401", "0308", "069899011"}, {"17E402", "0328", "099799020"}, {"17E403", "0361", "020108077"},
	{"17E404", "0390", "191301005"},
})

func hospitalCodes(line echelon, outpatient bool, rows [][3]string) []code {
	out := make([]code, len(rows))
	for i, r := range rows {
		out[i] = code{domain: zvw, list: "041", performance: r[0], specialism: r[1], product: r[2], unit: "82",
			line: line, outpatient: outpatient}
	}
	return out
}

func plainCodes(list string, line echelon, unit, specialism string, performances ...string) []code {
	out := make([]code, len(performances))
	for i, p := range performances {
		out[i] = code{domain: zvw, list: list, performance: p, specialism: specialism, unit: unit, line: line}
	}
	return out
}

var registration = code{domain: zvw, list: "016", performance: "11101", unit: "82", line: lineFirst}

var practices = providers("0101", 8)

// careTypes are in a fixed order: the draws of a person follow it.
var careTypes = []careType{
	{cost: costConsult, share: 1, price: 120, sigma: 0.7, prone: 1, corona: 1,
		codes: plainCodes("016", lineFirst, "82", "", "12000", "12001", "12000", "12004"), providers: practices},
	{cost: costConsult, share: 0.13, price: 75, sigma: 0.6, prone: 1, corona: 0.95,
		codes: plainCodes("016", lineFirst, "82", "", "074891", "070702"), providers: providers("5001", 1)},
	{cost: costChain, share: 1, price: 150, sigma: 0.4, prone: 0.35, corona: 1,
		codes: plainCodes("016", lineOneAndHalf, "82", "", "14001"), providers: providers("5301", 1)},
	{cost: costChain, share: 0.25, price: 95, sigma: 0.4, prone: 0.15, corona: 1,
		codes: plainCodes("016", lineOneAndHalf, "82", "", "14002"), providers: providers("5303", 1)},
	{cost: costPharmacy, share: 1, price: 250, sigma: 1.4, prone: 0.8, corona: 1,
		codes: plainCodes("016", lineFirst, "82", "", "70001", "70002", "70003"), providers: providers("0201", 6)},
	{cost: costAids, share: 1, price: 380, sigma: 1.1, prone: 0.5, corona: 0.97,
		codes: plainCodes("016", lineFirst, "82", "", "76010", "76020", "76030"), providers: providers("7601", 3)},
	{cost: costDental, share: 1, price: 155, sigma: 0.6, prone: 0.8, corona: 0.9,
		codes: plainCodes("016", lineFirst, "82", "", "C0022", "V0091"), providers: providers("1201", 5)},
	{cost: costPhysio, share: 1, price: 240, sigma: 0.6, prone: 0.3, corona: 0.85, days: 20,
		codes: plainCodes("016", lineFirst, "82", "", "4000", "4012"), providers: providers("0401", 5)},
	{cost: costParamedic, share: 0.4, price: 160, sigma: 0.6, prone: 0.3, corona: 0.88,
		codes: plainCodes("016", lineFirst, "82", "", "5001"), providers: providers("0501", 2)},
	{cost: costParamedic, share: 0.35, price: 160, sigma: 0.6, prone: 0.3, corona: 0.88,
		codes: plainCodes("016", lineFirst, "82", "", "8001"), providers: providers("8801", 2)},
	{cost: costParamedic, share: 0.25, price: 110, sigma: 0.5, prone: 0.3, corona: 0.9,
		codes: plainCodes("016", lineFirst, "82", "", "2401"), providers: providers("2401", 2)},
	{cost: costAmbulance, share: 1, price: 540, sigma: 0.4, prone: 1, corona: 0.95,
		codes: plainCodes("016", lineSecond, "82", "", "A1000", "A2000"), providers: providers("3601", 1)},
	{cost: costMidwife, share: 1, price: 520, sigma: 0.4, prone: 1, corona: 1,
		codes: plainCodes("016", lineFirst, "82", "", "V3100"), providers: providers("0801", 3)},
	{cost: costMaternity, share: 1, price: 1600, sigma: 0.3, prone: 1, corona: 1, days: 9,
		codes: plainCodes("016", lineFirst, "04", "", "K1900"), providers: providers("3301", 2)},
	{cost: costMentalBasic, share: 1, price: 650, sigma: 0.5, prone: 0.3, corona: 0.95, days: 60,
		codes: plainCodes("016", lineFirst, "82", "", "G0180"), providers: providers("9401", 4)},
	{cost: costMentalSpecialist, share: 1, price: 1250, sigma: 1.2, prone: 0.12, corona: 0.97, days: 90,
		codes: plainCodes("016", lineSecond, "82", "0329", "G2010", "G2020", "G2030"), providers: append(providers("5401", 1), providers("7901", 2)...)},
	{cost: costGeriatricRehab, share: 1, price: 9500, sigma: 0.4, prone: 1, corona: 0.9, days: 60,
		codes:     []code{{domain: zvw, list: "041", performance: "16F501", specialism: "8418", product: "998418075", unit: "82", line: lineSecond}},
		providers: providers("4701", 2)},
	{cost: costGeriatricRehab, share: 0.25, price: 4200, sigma: 0.5, prone: 1, corona: 1, days: 40,
		codes: plainCodes("068", lineFirst, "14", "", "V0101"), providers: providers("4702", 2)},
	{cost: costParamedic, share: 0.26, price: 900, sigma: 0.5, prone: 0.1, corona: 0.95, days: 60,
		codes: plainCodes("066", lineSecond, "04", "", "ZG001"), providers: providers("3001", 1)},
	{cost: costGeriatricRehab, share: 0.12, price: 420, sigma: 0.4, prone: 0.5, corona: 1, fromYear: 2020, days: 25,
		codes: plainCodes("016", lineOneAndHalf, "82", "", "GZSP1"), providers: providers("4703", 1)},
	{cost: costHospital, share: 0.325, price: 520, sigma: 0.6, prone: 1, corona: 0.9, days: 120, referral: true,
		codes: outpatientProducts, providers: hospitals},
	{cost: costHospital, share: 0.15, price: 1450, sigma: 0.5, prone: 1, corona: 0.85, days: 42, referral: true,
		codes: dayCodes, providers: hospitals},
	{cost: costHospital, share: 0.295, price: 5400, sigma: 0.8, prone: 1, corona: 0.92, days: 120, referral: true,
		codes: inpatientCodes, providers: hospitals[:3]},
	{cost: costHospital, share: 0.05, price: 210, sigma: 0.6, prone: 1, corona: 0.92,
		codes: plainCodes("016", lineSecond, "82", "0362", "039611", "085042"), providers: hospitals[1:3]},
	{cost: costHospital, share: 0.16, price: 6800, sigma: 1.0, prone: 0.4, corona: 0.97, days: 120, referral: true,
		codes: highlySpecialised, providers: hospitals[:1]},
}

// traits are what a person keeps for life; factors have mean 1 over all persons.
type traits struct {
	frailty   float64
	social    float64 // standard normal: how much support is needed
	prone     [32]float64
	wlzDelay  float64 // years before death that long-term care begins; 0 = never
	disabled  bool
	provision int // which Wlz form and provider
}

// proneness has mean 1: a share of persons use a kind of care at all, more or less.
func proneness(r *stream, share float64) float64 {
	u, x := r.float(), r.skewed(0.4)
	if u >= share {
		return 0
	}
	return x / share
}

func drawTraits(w *world, p *person) *traits {
	r := newStream(w.seed, uint64(p.index), forTraits)
	t := &traits{frailty: r.skewed(0.55), social: r.normal()}
	for i := range careTypes {
		t.prone[i] = proneness(&r, careTypes[i].prone)
	}
	u, delay := r.float(), r.exp(2.9)
	if age := float64(p.death-p.born) / 365.25; age >= 77 && u < 0.66 || age >= 66 && u < 0.25 {
		t.wlzDelay = min(delay, age-60)
	}
	t.disabled = r.chance(0.0055)
	t.provision = r.intn(100)
	return t
}

// medical adds the Zvw care that comes in events: the registration with a practice and all careTypes.
func (h *history) medical(w *world, p *person, t *traits) {
	r := newStream(w.seed, uint64(p.index), forMedical)
	d := newStream(w.seed, uint64(p.index), forDeclaring)
	place := &Neighbourhoods[p.residences[0].place]
	practice := &practices[r.intn(len(practices))]
	const persistence = 0.6
	state := r.normal()
	from, to := p.span(w)
	for y := from.year(); y <= to.year(); y++ {
		state = persistence*state + math.Sqrt(1-persistence*persistence)*r.normal()
		age := y - p.birthYear()
		begin, end := max(from, dateOf(y, 1, 1)), min(to, dateOf(y, 12, 31))
		part := float64(end-begin+1) / float64(dateOf(y+1, 1, 1)-dateOf(y, 1, 1))
		price := careIndex.level(y)
		h.register(begin, end, y, age, price, practice, &d)
		level := part * t.frailty * math.Exp(0.4*state-0.08) * place.medical * volume(y)
		for i := range careTypes {
			c := &careTypes[i]
			if y < c.fromYear || t.prone[i] == 0 {
				continue
			}
			mean := c.share * expected(c.cost, age, p.sex) / c.price * level * t.prone[i]
			if y == 2020 {
				mean *= c.corona
			}
			for n := r.poisson(mean); n > 0; n-- {
				h.events = append(h.events, c.event(&r, begin, end, to, price, age, practice))
				h.events[len(h.events)-1].declare(&d)
			}
		}
	}
}

// register adds the quarterly fee of the general practitioner.
func (h *history) register(begin, end day, year, age int, price float64, practice *provider, d *stream) {
	fee := 1420.0
	switch {
	case age >= 75:
		fee = 2500
	case age >= 65:
		fee = 2100
	}
	for q := range 4 {
		on := dateOf(year, 1+3*q, 1)
		if on < begin || on > end {
			continue
		}
		e := event{code: &registration, provider: practice, begin: on, end: on, volume: 1000, cents: int64(fee * price), spell: -1}
		e.declare(d)
		h.events = append(h.events, e)
	}
}

// event draws one event of this care type that begins within begin…end and is over by last.
func (c *careType) event(r *stream, begin, end, last day, price float64, age int, practice *provider) event {
	e := event{begin: begin + day(r.intn(int(end-begin)+1)), spell: -1, volume: 1000}
	e.code = &c.codes[r.intn(len(c.codes))]
	if e.code.specialism == "0316" && age >= 18 {
		e.code = &c.codes[r.intn(len(c.codes)-1)]
	}
	e.provider = practice
	if c.providers[0].kind != "0101" {
		// Two thirds of the care is at the first provider.
		e.provider = &c.providers[0]
		if u := r.float(); u > 0.66 {
			e.provider = &c.providers[r.intn(len(c.providers))]
		}
	}
	e.end = e.begin
	if c.days > 0 {
		e.end = min(e.begin+day(float64(c.days)*math.Sqrt(r.float())), last)
	}
	if e.code.unit == "14" {
		e.volume = int64(e.end-e.begin+1) * 1000
	}
	e.referrer = "02"
	if c.referral {
		switch u := r.float(); {
		case u < 0.14:
			e.referrer = "05"
		case u < 0.22:
			e.referrer = "06"
		}
	}
	e.cents = max(1, int64(math.Round(100*price*c.price*r.skewed(c.sigma))))
	return e
}
