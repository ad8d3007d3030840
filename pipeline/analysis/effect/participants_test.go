package effect_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"ontschot/pipeline/analysis/effect"
)

// quarters are those before the start of a project, and those after it.
const (
	before   = 8
	quarters = 16
	laws     = 3
)

// resident is a person around the quarter in which a project starts.
type resident struct {
	age         int
	level, peak float64 // what a quarter costs, and how ill the person is in the last one before the start
	years       [quarters]float64
	euros       [laws + 1][quarters]float64 // the last is the total
	participant bool
}

// region draws residents with costs as skewed as those of care; who is at a peak just before the start is likelier to
// take part, and so is who is old or costs much. Taking part changes nothing but by the factor kept.
func region(r *rand.Rand, persons, participants int, kept float64) []resident {
	all := make([]resident, persons)
	for i := range all {
		p := &all[i]
		p.age = r.IntN(4)
		p.level = 900 * math.Exp(1.1*r.NormFloat64()+0.35*float64(p.age)-1.2)
		gone := quarters
		if r.Float64() < 0.06*float64(p.age) {
			gone = before + r.IntN(quarters-before)
		}
		for q := range quarters {
			ill := r.NormFloat64()
			if q == before-1 {
				p.peak = ill
			}
			switch {
			case q < gone:
				p.years[q] = 0.25
			case q == gone:
				p.years[q] = 0.25 * (0.1 + 0.9*r.Float64())
			}
			for law, share := range [laws]float64{0.6, 0.25, 0.15} {
				if r.Float64() < 0.3+share {
					p.euros[law][q] = p.years[q] * 4 * p.level * share * math.Exp(0.8*ill+0.5*r.NormFloat64())
					p.euros[laws][q] += p.euros[law][q]
				}
			}
		}
	}
	cost := window(all, laws, 0, 4).Euros
	chance := make([]float64, persons)
	for i := range all {
		chance[i] = math.Exp(all[i].peak+0.3*float64(all[i].age)) * math.Pow(1+cost[i], 0.4)
	}
	for range participants {
		i := drawOne(r, chance)
		chance[i], all[i].participant = 0, true
		for outcome := range all[i].euros {
			for q := before; q < quarters; q++ {
				all[i].euros[outcome][q] *= kept
			}
		}
	}
	return all
}

func drawOne(r *rand.Rand, chance []float64) int {
	sum := 0.0
	for _, c := range chance {
		sum += c
	}
	at := r.Float64() * sum
	for i, c := range chance {
		if at -= c; at < 0 {
			return i
		}
	}
	return len(chance) - 1
}

// window adds up the quarters from one to the next.
func window(all []resident, outcome, from, to int) effect.Window {
	w := effect.Window{Years: make([]float64, len(all)), Euros: make([]float64, len(all))}
	for i := range all {
		for q := from; q < to; q++ {
			w.Years[i] += all[i].years[q]
			w.Euros[i] += all[i].euros[outcome][q]
		}
	}
	return w
}

// comparable gives the residents of strata with participants, and their weights: matched by age and by how much the year
// before last cost, then with equal means of each quarter of that year.
func comparable(t *testing.T, all []resident) ([]resident, effect.Sample) {
	t.Helper()
	cost := window(all, laws, 0, 4).Euros
	ranked := slices.Sorted(slices.Values(cost))
	var strata []string
	var participant []bool
	for i, p := range all {
		share := func(s float64) float64 { return ranked[int(s*float64(len(ranked)-1))] }
		strata = append(strata, fmt.Sprint(p.age, class(cost[i], 1e-9, share(0.5), share(0.8), share(0.95), share(0.99))))
		participant = append(participant, p.participant)
	}
	m, err := effect.Match(strata, participant)
	if err != nil {
		t.Fatal(err)
	}
	var matched, controls []resident
	var base []float64
	for i, w := range m.Weight {
		if w > 0 && participant[i] {
			matched = append(matched, all[i])
		} else if w > 0 {
			controls, base = append(controls, all[i]), append(base, w)
		}
	}
	var covariates []effect.Covariate
	for q := range 4 {
		c := effect.Covariate{Name: "kosten in kwartaal " + strconv.Itoa(q-before)}
		for _, p := range matched {
			c.Target += p.euros[laws][q] / float64(len(matched))
		}
		for _, p := range controls {
			c.Values = append(c.Values, p.euros[laws][q])
		}
		covariates = append(covariates, c)
	}
	b, err := effect.Balance(covariates, base, len(controls))
	if err != nil {
		t.Fatal(err)
	}
	s := effect.Sample{Weight: append(slices.Repeat([]float64{1}, len(matched)), b.Weight...)}
	for i := range s.Weight {
		s.Treated = append(s.Treated, i < len(matched))
	}
	compared := append(matched, controls...)
	balanced := make([][]float64, 4)
	for q := range balanced {
		for _, p := range compared {
			balanced[q] = append(balanced[q], p.euros[laws][q])
		}
	}
	if s.Balanced, err = s.Balance(balanced); err != nil {
		t.Fatal(err)
	}
	return compared, s
}

// regions is how many are drawn, from fixed seeds.
func regions(t *testing.T, ordinarily int) int {
	t.Helper()
	if text := os.Getenv("ONTSCHOT_REGIONS"); text != "" {
		return int(number(t, text))
	}
	return ordinarily
}

