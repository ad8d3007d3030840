package pipeline_test

import (
	"math/big"
	"strconv"
)

var (
	oracleCounts  = []string{"arrangementen", "wetten"}
	oracleClasses = []string{"0", "1", "2", "3", "4", "5", "6+"}
)

// runningPeriods are, per person, the periods that count for stacking: the grants of a domain, or, of a domain without
// any, its debit lines that are not wholly credited.
func (o *oracle) runningPeriods() map[string][]oracleGrant {
	granted := map[string]bool{}
	periods := map[string][]oracleGrant{}
	for _, g := range o.grants {
		granted[g.domain] = true
		periods[g.person] = append(periods[g.person], g)
	}
	for _, l := range o.lines {
		if l.post == "" && !l.credit && !l.whollyCredited() && !granted[l.domain] {
			periods[l.person] = append(periods[l.person], oracleGrant{l.domain, l.person, l.category, l.begin, l.end})
		}
	}
	return periods
}

// StapelingPersonen classes every resident by the most arrangements (or laws) that ran on one day of residence, placed
// where the person lived on the first such day; class 0 is placed on the last day of residence. The mean amount is of
// everything that the persons cost in the year; per_1000 is per 1,000 insured years.
func (o *oracle) StapelingPersonen() oracleTable {
	table := oracleTable{Name: "stapeling_personen", Keys: []string{"jaar", "gebied", "telling", "klasse"},
		Columns: []string{"personen", "per_1000", "bedrag_gemiddeld", "bedrag_gemiddeld_reeel", "grootste", "tweede",
			"bedrag", "bedrag_reeel", "verzekerdejaren"}}
	type personYear struct {
		person string
		year   int
	}
	cents, real := map[personYear]int64{}, map[personYear]oracleCents{}
	for _, c := range o.costs {
		at := personYear{c.person, c.year}
		cents[at] += c.cents
		sum := real[at]
		sum.add(c.real)
		real[at] = sum
	}
	periods := o.runningPeriods()
	type cell struct{ area, class string }
	for _, year := range o.years {
		for _, counting := range oracleCounts {
			each := oracleAmounts[cell]{}
			persons, amount, realAmount := map[cell]int64{}, map[cell]int64{}, map[cell]oracleCents{}
			for person := range o.homes {
				class, home := o.stacked(person, periods[person], year, counting)
				if home == nil {
					continue
				}
				name := oracleClasses[min(class, 6)]
				for _, area := range o.areasOf(home.buurt, year) {
					at := cell{area, name}
					persons[at]++
					each.add(at, person, cents[personYear{person, year}])
					amount[at] += cents[personYear{person, year}]
					sum := realAmount[at]
					sum.add(real[personYear{person, year}])
					realAmount[at] = sum
				}
			}
			for _, area := range o.lived {
				for _, class := range oracleClasses {
					at := cell{area, class}
					n := oracleRat(persons[at])
					values := map[string]string{
						"personen":               strconv.FormatInt(persons[at], 10),
						"per_1000":               oracleRatio(oracleRat(1000*persons[at]), o.insuredYears(area, year)),
						"bedrag_gemiddeld":       oracleRatio(big.NewRat(amount[at], 100), n),
						"bedrag_gemiddeld_reeel": "",
						"bedrag":                 oracleEuros(amount[at]),
						"bedrag_reeel":           realAmount[at].text(),
						"verzekerdejaren":        oracleRatio(o.insuredYears(area, year), oracleRat(1)),
					}
					oracleLargest(values, each[at])
					if !realAmount[at].unknown {
						values["bedrag_gemiddeld_reeel"] = oracleRatio(big.NewRat(realAmount[at].cents, 100), n)
					}
					table.Rows = append(table.Rows, oracleRow{
						Key: []string{strconv.Itoa(year), area, counting, class}, Values: values})
				}
			}
		}
	}
	return table.sorted()
}

// stacked is the class of a person in a year and where it is placed; home is nil for who is no resident of any day.
func (o *oracle) stacked(person string, periods []oracleGrant, year int, counting string) (class int, home *oracleHome) {
	var inYear []oracleGrant
	for _, p := range periods {
		if p.begin < oracleDayOf(year+1, 1, 1) && p.end >= oracleDayOf(year, 1, 1) {
			inYear = append(inYear, p)
		}
	}
	for d := oracleDayOf(year, 1, 1); d < oracleDayOf(year+1, 1, 1); d++ {
		at := o.home(person, d)
		if at == nil {
			continue
		}
		running := map[string]bool{}
		for _, p := range inYear {
			switch {
			case d < p.begin || d > p.end:
			case counting == "wetten":
				running[p.domain] = true
			case p.domain == "wmo" || p.domain == "jeugdwet" || p.domain == "wlz":
				running[p.domain+":"+p.category] = true
			}
		}
		if len(running) > class || class == 0 && len(running) == 0 {
			class, home = len(running), at
		}
	}
	return class, home
}
