package pipeline_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"ontschot/pipeline"
)

// vektisTypes are the care types of the columns of 2019, by what Vektis calls them.
var vektisTypes = map[string]string{
	"kosten_medisch_specialistische_zorg": "medisch_specialistisch", "kosten_farmacie": "farmacie", "kosten_specialistische_ggz": "ggz_specialistisch",
	"kosten_huisarts_inschrijftarief": "huisarts", "kosten_huisarts_consult": "huisarts", "kosten_huisarts_mdz": "ketenzorg", "kosten_huisarts_overig": "huisarts",
	"kosten_hulpmiddelen": "hulpmiddelen", "kosten_mondzorg": "mondzorg", "kosten_paramedische_zorg_fysiotherapie": "fysiotherapie",
	"kosten_paramedische_zorg_overig": "paramedisch_overig", "kosten_ziekenvervoer_zittend": "ziekenvervoer_zittend", "kosten_ziekenvervoer_liggend": "ziekenvervoer_liggend",
	"kosten_kraamzorg": "kraamzorg", "kosten_verloskundige_zorg": "verloskunde", "kosten_generalistische_basis_ggz": "basis_ggz", "kosten_langdurige_ggz": "ggz_langdurig",
	"kosten_grensoverschrijdende_zorg": "grensoverschrijdend", "kosten_eerstelijns_ondersteuning": "eerstelijns_ondersteuning",
	"kosten_geriatrische_revalidatiezorg": "geriatrische_revalidatie", "kosten_eerstelijnsverblijf": "eerstelijnsverblijf",
	"kosten_verpleging_en_verzorging": "wijkverpleging", "kosten_overig": "zvw_overig",
}

// unseenYear is a year that the mapping was not made on: the lines of 2019 in another form.
type unseenYear struct {
	year     int
	header   func(string) string // as the year writes a name
	without  []string
	renamed  map[string]string // from a column of 2019
	added    []string          // with the euros of mondzorg once more
	types    map[string]string // of what is renamed or added; the rest is onbekend
	onbekend []string          // the columns that must be named, as the file writes them
	newline  string
	quoted   bool
	reversed bool
}

func cut(length int, to func(string) string) func(string) string {
	return func(name string) string { return to(name[:min(length, len(name))]) }
}

// mixed writes kosten_farmacie as Kosten_Farmacie.
func mixed(name string) string {
	words := strings.Split(name, "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:min(1, len(w))]) + w[min(1, len(w)):]
	}
	return strings.Join(words, "_")
}

