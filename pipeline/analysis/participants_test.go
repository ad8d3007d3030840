package analysis

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// drawn is a region around two start quarters, in cells.
type drawn struct {
	persons, participants int
	peak                  bool    // participants are who is ill just before the start, else anybody
	kept                  float64 // the share of their costs that stays after it
	project               func(i int) string
}

// personPairs are the laws and echelons of what is drawn, and their share of the costs.
var (
	personPairs  = []lawAndLine{{"wmo", "0"}, {"zvw", "1"}, {"zvw", "2"}}
	personShares = []float64{0.2, 0.5, 0.3}
)

// draw makes the cells. Costs are as skewed as those of care.
func (d drawn) draw(seed uint64) *participantCells {
	r := rand.New(rand.NewPCG(seed, 8))
	c := &participantCells{pairs: personPairs, unknown: map[lawAndLine]bool{}, region: map[int32]map[lawAndLine]*regional{}}
	for _, start := range []int32{8072, 8073} {
		c.region[start] = map[lawAndLine]*regional{}
		for _, pair := range personPairs {
			c.region[start][pair] = &regional{}
		}
		for i := range d.persons {
			a := d.person(r, i)
			a.start, a.person = start, int32(i+1+d.persons*int(start-8072))
			if a.participant {
				c.starts = append(c.starts, participation{d.project(i), len(c.around), true})
			}
			c.around = append(c.around, a)
			for _, pair := range c.region[start] {
				for k := range pair.years {
					pair.years[k] += a.years[k]
				}
			}
			for _, paid := range a.costs {
				c.region[start][personPairs[paid.outcome]].cents[int(paid.k)+reach] += paid.cents
			}
		}
	}
	slices.SortFunc(c.starts, func(a, b participation) int { return cmp.Or(strings.Compare(a.project, b.project), a.place-b.place) })
	return c
}

// person draws somebody of 50 with one kind of care, there all the time.
func (d drawn) person(r *rand.Rand, i int) around {
	a := around{participant: i < d.participants, traits: [len(traits)]float64{50, 0, 0, 1}}
	level := 700 * math.Exp(0.7*r.NormFloat64())
	var ill [quarters]float64
	for k := range ill {
		ill[k] = math.Exp(0.6 * r.NormFloat64())
	}
	if a.participant && d.peak {
		ill[reach-1] *= 6
	}
	base := level * (ill[0] + ill[1] + ill[2] + ill[3])
	for _, limit := range []float64{2500, 5000} {
		if base > limit {
			a.stratum++
		}
	}
	for k := -reach; k <= reach; k++ {
		if k == 0 {
			continue
		}
		a.years[k+reach] = 91.0 / 365
		for outcome, share := range personShares {
			amount := level * ill[k+reach] * share * (0.5 + r.Float64())
			if a.participant && k > 0 {
				amount *= d.kept
			}
			a.costs = append(a.costs, cost{int8(k), int8(outcome), int64(100 * amount)})
		}
	}
	return a
}

// cells writes what is drawn as the tables that the estimates read.
func (d drawn) cells(t *testing.T, seed uint64) *sql.Conn {
	t.Helper()
	c := d.draw(seed)
	var starts, group, days, costs, region []string
	for _, s := range c.starts {
		a := c.around[s.place]
		starts = append(starts, fmt.Sprintf("('%s', %d, %d, TRUE)", s.project, a.person, a.start))
	}
	for _, a := range c.around {
		group = append(group, fmt.Sprintf("(%d, %d, %t, 50, 0, 0, 1, %d)", a.start, a.person, a.participant, a.stratum))
		for k := -reach; k <= reach; k++ {
			if k != 0 {
				days = append(days, fmt.Sprintf("(%d, %d, %d, 91, 365)", a.start, a.person, k))
			}
		}
		for _, paid := range a.costs {
			of := personPairs[paid.outcome]
			costs = append(costs, fmt.Sprintf("(%d, %d, %d, '%s', '%s', %d.%02d)", a.start, a.person, paid.k, of.law, of.line, paid.cents/100, paid.cents%100))
		}
	}
	for start, pairs := range c.region {
		for pair, r := range pairs {
			for k, cents := range r.cents {
				if k != reach {
					region = append(region, fmt.Sprintf("(%d, %d, '%s', '%s', %d.%02d, %d, 365)", start, k-reach, pair.law, pair.line, cents/100, cents%100, 91*d.persons))
				}
			}
		}
	}
	return engine(t, cellTables(starts, group, days, costs, region)...)
}

