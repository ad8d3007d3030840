package effect

import (
	"errors"
	"fmt"
)

// Matching is the outcome of Match.
type Matching struct {
	// Weight is 1 for a matched participant, that of its stratum for a matched control, and 0 for who is not matched.
	// The weights of the controls add up to their number.
	Weight []float64
	// Participants and Controls count who is matched.
	Participants, Controls int
	// Strata counts the strata that hold both.
	Strata int
	// Unmatched are the places of the participants in whose stratum there is no control. What is estimated is the effect
	// on the others, so these are to be shown with their number and euros.
	Unmatched []int
	// ESS is the effective number of controls.
	ESS float64
}

// ErrNoMatch is that no participant shares a stratum with a control.
var ErrNoMatch = errors.New("no participant has a control with the same characteristics: choose wider classes")

// Match gives the weights of coarsened exact matching (Iacus, King and Porro 2012): within a stratum s of equal keys a
// participant weighs 1 and a control (m_T,s / m_C,s) x (M_C / M_T), m counting the stratum and M all who are matched.
// It fails with ErrNoMatch if there is no stratum with both; Unmatched then lists every participant.
func Match[K comparable](stratum []K, participant []bool) (Matching, error) {
	if len(stratum) != len(participant) {
		return Matching{}, fmt.Errorf("%d strata for %d units: give one for each", len(stratum), len(participant))
	}
	type count struct{ participants, controls int }
	numbers := map[K]int{}
	var counts []count
	of := make([]int, len(stratum))
	for i, key := range stratum {
		s, known := numbers[key]
		if !known {
			s = len(counts)
			numbers[key] = s
			counts = append(counts, count{})
		}
		of[i] = s
		if participant[i] {
			counts[s].participants++
		} else {
			counts[s].controls++
		}
	}
	m := Matching{Weight: make([]float64, len(stratum))}
	for _, c := range counts {
		if c.participants > 0 && c.controls > 0 {
			m.Strata++
			m.Participants += c.participants
			m.Controls += c.controls
		}
	}
	controls := make([]float64, 0, m.Controls)
	for i, s := range of {
		c := counts[s]
		switch {
		case participant[i] && c.controls > 0:
			m.Weight[i] = 1
		case participant[i]:
			m.Unmatched = append(m.Unmatched, i)
		case c.participants > 0:
			m.Weight[i] = float64(c.participants) / float64(c.controls) * float64(m.Controls) / float64(m.Participants)
			controls = append(controls, m.Weight[i])
		}
	}
	if m.Strata == 0 {
		return m, ErrNoMatch
	}
	m.ESS = EffectiveSize(controls)
	return m, nil
}
