package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// fewKills is for every day.
const fewKills = 6

// kills is how many times a load is killed: ONTSCHOT_KILLS, else a few.
func kills(t *testing.T) int {
	t.Helper()
	if testing.Short() {
		t.Skip("whole nights")
	}
	text := os.Getenv("ONTSCHOT_KILLS")
	if text == "" {
		return fewKills
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("ONTSCHOT_KILLS is not a number: %v", err)
	}
	return n
}

// TestAKilledLoadLeavesWholeDeliveries kills loads at random moments, some while what was
// loaded is being put in place, some on top of what an earlier kill left.
func TestAKilledLoadLeavesWholeDeliveries(t *testing.T) {
	wanted, people := kills(t), "1000"
	if wanted > fewKills {
		people = "5000"
	}
	source := regionToLoad(t, people)
	calm := copyOf(t, source)
	began := time.Now()
	load(t, calm)
	duration := time.Since(began)
	full := stored(t, calm)
	checkWhole(t, "undisturbed", full, full, 24)
	checkTidy(t, "undisturbed", calm)
	load(t, calm)
	checkWhole(t, "loaded twice", stored(t, calm), full, len(full))

	half := loadedHalf(t, source)
	loaded := stored(t, half)
	checkWhole(t, "half", loaded, full, len(full)/2)

	chance := rand.New(rand.NewPCG(935, 1))
	var region string
	var least int
	begin := func() {
		if region, least = copyOf(t, source), 0; chance.IntN(2) == 0 {
			region, least = copyOf(t, half), len(loaded)
		}
	}
	begin()
	var killed, early, atKeeping, kept, onTop, completed int
	for attempt := 1; killed < wanted; attempt++ {
		if attempt > 4*wanted {
			t.Fatalf("only %d of %d loads could be killed: the others had ended", killed, attempt-1)
		}
		// What is loaded already takes no time any more.
		rest := duration * time.Duration(len(full)-least) / time.Duration(len(full))
		m := moment{after: time.Duration(chance.Int64N(int64(rest) + 1))}
		if chance.IntN(3) == 0 {
			m.until = keeping
		}
		name := fmt.Sprintf("attempt %d, %s", attempt, m)
		ended := !killAt(t, m, region, "load", "-c", filepath.Join(region, "ontschot.toml"))
		have := stored(t, region)
		checkWhole(t, name, have, full, least)
		if _, err := os.Stat(filepath.Join(region, "rapporten")); err == nil {
			t.Errorf("%s: a load has made rapporten/", name)
		}
		if ended {
			if len(have) < len(full) {
				t.Errorf("%s: the load ended with %d of %d deliveries", name, len(have), len(full))
			}
			early++
			begin()
			continue
		}
		killed++
		if len(have) > least {
			kept++
		}
		if m.until == keeping {
			atKeeping++
		}
		next := chance.IntN(3)
		if next == 0 && killed < wanted { // crash on crash
			onTop++
			least = len(have)
			continue
		}
		if next == 1 || killed == wanted {
			complete(t, name, region, full)
			completed++
		}
		begin()
	}
	t.Logf("%d kills in loads of %.1f s, %d of them while the warehouse was put in place: %d had put new deliveries in place; after %d the next load was killed too, after %d it completed; %d loads had ended before",
		killed, duration.Seconds(), atKeeping, kept, onTop, completed, early)
}

// complete runs a load again after a kill: it ends as if nothing had happened.
func complete(t *testing.T, name, region string, full []storedDelivery) {
	t.Helper()
	load(t, region)
	have := stored(t, region)
	checkWhole(t, name+", run again", have, full, len(full))
	checkTidy(t, name+", run again", region)
}

