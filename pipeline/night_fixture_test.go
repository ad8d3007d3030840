package pipeline_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"ontschot/pipeline"
	"ontschot/pipeline/synthetic"
)

// nightEnv is the world of every night here: a clock that stands still and nobody watching.
func nightEnv() pipeline.Env {
	return pipeline.Env{
		Now:      func() time.Time { return time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC) },
		Progress: pipeline.Silent{},
		Version:  "test",
	}
}

// numberFromEnv is the number in a variable of the environment, or otherwise where that is empty.
func numberFromEnv(t testing.TB, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s is not a number: %v", name, err)
	}
	return n
}

// nightRegion is a region on disk and the night that ran on it.
type nightRegion struct {
	dir    string
	config *pipeline.Config
	night  *pipeline.Night
}

// nightRun runs the night on a region that lies in dir.
func nightRun(t testing.TB, dir string) nightRegion {
	t.Helper()
	config, err := pipeline.ReadConfig(filepath.Join(dir, "ontschot.toml"))
	if err != nil {
		t.Fatal(err)
	}
	night, err := pipeline.Run(context.Background(), config, nightEnv())
	if err != nil {
		t.Fatalf("the night failed: %v", err)
	}
	return nightRegion{dir, config, night}
}

// ask answers a query of the catalogue, or of a .sql file, in a format.
func (r nightRegion) ask(t testing.TB, name, format string) []byte {
	t.Helper()
	return r.asked(t, pipeline.Asked{Name: name, Format: format})
}

func (r nightRegion) asked(t testing.TB, asked pipeline.Asked) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := pipeline.Ask(context.Background(), r.config, nightEnv(), asked, &out); err != nil {
		t.Fatalf("asking %s: %v", asked.Name, err)
	}
	return out.Bytes()
}

// table reads the rows of an indicator: the key and the named columns.
func (r nightRegion) table(t testing.TB, name string, keys, columns []string) oracleTable {
	t.Helper()
	return oracleTable{Name: name, Keys: keys, Columns: columns}.parse(t, r.ask(t, name, "json"))
}

// nightShared is a region that several tests read, one at a time, and none changes: two that open its warehouse at once in one
// process share an engine, whose settings are locked.
type nightShared struct {
	free   sync.Mutex
	once   sync.Once
	make   func(t testing.TB, dir string)
	region nightRegion
}

func (s *nightShared) get(t testing.TB) nightRegion {
	t.Helper()
	s.free.Lock()
	t.Cleanup(s.free.Unlock)
	s.once.Do(func() {
		dir, err := os.MkdirTemp(nightFolder, "regio")
		if err != nil {
			t.Fatal(err)
		}
		s.make(t, dir)
		s.region = nightRun(t, dir)
	})
	if s.region.night == nil {
		t.Fatal("the night of this region failed in an earlier test")
	}
	return s.region
}

// nightFolder holds the shared regions for as long as the tests run.
var nightFolder string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if nightFolder, err = os.MkdirTemp("", "nacht"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(nightFolder)
		return m.Run()
	}())
}

var (
	// nightKlein is testdata/klein, small enough to check by hand.
	nightKlein = nightShared{make: nightCopyKlein}
	// nightSmall is a synthetic region with late credits, moves, and claims split over files.
	nightSmall = nightShared{make: func(t testing.TB, dir string) { nightSynthetic(t, dir, 250, 2016, 2019, 3) }}
	// nightLarge is large enough to see the planted effects.
	nightLarge = nightShared{make: func(t testing.TB, dir string) { nightSynthetic(t, dir, 8000, 2015, 2021, 5) }}
)

// nightCopyKlein copies what is delivered and configured in testdata/klein.
func nightCopyKlein(t testing.TB, dir string) {
	t.Helper()
	from := filepath.Join("..", "testdata", "klein")
	for _, part := range []string{"aanlevering", "referentie"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS(filepath.Join(from, part))); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(from, "ontschot.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ontschot.toml"), settings, 0o600); err != nil {
		t.Fatal(err)
	}
}

// nightSynthetic writes a synthetic region in canonical CSV.
func nightSynthetic(t testing.TB, dir string, people, first, last int, seed uint64) synthetic.Summary {
	t.Helper()
	summary, err := synthetic.Write(context.Background(), dir, synthetic.Options{
		People: people, FirstYear: first, LastYear: last, Seed: seed, Format: "csv"})
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// nightOnBoth runs a test on two regions, klein and synthetic, each in a folder of its own where one night has run.
func nightOnBoth(t *testing.T, test func(t *testing.T, name string, region nightRegion)) {
	t.Helper()
	for name, write := range map[string]func(testing.TB, string){
		"klein":     nightCopyKlein,
		"synthetic": func(t testing.TB, dir string) { nightSynthetic(t, dir, 120, 2016, 2018, 8) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir)
			test(t, name, nightRun(t, dir))
		})
	}
}

// nightOracle reads a synthetic region with the reference tables that the program ships.
func nightOracle(t testing.TB, dir string) *oracle {
	t.Helper()
	return readOracle(t, dir, nightReferences(), 2017, nightEnv().Now())
}

// nightReferences are the reference tables that the program ships.
func nightReferences() map[string]string {
	reference := map[string]string{}
	for _, name := range []string{"gebied", "prijsindex", "zorgsoort", "zorgsoort_grof", "voorlopig"} {
		reference[name] = filepath.Join("..", "queries", "reference", name+".csv")
	}
	return oracleShippedReferences(reference)
}

// compare reports every difference between the answers of the program and the oracle.
func (r nightRegion) compare(t testing.TB, o *oracle) {
	t.Helper()
	const most = 12
	for _, table := range o.Tables() {
		differences := oracleDiff(table, table.parse(t, r.ask(t, table.Name, "json")))
		for i, difference := range differences {
			if i == most {
				t.Errorf("%s: and %d differences more", table.Name, len(differences)-most)
				break
			}
			t.Error(difference)
		}
	}
}
