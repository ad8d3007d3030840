package effect

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// ascending gives the places of the values from small to large; equal values stay in their order.
func ascending(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	return order
}

// EffectiveSize is how many equally weighing units tell as much as these weights: the square of their sum over the sum
// of their squares (Kish 1965). It is 0 where all weights are.
func EffectiveSize(weights []float64) float64 {
	var sum, squares float64
	for _, w := range weights {
		sum += w
		squares += w * w
	}
	if squares == 0 {
		return 0
	}
	return sum * sum / squares
}

// finite fails on the first value that is no number.
func finite(what string, values []float64) error {
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("%s: value %d is %v, not a number to calculate with", what, i+1, v)
		}
	}
	return nil
}

// shares fails on a weight, or a time, that is negative or no number.
func shares(what string, values []float64) error {
	if err := finite(what, values); err != nil {
		return err
	}
	for i, v := range values {
		if v < 0 {
			return fmt.Errorf("%s: value %d is %v, below nought", what, i+1, v)
		}
	}
	return nil
}
