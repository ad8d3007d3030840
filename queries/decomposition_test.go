package queries_test

import (
	"database/sql"
	"math/big"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/internal/golden"

	"pgregory.net/rapid"
)

var factors = []string{"bevolking", "leeftijd_geslacht", "gebruikers", "volume", "prijs", "mix"}

const factorTable = `CREATE TABLE model.ontleding_cel (jaar INTEGER, gebied VARCHAR, domein VARCHAR,
	bevolking_basis DOUBLE, bevolking DOUBLE, leeftijd_geslacht_basis DOUBLE, leeftijd_geslacht DOUBLE, gebruikers_basis DOUBLE, gebruikers DOUBLE,
	volume_basis DOUBLE, volume DOUBLE, prijs_basis DOUBLE, prijs DOUBLE, mix_basis DOUBLE, mix DOUBLE)`

// factorCell has the base year and the year of each of the six factors.
type factorCell [6][2]float64

func (c factorCell) insert(area string) string {
	values := []string{"2018", "'" + area + "'", "'zvw'"}
	for _, f := range c {
		for _, v := range f {
			values = append(values, strconv.FormatFloat(v, 'e', -1, 64))
		}
	}
	return "(" + strings.Join(values, ", ") + ")"
}

// decompose feeds areas of cells to the query, and gives the effects of each in the order of the factors.
func decompose(t failer, conn *sql.Conn, rows []string) map[string][6]*big.Rat {
	t.Helper()
	run(t, conn, "DELETE FROM model.ontleding_cel")
	run(t, conn, "INSERT INTO model.ontleding_cel VALUES "+strings.Join(rows, ", "))
	out := map[string][6]*big.Rat{}
	for _, row := range ask(t, conn, "ontleding_effect", "gebied", "factor", "effect") {
		effect, ok := new(big.Rat).SetString(row[2])
		if !ok {
			t.Fatalf("%s %s: %q is not a number", row[0], row[1], row[2])
		}
		effects := out[row[0]]
		effects[slices.Index(factors, row[1])] = effect
		out[row[0]] = effects
	}
	return out
}

// example is one example of Das Gupta: its factors in printed order, and the cells of its two populations.
type example struct {
	factors  []string
	printed  []map[string]string
	crude    map[string]string
	products []factorCell
}

// dasGupta reads every example of the files. All are products of factors, summed over cells: those with one cell as they
// stand, 4.3 with a factor per age of the mother, and 5.1 (rate × structure) with the size of an age as its share of all.
// Example 5.3 is not among them: its inputs are not in the files, and age and race there are not factors but a table of
// both that would first have to be split in the square roots of its margins.
func dasGupta(t *testing.T) map[string]*example {
	t.Helper()
	values := map[[4]string]float64{} // example, population, cell, factor
	sums := map[[3]string]float64{}   // example, population, factor
	cells := map[string][]string{}
	for _, row := range golden.Rows(t, "dasgupta1993_inputs.csv") {
		v, err := strconv.ParseFloat(row["value"], 64)
		if err != nil {
			t.Fatal(err)
		}
		values[[4]string{row["example"], row["population"], row["cell"], row["factor"]}] = v
		sums[[3]string{row["example"], row["population"], row["factor"]}] += v
		if !slices.Contains(cells[row["example"]], row["cell"]) {
			cells[row["example"]] = append(cells[row["example"]], row["cell"])
		}
	}
	value := func(name, population, cell, factor string) float64 {
		if factor == "age_str" {
			return values[[4]string{name, population, cell, "size"}] / sums[[3]string{name, population, "size"}]
		}
		return values[[4]string{name, population, cell, factor}]
	}
	examples := map[string]*example{}
	for _, row := range golden.Rows(t, "dasgupta1993_expected.csv") {
		name := row["example"]
		if examples[name] == nil {
			examples[name] = &example{products: make([]factorCell, len(cells[name]))}
			for i := range examples[name].products {
				examples[name].products[i] = factorCell{{1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}}
			}
		}
		e := examples[name]
		if row["factor"] == "crude" {
			e.crude = row
			continue
		}
		for i, cell := range cells[name] {
			e.products[i][len(e.factors)] = [2]float64{value(name, row["pop_a"], cell, row["factor"]), value(name, row["pop_b"], cell, row["factor"])}
		}
		e.factors, e.printed = append(e.factors, row["factor"]), append(e.printed, row)
	}
	return examples
}

