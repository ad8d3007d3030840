package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// sight tells what a program is at, by what stands in its region.
type sight struct {
	name string
	seen func(region string) bool
}

// stands is the sight of a file, by the pattern of its path in the region.
func stands(pattern string) sight {
	return sight{pattern, func(region string) bool {
		paths, err := filepath.Glob(filepath.Join(region, pattern))
		return err == nil && len(paths) > 0
	}}
}

// keeping is the copy that becomes the warehouse.
var keeping = stands("*.nieuw")

// moment is when a process is killed.
type moment struct {
	after time.Duration
	until sight         // and not before this is seen
	extra time.Duration // and so long after that
}

func (m moment) String() string {
	if m.until.seen != nil {
		return fmt.Sprintf("killed after %v, %v after %s", m.after.Round(time.Millisecond), m.extra, m.until.name)
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
	if m.until.seen != nil {
		for !over && !m.until.seen(region) {
			over = wait(100 * time.Microsecond)
		}
		over = over || wait(m.extra)
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
