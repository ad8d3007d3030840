package disclosure

import "math"

const (
	tiny        = 1e-9     // below this a number of the tableau is zero
	steepest    = 10000000 // largest common denominator that is looked for
	largest     = 1 << 60  // an unknown that would grow beyond this is left alone
	untilBland  = 500      // pivots before the rule that cannot go round in circles takes over
	noLimit     = math.MaxInt64
	patience    = 40    // pivots in whole steps that bring the target no nearer
	pivotUnit   = 10000 // numbers in a tableau of which one pivot costs one of the budget
	unspeakable = math.MaxInt
)

// tableau holds the tables that fit some equations, seen from one of them: the basic unknowns as
// combinations of the others, which can be moved freely as long as nothing falls below zero.
type tableau struct {
	x        []int64 // the present table, always whole
	signed   []bool
	rank     []int       // the lower, the sooner an unknown is moved
	basis    []int       // the unknown of each line
	columns  [][]float64 // of each unknown that is not basic: minus what one more of it adds to each line
	nonbasic []int
	place    []int // of an unknown: its line, or -1-column
	spent    int   // numbers that were gone through
	limit    int   // of spent
}

// newTableau solves dense equations by elimination. Large unknowns become basic, as those leave
// room to move; equations that follow from others vanish.
func newTableau(equations [][]float64, x []int64, signed []bool, rank []int) *tableau {
	n := len(x)
	t := &tableau{x: x, signed: signed, rank: rank, place: make([]int, n)}
	for i := range t.place {
		t.place[i] = unspeakable
	}
	var lines [][]float64
	for len(equations) > 0 {
		line := equations[0]
		equations = equations[1:]
		best := t.leader(line)
		if best < 0 {
			continue
		}
		scale(line, 1/line[best])
		for _, others := range [][][]float64{lines, equations} {
			for _, other := range others {
				if other[best] != 0 {
					subtract(other, line, other[best])
					other[best] = 0
					t.spent += n
				}
			}
		}
		t.place[best] = len(lines)
		lines, t.basis = append(lines, line), append(t.basis, best)
	}
	for u := range n {
		if t.place[u] != unspeakable {
			continue
		}
		column := make([]float64, len(lines))
		for i, line := range lines {
			column[i] = line[u]
		}
		t.place[u] = -1 - len(t.nonbasic)
		t.nonbasic, t.columns = append(t.nonbasic, u), append(t.columns, column)
	}
	return t
}

// leader returns the unknown that a line is solved for, or -1 when nothing is left of the line.
func (t *tableau) leader(line []float64) int {
	peak := 0.0
	for u, v := range line {
		if v = math.Abs(v); v < tiny {
			line[u] = 0
		} else if v > peak {
			peak = v
		}
	}
	best := -1
	for u, v := range line {
		if v == 0 || math.Abs(v) < 0.1*peak {
			continue // too small a pivot spoils the rest
		}
		if best < 0 || t.rank[u] < t.rank[best] || t.rank[u] == t.rank[best] && t.room(u) > t.room(best) {
			best = u
		}
	}
	return best
}

// room is how far an unknown can fall.
func (t *tableau) room(u int) int64 {
	if t.signed[u] {
		return noLimit
	}
	return t.x[u]
}

func scale(line []float64, by float64) {
	for i := range line {
		line[i] *= by
	}
}

func subtract(line, other []float64, times float64) {
	for i, v := range other {
		if v != 0 {
			line[i] -= times * v
			if math.Abs(line[i]) < tiny {
				line[i] = 0
			}
		}
	}
}

// pivot lets the unknown of a column take the place of that of a line.
func (t *tableau) pivot(line, column int) {
	in := t.columns[column]
	own := in[line]
	for j, other := range t.columns {
		if j == column || other[line] == 0 {
			continue
		}
		t.spent += len(t.basis)
		other[line] /= own
		f := other[line]
		for i, v := range in {
			if v != 0 && i != line {
				other[i] -= f * v
				if math.Abs(other[i]) < tiny {
					other[i] = 0
				}
			}
		}
	}
	for i := range in {
		in[i] = -in[i] / own
	}
	in[line] = 1 / own
	entering, leaving := t.nonbasic[column], t.basis[line]
	t.basis[line], t.nonbasic[column] = entering, leaving
	t.place[entering], t.place[leaving] = line, -1-column
}

// gain is what one more of the unknown of a column adds to the target.
func (t *tableau) gain(target, column int) float64 {
	if p := t.place[target]; p >= 0 {
		return -t.columns[column][p]
	} else if p == -1-column {
		return 1
	}
	return 0
}

// step is a move along a column: so many times a whole vector.
type step struct {
	column   int
	sign     int64
	scale    int64 // of the column: what makes it whole
	times    int64
	blocking int // the line that stops it, -1 for the unknown of the column itself or nothing
}

