package queries_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const concentrationTables = `CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2016, 366, FALSE), (2017, 365, TRUE)) AS j (jaar, dagen, is_basisjaar);
	CREATE TABLE model.persoonjaar (persoon INTEGER, jaar INTEGER, buurt VARCHAR, dagen INTEGER);
	CREATE TABLE model.kosten_persoonjaar (persoon INTEGER, jaar INTEGER, buurt VARCHAR, bedrag DECIMAL(18,2), bedrag_reeel DECIMAL(18,2));
	CREATE TABLE model.gebied AS SELECT j.jaar, b.buurt, g.gebied FROM model.jaar AS j, (VALUES ('b1'), ('b2'), ('b3')) AS b (buurt),
		(VALUES ('b1'), ('b2'), ('b3'), ('wijk'), ('regio')) AS g (gebied) WHERE g.gebied IN (b.buurt, 'regio') OR g.gebied = 'wijk' AND b.buurt <> 'b3'`

// resident is what a person cost in cents in a buurt, in so many days of a year; real nil is not known.
type resident struct {
	person, year, days int
	buurt              string
	cents              int64
	real               *int64
}

func (r resident) in(area string) bool {
	return area == "regio" || area == r.buurt || area == "wijk" && r.buurt != "b3"
}

// sum adds up a person's rows in an area.
type costSum struct {
	days, cents, real int64
	known             bool
}

func sums(residents []resident, year int, area string) (out []costSum) {
	byPerson := map[int]costSum{}
	for _, r := range residents {
		if r.year != year || !r.in(area) {
			continue
		}
		s, found := byPerson[r.person]
		s.known = (s.known || !found) && r.real != nil
		s.days, s.cents = s.days+int64(r.days), s.cents+r.cents
		if r.real != nil {
			s.real += *r.real
		}
		byPerson[r.person] = s
	}
	for _, s := range byPerson {
		out = append(out, s)
	}
	return out
}

// capOf is the weighted percentile in millionths of a euro per year: the smallest cost per year with 99.5% of the days on
// or below it. It is nil when nobody lives here in 2017.
func capOf(residents []resident) *big.Int {
	type yearly struct{ cost, days int64 }
	var all []yearly
	var total int64
	for _, s := range sums(residents, 2017, "regio") {
		all = append(all, yearly{halfAwayFromZero(big.NewRat(s.cents*10_000*365, s.days)).Int64(), s.days})
		total += s.days
	}
	slices.SortFunc(all, func(a, b yearly) int { return int(a.cost - b.cost) })
	var below int64
	for _, y := range all {
		if below += y.days; below*1000 >= total*995 {
			return big.NewInt(y.cost)
		}
	}
	return nil
}

// concentrated gives the rows of an area in a year, by their words.
func concentrated(residents []resident, year int, area string, limit *big.Int) (rows [][]string) {
	all := sums(residents, year, area)
	if len(all) == 0 {
		return nil
	}
	var total, real, capped, above int64
	known := true
	for _, s := range all {
		total, real, known = total+s.cents, real+s.real, known && s.known
		kept := s.real
		if limit != nil {
			daysOfYear := map[int]int64{2016: 366, 2017: 365}[year]
			most := new(big.Rat).SetFrac(new(big.Int).Mul(limit, big.NewInt(s.days)), big.NewInt(10_000*daysOfYear))
			kept = min(kept, halfAwayFromZero(most).Int64())
		}
		capped += kept
		if kept < s.real {
			above++
		}
	}
	row := func(group string, persons, n, r int64, atLimit bool) {
		out := []string{fmt.Sprint(year), area, group, fmt.Sprint(persons), "", "", "", "", ""}
		if !atLimit {
			out[4] = cents(big.NewInt(n))
			if total > 0 {
				out[6] = sixDecimals(n, total)
			}
		}
		if known && (!atLimit || limit != nil) {
			out[5] = cents(big.NewInt(r))
			if real > 0 {
				out[7] = sixDecimals(r, real)
			}
		}
		if atLimit && limit != nil {
			out[8] = new(big.Rat).SetFrac(limit, big.NewInt(1_000_000)).FloatString(6)
		}
		if group == "boven_grens" && !known {
			out[3] = ""
		}
		rows = append(rows, out)
	}
	row("afgetopt", int64(len(all)), 0, capped, true)
	row("boven_grens", above, 0, real-capped, true)
	for _, percent := range []int{1, 10, 5} {
		n := (len(all)*percent + 99) / 100
		var top, topReal int64
		slices.SortFunc(all, func(a, b costSum) int { return int(b.cents - a.cents) })
		for _, s := range all[:n] {
			top += s.cents
		}
		slices.SortFunc(all, func(a, b costSum) int { return int(b.real - a.real) })
		for _, s := range all[:n] {
			topReal += s.real
		}
		row(fmt.Sprintf("top_%d", percent), int64(n), top, topReal, false)
	}
	return rows
}

