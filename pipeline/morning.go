package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ontschot/pipeline/warehouse"
)

// Morning is what a manifest says for who looks at it in the morning, beside what the night did. It holds no value of a person.
type Morning struct {
	Action       Action             `json:"handeling,omitempty"`
	RefusedLines int64              `json:"geweigerd_regels,omitempty"` // that were read of the refused files, until they were refused
	RefusedCents int64              `json:"geweigerd_centen,omitempty"` // and their euros, as far as they could be read
	Quarantine   []QuarantineStatus `json:"quarantaine,omitempty"`      // of this run's deliveries, per rule
	Late         []Late             `json:"te_laat,omitempty"`
	Totals       []Total            `json:"totalen,omitempty"`
	Changes      *Changes           `json:"veranderd,omitempty"`
	Removed      []Removed          `json:"verwijderd,omitempty"`
}

// statusDone is the status of a run that did all it was asked.
const statusDone = "klaar"

// statusOf is the status of a run by how it ended.
func statusOf(outcome error) string {
	if outcome == nil {
		return statusDone
	}
	switch KindOf(outcome) {
	case Interrupted:
		return "afgebroken"
	case Refused, GateRefused:
		return "geweigerd"
	default:
		return "mislukt"
	}
}

// lookBack fills in what the morning wants to know: it reads it from the published warehouse, which holds what was loaded
// whatever became of the night. After a good night it removes what [bewaren] says.
func (n *night) lookBack(ctx context.Context, m *Manifest, outcome error) (err error) {
	m.Action, m.RefusedLines, m.RefusedCents = n.action, n.refusedRead.Lines, n.refusedRead.Cents
	if (n.action != ActionRun && n.action != ActionLoad) || n.warehouse == nil { // a warehouse that cannot be opened says so
		return nil
	}
	ctx = context.WithoutCancel(ctx) // an interrupted night is told of too
	w, err := warehouse.OpenReader(ctx, n.config.WorkDir(), n.env.Limits)
	switch {
	case errors.Is(err, warehouse.ErrNoWarehouse):
		m.Late, err = n.config.late(nil, n.env.Now())
		return err
	case errors.Is(err, warehouse.ErrLocked): // somebody else's shell: no reason to call a good night bad
		n.log.Warn("the summary is without what is late and what changed", "reason", err.Error())
		return nil
	case err != nil:
		return fmt.Errorf("reading what the night did: %w", err)
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if m.Quarantine, err = n.quarantine(ctx, w); err != nil {
		return fmt.Errorf("reading the quarantine: %w", err)
	}
	delivered, err := deliveredFiles(ctx, w)
	if err != nil {
		return fmt.Errorf("reading the ledger: %w", err)
	}
	if m.Late, err = n.config.late(delivered, n.env.Now()); err != nil {
		return err
	}
	if n.action != ActionRun || outcome != nil {
		return nil
	}
	if m.Totals, err = n.config.totals(ctx, w); err != nil {
		return fmt.Errorf("reading the totals: %w", err)
	}
	var earlier []*Manifest
	err = n.config.manifests(mostRuns, func(run string, m *Manifest) bool {
		if m != nil && run != n.Run {
			earlier = append(earlier, m)
		}
		return true
	})
	if err != nil {
		return err
	}
	m.Changes = compare(m.Totals, earlier)
	m.Removed, err = n.retain(ctx, w)
	return err
}

// quarantine sums the quarantine of the deliveries of this run per rule.
func (n *night) quarantine(ctx context.Context, w *warehouse.Warehouse) ([]QuarantineStatus, error) {
	if n.Quarantined() == 0 {
		return nil, nil
	}
	return quarantineOf(ctx, w, "levering_id IN (SELECT levering_id FROM levering.grootboek WHERE run = "+warehouse.Quote(n.Run)+")")
}

// quarantineOf sums the quarantine per rule, of the lines for which a condition holds.
func quarantineOf(ctx context.Context, w *warehouse.Warehouse, condition string) (all []QuarantineStatus, err error) {
	err = scanAll(ctx, w, `SELECT regel, tabel, coalesce(kolom, ''), count(*), sum(bedrag)::VARCHAR
		FROM levering.quarantaine WHERE `+condition+` GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3`, func(scan func(...any) error) error {
		var q QuarantineStatus
		err := scan(&q.Rule, &q.Table, &q.Column, &q.Lines, &q.Euros)
		all = append(all, q)
		return err
	})
	return all, err
}

// manifests gives the manifests of the newest runs, newest first, at most so many. The manifest is nil of a run that has none:
// it is at work, or was killed. It ends when take is false.
func (c *Config) manifests(most int, take func(run string, m *Manifest) bool) error {
	entries, err := os.ReadDir(filepath.Join(c.WorkDir(), "runs"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for i, entry := range slices.Backward(entries) {
		if len(entries)-i > most {
			break
		}
		m, err := readManifest(c, entry.Name())
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if !take(entry.Name(), m) {
			break
		}
	}
	return nil
}

// began reads the moment from the name of a run.
func began(run string) (time.Time, bool) {
	moment, err := time.Parse(runStamp, run[:min(len(run), len(runStamp))])
	return moment, err == nil
}

// runStamp is how the moment of a run becomes its name.
const runStamp = "20060102T150405Z"