// asPrinted gives a number with as many decimals as the printed one.
func asPrinted(r *big.Rat, printed string) string {
	_, decimals, _ := strings.Cut(printed, ".")
	return r.FloatString(len(decimals))
}

// TestDecompositionOfDasGupta gives the effects that Das Gupta (1993) prints, to the last printed digit. A factor that an
// example has not is 1 in both populations.
func TestDecompositionOfDasGupta(t *testing.T) {
	examples := dasGupta(t)
	conn := bench(t, factorTable)
	var rows []string
	for name, e := range examples {
		for _, c := range e.products {
			rows = append(rows, c.insert(name))
		}
	}
	got := decompose(t, conn, rows)
	if len(examples) != 6 {
		t.Errorf("%d examples, want 6", len(examples))
	}
	for name, e := range examples {
		sum := new(big.Rat)
		for _, effect := range got[name] {
			sum.Add(sum, effect)
		}
		if got := asPrinted(sum, e.crude["diff"]); got != e.crude["diff"] {
			t.Errorf("%s: together %s, printed %s", name, got, e.crude["diff"])
		}
		for i, row := range e.printed {
			if got := asPrinted(got[name][i], row["diff"]); got != row["diff"] {
				t.Errorf("%s: %s %s, printed %s", name, row["factor"], got, row["diff"])
			}
			percent := new(big.Rat).Quo(new(big.Rat).Mul(got[name][i], big.NewRat(100, 1)), sum)
			if want, _ := new(big.Rat).SetString(row["percent"]); percent.FloatString(2) != want.FloatString(2) {
				t.Errorf("%s: %s is %s%%, printed %s", name, row["factor"], percent.FloatString(2), row["percent"])
			}
		}
		for i := len(e.factors); i < len(factors); i++ {
			if got[name][i].Sign() != 0 {
				t.Errorf("%s: %s has effect %s, want 0", name, factors[i], got[name][i].FloatString(10))
			}
		}
	}
}

// product multiplies the factors of a cell: those in the mask in the year, the others in the base year.
func (c factorCell) product(mask int) *big.Rat {
	p := big.NewRat(1, 1)
	for i, f := range c {
		p.Mul(p, new(big.Rat).SetFloat64(f[mask>>i&1]))
	}
	return p
}

// shapley is the definition: the mean, over every order in which the factors can change, of what a change adds.
func shapley(cells []factorCell) (effects [6]*big.Rat) {
	for j := range effects {
		effects[j] = new(big.Rat)
	}
	factorial := [6]int64{1, 1, 2, 6, 24, 120}
	for _, c := range cells {
		var products [64]*big.Rat
		for mask := range products {
			products[mask] = c.product(mask)
		}
		for j := range effects {
			for mask := range products {
				if mask>>j&1 == 1 {
					continue
				}
				changed := bits.OnesCount(uint(mask))
				added := new(big.Rat).Sub(products[mask|1<<j], products[mask])
				effects[j].Add(effects[j], added.Mul(added, big.NewRat(factorial[changed]*factorial[5-changed], 720)))
			}
		}
	}
	return effects
}

// drawCell draws factors as they come: zeros of entry and exit, volumes and amounts below zero, values alike in both years.
func drawCell(t *rapid.T) (c factorCell) {
	for i, most := range [6]int{1 << 17, 64, 640, 64_000, 128, 6_400_000} {
		least := 0
		if i == 3 || i == 5 {
			least = -most / 4
		}
		value := rapid.OneOf(rapid.IntRange(least, most), rapid.IntRange(1, 64), rapid.Just(0))
		c[i][0] = float64(value.Draw(t, factors[i]+"_basis")) / 64
		if c[i][1] = c[i][0]; rapid.IntRange(0, 5).Draw(t, "anders") > 0 {
			c[i][1] = float64(value.Draw(t, factors[i])) / 64
		}
	}
	return c
}

