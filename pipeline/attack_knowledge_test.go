package pipeline_test

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// know writes down what a reader who knows the field knows of these numbers.
func (w *attackWorld) know(region nightRegion) {
	w.kinds(region)
	w.lines()
	w.totals()
	w.effects()
	w.times()
	w.changes()
	w.payers()
	w.reconciliation()
	w.people()
	w.goals()
	w.signals()
	w.transitions()
	w.prices(region)
	w.areas(region)
}

// each calls f with the distinct values of a template in the rows of a table.
func (w *attackWorld) each(table, template string, f func(name string, row attackRow)) {
	seen := map[string]bool{}
	for _, row := range w.truth[table] {
		name := attackFill(template, row)
		if !seen[name] {
			seen[name] = true
			f(name, row)
		}
	}
}

// gather groups the names of parts by the name of their whole.
func (w *attackWorld) gather(table, whole, part string) map[string][]string {
	out := map[string][]string{}
	seen := map[string]bool{}
	for _, row := range w.truth[table] {
		key, name := attackFill(whole, row), attackFill(part, row)
		if !seen[key+name] {
			seen[key+name] = true
			out[key] = append(out[key], name)
		}
	}
	return out
}

func (w *attackWorld) sums(why, table, whole, part string, hub bool) {
	parts := w.gather(table, whole, part)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w.sum(why, name, parts[name], hub)
	}
}

var attackMoney = []string{"euro", "reeel"}

// kinds: a law is the sum of its care types, a line too; a care type is the sum of the rules that made it.
func (w *attackWorld) kinds(region nightRegion) {
	for _, m := range attackMoney {
		w.sums("zorgsoorten van een wet", "kosten_per_zorgsoort", m+"|{jaar}|{gebied}|wet {domein}", m+"|{jaar}|{gebied}|soort {domein} {zorgsoort}", false)
		w.sums("zorgsoorten van een lijn", "kosten_per_zorgsoort", m+"|{jaar}|{gebied}|lijn {lijn}", m+"|{jaar}|{gebied}|soort {domein} {zorgsoort}", false)
		w.sums("regels van een lijn", "specialistische_zorg", m+"|{jaar}|{gebied}|lijn {lijn}", m+"|{jaar}|{gebied}|regel {lijn} {regel}", false)
	}
	of := map[string]string{}
	for _, row := range attackAsk(w.t, region, "plaatsing") {
		of[row["regel"]] = row["domein"] + " " + row["zorgsoort"]
	}
	for _, m := range append([]string{"gebruikers"}, attackMoney...) {
		parts := map[string][]string{}
		for _, row := range w.truth["specialistische_zorg"] {
			whole := attackFill(m+"|{jaar}|{gebied}|soort "+of[row["regel"]], row)
			parts[whole] = append(parts[whole], attackFill(m+"|{jaar}|{gebied}|regel {lijn} {regel}", row))
		}
		for _, whole := range slices.Sorted(maps.Keys(parts)) {
			if m != "gebruikers" || len(parts[whole]) == 1 && !w.leaves["specialistische_zorg"] {
				w.sum("regels van een zorgsoort", whole, parts[whole], false)
			}
		}
	}
}

// lines: all costs are the sum of the laws and of the lines; care is line 1 to 3.
func (w *attackWorld) lines() {
	for _, m := range attackMoney {
		w.sums("alle wetten", "kosten_per_domein", m+"|{jaar}|{gebied}|alles", m+"|{jaar}|{gebied}|wet {domein}", true)
		w.sums("alle lijnen", "verschuiving_lijn", m+"|{jaar}|{gebied}|alles", m+"|{jaar}|{gebied}|lijn {lijn}", true)
		w.each("verschuiving_lijn", m+"|{jaar}|{gebied}|", func(name string, _ attackRow) {
			w.sum("lijn 1, 1.5, 2 en 3", name+"zorg", []string{name + "lijn 1", name + "lijn 1.5", name + "lijn 2", name + "lijn 3"}, true)
		})
	}
}

