package pipeline_test

import (
	"math/big"
	"slices"
	"strconv"
)

// oracleFullness is how complete a month of a care type is; expected is unknown where nothing can be said.
type oracleFullness struct {
	domain, care   string
	month          oracleMonth
	cents          int64
	persons        map[string]int64
	expected       oracleCents
	status, method string
}

// oracleFull is the part of what is expected that is there, unknown without something expected.
func oracleFull(cents int64, expected oracleCents) *big.Rat {
	if expected.unknown || expected.cents <= 0 {
		return nil
	}
	return big.NewRat(cents, expected.cents)
}

// oracleRipeness is the status of a known completeness, as it is written: with six decimals.
func oracleRipeness(full *big.Rat) string {
	full = oracleStored(full, 6)
	switch {
	case full.Cmp(oracleGrown) >= 0:
		return "definitief"
	case full.Cmp(oracleCredible) >= 0:
		return "voorlopig"
	}
	return "onvolledig"
}

func oracleOptional(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return oracleRatio(r, oracleRat(1))
}

// regime counts the changes of payment of a care type up to a month.
func (o *oracle) regime(domain, care string, m oracleMonth) (n int) {
	for _, row := range o.references.regimes {
		from, dated := oracleParseDay(row["geldig_van"])
		if row["soort"] == "bekostiging" && row["domein"] == domain && (row["zorgsoort"] == "" || row["zorgsoort"] == care) &&
			(!dated || from <= m.first()) {
			n++
		}
	}
	return n
}

// fullness judges every month of every care type that has a part in it.
func (o *oracle) fullness() (out []oracleFullness) {
	all := o.declaredParts()
	until := o.knownUntil(all)
	careTypes := map[string][]oracleDeclaredPart{}
	for _, p := range all {
		careTypes[p.domain+":"+p.care] = append(careTypes[p.domain+":"+p.care], p)
	}
	for _, name := range oracleSortedKeys(careTypes) {
		domain, care := oracleCut(name)
		triangle := &oracleTriangle{until: until[domain], byMonth: map[oracleMonth][]oracleDeclaredPart{},
			regime: func(m oracleMonth) int { return o.regime(domain, care, m) }}
		dated := true
		for i, p := range careTypes[name] {
			if i == 0 || p.month < triangle.first {
				triangle.first = p.month
			}
			triangle.byMonth[p.month] = append(triangle.byMonth[p.month], p)
			dated = dated && p.dated
		}
		var estimates map[oracleMonth]oracleEstimate
		if dated {
			estimates = triangle.estimates()
		}
		for m, parts := range triangle.byMonth {
			if !slices.Contains(o.years, m.year()) {
				continue
			}
			f := oracleFullness{domain: domain, care: care, month: m, persons: map[string]int64{}}
			for _, p := range parts {
				f.cents += p.cents
				f.persons[p.line.person] += p.cents
			}
			f.expected, f.method = triangle.expect(m, estimates)
			full := oracleFull(f.cents, f.expected)
			switch {
			case full != nil:
				f.status = oracleRipeness(full)
			case dated:
				f.status = "onvolledig"
			default:
				f.status = o.status(domain, m.year())
			}
			out = append(out, f)
		}
	}
	return out
}

// expect is what a month will come to, and by which method.
func (t *oracleTriangle) expect(m oracleMonth, estimates map[oracleMonth]oracleEstimate) (oracleCents, string) {
	cents := func(euros *big.Rat) oracleCents {
		return oracleCents{cents: oracleRound(new(big.Rat).Mul(euros, oracleRat(100)))}
	}
	own, known := estimates[m]
	if !known {
		return oracleCents{unknown: true}, "geen"
	}
	prior, hasPrior := estimates[m-12]
	if own.credible() || !hasPrior || !prior.credible() {
		return cents(own.expected), "kettingladder"
	}
	missing := new(big.Rat).Sub(oracleRat(1), new(big.Rat).Inv(own.factor))
	missing.Mul(missing, prior.expected)
	missing.Mul(missing, t.trend(estimates))
	return cents(missing.Add(missing, big.NewRat(own.known, 100))), "bornhuetter_ferguson"
}