// rounding allows for what a DOUBLE loses of the largest product of a cell and for the cast of every term to ten decimals.
func rounding(cells []factorCell) *big.Rat {
	allowed := big.NewRat(1, 100_000_000)
	for _, c := range cells {
		largest := big.NewRat(1, 1_000_000_000_000)
		for _, f := range c {
			largest.Mul(largest, new(big.Rat).SetFloat64(max(f[0], -f[0], f[1], -f[1])))
		}
		allowed.Add(allowed, largest)
	}
	return allowed
}

// TestDecompositionAgainstEveryOrder compares random cells with the definition of the Shapley value, and with what must
// not change it: the order of the factors, the direction of time, a cell cut in two, a price that only doubles.
func TestDecompositionAgainstEveryOrder(t *testing.T) {
	conn := bench(t, factorTable)
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.Custom(drawCell), 1, 4).Draw(t, "cellen")
		order := rapid.Permutation([]int{0, 1, 2, 3, 4, 5}).Draw(t, "volgorde")
		var rows []string
		dearer := new(big.Rat)
		for _, c := range cells {
			reversed, permuted, half, doubled := c, c, c, c
			for i := range c {
				reversed[i] = [2]float64{c[i][1], c[i][0]}
				permuted[i] = c[order[i]]
				doubled[i][1] = c[i][0]
			}
			half[1] = [2]float64{c[1][0] / 2, c[1][1] / 2}
			doubled[4][1] *= 2
			dearer.Add(dearer, c.product(0))
			rows = append(rows, c.insert("zelf"), reversed.insert("terug"), permuted.insert("verwisseld"),
				half.insert("gehalveerd"), half.insert("gehalveerd"), doubled.insert("duurder"))
		}
		got := decompose(t, conn, rows)
		allowed := rounding(cells)
		same := func(what string, got, want *big.Rat) {
			t.Helper()
			if difference := new(big.Rat).Sub(got, want); difference.Abs(difference).Cmp(allowed) > 0 {
				t.Fatalf("%s: %s, want %s", what, got.FloatString(10), want.FloatString(10))
			}
		}
		sum, change := new(big.Rat), new(big.Rat)
		for _, c := range cells {
			change.Add(change, new(big.Rat).Sub(c.product(63), c.product(0)))
		}
		for j, want := range shapley(cells) {
			effect := got["zelf"][j]
			sum.Add(sum, effect)
			same(factors[j], effect, want)
			same(factors[j]+" back in time", new(big.Rat).Neg(got["terug"][j]), effect)
			same(factors[j]+" in two halves", got["gehalveerd"][j], effect)
			same(factors[order[j]]+" in another place", got["verwisseld"][j], got["zelf"][order[j]])
			if j != 4 && got["duurder"][j].Sign() != 0 {
				t.Fatalf("only the price doubles, and %s is %s", factors[j], got["duurder"][j].FloatString(10))
			}
		}
		same("the sum of the effects", sum, change)
		same("the doubled price", got["duurder"][4], dearer)
	})
}

// TestDecompositionOfAnEntry gives all to the users where nobody used the care in the base year: what was copied from the
// other year has no effect.
func TestDecompositionOfAnEntry(t *testing.T) {
	conn := bench(t, factorTable)
	entry := factorCell{{1000, 1000}, {0.5, 0.5}, {0, 0.125}, {4, 4}, {1, 1}, {20, 20}}
	got := decompose(t, conn, []string{entry.insert("regio")})
	var texts []string
	for _, effect := range got["regio"] {
		texts = append(texts, effect.FloatString(2))
	}
	if want := "0.00 0.00 5000.00 0.00 0.00 0.00"; strings.Join(texts, " ") != want {
		t.Errorf("%s, want %s", texts, want)
	}
}
