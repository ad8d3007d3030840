package pipeline_test

import (
	"math/big"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// oracleMoneyReferences are the rows of the reference tables that only the tables of MoneyTables use.
type oracleMoneyReferences struct {
	regimes   []map[string]string // stelselwijziging
	careNames []map[string]string // zorgsoort_naam
	payers    []map[string]string // financier
	signals   []map[string]string // hoogspecialistisch
	contacts  []map[string]string // huisartscontact
}

// oracleShippedReferences are the reference tables that no test region replaces.
func oracleShippedReferences(reference map[string]string) map[string]string {
	for _, name := range []string{"stelselwijziging", "zorgsoort_naam", "financier", "hoogspecialistisch", "huisartscontact"} {
		reference[name] = filepath.Join("..", "queries", "reference", name+".csv")
	}
	return reference
}

// MoneyTables returns the indicators of completeness, of money beside the claims, of the referral funnel and of the
// goals.
func (o *oracle) MoneyTables() []oracleTable {
	return []oracleTable{
		o.Volledigheid(), o.KostenPerKwartaal(), o.KostenBuitenDeclaraties(), o.BatenLasten(), o.Benchmark(),
		o.SpecialistischeZorg(), o.Verwijzing(), o.Doelen(),
	}
}

// oracleBudget is one delivered row of budget that counts.
type oracleBudget struct {
	domain, post string
	areas        []string
	year         int
	cents        int64
}

var oracleBudgetPosts = map[string]bool{"programma": true, "subsidie": true, "lumpsum": true, "pgb": true}

// readBudgets reads the rows of budget; of a supplier, law and year only what was delivered since the newest complete
// delivery counts.
func (o *oracle) readBudgets() {
	type key struct {
		supplier, domain string
		year             int
	}
	present := map[key][]*oracleBudget{}
	for _, d := range o.deliveries {
		if d.table != "budget" {
			continue
		}
		var rows []*oracleBudget
		var count oracleQuarantine
		for _, r := range d.records {
			b, cents := o.readBudget(r)
			count.add(b == nil, cents)
			if b != nil {
				rows = append(rows, b)
			}
		}
		if count.refuses() {
			o.refused = append(o.refused, d.path)
			continue
		}
		emptied := map[key]bool{}
		for _, b := range rows {
			at := key{d.supplier, b.domain, b.year}
			if d.complete && !emptied[at] {
				present[at], emptied[at] = nil, true
			}
			present[at] = append(present[at], b)
		}
	}
	for _, rows := range present {
		o.budgets = append(o.budgets, rows...)
	}
}

// readBudget reads a row; nil when it goes to the quarantine.
func (o *oracle) readBudget(r oracleRecord) (b *oracleBudget, cents int64) {
	cents, readable := oracleParseDecimal(r["bedrag"], 2)
	if r == nil || !readable || !oracleDomains[r["domein"]] || !oracleYearText.MatchString(r["jaar"]) || r["gebied"] == "" ||
		!oracleBudgetPosts[r["post"]] {
		return nil, cents
	}
	year, _ := strconv.Atoi(r["jaar"])
	return &oracleBudget{domain: r["domein"], post: r["post"], year: year, cents: cents, areas: o.budgetAreas(r["gebied"], year)}, cents
}

// budgetAreas are the areas that an amount counts in: its own and all above it. An area that the reference table does
// not know is none.
func (o *oracle) budgetAreas(delivered string, year int) []string {
	switch delivered {
	case "regio":
		return []string{"regio"}
	case "pilot", "controle":
		return []string{delivered, "regio"}
	}
	code, level := o.findArea(delivered, year)
	if level < 0 {
		return nil
	}
	return o.aggregateAreas(&oracleAggregate{area: code, level: level, year: year})
}

// KostenBuitenDeclaraties is the money that is in no person's claim.
func (o *oracle) KostenBuitenDeclaraties() oracleTable {
	type cell struct{ year, area, domain, post string }
	nominal, real := map[cell]int64{}, map[cell]oracleCents{}
	for _, b := range o.budgets {
		if !slices.Contains(o.years, b.year) {
			continue
		}
		for _, area := range b.areas {
			at := cell{strconv.Itoa(b.year), area, b.domain, b.post}
			nominal[at] += b.cents
			sum := real[at]
			sum.add(o.real(b.cents, b.domain, "", b.year))
			real[at] = sum
		}
	}
	table := oracleTable{Name: "kosten_buiten_declaraties", Keys: []string{"jaar", "gebied", "domein", "post"},
		Columns: []string{"bedrag", "bedrag_reeel", "verzekerdejaren", "per_verzekerdejaar", "per_verzekerdejaar_reeel"}}
	for at, cents := range nominal {
		year, _ := strconv.Atoi(at.year)
		values := map[string]string{"bedrag": oracleEuros(cents), "bedrag_reeel": real[at].text()}
		if insured := o.insuredYears(at.area, year); insured.Sign() > 0 {
			values["verzekerdejaren"] = oracleRatio(insured, oracleRat(1))
			values["per_verzekerdejaar"] = oracleRatio(big.NewRat(cents, 100), insured)
			if !real[at].unknown {
				values["per_verzekerdejaar_reeel"] = oracleRatio(big.NewRat(real[at].cents, 100), insured)
			}
		}
		table.Rows = append(table.Rows, oracleRow{Key: []string{at.year, at.area, at.domain, at.post}, Values: values})
	}
	return table.sorted()
}

// comparableYears are the years that may be compared.
func (o *oracle) comparableYears() (years []int) {
	for _, year := range o.years {
		if !o.incomplete[year] {
			years = append(years, year)
		}
	}
	return years
}

// payers are the laws that each payer pays in a year.
func (o *oracle) payers(year int) map[string][]string {
	payers := map[string][]string{}
	for _, row := range o.references.payers {
		if oracleValid(row, oracleDayOf(year, 1, 1)) && slices.Contains(o.domains, row["domein"]) {
			payers[row["financier"]] = append(payers[row["financier"]], row["domein"])
		}
	}
	return payers
}

// worst is the least certain status of laws in a year.
func (o *oracle) worst(domains []string, year int) string {
	worst := "definitief"
	for _, domain := range domains {
		status := o.status(domain, year)
		if status == "onvolledig" || worst == "definitief" {
			worst = status
		}
	}
	return worst
}

// BatenLasten is the wrong-pocket table: what a payer spends beside what it would have spent had the area grown as the
// control area did.
func (o *oracle) BatenLasten() oracleTable {
	table := oracleTable{Name: "baten_lasten", Keys: []string{"jaar", "gebied", "financier"}, Columns: []string{"verwacht",
		"verwacht_reeel", "werkelijk", "werkelijk_reeel", "verschil", "verschil_reeel", "verzekerdejaren", "status", "domeinen"}}
	sums := o.sumBy(oracleByDomain)
	controlled := slices.Contains(o.areas, "controle")
	for _, year := range o.comparableYears() {
		for payer, paid := range o.payers(year) {
			for _, area := range o.areas {
				var domains []string
				for _, domain := range paid {
					if o.toldTwice(area, year, domain) && (!controlled || o.toldTwice("controle", year, domain)) {
						domains = append(domains, domain)
					}
				}
				if len(domains) == 0 {
					continue
				}
				values := map[string]string{"status": o.worst(domains, year), "domeinen": strings.Join(slices.Sorted(slices.Values(domains)), "|")}
				insured := o.mostInsured(area, year, domains)
				if insured.Sign() > 0 || slices.ContainsFunc(domains, func(domain string) bool { return o.personLevel(domain, year) }) {
					values["verzekerdejaren"] = oracleRatio(insured, oracleRat(1))
				}
				for _, suffix := range []string{"", "_reeel"} {
					euros := func(area string, year int) (sum oracleCents) {
						for _, domain := range domains {
							of := oracleNewSum()
							of.take(sums[oracleSumKey{oracleAreaYear{area, year}, domain}])
							if suffix == "" {
								of.real = oracleCents{cents: of.cents}
							}
							sum.add(of.real)
						}
						return sum
					}
					actual, expected := euros(area, year), oracleCents{unknown: true}
					if controlled {
						expected = o.asControl(area, year, domains, euros)
					}
					values["werkelijk"+suffix], values["verwacht"+suffix] = actual.text(), expected.text()
					actual.add(oracleCents{-expected.cents, expected.unknown})
					values["verschil"+suffix] = actual.text()
				}
				table.Rows = append(table.Rows, oracleRow{Key: []string{strconv.Itoa(year), area, payer}, Values: values})
			}
		}
	}
	return table.sorted()
}

// toldTwice tells whether an area has a figure of a law in the base year and in the year.
func (o *oracle) toldTwice(area string, year int, domain string) bool {
	return o.told(area, o.baseYear, domain) && o.told(area, year, domain)
}

// mostInsured are the insured years of the law that has most of them.
func (o *oracle) mostInsured(area string, year int, domains []string) *big.Rat {
	most := new(big.Rat)
	for _, domain := range domains {
		if insured := o.insuredOf(area, year, domain); insured.Cmp(most) > 0 {
			most = insured
		}
	}
	return most
}

// asControl is the base per insured year, grown as that of the control area did, times the insured years now.
func (o *oracle) asControl(area string, year int, domains []string, euros func(string, int) oracleCents) oracleCents {
	base, controlBase, controlNow := euros(area, o.baseYear), euros("controle", o.baseYear), euros("controle", year)
	insuredBase, insuredNow := o.mostInsured(area, o.baseYear, domains), o.mostInsured(area, year, domains)
	controlInsuredBase, controlInsuredNow := o.mostInsured("controle", o.baseYear, domains), o.mostInsured("controle", year, domains)
	if base.unknown || controlBase.unknown || controlNow.unknown || controlBase.cents <= 0 || insuredBase.Sign() == 0 ||
		insuredNow.Sign() == 0 || controlInsuredBase.Sign() == 0 || controlInsuredNow.Sign() == 0 {
		return oracleCents{unknown: true}
	}
	expected := new(big.Rat).Quo(oracleRat(base.cents), insuredBase)
	expected.Mul(expected, big.NewRat(controlNow.cents, controlBase.cents))
	expected.Mul(expected, new(big.Rat).Quo(controlInsuredBase, controlInsuredNow))
	return oracleCents{cents: oracleRound(expected.Mul(expected, insuredNow))}
}
