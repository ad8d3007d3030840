package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"ontschot/pipeline/delivery"
	"ontschot/pipeline/warehouse"
)

// Plan is what a night would do, in its order.
type Plan struct {
	Files   []PlannedFile
	Unknown []string // files that nothing explains
	Queries []string
	Outputs []string
}

// PlannedFile is one delivery that a night would read.
type PlannedFile struct {
	Path, Table, Supplier string
	Period                string // of its manifest; empty when it gives none
	Known                 bool   // loaded before: it would be skipped
}

// MakePlan tells what [Run] would do, without touching anything.
func MakePlan(ctx context.Context, c *Config, env Env) (*Plan, error) {
	files, unknown, err := findDeliveries(c, nil)
	if err != nil {
		return nil, fail(Misuse, err)
	}
	p := &Plan{Unknown: unknown}
	w, err := openReader(ctx, c, env)
	if err != nil && !errors.Is(err, warehouse.ErrNoWarehouse) {
		return nil, err
	}
	for _, f := range files {
		planned := PlannedFile{Path: f.Path, Table: f.Table.Name, Supplier: f.Supplier, Period: period(f)}
		if w != nil {
			content, mapping, err := c.identity(f)
			if err != nil {
				return nil, errors.Join(err, w.Close())
			}
			if planned.Known, err = w.Known(ctx, content, mapping); err != nil {
				return nil, errors.Join(err, w.Close())
			}
		}
		p.Files = append(p.Files, planned)
	}
	if w != nil {
		if err := w.Close(); err != nil {
			return nil, err
		}
	}
	catalogue, err := Catalogue()
	if err != nil {
		return nil, err
	}
	for _, q := range catalogue {
		p.Queries = append(p.Queries, q.Path)
	}
	for _, r := range c.Ontvanger {
		p.Outputs = append(p.Outputs, filepath.Join("rapporten", r.Bestand))
	}
	return p, nil
}

func period(f delivery.File) string {
	if f.Manifest == nil || f.Manifest.PeriodeVan == nil || f.Manifest.PeriodeTot == nil {
		return ""
	}
	return fmt.Sprintf("(%s to %s)", f.Manifest.PeriodeVan.Format(time.DateOnly), f.Manifest.PeriodeTot.Format(time.DateOnly))
}
