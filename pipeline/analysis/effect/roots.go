package effect

import (
	"math"
	"slices"
)

// value is that of the polynomial with these coefficients, the constant first.
func value(f []float64, x float64) (sum float64) {
	for _, c := range slices.Backward(f) {
		sum = sum*x + c
	}
	return sum
}

// realRoots are the places where a polynomial changes sign, in order: between two places where its derivative does it
// rises or falls, so there is at most one.
func realRoots(f []float64) []float64 {
	for len(f) > 1 && f[len(f)-1] == 0 {
		f = f[:len(f)-1]
	}
	if len(f) < 2 {
		return nil
	}
	slope := make([]float64, len(f)-1)
	bound := 0.0
	for i := range slope {
		slope[i] = float64(i+1) * f[i+1]
		bound = max(bound, math.Abs(f[i]/f[len(f)-1]))
	}
	// Cauchy: no root is larger than this.
	turns := append(append([]float64{-1 - bound}, realRoots(slope)...), 1+bound)
	var roots []float64
	for i := range len(turns) - 1 {
		if below, above := value(f, turns[i]), value(f, turns[i+1]); (below < 0) != (above < 0) {
			roots = append(roots, rootBetween(f, slope, turns[i], turns[i+1], below < 0))
		}
	}
	return roots
}

// rootBetween takes Newton steps from the middle, and halves where they leave the stretch.
func rootBetween(f, slope []float64, low, high float64, rises bool) float64 {
	x := low + (high-low)/2
	for range 200 {
		v := value(f, x)
		if v == 0 {
			return x
		}
		if (v < 0) == rises {
			low = x
		} else {
			high = x
		}
		next := x - v/value(slope, x)
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		if math.Abs(next-x) <= 1e-15*math.Abs(x) || next == low || next == high {
			return next
		}
		x = next
	}
	return x
}
