package queries_test

import (
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/duckdb/duckdb-go/v2"
)

// cellMeans are persons of an age: their share, and what a year costs or counts as a multiple of the mean.
var cellMeans = []struct{ share, level, stay float64 }{
	{0.17, 0.45, 0.95}, {0.36, 0.60, 0.85}, {0.27, 1.00, 0.95}, {0.14, 1.75, 0.95}, {0.06, 3.70, 0.82},
}

// goalModel is how a goal is spread over persons in a year: the share of users and the mean of all, in euros or events; a
// spread of zero is a count of events, one below zero a count of at most one.
type goalModel struct {
	name   string
	users  float64
	mean   float64
	spread float64 // standard deviation of the logarithm of a user's amount
	fall   float64 // the share that is taken away to see whether a fall is found
}

// goalModels are the seven goals with users, means and spreads as in a city of 120,000: nearly everybody has some Zvw care,
// one in twenty-five highly specialised care, one in fifteen care of the municipality.
var goalModels = []goalModel{
	{"kosten_totaal", 0.98, 5100, 1.5, 0.25},
	{"kosten_zvw", 0.98, 3000, 1.4, 0.20},
	{"kosten_sociaal_domein", 0.17, 950, 1.2, 0.35},
	{"specialistisch", 0.55, 1850, 1.4, 0.25},
	{"hoogspecialistisch", 0.12, 370, 1.6, 0.70},
	{"stapeling", 0.048, 0.048, -1, 0.35},
	{"verwijzing", 0, 1.02, 0, 0.12},
}

// persistence is the correlation over the years of what makes a person ill.
const persistence = 0.6

// drawn gathers the observations of many regions in columns.
type drawn struct {
	region, goal, year, place, person, days *array.Int32Builder
	cents                                   *array.Int64Builder
}

func newDrawn() *drawn {
	ints := func() *array.Int32Builder { return array.NewInt32Builder(memory.DefaultAllocator) }
	return &drawn{ints(), ints(), ints(), ints(), ints(), ints(), array.NewInt64Builder(memory.DefaultAllocator)}
}

// area draws the persons of one area in the base year and a later year: most stay, some come, go, are born or die. What
// is left of the values in the later year is kept: 1 is no effect.
func (d *drawn) area(r *rand.Rand, region, area, persons int, kept func(goalModel) float64) {
	for person := range persons {
		cell := &cellMeans[pick(r)]
		var lived [2]int32
		switch u := r.Float64(); {
		case u < cell.stay:
			lived = [2]int32{365, 365}
		case u < cell.stay+(1-cell.stay)*0.4:
			lived[0] = 1 + r.Int32N(365)
		case u < cell.stay+(1-cell.stay)*0.8:
			lived[1] = 1 + r.Int32N(365)
		default:
			lived = [2]int32{365, 1 + r.Int32N(365)}
		}
		for g, goal := range goalModels {
			ill := r.NormFloat64()
			for year := range lived {
				if lived[year] == 0 {
					continue
				}
				state := math.Sqrt(persistence)*ill + math.Sqrt(1-persistence)*r.NormFloat64()
				left := 1.0
				if year == 1 {
					left = kept(goal)
				}
				d.region.Append(int32(region))
				d.goal.Append(int32(g))
				d.year.Append(int32(2019 + 2*year))
				d.place.Append(int32(area))
				d.person.Append(int32(person))
				d.days.Append(lived[year])
				d.cents.Append(goal.draw(r, cell.level, left, state, float64(lived[year])/365))
			}
		}
	}
}

func pick(r *rand.Rand) int {
	u := r.Float64()
	for i, c := range cellMeans {
		if u -= c.share; u < 0 {
			return i
		}
	}
	return len(cellMeans) - 1
}

// draw gives cents, or 100,000 for each event, of a person with a standard normal state in part of a year.
func (g goalModel) draw(r *rand.Rand, level, kept, state, part float64) int64 {
	if g.spread == 0 { // events come at random to persons who differ
		none := math.Exp(-g.mean * level * kept * part * math.Exp(0.7*state-0.245))
		events := int64(0)
		for left := r.Float64(); left > none; left *= r.Float64() {
			events++
		}
		return 100_000 * events
	}
	users := math.Min(0.99, g.users*math.Sqrt(level))
	if g.spread < 0 {
		if state > math.Sqrt2*math.Erfinv(1-2*users*kept*part) {
			return 100_000
		}
		return 0
	}
	if r.Float64() > users {
		return 0
	}
	amount := g.mean * level / users * kept * part * math.Exp(g.spread*state-g.spread*g.spread/2)
	if r.IntN(500) == 0 { // a credit of care in the year before
		amount = -amount / 2
	}
	return int64(math.Round(100 * amount))
}

