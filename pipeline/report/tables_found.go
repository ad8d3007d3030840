package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"ontschot/pipeline/disclosure"
)

// foundTexts are sentences above tables of which there is no picture, by what was found in them.
type foundTexts struct {
	Residents, Care, Referral, Households string
	Arrangements, Transitions             string
	Concentration, Outside, Specialist    string
	Money                                 string
}

// tableFinding says in one sentence what a table shows of the leading area; nothing where its figures are not to be seen.
func (w *workbook) tableFinding(table string) string {
	f := &w.found
	if f.year == "" {
		return ""
	}
	switch table {
	case "verschuiving_domein":
		return sentence(f.largestShifts().sentence(w.texts)) + "."
	case "doelen":
		return w.goalFinding()
	case "kerncijfers_gebied":
		l := newLookup(w.book.Released, table, "gebied", "jaar")
		return w.wasAndIs(w.texts.Found.Residents, 0, func(year string) figure { return l.get("inwoners", f.area, year) })
	case "verwijzing":
		l := newLookup(w.book.Released, table, "gebied", "jaar", "maat")
		return w.wasAndIs(w.texts.Found.Referral, 1, func(year string) figure { return l.get("waarde", f.area, year, "eerste_dbc_per_1000") })
	case "stapeling_huishoudens":
		l := newLookup(w.book.Released, table, "gebied", "jaar", "telling", "klasse")
		return w.wasAndIs(w.texts.Found.Households, 1, func(year string) figure { return stacked(&l, f.area, year) })
	case "concentratie":
		l := newLookup(w.book.Released, table, "gebied", "jaar", "groep")
		return w.wasAndIs(w.texts.Found.Concentration, 1, func(year string) figure { return percentOf(l.get("aandeel_bedrag", f.area, year, "top_1")) })
	case "kosten_per_zorgsoort":
		return w.largestCare()
	case "specialistische_zorg":
		return w.specialistFinding()
	case "arrangementen":
		return w.arrangementFinding()
	case "overgangen":
		return w.transitionFinding()
	case "kosten_buiten_declaraties":
		return w.outsideFinding()
	case "aansluiting":
		return w.moneyFinding()
	}
	return ""
}

func percentOf(v figure) figure {
	return combine(v, v, func(a, _ float64) figure { return shown(100 * a) })
}

// wasAndIs fills a sentence with a figure of the base year and that of now.
func (w *workbook) wasAndIs(said string, decimals int, value func(year string) figure) string {
	f := &w.found
	was, is := value(f.base), value(f.year)
	if was.State != disclosure.Shown || is.State != disclosure.Shown {
		return ""
	}
	return w.about(said, "was", w.texts.number(was.Value, decimals), "is", w.texts.number(is.Value, decimals))
}

// about fills a sentence about the leading area, now and in the base year.
func (w *workbook) about(said string, pairs ...string) string {
	f := &w.found
	return sentence(fill(said, append([]string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year}, pairs...)...))
}

// euros is an amount as people say it, without a plus.
func (w *workbook) euros(v float64) string { return strings.TrimPrefix(w.amount(v), "+") }

// rowsNow are the rows of a table about the leading area in the year that is compared, with a number in a column; the largest first.
func (w *workbook) rowsNow(table disclosure.ReleasedTable, measure string) (rows [][]disclosure.Cell, at int) {
	f := &w.found
	area, year, at := table.ColumnIndex("gebied"), table.ColumnIndex("jaar"), table.ColumnIndex(measure)
	if area < 0 || year < 0 || at < 0 {
		return nil, at
	}
	for _, i := range readingOrder(table) {
		row := table.Rows[i]
		if row[area].Text == f.area && keyText(table.Columns[year], row[year]) == f.year && row[at].State == disclosure.Shown {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b []disclosure.Cell) int { return cmp.Compare(b[at].Unscaled, a[at].Unscaled) })
	return rows, at
}

const mostCare = 3 // that a sentence names

// largestCare names the types of care that cost most.
func (w *workbook) largestCare() string {
	t, _ := w.book.Released.Table("kosten_per_zorgsoort")
	rows, at := w.rowsNow(t, "bedrag_reeel")
	kind := t.ColumnIndex("zorgsoort")
	if len(rows) < mostCare || kind < 0 {
		return ""
	}
	var told []string
	for _, row := range rows[:mostCare] {
		told = append(told, w.careName(row[kind].Text)+" ("+w.euros(asFloat(row[at].Unscaled, scaleOf(t.Columns[at])))+")")
	}
	return w.about(w.texts.Found.Care, "opsomming", strings.Join(told, ", "))
}

