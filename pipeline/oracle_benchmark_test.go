package pipeline_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// nationalType is the national cost type that a care type belongs to in a year.
func (o *oracle) nationalType(care string, year int) string {
	for _, row := range o.references.careNames {
		if row["zorgsoort"] == care && row["landelijk"] != "" && oracleValid(row, oracleDayOf(year, 1, 1)) {
			return row["landelijk"]
		}
	}
	return care
}

// oracleNational is what care costs in the country in a year, per age band and sex.
type oracleNational struct {
	cents map[string]map[oracleStratum]*big.Rat // euros by national type
	years map[oracleStratum]*big.Rat
}

// national adds up the sources of a law and year that tell of areas outside the region too.
func (o *oracle) national(domain string, year int) oracleNational {
	type group struct{ supplier, area, sex, ages string }
	outside := map[string]bool{}
	var rows []*oracleAggregate
	for _, a := range o.aggregates {
		if a.domain == domain && a.year == year && a.post != "in_quarantaine" && !a.replaced {
			rows = append(rows, a)
			outside[a.supplier] = outside[a.supplier] || a.level < 0
		}
	}
	n := oracleNational{map[string]map[oracleStratum]*big.Rat{}, map[oracleStratum]*big.Rat{}}
	most := map[group]*oracleAggregate{}
	for _, a := range rows {
		stratum, whole := a.stratum()
		if !outside[a.supplier] || !whole {
			continue
		}
		care := o.nationalType(a.careType, year)
		if n.cents[care] == nil {
			n.cents[care] = map[oracleStratum]*big.Rat{}
		}
		oracleAdd(n.cents[care], stratum, big.NewRat(a.cents, 100))
		at := group{a.supplier, "buiten " + a.delivered, a.sex, a.ages}
		if a.level >= 0 {
			at.area = a.area
		}
		if a.hasInsured && (most[at] == nil || a.insured > most[at].insured) {
			most[at] = a
		}
	}
	for _, a := range most {
		stratum, _ := a.stratum()
		oracleAdd(n.years, stratum, big.NewRat(a.insured, 100))
	}
	return n
}

func oracleAdd(sums map[oracleStratum]*big.Rat, at oracleStratum, amount *big.Rat) {
	if sums[at] == nil {
		sums[at] = new(big.Rat)
	}
	sums[at].Add(sums[at], amount)
}

// rate is the national cost per insured year of a stratum; of everyone where the sex is unknown or the country has
// nobody in it; nil without anyone at all.
func (n oracleNational) rate(care string, at oracleStratum) *big.Rat {
	years, euros := n.years[at], n.cents[care][at]
	if at.sex == "0" || years == nil || years.Sign() <= 0 {
		years, euros = new(big.Rat), new(big.Rat)
		for _, v := range n.years {
			years.Add(years, v)
		}
		for _, v := range n.cents[care] {
			euros.Add(euros, v)
		}
	}
	if years.Sign() <= 0 {
		return nil
	}
	if euros == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Quo(euros, years)
}

// Benchmark is what an area costs beside what its people would cost at the national cost per age and sex. Its care
// types are the national ones.
func (o *oracle) Benchmark() oracleTable {
	table := oracleTable{Name: "benchmark", Keys: []string{"jaar", "gebied", "domein", "zorgsoort"},
		Columns: []string{"werkelijk", "verwacht", "verhouding", "status", "grootste", "tweede"}}
	sums := o.sumBy(func(c *oracleCost) string { return c.domain + ":" + o.nationalType(c.careType, c.year) })
	for _, year := range o.years {
		for _, domain := range o.domains {
			national := o.national(domain, year)
			for _, area := range o.areas {
				own := o.insuredByStratum(area, year, domain)
				if len(own) == 0 || !o.told(area, year, domain) {
					continue
				}
				for care := range national.cents {
					expected, known := new(big.Rat), true
					for stratum, years := range own {
						rate := national.rate(care, stratum)
						if rate == nil {
							known = false
							break
						}
						expected.Add(expected, new(big.Rat).Mul(rate, years))
					}
					if !known {
						continue
					}
					cents := oracleRound(expected.Mul(expected, oracleRat(100)))
					actual := oracleNewSum()
					costs := sums[oracleSumKey{oracleAreaYear{area, year}, domain + ":" + care}]
					actual.take(costs)
					actual.merge(costs)
					actual.aggregate = o.aggregated(domain, year)
					values := map[string]string{"werkelijk": oracleEuros(actual.cents), "verwacht": oracleEuros(cents),
						"status": o.status(domain, year)}
					actual.contributors(values)
					if cents > 0 {
						values["verhouding"] = oracleRatio(oracleRat(actual.cents), oracleRat(cents))
					}
					table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area, domain, care}, Values: values})
				}
			}
		}
	}
	return table.sorted()
}

