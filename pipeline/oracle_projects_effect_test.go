package pipeline_test

import (
	"fmt"
)

// projectEffect is what changed for participants beyond what changed for who they are compared with.
type projectEffect struct {
	effect float64
	counts map[string]int
}

// projectPersons are persons.
type projectPersons map[string]bool

// projectSide adds up one side of a comparison, by outcome and window.
type projectSide struct {
	persons projectPersons
	euros   map[string]float64
	years   map[string]float64 // by window
	users   map[string]projectPersons
	there   map[string]projectPersons // who lived here, by window
}

// projectWindows are the windows that a quarter around the start falls in.
func projectWindows(k int) (windows []string) {
	if k < projectFirst || k > projectLast || k == 0 {
		return nil
	}
	windows = []string{fmt.Sprintf("kwartaal %d", k)}
	switch {
	case k > 0:
		windows = append(windows, "na")
	case k <= projectBaseLast:
		windows = append(windows, "basis")
	default:
		windows = append(windows, "voor")
	}
	return windows
}

// side adds up what rows cost around their starts.
func (p *oracleProjects) side(rows []projectRow) projectSide {
	s := projectSide{projectPersons{}, map[string]float64{}, map[string]float64{}, map[string]projectPersons{}, map[string]projectPersons{}}
	note := func(persons map[string]projectPersons, at string, row projectRow) {
		if persons[at] == nil {
			persons[at] = projectPersons{}
		}
		persons[at][row.person] = true
	}
	for _, row := range rows {
		s.persons[row.person] = true
		for k := projectFirst; k <= projectLast; k++ {
			for _, window := range projectWindows(k) {
				years := p.insuredYearsIn(row.person, row.quarter+k)
				s.years[window] += row.weight * years
				if years > 0 {
					note(s.there, window, row)
				}
			}
		}
		own := map[string]int64{}
		for _, spent := range p.spent[row.person] {
			if !p.measured(spent.quarter) {
				continue
			}
			for _, window := range projectWindows(spent.quarter - row.quarter) {
				for _, outcome := range []string{"totaal", spent.law, "lijn " + spent.lijn} {
					own[projectAt(outcome, window)] += spent.cents
				}
			}
		}
		for at, cents := range own {
			if cents == 0 {
				continue
			}
			s.euros[at] += row.weight * float64(cents) / 100
			note(s.users, at, row)
		}
	}
	return s
}

func projectAt(outcome, window string) string { return outcome + " · " + window }

// change is what an outcome per insured year differs from that of the base.
func (s projectSide) change(outcome, window string) float64 {
	return s.euros[projectAt(outcome, window)]/s.years[window] - s.euros[projectAt(outcome, "basis")]/s.years["basis"]
}

// effects are the effects of a comparison by outcome and window.
func (p *oracleProjects) effects(match projectMatch) map[string]projectEffect {
	own, other := p.side(match.participants), p.side(match.controls)
	found := map[string]projectEffect{}
	tell := func(outcome, window string) {
		now, before := projectAt(outcome, window), projectAt(outcome, "basis")
		found[now] = projectEffect{
			effect: own.change(outcome, window) - other.change(outcome, window),
			counts: map[string]int{
				"n_deelnemers": len(own.persons), "n_controle": len(other.persons),
				"gebruikers_basis": len(own.users[before]), "gebruikers": len(own.users[now]),
				"controle_gebruikers_basis": len(other.users[before]), "controle_gebruikers": len(other.users[now]),
			},
		}
	}
	outcomes := append([]string{"totaal"}, p.laws...)
	for _, lijn := range p.lijnen {
		outcomes = append(outcomes, "lijn "+lijn)
	}
	for window := range own.years {
		if len(own.there[window]) < projectLeastThere {
			continue
		}
		for _, outcome := range outcomes {
			if window == "na" || window == "voor" || outcome == "totaal" && window != "basis" {
				tell(outcome, window)
			}
		}
	}
	return found
}
