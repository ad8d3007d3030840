package disclosure

import (
	"testing"
	"time"
)

// TestTheTableOfThePlan: 44 areas by 6 domains by 3 measures with all margins. Hiding the small
// cells alone leaves most of them computable; afterwards none is, and every need is proven.
func TestTheTableOfThePlan(t *testing.T) {
	g, sensitive, needs := counts([]int{44, 6, 3}, 1)
	none := make([]bool, len(g.values))
	known := g.marked(func(u int) bool { return !sensitive[u] })
	if n := len(g.exposed(known)); n < len(needs)/2 {
		t.Errorf("without secondary suppression %d of %d can be computed; the table is too easy", n, len(needs))
	}
	rows := g.rows()
	start := time.Now()
	shown, unproven := g.protect(rows, sensitive, none, none, needs, 100000)
	took := time.Since(start)
	t.Logf("%d cells, %d sensitive, %d hidden in all, %v", len(g.values), len(needs), hiddenOf(shown), took)
	if len(unproven) != 0 {
		t.Errorf("%d of %d needs are not proven", len(unproven), len(needs))
	}
	if exposed := g.exposed(g.readable(rows, shown, none)); len(exposed) != 0 {
		t.Errorf("%d hidden cells can be computed", len(exposed))
	}
	if took > 10*time.Second {
		t.Errorf("it took %v", took) // it takes a fifth of a second; the bound is for a busy machine
	}
}

// BenchmarkProtect tells how the work grows with the table.
func BenchmarkProtect(b *testing.B) {
	for _, c := range []struct {
		name  string
		sizes []int
	}{{"1260", []int{44, 6, 3}}, {"5184", []int{80, 15, 3}}, {"19764", []int{80, 60, 3}}} {
		b.Run(c.name, func(b *testing.B) {
			g, sensitive, needs := counts(c.sizes, 1)
			none, rows := make([]bool, len(g.values)), g.rows()
			for b.Loop() {
				start := time.Now()
				secondary := hiddenOf(g.conceal(rows, sensitive, none)) - len(needs)
				b.ReportMetric(time.Since(start).Seconds(), "s-conceal")
				start = time.Now()
				shown, unproven := g.protect(rows, sensitive, none, none, needs, 500000)
				b.ReportMetric(time.Since(start).Seconds(), "s-protect")
				b.ReportMetric(float64(len(needs)), "sensitive")
				b.ReportMetric(float64(secondary), "secondary-gauss")
				b.ReportMetric(float64(hiddenOf(shown)-len(needs)), "secondary")
				b.ReportMetric(float64(len(unproven)), "unproven")
			}
		})
	}
}

// conceal decides which rows are shown. They come in order of importance and are shown or hidden
// whole: a row with a sensitive unknown is hidden, every other is shown unless a sensitive unknown
// could then be computed from the shown rows, the given unknowns and the equations (Langsrud's
// GAUSS method). What can be computed from the given ones alone is beyond its help.
func (s *system) conceal(rows [][]int, sensitive, given []bool) (shown []bool) {
	return s.concealFrom(rows, rowsWith(rows, sensitive), []attacker{s.attacker(rows, sensitive, given)})
}
