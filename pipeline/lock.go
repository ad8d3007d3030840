package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// lockEvery is how long it takes to see that the lock is free again.
const lockEvery = 100 * time.Millisecond

// takeLock makes sure that one process at a time works in the folder. It waits for another at most as long as env says. The
// operating system frees the lock when the process ends, however it ends.
func takeLock(ctx context.Context, workDir string, env Env) (release func(), err error) {
	path := filepath.Join(workDir, ".ontschot.lock")
	lock := flock.New(path, flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
	if err == nil && !taken && env.Wait > 0 {
		taken, err = waitForLock(ctx, lock, env)
	}
	if err != nil {
		return nil, fmt.Errorf("taking the lock: %w", err)
	}
	if !taken {
		who := "another process"
		if raw, err := os.ReadFile(path); err == nil {
			if pid := strings.TrimSpace(string(raw)); pid != "" {
				who = "process " + pid
			}
		}
		return nil, fail(Locked, fmt.Errorf("%s is at work in %s: wait until it has ended, then try again; --wait 30m waits for it", who, workDir))
	}
	if err := os.WriteFile(path, fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600); err != nil {
		lock.Close() // the error of the write says enough
		return nil, fmt.Errorf("writing the lock: %w", err)
	}
	return func() { lock.Close() }, nil
}

// waitForLock tries until the lock is free or the time is over.
func waitForLock(ctx context.Context, lock *flock.Flock, env Env) (taken bool, err error) {
	env.Progress.Stage("waiting for another process", 0)
	defer env.Progress.Done()
	patience, stop := context.WithTimeout(ctx, env.Wait)
	defer stop()
	taken, err = lock.TryLockContext(patience, lockEvery)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return false, nil
	}
	return taken, err
}
