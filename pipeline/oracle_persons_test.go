package pipeline_test

import "slices"

// PersonTables returns the indicators that need the persons behind the euros.
func (o *oracle) PersonTables() []oracleTable {
	return []oracleTable{
		o.Ontleding(), o.StroomPersonen(), o.Arrangementen(), o.Overgangen(), o.Concentratie(), o.StapelingHuishoudens(),
	}
}

type oraclePersonYear struct {
	person string
	year   int
}

// stay is where a person lives on each day of a year; nil for who is no resident of any day.
func (o *oracle) stay(person string, year int) []*oracleHome {
	at := oraclePersonYear{person, year}
	if o.stays == nil {
		o.stays = map[oraclePersonYear][]*oracleHome{}
	}
	if days, known := o.stays[at]; known {
		return days
	}
	days := make([]*oracleHome, oracleDaysIn(year))
	resident := false
	for i := range days {
		days[i] = o.home(person, oracleDayOf(year, 1, 1)+oracleDay(i))
		resident = resident || days[i] != nil
	}
	if !resident {
		days = nil
	}
	o.stays[at] = days
	return days
}

// place is where a person lives on the last day of a year on which they live anywhere; nil for no resident.
func (o *oracle) place(person string, year int) *oracleHome {
	for _, h := range slices.Backward(o.stay(person, year)) {
		if h != nil {
			return h
		}
	}
	return nil
}

// absence says why a person lives in the region in only one of two years; empty for who lives there in both.
func (o *oracle) absence(person string, earlier, later int) string {
	before, after := o.place(person, earlier), o.place(person, later)
	switch {
	case before != nil && after != nil:
		return ""
	case after != nil && after.birthYear > earlier:
		return "geboren"
	case after != nil:
		return "gevestigd"
	}
	for _, h := range o.homes[person] {
		if h.reason == "overleden" {
			return "overleden"
		}
	}
	return "vertrokken"
}

// comparable tells whether a year may be compared with another.
func (o *oracle) comparable(year int) bool {
	return slices.Contains(o.years, year) && !o.incomplete[year]
}

// oracleTransition is a person who lives in the region in the base year, in the year compared with it, or in both.
type oracleTransition struct {
	person string
	label  string
	there  bool     // in the year compared
	before bool     // in the base year
	areas  []string // of the later year, else of the earlier
}

// transitions are all persons of the base year and of a year; none where one of the two may not be compared.
func (o *oracle) transitions(year int) (all []oracleTransition) {
	if year == o.baseYear || !o.comparable(year) || !o.comparable(o.baseYear) {
		return nil
	}
	earlier, later := min(year, o.baseYear), max(year, o.baseYear)
	for _, person := range oracleSortedKeys(o.homes) {
		at, atYear := o.place(person, later), later
		if at == nil {
			at, atYear = o.place(person, earlier), earlier
		}
		if at == nil {
			continue
		}
		all = append(all, oracleTransition{person: person, label: o.absence(person, earlier, later),
			there: o.place(person, year) != nil, before: o.place(person, o.baseYear) != nil,
			areas: o.areasOf(at.buurt, atYear)})
	}
	return all
}

// personalLaws are the domains that come by person in the base year and in a year.
func (o *oracle) personalLaws(year int) (domains []string) {
	for _, domain := range o.domains {
		if !o.aggregated(domain, o.baseYear) && !o.aggregated(domain, year) {
			domains = append(domains, domain)
		}
	}
	return domains
}

// oracleMoney is an amount, nominal and in prices of the base year.
type oracleMoney struct {
	cents int64
	real  oracleCents
}

func (m *oracleMoney) add(other oracleMoney) {
	m.cents += other.cents
	m.real.add(other.real)
}

// personCosts adds the costs of every person in a year, wherever in the region, by what `of` says of a cell.
func (o *oracle) personCosts(of func(*oracleCost) string) map[oraclePersonYear]map[string]oracleMoney {
	sums := map[oraclePersonYear]map[string]oracleMoney{}
	for _, c := range o.costs {
		if c.person == "" {
			continue
		}
		at := oraclePersonYear{c.person, c.year}
		if sums[at] == nil {
			sums[at] = map[string]oracleMoney{}
		}
		sum := sums[at][of(c)]
		sum.add(oracleMoney{c.cents, c.real})
		sums[at][of(c)] = sum
	}
	return sums
}

// oracleAll is the total of a person's costs.
func oracleAll(parts map[string]oracleMoney) (total oracleMoney) {
	for _, part := range parts {
		total.add(part)
	}
	return total
}
