package synthetic

// area is a group of neighbourhoods in waarheid.json.
type area int

const (
	areaPilot area = iota
	areaControl
	areaOther
	areas
)

func areaOf(place int) area {
	switch Neighbourhoods[place].Role {
	case RolePilot:
		return areaPilot
	case RoleControl:
		return areaControl
	default:
		return areaOther
	}
}

// The two worlds that are added up.
const (
	counterfactual = iota
	actual
	worlds
)

// yearSums holds cents and persons of one year; sums of blocks add up.
type yearSums struct {
	domain   [areas][worlds][domains]int64
	line     [areas][worlds][echelons]int64
	away     [effects]int64          // cents that left
	gained   [effects]int64          // cents that came instead
	eligible [effects]int64          // cents the share is taken of
	ended    [2][domains]int64       // unstacking: cents away in the pilot and elsewhere
	persons  [effects]int64          // persons with moved cents
	stacked  [2][worlds]int64        // persons with 2 or more arrangements: participants against stacking, pilot
	taking   int64                   // participants of any day in a project against stacking
	classes  [areas][worlds][7]int64 // persons by most arrangements on one day
	lines    [domains]int64          // delivered claim lines by year of begindatum
	euros    [domains]int64          // their signed cents
}

func (s *yearSums) add(o *yearSums) {
	for a := range areas {
		for v := range worlds {
			for d := range domains {
				s.domain[a][v][d] += o.domain[a][v][d]
			}
			for l := range echelons {
				s.line[a][v][l] += o.line[a][v][l]
			}
			for c := range 7 {
				s.classes[a][v][c] += o.classes[a][v][c]
			}
		}
	}
	for e := range effects {
		s.away[e] += o.away[e]
		s.gained[e] += o.gained[e]
		s.eligible[e] += o.eligible[e]
		s.persons[e] += o.persons[e]
	}
	for i := range 2 {
		for d := range domains {
			s.ended[i][d] += o.ended[i][d]
		}
		for v := range worlds {
			s.stacked[i][v] += o.stacked[i][v]
		}
	}
	s.taking += o.taking
	for d := range domains {
		s.lines[d] += o.lines[d]
		s.euros[d] += o.euros[d]
	}
}

// sums is the truth of a block of persons or of the region.
type sums struct {
	years       []yearSums // from the first year on
	involved    [effects]int64
	joined      [projects]int64
	takers      takers
	persons     int64
	residentDay []int64 // days lived in the region per year
}

func newSums(w *world) *sums {
	n := w.lastYear - w.firstYear + 1
	return &sums{years: make([]yearSums, n), residentDay: make([]int64, n)}
}

func (s *sums) add(o *sums) {
	for i := range s.years {
		s.years[i].add(&o.years[i])
		s.residentDay[i] += o.residentDay[i]
	}
	for e := range effects {
		s.involved[e] += o.involved[e]
	}
	for j := range projects {
		s.joined[j] += o.joined[j]
	}
	s.takers.add(&o.takers)
	s.persons += o.persons
}

// count adds the delivered cents of an event to one world.
func (s *sums) count(w *world, p *person, e *event, in int) {
	e.placed(w, p, func(d day, place int, cents int64) {
		y := &s.years[d.year()-w.firstYear]
		y.domain[areaOf(place)][in][e.code.domain] += cents
		y.line[areaOf(place)][in][e.line()] += cents
	})
}

// placed calls f with the delivered cents of an event in time and place, by the rules of the indicators: DBC care wholly
// on its first day, all else by day; the place is where the person lives on the first day of each part.
func (e *event) placed(w *world, p *person, f func(d day, place int, cents int64)) {
	add := func(d day, cents int64) {
		if place := p.placeOn(d); place >= 0 {
			f(d, place, cents)
		}
	}
	e.signed(w.cutoff, func(cents int64) {
		if e.code.isDBC() || e.end == e.begin || e.end <= e.begin.monthEnd() {
			add(e.begin, cents)
			return
		}
		spread(cents, e.begin, e.end, add)
	})
}

// both adds an event that is the same in both worlds.
func (s *sums) both(w *world, p *person, e *event) {
	s.count(w, p, e, counterfactual)
	s.count(w, p, e, actual)
}

// personYears notes days of residence and the stacking of arrangements of one person.
func (s *sums) personYears(w *world, p *person, h *history, cut []day) {
	s.persons++
	granted := 0
	for i := range h.spells {
		if h.spells[i].granted {
			granted++
		}
	}
	from, to := p.span(w)
	for y := from.year(); y <= to.year(); y++ {
		begin, end := dateOf(y, 1, 1), dateOf(y, 12, 31)
		sum := &s.years[y-w.firstYear]
		s.residentDay[y-w.firstYear] += int64(min(end, to)-max(begin, from)) + 1
		takes := h.project.unstacks() && h.project.begin <= end && h.project.end >= begin
		if takes {
			sum.taking++
		}
		for v, c := range [worlds][]day{counterfactual: nil, actual: cut} {
			most, place := 0, p.placeOn(min(end, to))
			if granted > 0 {
				most, place = mostStacked(p, h.spells, c, max(begin, from), min(end, to), place)
			}
			sum.classes[areaOf(place)][v][min(most, 6)]++
			if most >= 2 && areaOf(place) == areaPilot {
				sum.stacked[1][v]++
			}
			if most >= 2 && h.project.unstacks() && h.project.begin <= end {
				sum.stacked[0][v]++
			}
		}
	}
}

// mostStacked is the largest number of arrangements on one day of begin…end and where the person lived on the first such day.
func mostStacked(p *person, spells []spell, cut []day, begin, end day, last int) (most, place int) {
	place = last
	when := end
	try := func(d day) {
		if n := distinctOn(spells, cut, d); n > most || n == most && n > 0 && d < when {
			most, when = n, d
		}
	}
	try(begin)
	for i := range spells {
		if d := spells[i].begin; d > begin && d <= end {
			try(d)
		}
	}
	if most > 0 {
		place = p.placeOn(when)
	}
	return most, place
}
