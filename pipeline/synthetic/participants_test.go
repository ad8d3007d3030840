package synthetic

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// obviousQuarter numbers the quarters of all years.
func obviousQuarter(t *testing.T, date string) int {
	t.Helper()
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return d.Year()*4 + map[string]int{"01": 0, "02": 0, "03": 0, "04": 1, "05": 1, "06": 1, "07": 2, "08": 2, "09": 2, "10": 3, "11": 3, "12": 3}[date[5:7]]
}

// aroundStart is the name of a quarter of a participant in waarheid.json, or empty if that is not told.
func aroundStart(t *testing.T, taker map[string]string, date string) string {
	t.Helper()
	k := obviousQuarter(t, date) - obviousQuarter(t, taker["begindatum"])
	if k == 0 || k < -8 || k > 8 {
		return ""
	}
	return taker["project"] + strconv.Itoa(k)
}

// TestParticipantsEqualTheFiles counts participants, their days and their euros from the delivered files.
func TestParticipantsEqualTheFiles(t *testing.T) {
	e := region(t)
	takers := map[string]map[string]string{}
	for _, row := range e.takers {
		takers[row["pseudoniem"]] = row
	}
	homes := map[string]table{}
	for _, row := range e.residents {
		homes[row["pseudoniem"]] = append(homes[row["pseudoniem"]], row)
	}
	persons, days, amounts := map[string]int64{}, map[string]int64{}, map[string]int64{}
	for who, taker := range takers {
		told := map[string]bool{}
		for d := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() <= 2020; d = d.AddDate(0, 0, 1) {
			date := d.Format(time.DateOnly)
			key := aroundStart(t, taker, date)
			if key == "" {
				continue
			}
			if !told[key] {
				told[key] = true
				persons[key]++
			}
			if place(homes[who], date) != "" {
				days[key]++
			}
		}
	}
	for _, row := range e.claims {
		taker := takers[row["pseudoniem"]]
		if taker == nil {
			continue
		}
		for _, p := range obviousParts(t, row) {
			date := p.first.Format(time.DateOnly)
			if key := aroundStart(t, taker, date); key != "" && place(homes[row["pseudoniem"]], date) != "" {
				amounts[key+row["domein"]+"/"+obviousLine(row)] += p.cents
			}
		}
	}
	told := map[string]int64{}
	for _, q := range e.truth.Deelnemers {
		key := q.Project + strconv.Itoa(q.K)
		if q.Personen != persons[key] || q.Dagen != days[key] {
			t.Errorf("%s: waarheid says %d persons and %d days, the files %d and %d", key, q.Personen, q.Dagen, persons[key], days[key])
		}
		told[q.Project] += q.Personen
		for _, a := range q.Bedragen {
			name := key + a.Domein + "/" + a.Lijn
			if want := cents(t, a.Feitelijk); amounts[name] != want {
				t.Errorf("%s: waarheid says %d cents, the files %d", name, want, amounts[name])
			}
			delete(amounts, name)
		}
	}
	if len(e.truth.Deelnemers) != 3*16 || told["samen_in_de_wijk"] == 0 || told["een_plan"] == 0 || told["rust_na_opname"] == 0 {
		t.Errorf("waarheid tells of %d quarters with persons in %v", len(e.truth.Deelnemers), told)
	}
	for name, c := range amounts {
		t.Errorf("%s: %d cents in the files, nothing in waarheid", name, c)
	}
}

