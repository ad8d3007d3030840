package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"ontschot/pipeline/synthetic"
)

// TestOracleOnSyntheticRegion compares every answer on a synthetic region with the oracle: deliveries split over
// files, credits that come later, persons who move.
func TestOracleOnSyntheticRegion(t *testing.T) {
	t.Parallel()
	region := nightSmall.get(t)
	region.compare(t, nightOracle(t, region.dir))
}

// TestOracleOnRandomRegions does the same on regions with corrections, copies, lost debits, unreadable lines, untidy
// homes and a law that comes as aggregaat, drawn from a seed. ONTSCHOT_SEEDS=n takes n seeds.
func TestOracleOnRandomRegions(t *testing.T) {
	t.Parallel()
	seeds := numberFromEnv(t, "ONTSCHOT_SEEDS", 20)
	if testing.Short() {
		seeds = 1
	}
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint("seed", seed), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			nightUnruly(t, dir, seed)
			region := nightRun(t, dir)
			for _, err := range region.night.Refused {
				t.Error(err)
			}
			region.compare(t, nightOracle(t, dir))
			for _, wrong := range nightReconcile(t, region, nightRecount(t, dir)) {
				t.Error(wrong)
			}
		})
	}
}

// nightUnruly writes a random region with all that goes wrong in real ones: corrections, a law as aggregaat, untidy homes,
// late and undated declarations, budgets and national figures. Each part draws for itself.
func nightUnruly(t testing.TB, dir string, seed uint64) {
	t.Helper()
	draw := rand.New(rand.NewPCG(seed, 2017))
	nightSynthetic(t, dir, 100+draw.IntN(60), 2016+draw.IntN(2), 2018+draw.IntN(2), seed)
	nightCorrect(t, dir, draw)
	nightAggregate(t, dir, rand.New(rand.NewPCG(seed, 2018))) // whatever the synthetic region drew
	nightUnsettle(t, dir, rand.New(rand.NewPCG(seed, 2020)))
	nightMoney(t, dir, rand.New(rand.NewPCG(seed, 2019)))
}

// nightDeliver writes a file of a supplier with its manifest.
func nightDeliver(t testing.TB, dir, supplier, name, header string, lines []string, manifest string) {
	t.Helper()
	path := filepath.Join(dir, "aanlevering", supplier, name)
	content := header + "\n" + strings.Join(lines, "\n") + "\n"
	for file, text := range map[string]string{path + ".csv": content, path + ".manifest.toml": manifest} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// nightCorrect adds, per file of declaraties, a later file that repeats, changes, credits and spoils some of its lines.
func nightCorrect(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", "*", "declaraties_*.csv"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no declaraties in %s (%v)", dir, err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(content)), "\n")
		header := strings.Split(lines[0], ";")
		at := map[string]int{}
		for i, name := range header {
			at[name] = i
		}
		var out []string
		spoiled := 0
		for _, line := range lines[1:] {
			fields := strings.Split(line, ";")
			put := func(name, value string) { fields[at[name]] = value }
			debit := fields[at["debet_credit"]] == "D"
			switch what := draw.IntN(60); {
			case what == 0: // the same line again
			case what == 1 && debit:
				put("bedrag", strconv.Itoa(draw.IntN(900))+".5")
			case what == 2 && debit:
				put("prestatiecode", "XX")
			case what == 3 && debit: // a credit of a part
				put("vorige_regel_id", fields[at["regel_id"]])
				put("regel_id", fields[at["regel_id"]]+"C")
				put("debet_credit", "C")
				put("bedrag", "0.07")
			case what == 4 && debit: // a credit of a line that never comes
				put("vorige_regel_id", "nooit-"+fields[at["regel_id"]])
				put("regel_id", fields[at["regel_id"]]+"X")
				put("debet_credit", "C")
			case what == 5: // a stranger
				put("regel_id", fields[at["regel_id"]]+"V")
				put("pseudoniem", "onbekende-persoon-1")
				put("vorige_regel_id", "")
				put("debet_credit", "D")
			case what == 6: // without volume, over a long period
				put("regel_id", fields[at["regel_id"]]+"L")
				put("vorige_regel_id", "")
				put("debet_credit", "D")
				put("volume", "")
				put("begindatum", "2017-11-17")
				put("einddatum", "2018-03-02")
			case what == 7 && spoiled < 4: // at most four a file: five may refuse it
				spoiled++
				put("regel_id", fields[at["regel_id"]]+"Q")
				put([]string{"pseudoniem", "begindatum", "bedrag", "codelijst"}[draw.IntN(4)], "")
			default:
				continue
			}
			out = append(out, strings.Join(fields, ";"))
		}
		if len(out) == 0 {
			continue
		}
		supplier, name := filepath.Base(filepath.Dir(path)), strings.TrimSuffix(filepath.Base(path), ".csv")
		nightDeliver(t, dir, supplier, name+"_correctie", lines[0], out,
			fmt.Sprintf("leverancier = %q\nlevering = \"aanvulling\"\naangemaakt = 2021-01-%02d\n", supplier, 1+draw.IntN(28)))
	}
}