// Volledigheid says how complete each month of each care type is.
func (o *oracle) Volledigheid() oracleTable {
	table := oracleTable{Name: "volledigheid", Keys: []string{"domein", "zorgsoort", "maand"},
		Columns: []string{"aangeleverd", "verwacht_totaal", "volledigheid", "status", "methode", "jaar", "kwartaal", "grootste", "tweede"}}
	for _, f := range o.fullness() {
		values := map[string]string{"aangeleverd": oracleEuros(f.cents), "verwacht_totaal": f.expected.text(),
			"volledigheid": oracleOptional(oracleFull(f.cents, f.expected)), "status": f.status, "methode": f.method,
			"jaar":     strconv.Itoa(f.month.year()),
			"kwartaal": f.month.quarter()}
		oracleLargest(values, f.persons)
		table.Rows = append(table.Rows, oracleRow{Key: []string{f.domain, f.care, f.month.text()}, Values: values})
	}
	return table.sorted()
}

// personLevel tells whether a law comes by person in a year.
func (o *oracle) personLevel(domain string, year int) bool {
	return slices.Contains(o.domains, domain) && !o.aggregated(domain, year)
}

// exists tells whether anyone lives in an area in a year, or costs anything there.
func (o *oracle) exists(area string, year int) bool {
	if o.peopleIn(area, year).days > 0 {
		return true
	}
	return slices.ContainsFunc(o.costs, func(c *oracleCost) bool { return c.year == year && slices.Contains(c.areas, area) })
}

var oracleQuarterAreas = []string{"regio", "pilot", "controle"}

type oracleQuarterCell struct {
	area, domain string
	quarter      int // year × 4 + quarter, counted from 0
}

func (m oracleMonth) quarterNumber() int { return int(m) / 3 }

// oracleMatured are the parts of a quarter declared by the month that is known last, and a year before that; undated
// is where that cannot be told.
type oracleMatured struct {
	now, yearAgo map[oracleQuarterCell]int64
	undated      map[oracleQuarterCell]bool // of the region
	until        map[string]oracleMonth
}

func (o *oracle) matured() oracleMatured {
	parts := o.declaredParts()
	m := oracleMatured{map[oracleQuarterCell]int64{}, map[oracleQuarterCell]int64{}, map[oracleQuarterCell]bool{}, o.knownUntil(parts)}
	for _, p := range parts {
		until := m.until[p.domain]
		for _, area := range p.areas {
			at := oracleQuarterCell{area, p.domain, p.month.quarterNumber()}
			switch {
			case !p.dated:
				m.undated[at] = true
			case p.declared <= until-12:
				m.yearAgo[at] += p.cents
				fallthrough
			case p.declared <= until:
				m.now[at] += p.cents
			}
		}
	}
	return m
}

// atMaturity are the euros of a quarter and of the same quarter a year before, both as known at the same age.
func (o *oracle) atMaturity(m oracleMatured, at oracleQuarterCell) (now, yearAgo string) {
	_, known := m.until[at.domain]
	before := at
	before.quarter -= 4
	for _, quarter := range []int{at.quarter, before.quarter} {
		known = known && !m.undated[oracleQuarterCell{"regio", at.domain, quarter}]
	}
	if !known || before.quarter/4 < o.years[0] {
		return "", ""
	}
	return oracleEuros(m.now[at]), oracleEuros(m.yearAgo[before])
}

