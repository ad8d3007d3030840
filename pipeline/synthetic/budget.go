package synthetic

import (
	"fmt"
	"math"
)

// budgetLine is money that is in no person's claim.
type budgetLine struct {
	domain domain
	year   int
	place  string // a code of gebied
	post   string
	cents  int64
}

// The posts of the municipality as a whole, in euros per inhabitant of the first day, at the prices of priceYear.
var municipalPosts = []struct {
	domain domain
	post   string
	euros  int64
}{{wmo, "subsidie", 60}, {wmo, "pgb", 25}, {jeugdwet, "lumpsum", 35}}

// Programme money of a pilot neighbourhood from effectYear on, in euros per inhabitant of the first day.
const programmeEuros = 15

// budget is the money outside claims: the programme in each pilot neighbourhood, and what the municipality pays as a sum.
// Nothing in it is drawn, so that a reader can check it by hand; the posts of the municipality rise by 2% of priceYear a year.
func (w *world) budget() []budgetLine {
	var lines []budgetLine
	people := int64(w.people)
	for y := w.firstYear; y <= w.lastYear; y++ {
		for _, p := range municipalPosts {
			lines = append(lines, budgetLine{p.domain, y, Municipality, p.post, people * p.euros * int64(100+2*(y-priceYear))})
		}
		for i := range Neighbourhoods {
			if n := &Neighbourhoods[i]; n.Role == RolePilot && y >= effectYear {
				thousandths := int64(math.Round(1000 * n.weight))
				lines = append(lines, budgetLine{zvw, y, n.Code, "programma", people * thousandths * programmeEuros / 10})
			}
		}
	}
	return lines
}

// writeBudget writes the file of the budget, which no block of persons adds to.
func (w *world) writeBudget(f *file, fresh func([]column) rows) error {
	r := fresh(f.columns)
	for _, l := range w.budget() {
		r.text(domainNames[l.domain])
		r.number(l.year)
		r.text(l.place)
		r.text(l.post)
		r.fixed(l.cents, 2)
		r.end()
		f.lines++
		f.cents += l.cents
	}
	if err := f.sink.write(r); err != nil {
		return fmt.Errorf("write %s: %w", f.name, err)
	}
	return nil
}
