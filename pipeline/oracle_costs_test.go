package pipeline_test

import (
	"math/big"
	"slices"
	"strconv"
)

// oracleCost is one cell of the cost model: person × month × buurt × domain × care type × rule; or one row of
// aggregaat, then without a person.
type oracleCost struct {
	oracleCostKey
	lijn, lifeDomain string
	areas            []string
	cents            int64
	real             oracleCents
	volume           int64                // thousandths
	debits           map[*oracleLine]bool // debit lines not wholly credited
	providers        map[string]int64     // cents by aanbieder
	stratum          oracleStratum
	inStratum        bool
}

type oracleDomainYear struct {
	domain string
	year   int
}

type oracleCostKey struct {
	person, buurt, domain, careType, rule string
	year, month                           int
}

// buildCosts places every part of every line that counts where its person lives on the first day of the part, and
// adds the rows of aggregaat.
func (o *oracle) buildCosts() {
	cells := map[oracleCostKey]*oracleCost{}
	perPerson := map[oracleDomainYear]bool{}
	counted := o.countedInUnits()
	for _, l := range o.lines {
		if l.post != "" {
			continue
		}
		rule := o.classify(l)
		for _, part := range l.parts(counted[l.domain+":"+rule.careType]) {
			h := o.home(l.person, part.from)
			if h == nil {
				continue
			}
			l.modelled = true
			key := oracleCostKey{l.person, h.buurt, l.domain, rule.careType, rule.name, part.year, part.month}
			c := cells[key]
			if c == nil {
				c = &oracleCost{oracleCostKey: key, lijn: rule.lijn, lifeDomain: rule.lifeDomain,
					areas: o.areasOf(h.buurt, part.year), debits: map[*oracleLine]bool{}, providers: map[string]int64{},
					stratum: oracleStratumOf(h, part.year), inStratum: true}
				cells[key] = c
				o.costs = append(o.costs, c)
			}
			c.cents += part.cents
			c.providers[l.fields["aanbieder"]] += part.cents
			c.volume += part.volume
			if !l.credit && !l.whollyCredited() {
				c.debits[l] = true
			}
			perPerson[oracleDomainYear{l.domain, part.year}] = true
		}
	}
	o.addAggregates(perPerson)
	for _, c := range o.costs {
		c.real = o.real(c.cents, c.domain, c.careType, c.year)
	}
}

// countedInUnits are the care types whose volume is the number of lines: their lines with a volume do not all have
// the same unit, or none has a volume.
func (o *oracle) countedInUnits() map[string]bool {
	units := map[string]map[string]bool{}
	for _, l := range o.lines {
		if l.post != "" {
			continue
		}
		of := l.domain + ":" + o.classify(l).careType
		if units[of] == nil {
			units[of] = map[string]bool{}
		}
		if l.hasVolume {
			units[of][l.unit] = true
		}
	}
	counted := map[string]bool{}
	for of, known := range units {
		counted[of] = len(known) != 1
	}
	return counted
}