// cellTables are the statements that make the cells.
func cellTables(starts, group, days, costs, region []string) (statements []string) {
	for _, table := range []struct {
		columns string
		rows    []string
	}{
		{"deelname_start (project VARCHAR, persoon INTEGER, startkwartaal INTEGER, is_eerste BOOLEAN)", starts},
		{`risicogroep (startkwartaal INTEGER, persoon INTEGER, deelnemer BOOLEAN, leeftijd INTEGER, wmo INTEGER, jeugdwet INTEGER,
			zorgsoorten INTEGER, stratum INTEGER)`, group},
		{"deelnemer_kwartaal (startkwartaal INTEGER, persoon INTEGER, k INTEGER, dagen INTEGER, dagen_in_jaar INTEGER)", days},
		{"deelnemer_kosten (startkwartaal INTEGER, persoon INTEGER, k INTEGER, domein VARCHAR, lijn VARCHAR, bedrag_reeel DECIMAL(18,2))", costs},
		{"deelname_regio (startkwartaal INTEGER, k INTEGER, domein VARCHAR, lijn VARCHAR, bedrag_reeel DECIMAL(18,2), dagen BIGINT, dagen_in_jaar INTEGER)", region},
	} {
		statements = append(statements, "CREATE TABLE model."+table.columns)
		name, _, _ := strings.Cut(table.columns, " ")
		if len(table.rows) > 0 {
			statements = append(statements, "INSERT INTO model."+name+" VALUES "+strings.Join(table.rows, ", "))
		}
	}
	return statements
}

// shown is a row of the table; amounts are euros.
type shown struct {
	effect, low, high, unpaired, p, holm, held sql.Null[float64]
	verdict                                    string
	participants, controls                     int
	users                                      [4]int // participants and controls, before and after
}

