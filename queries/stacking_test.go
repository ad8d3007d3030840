package queries_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// stay is a period of a person at an address; provision one of a person with something. Days count from 1 January 2017.
type stay struct {
	person, begin, end int
	household, buurt   string
}

type provision struct {
	person, begin, end int
	law, category      string
}

// stackingYears are the first and the last day of 2017 and 2018.
var stackingYears = map[int][2]int{2017: {0, 364}, 2018: {365, 729}}

func dateOf(day int) string {
	return time.Date(2017, 1, 1+day, 0, 0, 0, 0, time.UTC).Format("DATE '2006-01-02'")
}

// drawStacking makes persons that move and provisions that begin and end, close together so that they meet.
func drawStacking(t *rapid.T) (stays []stay, provisions []provision) {
	for person := range rapid.IntRange(1, 4).Draw(t, "personen") {
		day := rapid.IntRange(340, 366).Draw(t, "van")
		for range rapid.IntRange(1, 3).Draw(t, "verblijven") {
			end := day + rapid.IntRange(0, 12).Draw(t, "dagen")
			stays = append(stays, stay{person, day, end,
				rapid.SampledFrom([]string{"h1", "h2"}).Draw(t, "huishouden"), rapid.SampledFrom([]string{"b1", "b2", "b3"}).Draw(t, "buurt")})
			day = end + rapid.IntRange(1, 3).Draw(t, "later")
		}
		seen := map[provision]bool{}
		for range rapid.IntRange(0, 5).Draw(t, "voorzieningen") {
			begin := rapid.IntRange(335, 380).Draw(t, "begin")
			p := provision{person, begin, begin + rapid.IntRange(0, 15).Draw(t, "duur"),
				rapid.SampledFrom([]string{"zvw", "wmo", "wlz", "jeugdwet"}).Draw(t, "wet"), rapid.SampledFrom([]string{"01", "02"}).Draw(t, "categorie")}
			if !seen[p] {
				seen[p], provisions = true, append(provisions, p)
			}
		}
	}
	return stays, provisions
}

// stackedByDay classes persons or households day by day: who tells whose a stay is. It gives per one of them the class
// and the buurt.
func stackedByDay(stays []stay, provisions []provision, year int, counting string, who func(stay) string) map[string][2]string {
	out := map[string][2]string{}
	most := map[string]int{}
	for day := stackingYears[year][0]; day <= stackingYears[year][1]; day++ {
		running, busy, home := map[string]map[string]bool{}, map[string]string{}, map[string]string{}
		for _, s := range stays {
			if day < s.begin || day > s.end {
				continue
			}
			w := who(s)
			if running[w] == nil {
				running[w] = map[string]bool{}
			}
			home[w] = lowest(home[w], s.buurt)
			for _, p := range provisions {
				if p.person != s.person || day < p.begin || day > p.end {
					continue
				}
				what := p.law
				if counting == "arrangementen" {
					if p.law == "zvw" {
						continue
					}
					what += ":" + p.category
				}
				running[w][what] = true
				busy[w] = lowest(busy[w], s.buurt)
			}
		}
		for w, whats := range running {
			switch {
			case len(whats) > most[w]:
				most[w] = len(whats)
				out[w] = [2]string{fmt.Sprint(len(whats)), busy[w]}
			case most[w] == 0:
				out[w] = [2]string{"0", home[w]}
			}
		}
	}
	return out
}

func lowest(a, b string) string {
	if a == "" {
		return b
	}
	return min(a, b)
}

const stackingTables = `CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2017, DATE '2017-01-01', 365), (2018, DATE '2018-01-01', 365)) AS j (jaar, nieuwjaar, dagen);
	CREATE TABLE model.verblijf (persoon INTEGER, huis INTEGER, plaats INTEGER, buurt VARCHAR, begindatum DATE, einddatum DATE);
	CREATE TABLE model.toewijzing (persoon INTEGER, domein VARCHAR, productcategorie VARCHAR, begindatum DATE, einddatum DATE);
	CREATE SCHEMA opslag; CREATE TABLE opslag.codering (codering INTEGER, domein VARCHAR, productcategorie VARCHAR);
	INSERT INTO opslag.codering VALUES (1, 'zvw', '01'), (2, 'zvw', '02'), (3, 'wmo', '01');
	CREATE TABLE model.declaratieregel (persoon INTEGER, codering INTEGER, begindatum DATE, einddatum DATE, telt BOOLEAN, niet_gecrediteerd BOOLEAN,
		huis INTEGER, plaats INTEGER, op_een_adres BOOLEAN);
	CREATE TABLE model.persoonkosten (persoon INTEGER, jaar INTEGER, bedrag DECIMAL(18,2), bedrag_reeel DECIMAL(18,2));
	CREATE TABLE model.gebied AS SELECT j.jaar, b.plaats, g.gebied FROM model.jaar AS j, (VALUES ('b1', 1), ('b2', 2), ('b3', 3)) AS b (buurt, plaats),
		(VALUES ('b1'), ('b2'), ('b3'), ('regio')) AS g (gebied) WHERE g.gebied IN (b.buurt, 'regio')`