// wholeScale returns the smallest multiple of a column that is whole, or 0.
func wholeScale(column []float64) int64 {
	scale := int64(1)
	for _, v := range column {
		if v == 0 || v == 1 || v == -1 {
			continue
		}
		scaled := v * float64(scale)
		if isWhole(scaled) {
			continue
		}
		d := denominator(scaled)
		if d == 0 || scale > steepest/d {
			return 0
		}
		scale *= d
	}
	return scale
}

func isWhole(v float64) bool {
	return math.Abs(v-math.Round(v)) <= 1e-8*math.Max(1, math.Abs(v))
}

// denominator finds the smallest denominator of a fraction by its continued fraction, or 0.
func denominator(v float64) int64 {
	last, now := int64(0), int64(1)
	rest := v
	for range 20 {
		whole := math.Floor(rest)
		if rest-whole < tiny {
			return 0
		}
		rest = 1 / (rest - whole)
		whole = math.Floor(rest + 1e-6)
		if whole > steepest {
			return 0
		}
		last, now = now, int64(whole)*now+last
		if now > steepest {
			return 0
		}
		if isWhole(v * float64(now)) {
			return now
		}
	}
	return 0
}

// whole returns the steps along a column in one direction: as many as fit, at most limit.
func (t *tableau) whole(column int, sign, limit int64) (step, bool) {
	s := step{column: column, sign: sign, scale: wholeScale(t.columns[column]), times: limit, blocking: -1}
	if s.scale == 0 {
		return s, false
	}
	own := t.nonbasic[column]
	t.bound(&s, own, sign*s.scale, -1)
	for i, v := range t.columns[column] {
		if v != 0 {
			t.bound(&s, t.basis[i], -sign*int64(math.Round(v*float64(s.scale))), i)
		}
	}
	return s, true
}

// bound shortens a step to what one unknown allows.
func (t *tableau) bound(s *step, u int, delta int64, line int) {
	var fits int64
	switch {
	case delta == 0:
		return
	case delta < 0 && !t.signed[u]:
		fits = t.x[u] / -delta
	case delta > 0:
		fits = max(0, (largest-t.x[u])/delta)
	default:
		fits = max(0, (largest+t.x[u])/-delta)
	}
	if fits < s.times || fits == 0 && line >= 0 && (s.blocking < 0 || t.basis[line] < t.basis[s.blocking]) {
		s.times, s.blocking = fits, line
	}
}

// take moves the present table.
func (t *tableau) take(s step) {
	t.x[t.nonbasic[s.column]] += s.sign * s.scale * s.times
	for i, v := range t.columns[s.column] {
		if v != 0 {
			t.x[t.basis[i]] -= s.sign * s.times * int64(math.Round(v*float64(s.scale)))
		}
	}
}

// climb moves the present table in whole steps until the target has come to the goal, or nothing
// brings it nearer; sign is 1 for upwards and -1 for downwards. It may end before the true end
// where only fractions would lead further: then the goal is not reached, never wrongly reached.
func (t *tableau) climb(target int, goal, sign int64) bool {
	stuck, seen := 0, 0
	for ; stuck < patience && t.spent < t.limit; seen++ {
		left := (goal - t.x[target]) * sign
		if left <= 0 {
			return true
		}
		best, degenerate, ok := t.choose(target, left, sign, seen > untilBland)
		if !ok {
			return false
		}
		if best.times > 0 {
			t.take(best)
			stuck = 0
		} else {
			best = degenerate
			stuck++
		}
		if best.blocking >= 0 && t.basis[best.blocking] != target {
			t.pivot(best.blocking, best.column)
		} else if best.times == 0 {
			return false
		}
	}
	return false
}

// choose returns a step that brings the target nearer, and the one to pivot on when none does.
func (t *tableau) choose(target int, left, sign int64, bland bool) (best, degenerate step, ok bool) {
	slope := 0.0
	for column, u := range t.nonbasic {
		gain := t.gain(target, column)
		if gain == 0 {
			continue
		}
		direction := sign
		if gain < 0 {
			direction = -sign
		}
		if direction < 0 && t.x[u] == 0 && !t.signed[u] {
			continue
		}
		s, fits := t.whole(column, direction, noLimit)
		if !fits {
			continue
		}
		each := int64(math.Round(math.Abs(gain) * float64(s.scale)))
		if each == 0 {
			continue
		}
		if needed := (left-1)/each + 1; s.times > needed {
			s.times, s.blocking = needed, -1
		}
		if s.times > 0 {
			if !ok || best.scale == 0 || t.rank[u] < t.rank[t.nonbasic[best.column]] {
				best, ok = s, true
			}
			if t.rank[u] == 0 {
				return best, degenerate, true
			}
			continue
		}
		if s.blocking < 0 {
			continue
		}
		if steep := math.Abs(gain); !bland && steep > slope || degenerate.scale == 0 ||
			bland && u < t.nonbasic[degenerate.column] {
			degenerate, slope, ok = s, math.Max(steep, slope), true
		}
	}
	t.spent += len(t.basis) * len(t.nonbasic)
	return best, degenerate, ok
}
