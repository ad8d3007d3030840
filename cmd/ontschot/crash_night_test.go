package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestAKilledNightLosesNothing kills the second night of a region, when there is a night to lose and there are new
// deliveries, with corrections, to bring in: at moments all over the night, in each of its stages, and around the renames.
func TestAKilledNightLosesNothing(t *testing.T) {
	n := newNightToKill(t)
	n.checkBetweenRenames(t)
	fell := map[string]int{}
	var killed, early, between, again int
	for attempt := 1; killed < n.wanted; attempt++ {
		if attempt > 4*n.wanted {
			t.Fatalf("only %d of %d nights could be killed: the others had ended", killed, attempt-1)
		}
		region, least := copyOf(t, n.source), len(n.first)
		for crash := true; crash && killed < n.wanted; {
			before := newestRun(region)
			m := n.moment(attempt, before)
			name := fmt.Sprintf("attempt %d, %s", attempt, m)
			ended := !killAt(t, m, region, "run", "-c", filepath.Join(region, "ontschot.toml"))
			stage, replaced := n.reached(t, region, before), n.checkReports(t, name, region)
			have := stored(t, region)
			checkWhole(t, name, have, n.full, least)
			if out := ontschot(t, "status", "-c", filepath.Join(region, "ontschot.toml")); out.code != 0 {
				t.Errorf("%s: status: exit code %d: %s", name, out.code, out.stderr)
			}
			if ended {
				early++
				break
			}
			killed++
			fell[stage]++
			t.Logf("%d: %s: in %s, %d workbooks of the new night", killed, name, stage, replaced)
			if replaced == 1 {
				between++
			}
			if crash = n.chance.IntN(3) == 0; crash { // crash on crash
				again++
				least = len(have)
			}
		}
		n.checkCompletes(t, fmt.Sprintf("attempt %d, run again", attempt), region)
		if err := os.RemoveAll(region); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills in nights of %.1f s (%s), %d of them in a night after a killed one; %d left one workbook of each night; %d nights had ended before",
		killed, n.duration.Seconds(), tally(n.stages, fell), again, between, early)
}

// tally counts per stage, in the order of the night.
func tally(stages []nightStage, fell map[string]int) string {
	var parts []string
	for _, s := range stages {
		parts = append(parts, fmt.Sprintf("%s %d", s.name, fell[s.name]))
	}
	return strings.Join(parts, ", ")
}

// nightToKill is a region on which a night ran, and new deliveries wait; and what an undisturbed night makes of it.
type nightToKill struct {
	wanted      int
	source      string
	calm        string // the same after an undisturbed night
	first, full []storedDelivery
	old, fresh  map[string][]byte // rapporten/
	results     map[string][]byte
	stages      []nightStage
	duration    time.Duration
	temporary   string // the folder for temporary files of the system
	chance      *rand.Rand
}

func newNightToKill(t *testing.T) *nightToKill {
	t.Helper()
	n := &nightToKill{wanted: max(kills(t)/2, 1), chance: rand.New(rand.NewPCG(935, 2))}
	people := os.Getenv("ONTSCHOT_PEOPLE")
	if people == "" {
		people = "300"
	}
	if os.Getenv("ONTSCHOT_KILLS") != "" {
		n.wanted = kills(t)
	}
	n.temporary = t.TempDir()
	t.Setenv("TMPDIR", n.temporary)
	n.source = regionToLoad(t, people)
	holdBack(t, n.source, "declaraties_*_2018.*", "toewijzingen*", "deelname*", "budget*")
	nightOn(t, n.source)
	n.old, n.first = files(t, n.source, "rapporten"), stored(t, n.source)
	bringBack(t, n.source)
	addCorrections(t, n.source)

	calm := copyOf(t, n.source)
	n.calm = calm
	began := time.Now()
	nightOn(t, calm)
	n.duration = time.Since(began)
	n.fresh, n.full, n.results = files(t, calm, "rapporten"), stored(t, calm), resultsOf(t, calm)
	n.stages = stagesOf(t, calm, n.duration)
	checkWhole(t, "undisturbed", n.first, n.full, len(n.first))
	checkTidy(t, "undisturbed", calm)
	if len(n.results) < 20 {
		t.Fatalf("an undisturbed night leaves %d results", len(n.results))
	}
	for name := range n.fresh {
		if bytes.Equal(n.old[name], n.fresh[name]) {
			t.Fatalf("%s tells nothing of the new deliveries", name)
		}
	}
	return n
}

// nightOn runs a night that must do all its work.
func nightOn(t *testing.T, dir string) {
	t.Helper()
	if out := ontschot(t, "run", "-c", filepath.Join(dir, "ontschot.toml")); !out.done() {
		t.Fatalf("run: exit code %d: %s", out.code, out.stderr)
	}
}

