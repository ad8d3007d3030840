package pipeline_test

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
)

// oracleAggregate is one delivered row of aggregaat.
type oracleAggregate struct {
	supplier, domain, careType, area, sex, ages string
	yearText                                    string // empty when it cannot be read
	year, delivery                              int
	level                                       int // 0 is a buurt, 1 a wijk, 2 a gemeente, -1 not in the reference table
	cents                                       int64
	insured                                     int64 // hundredths of insured years
	hasInsured                                  bool
	post                                        string // where the row ends in the reconciliation
	delivered                                   string // gebied as delivered
	replaced                                    bool   // a newer delivery of its supplier tells of the same law and year
}

var oracleAges = regexp.MustCompile(`^(\d+)(?:-(\d+)|\+)$`)

// stratum is the age band and sex of a row; false when it does not name both.
func (a oracleAggregate) stratum() (oracleStratum, bool) {
	match := oracleAges.FindStringSubmatch(a.ages)
	if match == nil || a.sex == "" {
		return oracleStratum{}, false
	}
	from, _ := strconv.Atoi(match[1])
	to, _ := strconv.Atoi(match[2])
	if from%5 != 0 || from > 90 || from == 90 != (match[2] == "") || from < 90 && to != from+4 {
		return oracleStratum{}, false
	}
	if a.sex == "0" {
		return oracleStratum{"0", 0}, true
	}
	return oracleStratum{a.sex, from / 5}, true
}

// readAggregates reads every row of aggregaat; post is in_quarantaine for what cannot be read and vervangen for a row
// of a supplier, domain and year of which a newer delivery tells.
func (o *oracle) readAggregates() {
	type key struct{ supplier, domain, year string }
	newest := map[key]int{}
	for i, d := range o.deliveries {
		if d.table != "aggregaat" {
			continue
		}
		var rows []*oracleAggregate
		var count oracleQuarantine
		for _, r := range d.records {
			a := o.readAggregate(r, d, i)
			count.add(a.post == "in_quarantaine", a.cents)
			rows = append(rows, a)
		}
		if count.refuses() {
			o.refused = append(o.refused, d.path)
			continue
		}
		for _, a := range rows {
			if a.post == "" && d.complete {
				newest[key{a.supplier, a.domain, a.yearText}] = i
			}
		}
		o.aggregates = append(o.aggregates, rows...)
	}
	for _, a := range o.aggregates {
		if a.post == "" && a.delivery < newest[key{a.supplier, a.domain, a.yearText}] {
			a.post, a.replaced = "vervangen", true
		}
	}
}

func (o *oracle) readAggregate(r oracleRecord, d *oracleDelivery, delivery int) *oracleAggregate {
	a := &oracleAggregate{supplier: d.supplier, domain: "onbekend", delivery: delivery, level: -1,
		careType: "onbekend", sex: r["geslacht"], ages: r["leeftijdsklasse"], delivered: r["gebied"]}
	bad := r == nil
	if oracleDomains[r["domein"]] {
		a.domain = r["domein"]
	}
	if o.knowsCareType(a.domain, r["zorgsoort"]) {
		a.careType = r["zorgsoort"]
	}
	if oracleYearText.MatchString(r["jaar"]) {
		a.yearText = r["jaar"]
		a.year, _ = strconv.Atoi(r["jaar"])
	}
	bad = bad || a.domain == "onbekend" || a.yearText == ""
	cents, ok := oracleParseDecimal(r["bedrag"], 2)
	a.cents, bad = cents, bad || !ok
	if r["verzekerdejaren"] != "" {
		a.insured, a.hasInsured = oracleParseDecimal(r["verzekerdejaren"], 2)
		bad = bad || !a.hasInsured
	}
	if r["aantal_personen"] != "" {
		_, ok := oracleParseDecimal(r["aantal_personen"], 0)
		bad = bad || !ok
	}
	if bad {
		a.post = "in_quarantaine"
		return a
	}
	a.area, a.level = o.findArea(r["gebied"], a.year)
	return a
}

