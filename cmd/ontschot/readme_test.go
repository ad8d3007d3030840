package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// shellBlock is a block of the README that a reader may type.
var shellBlock = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")

// TestEveryCommandOfTheReadmeRuns types what the pages of the README tell the operator, the researcher and the security officer, in their
// order, on the deliveries of a small region. Of make it only tries whether there is such a target.
func TestEveryCommandOfTheReadmeRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("whole nights")
	}
	for _, tool := range []string{"make", "flock", "tar"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("skipped: the README uses %s, which is not here", tool)
		}
	}
	project, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(project, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := shellBlock.FindAllStringSubmatch(string(readme), -1)
	if len(blocks) < 10 {
		t.Fatalf("%d blocks", len(blocks))
	}
	var script strings.Builder
	script.WriteString("set -eu\n")
	for i, b := range blocks {
		fmt.Fprintf(&script, "echo '--- block %d' >&2\n%s", i+1, b[1])
	}

	dir := t.TempDir()
	program, err := exec.LookPath("ontschot")
	if err == nil {
		err = os.Mkdir(filepath.Join(dir, "bin"), 0o700)
	}
	if err == nil {
		err = os.Symlink(program, filepath.Join(dir, "bin", "ontschot"))
	}
	if err == nil {
		err = os.Mkdir(filepath.Join(dir, "tools"), 0o700)
	}
	if err == nil {
		make := fmt.Sprintf("#!/bin/sh\nPATH='%s' exec make -C '%s' -n \"$@\" >/dev/null\n", os.Getenv("PATH"), project)
		err = os.WriteFile(filepath.Join(dir, "tools", "make"), []byte(make), 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "demo", filepath.Join(dir, "demo"), "--people", "300", "--years", "2016-2018").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Rename(filepath.Join(dir, "demo", "aanlevering"), filepath.Join(dir, "extracts")); err != nil {
		t.Fatal(err)
	}

	ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
	defer stop()
	shell := exec.CommandContext(ctx, "sh", "-c", script.String())
	shell.Dir = dir
	shell.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "tools")+":"+os.Getenv("PATH"))
	if out, err := shell.CombinedOutput(); err != nil {
		t.Errorf("%v after\n%s", err, out)
	}
}
