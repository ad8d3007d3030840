package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // a second process in the warehouse
	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"ontschot":       main,
		"hold-lock":      holdLock,
		"hold-warehouse": holdWarehouse,
	})
}

// TestStories runs testdata/*.txtar: what the program promises to who uses it, one promise a file.
func TestStories(t *testing.T) {
	if testing.Short() {
		t.Skip("whole nights")
	}
	syscall.Umask(0o077) // a copy of a region is for its owner only, as the region is
	night := regionAfterNight(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":      exits,
			"interrupts": interrupts,
			"waitfor":    waitFor,
			"mode":       mode,
			"tree":       tree,
			"begins":     begins,
			"isjson":     isJSON,
			"released":   released,
			"last-run":   lastRun,
			"encrypted":  encrypted,
			"refuses":    refuses,
			"answers":    answers,
			"private":    private,

			"change-cell": changeCell,
			"after-a-night": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(night)))
			},
		},
	})
}

// regionAfterNight makes a small region and runs one night on it, once for all
// stories that begin on the morning after.
func regionAfterNight(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "regio")
	for _, args := range [][]string{
		{"demo", dir, "--people", "300", "--years", "2016-2018"},
		{"run", "-c", filepath.Join(dir, "ontschot.toml")},
	} {
		if out, err := exec.Command("ontschot", args...).CombinedOutput(); err != nil {
			t.Fatalf("ontschot %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	return dir
}

// exits N PROGRAM ARGS… runs a program that must end with exit code N.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	checkExit(ts, want, ts.Exec(args[1], args[2:]...))
}

func checkExit(ts *testscript.TestScript, want int, err error) {
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("not run: %v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// interrupts N FILE PROGRAM ARGS… sends SIGINT as soon as FILE is there; the
// program must end with exit code N. What it said on stderr is in said.txt.
func interrupts(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	said, err := os.Create(ts.MkAbs("said.txt"))
	ts.Check(err)
	defer said.Close()
	c := exec.Command(args[2], args[3:]...)
	c.Dir, c.Stderr = ts.MkAbs("."), said
	ts.Check(c.Start())
	waitFor(ts, false, args[1:2])
	ts.Check(c.Process.Signal(os.Interrupt))
	checkExit(ts, want, c.Wait())
}

// waitfor FILE waits until a file is there.
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	for range 3000 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not come", args[0])
}

// mode PERM PATH… checks the permissions of files and folders.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	for _, path := range args[1:] {
		info, err := os.Stat(ts.MkAbs(path))
		ts.Check(err)
		if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
			ts.Fatalf("%s has mode %s, not %s", path, got, args[0])
		}
	}
}

// tree DIR OUT lists every path under DIR with a hash of its content, so that
// two moments can be compared.
func tree(ts *testscript.TestScript, _ bool, args []string) {
	var b strings.Builder
	root := ts.MkAbs(args[0])
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil || d.IsDir() {
			fmt.Fprintln(&b, name+"/")
			return err
		}
		raw, err := os.ReadFile(path)
		fmt.Fprintf(&b, "%s %x\n", name, sha256.Sum256(raw))
		return err
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
}

// released DIR links released to the folder of the newest release of DIR.
func released(ts *testscript.TestScript, _ bool, args []string) {
	folders, err := filepath.Glob(ts.MkAbs(filepath.Join(args[0], "rapporten", "vrijgave-*")))
	ts.Check(err)
	if len(folders) == 0 {
		ts.Fatalf("nothing was released")
	}
	ts.Check(os.Symlink(folders[len(folders)-1], ts.MkAbs("released")))
}

// last-run DIR sets RUN to the newest run of DIR, and links run to its folder.
func lastRun(ts *testscript.TestScript, _ bool, args []string) {
	folders, err := filepath.Glob(ts.MkAbs(filepath.Join(args[0], "runs", "*")))
	ts.Check(err)
	if len(folders) == 0 {
		ts.Fatalf("there was no run")
	}
	last := folders[len(folders)-1]
	ts.Setenv("RUN", filepath.Base(last))
	link := ts.MkAbs("run")
	if err := os.Remove(link); err != nil && !errors.Is(err, fs.ErrNotExist) {
		ts.Fatalf("%v", err)
	}
	ts.Check(os.Symlink(last, link))
}

// change-cell FROM TO SHEET CELL TEXT saves a copy of a workbook with another text in one cell.
func changeCell(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.SetCellStr(args[2], args[3], args[4]))
	ts.Check(errors.Join(f.SaveAs(ts.MkAbs(args[1])), f.Close()))
}

// encrypted FILE checks that a workbook has a password, by its first bytes: an encrypted one is no zip.
func encrypted(ts *testscript.TestScript, neg bool, args []string) {
	if has := strings.HasPrefix(ts.ReadFile(args[0]), "\xd0\xcf\x11\xe0"); has == neg {
		ts.Fatalf("%s: encrypted is %v", args[0], has)
	}
}

// begins FILE TEXT checks the first bytes of a file: of what format it is.
func begins(ts *testscript.TestScript, _ bool, args []string) {
	if !strings.HasPrefix(ts.ReadFile(args[0]), args[1]) {
		ts.Fatalf("%s does not begin with %s", args[0], args[1])
	}
}

// isjson FILE checks that a file, or stdout, is one JSON value and nothing else.
func isJSON(ts *testscript.TestScript, _ bool, args []string) {
	if !json.Valid([]byte(ts.ReadFile(args[0]))) {
		ts.Fatalf("%s is not JSON", args[0])
	}
}

// holdLock is a night of another process: hold-lock DIR READY.
func holdLock() {
	path := filepath.Join(os.Args[1], ".ontschot.lock")
	if taken, err := flock.New(path).TryLock(); err != nil || !taken {
		panic(fmt.Sprint("the lock was not free: ", err))
	}
	must(os.WriteFile(path, fmt.Appendln(nil, os.Getpid()), 0o600))
	holdUntilInterrupted(os.Args[2])
}

// holdWarehouse is a program that has the warehouse open for writing:
// hold-warehouse FILE READY.
func holdWarehouse() {
	db, err := sql.Open("duckdb", os.Args[1])
	must(err)
	must(db.Ping())
	holdUntilInterrupted(os.Args[2])
	must(db.Close())
}

func holdUntilInterrupted(ready string) {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	must(os.WriteFile(ready, nil, 0o600))
	<-stop
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
