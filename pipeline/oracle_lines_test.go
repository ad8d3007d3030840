package pipeline_test

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
)

// Limits of a file before it is refused whole: a share of its lines or euros, and at least this many lines.
const (
	oracleQuarantineShare = 0.01
	oracleQuarantineLines = 5
)

// oracleQuarantine counts the lines and euros of a file, and those of them that go to the quarantine.
type oracleQuarantine struct{ lines, cents, badLines, badCents int64 }

func (q *oracleQuarantine) add(bad bool, cents int64) {
	q.lines, q.cents = q.lines+1, q.cents+oracleAbs(cents)
	if bad {
		q.badLines, q.badCents = q.badLines+1, q.badCents+oracleAbs(cents)
	}
}

// refuses tells whether the file is refused whole.
func (q *oracleQuarantine) refuses() bool {
	return q.badLines >= oracleQuarantineLines && (float64(q.badLines) > oracleQuarantineShare*float64(q.lines) ||
		float64(q.badCents) > oracleQuarantineShare*float64(q.cents))
}

// settleLines reads every line of declaraties and decides where each one ends: quarantined, dubbel, vervangen,
// credit_zonder_debet, or (post still empty) in the model.
func (o *oracle) settleLines() {
	for i, d := range o.deliveries {
		if d.table != "declaraties" {
			continue
		}
		var lines []*oracleLine
		var count oracleQuarantine
		for _, record := range d.records {
			l := oracleReadLine(record, d, i)
			lines = append(lines, l)
			count.add(l.post == "in_quarantaine", l.cents)
		}
		if count.refuses() {
			o.refused = append(o.refused, d.path)
			continue
		}
		o.lines = append(o.lines, lines...)
	}
	o.credits = map[oracleLineKey][]*oracleLine{}
	for _, l := range o.lines {
		if key := (oracleLineKey{l.supplier, l.domain, l.previous}); l.credit {
			o.credits[key] = append(o.credits[key], l)
		}
	}
	o.settleVersions(true)
	o.settleVersions(false)
	o.matchCredits()
}

type oracleLineKey struct{ supplier, domain, id string }

// settleVersions finds, among the credits or among the debits, the lines delivered twice and the lines replaced.
func (o *oracle) settleVersions(credits bool) {
	present := map[oracleLineKey]*oracleLine{}
	from := 0
	for from < len(o.lines) {
		to := from
		for to < len(o.lines) && o.lines[to].delivery == o.lines[from].delivery {
			to++
		}
		batch := o.lines[from:to]
		if o.deliveries[batch[0].delivery].complete {
			oracleReplacePeriod(present, batch)
		}
		for _, l := range batch {
			if l.post != "" || l.credit != credits {
				continue
			}
			key := oracleLineKey{l.supplier, l.domain, l.id}
			earlier := present[key]
			switch {
			case earlier == nil:
				present[key] = l
			case earlier.content == l.content:
				l.post = "dubbel"
			case o.creditedBefore(earlier, l.delivery):
				present[key] = l // the earlier version was taken back by its credit: both stay
			default:
				earlier.post = "vervangen"
				present[key] = l
			}
		}
		from = to
	}
}

// oracleReplacePeriod lets a file delivered `volledig` replace its supplier's lines of each of its domains that begin
// from the first to the last month of the file.
func oracleReplacePeriod(present map[oracleLineKey]*oracleLine, batch []*oracleLine) {
	type months struct{ first, last int }
	spans := map[string]months{}
	month := func(d oracleDay) int { y, m, _ := d.date(); return y*12 + m - 1 }
	for _, l := range batch {
		if l.post == "in_quarantaine" {
			continue
		}
		at := month(l.begin)
		span, known := spans[l.domain]
		if !known {
			span = months{at, at}
		}
		spans[l.domain] = months{min(span.first, at), max(span.last, at)}
	}
	for key, l := range present {
		span, known := spans[key.domain]
		if known && key.supplier == batch[0].supplier && month(l.begin) >= span.first && month(l.begin) <= span.last {
			l.post = "vervangen"
			delete(present, key)
		}
	}
}

// creditedBefore tells whether loaded credits take back all of a debit line by the given delivery; if so they are
// tied to that version of the line.
func (o *oracle) creditedBefore(debit *oracleLine, delivery int) bool {
	var found []*oracleLine
	var back int64
	for _, l := range o.credits[oracleLineKey{debit.supplier, debit.domain, debit.id}] {
		if l.post == "" && l.debit == nil && l.delivery <= delivery && l.cents == debit.cents {
			found, back = append(found, l), back+l.cents
			break
		}
	}
	if debit.credit || len(found) == 0 || back < debit.cents {
		return false
	}
	for _, credit := range found {
		credit.debit = debit
	}
	debit.credits = found
	return true
}

// matchCredits ties each remaining credit to the line that it names: of two versions that count, the one with its
// amount, else the oldest.
func (o *oracle) matchCredits() {
	debits := map[oracleLineKey][]*oracleLine{}
	for _, l := range o.lines {
		if key := (oracleLineKey{l.supplier, l.domain, l.id}); !l.credit && l.post == "" {
			debits[key] = append(debits[key], l)
		}
	}
	for _, l := range o.lines {
		if !l.credit || l.post != "" || l.debit != nil {
			continue
		}
		versions := debits[oracleLineKey{l.supplier, l.domain, l.previous}]
		if len(versions) == 0 {
			l.post = "credit_zonder_debet"
			continue
		}
		l.debit = versions[0]
		if i := slices.IndexFunc(versions, func(d *oracleLine) bool { return d.cents == l.cents }); i >= 0 {
			l.debit = versions[i]
		}
		l.debit.credits = append(l.debit.credits, l)
	}
}

