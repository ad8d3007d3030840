package synthetic

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
)

// residence is a period in one neighbourhood; both days included, end may be open.
type residence struct {
	place      uint8 // index in Neighbourhoods
	household  int32
	begin, end day
	reason     string // reden_einde
}

// person is one inhabitant with the periods that he or she lives in the region.
type person struct {
	index      int32
	born       day
	death      day // the end of this life, whether or not in the region
	sex        byte
	residences []residence
}

func (p *person) birthYear() int { return p.born.year() }

// placeOn is the neighbourhood that the person lives in on d, or -1.
func (p *person) placeOn(d day) int {
	for i := range p.residences {
		if r := &p.residences[i]; d >= r.begin && d <= r.end {
			return int(r.place)
		}
	}
	return -1
}

// span is the part of the horizon in which the person lives in the region; residences adjoin.
func (p *person) span(w *world) (from, to day) {
	return max(p.residences[0].begin, w.first), min(p.residences[len(p.residences)-1].end, w.last)
}

// adults by age group of 5 years from 20; the ages of Maastricht (Vektis open data 2017).
var headAges = [15]float64{80, 66, 58, 52, 53, 64, 72, 74, 70, 66, 57, 42, 29, 17, 9}

// world holds what every person needs to know: the horizon and the arguments.
type world struct {
	seed            uint64
	people          int
	firstYear       int
	lastYear        int
	first, last     day // the first and last day of care
	cutoff          day // the last day of declaration that is still delivered
	householdsSoFar int32
	persons         []person

	prefixOf                                                       [domains][]string // start of the references per domain and year of declaration
	residentFile, grantFile, wlzGrantFile, projectFile, budgetFile int               // places in the plan of files
}

// populate makes all households of the region: those that live there at the start, then those that move in.
func (w *world) populate() {
	for len(w.persons) < w.people {
		w.household(w.first, true, w.people)
	}
	arrivals := newStream(w.seed, 0, forHousehold)
	for y := w.firstYear; y <= w.lastYear; y++ {
		begin := dateOf(y, 1, 1)
		days := int(dateOf(y+1, 1, 1) - begin)
		for target := len(w.persons) + int(0.046*float64(w.people)); len(w.persons) < target; {
			w.household(begin+day(arrivals.intn(days)), false, math.MaxInt)
		}
	}
}

// household makes one household from the day it is there and lives its years; atMost limits the persons in all.
func (w *world) household(from day, initial bool, atMost int) {
	w.householdsSoFar++
	id := w.householdsSoFar
	r := newStream(w.seed, uint64(id), forHousehold)
	place := drawNeighbourhood(&r)
	age := w.headAge(&r, initial) + Neighbourhoods[place].ageShift
	age = min(max(age, 19), 94)
	start := len(w.persons)
	add := func(age float64, sex byte) {
		if len(w.persons) >= atMost {
			return
		}
		born := from - day(age*365.25) - 1
		begin := from
		if initial {
			begin = max(born, from-day(r.exp(12*365)))
		}
		w.addPerson(&r, born, begin, sex, place, id, max(age, 0))
	}
	head := drawSex(&r)
	add(age, head)
	couple := r.chance(coupleShare(age))
	if couple {
		partner := min(max(age+3*r.normal(), 19), 94)
		sex := '1' + '2' - head
		if head == '0' || r.chance(0.03) {
			sex = drawSex(&r)
		}
		add(partner, sex)
	}
	if age >= 24 && age < 58 {
		mean := 0.45
		if couple {
			mean = 2.1
		}
		if age > 50 {
			mean *= 0.6
		}
		for n := min(r.poisson(mean), 5); n > 0; n-- {
			if child := age - 21 - r.float()*19; child >= 0 && child < 24 {
				add(child, drawSex(&r))
			}
		}
	}
	w.live(&r, from, start, place, id, couple)
}

func (w *world) headAge(r *stream, initial bool) float64 {
	if !initial && r.chance(0.8) {
		return 19 + r.exp(9)
	}
	total := 0.0
	for _, n := range headAges {
		total += n
	}
	u := r.float() * total
	for i, n := range headAges {
		if u -= n; u < 0 {
			return 20 + 5*float64(i) + 5*r.float()
		}
	}
	return 70
}

func coupleShare(age float64) float64 {
	switch {
	case age < 26:
		return 0.22
	case age < 35:
		return 0.45
	case age < 75:
		return 0.55
	case age < 85:
		return 0.42
	default:
		return 0.2
	}
}

func drawSex(r *stream) byte {
	u := r.float()
	switch {
	case u < 0.0006:
		return '0'
	case u < 0.49:
		return '1'
	default:
		return '2'
	}
}

