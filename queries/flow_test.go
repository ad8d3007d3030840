package queries_test

import (
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const differenceTable = `CREATE TABLE model.persoon_verschil (jaar INTEGER, persoon INTEGER, domein VARCHAR, wending VARCHAR,
	gebiedsjaar INTEGER, buurt VARCHAR, verschil DECIMAL(18,2), verschil_reeel DECIMAL(18,2))`

// twoBuurten are b1 and b2, together the regio.
const twoBuurten = `CREATE TABLE model.gebied AS SELECT * FROM (VALUES (2019, 'b1', 'b1', 'buurt'), (2019, 'b1', 'regio', 'regio'),
	(2019, 'b2', 'b2', 'buurt'), (2019, 'b2', 'regio', 'regio')) AS g (jaar, buurt, gebied, niveau)`

// difference is what a person cost more or less in one law, in cents; nil is a real amount that is not known.
type difference struct {
	person      int
	law, turn   string
	area        string
	cents, real *int64
}

func (d difference) insert() string {
	real := "NULL"
	if d.real != nil {
		real = cents(big.NewInt(*d.real))
	}
	return fmt.Sprintf("(2019, %d, '%s', '%s', 2019, '%s', %s, %s)", d.person, d.law, d.turn, d.area, cents(big.NewInt(*d.cents)), real)
}

// flow is one cell of the matrix of an area.
type flow struct {
	persons int
	cents   *big.Int
}

type flowKey struct{ from, to string }

// flowsOf is the computation by its words, person by person in exact fractions.
func flowsOf(differences []difference, amount func(difference) int64) map[flowKey]flow {
	exact, persons := map[flowKey]*big.Rat{}, map[flowKey]int{}
	add := func(from, to string, n *big.Rat) {
		k := flowKey{from, to}
		if exact[k] == nil {
			exact[k] = new(big.Rat)
		}
		exact[k].Add(exact[k], n)
		if n.Sign() > 0 {
			persons[k]++
		}
	}
	up, down := map[string]int64{}, map[string]int64{} // of persons in both years
	for _, who := range people(differences) {
		inc, dec := map[string]int64{}, map[string]int64{}
		var rose, fell int64
		for _, d := range differences {
			n := amount(d)
			switch {
			case d.person != who || n == 0:
			case d.turn != "gebleven" && n > 0:
				add(d.turn, d.law, big.NewRat(n, 1))
			case d.turn != "gebleven":
				add(d.law, d.turn, big.NewRat(-n, 1))
			case n > 0:
				inc[d.law], rose, up[d.law] = n, rose+n, up[d.law]+n
			default:
				dec[d.law], fell, down[d.law] = -n, fell-n, down[d.law]-n
			}
		}
		matched := min(rose, fell)
		for b, n := range inc {
			for a, m := range dec {
				share := new(big.Rat).Mul(big.NewRat(m, fell), big.NewRat(n, rose))
				add(a, b, share.Mul(share, big.NewRat(matched, 1)))
			}
			add("nieuw", b, new(big.Rat).Mul(big.NewRat(rose-matched, 1), big.NewRat(n, rose)))
		}
		for a, m := range dec {
			add(a, "weg", new(big.Rat).Mul(big.NewRat(fell-matched, 1), big.NewRat(m, fell)))
		}
	}
	out := map[flowKey]flow{}
	for k, n := range exact {
		out[k] = flow{persons[k], halfAwayFromZero(n)}
	}
	remainders(out, up, down)
	return out
}

// remainders gives new and gone what the rounded flows between laws leave of every increase and decrease.
func remainders(flows map[flowKey]flow, up, down map[string]int64) {
	for b, n := range up {
		rest := big.NewInt(n)
		for a := range down {
			if f, ok := flows[flowKey{a, b}]; ok {
				rest.Sub(rest, f.cents)
			}
		}
		flows[flowKey{"nieuw", b}] = flow{flows[flowKey{"nieuw", b}].persons, rest}
	}
	for a, n := range down {
		rest := big.NewInt(n)
		for b := range up {
			if f, ok := flows[flowKey{a, b}]; ok {
				rest.Sub(rest, f.cents)
			}
		}
		flows[flowKey{a, "weg"}] = flow{flows[flowKey{a, "weg"}].persons, rest}
	}
}

func people(differences []difference) (who []int) {
	for _, d := range differences {
		who = append(who, d.person)
	}
	slices.Sort(who)
	return slices.Compact(who)
}

// flowRows are the rows of model.stroom that these differences should give: area, from, to, persons, euros, real euros
// and the persons behind those.
func flowRows(differences []difference) (rows []string) {
	known := !slices.ContainsFunc(differences, func(d difference) bool { return d.real == nil })
	for _, area := range []string{"b1", "b2", "regio"} {
		inArea := slices.DeleteFunc(slices.Clone(differences), func(d difference) bool { return area != "regio" && d.area != area })
		nominal := flowsOf(inArea, func(d difference) int64 { return *d.cents })
		real := map[flowKey]flow{}
		if known {
			real = flowsOf(inArea, func(d difference) int64 { return *d.real })
		}
		keys := map[flowKey]bool{}
		for k := range nominal {
			keys[k] = true
		}
		for k := range real {
			keys[k] = true
		}
		for k := range keys {
			n, r := nominal[k], real[k]
			if n.cents == nil {
				n.cents = new(big.Int)
			}
			if r.cents == nil {
				r.cents = new(big.Int)
			}
			if n.persons == 0 && n.cents.Sign() == 0 && r.cents.Sign() == 0 {
				continue
			}
			realText := ""
			if known {
				realText = cents(r.cents)
			}
			rows = append(rows, fmt.Sprint([]string{area, k.from, k.to, fmt.Sprint(n.persons), cents(n.cents), realText, fmt.Sprint(r.persons)}))
		}
	}
	slices.Sort(rows)
	return rows
}

// askFlows feeds the differences and gives the rows of model.stroom.
func askFlows(t failer, conn *sql.Conn, differences []difference) (rows []string) {
	t.Helper()
	run(t, conn, "DELETE FROM model.persoon_verschil")
	var values []string
	for _, d := range differences {
		values = append(values, d.insert())
	}
	if len(values) > 0 {
		run(t, conn, "INSERT INTO model.persoon_verschil VALUES "+strings.Join(values, ", "))
	}
	for _, row := range ask(t, conn, "stroom", "gebied", "van", "naar", "personen", "bedrag", "bedrag_reeel", "personen_reeel") {
		rows = append(rows, fmt.Sprint(row))
	}
	slices.Sort(rows)
	return rows
}

// drawDifferences makes persons with differences small enough to fall on half cents or large enough for a region.
func drawDifferences(t *rapid.T) (out []difference) {
	unknown := rapid.IntRange(0, 5).Draw(t, "onbekend") == 0
	for person := range rapid.IntRange(1, 7).Draw(t, "personen") {
		most := rapid.SampledFrom([]int64{3, 40, 100_000, 20_000_000_000}).Draw(t, "most")
		turn := rapid.SampledFrom([]string{"gebleven", "gebleven", "gebleven", "geboren", "gevestigd", "overleden", "vertrokken"}).Draw(t, "wending")
		area := rapid.SampledFrom([]string{"b1", "b2"}).Draw(t, "buurt")
		for _, law := range []string{"jeugdwet", "wlz", "wmo", "zvw"} {
			n := rapid.Int64Range(-most, most).Draw(t, "centen")
			real := n + rapid.Int64Range(-2, 2).Draw(t, "reeel")
			d := difference{person, law, turn, area, &n, &real}
			if unknown && rapid.IntRange(0, 9).Draw(t, "deze") == 0 {
				d.real = nil
			}
			if n != 0 || d.real == nil || real != 0 {
				out = append(out, d)
			}
		}
	}
	return out
}

// TestFlowsOfThreePersons follows three persons by hand. One costs 60 less in the Zvw and 20 and 10 more in Wmo and Wlz:
// 30 of the 60 come back, 20 in the Wmo and 10 in the Wlz, and 30 are gone. One costs 10 less in the Zvw and 40 more in
// the Wmo: 30 are new. One is born, with 5 of Zvw.
func TestFlowsOfThreePersons(t *testing.T) {
	conn := bench(t, differenceTable, twoBuurten, `INSERT INTO model.persoon_verschil VALUES
		(2019, 1, 'zvw', 'gebleven', 2019, 'b1', -60, -60), (2019, 1, 'wmo', 'gebleven', 2019, 'b1', 20, 20), (2019, 1, 'wlz', 'gebleven', 2019, 'b1', 10, 10),
		(2019, 2, 'zvw', 'gebleven', 2019, 'b2', -10, -10), (2019, 2, 'wmo', 'gebleven', 2019, 'b2', 40, 40),
		(2019, 3, 'zvw', 'geboren', 2019, 'b2', 5, 4)`)
	var got []string
	for _, row := range ask(t, conn, "stroom", "gebied", "van", "naar", "personen", "bedrag", "bedrag_reeel") {
		if row[0] == "regio" {
			got = append(got, strings.Join(row[1:], " "))
		}
	}
	want := []string{
		"geboren zvw 1 5.00 4.00",
		"nieuw wmo 1 30.00 30.00",
		"zvw weg 1 30.00 30.00",
		"zvw wlz 1 10.00 10.00",
		"zvw wmo 2 30.00 30.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestFlowsAgainstExact compares random persons with exact fractions.
func TestFlowsAgainstExact(t *testing.T) {
	conn := bench(t, differenceTable, twoBuurten)
	rapid.Check(t, func(t *rapid.T) {
		differences := drawDifferences(t)
		if got, want := askFlows(t, conn, differences), flowRows(differences); !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// TestFlowsKeepTheirSums holds random persons to what must be true whatever the method: per law all flows in are all
// increases and all flows out all decreases, two years the other way round give the matrix mirrored, and the numbers of
// the persons play no part.
func TestFlowsKeepTheirSums(t *testing.T) {
	conn := bench(t, differenceTable, twoBuurten)
	rapid.Check(t, func(t *rapid.T) {
		differences := drawDifferences(t)
		up, down := map[string]*big.Rat{}, map[string]*big.Rat{}
		add := func(sums map[string]*big.Rat, key string, n *big.Rat) {
			if sums[key] == nil {
				sums[key] = new(big.Rat)
			}
			sums[key].Add(sums[key], n)
		}
		for _, d := range differences {
			for _, area := range []string{d.area, "regio"} {
				if *d.cents > 0 {
					add(up, area+" "+d.law, big.NewRat(*d.cents, 100))
				} else {
					add(down, area+" "+d.law, big.NewRat(-*d.cents, 100))
				}
			}
		}
		got := askFlows(t, conn, differences)
		for _, row := range got {
			f := strings.Split(strings.Trim(row, "[]"), " ")
			euros, _ := new(big.Rat).SetString(f[4])
			add(up, f[0]+" "+f[2], new(big.Rat).Neg(euros))
			add(down, f[0]+" "+f[1], new(big.Rat).Neg(euros))
		}
		for _, sums := range []map[string]*big.Rat{up, down} {
			for at, rest := range sums {
				law := strings.Fields(at)[1]
				if slices.Contains([]string{"jeugdwet", "wlz", "wmo", "zvw"}, law) && rest.Sign() != 0 {
					t.Fatalf("%s: %s of the increases or decreases is in no flow", at, rest.FloatString(2))
				}
			}
		}
		mirrored, renumbered := slices.Clone(differences), slices.Clone(differences)
		for i, d := range differences {
			back := -*d.cents
			mirrored[i].cents = &back
			if d.real != nil {
				realBack := -*d.real
				mirrored[i].real = &realBack
			}
			renumbered[i].person = 1000 - 7*d.person
		}
		if again := askFlows(t, conn, renumbered); !slices.Equal(got, again) {
			t.Fatalf("renumbered persons give\n%s\nnot\n%s", strings.Join(again, "\n"), strings.Join(got, "\n"))
		}
		var turned []string
		for _, row := range askFlows(t, conn, mirrored) {
			f := strings.SplitN(strings.Trim(row, "[]"), " ", 4)
			turned = append(turned, fmt.Sprint([]string{f[0], mirror(f[2]), mirror(f[1]), f[3]}))
		}
		slices.Sort(turned)
		if !slices.Equal(got, turned) {
			t.Fatalf("the other way round gives\n%s\nnot\n%s", strings.Join(turned, "\n"), strings.Join(got, "\n"))
		}
	})
}

// mirror turns new into gone and the other way round.
func mirror(name string) string {
	switch name {
	case "nieuw":
		return "weg"
	case "weg":
		return "nieuw"
	}
	return name
}

// build makes the tables of model queries, in their order.
func build(t failer, conn *sql.Conn, names ...string) {
	t.Helper()
	for _, name := range names {
		makeTable(t, conn, name)
	}
}
