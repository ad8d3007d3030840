package pipeline_test

import (
	"math/big"
	"strconv"
)

// oracleHousehold is who a home belongs to; without a huishouden each person is a household of their own.
func oracleHousehold(h *oracleHome) string {
	if h.household == "" {
		return "persoon " + h.person
	}
	return "huishouden " + h.household
}

// oracleStacked is the class of a household in a year, the buurt where it is placed, and the days that it has a member
// in each buurt.
type oracleStacked struct {
	class int
	buurt string
	days  map[string]int64
}

// oracleRunning are the arrangements, or the laws, that run for a person on a day.
func oracleRunning(periods []oracleGrant, day oracleDay, counting string) map[string]bool {
	running := map[string]bool{}
	for _, p := range periods {
		switch {
		case day < p.begin || day > p.end:
		case counting == "wetten":
			running[p.domain] = true
		case p.domain == "wmo" || p.domain == "jeugdwet" || p.domain == "wlz":
			running[p.domain+":"+p.category] = true
		}
	}
	return running
}

// stackedHousehold follows a household through every day of a year. Its persons are all who ever live in it that year.
func (o *oracle) stackedHousehold(name string, persons []string, periods map[string][]oracleGrant, year int, counting string) oracleStacked {
	s := oracleStacked{days: map[string]int64{}}
	for i := range oracleDaysIn(year) {
		running, buurten := map[string]bool{}, map[string]bool{}
		lowest, lowestRunning := "", ""
		for _, person := range persons {
			h := o.stay(person, year)[i]
			if h == nil || oracleHousehold(h) != name {
				continue
			}
			buurten[h.buurt] = true
			if lowest == "" || h.buurt < lowest {
				lowest = h.buurt
			}
			own := oracleRunning(periods[person], oracleDayOf(year, 1, 1)+oracleDay(i), counting)
			if len(own) > 0 && (lowestRunning == "" || h.buurt < lowestRunning) {
				lowestRunning = h.buurt
			}
			for what := range own {
				running[what] = true
			}
		}
		for buurt := range buurten {
			s.days[buurt]++
		}
		switch {
		case len(running) > s.class:
			s.class, s.buurt = len(running), lowestRunning
		case s.class == 0 && lowest != "":
			s.buurt = lowest
		}
	}
	return s
}

// householdsOf are, per household of a year, the persons who live in it on any day, and the costs of those whose last
// day of residence is in it.
func (o *oracle) householdsOf(year int) (persons map[string][]string, amount map[string]oracleMoney) {
	costs := o.personCosts(oracleByDomain)
	persons, amount = map[string][]string{}, map[string]oracleMoney{}
	for _, person := range oracleSortedKeys(o.homes) {
		known := map[string]bool{}
		for _, h := range o.stay(person, year) {
			if h != nil && !known[oracleHousehold(h)] {
				known[oracleHousehold(h)] = true
				persons[oracleHousehold(h)] = append(persons[oracleHousehold(h)], person)
			}
		}
		if last := o.place(person, year); last != nil {
			sum := amount[oracleHousehold(last)]
			sum.add(oracleAll(costs[oraclePersonYear{person, year}]))
			amount[oracleHousehold(last)] = sum
		}
	}
	return persons, amount
}

// StapelingHuishoudens classes every household by the most arrangements (or laws) that ran on one day for its members
// together.
func (o *oracle) StapelingHuishoudens() oracleTable {
	table := oracleTable{Name: "stapeling_huishoudens", Keys: []string{"jaar", "gebied", "telling", "klasse"},
		Columns: []string{"huishoudens", "per_1000", "bedrag_gemiddeld", "bedrag_gemiddeld_reeel", "grootste", "tweede",
			"bedrag", "bedrag_reeel", "verzekerdejaren"}}
	periods := o.runningPeriods()
	type cell struct{ area, class string }
	for _, year := range o.years {
		persons, amount := o.householdsOf(year)
		for _, counting := range oracleCounts {
			each := oracleAmounts[cell]{}
			households, money, days := map[cell]int64{}, map[cell]oracleMoney{}, map[string]int64{}
			for name, members := range persons {
				s := o.stackedHousehold(name, members, periods, year, counting)
				for _, area := range o.areasOf(s.buurt, year) {
					at := cell{area, oracleClasses[min(s.class, 6)]}
					households[at]++
					each.add(at, name, amount[name].cents)
					sum := money[at]
					sum.add(amount[name])
					money[at] = sum
				}
				for buurt, n := range s.days {
					for _, area := range o.areasOf(buurt, year) {
						days[area] += n
					}
				}
			}
			for _, area := range o.lived {
				for _, class := range oracleClasses {
					at := cell{area, class}
					n := oracleRat(households[at])
					values := map[string]string{"huishoudens": strconv.FormatInt(households[at], 10),
						"per_1000":         oracleRatio(oracleRat(1000*households[at]*int64(oracleDaysIn(year))), oracleRat(days[area])),
						"bedrag_gemiddeld": oracleRatio(big.NewRat(money[at].cents, 100), n),
						"bedrag":           oracleEuros(money[at].cents), "bedrag_reeel": money[at].real.text(),
						"verzekerdejaren": oracleRatio(oracleRat(days[area]), oracleRat(int64(oracleDaysIn(year))))}
					oracleLargest(values, each[at])
					if !money[at].real.unknown {
						values["bedrag_gemiddeld_reeel"] = oracleRatio(big.NewRat(money[at].real.cents, 100), n)
					}
					table.Rows = append(table.Rows, oracleRow{
						Key: []string{strconv.Itoa(year), area, counting, class}, Values: values})
				}
			}
		}
	}
	return table.sorted()
}
