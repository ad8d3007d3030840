package pipeline_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
)

// TestOracleShapley holds printed effects of Das Gupta (1993): examples 2.3 and 2.4.
func TestOracleShapley(t *testing.T) {
	for _, c := range []struct{ base, now, want []float64 }{
		{[]float64{25.3, 0.214, 0.279, 0.949}, []float64{32.7, 0.29, 0.473, 0.986},
			[]float64{0.6889411, 0.8125381, 1.3829055, 0.1047547}},
		{[]float64{0.58, 0.76, 0.84, 0.66, 16.573}, []float64{0.72, 0.97, 0.97, 0.56, 16.158},
			[]float64{1.0909785, 1.2298438, 0.7278399, -0.8398707, -0.1290187}},
	} {
		var cell [2][6]*big.Float
		for side, values := range [][]float64{c.base, c.now} {
			for i := range cell[side] {
				cell[side][i] = oracleFloat(oracleRat(1))
			}
			for i, value := range values {
				cell[side][i].SetFloat64(value)
			}
		}
		for i, effect := range oracleShapley([][2][6]*big.Float{cell}) {
			want := 0.0
			if i < len(c.want) {
				want = c.want[i]
			}
			if got, _ := effect.Float64(); math.Abs(got-want) > 1e-6 {
				t.Errorf("effect of factor %d from %v to %v is %f, printed %f", i, c.base, c.now, got, want)
			}
		}
	}
}

// TestOracleFisher: two units at 10 and one at 20 become one at 12 and three at 18, so the square of the index is
// 42/40 × 66/70 = 0.99; a third code has no price in the second year.
func TestOracleFisher(t *testing.T) {
	code := func(name string) oracleCode { return oracleCode{domain: "zvw", careType: "huisarts", code: name} }
	prices := oraclePrices{base: 2017, sold: map[int]map[oracleCode]*oracleSold{
		2017: {code("a"): {2000, 2000}, code("b"): {2000, 1000}, code("c"): {40, 1000}},
		2018: {code("a"): {1200, 1000}, code("b"): {5400, 3000}, code("c"): {-20, 1000}},
		2019: {code("a"): {1500, 1000}},
	}}
	for _, c := range []struct {
		year   int
		want   float64
		broken bool
	}{
		{2016, 1, true}, // nothing was sold
		{2017, 1, false},
		{2018, 0.994987437107, false}, // 0.60 of 106.60 is without a price
		{2019, 1.243734296383, true},  // × 15/12, and 54 of 81.20
	} {
		if got, _ := prices.index("zvw", "huisarts", c.year).Float64(); math.Abs(got-c.want) > 1e-11 {
			t.Errorf("index of %d is %.12f, want %.12f", c.year, got, c.want)
		}
		if got := prices.broken("zvw", c.year); got != c.broken {
			t.Errorf("broken in %d is %v, want %v", c.year, got, c.broken)
		}
	}
	prices = oraclePrices{base: 2019, sold: prices.sold}
	if got, _ := prices.index("zvw", "huisarts", 2017).Float64(); math.Abs(got-1/1.243734296383) > 1e-11 {
		t.Errorf("two years before the base year the index is %.12f, want 1/1.243734296383", got)
	}
}

