package pipeline_test

import (
	"math/big"
	"slices"
	"sort"
	"strconv"
)

// oracleResident is what a person costs in an area in a year, and the days that they live there.
type oracleResident struct {
	days  int64
	money oracleMoney
}

// residents are the persons with a day of residence in each area and year, with their costs there.
func (o *oracle) residents() map[oracleAreaYear]map[string]*oracleResident {
	all := map[oracleAreaYear]map[string]*oracleResident{}
	for _, year := range o.years {
		for person := range o.homes {
			for _, h := range o.stay(person, year) {
				if h == nil {
					continue
				}
				for _, area := range o.areasOf(h.buurt, year) {
					at := oracleAreaYear{area, year}
					if all[at] == nil {
						all[at] = map[string]*oracleResident{}
					}
					if all[at][person] == nil {
						all[at][person] = &oracleResident{}
					}
					all[at][person].days++
				}
			}
		}
	}
	for _, c := range o.costs {
		for _, area := range c.areas {
			if r := all[oracleAreaYear{area, c.year}][c.person]; r != nil {
				r.money.add(oracleMoney{c.cents, c.real})
			}
		}
	}
	return all
}

// oracleCap is the weighted 99.5th percentile of annualised costs in euros, each rounded to six decimals and weighted
// with its days: the smallest that with all below it has 99.5% of the days.
func oracleCap(persons map[string]*oracleResident, daysOfYear int64) *big.Rat {
	type annual struct{ millionths, days int64 }
	var all []annual
	var total, passed int64
	for _, r := range persons {
		cost := new(big.Rat).Mul(oracleRat(r.money.cents*10_000), big.NewRat(daysOfYear, r.days))
		all = append(all, annual{oracleRound(cost), r.days})
		total += r.days
	}
	sort.Slice(all, func(i, j int) bool { return all[i].millionths < all[j].millionths })
	for _, a := range all {
		passed += a.days
		if passed*1000 >= total*995 {
			return big.NewRat(a.millionths, 1_000_000)
		}
	}
	return new(big.Rat)
}

// oracleTop is the sum of the k largest amounts, and of all.
func oracleTop(amounts []int64, k int) (top, total int64) {
	sorted := slices.Sorted(slices.Values(amounts))
	for i, cents := range slices.Backward(sorted) {
		total += cents
		if i >= len(sorted)-k {
			top += cents
		}
	}
	return top, total
}

// oracleShare is a part of a total, unknown where the total is not above zero.
func oracleShare(part, total int64) string {
	if total <= 0 {
		return ""
	}
	return oracleRatio(oracleRat(part), oracleRat(total))
}

// Concentratie says how much hangs on few people, and splits the real euros exactly at one cap per insured year.
func (o *oracle) Concentratie() oracleTable {
	table := oracleTable{Name: "concentratie", Keys: []string{"jaar", "gebied", "groep"},
		Columns: []string{"personen", "bedrag", "bedrag_reeel", "aandeel_bedrag", "aandeel_bedrag_reeel", "grens", "grootste", "tweede", "deel_van"}}
	all := o.residents()
	limit := oracleCap(all[oracleAreaYear{"regio", o.baseYear}], int64(oracleDaysIn(o.baseYear)))
	for at, persons := range all {
		var nominal, real []int64
		unknown := false
		for _, r := range persons {
			nominal, real = append(nominal, r.money.cents), append(real, r.money.real.cents)
			unknown = unknown || r.money.real.unknown
		}
		largest := func(values map[string]string, amounts []int64) {
			first, second := oracleTopTwo(amounts)
			values["grootste"], values["tweede"] = oracleEuros(first), oracleEuros(second)
		}
		add := func(group string, values map[string]string) {
			table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(at.year), at.area, group}, Values: values})
		}
		for _, percent := range []int{1, 5, 10} {
			k := (len(persons)*percent + 99) / 100
			top, total := oracleTop(nominal, k)
			values := map[string]string{"personen": strconv.Itoa(k), "bedrag": oracleEuros(top), "aandeel_bedrag": oracleShare(top, total)}
			if top, total := oracleTop(real, k); !unknown {
				values["bedrag_reeel"], values["aandeel_bedrag_reeel"] = oracleEuros(top), oracleShare(top, total)
			}
			largest(values, slices.Sorted(slices.Values(nominal))[len(nominal)-k:])
			add("top_"+strconv.Itoa(percent), values)
		}
		var capped, above, aboveCap int64
		var parts, rests []int64
		for _, r := range persons {
			part := new(big.Rat).Mul(limit, big.NewRat(100*r.days, int64(oracleDaysIn(at.year))))
			under := r.money.real.cents
			if part.Cmp(oracleRat(under)) < 0 {
				under = oracleRound(part)
			}
			capped, above = capped+under, above+r.money.real.cents-under
			parts, rests = append(parts, under), append(rests, r.money.real.cents-under)
			if r.money.real.cents > under {
				aboveCap++
			}
		}
		_, total := oracleTop(real, 0)
		under := map[string]string{"personen": strconv.Itoa(len(persons)), "grens": oracleRatio(limit, oracleRat(1)),
			"deel_van": "totaal"}
		over := map[string]string{"grens": under["grens"], "deel_van": "totaal"}
		if !unknown {
			largest(under, parts)
			largest(over, rests)
			under["bedrag_reeel"], under["aandeel_bedrag_reeel"] = oracleEuros(capped), oracleShare(capped, total)
			over["bedrag_reeel"], over["aandeel_bedrag_reeel"] = oracleEuros(above), oracleShare(above, total)
			over["personen"] = strconv.FormatInt(aboveCap, 10)
		}
		add("afgetopt", under)
		add("boven_grens", over)
	}
	return table.sorted()
}
