package pipeline_test

import (
	"maps"
	"slices"
)

// Quarters around a start, the quarter of the start itself left out: those before the year that tests the comparison are the base.
const (
	projectFirst, projectLast = -8, 8
	projectBaseLast           = -5
	projectLeast              = 30   // participants of a project that is told of
	projectLeastThere         = 10   // of them in a window
	projectHardly             = 1e-9 // of the weight of all controls
)

// projectQuarter numbers quarters: four a year.
func projectQuarter(year, month int) int { return 4*year + (month-1)/3 }

// projectFirstDay is the first day of a quarter.
func projectFirstDay(quarter int) oracleDay { return oracleDayOf(quarter/4, quarter%4*3+1, 1) }

// oracleProjects follows every person through the quarters around the start of a participant.
type oracleProjects struct {
	*oracle

	persons            []string
	spent              map[string][]projectSpent
	lived              map[string]map[int]int // days in the region by quarter
	starts             map[string]projectStart
	begins             map[string]map[string]projectStart // also of who began elsewhere before: by project and person
	firstYear, endYear int                                // the years that may be compared
	members            []*projectMember                   // the risk groups of all start quarters
	laws, lijnen       []string
	names              []string // of the projects
}

// projectSpent is what a person cost in a quarter, in real cents.
type projectSpent struct {
	quarter         int
	law, care, lijn string
	cents           int64
}

// projectStart is the first project of a person.
type projectStart struct {
	day     oracleDay
	project string
}

func (s projectStart) quarter() int {
	year, month, _ := s.day.date()
	return projectQuarter(year, month)
}

// projectMember is a person in the risk group of a start quarter.
type projectMember struct {
	person  string
	quarter int
	project string // that the person starts with in this quarter; empty for who could be compared with
	stratum string // all but the costs
	class   int    // of the costs
	cents   int64  // in the base quarters
	age     int
	wmo     int // provisions of the Wmo that run on the first day
	jeugd   int
}

// readProjects reads the deliveries in dir as far as the effect on participants needs them.
func readProjects(o *oracle, dir string, reference map[string]string, today oracleDay) *oracleProjects {
	o.t.Helper()
	o.readReferences(reference)
	o.readDeliveries(dir, today)
	o.settleLines()
	o.readPeople()
	o.readGrants()
	p := &oracleProjects{oracle: o, persons: oracleSortedKeys(o.homes)}
	p.readStarts()
	p.spend()
	p.live()
	periods := o.runningPeriods()
	for quarter := 4 * p.firstYear; quarter < 4*p.endYear; quarter++ {
		if p.measured(quarter+projectFirst) && p.measured(quarter+1) {
			p.gather(quarter, periods)
		}
	}
	return p
}

// measured tells whether a quarter lies in a year that may be compared.
func (p *oracleProjects) measured(quarter int) bool {
	return quarter >= 4*p.firstYear && quarter < 4*p.endYear
}

// readStarts finds when everyone began in each project, and the first project of everyone: the earliest, then by name.
func (p *oracleProjects) readStarts() {
	p.starts, p.begins = map[string]projectStart{}, map[string]map[string]projectStart{}
	for _, r := range p.current("deelname") {
		begin, _, ok := oraclePeriod(r)
		person, start := r["pseudoniem"], projectStart{begin, r["project"]}
		if !ok || start.project == "" || len(person) < 16 {
			continue
		}
		if p.begins[start.project] == nil {
			p.begins[start.project] = map[string]projectStart{}
		}
		projectEarliest(p.starts, person, start)
		projectEarliest(p.begins[start.project], person, start)
	}
	p.names = oracleSortedKeys(p.begins)
}

func projectEarliest(starts map[string]projectStart, person string, start projectStart) {
	known, twice := starts[person]
	if !twice || start.day < known.day || start.day == known.day && start.project < known.project {
		starts[person] = start
	}
}

// spend adds up what everyone cost by quarter and kind of care, rounding to the cent as the costs of a month are; and
// finds the years that may be compared: from the first with euros to the last with euros in which a line begins.
func (p *oracleProjects) spend() {
	lines := map[string][]*oracleLine{}
	for _, l := range p.lines {
		if l.post == "" {
			lines[l.person] = append(lines[l.person], l)
		}
	}
	p.spent = map[string][]projectSpent{}
	laws, lijnen, euros := map[string]bool{}, map[string]bool{}, map[int]bool{}
	known, borders, lastBegin := map[string]oracleRule{}, p.borders(), 0
	for person, own := range lines {
		cells := map[oracleCostKey]int64{}
		echelon := map[oracleCostKey]string{}
		for _, l := range own {
			rule := p.classifyOnce(known, borders, l)
			for _, part := range l.parts(true) {
				h := p.home(person, part.from)
				if h == nil {
					continue
				}
				key := oracleCostKey{person, h.buurt, l.domain, rule.careType, rule.name, part.year, part.month}
				cells[key] += part.cents
				echelon[key] = rule.lijn
				laws[l.domain], lijnen[rule.lijn] = true, true
				lastBegin = max(lastBegin, l.begin.year())
			}
		}
		quarters := map[projectSpent]int64{}
		for key, cents := range cells {
			euros[key.year] = euros[key.year] || cents != 0
			real := p.real(cents, key.domain, key.careType, key.year)
			if real.unknown {
				p.t.Fatalf("no price of %s in %d", key.domain, key.year)
			}
			quarters[projectSpent{projectQuarter(key.year, key.month), key.domain, key.careType, echelon[key], 0}] += real.cents
		}
		for what, cents := range quarters {
			what.cents = cents
			p.spent[person] = append(p.spent[person], what)
		}
	}
	maps.DeleteFunc(euros, func(_ int, some bool) bool { return !some })
	years := slices.Sorted(maps.Keys(euros))
	p.firstYear, p.endYear = years[0], min(years[len(years)-1], lastBegin)+1
	p.laws, p.lijnen = oracleSortedKeys(laws), oracleSortedKeys(lijnen)
}

