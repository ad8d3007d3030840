package pipeline_test

import (
	"strconv"
	"strings"
)

// arrangements are, per resident of a year, the sorted `domein:leefdomein` whose net amount is above zero.
func (o *oracle) arrangements() map[oraclePersonYear]string {
	costs := o.personCosts(func(c *oracleCost) string { return c.domain + ":" + c.lifeDomain })
	all := map[oraclePersonYear]string{}
	for _, year := range o.years {
		for person := range o.homes {
			at := oraclePersonYear{person, year}
			if o.stay(person, year) == nil {
				continue
			}
			var parts []string
			for _, part := range oracleSortedKeys(costs[at]) {
				if costs[at][part].cents > 0 {
					parts = append(parts, part)
				}
			}
			all[at] = strings.Join(parts, "+")
			if len(parts) == 0 {
				all[at] = "geen"
			}
		}
	}
	return all
}

// Arrangementen says which combinations of care people have, and what all their care costs.
func (o *oracle) Arrangementen() oracleTable {
	table := oracleTable{Name: "arrangementen", Keys: []string{"jaar", "gebied", "arrangement"},
		Columns: []string{"personen", "bedrag", "bedrag_reeel", "delta_personen", "grootste", "tweede"}}
	costs := o.personCosts(oracleByDomain)
	type cell struct {
		oracleAreaYear
		arrangement string
	}
	persons, amount, each := map[cell]int64{}, map[cell]oracleMoney{}, oracleAmounts[cell]{}
	for at, arrangement := range o.arrangements() {
		for _, area := range o.areasOf(o.place(at.person, at.year).buurt, at.year) {
			in := cell{oracleAreaYear{area, at.year}, arrangement}
			persons[in]++
			each.add(in, at.person, oracleAll(costs[at]).cents)
			sum := amount[in]
			sum.add(oracleAll(costs[at]))
			amount[in] = sum
		}
	}
	occurs := map[cell]bool{}
	for at := range persons {
		occurs[at] = true
		for _, year := range o.years {
			if at.year == o.baseYear {
				occurs[cell{oracleAreaYear{at.area, year}, at.arrangement}] = true
			}
		}
	}
	for at := range occurs {
		delta := ""
		if o.comparable(at.year) && o.comparable(o.baseYear) {
			delta = strconv.FormatInt(persons[at]-persons[cell{oracleAreaYear{at.area, o.baseYear}, at.arrangement}], 10)
		}
		values := map[string]string{"personen": strconv.FormatInt(persons[at], 10),
			"bedrag": oracleEuros(amount[at].cents), "bedrag_reeel": amount[at].real.text(), "delta_personen": delta}
		oracleLargest(values, each[at])
		table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(at.year), at.area, at.arrangement}, Values: values})
	}
	return table.sorted()
}

// Overgangen says which arrangement of the base year became which; who is there in one year only has a word for it.
func (o *oracle) Overgangen() oracleTable {
	table := oracleTable{Name: "overgangen", Keys: []string{"jaar", "gebied", "van", "naar"}, Columns: []string{"personen"}}
	arrangements := o.arrangements()
	for _, year := range o.years {
		persons := map[oracleAreaFlow]int64{}
		for _, t := range o.transitions(year) {
			flow := oracleFlow{t.label, t.label}
			if t.before {
				flow.from = arrangements[oraclePersonYear{t.person, o.baseYear}]
			}
			if t.there {
				flow.to = arrangements[oraclePersonYear{t.person, year}]
			}
			for _, area := range t.areas {
				persons[oracleAreaFlow{area, flow}]++
			}
		}
		for at, n := range persons {
			table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), at.area, at.from, at.to},
				Values: map[string]string{"personen": strconv.FormatInt(n, 10)}})
		}
	}
	return table.sorted()
}
