package pipeline_test

import "math"

const (
	attackTiny   = 1e-9
	attackLongAs = 250 // numbers in a program that a dense tableau is quick enough for
)

// attackTableau is a dense tableau of numbers between bounds. Rows hold the basic numbers in terms of the others.
type attackTableau struct {
	rows      [][]float64
	basic     []int // by row
	row       []int // by number: its row, or -1
	at        []float64
	low, high []float64
}

// attackSimplex is the attacker's own solver, for where glpsol is not installed. It starts from the true table, so it
// needs no first phase.
func attackSimplex(p *attackProgram, objective map[int]float64, low, high []float64) ([]float64, bool) {
	if len(p.names) > attackLongAs {
		return nil, false
	}
	tableau := newAttackTableau(p, low, high)
	cost := make([]float64, len(tableau.at))
	for i, x := range objective {
		cost[i] = x
	}
	if !tableau.climb(cost) {
		return nil, false
	}
	return tableau.at[:len(p.names)], true
}

// newAttackTableau makes the rows equations by a number of their own, and solves them for as many numbers.
func newAttackTableau(p *attackProgram, low, high []float64) *attackTableau {
	n := len(p.names) + len(p.rows)
	t := &attackTableau{at: make([]float64, n), low: make([]float64, n), high: make([]float64, n), row: make([]int, n)}
	copy(t.at, p.truth)
	copy(t.low, low)
	copy(t.high, high)
	for i := range t.row {
		t.row[i] = -1
	}
	for r, line := range p.rows {
		row := make([]float64, n)
		slack := len(p.names) + r
		for i, x := range line.terms {
			row[i] = x
			t.at[slack] += x * p.truth[i]
		}
		row[slack] = -1
		if line.low == line.high {
			t.low[slack], t.high[slack] = t.at[slack], t.at[slack]
		} else {
			t.low[slack], t.high[slack] = min(line.low, t.at[slack]), max(line.high, t.at[slack])
		}
		t.rows = append(t.rows, row)
	}
	t.basic = make([]int, len(t.rows))
	for r := range t.rows {
		// A number that can move makes a better basis than one that is fixed.
		pivot := len(p.names) + r
		for i := range p.names {
			if math.Abs(t.rows[r][i]) > math.Abs(t.rows[r][pivot])*1.01-attackTiny && math.Abs(t.rows[r][i]) > 1e-7 && t.row[i] < 0 {
				pivot = i
			}
		}
		t.pivot(r, pivot)
	}
	return t
}

// pivot makes a number basic in a row.
func (t *attackTableau) pivot(r, column int) {
	row := t.rows[r]
	by := 1 / row[column]
	for i := range row {
		row[i] *= by
	}
	for other := range t.rows {
		x := t.rows[other][column]
		if other == r || x == 0 {
			continue
		}
		for i, v := range row {
			if v != 0 {
				t.rows[other][i] -= x * v
			}
		}
		t.rows[other][column] = 0
	}
	if old := t.basic[r]; t.row[old] == r {
		t.row[old] = -1
	}
	t.basic[r], t.row[column] = column, r
}

// move lets a number that is not basic go up or down until something meets a bound, and says whether it could.
func (t *attackTableau) move(column int, up bool) bool {
	sign, room := 1.0, t.high[column]-t.at[column]
	if !up {
		sign, room = -1, t.at[column]-t.low[column]
	}
	leaving := -1
	for r, row := range t.rows {
		x := row[column] * sign
		b := t.basic[r]
		var most float64
		switch {
		case x > 1e-9:
			most = (t.at[b] - t.low[b]) / x
		case x < -1e-9:
			most = (t.at[b] - t.high[b]) / x
		default:
			continue
		}
		if most = max(most, 0); most < room-1e-12 || most <= room && leaving < 0 {
			room, leaving = most, r
		}
	}
	if math.IsInf(room, 1) {
		return false
	}
	t.at[column] += sign * room
	for r, row := range t.rows {
		t.at[t.basic[r]] -= sign * room * row[column]
	}
	if leaving >= 0 {
		b := t.basic[leaving]
		if t.rows[leaving][column]*sign > 0 {
			t.at[b] = t.low[b]
		} else {
			t.at[b] = t.high[b]
		}
		t.pivot(leaving, column)
	}
	return true
}

// climb goes to a corner, and from corner to corner while the objective grows.
func (t *attackTableau) climb(cost []float64) bool {
	for step := range 20_000 {
		best, gain, up := -1, attackTiny*10, true
		for i := range t.at {
			if t.row[i] >= 0 || t.high[i]-t.low[i] < attackTiny {
				continue
			}
			slope := cost[i]
			for r, b := range t.basic {
				if cost[b] != 0 {
					slope -= cost[b] * t.rows[r][i]
				}
			}
			inside := t.at[i] > t.low[i]+attackTiny && t.at[i] < t.high[i]-attackTiny
			rises := slope > 0 && t.at[i] < t.high[i]-attackTiny
			falls := slope < 0 && t.at[i] > t.low[i]+attackTiny
			if !rises && !falls || !inside && math.Abs(slope) <= attackTiny*10 {
				continue
			}
			if math.Abs(slope) > gain {
				best, gain, up = i, math.Abs(slope), rises
				if step > 500 {
					break // Bland: the first one, so that it cannot go round in circles
				}
			}
		}
		if best < 0 {
			return true
		}
		if !t.move(best, up) {
			return false
		}
	}
	return false
}