// nightAggregate replaces the lines of the Participatiewet by rows of aggregaat: each year at levels of its own, with
// or without insured years and strata, by code or by name, with rows outside the region.
func nightAggregate(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", "maastricht", "declaraties_participatiewet_*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	const header = "domein;jaar;gebied;geslacht;leeftijdsklasse;zorgsoort;aantal_personen;verzekerdejaren;bedrag"
	rows := func(domain string, year int) (out []string) {
		levels, strata, own := 1+draw.IntN(7), draw.IntN(2) == 0, draw.IntN(3) > 0
		areas := []string{"", "GM9999"}
		for level, codes := range []func(synthetic.Neighbourhood) []string{
			func(n synthetic.Neighbourhood) []string { return []string{n.Code, n.Name} },
			func(n synthetic.Neighbourhood) []string { return []string{n.WijkCode} },
			func(synthetic.Neighbourhood) []string { return []string{synthetic.Municipality, "MAASTRICHT"} },
		} {
			if levels&(1<<level) == 0 {
				continue
			}
			known := map[string]bool{}
			for _, n := range synthetic.Neighbourhoods {
				code := codes(n)
				if !known[code[0]] && draw.IntN(4) > 0 {
					areas = append(areas, code[draw.IntN(len(code))])
				}
				known[code[0]] = true
			}
		}
		for _, area := range areas {
			sexes, ages := []string{""}, []string{""}
			if strata {
				sexes, ages = []string{"1", "2"}, []string{"20-24", "45-49", "90+"}
			}
			for _, sex := range sexes {
				for _, age := range ages {
					insured := ""
					if own {
						insured = oracleDecimal(int64(draw.IntN(9000)+1), 2)
					}
					for _, care := range []string{"participatiewet_uitkering", "participatiewet_reintegratie"} {
						if draw.IntN(5) == 0 {
							continue
						}
						out = append(out, fmt.Sprintf("%s;%d;%s;%s;%s;%s;%d;%s;%s", domain, year, area, sex, age, care,
							draw.IntN(40), insured, oracleEuros(int64(draw.IntN(4_000_000))-100_000)))
					}
				}
			}
		}
		return out
	}
	var first, second []string
	for year := 2016; year <= 2019; year++ {
		if draw.IntN(5) > 0 {
			first = append(first, rows("participatiewet", year)...)
		}
		if draw.IntN(3) == 0 {
			second = append(second, rows("participatiewet", year)...)
		}
	}
	first = append(first, rows("wmo", 2018)...) // Wmo comes by line
	first = append(first, "participatiewet;;GM0935;;;;;;12.00", "pgb;2017;GM0935;;;;;;12.00")
	nightDeliver(t, dir, "maastricht", "aggregaat_a", header, first, "leverancier = \"maastricht\"\naangemaakt = 2021-02-01\n")
	if len(second) > 0 {
		nightDeliver(t, dir, "maastricht", "aggregaat_b", header, second, "leverancier = \"maastricht\"\naangemaakt = 2021-03-01\n")
	}
}

// nightUnsettle makes negative amounts and untidy homes: credits whose dates lie a year after those of their debit, and
// in bevolking persons without a household, households over two buurten, a stay within another, deaths, and a buurt
// that nobody lived in before.
func nightUnsettle(t testing.TB, dir string, draw *rand.Rand) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", "*", "declaraties_*_2017.csv"))
	homes, err2 := filepath.Glob(filepath.Join(dir, "aanlevering", "*", "bevolking.csv"))
	if err != nil || err2 != nil || len(paths) == 0 || len(homes) != 1 {
		t.Fatalf("no declaraties of 2017, or not one bevolking, in %s (%v, %v)", dir, err, err2)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		header, rest, _ := strings.Cut(strings.TrimSpace(string(content)), "\n")
		at := map[string]int{}
		for i, name := range strings.Split(header, ";") {
			at[name] = i
		}
		var out []string
		for line := range strings.SplitSeq(rest, "\n") {
			fields := strings.Split(line, ";")
			if fields[at["debet_credit"]] != "D" || draw.IntN(12) > 0 {
				continue
			}
			fields[at["vorige_regel_id"]] = fields[at["regel_id"]]
			fields[at["regel_id"]] += "N"
			fields[at["debet_credit"]] = "C"
			for _, date := range []string{"begindatum", "einddatum"} {
				fields[at[date]] = strings.NewReplacer("2016-02-29", "2017-02-28", "2016-", "2017-", "2017-", "2018-").Replace(fields[at[date]])
			}
			out = append(out, strings.Join(fields, ";"))
		}
		supplier, name := filepath.Base(filepath.Dir(path)), strings.TrimSuffix(filepath.Base(path), ".csv")
		if len(out) > 0 {
			nightDeliver(t, dir, supplier, name+"_terug", header, out,
				fmt.Sprintf("leverancier = %q\nlevering = \"aanvulling\"\naangemaakt = 2020-12-15\n", supplier))
		}
	}
	content, err := os.ReadFile(homes[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	for i, line := range lines[1:] { // pseudoniem;huishouden;geboortejaar;geslacht;buurt;begindatum;einddatum;reden_einde
		fields := strings.Split(line, ";")
		next := strings.Split(lines[min(i+2, len(lines)-1)], ";")
		switch {
		case i+2 < len(lines) && fields[0] == next[0] && draw.IntN(2) == 0: // of two homes the first goes on and the second ends within it
			fields[6], fields[7] = "", ""
			if next[6] == "" && next[5] < "2018-06-01" {
				next[6], next[7] = "2018-08-31", "verhuisd"
				lines[i+2] = strings.Join(next, ";")
			}
		case draw.IntN(6) == 0:
			fields[1] = ""
		case draw.IntN(6) == 0:
			fields[4] = next[4] // another buurt than the rest of the household
		case fields[5] >= "2018-01-01" && draw.IntN(2) == 0:
			fields[4] = "BU09359900"
		case fields[7] == "verhuisd" && draw.IntN(3) == 0:
			fields[7] = "overleden"
		}
		lines[i+1] = strings.Join(fields, ";")
	}
	if err := os.WriteFile(homes[0], []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}