// feedStacking fills the tables; every person costs a euro in 2018, of which the real amount of person 0 is unknown.
func feedStacking(t failer, ask func(string), stays []stay, provisions []provision) {
	t.Helper()
	for _, table := range []string{"verblijf", "toewijzing", "declaratieregel", "persoonkosten"} {
		ask("DELETE FROM model." + table)
	}
	for _, s := range stays {
		ask(fmt.Sprintf("INSERT INTO model.verblijf VALUES (%d, %s, %s, '%s', %s, %s)", s.person, s.household[1:], s.buurt[1:], s.buurt, dateOf(s.begin), dateOf(s.end)))
	}
	for _, p := range provisions {
		if p.law == "zvw" { // a law without provisions: its claims, beside one that does not count and one that is credited
			ask(fmt.Sprintf(`INSERT INTO model.declaratieregel SELECT r.*, v.huis, v.plaats, coalesce(v.einddatum >= r.tot, FALSE) FROM (VALUES
				(%d, %s, %s, %s, TRUE, TRUE), (%[1]d, 1, %[3]s, %[4]s, FALSE, TRUE), (%[1]d, 1, %[3]s, %[4]s, TRUE, FALSE)) AS r (persoon, codering, van, tot, telt, open)
				LEFT JOIN model.verblijf AS v ON v.persoon = r.persoon AND v.begindatum <= r.van AND v.einddatum >= r.van`,
				p.person, p.category[1:], dateOf(p.begin), dateOf(p.end)))
			continue
		}
		ask(fmt.Sprintf("INSERT INTO model.toewijzing VALUES (%d, '%s', '%s', %s, %s)", p.person, p.law, p.category, dateOf(p.begin), dateOf(p.end)))
	}
	ask(`INSERT INTO model.persoonkosten SELECT DISTINCT persoon, 2018, 1, CASE WHEN persoon <> 0 THEN 0.50 END
		FROM model.verblijf WHERE einddatum >= DATE '2018-01-01'`)
}

// TestStackingAgainstEveryDay compares persons and households with a count of every day.
func TestStackingAgainstEveryDay(t *testing.T) {
	conn := bench(t, stackingTables)
	rapid.Check(t, func(t *rapid.T) {
		stays, provisions := drawStacking(t)
		feedStacking(t, func(s string) { run(t, conn, s) }, stays, provisions)
		build(t, conn, "verblijfjaar", "persoon_plaats", "voorziening", "stapeling")
		number := map[string]string{"persoon": "persoon", "huishouden": "'h' || huis"}
		for table, who := range map[string]func(stay) string{
			"persoon":    func(s stay) string { return fmt.Sprint(s.person) },
			"huishouden": func(s stay) string { return s.household },
		} {
			var want []string
			for year := range stackingYears {
				for _, counting := range []string{"arrangementen", "wetten"} {
					for w, class := range stackedByDay(stays, provisions, year, counting, who) {
						want = append(want, fmt.Sprint([]string{counting, fmt.Sprint(year), w, class[0], class[1]}))
					}
				}
			}
			var got []string
			for _, row := range ask(t, conn, "stapeling_"+table, "telling", "jaar", number[table], "aantal", "'b' || plaats") {
				got = append(got, fmt.Sprint(row))
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Fatalf("%s: got\n%s\nwant\n%s\nof %v with %v", table, strings.Join(got, "\n"), strings.Join(want, "\n"), stays, provisions)
			}
		}
	})
}

// TestHouseholdsPerThousandYears compares the rates of the region and of a buurt in 2018 with a count of every day: the
// days on which a household has somebody in a buurt, and what those cost whose last address of the year is there.
func TestHouseholdsPerThousandYears(t *testing.T) {
	conn := bench(t, stackingTables)
	rapid.Check(t, func(t *rapid.T) {
		stays, provisions := drawStacking(t)
		feedStacking(t, func(s string) { run(t, conn, s) }, stays, provisions)
		build(t, conn, "verblijfjaar", "persoon_plaats", "voorziening", "stapeling", "stapeling_huishouden")
		days, last := map[string]int64{}, map[int]string{}
		for day := stackingYears[2018][0]; day <= stackingYears[2018][1]; day++ {
			there := map[string]bool{}
			for _, s := range stays {
				if day >= s.begin && day <= s.end {
					there[s.buurt+s.household] = true
					last[s.person] = s.household
				}
			}
			for at := range there {
				days[at[:2]]++
				days["regio"]++
			}
		}
		classes := stackedByDay(stays, provisions, 2018, "wetten", func(s stay) string { return s.household })
		for _, row := range ask(t, conn, "stapeling_huishoudens", "jaar", "gebied", "telling", "klasse", "huishoudens", "per_1000", "bedrag_gemiddeld", "bedrag_gemiddeld_reeel") {
			if row[0] != "2018" || row[2] != "wetten" || row[1] != "b1" && row[1] != "regio" {
				continue
			}
			var n, members int64
			known := true
			for household, class := range classes {
				if class[0] != row[3] || row[1] != "regio" && class[1] != row[1] {
					continue
				}
				n++
				for person, h := range last {
					if h == household {
						members++
						known = known && person != 0
					}
				}
			}
			want := []string{fmt.Sprint(n), "", "", ""}
			if d := days[row[1]]; d > 0 {
				want[1] = sixDecimals(1000*n*365, d)
			}
			if n > 0 {
				want[2] = sixDecimals(members, n)
				if known {
					want[3] = sixDecimals(members, 2*n)
				}
			}
			if !closeRows(row[4:], want) {
				t.Fatalf("%v, want %v\nof %v with %v", row, want, stays, provisions)
			}
		}
	})
}

func sixDecimals(above, below int64) string {
	n := halfAwayFromZero(big.NewRat(above*1_000_000, below))
	return new(big.Rat).SetFrac(n, big.NewInt(1_000_000)).FloatString(6)
}