// TestOracleDecompose works out small changes. Persons 1 and 2 are the same stratum in buurt A in all years; person 3 lives in
// buurt B from 2 July 2018, half a year.
func TestOracleDecompose(t *testing.T) {
	o := oracleTiny(t, []string{
		oracleHomeLine(1, "", 1981, oracleBuurtA, "2000-01-01", "", ""),
		oracleHomeLine(2, "", 1981, oracleBuurtA, "2000-01-01", "", ""),
		oracleHomeLine(3, "", 1981, oracleBuurtB, "2018-07-02", "", ""),
	}, []string{
		// zvw: a visit costs 8.00, 10.00, 12.00; one, two and three visits in A, by one, one and two persons
		oracleClaim("zvw", 1, "D", 1, "x", "2016-02-01", "8.00"),
		oracleClaim("zvw", 2, "D", 1, "x", "2017-02-01", "10.00"), oracleClaim("zvw", 3, "D", 1, "x", "2017-03-01", "10.00"),
		oracleClaim("zvw", 4, "D", 1, "x", "2018-02-01", "12.00"), oracleClaim("zvw", 5, "D", 1, "x", "2018-03-01", "12.00"),
		oracleClaim("zvw", 6, "D", 2, "x", "2018-02-01", "12.00"), oracleClaim("zvw", 7, "D", 3, "x", "2018-08-01", "12.00"),
		// wmo: a new code is 2.00 of 200.00, just not a break
		"wmo;8;;D;persoon-00000001;WMO020;oud;02;2017-02-01;2017-02-01;100.00",
		"wmo;9;;D;persoon-00000001;WMO020;oud;02;2018-02-01;2018-02-01;98.00",
		"wmo;10;;D;persoon-00000001;WMO020;nieuw;02;2018-03-01;2018-03-01;2.00",
		// jeugdwet: the only code is another one; wlz: a first user
		"jeugdwet;11;;D;persoon-00000001;JZ020;oud;45;2017-02-01;2017-02-01;100.00",
		"jeugdwet;12;;D;persoon-00000001;JZ020;nieuw;45;2018-02-01;2018-02-01;150.00",
		oracleClaim("wlz", 13, "D", 1, "x", "2018-02-01", "30.00"),
		// participatiewet: the credit of 2017's line lies in 2018
		oracleClaim("participatiewet", 14, "D", 2, "x", "2017-02-01", "10.00"),
		oracleClaim("participatiewet", 14, "C", 2, "x", "2018-02-01", "10.00"),
	})
	table := o.Ontleding()
	for _, c := range []struct{ year, area, domain, want string }{ // bevolking gebruikers leeftijd_geslacht mix prijs volume
		// 2 × u × q × P × 10, u ½ to 1, q 2 to 1½, P 1 to 1.2: 19.1667 - 8.3333 + 5.1667, less the cent of 16.01
		{"2018", oracleBuurtA, "zvw", "0.00 19.16 0.00 0.00 5.17 -8.33 nee 16.00"},
		// before the base year: q 2 to 1, P 1 to 0.8
		{"2016", oracleBuurtA, "zvw", "0.00 0.00 0.00 0.00 -3.00 -9.00 nee -12.00"},
		// nobody in 2017: N × a × P × 10, P 1 to 1.2: a third of 2.00 to the price, the half of the rest to N and a, less a cent
		{"2018", oracleBuurtB, "zvw", "5.66 0.00 5.67 0.00 0.67 0.00 nee 12.00"},
		// q 1 to 2, P 1 to 0.98, m 100 to 50/0.98: 74.8367 - 2.1837 - 72.6531, and a cent less
		{"2018", oracleBuurtA, "wmo", "0.00 0.00 0.00 -72.65 -2.18 74.83 nee 0.00"},
		{"2018", oracleBuurtA, "jeugdwet", "0.00 0.00 0.00 50.00 - 0.00 ja 50.00"},
		{"2018", oracleBuurtA, "wlz", "0.00 30.00 0.00 0.00 - 0.00 ja 30.00"},
		// the product knows 10.00 to nothing; the rest is in no product
		{"2018", oracleBuurtA, "participatiewet", "0.00 -10.00 0.00 -10.00 - 0.00 ja -20.00"},
		{"2016", oracleBuurtB, "wmo", "0.00 0.00 0.00 0.00 - 0.00 ja 0.00"},
		{"2017", "regio", "jeugdwet", "0.00 0.00 0.00 0.00 0.00 0.00 nee 0.00"},
	} {
		var got []string
		for _, factor := range []string{"bevolking", "gebruikers", "leeftijd_geslacht", "mix", "prijs", "volume"} {
			effect := oracleValue(t, table, "effect", c.year, c.area, c.domain, factor)
			if effect == "" {
				effect = "-"
			}
			got = append(got, effect)
		}
		got = append(got, oracleValue(t, table, "trendbreuk", c.year, c.area, c.domain, "mix"),
			oracleValue(t, table, "delta", c.year, c.area, c.domain, "mix"))
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s of %s in %s: %v, want %s", c.domain, c.area, c.year, got, c.want)
		}
	}
}

// TestOracleRoundEffects gives the remainder to the largest effect, the first name of two.
func TestOracleRoundEffects(t *testing.T) {
	third := func(n int64) *big.Rat { return big.NewRat(n, 3) }
	for _, c := range []struct {
		effects [6]*big.Rat
		delta   int64
		broken  bool
		want    string
	}{
		{[6]*big.Rat{third(1000), third(1000), third(1000), third(0), third(0), third(0)}, 1000, false, "3.34 3.33 3.33 0.00 0.00 0.00"},
		{[6]*big.Rat{third(0), third(0), third(0), third(0), third(4), third(4)}, 3, false, "0.00 0.00 0.00 0.00 0.01 0.02"}, // the mix fills up: 5/3
		{[6]*big.Rat{third(0), third(0), third(0), third(0), third(4), third(4)}, 3, true, "0.00 0.00 0.00 0.00  0.03"},
		{[6]*big.Rat{third(-500), third(-500), third(0), third(0), third(0), third(0)}, -333, false, "-1.66 -1.67 0.00 0.00 0.00 0.00"},
	} {
		var got []string
		for _, name := range oracleFactors {
			got = append(got, oracleRoundEffects(c.effects, c.delta, c.broken)[name].text())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v of %d: %q, want %q", c.effects, c.delta, strings.Join(got, " "), c.want)
		}
	}
}

// TestOracleDecomposeAddsUp holds the sum of the effects to the change of every area and law, on testdata/klein.
func TestOracleDecomposeAddsUp(t *testing.T) {
	o := oracleKlein(t)
	sums, deltas := map[string]*big.Rat{}, map[string]string{}
	for _, row := range o.Ontleding().Rows {
		at := strings.Join(row.Key[:3], " ")
		if sums[at] == nil {
			sums[at] = new(big.Rat)
		}
		if effect, known := new(big.Rat).SetString(row.Values["effect"]); known {
			sums[at].Add(sums[at], effect)
		}
		deltas[at] = row.Values["delta"]
	}
	shift := o.VerschuivingDomein()
	for at, sum := range sums {
		want := oracleValue(t, shift, "delta", strings.Split(at, " ")...)
		if sum.FloatString(2) != want || deltas[at] != want {
			t.Errorf("%s: effects add up to %s, delta is %s, the shift says %s", at, sum.FloatString(2), deltas[at], want)
		}
	}
}
