package pipeline

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"ontschot/pipeline/analysis"
	"ontschot/pipeline/warehouse"
)

// nothingNew sees whether a night would give what the last one left: every delivery is known, program, queries, code lists,
// configuration and releases are the same, the ledger holds, and so do the files on disk. Then it leaves everything as it is, and
// gives the run folder the same results. It only reads the warehouse.
func (n *night) nothingNew(ctx context.Context) (same bool, err error) {
	w, err := openReader(ctx, n.config, n.env)
	if err != nil {
		return false, nil // there is none yet, or opening it for the night says why it cannot be
	}
	n.warehouse = w
	defer func() { err = errors.Join(err, w.Close()) }()
	last, err := w.LastRun(ctx)
	if err != nil || last.ID == "" || last.Workbooks == "" || len(last.Outputs) == 0 {
		return false, err
	}
	if known, err := n.allKnown(ctx); !known || err != nil {
		return false, err
	}
	ledger, err := w.Ledger(ctx)
	if err != nil {
		return false, err
	}
	now, _, err := n.identity(ctx, ledger)
	if err != nil || now != last.Fingerprint || !n.sameConfiguration(last) || !n.stands(last) {
		return false, err
	}
	if whole, err := n.ledgerHolds(ctx); !whole || err != nil {
		return false, err
	}
	m, err := readManifest(n.config, last.ID)
	if err != nil || n.repeat(last, m) != nil {
		return false, nil // a whole night makes what is gone
	}
	n.log.Info("nothing new", "same as", last.ID)
	return true, errors.Join(n.tidyKilled(ctx), warehouse.Tidy(n.config.WorkDir()), n.forgetRefusal())
}

// allKnown tells whether every file was loaded before; it keeps what it learned of those up to the first that was not.
func (n *night) allKnown(ctx context.Context) (bool, error) {
	for i := range n.files {
		f := n.identify(i)
		n.seen = append(n.seen, f)
		if f.err != nil {
			return false, nil //nolint:nilerr // the load says why
		}
		known, err := n.warehouse.Known(ctx, f.content, f.mapping)
		if !known || err != nil {
			return false, errors.Join(err, ctx.Err())
		}
	}
	return true, ctx.Err()
}

// sameConfiguration tells whether no letter of the configuration changed since a run, nor a password.
func (n *night) sameConfiguration(last warehouse.Run) bool {
	for _, v := range last.Versions {
		if v.Name == configFile && v.Value != n.config.content {
			return false
		}
	}
	for _, r := range n.config.Ontvanger {
		if r.WachtwoordBestand == "" {
			continue
		}
		if info, err := os.Stat(n.config.resolve(r.WachtwoordBestand)); err != nil || !info.ModTime().Before(last.Began) {
			return false
		}
	}
	return true
}

// stands tells whether every file that a run left is there as it left it.
func (n *night) stands(last warehouse.Run) bool {
	for _, o := range last.Outputs {
		if hash, err := fileHash(filepath.Join(n.config.WorkDir(), filepath.FromSlash(o.Name))); err != nil || hash != o.Value {
			return false
		}
	}
	return true
}

// ledgerHolds runs the one check that tells whether the warehouse still has every row and cent that was loaded.
func (n *night) ledgerHolds(ctx context.Context) (bool, error) {
	one := slices.DeleteFunc(n.catalogue.Of(analysis.Check), func(q analysis.Query) bool { return q.Name != ledgerCheck })
	findings, err := one.RunChecks(ctx, []*sql.Conn{n.warehouse.Conn()}, watch{log: n.log, progress: Silent{}})
	return len(findings) == 1 && findings[0].Outcome() == analysis.Passed, err
}

// ledgerCheck compares the ledger with what is loaded.
const ledgerCheck = "grootboek_klopt"

// repeat gives the run folder the results of the last run, by a second name of the same files, and tells of it as that run did.
func (n *night) repeat(last warehouse.Run, m *Manifest) error {
	from := filepath.Join(n.config.WorkDir(), "runs", last.ID)
	results, err := filepath.Glob(filepath.Join(from, "*.parquet"))
	if err != nil {
		return err
	}
	var linked []string
	for _, path := range append(results, filepath.Join(from, keptFile)) {
		link := filepath.Join(n.folder, filepath.Base(path))
		if err := os.Link(path, link); err != nil {
			for _, l := range linked { // the whole night that follows writes its own
				err = errors.Join(err, os.Remove(l))
			}
			return err
		}
		linked = append(linked, link)
	}
	n.standing = m
	n.SameAs, n.Known, n.Fingerprint, n.Headline = last.ID, len(n.files), last.Fingerprint, m.Headline
	n.Hidden.Hidden, n.Hidden.Cells = m.Hidden, m.Cells
	for _, r := range n.config.Ontvanger {
		n.Workbooks = append(n.Workbooks, filepath.Join(n.reportFolder(), r.Bestand))
	}
	for _, o := range m.Outputs {
		if filepath.Dir(filepath.FromSlash(o.File)) == filepath.Join("runs", last.ID) {
			o.File = "runs/" + n.Run + "/" + filepath.Base(o.File)
		}
		n.made = append(n.made, o)
	}
	return nil
}
