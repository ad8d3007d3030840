package disclosure

import "math/bits"

// prime is 2^61-1. A vector that is zero over the rationals is zero modulo it, so arithmetic in
// this field never misses what can be computed; at worst it hides a cell too many.
const prime = 1<<61 - 1

// fieldOf returns a whole number as an element of the field.
func fieldOf(v int64) uint64 {
	if v >= 0 {
		return uint64(v) % prime
	}
	return fieldNegative(-uint64(v) % prime)
}

func fieldAdd(a, b uint64) uint64 {
	sum := a + b
	if sum >= prime {
		sum -= prime
	}
	return sum
}

func fieldNegative(a uint64) uint64 {
	if a == 0 {
		return 0
	}
	return prime - a
}

func fieldMultiply(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	// 2^61 is 1 here, so the bits above the 61st are added to those below it.
	return fieldAdd(low&prime, high<<3|low>>61)
}

// fieldInverse returns 1/a by Fermat; a is not zero.
func fieldInverse(a uint64) uint64 {
	result := uint64(1)
	for exponent := uint64(prime - 2); exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = fieldMultiply(result, a)
		}
		a = fieldMultiply(a, a)
	}
	return result
}