// addPerson appends a person who lives in place from begin on, with the date of death drawn.
func (w *world) addPerson(r *stream, born, begin day, sex byte, place uint8, household int32, age float64) {
	p := person{index: int32(len(w.persons)), born: born, sex: sex}
	p.death = born + day(lifetime(r, age, sex)*365.25)
	// Nobody gets older than 97, and nobody dies on the day of arrival.
	p.death = max(min(p.death, dateOf(p.birthYear()+97, 12, 20)), begin+30)
	p.residences = []residence{{place: place, household: household, begin: begin, end: open}}
	w.persons = append(w.persons, p)
}

// lifetime draws the age at death given that age is reached; Gompertz, near the Dutch life table of 2017.
func lifetime(r *stream, age float64, sex byte) float64 {
	a, b := 0.000026, 0.0950
	if sex == '2' {
		a = 0.000018
	}
	return math.Log(math.Exp(b*age)+b/a*r.exp(1)) / b
}

// live runs the years of a household: moves, births, children who leave, deaths.
func (w *world) live(r *stream, from day, start int, place uint8, id int32, couple bool) {
	here := place
	members := len(w.persons)
	for y := max(from.year(), w.firstYear); y <= w.lastYear; y++ {
		moving, when, away, to := r.chance(moveShare(w.persons[start:members], y)), r.intn(365), r.chance(0.5), drawNeighbourhood(r)
		moving = moving && dateOf(y, 1, 1)+day(when) > from+30
		birthDay, birth := dateOf(y, 1, 1)+day(r.intn(365)), r.float()
		mother := w.mother(start, members, y)
		if couple && mother >= 0 && birth < 0.10 && birthDay > from+60 && w.persons[mother].residences[0].end == open &&
			w.persons[mother].death > birthDay && len(w.persons) == members {
			w.addPerson(r, birthDay, birthDay, drawSex(r), here, id, 0)
			members++
		}
		for i := start; i < members; i++ {
			p := &w.persons[i]
			leaves, gone, place := r.float(), r.chance(0.5), drawNeighbourhood(r)
			if age := y - p.birthYear(); i > start+1 && age >= 19 && age <= 28 && leaves < 0.18 {
				w.householdsSoFar++
				p.move(dateOf(y, 1, 1)+day(when), gone, place, w.householdsSoFar)
			}
		}
		if moving {
			d := dateOf(y, 1, 1) + day(when)
			for i := start; i < members; i++ {
				if last := &w.persons[i].residences[len(w.persons[i].residences)-1]; last.household == id {
					w.persons[i].move(d, away, to, id)
				}
			}
			if away {
				break
			}
			here = to
		}
	}
	for i := start; i < members; i++ {
		w.persons[i].die(w.last)
	}
}

func moveShare(members []person, year int) float64 {
	if len(members) == 0 {
		return 0
	}
	switch age := year - members[0].birthYear(); {
	case age < 30:
		return 0.17
	case age < 45:
		return 0.09
	case age < 70:
		return 0.045
	default:
		return 0.03
	}
}

// mother is the head or partner who may have a child in the year, or -1.
func (w *world) mother(start, end, year int) int {
	for i := start; i < min(end, start+2); i++ {
		if age := year - w.persons[i].birthYear(); w.persons[i].sex == '2' && age >= 21 && age <= 41 {
			return i
		}
	}
	return -1
}

// move closes the running residence the day before d and, unless the person leaves the region, opens the next.
func (p *person) move(d day, away bool, to uint8, household int32) {
	last := &p.residences[len(p.residences)-1]
	if last.end != open || d <= last.begin+30 || d >= p.death {
		return
	}
	if away {
		last.end, last.reason = d-1, "verhuisd"
		return
	}
	if last.place == to && last.household == household {
		return
	}
	last.end, last.reason = d-1, "verhuisd"
	p.residences = append(p.residences, residence{place: to, household: household, begin: d, end: open})
}

// die ends the last residence at the death of the person if that lies within the horizon.
func (p *person) die(horizon day) {
	if last := &p.residences[len(p.residences)-1]; last.end == open && p.death <= horizon {
		last.end, last.reason = p.death, "overleden"
	}
}

// pseudonym is a keyed hash of an index: 32 hex digits that tell nothing about the order.
func pseudonym(seed uint64, kind byte, index int32) string {
	var key [13]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	key[8] = kind
	binary.LittleEndian.PutUint32(key[9:], uint32(index))
	sum := sha256.Sum256(key[:])
	return hex.EncodeToString(sum[:16])
}
