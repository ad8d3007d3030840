package pipeline

import (
	"context"
	"errors"
	"time"

	"ontschot/pipeline/warehouse"
)

// Status is what `ontschot status` tells.
type Status struct {
	Runs       []RunStatus        `json:"runs"`
	Deliveries []DeliveryStatus   `json:"leveringen"`
	Quarantine []QuarantineStatus `json:"quarantaine"`
	Open       []OpenYear         `json:"niet_definitief"`
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
	s = &Status{Deliveries: []DeliveryStatus{}, Quarantine: []QuarantineStatus{}, Open: []OpenYear{}, Runs: []RunStatus{}}
	runs, err := w.Runs(ctx, 10)
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		s.Runs = append(s.Runs, RunStatus{Run: r.ID, Status: r.Status, Loaded: r.Loaded, Quarantined: r.Quarantined,
			Began: r.Began, Ended: r.Ended, Fingerprint: r.Fingerprint})
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
	err = scanAll(ctx, w, `SELECT regel, tabel, coalesce(kolom, ''), count(*), sum(bedrag)::VARCHAR
		FROM levering.quarantaine GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3`, func(scan func(...any) error) error {
		var q QuarantineStatus
		err := scan(&q.Rule, &q.Table, &q.Column, &q.Lines, &q.Euros)
		s.Quarantine = append(s.Quarantine, q)
		return err
	})
	if err != nil || len(runs) == 0 {
		return s, err
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
