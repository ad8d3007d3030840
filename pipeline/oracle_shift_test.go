package pipeline_test

import (
	"math/big"
	"strconv"
	"strings"
)

func oracleCut(key string) (domain, careType string) {
	domain, careType, _ = strings.Cut(key, ":")
	return domain, careType
}

// oracleStandardise is the sum of weight × cost / years over the strata, and the sum of the weights. A stratum with a
// weight but no years takes the rate of the next younger stratum with years of its sex, else the next older, else of
// both sexes together by the same order, else of everyone. Without anyone both are zero.
func oracleStandardise(weight, cost, years map[oracleStratum]*big.Rat) (num, den *big.Rat) {
	num, den = new(big.Rat), new(big.Rat)
	rate := func(sexes string, band int) *big.Rat {
		c, v := new(big.Rat), new(big.Rat)
		for stratum := range years {
			if strings.Contains(sexes, stratum.sex) && (band < 0 || stratum.band == band) {
				v.Add(v, years[stratum])
				c.Add(c, cost[stratum])
			}
		}
		if v.Sign() == 0 {
			return nil
		}
		return c.Quo(c, v)
	}
	search := func(sexes string, band int) *big.Rat {
		for b := band; b >= 0; b-- {
			if found := rate(sexes, b); found != nil {
				return found
			}
		}
		for b := band + 1; b <= 18; b++ {
			if found := rate(sexes, b); found != nil {
				return found
			}
		}
		return nil
	}
	for stratum, w := range weight {
		if w.Sign() == 0 {
			continue
		}
		found := search(stratum.sex, stratum.band)
		if found == nil && stratum.sex != "0" {
			found = search("12", stratum.band)
		}
		if found == nil {
			found = rate("012", -1)
		}
		if found == nil {
			return new(big.Rat), new(big.Rat)
		}
		num.Add(num, new(big.Rat).Mul(w, found))
		den.Add(den, w)
	}
	return num, den
}

// oracleShiftRow is one row of a shift table in cents; shares are exact, nil where they are unknown.
type oracleShiftRow struct {
	name                  string
	base, now             int64
	delta, growth, shift  int64
	shareBase, shareOfNow *big.Rat
}

// oracleShift splits each row's change into growth at unchanged mix and shift. Growth is rounded half away from zero
// per row; the row with the largest |base| + |now|, then the first name, takes the remainder.
func oracleShift(rows []oracleShiftRow) {
	var base, now int64
	for _, r := range rows {
		base, now = base+r.base, now+r.now
	}
	largest, remainder := -1, now-base
	for i := range rows {
		r := &rows[i]
		r.delta = r.now - r.base
		if base <= 0 || now <= 0 {
			r.growth = r.delta
			continue
		}
		r.shareBase, r.shareOfNow = big.NewRat(r.base, base), big.NewRat(r.now, now)
		growth := new(big.Rat).Add(r.shareBase, r.shareOfNow)
		growth.Mul(growth, big.NewRat(now-base, 2))
		r.growth = oracleRound(growth)
		remainder -= r.growth
		if largest < 0 || oracleAbs(r.base)+oracleAbs(r.now) > oracleAbs(rows[largest].base)+oracleAbs(rows[largest].now) ||
			oracleAbs(r.base)+oracleAbs(r.now) == oracleAbs(rows[largest].base)+oracleAbs(rows[largest].now) && r.name < rows[largest].name {
			largest = i
		}
	}
	if largest >= 0 {
		rows[largest].growth += remainder
	}
	for i := range rows {
		rows[i].shift = rows[i].delta - rows[i].growth
	}
}

func oracleAbs(n int64) int64 { return max(n, -n) }

// VerschuivingDomein is the shift between the laws.
func (o *oracle) VerschuivingDomein() oracleTable {
	return o.shiftTable("verschuiving_domein", "domein", o.domains, oracleByDomain)
}