// quarterDays are the days of residence in each quarter.
func (o *oracle) quarterDays() map[oracleQuarterCell]int64 {
	days := map[oracleQuarterCell]int64{}
	for person := range o.homes {
		for d := oracleDayOf(o.years[0], 1, 1); d < oracleDayOf(o.years[len(o.years)-1]+1, 1, 1); d++ {
			if h := o.home(person, d); h != nil {
				for _, area := range o.areasOf(h.buurt, d.year()) {
					days[oracleQuarterCell{area: area, quarter: oracleMonthOf(d).quarterNumber()}]++
				}
			}
		}
	}
	return days
}

// KostenPerKwartaal says what is new: euros per quarter, and beside them the same quarter a year before at the same age.
func (o *oracle) KostenPerKwartaal() oracleTable {
	table := oracleTable{Name: "kosten_per_kwartaal", Keys: []string{"kwartaal", "gebied", "domein"},
		Columns: []string{"bedrag", "bedrag_reeel", "verzekerdejaren", "per_verzekerdejaar", "per_verzekerdejaar_reeel",
			"volledigheid", "bedrag_peil", "bedrag_jaar_eerder", "status", "jaar"}}
	table.Columns = append(table.Columns, oracleProviderColumns...)
	persons, providers := oracleAmounts[oracleQuarterCell]{}, oracleAmounts[oracleQuarterCell]{}
	nominal, real := map[oracleQuarterCell]int64{}, map[oracleQuarterCell]oracleCents{}
	for _, c := range o.costs {
		for _, area := range c.areas {
			at := oracleQuarterCell{area, c.domain, c.year*4 + max(c.month-1, 0)/3}
			nominal[at] += c.cents
			persons.add(at, c.person, c.cents)
			for provider, cents := range c.providers {
				providers.add(at, provider, cents)
			}
			sum := real[at]
			sum.add(c.real)
			real[at] = sum
		}
	}
	months := map[oracleQuarterCell][]oracleFullness{}
	for _, f := range o.fullness() {
		at := oracleQuarterCell{"regio", f.domain, f.month.quarterNumber()}
		months[at] = append(months[at], f)
	}
	days, matured := o.quarterDays(), o.matured()
	for _, year := range o.years {
		for quarter := year * 4; quarter < year*4+4; quarter++ {
			for _, area := range oracleQuarterAreas {
				for _, domain := range o.domains {
					if !o.exists(area, year) || !o.personLevel(domain, year) {
						continue
					}
					at := oracleQuarterCell{area, domain, quarter}
					insured := big.NewRat(days[oracleQuarterCell{area: area, quarter: quarter}], int64(oracleDaysIn(year)))
					full := oracleFullQuarter(months[oracleQuarterCell{"regio", domain, quarter}])
					values := map[string]string{"bedrag": oracleEuros(nominal[at]), "bedrag_reeel": real[at].text(),
						"verzekerdejaren":    oracleRatio(insured, oracleRat(1)),
						"per_verzekerdejaar": oracleRatio(big.NewRat(nominal[at], 100), insured),
						"volledigheid":       oracleOptional(full), "status": o.status(domain, year), "jaar": strconv.Itoa(year)}
					oracleLargest(values, persons[at])
					oracleTopProviders(values, providers[at])
					if !real[at].unknown {
						values["per_verzekerdejaar_reeel"] = oracleRatio(big.NewRat(real[at].cents, 100), insured)
					}
					if full != nil && !o.incomplete[year] {
						values["status"] = oracleRipeness(full)
					}
					values["bedrag_peil"], values["bedrag_jaar_eerder"] = o.atMaturity(matured, at)
					table.Rows = append(table.Rows, oracleRow{
						Key: []string{oracleMonth(quarter * 3).quarter(), area, domain}, Values: values})
				}
			}
		}
	}
	return table.sorted()
}

// oracleFullQuarter is how complete a quarter of a law is; unknown as soon as one of its months is.
func oracleFullQuarter(months []oracleFullness) *big.Rat {
	var cents int64
	var expected oracleCents
	for _, f := range months {
		cents += f.cents
		expected.add(f.expected)
	}
	return oracleFull(cents, expected)
}
