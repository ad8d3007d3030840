package effect

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/combin"
)

// assignment is one way to give the label, for a supposed effect u: its effect is a - b u and its variance
// v0 - 2 v1 u + v2 u^2.
type assignment struct{ a, b, v0, v1, v2 float64 }

// assign weighs the units that got the label against all others.
func (x *labels) assign(in *moments) (r assignment) {
	out := x.all.less(in)
	n := x.all.n / (x.all.n - 2)
	r.add(in, 1, n)
	r.add(&out, -1, n)
	return r
}

// add counts one side in; correction is that of HC1.
func (r *assignment) add(m *moments, sign, correction float64) {
	mx, md := m.wx/m.w, m.wd/m.w
	r.a += sign * mx
	r.b += sign * md
	scale := correction / (m.w * m.w)
	r.v0 += scale * max(0, m.wwxx-2*mx*m.wwx+mx*mx*m.ww)
	r.v1 += scale * (m.wwxd - mx*m.wwd - md*m.wwx + mx*md*m.ww)
	r.v2 += scale * max(0, m.wwd-2*md*m.wwd+md*md*m.ww)
}

func (r *assignment) effect(u float64) float64 { return r.a - r.b*u }

func (r *assignment) variance(u float64) float64 { return max(0, r.v0-2*r.v1*u+r.v2*u*u) }

// excess is at nought or above where the assignment is at least as far out as the truth, whose statistic is u:
// (a - b u)^2 >= u^2 (v0 - 2 v1 u + v2 u^2). It is its coefficients, the constant first.
func (r *assignment) excess() [5]float64 {
	return [5]float64{r.a * r.a, -2 * r.a * r.b, r.b*r.b - r.v0, 2 * r.v1, -r.v2}
}

// always counts the assignments with the same two sides as in truth, whose statistic is that of the truth for every u.
func (x *labels) always() int {
	if 2*x.treated == len(x.units) {
		return 2
	}
	return 1
}

// same tells whether the units that got the label make such an assignment.
func (x *labels) same(chosen []int) bool {
	first := x.isTreated[chosen[0]]
	if !first && 2*x.treated != len(x.units) {
		return false
	}
	for _, at := range chosen {
		if x.isTreated[at] != first {
			return false
		}
	}
	return true
}

// reach is how far from the estimate, in standard errors, the ends of the interval lie at least: below it and above it.
type reach [2]float64

// outward are the signs of u on the two sides.
var outward = [2]float64{-1, 1}

// counted is what the assignments say together.
type counted struct {
	asLarge, asLargeEffect int
	beyond                 [2]beyond
}

// beyond is what they say of the effects beyond the reach, on one side.
type beyond struct {
	// atReach counts the assignments that are as far out as the truth at the reach itself, but for the truth.
	atReach int
	// excess is that of each assignment that may be so further on, by the distance from the reach.
	excess [][5]float64
}

// count tries every assignment: in order, so that what two in a row have in common is added up once.
func (x *labels) count(from reach) (c counted) {
	n, k := len(x.units), x.treated
	zero := -x.effect / x.se
	chosen := make([]int, k)
	for j := range chosen {
		chosen[j] = j
	}
	sums := make([]moments, k+1) // of the first so many that are chosen
	for changed := 0; changed >= 0; {
		for j := changed; j < k; j++ {
			sums[j+1] = sums[j]
			sums[j+1].include(&x.units[chosen[j]])
		}
		a := x.assign(&sums[k])
		effect := a.effect(zero)
		c.asLarge += side(effect*effect >= zero*zero*a.variance(zero)*(1-ties))
		c.asLargeEffect += side(math.Abs(effect) >= math.Abs(zero)*(1-ties))
		if !x.same(chosen) {
			f := a.excess()
			for s := range c.beyond {
				c.beyond[s].take(f, outward[s], from[s])
			}
		}
		changed = k - 1
		for changed >= 0 && chosen[changed] == n-k+changed {
			changed--
		}
		if changed >= 0 {
			chosen[changed]++
			for j := changed + 1; j < k; j++ {
				chosen[j] = chosen[j-1] + 1
			}
		}
	}
	return c
}