// addAggregates decides where the remaining rows end and adds those that count to the costs: not where a domain has
// person-level lines in a year, and only the finest level delivered of a domain and year.
func (o *oracle) addAggregates(perPerson map[oracleDomainYear]bool) {
	o.aggregateLevel = map[oracleDomainYear]int{}
	for _, a := range o.aggregates {
		at := oracleDomainYear{a.domain, a.year}
		if a.post != "" || a.level < 0 || perPerson[at] {
			continue
		}
		if level, known := o.aggregateLevel[at]; !known || a.level < level {
			o.aggregateLevel[at] = a.level
		}
	}
	for _, a := range o.aggregates {
		at := oracleDomainYear{a.domain, a.year}
		switch {
		case a.post != "":
		case perPerson[at], a.level > o.aggregateLevel[at]:
			a.post = "vervangen"
		case a.level < 0:
			a.post = "niet_in_bevolking"
		default:
			a.post = "gemodelleerd"
			lijn, lifeDomain := o.aboutCareType(a.domain, a.careType, a.year)
			c := &oracleCost{oracleCostKey: oracleCostKey{domain: a.domain, careType: a.careType, year: a.year},
				lijn: lijn, lifeDomain: lifeDomain, areas: o.aggregateAreas(a), cents: a.cents}
			c.stratum, c.inStratum = a.stratum()
			o.costs = append(o.costs, c)
		}
	}
	o.addInsured()
}

// oracleInsured is one delivered group of insured years.
type oracleInsured struct {
	areas     []string
	stratum   oracleStratum
	inStratum bool
	years     *big.Rat
}

// addInsured adds up the insured years that came with aggregates: those of a group repeat with each of its care types.
func (o *oracle) addInsured() {
	type group struct {
		oracleDomainYear
		supplier, area, sex, ages string
	}
	most := map[group]*oracleAggregate{}
	for _, a := range o.aggregates {
		at := group{oracleDomainYear{a.domain, a.year}, a.supplier, a.area, a.sex, a.ages}
		if a.post == "gemodelleerd" && a.hasInsured && (most[at] == nil || a.insured > most[at].insured) {
			most[at] = a
		}
	}
	o.insured = map[oracleDomainYear][]oracleInsured{}
	for at, a := range most {
		stratum, inStratum := a.stratum()
		o.insured[at.oracleDomainYear] = append(o.insured[at.oracleDomainYear],
			oracleInsured{o.aggregateAreas(a), stratum, inStratum, big.NewRat(a.insured, 100)})
	}
}

// aggregated tells whether a domain comes without persons in a year.
func (o *oracle) aggregated(domain string, year int) bool {
	_, is := o.aggregateLevel[oracleDomainYear{domain, year}]
	return is
}

// told tells whether an area has a figure of a domain in a year: one that comes aggregated tells nothing about areas
// that are finer than its finest level.
func (o *oracle) told(area string, year int, domain string) bool {
	level, aggregated := o.aggregateLevel[oracleDomainYear{domain, year}]
	if !aggregated || area == "regio" {
		return true
	}
	if !oracleAreaWords[area] {
		return map[string]int{"BU": 0, "WK": 1, "GM": 2}[area[:2]] >= level
	}
	for _, a := range o.aggregates {
		if a.post != "gemodelleerd" || a.domain != domain || a.year != year {
			continue
		}
		if slices.Contains(o.aggregateAreas(a), area) {
			return true
		}
	}
	return level == 0
}

// aggregateAreas are the areas that a row of aggregaat belongs to.
func (o *oracle) aggregateAreas(a *oracleAggregate) []string {
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

// knowsCareType tells whether a rule of the law gives the care type; another is unknown care.
func (o *oracle) knowsCareType(domain, careType string) bool {
	return slices.ContainsFunc(o.careRules, func(r oracleRule) bool { return r.domain == domain && r.careType == careType })
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

// findArea finds the code that a delivered code or name stands for; a name of several levels is the coarsest.
func (o *oracle) findArea(delivered string, year int) (code string, level int) {
	level = -1
	if delivered == "" {
		return "", level
	}
	for _, row := range o.areaRows {
		if !oracleValid(row, oracleDayOf(year, 1, 1)) {
			continue
		}
		finest := oracleFinestCode(row)
		for i, column := range []string{"buurt", "wijk", "gemeente"} {
			named := row[column] == delivered ||
				row[column] != "" && row[column] == finest && oraclePlainName(row["naam"]) == oraclePlainName(delivered)
			if named && row[column] != "" && i > level {
				code, level = row[column], i
			}
		}
	}
	return code, level
}
