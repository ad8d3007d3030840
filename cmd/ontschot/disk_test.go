package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAFileThatMayNotGrowStopsTheLoad limits the size of a file, as a quota does, so that
// writing fails at another place each time.
func TestAFileThatMayNotGrowStopsTheLoad(t *testing.T) {
	thorough := kills(t) > fewKills
	d := newDiskTest(t)
	limits := d.attempts([]float64{0, 1.1}, []float64{0.5})
	if thorough {
		limits = d.attempts([]float64{0, 0.01, 0.1, 0.5, 0.9, 1, 1.1, 2}, []float64{0, 0.02, 0.1, 0.2, 0.3, 0.5, 0.8, 1, 2})
	}
	for _, a := range limits {
		region := copyOf(t, a.region)
		out := finish(t, exec.CommandContext(t.Context(), "sh", "-c", `ulimit -f "$1" && exec ontschot load -c "$2"`,
			"sh", fmt.Sprint(d.bytes(a)/512), filepath.Join(region, "ontschot.toml")))
		name := fmt.Sprintf("files of at most %d kB, %d deliveries loaded before", d.bytes(a)/1024, a.least)
		d.check(t, name, region, a.least, out)
		complete(t, name, region, d.full)
	}
	d.checkFailed(t)
}

// diskTest is a region with most of its deliveries loaded, and one with none: the first
// fails at the copies of a warehouse, the second at what is new.
type diskTest struct {
	most, none   string
	loaded, full []storedDelivery
	size         int64           // of the warehouse that holds all, in bytes
	failed       map[string]bool // what loads were doing when they failed
}

func newDiskTest(t *testing.T) *diskTest {
	t.Helper()
	d := &diskTest{none: regionToLoad(t, "1000"), failed: map[string]bool{}}
	d.most = copyOf(t, d.none)
	holdBack(t, d.most, "toewijzingen*", "deelname*", "budget*")
	load(t, d.most)
	bringBack(t, d.most)
	d.loaded = stored(t, d.most)
	calm := copyOf(t, d.most)
	load(t, calm)
	d.full = stored(t, calm)
	info, err := os.Stat(filepath.Join(calm, "warehouse.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	d.size = info.Size()
	return d
}

// attempt is a load with too little room.
type attempt struct {
	region string
	least  int     // deliveries that are loaded already
	room   float64 // times the size of the whole warehouse
}

// attempts pairs both regions with the room there is for each.
func (d *diskTest) attempts(most, none []float64) []attempt {
	var all []attempt
	for _, room := range most {
		all = append(all, attempt{d.most, len(d.loaded), room})
	}
	for _, room := range none {
		all = append(all, attempt{d.none, 0, room})
	}
	return all
}

// bytes is the room of an attempt.
func (d *diskTest) bytes(a attempt) int64 { return int64(a.room * float64(d.size)) }

// check looks at what a load with too little room left, or with just enough. It returns
// how many deliveries there are now.
func (d *diskTest) check(t *testing.T, name, region string, least int, out outcome) int {
	t.Helper()
	have := stored(t, region)
	checkTidy(t, name, region)
	if out.done() {
		checkWhole(t, name, have, d.full, len(d.full))
		return len(have)
	}
	checkWhole(t, name, have, d.full, least)
	d.checkFailure(t, name, region, out)
	if told := fmt.Sprintf(": %d deliveries loaded", len(have)-least); strings.Contains(out.stderr, "deliveries loaded") && !strings.Contains(out.stderr, told) {
		t.Errorf("%s: %d deliveries were loaded, it says: %s", name, len(have)-least, out.stderr)
	}
	return len(have)
}

// checkFailure looks at how a command ended that had too little room.
func (d *diskTest) checkFailure(t *testing.T, name, region string, out outcome) {
	t.Helper()
	if out.code != 1 {
		t.Errorf("%s: exit code %d, not 1: %s", name, out.code, out.stderr)
	}
	_, said, _ := strings.Cut(out.stderr, "ontschot: ")
	if !strings.Contains(said, "too large") && !strings.Contains(said, "o space left") {
		t.Errorf("%s: it does not say what is wrong: %s", name, out.stderr)
	}
	if !strings.Contains(said, "there is no room to write in "+region+": free space") {
		t.Errorf("%s: it does not say what to do: %s", name, out.stderr)
	}
	doing, _, _ := strings.Cut(said, ":")
	d.failed[doing] = true
}

// checkFailed makes sure that loads failed, and not all at the same.
func (d *diskTest) checkFailed(t *testing.T) {
	t.Helper()
	doing := slices.Sorted(maps.Keys(d.failed))
	if len(doing) < 2 {
		t.Errorf("it failed only at: %q", doing)
	}
	t.Logf("warehouse of %d kB; it failed at: %q", d.size/1024, doing)
}
