package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline/synthetic"
)

// nightMoney adds to a region what the tables of completeness, of money beside the claims, of the referral funnel and
// of the goals turn on: a budget, national figures, lines declared late or at an unknown time, and chains of care.
func nightMoney(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	nightBudget(t, dir, draw)
	nightNational(t, dir, draw)
	nightFunnel(t, dir, draw)
	nightDeclare(t, dir, draw)
}

// nightBudget delivers a budget twice: by code, by name or by a word, for areas outside the region too, and with rows
// that cannot be read.
func nightBudget(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	areas := []string{"regio", "pilot", "controle", "GM9999", "Nergenshuizen", "MAASTRICHT", synthetic.Municipality}
	for _, n := range synthetic.Neighbourhoods {
		areas = append(areas, n.Code, n.Name, n.WijkCode, n.WijkName)
	}
	for i, file := range []string{"budget_a", "budget_b"} {
		var lines []string
		for year := 2015; year <= 2020; year++ {
			for _, domain := range []string{"zvw", "wmo", "jeugdwet", "wlz", "participatiewet"} {
				if draw.IntN(1+i) > 0 { // the second delivery tells of half of the laws and years
					continue
				}
				for range draw.IntN(4) {
					post := []string{"programma", "subsidie", "lumpsum", "pgb"}[draw.IntN(4)]
					lines = append(lines, fmt.Sprintf("%s;%d;%s;%s;%s", domain, year, areas[draw.IntN(len(areas))], post,
						oracleEuros(int64(draw.IntN(9_000_000))-50_000)))
				}
			}
		}
		lines = append(lines, "wmo;2017;GM0935;geschenk;1.00", "wmo;2017;;pgb;2.00", "wmo;twintig;GM0935;pgb;3.00")
		nightDeliver(t, dir, "maastricht", file, "domein;jaar;gebied;post;bedrag", lines,
			fmt.Sprintf("leverancier = \"maastricht\"\naangemaakt = 2021-0%d-01\n", 2+i))
	}
}

// nightNational delivers national figures of the Zvw beside its lines, and an older delivery that they replace.
func nightNational(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	const header = "domein;jaar;gebied;geslacht;leeftijdsklasse;zorgsoort;aantal_personen;verzekerdejaren;bedrag"
	if err := os.MkdirAll(filepath.Join(dir, "aanlevering", "landelijk"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i, file := range []string{"aggregaat_oud", "aggregaat_nieuw"} {
		var lines []string
		for year := 2017; year <= 2018; year++ {
			for _, area := range []string{"", "Amsterdam", "GM0363", "Valkenswaard", synthetic.Municipality} {
				for _, sex := range []string{"0", "1", "2", ""} {
					for age := 0; age <= 90; age += 5 {
						class := fmt.Sprintf("%d-%d", age, age+4)
						if age == 90 {
							class = "90+"
						}
						if draw.IntN(3) == 0 {
							class = ""
						}
						years := ""
						if draw.IntN(5) > 0 {
							years = oracleDecimal(int64(draw.IntN(900_000)), 2)
						}
						for _, care := range []string{"medisch_specialistisch", "huisarts", "hoogspecialistisch", "onbekend"} {
							if draw.IntN(4) > 0 {
								continue
							}
							lines = append(lines, fmt.Sprintf("zvw;%d;%s;%s;%s;%s;%d;%s;%s", year, area, sex, class, care, draw.IntN(99), years,
								oracleEuros(int64(draw.IntN(90_000_000))-200_000)))
						}
					}
				}
			}
		}
		nightDeliver(t, dir, "landelijk", file, header, lines, fmt.Sprintf("leverancier = \"landelijk\"\naangemaakt = 2021-0%d-11\n", 1+i))
	}
}

// nightClaims are the lines of the files of declaraties that fit a pattern, by column.
type nightClaims struct {
	header string
	at     map[string]int
	lines  [][]string
}

func nightReadClaims(t testing.TB, dir, pattern string) nightClaims {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", "*", pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no %s in %s (%v)", pattern, dir, err)
	}
	claims := nightClaims{at: map[string]int{}}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(content)), "\n")
		claims.header = lines[0]
		for _, line := range lines[1:] {
			claims.lines = append(claims.lines, strings.Split(line, ";"))
		}
	}
	for i, name := range strings.Split(claims.header, ";") {
		claims.at[name] = i
	}
	return claims
}

// changed is a copy of a line with other values, given as name and value.
func (c nightClaims) changed(line []string, values ...string) string {
	fields := append([]string(nil), line...)
	for i := 0; i < len(values); i += 2 {
		fields[c.at[values[i]]] = values[i+1]
	}
	return strings.Join(fields, ";")
}