// take looks at one assignment from the reach on. By Descartes' rule a polynomial has no more zeros above nought than its
// coefficients change sign: with none this one, which ends below nought, is there nowhere.
func (b *beyond) take(f [5]float64, outward, reach float64) {
	if math.IsInf(reach, 0) {
		return
	}
	g := shifted(f, outward, reach)
	b.atReach += side(g[0] >= 0)
	if changes(g) > 0 {
		b.excess = append(b.excess, g)
	}
}

// shifted has f(outward (reach + t)) as a polynomial in t.
func shifted(f [5]float64, outward, reach float64) [5]float64 {
	f[1] *= outward
	f[3] *= outward
	for i := range 4 {
		for j := 3; j >= i; j-- {
			f[j] += reach * f[j+1]
		}
	}
	return f
}

// changes counts the changes of sign in the coefficients.
func changes(f [5]float64) (n int) {
	last := 0.0
	for _, c := range f {
		if c*last < 0 {
			n++
		}
		if c != 0 {
			last = c
		}
	}
	return n
}

// closer gives the reach from which the ends can be found: where too few assignments were as far out, half of it, and at
// last none.
func (c *counted) closer(needed int, from reach) reach {
	for s := range from {
		switch {
		case from[s] == 0 || needed <= 0 || c.beyond[s].atReach >= needed:
		case from[s] < 0.1:
			from[s] = 0
		default:
			from[s] /= 2
		}
	}
	return from
}

// sampled is how many assignments the reach is guessed from; with few more than these it is not worth a guess.
const sampled = 2000

// guess takes assignments at even distances and goes outward while clearly more than the needed share of them are as far
// out. It changes how long the count takes, never what comes out.
func (x *labels) guess(needed, assignments int) (from reach) {
	if needed <= 0 {
		return reach{math.Inf(1), math.Inf(1)}
	}
	if assignments < 2*sampled {
		return reach{}
	}
	some := make([][5]float64, sampled)
	chosen := make([]int, x.treated)
	for i := range some {
		combin.IndexToCombination(chosen, i*(assignments/sampled), len(x.units), x.treated)
		var in moments
		for _, at := range chosen {
			in.include(&x.units[at])
		}
		a := x.assign(&in)
		some[i] = a.excess()
	}
	enough := min(sampled*9/10, 20+int(1.25*sampled*float64(needed)/float64(assignments)))
	for s, sign := range outward {
		for step := 4.0; step > 0.01; step /= 2 {
			count := 0
			for _, f := range some {
				count += side(value(f[:], sign*(from[s]+step)) >= 0)
			}
			if count >= enough {
				from[s] += step
			}
		}
	}
	return from
}

// end is how far from the reach the last effect lies at which so many assignments are as far out as the truth.
func (b *beyond) end(needed int) float64 {
	var s spans
	for _, g := range b.excess {
		s.add(g)
	}
	return s.last(needed)
}

// spans collects, over the assignments, the stretches above nought in which an excess is not below nought.
type spans struct{ low, high []float64 }

// add finds the stretches of one. They are bounded, as v2 is above nought for every division of the units but the true one.
func (s *spans) add(g [5]float64) {
	slope := [4]float64{g[1], 2 * g[2], 3 * g[3], 4 * g[4]}
	if g[0] > 0 && changes(g) == 1 {
		high := 0.25
		for value(g[:], high) >= 0 {
			high *= 2
		}
		s.low, s.high = append(s.low, 0), append(s.high, rootBetween(g[:], slope[:], 0, high, false))
		return
	}
	roots := slices.DeleteFunc(realRoots(g[:]), func(r float64) bool { return r <= 0 })
	from := 0.0
	for _, to := range roots {
		if value(g[:], from+(to-from)/2) >= 0 {
			s.low, s.high = append(s.low, from), append(s.high, to)
		}
		from = to
	}
}

// last is the largest number that lies in at least so many stretches.
func (s *spans) last(needed int) float64 {
	slices.Sort(s.low)
	slices.Sort(s.high)
	// At one of the ends the stretches that have begun, less those that have ended before it, are those it lies in.
	begun := len(s.low) - 1
	for left := begun; left >= 0; left-- {
		for s.low[begun] > s.high[left] {
			begun--
		}
		if begun+1-left >= needed {
			return s.high[left]
		}
	}
	return 0
}
