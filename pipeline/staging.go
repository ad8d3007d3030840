package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/google/renameio/v2"
)

// stagingFolder holds, beside rapporten/, the workbooks that are not proven yet: whoever copies rapporten/ never has one.
const stagingFolder = ".nacht-rapporten"

// staged is where a workbook of rapporten/, or a folder of them, waits until it is published.
func staged(path string) string {
	return filepath.Join(filepath.Dir(filepath.Dir(path)), stagingFolder, filepath.Base(path))
}

// sameDisk refuses a rapporten/ that nothing can be renamed into, before anything is published.
func sameDisk(workDir string) error {
	var staging, reports syscall.Stat_t
	for path, stat := range map[string]*syscall.Stat_t{stagingFolder: &staging, "rapporten": &reports} {
		if err := syscall.Stat(filepath.Join(workDir, path), stat); err != nil {
			return fmt.Errorf("looking at %s: %w", path, err)
		}
	}
	if staging.Dev != reports.Dev {
		return fail(Misuse, errors.New("rapporten/ lies on another disk than the werkmap, and a workbook is put in place by renaming: "+
			"make it a folder of the werkmap, and copy the workbooks on from there"))
	}
	return nil
}

// discardStaged removes the workbooks that a killed night was still writing or proving.
func discardStaged(workDir string) error {
	folder := filepath.Join(workDir, stagingFolder)
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("looking for what an earlier night left: %w", err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), releaseFolder) {
			continue // settleReleases knows whether it was released
		}
		if err := os.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
			return fmt.Errorf("removing a workbook that an earlier night left: %w", err)
		}
	}
	return removeEmpty(folder)
}

// removeEmpty removes a folder when nothing is left in it.
func removeEmpty(folder string) error {
	err := os.Remove(folder)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTEMPTY) {
		return nil
	}
	return err
}

// tidyKilled takes out of the folders of killed runs what is half or was never published; their logs stay, and so does all
// that a run left whose end is in the ledger.
func (n *night) tidyKilled(ctx context.Context) error {
	runs := filepath.Dir(n.folder)
	folders, err := os.ReadDir(runs)
	if err != nil {
		return fmt.Errorf("looking for runs that were killed: %w", err)
	}
	for _, folder := range folders {
		path := filepath.Join(runs, folder.Name())
		if _, err := os.Stat(filepath.Join(path, manifestFile)); err == nil || !folder.IsDir() || path == n.folder {
			continue
		}
		noted, err := n.warehouse.RunNamed(ctx, folder.Name())
		if err != nil {
			return err
		}
		if err := tidyRun(path, noted.ID != ""); err != nil {
			return fmt.Errorf("removing what a killed run left: %w", err)
		}
	}
	return nil
}

// tidyRun removes from the folder of a killed run its unfinished files, and its results when it did not come to its end.
func tidyRun(folder string, finished bool) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == logFile || finished && !strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// pendingFile makes a file that is written in its own folder and then put in place: left to itself the library writes
// in the temporary folder of the system, which nobody protects.
func pendingFile(path string) (*renameio.PendingFile, error) {
	return renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(0o600))
}

// writeFile puts a file of mode 0600 in place as a whole.
func writeFile(path string, content []byte) error {
	return renameio.WriteFile(path, content, 0o600, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(0o600))
}
