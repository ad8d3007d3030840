package queries_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// goalTable holds what a person had in a year, a row for each; goalViews give it the form of the model.
const goalTable = `CREATE TABLE gezien (doel VARCHAR, wetten VARCHAR, jaar INTEGER, gebied VARCHAR, persoon INTEGER, dagen INTEGER, waarde DECIMAL(18,2))`

// goalViews lay every year beside the base year, and take the persons without a value in either together.
const goalViews = `CREATE VIEW model.doel_reeks AS
	SELECT CAST(row_number() OVER (ORDER BY w.doel, w.wetten, w.jaar, g.gebied) AS INTEGER) AS reeks, w.doel, w.wetten, w.jaar, b.jaar AS basisjaar, g.gebied
	FROM (SELECT DISTINCT doel, wetten, jaar FROM gezien) AS w
	INNER JOIN model.jaar AS n ON n.jaar = w.jaar AND NOT n.is_basisjaar AND NOT n.onvolledig
	INNER JOIN model.jaar AS b ON b.is_basisjaar
	CROSS JOIN (VALUES ('pilot'), ('controle')) AS g (gebied);
CREATE VIEW model.doel_waarneming AS
	SELECT reeks, CASE WHEN waarde_basis = 0 AND waarde = 0 THEN NULL ELSE persoon END AS persoon, CAST(count(*) AS INTEGER) AS personen,
		dagen_basis, dagen, waarde_basis, waarde
	FROM (SELECT r.reeks, w.persoon, CAST(sum(CASE WHEN w.jaar = r.jaar THEN 0 ELSE w.dagen END) AS INTEGER) AS dagen_basis,
			CAST(sum(CASE WHEN w.jaar = r.jaar THEN w.dagen ELSE 0 END) AS INTEGER) AS dagen,
			CASE WHEN bool_and(w.waarde IS NOT NULL OR w.jaar = r.jaar) THEN sum(CASE WHEN w.jaar = r.jaar THEN 0 ELSE w.waarde END) END AS waarde_basis,
			CASE WHEN bool_and(w.waarde IS NOT NULL OR w.jaar <> r.jaar) THEN sum(CASE WHEN w.jaar = r.jaar THEN w.waarde ELSE 0 END) END AS waarde
		FROM gezien AS w
		INNER JOIN model.doel_reeks AS r ON r.doel = w.doel AND r.wetten = w.wetten AND r.gebied = w.gebied AND w.jaar IN (r.jaar, r.basisjaar)
		GROUP BY r.reeks, w.persoon) AS paar
	GROUP BY ALL`

// goalYears are a base year of 365 days, a leap year after it and a year that exists only through spread parts.
const goalYears = `CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2019, 365, TRUE, FALSE), (2020, 366, FALSE, FALSE), (2021, 365, FALSE, FALSE),
	(2022, 365, FALSE, TRUE)) AS j (jaar, dagen, is_basisjaar, onvolledig)`

var goalColumns = []string{"basis", "nu", "controle_basis", "controle_nu", "verschil", "ci_laag", "ci_hoog", "oordeel"}

// seen is what a person had in a year in an area; no cents is a value that is not known.
type seen struct {
	year         int
	area         string
	person, days int
	cents        *int64
}

func (s seen) insert(goal string) string {
	value := "NULL"
	if s.cents != nil {
		value = cents(big.NewInt(*s.cents))
	}
	return fmt.Sprintf("('%s', 'zvw', %d, '%s', %d, %d, %s)", goal, s.year, s.area, s.person, s.days, value)
}

func euros(n int64) *int64 { n *= 100; return &n }

// TestGoalByHand is an example that fits on paper. Pilot: 100 and 300 become 200 and 200, so z is 50 and −50. Control: 100
// and 100 become 100 and 400: z is −75 and 75. The difference is 0 − 150, its variance 5,000 + 11,250.
func TestGoalByHand(t *testing.T) {
	conn := bench(t, goalTable, goalYears, goalViews)
	var rows []string
	for _, s := range []seen{
		{2019, "pilot", 1, 365, euros(100)}, {2019, "pilot", 2, 365, euros(300)},
		{2021, "pilot", 1, 365, euros(200)}, {2021, "pilot", 2, 365, euros(200)},
		{2019, "controle", 3, 365, euros(100)}, {2019, "controle", 4, 365, euros(100)},
		{2021, "controle", 3, 365, euros(100)}, {2021, "controle", 4, 365, euros(400)},
		{2022, "pilot", 1, 365, euros(900)}, {2022, "controle", 3, 365, euros(900)},
	} {
		rows = append(rows, s.insert("met de hand"))
	}
	run(t, conn, "INSERT INTO gezien VALUES "+strings.Join(rows, ", "))
	got := ask(t, conn, "doel_schatting", append([]string{"jaar"}, goalColumns...)...)
	const want = "[[2021 200.000000 200.000000 100.000000 250.000000 -150.000000 -399.847365 99.847365 niet vast te stellen]]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	run(t, conn, "UPDATE gezien SET waarde = NULL WHERE persoon = 4 AND jaar = 2021")
	got = ask(t, conn, "doel_schatting", append(goalColumns, "onbekend")...)
	if want := "[[200.000000 200.000000 100.000000     niet vast te stellen 1]]"; fmt.Sprint(got) != want {
		t.Errorf("with an unknown amount: got %v, want %s", got, want)
	}
}

