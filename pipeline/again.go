package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ontschot/pipeline/warehouse"
)

// againFolder begins the name of the folder with the workbooks of an earlier run.
const againFolder = "run-"

// Remade tells of the workbooks of an earlier run that were made again.
type Remade struct {
	Run       string
	Program   string // the version that made the run
	Workbooks []string
}

// Report makes the workbooks of an earlier run again, from what that run kept, in rapporten/run-ID/; they are as they were, to
// the byte (before a password is put on) where the program is the same. They pass the same gate. A run that is
// not known, that kept nothing, or since which persons were erased, is a Misuse.
func Report(ctx context.Context, c *Config, env Env, run string) (_ *Remade, err error) {
	defer func() { err = withAdvice(err, c.WorkDir()) }()
	release, err := takeLock(ctx, c.WorkDir(), env)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fail(Misuse, warehouse.ErrNoWarehouse)
	}
	if err != nil {
		return nil, err
	}
	defer release()
	if err := discardStaged(c.WorkDir()); err != nil {
		return nil, err
	}
	n := &night{config: c, env: env, again: true}
	n.Run = run // so that a refusal is noted too
	if err := n.openAudit(ActionReport); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, n.noted(err)) }()
	made, err := n.remember(ctx, run)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, n.discardFolder()) }()
	if err := n.writeBooks(); err != nil {
		return nil, err
	}
	if err := n.gate(ctx); err != nil {
		return nil, err
	}
	if err := n.setPasswords(); err != nil {
		return nil, err
	}
	if err := n.replaceFolder(); err != nil {
		return nil, fmt.Errorf("putting the workbooks in place: %w", err)
	}
	made.Workbooks = n.Workbooks
	return made, nil
}

// remember finds what a run kept.
func (n *night) remember(ctx context.Context, run string) (made *Remade, err error) {
	w, err := openReader(ctx, n.config, n.env)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	noted, err := findRun(ctx, n.config, w, run)
	if err != nil {
		return nil, err
	}
	switch {
	case noted.Status == statusErased:
		return nil, fail(Misuse, fmt.Errorf("run %s erased persons and made no workbooks: %s", run, onlyNow))
	case noted.Workbooks == "":
		return nil, fail(Misuse, fmt.Errorf("run %s is from before runs kept what their workbooks were made from: %s", run, onlyNow))
	}
	_, erased, err := w.ChangedSince(ctx, noted.ID)
	if err != nil {
		return nil, err
	}
	if erased {
		return nil, fail(Misuse, fmt.Errorf("persons were erased since run %s, and its workbooks still count them: %s", run, onlyNow))
	}
	k, err := n.recall(noted)
	if err != nil {
		return nil, err
	}
	n.books = k.Books
	for _, b := range n.books {
		if b.Password && n.config.password(b.Book.Recipient) == "" {
			return nil, fail(Misuse, fmt.Errorf("the workbook of %s had a password in run %s, and has none in the configuration now: give wachtwoord_bestand of that [[ontvanger]]",
				b.Book.Recipient, run))
		}
	}
	return &Remade{Run: noted.ID, Program: noted.Program}, nil
}

// recall reads what a run kept.
func (n *night) recall(noted warehouse.Run) (kept, error) {
	n.Run, n.folder = noted.ID, filepath.Join(n.config.WorkDir(), "runs", noted.ID)
	k, err := readKept(n.folder, noted.Workbooks)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return k, fail(Misuse, fmt.Errorf("runs/%s/%s is gone, from which the workbooks of that run are made: put it back; %s", noted.ID, keptFile, onlyNow))
	case errors.Is(err, errKept):
		return k, fail(GateRefused, fmt.Errorf("runs/%s: %w; put back the file that the run left; %s", noted.ID, err, onlyNow))
	}
	return k, err
}

// onlyNow says what remains when an earlier run cannot be made again.
const onlyNow = "'ontschot run' makes the workbooks of what is known now"

// replaceFolder puts the folder with the workbooks in place of one that was made before.
func (n *night) replaceFolder() error {
	folder := n.reportFolder()
	old := staged(folder) + ".oud"
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(staged(folder), folder); err != nil {
		return err
	}
	return os.RemoveAll(old)
}
