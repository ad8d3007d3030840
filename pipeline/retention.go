package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ontschot/pipeline/delivery"
	"ontschot/pipeline/warehouse"
)

// Retention says how long files with data of persons are kept; without a term they are kept.
type Retention struct {
	// Aanlevering is for delivered files, from the date of the delivery: what was loaded from them stays.
	Aanlevering Term `toml:"aanlevering"`
	// Runs is for the folders of runs.
	Runs Term `toml:"runs"`
}

// Removed is a file or folder that was kept longer than [bewaren] says.
type Removed struct {
	Path    string `json:"pad"`
	Content string `json:"sha256,omitempty"` // of a delivery, as in the ledger
	ID      int    `json:"levering_id,omitempty"`
}

// retain removes what was kept longer than [bewaren] says, after a good night. Each removal is in audit.log before it is done.
func (n *night) retain(ctx context.Context, w *warehouse.Warehouse) (removed []Removed, err error) {
	if n.config.Bewaren.Aanlevering != "" {
		if removed, err = n.retainDeliveries(ctx, w); err != nil {
			return removed, fmt.Errorf("removing deliveries that were kept long enough: %w", err)
		}
	}
	if n.config.Bewaren.Runs != "" {
		runs, err := n.retainRuns(ctx, w)
		removed = append(removed, runs...)
		if err != nil {
			return removed, fmt.Errorf("removing runs that were kept long enough: %w", err)
		}
	}
	return removed, nil
}

// remove notes a removal and does it.
func (n *night) remove(r Removed, do func(path string) error) error {
	line := newAuditLine(n.env, ActionRetain)
	line.Run, line.File, line.Content, line.Outcome = n.Run, r.Path, r.Content, statusDone
	if err := n.audit.note(line); err != nil {
		return err
	}
	err := do(filepath.Join(n.config.WorkDir(), r.Path))
	if err != nil {
		line.Outcome = statusOf(err)
		return errors.Join(err, n.audit.note(line))
	}
	n.log.Info("removed", "path", r.Path)
	return nil
}

// expiredDelivery is a delivery of the ledger that is older than the term.
type expiredDelivery struct {
	id               int
	file             string
	content, mapping string
}

// retainDeliveries removes the files of deliveries that are older than the term. A file goes only when the ledger has its very
// content under its present mapping; a refused or unknown file is never in the ledger.
func (n *night) retainDeliveries(ctx context.Context, w *warehouse.Warehouse) (removed []Removed, err error) {
	term, err := n.config.Bewaren.Aanlevering.before(n.env.Now())
	if err != nil {
		return nil, err
	}
	expired, err := expiredDeliveries(ctx, w, term)
	if err != nil || len(expired) == 0 {
		return nil, err
	}
	for _, f := range n.files {
		own, modified, err := n.isOwn(f)
		if err != nil {
			return removed, err
		}
		if _, known := expired[f.Path]; !own || (!known && !modified.Before(term)) {
			continue
		}
		content, mapping, err := n.config.identity(f)
		if err != nil {
			return removed, err
		}
		for _, d := range expired[""] {
			if d.content != content || d.mapping != mapping {
				continue
			}
			r := Removed{Path: f.Path, Content: content, ID: d.id}
			if err := n.remove(r, os.Remove); err != nil {
				return removed, err
			}
			removed = append(removed, r)
			break
		}
	}
	return removed, nil
}

// expiredDeliveries lists the deliveries from before a day by the path they were loaded from, and all of them under "". Not
// among them is a delivery that replaces what came before it ("volledig") and is the newest of its kind, or is still in force.
func expiredDeliveries(ctx context.Context, w *warehouse.Warehouse, before time.Time) (map[string][]expiredDelivery, error) {
	expired := map[string][]expiredDelivery{}
	err := scanAll(ctx, w, `WITH volledig AS (
			SELECT g.levering_id, g.tabel, g.datum, l.geldig,
				row_number() OVER (PARTITION BY g.leverancier, g.tabel ORDER BY l.volgorde DESC) AS nieuwste
			FROM levering.grootboek AS g INNER JOIN model.geldige_levering AS l ON l.levering_id = g.levering_id
			WHERE g.levering = 'volledig'
		), nodig AS (
			SELECT levering_id FROM volledig WHERE nieuwste = 1 OR (geldig AND tabel NOT IN ('declaraties', 'aggregaat', 'budget'))
			UNION ALL SELECT levering_id FROM model.geldig_domeinjaar WHERE geldt AND levering_id IN (SELECT levering_id FROM volledig)
			UNION ALL SELECT levering_id FROM model.regel WHERE bestemming = 'telt' AND levering_id IN
				(SELECT levering_id FROM volledig WHERE tabel = 'declaraties' AND datum < `+warehouse.Quote(before.Format(time.DateOnly))+`)
		)
		SELECT levering_id, bestand, inhoud, afbeelding FROM levering.grootboek
		WHERE datum < `+warehouse.Quote(before.Format(time.DateOnly))+` AND levering_id NOT IN (SELECT levering_id FROM nodig)
		ORDER BY levering_id`, func(scan func(...any) error) error {
		var d expiredDelivery
		err := scan(&d.id, &d.file, &d.content, &d.mapping)
		expired[""] = append(expired[""], d)
		expired[d.file] = append(expired[d.file], d)
		return err
	})
	return expired, err
}

// isOwn tells whether a file lies itself in the folder for deliveries, not behind a link, and when it was last changed.
func (n *night) isOwn(f delivery.File) (own bool, modified time.Time, err error) {
	inbox, err := filepath.EvalSymlinks(filepath.Join(n.config.WorkDir(), "aanlevering"))
	if errors.Is(err, os.ErrNotExist) {
		return false, modified, nil
	}
	if err != nil {
		return false, modified, err
	}
	info, err := os.Lstat(f.Absolute)
	if errors.Is(err, os.ErrNotExist) || (err == nil && !info.Mode().IsRegular()) {
		return false, modified, nil
	}
	if err != nil {
		return false, modified, err
	}
	inside, below := strings.CutPrefix(f.Path, "aanlevering/")
	target, err := filepath.EvalSymlinks(f.Absolute)
	return below && target == filepath.Join(inbox, filepath.FromSlash(inside)), info.ModTime(), err
}

// retainRuns removes the folders of runs from before the term. What was released can be asked for again, and so can the last
// finished run: theirs stay.
func (n *night) retainRuns(ctx context.Context, w *warehouse.Warehouse) (removed []Removed, err error) {
	term, err := n.config.Bewaren.Runs.before(n.env.Now())
	if err != nil {
		return nil, err
	}
	keep := map[string]bool{n.Run: true, n.SameAs: true}
	releases, err := w.Releases(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range releases {
		keep[r.Run] = true
	}
	// The run that made a release holds what its workbooks were made from.
	err = scanAll(ctx, w, "SELECT run FROM levering.run WHERE status = "+warehouse.Quote(statusReleased), func(scan func(...any) error) error {
		var run string
		err := scan(&run)
		keep[run] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(filepath.Join(n.config.WorkDir(), "runs"))
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		moment, named := began(entry.Name())
		if !entry.IsDir() || !named || !moment.Before(term) || keep[entry.Name()] {
			continue
		}
		r := Removed{Path: "runs/" + entry.Name()}
		if err := n.remove(r, os.RemoveAll); err != nil {
			return removed, err
		}
		removed = append(removed, r)
	}
	return removed, nil
}
