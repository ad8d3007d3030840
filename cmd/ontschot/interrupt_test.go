package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// cancelAt stops the night when it says a word.
type cancelAt struct {
	bytes.Buffer
	word   string
	cancel context.CancelFunc
}

func (c *cancelAt) Write(p []byte) (int, error) {
	n, err := c.Buffer.Write(p)
	if strings.Contains(c.String(), c.word) {
		c.cancel()
	}
	return n, err
}

func TestANightInterruptedAfterAnyStageChangesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("whole nights")
	}
	dir := regionAfterNight(t)
	changeConfiguration(t, dir) // so that the night has something to do
	before := contents(t, dir)
	for _, stage := range []string{"load", "queries", "report"} {
		ctx, cancel := context.WithCancel(t.Context())
		stderr := &cancelAt{word: stage + ": ", cancel: cancel}
		var stdout bytes.Buffer
		code := run(ctx, []string{"run", "-c", filepath.Join(dir, "ontschot.toml")}, &stdout, stderr)
		cancel()
		if code != 130 {
			t.Errorf("after %s: exit code %d, not 130: %s", stage, code, stderr)
		}
		if n := strings.Count(stderr.String(), "ontschot: interrupted"); n != 1 || stdout.Len() > 0 {
			t.Errorf("after %s: told %d times that it was interrupted; stdout has %q", stage, n, &stdout)
		}
		after := contents(t, dir)
		for path, content := range before {
			if !bytes.Equal(content, after[path]) {
				t.Errorf("after %s: %s has changed", stage, path)
			}
		}
		for _, path := range slices.Sorted(maps.Keys(after)) {
			if _, ok := before[path]; !ok {
				t.Errorf("after %s: %s was left behind", stage, path)
			}
		}
	}
	if code := run(t.Context(), []string{"run", "-c", filepath.Join(dir, "ontschot.toml")}, io.Discard, io.Discard); code != 0 {
		t.Errorf("the next night: exit code %d", code)
	}
}

// changeConfiguration adds a comment.
func changeConfiguration(t *testing.T, dir string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "ontschot.toml"), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString("# anders\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnInterruptedCommandSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	var stdout, stderr bytes.Buffer
	if code := run(ctx, []string{"demo", filepath.Join(dir, "demo")}, &stdout, &stderr); code != 130 {
		t.Errorf("demo: exit code %d, not 130", code)
	}
	if stdout.Len() > 0 || !strings.HasSuffix(stderr.String(), "ontschot: interrupted\n") {
		t.Errorf("demo: stdout %q, stderr %q", &stdout, &stderr)
	}
	if _, err := os.Stat(filepath.Join(dir, "demo", "ontschot.toml")); err == nil {
		t.Error("demo: a region that is not complete can be run")
	}
}

// contents reads all files but those of the runs and audit.log, which tell of every night, and the lock.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "runs":
			return fs.SkipDir
		case d.IsDir() || d.Name() == ".ontschot.lock" || d.Name() == "audit.log":
			return nil
		}
		raw, err := os.ReadFile(path)
		files[path] = raw
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
