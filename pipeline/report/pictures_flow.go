package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"ontschot/pipeline/disclosure"

	"github.com/xuri/excelize/v2"
)

// drawParts draws the parts of the change of the costs as a waterfall: each floats where the one before ended.
func (w *workbook) drawParts(v *picture) (drawn []int) {
	f, t, said := &w.found, &w.texts.Pictures, v.said
	l := newLookup(w.book.Released, "ontleding", "gebied", "jaar", "domein", "factor")
	laws, factors, effects := w.partsShown(&l)
	if len(laws) == 0 {
		return nil
	}
	v.grid.corner = w.columnText("", "factor").Label
	effect := gridColumn{head: w.columnText("ontleding", "effect").Label, format: formatEuroSigned}
	aids := make([]gridColumn, 6) // where a bar stands, what rises and falls, each with its part beyond zero, and the whole
	for i, head := range []string{t.PartsFloat, t.PartsUp, t.PartsUp, t.PartsDown, t.PartsDown, t.PartsChange} {
		aids[i] = gridColumn{head: head, format: formatEuro, aid: true}
	}
	level, most := 0.0, 0
	for i, size := range append(slices.Clone(effects), 0) {
		bars := [6]float64{}
		if last := i == len(effects); last {
			bars[5] = level
			v.grid.rows = append(v.grid.rows, t.PartsChange)
			effect.values = append(effect.values, shown(level))
		} else {
			at := 1
			if size < 0 {
				at = 3
			}
			bars[0], bars[at], bars[at+1] = floating(level, level+size)
			v.grid.rows = append(v.grid.rows, named(w.texts.Words["factor"], factors[i]))
			effect.values = append(effect.values, shown(size))
			if math.Abs(size) > math.Abs(effects[most]) {
				most = i
			}
		}
		for a := range aids {
			aids[a].values = append(aids[a].values, shown(bars[a]))
		}
		level += size
	}
	v.grid.columns = []gridColumn{effect}
	var series []seriesPlan
	for i, color := range []string{"", colorGain, colorGain, colorLoss, colorLoss, colorDeep} {
		if slices.ContainsFunc(aids[i].values, func(v figure) bool { return v.Value != 0 }) {
			series = append(series, seriesPlan{column: len(v.grid.columns), color: color})
			v.grid.columns = append(v.grid.columns, aids[i])
		}
	}
	names := make([]string, len(laws))
	for i, law := range laws {
		names[i] = named(w.texts.Domains, law)
	}
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year, "wetten", strings.Join(names, ", "),
		"verandering", w.amount(level), "wat", v.grid.rows[most], "bedrag", w.amount(effects[most])}
	v.finding = fill(said.Finding, pairs...)
	v.chart = &chartPlan{
		kind: excelize.ColStacked, title: fill(said.Title, pairs...), alt: fill(said.Alt, pairs...), unit: said.Unit, code: "#,##0",
		to: len(v.grid.rows) - 1, legend: false,
		series: series,
	}
	return []int{0}
}

// floating says where a bar from one level to another stands, how high it is, and what of it is on the other side of zero.
func floating(from, to float64) (stand, bar, beyond float64) {
	low, high := math.Min(from, to), math.Max(from, to)
	switch {
	case low >= 0:
		return low, high - low, 0
	case high <= 0:
		return high, low - high, 0
	}
	return 0, high, low
}

// partsShown finds the laws of which every part of the change is shown: all, or the recipient's own, or one; and the parts of
// them together.
func (w *workbook) partsShown(l *lookup) (laws, factors []string, effects []float64) {
	f := &w.found
	all := domainOrder(l.distinct("domein"))
	choices := [][]string{all, slices.DeleteFunc(slices.Clone(all), func(d string) bool { return !slices.Contains(w.book.OwnDomains, d) })}
	for _, law := range all {
		choices = append(choices, []string{law})
	}
	names := ranked(l.distinct("factor"), factorRank)
	for _, choice := range choices {
		factors, effects = nil, nil
		complete := len(choice) > 0
		for _, factor := range names {
			sum := shown(0)
			some := false
			for _, law := range choice {
				if l.row(f.area, f.year, law, factor) != nil {
					sum, some = add(sum, l.get("effect", f.area, f.year, law, factor)), true
				}
			}
			if some {
				factors, effects = append(factors, factor), append(effects, sum.Value)
				complete = complete && sum.State == disclosure.Shown
			}
		}
		if complete && len(factors) > 0 {
			return choice, factors, effects
		}
	}
	return nil, nil, nil
}

