package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// takeLock makes sure that one process at a time works in the folder. The
// operating system frees it when the process ends, however it ends.
func takeLock(workDir string) (release func(), err error) {
	path := filepath.Join(workDir, ".ontschot.lock")
	lock := flock.New(path, flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
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
		return nil, fail(Locked, fmt.Errorf("%s is at work in %s: wait until it has ended, then try again", who, workDir))
	}
	if err := os.WriteFile(path, fmt.Appendf(nil, "%d\n", os.Getpid()), 0o600); err != nil {
		lock.Close() // the error of the write says enough
		return nil, fmt.Errorf("writing the lock: %w", err)
	}
	return func() { lock.Close() }, nil
}
