package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"ontschot/pipeline/disclosure"
)

// The order in which a reader wants words that have one.
var (
	domainRank = []string{"zvw", "wlz", "wmo", "jeugdwet", "participatiewet"}
	areaRank   = []string{"pilot", "controle", "regio"}
	lineRank   = []string{"0", "1", "1.5", "2", "3", "langdurig", "onbekend"}
	sheetRank  = []string{
		"doelen", "deelnemers_effect", "wijk_effect", "deelnemers_balans", "substitutie", "kerncijfers_gebied", "kosten_per_domein", "kosten_per_zorgsoort", "verschuiving_domein", "verschuiving_lijn", "ontleding",
		"stroom_personen", "specialistische_zorg", "verwijzing", "stapeling_personen", "stapeling_huishoudens", "arrangementen", "overgangen",
		"concentratie", "baten_lasten", "benchmark", "kosten_per_kwartaal", "kosten_buiten_declaraties", "volledigheid",
	}
	postRank = []string{
		"aangeleverd", "in_quarantaine", "dubbel", "vervangen", "gewist", "geladen",
		"credit_zonder_debet", "niet_in_bevolking", "gemodelleerd",
		"programma", "subsidie", "lumpsum", "pgb",
	}
	factorRank = []string{"bevolking", "leeftijd_geslacht", "gebruikers", "volume", "prijs", "mix"}
	goalRank   = []string{
		"kosten_totaal", "kosten_zvw", "kosten_sociaal_domein", "specialistisch", "hoogspecialistisch", "stapeling", "verwijzing",
	}
	measureRank = []string{
		"huisarts_per_1000", "anderhalf_per_1000", "eerste_dbc_per_1000", "na_huisarts", "verwezen_door_huisarts",
		"via_anderhalf", "anderhalf_doorverwezen", "herhaald_12_maanden",
	}
	turnRank = []string{
		"zvw", "wlz", "wmo", "jeugdwet", "participatiewet", "nieuw", "weg", "geboren", "gevestigd", "overleden", "vertrokken", "geen",
	}
	payerRank = []string{"zorgverzekeraar", "gemeente", "zorgkantoor"}
	groupRank = []string{
		"top_1", "top_5", "top_10", "afgetopt", "boven_grens", "deelnemers", "controle", "controle_ongewogen", "niet_gekoppeld",
	}
	projectRank = []string{allProjects}
	outcomeRank = slices.Concat([]string{totalOutcome}, domainRank, prefixed(linePrefix, lineRank))
	periodRank  = slices.Concat([]string{periodAfter, periodBefore}, prefixed(quarterPrefix, countUp(-mostQuartersAway, mostQuartersAway)))
	traitRank   = slices.Concat([]string{"personen", "leeftijd", "wmo_voorzieningen", "jeugdwet_voorzieningen", "zorgsoorten", "verzekerdejaren_na",
		"kosten_basis", "kosten_jaar_voor"}, prefixed("kosten_", domainRank))
	ranks = map[string][]string{
		"domein": domainRank, "lijn": lineRank, "post": postRank, "van": turnRank, "naar": turnRank, "groep": groupRank,
		"factor": factorRank, "doel": goalRank, "maat": measureRank,
		"project": projectRank, "uitkomst": outcomeRank, "periode": periodRank, "kenmerk": traitRank,
	}
)

// largestFirst are the tables with more combinations than anybody reads to the end, by the count that orders them.
var largestFirst = map[string]string{"arrangementen": "personen", "overgangen": "personen"}

// prefixed puts the same before every word.
func prefixed(before string, words []string) []string {
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = before + word
	}
	return out
}

// countUp gives the whole numbers from one to another.
func countUp(from, to int) (out []string) {
	for n := from; n <= to; n++ {
		out = append(out, strconv.Itoa(n))
	}
	return out
}

// rank is the place of a word in a list; what is not in it comes after.
func rank(list []string, word string) int {
	if i := slices.Index(list, word); i >= 0 {
		return i
	}
	return len(list)
}

// ranked sorts words by their place in a list.
func ranked(words, list []string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(rank(list, a), rank(list, b)) })
	return words
}

// level says what kind of area a code is: a word of the pipeline, or by its prefix.
func level(code string) string {
	switch {
	case slices.Contains(areaRank, code):
		return code
	case strings.HasPrefix(code, "GM"):
		return "gemeente"
	case strings.HasPrefix(code, "WK"):
		return "wijk"
	case strings.HasPrefix(code, "BU"):
		return "buurt"
	}
	return "overig"
}

var levelRank = []string{"pilot", "controle", "regio", "gemeente", "wijk", "buurt"}

// readingOrder gives the rows as a reader wants them: pilot, controle, regio,
// then gemeenten, wijken and buurten by code; within an area the newest year
// first; then the remaining keys in their own order, or the largest count first.
// A quarter or a month stands in the place of a year.
func readingOrder(t disclosure.ReleasedTable) []int {
	if t.Name == disclosure.ChangesTable {
		return changesOrder(t)
	}
	area, year := t.ColumnIndex("gebied"), max(t.ColumnIndex("jaar"), t.ColumnIndex("kwartaal"), t.ColumnIndex("maand"))
	largest := t.ColumnIndex(largestFirst[t.Name])
	var rest []int
	for i, c := range t.Columns {
		if c.Key && i != area && i != year {
			rest = append(rest, i)
		}
	}
	if t.Name == "aansluiting" {
		area = -1 // the money trail reads by supplier and law, then by year
	}
	order := make([]int, len(t.Rows))
	for i := range order {
		order[i] = i
	}
	leading, trailing := rest, []int(nil)
	if area >= 0 {
		leading, trailing = nil, rest
	} else if n := slices.IndexFunc(rest, func(i int) bool { return t.Columns[i].Name == "post" }); n >= 0 {
		leading, trailing = rest[:n], rest[n:]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		ra, rb := t.Rows[a], t.Rows[b]
		if area >= 0 {
			if c := compareAreas(ra[area].Text, rb[area].Text); c != 0 {
				return c
			}
		}
		if c := compareKeys(t, leading, ra, rb); c != 0 {
			return c
		}
		if year >= 0 {
			if c := compareCells(t.Columns[year], rb[year], ra[year]); c != 0 {
				return c
			}
		}
		if largest >= 0 {
			if c := cmp.Compare(visible(rb[largest]), visible(ra[largest])); c != 0 {
				return c
			}
		}
		return compareKeys(t, trailing, ra, rb)
	})
	return order
}

// visible is the value of a count, below every count when it is not to be seen: the order must not give it away.
func visible(c disclosure.Cell) int64 {
	if c.State != disclosure.Shown {
		return -1
	}
	return c.Unscaled
}

func compareAreas(a, b string) int {
	return cmp.Or(cmp.Compare(rank(levelRank, level(a)), rank(levelRank, level(b))), cmp.Compare(a, b))
}

func compareKeys(t disclosure.ReleasedTable, keys []int, a, b []disclosure.Cell) int {
	for _, k := range keys {
		c := t.Columns[k]
		if list, ok := ranks[c.Name]; ok {
			if n := cmp.Compare(rank(list, a[k].Text), rank(list, b[k].Text)); n != 0 {
				return n
			}
		}
		if n := compareCells(c, a[k], b[k]); n != 0 {
			return n
		}
	}
	return 0
}

func compareCells(c disclosure.Column, a, b disclosure.Cell) int {
	if c.Type == disclosure.Text {
		return cmp.Compare(a.Text, b.Text)
	}
	return cmp.Compare(a.Unscaled, b.Unscaled)
}
