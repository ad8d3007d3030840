package pipeline_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// nightTruth is what waarheid.json says was planted.
type nightTruth struct {
	Effects []struct {
		Name    string `json:"naam"`
		PerYear []struct {
			Year     int           `json:"jaar"`
			Away     []nightPlaced `json:"bedrag_weg"`
			Gained   []nightPlaced `json:"bedrag_bij"`
			Stacking struct {
				Fall      int `json:"deelnemers_2plus_daling"`
				PilotFall int `json:"pilot_2plus_daling"`
			} `json:"stapeling"`
		} `json:"per_jaar"`
	} `json:"effecten"`
	Totals []struct {
		Area      string `json:"gebied"`
		Year      int    `json:"jaar"`
		Domain    string `json:"domein"`
		Lijn      string `json:"lijn"`
		Without   string `json:"tegenfeitelijk"`
		Delivered string `json:"feitelijk"`
	} `json:"totalen"`
	Stacking []struct {
		Area      string `json:"gebied"`
		Year      int    `json:"jaar"`
		Class     string `json:"klasse"`
		Without   int    `json:"personen_tegenfeitelijk"`
		Delivered int    `json:"personen_feitelijk"`
	} `json:"stapeling"`
	Participants []struct {
		Project string `json:"project"`
		K       int    `json:"k"`
		Days    int    `json:"dagen"`
		Amounts []struct {
			Domain    string `json:"domein"`
			Without   string `json:"tegenfeitelijk"`
			Delivered string `json:"feitelijk"`
		} `json:"bedragen"`
	} `json:"deelnemers"`
}

type nightPlaced struct {
	Domain string `json:"domein"`
	Lijn   string `json:"lijn"`
	Amount string `json:"bedrag"`
}

func (r nightRegion) truth(t testing.TB) (truth nightTruth) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(r.dir, "waarheid.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &truth); err != nil {
		t.Fatal(err)
	}
	if len(truth.Effects) != 4 || len(truth.Totals) == 0 || len(truth.Stacking) == 0 {
		t.Fatal("waarheid.json does not have the parts that this test knows")
	}
	return truth
}

// gained are the euros that an effect brought in the given years.
func (w nightTruth) gained(t testing.TB, name string, years []int) (euros float64) {
	t.Helper()
	for _, e := range w.Effects {
		for _, y := range e.PerYear {
			for _, placed := range y.Gained {
				if e.Name == name && y.Year >= years[0] && y.Year <= years[len(years)-1] {
					euros += float64(nightCents(t, placed.Amount)) / 100
				}
			}
		}
	}
	return euros
}

// nightLargeOnly skips a test that needs a large region.
func nightLargeOnly(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a region large enough to see the planted effects: some 20 seconds")
	}
}

// TestTotalsEqualTheTruth compares every euro of the answers with what was planted and delivered.
func TestTotalsEqualTheTruth(t *testing.T) {
	t.Parallel()
	nightLargeOnly(t)
	region := nightLarge.get(t)
	truth := region.truth(t)
	got := map[string]int64{}
	for name, key := range map[string]string{"kosten_per_domein": "domein", "verschuiving_lijn": "lijn"} {
		for _, row := range region.table(t, name, []string{"jaar", "gebied", key}, []string{"bedrag"}).Rows {
			got[fmt.Sprint(row.Key)] = nightCents(t, row.Values["bedrag"])
		}
	}
	moved := nightBirthMoves(t, region.dir)
	compared := map[string]int{}
	for _, total := range truth.Totals {
		if total.Area != "pilot" && total.Area != "controle" && total.Area != "regio" {
			continue
		}
		key := fmt.Sprint([]string{strconv.Itoa(total.Year), total.Area, total.Domain + total.Lijn})
		if want := nightCents(t, total.Delivered) + moved[key]; got[key] != want {
			t.Errorf("%s: the answer is %s, delivered was %s", key, oracleEuros(got[key]), oracleEuros(want))
		}
		compared[total.Area]++
	}
	if compared["pilot"] != compared["regio"] || compared["controle"] != compared["regio"] || compared["regio"] < 7*5 {
		t.Errorf("only %v totals were compared", compared)
	}
}

