package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"ontschot/pipeline/warehouse"
)

// Status is what `ontschot status` tells.
type Status struct {
	Runs       []RunStatus        `json:"runs"`
	Deliveries []DeliveryStatus   `json:"leveringen"`
	Quarantine []QuarantineStatus `json:"quarantaine"`
	Open       []OpenYear         `json:"niet_definitief"`
	Released   *ReleaseStatus     `json:"laatste_vrijgave,omitempty"`
	Late       []Late             `json:"te_laat"`                        // as of now, also when no night has run since
	LastNight  *Manifest          `json:"laatste_nacht,omitempty"`        // of the newest `ontschot run` that ended, however it ended
	Refusal    string             `json:"werkboeken_geweigerd,omitempty"` // rapporten/geweigerd.txt: why yesterday's workbooks stand
}

// ReleaseStatus is the last release.
type ReleaseStatus struct {
	Run    string    `json:"run"`
	Moment time.Time `json:"moment"`
	Number int       `json:"vrijgaven"` // how many releases there were
}

// RunStatus is one of the last runs.
type RunStatus struct {
	Run         string    `json:"run"`
	Status      string    `json:"status"`
	Loaded      int       `json:"geladen"`
	Quarantined int64     `json:"in_quarantaine"`
	Began       time.Time `json:"begonnen"`
	Ended       time.Time `json:"geeindigd"`
	Fingerprint string    `json:"vingerafdruk"`
}

// DeliveryStatus sums the deliveries of a supplier for one table.
type DeliveryStatus struct {
	Supplier    string `json:"leverancier"`
	Table       string `json:"tabel"`
	Deliveries  int64  `json:"leveringen"`
	Lines       int64  `json:"regels"`
	Quarantined int64  `json:"in_quarantaine"`
	Newest      string `json:"nieuwste"`
}

// QuarantineStatus sums the quarantine per rule; Euros are debit and credit as delivered.
type QuarantineStatus struct {
	Rule   string `json:"regel"`
	Table  string `json:"tabel"`
	Column string `json:"kolom"`
	Lines  int64  `json:"regels"`
	Euros  string `json:"bedrag"`
}

// OpenYear is a year of a law that is not definitive.
type OpenYear struct {
	Domain string `json:"domein"`
	Year   int    `json:"jaar"`
	Status string `json:"status"`
}

// ReadStatus reads the status from last night's warehouse.
func ReadStatus(ctx context.Context, c *Config, env Env) (s *Status, err error) {
	w, err := openReader(ctx, c, env)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	s = &Status{Deliveries: []DeliveryStatus{}, Quarantine: []QuarantineStatus{}, Open: []OpenYear{}, Runs: []RunStatus{}, Late: []Late{}}
	if s.Runs, err = lastRuns(c, 10); err != nil {
		return nil, err
	}
	if err := s.lookBack(ctx, c, env, w); err != nil {
		return nil, err
	}
	err = scanAll(ctx, w, `SELECT leverancier, tabel, count(*), sum(regels)::BIGINT, sum(in_quarantaine)::BIGINT, max(datum)::VARCHAR
		FROM levering.grootboek GROUP BY ALL ORDER BY 1, 2`, func(scan func(...any) error) error {
		var d DeliveryStatus
		err := scan(&d.Supplier, &d.Table, &d.Deliveries, &d.Lines, &d.Quarantined, &d.Newest)
		s.Deliveries = append(s.Deliveries, d)
		return err
	})
	if err != nil {
		return nil, err
	}
	quarantine, err := quarantineOf(ctx, w, "TRUE")
	s.Quarantine = append(s.Quarantine, quarantine...)
	if releases, releaseErr := w.Releases(ctx); releaseErr != nil {
		err = errors.Join(err, releaseErr)
	} else if n := len(releases); n > 0 {
		s.Released = &ReleaseStatus{Run: releases[n-1].Run, Moment: releases[n-1].Moment, Number: n}
	}
	published, runErr := w.LastRun(ctx)
	if err != nil || runErr != nil || published.ID == "" {
		return s, errors.Join(err, runErr)
	}
	err = scanAll(ctx, w, `SELECT domein, jaar, status FROM uitkomst.kosten_per_domein
		WHERE gebied = 'regio' AND status <> 'definitief' ORDER BY 1, 2`, func(scan func(...any) error) error {
		var o OpenYear
		err := scan(&o.Domain, &o.Year, &o.Status)
		s.Open = append(s.Open, o)
		return err
	})
	return s, err
}

// lookBack reads what is late, the newest night, and whether its workbooks were refused.
func (s *Status) lookBack(ctx context.Context, c *Config, env Env, w *warehouse.Warehouse) error {
	delivered, err := deliveredFiles(ctx, w)
	if err != nil {
		return err
	}
	late, err := c.late(delivered, env.Now())
	if err != nil {
		return err
	}
	s.Late = append(s.Late, late...)
	err = c.manifests(mostRuns, func(_ string, m *Manifest) bool {
		if m != nil && m.Action == ActionRun {
			s.LastNight = m
		}
		return s.LastNight == nil
	})
	if err != nil {
		return err
	}
	why, err := os.ReadFile(filepath.Join(c.WorkDir(), "rapporten", refusalFile))
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	s.Refusal = string(why)
	return err
}

// lastRuns tells of the newest runs, the refused and interrupted ones too. A run without a manifest is at work, or was killed.
func lastRuns(c *Config, most int) ([]RunStatus, error) {
	runs := []RunStatus{}
	err := c.manifests(most, func(name string, m *Manifest) bool {
		run := RunStatus{Run: name, Status: "zonder einde"}
		if m != nil {
			run.Status, run.Began, run.Ended, run.Fingerprint, run.Loaded = m.Status, m.Began, m.Ended, m.Fingerprint, len(m.Loaded)
			for _, l := range m.Loaded {
				run.Quarantined += l.Quarantined
			}
		}
		runs = append(runs, run)
		return true
	})
	return runs, err
}

func scanAll(ctx context.Context, w *warehouse.Warehouse, query string, take func(scan func(...any) error) error) (err error) {
	rows, err := w.Conn().QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