// addCorrections makes a later delivery that takes lines of an earlier one back, and gives them another amount.
func addCorrections(t *testing.T, dir string) {
	t.Helper()
	folder := filepath.Join(dir, "aanlevering", "vgz")
	raw, err := os.ReadFile(filepath.Join(folder, "declaraties_zvw_2016.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	taken := map[string]bool{} // a line may be taken back once
	for _, line := range lines[1:] {
		taken[strings.Split(line, ";")[2]] = true
	}
	out := lines[:1:1]
	for _, line := range lines[1:] {
		debit := strings.Split(line, ";")
		if len(out) > 60 || debit[3] != "D" || taken[debit[1]] {
			continue
		}
		credit := slices.Clone(debit)
		credit[1], credit[2], credit[3] = debit[1]+"-C", debit[1], "C"
		debit[1], debit[len(debit)-1] = debit[1]+"-D", "123.45"
		out = append(out, strings.Join(credit, ";"), strings.Join(debit, ";"))
	}
	if len(out) < 20 {
		t.Fatal("nothing was corrected")
	}
	if err := os.WriteFile(filepath.Join(folder, "declaraties_zvw_correcties.csv"), []byte(strings.Join(out, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// moment chooses when a night is killed: anywhere in its time, somewhere in a stage, at the end of the last stage or at
// one of the renames there.
func (n *nightToKill) moment(attempt int, before string) moment {
	upTo := func(most time.Duration) time.Duration { return time.Duration(n.chance.Int64N(int64(most) + 1)) }
	last := len(n.stages) - 1
	switch attempt % 5 {
	case 0:
		return moment{after: upTo(n.duration)}
	case 1, 2:
		i := n.chance.IntN(last) + 1
		return moment{until: ended(n.stages[i-1].name, before), extra: upTo(n.stages[i].took)}
	case 3:
		return moment{until: ended(n.stages[last-2].name, before), extra: upTo(n.stages[last-1].took)}
	}
	return []moment{
		{until: inPlace(before), extra: upTo(3 * time.Millisecond)},
		{until: inPlace(before), extra: upTo(300 * time.Microsecond)},
		{until: stands("runs/*/.werkboeken*"), extra: upTo(200 * time.Millisecond)},
		{until: keeping, extra: upTo(8 * time.Millisecond)},
		{until: stands(".nacht-rapporten/*"), extra: upTo(50 * time.Millisecond)},
	}[n.chance.IntN(5)]
}

// inPlace is the moment at which the run after another has put its warehouse in place, and its workbooks not yet.
func inPlace(before string) sight {
	return sight{"the rename of the warehouse", func(region string) bool {
		run := newestRun(region)
		_, working := os.Lstat(filepath.Join(region, ".nacht-warehouse.duckdb"))
		_, kept := os.Lstat(filepath.Join(region, "runs", run, "werkboeken.zst"))
		return run != before && kept == nil && errors.Is(working, fs.ErrNotExist)
	}}
}

// checkReports compares what stands among the reports with the workbooks of the two nights, and counts those of the second.
func (n *nightToKill) checkReports(t *testing.T, moment, region string) (replaced int) {
	t.Helper()
	have := files(t, region, "rapporten")
	for name, content := range have {
		switch {
		case bytes.Equal(content, n.fresh[name]):
			replaced++
		case !bytes.Equal(content, n.old[name]) || n.old[name] == nil:
			t.Errorf("%s: rapporten/%s is neither of the night before nor of this one", moment, name)
		}
	}
	if len(have) != len(n.old) {
		t.Errorf("%s: rapporten/ has %q", moment, slices.Sorted(maps.Keys(have)))
	}
	return replaced
}

// checkBetweenRenames makes the states that are too short to hit: the warehouse is in place, with none or one of the workbooks.
func (n *nightToKill) checkBetweenRenames(t *testing.T) {
	t.Helper()
	books := slices.Sorted(maps.Keys(n.fresh))
	for replaced := range books {
		region := copyOf(t, n.calm)
		staging := filepath.Join(region, ".nacht-rapporten")
		if err := errors.Join(os.Mkdir(staging, 0o700), os.Remove(filepath.Join(region, "runs", newestRun(region), "manifest.json"))); err != nil {
			t.Fatal(err)
		}
		for _, book := range books[replaced:] {
			path := filepath.Join(region, "rapporten", book)
			if err := errors.Join(os.Rename(path, filepath.Join(staging, book)), os.WriteFile(path, n.old[book], 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		name := fmt.Sprintf("%d workbooks put in place", replaced)
		if got := n.checkReports(t, name, region); got != replaced {
			t.Fatalf("%s: %d are", name, got)
		}
		n.checkCompletes(t, name, region)
	}
}

// checkCompletes runs a night after a kill: it ends as if nothing had happened, and cleans up.
func (n *nightToKill) checkCompletes(t *testing.T, moment, region string) {
	t.Helper()
	nightOn(t, region)
	if n.checkReports(t, moment, region) != len(n.fresh) {
		t.Errorf("%s: not every workbook is that of an undisturbed night", moment)
	}
	results := resultsOf(t, region)
	for name, content := range n.results {
		if !bytes.Equal(results[name], content) {
			t.Errorf("%s: %s is not that of an undisturbed night", moment, name)
		}
	}
	if len(results) != len(n.results) {
		t.Errorf("%s: %d results, not %d", moment, len(results), len(n.results))
	}
	checkWhole(t, moment, stored(t, region), n.full, len(n.full))
	checkTidy(t, moment, region)
	checkRuns(t, moment, region)
	if left := files(t, n.temporary, "."); len(left) > 0 {
		t.Errorf("%s: the folder for temporary files has %q", moment, slices.Sorted(maps.Keys(left)))
	}
}

// checkRuns refuses in the folders of killed runs whatever is not whole.
func checkRuns(t *testing.T, moment, region string) {
	t.Helper()
	for path := range files(t, region, "runs") {
		if strings.HasPrefix(filepath.Base(path), ".") {
			t.Errorf("%s: runs/%s was left behind", moment, path)
		}
		_, killed := os.Stat(filepath.Join(region, "runs", filepath.Dir(path), "manifest.json"))
		_, kept := os.Stat(filepath.Join(region, "runs", filepath.Dir(path), "werkboeken.zst"))
		if killed != nil && kept != nil && filepath.Base(path) != "log.jsonl" {
			t.Errorf("%s: runs/%s is of a run that did not finish", moment, path)
		}
	}
}

// files reads all files under a folder of a region, by their paths in it.
func files(t *testing.T, region, folder string) map[string][]byte {
	t.Helper()
	have := map[string][]byte{}
	root := os.DirFS(filepath.Join(region, folder))
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		have[path], err = fs.ReadFile(root, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return have
}
