package pipeline_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// oracleGoal is a goal of the programme; laws are all when empty, lijnen too.
type oracleGoal struct {
	name, unit, wanted string
	laws, lijnen       []string
}

const (
	oraclePerYear     = "euro per verzekerdejaar"
	oraclePerThousand = "per 1.000 verzekerdejaren"
)

var oracleGoals = []oracleGoal{
	{name: "kosten_totaal", unit: oraclePerYear, wanted: "daling of gelijk"},
	{name: "kosten_zvw", unit: oraclePerYear, wanted: "daling", laws: []string{"zvw"}},
	{name: "kosten_sociaal_domein", unit: oraclePerYear, wanted: "geen", laws: []string{"wmo", "jeugdwet", "participatiewet"}},
	{name: "specialistisch", unit: oraclePerYear, wanted: "daling", lijnen: []string{"2", "3"}},
	{name: "hoogspecialistisch", unit: oraclePerYear, wanted: "daling", lijnen: []string{"3"}},
	{name: "stapeling", unit: oraclePerThousand, wanted: "daling", laws: []string{"wmo", "jeugdwet", "wlz"}},
	{name: "verwijzing", unit: oraclePerThousand, wanted: "daling", laws: []string{"zvw"}},
}

// oracleUnknownMost is the share of euros without a known care type above which no goal is judged.
var oracleUnknownMost = big.NewRat(5, 1000)

// oracleZ is the normal quantile of a 95% interval.
var oracleZ = big.NewRat(1_959_963_985, 1_000_000_000)

// wants tells whether a cell is of the goal's laws and echelons.
func (g oracleGoal) wants(c *oracleCost) bool {
	return (g.laws == nil || slices.Contains(g.laws, c.domain)) && (g.lijnen == nil || slices.Contains(g.lijnen, c.lijn))
}

// oracleObserved is, of the persons with days of residence in an area in a year, their insured years and what the goal
// measures (euros, or thousands of persons or events).
type oracleObserved struct {
	days        map[string]int64
	value       map[string]*big.Rat
	year        int
	years, mean *big.Rat // of all persons; mean is nil without persons
	unknown     bool
}

// settle works out the insured years of everyone and the measure per insured year.
func (w *oracleObserved) settle() {
	var days int64
	total := new(big.Rat)
	for person, n := range w.days {
		days += n
		if w.value[person] != nil {
			total.Add(total, w.value[person])
		}
	}
	w.years = big.NewRat(days, int64(oracleDaysIn(w.year)))
	if days > 0 {
		w.mean = total.Quo(total, w.years)
	}
}

func (w *oracleObserved) add(person string, amount *big.Rat) {
	if w.value[person] == nil {
		w.value[person] = new(big.Rat)
	}
	w.value[person].Add(w.value[person], amount)
}

// deviation is what a person adds to the error of the mean.
func (w *oracleObserved) deviation(person string) *big.Rat {
	d := new(big.Rat).Mul(w.mean, big.NewRat(w.days[person], int64(oracleDaysIn(w.year))))
	d.Neg(d)
	if w.value[person] != nil {
		d.Add(d, w.value[person])
	}
	return d.Quo(d, w.years)
}

// daysLived are the days of residence of every person in an area in a year.
func (o *oracle) daysLived(area string, year int) map[string]int64 {
	days := map[string]int64{}
	for person := range o.homes {
		for d := oracleDayOf(year, 1, 1); d < oracleDayOf(year+1, 1, 1); d++ {
			if h := o.home(person, d); h != nil && slices.Contains(o.areasOf(h.buurt, year), area) {
				days[person]++
			}
		}
	}
	return days
}

// oracleObserver remembers what several goals look at.
type oracleObserver struct {
	*oracle
	days   map[oracleAreaYear]map[string]int64
	piled  map[oracleAreaYear][]string // persons with two arrangements or more on a day, where they were on the first such day
	firsts map[oracleEvent]bool
}

