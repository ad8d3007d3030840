package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"ontschot/pipeline/disclosure"
	"ontschot/pipeline/warehouse"
)

// Released tells which run was released.
type Released struct {
	Run    string
	Before bool // it was released before: nothing was done
	noted  bool // it is in the ledger: its workbooks stay, whatever happens
}

// statusReleased is the status of a run that released another.
const statusReleased = "vrijgegeven"

// Release freezes the answers of the last finished run: it protects them, writes the workbooks to rapporten/vrijgave-ID/, reads
// them back as a night does, and notes every published cell in the release ledger. run may name that run; "" is the last. Another
// run, or data that changed since, is a Misuse.
func Release(ctx context.Context, c *Config, env Env, run string) (*Night, error) {
	return begin(ctx, c, env, ActionRelease, nil, func(n *night) error {
		return n.opened(ctx, func() error { return n.freeze(ctx, run) })
	})
}

// freeze does what [Release] says, in an open warehouse.
func (n *night) freeze(ctx context.Context, run string) error {
	if err := n.choose(ctx, run); err != nil {
		return err
	}
	if n.Released.Before {
		for _, r := range n.config.Ontvanger {
			path := filepath.Join(n.reportFolder(), r.Bestand)
			if _, err := os.Stat(path); err == nil { // a recipient may be new since
				n.Workbooks = append(n.Workbooks, path)
			}
		}
		return nil
	}
	return n.stages(ctx, []stage{
		{"check", n.check}, // for what the workbooks say of the data
		{"protect", n.protect},
		{"report", n.report},
		{"gate", n.gate},
		{"publish", n.publishRelease},
	})
}

// choose finds the run to release, and refuses one whose answers are not those that
// a night would give now.
func (n *night) choose(ctx context.Context, run string) error {
	last, err := n.warehouse.LastRun(ctx)
	if err != nil {
		return err
	}
	if run != "" {
		named, err := findRun(ctx, n.config, n.warehouse, run)
		if err != nil {
			return err
		}
		run = named.ID
	}
	switch {
	case last.ID == "":
		return fail(Misuse, errors.New("there is no finished run to release: run 'ontschot run' first"))
	case run != "" && run != last.ID:
		return fail(Misuse, fmt.Errorf("run %s is not the last finished run, %s: only that one can be released, for the answers of an earlier run cannot be made again", run, last.ID))
	}
	n.Released = &Released{Run: last.ID}
	releases, err := n.warehouse.Releases(ctx)
	if err != nil {
		return err
	}
	n.Released.Before = slices.ContainsFunc(releases, func(r warehouse.Release) bool { return r.Run == last.ID })
	if n.Released.Before {
		n.Fingerprint = last.Fingerprint
		return nil
	}
	const advice = "run 'ontschot run' and release that run"
	loaded, erased, err := n.warehouse.ChangedSince(ctx, last.ID)
	switch {
	case err != nil:
		return err
	case loaded > 0:
		return fail(Misuse, fmt.Errorf("%d deliveries were loaded since run %s: %s", loaded, last.ID, advice))
	case erased:
		return fail(Misuse, fmt.Errorf("persons were erased since run %s: %s", last.ID, advice))
	}
	ledger, err := n.warehouse.Ledger(ctx)
	if err != nil {
		return err
	}
	now, _, err := n.identity(ctx, ledger)
	if err == nil && now != last.Fingerprint {
		err = fail(Misuse, fmt.Errorf("the program, the queries, the code lists or the configuration changed since run %s: %s", last.ID, advice))
	}
	return err
}

