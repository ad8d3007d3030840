package pipeline_test

import "math/big"

// oraclePrecision is the number of bits in which a Fisher index, a root, is computed.
const oraclePrecision = 320

func oracleFloat(r *big.Rat) *big.Float {
	return new(big.Float).SetPrec(oraclePrecision).SetRat(r)
}

// oracleCode is what is sold within a care type.
type oracleCode struct{ domain, careType, list, code, unit string }

// oracleSold is what of a code began in a year.
type oracleSold struct{ cents, units int64 } // units in thousandths

// priced tells whether a price follows from it.
func (s *oracleSold) priced() bool { return s != nil && s.cents > 0 && s.units > 0 }

// oraclePrices are the prices that the lines themselves tell.
type oraclePrices struct {
	base int
	sold map[int]map[oracleCode]*oracleSold // by the year in which a line begins
}

// ownPrices adds up every line that counts, wherever its person lives.
func (o *oracle) ownPrices() oraclePrices {
	prices := oraclePrices{o.baseYear, map[int]map[oracleCode]*oracleSold{}}
	counted := o.countedInUnits()
	for _, l := range o.lines {
		if l.post != "" {
			continue
		}
		careType := o.classify(l).careType
		code := oracleCode{l.domain, careType, l.fields["codelijst"], l.fields["prestatiecode"], l.unit}
		units := int64(1000)
		if counted[l.domain+":"+careType] {
			code.unit = ""
		} else if l.hasVolume {
			units = l.volume
		}
		year := l.begin.year()
		if prices.sold[year] == nil {
			prices.sold[year] = map[oracleCode]*oracleSold{}
		}
		if prices.sold[year][code] == nil {
			prices.sold[year][code] = &oracleSold{}
		}
		prices.sold[year][code].cents += l.sign() * l.cents
		prices.sold[year][code].units += l.sign() * units
	}
	return prices
}

// fisher is the price index of a care type from a year to the next, over the codes with a price in both.
func (p oraclePrices) fisher(domain, careType string, year int) *big.Float {
	value := func(priced, sold *oracleSold) *big.Rat { // the units of one year at the price of the other
		return new(big.Rat).Mul(big.NewRat(priced.cents, priced.units), oracleRat(sold.units))
	}
	oldBasket, newBasket := [2]*big.Rat{{}, {}}, [2]*big.Rat{{}, {}} // at old and new prices
	matched := false
	for code, before := range p.sold[year] {
		after := p.sold[year+1][code]
		if code.domain != domain || code.careType != careType || !before.priced() || !after.priced() {
			continue
		}
		matched = true
		for i, priced := range []*oracleSold{before, after} {
			oldBasket[i].Add(oldBasket[i], value(priced, before))
			newBasket[i].Add(newBasket[i], value(priced, after))
		}
	}
	if !matched {
		return oracleFloat(oracleRat(1))
	}
	laspeyres := new(big.Rat).Quo(oldBasket[1], oldBasket[0])
	paasche := new(big.Rat).Quo(newBasket[1], newBasket[0])
	square := oracleFloat(new(big.Rat).Mul(laspeyres, paasche))
	return square.Sqrt(square)
}

// index is the chain of yearly indices from the base year, backwards before it.
func (p oraclePrices) index(domain, careType string, year int) *big.Float {
	index := oracleFloat(oracleRat(1))
	for y := p.base; y < year; y++ {
		index.Mul(index, p.fisher(domain, careType, y))
	}
	for y := year; y < p.base; y++ {
		index.Quo(index, p.fisher(domain, careType, y))
	}
	return index
}

// broken tells whether, in some step between the base year and a year, more than 1% of a domain's euros are of codes
// without a price in both years of the step.
func (p oraclePrices) broken(domain string, year int) bool {
	for y := min(year, p.base); y < max(year, p.base); y++ {
		var all, unmatched int64
		for step, other := range map[int]int{y: y + 1, y + 1: y} {
			for code, sold := range p.sold[step] {
				if code.domain != domain {
					continue
				}
				all += oracleAbs(sold.cents)
				if !sold.priced() || !p.sold[other][code].priced() {
					unmatched += oracleAbs(sold.cents)
				}
			}
		}
		if unmatched*100 > all {
			return true
		}
	}
	return false
}