func (o *oracle) observer() *oracleObserver {
	w := &oracleObserver{o, map[oracleAreaYear]map[string]int64{}, map[oracleAreaYear][]string{}, oracleFirsts(o.funnel().specialist)}
	periods := o.runningPeriods()
	for _, year := range o.comparableYears() {
		for _, area := range []string{"pilot", "controle"} {
			w.days[oracleAreaYear{area, year}] = o.daysLived(area, year)
		}
		for person := range o.homes {
			if class, home := o.stacked(person, periods[person], year, "arrangementen"); class >= 2 {
				for _, area := range o.areasOf(home.buurt, year) {
					w.piled[oracleAreaYear{area, year}] = append(w.piled[oracleAreaYear{area, year}], person)
				}
			}
		}
	}
	return w
}

// observe measures a goal at every person of an area in a year, in the given laws.
func (o *oracleObserver) observe(g oracleGoal, laws []string, at oracleAreaYear) *oracleObserved {
	w := &oracleObserved{days: o.days[at], value: map[string]*big.Rat{}, year: at.year}
	switch g.name {
	case "stapeling":
		for _, person := range o.piled[at] {
			w.add(person, oracleRat(1000))
		}
	case "verwijzing":
		for e := range o.firsts {
			if e.begin.year() == at.year && slices.Contains(o.areasOf(o.home(e.person, e.begin).buurt, at.year), at.area) {
				w.add(e.person, oracleRat(1000))
			}
		}
	default:
		for _, c := range o.costs {
			if c.person != "" && c.year == at.year && slices.Contains(laws, c.domain) && g.wants(c) && slices.Contains(c.areas, at.area) {
				w.add(c.person, big.NewRat(c.real.cents, 100))
				w.unknown = w.unknown || c.real.unknown
			}
		}
	}
	w.settle()
	return w
}

// oracleVariance is the linearised variance of the change of a mean.
func oracleVariance(base, now *oracleObserved) *big.Rat {
	persons := map[string]bool{}
	for _, w := range []*oracleObserved{base, now} {
		for person := range w.days {
			persons[person] = true
		}
	}
	sum := new(big.Rat)
	for person := range persons {
		z := new(big.Rat).Sub(now.deviation(person), base.deviation(person))
		sum.Add(sum, z.Mul(z, z))
	}
	return sum
}

// oracleRoot is a square root to far more decimals than are told.
func oracleRoot(r *big.Rat) *big.Rat {
	value := new(big.Float).SetPrec(400).SetRat(r)
	root, _ := value.Sqrt(value).Rat(nil)
	return root
}

// obstacle says why a goal cannot be judged, or nothing; laws are those of the goal that come by person in both years.
func (o *oracle) obstacle(g oracleGoal, laws []string, year int, observed map[oracleAreaYear]*oracleObserved) string {
	missing, unknown := false, false
	for _, w := range observed {
		missing = missing || len(w.days) == 0
		unknown = unknown || w.unknown
	}
	aggregated := len(laws) == 0
	for _, c := range o.costs {
		if (c.year == year || c.year == o.baseYear) && g.wants(c) && !slices.Contains(laws, c.domain) && c.cents != 0 {
			aggregated = true
		}
	}
	switch {
	case missing:
		return "geen pilot- of controlegebied"
	case o.unknownShare(year).Cmp(oracleUnknownMost) > 0 || o.unknownShare(o.baseYear).Cmp(oracleUnknownMost) > 0:
		return "onbekende zorgsoorten"
	case aggregated:
		return "niet per persoon aangeleverd"
	case unknown:
		return "prijsindex ontbreekt"
	}
	return ""
}

// unknownShare is the share of euros of the region without a known care type.
func (o *oracle) unknownShare(year int) *big.Rat {
	var unknown, all int64
	for _, c := range o.costs {
		if c.year == year {
			all += oracleAbs(c.cents)
			if c.careType == "onbekend" {
				unknown += oracleAbs(c.cents)
			}
		}
	}
	if all == 0 {
		return new(big.Rat)
	}
	return big.NewRat(unknown, all)
}

