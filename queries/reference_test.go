package queries_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline/synthetic"
	"ontschot/pipeline/warehouse"
	"ontschot/queries"
)

// reference reads a code list; every row becomes its values by column, its line under "".
func reference(t testing.TB, name string) (rows []map[string]string) {
	t.Helper()
	file, err := queries.Files.Open("reference/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() // only read
	reader := csv.NewReader(file)
	reader.Comma = ';'
	header, err := reader.Read()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("reference/%s.csv: %v", name, err)
	}
	for i, line := range lines {
		row := map[string]string{"": fmt.Sprintf("reference/%s.csv:%d", name, i+2)}
		for c, column := range header {
			row[column] = line[c]
		}
		rows = append(rows, row)
	}
	return rows
}

var (
	domains = []string{"zvw", "wmo", "jeugdwet", "wlz", "participatiewet"}
	lijnen  = []string{"0", "1", "1.5", "2", "3", "langdurig", "onbekend"}
)

func TestEveryReferenceRowSaysWhereItIsFrom(t *testing.T) {
	files, err := fs.Glob(queries.Files, "reference/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "reference/"), ".csv")
		names = append(names, name)
		rows := reference(t, name)
		if len(rows) == 0 {
			t.Errorf("%s is empty", file)
		}
		for _, row := range rows {
			for column, value := range row {
				if value != strings.TrimSpace(value) {
					t.Errorf("%s: column %s begins or ends with a space", row[""], column)
				}
			}
			if row["bron"] == "" {
				t.Errorf("%s: no bron", row[""])
			}
			for _, column := range []string{"geldig_van", "geldig_tot"} {
				value, there := row[column]
				if !there {
					t.Fatalf("%s: no column %s", row[""], column)
				}
				if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
					t.Errorf("%s: column %s: %q is not a date", row[""], column, value)
				}
			}
			if row["geldig_van"] != "" && row["geldig_tot"] != "" && row["geldig_tot"] < row["geldig_van"] {
				t.Errorf("%s: geldig_tot before geldig_van", row[""])
			}
		}
		raw, err := fs.ReadFile(queries.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "\r") || !strings.HasSuffix(string(raw), "\n") {
			t.Errorf("%s: lines end with LF", file)
		}
	}
	if !slices.Equal(names, warehouse.ReferenceNames()) {
		t.Errorf("the folder has %v, the warehouse reads %v", names, warehouse.ReferenceNames())
	}
}

func TestEveryCareTypeHasOnePlace(t *testing.T) {
	places, rules, names, livingNames := map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, row := range reference(t, "leefdomein") {
		if livingNames[row["leefdomein"]] || row["naam"] == "" {
			t.Errorf("%s: leefdomein twice or without a name", row[""])
		}
		livingNames[row["leefdomein"]] = true
	}
	for _, row := range reference(t, "zorgsoort_naam") {
		if names[row["zorgsoort"]] || row["naam"] == "" {
			t.Errorf("%s: zorgsoort twice or without a name", row[""])
		}
		names[row["zorgsoort"]] = true
	}
	used := map[string]bool{"onbekend": true}
	for _, list := range []string{"zorgsoort", "zorgsoort_grof"} {
		for _, row := range reference(t, list) {
			if first, twice := rules[row["regel"]]; twice || row["regel"] == "" {
				t.Errorf("%s: regel %q is at %s too", row[""], row["regel"], first)
			}
			rules[row["regel"]] = row[""]
			place := row["domein"] + " " + row["lijn"] + " " + row["leefdomein"]
			if first, there := places[row["zorgsoort"]]; there && first != place {
				t.Errorf("%s: %s is %q here and %q before", row[""], row["zorgsoort"], place, first)
			}
			places[row["zorgsoort"]] = place
			used[row["zorgsoort"]] = true
			for column, allowed := range map[string][]string{"domein": domains, "lijn": lijnen, "hoogspecialistisch": {"ja", "nee"}} {
				if !slices.Contains(allowed, row[column]) {
					t.Errorf("%s: column %s: %q is none of %v", row[""], column, row[column], allowed)
				}
			}
			if !livingNames[row["leefdomein"]] {
				t.Errorf("%s: leefdomein %q has no name", row[""], row["leefdomein"])
			}
			if !names[row["zorgsoort"]] {
				t.Errorf("%s: zorgsoort %q has no name", row[""], row["zorgsoort"])
			}
			if (row["hoogspecialistisch"] == "ja") != (row["lijn"] == "3") {
				t.Errorf("%s: hoogspecialistisch %s in lijn %s", row[""], row["hoogspecialistisch"], row["lijn"])
			}
		}
	}
	for name := range names {
		if !used[name] && places[name] == "" {
			t.Logf("reference/zorgsoort_naam.csv: %s is a name for aggregates only", name)
		}
	}
}

