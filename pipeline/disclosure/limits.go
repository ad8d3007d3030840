package disclosure

import "math/bits"

// limit is what a reader can tell of an unknown by looking at one equation at a time. It is no
// tighter than the truth, so what does not fit into it need not be looked for.
type limit struct{ low, high int64 }

// boundless stands for no limit; limits near it are not reckoned with.
const boundless = 1 << 61

const limitRounds = 20

// limited narrows the limits of all hidden unknowns, equation after equation.
func (h *hidden) limited() []limit {
	limits := make([]limit, len(h.values))
	for u, v := range h.values {
		switch {
		case h.known[u]:
			limits[u] = limit{v, v}
		case h.signed[u]:
			limits[u] = limit{-boundless, boundless}
		default:
			limits[u] = limit{0, boundless}
		}
	}
	for changed, round := true, 0; changed && round < limitRounds; round++ {
		changed = false
		for i, members := range h.members {
			if len(members) > 0 && h.narrow(h.equations[i], limits) {
				changed = true
			}
		}
	}
	return limits
}

// narrow takes over what one equation tells; it is counted from the true values, which fit. The
// most that the terms can add to their true sum is what one of them can take away, and so on.
func (h *hidden) narrow(equation []term, limits []limit) (changed bool) {
	var up, down reach
	for _, t := range equation {
		more, less := h.spread(t, limits)
		up.add(more)
		down.add(less)
	}
	for _, t := range equation {
		if h.known[t.unknown] || t.coefficient == 0 {
			continue
		}
		more, less := h.spread(t, limits)
		size := int64(magnitude(t.coefficient))
		l, v := &limits[t.unknown], h.values[t.unknown]
		// what this term adds, the others have to take away
		add, addOk := down.without(less)
		take, takeOk := up.without(more)
		if t.coefficient < 0 {
			add, addOk, take, takeOk = take, takeOk, add, addOk
		}
		if addOk && v+add/size < l.high {
			l.high, changed = v+add/size, true
		}
		if takeOk && v-take/size > l.low {
			l.low, changed = v-take/size, true
		}
	}
	return changed
}

// spread is what a term can add to its true value and take away from it; negative for no limit.
func (h *hidden) spread(t term, limits []limit) (more, less int64) {
	l, v := limits[t.unknown], h.values[t.unknown]
	more, less = -1, -1
	if l.high < boundless {
		more = product(l.high-v, t.coefficient)
	}
	if l.low > -boundless {
		less = product(v-l.low, t.coefficient)
	}
	if t.coefficient < 0 {
		more, less = less, more
	}
	return more, less
}

// product is the size of a product, or -1 where it is beyond any limit.
func product(a, b int64) int64 {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low >= boundless {
		return -1
	}
	return int64(low)
}

// reach is a sum of spreads, some of which may have no limit.
type reach struct {
	sum     int64
	endless int
}

func (r *reach) add(spread int64) {
	if spread < 0 || r.sum > boundless-spread {
		r.endless++
		return
	}
	r.sum += spread
}

// without is the reach of the others, if it has a limit.
func (r *reach) without(spread int64) (int64, bool) {
	switch {
	case spread < 0 && r.endless == 1:
		return r.sum, true
	case spread >= 0 && r.endless == 0:
		return r.sum - spread, true
	}
	return 0, false
}
