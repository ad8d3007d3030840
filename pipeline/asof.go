package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"ontschot/pipeline/report"
	"ontschot/pipeline/warehouse"
)

// Known tells of the data of an earlier run.
type Known struct {
	Run        string // as the ledger names it
	Deliveries int    // that were known when it ended
	// Since is what differs from then besides the data, or of the data what was erased, in words.
	Since []string
}

// changedParts say, in the order in which a workbook lists them, what it means when a version is not that of the run.
var changedParts = []struct{ version, meaning string }{
	{versionProgram, "this is another version of the program"},
	{versionDuckDB, "this is another version of DuckDB"},
	{versionDeliveries, erasedSince},
	{versionQueries, "queries changed since"},
	{versionReferences, "code lists changed since"},
	{versionSettings, settingsChanged},
	{versionReleases, "the releases of before it are not those it knew"},
}

const (
	erasedSince     = "persons were erased since, and are gone from the data"
	settingsChanged = "the configuration changed since"
)

// openAsOf puts into n the data as they were known when a run ended, in a private copy of the warehouse in folder, with the model and
// the answers that today's queries make of them. The caller closes n.warehouse.
func (n *night) openAsOf(ctx context.Context, folder string, run warehouse.Run) (known Known, err error) {
	if n.catalogue, err = n.config.catalogue(); err != nil {
		return known, err
	}
	n.log = slog.New(slog.DiscardHandler)
	n.warehouse, err = warehouse.OpenAsOf(ctx, n.config.WorkDir(), folder, n.env.Limits, run)
	if errors.Is(err, warehouse.ErrLocked) {
		err = fail(Locked, err)
	}
	if err != nil {
		return known, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, n.warehouse.Close())
		}
	}()
	ledger, err := n.warehouse.Ledger(ctx)
	if err != nil {
		return known, err
	}
	fingerprint, versions, err := n.identity(ctx, ledger)
	if err != nil {
		return known, err
	}
	n.Fingerprint = fingerprint
	known = Known{Run: run.ID, Deliveries: len(ledger), Since: changedSince(run, versions)}
	return known, n.model(ctx)
}

// changedSince says what differs between a run and now.
func changedSince(run warehouse.Run, now []report.Version) (since []string) {
	if len(run.Versions) == 0 {
		return []string{"it is of before runs noted the versions of queries, code lists and configuration: whether these changed is not known"}
	}
	then, today := map[string]string{}, map[string]string{}
	for _, v := range run.Versions {
		then[v.Name] = v.Value
	}
	for _, v := range now {
		today[v.Name] = v.Value
	}
	for _, part := range changedParts { // there is no version of releases when there was none
		if then[part.version] != today[part.version] {
			since = append(since, part.meaning)
		}
	}
	return since
}

// findRun looks a run up in the ledger, also by the name of a later one that found nothing new.
func findRun(ctx context.Context, c *Config, w *warehouse.Warehouse, id string) (warehouse.Run, error) {
	run, err := w.RunNamed(ctx, id)
	if err != nil || run.ID != "" {
		return run, err
	}
	if id == filepath.Base(id) {
		if m, err := readManifest(c, id); err == nil && m.SameAs != "" {
			if run, err = w.RunNamed(ctx, m.SameAs); err != nil {
				return run, err
			}
		}
	}
	if run.ID == "" {
		return run, fail(Misuse, fmt.Errorf("run %s is not known, or it did not finish: 'ontschot status' names the last runs", id))
	}
	return run, nil
}

// withAsOf gives f the data as they were known when a run ended, and throws them away.
func withAsOf(ctx context.Context, c *Config, env Env, run warehouse.Run, f func(n *night, known Known) error) (err error) {
	defer func() { err = withAdvice(err, c.WorkDir()) }()
	folder, err := warehouse.AsOfFolder(c.WorkDir())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	n := &night{config: c, env: env}
	n.Began, n.Run = env.Now().UTC(), run.ID
	known, err := n.openAsOf(ctx, folder, run)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.warehouse.Close()) }()
	return f(n, known)
}

// Told says in one line what the data are and what differs from then.
func (k Known) Told() string {
	told := fmt.Sprintf("as known at run %s: %d deliveries", k.Run, k.Deliveries)
	if len(k.Since) == 0 {
		return told + "; queries, code lists and configuration are those of that run"
	}
	return told + "; " + strings.Join(k.Since, "; ")
}