var areaCode = map[string]*regexp.Regexp{
	"buurt":    regexp.MustCompile(`^(BU\d{8})?$`),
	"wijk":     regexp.MustCompile(`^(WK\d{6})?$`),
	"gemeente": regexp.MustCompile(`^GM\d{4}$`),
}

func TestAreasAgreeWithTheSyntheticRegion(t *testing.T) {
	buurten, wijken, names := map[string]map[string]string{}, map[string]map[string]string{}, map[string]string{}
	for _, row := range reference(t, "gebied") {
		for column, form := range areaCode {
			if !form.MatchString(row[column]) {
				t.Errorf("%s: column %s: %q is not a code of CBS", row[""], column, row[column])
			}
		}
		if row["wijk"] != "" && row["wijk"][2:6] != row["gemeente"][2:] || row["buurt"] != "" && row["buurt"][2:8] != row["wijk"][2:] {
			t.Errorf("%s: the codes %s %s %s do not lie in each other", row[""], row["buurt"], row["wijk"], row["gemeente"])
		}
		if !slices.Contains([]string{"", "pilot", "controle"}, row["rol"]) {
			t.Errorf("%s: rol %q", row[""], row["rol"])
		}
		level := "gemeente"
		switch {
		case row["buurt"] != "":
			level = "buurt"
			buurten[row["buurt"]] = row
		case row["wijk"] != "":
			level = "wijk"
			wijken[row["wijk"]] = row
		}
		if name := level + " " + warehouse.AreaKey(row["naam"]); names[name] != "" {
			t.Errorf("%s: %s has the name of %s", row[""], row["naam"], names[name])
		} else {
			names[name] = row[""]
		}
	}
	for _, n := range synthetic.Neighbourhoods {
		row, wijk := buurten[n.Code], wijken[n.WijkCode]
		if row == nil || wijk == nil {
			t.Errorf("%s or its wijk %s is not in gebied.csv", n.Code, n.WijkCode)
			continue
		}
		got := []string{row["wijk"], row["naam"], row["rol"], row["gemeente"], wijk["naam"]}
		want := []string{n.WijkCode, n.Name, string(n.Role), synthetic.Municipality, n.WijkName}
		if !slices.Equal(got, want) {
			t.Errorf("%s: gebied.csv says %q, the synthetic region %q", n.Code, got, want)
		}
	}
}

func TestEveryChangeOfTheSystemHasAKind(t *testing.T) {
	kinds := []string{"stelsel", "bekostiging", "indeling", "omstandigheid"}
	for _, row := range reference(t, "stelselwijziging") {
		if !slices.Contains(kinds, row["soort"]) {
			t.Errorf("%s: soort %q is none of %v", row[""], row["soort"], kinds)
		}
		if row["jaar"]+"-01-01" != row["geldig_van"] {
			t.Errorf("%s: jaar %s, but geldig_van %q", row[""], row["jaar"], row["geldig_van"])
		}
		if row["soort"] == "bekostiging" && !slices.Contains(domains, row["domein"]) {
			t.Errorf("%s: a change of funding is of one law, not of %q", row[""], row["domein"])
		}
	}
}

// TestEveryLawHasOnePayer reads the code list as the queries do: on one day a law has one payer.
func TestEveryLawHasOnePayer(t *testing.T) {
	payers := map[string]string{}
	for _, row := range reference(t, "financier") {
		if payers[row["domein"]] != "" || row["financier"] == "" || !slices.Contains(domains, row["domein"]) {
			t.Errorf("%s: domein %q twice, unknown, or without a financier", row[""], row["domein"])
		}
		payers[row["domein"]] = row["financier"]
	}
	if len(payers) != len(domains) {
		t.Errorf("payers of %d laws, there are %d", len(payers), len(domains))
	}
}

// TestNationalCareTypesAreCareTypes keeps a care type of ours and the national one that it belongs to in one law, and
// the national one with itself.
func TestNationalCareTypesAreCareTypes(t *testing.T) {
	national, law := map[string]string{}, map[string]string{}
	for _, row := range reference(t, "zorgsoort_naam") {
		national[row["zorgsoort"]] = row["landelijk"]
	}
	for _, row := range reference(t, "zorgsoort") {
		law[row["zorgsoort"]] = row["domein"]
	}
	for careType, to := range national {
		other, known := national[to]
		if to != "" && (!known || other != "" || law[to] != law[careType]) {
			t.Errorf("zorgsoort_naam: %s belongs to %s, which is unknown, of another law, or belongs to something itself", careType, to)
		}
	}
}

func TestPriceIndexIsOneNumberAYear(t *testing.T) {
	seen := map[string]string{}
	for _, row := range reference(t, "prijsindex") {
		key := row["domein"] + " " + row["zorgsoort"] + " " + row["jaar"]
		if seen[key] != "" {
			t.Errorf("%s: %s is at %s too", row[""], key, seen[key])
		}
		seen[key] = row[""]
		if !slices.Contains(append(domains, "cpi"), row["domein"]) {
			t.Errorf("%s: domein %q", row[""], row["domein"])
		}
	}
}
