package pipeline_test

import (
	"math/big"
	"math/bits"
	"slices"
	"strconv"
)

// oracleFactors are the factors of the identity: insured years × share of the stratum × users per insured year × units
// per user × price index × euros per unit at the prices of the base year.
var oracleFactors = []string{"bevolking", "leeftijd_geslacht", "gebruikers", "volume", "prijs", "mix"}

const (
	oraclePriceFactor = 4
	oracleMixFactor   = 5
)

// oracleShapley divides f(all) − f(none) over the factors, f being the sum over cells of the product of the factors, the
// ones in a mask as they are now and the others as in the base year: over all masks M without the factor,
// |M|! (5 − |M|)! / 6! × (f(M with the factor) − f(M)).
func oracleShapley(cells [][2][6]*big.Float) (effects [6]*big.Rat) {
	var f [64]*big.Float
	product := oracleFloat(oracleRat(1))
	for mask := range f {
		f[mask] = oracleFloat(new(big.Rat))
		for _, cell := range cells {
			product.SetInt64(1)
			for factor := range oracleFactors {
				product.Mul(product, cell[mask>>factor&1][factor])
			}
			f[mask].Add(f[mask], product)
		}
	}
	factorial := []int64{1, 1, 2, 6, 24, 120, 720}
	for factor := range oracleFactors {
		effects[factor] = new(big.Rat)
		for mask := range f {
			if mask>>factor&1 == 1 {
				continue
			}
			others := bits.OnesCount(uint(mask))
			step := oracleExact(new(big.Float).Sub(f[mask|1<<factor], f[mask]))
			step.Mul(step, big.NewRat(factorial[others]*factorial[5-others], 720))
			effects[factor].Add(effects[factor], step)
		}
	}
	return effects
}

// oracleExact reads 40 decimals, so that a half cent is a half cent again.
func oracleExact(f *big.Float) *big.Rat {
	exact, _ := new(big.Rat).SetString(f.Text('f', 40))
	return exact
}

// oracleRoundEffects rounds effects to the cent. What the product cannot tell goes to the mix; under a break of trend so does the
// price, which is then unknown. The largest effect, then the first name, takes the remainder.
func oracleRoundEffects(effects [6]*big.Rat, delta int64, broken bool) map[string]oracleCents {
	mix := oracleRat(delta)
	for factor, effect := range effects {
		if factor != oracleMixFactor && (factor != oraclePriceFactor || !broken) {
			mix.Sub(mix, effect)
		}
	}
	effects[oracleMixFactor] = mix
	rounded := map[string]oracleCents{}
	for factor, name := range oracleFactors {
		rounded[name] = oracleCents{cents: oracleRound(effects[factor])}
	}
	if broken {
		rounded[oracleFactors[oraclePriceFactor]] = oracleCents{unknown: true}
	}
	largest, remainder := "", delta
	for _, name := range slices.Sorted(slices.Values(oracleFactors)) {
		remainder -= rounded[name].cents
		if largest == "" || oracleAbs(rounded[name].cents) > oracleAbs(rounded[largest].cents) {
			largest = name
		}
	}
	rounded[largest] = oracleCents{cents: rounded[largest].cents + remainder}
	return rounded
}

// oracleCare is what one stratum of an area gets of one care type in a year.
type oracleCare struct {
	cents, volume int64 // volume in thousandths
	persons       map[string]int64
}

// users are the persons whose net amount is above zero.
func (c *oracleCare) users() (n int64) {
	if c == nil {
		return 0
	}
	for _, cents := range c.persons {
		if cents > 0 {
			n++
		}
	}
	return n
}

type oracleCareKey struct {
	stratum  oracleStratum
	careType string
}

type oracleCareOf struct {
	oracleAreaYear
	domain string
}

func (o *oracle) careByStratum() map[oracleCareOf]map[oracleCareKey]*oracleCare {
	all := map[oracleCareOf]map[oracleCareKey]*oracleCare{}
	for _, c := range o.costs {
		for _, area := range c.areas {
			at, key := oracleCareOf{oracleAreaYear{area, c.year}, c.domain}, oracleCareKey{c.stratum, c.careType}
			if all[at] == nil {
				all[at] = map[oracleCareKey]*oracleCare{}
			}
			if all[at][key] == nil {
				all[at][key] = &oracleCare{persons: map[string]int64{}}
			}
			all[at][key].cents += c.cents
			all[at][key].volume += c.volume
			all[at][key].persons[c.person] += c.cents
		}
	}
	return all
}

