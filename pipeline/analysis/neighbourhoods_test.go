package analysis

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// drawnRegion is a region of neighbourhoods over some years, in cells. The first of them are the pilot.
type drawnRegion struct {
	neighbourhoods int
	starts         []int   // of the pilot
	planted        float64 // euros per insured year on the Wmo from the start on, but not in the base year
	years          []int   // none are 2015 to 2022
}

const drawnBase = 2017

// drawnPairs are the laws and echelons of the drawn regions, and what they cost.
var drawnPairs = []struct {
	law, line string
	euros     float64
}{{"wmo", "0", 300}, {"zvw", "1", 1200}, {"zvw", "2", 1800}}

// drawnCells are what was drawn, for who wants to calculate it himself.
type drawnCells struct {
	conn   *sql.Conn
	cost   map[string]float64 // by neighbourhood, year and pair, in euros
	weight []float64
}

func code(i int) string { return fmt.Sprintf("BU%02d", i) }

// cells writes what is drawn as the tables that the estimates read.
func (d drawnRegion) cells(t testing.TB, seed uint64) drawnCells {
	t.Helper()
	years := d.years
	if years == nil {
		years = []int{2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022}
	}
	r := rand.New(rand.NewPCG(seed, 9))
	out := drawnCells{cost: map[string]float64{}}
	var chosen, calendar, cells, users []string
	for _, y := range years {
		calendar = append(calendar, fmt.Sprintf("(%d, %t, FALSE)", y, y == drawnBase))
	}
	for i := range d.neighbourhoods {
		level, start := 0.8+0.4*r.Float64(), 0
		days := 365 * (1000 + r.IntN(2000))
		out.weight = append(out.weight, float64(days)/365)
		if i < len(d.starts) {
			start = d.starts[i]
			chosen = append(chosen, fmt.Sprintf("('%s', 'pilot', %d)", code(i), start))
		} else {
			chosen = append(chosen, fmt.Sprintf("('%s', 'vergelijking', NULL)", code(i)))
		}
		for _, y := range years {
			for _, p := range drawnPairs {
				amount := math.Round(1e6*(p.euros*level+30*r.NormFloat64()+10*float64(y-drawnBase))) / 1e6
				if p.law == "wmo" && start != 0 && y >= start && y > drawnBase {
					amount += d.planted
				}
				out.cost[fmt.Sprint(i, y, p.law, p.line)] = amount
				cells = append(cells, fmt.Sprintf("(%d, '%s', '%s', '%s', 'persoon', 'definitief', %.6f, %d, 365)", y, code(i), p.law, p.line, amount, days))
			}
			users = append(users, fmt.Sprintf("(%d, '%s', 'domein', 'wmo', 'wmo', %d, %d)", y, code(i), 20+i, 10+i),
				fmt.Sprintf("(%d, '%s', 'domein', 'zvw', 'zvw', NULL, 900)", y, code(i)),
				fmt.Sprintf("(%d, '%s', 'zorgsoort', 'zvw', 'ziekenhuis', 800, %d)", y, code(i), 700-y+drawnBase))
		}
	}
	statements := []string{"CREATE TABLE model.zorgsoort AS SELECT 'zvw' AS domein, 'ziekenhuis' AS zorgsoort, '2' AS lijn"}
	for _, table := range []struct {
		columns string
		rows    []string
	}{
		{"jaar (jaar INTEGER, is_basisjaar BOOLEAN, onvolledig BOOLEAN)", calendar},
		{"wijk_vergelijkbaar (buurt VARCHAR, rol VARCHAR, startjaar INTEGER)", chosen},
		{"wijk_cel (jaar INTEGER, buurt VARCHAR, domein VARCHAR, lijn VARCHAR, herkomst VARCHAR, status VARCHAR, bedrag_reeel DECIMAL(18,6), dagen BIGINT, dagen_in_jaar INTEGER)", cells},
		{"gebruikers (jaar INTEGER, gebied VARCHAR, indeling VARCHAR, domein VARCHAR, groep VARCHAR, personen BIGINT, gebruikers BIGINT)", users},
	} {
		name, _, _ := strings.Cut(table.columns, " ")
		statements = append(statements, "CREATE TABLE model."+table.columns, "INSERT INTO model."+name+" VALUES "+strings.Join(table.rows, ", "))
	}
	out.conn = engine(t, statements...)
	return out
}

