package synthetic

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
)

// table is a delivered table as text: one map per row.
type table []map[string]string

func readTables(t *testing.T, dir, pattern string) table {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file %s: %v", pattern, err)
	}
	var out table
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(b))
		r.Comma = ';'
		lines, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines[1:] {
			row := map[string]string{"leverancier": filepath.Base(filepath.Dir(path)), "bestand": filepath.Base(path)}
			for i, name := range lines[0] {
				row[name] = l[i]
			}
			out = append(out, row)
		}
	}
	return out
}

func cents(t *testing.T, s string) int64 {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is not an amount", s)
	}
	r.Mul(r, big.NewRat(100, 1))
	if !r.IsInt() {
		t.Fatalf("%q has more than two decimals", s)
	}
	return r.Num().Int64()
}

func signedCents(t *testing.T, row map[string]string) int64 {
	c := cents(t, row["bedrag"])
	if row["debet_credit"] == "C" {
		return -c
	}
	return c
}

// example is one region that several tests read.
type example struct {
	dir                               string
	summary                           Summary
	claims, residents, grants, takers table
	truth                             record
}

var exampleOnce = sync.OnceValues(func() (string, Summary) {
	dir, err := os.MkdirTemp("", "synthetic")
	if err != nil {
		panic(err)
	}
	s, err := Write(context.Background(), dir, Options{People: 1500, FirstYear: 2016, LastYear: 2020, Seed: 7, Format: "csv"})
	if err != nil {
		panic(err)
	}
	return dir, s
})