// effects: those on the laws, and those on the lines, add up to that on the total; so do the means they are made of, and the
// costs per law before the start.
func (w *attackWorld) effects() {
	for table, templates := range map[string][]string{
		"deelnemers_effect": {"effect|{periode}|{project}|uitkomst ", "ongekoppeld|{periode}|{project}|uitkomst "},
		"wijk_effect": {
			"effect|{periode}|wijken|uitkomst ", "pilot_basis|{periode}|wijken|uitkomst ", "pilot_nu|{periode}|wijken|uitkomst ",
			"vergelijking_basis|{periode}|wijken|uitkomst ", "vergelijking_nu|{periode}|wijken|uitkomst ",
		},
	} {
		for _, template := range templates {
			for _, kind := range []string{"domein", "lijn"} {
				parts := map[string][]string{}
				for _, row := range w.truth[table] {
					if row["indeling"] == kind {
						whole := attackFill(template, row) + "totaal"
						parts[whole] = append(parts[whole], attackFill(template+"{uitkomst}", row))
					}
				}
				for _, whole := range slices.Sorted(maps.Keys(parts)) {
					w.sum("uitkomsten van een effect", whole, parts[whole], false)
				}
			}
		}
	}
	parts := map[string][]string{}
	for _, row := range w.truth["deelnemers_balans"] {
		if row["soort"] == "domein" {
			whole := attackFill("balans|{groep}|{project}|kosten_basis", row)
			parts[whole] = append(parts[whole], attackFill("balans|{groep}|{project}|{kenmerk}", row))
		}
	}
	for _, whole := range slices.Sorted(maps.Keys(parts)) {
		w.sum("kosten voor de start per wet", whole, parts[whole], false)
	}
}

// totals: what classes, arrangements and capped costs of the region come to is all that it costs.
func (w *attackWorld) totals() {
	for _, m := range attackMoney {
		for _, count := range []string{"personen", "huishoudens"} {
			part := "stapel " + count + " {telling} {klasse}"
			parts := w.gather("stapeling_"+count, m+"|{jaar}|{gebied}|alles>{telling}", m+"|{jaar}|{gebied}|"+part)
			for _, whole := range slices.Sorted(maps.Keys(parts)) {
				name, _, _ := strings.Cut(whole, ">")
				w.whole("klassen van stapeling", name, parts[whole])
			}
		}
		parts := w.gather("arrangementen", m+"|{jaar}|{gebied}|alles", m+"|{jaar}|{gebied}|arrangement {arrangement}")
		for _, whole := range slices.Sorted(maps.Keys(parts)) {
			w.whole("arrangementen", whole, parts[whole])
		}
	}
	w.each("concentratie", "reeel|{jaar}|{gebied}|", func(name string, _ attackRow) {
		w.sum("tot en boven de grens", name+"alles", []string{name + "groep afgetopt", name + "groep boven_grens"}, false)
	})
}

// whole is a sum that only holds for an area that nobody can move out of unseen: the region, and a municipality that is all of it.
func (w *attackWorld) whole(why, name string, parts []string) {
	before := len(w.equations)
	w.sum(why, name, parts, false)
	if len(w.equations) > before && (w.equations[len(w.equations)-1].loose || !strings.Contains(name, "|regio|") && !strings.Contains(name, "|GM")) {
		w.equations = w.equations[:before]
	}
}