// TestGoalVerdicts follows the edges of the verdict on areas in which everybody is alike, so that nothing is uncertain.
func TestGoalVerdicts(t *testing.T) {
	for _, c := range []struct {
		base, now, controlNow int64
		want                  string
	}{
		{500, 500, 500, "gelijk"}, {500, 499, 500, "daling"}, {500, 501, 500, "stijging"}, {500, 600, 600, "gelijk"}, {0, 0, 0, "gelijk"},
	} {
		conn := bench(t, goalTable, strings.Replace(goalYears, "366", "365", 1), goalViews)
		for person := range 3 { // each has the same amount a day
			for _, s := range []seen{
				{2019, "pilot", person, 100 + person, euros(c.base * int64(100+person))}, {2020, "pilot", person, 365, euros(c.now * 365)},
				{2019, "controle", 9 + person, 365, euros(c.base * 365)}, {2020, "controle", 9 + person, 30, euros(c.controlNow * 30)},
			} {
				run(t, conn, "INSERT INTO gezien VALUES "+s.insert("allen gelijk"))
			}
		}
		if got := ask(t, conn, "doel_schatting", "oordeel")[0][0]; got != c.want {
			t.Errorf("%d to %d beside %d: %s, want %s", c.base, c.now, c.controlNow, got, c.want)
		}
	}
}

// goalOf computes one goal by its words, with exact fractions: the eight columns; unknown is nil. One value unknown makes
// its ratio unknown, and with it the difference.
func goalOf(all []seen, base, now int, days map[int]int64) (ratios [4]*big.Rat, difference *big.Rat, variance *big.Rat) {
	variance = new(big.Rat)
	for a, area := range []string{"pilot", "controle"} {
		z := map[int]*big.Rat{}
		for y, year := range []int{base, now} {
			value, lived, known := new(big.Rat), new(big.Rat), true
			for _, s := range all {
				if s.area != area || s.year != year {
					continue
				}
				lived.Add(lived, big.NewRat(int64(s.days), days[year]))
				if s.cents == nil {
					known = false
				} else {
					value.Add(value, big.NewRat(*s.cents, 100))
				}
			}
			if !known || lived.Sign() == 0 {
				variance = nil
				continue
			}
			ratio := new(big.Rat).Quo(value, lived)
			ratios[2*a+y] = ratio
			for _, s := range all {
				if s.area != area || s.year != year {
					continue
				}
				own := new(big.Rat).Mul(ratio, big.NewRat(int64(s.days), days[year]))
				own.Sub(big.NewRat(*s.cents, 100), own).Quo(own, lived)
				if z[s.person] == nil {
					z[s.person] = new(big.Rat)
				}
				if year == base {
					own.Neg(own)
				}
				z[s.person].Add(z[s.person], own)
			}
		}
		for _, own := range z {
			if variance != nil {
				variance.Add(variance, own.Mul(own, own))
			}
		}
	}
	if variance == nil {
		return ratios, nil, nil
	}
	difference = new(big.Rat).Sub(ratios[1], ratios[0])
	return ratios, difference.Sub(difference, ratios[3]).Add(difference, ratios[2]), variance
}

// drawSeen draws an area with people who stay, come and go; a few values are not known.
func drawSeen(t *rapid.T, unknown bool) (all []seen) {
	for a, area := range []string{"pilot", "controle"} {
		for person := range rapid.IntRange(1, 8).Draw(t, "personen") {
			for _, year := range []int{2019, 2020} {
				if person > 0 && rapid.IntRange(0, 4).Draw(t, "weg") == 0 {
					continue
				}
				amount := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(-5_000, 40_000), rapid.Int64Range(0, 30_000_000)).Draw(t, "centen")
				s := seen{year, area, 100*a + person, rapid.IntRange(1, 365).Draw(t, "dagen"), &amount}
				if unknown && rapid.IntRange(0, 60).Draw(t, "onbekend") == 0 {
					s.cents = nil
				}
				all = append(all, s)
			}
		}
	}
	return all
}