var readExample = sync.OnceValue(func() *example { return &example{} })

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, _ := exampleOnce(); dir != "" {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

func region(t *testing.T) *example {
	t.Helper()
	e := readExample()
	if e.claims != nil {
		return e
	}
	e.dir, e.summary = exampleOnce()
	e.claims = readTables(t, e.dir, "*/declaraties_*.csv")
	e.residents = readTables(t, e.dir, "*/bevolking.csv")
	e.grants = readTables(t, e.dir, "*/toewijzingen.csv")
	e.takers = readTables(t, e.dir, "*/deelname.csv")
	b, err := os.ReadFile(filepath.Join(e.dir, "waarheid.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &e.truth); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestLinesPerPersonYear(t *testing.T) {
	e := region(t)
	if mean := float64(len(e.claims)) / e.summary.PersonYears; mean < 12 || mean > 14 {
		t.Errorf("%.2f claim lines per person-year, want 12 to 14", mean)
	}
	if int64(len(e.claims)) != e.summary.Lines {
		t.Errorf("summary counts %d lines, the files have %d", e.summary.Lines, len(e.claims))
	}
}

func TestCostLevel(t *testing.T) {
	dir := t.TempDir()
	s, err := Write(context.Background(), dir, Options{People: 25000, FirstYear: 2017, LastYear: 2017, Seed: 1, Format: "csv"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "waarheid.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth record
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	per := map[string]float64{}
	for _, x := range truth.Totalen {
		if x.Gebied == "regio" && x.Domein != "" {
			per[x.Domein] = float64(cents(t, x.Feitelijk)) / 100 / s.PersonYears
		}
	}
	for _, want := range []struct {
		domein   string
		low, top float64
	}{{"zvw", 2755, 3045}, {"wmo", 215, 330}, {"jeugdwet", 190, 310}, {"wlz", 1000, 1450}, {"participatiewet", 120, 320}} {
		if got := per[want.domein]; got < want.low || got > want.top {
			t.Errorf("%s costs %.0f euros a person-year, want %.0f to %.0f", want.domein, got, want.low, want.top)
		}
	}
	var all, specialist int64
	for _, row := range readTables(t, dir, "vgz/declaraties_zvw_*.csv") {
		c := signedCents(t, row)
		all += c
		hospital := strings.HasPrefix(row["aanbiedersoort"], "06") || strings.HasPrefix(row["aanbiedersoort"], "22")
		if hospital && !strings.HasPrefix(row["zorgproduct"], "998418") {
			specialist += c
		}
	}
	if share := float64(specialist) / float64(all); share < 0.48 || share > 0.53 {
		t.Errorf("medical specialists have %.3f of the Zvw, want 0.48 to 0.53", share)
	}
}

func TestCreditsRepeatTheirDebit(t *testing.T) {
	e := region(t)
	debits := map[string]map[string]string{}
	seen := map[string]bool{}
	for _, row := range e.claims {
		key := row["leverancier"] + row["domein"] + row["debet_credit"] + row["regel_id"]
		if seen[key] {
			t.Fatalf("regel_id %s occurs twice", row["regel_id"])
		}
		seen[key] = true
		if row["debet_credit"] == "D" {
			debits[row["leverancier"]+row["domein"]+row["regel_id"]] = row
		}
	}
	credits, later, corrections := 0, 0, 0
	for _, row := range e.claims {
		if row["vorige_regel_id"] == "" {
			if row["debet_credit"] == "C" {
				t.Errorf("credit %s names no debit", row["regel_id"])
			}
			continue
		}
		debit := debits[row["leverancier"]+row["domein"]+row["vorige_regel_id"]]
		if debit == nil {
			t.Fatalf("line %s names %s, which is not delivered", row["regel_id"], row["vorige_regel_id"])
		}
		if debit["declaratiedatum"] >= row["declaratiedatum"] {
			t.Errorf("line %s is not declared after its debit", row["regel_id"])
		}
		if row["debet_credit"] == "D" {
			corrections++
			continue
		}
		credits++
		if debit["bestand"] != row["bestand"] {
			later++
		}
		for name, v := range row {
			switch name {
			case "regel_id", "vorige_regel_id", "debet_credit", "declaratiedatum", "bestand":
			default:
				if debit[name] != v {
					t.Errorf("credit %s differs from its debit in %s", row["regel_id"], name)
				}
			}
		}
	}
	if share := float64(credits) / float64(len(e.claims)); share < 0.010 || share > 0.018 {
		t.Errorf("%.4f of the lines are credits, want about 0.015", share)
	}
	if later == 0 || corrections == 0 || corrections >= credits {
		t.Errorf("%d credits in a later file and %d corrections of %d credits", later, corrections, credits)
	}
}

func TestClaimsLieWithinAnArrangement(t *testing.T) {
	e := region(t)
	granted := map[string][][2]string{}
	for _, g := range e.grants {
		key := g["domein"] + g["pseudoniem"] + g["productcategorie"]
		granted[key] = append(granted[key], [2]string{g["begindatum"], until(g["einddatum"])})
	}
	for _, row := range e.claims {
		if row["domein"] == "zvw" || row["domein"] == "participatiewet" {
			continue
		}
		within := false
		for _, g := range granted[row["domein"]+row["pseudoniem"]+row["productcategorie"]] {
			within = within || g[0] <= row["begindatum"] && row["einddatum"] <= g[1]
		}
		if !within {
			t.Fatalf("line %s of %s lies in no arrangement", row["regel_id"], row["domein"])
		}
	}
}

func until(date string) string {
	if date == "" {
		return "9999-12-31"
	}
	return date
}

func TestResidence(t *testing.T) {
	e := region(t)
	periods := map[string]table{}
	for _, r := range e.residents {
		periods[r["pseudoniem"]] = append(periods[r["pseudoniem"]], r)
		if !strings.Contains("012", r["geslacht"]) || r["geslacht"] == "" {
			t.Fatalf("geslacht is %q", r["geslacht"])
		}
		if r["begindatum"] > until(r["einddatum"]) {
			t.Errorf("a residence ends before it begins: %s", r["begindatum"])
		}
	}
	moved := 0
	for _, p := range periods {
		sort.Slice(p, func(i, j int) bool { return p[i]["begindatum"] < p[j]["begindatum"] })
		for i := 1; i < len(p); i++ {
			moved++
			end, err := time.Parse(time.DateOnly, p[i-1]["einddatum"])
			if err != nil || end.AddDate(0, 0, 1).Format(time.DateOnly) != p[i]["begindatum"] {
				t.Errorf("residence from %s does not follow the one before", p[i]["begindatum"])
			}
			if p[i]["geboortejaar"] != p[0]["geboortejaar"] || p[i]["geslacht"] != p[0]["geslacht"] {
				t.Error("a person changes birth year or sex")
			}
		}
		if last := p[len(p)-1]; until(last["einddatum"]) > "2020-12-31" && last["geboortejaar"] < "1923" {
			t.Errorf("an inhabitant is older than 97 in 2020: born %s", last["geboortejaar"])
		}
	}
	if moved == 0 {
		t.Error("nobody moves within the region")
	}
	for _, row := range e.claims {
		if place(periods[row["pseudoniem"]], row["begindatum"]) == "" {
			t.Fatalf("line %s begins on a day that its person does not live in the region", row["regel_id"])
		}
	}
}

func place(periods table, date string) string {
	for _, p := range periods {
		if p["begindatum"] <= date && date <= until(p["einddatum"]) {
			return p["buurt"]
		}
	}
	return ""
}

func TestNothingIdentifies(t *testing.T) {
	e := region(t)
	hex32 := regexp.MustCompile(`^[0-9a-f]{32}$`)
	digits := regexp.MustCompile(`^[0-9]{8,9}$`)
	for _, rows := range []table{e.claims, e.residents, e.grants, e.takers} {
		for _, row := range rows {
			if !hex32.MatchString(row["pseudoniem"]) {
				t.Fatal("a pseudonym is not 32 hex digits")
			}
			for _, name := range []string{"regel_id", "vorige_regel_id", "toewijzing_id", "aanbieder", "huishouden"} {
				if digits.MatchString(row[name]) {
					t.Fatalf("%s looks like a citizen number", name)
				}
			}
		}
	}
}