// findYears finds the years with modelled euros, the trailing ones that only spread parts reach, and the domains and
// echelons that occur.
func (o *oracle) findYears() {
	euros, begins := map[int]bool{}, map[int]bool{}
	domains, lijnen := map[string]bool{}, map[string]bool{}
	for _, c := range o.costs {
		domains[c.domain], lijnen[c.lijn] = true, true
		if c.cents != 0 {
			euros[c.year] = true
		}
		if c.person == "" {
			begins[c.year] = true
		}
	}
	for _, l := range o.lines {
		if l.modelled {
			begins[l.begin.year()] = true
		}
	}
	first, last := 0, 0
	for year := range euros {
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	for year := first; year <= last && first != 0; year++ {
		o.years = append(o.years, year)
	}
	o.incomplete = map[int]bool{}
	for year := last; year > first && !begins[year]; year-- {
		o.incomplete[year] = true
	}
	o.domains, o.lijnen = oracleSortedKeys(domains), oracleSortedKeys(lijnen)
	if len(o.years) == 0 || o.baseYear < first || o.baseYear > last {
		o.t.Fatalf("base year %d has no data; there are %v", o.baseYear, o.years)
	}
}

// oracleSum is a cell of a cost table.
type oracleSum struct {
	cents, volume    int64
	real             oracleCents
	persons          map[string]int64
	providers        map[string]int64 // by aanbieder
	kinds            map[string]bool  // domain:care type
	debits           map[*oracleLine]bool
	aggregate        bool
	lijn, lifeDomain string
}

func (s *oracleSum) add(c *oracleCost) {
	s.cents += c.cents
	s.volume += c.volume
	s.real.add(c.real)
	if c.person == "" {
		s.aggregate = true
	} else {
		s.persons[c.person] += c.cents
	}
	for provider, cents := range c.providers {
		s.providers[provider] += cents
	}
	s.kinds[c.domain+":"+c.careType] = true
	for l := range c.debits {
		s.debits[l] = true
	}
	if s.lijn == "" || c.lijn < s.lijn {
		s.lijn = c.lijn
	}
	if s.lifeDomain == "" || c.lifeDomain < s.lifeDomain {
		s.lifeDomain = c.lifeDomain
	}
}

// users are the persons whose net amount is above zero; unknown for a domain that comes aggregated.
func (s *oracleSum) users() string {
	if s.aggregate {
		return ""
	}
	n := 0
	for _, cents := range s.persons {
		if cents > 0 {
			n++
		}
	}
	return strconv.Itoa(n)
}

type oracleSumKey struct {
	oracleAreaYear
	of string
}

// sumBy adds the costs of every area and year by what `of` says of a cell.
func (o *oracle) sumBy(of func(*oracleCost) string) map[oracleSumKey]*oracleSum {
	sums := map[oracleSumKey]*oracleSum{}
	for _, c := range o.costs {
		for _, area := range c.areas {
			key := oracleSumKey{oracleAreaYear{area, c.year}, of(c)}
			if sums[key] == nil {
				sums[key] = oracleNewSum()
			}
			sums[key].add(c)
		}
	}
	return sums
}

func oracleNewSum() *oracleSum {
	return &oracleSum{persons: map[string]int64{}, providers: map[string]int64{}, kinds: map[string]bool{}, debits: map[*oracleLine]bool{}}
}

func oracleByDomain(c *oracleCost) string { return c.domain }

// status of a domain in a year on the stand of the newest delivery.
func (o *oracle) status(domain string, year int) string {
	if o.incomplete[year] {
		return "onvolledig"
	}
	if months := o.openMonths[domain]; o.stand < oracleDayOf(year+1, 1+months, 1) {
		return "voorlopig"
	}
	return "definitief"
}

// KostenPerDomein says what care costs per law.
func (o *oracle) KostenPerDomein() oracleTable {
	sums := o.sumBy(oracleByDomain)
	table := oracleTable{Name: "kosten_per_domein", Keys: []string{"jaar", "gebied", "domein"},
		Columns: []string{"gebruikers", "declaraties", "bedrag", "bedrag_reeel", "verzekerdejaren", "per_verzekerdejaar",
			"per_verzekerdejaar_reeel", "per_gebruiker", "per_gebruiker_reeel", "gestandaardiseerd", "gestandaardiseerd_reeel",
			"status"}}
	table.Columns = append(table.Columns, oracleProviderColumns...)
	for _, year := range o.years {
		for _, area := range o.areas {
			for _, domain := range o.domains {
				if !o.told(area, year, domain) {
					continue
				}
				s := sums[oracleSumKey{oracleAreaYear{area, year}, domain}]
				if s == nil {
					s = oracleNewSum()
				}
				s.aggregate = o.aggregated(domain, year)
				values := map[string]string{
					"gebruikers":   s.users(),
					"declaraties":  strconv.Itoa(len(s.debits)),
					"bedrag":       oracleEuros(s.cents),
					"bedrag_reeel": s.real.text(),
					"status":       o.status(domain, year),
				}
				s.contributors(values)
				if s.aggregate {
					values["declaraties"] = ""
				}
				insured := o.insuredOf(area, year, domain)
				if insured.Sign() != 0 || !s.aggregate {
					values["verzekerdejaren"] = oracleRatio(insured, oracleRat(1))
				}
				users, _ := strconv.ParseInt(s.users(), 10, 64)
				for suffix, amount := range map[string]oracleCents{"": {cents: s.cents}, "_reeel": s.real} {
					if amount.unknown {
						continue
					}
					euros := big.NewRat(amount.cents, 100)
					values["per_verzekerdejaar"+suffix] = oracleRatio(euros, insured)
					values["per_gebruiker"+suffix] = oracleRatio(euros, oracleRat(users))
					values["gestandaardiseerd"+suffix] = o.standardised(area, year, domain, suffix != "")
				}
				table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area, domain}, Values: values})
			}
		}
	}
	return table.sorted()
}

