package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// fewKills is for every day.
const fewKills = 6

// kills is how many times a load or a night is killed: ONTSCHOT_KILLS, else a few.
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
			m.until, m.extra = keeping, time.Duration(chance.Int64N(int64(8*time.Millisecond)))
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
		if m.until.seen != nil {
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