// TestMontecarloParticipants draws regions in which participants start at a peak of their costs. Before and after alone
// shows a large fall where nothing works; the intervals of the difference in differences hold the truth in about 95%,
// and the quarters that were held out show the peak.
func TestMontecarloParticipants(t *testing.T) {
	for _, c := range []struct {
		name string
		kept float64
	}{{"nothing works", 1}, {"a quarter of all care goes", 0.75}} {
		t.Run(c.name, func(t *testing.T) {
			drawn := regions(t, 50)
			n := float64(drawn)
			var estimates []effect.Estimate
			var ofThese, naive, off, scatter, spread, peak, truth float64
			for seed := range drawn {
				all, s := comparable(t, region(rand.New(rand.NewPCG(uint64(seed), 8)), 4000, 120, c.kept))
				planted := gone(all, s, c.kept)
				total := totalOf(t, all, s)
				estimates = append(estimates, total)
				ofThese += float64(of(holds(total, planted))) / n
				truth += planted / n
				off += (total.Effect - planted) / n
				spread += total.SE() / n
				naive += beforeAndAfter(all, s) / n
				held, err := s.Difference(window(all, laws, 0, 4), window(all, laws, before-1, before))
				if err != nil {
					t.Fatal(err)
				}
				peak += held.Effect / n
			}
			// An interval is about people like these participants, not about the ones that happened to be drawn.
			covered := 0.0
			for _, e := range estimates {
				covered += float64(of(holds(e, truth))) / n
				scatter += (e.Effect - truth) * (e.Effect - truth) / n
			}
			t.Logf("%.3f of the intervals hold the truth (%.3f that of these very participants); on average %.0f, estimated %.0f off, "+
				"scattered %.0f, standard error %.0f; before and after %.0f; peak %.0f",
				covered, ofThese, truth, off, math.Sqrt(scatter), spread, naive, peak)
			if math.Abs(covered-0.95) > 0.02+2*math.Sqrt(0.95*0.05/n) {
				t.Errorf("%.3f of the intervals hold the truth", covered)
			}
			if math.Abs(off) > 3*spread/math.Sqrt(n) {
				t.Errorf("the estimates are %.0f off", off)
			}
			if naive > truth-3*spread || peak < 3*spread {
				t.Errorf("before and after is %.0f and the peak %.0f: these participants are not at one", naive, peak)
			}
		})
	}
}

// holds tells whether the 95% interval of an estimate has a value in it.
func holds(e effect.Estimate, value float64) bool {
	low, high := e.Interval(0.95)
	return low <= value && value <= high
}

// totalOf is the effect on the total, after a look whether those on the laws add up to it.
func totalOf(t *testing.T, all []resident, s effect.Sample) effect.Estimate {
	t.Helper()
	var parts []effect.Estimate
	for outcome := range laws + 1 {
		e, err := s.Difference(window(all, outcome, 0, 4), window(all, outcome, before, quarters))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, e)
	}
	sum, err := effect.Combine([]float64{1, 1, 1}, parts[:laws])
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the laws together", sum.Effect, parts[laws].Effect, 1e-9*(1+math.Abs(parts[laws].Effect)+sum.SE()))
	return parts[laws]
}

// gone is what the participants cost less after the start than they would have, per insured year.
func gone(all []resident, s effect.Sample, kept float64) float64 {
	var euros, years float64
	w := window(all, laws, before, quarters)
	for i, participant := range s.Treated {
		if participant {
			euros += w.Euros[i] * (1 - 1/kept)
			years += w.Years[i]
		}
	}
	return euros / years
}

// beforeAndAfter is what the participants cost after the start less what they did in the last quarter before it.
func beforeAndAfter(all []resident, s effect.Sample) float64 {
	last, next := window(all, laws, before-1, before), window(all, laws, before, quarters)
	var sum [4]float64
	for i, participant := range s.Treated {
		if participant {
			sum[0] += last.Euros[i]
			sum[1] += last.Years[i]
			sum[2] += next.Euros[i]
			sum[3] += next.Years[i]
		}
	}
	return sum[2]/sum[3] - sum[0]/sum[1]
}

// TestMontecarloNeighbourhoods draws regions of twelve neighbourhoods of all sizes in which nothing works: the test at
// 5% calls that an effect in at most 6%.
func TestMontecarloNeighbourhoods(t *testing.T) {
	drawn := regions(t, 300)
	treated := []bool{true, false, false, true, false, false, false, true, false, false, true, false}
	rejected, held := 0.0, 0.0
	for seed := range drawn {
		r := rand.New(rand.NewPCG(uint64(seed), 9))
		change, weights := make([]float64, len(treated)), make([]float64, len(treated))
		for i := range change {
			weights[i] = 800 + 3000*r.Float64()
			change[i] = 150 + 60*r.NormFloat64() + 9000/math.Sqrt(weights[i])*r.NormFloat64()
		}
		result, err := effect.Randomise(change, weights, treated, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		rejected += float64(of(result.P <= 0.05)) / float64(drawn)
		held += float64(of(result.Low <= 0 && 0 <= result.High)) / float64(drawn)
	}
	t.Logf("%.3f of %d regions are called an effect; %.3f of the intervals hold nought", rejected, drawn, held)
	if margin := 2 * math.Sqrt(0.05*0.95/float64(drawn)); rejected > 0.06+margin || held < 0.94-margin {
		t.Errorf("%.3f of %d regions are called an effect, %.3f of the intervals hold nought", rejected, drawn, held)
	}
}
