package pipeline_test

import (
	"math/big"
	"slices"
	"strconv"
)

// oracleFlow is money that goes from one law, or from a word for where it was before, to another.
type oracleFlow struct{ from, to string }

// oraclePersonFlows divides the changes of one person (cents by law) over flows. With a label, for who is there in
// only one year, nothing is matched.
func oraclePersonFlows(change map[string]int64, label string) map[oracleFlow]*big.Rat {
	flows := map[oracleFlow]*big.Rat{}
	var up, down int64
	for _, cents := range change {
		up, down = up+max(cents, 0), down+max(-cents, 0)
	}
	if label != "" {
		for law, cents := range change {
			switch {
			case cents > 0:
				flows[oracleFlow{label, law}] = oracleRat(cents)
			case cents < 0:
				flows[oracleFlow{law, label}] = oracleRat(-cents)
			}
		}
		return flows
	}
	matched := min(up, down)
	share := func(amount, part, whole int64) *big.Rat {
		return new(big.Rat).Mul(oracleRat(amount), big.NewRat(part, whole))
	}
	for a, less := range change {
		if less >= 0 {
			continue
		}
		if down > matched {
			flows[oracleFlow{a, "weg"}] = share(down-matched, -less, down)
		}
		for b, more := range change {
			if more > 0 {
				flows[oracleFlow{a, b}] = new(big.Rat).Mul(share(matched, -less, down), big.NewRat(more, up))
			}
		}
	}
	for b, more := range change {
		if more > 0 && up > matched {
			flows[oracleFlow{"nieuw", b}] = share(up-matched, more, up)
		}
	}
	return flows
}

type oracleAreaFlow struct {
	area string
	oracleFlow
}

// oracleFlows adds the flows of persons per area.
type oracleFlows struct {
	exact    map[oracleAreaFlow]*big.Rat
	persons  map[oracleAreaFlow]int64
	each     map[oracleAreaFlow][]int64 // of every person, rounded to cents
	up, down map[oracleAreaFlow]int64   // by area and law: what rose and fell at persons who are there in both years
}

func oracleNewFlows() *oracleFlows {
	return &oracleFlows{exact: map[oracleAreaFlow]*big.Rat{}, persons: map[oracleAreaFlow]int64{},
		each: map[oracleAreaFlow][]int64{},
		up:   map[oracleAreaFlow]int64{}, down: map[oracleAreaFlow]int64{}}
}

func (f *oracleFlows) add(areas []string, change map[string]int64, label string) {
	flows := oraclePersonFlows(change, label)
	for _, area := range areas {
		for flow, amount := range flows {
			at := oracleAreaFlow{area, flow}
			if f.exact[at] == nil {
				f.exact[at] = new(big.Rat)
			}
			f.exact[at].Add(f.exact[at], amount)
			f.persons[at]++
			f.each[at] = append(f.each[at], oracleRound(amount))
		}
		if label != "" {
			continue
		}
		for law, cents := range change {
			f.up[oracleAreaFlow{area, oracleFlow{"nieuw", law}}] += max(cents, 0)
			f.down[oracleAreaFlow{area, oracleFlow{law, "weg"}}] += max(-cents, 0)
		}
	}
}

// cents rounds what goes between two laws; nieuw and weg are what is left of the rises and falls of a law.
func (f *oracleFlows) cents() map[oracleAreaFlow]int64 {
	rounded := map[oracleAreaFlow]int64{}
	for at, cents := range f.up {
		rounded[at] += cents
	}
	for at, cents := range f.down {
		rounded[at] += cents
	}
	for at, amount := range f.exact {
		switch between := oracleDomains[at.from] && oracleDomains[at.to]; {
		case between:
			cents := oracleRound(amount)
			rounded[at] += cents
			rounded[oracleAreaFlow{at.area, oracleFlow{"nieuw", at.to}}] -= cents
			rounded[oracleAreaFlow{at.area, oracleFlow{at.from, "weg"}}] -= cents
		case at.from != "nieuw" && at.to != "weg":
			rounded[at] += oracleRound(amount)
		}
	}
	return rounded
}

// StroomPersonen says whose euros left one law and came back in another.
func (o *oracle) StroomPersonen() oracleTable {
	table := oracleTable{Name: "stroom_personen", Keys: []string{"jaar", "gebied", "van", "naar"},
		Columns: []string{"personen", "bedrag", "bedrag_reeel", "grootste", "tweede"}}
	costs := o.personCosts(oracleByDomain)
	for _, year := range o.years {
		nominal, real := oracleNewFlows(), oracleNewFlows()
		laws := o.personalLaws(year)
		unknown := slices.ContainsFunc(o.costs, func(c *oracleCost) bool {
			return c.person != "" && c.year == year && slices.Contains(laws, c.domain) && c.real.unknown
		})
		for _, t := range o.transitions(year) {
			change, realChange := map[string]int64{}, map[string]int64{}
			for _, law := range laws {
				base := costs[oraclePersonYear{t.person, o.baseYear}][law].cents
				now := costs[oraclePersonYear{t.person, year}][law]
				change[law], realChange[law] = now.cents-base, now.real.cents-base
			}
			nominal.add(t.areas, change, t.label)
			if !unknown {
				real.add(t.areas, realChange, t.label)
			}
		}
		cents, realCents := nominal.cents(), real.cents()
		occurs := map[oracleAreaFlow]bool{}
		for at := range cents {
			occurs[at] = nominal.persons[at] != 0 || cents[at] != 0 || realCents[at] != 0
		}
		for at := range realCents {
			occurs[at] = nominal.persons[at] != 0 || cents[at] != 0 || realCents[at] != 0
		}
		for at, is := range occurs {
			if is {
				first, second := oracleTopTwo(nominal.each[at])
				table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), at.area, at.from, at.to},
					Values: map[string]string{"personen": strconv.FormatInt(nominal.persons[at], 10),
						"bedrag": oracleEuros(cents[at]), "bedrag_reeel": oracleCents{realCents[at], unknown}.text(),
						"grootste": oracleEuros(first), "tweede": oracleEuros(second)}})
			}
		}
	}
	return table.sorted()
}
