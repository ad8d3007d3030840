package effect_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"ontschot/internal/golden"
	"ontschot/pipeline/analysis/effect"
)

// minimumWage is the panel of counties with which the method was published.
func minimumWage(t *testing.T) (periods []int, courses []effect.Course) {
	t.Helper()
	place := map[string]int{}
	for _, row := range golden.Rows(t, "did_mpdta.csv") {
		year := int(number(t, row["year"]))
		if !slices.Contains(periods, year) {
			periods = append(periods, year)
		}
		i, known := place[row["countyreal"]]
		if !known {
			i = len(courses)
			place[row["countyreal"]] = i
			courses = append(courses, effect.Course{Start: int(number(t, row["first.treat"]))})
		}
		courses[i].Outcome = append(courses[i].Outcome, number(t, row["lemp"]))
	}
	return periods, courses
}

func TestStaggerGolden(t *testing.T) {
	s, err := effect.Stagger(minimumWage(t))
	if err != nil {
		t.Fatal(err)
	}
	want := golden.Rows(t, "did_mpdta_expected.csv")
	if len(s.GroupTimes) != 12 || len(want) != 12 {
		t.Fatalf("%d effects by start and year, %d published: both must be 12", len(s.GroupTimes), len(want))
	}
	for i, row := range want {
		gt := s.GroupTimes[i]
		name := row["g"] + " " + row["t"]
		if strconv.Itoa(gt.Start)+" "+strconv.Itoa(gt.Period) != name {
			t.Fatalf("effect %d is of %d %d, not of %s", i, gt.Start, gt.Period, name)
		}
		near(t, name, gt.Effect, number(t, row["att_printed_4dp"]), 0.5e-4)
		near(t, name, gt.Effect, number(t, row["att_reproduced"]), 1e-9)
		near(t, name+" se", gt.SE(), number(t, row["se_analytic_reproduced"]), 1e-9)
	}
}

func TestStaggerGoldenTogether(t *testing.T) {
	s, err := effect.Stagger(minimumWage(t))
	if err != nil {
		t.Fatal(err)
	}
	var after []effect.Estimate
	for _, row := range golden.Rows(t, "did_mpdta_eventstudy_expected.csv") {
		name := row["event_time"]
		var got effect.Estimate
		switch name {
		case "overall_group":
			got, err = s.Overall()
		case "overall_dynamic":
			got, err = effect.Combine([]float64{0.25, 0.25, 0.25, 0.25}, after)
		case "overall_simple":
			got, err = simple(s)
		default:
			if got, err = s.After(int(number(t, name))); number(t, name) >= 0 {
				after = append(after, got)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if row["printed"] != "" {
			near(t, name, got.Effect, number(t, row["printed"]), 0.5e-4)
		}
		if row["reproduced"] != "" {
			near(t, name, got.Effect, number(t, row["reproduced"]), 1e-9)
		}
		if row["se_if_reproduced"] != "" {
			near(t, name+" se", got.SE(), number(t, row["se_if_reproduced"]), 1e-9)
		}
	}
	// Twenty counties started in 2004, and only they were seen two years after; 309 never did.
	two, err := s.After(2)
	if err != nil || two.Clusters != 329 {
		t.Errorf("%d clusters, %v", two.Clusters, err)
	}
	if all, err := s.Overall(); err != nil || all.Clusters != 500 {
		t.Errorf("%d clusters, %v", all.Clusters, err)
	}
	// The effects per group that the package did prints for these data.
	for start, want := range map[int]float64{2004: -0.0797, 2006: -0.0229, 2007: -0.0261} {
		group, err := s.Group(start)
		if err != nil {
			t.Fatal(err)
		}
		near(t, strconv.Itoa(start), group.Effect, want, 0.5e-4)
	}
}

// simple is the mean of all effects since the start, each weighing with its number of units.
func simple(s effect.Staggered) (effect.Estimate, error) {
	var weights []float64
	var parts []effect.Estimate
	total := 0
	for _, gt := range s.GroupTimes {
		if gt.Period >= gt.Start {
			total += gt.Treated
		}
	}
	for _, gt := range s.GroupTimes {
		if gt.Period >= gt.Start {
			weights, parts = append(weights, float64(gt.Treated)/float64(total)), append(parts, gt.Estimate)
		}
	}
	return effect.Combine(weights, parts)
}

// TestJointGolden is the test of the periods before the start that the package did prints for these data: p = 0.16812 by
// chi-squared with 5 degrees of freedom, of which Joint makes F with 5 and 499.
func TestJointGolden(t *testing.T) {
	s, err := effect.Stagger(minimumWage(t))
	if err != nil {
		t.Fatal(err)
	}
	var before []effect.Estimate
	for _, gt := range s.GroupTimes {
		if gt.Period < gt.Start {
			gt.Clusters = 500 // all counties
			before = append(before, gt.Estimate)
		}
	}
	p, err := effect.Joint(before)
	if err != nil {
		t.Fatal(err)
	}
	wald := distuv.ChiSquared{K: 5}.Quantile(1 - 0.16812)
	near(t, "p", p, distuv.F{D1: 5, D2: 499}.Survival(wald/5), 1e-5)
}

// TestStaggerOfOneStart is an ordinary event study.
func TestStaggerOfOneStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 20).Draw(t, "n")
		periods := []int{2015, 2016, 2017, 2018}
		courses := make([]effect.Course, n)
		s := effect.Sample{Treated: make([]bool, n)}
		windows := make([]effect.Window, len(periods))
		for i := range courses {
			courses[i].Outcome = rapid.SliceOfN(rapid.Float64Range(-1e4, 1e4), 4, 4).Draw(t, "outcome")
			if s.Treated[i] = i%2 == 0; s.Treated[i] {
				courses[i].Start = 2017
			}
			for w := range windows {
				windows[w].Years, windows[w].Euros = append(windows[w].Years, 1), append(windows[w].Euros, courses[i].Outcome[w])
			}
		}
		study, err := s.EventStudy(windows[1], windows[2:])
		if err != nil {
			t.Fatal(err)
		}
		staggered, err := effect.Stagger(periods, courses)
		if err != nil {
			t.Fatal(err)
		}
		for k, want := range study {
			got, err := staggered.After(k)
			if err != nil {
				t.Fatal(err)
			}
			// The error of the event study has the correction G/(G-1) x (n-1)/(n-4) with n = 2G; that of Stagger none.
			g := float64(n)
			corrected := got.SE() * math.Sqrt(g/(g-1)*(2*g-1)/(2*g-4))
			if math.Abs(got.Effect-want.Effect) > 1e-8 || math.Abs(corrected-want.SE()) > 1e-8*(1+want.SE()) {
				t.Fatalf("%d periods after: %v (%v), by the event study %v (%v)", k, got.Effect, corrected, want.Effect, want.SE())
			}
		}
	})
}

