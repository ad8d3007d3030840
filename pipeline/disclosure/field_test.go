package disclosure

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestFieldAgreesWithBigNumbers(t *testing.T) {
	modulus := big.NewInt(prime)
	reduced := func(v *big.Int) uint64 { return v.Mod(v, modulus).Uint64() }
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int64().Draw(t, "x"), rapid.Int64().Draw(t, "y")
		a, b := fieldOf(x), fieldOf(y)
		bigX, bigY := big.NewInt(x), big.NewInt(y)
		if a != reduced(new(big.Int).Set(bigX)) {
			t.Fatalf("%d is %d", x, a)
		}
		if got := fieldAdd(a, b); got != reduced(new(big.Int).Add(bigX, bigY)) {
			t.Fatalf("the sum is %d", got)
		}
		if got := fieldMultiply(a, b); got != reduced(new(big.Int).Mul(bigX, bigY)) {
			t.Fatalf("the product is %d", got)
		}
		if a != 0 && fieldMultiply(a, fieldInverse(a)) != 1 {
			t.Fatalf("the inverse of %d is wrong", a)
		}
		if fieldAdd(a, fieldNegative(a)) != 0 {
			t.Fatalf("the negative of %d is wrong", a)
		}
	})
}