// The columns that years had, by Vektis, open databestand Zorgverzekeringswet
// 2011-2023; verrassing stands for what a later year may bring.
func unseenYears() []unseenYear {
	before2014 := map[string]string{"kosten_specialistische_ggz": "kosten_tweedelijns_ggz", "kosten_generalistische_basis_ggz": "kosten_eerstelijns_psychologische_zorg"}
	old := map[string]string{"kosten_tweedelijns_ggz": "ggz_specialistisch", "kosten_eerstelijns_psychologische_zorg": "basis_ggz"}
	before2015 := []string{"kosten_huisarts_mdz", "kosten_verpleging_en_verzorging", "kosten_langdurige_ggz", "kosten_eerstelijnsverblijf"}
	before2013 := append(slices.Clone(before2015), "kosten_geriatrische_revalidatiezorg")
	since2022 := map[string]string{"kosten_specialistische_ggz": "kosten_consulten_ggz", "kosten_generalistische_basis_ggz": "kosten_overige_prestaties_ggz",
		"kosten_langdurige_ggz": "kosten_intramuraal_verblijf_ggz"}
	added := []string{"kosten_gzsp", "kosten_integrale_geboortezorg", "kosten_innovatiegelden_ggz", "kosten_verrassing"}
	later := map[string]string{"kosten_consulten_ggz": "ggz_overig", "kosten_overige_prestaties_ggz": "ggz_overig", "kosten_intramuraal_verblijf_ggz": "ggz_overig",
		"kosten_gzsp": "gzsp", "kosten_integrale_geboortezorg": "integrale_geboortezorg", "kosten_innovatiegelden_ggz": "ggz_overig"}
	return []unseenYear{
		{year: 2011, header: strings.ToUpper, without: before2013, renamed: before2014, types: old, newline: "\r\n"},
		{year: 2012, header: mixed, without: before2013, renamed: before2014, types: old, newline: "\n", quoted: true},
		{year: 2013, header: cut(32, strings.ToUpper), without: before2015, renamed: before2014, types: old, newline: "\n", reversed: true},
		{year: 2014, header: cut(30, strings.ToLower), without: before2015, newline: "\r\n", quoted: true},
		{year: 2022, header: cut(30, strings.ToLower), renamed: since2022, added: added, types: later, newline: "\n",
			onbekend: []string{"kosten_verrassing"}},
		{year: 2023, header: cut(32, mixed), renamed: since2022, added: added, types: later, newline: "\r\n", quoted: true, reversed: true,
			onbekend: []string{"Kosten_Verrassing"}},
		{year: 2024, header: strings.ToUpper, without: []string{"kosten_mondzorg", "kosten_overig"}, renamed: map[string]string{"kosten_specialistische_ggz": "kosten_ggz"},
			types: map[string]string{"kosten_ggz": "ggz_overig"}, newline: "\n"},
	}
}

// sum is what a file holds, added up here without the program: cents, and
// insured years in hundredths.
type sum struct {
	cents map[string]int64 // by care type
	years int64
}