func TestStaggerEdges(t *testing.T) {
	unseen := math.NaN()
	good := []effect.Course{
		{Start: 2, Outcome: []float64{1, 5, 6}}, {Start: 2, Outcome: []float64{2, 5, 7}}, {Start: 1, Outcome: []float64{9, 9, 9}},
		{Outcome: []float64{1, 1, 2}}, {Outcome: []float64{1, 2, 2}}, {Outcome: []float64{1, unseen, 2}}, {Start: 7, Outcome: []float64{0, 0, 0}},
	}
	s, err := effect.Stagger([]int{1, 2, 3}, good)
	if err != nil {
		t.Fatal(err)
	}
	if s.Early != 1 || !slices.Equal(s.EventTimes(), []int{0, 1}) || s.GroupTimes[0].Controls != 2 || s.GroupTimes[1].Controls != 3 {
		t.Errorf("%+v", s)
	}
	near(t, "at the start", s.GroupTimes[0].Effect, 3.5-0.5, 1e-12)
	if _, err := s.After(9); err == nil {
		t.Error("nine periods after: no error")
	}
	if _, err := s.Group(7); err == nil {
		t.Error("a group that started after the last period: no error")
	}
	for _, c := range []struct {
		says    string
		periods []int
		courses []effect.Course
	}{
		{"each later than the one before", []int{1, 3, 2}, good},
		{"each later than the one before", []int{1, 1, 2}, good},
		{"at least two", []int{1}, good},
		{"unit 1 has 3 outcomes", []int{1, 2}, good},
		{"never treated", []int{1, 2, 3}, good[:3]},
		{"start after the first", []int{1, 2, 3}, good[2:6]},
		{"1 treated units and 2 controls were seen", []int{1, 2, 3}, good[1:5]},
		{"unit 1 has an infinite", []int{1, 2}, []effect.Course{{Outcome: []float64{1, math.Inf(1)}}}},
	} {
		if _, err := effect.Stagger(c.periods, c.courses); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v; it should say %q", err, c.says)
		}
	}
}
