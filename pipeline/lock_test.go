package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"ontschot/pipeline/delivery"
)

func TestTheLockIsWaitedForAsLongAsAsked(t *testing.T) {
	dir := t.TempDir()
	release, err := takeLock(t.Context(), dir, Env{})
	if err != nil {
		t.Fatal(err)
	}
	for _, wait := range []time.Duration{0, 250 * time.Millisecond} {
		began := time.Now()
		_, err := takeLock(t.Context(), dir, Env{Wait: wait, Progress: Silent{}})
		if took := time.Since(began); KindOf(err) != Locked || took < wait || took > wait+10*time.Second {
			t.Errorf("with %s it took %s: %v", wait, took, err)
		}
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("process %d is at work in %s", os.Getpid(), dir)) {
			t.Errorf("it does not name the process: %v", err)
		}
	}
	// Who stops waiting is interrupted, not locked out.
	ctx, stop := context.WithTimeout(t.Context(), time.Hour)
	time.AfterFunc(50*time.Millisecond, stop)
	if _, err := takeLock(ctx, dir, Env{Wait: time.Hour, Progress: Silent{}}); KindOf(err) != Interrupted {
		t.Errorf("after an interrupt: %v", err)
	}
	time.AfterFunc(50*time.Millisecond, release)
	again, err := takeLock(t.Context(), dir, Env{Wait: time.Minute, Progress: Silent{}})
	if err != nil {
		t.Fatal(err)
	}
	again()
}

func TestAnErrorTellsOfTenRefusedFilesInFull(t *testing.T) {
	t.Parallel()
	n := &night{Night: Night{Run: "20261122T030000Z"}}
	for i := range 500 {
		n.Refused = append(n.Refused, &delivery.Refusal{File: fmt.Sprintf("bestand_%03d.csv", i), Reason: "the file is empty"})
	}
	err := n.refusals()
	if lines := strings.Count(err.Error(), "\n") + 1; lines != mostRefusals+1 || !strings.HasSuffix(err.Error(), "\nand 490 more files: see runs/20261122T030000Z/manifest.json") {
		t.Errorf("%d lines: %v", lines, err)
	}
	if _, ok := errors.AsType[*delivery.Refusal](err); !ok {
		t.Error("it is no refusal any more")
	}
	n.Refused = n.Refused[:mostRefusals]
	if err := n.refusals(); strings.Contains(err.Error(), "more") {
		t.Errorf("ten files: %v", err)
	}
}