// oraclePart is what of a line falls in one month; from is the first day of the part.
type oraclePart struct {
	from          oracleDay
	year, month   int
	cents, volume int64
}

// oracleSpread divides an amount over the months of a period by day, rounding the running total half away from zero
// so that the parts add up.
func oracleSpread(amount int64, begin, end oracleDay) []oraclePart {
	var parts []oraclePart
	days := int64(end-begin) + 1
	var passed, given int64
	for d := begin; d <= end; d++ {
		year, month, _ := d.date()
		if len(parts) == 0 || parts[len(parts)-1].month != month || parts[len(parts)-1].year != year {
			parts = append(parts, oraclePart{from: d, year: year, month: month})
		}
		passed++
		if _, next, _ := (d + 1).date(); next != month || d == end {
			total := oracleRound(new(big.Rat).Mul(oracleRat(amount), big.NewRat(passed, days)))
			parts[len(parts)-1].cents = total - given
			given = total
		}
	}
	return parts
}

// parts are the signed months of a line: hospital care (041) wholly at its begindatum, everything else by day.
// A line whose dates cannot be read has none. counted makes a line one unit, as a line without a volume always is.
func (l *oracleLine) parts(counted bool) []oraclePart {
	if !l.datesReadable {
		return nil
	}
	begin, end := l.begin, l.end
	if l.fields["codelijst"] == "041" || end < begin {
		end = begin
	}
	parts := oracleSpread(l.sign()*l.cents, begin, end)
	units := int64(1000)
	if l.hasVolume && !counted {
		units = l.volume
	}
	for i, volume := range oracleSpread(l.sign()*units, begin, end) {
		parts[i].volume = volume.cents
	}
	return parts
}

var oraclePosts = []string{"aangeleverd", "in_quarantaine", "dubbel", "vervangen", "geladen", "credit_zonder_debet",
	"niet_in_bevolking", "gemodelleerd"}

// oraclePostWithin is the post that a post is a part of.
var oraclePostWithin = map[string]string{"in_quarantaine": "aangeleverd", "dubbel": "aangeleverd", "vervangen": "aangeleverd",
	"geladen": "aangeleverd", "credit_zonder_debet": "geladen", "niet_in_bevolking": "geladen", "gemodelleerd": "geladen"}

// Aansluiting is the reconciliation of lines and of rows of aggregaat, a row whole in its year. Every supplier × domain × year that occurs has all posts. What is not
// quarantined, dubbel or vervangen is geladen; geladen = credit_zonder_debet + niet_in_bevolking + gemodelleerd.
func (o *oracle) Aansluiting() oracleTable {
	type cell struct{ supplier, domain, year, post string }
	count, cents := map[cell]int64{}, map[cell]int64{}
	occurs := map[cell]bool{}
	bookOf := func(supplier, domain, post, year string, lines, amount int64) {
		occurs[cell{supplier, domain, year, ""}] = true
		posts := []string{"aangeleverd", post}
		if post != "in_quarantaine" && post != "dubbel" && post != "vervangen" {
			posts = append(posts, "geladen")
		}
		for _, p := range posts {
			count[cell{supplier, domain, year, p}] += lines
			cents[cell{supplier, domain, year, p}] += amount
		}
	}
	for _, a := range o.aggregates {
		bookOf(a.supplier, a.domain, a.post, a.yearText, 1, a.cents)
	}
	for _, l := range o.lines {
		book := func(post, year string, lines, amount int64) { bookOf(l.supplier, l.domain, post, year, lines, amount) }
		post := l.post
		if post == "" {
			post = "niet_in_bevolking"
			if l.modelled {
				post = "gemodelleerd"
			}
		}
		if !l.datesReadable {
			book(post, "", 1, l.sign()*l.cents)
			continue
		}
		book(post, strconv.Itoa(l.begin.year()), 1, 0)
		for _, part := range l.parts(false) {
			partPost := post
			if post == "gemodelleerd" && o.home(l.person, part.from) == nil {
				partPost = "niet_in_bevolking"
			}
			book(partPost, strconv.Itoa(part.year), 0, part.cents)
		}
	}
	table := oracleTable{Name: "aansluiting", Keys: []string{"leverancier", "domein", "jaar", "post"},
		Columns: []string{"regels", "bedrag", "binnen", "totaal_van", "in_regio"}}
	for at := range occurs {
		for _, post := range oraclePosts {
			at.post = post
			table.Rows = append(table.Rows, oracleRow{Key: []string{at.supplier, at.domain, at.year, post},
				Values: map[string]string{"regels": fmt.Sprint(count[at]), "bedrag": oracleEuros(cents[at]), "binnen": oraclePostWithin[post],
					"totaal_van": map[string]string{"aangeleverd": post, "geladen": post}[post],
					"in_regio":   map[string]string{"gemodelleerd": "regio"}[post]}})
		}
	}
	return table.sorted()
}