// times: quarters are a year, months are quarters and years.
func (w *attackWorld) times() {
	for _, m := range attackMoney {
		parts := map[string][]string{}
		w.each("kosten_per_kwartaal", m+"|{kwartaal}|{gebied}|wet {domein}", func(name string, row attackRow) {
			whole := attackFill(m+"|"+row["kwartaal"][:4]+"|{gebied}|wet {domein}", row)
			parts[whole] = append(parts[whole], name)
		})
		for _, whole := range slices.Sorted(maps.Keys(parts)) {
			w.sum("kwartalen van een jaar", whole, parts[whole], false)
		}
	}
	years, quarters := map[string][]string{}, map[string][]string{}
	w.each("volledigheid", "euro|{maand}|regio|soort {domein} {zorgsoort}", func(name string, row attackRow) {
		year, month := row["maand"][:4], row["maand"][5:7]
		whole := attackFill("euro|"+year+"|regio|soort {domein} {zorgsoort}", row)
		years[whole] = append(years[whole], name)
		quarter := map[string]string{"01": "1", "02": "1", "03": "1", "04": "2", "05": "2", "06": "2", "07": "3", "08": "3", "09": "3"}[month]
		if quarter == "" {
			quarter = "4"
		}
		whole = attackFill("euro|"+year+"-K"+quarter+"|regio|wet {domein}", row)
		quarters[whole] = append(quarters[whole], name)
	})
	for _, whole := range slices.Sorted(maps.Keys(years)) {
		w.sum("maanden van een jaar", whole, years[whole], false)
	}
	for _, whole := range slices.Sorted(maps.Keys(quarters)) {
		w.sum("maanden van een kwartaal", whole, quarters[whole], false)
	}
	// What was known of a quarter a year later is, long after, all that it cost; so is what is known of it now.
	w.each("kosten_per_kwartaal", "euro|{kwartaal}|{gebied}|", func(_ string, row attackRow) {
		year := row["kwartaal"][:4]
		for _, pair := range [][2]string{
			{"euro|{kwartaal}|{gebied}|peil {domein}", "euro|{kwartaal}|{gebied}|wet {domein}"},
			{"euro|{kwartaal}|{gebied}|eerder {domein}", "euro|" + attackYearBefore(year) + row["kwartaal"][4:] + "|{gebied}|wet {domein}"},
		} {
			for _, law := range slices.Sorted(maps.Keys(attackLaws)) {
				other := maps.Clone(row)
				other["domein"] = law
				w.same("peil", attackFill(pair[0], other), attackFill(pair[1], other))
			}
		}
	})
}

// same says that two numbers are one, when they are.
func (w *attackWorld) same(why, a, b string) {
	i, ok := w.at[a]
	j, found := w.at[b]
	if ok && found && w.nodes[i].truth == w.nodes[j].truth {
		w.equal(why, map[string]int64{a: 1, b: -1})
	}
}

func attackYearBefore(year string) string {
	digits := []byte(year)
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] > '0' {
			digits[i]--
			break
		}
		digits[i] = '9'
	}
	return string(digits)
}

// changes: a change is now less then, split in growth and shift; shifts come to nothing, factors to the change, and the
// flows of the region to it as well.
func (w *attackWorld) changes() {
	for _, m := range attackMoney {
		for _, kind := range [][2]string{{"verschuiving_domein", "wet {domein}"}, {"verschuiving_lijn", "lijn {lijn}"}} {
			table, what := kind[0], kind[1]
			shifts := map[string]map[string]int64{}
			w.each(table, m+"|{jaar}|{gebied}|"+what, func(now string, row attackRow) {
				of := m + "|{jaar}|{gebied}|"
				delta, growth, shift := attackFill(of+"delta "+what, row), attackFill(of+"groei "+what, row), attackFill(of+"verschuiving "+what, row)
				if row["jaar"] == attackBase {
					return
				}
				w.equal("verandering", map[string]int64{delta: 1, now: -1, attackFill(m+"|{basis}|{gebied}|"+what, row): 1})
				w.equal("groei en verschuiving", map[string]int64{delta: 1, growth: -1, shift: -1})
				area := attackFill(of, row)
				if shifts[area] == nil {
					shifts[area] = map[string]int64{}
				}
				shifts[area][shift] = 1
			})
			for _, area := range slices.Sorted(maps.Keys(shifts)) {
				w.equal("verschuivingen samen nul", shifts[area])
			}
		}
		for _, law := range slices.Sorted(maps.Keys(attackLaws)) {
			w.each("stroom_personen", m+"|{jaar}|{gebied}|", func(of string, row attackRow) {
				if row["gebied"] != "regio" {
					return
				}
				terms := map[string]int64{of + "delta wet " + law: -1}
				for _, other := range w.truth["stroom_personen"] {
					if other["jaar"] != row["jaar"] || other["gebied"] != row["gebied"] {
						continue
					}
					name := attackFill(of+"stroom {van} {naar}", other)
					if other["naar"] == law {
						terms[name]++
					}
					if other["van"] == law {
						terms[name]--
					}
				}
				w.others(of+"delta wet "+law, terms)
				w.equal("stromen van een wet", terms)
			})
		}
	}
	w.sums("factoren", "ontleding", "euro|{jaar}|{gebied}|delta wet {domein}", "euro|{jaar}|{gebied}|effect {domein} {factor}", false)
}