// mean is what a neighbourhood cost in some years, in euros.
func (d drawnCells) mean(i int, years []int, counts func(law, line string) bool) (euros float64) {
	for _, y := range years {
		for _, p := range drawnPairs {
			if counts(p.law, p.line) {
				euros += d.cost[fmt.Sprint(i, y, p.law, p.line)] / float64(len(years))
			}
		}
	}
	return euros
}

// told is a row of the table; amounts are euros.
type told struct {
	effect, p, holm, low, high, se     sql.Null[float64]
	verdict, reason, status, years     string
	pilots, others                     int
	assignments                        sql.Null[int]
	pilotBase, pilotNow, base, now     sql.Null[float64]
	users, usersBase, others2, others1 sql.Null[int]
}

// neighbourhoods makes the table and reads it, by outcome and period, with its rows as they lie.
func neighbourhoods(t testing.TB, conn *sql.Conn) (rows map[string]told, order []string) {
	t.Helper()
	if err := estimateNeighbourhoods(context.Background(), conn); err != nil {
		t.Fatal(err)
	}
	rows = map[string]told{}
	var outcome, period string
	var r told
	err := scanRows(context.Background(), conn, `SELECT uitkomst, periode, CAST(effect AS DOUBLE), CAST(p_randomisatie AS DOUBLE), CAST(p_holm AS DOUBLE),
		CAST(ci_laag AS DOUBLE), CAST(ci_hoog AS DOUBLE), CAST(se AS DOUBLE), oordeel, reden, status, jaren, n_pilot, n_vergelijking, toewijzingen,
		CAST(pilot_basis AS DOUBLE), CAST(pilot_nu AS DOUBLE), CAST(vergelijking_basis AS DOUBLE), CAST(vergelijking_nu AS DOUBLE),
		personen_basis, personen, vergelijking_personen_basis, vergelijking_personen FROM model.wijk_schatting`,
		[]any{&outcome, &period, &r.effect, &r.p, &r.holm, &r.low, &r.high, &r.se, &r.verdict, &r.reason, &r.status, &r.years, &r.pilots, &r.others,
			&r.assignments, &r.pilotBase, &r.pilotNow, &r.base, &r.now, &r.usersBase, &r.users, &r.others1, &r.others2}, func() error {
			rows[outcome+"/"+period] = r
			order = append(order, outcome+"/"+period)
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return rows, order
}

// early are pilots that were so from the first year on.
func early(n int) []int { return slices.Repeat([]int{2015}, n) }

// TestNeighbourhoodsWithAnEffect plants one on the Wmo: it is found there and nowhere else, all parts add up to the cent,
// and the four means make the effect.
func TestNeighbourhoodsWithAnEffect(t *testing.T) {
	got, order := neighbourhoods(t, drawnRegion{neighbourhoods: 14, starts: early(4), planted: -150}.cells(t, 1).conn)
	for at, want := range map[string]string{
		"wmo/na": "daling", "zvw/na": "niet aantoonbaar", "lijn 0/na": "daling", "lijn 1/na": "niet aantoonbaar", "lijn 2/na": "niet aantoonbaar",
	} {
		r := got[at]
		t.Logf("%s: %.0f (%.0f to %.0f), p %.4f, adjusted %.4f", at, r.effect.V, r.low.V, r.high.V, r.p.V, r.holm.V)
		if r.verdict != want || r.reason != "" || r.pilots != 4 || r.others != 10 || r.assignments.V != 1001 || r.years != "2017|2018|2019|2020|2021|2022" {
			t.Errorf("%s: %+v, want %s", at, r, want)
		}
	}
	if r := got["wmo/na"]; r.low.V > -150 || r.high.V < -150 || r.high.V >= 0 || math.Abs(r.effect.V-(r.pilotNow.V-r.pilotBase.V-r.now.V+r.base.V)) > 0.021 {
		t.Errorf("%+v", r)
	}
	if r := got["wmo/2016"]; r.low.V > 0 || r.high.V < 0 || r.verdict != "" || r.holm.Valid {
		t.Errorf("before: %+v", r)
	}
	periods := []string{"2015", "2016", "2018", "2019", "2020", "2021", "2022", "na", "na zonder 2020 en 2021", "na t.o.v. 2016", "na t.o.v. 2015"}
	if len(order) != 6*len(periods) || order[0] != "totaal/2015" || order[10] != "totaal/na t.o.v. 2015" || order[11] != "wmo/2015" {
		t.Errorf("%d rows: %v", len(order), order)
	}
	for _, period := range periods {
		cents := func(outcomes ...string) (sum int64) {
			for _, o := range outcomes {
				sum += int64(math.Round(100 * got[o+"/"+period].effect.V))
			}
			return sum
		}
		if total := cents("totaal"); total != cents("wmo", "zvw") || total != cents("lijn 0", "lijn 1", "lijn 2") || total == 0 {
			t.Errorf("%s: the total is %d cents, the laws %d, the echelons %d", period, total, cents("wmo", "zvw"), cents("lijn 0", "lijn 1", "lijn 2"))
		}
	}
	// The users are those of the neighbourhood with most of them; of the later years, of the year with fewest.
	if r := got["lijn 2/na"]; r.usersBase.V != 700 || r.users.V != 695 || r.others1.V != 700 || r.others2.V != 695 {
		t.Errorf("users of lijn 2: %+v", r)
	}
	if r := got["wmo/na"]; r.usersBase.V != 13 || r.others2.V != 23 {
		t.Errorf("users of the Wmo: %+v", r)
	}
	if r := got["totaal/na"]; r.usersBase.V != 900 {
		t.Errorf("users of all: %+v", r)
	}
}

// TestNeighbourhoodsAgainstTheSlowWay calculates effect and p from the drawn cells with labels on every set of four, and
// asks the same test about effects just inside and outside the interval.
func TestNeighbourhoodsAgainstTheSlowWay(t *testing.T) {
	for seed := range uint64(4) {
		drawn := drawnRegion{neighbourhoods: 11, starts: early(3), planted: 40 * float64(seed)}.cells(t, seed)
		got, _ := neighbourhoods(t, drawn.conn)
		for _, c := range []struct {
			at          string
			base, later []int
			counts      func(law, line string) bool
		}{
			{"totaal/na", []int{2017}, []int{2018, 2019, 2020, 2021, 2022}, func(_, _ string) bool { return true }},
			{"wmo/na zonder 2020 en 2021", []int{2017}, []int{2018, 2019, 2022}, func(law, _ string) bool { return law == "wmo" }},
			{"lijn 2/na t.o.v. 2015", []int{2015}, []int{2018, 2019, 2020, 2021, 2022}, func(_, line string) bool { return line == "2" }},
			{"zvw/2016", []int{2017}, []int{2016}, func(law, _ string) bool { return law == "zvw" }},
		} {
			change := make([]float64, 11)
			for i := range change {
				change[i] = drawn.mean(i, c.later, c.counts) - drawn.mean(i, c.base, c.counts)
			}
			r := got[c.at]
			effect, p := relabelled(change, drawn.weight, 3, 0)
			if math.Abs(effect-r.effect.V) > 0.011 || math.Abs(p-r.p.V) > 1e-6 {
				t.Errorf("seed %d, %s: %.2f with p %.6f, the slow way %.2f with %.6f", seed, c.at, r.effect.V, r.p.V, effect, p)
			}
			for supposed, stands := range map[float64]bool{r.low.V - 0.02: false, r.low.V + 0.02: true, r.high.V - 0.02: true, r.high.V + 0.02: false} {
				if _, p := relabelled(change, drawn.weight, 3, supposed); (p > 0.05) != stands {
					t.Errorf("seed %d, %s: an effect of %.2f has p %.4f beside %.2f to %.2f", seed, c.at, supposed, p, r.low.V, r.high.V)
				}
			}
		}
	}
}

// relabelled gives the label to every set of as many neighbourhoods, where in truth the first have it and a supposed effect.
func relabelled(change, weight []float64, pilots int, supposed float64) (effect, p float64) {
	statistic := func(set int) (effect, t float64) {
		var mean, total [2]float64
		var variance float64
		for pass := range 2 {
			for i, v := range change {
				if i < pilots {
					v -= supposed
				}
				side := set >> i & 1
				if pass == 0 {
					mean[side] += weight[i] * v
					total[side] += weight[i]
				} else {
					part := weight[i] * (v - mean[side]/total[side]) / total[side]
					variance += part * part
				}
			}
		}
		effect = mean[1]/total[1] - mean[0]/total[0]
		return effect, math.Abs(effect) / math.Sqrt(variance*float64(len(change))/float64(len(change)-2))
	}
	effect, truth := statistic(1<<pilots - 1)
	var all, large float64
	for set := range 1 << len(change) {
		members := 0
		for i := range change {
			members += set >> i & 1
		}
		if members != pilots {
			continue
		}
		all++
		if _, t := statistic(set); t >= truth*(1-1e-9) {
			large++
		}
	}
	return effect, large / all
}

// TestNeighbourhoodsUnderNoEffect draws regions in which nothing works: in at most 5% of them any verdict on the total or a
// law is to be expected.
func TestNeighbourhoodsUnderNoEffect(t *testing.T) {
	wrong := 0
	for seed := range uint64(40) {
		got, _ := neighbourhoods(t, drawnRegion{neighbourhoods: 12, starts: early(4), years: []int{2017, 2018}}.cells(t, 100+seed).conn)
		if slices.ContainsFunc([]string{"totaal/na", "wmo/na", "zvw/na"}, func(at string) bool { return got[at].verdict != "niet aantoonbaar" }) {
			wrong++
		}
	}
	t.Logf("%d of 40", wrong)
	if wrong > 5 {
		t.Errorf("in %d of 40 regions there is a verdict where there is no effect", wrong)
	}
}

// TestNeighbourhoodsThatCannotBeJudged takes away what an estimate needs.
func TestNeighbourhoodsThatCannotBeJudged(t *testing.T) {
	for name, c := range map[string]struct {
		region     drawnRegion
		statements []string
		rows       int
		wants      map[string]string // verdict and reason, by row
	}{
		"no pilot":        {region: drawnRegion{neighbourhoods: 6}},
		"nobody else":     {region: drawnRegion{neighbourhoods: 4, starts: early(4)}},
		"no base year":    {region: drawnRegion{neighbourhoods: 8, starts: early(2)}, statements: []string{"UPDATE model.jaar SET is_basisjaar = FALSE"}},
		"only the base":   {region: drawnRegion{neighbourhoods: 8, starts: early(2), years: []int{2017}}},
		"nothing chosen":  {region: drawnRegion{neighbourhoods: 8, starts: early(2)}, statements: []string{"DELETE FROM model.wijk_vergelijkbaar"}},
		"years before":    {region: drawnRegion{neighbourhoods: 9, starts: early(3), years: []int{2016, 2017}}, rows: 6, wants: map[string]string{"totaal/2016": ""}},
		"two of them":     {region: drawnRegion{neighbourhoods: 2, starts: early(1)}, rows: 66, wants: map[string]string{"totaal/na": "niet vast te stellen, te weinig vergelijkbare buurten"}},
		"too few for p":   {region: drawnRegion{neighbourhoods: 5, starts: early(2)}, rows: 66, wants: map[string]string{"wmo/na": "niet vast te stellen, te weinig vergelijkbare buurten", "wmo/2018": ", te weinig vergelijkbare buurten"}},
		"too few for all": {region: drawnRegion{neighbourhoods: 8, starts: early(4), planted: -300}, rows: 66, wants: map[string]string{"wmo/na": "niet vast te stellen, te weinig vergelijkbare buurten", "wmo/2018": ""}},
		"an unknown price": {
			region:     drawnRegion{neighbourhoods: 12, starts: early(4), planted: -300},
			statements: []string{"UPDATE model.wijk_cel SET bedrag_reeel = NULL WHERE jaar = 2019 AND domein = 'zvw' AND lijn = '2' AND buurt = 'BU07'"}, rows: 66,
			wants: map[string]string{
				"totaal/na": "niet vast te stellen, prijsindex ontbreekt", "zvw/na": "niet vast te stellen, prijsindex ontbreekt", "zvw/2019": ", prijsindex ontbreekt",
				"lijn 2/na": "niet vast te stellen, prijsindex ontbreekt", "zvw/2018": "", "lijn 1/na": "niet aantoonbaar", "wmo/na": "daling",
			},
		},
		"nobody uses it": {
			region: drawnRegion{neighbourhoods: 12, starts: early(4)}, statements: []string{"UPDATE model.wijk_cel SET bedrag_reeel = 0 WHERE domein = 'wmo'"}, rows: 66,
			wants: map[string]string{"wmo/na": "niet vast te stellen, geen verschil tussen buurten", "zvw/na": "niet aantoonbaar"},
		},
		"a law that came in another way": {
			region: drawnRegion{neighbourhoods: 12, starts: early(4)}, statements: []string{"UPDATE model.wijk_cel SET herkomst = 'aggregaat' WHERE domein = 'wmo' AND jaar = 2015"}, rows: 62,
			wants: map[string]string{"wmo/na": "niet aantoonbaar", "totaal/2015": "", "wmo/na t.o.v. 2016": ""},
		},
		"a law that is not everywhere": {
			region: drawnRegion{neighbourhoods: 12, starts: early(4)}, statements: []string{"DELETE FROM model.wijk_cel WHERE domein = 'wmo' AND jaar = 2018 AND buurt = 'BU03'"}, rows: 56,
			wants: map[string]string{"wmo/na zonder 2020 en 2021": "missing", "wmo/2019": ""},
		},
	} {
		drawn := c.region.cells(t, 5)
		for _, s := range c.statements {
			if _, err := drawn.conn.ExecContext(context.Background(), s); err != nil {
				t.Fatal(err)
			}
		}
		got, _ := neighbourhoods(t, drawn.conn)
		if len(got) != c.rows {
			t.Errorf("%s: %d rows, want %d", name, len(got), c.rows)
		}
		for at, want := range c.wants {
			r, there := got[at]
			said := strings.TrimSuffix(r.verdict+", "+r.reason, ", ")
			if !there {
				said = "missing"
			}
			unknown := strings.Contains(said, "prijsindex")
			if said != want || there && r.effect.Valid == unknown {
				t.Errorf("%s: %s says %q with effect %v, want %q", name, at, said, r.effect, want)
			}
		}
	}
}

// TestNeighbourhoodsThatStartLater plants an effect in neighbourhoods that start in two years: the estimates are by the
// year since the start, and no randomisation is claimed for them.
func TestNeighbourhoodsThatStartLater(t *testing.T) {
	got, order := neighbourhoods(t, drawnRegion{neighbourhoods: 24, starts: []int{2015, 2018, 2020, 2020, 2020}, planted: -200}.cells(t, 3).conn)
	na := got["wmo/na"]
	t.Logf("%.0f, standard error %.0f", na.effect.V, na.se.V)
	if math.Abs(na.effect.V+200) > 40 || na.p.Valid || na.holm.Valid || na.verdict != "niet vast te stellen" || na.reason != "verschillende startjaren" || na.pilotNow.Valid {
		t.Errorf("%+v", na)
	}
	for at, around := range map[string]float64{"wmo/jaar 0": -200, "wmo/jaar 2": -200, "wmo/jaar 4": -200, "wmo/jaar -1": 0, "zvw/jaar 0": 0} {
		if r := got[at]; !r.effect.Valid || math.Abs(r.effect.V-around) > 60 {
			t.Errorf("%s: %+v, planted %v", at, r, around)
		}
	}
	for _, at := range order {
		if period, is := strings.CutPrefix(at, "totaal/"); is && math.Abs(got[at].effect.V-got["wmo/"+period].effect.V-got["zvw/"+period].effect.V) > 1e-6 {
			t.Errorf("%s: the laws do not add up", period)
		}
	}
	few, _ := neighbourhoods(t, drawnRegion{neighbourhoods: 24, starts: []int{2015, 2015, 2020}}.cells(t, 3).conn)
	if r := few["wmo/na"]; r.effect.Valid || r.reason != "te weinig vergelijkbare buurten" || len(few) != 6 {
		t.Errorf("%d rows, with one neighbourhood in a year: %+v", len(few), r)
	}
	// Who starts the year after the base year is treated in every later year, and in no earlier one.
	if same, _ := neighbourhoods(t, drawnRegion{neighbourhoods: 12, starts: []int{2015, 2017, 2018}}.cells(t, 3).conn); !same["wmo/na"].p.Valid {
		t.Errorf("%+v", same["wmo/na"])
	}
}

// TestNeighbourhoodsAreRepeatable makes the table twice, from rows in another order the second time.
func TestNeighbourhoodsAreRepeatable(t *testing.T) {
	conn := drawnRegion{neighbourhoods: 12, starts: early(4), planted: -50}.cells(t, 2).conn
	first, order := neighbourhoods(t, conn)
	step, _ := Estimated("model.wijk_schatting")
	for _, table := range step.Needs {
		for _, statement := range []string{
			"CREATE TABLE omgekeerd AS SELECT * FROM " + table + " ORDER BY ALL DESC", "DELETE FROM " + table,
			"INSERT INTO " + table + " SELECT * FROM omgekeerd", "DROP TABLE omgekeerd",
		} {
			if _, err := conn.ExecContext(context.Background(), statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	if second, again := neighbourhoods(t, conn); fmt.Sprint(second, again) != fmt.Sprint(first, order) {
		t.Errorf("the order of the rows changed the figures")
	}
}

// TestFortyFourNeighbourhoods has as many as there are in the city, so that what a night costs is seen.
func TestFortyFourNeighbourhoods(t *testing.T) {
	got, _ := neighbourhoods(t, drawnRegion{neighbourhoods: 44, starts: early(4), planted: -150}.cells(t, 2).conn)
	if r := got["wmo/na"]; r.assignments.V != 135_751 || r.verdict != "daling" || r.low.V > -150 || r.high.V < -150 {
		t.Errorf("%+v", r)
	}
}
