package pipeline_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// projectKey joins what makes a cell.
func projectKey(parts ...any) string { return fmt.Sprintf("%v", parts) }

// projectRow is a member in a comparison, with a weight.
type projectRow struct {
	*projectMember

	weight float64
}

// projectMatch is a comparison of the participants of some projects with who could have started in the same quarter and is like one of
// them.
type projectMatch struct {
	participants, controls []projectRow
	starts                 map[int]int // of all participants, also without anybody like them, by quarter
	balanced               string
}

// match compares within start quarter and stratum; a control weighs as many participants as it stands for.
func (p *oracleProjects) match(projects []string) projectMatch {
	cell := func(m *projectMember) string { return projectKey(m.quarter, m.stratum, m.class) }
	treated, free := map[string]int{}, map[string]int{}
	for _, m := range p.members {
		switch {
		case m.project == "":
			free[cell(m)]++
		case slices.Contains(projects, m.project):
			treated[cell(m)]++
		}
	}
	var match projectMatch
	for _, m := range p.members {
		at := cell(m)
		switch {
		case m.project != "" && !slices.Contains(projects, m.project) || m.project == "" && treated[at] == 0:
		case m.project != "" && free[at] == 0:
		case m.project != "":
			match.participants = append(match.participants, projectRow{projectMember: m, weight: 1})
		default:
			match.controls = append(match.controls, projectRow{projectMember: m, weight: float64(treated[at]) / float64(free[at])})
		}
	}
	scale := float64(len(match.controls)) / float64(len(match.participants))
	for i := range match.controls {
		match.controls[i].weight *= scale
	}
	return match
}

// matches are the comparisons that are told of: each project with enough participants, and all of them together, with the smaller
// projects if these together have enough.
func (p *oracleProjects) matches() map[string]projectMatch {
	found := map[string]projectMatch{}
	var large, small []string
	few := 0
	for _, name := range p.names {
		match := p.match([]string{name})
		if len(match.participants) < projectLeast {
			small, few = append(small, name), few+len(match.participants)
			continue
		}
		large = append(large, name)
		match.starts = map[int]int{}
		for _, start := range p.begins[name] {
			match.starts[start.quarter()]++
		}
		found[name] = match
	}
	if few >= projectLeast {
		large = append(large, small...)
	}
	if all := p.match(large); len(all.participants) >= projectLeast {
		all.starts = map[int]int{}
		for _, start := range p.starts {
			if slices.Contains(large, start.project) {
				all.starts[start.quarter()]++
			}
		}
		found["alle"] = all
	}
	for name, match := range found {
		p.balance(&match)
		found[name] = match
	}
	return found
}

// balance gives the controls the weights, closest to those of the match, with which they have the means of the participants; on less
// where that cannot be, and on nothing where that cannot be either.
func (p *oracleProjects) balance(match *projectMatch) {
	traits := func(rows []projectRow) (all, few [][]float64) {
		for _, row := range rows {
			a, f := p.traits(row.projectMember)
			all, few = append(all, a), append(few, f)
		}
		return all, few
	}
	ownAll, ownFew := traits(match.participants)
	all, few := traits(match.controls)
	base := make([]float64, len(match.controls))
	for i, row := range match.controls {
		base[i] = row.weight
	}
	match.balanced = "all"
	weights := projectBalance(p.t, base, all, ownAll)
	if weights == nil {
		match.balanced = "few"
		weights = projectBalance(p.t, base, few, ownFew)
	}
	if weights == nil {
		match.balanced = "nothing"
		weights = base
	}
	sum := 0.0
	for _, weight := range weights {
		sum += weight
	}
	// At the edge of what can be balanced some controls weigh ever less, the longer one looks for it: these weigh nothing.
	var weighing []projectRow
	for i, weight := range weights {
		if row := match.controls[i]; weight > projectHardly*sum {
			row.weight = weight
			weighing = append(weighing, row)
		}
	}
	match.controls = weighing
}

// traits are what controls must have as much of as participants; few is what they must have at the least.
func (p *oracleProjects) traits(m *projectMember) (all, few []float64) {
	few = make([]float64, 1+projectBaseLast-projectFirst+1)
	laws, kinds := make([]float64, len(p.laws)), map[string]bool{}
	for quarter := m.quarter + projectFirst; quarter <= m.quarter+projectBaseLast; quarter++ {
		few[0] += p.insuredYearsIn(m.person, quarter)
	}
	for _, s := range p.spent[m.person] {
		k := s.quarter - m.quarter
		if k < projectFirst || k > projectBaseLast {
			continue
		}
		few[1+k-projectFirst] += float64(s.cents) / 100
		laws[slices.Index(p.laws, s.law)] += float64(s.cents) / 100
		kinds[s.law+":"+s.care] = true
	}
	all = append(slices.Clone(few), float64(m.age), float64(m.wmo), float64(m.jeugd), float64(len(kinds)))
	all = append(all, laws...)
	for quarter := 4 * p.firstYear; quarter < 4*p.endYear; quarter++ {
		share := 0.0
		if quarter == m.quarter {
			share = 1
		}
		all = append(all, share)
	}
	return all, few
}

