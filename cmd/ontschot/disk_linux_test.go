package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// smallDisk names, to this test in its own mount namespace, the folder for a small disk.
const smallDisk = "ONTSCHOT_SMALL_DISK"

// TestAFullDiskStopsTheLoad loads on a disk that is full at another moment each time. The
// disk is mounted where nobody else sees it, so the test runs itself there.
func TestAFullDiskStopsTheLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("whole nights")
	}
	if dir := os.Getenv(smallDisk); dir != "" {
		onSmallDisk(t, dir)
		return
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, "-test.run=^"+t.Name()+"$", "-test.v")
	c.Env = append(os.Environ(), smallDisk+"="+t.TempDir())
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := c.CombinedOutput()
	switch {
	case c.ProcessState == nil:
		t.Skip("no namespace to mount a small disk in: ", err)
	case c.ProcessState.ExitCode() == noDisk:
		t.Skipf("no small disk can be mounted: %s", out)
	case err != nil:
		t.Errorf("on a small disk: %v\n%s", err, out)
	default:
		t.Logf("%s", out)
	}
}

// noDisk is the exit code that tells the outer test that there is no disk to test on.
const noDisk = 77

func onSmallDisk(t *testing.T, mounted string) {
	const size = 1 << 30 // a promise: what is not written takes no memory
	if err := errors.Join(
		syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""),
		syscall.Mount("tmpfs", mounted, "tmpfs", 0, fmt.Sprintf("size=%d,mode=700", size)),
	); err != nil {
		fmt.Println(err)
		os.Exit(noDisk)
	}
	d := newDiskTest(t)
	ballast := filepath.Join(mounted, "ballast")
	region := filepath.Join(mounted, "regio")
	thorough := kills(t) > fewKills
	rooms := d.attempts([]float64{0.5, 1.8}, []float64{2})
	if thorough {
		rooms = d.attempts([]float64{0, 0.1, 0.5, 0.9, 1, 1.05, 1.1, 1.2, 1.5, 1.8, 1.9, 2, 2.1, 2.3, 2.6, 3},
			[]float64{0, 0.1, 0.2, 0.5, 0.8, 1, 1.3, 1.6, 2, 2.3, 2.6, 3, 4})
	}
	for _, a := range rooms {
		if err := errors.Join(os.RemoveAll(region), os.CopyFS(region, os.DirFS(a.region))); err != nil {
			t.Fatal(err)
		}
		fill(t, ballast, d.bytes(a))
		name := fmt.Sprintf("room for %d kB, %d deliveries loaded before", d.bytes(a)/1024, a.least)
		config := filepath.Join(region, "ontschot.toml")
		out := ontschot(t, "load", "-c", config)
		if least := d.check(t, name, region, a.least, out); !out.done() {
			d.check(t, name+", again", region, least, ontschot(t, "load", "-c", config))
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		complete(t, name+", with room", region, d.full)
	}
	d.checkFailed(t)
	if thorough {
		nightsOnSmallDisk(t, d, region, ballast)
	}
}

// nightsOnSmallDisk runs whole nights with more and more room, until one has enough: the
// workbooks are the old ones until then.
func nightsOnSmallDisk(t *testing.T, d *diskTest, region, ballast string) {
	config := filepath.Join(region, "ontschot.toml")
	if err := errors.Join(os.RemoveAll(region), os.CopyFS(region, os.DirFS(d.most))); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second begins with the size that a night leaves
		if out := ontschot(t, "run", "-c", config); !out.done() {
			t.Fatalf("run: exit code %d: %s", out.code, out.stderr)
		}
	}
	old := files(t, region, "rapporten")
	info, err := os.Stat(filepath.Join(region, "warehouse.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	d.failed = map[string]bool{} // from here on, by nights
	for room, enough := int64(0), false; !enough; room += info.Size() / 8 {
		fill(t, ballast, room)
		out := ontschot(t, "run", "-c", config)
		name := fmt.Sprintf("a night with room for %d kB", room/1024)
		if enough = out.done(); !enough {
			d.checkFailure(t, name, region, out)
		}
		checkTidy(t, name, region)
		checkWhole(t, name, stored(t, region), d.full, len(d.full))
		for book, content := range files(t, region, "rapporten") {
			if !bytes.Equal(content, old[book]) {
				t.Errorf("%s: %s has changed", name, book)
			}
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	}
	d.size = info.Size()
	d.checkFailed(t)
}

// fill leaves so much room on the disk of a file.
func fill(t *testing.T, path string, room int64) {
	t.Helper()
	var disk syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &disk); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fs.FileMode(0o600))
	if err != nil {
		t.Fatal(err)
	}
	err = syscall.Fallocate(int(f.Fd()), 0, 0, int64(disk.Bavail)*disk.Bsize-room)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}
