package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"ontschot/pipeline/synthetic"
)

// nightWide has many persons and only the claims of the Wmo: enough to see what moves little money.
var nightWide = nightShared{make: func(t testing.TB, dir string) {
	nightSynthetic(t, dir, 30_000, 2016, 2019, 5)
	for _, pattern := range []string{"vgz/declaraties_*", "maastricht/declaraties_j*", "maastricht/declaraties_p*"} {
		paths, err := filepath.Glob(filepath.Join(dir, "aanlevering", filepath.FromSlash(pattern)))
		if err != nil || len(paths) == 0 {
			t.Fatalf("nothing to leave out for %s (%v)", pattern, err)
		}
		for _, path := range paths {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
}}

// nightBuurten are the buurten of a role.
func nightBuurten(role synthetic.Role) (codes []string) {
	for _, n := range synthetic.Neighbourhoods {
		if n.Role == role {
			codes = append(codes, n.Code)
		}
	}
	return codes
}

// nightPanel is an amount and insured years per buurt and year.
type nightPanel struct {
	euros, years map[string]float64 // by jaar and buurt
}

// panel reads the euros of one group (a lijn, a zorgsoort) of a table per buurt and year.
func (r nightRegion) panel(t testing.TB, table, key, group string) nightPanel {
	t.Helper()
	p := nightPanel{map[string]float64{}, map[string]float64{}}
	for _, row := range r.table(t, table, []string{"jaar", "gebied", key}, []string{"bedrag"}).Rows {
		if row.Key[2] == group {
			p.euros[row.Key[0]+row.Key[1]] += float64(nightCents(t, row.Values["bedrag"])) / 100
		}
	}
	for _, row := range r.table(t, "kerncijfers_gebied", []string{"jaar", "gebied"}, []string{"verzekerdejaren"}).Rows {
		years, err := strconv.ParseFloat(row.Values["verzekerdejaren"], 64)
		if err != nil {
			t.Fatal(err)
		}
		p.years[row.Key[0]+row.Key[1]] = years
	}
	return p
}

// difference is the change per insured year from the base years to the later years, pilot minus controle, times the
// insured years of the pilot: the euros that came to the pilot. se is its standard error from the spread of the change
// over the buurten of each side, each weighing by its insured years.
func (p nightPanel) difference(base, later []int) (euros, se float64) {
	sum := func(of map[string]float64, buurt string, years []int) (total float64) {
		for _, year := range years {
			total += of[strconv.Itoa(year)+buurt]
		}
		return total
	}
	side := func(role synthetic.Role) (mean, variance, weight float64) {
		buurten := nightBuurten(role)
		change := func(b string) float64 {
			return sum(p.euros, b, later)/sum(p.years, b, later) - sum(p.euros, b, base)/sum(p.years, b, base)
		}
		for _, b := range buurten {
			w := sum(p.years, b, later)
			mean, weight = mean+w*change(b), weight+w
		}
		mean /= weight
		for _, b := range buurten {
			w := sum(p.years, b, later) / weight
			variance += w * w * (change(b) - mean) * (change(b) - mean)
		}
		n := float64(len(buurten))
		return mean, variance * n / (n - 1), weight
	}
	pilot, pilotVariance, years := side(synthetic.RolePilot)
	control, controlVariance, _ := side(synthetic.RoleControl)
	return (pilot - control) * years, math.Sqrt(pilotVariance+controlVariance) * years
}

// nightRecovers checks that an estimate lies within three standard errors of what was planted, and that it would lie
// outside if the effect had not been planted.
func nightRecovers(t *testing.T, what string, estimate, se, planted float64) {
	t.Helper()
	tolerance := 3 * se
	t.Logf("%s: estimated %.0f, planted %.0f, standard error %.0f", what, estimate, planted, se)
	if math.Abs(estimate-planted) > tolerance {
		t.Errorf("%s: estimated %.0f, planted %.0f; they differ by more than %.0f", what, estimate, planted, tolerance)
	}
	if without := estimate - planted; math.Abs(without-planted) <= tolerance {
		t.Errorf("%s: without the effect the estimate is %.0f, which is also within %.0f of %.0f: too few persons to tell",
			what, without, tolerance, planted)
	}
}

// TestPlantedEffectsAreRecovered estimates the planted effects from the answers alone.
//
// Of the substitution only what came in the 1.5 echelon is estimated: what left hospital care drowns in the spread of
// hospital costs (standard error above the effect at this size). The same holds of what left wijkverpleging.
func TestPlantedEffectsAreRecovered(t *testing.T) {
	t.Parallel()
	nightLargeOnly(t)
	t.Run("anderhalvelijn", func(t *testing.T) {
		region, later := nightLarge.get(t), []int{2018, 2019, 2020, 2021}
		estimate, se := region.panel(t, "verschuiving_lijn", "lijn", "1.5").difference([]int{2017}, later)
		nightRecovers(t, "euros of lijn 1.5", estimate, se, region.truth(t).gained(t, "anderhalvelijn", later))
	})
	t.Run("domeinverschuiving", func(t *testing.T) {
		region, later := nightWide.get(t), []int{2018, 2019}
		estimate, se := region.panel(t, "kosten_per_zorgsoort", "zorgsoort", "wmo_begeleiding").difference([]int{2017}, later)
		nightRecovers(t, "euros of wmo_begeleiding", estimate, se, region.truth(t).gained(t, "domeinverschuiving", later))
	})
	t.Run("minder_stapeling", func(t *testing.T) {
		region := nightWide.get(t)
		estimate, se := region.unstacked(t, 2019)
		planted := 0
		for _, y := range region.truth(t).Effects[2].PerYear {
			if y.Year == 2019 {
				planted = y.Stacking.Fall
			}
		}
		nightRecovers(t, "participants with fewer than 2", estimate, se, float64(planted))
	})
}

// unstacked estimates how many participants of the projects against stacking no longer have two arrangements at once in a year. A participant who began
// before the year is compared with the persons of the control area who had two or more on the day of that beginning:
// they say how many would have kept two. Per area the persons of `stapeling_personen` cannot tell: the fall of some
// 40 of 480 is smaller than the coming and going of the others.
func (r nightRegion) unstacked(t testing.TB, year int) (persons, se float64) {
	t.Helper()
	type period struct{ what, begin, end string }
	grants, homes := map[string][]period{}, map[string][]period{}
	for _, row := range r.records(t, "arrangement") {
		if d := row["domein"]; d == "wmo" || d == "jeugdwet" || d == "wlz" {
			grants[row["persoon"]] = append(grants[row["persoon"]],
				period{d + row["productcategorie"], row["begindatum"], row["einddatum"]})
		}
	}
	for _, row := range r.records(t, "verblijf") {
		homes[row["persoon"]] = append(homes[row["persoon"]], period{row["buurt"], row["begindatum"], row["einddatum"]})
	}
	on := func(periods []period, day string) map[string]bool {
		running := map[string]bool{}
		for _, p := range periods {
			if p.begin <= day && day <= p.end {
				running[p.what] = true
			}
		}
		return running
	}
	keeps := map[string]bool{}
	for _, row := range r.records(t, "stapeling_persoon") {
		n, _ := strconv.Atoi(row["aantal"])
		if row["telling"] == "arrangementen" && row["jaar"] == strconv.Itoa(year) && n >= 2 {
			keeps[row["persoon"]] = true
		}
	}
	question := filepath.Join(t.TempDir(), "deelname.sql")
	if err := os.WriteFile(question, []byte("SELECT persoon, begindatum FROM opslag.deelname WHERE project IN ('samen_in_de_wijk', 'een_plan') ORDER BY persoon"), 0o600); err != nil {
		t.Fatal(err)
	}
	var expected, kept, n float64
	compared := map[string]bool{}
	for _, row := range r.records(t, question) {
		day := row["begindatum"]
		if day >= strconv.Itoa(year) {
			continue
		}
		n++
		if keeps[row["persoon"]] {
			kept++
		}
		var stock, still float64
		for person, periods := range grants {
			if len(periods) < 2 || len(on(periods, day)) < 2 {
				continue
			}
			for _, buurt := range nightBuurten(synthetic.RoleControl) {
				if on(homes[person], day)[buurt] {
					stock++
					compared[person] = true
					if keeps[person] {
						still++
					}
				}
			}
		}
		expected += still / stock
	}
	share := expected / n
	return expected - kept, math.Sqrt(n * share * (1 - share) * (1 + n/float64(len(compared))))
}

// records reads the answer to a query by column name.
func (r nightRegion) records(t testing.TB, query string) (rows []map[string]string) {
	t.Helper()
	if rows = recordsOf(t, r.ask(t, query, "csv")); len(rows) == 0 {
		t.Fatalf("%s has no rows", query)
	}
	return rows
}

// recordsOf reads an answer in CSV by column name.
func recordsOf(t testing.TB, answer []byte) (rows []map[string]string) {
	t.Helper()
	reader := csv.NewReader(bytes.NewReader(answer))
	reader.Comma = ';'
	lines, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}
