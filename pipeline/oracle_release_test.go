package pipeline_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
)

// What each person contributes to each part of each row, written out so that two moments can be compared: the slow obvious
// way, from what a researcher may read.
type releaseRow struct{ table, key, part string }

type releaseContributions map[releaseRow]map[string]string

func (c releaseContributions) set(table, key, part, unit, what string) {
	row := releaseRow{table, key, part}
	if c[row] == nil {
		c[row] = map[string]string{}
	}
	c[row][unit] = what
}

// changed counts, per row, the persons behind each part of it that differ between two moments, and gives the smallest
// number that is not zero.
func (c releaseContributions) changed(now releaseContributions) map[[2]string]int64 {
	counts := map[releaseRow]int64{}
	for row, persons := range c {
		for person, what := range persons {
			if now[row][person] != what {
				counts[row]++
			}
		}
	}
	for row, persons := range now {
		for person := range persons {
			if _, before := c[row][person]; !before {
				counts[row]++
			}
		}
	}
	out := map[[2]string]int64{}
	for row, n := range counts {
		key := [2]string{row.table, row.key}
		if before := out[key]; before == 0 || n < before {
			out[key] = n
		}
	}
	return out
}

// releaseSums adds amounts per key and per person; a person whose sum is zero everywhere contributes nothing.
type releaseSums map[[2]string][]*big.Int

func (s releaseSums) add(key, person string, amounts ...string) {
	at := [2]string{key, person}
	if s[at] == nil {
		for range amounts {
			s[at] = append(s[at], new(big.Int))
		}
	}
	for i, a := range amounts {
		n, ok := new(big.Int).SetString(strings.Replace(a, ".", "", 1), 10)
		if !ok {
			panic("no number: " + a)
		}
		s[at][i].Add(s[at][i], n)
	}
}

func (s releaseSums) into(c releaseContributions, table, part string) {
	for at, amounts := range s {
		if slices.ContainsFunc(amounts, func(n *big.Int) bool { return n.Sign() != 0 }) {
			c.set(table, at[0], part, at[1], fmt.Sprint(amounts))
		}
	}
}

func nightRows(t testing.TB, r nightRegion, query string) [][]string {
	t.Helper()
	var rows [][]string
	for _, line := range nightSelect(t, r, query) {
		rows = append(rows, strings.Split(line, ";"))
	}
	return rows
}

// releaseOracle gives the contributions of everybody now.
func releaseOracle(t testing.TB, r nightRegion) releaseContributions {
	t.Helper()
	c := releaseContributions{}
	areas := map[[2]string][]string{}
	var years []string
	for _, a := range nightRows(t, r, "SELECT jaar, buurt, gebied FROM model.gebied") {
		areas[[2]string{a[0], a[1]}] = append(areas[[2]string{a[0], a[1]}], a[2])
	}
	for _, y := range nightRows(t, r, "SELECT jaar FROM model.jaar ORDER BY jaar") {
		years = append(years, y[0])
	}
	base := nightRows(t, r, "SELECT basisjaar FROM instelling")[0][0]
	releaseCosts(t, r, c, areas, years, base)
	releasePeople(t, r, c, areas, years, base)
	releaseClasses(t, r, c, areas)
	releaseFlows(t, r, c, areas, "verschil")
	releaseFlows(t, r, c, areas, "verschil_reeel")
	return c
}