// TestAKilledNightLeavesWholeWorkbooks kills the second night of a region, when there
// are workbooks to lose.
func TestAKilledNightLeavesWholeWorkbooks(t *testing.T) {
	wanted := max(1, kills(t)/5)
	source := regionToLoad(t, "300")
	config := func(dir string) string { return filepath.Join(dir, "ontschot.toml") }
	night := func(dir string) {
		t.Helper()
		if out := ontschot(t, "run", "-c", config(dir)); !out.done() {
			t.Fatalf("run: exit code %d: %s", out.code, out.stderr)
		}
	}
	holdBack(t, source, "toewijzingen*", "deelname*", "budget*")
	night(source)
	old, first := workbooks(t, source), stored(t, source)
	bringBack(t, source)

	calm := copyOf(t, source)
	began := time.Now()
	night(calm)
	duration := time.Since(began)
	fresh, full := workbooks(t, calm), stored(t, calm)
	checkWhole(t, "undisturbed", first, full, len(first))
	for name := range fresh {
		if bytes.Equal(old[name], fresh[name]) {
			t.Fatalf("%s tells nothing of the new deliveries", name)
		}
	}

	chance := rand.New(rand.NewPCG(935, 2))
	var killed, early, replaced int
	for attempt := 1; killed < wanted; attempt++ {
		if attempt > 4*wanted {
			t.Fatalf("only %d of %d nights could be killed: the others had ended", killed, attempt-1)
		}
		region := copyOf(t, source)
		m := moment{after: time.Duration(chance.Int64N(int64(duration)))}
		if n := chance.IntN(4); n < 2 {
			m.until = []sight{keeping, writing}[n]
		}
		name := fmt.Sprintf("attempt %d, %s", attempt, m)
		if killAt(t, m, region, "run", "-c", config(region)) {
			killed++
		} else {
			early++
		}
		for book, content := range workbooks(t, region) {
			switch {
			case bytes.Equal(content, fresh[book]):
				replaced++
			case !bytes.Equal(content, old[book]):
				t.Errorf("%s: %s is neither the old nor the new one", name, book)
			}
		}
		checkWhole(t, name, stored(t, region), full, len(first))
		if out := ontschot(t, "status", "-c", config(region)); out.code != 0 {
			t.Errorf("%s: status: exit code %d: %s", name, out.code, out.stderr)
		}
		night(region)
		for book, content := range workbooks(t, region) {
			if !bytes.Equal(content, fresh[book]) {
				t.Errorf("%s, run again: %s is not that of an undisturbed night", name, book)
			}
		}
		checkWhole(t, name+", run again", stored(t, region), full, len(full))
		checkTidy(t, name+", run again", region)
	}
	t.Logf("%d kills in nights of %.1f s; %d nights had ended before; %d workbooks had been replaced", killed, duration.Seconds(), early, replaced)
}

// workbooks reads the published pair.
func workbooks(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	books := map[string][]byte{}
	for _, name := range []string{"arrangementenmonitor-vgz.xlsx", "arrangementenmonitor-gemeente.xlsx"} {
		raw, err := os.ReadFile(filepath.Join(dir, "rapporten", name))
		if err != nil {
			t.Fatal(err)
		}
		books[name] = raw
	}
	return books
}

// sight is a file that tells what a program is at: its folder in the region, and its name.
type sight struct{ folder, name string }

var (
	keeping = sight{".", "*.nieuw"}    // the copy that becomes the warehouse
	writing = sight{"rapporten", ".*"} // a workbook that is not published
)

func (s sight) seen(region string) bool {
	paths, err := filepath.Glob(filepath.Join(region, s.folder, s.name))
	return err == nil && len(paths) > 0
}

// moment is when a process is killed.
type moment struct {
	after time.Duration
	until sight // and not before this is seen
}

func (m moment) String() string {
	if m.until != (sight{}) {
		return fmt.Sprintf("killed after %v at %s/%s", m.after.Round(time.Millisecond), m.until.folder, m.until.name)
	}
	return fmt.Sprintf("killed after %v", m.after.Round(time.Millisecond))
}

// killAt runs the program on a region and kills it, with all that it started. It is false
// when the program had ended before.
func killAt(t *testing.T, m moment, region string, args ...string) bool {
	t.Helper()
	c := exec.CommandContext(t.Context(), "ontschot", args...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	wait := func(d time.Duration) bool {
		select {
		case <-ended:
			return true
		case <-time.After(d):
			return false
		}
	}
	over := wait(m.after)
	if m.until != (sight{}) {
		for !over && !m.until.seen(region) {
			over = wait(100 * time.Microsecond)
		}
		// Somewhere between the first byte of the copy and the rename.
		over = over || wait(m.after%(8*time.Millisecond))
	}
	if !over {
		if err := syscall.Kill(-c.Process.Pid, syscall.SIGKILL); err != nil {
			t.Log("it had ended: ", err)
		}
		<-ended
	}
	status, ok := c.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case ok && status.Signaled() && status.Signal() == syscall.SIGKILL:
		return true
	case c.ProcessState.ExitCode() != 0 && c.ProcessState.ExitCode() != 3:
		t.Errorf("%s: it ended by itself with exit code %d: %s", m, c.ProcessState.ExitCode(), &stderr)
	}
	return false
}