// payers: who pays for which law is public; a difference is real less expected.
func (w *attackWorld) payers() {
	laws := map[string][]string{"zorgverzekeraar": {"zvw"}, "zorgkantoor": {"wlz"}, "gemeente": {"wmo", "jeugdwet", "participatiewet"}}
	for _, real := range []string{"", "_reeel"} {
		m := map[string]string{"": "euro", "_reeel": "reeel"}[real]
		w.each("baten_lasten", m+"|{jaar}|{gebied}|financier {financier}", func(now string, row attackRow) {
			area := attackFill(m+"|{jaar}|{gebied}|", row)
			var parts []string
			for _, law := range laws[row["financier"]] {
				parts = append(parts, area+"wet "+law)
			}
			w.sum("wetten van een financier", now, parts, false)
			expected := attackFill("verwacht"+real+"|{jaar}|{gebied}|", row)
			w.equal("werkelijk min verwacht", map[string]int64{now: 1, expected + "financier " + row["financier"]: -1, expected + "verschil " + row["financier"]: -1})
		})
	}
}

// reconciliation: every delivered euro is somewhere.
func (w *attackWorld) reconciliation() {
	for _, m := range []string{"euro", "regels"} {
		w.each("aansluiting", m+"|{jaar}|{leverancier}|post {domein} ", func(of string, _ attackRow) {
			w.sum("aangeleverd", of+"aangeleverd", []string{of + "in_quarantaine", of + "dubbel", of + "vervangen", of + "gewist", of + "geladen"}, false)
			w.sum("geladen", of+"geladen", []string{of + "credit_zonder_debet", of + "niet_in_bevolking", of + "gemodelleerd"}, false)
		})
	}
	parts := map[string][]string{}
	w.each("aansluiting", "euro|{jaar}|{leverancier}|post {domein} gemodelleerd", func(name string, row attackRow) {
		whole := attackFill("euro|{jaar}|regio|wet {domein}", row)
		parts[whole] = append(parts[whole], name)
	})
	for _, whole := range slices.Sorted(maps.Keys(parts)) {
		w.sum("leveranciers van een wet", whole, parts[whole], false)
	}
}