// factors are the factors of a cell in a year, in cents; nil where the year does not tell.
func (o *oracle) factors(at oracleAreaYear, stratum oracleStratum, care *oracleCare, price *big.Float) (f [6]*big.Float) {
	all, own, daysOfYear := o.peopleIn(at.area, at.year).days, o.peopleIn(at.area, at.year).stratumDays[stratum], int64(oracleDaysIn(at.year))
	f[0], f[1], f[4] = oracleFloat(big.NewRat(all, daysOfYear)), oracleFloat(new(big.Rat)), price
	if own == 0 {
		return f
	}
	users := care.users()
	f[1] = oracleFloat(big.NewRat(own, all))
	f[2] = oracleFloat(big.NewRat(users*daysOfYear, own))
	if users == 0 {
		return f
	}
	units := care.volume
	if units == 0 {
		units = 1000 * users
	}
	f[3] = oracleFloat(big.NewRat(units, 1000*users))
	f[5] = oracleFloat(big.NewRat(1000*care.cents, units))
	f[5].Quo(f[5], price)
	return f
}

// decompose is the effect of each factor on the costs of an area and domain, in cents.
func (o *oracle) decompose(area string, year int, base, now map[oracleCareKey]*oracleCare, price func(careType string, year int) *big.Float) [6]*big.Rat {
	keys := map[oracleCareKey]bool{}
	for _, side := range []map[oracleCareKey]*oracleCare{base, now} {
		for key, care := range side {
			keys[key] = keys[key] || care.users() > 0
		}
	}
	var cells [][2][6]*big.Float
	for key, used := range keys {
		if !used {
			continue
		}
		cell := [2][6]*big.Float{
			o.factors(oracleAreaYear{area, o.baseYear}, key.stratum, base[key], price(key.careType, o.baseYear)),
			o.factors(oracleAreaYear{area, year}, key.stratum, now[key], price(key.careType, year)),
		}
		for factor := range oracleFactors {
			for side := range cell {
				if cell[side][factor] == nil {
					cell[side][factor] = cell[1-side][factor]
				}
			}
		}
		cells = append(cells, cell)
	}
	return oracleShapley(cells)
}

// Ontleding says why costs changed since the base year.
func (o *oracle) Ontleding() oracleTable {
	table := oracleTable{Name: "ontleding", Keys: []string{"jaar", "gebied", "domein", "factor"},
		Columns: []string{"effect", "trendbreuk", "delta"}}
	care, prices := o.careByStratum(), o.ownPrices()
	total := func(cells map[oracleCareKey]*oracleCare) (cents int64) {
		for _, c := range cells {
			cents += c.cents
		}
		return cents
	}
	for _, year := range o.years {
		if !o.comparable(year) {
			continue
		}
		for _, domain := range o.personalLaws(year) {
			known := map[oracleSumKey]*big.Float{}
			price := func(careType string, of int) *big.Float {
				at := oracleSumKey{oracleAreaYear{"", of}, careType}
				if known[at] == nil {
					known[at] = prices.index(domain, careType, of)
				}
				return known[at]
			}
			broken := prices.broken(domain, year)
			for _, area := range o.areas {
				base := care[oracleCareOf{oracleAreaYear{area, o.baseYear}, domain}]
				now := care[oracleCareOf{oracleAreaYear{area, year}, domain}]
				delta := total(now) - total(base)
				effects := oracleRoundEffects(o.decompose(area, year, base, now, price), delta, broken)
				for _, factor := range oracleFactors {
					table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area, domain, factor},
						Values: map[string]string{"effect": effects[factor].text(), "delta": oracleEuros(delta),
							"trendbreuk": map[bool]string{true: "ja", false: "nee"}[broken]}})
				}
			}
		}
	}
	return table.sorted()
}