// Doelen sets the change in the pilot beside that in the control area, for each goal of the programme.
func (o *oracle) Doelen() oracleTable {
	table := oracleTable{Name: "doelen", Keys: []string{"doel", "gebied", "jaar"}, Columns: []string{"eenheid", "afronding", "basis", "nu",
		"controle_basis", "controle_nu", "verschil", "ci_laag", "ci_hoog", "richting", "oordeel", "reden", "status"}}
	observer := o.observer()
	for _, g := range oracleGoals {
		for _, year := range o.comparableYears() {
			if year == o.baseYear {
				continue
			}
			var laws, known []string
			for _, domain := range o.domains {
				if g.laws != nil && !slices.Contains(g.laws, domain) {
					continue
				}
				known = append(known, domain)
				if o.personLevel(domain, year) && o.personLevel(domain, o.baseYear) {
					laws = append(laws, domain)
				}
			}
			observed := map[oracleAreaYear]*oracleObserved{}
			for _, area := range []string{"pilot", "controle"} {
				for _, at := range []int{o.baseYear, year} {
					observed[oracleAreaYear{area, at}] = observer.observe(g, laws, oracleAreaYear{area, at})
				}
			}
			values := o.judge(observed, len(laws) == 0, year)
			values["eenheid"], values["richting"] = g.unit, g.wanted
			values["afronding"] = map[bool]string{true: "5.000000", false: "1.000000"}[strings.HasPrefix(g.unit, "euro")]
			values["reden"] = o.obstacle(g, laws, year, observed)
			if values["reden"] != "" {
				values["oordeel"] = "niet vast te stellen"
			}
			if len(laws) > 0 {
				known = laws
			}
			values["status"] = "definitief"
			if o.worst(known, year) != "definitief" || o.worst(known, o.baseYear) != "definitief" {
				values["status"] = "voorlopig"
			}
			table.Rows = append(table.Rows, oracleRow{Key: []string{g.name, "pilot", strconv.Itoa(year)}, Values: values})
		}
	}
	return table.sorted()
}

// judge gives the means, the pilot's change minus that of the control area, its 95% interval and what it says; what
// cannot be computed is left out.
func (o *oracle) judge(observed map[oracleAreaYear]*oracleObserved, untold bool, year int) map[string]string {
	values := map[string]string{"oordeel": "niet vast te stellen"}
	means, complete := map[string]*big.Rat{}, !untold
	for column, at := range map[string]oracleAreaYear{"basis": {"pilot", o.baseYear}, "nu": {"pilot", year},
		"controle_basis": {"controle", o.baseYear}, "controle_nu": {"controle", year}} {
		w := observed[at]
		if untold || w.unknown || len(w.days) == 0 {
			complete = false
			continue
		}
		means[column] = w.mean
		values[column] = oracleRatio(means[column], oracleRat(1))
	}
	if !complete {
		return values
	}
	change := new(big.Rat).Sub(means["nu"], means["basis"])
	change.Sub(change, new(big.Rat).Sub(means["controle_nu"], means["controle_basis"]))
	variance := new(big.Rat)
	for _, area := range []string{"pilot", "controle"} {
		variance.Add(variance, oracleVariance(observed[oracleAreaYear{area, o.baseYear}], observed[oracleAreaYear{area, year}]))
	}
	width := new(big.Rat).Mul(oracleZ, oracleRoot(variance))
	low, high := new(big.Rat).Sub(change, width), new(big.Rat).Add(change, width)
	values["verschil"] = oracleRatio(change, oracleRat(1))
	values["ci_laag"], values["ci_hoog"] = oracleRatio(low, oracleRat(1)), oracleRatio(high, oracleRat(1))
	margin := new(big.Rat).Mul(means["basis"], big.NewRat(2, 100))
	switch {
	case high.Sign() < 0:
		values["oordeel"] = "daling"
	case low.Sign() > 0:
		values["oordeel"] = "stijging"
	case high.Cmp(margin) <= 0 && low.Cmp(new(big.Rat).Neg(margin)) >= 0:
		values["oordeel"] = "gelijk"
	}
	return values
}