// signal is what says that the care of a rule is highly specialised, and whether it does so in the core definition:
// the longest pattern that the rule's name fits, then the first. Without one the signal is empty.
func (o *oracle) signal(rule string, year int) (signal string, core bool) {
	best := ""
	for _, row := range o.references.signals {
		pattern := row["regel"]
		if !oracleValid(row, oracleDayOf(year, 1, 1)) || !oracleLike(rule, pattern) {
			continue
		}
		if best == "" || len(pattern) > len(best) || len(pattern) == len(best) && pattern < best {
			best, signal, core = pattern, row["signaal"], row["kern"] == "ja"
		}
	}
	return signal, core
}

var oracleCareLines = []string{"1", "1.5", "2", "3"}

// SpecialistischeZorg is the specialist and highly specialised care by the rule that says so, with the share of the
// highly specialised care as it is and as it would be if the signal of the rule were read the other way.
func (o *oracle) SpecialistischeZorg() oracleTable {
	table := oracleTable{Name: "specialistische_zorg", Keys: []string{"jaar", "gebied", "lijn", "regel"},
		Columns: []string{"signaal", "gebruikers", "declaraties", "bedrag", "bedrag_reeel", "aandeel", "aandeel_reeel",
			"aandeel_lijn_3", "aandeel_lijn_3_anders", "status", "domeinen", "domein", "zorgsoort", "anders"}}
	table.Columns = append(table.Columns, oracleProviderColumns...)
	byLijn := o.sumBy(func(c *oracleCost) string { return c.lijn })
	byRule := o.sumBy(func(c *oracleCost) string {
		if c.person == "" {
			return ""
		}
		return c.lijn + ":" + c.rule
	})
	bySignal := o.sumBy(func(c *oracleCost) string {
		if c.person == "" {
			return ""
		}
		signal, _ := o.signal(c.rule, c.year)
		return c.lijn + ":" + signal
	})
	laws := map[string][]string{}
	for _, c := range o.costs {
		if !slices.Contains(laws[c.lijn+":"+c.rule], c.domain) {
			laws[c.lijn+":"+c.rule] = append(laws[c.lijn+":"+c.rule], c.domain)
		}
	}
	for key, s := range byRule {
		lijn, rule, _ := strings.Cut(key.of, ":")
		if lijn != "2" && lijn != "3" || !slices.Contains(o.years, key.year) {
			continue
		}
		within := func(of string) oracleSumKey { return oracleSumKey{key.oracleAreaYear, of} }
		total, third := oracleNewSum(), oracleNewSum()
		for _, line := range oracleCareLines {
			total.take(byLijn[within(line)])
		}
		third.take(byLijn[within("3")])
		signal, core := o.signal(rule, key.year)
		values := map[string]string{"signaal": signal, "gebruikers": s.users(), "declaraties": strconv.Itoa(len(s.debits)),
			"bedrag": oracleEuros(s.cents), "bedrag_reeel": s.real.text(), "status": o.worst(laws[key.of], key.year)}
		s.contributors(values)
		s.describe(values)
		values["anders"] = oracleEuros(oracleMoved(signal, core, lijn, s.cents))
		if total.cents > 0 {
			all := oracleRat(total.cents)
			values["aandeel"] = oracleRatio(oracleRat(s.cents), all)
			values["aandeel_lijn_3"] = oracleRatio(oracleRat(third.cents), all)
			moved := oracleNewSum()
			if core {
				moved.take(bySignal[within("3:"+signal)])
				moved.cents = -moved.cents
			} else {
				moved.take(bySignal[within("2:"+signal)])
			}
			if signal != "" {
				values["aandeel_lijn_3_anders"] = oracleRatio(oracleRat(third.cents+moved.cents), all)
			}
		}
		if total.real.cents > 0 && !total.real.unknown && !s.real.unknown {
			values["aandeel_reeel"] = oracleRatio(oracleRat(s.real.cents), oracleRat(total.real.cents))
		}
		table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(key.year), key.area, lijn, rule}, Values: values})
	}
	return table.sorted()
}
