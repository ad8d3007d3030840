package pipeline_test

import (
	"maps"
	"slices"
	"strings"
)

// attackPlaces are the parts of every area in a year.
type attackPlaces map[string]map[string][]string

// areas: buurten make a wijk, wijken a gemeente, gemeenten the region, and some buurten are pilot or controle.
func (w *attackWorld) areas(region nightRegion) {
	places := w.places(region)
	type family struct{ measure, when, what string }
	found := map[family]map[string]bool{}
	var order []family
	for _, n := range w.nodes {
		if !attackAdds(&n) {
			continue
		}
		f := family{n.measure, n.when, n.what}
		if found[f] == nil {
			found[f] = map[string]bool{}
			order = append(order, f)
		}
		found[f][n.where] = true
	}
	for _, f := range order {
		name := func(area string) string { return strings.Join([]string{f.measure, f.when, area, f.what}, "|") }
		if f.when == "" {
			continue
		}
		year := places[f.when[:4]]
		for _, whole := range slices.Sorted(maps.Keys(year)) {
			var parts []string
			for _, part := range year[whole] {
				if found[f][part] || w.rare(f.when, f.what) {
					w.node(name(part)) // of a row that is left out nobody knows whether it is zero
					parts = append(parts, name(part))
				}
			}
			if found[f][whole] && len(parts) > 0 {
				w.sum("gebieden", name(whole), parts, false)
			}
		}
		// Quarters have no rows for the rest of the region.
		if !strings.Contains(f.when, "-K") || !found[f]["pilot"] || !found[f]["controle"] {
			continue
		}
		rest := w.nodes[w.at[name("regio")]].truth - w.nodes[w.at[name("pilot")]].truth - w.nodes[w.at[name("controle")]].truth
		w.nodes[w.node(name("rest"))].truth = rest
		w.sum("gebieden", name("regio"), []string{name("pilot"), name("controle"), name("rest")}, false)
	}
}

// attackAdds says whether the numbers of parts of an area add up to that of the area.
func attackAdds(n *attackNode) bool {
	switch n.measure {
	case "euro", "reeel", "gebruikers", "declaraties", "volume", "verzekerdejaren", "inwoners", "huishoudens", "personen", "contacten":
	default:
		return false
	}
	for _, word := range []string{"delta", "groei", "verschuiving", "effect", "groep", "post", "peil", "eerder", "buiten", "alles", "zorg", "sociaal", "specialistisch", "anders", "gestapeld"} {
		if strings.HasPrefix(n.what, word) {
			return false
		}
	}
	return !strings.HasPrefix(n.where, "rest")
}

func (w *attackWorld) places(region nightRegion) attackPlaces {
	kind, inside := map[string]map[string]string{}, map[string]map[string][]string{}
	for _, row := range attackAsk(w.t, region, "gebied") {
		year := row["jaar"]
		if kind[year] == nil {
			kind[year], inside[year] = map[string]string{}, map[string][]string{}
		}
		kind[year][row["gebied"]] = row["niveau"]
		inside[year][row["gebied"]] = append(inside[year][row["gebied"]], row["buurt"])
	}
	out := attackPlaces{}
	for year, areas := range inside {
		out[year] = map[string][]string{}
		for area, buurten := range areas {
			below := map[string]string{"wijk": "buurt", "rol": "buurt", "gemeente": "wijk", "regio": "gemeente"}[kind[year][area]]
			for part, its := range areas {
				if kind[year][part] == below && below != "" && slices.Contains(buurten, its[0]) {
					out[year][area] = append(out[year][area], part)
				}
			}
			slices.Sort(out[year][area])
		}
	}
	return out
}