// effects makes the table and reads it, by project, outcome and period.
func effects(t *testing.T, conn *sql.Conn) map[string]shown {
	t.Helper()
	for _, estimate := range []func(context.Context, *sql.Conn) error{weighParticipants, estimateParticipants} {
		if err := estimate(context.Background(), conn); err != nil {
			t.Fatal(err)
		}
	}
	all := map[string]shown{}
	var project, outcome, period string
	var s shown
	err := scanRows(context.Background(), conn, `SELECT project, uitkomst, periode, CAST(effect AS DOUBLE), CAST(ci_laag AS DOUBLE), CAST(ci_hoog AS DOUBLE),
		CAST(effect_ongekoppeld AS DOUBLE), CAST(p AS DOUBLE), CAST(p_holm AS DOUBLE), CAST(aanhoudtoets_p AS DOUBLE), oordeel,
		n_deelnemers, n_controle, gebruikers_basis, gebruikers, controle_gebruikers_basis, controle_gebruikers FROM model.deelnemer_schatting`,
		[]any{&project, &outcome, &period, &s.effect, &s.low, &s.high, &s.unpaired, &s.p, &s.holm, &s.held, &s.verdict,
			&s.participants, &s.controls, &s.users[0], &s.users[1], &s.users[2], &s.users[3]}, func() error {
			all[strings.Join([]string{project, outcome, period}, "/")] = s
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func one(int) string { return "a" }

// TestParticipantsAtAPeak draws a region in which who takes part is ill just before the start, and nothing works. Before and
// after show a large fall; the effect is none, and the quarters before the start say why nothing is said of it.
func TestParticipantsAtAPeak(t *testing.T) {
	for seed := range uint64(3) {
		got := effects(t, drawn{persons: 300, participants: 50, peak: true, kept: 1, project: one}.cells(t, seed))["alle/totaal/na"]
		t.Logf("effect %.0f (%.0f to %.0f), before and after %.0f, p of the quarters before %.4f",
			got.effect.V, got.low.V, got.high.V, got.unpaired.V, got.held.V)
		if got.unpaired.V > -1500 {
			t.Errorf("seed %d: before and after show %.0f: these participants are at no peak", seed, got.unpaired.V)
		}
		if got.low.V > 0 || got.high.V < 0 || got.verdict != "niet vast te stellen" || got.held.V >= rejection {
			t.Errorf("seed %d: %s, %.0f (%.0f to %.0f)", seed, got.verdict, got.effect.V, got.low.V, got.high.V)
		}
	}
}

// TestParticipantsWhomItHelps plants an effect: it is found, the parts add up to the cent, and every project counts.
func TestParticipantsWhomItHelps(t *testing.T) {
	got := effects(t, drawn{persons: 500, participants: 90, kept: 0.6, project: func(i int) string {
		return []string{"a", "b", "c"}[min(i/40, 2)] // 80, 80 and 20 participants
	}}.cells(t, 1))
	for _, project := range []string{"alle", "a", "b"} {
		total := got[project+"/totaal/na"]
		t.Logf("%s: %.0f (%.0f to %.0f), p %.4f, adjusted %.4f", project, total.effect.V, total.low.V, total.high.V, total.p.V, total.holm.V)
		if total.verdict != "daling" || total.high.V >= 0 || total.holm.V < total.p.V {
			t.Errorf("%s: %+v", project, total)
		}
	}
	// The 20 of c are too few, for a row and for telling all from a and b.
	if n := got["alle/totaal/na"]; n.participants != 160 || n.controls != 820 || n.users != [4]int{160, 160, 820, 820} {
		t.Errorf("%d participants and %d controls of 160 and 820, of whom %v have costs", n.participants, n.controls, n.users)
	}
	for at := range got {
		if strings.HasPrefix(at, "c/") {
			t.Fatalf("%s: 20 participants are too few", at)
		}
	}
	addsUp(t, got)
}

// addsUp compares in cents.
func addsUp(t *testing.T, got map[string]shown) {
	t.Helper()
	cents := func(at ...string) (sum int64) {
		for _, a := range at {
			row, ok := got[a]
			if !ok {
				t.Errorf("there is no %s", a)
			}
			sum += int64(math.Round(100 * row.effect.V))
		}
		return sum
	}
	for _, name := range []string{beforeStart, afterStart} {
		total := cents("alle/totaal/" + name)
		if laws := cents("alle/zvw/"+name, "alle/wmo/"+name); laws != total {
			t.Errorf("%s: the laws add up to %d cents, the total is %d", name, laws, total)
		}
		if lines := cents("alle/lijn 0/"+name, "alle/lijn 1/"+name, "alle/lijn 2/"+name); lines != total {
			t.Errorf("%s: the echelons add up to %d cents, the total is %d", name, lines, total)
		}
	}
}

// TestParticipantsThatCannotBeJudged takes away what an estimate needs.
func TestParticipantsThatCannotBeJudged(t *testing.T) {
	few := drawn{persons: 60, participants: 14, kept: 1, project: one}
	if got := effects(t, few.cells(t, 1)); len(got) != 0 {
		t.Errorf("%d rows of 28 participants", len(got))
	}
	if got := effects(t, engine(t, cellTables(nil, nil, nil, nil, nil)...)); len(got) != 0 {
		t.Errorf("%d rows of nobody", len(got))
	}
	enough := drawn{persons: 100, participants: 20, kept: 1, project: one}
	conn := enough.cells(t, 1)
	for _, statement := range []string{
		"UPDATE model.deelnemer_kosten SET bedrag_reeel = NULL WHERE domein = 'wmo' AND k = 3 AND persoon = 1",
		"DELETE FROM model.risicogroep WHERE persoon = 2",
	} {
		if _, err := conn.ExecContext(context.Background(), statement); err != nil {
			t.Fatal(err)
		}
	}
	got := effects(t, conn)
	for _, outcome := range []string{"totaal", "wmo", "lijn 0"} {
		if row := got["a/"+outcome+"/na"]; row.effect.Valid || row.verdict != "niet vast te stellen" {
			t.Errorf("%s of which a price is unknown: %+v", outcome, row)
		}
	}
	if _, err := conn.ExecContext(context.Background(), "UPDATE model.deelnemer_kwartaal SET dagen = 0 WHERE k = 8 AND persoon NOT IN (1, 3, 101, 103)"); err != nil {
		t.Fatal(err)
	}
	got = effects(t, conn)
	if row, ok := got["a/totaal/kwartaal 8"]; ok {
		t.Errorf("a quarter of four participants has a row: %+v", row)
	}
	if row := got["a/zvw/na"]; !row.effect.Valid || !row.holm.Valid || row.participants != 39 {
		t.Errorf("the Zvw: %+v", row)
	}
}

// TestParticipantsAreRepeatable makes the table twice, from rows in another order the second time.
func TestParticipantsAreRepeatable(t *testing.T) {
	conn := drawn{persons: 100, participants: 20, kept: 0.8, project: one}.cells(t, 2)
	first := fmt.Sprint(effects(t, conn))
	for _, table := range participantTables {
		for _, statement := range []string{
			"CREATE TABLE omgekeerd AS SELECT * FROM " + table + " ORDER BY ALL DESC", "DELETE FROM " + table,
			"INSERT INTO " + table + " SELECT * FROM omgekeerd", "DROP TABLE omgekeerd",
		} {
			if _, err := conn.ExecContext(context.Background(), statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	if second := fmt.Sprint(effects(t, conn)); second != first {
		t.Errorf("the order of the rows changed the figures")
	}
}
