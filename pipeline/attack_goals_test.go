package pipeline_test

import (
	"maps"
	"math"
	"slices"
)

// goals: what the goals of the programme sum up.
func (w *attackWorld) goals() {
	w.each("kosten_per_domein", "|{jaar}|{gebied}|", func(of string, _ attackRow) {
		for _, m := range attackMoney {
			w.sum("sociaal domein", m+of+"sociaal", []string{m + of + "wet wmo", m + of + "wet jeugdwet", m + of + "wet participatiewet"}, true)
			w.sum("lijn 2 en 3", m+of+"specialistisch", []string{m + of + "lijn 2", m + of + "lijn 3"}, true)
		}
		of = "personen" + of
		var classes []string
		for _, class := range []string{"2", "3", "4", "5", "6+"} {
			classes = append(classes, of+"stapel arrangementen "+class)
		}
		w.sum("twee of meer arrangementen", of+"gestapeld", classes, true)
	})
}

// signals: line 3 as it would be if the rules with a signal counted the other way.
func (w *attackWorld) signals() {
	terms := map[string]map[string]int64{}
	for _, row := range w.truth["specialistische_zorg"] {
		if row["signaal"] == "" {
			continue
		}
		whole := attackFill("euro|{jaar}|{gebied}|anders {signaal}", row)
		if terms[whole] == nil {
			terms[whole] = map[string]int64{attackFill("euro|{jaar}|{gebied}|lijn 3", row): 1}
		}
		core := row["signaal"] != "academisch"
		switch rule := attackFill("euro|{jaar}|{gebied}|regel {lijn} {regel}", row); {
		case core && row["lijn"] == "3":
			terms[whole][rule] = -1
		case !core && row["lijn"] != "3":
			terms[whole][rule] = 1
		}
	}
	for _, whole := range slices.Sorted(maps.Keys(terms)) {
		total := int64(0)
		for name, x := range terms[whole] {
			if id, ok := w.at[name]; ok {
				total += x * w.nodes[id].truth
			}
		}
		w.nodes[w.node(whole)].truth = total
		terms[whole][whole] = -1
		w.others(whole, terms[whole])
		w.equal("lijn 3 andersom", terms[whole])
	}
}

// expected: what was expected is the costs of the base year, grown as the control area did: with the rest shown, it
// tells those costs.
func (w *attackWorld) expected() {
	for _, row := range w.truth["baten_lasten"] {
		for _, m := range [][2]string{{"verwacht", "euro"}, {"verwacht_reeel", "reeel"}} {
			value := func(name string) (float64, bool) {
				id, ok := w.at[attackFill(name, row)]
				if !ok || !w.nodes[id].known {
					return 0, false
				}
				return w.nodes[id].value(), true
			}
			base, ok := w.at[attackFill(m[1]+"|{basis}|{gebied}|financier {financier}", row)]
			if !ok || w.nodes[base].known {
				continue
			}
			factors := []string{m[0] + "|{jaar}|{gebied}|financier {financier}", "verzekerdejaren|{basis}|{gebied}|",
				m[1] + "|{basis}|controle|financier {financier}", "verzekerdejaren|{jaar}|controle|"}
			divisors := []string{"verzekerdejaren|{jaar}|{gebied}|", m[1] + "|{jaar}|controle|financier {financier}", "verzekerdejaren|{basis}|controle|"}
			product, all := 1.0, true
			for i, name := range append(factors, divisors...) {
				v, shown := value(name)
				all = all && shown && v != 0
				if i >= len(factors) {
					v = 1 / v
				}
				product *= v
			}
			if all && math.Abs(product-w.nodes[base].value()) < 1 {
				w.bounds = append(w.bounds, attackBound{"verwacht of " + row.key("baten_lasten"), map[int]float64{base: 1}, product - 1, product + 1})
			}
		}
	}
}