// drawFlows is a matrix of where euros of persons went, coloured by size.
func (w *workbook) drawFlows(v *picture) (drawn []int) {
	f, t, said := &w.found, &w.texts.Pictures, v.said
	l := newLookup(w.book.Released, "stroom_personen", "gebied", "jaar", "van", "naar")
	some := func(source, target string) bool { return l.row(f.area, f.year, source, target) != nil }
	from, to := ranked(l.distinct("van"), turnRank), ranked(l.distinct("naar"), turnRank)
	from = slices.DeleteFunc(from, func(source string) bool {
		return !slices.ContainsFunc(to, func(target string) bool { return some(source, target) })
	})
	to = slices.DeleteFunc(to, func(target string) bool {
		return !slices.ContainsFunc(from, func(source string) bool { return some(source, target) })
	})
	to = to[:min(len(to), mostColumns)]
	name := func(word string) string { return firstOf(w.texts.Turns[word], named(w.texts.Domains, word)) }
	v.grid.corner = t.FlowFrom
	best, bestFrom, bestTo := unknown, "", ""
	for _, target := range to {
		c := gridColumn{head: name(target), format: formatEuro}
		for _, source := range from {
			amount := l.get("bedrag_reeel", f.area, f.year, source, target)
			c.values = append(c.values, amount)
			laws := slices.Contains(domainRank, source) && slices.Contains(domainRank, target) && source != target
			if laws && amount.State == disclosure.Shown && (best.State != disclosure.Shown || amount.Value > best.Value) {
				best, bestFrom, bestTo = amount, source, target
			}
		}
		v.grid.columns = append(v.grid.columns, c)
	}
	for _, source := range from {
		v.grid.rows = append(v.grid.rows, name(source))
	}
	pairs := []string{"waar", named(w.texts.Within, f.area), "basis", f.base, "jaar", f.year}
	v.finding = fill(said.Alt, pairs...)
	if best.State == disclosure.Shown {
		v.finding = fill(said.Finding, append(pairs, "van", name(bestFrom), "naar", name(bestTo), "bedrag", strings.TrimPrefix(w.amount(best.Value), "+"))...)
	}
	v.heat, v.note = true, t.Darker
	return nil
}

const mostQuarters = 12

// drawQuarters draws the costs per quarter per insured year.
func (w *workbook) drawQuarters(v *picture) (drawn []int) {
	f, said := &w.found, v.said
	l := newLookup(w.book.Released, "kosten_per_kwartaal", "gebied", "kwartaal", "domein")
	laws := l.distinct("domein")
	total := func(measure, area, quarter string) figure { return sumOf(&l, measure, area, quarter, laws) }
	v.grid.corner = w.columnText("", "kwartaal").Label
	for _, quarter := range l.distinct("kwartaal") {
		if !slices.ContainsFunc(laws, func(law string) bool { return l.text("status", f.area, quarter, law) == statusIncomplete }) {
			v.grid.rows = append(v.grid.rows, quarter)
		}
	}
	v.grid.rows = v.grid.rows[max(0, len(v.grid.rows)-mostQuarters):]
	if len(v.grid.rows) == 0 {
		v.why = w.texts.Pictures.NoYear
		return nil
	}
	for _, area := range f.areas() {
		v.grid.columns = append(v.grid.columns, columnOver(v.grid.rows, named(w.texts.Areas, area), formatEuro,
			func(quarter string) figure { return total("per_verzekerdejaar_reeel", area, quarter) }))
	}
	last := v.grid.rows[len(v.grid.rows)-1]
	change := growth(total("bedrag_jaar_eerder", f.area, last), total("bedrag_peil", f.area, last))
	quarter := w.wordsOf("kwartaal")
	for i, name := range v.grid.rows {
		v.grid.rows[i] = quarter(disclosure.Cell{Text: name})
	}
	pairs := []string{"waar", named(w.texts.Within, f.area), "kwartaal", quarter(disclosure.Cell{Text: last}), "procent", w.growthText(change), "basis", f.base}
	v.finding = w.seen(said.Finding, pairs, change)
	v.chart, drawn = lineChart(&v.grid, said, "#,##0", pairs...)
	return drawn
}

const (
	mostMonths = 12
	mostKinds  = 15
	complete   = 0.995 // what is above it is called complete
)

// drawCompleteness is a matrix of how complete the newest months are, of the kinds of care that are least so.
func (w *workbook) drawCompleteness(v *picture) (drawn []int) {
	t, said := &w.texts.Pictures, v.said
	l := newLookup(w.book.Released, "volledigheid", "domein", "zorgsoort", "maand")
	months := l.distinct("maand")
	months = months[max(0, len(months)-mostMonths):]
	type kind struct {
		law, care string
		least     float64
		month     string
	}
	var kinds []kind
	for _, law := range domainOrder(l.distinct("domein")) {
		for _, care := range l.distinct("zorgsoort") {
			k := kind{law: law, care: care, least: math.Inf(1)}
			for _, month := range months {
				if c := l.get("volledigheid", law, care, month); c.State == disclosure.Shown && c.Value < k.least {
					k.least, k.month = c.Value, month
				}
			}
			if k.least < complete {
				kinds = append(kinds, k)
			}
		}
	}
	if len(kinds) == 0 {
		v.finding, v.why = t.AllComplete, t.AllComplete
		return nil
	}
	worst := kinds[0]
	for _, k := range kinds {
		if k.least < worst.least {
			worst = k
		}
	}
	all := len(kinds)
	slices.SortStableFunc(kinds, func(a, b kind) int { return cmp.Compare(a.least, b.least) })
	kinds = kinds[:min(all, mostKinds)]
	v.grid.corner = w.texts.Derived.CareName
	for _, k := range kinds {
		v.grid.rows = append(v.grid.rows, w.careName(k.care))
	}
	short := func(month string) string { return strings.TrimSuffix(month, "-01") }
	for _, month := range months {
		c := gridColumn{head: short(month), format: formatPercent}
		for _, k := range kinds {
			c.values = append(c.values, l.get("volledigheid", k.law, k.care, month))
		}
		v.grid.columns = append(v.grid.columns, c)
	}
	v.finding = fill(said.Finding, "n", w.texts.number(float64(all), 0), "wat", w.careName(worst.care),
		"maand", short(worst.month), "procent", w.percentText(shown(worst.least)))
	v.heat, v.note = true, t.Darker
	return nil
}