// VerschuivingLijn is the shift between the echelons, with each one's share within 1, 1.5, 2 and 3.
func (o *oracle) VerschuivingLijn() oracleTable {
	table := o.shiftTable("verschuiving_lijn", "lijn", o.lijnen, func(c *oracleCost) string { return c.lijn })
	table.Columns = append(table.Columns, "aandeel_zorg")
	care := map[string]bool{"1": true, "1.5": true, "2": true, "3": true}
	total := map[string]*big.Rat{}
	amount := func(row oracleRow) *big.Rat {
		euros, _ := new(big.Rat).SetString(row.Values["bedrag"])
		return euros
	}
	for _, row := range table.Rows {
		cell := row.Key[0] + row.Key[1]
		if total[cell] == nil {
			total[cell] = new(big.Rat)
		}
		if care[row.Key[2]] {
			total[cell].Add(total[cell], amount(row))
		}
	}
	for _, row := range table.Rows {
		if within := total[row.Key[0]+row.Key[1]]; care[row.Key[2]] && within.Sign() > 0 {
			row.Values["aandeel_zorg"] = oracleRatio(amount(row), within)
		}
	}
	return o.withLijnContributors(table)
}

// comparedLaws are the domains of which an area has a figure in the base year and in the year.
func (o *oracle) comparedLaws(area string, year int) (domains []string) {
	for _, domain := range o.domains {
		if o.told(area, o.baseYear, domain) && o.told(area, year, domain) {
			domains = append(domains, domain)
		}
	}
	return domains
}

// take adds the euros of another sum, if there is one.
func (s *oracleSum) take(other *oracleSum) {
	if other != nil {
		s.cents += other.cents
		s.real.add(other.real)
	}
}

func (o *oracle) shiftTable(name, key string, names []string, of func(*oracleCost) string) oracleTable {
	byLaw := o.sumBy(func(c *oracleCost) string { return c.domain + ":" + of(c) })
	table := oracleTable{Name: name, Keys: []string{"jaar", "gebied", key}, Columns: []string{
		"bedrag_basis", "bedrag_basis_reeel", "bedrag", "bedrag_reeel", "delta", "delta_reeel", "groei", "groei_reeel",
		"verschuiving", "verschuiving_reeel", "aandeel_basis", "aandeel"}}
	for _, year := range o.years {
		if o.incomplete[year] {
			continue
		}
		for _, area := range o.areas {
			laws := o.comparedLaws(area, year)
			names := names
			if name == "verschuiving_domein" {
				names = laws
			}
			nominal, real := make([]oracleShiftRow, len(names)), make([]oracleShiftRow, len(names))
			baseKnown, nowKnown := make([]bool, len(names)), make([]bool, len(names))
			allKnown := true
			for i, n := range names {
				base, now := oracleNewSum(), oracleNewSum()
				for _, domain := range laws {
					base.take(byLaw[oracleSumKey{oracleAreaYear{area, o.baseYear}, domain + ":" + n}])
					now.take(byLaw[oracleSumKey{oracleAreaYear{area, year}, domain + ":" + n}])
				}
				nominal[i] = oracleShiftRow{name: n, base: base.cents, now: now.cents}
				real[i] = oracleShiftRow{name: n, base: base.real.cents, now: now.real.cents}
				baseKnown[i], nowKnown[i] = !base.real.unknown, !now.real.unknown
				allKnown = allKnown && baseKnown[i] && nowKnown[i]
			}
			oracleShift(nominal)
			oracleShift(real)
			for i, n := range names {
				known := func(ok bool, cents int64) string { return oracleCents{cents, !ok}.text() }
				values := map[string]string{
					"bedrag_basis": oracleEuros(nominal[i].base), "bedrag": oracleEuros(nominal[i].now),
					"delta": oracleEuros(nominal[i].delta), "groei": oracleEuros(nominal[i].growth),
					"verschuiving":       oracleEuros(nominal[i].shift),
					"bedrag_basis_reeel": known(baseKnown[i], real[i].base),
					"bedrag_reeel":       known(nowKnown[i], real[i].now),
					"delta_reeel":        known(baseKnown[i] && nowKnown[i], real[i].delta),
					"groei_reeel":        known(allKnown, real[i].growth),
					"verschuiving_reeel": known(allKnown, real[i].shift),
					"aandeel_basis":      "", "aandeel": "",
				}
				if nominal[i].shareBase != nil {
					values["aandeel_basis"] = oracleRatio(nominal[i].shareBase, oracleRat(1))
					values["aandeel"] = oracleRatio(nominal[i].shareOfNow, oracleRat(1))
				}
				table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area, n}, Values: values})
			}
		}
	}
	return table.sorted()
}
