package pipeline_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// oracleProviderColumns tell which persons and providers stand behind an amount.
var oracleProviderColumns = []string{"grootste", "tweede", "aanbieders", "aanbieder_grootste", "aanbieder_tweede"}

// oracleTopTwo are the two largest of amounts without their sign, zero for one that is not there.
func oracleTopTwo(amounts []int64) (first, second int64) {
	var all []int64
	for _, cents := range amounts {
		all = append(all, oracleAbs(cents))
	}
	slices.Sort(all)
	all = append([]int64{0, 0}, all...)
	return all[len(all)-1], all[len(all)-2]
}

// oracleAmounts are the amounts of persons, or of other contributors, in each cell.
type oracleAmounts[K comparable] map[K]map[string]int64

func (a oracleAmounts[K]) add(cell K, who string, cents int64) {
	if a[cell] == nil {
		a[cell] = map[string]int64{}
	}
	a[cell][who] += cents
}

// oracleLargest puts the two largest of amounts in the columns grootste and tweede.
func oracleLargest(values map[string]string, amounts map[string]int64) {
	first, second := oracleTopTwo(slices.Collect(maps.Values(amounts)))
	values["grootste"], values["tweede"] = oracleEuros(first), oracleEuros(second)
}

// oracleTopProviders puts in the columns of providers how many have an amount left, and the two largest of those.
func oracleTopProviders(values map[string]string, amounts map[string]int64) {
	n := 0
	for _, cents := range amounts {
		if cents != 0 {
			n++
		}
	}
	first, second := oracleTopTwo(slices.Collect(maps.Values(amounts)))
	values["aanbieders"] = strconv.Itoa(n)
	values["aanbieder_grootste"], values["aanbieder_tweede"] = oracleEuros(first), oracleEuros(second)
}

// contributors fills the columns of persons and providers; they stay unknown where all comes from aggregaat.
func (s *oracleSum) contributors(values map[string]string) {
	if s.aggregate && len(s.persons) == 0 {
		return
	}
	oracleLargest(values, s.persons)
	oracleTopProviders(values, s.providers)
}

// merge adds all of another sum, if there is one.
func (s *oracleSum) merge(other *oracleSum) {
	if other == nil {
		return
	}
	s.aggregate = s.aggregate || other.aggregate
	for who, cents := range other.persons {
		s.persons[who] += cents
	}
	for who, cents := range other.providers {
		s.providers[who] += cents
	}
}

// withLijnContributors adds to the shift of the echelons who stand behind the amount of the year, and which laws are in
// the amounts of the base year and the year.
func (o *oracle) withLijnContributors(table oracleTable) oracleTable {
	table.Columns = append(append(table.Columns, oracleProviderColumns...), "domeinen")
	sums := o.sumBy(func(c *oracleCost) string { return c.domain + ":" + c.lijn })
	for _, row := range table.Rows {
		year, _ := strconv.Atoi(row.Key[0])
		all := oracleNewSum()
		var laws []string
		for _, domain := range o.comparedLaws(row.Key[1], year) {
			now := sums[oracleSumKey{oracleAreaYear{row.Key[1], year}, domain + ":" + row.Key[2]}]
			base := sums[oracleSumKey{oracleAreaYear{row.Key[1], o.baseYear}, domain + ":" + row.Key[2]}]
			all.merge(now)
			if now != nil || base != nil {
				laws = append(laws, domain)
			}
		}
		all.contributors(row.Values)
		row.Values["domeinen"] = strings.Join(laws, "|")
	}
	return table
}

// comparedType is the national cost type that the benchmark counts a care type with; empty where there is none.
func (o *oracle) comparedType(domain, care string, year int) string {
	national := o.national(domain, year)
	name := o.nationalType(care, year)
	people := false
	for _, years := range national.years {
		people = people || years.Sign() > 0
	}
	if national.cents[name] == nil || !people {
		return ""
	}
	return name
}

// describe tells which laws are in a cell, and the one law and care type where there are no others.
func (s *oracleSum) describe(values map[string]string) {
	laws := map[string]bool{}
	for kind := range s.kinds {
		domain, careType := oracleCut(kind)
		laws[domain] = true
		if len(s.kinds) == 1 {
			values["domein"], values["zorgsoort"] = domain, careType
		}
	}
	values["domeinen"] = strings.Join(oracleSortedKeys(laws), "|")
}

// oracleMoved is what a rule takes to or from lijn 3 when its signal is read the other way.
func oracleMoved(signal string, core bool, lijn string, cents int64) int64 {
	switch {
	case signal != "" && core && lijn == "3":
		return -cents
	case signal != "" && !core && lijn != "3":
		return cents
	}
	return 0
}