// TestVektisOfUnseenYears loads years that the mapping was not made on: nothing is
// refused, no cent and no insured year is lost, and what has no care type is named.
func TestVektisOfUnseenYears(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../shared/vektis/vektis_2019_gemeente.csv")
	if err != nil {
		t.Skip("the open data of Vektis are not here: put vektis_2019_gemeente.csv in ../shared/vektis beside the project")
	}
	dir := t.TempDir()
	want := map[int]sum{}
	for _, y := range unseenYears() {
		text, added := y.write(t, string(raw))
		want[y.year] = added
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("vektis_%d_gemeente.csv", y.year)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	config := vektisConfig(t, dir, dir)
	env := pipeline.Env{Now: time.Now, Progress: pipeline.Silent{}, Version: "test"}
	night, err := pipeline.Load(context.Background(), config, env, nil)
	if err != nil {
		t.Fatal(err)
	}
	if night.Quarantined() != 0 || len(night.Loaded) != len(want) {
		t.Errorf("%d of %d years loaded, %d lines in quarantine", len(night.Loaded), len(want), night.Quarantined())
	}
	for i, y := range unseenYears() {
		if got := night.Loaded[i]; !slices.Equal(got.UnknownColumns, y.onbekend) {
			t.Errorf("%s: named are %v; want %v", got.Path, got.UnknownColumns, y.onbekend)
		}
	}
	got := map[int]sum{}
	for _, r := range answer(t, config, env, asked(t, `
		SELECT jaar, zorgsoort, sum(bedrag) AS bedrag, CAST(0 AS DECIMAL(14, 2)) AS verzekerdejaren FROM levering.aggregaat GROUP BY jaar, zorgsoort
		UNION ALL
		SELECT jaar, '', 0, sum(verzekerdejaren) FROM (SELECT DISTINCT jaar, regel_nr, verzekerdejaren FROM levering.aggregaat) GROUP BY jaar`)) {
		year, err := strconv.Atoi(r["jaar"])
		if err != nil {
			t.Fatal(err)
		}
		s := got[year]
		if s.cents == nil {
			s.cents = map[string]int64{}
		}
		if cents := hundredths(t, r["bedrag"]); cents != 0 {
			s.cents[r["zorgsoort"]] += cents
		}
		s.years += hundredths(t, r["verzekerdejaren"])
		got[year] = s
	}
	for year, w := range want {
		if g := got[year]; g.years != w.years || !maps.Equal(g.cents, w.cents) {
			t.Errorf("%d: loaded %v\nwant %v", year, g, w)
		}
	}
	accents := answer(t, config, env, asked(t, `SELECT count(DISTINCT gebied || jaar) AS aantal FROM levering.aggregaat WHERE gebied IN ('Súdwest-Fryslân', '''s-Gravenhage')`))
	if accents[0]["aantal"] != strconv.Itoa(2*len(want)) {
		t.Errorf("names with accents and apostrophes: %v", accents)
	}
}

// write gives the file of a year in Windows-1252, and what it holds.
func (y unseenYear) write(t *testing.T, raw string) (string, sum) {
	t.Helper()
	rows := strings.Split(strings.TrimSuffix(raw, "\n"), "\n")
	names := strings.Split(rows[0], ";")
	mouth := slices.Index(names, "kosten_mondzorg")
	held := sum{cents: map[string]int64{}}
	var order []int // of the columns of 2019 that stay
	var header []string
	var types []string // of each column; empty for what is no amount
	column := func(name string) {
		careType := y.types[name]
		if known := vektisTypes[name]; careType == "" {
			careType = known
		}
		if careType == "" && strings.HasPrefix(name, "kosten_") {
			careType = "onbekend"
		}
		header, types = append(header, y.header(name)), append(types, careType)
	}
	for i, name := range names {
		if !slices.Contains(y.without, name) {
			order = append(order, i)
			if other, ok := y.renamed[name]; ok {
				name = other
			}
			column(name)
		}
	}
	for _, name := range y.added {
		order = append(order, mouth)
		column(name)
	}
	if y.reversed {
		slices.Reverse(order)
		slices.Reverse(header)
		slices.Reverse(types)
	}
	lines := []string{y.line(header)}
	for n, row := range rows[1:] {
		fields := strings.Split(row, ";")
		// Every tenth line will do, with all of one municipality.
		if n%10 != 0 && fields[2] != "MAASTRICHT" {
			continue
		}
		switch fields[2] {
		case "WESTERWOLDE":
			fields[2] = "Súdwest-Fryslân"
		case "S GRAVENHAGE":
			fields[2] = "'s-Gravenhage"
		}
		var line []string
		for i, from := range order {
			line = append(line, fields[from])
			if types[i] != "" {
				held.cents[types[i]] += hundredths(t, fields[from])
			}
		}
		held.years += hundredths(t, fields[slices.Index(names, "aantal_verzekerdejaren")])
		lines = append(lines, y.line(line))
	}
	text, err := charmap.Windows1252.NewEncoder().String(strings.Join(lines, ""))
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(held.cents, func(_ string, cents int64) bool { return cents == 0 })
	return text, held
}

func (y unseenYear) line(fields []string) string {
	if y.quoted {
		return `"` + strings.Join(fields, `";"`) + `"` + y.newline
	}
	return strings.Join(fields, ";") + y.newline
}

// hundredths reads a number of at most two decimals as a whole number of hundredths.
func hundredths(t *testing.T, text string) int64 {
	t.Helper()
	whole, part, _ := strings.Cut(text, ".")
	v, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil || len(part) > 2 {
		t.Fatalf("%q is no number of two decimals", text)
	}
	return v
}

// asked puts a question in a file, as a researcher would.
func asked(t *testing.T, question string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vraag.sql")
	if err := os.WriteFile(path, []byte(question), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// vektisConfig reads testdata/vektis for files in another folder.
func vektisConfig(t *testing.T, dir, files string) *pipeline.Config {
	t.Helper()
	raw, err := os.ReadFile("../testdata/vektis/ontschot.toml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ontschot.toml")
	text := strings.ReplaceAll(string(raw), "../../../shared/vektis", files)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	config, err := pipeline.ReadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	return config
}
