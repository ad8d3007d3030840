package pipeline_test

import (
	"math/big"
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
	volume           int64
	units            map[string]bool      // the units of the lines that have a volume
	debits           map[*oracleLine]bool // debit lines not wholly credited
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
	o.strataCost = map[oracleStratumCell]int64{}
	o.aggregated = map[oracleDomainYear]bool{}
	perPerson := map[string]map[int]bool{}
	for _, l := range o.lines {
		if l.post != "" {
			continue
		}
		rule := o.classify(l)
		for _, part := range l.parts() {
			h := o.home(l.person, part.from)
			if h == nil {
				continue
			}
			l.modelled = true
			key := oracleCostKey{l.person, h.buurt, l.domain, rule.careType, rule.name, part.year, part.month}
			c := cells[key]
			if c == nil {
				c = &oracleCost{oracleCostKey: key, lijn: rule.lijn, lifeDomain: rule.lifeDomain,
					areas: o.areasOf(h.buurt, part.year), units: map[string]bool{}, debits: map[*oracleLine]bool{}}
				cells[key] = c
				o.costs = append(o.costs, c)
			}
			c.cents += part.cents
			c.volume += part.volume
			if l.hasVolume {
				c.units[l.unit] = true
			}
			if !l.credit && !l.whollyCredited() {
				c.debits[l] = true
			}
			for _, area := range c.areas {
				o.strataCost[oracleStratumCell{oracleAreaYear{area, part.year}, l.domain, oracleStratumOf(h, part.year)}] += part.cents
			}
			if perPerson[l.domain] == nil {
				perPerson[l.domain] = map[int]bool{}
			}
			perPerson[l.domain][part.year] = true
		}
	}
	finest := map[oracleDomainYear]int{}
	for _, a := range o.aggregates {
		at := oracleDomainYear{a.domain, a.year}
		if level, known := finest[at]; !known || a.level < level {
			finest[at] = a.level
		}
	}
	for _, a := range o.aggregates {
		if perPerson[a.domain][a.year] || a.level != finest[oracleDomainYear{a.domain, a.year}] {
			continue
		}
		o.aggregated[oracleDomainYear{a.domain, a.year}] = true
		lijn, lifeDomain := o.aboutCareType(a.domain, a.careType, a.year)
		o.costs = append(o.costs, &oracleCost{oracleCostKey: oracleCostKey{domain: a.domain, careType: a.careType, year: a.year},
			lijn: lijn, lifeDomain: lifeDomain, areas: o.aggregateAreas(a), cents: a.cents})
	}
	for _, c := range o.costs {
		c.real = o.real(c.cents, c.domain, c.careType, c.year)
	}
}

// aboutCareType looks up the echelon and life domain of a care type that comes without codes.
func (o *oracle) aboutCareType(domain, careType string, year int) (lijn, lifeDomain string) {
	for _, rules := range [][]oracleRule{o.careRules, o.coarseRules} {
		for _, rule := range rules {
			if rule.domain == domain && rule.careType == careType && oracleValid(rule.fields, oracleDayOf(year, 1, 1)) &&
				(lijn == "" || rule.lijn < lijn) {
				lijn, lifeDomain = rule.lijn, rule.lifeDomain
			}
		}
		if lijn != "" {
			return lijn, lifeDomain
		}
	}
	return "onbekend", "onbekend"
}

