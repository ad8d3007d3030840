package pipeline_test

import (
	"math/big"
	"strconv"
)

// oracleOldest is the age in months at which a month of care counts as grown up.
const oracleOldest = 36

// Limits of completeness: from oracleGrown a month is final, from oracleCredible the chain ladder is believed.
var (
	oracleGrown    = big.NewRat(98, 100)
	oracleCredible = big.NewRat(80, 100)
)

// oracleMonth is a month as the number of months since the year 0.
type oracleMonth int

func oracleMonthOf(d oracleDay) oracleMonth {
	year, month, _ := d.date()
	return oracleMonth(year*12 + month - 1)
}

func (m oracleMonth) year() int        { return int(m) / 12 }
func (m oracleMonth) first() oracleDay { return oracleDayOf(m.year(), int(m)%12+1, 1) }
func (m oracleMonth) last() oracleDay  { return (m + 1).first() - 1 }

// text is the first day of the month as an ISO date.
func (m oracleMonth) text() string {
	return strconv.Itoa(m.year()) + "-" + strconv.Itoa(int(m)%12 + 101)[1:] + "-01"
}

// quarter is the month's quarter, as in 2019-K1.
func (m oracleMonth) quarter() string {
	return strconv.Itoa(m.year()) + "-K" + strconv.Itoa(int(m)%12/3+1)
}

// oracleDeclaredPart is a modelled part of a line with the month in which the line was declared.
type oracleDeclaredPart struct {
	line            *oracleLine
	domain, care    string
	areas           []string
	month, declared oracleMonth
	dated           bool // declaratiedatum is there
	cents           int64
}

// declaredParts are the parts of every line that counts, of persons who live in the region on their first day.
func (o *oracle) declaredParts() (parts []oracleDeclaredPart) {
	for _, l := range o.lines {
		if l.post != "" {
			continue
		}
		declared, dated := oracleParseDay(l.fields["declaratiedatum"])
		care := o.classify(l).careType
		for _, part := range l.parts(false) {
			h := o.home(l.person, part.from)
			if h == nil {
				continue
			}
			p := oracleDeclaredPart{line: l, domain: l.domain, care: care, areas: o.areasOf(h.buurt, part.year),
				month: oracleMonthOf(part.from), dated: dated, cents: part.cents}
			if dated {
				p.declared = oracleMonthOf(declared)
			}
			parts = append(parts, p)
		}
	}
	return parts
}

// knownUntil is, per law, the last month of which everything declared in it can have been delivered. A law of which
// no line tells when it was declared has none.
func (o *oracle) knownUntil(parts []oracleDeclaredPart) map[string]oracleMonth {
	latest, stand := map[string]oracleDay{}, map[string]oracleDay{}
	for _, p := range parts {
		stand[p.domain] = max(stand[p.domain], o.deliveries[p.line.delivery].date)
		if declared, dated := oracleParseDay(p.line.fields["declaratiedatum"]); dated {
			before, known := latest[p.domain]
			if !known || declared > before {
				latest[p.domain] = declared
			}
		}
	}
	until := map[string]oracleMonth{}
	for domain, day := range latest {
		month := oracleMonthOf(day)
		if stand[domain] <= month.last() && day != month.last() {
			month--
		}
		until[domain] = month
	}
	return until
}

// oracleTriangle is what was known of each month of care of a care type, as it grew older.
type oracleTriangle struct {
	first, until oracleMonth
	byMonth      map[oracleMonth][]oracleDeclaredPart
	regime       func(oracleMonth) int
}

// observed is the age up to which a month is known.
func (t *oracleTriangle) observed(m oracleMonth) int { return min(int(t.until-m), oracleOldest) }

// at is what of a month was declared by an age, in cents.
func (t *oracleTriangle) at(m oracleMonth, age int) (cents int64) {
	for _, p := range t.byMonth[m] {
		if min(max(int(p.declared-m), 0), oracleOldest) <= age && p.declared <= t.until {
			cents += p.cents
		}
	}
	return cents
}

// growth is the factor from one age to the next of months of the same regime, or of all when no month of that regime
// is old enough; 1 where it cannot be told or is not above zero.
func (t *oracleTriangle) growth(age, regime int) *big.Rat {
	var from, to int64
	for _, all := range []bool{false, true} {
		found := false
		for m := t.first; m <= t.until; m++ {
			if t.observed(m) < age+1 || !all && t.regime(m) != regime {
				continue
			}
			found = true
			from, to = from+t.at(m, age), to+t.at(m, age+1)
		}
		if found {
			break
		}
	}
	if from == 0 || to == 0 || (to < 0) != (from < 0) {
		return oracleRat(1)
	}
	return big.NewRat(to, from)
}

// oracleEstimate is what a month will come to by the chain ladder, as stored.
type oracleEstimate struct {
	known    int64    // cents declared by now
	factor   *big.Rat // 9 decimals
	expected *big.Rat // euros, 6 decimals
}

// credible tells whether so much of a month is known that the chain ladder is believed.
func (e oracleEstimate) credible() bool {
	return new(big.Rat).Mul(oracleCredible, e.factor).Cmp(oracleRat(1)) <= 0
}

// estimates are those of every month up to the last that is known.
func (t *oracleTriangle) estimates() map[oracleMonth]oracleEstimate {
	type step struct{ age, regime int }
	steps := map[step]*big.Rat{}
	out := map[oracleMonth]oracleEstimate{}
	for m := t.first; m <= t.until; m++ {
		factor := oracleRat(1)
		for age := t.observed(m); age < oracleOldest; age++ {
			at := step{age, t.regime(m)}
			if steps[at] == nil {
				steps[at] = t.growth(at.age, at.regime)
			}
			factor.Mul(factor, steps[at])
		}
		known := t.at(m, t.observed(m))
		out[m] = oracleEstimate{known: known, factor: oracleStored(factor, 9),
			expected: oracleStored(new(big.Rat).Mul(big.NewRat(known, 100), factor), 6)}
	}
	return out
}

// oracleStored is a figure rounded to the decimals with which it is stored.
func oracleStored(r *big.Rat, decimals int) *big.Rat {
	unit := oracleRat(1)
	for range decimals {
		unit.Mul(unit, oracleRat(10))
	}
	whole := new(big.Rat).SetInt64(oracleRound(new(big.Rat).Mul(r, unit)))
	return whole.Quo(whole, unit)
}

// trend is the growth over a year of the latest twelve months that are credible; 1 where it cannot be told.
func (t *oracleTriangle) trend(estimates map[oracleMonth]oracleEstimate) *big.Rat {
	now, before := new(big.Rat), new(big.Rat)
	months := 0
	for m := t.until; m >= t.first && months < 12; m-- {
		if !estimates[m].credible() {
			continue
		}
		earlier, known := estimates[m-12]
		if !known {
			return oracleRat(1)
		}
		months++
		now.Add(now, estimates[m].expected)
		before.Add(before, earlier.expected)
	}
	if months < 12 || now.Sign() == 0 || now.Sign() != before.Sign() {
		return oracleRat(1)
	}
	return now.Quo(now, before)
}
