package pipeline

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"ontschot/pipeline/delivery"
	"ontschot/pipeline/warehouse"
)

// Erase removes the persons on a list (see [delivery.ReadPseudonyms]) from every
// delivery in the warehouse, and has every later load leave them out. name tells
// in errors which list it is. The whole list is read before anything changes; an
// error leaves everything as it was.
func Erase(ctx context.Context, c *Config, env Env, list io.Reader, name string) (*Night, error) {
	pseudonyms, err := delivery.ReadPseudonyms(list, c.pseudonymKey)
	if err != nil {
		return nil, fail(Misuse, fmt.Errorf("%s: %w; nothing was erased", name, err))
	}
	return begin(ctx, c, env, ActionErase, nil, func(n *night) error {
		return n.opened(ctx, func() error {
			return n.timed(ctx, "erase", func(ctx context.Context) error { return n.erase(ctx, pseudonyms) })
		})
	})
}

func (n *night) erase(ctx context.Context, pseudonyms []string) error {
	n.env.Progress.Stage("erase", 0)
	defer n.env.Progress.Done()
	erased, err := n.warehouse.Erase(ctx, n.Run, n.config.keyMark(), pseudonyms)
	if err != nil {
		return err
	}
	erased.Files = slices.DeleteFunc(erased.Files, func(path string) bool {
		_, err := os.Stat(filepath.Join(n.config.WorkDir(), path))
		return errors.Is(err, os.ErrNotExist)
	})
	err = n.warehouse.NoteRun(ctx, warehouse.Run{
		ID: n.Run, Began: n.Began, Ended: n.env.Now().UTC(), Status: statusErased, Program: n.env.Version,
		Note: fmt.Sprintf("%d gevraagd, %d gevonden, %d al eerder gewist", erased.Asked, erased.Found, erased.Before),
	})
	if err != nil {
		return fmt.Errorf("noting the run in the ledger: %w", err)
	}
	if err := n.warehouse.PublishRewritten(ctx); err != nil {
		return err
	}
	n.Erasure = &erased
	n.log.Info("erased", "asked", erased.Asked, "found", erased.Found, "before", erased.Before)
	for _, t := range erased.Tables {
		n.log.Info("erased", "table", t.Name, "lines", t.Lines)
	}
	return nil
}

// statusErased is the status of a run that erased persons.
const statusErased = "gewist"

// keyMark tells one key for pseudonyms from another without telling the key.
func (c *Config) keyMark() string {
	if len(c.pseudonymKey) == 0 {
		return ""
	}
	mac := hmac.New(sha256.New, c.pseudonymKey)
	mac.Write([]byte("ontschot gewist")) // a hash gives no error
	return hex.EncodeToString(mac.Sum(nil))[:16]
}

// recognisesErased refuses to load under a key under which persons who were erased
// would come back as somebody else.
func (n *night) recognisesErased(ctx context.Context) error {
	here, elsewhere, err := n.warehouse.ErasedUnder(ctx, n.config.keyMark())
	if err != nil {
		return fmt.Errorf("reading who was erased: %w", err)
	}
	if here < elsewhere {
		return fail(Misuse, fmt.Errorf("pseudoniem.sleutelbestand has changed since %d persons were erased, and %d of them are known under this key: "+
			"they would come back; run 'ontschot erase' with the whole list once more, then load", elsewhere, here))
	}
	return nil
}

// erasureManifest is what the manifest tells of it: counts only.
func erasureManifest(e *warehouse.Erasure) *ManifestErasure {
	m := &ManifestErasure{Asked: e.Asked, Found: e.Found, Before: e.Before, Lines: map[string]int64{}}
	for _, t := range e.Tables {
		m.Lines[t.Name] = t.Lines
		m.Cents += t.Cents
	}
	return m
}
