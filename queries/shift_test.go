package queries_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const shiftTable = `CREATE TABLE model.verschuiving_cel (indeling VARCHAR, prijspeil VARCHAR, jaar INTEGER, basisjaar INTEGER,
	gebied VARCHAR, groep VARCHAR, status VARCHAR, centen_basis DECIMAL(38,0), centen DECIMAL(38,0))`

// shiftCell is one group in cents; nil is an amount that is not known.
type shiftCell struct {
	name      string
	base, now *int64
}

func (c shiftCell) insert(area string) string {
	text := func(n *int64) string {
		if n == nil {
			return "NULL"
		}
		return fmt.Sprint(*n)
	}
	return fmt.Sprintf("('domein', 'nominaal', 2018, 2017, '%s', '%s', 'definitief', %s, %s)", area, c.name, text(c.base), text(c.now))
}

// split is the computation by its words, with exact fractions: per group delta, growth and shift, "" when unknown.
func split(cells []shiftCell) map[string][3]string {
	base, now, known := new(big.Int), new(big.Int), true
	for _, c := range cells {
		if c.base == nil || c.now == nil {
			known = false
			continue
		}
		base.Add(base, big.NewInt(*c.base))
		now.Add(now, big.NewInt(*c.now))
	}
	out := map[string][3]string{}
	growths := map[string]*big.Int{}
	remainder := new(big.Int).Sub(now, base)
	for _, c := range cells {
		switch {
		case c.base == nil || c.now == nil:
			out[c.name] = [3]string{}
		case !known:
			out[c.name] = [3]string{cents(big.NewInt(*c.now - *c.base)), "", ""}
		case base.Sign() <= 0 || now.Sign() <= 0:
			growths[c.name] = big.NewInt(*c.now - *c.base)
		default:
			share := new(big.Rat).Add(new(big.Rat).SetFrac(big.NewInt(*c.base), base), new(big.Rat).SetFrac(big.NewInt(*c.now), now))
			share.Mul(share, new(big.Rat).SetFrac(new(big.Int).Sub(now, base), big.NewInt(2)))
			growths[c.name] = halfAwayFromZero(share)
		}
		if known {
			remainder.Sub(remainder, growths[c.name])
		}
	}
	if !known {
		return out
	}
	largest := slices.MinFunc(cells, func(a, b shiftCell) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a.name, b.name))
	})
	growths[largest.name].Add(growths[largest.name], remainder)
	for _, c := range cells {
		delta, growth := big.NewInt(*c.now-*c.base), growths[c.name]
		out[c.name] = [3]string{cents(delta), cents(growth), cents(new(big.Int).Sub(delta, growth))}
	}
	return out
}

func size(c shiftCell) int64 {
	return max(*c.base, -*c.base) + max(*c.now, -*c.now)
}

func halfAwayFromZero(r *big.Rat) *big.Int {
	n := new(big.Int).Mul(new(big.Int).Abs(r.Num()), big.NewInt(2))
	n.Add(n, r.Denom())
	n.Quo(n, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	if r.Sign() < 0 {
		n.Neg(n)
	}
	return n
}

func cents(n *big.Int) string { return new(big.Rat).SetFrac(n, big.NewInt(100)).FloatString(2) }

// TestShiftOfTheWorkedExample is the example of methods §1.3: Zvw +10 is growth +23.35 and shift −13.35.
func TestShiftOfTheWorkedExample(t *testing.T) {
	conn := bench(t, shiftTable)
	euro := func(n int64) *int64 { n *= 100; return &n }
	var rows []string
	for _, c := range []shiftCell{{"zvw", euro(330), euro(340)}, {"wmo", euro(40), euro(52)}, {"jeugdwet", euro(25), euro(27)}, {"wlz", euro(90), euro(101)}} {
		rows = append(rows, c.insert("regio"))
	}
	run(t, conn, "INSERT INTO model.verschuiving_cel VALUES "+strings.Join(rows, ", "))
	sum, growth, moved := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, row := range ask(t, conn, "verschuiving_splitsing", "groep", "delta", "groei", "verschuiving", "aandeel_basis", "aandeel") {
		shift, _ := new(big.Rat).SetString(row[3])
		sum.Add(sum, shift)
		moved.Add(moved, new(big.Rat).Abs(shift))
		grown, _ := new(big.Rat).SetString(row[2])
		growth.Add(growth, grown)
		if row[0] == "zvw" && fmt.Sprint(row[1:]) != "[10.00 23.35 -13.35 0.680412 0.653846]" {
			t.Errorf("zvw: delta, groei, verschuiving, aandelen %v", row[1:])
		}
	}
	if sum.Sign() != 0 || growth.FloatString(2) != "35.00" {
		t.Errorf("the shifts sum to %s and the growth to %s, want 0 and 35.00", sum.FloatString(2), growth.FloatString(2))
	}
	if r := moved.Quo(moved, big.NewRat(2, 1)).FloatString(2); r != "13.35" {
		t.Errorf("R is %s, want 13.35", r)
	}
}

// TestShiftAgainstExact compares random cells, small enough to fall on half cents and large enough for a region, with
// exact fractions: credits, groups of zero, totals of zero or below, unknown amounts.
func TestShiftAgainstExact(t *testing.T) {
	conn := bench(t, shiftTable)
	amount := func(most int64) *rapid.Generator[int64] {
		return rapid.OneOf(rapid.Int64Range(-most/4, most), rapid.Just(int64(0)))
	}
	rapid.Check(t, func(t *rapid.T) {
		areas := map[string][]shiftCell{}
		var rows []string
		for i := range rapid.IntRange(1, 4).Draw(t, "areas") {
			area := fmt.Sprintf("gebied%d", i)
			most := rapid.SampledFrom([]int64{5, 40, 100_000, 200_000_000_000}).Draw(t, "most")
			for j := range rapid.IntRange(1, 5).Draw(t, "groups") {
				base, now := amount(most).Draw(t, "basis"), amount(most).Draw(t, "nu")
				c := shiftCell{fmt.Sprintf("groep%d", j), &base, &now}
				switch rapid.IntRange(0, 30).Draw(t, "unknown") {
				case 0:
					c.base = nil
				case 1:
					c.now = nil
				}
				areas[area] = append(areas[area], c)
				rows = append(rows, c.insert(area))
			}
		}
		run(t, conn, "DELETE FROM model.verschuiving_cel")
		run(t, conn, "INSERT INTO model.verschuiving_cel VALUES "+strings.Join(rows, ", "))
		got := ask(t, conn, "verschuiving_splitsing", "gebied", "groep", "delta", "groei", "verschuiving")
		if len(got) != len(rows) {
			t.Fatalf("%d rows, want %d", len(got), len(rows))
		}
		for _, row := range got {
			if want := split(areas[row[0]])[row[1]]; [3]string(row[2:]) != want {
				t.Fatalf("%s %s: delta, groei, verschuiving %q, want %q", row[0], row[1], row[2:], want)
			}
		}
	})
}