func (o *oracle) aggregateAreas(a oracleAggregate) []string {
	if a.level == 0 {
		return o.areasOf(a.area, a.year)
	}
	areas := []string{a.area, "regio"}
	row := o.areaRow(a.area, a.year)
	role := ""
	if row != nil {
		role = row["rol"]
	}
	if a.level == 1 {
		gemeente := "GM" + a.area[2:6]
		if row != nil && row["gemeente"] != "" {
			gemeente = row["gemeente"]
		}
		areas = append(areas, gemeente)
		if above := o.areaRow(gemeente, a.year); above != nil && role == "" {
			role = above["rol"]
		}
	}
	if oracleAreaWords[role] {
		areas = append(areas, role)
	}
	return areas
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
	debits           map[*oracleLine]bool
	units            map[string]bool
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
	for l := range c.debits {
		s.debits[l] = true
	}
	for unit := range c.units {
		s.units[unit] = true
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
	return &oracleSum{persons: map[string]int64{}, debits: map[*oracleLine]bool{}, units: map[string]bool{}}
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
		Columns: []string{"gebruikers", "declaraties", "bedrag", "bedrag_reeel", "per_verzekerdejaar", "per_gebruiker",
			"gestandaardiseerd", "status"}}
	for _, year := range o.years {
		for _, area := range o.areas {
			for _, domain := range o.domains {
				s := sums[oracleSumKey{oracleAreaYear{area, year}, domain}]
				if s == nil {
					s = oracleNewSum()
				}
				values := map[string]string{
					"gebruikers":         s.users(),
					"declaraties":        strconv.Itoa(len(s.debits)),
					"bedrag":             oracleEuros(s.cents),
					"bedrag_reeel":       s.real.text(),
					"per_verzekerdejaar": oracleRatio(big.NewRat(s.cents, 100), o.insuredYears(area, year)),
					"per_gebruiker":      "",
					"gestandaardiseerd":  "",
					"status":             o.status(domain, year),
				}
				if o.aggregated[oracleDomainYear{domain, year}] {
					values["gebruikers"], values["declaraties"] = "", ""
				} else {
					users, _ := strconv.Atoi(s.users())
					values["per_gebruiker"] = oracleRatio(big.NewRat(s.cents, 100), oracleRat(int64(users)))
					values["gestandaardiseerd"] = o.standardised(area, year, domain)
				}
				table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area, domain}, Values: values})
			}
		}
	}
	return table.sorted()
}

// KostenPerZorgsoort says which care it is; only care types with a part in the cell have a row. The volume is unknown
// where no line has one or the units differ.
func (o *oracle) KostenPerZorgsoort() oracleTable {
	sums := o.sumBy(func(c *oracleCost) string { return c.domain + ":" + c.careType })
	table := oracleTable{Name: "kosten_per_zorgsoort", Keys: []string{"jaar", "gebied", "domein", "zorgsoort"},
		Columns: []string{"leefdomein", "lijn", "gebruikers", "bedrag", "bedrag_reeel", "volume"}}
	for key, s := range sums {
		domain, careType := oracleCut(key.of)
		volume := ""
		if len(s.units) == 1 {
			volume = oracleDecimal(s.volume, 3)
		}
		table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(key.year), key.area, domain, careType},
			Values: map[string]string{"leefdomein": s.lifeDomain, "lijn": s.lijn, "gebruikers": s.users(),
				"bedrag": oracleEuros(s.cents), "bedrag_reeel": s.real.text(), "volume": volume}})
	}
	return table.sorted()
}

// standardised is the cost per insured year with the age and sex of the region in the base year.
func (o *oracle) standardised(area string, year int, domain string) string {
	cost := map[oracleStratum]*big.Rat{}
	years := map[oracleStratum]*big.Rat{}
	for stratum, days := range o.peopleIn(area, year).stratumDays {
		years[stratum] = big.NewRat(days, int64(oracleDaysIn(year)))
		cost[stratum] = big.NewRat(o.strataCost[oracleStratumCell{oracleAreaYear{area, year}, domain, stratum}], 100)
	}
	weight := map[oracleStratum]*big.Rat{}
	for stratum, days := range o.peopleIn("regio", o.baseYear).stratumDays {
		weight[stratum] = big.NewRat(days, int64(oracleDaysIn(o.baseYear)))
	}
	num, den := oracleStandardise(weight, cost, years)
	return oracleRatio(num, den)
}
