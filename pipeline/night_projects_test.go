package pipeline_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestParticipantsOfTheOracle compares the effects on participants, and who was compared with whom, with the oracle.
func TestParticipantsOfTheOracle(t *testing.T) {
	t.Parallel()
	nightLargeOnly(t)
	projectsCompare(t, nightProjects.get(t))
}

// TestParticipantsInDisorder does the same where claims are corrected, homes untidy and the Wlz has no toewijzingen, and where people
// take part twice, at once, in small projects, too early, too late, or without living here.
func TestParticipantsInDisorder(t *testing.T) {
	t.Parallel()
	nightLargeOnly(t)
	dir := t.TempDir()
	nightDisorder(t, dir, uint64(numberFromEnv(t, "ONTSCHOT_SEED", 1)))
	projectsCompare(t, nightRun(t, dir))
}

// nightDisorder writes such a region.
func nightDisorder(t testing.TB, dir string, seed uint64) {
	t.Helper()
	nightSynthetic(t, dir, 4500, 2015, 2019, seed)
	draw := rand.New(rand.NewPCG(seed, 2021))
	nightCorrect(t, dir, draw)
	nightUnsettle(t, dir, draw)
	for _, name := range []string{"toewijzingen.csv", "toewijzingen.manifest.toml"} {
		if err := os.Remove(filepath.Join(dir, "aanlevering", "vgz", name)); err != nil {
			t.Fatal(err)
		}
	}
	granted := nightColumn(t, dir, "toewijzingen", "pseudoniem")
	everybody := slices.Concat(nightColumn(t, dir, "bevolking", "pseudoniem"), granted)
	var lines, known []string
	for _, project := range []struct {
		name   string
		starts int
		people []string
	}{{"groot", 120, everybody}, {"zorg", 100, granted}, {"half", 75, everybody}, {"klein", 40, everybody}, {"kleiner", 30, everybody}, {"kleinst", 2, everybody}} {
		for range project.starts {
			person, first := project.people[draw.IntN(len(project.people))], oracleDayOf(2017, 1, 1)
			switch draw.IntN(16) {
			case 0: // does not live here
				person = fmt.Sprintf("onbekende-persoon-%d", len(lines))
			case 1: // too early, or too late
				first = oracleDayOf(2015+3*draw.IntN(2), 6, 1)
			}
			who := person + ";" + projectDate(first+oracleDay(draw.IntN(1000)))
			switch earlier := append(known, who)[draw.IntN(len(known)+1)]; draw.IntN(8) {
			case 0: // who takes part already, if only in this
				who = earlier[:strings.Index(earlier, ";")] + who[strings.Index(who, ";"):]
			case 1: // on the same day
				who = earlier
			}
			known = append(known, who)
			lines = append(lines, project.name+";"+who+";")
		}
	}
	nightDeliver(t, dir, "maastricht", "deelname_later", "project;pseudoniem;begindatum;einddatum", lines,
		"leverancier = \"maastricht\"\naangemaakt = 2021-02-01\n") // and replaces the former
}

// nightColumn reads a column of a file of Maastricht.
func nightColumn(t testing.TB, dir, file, column string) (values []string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, "aanlevering", "maastricht", file+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := oracleReadCSV(string(content))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		values = append(values, r[column])
	}
	return values
}

// projectDate writes a day as it is delivered.
func projectDate(day oracleDay) string {
	year, month, of := day.date()
	return fmt.Sprintf("%04d-%02d-%02d", year, month, of)
}