// insuredYearsIn is the part of a year that somebody lives here in a quarter.
func (p *oracleProjects) insuredYearsIn(person string, quarter int) float64 {
	return float64(p.lived[person][quarter]) / float64(oracleDaysIn(quarter/4))
}

// projectBalance finds weights proportional to base × exp(λ·trait) with which the traits have the means of those of the participants:
// the λ where the logarithm of the sum of the weights is least, with Newton's steps, halved while they lead up. Nil, with proof, if
// there are none: in a direction in which every control lies on one side of the participants' means, no weights reach these.
func projectBalance(t testing.TB, base []float64, traits, own [][]float64) []float64 {
	t.Helper()
	n := len(own[0])
	centred := projectCentre(traits, own)
	weigh := func(lambda []float64) (weights []float64, height float64) {
		weights, most := make([]float64, len(base)), math.Inf(-1)
		for i, c := range centred {
			weights[i] = math.Log(base[i]) + projectDot(lambda, c)
			most = max(most, weights[i])
		}
		sum := 0.0
		for i := range weights {
			weights[i] = math.Exp(weights[i] - most)
			sum += weights[i]
		}
		for i := range weights {
			weights[i] /= sum
		}
		return weights, most + math.Log(sum)
	}
	lambda := make([]float64, n)
	weights, height := weigh(lambda)
	for range 300 {
		slope, bend := make([]float64, n), make([][]float64, n)
		for j := range bend {
			bend[j] = make([]float64, n)
		}
		for i, c := range centred {
			for j := range c {
				slope[j] += weights[i] * c[j]
				for k := range c {
					bend[j][k] += weights[i] * c[j] * c[k]
				}
			}
		}
		far := 0.0
		for j := range slope {
			far = max(far, math.Abs(slope[j]))
			for k := range slope {
				bend[j][k] -= slope[j] * slope[k]
			}
			bend[j][j] += 1e-12 // some traits follow from others
		}
		if far < 1e-9 {
			for i := range weights {
				weights[i] *= float64(len(own))
			}
			return weights
		}
		if projectApart(lambda, centred) {
			return nil
		}
		step := projectSolve(bend, slope)
		for size := 1.0; ; size /= 2 {
			if size < 1e-12 {
				t.Fatalf("no weights, and no proof that there are none: still %g away", far)
			}
			next := make([]float64, n)
			for j := range next {
				next[j] = lambda[j] - size*step[j]
			}
			if w, h := weigh(next); h < height || far < 1e-6 && h < height+1e-12 {
				lambda, weights, height = next, w, h
				break
			}
		}
	}
	t.Fatal("no weights, and no proof that there are none")
	return nil
}

// projectApart tells whether every control lies on the same side of the means.
func projectApart(direction []float64, centred [][]float64) bool {
	most, furthest := math.Inf(-1), 0.0
	for _, c := range centred {
		along := projectDot(direction, c)
		most, furthest = max(most, along), max(furthest, math.Abs(along))
	}
	return most < -1e-9*furthest
}

// projectCentre takes the means of the participants from the traits of the controls, in units of how far these spread.
func projectCentre(traits, own [][]float64) [][]float64 {
	mean, spread := make([]float64, len(own[0])), make([]float64, len(own[0]))
	for _, row := range own {
		for j, v := range row {
			mean[j] += v / float64(len(own))
		}
	}
	for _, row := range traits {
		for j, v := range row {
			spread[j] += (v - mean[j]) * (v - mean[j]) / float64(len(traits))
		}
	}
	centred := make([][]float64, len(traits))
	for i, row := range traits {
		centred[i] = make([]float64, len(row))
		for j, v := range row {
			if spread[j] > 0 {
				centred[i][j] = (v - mean[j]) / math.Sqrt(spread[j])
			}
		}
	}
	return centred
}

func projectDot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// projectSolve solves a·x = b by elimination, the largest pivot first.
func projectSolve(a [][]float64, b []float64) []float64 {
	n, x := len(b), slices.Clone(b)
	for j := range n {
		pivot := j
		for i := j; i < n; i++ {
			if math.Abs(a[i][j]) > math.Abs(a[pivot][j]) {
				pivot = i
			}
		}
		a[j], a[pivot], x[j], x[pivot] = a[pivot], a[j], x[pivot], x[j]
		for i := j + 1; i < n; i++ {
			part := a[i][j] / a[j][j]
			for k := j; k < n; k++ {
				a[i][k] -= part * a[j][k]
			}
			x[i] -= part * x[j]
		}
	}
	for j := n - 1; j >= 0; j-- {
		for k := j + 1; k < n; k++ {
			x[j] -= a[j][k] * x[k]
		}
		x[j] /= a[j][j]
	}
	return x
}