// specialistFinding says how large the third line is, and between what it lies if the rules are drawn otherwise.
func (w *workbook) specialistFinding() string {
	t, _ := w.book.Released.Table("specialistische_zorg")
	rows, at := w.rowsNow(t, "aandeel_lijn_3_anders")
	now := t.ColumnIndex("aandeel_lijn_3")
	if len(rows) == 0 || now < 0 || rows[0][now].State != disclosure.Shown {
		return ""
	}
	share := func(row []disclosure.Cell, column int) string {
		return w.texts.number(100*asFloat(row[column].Unscaled, scaleOf(t.Columns[column])), 1)
	}
	return w.about(w.texts.Found.Specialist, "is", share(rows[0], now), "laag", share(rows[len(rows)-1], at), "hoog", share(rows[0], at))
}

// arrangementFinding names the arrangements that most persons more, and fewer, have.
func (w *workbook) arrangementFinding() string {
	t, _ := w.book.Released.Table("arrangementen")
	rows, at := w.rowsNow(t, "delta_personen")
	name := t.ColumnIndex("arrangement")
	if len(rows) < 2 || name < 0 || rows[0][at].Unscaled <= 0 || rows[len(rows)-1][at].Unscaled >= 0 {
		return ""
	}
	more, fewer := rows[0], rows[len(rows)-1]
	return w.about(w.texts.Found.Arrangements,
		"meer", w.arrangementName(more[name].Text), "plus", w.texts.signed(float64(more[at].Unscaled), 0),
		"minder", w.arrangementName(fewer[name].Text), "min", w.texts.signed(float64(fewer[at].Unscaled), 0))
}

// transitionFinding names the most frequent transition from one arrangement to another.
func (w *workbook) transitionFinding() string {
	t, _ := w.book.Released.Table("overgangen")
	rows, at := w.rowsNow(t, "personen")
	from, to := t.ColumnIndex("van"), t.ColumnIndex("naar")
	if from < 0 || to < 0 {
		return ""
	}
	for _, row := range rows {
		if a, b := row[from].Text, row[to].Text; a != b && strings.Contains(a, ":") && strings.Contains(b, ":") {
			return w.about(w.texts.Found.Transitions, "van", w.arrangementName(a), "naar", w.arrangementName(b), "n", w.texts.number(float64(row[at].Unscaled), 0))
		}
	}
	return ""
}

// outsideFinding adds up what stands in no claim, in the whole region.
func (w *workbook) outsideFinding() string {
	l := newLookup(w.book.Released, "kosten_buiten_declaraties", "gebied", "jaar", "domein", "post")
	total := func(year string) figure {
		sum, some := shown(0), false
		for _, domain := range l.distinct("domein") {
			for _, post := range l.distinct("post") {
				if l.row("regio", year, domain, post) != nil {
					sum, some = add(sum, l.get("bedrag", "regio", year, domain, post)), true
				}
			}
		}
		if !some {
			return unknown
		}
		return sum
	}
	was, is := total(w.found.base), total(w.found.year)
	if was.State != disclosure.Shown || is.State != disclosure.Shown {
		return ""
	}
	return w.about(w.texts.Found.Outside, "was", w.euros(was.Value), "is", w.euros(is.Value))
}

// moneyFinding says which part of the delivered euros the figures count. Rows that kept what was released of them do not go with
// the others.
func (w *workbook) moneyFinding() string {
	t, _ := w.book.Released.Table("aansluiting")
	post, at := t.ColumnIndex("post"), t.ColumnIndex("bedrag")
	if post < 0 || at < 0 || t.ColumnIndex("vrijgave") >= 0 {
		return ""
	}
	sums := map[string]float64{}
	for _, row := range t.Rows {
		if name := row[post].Text; name == "aangeleverd" || name == "gemodelleerd" {
			if row[at].State != disclosure.Shown {
				return ""
			}
			sums[name] += asFloat(row[at].Unscaled, scaleOf(t.Columns[at]))
		}
	}
	part := 100 * sums["gemodelleerd"] / sums["aangeleverd"]
	if math.IsNaN(part) || part < 0 || part > 100 {
		return ""
	}
	return w.about(w.texts.Found.Money, "procent", w.texts.number(part, 1))
}
