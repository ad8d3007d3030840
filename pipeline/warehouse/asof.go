package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"ontschot/pipeline/delivery"
)

// asOfPrefix begins the name of every folder with the data of an earlier run.
const asOfPrefix = ".peil-"

// later tells, behind a column with the name of a run, that it came after the run $1: a name is the moment of its start, with a
// number behind it when there were more in that second.
const later = "(split_part(run, '-', 1), length(run), run) > (split_part($1, '-', 1), length($1), $1)"

// AsOfFolder makes a folder in dir for the data of an earlier run, and removes those that killed processes left.
func AsOfFolder(dir string) (string, error) {
	if err := discardAbandoned(dir, asOfPrefix); err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(dir, fmt.Sprintf("%s%d-*", asOfPrefix, os.Getpid()))
	if err != nil {
		return "", fmt.Errorf("making a folder for the data of an earlier run: %w", err)
	}
	return folder, nil
}

// OpenAsOf makes in folder a private copy of the published database of folder dir, and takes out of it what came after a run: its
// deliveries are those that were known when that run ended, its releases those of before it began. The answers in it are still those
// of the last night. Who was erased since is gone from it too. Close throws it away.
func OpenAsOf(ctx context.Context, dir, folder string, o Options, run Run) (*Warehouse, error) {
	path := filepath.Join(folder, FileName)
	if err := copyPublished(ctx, filepath.Join(dir, FileName), path, o); err != nil {
		return nil, err
	}
	w, err := open(ctx, path, o, false)
	if err != nil {
		return nil, err
	}
	w.private = true
	if err := w.createSchemas(ctx); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if err := w.withTx(ctx, func() error { return w.takeBack(ctx, run) }); err != nil {
		return nil, errors.Join(fmt.Errorf("going back to run %s: %w", run.ID, err), w.Close())
	}
	return w, nil
}

// takeBack removes what came after a run.
func (w *Warehouse) takeBack(ctx context.Context, run Run) error {
	if err := w.Exec(ctx, "DELETE FROM levering.grootboek WHERE "+later, run.ID); err != nil {
		return err
	}
	var statements []string
	gone := func(table string) {
		statements = append(statements, "DELETE FROM "+table+" WHERE levering_id NOT IN (SELECT levering_id FROM levering.grootboek)")
	}
	for _, t := range delivery.Tables() {
		gone("opslag." + t.Name)
	}
	gone("levering.quarantaine")
	gone("levering.wissing")
	// A combination that no line had yet has a higher number than all that came before it.
	for _, d := range dictionaries() {
		var used []string
		for _, t := range delivery.Tables() {
			for _, of := range t.Dictionaries() {
				if of.Name == d.Name {
					used = append(used, fmt.Sprintf("SELECT max(%s) AS hoogste FROM opslag.%s", d.Name, t.Name))
				}
			}
		}
		statements = append(statements, fmt.Sprintf("DELETE FROM opslag.%[1]s WHERE %[1]s > (SELECT coalesce(max(hoogste), 0) FROM (%[2]s))",
			d.Name, strings.Join(used, " UNION ALL ")))
	}
	if err := w.execAll(ctx, statements); err != nil {
		return err
	}
	for _, table := range []string{"levering.run", "levering.werkboek", "levering.versie", "levering.uitvoer"} {
		if err := w.Exec(ctx, "DELETE FROM "+table+" WHERE "+later, run.ID); err != nil {
			return err
		}
	}
	return w.takeBackReleases(ctx, run)
}

// takeBackReleases removes the releases that a run did not know of.
func (w *Warehouse) takeBackReleases(ctx context.Context, run Run) error {
	var known sql.NullInt64
	if err := w.conn.QueryRowContext(ctx, "SELECT max(vrijgave) FROM vrijgave.vrijgave WHERE moment < ?", run.Began).Scan(&known); err != nil {
		return err
	}
	tables := map[string]string{"vrijgave": "vrijgave", "cel": "vrijgave", "gewist": "stand"}
	for _, f := range facets {
		tables[f.name] = "stand"
	}
	for table, column := range tables {
		if err := w.Exec(ctx, fmt.Sprintf("DELETE FROM vrijgave.%s WHERE %s > ?", table, column), known.Int64); err != nil {
			return err
		}
	}
	return nil
}

// discardAbandoned removes the folders of which the name begins with prefix and the number of a process that is gone.
func discardAbandoned(dir, prefix string) error {
	folders, err := filepath.Glob(filepath.Join(dir, prefix+"*"))
	if err != nil {
		return err
	}
	for _, folder := range folders {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(folder), prefix), "-")
		n, err := strconv.Atoi(pid)
		if err != nil || syscall.Kill(n, 0) == nil { // a reader may be at work
			continue
		}
		if err := os.RemoveAll(folder); err != nil {
			return fmt.Errorf("removing what an earlier night left: %w", err)
		}
	}
	return nil
}
