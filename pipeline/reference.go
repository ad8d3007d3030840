package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"ontschot/pipeline/warehouse"
	"ontschot/queries"
)

// setReferences loads the code lists: the shipped ones, or those that the
// configuration names instead.
func (n *night) setReferences(ctx context.Context) error {
	for _, name := range warehouse.ReferenceNames() {
		file, content, err := n.config.reference(name)
		if err != nil {
			return fail(Misuse, err)
		}
		if err := n.warehouse.SetReference(ctx, name, file, bytes.NewReader(content)); err != nil {
			if _, ok := errors.AsType[*warehouse.ReferenceError](err); ok {
				return fail(Misuse, fmt.Errorf("reference table %s: %w", name, err))
			}
			return err
		}
	}
	if err := n.warehouse.SetAreaNames(ctx); err != nil {
		return fmt.Errorf("noting the names of the areas: %w", err)
	}
	return nil
}

// reference gives the content of a code list and the name to show for it.
func (c *Config) reference(name string) (file string, content []byte, err error) {
	if own, ok := c.Referentie[name]; ok {
		content, err := os.ReadFile(c.resolve(own))
		if err != nil {
			return "", nil, fmt.Errorf("referentie.%s: %w", name, err)
		}
		return own, content, nil
	}
	file = "reference/" + name + ".csv"
	content, err = fs.ReadFile(queries.Files, file)
	return "queries/" + file, content, err
}

// referencesHash is the identity of all code lists together.
func (c *Config) referencesHash() (string, error) {
	h := sha256.New()
	for _, name := range warehouse.ReferenceNames() {
		_, content, err := c.reference(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %x\n", name, sha256.Sum256(content))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