func releaseCosts(t testing.TB, r nightRegion, c releaseContributions, areas map[[2]string][]string, years []string, base string) {
	t.Helper()
	domain, line, kind, national := releaseSums{}, releaseSums{}, releaseSums{}, releaseSums{}
	rule, quarter, month, supplier := releaseSums{}, releaseSums{}, releaseSums{}, releaseSums{}
	triangle := map[[2]string][]string{}
	for _, k := range nightRows(t, r, `SELECT k.pseudoniem, k.jaar, k.maand, k.buurt, k.domein, k.zorgsoort, k.regel, z.lijn, coalesce(l.landelijk, k.zorgsoort),
			'K' || quarter(k.maand), k.bedrag, k.volume
		FROM model.kosten AS k INNER JOIN model.zorgsoort AS z ON z.domein = k.domein AND z.zorgsoort = k.zorgsoort
		LEFT JOIN model.landelijke_zorgsoort AS l ON l.jaar = k.jaar AND l.zorgsoort = k.zorgsoort`) {
		person, year, m, dom, sort, ruleName, ln, nat, q, euros, volume := k[0], k[1], k[2], k[4], k[5], k[6], k[7], k[8], k[9], k[10], k[11]
		for _, area := range areas[[2]string{year, k[3]}] {
			domain.add(year+"|"+area+"|"+dom, person, euros, "0")
			line.add(year+"|"+area+"|"+ln, person, euros)
			kind.add(year+"|"+area+"|"+dom+"|"+sort, person, euros, volume)
			national.add(year+"|"+area+"|"+nat+"|"+dom, person, euros)
			if ln == "2" || ln == "3" {
				rule.add(year+"|"+area+"|"+ln+"|"+ruleName, person, euros, "0")
			}
			if area == "regio" || area == "pilot" || area == "controle" {
				quarter.add(year+"-"+q+"|"+area+"|"+dom, person, euros)
			}
		}
		month.add(dom+"|"+sort+"|"+m, person, euros)
	}
	// A claim counts once in an area, however many months and addresses it runs over.
	seen := map[string]bool{}
	for _, k := range nightRows(t, r, `SELECT DISTINCT p.pseudoniem, year(d.maand), b.buurt, q.domein, q.regel, z.lijn, d.levering_id, d.regel_nr
		FROM model.kostendeel AS d INNER JOIN opslag.persoon AS p ON p.persoon = d.persoon INNER JOIN model.plaats AS b ON b.plaats = d.plaats
		INNER JOIN model.plaatsing AS q ON q.plaatsing = d.plaatsing
		INNER JOIN model.zorgsoort AS z ON z.domein = q.domein AND z.zorgsoort = q.zorgsoort
		INNER JOIN model.declaratieregel AS r ON r.levering_id = d.levering_id AND r.regel_nr = d.regel_nr
		WHERE d.telt AND r.niet_gecrediteerd`) {
		for _, area := range areas[[2]string{k[1], k[2]}] {
			key := k[1] + "|" + area + "|" + k[3]
			if at := fmt.Sprint(key, k[6:]); !seen[at] {
				seen[at] = true
				domain.add(key, k[0], "0", "1")
				if k[5] == "2" || k[5] == "3" {
					rule.add(k[1]+"|"+area+"|"+k[5]+"|"+k[4], k[0], "0", "1")
				}
			}
		}
	}
	for _, k := range nightRows(t, r, `SELECT p.pseudoniem, g.leverancier, q.domein, year(d.maand), d.bedrag, d.eerste_deel
		FROM model.kostendeel AS d INNER JOIN opslag.persoon AS p ON p.persoon = d.persoon INNER JOIN model.plaatsing AS q ON q.plaatsing = d.plaatsing
		INNER JOIN levering.grootboek AS g ON g.levering_id = d.levering_id WHERE d.telt AND d.plaats IS NOT NULL`) {
		supplier.add(k[1]+"|"+k[2]+"|"+k[3]+"|gemodelleerd", k[0], k[4], k[5])
	}
	domain.into(c, "kosten_per_domein", "euro")
	domain.into(c, "verschuiving_domein", "euro")
	line.into(c, "verschuiving_lijn", "euro")
	kind.into(c, "kosten_per_zorgsoort", "euro")
	national.into(c, "benchmark", "euro")
	rule.into(c, "specialistische_zorg", "euro")
	quarter.into(c, "kosten_per_kwartaal", "euro")
	month.into(c, "volledigheid", "euro")
	supplier.into(c, "aansluiting", "euro")
	// A row that stands beside the base year has that as a part of its own.
	for table, sums := range map[string]releaseSums{"verschuiving_domein": domain, "verschuiving_lijn": line} {
		for at, amounts := range sums {
			parts := strings.Split(at[0], "|")
			if parts[0] != base || amounts[0].Sign() == 0 && len(amounts) == 1 {
				continue
			}
			for _, y := range years {
				c.set(table, y+"|"+parts[1]+"|"+parts[2], "basis", at[1], fmt.Sprint(amounts))
			}
		}
	}
	for at, amounts := range quarter {
		parts := strings.SplitN(at[0], "-", 2)
		for i, y := range years[:len(years)-1] {
			if y == parts[0] && amounts[0].Sign() != 0 {
				c.set("kosten_per_kwartaal", years[i+1]+"-"+parts[1], "jaar_eerder", at[1], amounts[0].String())
			}
		}
	}
	// An estimate of a month rests on all months of its kind of care.
	for at, amounts := range month {
		if last := strings.LastIndex(at[0], "|"); amounts[0].Sign() != 0 {
			of := [2]string{at[0][:last], at[1]}
			triangle[of] = append(triangle[of], at[0]+"="+amounts[0].String())
			law := [2]string{at[0][:strings.Index(at[0], "|")], at[1]}
			triangle[law] = append(triangle[law], at[0]+"="+amounts[0].String())
		}
	}
	for at, cells := range triangle {
		slices.Sort(cells)
		c.set("driehoek", at[0], "driehoek", at[1], fmt.Sprint(cells))
	}
}