// KostenPerZorgsoort says which care it is; only care types with a part in the cell have a row. The volume of an
// aggregaat is unknown.
func (o *oracle) KostenPerZorgsoort() oracleTable {
	sums := o.sumBy(func(c *oracleCost) string { return c.domain + ":" + c.careType })
	table := oracleTable{Name: "kosten_per_zorgsoort", Keys: []string{"jaar", "gebied", "domein", "zorgsoort"},
		Columns: []string{"leefdomein", "lijn", "gebruikers", "bedrag", "bedrag_reeel", "volume", "grootste", "tweede", "landelijk"}}
	national := map[string]string{}
	for key, s := range sums {
		domain, careType := oracleCut(key.of)
		volume := ""
		if !s.aggregate {
			volume = oracleDecimal(s.volume, 3)
		}
		at := key.of + strconv.Itoa(key.year)
		if _, known := national[at]; !known {
			national[at] = o.comparedType(domain, careType, key.year)
		}
		values := map[string]string{"leefdomein": s.lifeDomain, "lijn": s.lijn, "gebruikers": s.users(),
			"bedrag": oracleEuros(s.cents), "bedrag_reeel": s.real.text(), "volume": volume,
			"landelijk": national[at]}
		s.contributors(values)
		table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(key.year), key.area, domain, careType}, Values: values})
	}
	return table.sorted()
}

// ownInsured tells whether a domain that comes aggregated in a year brought its own insured years.
func (o *oracle) ownInsured(domain string, year int) bool {
	return len(o.insured[oracleDomainYear{domain, year}]) > 0
}

// insuredOf are the insured years that costs are divided by.
func (o *oracle) insuredOf(area string, year int, domain string) *big.Rat {
	if !o.ownInsured(domain, year) {
		return o.insuredYears(area, year)
	}
	total := new(big.Rat)
	for _, group := range o.insured[oracleDomainYear{domain, year}] {
		if slices.Contains(group.areas, area) {
			total.Add(total, group.years)
		}
	}
	return total
}

// insuredByStratum are the insured years per age band and sex.
func (o *oracle) insuredByStratum(area string, year int, domain string) map[oracleStratum]*big.Rat {
	years := map[oracleStratum]*big.Rat{}
	if !o.ownInsured(domain, year) {
		for stratum, days := range o.peopleIn(area, year).stratumDays {
			years[stratum] = big.NewRat(days, int64(oracleDaysIn(year)))
		}
		return years
	}
	for _, group := range o.insured[oracleDomainYear{domain, year}] {
		if !group.inStratum || !slices.Contains(group.areas, area) {
			continue
		}
		if years[group.stratum] == nil {
			years[group.stratum] = new(big.Rat)
		}
		years[group.stratum].Add(years[group.stratum], group.years)
	}
	return years
}

// standardised is the cost per insured year with the age and sex of the region in the base year; unknown for a domain
// that comes aggregated without strata.
func (o *oracle) standardised(area string, year int, domain string, real bool) string {
	years := o.insuredByStratum(area, year, domain)
	cost := map[oracleStratum]*big.Rat{}
	for stratum := range years {
		cost[stratum] = new(big.Rat)
	}
	strata := !o.aggregated(domain, year)
	for _, c := range o.costs {
		if !c.inStratum || c.year != year || c.domain != domain {
			continue
		}
		strata = true
		if cost[c.stratum] == nil || !slices.Contains(c.areas, area) {
			continue
		}
		cents := c.cents
		if real {
			cents = c.real.cents
		}
		cost[c.stratum].Add(cost[c.stratum], big.NewRat(cents, 100))
	}
	if !strata {
		return ""
	}
	num, den := oracleStandardise(o.insuredByStratum("regio", o.baseYear, domain), cost, years)
	return oracleRatio(num, den)
}