// people: all residents are in one class of each count, and in the region in one arrangement.
func (w *attackWorld) people() {
	for _, m := range []string{"personen", "huishoudens"} {
		w.each("stapeling_"+m, m+"|{jaar}|{gebied}|stapel ", func(of string, row attackRow) {
			terms := map[string]int64{}
			for _, class := range []string{"0", "1", "2", "3", "4", "5", "6+"} {
				terms[of+"arrangementen "+class], terms[of+"wetten "+class] = 1, -1
			}
			// Who lives in two areas is in the one of his highest count: only the whole region is the same people.
			if row["gebied"] == "regio" {
				w.equal("klassen van beide tellingen", terms)
			}
		})
	}
	parts := w.gather("arrangementen", "personen|{jaar}|{gebied}|groep afgetopt", "personen|{jaar}|{gebied}|arrangement {arrangement}")
	for _, whole := range slices.Sorted(maps.Keys(parts)) {
		w.whole("bewoners naar arrangement", whole, parts[whole])
	}
	parts = w.gather("stapeling_personen", "personen|{jaar}|{gebied}|groep afgetopt>{telling}", "personen|{jaar}|{gebied}|stapel {telling} {klasse}")
	for _, whole := range slices.Sorted(maps.Keys(parts)) {
		name, _, _ := strings.Cut(whole, ">")
		w.whole("bewoners naar stapeling", name, parts[whole])
	}
}

// transitions: the persons of an arrangement now came from somewhere, and those of the base year went somewhere.
func (w *attackWorld) transitions() {
	w.each("arrangementen", "personen|{jaar}|{gebied}|arrangement {arrangement}", func(now string, row attackRow) {
		delta := attackFill("personen|{jaar}|{gebied}|delta arrangement {arrangement}", row)
		if _, ok := w.at[delta]; ok && row["jaar"] != attackBase {
			w.equal("verandering van een arrangement", map[string]int64{delta: 1, now: -1, attackFill("personen|{basis}|{gebied}|arrangement {arrangement}", row): 1})
		}
	})
	for _, side := range []string{"van", "naar"} {
		// Persons stand where they live in the later year: only that year's arrangements are those of the same place.
		parts := map[string][]string{}
		for _, row := range w.truth["overgangen"] {
			if strings.Contains(" geboren gevestigd overleden vertrokken ", " "+row[side]+" ") {
				continue
			}
			year, place := row["jaar"], row["jaar"] > attackBase
			if side == "van" {
				year, place = attackBase, row["jaar"] < attackBase
			}
			if !place && row["gebied"] != "regio" {
				continue
			}
			whole := row["jaar"] + ">" + attackFill("personen|"+year+"|{gebied}|arrangement {"+side+"}", row)
			parts[whole] = append(parts[whole], attackFill("personen|{jaar}|{gebied}|overgang {van} > {naar}", row))
		}
		for _, whole := range slices.Sorted(maps.Keys(parts)) {
			_, name, _ := strings.Cut(whole, ">")
			w.sum("overgangen", name, parts[whole], false)
		}
	}
}

// prices: real is nominal times a printed index, for what has one index.
func (w *attackWorld) prices(region nightRegion) {
	index := map[string][2]int64{}
	for _, row := range attackAsk(w.t, region, "prijs") {
		key := row["domein"] + "|" + row["jaar"]
		found := [2]int64{attackUnscaled(w.t, row["index_basis"], 6), attackUnscaled(w.t, row["index_jaar"], 6)}
		if before, ok := index[key]; ok && before != found {
			found = [2]int64{}
		}
		index[key] = found
	}
	for _, n := range w.nodes {
		fields := strings.Fields(n.what)
		if n.measure != "reeel" || len(fields) < 2 || fields[0] != "wet" && fields[0] != "soort" {
			continue
		}
		pair := index[fields[1]+"|"+n.when[:4]]
		other, ok := w.at["euro"+strings.TrimPrefix(n.String(), "reeel")]
		if !ok || pair[0] == 0 || pair[1] == 0 {
			continue
		}
		divisor := attackDivisor(pair[0], pair[1])
		terms := []attackTerm{{w.at[n.String()], pair[1] / divisor}, {other, -pair[0] / divisor}}
		e := attackEquation{why: "prijsindex: " + n.String(), terms: terms}
		for _, t := range terms {
			e.constant += t.coefficient * w.nodes[t.node].truth
		}
		w.equations = append(w.equations, e)
	}
}

func attackDivisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return int64(math.Abs(float64(a)))
}