// drawResidents makes persons with one or two buurten in a year, of whom many cost nothing.
func drawResidents(t *rapid.T) (out []resident) {
	unknown := rapid.IntRange(0, 3).Draw(t, "onbekend") == 0
	most := rapid.SampledFrom([]int64{30, 30_000, 900_000_000}).Draw(t, "most")
	for person := range rapid.SampledFrom([]int{2, 25, 60}).Draw(t, "personen") {
		for _, year := range []int{2016, 2017} {
			for i, buurt := range rapid.SampledFrom([][]string{{"b1"}, {"b2"}, {"b3"}, {"b1", "b2"}, {"b2", "b3"}, {}}).Draw(t, "buurten") {
				r := resident{person, year, rapid.SampledFrom([]int{1, 61, 122, 183}).Draw(t, "dagen"), buurt, 0, new(int64)}
				if i == 0 && rapid.IntRange(0, 2).Draw(t, "kosten") > 0 {
					r.cents = rapid.Int64Range(-most/9, most).Draw(t, "centen")
					*r.real = r.cents
					if year == 2016 {
						*r.real += rapid.Int64Range(-9, 9).Draw(t, "reeel")
					}
					if unknown && rapid.IntRange(0, 20).Draw(t, "deze") == 0 {
						r.real = nil
					}
				}
				out = append(out, r)
			}
		}
	}
	return out
}

// TestConcentrationAgainstExact compares random residents with a computation that puts everybody in order.
func TestConcentrationAgainstExact(t *testing.T) {
	conn := bench(t, concentrationTables)
	rapid.Check(t, func(t *rapid.T) {
		residents := drawResidents(t)
		lived, cost := []string{"(-1, 2015, 'b1', 1)"}, []string{"(-1, 2015, 'b1', 0, 0)"}
		for _, r := range residents {
			lived = append(lived, fmt.Sprintf("(%d, %d, '%s', %d)", r.person, r.year, r.buurt, r.days))
			switch {
			case r.real == nil:
				cost = append(cost, fmt.Sprintf("(%d, %d, '%s', %s, NULL)", r.person, r.year, r.buurt, cents(big.NewInt(r.cents))))
			case r.cents != 0 || *r.real != 0:
				cost = append(cost, fmt.Sprintf("(%d, %d, '%s', %s, %s)", r.person, r.year, r.buurt, cents(big.NewInt(r.cents)), cents(big.NewInt(*r.real))))
			}
		}
		run(t, conn, "DELETE FROM model.persoonjaar")
		run(t, conn, "DELETE FROM model.kosten_persoonjaar")
		run(t, conn, "INSERT INTO model.persoonjaar VALUES "+strings.Join(lived, ", "))
		run(t, conn, "INSERT INTO model.kosten_persoonjaar VALUES "+strings.Join(cost, ", "))
		build(t, conn, "kostengrens", "concentratie_bewoner")
		var want [][]string
		limit := capOf(residents)
		for _, year := range []int{2016, 2017} {
			for _, area := range []string{"b1", "b2", "b3", "regio", "wijk"} {
				want = append(want, concentrated(residents, year, area, limit)...)
			}
		}
		got := ask(t, conn, "concentratie", "jaar", "gebied", "groep", "personen", "bedrag", "bedrag_reeel", "aandeel_bedrag", "aandeel_bedrag_reeel", "grens")
		if !slices.EqualFunc(got, want, closeRows) {
			t.Fatalf("got\n%v\nwant\n%v", got, want)
		}
	})
}

// closeRows allows a ratio, with six decimals, one unit of the last: it is a quotient of doubles.
func closeRows(got, want []string) bool {
	return slices.EqualFunc(got, want, func(a, b string) bool {
		_, decimals, _ := strings.Cut(a, ".")
		x, okX := new(big.Rat).SetString(a)
		y, okY := new(big.Rat).SetString(b)
		if a == b || len(decimals) != 6 || !okX || !okY {
			return a == b
		}
		return x.Sub(x, y).Abs(x).Cmp(big.NewRat(1, 1_000_000)) <= 0
	})
}
