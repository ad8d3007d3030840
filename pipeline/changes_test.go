package pipeline

import (
	"fmt"
	"testing"
)

// nightsOf makes the manifests of nights, newest first, in which one law had these euros (in cents).
func nightsOf(cents ...int64) []*Manifest {
	var nights []*Manifest
	for i, c := range cents {
		nights = append(nights, &Manifest{Run: fmt.Sprint("run", i), Status: statusDone, Morning: Morning{Totals: one(c)}})
	}
	return nights
}

func one(cents int64) []Total { return []Total{{Domain: "zvw", Year: 2023, Cents: cents}} }

func TestAChangeIsToldWhenItIsUnusual(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		tonight int64
		earlier []int64 // newest first
		known   bool
		told    bool
	}{
		{"a first night", 100_00, nil, false, false},
		{"nothing changed", 100_00, []int64{100_00, 100_00, 100_00}, false, false},
		{"too few nights, and over one percent", 102_00, []int64{100_00, 99_00, 98_00}, false, true},
		{"too few nights, and one percent", 101_00, []int64{100_00, 99_00, 98_00}, false, false},
		{"nights without a change do not count", 130_00, []int64{100_00, 100_00, 100_00, 100_00, 100_00, 100_00, 90_00}, false, true},
		{"as large as it usually is", 160_00, []int64{150_00, 140_00, 130_00, 120_00, 110_00, 100_00}, true, false},
		{"three times as large", 180_00, []int64{150_00, 140_00, 130_00, 120_00, 110_00, 100_00}, true, false},
		{"more than three times as large", 180_01, []int64{150_00, 140_00, 130_00, 120_00, 110_00, 100_00}, true, true},
		{"as much less", 119_99, []int64{150_00, 140_00, 130_00, 120_00, 110_00, 100_00}, true, true},
		{"far above the usual, but not one percent", 1000_90, []int64{1000_00, 999_99, 999_98, 999_97, 999_96, 999_95}, true, false},
		{"one night that was odd does not make it usual", 200_00, []int64{150_00, 140_00, 130_00, 120_00, 110_00, 10_00}, true, true},
		{"of five changes", 140_00, []int64{100_00, 90_00, 80_00, 70_00, 60_00, 50_00}, true, true},
	} {
		changes := compare(one(c.tonight), nightsOf(c.earlier...))
		if changes.Known != c.known || (len(changes.Figures) > 0) != c.told {
			t.Errorf("%s: %+v, want known %v, told %v", c.name, changes, c.known, c.told)
		}
	}
}

func TestAChangeOfWhatNeverChangesIsTold(t *testing.T) {
	t.Parallel()
	users, fewer := int64(1000), int64(900)
	night := func(recent int64) []Total {
		return []Total{{Domain: "wmo", Year: 2017, Cents: 500_00, Users: &users}, {Domain: "wmo", Year: 2023, Cents: recent}}
	}
	var earlier []*Manifest
	for i := range int64(7) {
		earlier = append(earlier, &Manifest{Run: fmt.Sprint("run", i), Status: statusDone, Morning: Morning{Totals: night(100_00 - i*10_00)}})
	}
	// A night that failed, or one of before there were totals, tells nothing.
	earlier = append([]*Manifest{{Run: "failed", Status: "geweigerd", Morning: Morning{Totals: night(1)}}, {Run: "old", Status: statusDone}}, earlier...)

	if c := compare(night(110_00), earlier); !c.Known || len(c.Figures) != 0 || c.Against != "run0" {
		t.Errorf("a usual month: %+v", c)
	}
	tonight := night(110_00)
	tonight[0].Users = &fewer
	c := compare(tonight, earlier)
	if len(c.Figures) != 1 || c.Figures[0] != (Change{Domain: "wmo", Year: 2017, Measure: "gebruikers", Before: 1000, Now: 900}) {
		t.Fatalf("users of an old year: %+v", c)
	}
	if text := c.Figures[0].text(c.Known); text != "wmo 2017 users: 1000 to 900 (-10.0%, usually nothing)" {
		t.Error(text)
	}
	// What appears or goes is told, the largest change first.
	c = compare(append(night(110_00)[1:], Total{Domain: "wmo", Year: 2024, Cents: 12_34}), earlier)
	if len(c.Figures) != 3 || !c.Figures[0].New || c.Figures[0].text(true) != "wmo 2024 euros: 12.34, new" || c.Figures[1].text(true) != "wmo 2017 euros: 500.00 to 0.00 (-100.0%, usually nothing)" {
		t.Errorf("%+v", c.Figures)
	}
}