// insert puts what was drawn into the table gezien, a region as a set of laws of its own, and empties the columns.
func (d *drawn) insert(t testing.TB, conn *sql.Conn) {
	t.Helper()
	names := []string{"regio", "doel", "jaar", "gebied", "persoon", "dagen", "centen"}
	var fields []arrow.Field
	var columns []arrow.Array
	for i, b := range []array.Builder{d.region, d.goal, d.year, d.place, d.person, d.days, d.cents} {
		columns = append(columns, b.NewArray())
		fields = append(fields, arrow.Field{Name: names[i], Type: columns[i].DataType()})
	}
	schema := arrow.NewSchema(fields, nil)
	batch := array.NewRecordBatch(schema, columns, int64(columns[0].Len()))
	reader, err := array.NewRecordReader(schema, []arrow.RecordBatch{batch})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Release()
	var release func()
	if err := conn.Raw(func(driverConn any) error {
		engine, err := duckdb.NewArrowFromConn(driverConn.(*duckdb.Conn))
		if err != nil {
			return err
		}
		release, err = engine.RegisterView(reader, "getrokken")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	defer release()
	run(t, conn, "DELETE FROM gezien")
	run(t, conn, `INSERT INTO gezien SELECT d.naam, CAST(g.regio AS VARCHAR), g.jaar,
		CASE g.gebied WHEN 0 THEN 'pilot' ELSE 'controle' END, g.persoon, g.dagen, CAST(CAST(g.centen AS DECIMAL(18,0)) * 0.01 AS DECIMAL(18,2))
		FROM getrokken AS g INNER JOIN doelen AS d ON d.nummer = g.doel`)
}

// verdicts counts, of regions drawn at random, the verdicts on each goal. Pilot and control have at least 3,000 persons.
func verdicts(t *testing.T, regions, largest int, seed uint64, kept func(goalModel) float64) map[string]map[string]int {
	t.Helper()
	const together = 5
	conn := bench(t, goalTable, "SET threads = 2", `CREATE TABLE model.jaar AS SELECT * FROM (VALUES (2019, 365, TRUE, FALSE), (2021, 365, FALSE, FALSE))
		AS j (jaar, dagen, is_basisjaar, onvolledig)`, goalViews, "CREATE TABLE doelen (nummer INTEGER, naam VARCHAR)")
	counts := map[string]map[string]int{}
	for i, g := range goalModels {
		counts[g.name] = map[string]int{}
		run(t, conn, fmt.Sprintf("INSERT INTO doelen VALUES (%d, '%s')", i, g.name))
	}
	d := newDrawn()
	for region := range regions {
		r := rand.New(rand.NewPCG(seed, uint64(region)))
		d.area(r, region, 0, 3000+r.IntN(largest-2999), kept)
		d.area(r, region, 1, 3000+r.IntN(largest-2999), func(goalModel) float64 { return 1 })
		if region%together == together-1 || region == regions-1 {
			d.insert(t, conn)
			for _, row := range ask(t, conn, "doel_schatting", "doel", "wetten", "oordeel") {
				counts[row[0]][row[2]]++
			}
		}
	}
	return counts
}

// regionsToDraw is how many regions the long run draws, or the short one, and the most persons of an area in it.
func regionsToDraw(t *testing.T, short int) (regions, largest int) {
	t.Helper()
	text := os.Getenv("ONTSCHOT_REGIONS")
	if text == "" {
		return short, 4000
	}
	regions, err := strconv.Atoi(text)
	if err != nil || regions < 1 {
		t.Fatalf("ONTSCHOT_REGIONS is %q: it is a number of regions", text)
	}
	return regions, 8000
}

// wilson is the 95% interval of a share, also near 0 and 1.
func wilson(n, of int) (low, high float64) {
	const z = 1.959963985
	p, m := float64(n)/float64(of), float64(of)
	mid, half := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return (mid - half) / (1 + z*z/m), (mid + half) / (1 + z*z/m)
}

// tails are the chances to count n or fewer, and n or more, of that many when each has the chance p.
func tails(n, of int, p float64) (fewer, more float64) {
	chance := math.Pow(1-p, float64(of))
	for k := range of + 1 {
		if k <= n {
			fewer += chance
		}
		if k >= n {
			more += chance
		}
		chance *= float64(of-k) / float64(k+1) * p / (1 - p)
	}
	return fewer, more
}

// TestMontecarloNoEffect draws regions in which nothing happens. One in twenty may be called a fall or a rise, by the
// meaning of a 95% interval; it fails on a number that chance gives less than once in a thousand.
func TestMontecarloNoEffect(t *testing.T) {
	regions, largest := regionsToDraw(t, 50)
	counts := verdicts(t, regions, largest, 1, func(goalModel) float64 { return 1 })
	for _, g := range goalModels {
		count := counts[g.name]
		wrong := count["daling"] + count["stijging"]
		low, high := wilson(wrong, regions)
		share := float64(wrong) / float64(regions)
		t.Logf("%-22s %4d of %d without effect: %.2f%% (95%%: %.2f–%.2f%%), %d falls and %d rises", g.name, wrong, regions, 100*share, 100*low, 100*high,
			count["daling"], count["stijging"])
		if fewer, more := tails(wrong, regions, 0.05); min(fewer, more) < 0.001 {
			t.Errorf("%s: a change is seen in %.2f%% of the regions without one, far from 5%%", g.name, 100*share)
		}
	}
}

// TestMontecarloFall draws regions in which the pilot lost a share of what it would have had.
func TestMontecarloFall(t *testing.T) {
	regions, largest := regionsToDraw(t, 100)
	regions = max(regions/10, 1)
	counts := verdicts(t, regions, largest, 2, func(g goalModel) float64 { return 1 - g.fall })
	for _, g := range goalModels {
		found, wrong := counts[g.name]["daling"], counts[g.name]["stijging"]
		t.Logf("%-22s a fall of %.0f%% is found in %d of %d", g.name, 100*g.fall, found, regions)
		if wrong > 0 {
			t.Errorf("%s: %d of %d regions with a fall rise", g.name, wrong, regions)
		}
		if 2*found <= regions {
			t.Errorf("%s: a fall of %.0f%% is found in %d of %d only", g.name, 100*g.fall, found, regions)
		}
	}
}