// peopled is a region with enough participants to tell a peak from chance.
func peopled(t *testing.T) (truth record, takers, residents table) {
	t.Helper()
	dir := t.TempDir()
	if _, err := Write(context.Background(), dir, Options{People: 30_000, FirstYear: 2016, LastYear: 2021, Seed: 1, Format: "csv"}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "waarheid.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	return truth, readTables(t, dir, "*/deelname.csv"), readTables(t, dir, "*/bevolking.csv")
}

// costs are the cents of the participants of a project in a domain, in both worlds, from quarter k1 to k2 around the start.
func (r *record) costs(t *testing.T, project, domein string, k1, k2 int) (without, with int64) {
	t.Helper()
	for _, q := range r.Deelnemers {
		for _, a := range q.Bedragen {
			if q.Project == project && q.K >= k1 && q.K <= k2 && a.Domein == domein {
				without += cents(t, a.Tegenfeitelijk)
				with += cents(t, a.Feitelijk)
			}
		}
	}
	return without, with
}

func TestWhoTakesPart(t *testing.T) {
	truth, takers, residents := peopled(t)
	t.Run("starts", func(t *testing.T) { checkStarts(t, &truth, takers) })
	t.Run("places", func(t *testing.T) { checkPlaces(t, takers, residents) })
	t.Run("peak", func(t *testing.T) { checkPeak(t, &truth) })
	t.Run("unstacking", func(t *testing.T) { checkUnstacking(t, &truth) })
}

// checkStarts counts who takes part, in one project each, and when they start.
func checkStarts(t *testing.T, truth *record, takers table) {
	t.Helper()
	seen, joined, starts := map[string]bool{}, map[string]int64{}, map[string]int{}
	for _, row := range takers {
		if seen[row["pseudoniem"]] {
			t.Error("a person takes part in two projects")
		}
		seen[row["pseudoniem"]] = true
		joined[row["project"]]++
		if row["begindatum"] < "2018-01-01" || row["begindatum"] > until(row["einddatum"]) {
			t.Errorf("a participation from %s to %s", row["begindatum"], row["einddatum"])
		}
		if row["project"] == "rust_na_opname" {
			starts[strconv.Itoa(obviousQuarter(t, row["begindatum"])-4*effectYear)]++
		}
	}
	if names := slices.Sorted(maps.Keys(joined)); strings.Join(names, " ") != "een_plan rust_na_opname samen_in_de_wijk" {
		t.Errorf("the projects are %v", names)
	}
	for project, n := range joined {
		if n < 80 || n > 200 {
			t.Errorf("%d persons take part in %s, want about 100", n, project)
		}
	}
	for q := range 8 {
		if n := starts[strconv.Itoa(q)]; n < 3 || len(starts) != 8 {
			t.Errorf("%d persons start in quarter %d of the peaks, in %d quarters", n, q+1, len(starts))
		}
	}
	for _, q := range truth.Deelnemers {
		// The longest look forward from the end of the second year of effects lies within the data, the longest look back too.
		if q.Project == "rust_na_opname" && q.Personen != joined[q.Project] {
			t.Errorf("%s, quarter %d: %d persons of %d", q.Project, q.K, q.Personen, joined[q.Project])
		}
	}
	if n := truth.Effecten[unstacking].Deelnemers; n != joined["samen_in_de_wijk"]+joined["een_plan"] {
		t.Errorf("%d participants against stacking, waarheid says %d", joined["samen_in_de_wijk"]+joined["een_plan"], n)
	}
	if f := truth.Effecten[len(truth.Effecten)-1]; f.Naam != "rust_na_opname" || f.Deelnemers != joined[f.Naam] || f.Personen != 0 || len(f.PerJaar) != 0 {
		t.Errorf("waarheid says of the project in which nothing works %+v", f)
	}
}

// checkPlaces finds those who start at a peak all over the region, all of them adults; the others in the pilot.
func checkPlaces(t *testing.T, takers, residents table) {
	t.Helper()
	roles := map[string]Role{}
	for _, n := range Neighbourhoods {
		roles[n.Code] = n.Role
	}
	homes := map[string]table{}
	for _, row := range residents {
		homes[row["pseudoniem"]] = append(homes[row["pseudoniem"]], row)
	}
	peaks := map[Role]int{}
	for _, row := range takers {
		periods := homes[row["pseudoniem"]]
		buurt := place(periods, row["begindatum"])
		born, err := strconv.Atoi(periods[0]["geboortejaar"])
		switch {
		case err != nil || buurt == "":
			t.Fatalf("a participant from %s does not live in the region (%v)", row["begindatum"], err)
		case row["project"] != "rust_na_opname":
			if roles[buurt] != RolePilot {
				t.Errorf("a participant of %s lives in %s", row["project"], buurt)
			}
		default:
			peaks[roles[buurt]]++
			if age := obviousQuarter(t, row["begindatum"])/4 - born; age <= 18 {
				t.Errorf("a person of %d takes part in %s", age, row["project"])
			}
		}
	}
	if peaks[RolePilot] == 0 || peaks[RoleControl] == 0 || len(peaks) != 3 {
		t.Errorf("those who start at a peak live in %v", peaks)
	}
}

// checkPeak finds costs that rise and fall around the start of the project in which nothing works.
func checkPeak(t *testing.T, truth *record) {
	t.Helper()
	const project = "rust_na_opname"
	for _, domein := range domainNames {
		for k := -8; k <= 8; k++ {
			if without, with := truth.costs(t, project, domein, k, k); without != with {
				t.Errorf("quarter %d: %s costs %s and would have cost %s, of a project that changes nothing", k, domein, euros(with), euros(without))
			}
		}
	}
	_, before := truth.costs(t, project, "zvw", -8, -5)
	_, peak := truth.costs(t, project, "zvw", -1, -1)
	_, after := truth.costs(t, project, "zvw", 1, 4)
	t.Logf("a quarter costs %s two years before, %s before the start, %s in the year after", euros(before/4), euros(peak), euros(after/4))
	if before <= 0 || peak < 2*before/4 || peak < 2*after/4 {
		t.Errorf("no peak: %s before, %s at it, %s after", euros(before/4), euros(peak), euros(after/4))
	}
}

// checkUnstacking finds that the other projects lower the Wmo after their start, by no more than what ended early.
func checkUnstacking(t *testing.T, truth *record) {
	t.Helper()
	away := map[string]int64{}
	for _, y := range truth.Effecten[unstacking].PerJaar {
		for _, a := range slices.Concat(y.Weg, y.Elders) {
			away[a.Domein] += cents(t, a.Bedrag)
		}
	}
	fallen := map[string]int64{}
	for _, project := range []string{"samen_in_de_wijk", "een_plan"} {
		for _, domein := range domainNames {
			if without, with := truth.costs(t, project, domein, -8, -1); without != with {
				t.Errorf("%s changes the %s before it starts", project, domein)
			}
			without, with := truth.costs(t, project, domein, 1, 8)
			fallen[domein] += without - with
		}
		for k := 1; k <= 8; k++ {
			if without, with := truth.costs(t, project, "wmo", k, k); with >= without {
				t.Errorf("%s, quarter %d: the Wmo costs %s, without the project %s", project, k, euros(with), euros(without))
			}
		}
	}
	for domein, fall := range fallen {
		if fall < 0 || fall > away[domein] || fall*2 < away[domein] {
			t.Errorf("the %s of participants falls by %s in two years, of %s that went away in all", domein, euros(fall), euros(away[domein]))
		}
	}
}