func projectsCompare(t *testing.T, region nightRegion) {
	t.Helper()
	year, month, day := nightEnv().Now().Date()
	p := readProjects(&oracle{t: t, baseYear: 2017}, region.dir, nightReferences(), oracleDayOf(year, int(month), day))
	matches := p.matches()
	effects := map[string]projectEffect{}
	for name, match := range matches {
		t.Logf("%s: %d participants, %d times a control, balanced on %s", name, len(match.participants), len(match.controls), match.balanced)
		for at, effect := range p.effects(match) {
			effects[projectAt(name, at)] = effect
		}
	}
	for _, difference := range projectDiff(t, effects, region.answers(t, `SELECT project, indeling, uitkomst, periode, effect, n_deelnemers, n_controle,
		gebruikers_basis, gebruikers, controle_gebruikers_basis, controle_gebruikers FROM model.deelnemer_schatting`)) {
		t.Error(difference)
	}
	for _, difference := range projectWeightDiff(t, matches, region.answers(t, `SELECT project, startkwartaal, is_deelnemer,
		count(*) AS rijen, sum(gewicht) AS gewicht FROM model.deelnemer_gewicht GROUP BY ALL`)) {
		t.Error(difference)
	}
}

// answers reads the answer to own SQL by column name.
func (r nightRegion) answers(t testing.TB, sql string) []map[string]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "vraag.sql")
	if err := os.WriteFile(file, []byte(sql), 0o600); err != nil {
		t.Fatal(err)
	}
	return recordsOf(t, r.ask(t, file, "csv"))
}

// projectDiff says where effects are others; euros may differ by what two solvers do.
func projectDiff(t testing.TB, want map[string]projectEffect, got []map[string]string) (out []string) {
	t.Helper()
	found := map[string]bool{}
	for _, row := range got {
		at := projectAt(row["project"], projectAt(row["uitkomst"], row["periode"]))
		effect, known := want[at]
		if !known || found[at] {
			out = append(out, "there should be no row "+at)
			continue
		}
		found[at] = true
		for column, count := range effect.counts {
			if n := nightNumber(t, row[column]); n != float64(count) {
				out = append(out, fmt.Sprintf("%s: %s is %s, expected %d", at, column, row[column], count))
			}
		}
		if euros := nightNumber(t, row["effect"]); math.Abs(euros-effect.effect) > 0.05+1e-6*math.Abs(euros) {
			out = append(out, fmt.Sprintf("%s: the effect is %s, expected %.2f", at, row["effect"], effect.effect))
		}
	}
	for at, effect := range want {
		if !found[at] {
			out = append(out, fmt.Sprintf("there is no row %s, expected %.2f", at, effect.effect))
		}
	}
	return out
}

// projectWeightDiff says where another number is compared in a start quarter, or weighs another part of its side.
func projectWeightDiff(t testing.TB, want map[string]projectMatch, got []map[string]string) (out []string) {
	t.Helper()
	type part struct {
		rows   int
		weight float64
	}
	told, known, all := map[string]part{}, map[string]part{}, map[string]float64{}
	for _, row := range got {
		rows, weight := int(nightNumber(t, row["rijen"])), nightNumber(t, row["gewicht"])
		side := projectAt(row["project"], row["is_deelnemer"])
		told[projectAt(side, row["startkwartaal"])] = part{rows, weight}
		all["told "+side] += weight
	}
	sides := map[string]string{}
	add := func(side string, quarter, rows int, weight float64) {
		at := projectAt(side, strconv.Itoa(quarter))
		k := known[at]
		known[at], sides[at] = part{k.rows + rows, k.weight + weight}, side
		all["known "+side] += weight
	}
	for name, match := range want {
		for _, row := range match.participants {
			add(projectAt(name, "true"), row.quarter, 0, row.weight)
		}
		for quarter, rows := range match.starts { // who is not compared weighs nothing
			add(projectAt(name, "true"), quarter, rows, 0)
		}
		for _, row := range match.controls {
			add(projectAt(name, "false"), row.quarter, 1, row.weight)
		}
	}
	for at := range told {
		if sides[at] == "" {
			out = append(out, "nobody should be compared in "+at)
		}
	}
	for at, k := range known {
		share, shareTold := k.weight/all["known "+sides[at]], told[at].weight/all["told "+sides[at]]
		if n := told[at].rows; n != k.rows || math.Abs(share-shareTold) > 1e-6 {
			out = append(out, fmt.Sprintf("%s: %d rows weigh %.6f of their side, expected %d and %.6f", at, n, shareTold, k.rows, share))
		}
	}
	return out
}