// classifyOnce finds the rule of lines that look the same to every rule once. borders are the days on which a rule begins to hold, or no
// longer does.
func (p *oracleProjects) classifyOnce(known map[string]oracleRule, borders []oracleDay, l *oracleLine) oracleRule {
	after := 0
	for _, border := range borders {
		if l.begin >= border {
			after++
		}
	}
	look := projectKey(l.domain, after)
	for _, column := range oraclePatternColumns {
		look += "\x00" + l.fields[column]
	}
	rule, found := known[look]
	if !found {
		rule = p.classify(l)
		known[look] = rule
	}
	return rule
}

func (p *oracleProjects) borders() (days []oracleDay) {
	for _, rule := range slices.Concat(p.careRules, p.coarseRules) {
		if day, ok := oracleParseDay(rule.fields["geldig_van"]); ok {
			days = append(days, day)
		}
		if day, ok := oracleParseDay(rule.fields["geldig_tot"]); ok {
			days = append(days, day+1)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// live counts the days of residence of everyone in each quarter that may be compared.
func (p *oracleProjects) live() {
	p.lived = map[string]map[int]int{}
	for _, person := range p.persons {
		p.lived[person] = map[int]int{}
		for quarter := 4 * p.firstYear; quarter < 4*p.endYear; quarter++ {
			for day := projectFirstDay(quarter); day < projectFirstDay(quarter+1); day++ {
				if p.home(person, day) != nil {
					p.lived[person][quarter]++
				}
			}
		}
	}
}

// gather finds the risk group of a start quarter: who lives here on its first day, lived here in the base quarters, and starts no
// earlier.
func (p *oracleProjects) gather(quarter int, periods map[string][]oracleGrant) {
	var group []*projectMember
	first := projectFirstDay(quarter)
	for _, person := range p.persons {
		h := p.home(person, first)
		start, starts := p.starts[person]
		there := 0
		for q := quarter + projectFirst; q <= quarter+projectBaseLast; q++ {
			there += p.lived[person][q]
		}
		if h == nil || there == 0 || starts && start.quarter() < quarter {
			continue
		}
		m := &projectMember{person: person, quarter: quarter}
		if starts && start.quarter() == quarter {
			m.project = start.project
		}
		for _, s := range p.spent[person] {
			if s.quarter >= quarter+projectFirst && s.quarter <= quarter+projectBaseLast {
				m.cents += s.cents
			}
		}
		p.describe(m, h, oracleRunning(periods[person], first, "arrangementen"))
		group = append(group, m)
	}
	projectClasses(group)
	p.members = append(p.members, group...)
}

// describe tells what a member must share with who is compared with them.
func (p *oracleProjects) describe(m *projectMember, h *oracleHome, running map[string]bool) {
	m.age = min(max(m.quarter/4-h.birthYear, 0), 90)
	ages := 3 * (m.age / 3)
	if m.age >= 18 {
		ages = 18 + 5*((m.age-18)/5)
	}
	longTerm := false
	for what := range running {
		switch law, _ := oracleCut(what); law {
		case "wmo":
			m.wmo++
		case "jeugdwet":
			m.jeugd++
		case "wlz":
			longTerm = true
		}
	}
	role := ""
	for _, area := range p.areasOf(h.buurt, m.quarter/4) {
		if oracleAreaWords[area] {
			role = area
		}
	}
	m.stratum = projectKey(ages, h.sex, role, longTerm, min(m.wmo, 2), min(m.jeugd, 2))
}

// projectClasses puts members in classes of costs: nothing, else by the part of the group that cost less.
func projectClasses(group []*projectMember) {
	var costs []int64
	for _, m := range group {
		costs = append(costs, m.cents)
	}
	slices.Sort(costs)
	for _, m := range group {
		if m.cents <= 0 {
			continue
		}
		m.class = 1
		less, _ := slices.BinarySearch(costs, m.cents)
		for _, percent := range []int{50, 80, 95, 99} {
			if 100*less >= percent*len(group) {
				m.class++
			}
		}
	}
}