// nightFunnel gives some persons with hospital care a contact with their general practitioner, care of the 1,5e lijn
// or the same specialism again, around the limits of days that the measures use; some of it is wholly credited.
func nightFunnel(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	claims := nightReadClaims(t, dir, "declaraties_zvw_20??.csv")
	first, last := "9999", ""
	for _, line := range claims.lines {
		first, last = min(first, line[claims.at["begindatum"]]), max(last, line[claims.at["begindatum"]])
	}
	var out []string
	for _, line := range claims.lines {
		at := func(name string) string { return line[claims.at[name]] }
		if at("codelijst") != "041" || at("specialisme") == "" || at("debet_credit") != "D" || draw.IntN(3) > 0 {
			continue
		}
		begin, err := time.Parse(time.DateOnly, at("begindatum"))
		if err != nil {
			t.Fatal(err)
		}
		add := func(what string, days int, values ...string) {
			day := begin.AddDate(0, 0, days).Format(time.DateOnly)
			if day < first || day > last {
				return
			}
			id := at("regel_id") + what
			values = append([]string{"regel_id", id, "begindatum", day, "einddatum", day}, values...)
			out = append(out, claims.changed(line, values...))
			if draw.IntN(8) == 0 {
				out = append(out, claims.changed(line, append(values, "regel_id", id+"C", "vorige_regel_id", id, "debet_credit", "C")...))
			}
		}
		limit := func(of ...int) int { return of[draw.IntN(len(of))] }
		if draw.IntN(2) == 0 {
			add("G", limit(-91, -90, -30, 0, 1), "codelijst", "016", "prestatiecode", []string{"12000", "12001", "11101"}[draw.IntN(3)],
				"aanbiedersoort", "0101", "specialisme", "", "zorgproduct", "")
		}
		if draw.IntN(2) == 0 {
			add("P", limit(-121, -120, -7, 0, 1), "codelijst", "016", "prestatiecode", "5308", "aanbiedersoort", "5308", "zorgproduct", "")
		}
		if draw.IntN(2) == 0 {
			add("R", limit(0, 1, 120, 365, 366), "verwijzer", []string{"", "02", "05"}[draw.IntN(3)])
		}
	}
	nightDeliver(t, dir, "vgz", "declaraties_zvw_keten", claims.header, out,
		"leverancier = \"vgz\"\nlevering = \"aanvulling\"\naangemaakt = 2021-01-20\n")
}

// nightDeclare repeats some care of one law as declared much later, in a month that is not over or at an unknown time,
// and adds to the other law care of the last months before its last declaratiedatum, of which much is still to come.
func nightDeclare(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	late := draw.IntN(2)
	for i, of := range [][2]string{{"vgz", "zvw"}, {"maastricht", "wmo"}} {
		supplier, name := of[0], of[1]
		claims := nightReadClaims(t, dir, "declaraties_"+name+"_20??.csv")
		last := ""
		for _, line := range claims.lines {
			last = max(last, line[claims.at["declaratiedatum"]])
		}
		lastDay, err := time.Parse(time.DateOnly, last)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for range 16 {
			line := claims.lines[draw.IntN(len(claims.lines))]
			if line[claims.at["debet_credit"]] != "D" {
				continue
			}
			id := fmt.Sprint(line[claims.at["regel_id"]], "D", len(out))
			if i == late {
				out = append(out, claims.changed(line, "regel_id", id, "declaratiedatum", nightLateDay(draw)))
				continue
			}
			begin := lastDay.AddDate(0, 0, -draw.IntN(70))
			declared := begin.AddDate(0, 0, draw.IntN(int(lastDay.Sub(begin).Hours()/24)+1))
			out = append(out, claims.changed(line, "regel_id", id, "declaratiedatum", declared.Format(time.DateOnly),
				"begindatum", begin.Format(time.DateOnly), "einddatum", begin.Format(time.DateOnly)))
		}
		if len(out) > 0 {
			nightDeliver(t, dir, supplier, "declaraties_"+name+"_laat", claims.header, out,
				fmt.Sprintf("leverancier = %q\nlevering = \"aanvulling\"\naangemaakt = 2021-01-25\n", supplier))
		}
	}
}

// nightLateDay is a late declaratiedatum, or none.
func nightLateDay(draw *rand.Rand) string {
	switch draw.IntN(12) {
	case 0, 1:
		return ""
	case 2:
		return "2021-01-24" // a month that is not over
	case 3:
		return "2021-01-31" // its last day
	}
	return fmt.Sprintf("%d-%02d-%02d", 2018+draw.IntN(3), 1+draw.IntN(12), 1+draw.IntN(28))
}
