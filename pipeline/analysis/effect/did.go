package effect

import (
	"errors"
	"fmt"
	"math"
)

// Sample is who is compared: an entry for every unit, be it a person or a neighbourhood.
type Sample struct {
	// Treated marks the participants, or the pilot; the others are the controls.
	Treated []bool
	// Weight is the weight of each unit, which is taken as given; none means 1 for all.
	Weight []float64
	// Cluster numbers, from 0, the group within which units are not independent: the person, where one is a control for
	// several projects, or the matched set. None means that every unit stands alone.
	Cluster []int
	// Balanced is in what the weights make the controls equal to the treated, see [Sample.Balance]. None means that the weights
	// are taken as they come.
	Balanced *Balanced
	// Clusters is how many numbers there are; others than those of this sample may use them too, to Combine with.
	Clusters int
}

// Window is what every unit of a Sample had in some periods together: a quarter, or the years before the start.
type Window struct {
	// Years are insured years; a unit that was not there has 0.
	Years []float64
	// Euros are of one outcome: a law, an echelon or the total.
	Euros []float64
}

// Difference is the difference in differences in euros per insured year: the change from base to later of the treated,
// less that of the controls. A side's euros per insured year are the weighted sum of its euros over that of its insured
// years, so who died or moved counts for the time that was lived here; effects of parts add up to that of the total.
//
// It is the interaction in the regression of euros per insured year on side, window and both, weighted by insured
// years; the error is clustered with the correction G/(G-1) x (n-1)/(n-K), n the units with time in a window and K the 4
// means, and the Balanced characteristics. It fails if a side has no time in a window or lies in a single cluster.
func (s Sample) Difference(base, later Window) (Estimate, error) {
	if err := s.check(base, later); err != nil {
		return Estimate{}, err
	}
	// The cells: side and window.
	var years, euros [2][2]float64
	rows := 0
	windows := [2]Window{base, later}
	for i, treated := range s.Treated {
		weight := s.weight(i)
		for w, window := range windows {
			years[side(treated)][w] += weight * window.Years[i]
			euros[side(treated)][w] += weight * window.Euros[i]
			if weight*window.Years[i] > 0 {
				rows++
			}
		}
	}
	clusters, err := s.clusters(windows)
	if err != nil {
		return Estimate{}, err
	}
	var mean [2][2]float64
	for group, name := range [2]string{"controls", "treated"} {
		for w, when := range [2]string{"base", "later window"} {
			if years[group][w] <= 0 {
				return Estimate{}, fmt.Errorf("the %s have no insured time in the %s: choose other periods", name, when)
			}
			mean[group][w] = euros[group][w] / years[group][w]
		}
	}
	parts, counted := s.parts(windows, years, mean), 4
	if s.Balanced != nil {
		parts = s.unexplained(parts)
		counted += s.Balanced.rank
	}
	if rows <= counted {
		return Estimate{}, fmt.Errorf("%d units with insured time are too few for %d coefficients and a spread", rows, counted)
	}
	g, n := float64(clusters), float64(rows)
	correction := math.Sqrt(g / (g - 1) * (n - 1) / (n - float64(counted)))
	e := Estimate{
		Effect:    mean[1][1] - mean[1][0] - (mean[0][1] - mean[0][0]),
		Influence: make([]float64, s.size()), Clusters: clusters,
	}
	for i, part := range parts {
		e.Influence[s.cluster(i)] += s.weight(i) * part * correction
	}
	return e, nil
}

// parts are what a unit of weight 1 adds to the deviation of the effect: how far its euros lie from the means of its side.
func (s Sample) parts(windows [2]Window, years, mean [2][2]float64) []float64 {
	parts := make([]float64, len(s.Treated))
	for i, treated := range s.Treated {
		group := side(treated)
		for w, window := range windows {
			part := (window.Euros[i] - mean[group][w]*window.Years[i]) / years[group][w]
			if (group == 1) != (w == 1) {
				part = -part
			}
			parts[i] += part
		}
	}
	return parts
}

// EventStudy is the Difference of every window with base, in the order of the windows: the periods before the start show
// whether both sides went alike, those after it the effect. The window that is the base itself is exactly 0.
func (s Sample) EventStudy(base Window, windows []Window) ([]Estimate, error) {
	study := make([]Estimate, len(windows))
	for i, later := range windows {
		var err error
		if study[i], err = s.Difference(base, later); err != nil {
			return nil, fmt.Errorf("window %d of the event study: %w", i+1, err)
		}
	}
	return study, nil
}

func side(treated bool) int {
	if treated {
		return 1
	}
	return 0
}

func (s Sample) weight(i int) float64 {
	if s.Weight == nil {
		return 1
	}
	return s.Weight[i]
}

func (s Sample) cluster(i int) int {
	if s.Cluster == nil {
		return i
	}
	return s.Cluster[i]
}

func (s Sample) size() int {
	if s.Cluster == nil {
		return len(s.Treated)
	}
	return s.Clusters
}

// check finds what cannot be calculated with.
func (s Sample) check(windows ...Window) error {
	n := len(s.Treated)
	if s.Weight != nil && len(s.Weight) != n || s.Cluster != nil && len(s.Cluster) != n {
		return fmt.Errorf("%d units, %d weights and %d clusters: give one for each, or none", n, len(s.Weight), len(s.Cluster))
	}
	if err := shares("weight", s.Weight); err != nil {
		return err
	}
	for i, c := range s.Cluster {
		if c < 0 || c >= s.Clusters {
			return fmt.Errorf("unit %d is in cluster %d of %d: they are numbered from 0", i+1, c, s.Clusters)
		}
	}
	for _, w := range windows {
		if len(w.Years) != n || len(w.Euros) != n {
			return fmt.Errorf("%d units, %d times and %d amounts: give one for each", n, len(w.Years), len(w.Euros))
		}
		if err := errors.Join(shares("insured years", w.Years), finite("euros", w.Euros)); err != nil {
			return err
		}
		for i, years := range w.Years {
			if years == 0 && w.Euros[i] != 0 {
				return fmt.Errorf("unit %d has euros in a window without insured time: leave them out, or give the time", i+1)
			}
		}
	}
	return nil
}

// clusters counts the clusters that take part; each side needs two, since one alone shows no spread.
func (s Sample) clusters(windows [2]Window) (int, error) {
	var seen [2][]bool
	var count [2]int
	all := 0
	seen[0], seen[1] = make([]bool, s.size()), make([]bool, s.size())
	for i, treated := range s.Treated {
		if s.weight(i)*(windows[0].Years[i]+windows[1].Years[i]) == 0 {
			continue
		}
		g, c := side(treated), s.cluster(i)
		if !seen[0][c] && !seen[1][c] {
			all++
		}
		if !seen[g][c] {
			seen[g][c] = true
			count[g]++
		}
	}
	for group, name := range [2]string{"controls", "treated"} {
		if count[group] < 2 {
			return 0, fmt.Errorf("the %s are in %d cluster: a standard error needs two on each side", name, count[group])
		}
	}
	return all, nil
}