// near says whether a text is the number, up to the sixth decimal and the fifteenth digit.
func near(text string, want *big.Rat) bool {
	if want == nil || text == "" {
		return want == nil && text == ""
	}
	got, _ := new(big.Rat).SetString(text)
	allowed := new(big.Rat).Mul(new(big.Rat).Abs(want), big.NewRat(1, 1e12))
	allowed.Add(allowed, big.NewRat(2, 1_000_000))
	return got.Sub(got, want).Abs(got).Cmp(allowed) <= 0
}

// TestGoalAgainstExact compares random areas with exact fractions.
func TestGoalAgainstExact(t *testing.T) {
	conn := bench(t, goalTable, goalYears, goalViews)
	quantile := big.NewRat(1_959_963_985, 1_000_000_000)
	rapid.Check(t, func(t *rapid.T) {
		all := drawSeen(t, true)
		var rows []string
		for _, s := range all {
			rows = append(rows, s.insert("a"))
		}
		run(t, conn, "DELETE FROM gezien")
		run(t, conn, "INSERT INTO gezien VALUES "+strings.Join(rows, ", "))
		got := ask(t, conn, "doel_schatting", goalColumns...)[0]
		ratios, difference, variance := goalOf(all, 2019, 2020, map[int]int64{2019: 365, 2020: 366})
		want := append(ratios[:], difference, nil, nil)
		if difference != nil {
			root, _ := new(big.Float).SetPrec(200).Sqrt(new(big.Float).SetPrec(200).SetRat(variance)).Rat(nil)
			root.Mul(root, quantile)
			want[5], want[6] = new(big.Rat).Sub(difference, root), new(big.Rat).Add(difference, root)
		}
		for i, w := range want {
			if !near(got[i], w) {
				t.Fatalf("%s is %s, want %v", goalColumns[i], got[i], w)
			}
		}
	})
}

// TestGoalProperties holds for all areas: in each other's place pilot and control give the opposite; ten times the
// amounts give ten times the figures; and everybody twice gives the same difference with an interval √2 narrower.
func TestGoalProperties(t *testing.T) {
	conn := bench(t, goalTable, goalYears, goalViews)
	rapid.Check(t, func(t *rapid.T) {
		all := drawSeen(t, false)
		var rows []string
		for _, s := range all {
			swapped, larger, twin := s, s, s
			swapped.area = map[string]string{"pilot": "controle", "controle": "pilot"}[s.area]
			tenfold := *s.cents * 10
			larger.cents = &tenfold
			twin.person += 1000
			rows = append(rows, s.insert("1"), swapped.insert("2"), larger.insert("3"), s.insert("4"), twin.insert("4"))
		}
		run(t, conn, "DELETE FROM gezien")
		run(t, conn, "INSERT INTO gezien VALUES "+strings.Join(rows, ", "))
		figures := map[string][3]*big.Rat{}
		verdicts := map[string]string{}
		for _, row := range ask(t, conn, "doel_schatting", "doel", "verschil", "ci_laag", "ci_hoog", "oordeel") {
			var f [3]*big.Rat
			for i := range f {
				f[i], _ = new(big.Rat).SetString(row[i+1])
			}
			figures[row[0]], verdicts[row[0]] = f, row[4]
		}
		own, swapped, larger, double := figures["1"], figures["2"], figures["3"], figures["4"]
		for i, opposite := range []int{0, 2, 1} {
			if new(big.Rat).Neg(swapped[opposite]).Cmp(own[i]) != 0 {
				t.Fatalf("swapped: %v, own %v", swapped, own)
			}
		}
		opposite := map[string]string{"daling": "stijging", "stijging": "daling"}
		if other := opposite[verdicts["1"]]; other != "" && verdicts["2"] != other {
			t.Fatalf("%s becomes %s when pilot and control change places", verdicts["1"], verdicts["2"])
		}
		for i := range own {
			if !near(new(big.Rat).Quo(larger[i], big.NewRat(10, 1)).FloatString(7), own[i]) {
				t.Fatalf("tenfold: %v, own %v", larger, own)
			}
		}
		width := func(f [3]*big.Rat) float64 { w, _ := new(big.Rat).Sub(f[2], f[1]).Float64(); return w }
		if !near(double[0].FloatString(6), own[0]) || width(double)*1.41421356 > width(own)*1.0000001+1e-5 || width(double)*1.41421357 < width(own)*0.9999999-1e-5 {
			t.Fatalf("everybody twice: %v, own %v", double, own)
		}
	})
}