// publishRelease notes the release, puts the warehouse in place and then the folder
// with the workbooks, each by a rename.
func (n *night) publishRelease(ctx context.Context) error {
	releases, err := n.warehouse.Releases(ctx)
	if err != nil {
		return err
	}
	r := warehouse.Release{
		Number: len(releases) + 1, Run: n.Released.Run, Moment: n.Began, Fingerprint: n.Fingerprint,
		Program: n.env.Version, BaseYear: n.config.Regio.Basisjaar,
	}
	if err := n.warehouse.NoteRelease(ctx, r, n.publishedCells(r.Number)); err != nil {
		return err
	}
	digest, err := n.finishWorkbooks()
	if err != nil {
		return err
	}
	err = n.warehouse.NoteRun(ctx, warehouse.Run{
		ID: n.Run, Began: n.Began, Ended: n.env.Now().UTC(), Status: statusReleased, Fingerprint: n.Fingerprint,
		Program: n.env.Version, Note: "run " + r.Run, Workbooks: digest,
		Versions: n.namedVersions(), Outputs: n.namedOutputs(),
	})
	if err != nil {
		return fmt.Errorf("noting the run in the ledger: %w", err)
	}
	if err := n.warehouse.Publish(ctx); err != nil {
		return err
	}
	n.Released.noted = true
	if err := os.Rename(staged(n.reportFolder()), n.reportFolder()); err != nil {
		return fmt.Errorf("putting the workbooks in place: %w", err)
	}
	return n.forgetRefusal()
}

// publishedCells gives every cell that this release shows or hides, per recipient.
// A cell whose data changed through few keeps its value, and so rests on the data
// of an earlier release.
func (n *night) publishedCells(release int) func(yield func(warehouse.ReleasedCell) bool) {
	return func(yield func(warehouse.ReleasedCell) bool) {
		for i, r := range n.config.Ontvanger {
			for _, t := range n.released[i].Tables() {
				for row, cells := range t.Rows {
					for column, c := range t.Columns {
						if c.Key {
							continue
						}
						cell := releasedCell(c, cells[column])
						cell.Recipient, cell.Table, cell.Key = r.Naam, t.Name, t.KeyOf(row)
						cell.Basis = n.earlier.basis(cell, release, int64(n.config.Onthulling.Drempel))
						if !yield(cell) {
							return
						}
					}
				}
			}
		}
	}
}

func releasedCell(c disclosure.Column, cell disclosure.Cell) warehouse.ReleasedCell {
	out := warehouse.ReleasedCell{Column: c.Name, State: warehouse.CellShown, IsText: c.Type == disclosure.Text, Number: cell.Unscaled, Text: cell.Text}
	switch cell.State {
	case disclosure.Shown:
	case disclosure.Hidden:
		return warehouse.ReleasedCell{Column: c.Name, State: warehouse.CellHidden}
	default:
		return warehouse.ReleasedCell{Column: c.Name, State: warehouse.CellUnknown}
	}
	return out
}

// reportFolder is where the workbooks will stand.
func (n *night) reportFolder() string {
	reports := filepath.Join(n.config.WorkDir(), "rapporten")
	switch {
	case n.again:
		return filepath.Join(reports, againFolder+n.Run)
	case n.Released != nil:
		return filepath.Join(reports, releaseFolder+n.Released.Run)
	}
	return reports
}

// releaseFolder begins the name of the folder of a release.
const releaseFolder = "vrijgave-"

// ownFolder says whether the workbooks have a folder of their own, that is put in place as a whole.
func (n *night) ownFolder() bool { return n.Released != nil || n.again }

// stagedPath is where the workbooks wait until they are published.
func (n *night) stagedPath(path string) string {
	if n.ownFolder() {
		return filepath.Join(staged(n.reportFolder()), filepath.Base(path))
	}
	return staged(path)
}

// settleReleases puts in place the folder of a release that was noted in the ledger
// just before its process was killed, and removes one that was not.
func (n *night) settleReleases(ctx context.Context) error {
	folders, err := filepath.Glob(filepath.Join(n.config.WorkDir(), stagingFolder, releaseFolder+"*"))
	if err != nil || len(folders) == 0 {
		return err
	}
	releases, err := n.warehouse.Releases(ctx)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		name := filepath.Base(folder)
		noted := slices.ContainsFunc(releases, func(r warehouse.Release) bool { return releaseFolder+r.Run == name })
		if noted {
			err = os.Rename(folder, filepath.Join(n.config.WorkDir(), "rapporten", name))
		} else {
			err = os.RemoveAll(folder)
		}
		if err != nil {
			return fmt.Errorf("settling a release that was cut off: %w", err)
		}
	}
	return nil
}
