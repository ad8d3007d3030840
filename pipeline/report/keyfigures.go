package report

// The six key figures follow the questions of the programme: do costs fall or
// stay equal, do they shift between the laws and away from specialist care,
// does stacking fall.
const (
	figureCost       = "kosten_per_verzekerdejaar"
	figureZvw        = "aandeel_zvw"
	figureSocial     = "aandeel_sociaal_domein"
	figureSpecialist = "aandeel_specialistisch"
	figureBetween    = "aandeel_anderhalvelijn"
	figureStacking   = "stapeling_2_of_meer"
)

var socialDomains = []string{"wmo", "jeugdwet", "participatiewet"}

func (f *findings) chooseFigures() {
	define := func(id string, shape, change format, tolerance float64, relative bool, value func(area, year string) figure) {
		k := keyFigure{id: id, format: shape, change: change, tolerance: tolerance, areas: map[string]areaFigure{}}
		for _, area := range append([]string{f.area}, f.others...) {
			a := areaFigure{base: unknown, now: unknown, change: unknown}
			if f.hasBase {
				a.base = value(area, f.base)
			}
			if f.year != "" {
				a.now = value(area, f.year)
				if relative {
					a.change = growth(a.base, a.now)
				} else {
					a.change = minus(a.now, a.base)
				}
			}
			k.areas[area] = a
		}
		f.figures = append(f.figures, k)
	}
	define(figureCost, formatEuro, formatGrowth, 0.005, true, f.totalCost)
	define(figureZvw, formatPercent, formatPoints, 0.001, false, func(area, year string) figure {
		return f.share(area, year, []string{"zvw"})
	})
	define(figureSocial, formatPercent, formatPoints, 0.001, false, func(area, year string) figure {
		return f.share(area, year, socialDomains)
	})
	lineShare := func(lines ...string) func(area, year string) figure {
		return func(area, year string) figure { return sumOf(&f.line, "aandeel_zorg_reeel", area, year, lines) }
	}
	define(figureSpecialist, formatPercent, formatPoints, 0.001, false, lineShare("2", "3"))
	define(figureBetween, formatPercent, formatPoints, 0.001, false, lineShare("1.5"))
	define(figureStacking, formatPerThousand, formatPerThousandChange, 0.5, false, func(area, year string) figure {
		return stacked(&f.stack, area, year)
	})
}

// totalCost adds the real costs per insured year of all laws.
func (f *findings) totalCost(area, year string) figure {
	return sumOf(&f.cost, "per_verzekerdejaar_reeel", area, year, f.domains)
}

// share adds the shares of some laws in the real costs.
func (f *findings) share(area, year string, domains []string) figure {
	return sumOf(&f.shift, "aandeel_reeel", area, year, domains)
}

// sumOf adds a measure over groups; a group without a row has none of it, and
// when no group has a row the sum is unknown.
func sumOf(l *lookup, measure, area, year string, groups []string) figure {
	total, found := shown(0), false
	for _, g := range groups {
		if l.row(area, year, g) == nil {
			continue
		}
		found = true
		total = add(total, l.get(measure, area, year, g))
	}
	if !found {
		return unknown
	}
	return total
}

// stacked counts the persons with two or more arrangements per 1,000 insured
// years. One hidden class hides the sum, which would give it away.
func stacked(l *lookup, area, year string) figure {
	const telling = "arrangementen"
	total := shown(0)
	for _, class := range []string{"2", "3", "4", "5", "6+"} {
		total = add(total, l.get("per_1000", area, year, telling, class))
	}
	return total
}

// domainOrder gives each law once, in the order in which people name them.
func domainOrder(domains []string) []string {
	return ranked(unique(domains), domainRank)
}
