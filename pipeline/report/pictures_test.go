package report

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"ontschot/pipeline/disclosure"
)

// composedOf is a workbook of which the composed sheets are known and nothing is written.
func composedOf(t testing.TB, b Book) *workbook {
	t.Helper()
	w, err := planned(b, dataRoom)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestAFloatingBarSpansItsStep: what is drawn from where a bar stands is the step, on both sides of zero.
func TestAFloatingBarSpansItsStep(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		from, to := float64(draw.IntN(21)-10), float64(draw.IntN(21)-10)
		stand, bar, beyond := floating(from, to)
		if stand*bar < 0 || bar*beyond > 0 || beyond != 0 && stand != 0 {
			t.Fatalf("%v to %v: %v, %v and %v do not stack on one side of zero", from, to, stand, bar, beyond)
		}
		ends := []float64{stand, stand + bar}
		if beyond != 0 {
			ends = []float64{bar, beyond}
		}
		if low, high := math.Min(ends[0], ends[1]), math.Max(ends[0], ends[1]); low != math.Min(from, to) || high != math.Max(from, to) {
			t.Fatalf("%v to %v is drawn from %v to %v", from, to, low, high)
		}
	}
}

func hiddenFigure() figure { return figure{State: disclosure.Hidden} }

// TestAChartLeavesOutWhatIsHidden: a mark would be drawn as a zero.
func TestAChartLeavesOutWhatIsHidden(t *testing.T) {
	x := hiddenFigure()
	column := func(values ...figure) gridColumn { return gridColumn{values: values} }
	one := shown(1)
	for _, c := range []struct {
		name     string
		columns  []gridColumn
		drawn    int
		from, to int
	}{
		{"all shown", []gridColumn{column(one, one, one), column(one, one, one)}, 2, 0, 2},
		{"the newest of one is hidden", []gridColumn{column(one, one, one), column(one, one, x)}, 2, 0, 1},
		{"an old one is hidden", []gridColumn{column(one, one, one), column(x, one, one)}, 2, 1, 2},
		{"one is hidden throughout", []gridColumn{column(one, one, one), column(x, x, x)}, 1, 0, 2},
		{"every other one is hidden", []gridColumn{column(one, x, one)}, 0, 0, 0},
		{"one row", []gridColumn{column(one)}, 0, 0, 0},
	} {
		g := grid{rows: make([]string, len(c.columns[0].values)), columns: c.columns}
		drawn, from, to := g.drawable()
		if len(drawn) != c.drawn || from != c.from || to != c.to {
			t.Errorf("%s: columns %v, rows %d to %d", c.name, drawn, from, to)
		}
	}
}

// TestEveryPictureSaysWhatItShows: every section has a sentence, a chart with a title and words for who cannot see it, and draws
// shown numbers only.
func TestEveryPictureSaysWhatItShows(t *testing.T) {
	charts := 0
	for _, language := range Languages() {
		for _, book := range []Book{bookOf(t, madeUp().tables()...), municipal(t, madeUp().tables()...), bookOf(t)} {
			book.Language = language
			w := composedOf(t, book)
			for _, v := range w.pictures {
				if v.heading == "" || v.finding == "" && v.why == "" {
					t.Errorf("%s: heading %q, sentence %q, reason %q", v.table, v.heading, v.finding, v.why)
				}
				for _, text := range []string{v.heading, v.finding, v.why} {
					if strings.ContainsAny(text, "{}") {
						t.Errorf("%s: a part of %q is not filled in", v.table, text)
					}
				}
				if v.chart == nil {
					continue
				}
				charts++
				if v.chart.title == "" || v.chart.alt == "" || strings.ContainsAny(v.chart.title+v.chart.alt+v.chart.unit, "{}") || len(v.chart.series) == 0 {
					t.Errorf("%s: the chart is %+v", v.table, v.chart)
				}
				for _, s := range v.chart.series {
					for row := v.chart.from; row <= v.chart.to; row++ {
						if v.grid.columns[s.column].values[row].State != disclosure.Shown {
							t.Errorf("%s: column %d, row %d is drawn and not shown", v.table, s.column, row)
						}
					}
				}
			}
		}
	}
	if charts < 8 {
		t.Errorf("only %d charts were made", charts)
	}
}

// TestAGoalIsJudgedByWhatWasWanted: the colour follows what the programme wants, the word what happened.
func TestAGoalIsJudgedByWhatWasWanted(t *testing.T) {
	w := &workbook{texts: &dutch}
	for _, c := range []struct {
		verdict, wanted, words string
		good                   int
	}{
		{"daling", "daling", "✓ daling, zoals gewenst", 1},
		{"daling", "daling of gelijk", "✓ daling, zoals gewenst", 1},
		{"gelijk", "daling of gelijk", "✓ gelijk, zoals gewenst", 1},
		{"gelijk", "daling", "○ gelijk", 0},
		{"stijging", "daling", "✗ stijging, niet gewenst", -1},
		{"stijging", "daling of gelijk", "✗ stijging, niet gewenst", -1},
		{"stijging", "geen", "○ stijging", 0},
		{"niet vast te stellen", "daling", "? niet vast te stellen", 0},
		{"", "daling", "x", 0},
	} {
		words, good := w.judged(&goal{verdict: c.verdict, wanted: c.wanted})
		if words != c.words || good != c.good {
			t.Errorf("%s where %s is wanted: %q, %d", c.verdict, c.wanted, words, good)
		}
	}
}

// TestDistrictsStandSideBySide: every area above the neighbourhood has a row, and the costs are those of the first sheet.
func TestDistrictsStandSideBySide(t *testing.T) {
	w := composedOf(t, bookOf(t, madeUp().tables()...))
	if len(w.side.areas) < 4 || len(w.side.side.rows) != len(w.side.areas) {
		t.Fatalf("areas %v, rows %v", w.side.areas, w.side.side.rows)
	}
	for i, area := range w.side.areas {
		if level(area) == "buurt" {
			t.Errorf("%s is a neighbourhood", area)
		}
		if own, ok := w.found.figures[0].areas[area]; ok && w.side.side.columns[2].values[i] != own.now {
			t.Errorf("%s costs %v here and %v on the first sheet", area, w.side.side.columns[2].values[i], own.now)
		}
	}
	if w.side.finding == "" {
		t.Error("nothing is said of the districts")
	}
}
