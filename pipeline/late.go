package pipeline

import (
	"context"
	"path/filepath"
	"time"

	"ontschot/pipeline/delivery"
	"ontschot/pipeline/warehouse"
)

// Late is a [[bron]] of which a delivery should have come.
type Late struct {
	Supplier string            `json:"leverancier"`
	Table    string            `json:"tabel,omitempty"`
	Files    string            `json:"bestanden"`
	Schedule delivery.Schedule `json:"verwacht"`
	Since    string            `json:"sinds"` // the first day on which one was due and did not come, as yyyy-mm-dd
	Missed   int               `json:"gemist"`
	Newest   string            `json:"nieuwste,omitempty"` // the date of the newest delivery; empty when there never was one
}

// deliveredFile is a delivery of the ledger: what it holds, from which file it was loaded, and the date of it.
type deliveredFile struct {
	table, file string
	date        time.Time
}

func deliveredFiles(ctx context.Context, w *warehouse.Warehouse) (all []deliveredFile, err error) {
	err = scanAll(ctx, w, "SELECT tabel, bestand, max(datum) FROM levering.grootboek GROUP BY tabel, bestand ORDER BY tabel, bestand", func(scan func(...any) error) error {
		var d deliveredFile
		err := scan(&d.table, &d.file, &d.date)
		all = append(all, d)
		return err
	})
	return all, err
}

// late lists what should have come by now according to `verwacht` of each [[bron]], in the order of the configuration.
func (c *Config) late(delivered []deliveredFile, now time.Time) ([]Late, error) {
	var all []Late
	for _, s := range c.Bron {
		newest, err := c.newestOf(s, delivered)
		if err != nil {
			return nil, err
		}
		since, missed, err := s.Verwacht.Overdue(newest, now)
		if err != nil {
			return nil, err
		}
		if missed == 0 {
			continue
		}
		l := Late{Supplier: s.Leverancier, Table: s.Tabel, Files: s.Bestanden, Schedule: s.Verwacht, Since: since.Format(time.DateOnly), Missed: missed}
		if newest != nil {
			l.Newest = newest.Format(time.DateOnly)
		}
		all = append(all, l)
	}
	return all, nil
}

// newestOf is the date of the newest delivery of a source; nil when there is none. The ledger knows by their path which
// deliveries were of a source.
func (c *Config) newestOf(s delivery.Source, delivered []deliveredFile) (newest *time.Time, err error) {
	pattern := c.resolve(filepath.FromSlash(s.Bestanden))
	for _, d := range delivered {
		if s.Tabel != "" && s.Tabel != d.table {
			continue
		}
		path := filepath.FromSlash(d.file)
		if !filepath.IsAbs(path) {
			path = filepath.Join(c.WorkDir(), path)
		}
		fits, err := filepath.Match(pattern, path)
		if err != nil {
			return nil, err
		}
		if fits && (newest == nil || d.date.After(*newest)) {
			newest = &d.date
		}
	}
	return newest, nil
}
