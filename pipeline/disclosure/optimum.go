package disclosure

import (
	"errors"
	"math"
)

// errUnsolved says that an interval was not found, so that nothing may be built on it.
var errUnsolved = errors.New("the interval was not found within the pivots allowed")

func (t *tableau) present() []float64 {
	x := make([]float64, len(t.x))
	for u, v := range t.x {
		x[u] = float64(v)
	}
	return x
}

// optimize moves a table that fits until its target has reached the goal or goes no further; it
// tells when nothing at all stops it.
func (t *tableau) optimize(x []float64, target int, sign, goal float64) (infinite bool, err error) {
	for pivots := range 20 * (len(t.x) + untilBland) {
		if (goal-x[target])*sign <= tiny || t.spent > t.limit {
			return false, nil
		}
		column, direction := t.entering(x, target, sign, pivots > untilBland)
		if column < 0 {
			return false, nil
		}
		times, line := t.ratio(x, column, direction, pivots > untilBland)
		if math.IsInf(times, 1) {
			if math.IsInf(goal, 0) {
				return true, nil
			}
			times = math.Ceil((goal - x[target]) * sign / math.Abs(t.gain(target, column)))
		}
		x[t.nonbasic[column]] += direction * times
		for i, v := range t.columns[column] {
			u := t.basis[i]
			if x[u] -= direction * times * v; !t.signed[u] && x[u] < tiny {
				x[u] = 0
			}
		}
		if line < 0 {
			continue
		}
		x[t.basis[line]] = 0
		if t.basis[line] == target {
			return false, nil
		}
		t.pivot(line, column)
	}
	return false, errUnsolved
}

// settle makes a table the present one where it is whole.
func (t *tableau) settle(x []float64) bool {
	for _, v := range x {
		if math.Abs(v-math.Round(v)) > 1e-6*math.Max(1, math.Abs(v)*1e-6) || math.Abs(v) > largest {
			return false
		}
	}
	for u, v := range x {
		t.x[u] = int64(math.Round(v))
	}
	return true
}

// entering returns the column to move and in which direction, or -1 at the end.
func (t *tableau) entering(x []float64, target int, sign float64, bland bool) (column int, direction float64) {
	column = -1
	steep := 0.0
	for j, u := range t.nonbasic {
		gain := t.gain(target, j) * sign
		if gain == 0 || gain < 0 && x[u] <= 0 && !t.signed[u] {
			continue
		}
		if size := math.Abs(gain); !bland && size > steep || column < 0 || bland && u < t.nonbasic[column] {
			column, steep, direction = j, size, math.Copysign(1, gain)
		}
	}
	return column, direction
}

// ratio returns how far a column can move and the line that stops it, -1 for its own unknown.
func (t *tableau) ratio(x []float64, column int, direction float64, bland bool) (times float64, line int) {
	times, line = math.Inf(1), -1
	if u := t.nonbasic[column]; direction < 0 && !t.signed[u] {
		times = x[u]
	}
	for i, v := range t.columns[column] {
		u := t.basis[i]
		if v*direction <= tiny || t.signed[u] {
			continue
		}
		fits := x[u] / (v * direction)
		switch {
		case fits < times-tiny:
			times, line = fits, i
		case fits <= times+tiny && line >= 0:
			// the larger pivot is the sounder one, the first unknown the one that ends
			if bland && u < t.basis[line] || !bland && math.Abs(v) > math.Abs(t.columns[column][line]) {
				times, line = math.Min(fits, times), i
			}
		}
	}
	return times, line
}
