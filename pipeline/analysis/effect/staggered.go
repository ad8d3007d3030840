package effect

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Never is the start of a unit that is never treated.
const Never = 0

// Course is what one unit went through.
type Course struct {
	// Start is the first period in which the unit is treated, or Never.
	Start int
	// Outcome is that of every period; NaN where the unit was not seen.
	Outcome []float64
}

// GroupTime is the effect in one period on the units that started in another.
type GroupTime struct {
	Start, Period int
	Estimate
	// Treated and Controls count the units that were seen in the period and in the one it is compared with.
	Treated, Controls int
}

// Staggered is the effects by start and period, with what is needed to put them together.
type Staggered struct {
	GroupTimes []GroupTime // by start, then period
	// Early counts the units that started in the first period or before: nothing was seen of them before their start.
	Early  int
	starts []int // of every unit
}

// Stagger estimates ATT(g,t) of Callaway and Sant'Anna (2021) without covariates, the controls being who is never
// treated: the mean change of the units that started in g less that of the controls, from the last period before g for t
// from g on, and from the period before t for t before g. The error is the analytic one, with the divisor n. periods rise.
func Stagger(periods []int, courses []Course) (Staggered, error) {
	if len(periods) < 2 || !slices.IsSorted(periods) || len(slices.Compact(slices.Clone(periods))) != len(periods) {
		return Staggered{}, fmt.Errorf("%d periods: give at least two, each later than the one before", len(periods))
	}
	s := Staggered{starts: make([]int, len(courses))}
	never := false
	var groups []int
	for i, c := range courses {
		if len(c.Outcome) != len(periods) {
			return Staggered{}, fmt.Errorf("unit %d has %d outcomes for %d periods: give one for each, NaN if not seen", i+1, len(c.Outcome), len(periods))
		}
		if slices.ContainsFunc(c.Outcome, func(v float64) bool { return math.IsInf(v, 0) }) {
			return Staggered{}, fmt.Errorf("unit %d has an infinite outcome: give NaN where it was not seen", i+1)
		}
		s.starts[i] = c.Start
		switch {
		case c.Start == Never:
			never = true
		case c.Start <= periods[0]:
			s.Early++
		case c.Start <= periods[len(periods)-1]:
			groups = append(groups, c.Start)
		}
	}
	slices.Sort(groups)
	groups = slices.Compact(groups)
	if !never || len(groups) == 0 {
		return Staggered{}, errors.New("the effect needs units that are never treated, and units that start after the first period")
	}
	for _, start := range groups {
		// The last period before the start.
		before, _ := slices.BinarySearch(periods, start)
		before--
		for at := 1; at < len(periods); at++ {
			from := min(at-1, before)
			gt := GroupTime{Start: start, Period: periods[at]}
			if err := gt.estimate(courses, from, at); err != nil {
				return Staggered{}, fmt.Errorf("start %d, period %d: %w", start, periods[at], err)
			}
			s.GroupTimes = append(s.GroupTimes, gt)
		}
	}
	return s, nil
}

// estimate compares the change between two periods of who started then with that of who never did.
func (gt *GroupTime) estimate(courses []Course, from, to int) error {
	change := func(c Course) float64 { return c.Outcome[to] - c.Outcome[from] }
	var sum [2]float64
	var count [2]int
	takes := func(c Course) bool { return (c.Start == gt.Start || c.Start == Never) && !math.IsNaN(change(c)) }
	for _, c := range courses {
		if takes(c) {
			sum[side(c.Start == gt.Start)] += change(c)
			count[side(c.Start == gt.Start)]++
		}
	}
	gt.Controls, gt.Treated = count[0], count[1]
	if gt.Controls < 2 || gt.Treated < 2 {
		return fmt.Errorf("%d treated units and %d controls were seen: a standard error needs two of each", gt.Treated, gt.Controls)
	}
	mean := [2]float64{sum[0] / float64(count[0]), sum[1] / float64(count[1])}
	gt.Effect = mean[1] - mean[0]
	gt.Clusters = gt.Treated + gt.Controls
	gt.Influence = make([]float64, len(courses))
	for i, c := range courses {
		if takes(c) {
			group := side(c.Start == gt.Start)
			gt.Influence[i] = float64(2*group-1) * (change(c) - mean[group]) / float64(count[group])
		}
	}
	return nil
}

// EventTimes gives the periods since the start for which there is an effect, in order.
func (s Staggered) EventTimes() []int {
	var times []int
	for _, gt := range s.GroupTimes {
		times = append(times, gt.Period-gt.Start)
	}
	slices.Sort(times)
	return slices.Compact(times)
}

// After is the effect that many periods after the start: over the groups for which that period was seen, each weighing
// with its number of units. The error counts that these numbers are themselves an outcome.
func (s Staggered) After(periods int) (Estimate, error) {
	var parts []GroupTime
	for _, gt := range s.GroupTimes {
		if gt.Period-gt.Start == periods {
			parts = append(parts, gt)
		}
	}
	if len(parts) == 0 {
		return Estimate{}, fmt.Errorf("no group was seen %d periods after its start", periods)
	}
	return s.pool(parts)
}

// Group is the mean effect from the start on, over the periods that were seen, on the units that started in one period.
func (s Staggered) Group(start int) (Estimate, error) {
	var parts []Estimate
	for _, gt := range s.GroupTimes {
		if gt.Start == start && gt.Period >= start {
			parts = append(parts, gt.Estimate)
		}
	}
	if len(parts) == 0 {
		return Estimate{}, fmt.Errorf("no group started in %d", start)
	}
	return Combine(slices.Repeat([]float64{1 / float64(len(parts))}, len(parts)), parts)
}

// Overall is the mean of the groups, each weighing with its number of units.
func (s Staggered) Overall() (Estimate, error) {
	var parts []GroupTime
	for _, gt := range s.GroupTimes {
		if len(parts) > 0 && parts[len(parts)-1].Start == gt.Start {
			continue
		}
		group, err := s.Group(gt.Start)
		if err != nil {
			return Estimate{}, err
		}
		parts = append(parts, GroupTime{Start: gt.Start, Estimate: group})
	}
	return s.pool(parts)
}

// pool weighs one estimate per start with the number of units that started then.
func (s Staggered) pool(parts []GroupTime) (Estimate, error) {
	estimates, weights := make([]Estimate, len(parts)), make([]float64, len(parts))
	total := 0.0
	for k, part := range parts {
		estimates[k] = part.Estimate
		for _, start := range s.starts {
			weights[k] += float64(side(start == part.Start))
		}
		total += weights[k]
	}
	for k := range weights {
		weights[k] /= total
	}
	sum, err := Combine(weights, estimates)
	if err != nil {
		return Estimate{}, err
	}
	sum.Clusters = 0
	for i, start := range s.starts {
		if start == Never {
			sum.Clusters++
		}
		for _, part := range parts {
			if start == part.Start {
				sum.Clusters++
				// A unit of a group with more than the mean effect raises the mean by being there.
				sum.Influence[i] += (part.Effect - sum.Effect) / total
			}
		}
	}
	return sum, nil
}
