package disclosure

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ontschot/internal/golden"
)

// TestPublishedRules: the concentration rules decide as the Handbook on SDC and sdcTable print it.
func TestPublishedRules(t *testing.T) {
	tested := 0
	for _, c := range golden.Rows(t, "sdc_rules_expected.csv") {
		var contributions []int64
		switch c["case"] {
		case "handbook ex.1":
			contributions = []int64{50_000_00, 49_000_00, 1_000_00}
		case "handbook ex.2":
			contributions = []int64{52_000_00, 50_000_00, 8_000_00}
		case "handbook ex.4":
			contributions = []int64{300_00, 20_00, 10_00}
		case "sdctable microdata1 D|male":
			for _, r := range golden.Rows(t, "sdctable_microdata1.csv") {
				if r["region"] == "D" && r["gender"] == "male" {
					n, err := strconv.ParseInt(r["val"], 10, 64)
					if err != nil {
						t.Fatal(err)
					}
					contributions = append(contributions, n*100)
				}
			}
		case "sdctable microdata1 A|female":
			continue // a rule on the number of contributors: TestProtectAtTheThreshold
		default:
			t.Fatalf("an unknown case %q", c["case"])
		}
		slices.Sort(contributions)
		slices.Reverse(contributions)
		var total int64
		for _, n := range contributions {
			total += n
		}
		share := func(text string) int64 {
			f, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			return int64(math.Round(f * wholeShare / 100))
		}
		var need int64
		rule := c["rule"]
		if p, ok := strings.CutPrefix(rule, "p%="); ok {
			need = priorProtection(total, contributions[0], contributions[1], share(p))
		} else {
			n, k, _ := strings.Cut(strings.Trim(rule, "()"), ",")
			second := contributions[1]
			if n == "1" {
				second = 0
			}
			need = dominanceProtection(total, contributions[0], second, share(k))
		}
		if unsafe := c["unsafe"] == "1"; (need > 0) != unsafe {
			t.Errorf("%s by %s: protection %d, want unsafe %v", c["case"], rule, need, unsafe)
		}
		if c["upper_protection_level"] != "" {
			want, err := strconv.ParseFloat(c["upper_protection_level"], 64)
			if err != nil {
				t.Fatal(err)
			}
			if got := float64(need) / 100; got < want || got > want+0.01 {
				t.Errorf("%s by %s: protection %v, want %v", c["case"], rule, got, want)
			}
		}
		tested++
	}
	if tested < 7 {
		t.Errorf("%d rules tested", tested)
	}
}

// providers is one amount with its largest providers, of a law that is not the reader's own.
func providers(domain string, n, first, second, total int64) Table {
	return Table{
		Name: "kosten", Dominance: "bedrag", Thresholds: []Threshold{{Count: "personen"}},
		Columns:  []Column{key("domein"), euros("bedrag"), count("personen"), count("aanbieders"), euros("aanbieder_grootste"), euros("aanbieder_tweede")},
		Internal: []string{"personen", "aanbieders", "aanbieder_grootste", "aanbieder_tweede"},
		Rows:     [][]Value{{word(domain), number(total), number(500), number(n), number(first), number(second)}},
	}
}

// TestTariffsOfOthers: who does not know the tariffs sees no amount of one or two providers.
func TestTariffsOfOthers(t *testing.T) {
	for _, c := range []struct {
		name                    string
		n, first, second, total int64
		reader                  Recipient
		want                    State
	}{
		{"three that share", 3, 40, 35, 100, Recipient{OwnDomains: []string{"wmo"}}, Shown},
		{"two", 2, 50, 50, 100, Recipient{OwnDomains: []string{"wmo"}}, Hidden},
		{"one", 1, 100, 0, 100, Recipient{OwnDomains: []string{"wmo"}}, Hidden},
		{"three of which two hold nearly all", 3, 60, 31, 100, Recipient{OwnDomains: []string{"wmo"}}, Hidden},
		{"exactly nine tenths", 3, 60, 30, 100, Recipient{OwnDomains: []string{"wmo"}}, Shown},
		{"one of the reader's own law", 1, 100, 0, 100, Recipient{OwnDomains: []string{"zvw"}}, Shown},
		{"one, agreed to be open", 1, 100, 0, 100, Recipient{OwnDomains: []string{"wmo"}, OpenTariffs: []string{"zvw"}}, Shown},
		{"nobody known", 0, 0, 0, 100, Recipient{OwnDomains: []string{"wmo"}}, Shown},
		{"who sees all", 1, 100, 0, 100, Recipient{}, Shown},
	} {
		got := protectOne(t, providers("zvw", c.n, c.first, c.second, c.total), Policy{Threshold: 10, Recipients: []Recipient{c.reader}})
		if cell := got.Rows[0][1]; cell.State != c.want {
			t.Errorf("%s: %+v, want state %d", c.name, cell, c.want)
		}
	}
}

// TestOnePersonWhoDominates: ten persons are not enough when one has nearly all.
func TestOnePersonWhoDominates(t *testing.T) {
	table := costs(number(12), number(100_00), "nee")
	table.Columns = append(table.Columns, euros("grootste"), euros("tweede"))
	table.Internal, table.Dominance = []string{"grootste", "tweede"}, "bedrag"
	for _, c := range []struct {
		largest, second int64
		want            State
	}{{20_00, 10_00, Shown}, {90_00, 1_00, Shown}, {90_00, 2_00, Hidden}, {99_00, 10, Hidden}} {
		table.Rows[0] = append(table.Rows[0][:4:4], number(c.largest), number(c.second))
		if cell := protectOne(t, table, Policy{Threshold: 10}).Rows[0][1]; cell.State != c.want {
			t.Errorf("largest %d, second %d: %+v, want state %d", c.largest, c.second, cell, c.want)
		}
	}
}