// nightBirthMoves are the euros that the privacy rule moves between areas, by year, area and domain or lijn. A child that
// moves house in the year of its birth is stored as moving on the first of that month; waarheid.json knows the day. The
// lines of these children are taken apart, and placed with and without the rule.
func nightBirthMoves(t testing.TB, dir string) map[string]int64 {
	t.Helper()
	root := filepath.Join(dir, "aanlevering")
	residents, err := os.ReadFile(filepath.Join(root, "maastricht", "bevolking.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := oracleReadCSV(string(residents))
	if err != nil {
		t.Fatal(err)
	}
	children, homes := map[string]bool{}, map[string]int{}
	for _, r := range records {
		if homes[r["pseudoniem"]]++; strings.HasPrefix(r["begindatum"], r["geboortejaar"]) {
			children[r["pseudoniem"]] = true
		}
	}
	maps.DeleteFunc(children, func(person string, _ bool) bool { return homes[person] == 1 })
	exact, coarse := t.TempDir(), t.TempDir()
	paths, err := filepath.Glob(filepath.Join(root, "*", "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		header, lines, _ := strings.Cut(string(content), "\n")
		columns := strings.Split(header, ";")
		person, born := slices.Index(columns, "pseudoniem"), slices.Index(columns, "geboortejaar")
		if person < 0 { // a budget is nobody's
			continue
		}
		kept := map[string][]string{exact: nil, coarse: nil}
		for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
			fields := strings.Split(line, ";")
			if !children[fields[min(person, len(fields)-1)]] {
				continue
			}
			kept[coarse] = append(kept[coarse], line)
			if born >= 0 { // the rule does not touch who was born the year before
				year, _ := strconv.Atoi(fields[born])
				fields[born] = strconv.Itoa(year - 1)
			}
			kept[exact] = append(kept[exact], strings.Join(fields, ";"))
		}
		manifest, err := os.ReadFile(strings.TrimSuffix(path, ".csv") + ".manifest.toml")
		if err != nil {
			t.Fatal(err)
		}
		for to, lines := range kept {
			supplier, name := filepath.Base(filepath.Dir(path)), strings.TrimSuffix(filepath.Base(path), ".csv")
			if err := os.MkdirAll(filepath.Join(to, "aanlevering", supplier), 0o700); err != nil {
				t.Fatal(err)
			}
			nightDeliver(t, to, supplier, name, header, lines, string(manifest))
		}
	}
	moved := map[string]int64{}
	for from, sign := range map[string]int64{exact: -1, coarse: 1} {
		for _, c := range nightOracle(t, from).costs {
			for _, area := range c.areas {
				for _, of := range []string{c.domain, c.lijn} {
					moved[fmt.Sprint([]string{strconv.Itoa(c.year), area, of})] += sign * c.cents
				}
			}
		}
	}
	return moved
}

// TestShiftsAddUpToZero adds up the shifts of every year and area, and growth and change.
func TestShiftsAddUpToZero(t *testing.T) {
	t.Parallel()
	regions := map[string]*nightShared{"klein": &nightKlein, "small": &nightSmall, "large": &nightLarge}
	if testing.Short() {
		delete(regions, "large")
	}
	for name, shared := range regions {
		t.Run(name, func(t *testing.T) {
			region := shared.get(t)
			for table, key := range map[string]string{"verschuiving_domein": "domein", "verschuiving_lijn": "lijn"} {
				shift, growth := map[string]int64{}, map[string]int64{}
				rows := region.table(t, table, []string{"jaar", "gebied", key},
					[]string{"delta", "groei", "verschuiving", "delta_reeel", "groei_reeel", "verschuiving_reeel"}).Rows
				for _, row := range rows {
					for _, suffix := range []string{"", "_reeel"} {
						if row.Values["verschuiving"+suffix] == "" {
							continue // the price index does not know the year
						}
						cell := row.Key[0] + " " + row.Key[1] + suffix
						shift[cell] += nightCents(t, row.Values["verschuiving"+suffix])
						growth[cell] += nightCents(t, row.Values["groei"+suffix]) - nightCents(t, row.Values["delta"+suffix])
					}
				}
				if len(shift) == 0 {
					t.Errorf("%s: %s is empty", name, table)
				}
				for cell := range shift {
					if shift[cell] != 0 || growth[cell] != 0 {
						t.Errorf("%s, %s of %s: the shifts add up to %s, growth minus change to %s",
							name, table, cell, oracleEuros(shift[cell]), oracleEuros(growth[cell]))
					}
				}
			}
		})
	}
}

// TestStackingEqualsTheTruth compares the classes of stacking with what was planted and delivered.
func TestStackingEqualsTheTruth(t *testing.T) {
	t.Parallel()
	nightLargeOnly(t)
	for name, shared := range map[string]*nightShared{"large": &nightLarge, "wide": &nightWide} {
		t.Run(name, func(t *testing.T) {
			region := shared.get(t)
			truth := region.truth(t)
			got := map[string]string{}
			keys := []string{"jaar", "gebied", "telling", "klasse"}
			for _, row := range region.table(t, "stapeling_personen", keys, []string{"personen"}).Rows {
				if row.Key[2] == "arrangementen" {
					got[row.Key[0]+row.Key[1]+row.Key[3]] = row.Values["personen"]
				}
			}
			fall, compared := map[int]int{}, 0
			for _, s := range truth.Stacking {
				if s.Area != "pilot" && s.Area != "controle" {
					continue
				}
				compared++
				if answer := got[strconv.Itoa(s.Year)+s.Area+s.Class]; answer != strconv.Itoa(s.Delivered) {
					t.Errorf("%s: %s persons of class %s in %s in %d, delivered were %d", name, answer, s.Class, s.Area, s.Year, s.Delivered)
				}
				if s.Area == "pilot" && s.Class >= "2" {
					delivered, _ := strconv.Atoi(got[strconv.Itoa(s.Year)+s.Area+s.Class])
					fall[s.Year] += s.Without - delivered
				}
			}
			if compared < 2*7*3 {
				t.Errorf("%s: only %d classes were compared", name, compared)
			}
			planted := 0
			for _, y := range truth.Effects[2].PerYear {
				planted += y.Stacking.PilotFall
				if fall[y.Year] != y.Stacking.PilotFall {
					t.Errorf("%s: %d fewer persons with 2 or more in %d, planted were %d", name, fall[y.Year], y.Year, y.Stacking.PilotFall)
				}
			}
			if planted == 0 {
				t.Errorf("%s: nothing was planted", name)
			}
		})
	}
}
